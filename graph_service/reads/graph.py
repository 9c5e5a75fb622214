"""The graph behind the GraphQL types: which property or pattern serves each field of a read.

Patterns name their variables: `{v}` the node above, `{m}` the node that the field leads to, `{r}` the
relationship to it and `{f}` a fact in between. A label stands only where the relationship type leaves more than
one: the database would read it of every node that it comes to. `fact` says whose dates and confidence decide
whether the row belongs to the world (docs/semantics.md 1). `order` is total and ends in an id.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from graph_service.model.kinds import DeploymentMode, InputKind, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True, slots=True)
class Property:
    """A value stored on the node, or on the relationship that led to it."""

    name: str
    decode: Callable[[Any], Any] | None = None
    default: str | None = None
    on_relationship: bool = False


@dataclass(frozen=True, slots=True)
class Related:
    """One node or a list of nodes (as the GraphQL type says) behind a pattern.

    No order where a node has one of these at most, as every write keeps it: planning a shape that the database has not
    seen takes a sixth less without.
    """

    pattern: str
    order: tuple[str, ...]
    fact: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A connection over the nodes behind a pattern, ordered by `keys` (properties, none of them missing), id last."""

    pattern: str
    keys: tuple[str, ...]
    fact: str | None = None
    distinct: bool = False


@dataclass(frozen=True, slots=True)
class Same:
    """The node itself once more: an edge type's way to the node at its end."""


@dataclass(frozen=True, slots=True)
class ListedSources:
    """Citations that a relationship keeps as lists of source ids and notes."""


@dataclass(frozen=True, slots=True)
class Computed:
    """A field that the network answers, by the name of its analysis; the row brings only the id."""

    analysis: str


Served = Property | Related | Page | Same | ListedSources | Computed


def _decimal(value: float) -> Decimal:
    return Decimal(repr(value))


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _on_relationship(name: str, decode: Callable[[Any], Any] | None = None, default: str | None = None) -> Property:
    return Property(name, decode, default, on_relationship=True)


BY_NAME: Final = ("{m}.name", "{m}.id")
BY_ID: Final = ("{m}.id",)
ONE: Final = ()

SOURCES: Final = Related("({v})-[{r}:STATED_IN]->({m})", ("{r}.position", "{m}.id"))
IDENTITY: Final[Mapping[str, Served]] = {"id": Property("id")}
ENTITY: Final[Mapping[str, Served]] = {
    **IDENTITY,
    "name": Property("name"),
    "aliases": Property("aliases", default="[]"),
    "sources": SOURCES,
}
FACT: Final[Mapping[str, Served]] = {
    **IDENTITY,
    "confidence": Property("confidence"),
    "validFrom": Property("validFrom"),
    "validTo": Property("validTo"),
    "recordedAt": Property("recordedAt", _instant),
    "sources": SOURCES,
}
DATED_RELATION: Final[Mapping[str, Served]] = {
    "confidence": _on_relationship("confidence"),
    "validFrom": _on_relationship("validFrom"),
    "validTo": _on_relationship("validTo"),
    "sources": ListedSources(),
}
REQUIREMENTS: Final = Related("({v})-[:REQUIRES]->({m})", BY_ID, fact="{m}")
PARTNERSHIPS: Final = Page("({v})-[:PARTY_TO]->({m})", ("name",), fact="{m}")

