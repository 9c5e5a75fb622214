"""The answers about deployments. Each field is the attribute of the same name of the answer in analysis/."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

import strawberry

from graph_service.api.types.answers import GRAPH, AnalysisMeta, AnyComponent, AnyEntity, AnyNation
from graph_service.api.types.fields import field
from graph_service.model.kinds import Answer

if TYPE_CHECKING:
    from graph_service.api.types.graph import Deployment

AnyDeployment = Annotated["Deployment", GRAPH]


@strawberry.type(description="One objective of the framework.")
class SovereigntyObjective:
    code: str = field("Its code, SOV-1 to SOV-8.")
    name: str = field("What it is about.")
    weight_pct: float = field("Its weight in the score, in percent.")
    level: int | None = field("0 to 4; computed for SOV-5, else as stated in the call; null where it was not.")
    rationale: str = field("Why it has this level, or none.")


@strawberry.type(description="On which basis of GDPR chapter V personal data may go to a nation.")
class TransferBasis:
    nation: AnyNation = field("Where the deployment stands, its operator sits, or the owner of that one.")
    basis: str = field("EU_EEA, ADEQUATE, SAFEGUARDS or NONE.")
    valid_from: date | None = field("Since when, where dated memberships say so.")
    valid_to: date | None = field("Until when, exclusive, where dated memberships say so.")


@strawberry.type(description="How far a deployment is under the control of a jurisdiction (docs/semantics.md 34, 35).")
class Sovereignty:
    framework: str = field("The framework and its version.")
    score: float | None = field("The weighted levels in percent; null unless all eight are known.")
    seal_level: int | None = field("The least of the eight levels; null unless all are known.")
    supply_chain_level: int = field("4 made at home, 3 with allies and no single ally stops it, 2 with allies, 1, 0.")
    objectives: list[SovereigntyObjective] = field("The eight objectives, by code.")
    transfer_basis: list[TransferBasis] = field("The nations whose law may reach the data, by id.")
    air_gap_viable: Answer = field("Whether nothing that runs there needs a live service from outside.")
    air_gap_blockers: list[AnyComponent] = field("The fewest components that would have to do without, by id.")
    outside_single_points: list[AnyEntity] = field(
        "Nations outside the jurisdiction that each can stop it: among what the jurisdiction and its allies make if "
        "that suffices, else among all."
    )
    meta: AnalysisMeta = field("What was computed, and how.")


@strawberry.type(description="One deployment among those compared; null is not known.")
class TradeoffRow:
    deployment: AnyDeployment = field("The deployment.")
    cost_npv: Decimal | None = field("Net present cost over the horizon, in currency, to the cent.")
    currency: str | None = field("Currency of ISO 4217.")
    break_even_utilisation: float | None = field(
        "The part of the time at which the cheapest cloud costs the same; above 1 the cloud is always cheaper."
    )
    cost_per_million_tokens: Decimal | None = field("Net present cost spread over all tokens, in currency.")
    performance: float | None = field("Tokens per second.")
    control: float | None = field("1 on premise and at the edge, 0.5 hybrid, 0 in a cloud.")
    resilience: float | None = field("Reliability at level COMPANY, each failing with probability 0.1.")
    weighted_score: float | None = field("0 to 1; null where one of the four criteria is not known.")
    pareto_optimal: bool = field("Whether no other is as good everywhere and better somewhere.")
    dominated_by: list[AnyDeployment] = field("Those that are, by id.")


@strawberry.type(description="A weight at which the best choice changes.")
class SwitchPoint:
    criterion: str = field("cost, performance, control or resilience.")
    weight: float = field("Its weight, 0 to 1, the others keeping their proportions.")
    from_: AnyDeployment = strawberry.field(name="from", description="Best below that weight.")
    to: AnyDeployment = field("Best above it.")


@strawberry.type(description="Deployments compared (docs/semantics.md 36).")
class Tradeoff:
    rows: list[TradeoffRow] = field("The best score first, then by id; what cannot be ranked last.")
    switch_points: list[SwitchPoint] = field("By criterion, then weight.")
    meta: AnalysisMeta = field("What was computed, and how; its semantics name what could not be ranked.")
