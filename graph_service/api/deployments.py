"""The root fields about deployments: how sovereign one is, and which of several to choose."""

from decimal import Decimal
from typing import Annotated, Any, Final

import strawberry
from strawberry import ID, UNSET

from graph_service.analysis import compare_deployments as comparison
from graph_service.analysis.sovereignty import Sovereignty, StatedLevel, sovereignty
from graph_service.analysis.tradeoff.options import DeploymentCost
from graph_service.api.risk import Context, World, analysed
from graph_service.api.types import sovereignty as types
from graph_service.api.types.fields import ALLIES, JURISDICTION, NO_IDS, argument


def _if_known(description: str) -> Any:
    return strawberry.field(description=description, default=UNSET)


@strawberry.input(description="What an assessor found of one objective.")
class LevelInput:
    code: str = strawberry.field(description="SOV-1 to SOV-8, but SOV-5, which is computed.")
    level: int = strawberry.field(description="0 to 4.")


@strawberry.input(description="What the caller knows of a deployment; it overrides what is recorded.")
class DeploymentCostInput:
    deployment: ID = strawberry.field(description="Its id, among those compared.")
    capex: Decimal | None = _if_known("Cost to build, in currency.")
    opex_per_year: Decimal | None = _if_known("Cost to run, per year, in currency.")
    price_per_hour: Decimal | None = _if_known("Price of a cloud, per hour, in currency.")
    currency: str | None = _if_known("Currency of ISO 4217.")
    tokens_per_second: float | None = _if_known("Throughput of inference.")

    def to_cost(self) -> DeploymentCost:
        """Give the analysis' own costs."""
        given = {name: value for name, value in vars(self).items() if value is not UNSET}
        return DeploymentCost(**given)


@strawberry.input(description="How much each criterion matters, against the others; scaled to sum 1.")
class Weights:
    cost: float = strawberry.field(description="Low net present cost.")
    performance: float = strawberry.field(description="Tokens per second.")
    control: float = strawberry.field(description="Own control.")
    resilience: float = strawberry.field(description="Reliability of supply.")

    def to_weights(self) -> comparison.Weights:
        """Give the analysis' own weights."""
        return comparison.Weights(self.cost, self.performance, self.control, self.resilience)


NO_LEVELS: Final[list[LevelInput]] = []
NO_COSTS: Final[list[DeploymentCostInput]] = []


@strawberry.type(description="Questions about deployments: how sovereign one is, and which to choose.")
class DeploymentQuery:
    @strawberry.field(
        graphql_type=types.Sovereignty,
        description="How sovereign a deployment is here, whether an air gap holds, and where data may go.",
    )
    async def sovereignty(
        self,
        info: Context,
        deployment: Annotated[ID, argument("The id of a deployment.")],
        jurisdiction: Annotated[ID, argument(JURISDICTION)],
        allies: Annotated[list[ID] | None, argument(ALLIES)] = NO_IDS,
        levels: Annotated[
            list[LevelInput] | None, argument("Levels of the objectives that nobody can compute from facts.")
        ] = NO_LEVELS,
        world: World = UNSET,
    ) -> Sovereignty:
        stated = [StatedLevel(one.code, one.level) for one in levels or ()]
        friends = [str(ally) for ally in allies or ()]
        seconds = info.context.service.settings.solver_seconds
        return await analysed(
            info,
            world,
            lambda network: sovereignty(network, deployment, jurisdiction, friends, stated, budget_seconds=seconds),
        )

    @strawberry.field(
        graphql_type=types.Tradeoff,
        description="Which deployment is best for given weights, and where the answer flips.",
    )
    async def compare_deployments(
        self,
        info: Context,
        deployments: Annotated[list[ID], argument("Ids of deployments, at most 50.")],
        weights: Annotated[Weights, argument("How much each criterion matters.")],
        costs: Annotated[
            list[DeploymentCostInput] | None, argument("Costs that override what is recorded.")
        ] = NO_COSTS,
        horizon_years: Annotated[int | None, argument("Over how many years costs count, 1 to 50.")] = 3,
        discount_rate: Annotated[float | None, argument("What a year takes off the value of a cost, 0 to 1.")] = 0.08,
        utilisation: Annotated[float | None, argument("Which part of the time is used, 0 to 1.")] = 1.0,
        world: World = UNSET,
    ) -> comparison.Tradeoff:
        options = [str(deployment) for deployment in deployments]
        own = [cost.to_cost() for cost in costs or ()]
        seconds = info.context.service.settings.solver_seconds
        return await analysed(
            info,
            world,
            lambda network: comparison.compare_deployments(
                network,
                options,
                weights.to_weights(),
                own,
                horizon_years=3 if horizon_years is None else horizon_years,
                discount_rate=0.08 if discount_rate is None else discount_rate,
                utilisation=1.0 if utilisation is None else utilisation,
                budget_seconds=seconds,
            ),
        )
