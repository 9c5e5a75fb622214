"""Forms of a picture to be read: tables for a terminal, Markdown, JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import orjson
from rich.console import Console
from rich.table import Table
from rich.text import Text

from graph_service.commands.resilience.sections import sections

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TextIO

    from graph_service.analysis.picture import Picture
    from graph_service.commands.resilience.named import Named
    from graph_service.commands.resilience.sections import Section

MORE: Final = "... and {:,} more"


WIDTH_MAX: Final = 10_000
"""Characters of a line where no terminal limits it: a table takes what it needs of them."""


def write_table(picture: Picture, named: Named, out: TextIO) -> None:
    """Write titles, lines and tables; as wide as the terminal, or as needed in a pipe."""
    console = Console(file=out) if out.isatty() else Console(file=out, width=WIDTH_MAX, soft_wrap=True)
    for section in sections(picture, named):
        console.print(Text(section.title, style="bold"))
        for name, value in section.lines:
            console.print(Text(f"  {name}: {value}"))
        if section.rows:
            table = Table()
            for column in section.columns:
                table.add_column(column, overflow="fold")
            for row in section.rows:
                table.add_row(*map(Text, row))
            console.print(table)
        if section.more:
            console.print(Text(MORE.format(section.more)))
        console.print()


def write_markdown(picture: Picture, named: Named, out: TextIO) -> None:
    """Write a Markdown document: the target is its heading, each section has a list and a table."""
    out.write("\n".join(line for one in _numbered(picture, named) for line in one))


def write_json(picture: Picture, named: Named, out: TextIO) -> None:
    """Write everything, under the names of the GraphQL fields; nothing is cut."""
    out.write(orjson.dumps(named.data(picture), option=orjson.OPT_INDENT_2, default=str).decode() + "\n")


def _numbered(picture: Picture, named: Named) -> Iterator[Iterator[str]]:
    for number, section in enumerate(sections(picture, named)):
        yield _markdown(section, "##" if number else "#")


def _markdown(section: Section, heading: str) -> Iterator[str]:
    yield f"{heading} {_plain(section.title)}"
    yield ""
    yield from (f"- {_plain(name)}: {_plain(value)}" for name, value in section.lines)
    if section.lines:
        yield ""
    if section.rows:
        yield _row(section.columns)
        yield _row(["---"] * len(section.columns))
        yield from map(_row, section.rows)
        yield ""
    if section.more:
        yield MORE.format(section.more)
        yield ""


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(_plain(cell).replace('|', chr(92) + '|') for cell in cells)} |"


def _plain(text: str) -> str:
    """Keep a text on one line, and its characters from meaning anything in Markdown."""
    one_line = " ".join(text.split())
    for character in "\\`*_[]<#":
        one_line = one_line.replace(character, f"\\{character}")
    return one_line
