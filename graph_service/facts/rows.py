"""The rows of the fifteen fact files: one class a file, one field a column, in the order of the file.

A row is plain data: what comes from a file has been validated (parse.py), what comes from the store had been.
Amounts are in the units of their column names; None stands for not known, never for zero.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, ClassVar, Final, get_args, get_type_hints

from graph_service.facts.cells import (
    ABloc,
    ACompany,
    AComponent,
    Aliases,
    Amount,
    ANation,
    AnOffer,
    AnOwner,
    APartnership,
    AParty,
    ARequirement,
    BlocId,
    Citations,
    CompanyId,
    ComponentId,
    Confidence,
    Count,
    Currency,
    Day,
    DeploymentId,
    Efficiency,
    Exact,
    Flag,
    GdprTransferWord,
    InputKindWord,
    Iso2,
    Iso3,
    Lei,
    ModeWord,
    NationId,
    OfferId,
    PartialDay,
    PartnershipId,
    Percent,
    RequirementId,
    SourceId,
    Url,
    Written,
    Year,
)
from graph_service.model.kinds import InputKind, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a fact file; `FILE` is its file without `.csv`, the columns of `KEY` tell it from its neighbours."""

    FILE: ClassVar[str]
    KEY: ClassVar[tuple[str, ...]] = ("id",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourced(Row):
    """A row that cites sources."""

    sources: Citations = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact(Row):
    """A dated statement of some confidence that cites sources; `valid_to` is exclusive."""

    confidence: Confidence = 50
    valid_from: Day | None = None
    valid_to: Day | None = None
    sources: Citations = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Row):
    """Where facts are stated."""

    FILE: ClassVar[str] = "sources"
    id: SourceId
    title: str
    publisher: str | None = None
    year: Year | None = None
    url: Url | None = None
    licence: str | None = None
    reliability: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Nation(Sourced):
    """A nation of ISO 3166-1."""

    FILE: ClassVar[str] = "nations"
    id: NationId
    name: str
    iso2: Iso2
    iso3: Iso3
    region: str | None = None
    aliases: Aliases = ()
    gdpr_transfer: GdprTransferWord


@dataclass(frozen=True, slots=True, kw_only=True)
class Bloc(Sourced):
    """A group of nations."""

    FILE: ClassVar[str] = "blocs"
    id: BlocId
    name: str
    kind: str
    aliases: Aliases = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership(Fact):
    """A nation belongs to a bloc."""

    FILE: ClassVar[str] = "memberships"
    KEY: ClassVar[tuple[str, ...]] = ("nation", "bloc")
    nation: ANation
    bloc: ABloc


@dataclass(frozen=True, slots=True, kw_only=True)
class Company(Sourced):
    """A company."""

    FILE: ClassVar[str] = "companies"
    id: CompanyId
    name: str
    aliases: Aliases = ()
    kind: str = "company"
    lei: Lei | None = None
    headquarters: ANation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ownership(Fact):
    """A company is owned, in part or whole, by another."""

    FILE: ClassVar[str] = "ownerships"
    KEY: ClassVar[tuple[str, ...]] = ("company", "owner")
    company: ACompany
    owner: ACompany
    share_pct: Percent | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Component(Sourced):
    """A thing that is supplied and needed."""

    FILE: ClassVar[str] = "components"
    id: ComponentId
    name: str
    aliases: Aliases = ()
    category: str
    input_kind: InputKindWord = InputKind.CONSUMABLE
    needs_external_service: Flag | None = None
    offers_complete: Flag | None = None
    variant_of: AComponent | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer(Fact):
    """One company's supply of one component made in one nation; an empty `id` is made of the three."""

    FILE: ClassVar[str] = "offers"
    id: OfferId = ""
    company: ACompany | None = None
    component: AComponent
    nation: ANation | None = None
    share_pct: Percent | None = None
    share_basis: str | None = None
    share_year: Year | None = None
    lead_time_weeks: Amount | None = None
    time_to_recover_weeks: Amount | None = None
    inventory_weeks: Amount | None = None
    capacity: Exact | None = None
    capacity_unit: str | None = None
    unit_cost: Exact | None = None
    currency: Currency | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement(Fact):
    """One input that `of` needs: any `k` of its alternatives."""

    FILE: ClassVar[str] = "requirements"
    id: RequirementId
    of: AnOwner
    k: Count = 1
    quantity: Exact | None = None
    unit: str | None = None
    optional: Flag = False
    condition: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative(Row):
    """A component that meets a requirement."""

    FILE: ClassVar[str] = "alternatives"
    KEY: ClassVar[tuple[str, ...]] = ("requirement", "component")
    requirement: ARequirement
    component: AComponent
    efficiency: Efficiency = 1.0
    switch_time_weeks: Amount | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Partnership(Fact):
    """An alliance of nations, companies, blocs."""

    FILE: ClassVar[str] = "partnerships"
    id: PartnershipId
    name: str
    aliases: Aliases = ()
    kind: str
    status: str
    signed_on: PartialDay | None = None
    goal: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Party(Row):
    """A party to a partnership."""

    FILE: ClassVar[str] = "parties"
    KEY: ClassVar[tuple[str, ...]] = ("partnership", "party")
    partnership: APartnership
    party: AParty
    role: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage(Row):
    """A component that a partnership is about."""

    FILE: ClassVar[str] = "coverage"
    KEY: ClassVar[tuple[str, ...]] = ("partnership", "component")
    partnership: APartnership
    component: AComponent


