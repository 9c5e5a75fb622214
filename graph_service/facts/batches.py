"""Batches: changes that are too many for one transaction, cut into several."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from graph_service.facts.columns import key
from graph_service.facts.compare import KINDS
from graph_service.facts.rows import Component, Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graph_service.facts.compare import Changes, Record, Records


def batches(changes: Changes, rows_max: int) -> Iterator[Records]:
    """Cut changed records into batches of at most `rows_max` rows, each after all that it refers to.

    A record stays whole, so that one with more rows than that is a batch of its own.
    """
    batch: Records = {}
    rows = 0
    for kind in KINDS:
        records = [*changes.created.get(kind, ()), *changes.updated.get(kind, ())]
        for record in _bases_first(records) if kind is Component else records:
            if rows and rows + record.row_count > rows_max:
                yield batch
                batch, rows = {}, 0
            batch.setdefault(kind, {})[key(record.row)] = record
            rows += record.row_count
    if rows:
        yield batch


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
