"""Statements: each a file of cypher/, found by its path."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, LiteralString, cast

from graph_service.errors import StatementRefused
from graph_service.model.shipped import shipped
from graph_service.store.address import Engine

if TYPE_CHECKING:
    from pathlib import Path

ENDING: Final = ".cypher"
EMBEDDED_ENDING: Final = ".embedded.cypher"
COMMENT: Final = "//"
SCHEMA: Final = "schema"


class Access(StrEnum):
    """What a statement does to the store."""

    READ = "read"
    WRITE = "write"
    SCHEMA = "schema"


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement: its name is its path below cypher/, such as `network/offers`."""

    name: str
    text: LiteralString
    access: Access


class QueryLibrary:
    """The statements of a folder, each read from its file once."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or shipped("cypher")
        self._known: dict[tuple[str, Engine], Statement] = {}

    def statement(self, name: str, engine: Engine) -> Statement:
        """Find a statement; the embedded engine takes `name.embedded.cypher` where that exists.

        Raises StatementRefused for a name without a file, or a file without a header.
        """
        known = self._known.get((name, engine))
        if known is None:
            known = self._known[name, engine] = parse_statement(name, self._text(name, engine))
        return known

    def names(self, folder: str = "") -> list[str]:
        """List the statements of a folder and below, sorted; that is the order in which schema/ is applied."""
        files = (self._folder / folder).rglob(f"*{ENDING}")
        names = (file.relative_to(self._folder).as_posix() for file in files)
        return sorted(name.removesuffix(ENDING) for name in names if not name.endswith(EMBEDDED_ENDING))

    def _text(self, name: str, engine: Engine) -> str:
        for ending in (EMBEDDED_ENDING, ENDING) if engine is Engine.EMBEDDED else (ENDING,):
            file = self._folder / f"{name}{ending}"
            if file.is_file():
                return file.read_text(encoding="utf-8")
        near = difflib.get_close_matches(name, self.names(), n=3)
        raise StatementRefused(f"no statement is named {name!r}; the nearest are {', '.join(near) or 'none'}")


def parse_statement(name: str, file: str) -> Statement:
    """Split a file into its header of `//` lines and its text."""
    header: dict[str, str] = {}
    lines = file.strip().splitlines()
    while lines and lines[0].startswith(COMMENT):
        key, _, value = lines.pop(0).removeprefix(COMMENT).partition(":")
        header[key.strip()] = value.strip()
    text = "\n".join(lines).strip().removesuffix(";")
    if header.get("access") not in set(Access) or not text:
        raise StatementRefused(
            f"{name}{ENDING} must say `// access: read`, `write` or `schema`, then hold one statement"
        )
    # The driver takes literal text only, so that nobody builds Cypher from input; this text is a file of ours.
    return Statement(name, cast("LiteralString", text), Access(header["access"]))
