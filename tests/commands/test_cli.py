"""The command line: results on stdout, errors on stderr in one line each, exit status by kind."""

import csv
import io
import json
import shutil
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from graph_service.api.schema import schema
from graph_service.model.shipped import shipped
from tests.service import command, own_environment

HEAVY = ("strawberry", "neo4j", "starlette", "uvicorn", "numpy", "scipy", "highspy", "pydantic", "rapidfuzz")


def one_line(text: str) -> str:
    """Give the only line of a text."""
    (line,) = text.splitlines()
    return line


def test_help_names_every_command(tmp_path: Path) -> None:
    result = command("--help", directory=tmp_path)
    assert result.returncode == 0
    for name in ("serve", "seed", "query", "check", "export", "schema"):
        assert name in result.stdout


def test_help_loads_nothing_heavy() -> None:
    program = f"import sys, graph_service.cli; print([name for name in {HEAVY} if name in sys.modules])"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


def test_help_of_serve_lists_the_settings_with_their_defaults(tmp_path: Path) -> None:
    shown = command("serve", "--help", directory=tmp_path).stdout
    for words in ("NEO4J_URI", "GRAPH_SERVICE_PAGE_SIZE_MAX = 100", "GRAPH_SERVICE_SOLVER_SECONDS = 5"):
        assert words in shown


