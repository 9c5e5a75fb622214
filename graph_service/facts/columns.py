"""The columns of a kind of rows: their order, their types, how they are written, which of them tell rows apart."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

from graph_service.facts.cells import Written
from graph_service.facts.rows import Fact, Sourced

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph_service.facts.rows import Row


@cache
def columns(kind: type[Row]) -> tuple[str, ...]:
    """Give the columns of a file in their order: its own, then those that it shares with others."""
    shared = fields(Fact) if issubclass(kind, Fact) else fields(Sourced) if issubclass(kind, Sourced) else ()
    last = tuple(field.name for field in shared)
    return (*(field.name for field in fields(kind) if field.name not in last), *last)


@cache
def types(kind: type[Row]) -> Mapping[str, Any]:
    """Give the type of each column, without what cells.py says about how it is written."""
    return get_type_hints(kind)


@cache
def written(kind: type[Row]) -> Mapping[str, Written]:
    """Give how each column is written, where its type says more than text."""
    return {
        column: how
        for column, hint in get_type_hints(kind, include_extras=True).items()
        for part in (hint, *get_args(hint))
        for how in getattr(part, "__metadata__", ())
        if isinstance(how, Written)
    }


def key(row: Row) -> tuple[str, ...]:
    """Give the values that tell a row from all others of its file."""
    return tuple(getattr(row, column) for column in row.KEY)
