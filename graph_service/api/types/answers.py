"""The answers of the analyses. Each field is the attribute of the same name of the answer in analysis/."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

import strawberry

from graph_service.api.types.fields import field
from graph_service.model.kinds import Answer, Exactness

if TYPE_CHECKING:
    from graph_service.api.types.graph import Company, Component, Entity, Nation, Offer, Partnership

GRAPH = strawberry.lazy("graph_service.api.types.graph")
"""Entities refer to answers and answers to entities, so one side of the circle is looked up late."""

AnyEntity = Annotated["Entity", GRAPH]
AnyCompany = Annotated["Company", GRAPH]
AnyComponent = Annotated["Component", GRAPH]
AnyNation = Annotated["Nation", GRAPH]
AnyOffer = Annotated["Offer", GRAPH]
AnyPartnership = Annotated["Partnership", GRAPH]


@strawberry.type(
    description="What was computed, on which facts, how exactly, and what was missing. Every analysis carries it."
)
class AnalysisMeta:
    data_version: str = field("The version of the data; every write moves it.")
    as_of: date | None = field("The date whose facts counted.")
    importing: str | None = field("An import that is not whole yet; null when none runs.")
    semantics: str = field("The definition, in a sentence, with its place in docs/semantics.md.")
    algorithm: str = field("How it was computed.")
    exactness: Exactness = field("How exact the answer is.")
    is_partial: bool = field("Whether a limit cut the answer.")
    partial_because: str | None = field("Which limit cut it, and what is left open.")
    elapsed_ms: float = field("Milliseconds of computing.")
    unknown_inputs: list[AnyComponent] = field("Components without a recorded offer that the answer rests on.")


@strawberry.type(description="A component of the closure, and how far away it is.")
class Tier:
    tier_min: int = field("Fewest requirement steps from the target.")
    tier_max: int = field("Most requirement steps, where each cycle on the way adds its members less one.")
    component: AnyComponent = field("The component.")
    total_quantity: Decimal | None = field("Units per unit of the target, over all ways; null where that is not known.")


@strawberry.type(description="How deep a component or deployment depends (docs/semantics.md 12-15).")
class DependencyDepth:
    depth: int = field("The greatest tierMax.")
    tiers: list[Tier] = field("The target at tier 0 and its closure, by tierMax, then tierMin, then id.")
    component_count: int = field("Components of the closure, without the target.")
    company_count: int = field("Companies with offers in closure and target.")
    nation_count: int = field("Nations of manufacture of offers in closure and target.")
    critical_lead_time_weeks: float | None = field("Longest chain of best lead times; a lower bound; null if unknown.")
    lead_time_unknown: list[AnyComponent] = field("Components without a known lead time, which count as 0.")
    critical_path: list[AnyEntity] = field("The chain that attains it: components and the companies chosen.")
    cycles: list[list[AnyComponent]] = field("Components that need one another.")
    meta: AnalysisMeta = field("What was computed, and how.")


@strawberry.type(description="A smallest set of offers that keeps the target supplied.")
class SupplySolution:
    offers: list[AnyOffer] = field("The offers, by id.")
    companies: list[AnyCompany] = field("Their companies, by id.")
    nations: list[AnyNation] = field("Where they are made, by id.")
    lead_time_weeks: float | None = field("Critical lead time with these offers only; null if nothing is known.")
    cost: Decimal | None = field("Sum of quantity times unit cost; null if unknown or of mixed currencies.")
    confidence: int = field("The weakest of its facts, 0 to 100.")
    uses_partnerships: list[AnyPartnership] = field("Partnerships that enable one of the offers, by id.")


@strawberry.type(description="A component whose missing supply blocks the target.")
class Blocker:
    component: AnyComponent = field("The component.")
    lost_offers: list[AnyOffer] = field("Its offers that the exclusions take away, by id.")
    nearest_candidates: list[AnyCompany] = field("Who supplies a variant of it, or else its category, nearest first.")


@strawberry.type(
    description="What else could supply the target, and if nothing, what blocks it (docs/semantics.md 16-19, 44)."
)
class AlternativeSupply:
    feasible: Answer = field("Whether what is left can supply the target.")
    established: bool = field("Whether that also holds where lists of suppliers may be incomplete.")
    solutions: list[SupplySolution] = field("The best complete solutions, best first.")
    max_disjoint: int | None = field("With disjointBy: how many solutions can share nothing; else null.")
    blockers: list[Blocker] = field("A smallest set of components to be supplied anew; empty unless infeasible.")
    meta: AnalysisMeta = field("What was computed, and how.")


@strawberry.type(description="A thing whose name or alias is like the text.")
class SearchHit:
    score: float = field("Likeness, 0 to 100; 100 is the same text but for case, accents and width.")
    matched: str = field("The name or alias that is alike.")
    entity: AnyEntity = field("The thing.")


@strawberry.type(description="What was found, best first; suggestions where nothing was.")
class SearchResult:
    hits: list[SearchHit] = field("The best hits, by score, then name, then id.")
    suggestions: list[str] = field("The nearest names, where nothing was found.")
    total_count: int = field("How many things are alike in all.")
