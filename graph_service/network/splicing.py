"""Splicing: rows of a table taken out and put in by id, so that its numbers still follow the order of ids."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, TypeVar

from graph_service.network.tables import Offers, Partnerships, Requirements, Validity

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

Table = TypeVar("Table", Offers, Requirements, Partnerships)


@dataclass(frozen=True, slots=True)
class _Edit:
    """At `place`, one row is left out or none, and the row `added` of the other table put in or none."""

    place: int
    leaves_out: bool
    added: int | None


def spliced(table: Table, without: Collection[str], added: Table | None = None) -> Table:
    """Give `table` without the rows of these ids and with the rows of `added`, which replace those of the same id.

    `added` is in the order of ids. A slice of each column between one edit and the next, so nearly as quick as a copy.
    """
    number_of_added = {} if added is None else {name: number for number, name in enumerate(added.id)}
    edits: list[_Edit] = []
    for name in sorted({*without, *number_of_added}):
        leaves_out = number_of(table.id, name) is not None
        edits.append(_Edit(place_of(table.id, name), leaves_out, number_of_added.get(name)))
    return _spliced_columns(table, added, edits)


def number_of(ids: Sequence[str], name: str) -> int | None:
    """Give the number of an id among sorted ids; None where it is not there."""
    place = place_of(ids, name)
    return place if place < len(ids) and ids[place] == name else None


def place_of(ids: Sequence[str], name: str) -> int:
    """Give the place among sorted ids at which an id stands or would stand."""
    return bisect_left(ids, name)


def _spliced_columns(table: Any, added: Any, edits: Sequence[_Edit]) -> Any:
    columns: dict[str, Any] = {}
    for field in fields(table):
        old, new = getattr(table, field.name), getattr(added, field.name, ())
        if isinstance(old, Validity):
            columns[field.name] = _spliced_columns(old, new, edits)
        else:
            columns[field.name] = _spliced_column(old, new, edits)
    return type(table)(**columns)


def _spliced_column(old: Sequence[Any], new: Sequence[Any], edits: Sequence[_Edit]) -> list[Any]:
    column: list[Any] = []
    start = 0
    for edit in edits:
        column += old[start : edit.place]
        start = edit.place + edit.leaves_out
        if edit.added is not None:
            column.append(new[edit.added])
    column += old[start:]
    return column
