"""The root field about paths: it checks, makes one call, answers."""

from typing import Annotated

import strawberry
from strawberry import ID, UNSET

from graph_service.analysis.paths import NOTHING, RELATIONS, PathResult, paths
from graph_service.api.inputs import Exclusions
from graph_service.api.risk import Context, World, analysed
from graph_service.api.types import paths as types
from graph_service.api.types.fields import argument
from graph_service.model.kinds import Direction, Relation

Via = Annotated[list[Relation] | None, argument("Only these relations; all unless given.")]


@strawberry.type(description="Questions about how things hang together.")
class PathsQuery:
    @strawberry.field(
        graphql_type=types.PathResult,
        description="How two entities hang together: the k shortest paths, of any length, with the evidence of each "
        "step.",
    )
    async def paths(
        self,
        info: Context,
        from_: Annotated[
            ID,
            strawberry.argument(
                name="from", description="The id of a nation, bloc, company, component, partnership or deployment."
            ),
        ],
        to: Annotated[ID, argument("The id of another one.")],
        via: Via = UNSET,
        direction: Annotated[Direction, argument("Which way relations are walked.")] = Direction.BOTH,
        k: Annotated[int | None, argument("How many paths at most, 1 to 100.")] = 3,
        excluding: Annotated[Exclusions | None, argument("What may be on no path, nor its offers evidence.")] = UNSET,
        world: World = UNSET,
    ) -> PathResult:
        seconds = info.context.service.settings.solver_seconds
        return await analysed(
            info,
            world,
            lambda network: paths(
                network,
                from_,
                to,
                via=RELATIONS if via is None or via is UNSET else via,
                direction=direction,
                k=3 if k is None else k,
                excluding=excluding.to_exclusions() if excluding else NOTHING,
                budget_seconds=seconds,
            ),
        )
