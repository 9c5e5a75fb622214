"""The requirement files are what `make lock` makes of pyproject.toml, and they install anywhere."""

import re
import tomllib
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
FILES = ("requirements.txt", "requirements-build.txt", "requirements-dev.txt")


@pytest.mark.parametrize("name", FILES)
def test_every_requirement_is_pinned_to_a_version_and_hashes(name: str) -> None:
    for requirement in requirements_of(name):
        assert re.match(r"[a-z0-9.-]+==[^ ]+ ", requirement), requirement
        assert "--hash=sha256:" in requirement, requirement


@pytest.mark.parametrize("name", FILES)
def test_no_requirement_file_names_an_index_or_a_place_on_a_machine(name: str) -> None:
    text = (CHECKOUT / name).read_text()

    assert not re.search(r"https?:|file://|--index-url|--extra-index-url|--find-links|--trusted-host", text)


def test_tests_run_on_the_versions_that_are_installed_for_users() -> None:
    assert versions_in("requirements.txt").items() <= versions_in("requirements-dev.txt").items()


def test_requirement_files_hold_what_pyproject_names() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())
    named = {
        "requirements.txt": project["project"]["dependencies"],
        "requirements-dev.txt": project["project"]["optional-dependencies"]["test"],
        "requirements-build.txt": project["build-system"]["requires"],
    }

    for file, pins in named.items():
        wanted = dict(pin.partition(";")[0].split("==") for pin in pins)
        assert wanted.items() <= versions_in(file).items(), f"{file} is out of date: make lock"


def versions_in(name: str) -> dict[str, str]:
    pins = (requirement.split(maxsplit=1)[0].split("==") for requirement in requirements_of(name))
    return dict(pins)


def requirements_of(name: str) -> list[str]:
    lines = (line for line in (CHECKOUT / name).read_text().splitlines() if not line.lstrip().startswith("#"))
    joined = "\n".join(lines).replace("\\\n", "")
    found = [line for line in joined.splitlines() if line.strip()]
    assert found, f"{name} names nothing"
    return found
