"""The rows of the fifteen fact files: one class a file, one field a column, in the order of the file.

They stand on one page, though it is a long one, because together they are the model of what is recorded. A row is
plain data: what comes from a file has been validated (parse.py), what comes from the store had been.
Amounts are in the units of their column names; None stands for not known, never for zero.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

from graph_service.facts import cells
from graph_service.model.kinds import InputKind, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a fact file; `FILE` is its file without `.csv`, the columns of `KEY` tell it from its neighbours."""

    FILE: ClassVar[str]
    KEY: ClassVar[tuple[str, ...]] = ("id",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourced(Row):
    """A row that cites sources."""

    sources: cells.Citations = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact(Row):
    """A dated statement of some confidence that cites sources; `valid_to` is exclusive."""

    confidence: cells.Confidence = 50
    valid_from: cells.Day | None = None
    valid_to: cells.Day | None = None
    sources: cells.Citations = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Row):
    """Where facts are stated."""

    FILE: ClassVar[str] = "sources"
    id: cells.SourceId
    title: str
    publisher: str | None = None
    year: cells.Year | None = None
    url: cells.Url | None = None
    licence: str | None = None
    reliability: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Nation(Sourced):
    """A nation of ISO 3166-1."""

    FILE: ClassVar[str] = "nations"
    id: cells.NationId
    name: str
    iso2: cells.Iso2
    iso3: cells.Iso3
    region: str | None = None
    aliases: cells.Aliases = ()
    gdpr_transfer: cells.GdprTransferWord


@dataclass(frozen=True, slots=True, kw_only=True)
class Bloc(Sourced):
    """A group of nations."""

    FILE: ClassVar[str] = "blocs"
    id: cells.BlocId
    name: str
    kind: str
    aliases: cells.Aliases = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership(Fact):
    """A nation belongs to a bloc."""

    FILE: ClassVar[str] = "memberships"
    KEY: ClassVar[tuple[str, ...]] = ("nation", "bloc")
    nation: cells.ANation
    bloc: cells.ABloc


@dataclass(frozen=True, slots=True, kw_only=True)
class Company(Sourced):
    """A company."""

    FILE: ClassVar[str] = "companies"
    id: cells.CompanyId
    name: str
    aliases: cells.Aliases = ()
    kind: str = "company"
    lei: cells.Lei | None = None
    headquarters: cells.ANation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ownership(Fact):
    """A company is owned, in part or whole, by another."""

    FILE: ClassVar[str] = "ownerships"
    KEY: ClassVar[tuple[str, ...]] = ("company", "owner")
    company: cells.ACompany
    owner: cells.ACompany
    share_pct: cells.Percent | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Component(Sourced):
    """A thing that is supplied and needed."""

    FILE: ClassVar[str] = "components"
    id: cells.ComponentId
    name: str
    aliases: cells.Aliases = ()
    category: str
    input_kind: cells.InputKindWord = InputKind.CONSUMABLE
    needs_external_service: cells.Flag | None = None
    offers_complete: cells.Flag | None = None
    variant_of: cells.AComponent | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer(Fact):
    """One company's supply of one component made in one nation; an empty `id` is made of the three."""

    FILE: ClassVar[str] = "offers"
    id: cells.OfferId = ""
    company: cells.ACompany | None = None
    component: cells.AComponent
    nation: cells.ANation | None = None
    share_pct: cells.Percent | None = None
    share_basis: str | None = None
    share_year: cells.Year | None = None
    lead_time_weeks: cells.Amount | None = None
    time_to_recover_weeks: cells.Amount | None = None
    inventory_weeks: cells.Amount | None = None
    capacity: cells.Exact | None = None
    capacity_unit: str | None = None
    unit_cost: cells.Exact | None = None
    currency: cells.Currency | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement(Fact):
    """One input that `of` needs: any `k` of its alternatives."""

    FILE: ClassVar[str] = "requirements"
    id: cells.RequirementId
    of: cells.AnOwner
    k: cells.Count = 1
    quantity: cells.Exact | None = None
    unit: str | None = None
    optional: cells.Flag = False
    condition: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative(Row):
    """A component that meets a requirement."""

    FILE: ClassVar[str] = "alternatives"
    KEY: ClassVar[tuple[str, ...]] = ("requirement", "component")
    requirement: cells.ARequirement
    component: cells.AComponent
    efficiency: cells.Efficiency = 1.0
    switch_time_weeks: cells.Amount | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Partnership(Fact):
    """An alliance of nations, companies, blocs."""

    FILE: ClassVar[str] = "partnerships"
    id: cells.PartnershipId
    name: str
    aliases: cells.Aliases = ()
    kind: str
    status: str
    signed_on: cells.PartialDay | None = None
    goal: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Party(Row):
    """A party to a partnership."""

    FILE: ClassVar[str] = "parties"
    KEY: ClassVar[tuple[str, ...]] = ("partnership", "party")
    partnership: cells.APartnership
    party: cells.AParty
    role: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage(Row):
    """A component that a partnership is about."""

    FILE: ClassVar[str] = "coverage"
    KEY: ClassVar[tuple[str, ...]] = ("partnership", "component")
    partnership: cells.APartnership
    component: cells.AComponent


@dataclass(frozen=True, slots=True, kw_only=True)
class Enabled(Row):
    """An offer that exists through a partnership."""

    FILE: ClassVar[str] = "enables"
    KEY: ClassVar[tuple[str, ...]] = ("partnership", "offer")
    partnership: cells.APartnership
    offer: cells.AnOffer


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment(Fact):
    """A place where AI runs."""

    FILE: ClassVar[str] = "deployments"
    id: cells.DeploymentId
    name: str
    aliases: cells.Aliases = ()
    mode: cells.ModeWord
    air_gapped: cells.Flag | None = None
    location: cells.ANation | None = None
    operator: cells.ACompany | None = None
    status: str | None = None
    capex: cells.Exact | None = None
    opex_per_year: cells.Exact | None = None
    price_per_hour: cells.Exact | None = None
    currency: cells.Currency | None = None
    tokens_per_second: cells.Amount | None = None


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
