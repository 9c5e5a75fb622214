"""Statements are files with a header, found by their path."""

from pathlib import Path

import pytest

from graph_service.errors import StatementRefused
from graph_service.store.address import Engine
from graph_service.store.queries import Access, QueryLibrary

HEADER = "// purpose: Do something.\n// parameters: none\n// columns: one\n// access: read\n"


@pytest.fixture
def library(tmp_path: Path) -> QueryLibrary:
    (tmp_path / "read").mkdir()
    (tmp_path / "read" / "names.cypher").write_text(HEADER + "RETURN 1 AS one;\n")
    (tmp_path / "read" / "names.embedded.cypher").write_text(HEADER + "RETURN 2 AS one\n")
    (tmp_path / "read" / "headless.cypher").write_text("RETURN 1\n")
    (tmp_path / "read" / "empty.cypher").write_text(HEADER)
    return QueryLibrary(tmp_path)


def test_a_statement_is_its_file_without_the_header(library: QueryLibrary) -> None:
    statement = library.statement("read/names", Engine.NEO4J)

    assert (statement.name, statement.text, statement.access) == ("read/names", "RETURN 1 AS one", Access.READ)


def test_the_embedded_engine_takes_its_own_text(library: QueryLibrary) -> None:
    assert library.statement("read/names", Engine.EMBEDDED).text == "RETURN 2 AS one"


def test_an_unknown_name_is_answered_with_the_nearest(library: QueryLibrary) -> None:
    with pytest.raises(StatementRefused, match="read/names"):
        library.statement("read/name", Engine.NEO4J)


@pytest.mark.parametrize("name", ["read/headless", "read/empty"])
def test_a_file_without_header_or_statement_is_refused(library: QueryLibrary, name: str) -> None:
    with pytest.raises(StatementRefused, match="access: read"):
        library.statement(name, Engine.NEO4J)


def test_names_are_listed_once_and_sorted(library: QueryLibrary) -> None:
    assert library.names() == ["read/empty", "read/headless", "read/names"]


@pytest.mark.parametrize("engine", Engine)
@pytest.mark.parametrize("name", QueryLibrary().names())
def test_every_shipped_statement_says_what_it_does(name: str, engine: Engine) -> None:
    library = QueryLibrary()
    statement = library.statement(name, engine)

    header = library._text(name, engine).partition(statement.text[:20])[0]

    for word in ("purpose", "parameters", "columns", "access"):
        assert f"// {word}: " in header
    assert statement.access is (Access.SCHEMA if name.startswith("schema/") else statement.access)
