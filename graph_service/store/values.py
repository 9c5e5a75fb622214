"""Values: rows as the driver gives them become rows without any type of the driver."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any, Final, cast

from neo4j.time import Date

from graph_service.errors import StatementRefused

Row = Sequence[Any]
"""The values of one record in the order of its columns; dates are `datetime.date`."""

SCALARS: Final = frozenset({str, int, float, bool, type(None)})


def native_rows(records: list[list[Any]]) -> list[Row]:
    """Replace the driver's dates by `datetime.date`, at any depth of lists and maps.

    Raises StatementRefused for a node, a relationship or any other type that has no place in an answer.
    """
    if _is_plain(records):
        return cast("list[Row]", records)
    return [[_native(value) for value in record] for record in records]


def _is_plain(records: list[list[Any]]) -> bool:
    """Tell whether only scalars stand in lists of lists; goes level by level, in C, since answers are large."""
    level: list[Any] = records
    while True:
        values = list[Any](chain.from_iterable(level))
        kinds = set[type[Any]](map(type, values))
        lists = list in kinds
        kinds.discard(list)
        if not kinds <= SCALARS:
            return False
        if not lists:
            return True
        level = [value for value in values if type(value) is list] if kinds else values


def _native(value: Any) -> Any:
    kind = cast("type[Any]", type(value))
    if kind in SCALARS:
        return value
    if kind is list:
        return [_native(item) for item in value]
    if kind is dict:
        return {key: _native(item) for key, item in value.items()}
    if kind is Date:
        return value.to_native()
    raise StatementRefused(
        f"a statement returns a {kind.__name__}; it must return scalars, dates, lists or maps of them"
    )
