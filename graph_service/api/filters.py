"""Filters and orders of connections, as inputs. What they mean: docs/semantics.md (39); how: reads/filters.py."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Any

import strawberry
from strawberry import UNSET

from graph_service.api.scalars import PartialDateText
from graph_service.model.kinds import DeploymentMode, InputKind, Kind


def _about(description: str) -> Any:
    return strawberry.field(description=description, default=UNSET)


AND = "All of these hold; none given: true."
OR = "At least one of these holds; none given: false."
NOT = "This does not hold; what lacks the value does not match, so its negation does."


@strawberry.enum(description="The direction of an order; null comes last ascending and first descending.")
class SortDirection(Enum):
    ASC = strawberry.enum_value("ASC", description="Least first, by code point for texts.")
    DESC = strawberry.enum_value("DESC", description="Greatest first.")


@strawberry.input(description="A condition on a text; case counts but in containsIgnoreCase.")
class StringFilter:
    eq: str | None = _about("Equals this.")
    in_: list[str] | None = strawberry.field(name="in", description="Is one of these.", default=UNSET)
    contains: str | None = _about("Contains this.")
    contains_ignore_case: str | None = _about("Contains this in any case.")
    starts_with: str | None = _about("Starts with this.")
    ends_with: str | None = _about("Ends with this.")
    is_null: bool | None = _about("Is not known (true) or known (false).")


@strawberry.input(description="A condition on a whole number.")
class IntFilter:
    eq: int | None = _about("Equals this.")
    gt: int | None = _about("Is greater.")
    gte: int | None = _about("Is greater or equal.")
    lt: int | None = _about("Is less.")
    lte: int | None = _about("Is less or equal.")


@strawberry.input(description="A condition on a number.")
class FloatFilter:
    eq: float | None = _about("Equals this.")
    gt: float | None = _about("Is greater.")
    gte: float | None = _about("Is greater or equal.")
    lt: float | None = _about("Is less.")
    lte: float | None = _about("Is less or equal.")
    is_null: bool | None = _about("Is not known (true) or known (false).")


@strawberry.input(description="A condition on a partial date; compared as text, so 2024 comes before 2024-05.")
class PartialDateFilter:
    eq: PartialDateText | None = _about("Equals this.")
    gt: PartialDateText | None = _about("Is later.")
    gte: PartialDateText | None = _about("Is later or equal.")
    lt: PartialDateText | None = _about("Is earlier.")
    lte: PartialDateText | None = _about("Is earlier or equal.")
    is_null: bool | None = _about("Is not known (true) or known (false).")


@strawberry.input(description="A condition on a date.")
class DateFilter:
    eq: date | None = _about("Equals this.")
    gt: date | None = _about("Is later.")
    gte: date | None = _about("Is later or equal.")
    lt: date | None = _about("Is earlier.")
    lte: date | None = _about("Is earlier or equal.")
    is_null: bool | None = _about("Is not known (true) or known (false).")


@strawberry.input(description="A condition on a bloc.")
class BlocWhere:
    id: StringFilter | None = _about("On its id.")
    name: StringFilter | None = _about("On its name.")
    kind: StringFilter | None = _about("On its kind.")


@strawberry.input(description="A condition on a party of a partnership.")
class PartyWhere:
    id: StringFilter | None = _about("On its id.")
    name: StringFilter | None = _about("On its name.")
    kind: Kind | None = _about("NATION, COMPANY or BLOC.")


@strawberry.input(description="A condition on a nation.")
class NationWhere:
    id: StringFilter | None = _about("On its id.")
    name: StringFilter | None = _about("On its name.")
    iso3: StringFilter | None = _about("On its alpha-3 code.")
    region: StringFilter | None = _about("On its part of the world.")
    gdpr_transfer: StringFilter | None = _about("On its transfer basis.")
    bloc: BlocWhere | None = _about("It belongs to such a bloc.")
    AND: list[NationWhere] | None = strawberry.field(name="AND", description=AND, default=UNSET)
    OR: list[NationWhere] | None = strawberry.field(name="OR", description=OR, default=UNSET)
    NOT: NationWhere | None = strawberry.field(name="NOT", description=NOT, default=UNSET)


@strawberry.input(description="A condition on related offers of the world.")
class OfferSome:
    some: OfferWhere | None = _about("At least one is such.")
    none: OfferWhere | None = _about("None is such.")
    all: OfferWhere | None = _about("Every one is such; true where there is none.")
    single: OfferWhere | None = _about("Exactly one is such.")


@strawberry.input(description="A condition on related partnerships of the world.")
class PartnershipSome:
    some: PartnershipWhere | None = _about("At least one is such.")
    none: PartnershipWhere | None = _about("None is such.")
    all: PartnershipWhere | None = _about("Every one is such; true where there is none.")
    single: PartnershipWhere | None = _about("Exactly one is such.")


@strawberry.input(description="A condition on a company.")
class CompanyWhere:
    id: StringFilter | None = _about("On its id.")
    name: StringFilter | None = _about("On its name.")
    kind: StringFilter | None = _about("On its kind.")
    headquarters: NationWhere | None = _about("It has its headquarters in such a nation.")
    offers: OfferSome | None = _about("On its offers.")
    partnerships: PartnershipSome | None = _about("On its partnerships.")
    AND: list[CompanyWhere] | None = strawberry.field(name="AND", description=AND, default=UNSET)
    OR: list[CompanyWhere] | None = strawberry.field(name="OR", description=OR, default=UNSET)
    NOT: CompanyWhere | None = strawberry.field(name="NOT", description=NOT, default=UNSET)


@strawberry.input(description="A condition on a component.")
class ComponentWhere:
    id: StringFilter | None = _about("On its id.")
    name: StringFilter | None = _about("On its name.")
    category: StringFilter | None = _about("On its category.")
    input_kind: InputKind | None = _about("On what sort of input it is.")
    offers: OfferSome | None = _about("On its offers.")
    partnerships: PartnershipSome | None = _about("On partnerships that cover it.")
    AND: list[ComponentWhere] | None = strawberry.field(name="AND", description=AND, default=UNSET)
    OR: list[ComponentWhere] | None = strawberry.field(name="OR", description=OR, default=UNSET)
    NOT: ComponentWhere | None = strawberry.field(name="NOT", description=NOT, default=UNSET)


@strawberry.input(description="A condition on an offer.")
class OfferWhere:
    id: StringFilter | None = _about("On its id.")
    company: CompanyWhere | None = _about("Such a company supplies it.")
    component: ComponentWhere | None = _about("It is the supply of such a component.")
    nation: NationWhere | None = _about("It is made in such a nation.")
    share_pct: FloatFilter | None = _about("On its share in percent.")
    share_basis: StringFilter | None = _about("On what its share is measured in.")
    share_year: IntFilter | None = _about("On the year of its share.")
    lead_time_weeks: FloatFilter | None = _about("On its lead time.")
    confidence: IntFilter | None = _about("On how sure it is.")
    valid_from: DateFilter | None = _about("On the first day on which it holds.")
    valid_to: DateFilter | None = _about("On the first day on which it no longer holds.")
    AND: list[OfferWhere] | None = strawberry.field(name="AND", description=AND, default=UNSET)
    OR: list[OfferWhere] | None = strawberry.field(name="OR", description=OR, default=UNSET)
    NOT: OfferWhere | None = strawberry.field(name="NOT", description=NOT, default=UNSET)


@strawberry.input(description="A condition on a partnership.")
class PartnershipWhere:
    id: StringFilter | None = _about("On its id.")
    name: StringFilter | None = _about("On its name.")
    kind: StringFilter | None = _about("On its kind.")
    status: StringFilter | None = _about("On its status.")
    signed_on: PartialDateFilter | None = _about("On when it was signed.")
    confidence: IntFilter | None = _about("On how sure it is.")
    party: PartyWhere | None = _about("Such a party takes part.")
    covers: ComponentWhere | None = _about("It covers such a component.")
    AND: list[PartnershipWhere] | None = strawberry.field(name="AND", description=AND, default=UNSET)
    OR: list[PartnershipWhere] | None = strawberry.field(name="OR", description=OR, default=UNSET)
    NOT: PartnershipWhere | None = strawberry.field(name="NOT", description=NOT, default=UNSET)


@strawberry.input(description="A condition on a deployment.")
class DeploymentWhere:
    id: StringFilter | None = _about("On its id.")
    name: StringFilter | None = _about("On its name.")
    mode: DeploymentMode | None = _about("On where it runs.")
    air_gapped: bool | None = _about("On whether it is cut off from every network.")
    status: StringFilter | None = _about("On its status.")
    location: NationWhere | None = _about("It stands in such a nation.")
    operator: CompanyWhere | None = _about("Such a company runs it.")
    AND: list[DeploymentWhere] | None = strawberry.field(name="AND", description=AND, default=UNSET)
    OR: list[DeploymentWhere] | None = strawberry.field(name="OR", description=OR, default=UNSET)
    NOT: DeploymentWhere | None = strawberry.field(name="NOT", description=NOT, default=UNSET)


@strawberry.input(one_of=True, description="One key of an order; id decides ties, always ascending.")
class NationOrder:
    name: SortDirection | None = _about("By name.")
    iso3: SortDirection | None = _about("By alpha-3 code.")


@strawberry.input(one_of=True, description="One key of an order; id decides ties, always ascending.")
class CompanyOrder:
    name: SortDirection | None = _about("By name.")
    kind: SortDirection | None = _about("By kind.")


@strawberry.input(one_of=True, description="One key of an order; id decides ties, always ascending.")
class ComponentOrder:
    name: SortDirection | None = _about("By name.")
    category: SortDirection | None = _about("By category.")


@strawberry.input(one_of=True, description="One key of an order; id decides ties, always ascending.")
class OfferOrder:
    share_pct: SortDirection | None = _about("By share.")
    lead_time_weeks: SortDirection | None = _about("By lead time.")
    confidence: SortDirection | None = _about("By confidence.")


@strawberry.input(one_of=True, description="One key of an order; id decides ties, always ascending.")
class PartnershipOrder:
    name: SortDirection | None = _about("By name.")
    signed_on: SortDirection | None = _about("By when it was signed.")


@strawberry.input(one_of=True, description="One key of an order; id decides ties, always ascending.")
class DeploymentOrder:
    name: SortDirection | None = _about("By name.")
    mode: SortDirection | None = _about("By where it runs.")
