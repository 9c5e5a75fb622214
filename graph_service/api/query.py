"""The root fields of Query: the store serves reads; an analysis checks, makes one call, answers."""

import asyncio
from typing import Annotated, Any, Final, cast

import strawberry
from strawberry import ID, UNSET

from graph_service.analysis.alternatives import AlternativeSupply, alternative_supplier_paths
from graph_service.analysis.dependency_depth import DependencyDepth, dependency_depth
from graph_service.api.alliances import AllianceQuery
from graph_service.api.confidence import ConfidenceQuery
from graph_service.api.deployments import DeploymentQuery
from graph_service.api.filters import (
    CompanyOrder,
    CompanyWhere,
    ComponentOrder,
    ComponentWhere,
    DeploymentOrder,
    DeploymentWhere,
    NationOrder,
    NationWhere,
    OfferOrder,
    OfferWhere,
    PartnershipOrder,
    PartnershipWhere,
)
from graph_service.api.inputs import CompanyBy, ComponentBy, Exclusions
from graph_service.api.paths import PathsQuery
from graph_service.api.record import RecordQuery
from graph_service.api.resilience import ResilienceQuery
from graph_service.api.risk import Context, RiskQuery, Target, World, analysed
from graph_service.api.types import answers
from graph_service.api.types.fields import FIRST, argument, in_world, root_page
from graph_service.api.types.graph import (
    Bloc,
    Company,
    CompanyConnection,
    Component,
    ComponentConnection,
    Deployment,
    DeploymentConnection,
    Nation,
    NationConnection,
    Node,
    OfferConnection,
    Partnership,
    PartnershipConnection,
)
from graph_service.errors import BadInput
from graph_service.model.kinds import Kind, Level, Objective
from graph_service.reads.names import Found


def _by_id(what: str) -> Any:
    def served(
        id: Annotated[ID, argument(f"The id of {what}.")],
        world: World = UNSET,
    ):
        raise AssertionError(f"{id} in {world} is served from rows, not by a resolver")

    return strawberry.field(
        resolver=cast("Any", served), description=f"Find {what} by its id, whatever its dates; null if unknown."
    )


@strawberry.type(description="All questions. Each takes a world: which facts count.")
class Query(AllianceQuery, ConfidenceQuery, DeploymentQuery, PathsQuery, RecordQuery, ResilienceQuery, RiskQuery):
    node: Node | None = _by_id("anything recorded")
    partnership: Partnership | None = _by_id("a partnership")
    deployment: Deployment | None = _by_id("a deployment")
    nations: NationConnection = root_page("All nations, by name.", NationWhere, NationOrder)
    companies: CompanyConnection = root_page("All companies, by name.", CompanyWhere, CompanyOrder)
    components: ComponentConnection = root_page("All components, by name.", ComponentWhere, ComponentOrder)
    offers: OfferConnection = root_page("All offers of the world, by id.", OfferWhere, OfferOrder)
    partnerships: PartnershipConnection = root_page(
        "All partnerships of the world, by name.", PartnershipWhere, PartnershipOrder
    )
    deployments: DeploymentConnection = root_page(
        "All deployments of the world, by name.", DeploymentWhere, DeploymentOrder
    )
    blocs: list[Bloc] = in_world("All blocs, by name.")

    @strawberry.field(description="Find many things by their ids, in that order; null where an id is unknown.")
    def nodes(
        self,
        ids: Annotated[list[ID], argument("Ids, at most as many as the setting nodes_max says (100).")],
        world: World = UNSET,
    ) -> list[Node | None]:
        raise AssertionError(f"{ids} in {world} are served from rows, not by a resolver")

    @strawberry.field(description="Find a nation by iso2, iso3 or id, any case; null if unknown.")
    def nation(
        self, iso: Annotated[str, argument("ISO 3166-1 alpha-2 or alpha-3 code, or id.")], world: World = UNSET
    ) -> Nation | None:
        raise AssertionError(f"{iso} in {world} is served from rows, not by a resolver")

    @strawberry.field(description="Find a company by one key; null if unknown.")
    def company(self, by: Annotated[CompanyBy, argument("Exactly one key.")], world: World = UNSET) -> Company | None:
        raise AssertionError(f"{by} in {world} is served from rows, not by a resolver")

    @strawberry.field(description="Find a component by one key; null if unknown.")
    def component(
        self, by: Annotated[ComponentBy, argument("Exactly one key.")], world: World = UNSET
    ) -> Component | None:
        raise AssertionError(f"{by} in {world} is served from rows, not by a resolver")

    @strawberry.field(
        graphql_type=answers.SearchResult,
        description="Find things by name or alias, typos, other languages and scripts included.",
    )
    async def search(
        self,
        info: Context,
        text: Annotated[str, argument("What it is called, more or less.")],
        kinds: Annotated[list[Kind] | None, argument("Only these kinds; all that have names unless given.")] = UNSET,
        first: Annotated[int | None, argument(FIRST)] = 20,
    ) -> Found:
        service = info.context.service
        size = 20 if first is None else first
        if not 0 <= size <= service.settings.page_size_max:
            raise BadInput(f"first must be 0 to {service.settings.page_size_max}, got {size}")
        if len(text) > SEARCH_TEXT_MAX:
            raise BadInput(f"text must have at most {SEARCH_TEXT_MAX} characters, got {len(text)}")
        index = await service.names.index()
        found = await asyncio.to_thread(index.search, text, kinds or None)
        return Found(found.hits[:size], found.suggestions, found.total_count)

    @strawberry.field(
        graphql_type=answers.DependencyDepth,
        description="How deep a component or deployment depends: tiers, longest lead-time chain, cycles, blind spots.",
    )
    async def dependency_depth(self, info: Context, target: Target, world: World = UNSET) -> DependencyDepth:
        return await analysed(info, world, lambda network: dependency_depth(network, target))

    @strawberry.field(
        graphql_type=answers.AlternativeSupply,
        description="What else could supply a target without what is excluded; if nothing can, what blocks it.",
    )
    async def alternative_supplier_paths(
        self,
        info: Context,
        target: Target,
        excluding: Annotated[Exclusions, argument("What the supply may not use; {} excludes nothing.")],
        objective: Annotated[Objective, argument("What makes one solution better.")] = Objective.OFFERS,
        disjoint_by: Annotated[
            Level | None, argument("Let no two solutions share a COMPANY, OWNER_GROUP or NATION.")
        ] = UNSET,
        k: Annotated[int | None, argument("How many solutions at most, 1 to 20.")] = 3,
        world: World = UNSET,
    ) -> AlternativeSupply:
        return await analysed(
            info,
            world,
            lambda network: alternative_supplier_paths(
                network,
                target,
                excluding.to_exclusions(),
                objective=objective,
                disjoint_by=disjoint_by or None,
                k=3 if k is None else k,
                budget_seconds=info.context.service.settings.solver_seconds,
            ),
        )


SEARCH_TEXT_MAX: Final = 200
