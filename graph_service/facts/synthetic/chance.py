"""Chance: the seeded choices from which synthetic facts are made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any, Final, TypeVar

from graph_service.facts.cells import Citation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

T = TypeVar("T")

FIRST_DAY: Final = date(2015, 1, 1)
LAST_START: Final = date(2025, 1, 1)
LAST_DAY: Final = date(2040, 1, 1)
"""Facts begin between the first two and end, if they do, before the third: dates that no clock moves."""

CONFIDENCES: Final = (30, 40, 50, 60, 70, 80, 90)


@dataclass(frozen=True, slots=True)
class Chance:
    """The choices of one kind of facts: the same for the same seed and kind, whatever the other kinds are."""

    random: Random

    @classmethod
    def of(cls, seed: int, kind: str) -> Chance:
        """Start the choices of one kind of facts."""
        return cls(Random(f"{kind} {seed}"))  # noqa: S311 - made-up facts, no secrets

    def happens(self, share: float) -> bool:
        """Say yes in this share, 0 to 1, of all cases."""
        return self.random.random() < share

    def one(self, of: Sequence[T]) -> T:
        """Choose one of several, all as likely."""
        return of[int(self.random.random() * len(of))]

    def among(self, count: int) -> int:
        """Choose a number below `count`, all as likely."""
        return int(self.random.random() * count)

    def hub(self, count: int) -> int:
        """Choose a number below `count`, small ones far more often: they become the hubs."""
        return int(self.random.random() ** 2 * count)

    def hubs(self, count: int, wanted: int) -> list[int]:
        """Choose so many different numbers below `count`, or all there are; small ones far more often."""
        chosen: dict[int, None] = {}
        while len(chosen) < min(wanted, count):
            chosen[self.hub(count)] = None
        return list(chosen)

    def known(self, value: T, share: float) -> T | None:
        """Give the value in this share of all cases; else it is not known."""
        return value if self.happens(share) else None

    def cited(self, source_count: int) -> tuple[Citation, ...]:
        """Cite one source of so many."""
        return (Citation(source_id(self.hub(source_count))),)

    def fact(self, source_count: int) -> Mapping[str, Any]:
        """Give what every fact carries: confidence, dates, citations. Few end, fewer have ended."""
        begins = FIRST_DAY + timedelta(days=self.among((LAST_START - FIRST_DAY).days))
        ends = begins + timedelta(days=1 + self.among((LAST_DAY - begins).days))
        return {
            "confidence": self.one(CONFIDENCES),
            "valid_from": self.known(begins, 0.2),
            "valid_to": self.known(ends, 0.02),
            "sources": self.cited(source_count),
        }


def source_id(number: int) -> str:
    """Name the source of this number, counted from 0."""
    return f"source:report-{number + 1:04}"
