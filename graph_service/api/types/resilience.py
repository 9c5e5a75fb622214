"""The answers to questions of resilience. Each field is the attribute of the same name of the answer in analysis/."""

from __future__ import annotations

from decimal import Decimal

import strawberry

from graph_service.api.types.answers import AnalysisMeta, AnyEntity
from graph_service.api.types.fields import field
from graph_service.model.kinds import Answer


@strawberry.type(description="What one element means to the target, and to the whole network.")
class CriticalityRow:
    entity: AnyEntity = field("The element.")
    birnbaum: float | None = field(
        "How much less likely the target works if it has failed than if it works; null for an unknown target."
    )
    fussell_vesely: float | None = field(
        "The share of the probability of failure that comes through it; null where the target never fails."
    )
    risk_achievement_worth: float | None = field(
        "How many times likelier the target fails if it has failed; null where the target never fails."
    )
    risk_reduction_worth: float | None = field(
        "How many times likelier the target fails than if it never failed; null where it then never fails."
    )
    systemic_risk: float = field("The mean loss over all components if it fails, 0 to 1.")
    downstream_reach: int = field("How many components and deployments may lose output if it fails.")


@strawberry.type(description="How likely a target keeps working, and who matters to that (docs/semantics.md 26, 27).")
class Criticality:
    reliability: float | None = field("The probability that the target works; null for an unknown target.")
    standard_error: float | None = field("The standard error of the reliability where it is sampled; null if exact.")
    rows: list[CriticalityRow] = field("The greatest systemic risk first, then by id.")
    meta: AnalysisMeta = field("What was computed, and how.")


@strawberry.type(description="What becomes of the target without one element.")
class StressRow:
    entity: AnyEntity = field("The element.")
    time_to_survive_weeks: float | None = field(
        "The weeks for which stocks and what is left meet all demand; null for ever."
    )
    time_to_recover_weeks: float | None = field("The longest known time that its offers need to recover, in weeks.")
    at_risk: Answer = field("Whether it needs longer to recover than the target survives.")
    lost_units: Decimal | None = field("Units of the target lost while it recovers; null without demandPerWeek.")
    performance_impact: Decimal | None = field("The lost units times marginPerUnit; null without it.")
    risk_exposure_index: float | None = field("Its impact as a part of the greatest one, 0 to 1.")


@strawberry.type(description="How long a target survives without each supplier (docs/semantics.md 31).")
class StressTest:
    rows: list[StressRow] = field("The shortest survival first, for ever last, then by id.")
    meta: AnalysisMeta = field("What was computed, and how.")