def test_schema_prints_the_sdl(tmp_path: Path) -> None:
    assert command("schema", directory=tmp_path).stdout == schema().as_str() + "\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("query", "no-such-question"), "no-such-question"),
        (("query", "type-ahead", "-v", "text"), "-v must be key=value, got 'text'"),
        (("query", "type-ahead", "--format", "xml"), "--format must be one of table, json, csv, got 'xml'"),
        (("seed", "no/such/folder"), "no/such/folder"),
        (("check", "no/such/folder"), "no/such/folder"),
        (("export", "out", "--format", "xml"), "--format must be one of csv, graphml, parquet, got 'xml'"),
    ],
)
def test_wrong_usage_is_one_line_and_status_2(tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    result = command(*arguments, directory=tmp_path)
    assert (result.returncode, result.stdout) == (2, "")
    assert words in one_line(result.stderr)


def test_an_unknown_option_is_status_2(tmp_path: Path) -> None:
    assert command("seed", "--no-such", directory=tmp_path).returncode == 2


def test_no_server_behind_the_address_is_one_line_and_status_3(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    server = {"NEO4J_URI": f"bolt://127.0.0.1:{port}", "NEO4J_USERNAME": "neo4j", "NEO4J_PASSWORD": "nobody-here"}
    commands = (("seed",), ("query", "type-ahead"), ("serve", "--port", "0"), ("check",))
    with ThreadPoolExecutor() as at_once:  # each tries again for a while
        results = at_once.map(lambda arguments: command(*arguments, directory=tmp_path, environment=server), commands)
    for result in results:
        assert (result.returncode, result.stdout) == (3, ""), result
        assert f"127.0.0.1:{port}" in one_line(result.stderr)


def test_a_wrong_setting_names_itself_its_value_and_the_rule(tmp_path: Path) -> None:
    result = command("seed", directory=tmp_path, environment={"GRAPH_SERVICE_PAGE_SIZE_MAX": "many"})
    assert result.returncode == 2
    line = one_line(result.stderr)
    assert "GRAPH_SERVICE_PAGE_SIZE_MAX" in line
    assert "many" in line


def test_a_port_in_use_is_one_line_and_status_2(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = command("serve", "--port", str(port), directory=tmp_path)
    assert result.returncode == 2
    assert f"127.0.0.1 port {port}" in one_line(result.stderr)


def test_a_data_directory_that_is_a_file_is_one_line_and_status_3(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    result = command("seed", directory=tmp_path)
    assert result.returncode == 3
    assert str(tmp_path / "data") in one_line(result.stderr)


def test_a_broken_row_is_named_and_nothing_is_written(
    service_url: str, service_directory: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "facts"
    folder.mkdir()
    shutil.copy(shipped("seed/data") / "nations.csv", folder)
    with (folder / "nations.csv").open("a", encoding="utf-8") as nations:
        nations.write("nation:xxx,Xanadu,XX,XXX,,,EVERYWHERE,\n")
        nations.write("nation:yyy,Ys,YY,YYY,,,NONE,\n")
    before = command("query", "type-ahead", "-v", "text=Ys", "--format", "json", directory=service_directory)
    result = command("seed", str(folder), directory=service_directory)
    after = command("query", "type-ahead", "-v", "text=Ys", "--format", "json", directory=service_directory)
    assert result.returncode == 1
    assert all("nations.csv:" in line for line in result.stderr.splitlines())
    assert "EVERYWHERE" in result.stderr
    assert before.stdout == after.stdout


def test_seed_of_what_is_there_changes_nothing_and_shows_no_bar_in_a_pipe(
    service_url: str, service_directory: Path
) -> None:
    result = command("seed", directory=service_directory)
    assert (result.returncode, result.stderr) == (0, "")
    rows = list(csv.DictReader(io.StringIO(result.stdout), delimiter="\t"))
    assert all((row["created"], row["updated"], row["retired"], row["rejected"]) == ("0",) * 4 for row in rows)
    assert int(rows[-1]["unchanged"]) > 3_000


def test_a_dry_run_of_seed_names_the_risks_that_would_appear(
    service_url: str, service_directory: Path, tmp_path: Path
) -> None:
    files = {
        "sources": "id,title\nsource:s,S\n",
        "companies": "id,name,sources\ncompany:sole-maker,Sole maker,source:s\n",
        "components": "id,name,category,sources\ncomponent:unheard-of,Unheard of,part,source:s\n",
        "offers": "company,component,nation,sources\ncompany:sole-maker,component:unheard-of,nation:fra,source:s\n",
        "deployments": "id,name,mode\ndeployment:new,New,EDGE\n",
        "requirements": "id,of\nrequirement:new.one,deployment:new\n",
        "alternatives": "requirement,component\nrequirement:new.one,component:unheard-of\n",
    }
    for name, text in files.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    result = command("seed", str(tmp_path), "--dry-run", directory=service_directory)
    assert (result.returncode, result.stderr) == (0, "")
    counts, risks = result.stdout.split("\n\n")
    assert counts.splitlines()[-1].split("\t") == ["all", "6", "0", "0", "0", "0"]
    assert [line.split("\t") for line in risks.splitlines()] == [
        ["single point", "entity", "level", "stops"],
        ["added", "company:sole-maker", "COMPANY", "deployment:new"],
        ["added", "nation:fra", "NATION", "deployment:new"],
    ]


def test_an_export_is_read_back_without_a_difference(service_url: str, service_directory: Path, tmp_path: Path) -> None:
    result = command("export", str(tmp_path / "out"), directory=service_directory)
    assert (result.returncode, result.stderr) == (0, "")
    rows = {row["kind"]: int(row["rows"]) for row in csv.DictReader(io.StringIO(result.stdout), delimiter="\t")}
    assert set(rows) == {path.stem for path in (tmp_path / "out").iterdir()}
    again = command("seed", str(tmp_path / "out"), "--replace", directory=service_directory)
    assert again.stdout.splitlines()[-1].split("\t")[1:3] == ["0", "0"]
    twice = command("export", str(tmp_path / "out"), directory=service_directory)
    assert (twice.returncode, "must be empty" in one_line(twice.stderr)) == (2, True)


@pytest.mark.parametrize(("form", "file"), [("graphml", "graph.graphml"), ("parquet", "offers.parquet")])
def test_other_forms_of_an_export_are_files_too(
    service_url: str, service_directory: Path, tmp_path: Path, form: str, file: str
) -> None:
    result = command("export", str(tmp_path / "out"), "--format", form, directory=service_directory)
    assert (result.returncode, result.stderr) == (0, "")
    assert (tmp_path / "out" / file).stat().st_size > 0


def test_parquet_without_its_library_names_the_extra(tmp_path: Path) -> None:
    program = "import sys; sys.modules['pyarrow'] = None; from graph_service.cli import main; main()"
    arguments = [sys.executable, "-c", program, "export", str(tmp_path / "out"), "--format", "parquet"]
    result = subprocess.run(arguments, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (result.returncode, result.stdout) == (2, "")
    assert "graph-service[frames]" in one_line(result.stderr)


def test_a_question_is_answered_as_table_json_and_csv(service_url: str, service_directory: Path) -> None:
    table = command("query", "who-supplies-hbm", directory=service_directory)
    as_json = command("query", "who-supplies-hbm", "--format", "json", directory=service_directory)
    as_csv = command("query", "type-ahead", "--format", "csv", directory=service_directory)
    assert [result.returncode for result in (table, as_json, as_csv)] == [0, 0, 0]
    assert "SK hynix" in table.stdout
    assert json.loads(as_json.stdout)["component"]["offers"]["totalCount"] == 3
    names = [row["entity.name"] for row in csv.DictReader(io.StringIO(as_csv.stdout))]
    assert "Silicon metal" in names


def test_events_of_a_subscription_are_lines_of_json_until_somebody_interrupts(
    service_url: str, service_directory: Path, tmp_path: Path
) -> None:
    file = tmp_path / "listen.graphql"
    file.write_text("subscription { graphChanged(kinds: [SOURCE]) { changed } }", encoding="utf-8")
    (tmp_path / "facts").mkdir()
    (tmp_path / "facts" / "sources.csv").write_text("id,title\nsource:heard-of,Heard of\n", encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, "-m", "graph_service", "query", str(file), "--format", "json"],
        env=own_environment(service_directory),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stderr is not None
            assert process.stderr.readline() == "listening; interrupt to end\n"
            assert command("seed", str(tmp_path / "facts"), directory=service_directory).returncode == 0
            assert json.loads(process.stdout.readline()) == {"graphChanged": {"changed": ["SOURCE"]}}
            process.send_signal(signal.SIGINT)
            assert process.wait(60) == 130
        finally:
            process.kill()  # nothing where it has ended; else the block would wait for it for ever


def test_events_are_no_csv(service_url: str, service_directory: Path) -> None:
    result = command("query", "tell-my-dashboard", "--format", "csv", directory=service_directory)
    assert (result.returncode, result.stdout) == (2, "")
    assert "table or json" in one_line(result.stderr)


def test_an_answer_of_several_lists_is_no_csv_and_names_them(service_url: str, service_directory: Path) -> None:
    result = command("query", "who-supplies-hbm", "--format", "csv", directory=service_directory)
    assert (result.returncode, result.stdout) == (2, "")
    assert "component.concentration.shares, component.offers.groups, component.offers.nodes" in one_line(result.stderr)


def test_a_graphql_file_with_variables_is_answered(service_url: str, service_directory: Path, tmp_path: Path) -> None:
    file = tmp_path / "question.graphql"
    file.write_text("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", encoding="utf-8")
    result = command("query", str(file), "-v", 'ids=["nation:fra"]', "--format", "json", directory=service_directory)
    assert json.loads(result.stdout) == {"nodes": [{"id": "nation:fra"}]}


def test_an_answer_with_errors_is_status_1_and_says_where(service_url: str, service_directory: Path) -> None:
    result = command("query", "accelerator-depth", "-v", "target=component:none", directory=service_directory)
    assert (result.returncode, result.stdout) == (1, "")
    assert one_line(result.stderr).startswith("dependencyDepth: component:none")


def test_the_shipped_facts_pass_the_check(tmp_path: Path) -> None:
    result = command("check", str(shipped("seed/data")), directory=tmp_path)
    assert result.returncode == 0, result.stderr[-2000:]
    assert "0 broken rules" in result.stderr
