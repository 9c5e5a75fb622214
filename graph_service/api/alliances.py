"""The root fields about alliances: each checks, makes one call, answers."""

from typing import Annotated

import strawberry
from strawberry import ID, UNSET

from graph_service.analysis.partnership_coverage import Coverage, partnership_coverage
from graph_service.analysis.partnership_impact import PartnershipImpact, partnership_impact
from graph_service.analysis.recommendations import Recommendations, recommend_partnerships
from graph_service.api.risk import Context, Target, World, analysed
from graph_service.api.types import alliances
from graph_service.api.types.fields import NO_IDS, argument
from graph_service.model.kinds import Candidates


@strawberry.type(description="Questions about alliances: what a partnership changes, covers, could add.")
class AllianceQuery:
    @strawberry.field(
        graphql_type=alliances.PartnershipImpact,
        description="What the offers that only this partnership enables change: every risk with and without.",
    )
    async def partnership_impact(
        self,
        info: Context,
        partnership: Annotated[ID, argument("The id of a partnership.")],
        targets: Annotated[
            list[ID] | None, argument("Ids of components and deployments; all deployments unless given.")
        ] = UNSET,
        world: World = UNSET,
    ) -> PartnershipImpact:
        asked = None if targets is None or targets is UNSET else [str(target) for target in targets]
        seconds = info.context.service.settings.solver_seconds
        return await analysed(
            info, world, lambda network: partnership_impact(network, partnership, asked, budget_seconds=seconds)
        )

    @strawberry.field(
        graphql_type=alliances.Coverage,
        description="How much of a chain home and partners make, and which nations would complete it.",
    )
    async def partnership_coverage(
        self,
        info: Context,
        home: Annotated[list[ID], argument("Ids of nations or blocs.")],
        target: Target,
        partners: Annotated[list[ID] | None, argument("Ids of further nations or blocs.")] = NO_IDS,
        world: World = UNSET,
    ) -> Coverage:
        at_home, others = [str(one) for one in home], [str(one) for one in partners or ()]
        return await analysed(info, world, lambda network: partnership_coverage(network, at_home, others, target))

    @strawberry.field(
        graphql_type=alliances.Recommendations,
        description="Which offers from other nations would make a target most reliable, one after another.",
    )
    async def recommend_partnerships(
        self,
        info: Context,
        home: Annotated[ID, argument("The id of a nation: one party of each partnership.")],
        target: Target,
        budget: Annotated[int | None, argument("How many offers at most, 1 to 10.")] = 3,
        candidates: Annotated[Candidates, argument("Whose offers are considered.")] = Candidates.ANY,
        world: World = UNSET,
    ) -> Recommendations:
        size = 3 if budget is None else budget
        return await analysed(
            info, world, lambda network: recommend_partnerships(network, home, target, size, candidates=candidates)
        )
