"""The answers to questions of alliances. Each field is the attribute of the same name of the answer in analysis/."""

from __future__ import annotations

import strawberry

from graph_service.api.types.answers import (
    AnalysisMeta,
    AnyCompany,
    AnyComponent,
    AnyEntity,
    AnyNation,
    AnyPartnership,
)
from graph_service.api.types.fields import field
from graph_service.api.types.risk import Share
from graph_service.model.kinds import Answer


@strawberry.type(
    description="What the offers that only one partnership enables change for targets (docs/semantics.md 32)."
)
class PartnershipImpact:
    partnership: AnyPartnership = field("The partnership.")
    single_points_removed: list[AnyEntity] = field(
        "Companies and nations that alone would stop a target without it, and do not with it; by id."
    )
    cut_sets_removed: int = field(
        "How many minimal sets of one or two companies, or nations, no longer stop a target with it."
    )
    reliability_delta: float | None = field(
        "How much likelier a target works if each company fails with probability 0.1; null for unknown targets."
    )
    hhi_delta: float | None = field(
        "Mean change of concentration by nation over the components behind a target; null where none has an index."
    )
    coverage_delta: float | None = field(
        "Change of mean coverage, in parts of 1, with the nations of its parties as home; null if they have none."
    )
    affected_targets: list[AnyEntity] = field("The targets for which anything changes, by id.")
    meta: AnalysisMeta = field("What was computed, and how.")


@strawberry.type(description="How much of one component home and partners make.")
class CoverageRow:
    component: AnyComponent = field("The component.")
    covered_pct: float = field("The share made in home and partners in percent, unknown shares estimated.")
    by: list[Share] = field("Which of these nations make it, the largest share first.")


@strawberry.type(
    description="How much of a chain home and partners cover, and who completes it (docs/semantics.md 33)."
)
class Coverage:
    mean_coverage: float = field("Mean share over all components that anybody offers, 0 to 1.")
    feasible: Answer = field("Whether the target can be made with offers from home and partners only.")
    rows: list[CoverageRow] = field("The components that anybody offers, the least covered first.")
    minimal_partner_sets: list[list[AnyNation]] = field(
        "Nations that, added, make it feasible, and none of which can be left out: the first four, smallest first."
    )
    meta: AnalysisMeta = field("What was computed, and how.")


@strawberry.type(description="An offer worth adding, and with whom.")
class Recommendation:
    rank: int = field("1 for the offer that adds most.")
    component: AnyComponent = field("What to have supplied by one more.")
    supplier: AnyCompany | None = field("By whom; null: by a new company.")
    parties: list[AnyNation] = field("Home, then the nation where it is made.")
    rationale: str = field("Why it helps, in plain words with ids.")
    single_points_removed: list[AnyEntity] = field(
        "Companies and nations that alone would stop the target before it, and do not after it; by id."
    )
    reliability_gain: float = field("What it adds to the chance that the target works, after those ranked before it.")
    cumulative_reliability: float = field("That chance with it and all ranked before it.")


@strawberry.type(description="Which offers to add first, one after another (docs/semantics.md 45).")
class Recommendations:
    guarantee: str = field("What is known of this order: how exact it is, and among which offers.")
    recommendations: list[Recommendation] = field("As many as were asked for, or as add something.")
    meta: AnalysisMeta = field("What was computed, and how.")
