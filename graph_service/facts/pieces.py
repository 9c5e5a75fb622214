"""Pieces: a bundle cut by the things that its rows belong to, so that a store is compared with it part by part."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Final

from graph_service.facts.bundle import Bundle
from graph_service.facts.compare import PARTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from graph_service.facts.rows import Row

OWNERS_OF_ONE_PIECE: Final = 10_000


def pieces(bundle: Bundle, kind: type[Row], others: Iterable[str] = ()) -> Iterator[tuple[Sequence[str], Bundle]]:
    """Give the rows of a kind with their parts, piece by piece, each with the ids of its owners, sorted.

    `others` are owners that count even where the bundle has no row of theirs.
    """
    rows = {one: sorted(bundle.of(one), key=_owner) for one in (kind, *PARTS.get(kind, ()))}
    owners = sorted({_owner(row) for of_kind in rows.values() for row in of_kind}.union(others))
    for start in range(0, len(owners), OWNERS_OF_ONE_PIECE):
        some = owners[start : start + OWNERS_OF_ONE_PIECE]
        yield some, Bundle({one: _between(of_kind, some[0], some[-1]) for one, of_kind in rows.items()})


def _between(rows: Sequence[Row], first: str, last: str) -> Sequence[Row]:
    return rows[bisect_left(rows, first, key=_owner) : bisect_right(rows, last, key=_owner)]


def _owner(row: Row) -> str:
    return getattr(row, row.KEY[0])
