"""Answers as tables: every list of objects becomes a table, what stands above it becomes lines."""

from __future__ import annotations

import csv
import sys
from typing import TYPE_CHECKING, Any, Final, cast

from rich.console import Console
from rich.table import Table
from rich.text import Text

from graph_service.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    Objects = Sequence[Mapping[str, Any]]

DIGITS: Final = 6
"""Significant digits of a fraction in a table; csv and json keep all."""


def write_tables(data: Mapping[str, Any]) -> None:
    """Print scalars as `name: value` lines and each list of objects as a table, in the order of the answer."""
    console = Console(file=sys.stdout, soft_wrap=not sys.stdout.isatty())
    for path, value in _parts(data, ()):
        if not _is_objects(value):
            console.print(Text(f"{'.'.join(path)}: {_shown(value)}"))
            continue
        rows = [_flat(row) for row in value]
        table = Table(title=".".join(path), title_justify="left")
        for column in _columns(rows):
            table.add_column(column, overflow="fold")
        for row in rows:
            table.add_row(*(_shown(row.get(column)) for column in _columns(rows)))
        console.print(table)


def write_csv(data: Mapping[str, Any]) -> None:
    """Print the answer's one list of objects as CSV; raise BadInput where it has none or several."""
    lists = [(path, cast("Objects", value)) for path, value in _parts(data, ()) if _is_objects(value)]
    if len(lists) != 1:
        names = ", ".join(".".join(path) for path, _ in lists) or "none"
        raise BadInput(f"--format csv needs an answer with exactly one list of objects, got {names}; use json")
    rows = [_flat(row) for row in lists[0][1]]
    columns = _columns(rows)
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(row.get(column), unknown="") for column in columns] for row in rows)


def _parts(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    if isinstance(value, dict):
        for key, below in cast("Mapping[str, Any]", value).items():
            yield from _parts(below, (*path, key))
    else:
        yield path, value


def _is_objects(value: Any) -> bool:
    items = cast("list[Any]", value) if isinstance(value, list) else []
    return bool(items) and all(isinstance(item, dict) for item in items)


def _flat(row: Mapping[str, Any], above: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in row.items():
        if isinstance(value, dict):
            flat |= _flat(cast("Mapping[str, Any]", value), f"{above}{key}.")
        else:
            flat[f"{above}{key}"] = value
    return flat


def _columns(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    return list(dict.fromkeys(column for row in rows for column in row))


def _shown(value: Any) -> str:
    """Write a value for people: a fraction to as many digits as somebody reads."""
    return f"{value:.{DIGITS}g}" if isinstance(value, float) and not value.is_integer() else _cell(value)


def _cell(value: Any, *, unknown: str = "-") -> str:
    """Write a value on one line: lists joined, an object by its names where it has some."""
    if value is None:
        return unknown
    if isinstance(value, list):
        return "; ".join(_cell(item) for item in cast("list[Any]", value)) or unknown
    if isinstance(value, dict):
        flat = _flat(cast("Mapping[str, Any]", value))
        named = {key: item for key, item in flat.items() if key.rpartition(".")[2] in {"name", "title"}}
        return " ".join(_cell(item) for item in (named or flat).values() if item is not None)
    return str(value)
