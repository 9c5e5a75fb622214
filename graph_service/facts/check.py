"""Checking: what facts that break no rule still leave to be desired (docs/semantics.md 43, 44).

Findings are no errors: such facts are loaded and count. Cycles of requirements are legal and none of them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import TYPE_CHECKING, Final, TypeVar

from graph_service.facts.columns import key
from graph_service.facts.rows import (
    ROWS,
    Company,
    Component,
    Deployment,
    Fact,
    Membership,
    Offer,
    Ownership,
    Partnership,
    Requirement,
    Row,
    Source,
)
from graph_service.model.kinds import InputKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from graph_service.facts.bundle import Bundle

F = TypeVar("F", bound=Fact)

LOW_CONFIDENCE: Final = 30
SHARE_SUM_MAX: Final = 100 + 1e-9
"""Percent; the little more is what adding floats may add."""

UNVERIFIED: Final = "unverified"
"""How the note of a citation, or the reliability of a source, begins when nobody has read it."""

STATED_TWICE: Final = ("lead_time_weeks", "time_to_recover_weeks", "inventory_weeks", "capacity", "unit_cost")


class Severity(StrEnum):
    """How much a finding matters: HIGH makes answers wrong, MEDIUM incomplete, LOW less sure."""

    HIGH = "HIGH"
    MEDIUM = "MEDIUM"
    LOW = "LOW"


@dataclass(frozen=True, slots=True)
class Finding:
    """What is to be desired of one thing; `entity` is its id, or, of a membership or ownership, whose it is."""

    rule: str
    severity: Severity
    entity: str
    message: str

    def __str__(self) -> str:
        return f"{self.severity}: {self.entity}: {self.message} ({self.rule})"


def findings(bundle: Bundle, as_of: date) -> list[Finding]:
    """Give all findings, the gravest first, then by rule and id; `as_of` is the date whose facts count."""
    found = [finding for rule in RULES for finding in rule(bundle, as_of)]
    order = list(Severity)
    return sorted(found, key=lambda one: (order.index(one.severity), one.rule, one.entity, one.message))


def _share_sums(bundle: Bundle, as_of: date) -> Iterator[Finding]:
    sums: defaultdict[tuple[str, str | None, int | None], float] = defaultdict(float)
    for offer in _holding(bundle.of(Offer), as_of):
        sums[offer.component, offer.share_basis, offer.share_year] += offer.share_pct or 0
    for (component, basis, year), total in sums.items():
        if total > SHARE_SUM_MAX:
            within = f"basis {basis or 'not stated'}, year {year or 'not stated'}"
            message = f"shares sum to {total:g} %, above 100 ({within})"
            yield Finding("shares-above-100", Severity.HIGH, component, message)


def _contradictions(bundle: Bundle, as_of: date) -> Iterator[Finding]:
    offers: defaultdict[tuple[str | None, str, str | None], list[Offer]] = defaultdict(list)
    for offer in _holding(bundle.of(Offer), as_of):
        if offer.company is not None:
            offers[offer.company, offer.component, offer.nation].append(offer)
    for same in offers.values():
        for one, other in combinations(same, 2):
            differing = _differing(one, other)
            what = f"contradicts {one.id} in {', '.join(differing)}" if differing else f"states the same as {one.id}"
            severity = Severity.HIGH if differing else Severity.MEDIUM
            rule = "contradictory-offers" if differing else "repeated-offers"
            yield Finding(rule, severity, other.id, f"{what}: same company, component and nation")


def _ownership_cycles(bundle: Bundle, as_of: date) -> Iterator[Finding]:
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for ownership in _holding(bundle.of(Ownership), as_of):
        owners[ownership.company].add(ownership.owner)
    seen: set[str] = set()
    for company in sorted(owners):
        cycle = {one for one in _reached(owners, company) if company in _reached(owners, one)} - seen
        if company in cycle:
            seen |= cycle
            message = f"owns itself through {', '.join(sorted(cycle))}"
            yield Finding("ownership-cycle", Severity.HIGH, company, message)


def _without_offers(bundle: Bundle, as_of: date) -> Iterator[Finding]:
    offered = {offer.component for offer in _holding(bundle.of(Offer), as_of)}
    for component in bundle.of(Component):
        if component.id not in offered and component.input_kind is not InputKind.ASSEMBLY:
            message = "has no offer, so that its supply is unknown"
            yield Finding("no-offers", Severity.MEDIUM, component.id, message)


def _without_requirements(bundle: Bundle, as_of: date) -> Iterator[Finding]:
    having = {requirement.of for requirement in _holding(bundle.of(Requirement), as_of)}
    for deployment in _holding(bundle.of(Deployment), as_of):
        if deployment.id not in having:
            message = "has no requirement, so that nothing can stop it"
            yield Finding("no-requirements", Severity.MEDIUM, deployment.id, message)


def _without_headquarters(bundle: Bundle, _as_of: date) -> Iterator[Finding]:
    for company in bundle.of(Company):
        if company.headquarters is None:
            yield Finding("no-headquarters", Severity.LOW, company.id, "has no headquarters")


def _without_currency(bundle: Bundle, _as_of: date) -> Iterator[Finding]:
    for offer in bundle.of(Offer):
        if offer.unit_cost is not None and offer.currency is None:
            yield Finding("no-currency", Severity.MEDIUM, offer.id, "has a cost without a currency")
    for deployment in bundle.of(Deployment):
        costs = (deployment.capex, deployment.opex_per_year, deployment.price_per_hour)
        if deployment.currency is None and any(cost is not None for cost in costs):
            yield Finding("no-currency", Severity.MEDIUM, deployment.id, "has a cost without a currency")


def _evidence(bundle: Bundle, _as_of: date) -> Iterator[Finding]:
    doubted = {source.id for source in bundle.of(Source) if (source.reliability or "").lower().startswith(UNVERIFIED)}
    for entity, what, fact in _facts(bundle):
        citations = fact.sources
        if not citations:
            yield Finding("no-sources", Severity.MEDIUM, entity, f"{what} cites no source")
        elif all(one.source in doubted or (one.note or "").lower().startswith(UNVERIFIED) for one in citations):
            yield Finding("unverified", Severity.LOW, entity, f"{what} rests on sources that nobody has read")
        if fact.confidence < LOW_CONFIDENCE:
            message = f"{what} has confidence {fact.confidence}, below {LOW_CONFIDENCE}"
            yield Finding("low-confidence", Severity.LOW, entity, message)


def _dates(bundle: Bundle, as_of: date) -> Iterator[Finding]:
    for entity, what, fact in _facts(bundle):
        if fact.valid_to is not None and fact.valid_from == fact.valid_to:
            message = f"{what} never holds: it ends on {fact.valid_to}, when it begins"
            yield Finding("never-holds", Severity.MEDIUM, entity, message)
        elif fact.valid_to is not None and fact.valid_to <= as_of and isinstance(fact, Offer):
            yield Finding("ended-offer", Severity.LOW, entity, f"ended on {fact.valid_to}")


RULES: Final[Sequence[Callable[[Bundle, date], Iterator[Finding]]]] = (
    _share_sums,
    _contradictions,
    _ownership_cycles,
    _without_offers,
    _without_requirements,
    _without_headquarters,
    _without_currency,
    _evidence,
    _dates,
)


LOOKED_AT: Final[tuple[type[Row], ...]] = (
    Source,
    Membership,
    Company,
    Ownership,
    Component,
    Offer,
    Requirement,
    Partnership,
    Deployment,
)
"""The kinds of rows that some rule looks at; findings are the same without the others."""


def _holding(facts: Sequence[F], as_of: date) -> list[F]:
    return [
        fact
        for fact in facts
        if (fact.valid_from is None or fact.valid_from <= as_of) and (fact.valid_to is None or as_of < fact.valid_to)
    ]


def _facts(bundle: Bundle) -> Iterator[tuple[str, str, Fact]]:
    """Give every fact with the id to name it by, and what it is in words."""
    for kind in ROWS:
        if issubclass(kind, Fact):
            for fact in bundle.of(kind):
                name, *other = key(fact)
                yield name, f"its {kind.__name__.lower()} of {other[0]}" if other else "it", fact


def _differing(one: Offer, other: Offer) -> list[str]:
    """Give the columns in which two offers of the same supply state different values."""
    comparable = (one.share_basis, one.share_year) == (other.share_basis, other.share_year)
    columns = (*(("share_pct",) if comparable else ()), *STATED_TWICE)
    pairs = ((column, getattr(one, column), getattr(other, column)) for column in columns)
    return [column for column, first, second in pairs if None not in (first, second) and first != second]


def _reached(owners: dict[str, set[str]], company: str) -> set[str]:
    """Give all owners of a company, their owners, and so on."""
    reached: set[str] = set()
    waiting = [company]
    while waiting:
        new = owners.get(waiting.pop(), set()) - reached
        reached |= new
        waiting.extend(new)
    return reached
