"""The answer about confidence. Each field is the attribute of the same name of the answer in analysis/."""

from __future__ import annotations

import strawberry

from graph_service.api.types.answers import AnalysisMeta, AnyEntity
from graph_service.api.types.fields import field
from graph_service.model.kinds import Answer


@strawberry.type(description="A minConfidence at which an answer differs from that at the step before.")
class ConfidenceStep:
    min_confidence: int = field("The least minConfidence with this answer.")
    feasible: Answer | None = field("Whether the target can be supplied; null where it is no fact of that world.")
    single_points_added: list[AnyEntity] = field("What can stop the target alone from here on, by id.")
    single_points_removed: list[AnyEntity] = field("What no longer can, by id.")


@strawberry.type(description="How far an answer stands as weaker facts are left out, and where it flips.")
class ConfidenceSensitivity:
    feasible: Answer = field("Whether the target can be supplied in the world as asked for.")
    confidence: int = field(
        "How sure that is, by its weakest fact: the greatest minConfidence up to which it stands, 100 at most."
    )
    flips_at_min_confidence: int | None = field("The smallest minConfidence at which it is not so; null for none.")
    single_points: list[AnyEntity] = field("What can stop the target alone in the world as asked for, by id.")
    single_points_flip_at_min_confidence: int | None = field(
        "The smallest minConfidence at which these are others; null for none."
    )
    steps: list[ConfidenceStep] = field("Every minConfidence at which either changes, the smallest first.")
    meta: AnalysisMeta = field("What was computed, and how.")
