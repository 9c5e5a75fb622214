"""Layouts: where in the record of a statement each selected field stands.

The compiler writes a layout beside each text. Rows for the stock executor are decoded by it (reads/decoder.py), and
the response of a plan is shaped by it (reads/shaper.py), so that both read the same record the same way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from graph_service.reads.selection import SelectedField, Selection


@dataclass(frozen=True, slots=True)
class Value:
    """A scalar, an enumeration or a list of them; `decode` makes the stored value what GraphQL serialises."""

    decode: Callable[[Any], Any] | None = None


@dataclass(frozen=True, slots=True)
class Nothing:
    """A null, whatever the store holds."""


@dataclass(frozen=True, slots=True)
class Part:
    """A field and where its value stands: in a column of the row, or over the whole row where `column` is None."""

    field: SelectedField
    column: int | str | None
    layout: Layout


@dataclass(frozen=True, slots=True)
class Record:
    """An object as a list of columns, null where there is none.

    `computed` are left to the network, by the id in the column `identity` and the world of slot `world`. `width` tells
    how many columns there are, where that is known.
    """

    selection: Selection
    typename: str
    parts: tuple[Part, ...]
    computed: tuple[SelectedField, ...] = ()
    identity: int = -1
    world: int = -1
    width: int | None = None


@dataclass(frozen=True, slots=True)
class OneOf:
    """An object of one of several types, whose name stands in the first column."""

    records: Mapping[str, Record]


@dataclass(frozen=True, slots=True)
class Each:
    """A list."""

    item: Layout


@dataclass(frozen=True, slots=True)
class Listed:
    """Nodes by their ids: the ids asked for, then for each label a list of rows with the id in the first column."""

    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Paged:
    """A connection: its rows, how many were asked for, whether rows stand on the other side, then further columns.

    `parts` stand in the further columns, `nodes` (of `nodes` and of each `node` of `edges`) in each row, as do the
    keys of its cursor. Whether rows follow says the column `total` if there is one, else one row more than asked for.
    Rows of a page that is read `backward` come in the opposite order. A `bare` page is its rows alone: it has no
    further columns, nothing asks what follows, and no more rows come than were asked for.
    """

    selection: Selection
    parts: tuple[Part, ...]
    nodes: tuple[Part, ...]
    keys: tuple[int, ...]
    key_names: tuple[str, ...]
    total: int | None
    backward: bool
    bare: bool = False


Layout = Value | Nothing | Record | OneOf | Each | Listed | Paged

ROWS, SIZE, BESIDE = range(3)
"""The first columns of a page."""
