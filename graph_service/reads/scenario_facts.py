"""What an answer shows of a scenario's facts: their given fields, confidence 100 and no sources (docs/semantics.md 3).

They are answers like those of analyses: attributes named as the GraphQL fields, ids where an entity stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from graph_service.model.scenario import ADDED_CONFIDENCE

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from graph_service.model.scenario import AddedOffer, AddedPartnership, AddedRequirement, Scenario

SUPPOSED: Final = "scenario"
"""Kind and status of a partnership that is supposed."""


@dataclass(frozen=True, kw_only=True)
class ShownFact:
    """What every added fact shows. It is recorded nowhere, so its instant is that of the answer."""

    id: str
    recorded_at: datetime
    confidence: int = ADDED_CONFIDENCE
    valid_from: date | None = None
    valid_to: date | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ShownOffer(ShownFact):
    """An added offer."""

    company: str | None
    component: str
    nation: str | None
    share_pct: float | None
    lead_time_weeks: float | None
    share_basis: str | None = None
    share_year: int | None = None
    time_to_recover_weeks: float | None = None
    inventory_weeks: float | None = None
    capacity: Decimal | None = None
    capacity_unit: str | None = None
    unit_cost: Decimal | None = None
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class ShownAlternative:
    """One component that meets an added requirement."""

    component: str
    efficiency: float = 1.0
    switch_time_weeks: float | None = None


@dataclass(frozen=True, kw_only=True)
class ShownRequirement(ShownFact):
    """An added requirement."""

    k: int
    alternatives: tuple[ShownAlternative, ...]
    quantity: Decimal | None = None
    unit: str | None = None
    optional: bool = False
    condition: str | None = None


@dataclass(frozen=True, slots=True)
class ShownParty:
    """A party to an added partnership."""

    party: str
    role: str | None = None


@dataclass(frozen=True, kw_only=True)
class ShownPartnership(ShownFact):
    """An added partnership."""

    name: str
    parties: tuple[ShownParty, ...]
    covers: tuple[str, ...]
    enables: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    kind: str = SUPPOSED
    status: str = SUPPOSED
    signed_on: str | None = None
    goal: str | None = None


Shown = ShownOffer | ShownRequirement | ShownPartnership


def shown_facts(scenario: Scenario) -> dict[str, Shown]:
    """Give what each added fact shows, by its id."""
    now = datetime.now(tz=UTC)
    shown: list[Shown] = [_offer(offer, now) for offer in scenario.all_offers]
    shown += [_requirement(requirement, now) for requirement in scenario.requirements]
    shown += [_partnership(partnership, now) for partnership in scenario.partnerships]
    return {fact.id: fact for fact in shown}


def _offer(offer: AddedOffer, now: datetime) -> ShownOffer:
    return ShownOffer(
        id=offer.id,
        recorded_at=now,
        company=offer.company,
        component=offer.component,
        nation=offer.nation,
        share_pct=offer.share_pct,
        lead_time_weeks=offer.lead_time_weeks,
    )


def _requirement(requirement: AddedRequirement, now: datetime) -> ShownRequirement:
    return ShownRequirement(
        id=requirement.id,
        recorded_at=now,
        k=requirement.k,
        alternatives=tuple(map(ShownAlternative, requirement.any_of)),
    )


def _partnership(partnership: AddedPartnership, now: datetime) -> ShownPartnership:
    return ShownPartnership(
        id=partnership.id,
        recorded_at=now,
        name=partnership.name,
        parties=tuple(map(ShownParty, partnership.parties)),
        covers=partnership.covers,
        enables=tuple(offer.id for offer in partnership.enables),
    )
