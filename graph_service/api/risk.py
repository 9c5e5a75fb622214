"""The root fields about risk: each checks, makes one call, answers."""

import asyncio
from collections.abc import Callable
from typing import Annotated, Any, Final, TypeVar

import strawberry
from strawberry import ID, UNSET, Info

from graph_service.analysis.concentration import Concentration, concentration
from graph_service.analysis.cut_sets import CutSets, minimal_cut_sets
from graph_service.analysis.disruption import Disruption, simulate_disruption
from graph_service.analysis.exposure import Exposure, exposure
from graph_service.analysis.single_points import SinglePoints, single_points_of_failure
from graph_service.analysis.worst_case import WorstCase, worst_case
from graph_service.api.context import RequestContext
from graph_service.api.inputs import FailureInput, WorldInput
from graph_service.api.types import risk
from graph_service.api.types.fields import NO_IDS, WORLD, argument
from graph_service.api.worlds import world_from
from graph_service.model.kinds import Level, Reallocation
from graph_service.network.network import SupplyNetwork

World = Annotated[WorldInput | None, argument(WORLD)]
Context = Info[RequestContext, None]
Target = Annotated[ID, argument("The id of a component or deployment.")]
By = Annotated[Level, argument("What stands or falls as one element.")]
LEVELS: Final = [Level.COMPANY, Level.NATION]

T = TypeVar("T")


async def analysed(info: Context, world: Any, analysis: Callable[[SupplyNetwork], T]) -> T:
    """Run an analysis on the network of a world, beside the event loop."""
    network = await info.context.service.networks.at(world_from(world))
    return await asyncio.to_thread(analysis, network)


@strawberry.type(description="Questions about risk: what stops, what holds, what hurts.")
class RiskQuery:
    @strawberry.field(graphql_type=risk.Disruption, description="What stops, and how much is lost, if something stops.")
    async def simulate_disruption(
        self,
        info: Context,
        failures: Annotated[list[FailureInput], argument("What stops, together.")],
        targets: Annotated[
            list[ID] | None, argument("Components and deployments to report on, lost or not; all losses are listed.")
        ] = NO_IDS,
        reallocation: Annotated[
            Reallocation, argument("How what is left of a component is shared among its users.")
        ] = Reallocation.PERFECT,
        world: World = UNSET,
    ) -> Disruption:
        stops = [failure.to_stop() for failure in failures]
        asked = [str(target) for target in targets or ()]
        return await analysed(info, world, lambda network: simulate_disruption(network, stops, asked, reallocation))

    @strawberry.field(graphql_type=risk.SinglePoints, description="Which single elements can stop a target, and why.")
    async def single_points_of_failure(
        self,
        info: Context,
        target: Target,
        levels: Annotated[list[Level] | None, argument("Which sorts of elements; companies and nations.")] = LEVELS,
        world: World = UNSET,
    ) -> SinglePoints:
        return await analysed(info, world, lambda network: single_points_of_failure(network, target, levels or LEVELS))

    @strawberry.field(graphql_type=risk.CutSets, description="Which few elements together can stop a target.")
    async def minimal_cut_sets(
        self,
        info: Context,
        target: Target,
        level: By = Level.COMPANY,
        max_order: Annotated[int | None, argument("The most elements of a set, 1 to 4.")] = 2,
        failure_probability: Annotated[float | None, argument("That one element fails, 0 to 1.")] = 0.1,
        world: World = UNSET,
    ) -> CutSets:
        return await analysed(
            info,
            world,
            lambda network: minimal_cut_sets(
                network,
                target,
                level,
                max_order=2 if max_order is None else max_order,
                failure_probability=0.1 if failure_probability is None else failure_probability,
                budget_seconds=info.context.service.settings.solver_seconds,
            ),
        )

    @strawberry.field(graphql_type=risk.WorstCase, description="Which failures, at most so many, cost a target most.")
    async def worst_case(
        self,
        info: Context,
        target: Target,
        level: By = Level.NATION,
        budget: Annotated[int, argument("How many elements may fail.")] = 1,
        world: World = UNSET,
    ) -> WorstCase:
        seconds = info.context.service.settings.solver_seconds
        return await analysed(
            info, world, lambda network: worst_case(network, target, level, budget, search_seconds=seconds)
        )

    @strawberry.field(graphql_type=risk.Concentration, description="How concentrated the supply of a component is.")
    async def concentration(
        self,
        info: Context,
        component: Annotated[ID, argument("The id of a component.")],
        by: By = Level.NATION,
        home: Annotated[
            list[ID] | None, argument("Ids of the nations at home, for the cap on third countries.")
        ] = UNSET,
        world: World = UNSET,
    ) -> Concentration:
        at_home = None if home is None or home is UNSET else [str(nation) for nation in home]
        return await analysed(info, world, lambda network: concentration(network, component, by, at_home))

    @strawberry.field(
        graphql_type=risk.Exposure, description="What a target loses if a group stops, hidden ways included."
    )
    async def exposure(self, info: Context, target: Target, by: By = Level.NATION, world: World = UNSET) -> Exposure:
        seconds = info.context.service.settings.solver_seconds
        return await analysed(info, world, lambda network: exposure(network, target, by, budget_seconds=seconds))
