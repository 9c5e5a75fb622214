"""The root fields about resilience: how likely a target keeps working, and for how long."""

from decimal import Decimal
from typing import Annotated

import strawberry
from strawberry import UNSET

from graph_service.analysis.criticality import Criticality, criticality
from graph_service.analysis.reliability import PROBABILITY
from graph_service.analysis.stress_test import StressTest, stress_test
from graph_service.api.risk import By, Context, Target, World, analysed
from graph_service.api.types import resilience
from graph_service.api.types.fields import argument
from graph_service.model.kinds import Level


@strawberry.type(description="Questions about resilience: who matters most, and how long stocks last.")
class ResilienceQuery:
    @strawberry.field(
        graphql_type=resilience.Criticality,
        description="How likely a target keeps working, who matters to that, and who hurts the whole network most.",
    )
    async def criticality(
        self,
        info: Context,
        target: Target,
        level: By = Level.COMPANY,
        failure_probability: Annotated[float | None, argument("That one element fails, 0 to 1.")] = PROBABILITY,
        world: World = UNSET,
    ) -> Criticality:
        probability = PROBABILITY if failure_probability is None else failure_probability
        seconds = info.context.service.settings.solver_seconds
        return await analysed(
            info, world, lambda network: criticality(network, target, level, probability, budget_seconds=seconds)
        )

    @strawberry.field(
        graphql_type=resilience.StressTest,
        description="How long a target survives without each supplier, against how long that needs to recover.",
    )
    async def stress_test(
        self,
        info: Context,
        target: Target,
        level: By = Level.COMPANY,
        demand_per_week: Annotated[
            Decimal | None, argument("Units of the target wanted per week, above 0; without it shares count.")
        ] = UNSET,
        margin_per_unit: Annotated[Decimal | None, argument("What one unit brings, in any currency; above 0.")] = UNSET,
        world: World = UNSET,
    ) -> StressTest:
        seconds = info.context.service.settings.solver_seconds
        return await analysed(
            info,
            world,
            lambda network: stress_test(
                network, target, level, _given(demand_per_week), _given(margin_per_unit), budget_seconds=seconds
            ),
        )


def _given(value: Decimal | None) -> Decimal | None:
    """Take what was not given at all as null."""
    return None if value is UNSET else value
