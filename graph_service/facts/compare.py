"""Comparison: what a bundle would create, update, leave and retire in a store.

What is compared is a record: a row with the rows that are parts of it. A record that differs anywhere is written
anew as a whole, so that nothing of the old one is left; when it was recorded is not part of the comparison.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from graph_service.errors import BadInput
from graph_service.facts.columns import key
from graph_service.facts.rows import (
    Alternative,
    Bloc,
    Company,
    Component,
    Coverage,
    Deployment,
    Enabled,
    Fact,
    Membership,
    Nation,
    Offer,
    Ownership,
    Partnership,
    Party,
    Requirement,
    Row,
    Source,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from graph_service.facts.bundle import Bundle

KINDS: Final[tuple[type[Row], ...]] = (
    Source,
    Nation,
    Bloc,
    Company,
    Component,
    Deployment,
    Membership,
    Ownership,
    Offer,
    Requirement,
    Partnership,
)
"""The kinds of records, each after all that it refers to."""

PARTS: Final[Mapping[type[Row], tuple[type[Row], ...]]] = {
    Requirement: (Alternative,),
    Partnership: (Party, Coverage, Enabled),
}
"""The rows that are parts of a record; their first column names it."""

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """A row, and its parts by kind (`PARTS`), each sorted."""

    row: Row
    parts: tuple[tuple[Row, ...], ...] = ()

    @property
    def row_count(self) -> int:
        """The number of rows, parts included."""
        return 1 + sum(map(len, self.parts))


Records = dict[type[Row], dict[Key, Record]]


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs, by kind: records to create and to update, how many stay, how many of the updated ones end."""

    created: Mapping[type[Row], Sequence[Record]]
    updated: Mapping[type[Row], Sequence[Record]]
    unchanged: Mapping[type[Row], int]
    retired: Mapping[type[Row], int]

    @property
    def row_count(self) -> int:
        """The number of rows to write."""
        changed = (*self.created.values(), *self.updated.values())
        return sum(record.row_count for records in changed for record in records)

    @classmethod
    def of(cls, parts: Iterable[Changes]) -> Changes:
        """Put changes together that were found part by part, no record in two of them."""
        created: defaultdict[type[Row], list[Record]] = defaultdict(list)
        updated: defaultdict[type[Row], list[Record]] = defaultdict(list)
        unchanged: Counter[type[Row]] = Counter()
        retired: Counter[type[Row]] = Counter()
        for part in parts:
            for kind in KINDS:
                created[kind].extend(part.created.get(kind, ()))
                updated[kind].extend(part.updated.get(kind, ()))
            unchanged.update(part.unchanged)
            retired.update(part.retired)
        return cls(created, updated, unchanged, retired)


def records_of(bundle: Bundle) -> Records:
    """Put rows and their parts together; a part whose row is not in the bundle is left out."""
    parts = {kind: _by_owner(bundle, kind) for kinds in PARTS.values() for kind in kinds}
    return {
        kind: {
            key(row): Record(row, tuple(tuple(parts[part].get(key(row)[0], ())) for part in PARTS.get(kind, ())))
            for row in bundle.of(kind)
        }
        for kind in KINDS
    }


def wanted_records(bundle: Bundle, stored: Records) -> Records:
    """Give the records that the store should have: those of the bundle, and those that it adds parts to.

    A row in the bundle comes with all of its parts; parts of a row that only the store has are added to those there.
    """
    wanted = records_of(bundle)
    for kind, part_kinds in PARTS.items():
        added = [_by_owner(bundle, part) for part in part_kinds]
        for owner in {name for one in added for name in one} - {name for (name,) in wanted[kind]}:
            old = stored[kind].get((owner,))
            if old is None:
                raise BadInput(f"{owner} has gone from the store since it was checked; nothing was written, load again")
            merged = (_merged(parts, one.get(owner, ())) for parts, one in zip(old.parts, added, strict=True))
            wanted[kind][owner,] = Record(old.row, tuple(merged))
    return wanted


def ended_records(wanted: Records, stored: Records, on: date) -> Records:
    """Give the facts of the store that are not wanted and still hold, as they are once they end on this date.

    A fact that would begin later ends when it begins: it was recorded, but never holds.
    """
    ended: Records = {}
    for kind in KINDS:
        if issubclass(kind, Fact):
            left = [(name, record) for name, record in stored[kind].items() if name not in wanted[kind]]
            ended[kind] = {name: Record(row, record.parts) for name, record in left for row in _ended(record.row, on)}
    return ended


def compare(wanted: Records, stored: Records, ended: Records | None = None) -> Changes:
    """Tell which records are new, which differ, and how many are the same; `ended` are wanted, too."""
    created: dict[type[Row], list[Record]] = {}
    updated: dict[type[Row], list[Record]] = {}
    unchanged: dict[type[Row], int] = {}
    ending = ended or {}
    for kind, records in wanted.items():
        old = stored.get(kind, {})
        created[kind] = [record for name, record in records.items() if name not in old]
        updated[kind] = [record for name, record in records.items() if name in old and old[name] != record]
        unchanged[kind] = len(records) - len(created[kind]) - len(updated[kind])
        updated[kind].extend(ending.get(kind, {}).values())
    return Changes(created, updated, unchanged, {kind: len(records) for kind, records in ending.items()})


def _ended(row: Row, on: date) -> Iterator[Row]:
    """Give the row with its end, if it is a fact that holds on this date or later."""
    if isinstance(row, Fact):
        end = max(on, row.valid_from or on)
        if row.valid_to is None or row.valid_to > end:
            yield replace(row, valid_to=end)


def _by_owner(bundle: Bundle, kind: type[Row]) -> Mapping[str, list[Row]]:
    parts: defaultdict[str, list[Row]] = defaultdict(list)
    for row in sorted(bundle.of(kind), key=key):
        parts[key(row)[0]].append(row)
    return parts


def _merged(old: Sequence[Row], added: Sequence[Row]) -> tuple[Row, ...]:
    merged = {key(row): row for row in (*old, *added)}
    return tuple(merged[name] for name in sorted(merged))
