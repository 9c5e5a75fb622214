"""The answers to questions of risk. Each field is the attribute of the same name of the answer in analysis/."""

from __future__ import annotations

import strawberry

from graph_service.api.types.answers import AnalysisMeta, AnyComponent, AnyEntity
from graph_service.api.types.fields import field, first_of
from graph_service.model.kinds import Band, ImpactStatus, Level


@strawberry.type(description="What a disruption does to one component or deployment.")
class Impact:
    entity: AnyEntity = field("The component or deployment.")
    status: ImpactStatus = field("Whether it fails, loses output, may lose output, or nobody knows.")
    lost_fraction_lower: float = field("The least part of its output that is lost, 0 to 1.")
    lost_fraction_upper: float = field("The greatest part that may be lost, 0 to 1.")
    lost_fraction_estimate: float = field("The part that is lost if unrecorded shares are spread evenly, 0 to 1.")
    cause: list[AnyEntity] = field("What failed, then each thing that needs the one before, up to this one.")


@strawberry.type(description="What stops if something stops (docs/semantics.md 20-24).")
class Disruption:
    targets: list[Impact] = field("What it does to the targets asked for, in their order.")
    impacted: list[Impact] = first_of("All that fails or may lose output, the greatest estimate first.", 50)
    failed_count: int = field("How many components and deployments fail.")
    degraded_count: int = field("How many lose output for certain.")
    at_risk_count: int = field("How many may lose output.")
    unknown_count: int = field("How many have no recorded supply to lose.")
    meta: AnalysisMeta = field("What was computed, and how.")


@strawberry.type(description="One element whose failure alone fails the target.")
class SinglePoint:
    level: Level = field("What sort of element.")
    entity: AnyEntity = field("The element.")
    established: bool = field("Whether it also holds where lists of suppliers may be incomplete.")
    why: list[AnyEntity] = field("The element, then each thing that needs the one before, up to the target.")


@strawberry.type(description="All single points of failure of a target (docs/semantics.md 25).")
class SinglePoints:
    points: list[SinglePoint] = field("Established ones first, then by id.")
    meta: AnalysisMeta = field("What was computed, and how.")


@strawberry.type(description="Elements whose failure together, and no fewer of them, fails the target.")
class CutSet:
    elements: list[AnyEntity] = field("The elements, by id.")
    order: int = field("How many they are.")
    established: bool = field("Whether it also holds where lists of suppliers may be incomplete.")
    probability: float | None = field("The probability that all of them fail, if each fails independently.")


@strawberry.type(description="The minimal cut sets of a target (docs/semantics.md 25).")
class CutSets:
    sets: list[CutSet] = first_of("Established ones first, then by order, then ids.", 100)
    count_by_order: list[int] = field("How many there are of order 1, 2, ... up to maxOrder.")
    complete: bool = field("Whether every set up to maxOrder was found.")
    meta: AnalysisMeta = field("What was computed, and how.")


@strawberry.type(description="The failures that hurt a target most (docs/semantics.md 28).")
class WorstCase:
    sets: list[list[AnyEntity]] = field("Every smallest set with the greatest loss; none where nothing is lost.")
    lost_fraction_lower: float = field("The least loss over these sets, 0 to 1.")
    lost_fraction_upper: float = field("The greatest loss over these sets, 0 to 1.")
    lost_fraction_estimate: float = field("The loss they share, 0 to 1.")
    meta: AnalysisMeta = field("What was computed, and how.")


@strawberry.type(description="The share of one group in the supply of a component.")
class Share:
    group: AnyEntity | None = field("The company, owner group or nation; null for offers without one.")
    share_pct: float = field("Its known share in percent.")


@strawberry.type(description="How concentrated the supply of a component is (docs/semantics.md 29).")
class Concentration:
    hhi: float | None = field("Herfindahl-Hirschman index of the known shares, 0 to 10,000; null without any.")
    hhi_upper: float = field("The index if all that is unrecorded belonged to the largest group.")
    band: Band | None = field("UNCONCENTRATED below 1,000, MODERATE to 1,800, HIGH above.")
    effective: float | None = field("How many equal suppliers would be as concentrated.")
    top_share_pct: float | None = field("The largest share in percent.")
    cr4_pct: float | None = field("The four largest shares together, in percent.")
    share_sum_pct: float = field("What the known shares sum to, in percent; never scaled silently.")
    share_basis: str | None = field("What the shares are measured in.")
    share_year: int | None = field("The year of the shares.")
    supplier_count: int = field("How many groups supply it, shares known or not.")
    shares: list[Share] = field("The known shares, the largest first.")
    exceeds_third_country_cap: bool | None = field(
        "With `home`: whether one nation outside holds more than 65 % (EU Critical Raw Materials Act); else null."
    )
    meta: AnalysisMeta = field("What was computed, and how.")


@strawberry.type(description="What a target loses if one group stops, beside what it buys from it directly.")
class ExposureRow:
    group: AnyEntity = field("The group.")
    direct_share_pct: float | None = field("Its share of the target's own offers, in percent; null for deployments.")
    loss_pct_lower: float = field("The least loss of the target, in percent.")
    loss_pct_upper: float = field("The greatest loss of the target, in percent.")
    loss_pct_estimate: float = field("The loss if unrecorded shares are spread evenly, in percent.")
    through: list[AnyComponent] = field("Where the group is hit and its loss reaches the target.")


@strawberry.type(description="How exposed a target is to each group (docs/semantics.md 30).")
class Exposure:
    rows: list[ExposureRow] = field("The greatest loss first.")
    meta: AnalysisMeta = field("What was computed, and how.")
