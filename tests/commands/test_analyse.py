"""`analyse`: the picture of a target, from the embedded engine and from a server, on stdout alone."""

import asyncio
import json
import subprocess
import sys
from pathlib import Path

import pytest

from graph_service.facts.files import read_folder
from graph_service.facts.load import load
from graph_service.store.address import Address
from graph_service.store.store import Store
from tests.analysis.edge_ai import FOLDER
from tests.commands.test_cli import one_line
from tests.service import command, own_environment

FORMS = ("table", "mermaid")


@pytest.mark.parametrize("form", FORMS)
def test_a_picture_of_shipped_facts_names_things(service_url: str, service_directory: Path, form: str) -> None:
    result = command("analyse", "component:hbm", "--format", form, directory=service_directory)
    assert (result.returncode, result.stderr) == (0, "")
    assert "High-bandwidth memory" in result.stdout


def test_what_is_left_out_may_be_several_things(service_url: str, service_directory: Path) -> None:
    without = ("--without", "nation:twn", "--without", "company:skhynix", "--format", "json")
    result = command("analyse", "component:ai-gpu", *without, directory=service_directory)
    stops = json.loads(result.stdout)["stops"]
    assert stops == [{"id": "nation:twn", "name": "Taiwan"}, {"id": "company:skhynix", "name": "SK hynix"}]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("component:hbmm",), "component:hbmm is not recorded; nearest: component:hbm"),
        (("nation:twn",), "must be a component or a deployment, got nation:twn"),
        (("component:hbm", "--without", "nation:tw"), "nation:twn"),
        (("component:hbm", "--without", "source:x"), "source:x"),
        (
            ("component:hbm", "--format", "svg"),
            "--format must be one of table, json, markdown, dot, mermaid, got 'svg'",
        ),
    ],
)
def test_wrong_usage_is_one_line_and_status_2(
    service_url: str, service_directory: Path, arguments: tuple[str, ...], words: str
) -> None:
    result = command("analyse", *arguments, directory=service_directory)
    assert (result.returncode, result.stdout) == (2, "")
    assert words in one_line(result.stderr)


def test_an_empty_store_says_what_to_do(tmp_path: Path) -> None:
    result = command("analyse", "component:hbm", directory=tmp_path)
    assert (result.returncode, result.stdout) == (2, "")
    assert "run `graph-service seed`" in one_line(result.stderr)


async def test_the_script_asks_a_server_as_well(store: Store, address: Address, tmp_path: Path) -> None:
    await load(store, read_folder(FOLDER))
    script = Path(__file__).parents[2] / "seed" / "analyse.py"
    server = {
        "NEO4J_URI": address.uri,
        "NEO4J_USERNAME": address.username,
        "NEO4J_PASSWORD": address.password,
        "NEO4J_DATABASE": address.database,
        "PYTHONPATH": str(script.parents[1]),
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, script, "component:ai-server", "--format", "json"),
        env=own_environment(tmp_path, server),
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    result, errors = await process.communicate()
    assert (process.returncode, errors) == (0, b"")
    assert json.loads(result)["dependencyDepth"]["depth"] == 3