@dataclass(frozen=True, slots=True, kw_only=True)
class Enabled(Row):
    """An offer that exists through a partnership."""

    FILE: ClassVar[str] = "enables"
    KEY: ClassVar[tuple[str, ...]] = ("partnership", "offer")
    partnership: APartnership
    offer: AnOffer


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment(Fact):
    """A place where AI runs."""

    FILE: ClassVar[str] = "deployments"
    id: DeploymentId
    name: str
    aliases: Aliases = ()
    mode: ModeWord
    air_gapped: Flag | None = None
    location: ANation | None = None
    operator: ACompany | None = None
    status: str | None = None
    capex: Exact | None = None
    opex_per_year: Exact | None = None
    price_per_hour: Exact | None = None
    currency: Currency | None = None
    tokens_per_second: Amount | None = None


ROWS: Final[tuple[type[Row], ...]] = (
    Source,
    Nation,
    Bloc,
    Membership,
    Company,
    Ownership,
    Component,
    Offer,
    Requirement,
    Alternative,
    Partnership,
    Party,
    Coverage,
    Enabled,
    Deployment,
)
"""All rows, in the order in which their files are listed."""


KIND_BY_ID: Final[Mapping[Kind, type[Row]]] = {
    Kind.SOURCE: Source,
    Kind.NATION: Nation,
    Kind.BLOC: Bloc,
    Kind.COMPANY: Company,
    Kind.COMPONENT: Component,
    Kind.OFFER: Offer,
    Kind.REQUIREMENT: Requirement,
    Kind.PARTNERSHIP: Partnership,
    Kind.DEPLOYMENT: Deployment,
}
"""The rows that have ids, by the kind that their ids name."""


@cache
def columns(kind: type[Row]) -> tuple[str, ...]:
    """Give the columns of a file in their order: its own, then those that it shares with others."""
    shared = fields(Fact) if issubclass(kind, Fact) else fields(Sourced) if issubclass(kind, Sourced) else ()
    last = tuple(field.name for field in shared)
    return (*(field.name for field in fields(kind) if field.name not in last), *last)


@cache
def types(kind: type[Row]) -> Mapping[str, Any]:
    """Give the type of each column, without what cells.py says about how it is written."""
    return get_type_hints(kind)


@cache
def written(kind: type[Row]) -> Mapping[str, Written]:
    """Give how each column is written, where its type says more than text."""
    return {
        column: how
        for column, hint in get_type_hints(kind, include_extras=True).items()
        for part in (hint, *get_args(hint))
        for how in getattr(part, "__metadata__", ())
        if isinstance(how, Written)
    }


def key(row: Row) -> tuple[str, ...]:
    """Give the values that tell a row from all others of its file."""
    return tuple(getattr(row, column) for column in row.KEY)
