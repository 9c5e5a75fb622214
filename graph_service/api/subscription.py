"""The root fields of Subscription: each checks, then listens."""

from collections.abc import AsyncGenerator
from typing import Annotated

import strawberry
from strawberry import ID, UNSET

from graph_service.analysis.standing import AlertRule
from graph_service.api.events import GraphChange, RiskAlert, graph_changes, risk_alerts
from graph_service.api.risk import Context
from graph_service.api.types import events as types
from graph_service.api.types.fields import argument
from graph_service.errors import BadInput, LimitExceeded
from graph_service.model.kinds import Kind

RULES = [AlertRule.SINGLE_POINT_ADDED.value, AlertRule.HHI_BAND_CHANGED.value]


@strawberry.type(description="What a dashboard is told without asking again, over WebSocket (graphql-transport-ws).")
class Subscription:
    @strawberry.subscription(
        graphql_type=types.GraphChange, description="Every change of the facts, whichever process wrote it."
    )
    async def graph_changed(
        self,
        info: Context,
        kinds: Annotated[list[Kind] | None, argument("Only changes of these kinds; of all unless given.")] = UNSET,
    ) -> AsyncGenerator[GraphChange, None]:
        if kinds == []:
            raise BadInput("kinds must name at least one kind, or be left out for all")
        changes = info.context.service.changes
        return graph_changes(changes, await changes.now(), frozenset(kinds or Kind))

    @strawberry.subscription(
        graphql_type=types.RiskAlert,
        description="Risks of components and deployments as they appear, go and change, in the world of today. Nothing"
        " is told while an import is not whole.",
    )
    async def risk_alert(
        self,
        info: Context,
        targets: Annotated[list[ID], argument("Ids of components and deployments.")],
        rules: Annotated[
            list[str] | None,
            argument(
                "SINGLE_POINT_ADDED and SINGLE_POINT_REMOVED: a company or nation alone can, or no longer can, stop"
                " the target. HHI_BAND_CHANGED: a component of its chain is concentrated by nation in another band."
            ),
        ] = RULES,
    ) -> AsyncGenerator[RiskAlert, None]:
        service = info.context.service
        maximum = service.settings.alert_targets_max
        if not 1 <= len(targets) <= maximum:
            raise LimitExceeded(f"targets must name 1 to {maximum} things (alert_targets_max), got {len(targets)}")
        asked = [str(target) for target in dict.fromkeys(targets)]
        wanted = _rules(RULES if rules is None else rules)
        return await risk_alerts(service.changes, service.watch, asked, wanted)


def _rules(names: list[str]) -> frozenset[AlertRule]:
    unknown = sorted(set(names) - set(AlertRule))
    if unknown or not names:
        raise BadInput(f"rules must be some of {', '.join(AlertRule)}, got {', '.join(unknown) or 'none'}")
    return frozenset(map(AlertRule, names))
