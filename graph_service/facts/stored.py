"""The store's facts, read back as the rows that they were written from (cypher/facts)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, Final, get_args

from graph_service.errors import StoreUnavailable
from graph_service.facts.bundle import Bundle
from graph_service.facts.cells import Citation
from graph_service.facts.columns import columns, key, types
from graph_service.facts.rows import KIND_BY_ID, ROWS, Alternative, Coverage, Enabled, Membership, Ownership, Party, Row
from graph_service.model.ids import kind_of
from graph_service.model.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from graph_service.store.store import Store

Read = Callable[[str, Mapping[str, object]], Awaitable[Sequence[Sequence[Any]]]]
"""How statements are read: outside a transaction (`store.read`) or inside one (`transaction.run`)."""

IDS_OF_ONE_READ: Final = 10_000
"""Ids of one statement: its rows stay a message of a few megabytes."""

ATTEMPTS: Final = 5
"""How often a whole reading starts again because a writer moved the data version meanwhile."""

OWNER: Final[Mapping[type[Row], Kind]] = {
    **{kind: name for name, kind in KIND_BY_ID.items()},
    Membership: Kind.NATION,
    Ownership: Kind.COMPANY,
    Alternative: Kind.REQUIREMENT,
    Party: Kind.PARTNERSHIP,
    Coverage: Kind.PARTNERSHIP,
    Enabled: Kind.PARTNERSHIP,
}
"""Whose ids the statement of a kind of rows takes: those in the first column that tells the rows apart."""


async def read_store(store: Store, kinds: Iterable[type[Row]] = ROWS) -> Bundle:
    """Read all facts of one data version, or those of some kinds.

    Raises StoreUnavailable when the version does not stand still for one reading.
    """
    for _ in range(ATTEMPTS):
        before = await store.data_version()
        ids = await recorded_ids(store.read)
        bundle = await read_rows(store.read, {kind: ids[OWNER[kind]] for kind in kinds})
        if await store.data_version() == before:
            return bundle
    raise StoreUnavailable(f"facts were written during each of {ATTEMPTS} attempts to read them; try again")


async def recorded_ids(read: Read) -> Mapping[Kind, Sequence[str]]:
    """Give the ids of all things in the store, by kind, sorted."""
    (record,) = await read("facts/ids", {})
    return dict(zip(KIND_BY_ID, record, strict=True))


async def kinds_present(read: Read) -> frozenset[Kind]:
    """Tell of which kinds the store holds anything: of the others there is nothing to compare with."""
    (record,) = await read("read/kinds_present", {})
    return frozenset(kind for kind, present in zip(KIND_BY_ID, record, strict=True) if present)


async def recorded_among(read: Read, ids: Iterable[str]) -> frozenset[str]:
    """Give those of these ids that the store has."""
    found: set[str] = set()
    wanted = sorted(ids)
    for start in range(0, len(wanted), IDS_OF_ONE_READ):
        by_kind: dict[str, list[str]] = {kind: [] for kind in KIND_BY_ID}
        for name in wanted[start : start + IDS_OF_ONE_READ]:
            by_kind[kind_of(name)].append(name)
        (record,) = await read("facts/recorded", by_kind)
        found.update(*record)
    return frozenset(found)


async def read_rows(read: Read, owners: Mapping[type[Row], Collection[str]]) -> Bundle:
    """Read rows of each kind that belong to these owners (`OWNER`), sorted by what tells them apart."""
    rows: dict[type[Row], Sequence[Row]] = {}
    for kind, ids in owners.items():
        wanted = sorted(ids)
        found: list[Row] = []
        for start in range(0, len(wanted), IDS_OF_ONE_READ):
            (record,) = await read(f"facts/{kind.FILE}", {"ids": wanted[start : start + IDS_OF_ONE_READ]})
            found.extend(_rows(kind, record[0]))
        rows[kind] = sorted(found, key=key)
    return Bundle(rows)


def _rows(kind: type[Row], found: Iterable[Sequence[Any]]) -> Iterable[Row]:
    """Make rows of lists of values in the order of the columns; what is absent takes its default."""
    names, conversions = columns(kind), _conversions(kind)
    for values in found:
        known = {
            name: convert(value) if convert else value
            for name, convert, value in zip(names, conversions, values, strict=True)
            if value is not None
        }
        yield kind(**known)


@cache
def _conversions(kind: type[Row]) -> Sequence[Callable[[Any], object] | None]:
    return [_conversion(types(kind)[column]) for column in columns(kind)]


def _conversion(hint: Any) -> Callable[[Any], object] | None:
    """Give what turns a value of the store into one of a row; the store keeps decimals as floats of 15 digits."""
    conversions: Mapping[Any, Callable[[Any], object]] = {
        date: date.fromisoformat,
        Decimal: lambda value: Decimal(repr(float(value))),
        float: float,
        tuple[str, ...]: tuple,
        tuple[Citation, ...]: lambda cited: tuple(Citation(source, note or None) for source, note in cited),
    }
    for part in (hint, *get_args(hint)):
        if part in conversions:
            return conversions[part]
        if isinstance(part, type) and issubclass(part, StrEnum):
            return part
    return None
