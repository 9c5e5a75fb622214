"""Figures of one command: its time, its CPU and memory, and how long each kind of records took to be written."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from graph_service.facts.compare import KINDS, PARTS
from graph_service.facts.crosscheck import reference_columns
from graph_service.facts.rows import Fact, Membership, Ownership, Sourced

if TYPE_CHECKING:
    from graph_service.facts.bundle import Bundle
    from graph_service.facts.rows import Row


@dataclass(frozen=True)
class Written:
    """What was written of one kind of records: rows with those of their parts, relationships, and seconds."""

    rows: int
    relationships: int
    seconds: float


@dataclass
class Figures:
    """What one command took; CPU and memory are those of its own process, not of a database."""

    wall_s: float
    cpu_s: float
    peak_mb: float
    rows: int = 0
    written: dict[str, Written] = field(default_factory=dict)

    @classmethod
    def of(cls, values: dict[str, Any]) -> Figures:
        """Make figures of the values that another process has printed."""
        return cls(**{**values, "written": {kind: Written(**one) for kind, one in values["written"].items()}})


class Clock:
    """Notes when how many rows are written; it is the progress of a load."""

    def __init__(self) -> None:
        self._moments: list[tuple[int, float]] = []

    def __call__(self, done: int, _total: int) -> None:
        """Note that `done` rows are written by now."""
        self._moments.append((done, time.perf_counter()))

    def written(self, bundle: Bundle) -> dict[str, Written]:
        """Give what each kind of records took, from the end of the one before; of the first one, nobody knows."""
        found: dict[str, Written] = {}
        if not self._moments:
            return found
        done, began = 0, self._moments[0][1]
        for kind in KINDS:
            kinds = (kind, *PARTS.get(kind, ()))
            rows = sum(len(bundle.of(one)) for one in kinds)
            done += rows
            ended = next((moment for count, moment in self._moments if count >= done), self._moments[-1][1])
            found[kind.FILE] = Written(rows, sum(_relationships(bundle, one) for one in kinds), ended - began)
            began = ended
        return found


def _relationships(bundle: Bundle, kind: type[Row]) -> int:
    """Count the relationships that rows of a kind become: references and citations, or the row itself."""
    rows = bundle.of(kind)
    if issubclass(kind, Membership | Ownership) or not issubclass(kind, Fact | Sourced):
        return len(rows) if len(kind.KEY) > 1 else 0
    references = sum(getattr(row, column) is not None for column in reference_columns(kind) for row in rows)
    return references + sum(len(row.sources) for row in bundle.of(kind))
