"""Batches: changes that are too many for one transaction, cut into several."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from graph_service.facts.columns import key
from graph_service.facts.compare import KINDS, Changes, Record
from graph_service.facts.rows import Component, Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Cut = dict[type[Row], list[Record]]


def batches(changes: Changes, rows_max: int) -> Iterator[Changes]:
    """Cut changes into batches of at most `rows_max` rows, each after all that it refers to.

    A record stays whole, so that one with more rows than that is a batch of its own.
    """
    created: Cut = {}
    updated: Cut = {}
    rows = 0
    for kind in KINDS:
        new = {key(record.row) for record in changes.created.get(kind, ())} if changes.updated.get(kind) else None
        records = [*changes.created.get(kind, ()), *changes.updated.get(kind, ())]
        for record in _bases_first(records) if kind is Component else records:
            if rows and rows + record.row_count > rows_max:
                yield Changes(created, updated, {}, {})
                created, updated, rows = {}, {}, 0
            cut = created if new is None or key(record.row) in new else updated
            cut.setdefault(kind, []).append(record)
            rows += record.row_count
    if rows:
        yield Changes(created, updated, {}, {})


def _bases_first(records: Sequence[Record]) -> Iterator[Record]:
    """Put every component behind the one that it is a variant of; variants form no cycle (crosscheck.py)."""
    waiting: defaultdict[str, list[Record]] = defaultdict(list)
    own = {key(record.row)[0] for record in records}
    ready: list[Record] = []
    for record in records:
        base = _base(record.row)
        (waiting[base] if base in own else ready).append(record)
    for record in ready:
        yield record
        ready.extend(waiting.pop(key(record.row)[0], ()))


def _base(row: Row) -> str:
    return (row.variant_of or "") if isinstance(row, Component) else ""
