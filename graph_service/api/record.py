"""The root fields about the record itself: what changed in it, and what it leaves to be desired."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date
from typing import Annotated

import strawberry
from strawberry import ID, UNSET

from graph_service.analysis.diff import Diff, diff
from graph_service.api.risk import Context
from graph_service.api.types import changes
from graph_service.api.types.fields import FIRST_OF, argument
from graph_service.errors import BadInput
from graph_service.facts.check import Finding
from graph_service.reads.arguments import world_of

BEFORE = strawberry.argument(name="from", description="The first date.")


@strawberry.type(description="Questions about the record: what changed in it, and how good it is.")
class RecordQuery:
    @strawberry.field(
        graphql_type=changes.Diff,
        description="What changed between two dates, and which single points of failure appeared or went.",
    )
    async def diff(
        self,
        info: Context,
        before: Annotated[date, BEFORE],
        to: Annotated[date, argument("The second date; an earlier one turns every change round.")],
        target: Annotated[
            ID | None, argument("A component or deployment whose single points of failure are compared.")
        ] = UNSET,
        min_confidence: Annotated[
            int | None, argument("Facts with at least this confidence at either date, 0 to 100.")
        ] = 0,
    ) -> Diff:
        worlds = [world_of({"world": {"asOf": at, "minConfidence": min_confidence}}) for at in (before, to)]
        record, then, now = await info.context.service.networks.compared(*worlds)
        return await asyncio.to_thread(diff, record, then, now, target or None)

    @strawberry.field(
        graphql_type=list[changes.QualityIssue],
        description="What is missing, unverified or contradictory in today's facts, the gravest first.",
    )
    async def data_quality(
        self, info: Context, first: Annotated[int | None, argument(FIRST_OF)] = 100
    ) -> Sequence[Finding]:
        service = info.context.service
        size = 100 if first is None else first
        if not 0 <= size <= service.settings.list_size_max:
            raise BadInput(f"first must be 0 to {service.settings.list_size_max}, got {size}")
        return (await service.quality.findings())[:size]
