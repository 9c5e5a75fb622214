"""The report of a load: what it did, kind by kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph_service.facts.compare import KINDS, PARTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph_service.facts.compare import Changes
    from graph_service.facts.problem import Problem
    from graph_service.facts.risks import Risks


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many records of one kind were created, updated, left as they were, ended, or rejected.

    `kind` is the name of the fact file without its ending; parts of a record count with it: a requirement with
    another alternative is one updated requirement.
    """

    kind: str
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    retired: int = 0
    rejected: int = 0


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did, or, as a dry run, would do; `data_version` is that of the store afterwards.

    `risks` are the risks that appear or go with it, where they were asked for.
    """

    kinds: Sequence[KindCount]
    data_version: str
    dry_run: bool = False
    risks: Risks | None = None

    @property
    def total(self) -> KindCount:
        """The counts of all kinds together."""
        return KindCount(
            kind="all",
            created=sum(count.created for count in self.kinds),
            updated=sum(count.updated for count in self.kinds),
            unchanged=sum(count.unchanged for count in self.kinds),
            retired=sum(count.retired for count in self.kinds),
            rejected=sum(count.rejected for count in self.kinds),
        )


def counted(changes: Changes) -> Sequence[KindCount]:
    """Count changes, kind by kind in the order of writing."""
    return [
        KindCount(
            kind=kind.FILE,
            created=len(changes.created.get(kind, ())),
            updated=len(changes.updated.get(kind, ())) - changes.retired.get(kind, 0),
            unchanged=changes.unchanged.get(kind, 0),
            retired=changes.retired.get(kind, 0),
        )
        for kind in KINDS
    ]


def rejected(problems: Sequence[Problem]) -> Sequence[KindCount]:
    """Count the rows that break rules, kind by kind; a part counts with its record."""
    files = {kind: {f"{one.FILE}.csv" for one in (kind, *PARTS.get(kind, ()))} for kind in KINDS}
    return [
        KindCount(
            kind=kind.FILE,
            rejected=len({(problem.file, problem.line) for problem in problems if problem.file in files[kind]}),
        )
        for kind in KINDS
    ]
