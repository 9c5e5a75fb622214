"""Parquet: one file for each kind of rows, with typed columns. Needs pyarrow, which the extra `frames` brings."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Final, cast, get_args

import pyarrow  # noqa: ICN001 # pyright: ignore[reportMissingTypeStubs] - bound to a name of type Any below
import pyarrow.parquet  # pyright: ignore[reportMissingTypeStubs] - as above

from graph_service.facts.cells import Citation
from graph_service.facts.columns import columns, types

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from graph_service.facts.rows import Row

pa: Final[Any] = pyarrow
parquet: Final[Any] = pyarrow.parquet
"""The library carries no types."""

CITATION: Final = pa.struct([("source", pa.string()), ("note", pa.string())])
TYPES: Final[Mapping[Any, Any]] = {
    bool: pa.bool_(),
    int: pa.int64(),
    float: pa.float64(),
    # Facts hold at most 15 digits, before or behind the point.
    Decimal: pa.decimal128(30, 15),
    date: pa.date32(),
    tuple[str, ...]: pa.list_(pa.string()),
    tuple[Citation, ...]: pa.list_(CITATION),
}


class Parquet:
    """The files of a folder; kinds without rows have none."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._writers: dict[type[Row], Any] = {}

    def write(self, kind: type[Row], rows: Sequence[Row]) -> None:
        """Take rows as one more group of their file."""
        if not rows:
            return
        writer = self._writers.get(kind)
        if writer is None:
            path = self._folder / f"{kind.FILE}.parquet"
            writer = self._writers[kind] = parquet.ParquetWriter(path, _schema(kind))
        values = {name: [_value(getattr(row, name)) for row in rows] for name in columns(kind)}
        writer.write_table(pa.Table.from_pydict(values, schema=_schema(kind)))

    def close(self) -> None:
        """Close the files."""
        for writer in self._writers.values():
            writer.close()


@cache
def _schema(kind: type[Row]) -> Any:
    return pa.schema([(name, _type(types(kind)[name])) for name in columns(kind)])


def _type(hint: Any) -> Any:
    for part in (hint, *get_args(hint)):
        if part in TYPES:
            return TYPES[part]
    return pa.string()


def _value(value: Any) -> Any:
    if isinstance(value, tuple):
        items = cast("tuple[str | Citation, ...]", value)
        return [{"source": one.source, "note": one.note} if isinstance(one, Citation) else one for one in items]
    return value
