"""Pieces: a large page is read, shaped and written some rows at a time, while the database works on the next.

The answer begins with the first rows instead of the last, and a piece is small enough to stay in a processor's cache
from the socket to JSON, which halves what each object costs.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, Final

import orjson

from graph_service.reads.graph import GRAPH, Page, RootPage
from graph_service.reads.leaves import Unfit
from graph_service.reads.paging import PageShape
from graph_service.reads.roots import ROOTS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from graph_service.reads.arguments import Bound
    from graph_service.reads.selection import SelectedField
    from graph_service.reads.shaper import PieceShape
    from graph_service.store.values import Row

    Count = Callable[[Mapping[int, Bound]], int]

LARGE: Final = 2_000
"""Objects of an answer, as far as its arguments tell, from which on it comes in pieces.

Below that the database pays more for them than anybody gains: 0.6 ms of 3 for 1,000 plain rows.
"""
OBJECTS: Final = 500
"""Objects of a piece."""
PIECES_MAX: Final = 16
"""More gain nothing, and an answer may have far fewer objects than its arguments allow."""
LISTED: Final = 2
"""Rows of a list whose size no argument says."""


def rows_at_once(counted: Count, field: SelectedField, bounds: Mapping[int, Bound]) -> int | None:
    """Give how many rows of a root page make a piece; None where its answer is small."""
    objects = counted(bounds)
    if objects < LARGE:
        return None
    first: int = bounds[field.slot].values["first"]
    return -(-first // min(PIECES_MAX, objects // OBJECTS))


def counter(field: SelectedField) -> Count:
    """Make what counts the objects that the arguments of a field and of all below it allow."""
    assert field.below is not None
    slot = field.slot
    served = ROOTS.get(field.name) if field.parent.name == "Query" else GRAPH.get(field.parent.name, {}).get(field.name)
    is_page = isinstance(served, Page | RootPage)
    above = PageShape.of(field.below).nodes if is_page else (field,)
    selections = [each.below for each in above if each.below is not None]
    below = [
        counter(each)
        for selection in selections
        for fields in selection.fields_by_type.values()
        for each in fields
        if each.below is not None
    ]
    rows = LISTED if field.is_list else 1

    def count(bounds: Mapping[int, Bound]) -> int:
        size: int = bounds[slot].values["first"] if is_page else rows
        return size * (1 + sum(each(bounds) for each in below))

    return count


class Pieces:
    """The pieces of one answer: `take` each record, then `data`; with `written` its lists of rows are JSON already."""

    def __init__(self, shape: PieceShape, rows: int, *, written: bool) -> None:
        """Begin with `shape`, for so many `rows` as were asked for: one more may come, to tell that others follow."""
        self._shape = shape
        self._room = rows
        self._taken = 0
        self._written = written
        self._lists: list[Sequence[Any]] = []
        self._ends: list[Any] = []
        self._more = False

    def take(self, row: Row) -> None:
        """Shape a record; raises what a shaper raises, and Unfit for one that is not the next."""
        begin, rows = row
        if begin != self._taken:
            raise Unfit(f"rows from {begin} came where those from {self._taken} were due")
        self._taken += len(rows)
        self._more |= len(rows) > self._room
        rows = rows[: self._room]
        self._room -= len(rows)
        if not rows:
            return
        lists = self._shape.lists(rows, [])
        self._lists.append([orjson.dumps(each, default=str)[1:-1] for each in lists] if self._written else lists)
        self._ends = [*self._ends[:1], rows[-1]] if self._ends else [rows[0], rows[-1]]

    def data(self) -> dict[str, Any]:
        """Give the data of the response; raises what a shaper raises."""
        lists = zip(*self._lists, strict=True) if self._lists else iter([()] * self._shape.number)
        join = _written if self._written else _listed
        page = [[*self._ends, *[None] * self._more], len(self._ends), None]
        return self._shape.around([page], [], [join(each) for each in lists])


def _written(parts: Sequence[bytes]) -> orjson.Fragment:
    return orjson.Fragment(b"[" + b",".join(parts) + b"]")


def _listed(parts: Sequence[list[Any]]) -> list[Any]:
    return list(chain.from_iterable(parts))
