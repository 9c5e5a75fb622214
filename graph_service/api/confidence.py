"""The root field about confidence: where an answer flips as the world asks for surer facts."""

from __future__ import annotations

import asyncio
from typing import Annotated

import strawberry
from strawberry import UNSET

from graph_service.analysis.confidence import ConfidenceSensitivity, confidence_sensitivity
from graph_service.analysis.primitives.exclusions import Exclusions as Excluding
from graph_service.api.inputs import Exclusions
from graph_service.api.risk import LEVELS, Context, Target, World
from graph_service.api.types import confidence
from graph_service.api.types.fields import argument
from graph_service.api.worlds import world_from
from graph_service.model.kinds import Level


@strawberry.type(description="Questions about how sure an answer is.")
class ConfidenceQuery:
    @strawberry.field(
        graphql_type=confidence.ConfidenceSensitivity,
        description="How sure it is that a target can be supplied, and at which minConfidence that or what can stop it"
        " alone flips.",
    )
    async def confidence_sensitivity(
        self,
        info: Context,
        target: Target,
        excluding: Annotated[
            Exclusions | None, argument("What the supply may not use; nothing unless given. Single points ignore it.")
        ] = UNSET,
        levels: Annotated[
            list[Level] | None, argument("Of which sorts of elements single points are; companies and nations.")
        ] = UNSET,
        world: World = UNSET,
    ) -> ConfidenceSensitivity:
        service = info.context.service
        record, network = await service.networks.compared(world_from(world))
        return await asyncio.to_thread(
            confidence_sensitivity,
            record,
            network,
            target,
            excluding.to_exclusions() if excluding else Excluding(),
            levels or LEVELS,
            budget_seconds=service.settings.solver_seconds,
        )
