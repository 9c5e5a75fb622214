"""Writing: changed records into the store, inside a transaction (cypher/write)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, Final, cast

import orjson

from graph_service.errors import BadInput
from graph_service.facts.columns import columns, key
from graph_service.facts.compare import KINDS, PARTS
from graph_service.facts.rows import KIND_BY_ID, Component, Fact, Membership, Offer, Ownership, Row, Sourced
from graph_service.model.ids import slug_of
from graph_service.model.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from graph_service.facts.cells import Citation
    from graph_service.facts.compare import Changes, Record
    from graph_service.store.transaction import WriteTransaction

ROWS_OF_ONE_MESSAGE: Final = 5_000
BYTES_OF_ONE_MESSAGE: Final = 4_000_000
"""Larger messages slow both engines down; the embedded one hangs above about 16 MB."""

ON_RELATIONSHIPS: Final[Mapping[type[Row], str]] = {Membership: "membership", Ownership: "ownership"}
"""Facts that are relationships, which cite their sources in lists, and the kind of their ids."""

GROUPED_BY: Final[Mapping[type[Row], str]] = {Offer: "company"}
"""What a statement takes its rows grouped by, to look each up once: most of its time went into that."""

CHANGED: Final[Mapping[type[Row], tuple[Kind, ...]]] = {
    **{row: (kind,) for kind, row in KIND_BY_ID.items()},
    Membership: (Kind.NATION, Kind.BLOC),
    Ownership: (Kind.COMPANY,),
}
"""The kinds of things that look different once a record of a kind is written."""

Values = dict[str, Any]


@dataclass(slots=True)
class Writer:
    """Writes records into one transaction that has moved the data version.

    `recorded_at` is the instant that facts get (ISO 8601, UTC).

    `written` is told the number of rows after each message.
    """

    transaction: WriteTransaction
    written: Callable[[int], None] = lambda _: None
    recorded_at: str = field(default_factory=lambda: datetime.now(tz=UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))

    async def write(self, changes: Changes) -> None:
        """Write all changes, each kind after all that it refers to.

        Raises BadInput when something that the records refer to has gone from the store meanwhile.
        """
        for kind in KINDS:
            created, updated = changes.created.get(kind, ()), changes.updated.get(kind, ())
            await self._clear(kind, updated)
            await self._write(kind, [*created, *updated])
        changed = {
            one for kind in KINDS if changes.created.get(kind) or changes.updated.get(kind) for one in CHANGED[kind]
        }
        await self.transaction.note_kinds(changed)

    async def _clear(self, kind: type[Row], records: Sequence[Record]) -> None:
        if kind in ON_RELATIONSHIPS:
            pairs = [dict(zip(kind.KEY, key(record.row), strict=True)) for record in records]
            for some in messages(pairs):
                await self.transaction.run(f"write/clear/{kind.FILE}", {"rows": some})
        elif issubclass(kind, Fact | Sourced):
            for some in messages([{"id": key(record.row)[0]} for record in records]):
                await self.transaction.run(f"write/clear/{kind.FILE}", {"ids": [row["id"] for row in some]})

    async def _write(self, kind: type[Row], records: Sequence[Record]) -> None:
        rows = [self._values(record.row) for record in records]
        await self._run(f"write/{kind.FILE}", rows, counted=True, grouped_by=GROUPED_BY.get(kind))
        if kind is Component:
            await self._run("write/variants", [row for row in rows if "variantOf" in row])
        for number, part in enumerate(PARTS.get(kind, ())):
            parts = [self._values(one) for record in records for one in record.parts[number]]
            await self._run(f"write/{part.FILE}", parts, counted=True)
        if kind not in ON_RELATIONSHIPS:
            await self._run(
                f"write/cite/{kind.FILE}", [cited for record in records for cited in _citations(record.row)]
            )

    async def _run(
        self, statement: str, rows: Sequence[Values], *, counted: bool = False, grouped_by: str | None = None
    ) -> None:
        for some in messages(rows):
            parameters = {"groups": _groups(some, grouped_by)} if grouped_by else {"rows": some}
            ((written,),) = await self.transaction.run(statement, parameters)
            if written != len(some):
                missing = f"{statement}: {len(some) - written} of {len(some)} rows refer to what the store has lost"
                raise BadInput(f"{missing} since they were checked; nothing of them was written, load again")
            if counted:
                self.written(len(some))

    def _values(self, row: Row) -> Values:
        """Give the properties of a row by their names in the store; what is not known is absent."""
        values = {
            name: _stored(value) for column, name in _names(type(row)) if (value := getattr(row, column)) is not None
        }
        kind = ON_RELATIONSHIPS.get(type(row))
        if kind:
            citations = _sources(row)
            values["id"] = f"{kind}:{'.'.join(map(slug_of, key(row)))}"
            values["sources"] = [citation.source for citation in citations]
            values["notes"] = [citation.note or "" for citation in citations]
        if isinstance(row, Fact):
            values["recordedAt"] = self.recorded_at
        return values


def messages(rows: Sequence[Values]) -> Iterator[list[Values]]:
    """Cut rows into messages that are bounded in rows and in bytes."""
    some: list[Values] = []
    size = 0
    for row in rows:
        row_size = len(orjson.dumps(row))
        if some and (len(some) >= ROWS_OF_ONE_MESSAGE or size + row_size > BYTES_OF_ONE_MESSAGE):
            yield some
            some, size = [], 0
        some.append(row)
        size += row_size
    if some:
        yield some


def _groups(rows: Sequence[Values], name: str) -> list[Values]:
    """Put rows of one value together, `{name: value, "rows": rows}`; those without one are a group too."""
    groups: defaultdict[object, list[Values]] = defaultdict(list)
    for row in rows:
        groups[row.get(name)].append(row)
    return [{name: value, "rows": some} for value, some in groups.items()]


def _citations(row: Row) -> Iterator[Values]:
    for position, citation in enumerate(_sources(row)):
        cited: Values = {"id": key(row)[0], "source": citation.source, "position": position}
        yield cited if citation.note is None else {**cited, "note": citation.note}


def _sources(row: Row) -> Sequence[Citation]:
    return row.sources if isinstance(row, Fact | Sourced) else ()


def _stored(value: Any) -> object:
    """Turn a value of a row into one of the store: decimals of 15 digits are exact as floats."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, StrEnum):
        return value.value
    return list(cast("tuple[str, ...]", value)) if isinstance(value, tuple) else value


@cache
def _names(kind: type[Row]) -> Sequence[tuple[str, str]]:
    """Give each column and the name of its property: `share_pct` is `sharePct`."""
    return [(column, _camel_case(column)) for column in columns(kind) if column != "sources"]


def _camel_case(column: str) -> str:
    first, *rest = column.split("_")
    return first + "".join(map(str.capitalize, rest))