GRAPH: Final[Mapping[str, Mapping[str, Served]]] = {
    "Nation": {
        **ENTITY,
        "iso2": Property("iso2"),
        "iso3": Property("iso3"),
        "region": Property("region"),
        "gdprTransfer": Property("gdprTransfer"),
        "blocs": Related("({v})-[{r}:MEMBER_OF]->({m})", BY_NAME, fact="{r}"),
        "companies": Page("({v})<-[:HEADQUARTERED_IN]-({m})", ("name",)),
        "partnerships": PARTNERSHIPS,
        "deployments": Page("({v})<-[:LOCATED_IN]-({m})", ("name",), fact="{m}"),
    },
    "Bloc": {
        **ENTITY,
        "kind": Property("kind"),
        "members": Related("({v})<-[{r}:MEMBER_OF]-({m})", BY_NAME, fact="{r}"),
    },
    "Company": {
        **ENTITY,
        "kind": Property("kind"),
        "lei": Property("lei"),
        "headquarters": Related("({v})-[:HEADQUARTERED_IN]->({m})", ONE),
        "owner": Related("({v})-[{r}:OWNED_BY]->({m})", ("coalesce({r}.sharePct, -1.0) DESC", "{m}.id"), fact="{r}"),
        "owners": Related("({v})-[{r}:OWNED_BY]->({m})", ("coalesce({r}.sharePct, -1.0) DESC", "{m}.id"), fact="{r}"),
        "offers": Page("({v})-[:OFFERS]->({m})", (), fact="{m}"),
        "partnerships": PARTNERSHIPS,
    },
    "Ownership": {"owner": Same(), "sharePct": _on_relationship("sharePct"), **DATED_RELATION},
    "Component": {
        **ENTITY,
        "category": Property("category"),
        "inputKind": Property("inputKind", InputKind),
        "needsExternalService": Property("needsExternalService"),
        "offersComplete": Computed("offersComplete"),
        "requirements": REQUIREMENTS,
        "variants": Related("({v})-[:VARIANT_OF]-({m})", BY_NAME),
        "usedIn": Page("({v})<-[:ANY_OF]-({f})<-[:REQUIRES]-({m}:Component)", ("name",), fact="{f}", distinct=True),
        "offers": Page("({v})<-[:OF]-({m})", (), fact="{m}"),
        "partnerships": Page("({v})<-[:COVERS]-({m})", ("name",), fact="{m}"),
        "concentration": Computed("concentration"),
        "dependencyDepth": Computed("dependencyDepth"),
    },
    "Requirement": {
        **FACT,
        "k": Property("k"),
        "quantity": Property("quantity", _decimal),
        "unit": Property("unit"),
        "optional": Property("optional", default="false"),
        "condition": Property("condition"),
        "alternatives": Related("({v})-[{r}:ANY_OF]->({m})", BY_NAME),
    },
    "Alternative": {
        "component": Same(),
        "efficiency": _on_relationship("efficiency", default="1.0"),
        "switchTimeWeeks": _on_relationship("switchTimeWeeks"),
    },
    "Offer": {
        **FACT,
        "company": Related("({v})<-[:OFFERS]-({m})", ONE),
        "component": Related("({v})-[:OF]->({m})", ONE),
        "nation": Related("({v})-[:MADE_IN]->({m})", ONE),
        "sharePct": Property("sharePct"),
        "shareBasis": Property("shareBasis"),
        "shareYear": Property("shareYear"),
        "leadTimeWeeks": Property("leadTimeWeeks"),
        "timeToRecoverWeeks": Property("timeToRecoverWeeks"),
        "inventoryWeeks": Property("inventoryWeeks"),
        "capacity": Property("capacity", _decimal),
        "capacityUnit": Property("capacityUnit"),
        "unitCost": Property("unitCost", _decimal),
        "currency": Property("currency"),
    },
    "Partnership": {
        **FACT,
        **ENTITY,
        "kind": Property("kind"),
        "status": Property("status"),
        "signedOn": Property("signedOn"),
        "goal": Property("goal"),
        "parties": Related("({v})<-[{r}:PARTY_TO]-({m})", BY_NAME),
        "covers": Related("({v})-[:COVERS]->({m})", BY_NAME),
        "enables": Related("({v})-[:ENABLES]->({m})", BY_ID, fact="{m}"),
    },
    "PartnershipParty": {"party": Same(), "role": _on_relationship("role")},
    "Deployment": {
        **FACT,
        **ENTITY,
        "mode": Property("mode", DeploymentMode),
        "airGapped": Property("airGapped"),
        "status": Property("status"),
        "location": Related("({v})-[:LOCATED_IN]->({m})", ONE),
        "operator": Related("({v})-[:OPERATED_BY]->({m})", ONE),
        "requirements": REQUIREMENTS,
        "capex": Property("capex", _decimal),
        "opexPerYear": Property("opexPerYear", _decimal),
        "pricePerHour": Property("pricePerHour", _decimal),
        "currency": Property("currency"),
        "tokensPerSecond": Property("tokensPerSecond"),
        "dependencyDepth": Computed("dependencyDepth"),
        "sovereignty": Computed("sovereignty"),
    },
    "Source": {
        **IDENTITY,
        "title": Property("title"),
        "publisher": Property("publisher"),
        "year": Property("year"),
        "url": Property("url"),
        "licence": Property("licence"),
        "reliability": Property("reliability"),
    },
    "Citation": {"source": Same(), "note": _on_relationship("note")},
}
"""Per GraphQL type, what serves each field. The types of nodes are the labels of the store."""

LABELS: Final = frozenset(kind.label for kind in Kind)


@dataclass(frozen=True, slots=True)
class RootPage:
    """A root connection over all nodes of a label."""

    label: str
    keys: tuple[str, ...]
    fact: str | None = None


@dataclass(frozen=True, slots=True)
class RootList:
    """A root list of all nodes of a label."""

    label: str
    order: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LookUp:
    """One node found by a unique property, whatever its dates (docs/semantics.md 2, 41).

    `find` turns the arguments into (label, property, value), or None where nothing can match.
    """

    find: Callable[[Mapping[str, Any]], tuple[str, str, str] | None]


@dataclass(frozen=True, slots=True)
class LookUps:
    """Many nodes found by their ids, in the order asked for."""


Root = RootPage | RootList | LookUp | LookUps
