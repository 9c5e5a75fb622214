"""The types of the graph: entities, facts, and what joins them. Rows serve every field (reads/graph.py).

One file, since each type refers to most others; it holds declarations and their descriptions only.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

import strawberry
from strawberry import ID

from graph_service.api.filters import (
    CompanyOrder,
    CompanyWhere,
    ComponentOrder,
    ComponentWhere,
    DeploymentOrder,
    DeploymentWhere,
    OfferOrder,
    OfferWhere,
    PartnershipOrder,
    PartnershipWhere,
)
from graph_service.api.scalars import PartialDateText
from graph_service.api.types.aggregates import (
    ALL,
    CompanyAggregate,
    CompanyGroup,
    CompanyGroupRow,
    ComponentAggregate,
    ComponentGroup,
    ComponentGroupRow,
    CountOrder,
    DeploymentAggregate,
    DeploymentGroup,
    DeploymentGroupOrder,
    DeploymentGroupRow,
    NationAggregate,
    NationGroup,
    NationGroupRow,
    OfferAggregate,
    OfferGroup,
    OfferGroupOrder,
    OfferGroupRow,
    PartnershipAggregate,
    PartnershipGroup,
    PartnershipGroupOrder,
    PartnershipGroupRow,
    groups,
)
from graph_service.api.types.answers import DependencyDepth
from graph_service.api.types.connection import PAGE, Connection
from graph_service.api.types.fields import by_level, field, for_jurisdiction, in_world, page
from graph_service.api.types.risk import Concentration
from graph_service.api.types.sovereignty import Sovereignty
from graph_service.model.kinds import DeploymentMode, InputKind


@strawberry.interface(description="Anything with an id: `kind:slug`, stable, the same in files, store and here.")
class Node:
    id: ID = field("The id, such as nation:twn or component:hbm.")


@strawberry.interface(description="Something with a name that people search for.")
class Entity(Node):
    name: str = field("The usual name.")
    aliases: list[str] = field("Other names, in any language or script.")
    sources: list[Citation] = field("Who says so.")


@strawberry.interface(description="A dated, sourced statement.")
class Fact(Node):
    confidence: int = field("How sure the statement is, 0 to 100; seed/SOURCES.md says how it was set.")
    valid_from: date | None = field("The first day on which it holds; open where null.")
    valid_to: date | None = field("The first day on which it no longer holds; open where null.")
    recorded_at: datetime = field("When this version of the statement was written, in UTC.")
    sources: list[Citation] = field("Who says so.")


@strawberry.type(description="A source of a statement, and a note on how it says it.")
class Citation:
    source: Source = field("The document.")
    note: str | None = field("What to know about this use of it, such as `unverified`.")


@strawberry.type(description="A document that states facts.")
class Source(Node):
    title: str = field("Its title; one that starts with `Unverified:` was recalled, not read.")
    publisher: str | None = field("Who published it.")
    year: int | None = field("The year of publication.")
    url: str | None = field("Where it was found.")
    licence: str | None = field("The licence of its data.")
    reliability: str | None = field("Whether it was read, or only recalled.")


@strawberry.type(description="A state or territory of ISO 3166-1.")
class Nation(Entity):
    iso2: str = field("Its alpha-2 code.")
    iso3: str = field("Its alpha-3 code.")
    region: str | None = field("The part of the world.")
    gdpr_transfer: str = field("Basis of GDPR chapter V for transfers: EU_EEA, ADEQUATE, SAFEGUARDS or NONE.")
    blocs: list[Bloc] = in_world("The blocs it belongs to, by name.")
    companies: CompanyConnection = page("Companies with headquarters here, by name.", CompanyWhere, CompanyOrder)
    partnerships: PartnershipConnection = page(
        "Partnerships it is party to, by name.", PartnershipWhere, PartnershipOrder
    )
    deployments: DeploymentConnection = page("Deployments located here, by name.", DeploymentWhere, DeploymentOrder)


@strawberry.type(description="A group of nations.")
class Bloc(Entity):
    kind: str = field("What sort of group.")
    members: list[Nation] = field("Its members, by name.")


@strawberry.type(description="A company or other organisation.")
class Company(Entity):
    kind: str | None = field("What it does, in one word.")
    lei: str | None = field("Its legal entity identifier (ISO 17442).")
    headquarters: Nation | None = field("Where its headquarters are; an offer says where it produces.")
    owner: Company | None = field("The owner with the largest share, unknown shares after known ones.")
    owners: list[Ownership] = field("All recorded owners, the largest share first.")
    offers: OfferConnection = page("What it supplies, by id.", OfferWhere, OfferOrder)
    partnerships: PartnershipConnection = page(
        "Partnerships it is party to, by name.", PartnershipWhere, PartnershipOrder
    )


@strawberry.type(description="A share in a company.")
class Ownership:
    owner: Company = field("The company that owns.")
    share_pct: float | None = field("The share in percent; null where it is not known.")
    confidence: int = field("How sure the statement is, 0 to 100.")
    valid_from: date | None = field("The first day on which it holds; open where null.")
    valid_to: date | None = field("The first day on which it no longer holds; open where null.")
    sources: list[Citation] = field("Who says so.")


@strawberry.type(description="A part, material, machine, licence, piece of software, service or assembly.")
class Component(Entity):
    category: str = field("What sort of thing, such as chip or refined-mineral.")
    input_kind: InputKind = field("What sort of input it is to what needs it.")
    needs_external_service: bool | None = field("Whether it works only with a live external service; null: not known.")
    offers_complete: bool = field("Whether the recorded list of its suppliers is all there is (docs/semantics.md 44).")
    requirements: list[Requirement] = field("What it needs, by id: all of them, any k alternatives of each.")
    variants: list[Component] = field("Variants by taxonomy, by name; no substitutes unless a requirement says so.")
    used_in: ComponentConnection = page(
        "Components that need it or may use it, by name.", ComponentWhere, ComponentOrder
    )
    offers: OfferConnection = page("Who supplies it, by id.", OfferWhere, OfferOrder)
    partnerships: PartnershipConnection = page(
        "Partnerships that cover it, by name.", PartnershipWhere, PartnershipOrder
    )
    concentration: Concentration = by_level("How concentrated its supply is.")
    dependency_depth: DependencyDepth = field("How deep it depends.")


@strawberry.type(description="One input that a component or deployment needs: any k of its alternatives.")
class Requirement(Fact):
    k: int = field("How many alternatives must work.")
    quantity: Decimal | None = field("Units per unit of what needs it; null where it is not known.")
    unit: str | None = field("The unit of the quantity.")
    optional: bool = field("Whether it is a wish only; optional requirements count in no analysis.")
    condition: str | None = field("When it applies, in words.")
    alternatives: list[Alternative] = field("What can meet it, by name.")


@strawberry.type(description="A component that can meet a requirement.")
class Alternative:
    component: Component = field("The component.")
    efficiency: float = field("How much of the best it yields, above 0 and at most 1.")
    switch_time_weeks: float | None = field("Weeks to change over to it; null where it is not known.")


@strawberry.type(description="One company's supply of one component, made in one nation.")
class Offer(Fact):
    company: Company | None = field("Who supplies; null for the share of a whole nation.")
    component: Component = field("What is supplied.")
    nation: Nation | None = field("Where it is made.")
    share_pct: float | None = field("Share of the component's supply in percent, within its basis.")
    share_basis: str | None = field("What the share is measured in.")
    share_year: int | None = field("The year of the share.")
    lead_time_weeks: float | None = field("Weeks from order to delivery.")
    time_to_recover_weeks: float | None = field("Weeks until it supplies again after a stop.")
    inventory_weeks: float | None = field("Weeks that its stock lasts.")
    capacity: Decimal | None = field("Greatest output per week, in capacityUnit.")
    capacity_unit: str | None = field("The unit of the capacity.")
    unit_cost: Decimal | None = field("Cost of one unit, in currency.")
    currency: str | None = field("Currency of ISO 4217.")


Party = Annotated[Nation | Company | Bloc, strawberry.union("Party", description="Who can be party to a partnership.")]


@strawberry.type(description="A party to a partnership, and its role.")
class PartnershipParty:
    party: Party = field("The nation, company or bloc.")
    role: str | None = field("Its role, where stated.")


@strawberry.type(description="An agreement between nations, companies or blocs.")
class Partnership(Entity, Fact):
    kind: str = field("What sort of agreement, such as mou or joint-venture.")
    status: str = field("Its state, such as signed or active; validTo, not the status, ends it.")
    signed_on: PartialDateText | None = field("When it was signed, as far as known.")
    goal: str | None = field("What it is for.")
    parties: list[PartnershipParty] = field("Who takes part, by name.")
    covers: list[Component] = field("What it is about, by name; covering alone changes no supply.")
    enables: list[Offer] = field("Supply that exists because of it, by id.")


@strawberry.type(description="An installation that runs AI.")
class Deployment(Entity, Fact):
    mode: DeploymentMode = field("Where it runs.")
    air_gapped: bool | None = field("Whether it is cut off from every network; null where it is not known.")
    status: str | None = field("Its state, such as operational or planned.")
    location: Nation | None = field("Where it stands.")
    operator: Company | None = field("Who runs it.")
    requirements: list[Requirement] = field("What it needs, by id.")
    capex: Decimal | None = field("Cost to build, in currency.")
    opex_per_year: Decimal | None = field("Cost to run, per year, in currency.")
    price_per_hour: Decimal | None = field("Price of a cloud, per hour, in currency.")
    currency: str | None = field("Currency of ISO 4217.")
    tokens_per_second: float | None = field("Throughput of inference.")
    dependency_depth: DependencyDepth = field("How deep it depends.")
    sovereignty: Sovereignty = for_jurisdiction("How far it is under the control of a jurisdiction.")


@strawberry.type(description=PAGE)
class NationConnection(Connection[Nation]):
    aggregate: NationAggregate = field(ALL)
    groups: list[NationGroupRow] = groups(NationGroup, CountOrder)


@strawberry.type(description=PAGE)
class CompanyConnection(Connection[Company]):
    aggregate: CompanyAggregate = field(ALL)
    groups: list[CompanyGroupRow] = groups(CompanyGroup, CountOrder)


@strawberry.type(description=PAGE)
class ComponentConnection(Connection[Component]):
    aggregate: ComponentAggregate = field(ALL)
    groups: list[ComponentGroupRow] = groups(ComponentGroup, CountOrder)


@strawberry.type(description=PAGE)
class OfferConnection(Connection[Offer]):
    aggregate: OfferAggregate = field(ALL)
    groups: list[OfferGroupRow] = groups(OfferGroup, OfferGroupOrder)


@strawberry.type(description=PAGE)
class PartnershipConnection(Connection[Partnership]):
    aggregate: PartnershipAggregate = field(ALL)
    groups: list[PartnershipGroupRow] = groups(PartnershipGroup, PartnershipGroupOrder)


@strawberry.type(description=PAGE)
class DeploymentConnection(Connection[Deployment]):
    aggregate: DeploymentAggregate = field(ALL)
    groups: list[DeploymentGroupRow] = groups(DeploymentGroup, DeploymentGroupOrder)
