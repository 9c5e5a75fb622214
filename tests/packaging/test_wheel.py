"""The built wheel is the whole service: it works from any directory, without the checkout."""

import subprocess
import sys
import sysconfig
import venv
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.service import served

CHECKOUT = Path(__file__).resolve().parents[2]
SHIPPED = ("cypher", "seed/data", "operations")


@dataclass(frozen=True, slots=True)
class Installation:
    """An environment that holds the wheel, and a directory that holds nothing."""

    environment: Path
    elsewhere: Path

    def run(self, program: str, *arguments: str) -> str:
        """Run a program of the environment in the empty directory; it must leave with 0."""
        return run([self.environment / "bin" / program, *arguments], cwd=self.elsewhere)

    def python(self, code: str) -> str:
        """Run Python code and return what it printed, without the last line's end."""
        return self.run("python", "-c", code).rstrip("\n")


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """The wheel in a fresh environment, which borrows the requirements from this one: no network is needed."""
    folder = tmp_path_factory.mktemp("installation")
    environment, elsewhere = folder / "environment", folder / "elsewhere"
    elsewhere.mkdir()
    run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder / "dist", CHECKOUT])
    (wheel,) = (folder / "dist").glob("*.whl")
    venv.create(environment, with_pip=False)
    python = environment / "bin" / "python"
    run([sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", "--no-index", wheel])
    own_packages = sysconfig.get_path("purelib", vars={"base": str(environment)})
    # A path in a .pth file is only searched after the environment's own packages, and its .pth files do not count:
    # the editable installation of this checkout stays out.
    (Path(own_packages) / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return Installation(environment, elsewhere)


def test_the_installed_package_is_the_one_in_use(installation: Installation) -> None:
    place = installation.python("import graph_service; print(graph_service.__file__)")

    assert Path(place).is_relative_to(installation.environment)


def test_the_installed_command_explains_itself(installation: Installation) -> None:
    explanation = installation.run("graph-service", "--help")

    assert "serve" in explanation


@pytest.mark.parametrize("name", SHIPPED)
def test_the_wheel_carries_every_file_of_a_shipped_folder(installation: Installation, name: str) -> None:
    place = installation.python(f"from graph_service.model.shipped import shipped; print(shipped({name!r}))")

    assert Path(place).is_relative_to(installation.environment)
    assert files_below(Path(place)) == files_below(CHECKOUT / name)


def test_the_wheel_carries_graphiql(installation: Installation) -> None:
    package = Path(installation.python("import graph_service; print(*graph_service.__path__)"))

    carried = files_below(package / "static")

    assert "graphiql/index.html" in carried
    assert carried == files_below(CHECKOUT / "graph_service" / "static")


def test_the_wheel_carries_its_licence_and_those_of_graphiql(installation: Installation) -> None:
    code = "import importlib.metadata as m; print(*(f for f in m.files('graph-service') if 'licenses' in f.parts))"

    carried = installation.python(code)

    assert "licenses/LICENSE" in carried
    assert "licenses/graph_service/static/graphiql/THIRD-PARTY-LICENSES.txt" in carried


def test_the_installed_service_seeds_its_own_facts_and_answers_from_any_directory(installation: Installation) -> None:
    with served(installation.elsewhere, python=installation.environment / "bin" / "python") as url:
        answer = httpx.post(f"{url}/graphql", json={"query": '{ nation(iso: "TWN") { name } }'}, timeout=60)
        page = httpx.get(f"{url}/graphql", headers={"accept": "text/html"}, timeout=60)

    assert answer.json() == {"data": {"nation": {"name": "Taiwan"}}}
    assert "WhoSuppliesHbm" in page.text


def run(command: list[str | Path], cwd: Path | None = None) -> str:
    done = subprocess.run(command, check=False, cwd=cwd, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def files_below(folder: Path) -> list[str]:
    found = sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())
    assert found, f"{folder} is empty"
    return found
