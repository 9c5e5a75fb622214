"""Networks for tests, written as rows of facts, without any store."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from graph_service.model.kinds import DeploymentMode, GdprTransfer, InputKind
from graph_service.model.world import World
from graph_service.network.mask import masked
from graph_service.network.network import SupplyNetwork
from graph_service.network.tables import (
    NONE,
    Companies,
    Deployments,
    Memberships,
    Nations,
    Nodes,
    Offers,
    Ownerships,
    Partnerships,
    Requirements,
    Validity,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

AS_OF = date(2026, 1, 1)
WORLD = World(as_of=AS_OF)


@dataclass(frozen=True, slots=True)
class Fact:
    confidence: int = 100
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class ComponentRow:
    id: str
    kind: InputKind = InputKind.CONSUMABLE
    category: str = "part"
    complete: bool | None = None
    external: bool | None = None
    variant_of: str | None = None


@dataclass(frozen=True, slots=True)
class DeploymentRow:
    id: str
    fact: Fact = field(default_factory=Fact)
    location: str | None = None
    operator: str | None = None
    mode: DeploymentMode = DeploymentMode.ON_PREMISE
    air_gapped: bool | None = None
    capex: str | None = None
    opex: str | None = None
    price: str | None = None
    currency: str | None = None
    tokens: float | None = None


@dataclass(frozen=True, slots=True)
class OfferRow:
    component: str
    company: str | None = None
    nation: str | None = None
    id: str = ""
    share: float | None = None
    basis: str | None = None
    year: int | None = None
    lead: float | None = None
    recover: float | None = None
    inventory: float | None = None
    capacity: str | None = None
    cost: str | None = None
    currency: str | None = None
    fact: Fact = field(default_factory=Fact)

    @property
    def name(self) -> str:
        parts = (self.company, self.component, self.nation)
        return self.id or "offer:" + ".".join(part.partition(":")[2] for part in parts if part)


@dataclass(frozen=True, slots=True)
class Alternative:
    component: str
    efficiency: float = 1.0
    switch: float | None = None


@dataclass(frozen=True, slots=True)
class RequirementRow:
    of: str
    alternatives: tuple[Alternative, ...]
    k: int = 1
    quantity: str | None = None
    optional: bool = False
    id: str = ""
    fact: Fact = field(default_factory=Fact)


@dataclass(frozen=True, slots=True)
class OwnershipRow:
    company: str
    owner: str
    share: float | None = None
    fact: Fact = field(default_factory=Fact)


@dataclass(frozen=True, slots=True)
class MembershipRow:
    nation: str
    bloc: str
    fact: Fact = field(default_factory=Fact)


@dataclass(frozen=True, slots=True)
class PartnershipRow:
    id: str
    enables: tuple[str, ...] = ()
    fact: Fact = field(default_factory=Fact)
    parties: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rows:
    """Facts, in any order; components, companies, nations and blocs that only facts name are added.

    `headquarters` gives nations by company, `gdpr_transfer` the basis of transfers by nation: NONE unless stated.
    """

    components: Sequence[ComponentRow] = ()
    deployments: Sequence[DeploymentRow] = ()
    offers: Sequence[OfferRow] = ()
    requirements: Sequence[RequirementRow] = ()
    ownerships: Sequence[OwnershipRow] = ()
    memberships: Sequence[MembershipRow] = ()
    partnerships: Sequence[PartnershipRow] = ()
    headquarters: Mapping[str, str] = field(default_factory=dict)
    gdpr_transfer: Mapping[str, GdprTransfer] = field(default_factory=dict)

    def record(self) -> SupplyNetwork:
        """Give the whole record of these facts."""
        return _Builder(self).record()

    def network(self, world: World = WORLD) -> SupplyNetwork:
        """Give the facts of one world."""
        return masked(self.record(), world)


class _Builder:
    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        deployments = {row.id for row in rows.deployments}
        named = {row.id: row for row in rows.components}
        mentioned = {row.component for row in rows.offers}
        mentioned |= {row.of for row in rows.requirements if row.of not in deployments}
        mentioned |= {met.component for row in rows.requirements for met in row.alternatives}
        mentioned |= {component for row in rows.partnerships for component in row.covers}
        self.components = [named.get(name, ComponentRow(name)) for name in sorted(mentioned | set(named))]
        self.deployments = sorted(rows.deployments, key=lambda row: row.id)
        self.node = _numbers([row.id for row in [*self.components, *self.deployments]])
        owned = {company for row in rows.ownerships for company in (row.company, row.owner)}
        parties = {party for row in rows.partnerships for party in row.parties}
        companies = owned | set(rows.headquarters) | {row.operator for row in rows.deployments if row.operator}
        companies |= {row.company for row in rows.offers if row.company} | _of_kind("company", parties)
        self.company = _numbers(sorted(companies))
        nations = {row.nation for row in rows.memberships} | {row.nation for row in rows.offers if row.nation}
        nations |= {row.location for row in rows.deployments if row.location} | _of_kind("nation", parties)
        self.nation = _numbers(sorted(nations | set(rows.headquarters.values()) | set(rows.gdpr_transfer)))
        self.bloc = _numbers(sorted({row.bloc for row in rows.memberships} | _of_kind("bloc", parties)))
        self.offers = sorted(rows.offers, key=lambda row: row.name)
        self.offer = _numbers([row.name for row in self.offers])
        numbered = [(row.id or f"requirement:{place:04}", row) for place, row in enumerate(rows.requirements)]
        self.requirements = sorted(numbered, key=lambda pair: pair[0])

    def record(self) -> SupplyNetwork:
        return SupplyNetwork(
            data_version="test",
            world=None,
            nodes=self._nodes(),
            deployments=self._deployments(),
            companies=Companies(
                list(self.company),
                [self.nation.get(self.rows.headquarters.get(name, ""), NONE) for name in self.company],
            ),
            nations=Nations(
                list(self.nation),
                [self.rows.gdpr_transfer.get(name, GdprTransfer.NONE) for name in self.nation],
                [None] * len(self.nation),
                [None] * len(self.nation),
            ),
            bloc_ids=list(self.bloc),
            offers=self._offers(),
            requirements=self._requirements(),
            ownerships=self._ownerships(),
            memberships=self._memberships(),
            partnerships=self._partnerships(),
            present=[True] * len(self.node),
        )

    def _nodes(self) -> Nodes:
        rest = [None] * len(self.deployments)
        return Nodes(
            id=list(self.node),
            component_count=len(self.components),
            input_kind=[*[row.kind for row in self.components], *rest],
            category=[*[row.category for row in self.components], *rest],
            offers_complete=[*[row.complete for row in self.components], *rest],
            needs_external_service=[*[row.external for row in self.components], *rest],
            variant_of=[
                *[self.node[row.variant_of] if row.variant_of else NONE for row in self.components],
                *[NONE] * len(rest),
            ],
            validity=_validity([*[Fact()] * len(self.components), *[row.fact for row in self.deployments]]),
        )

    def _deployments(self) -> Deployments:
        rows = self.deployments
        return Deployments(
            location=[self.nation[row.location] if row.location else NONE for row in rows],
            operator=[self.company[row.operator] if row.operator else NONE for row in rows],
            mode=[row.mode for row in rows],
            air_gapped=[row.air_gapped for row in rows],
            capex=[_decimal(row.capex) for row in rows],
            opex_per_year=[_decimal(row.opex) for row in rows],
            price_per_hour=[_decimal(row.price) for row in rows],
            currency=[row.currency for row in rows],
            tokens_per_second=[row.tokens for row in rows],
        )

    def _offers(self) -> Offers:
        rows = self.offers
        return Offers(
            id=[row.name for row in rows],
            component=[self.node[row.component] for row in rows],
            company=[self.company[row.company] if row.company else NONE for row in rows],
            nation=[self.nation[row.nation] if row.nation else NONE for row in rows],
            share_pct=[row.share for row in rows],
            share_basis=[row.basis for row in rows],
            share_year=[row.year for row in rows],
            lead_time_weeks=[row.lead for row in rows],
            time_to_recover_weeks=[row.recover for row in rows],
            inventory_weeks=[row.inventory for row in rows],
            capacity=[_decimal(row.capacity) for row in rows],
            unit_cost=[_decimal(row.cost) for row in rows],
            currency=[row.currency for row in rows],
            validity=_validity([row.fact for row in rows]),
        )

    def _requirements(self) -> Requirements:
        rows = [row for _, row in self.requirements]
        met = [sorted(row.alternatives, key=lambda alternative: self.node[alternative.component]) for row in rows]
        return Requirements(
            id=[name for name, _ in self.requirements],
            of=[self.node[row.of] for row in rows],
            k=[row.k for row in rows],
            quantity=[_decimal(row.quantity) for row in rows],
            optional=[row.optional for row in rows],
            alternatives=[tuple(self.node[one.component] for one in alternatives) for alternatives in met],
            efficiency=[tuple(one.efficiency for one in alternatives) for alternatives in met],
            switch_time_weeks=[tuple(one.switch for one in alternatives) for alternatives in met],
            validity=_validity([row.fact for row in rows]),
        )

    def _ownerships(self) -> Ownerships:
        rows = self.rows.ownerships
        return Ownerships(
            company=[self.company[row.company] for row in rows],
            owner=[self.company[row.owner] for row in rows],
            share_pct=[row.share for row in rows],
            validity=_validity([row.fact for row in rows]),
        )

    def _memberships(self) -> Memberships:
        rows = self.rows.memberships
        return Memberships(
            nation=[self.nation[row.nation] for row in rows],
            bloc=[self.bloc[row.bloc] for row in rows],
            validity=_validity([row.fact for row in rows]),
        )

    def _partnerships(self) -> Partnerships:
        rows = sorted(self.rows.partnerships, key=lambda row: row.id)
        return Partnerships(
            id=[row.id for row in rows],
            parties=[tuple(sorted(row.parties)) for row in rows],
            covers=[tuple(sorted(self.node[name] for name in row.covers)) for row in rows],
            enables=[tuple(sorted(self.offer[name] for name in row.enables)) for row in rows],
            validity=_validity([row.fact for row in rows]),
        )


def needs(of: str, *any_of: str, k: int = 1, quantity: str | None = None, optional: bool = False) -> RequirementRow:
    """Give the requirement that `of` has for any `k` of these components."""
    return RequirementRow(of, tuple(map(Alternative, any_of)), k=k, quantity=quantity, optional=optional)


def _of_kind(kind: str, ids: Iterable[str]) -> set[str]:
    return {name for name in ids if name.startswith(f"{kind}:")}


def _numbers(names: Iterable[str]) -> dict[str, int]:
    return {name: number for number, name in enumerate(names)}


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _validity(facts: Sequence[Fact]) -> Validity:
    return Validity(
        confidence=[fact.confidence for fact in facts],
        valid_from=[fact.valid_from for fact in facts],
        valid_to=[fact.valid_to for fact in facts],
    )
