"""Pieces: rows in their order, as many as were asked for, objects or JSON."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from graph_service.reads.leaves import Unfit
from graph_service.reads.pieces import Pieces
from graph_service.reads.shaper import PieceShape


def shape() -> PieceShape:
    """Shape rows that stay as they are, into a page that also shows its first, its last and whether more follow."""

    def around(record: Any, _: Any, lists: Any) -> dict[str, Any]:
        rows, size, _other_side = record[0]
        return {"ends": rows[:2], "more": len(rows) > size, "rows": lists[0]}

    return PieceShape(1, lambda rows, _: [list(rows)], around)


@pytest.mark.parametrize("written", [False, True], ids=["objects", "JSON"])
def test_rows_are_joined_and_the_one_too_many_says_that_more_follow(*, written: bool) -> None:
    pieces = Pieces(shape(), 4, written=written)
    pieces.take((0, ["a", "b"]))
    pieces.take((2, ["c", "d"]))
    pieces.take((4, ["e"]))
    data = orjson.loads(orjson.dumps(pieces.data()))
    assert data == {"ends": ["a", "d"], "more": True, "rows": ["a", "b", "c", "d"]}


@pytest.mark.parametrize("written", [False, True], ids=["objects", "JSON"])
def test_no_rows_are_an_empty_list(*, written: bool) -> None:
    data = orjson.loads(orjson.dumps(Pieces(shape(), 4, written=written).data()))
    assert data == {"ends": [], "more": False, "rows": []}


def test_a_piece_that_is_not_the_next_does_not_fit() -> None:
    pieces = Pieces(shape(), 8, written=False)
    pieces.take((0, ["a", "b"]))
    with pytest.raises(Unfit, match="rows from 4 came where those from 2 were due"):
        pieces.take((4, ["e", "f"]))
