"""A scenario: facts added to a world and facts taken out of it, for one analysis, never written (semantics.md 3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

ADDED_CONFIDENCE: Final = 100
"""How sure an added fact is: what is supposed is not in doubt."""

THINGS_MAX: Final = 1_000
"""The most ids that one scenario may name, in all its parts together."""


@dataclass(frozen=True, slots=True)
class AddedOffer:
    """An offer that is supposed; the share is in percent of the component's basis (docs/semantics.md 20)."""

    id: str
    component: str
    company: str | None = None
    nation: str | None = None
    share_pct: float | None = None
    lead_time_weeks: float | None = None


@dataclass(frozen=True, slots=True)
class AddedRequirement:
    """A requirement that is supposed: `of` needs any `k` of these components."""

    id: str
    of: str
    any_of: tuple[str, ...]
    k: int = 1


@dataclass(frozen=True, slots=True)
class AddedPartnership:
    """A partnership that is supposed, with the offers that it enables."""

    id: str
    name: str
    parties: tuple[str, ...]
    covers: tuple[str, ...] = ()
    enables: tuple[AddedOffer, ...] = ()


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is added, each id once, and the ids of what is taken out. Removing comes first: an added fact stays."""

    offers: tuple[AddedOffer, ...] = ()
    requirements: tuple[AddedRequirement, ...] = ()
    partnerships: tuple[AddedPartnership, ...] = ()
    remove: tuple[str, ...] = ()

    @property
    def all_offers(self) -> tuple[AddedOffer, ...]:
        """The added offers, those that added partnerships enable among them."""
        enabled = [offer for partnership in self.partnerships for offer in partnership.enables]
        return (*self.offers, *enabled)
