"""Events: what listeners are told of each change, worked out once for all that watch the same."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from graph_service.analysis.standing import differences, standing
from graph_service.model.kinds import Kind
from graph_service.model.world import World

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Collection, Sequence
    from datetime import date

    from graph_service.analysis.standing import AlertRule, Standing
    from graph_service.api.changes import Changes, Moment
    from graph_service.network.network import SupplyNetwork
    from graph_service.network.networks import Networks


@dataclass(frozen=True, slots=True)
class GraphChange:
    """The facts have moved to another version; `changed` are the kinds of things that look different."""

    data_version: str
    changed: tuple[Kind, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class RiskAlert:
    """A rule tells of a target; `target` is its id."""

    target: str
    rule: AlertRule
    before: str | None
    after: str | None
    data_version: str
    at: datetime


class Watch:
    """What is at risk of the targets that anybody watches, each worked out once per network."""

    def __init__(self, networks: Networks) -> None:
        self._networks = networks
        self._network: SupplyNetwork | None = None
        self._known: dict[str, asyncio.Task[Standing]] = {}

    async def standing(self, day: date, target: str) -> Standing:
        """Tell what is at risk of a target now. Raises BadInput and NotFound for what is no target."""
        network = await self._networks.at(World(as_of=day))
        if network is not self._network:
            self._network, self._known = network, {}
        if target not in self._known:
            self._known[target] = asyncio.create_task(asyncio.to_thread(standing, network, target))
        return await asyncio.shield(self._known[target])


async def graph_changes(changes: Changes, seen: Moment, kinds: Collection[Kind]) -> AsyncGenerator[GraphChange]:
    """Tell of every change of these kinds that comes after the moment that was seen."""
    async with aclosing(changes.after(seen)) as moments:
        async for moment in moments:
            changed = tuple(kind for kind in _changed(seen, moment) if kind in kinds)
            seen = moment
            if changed:
                yield GraphChange(moment.state.version.version, changed, _at(moment))


async def risk_alerts(
    changes: Changes, watch: Watch, targets: Sequence[str], rules: Collection[AlertRule]
) -> AsyncGenerator[RiskAlert]:
    """Note how the targets stand, and give what tells of every difference that a rule looks for.

    Nothing is told while an import is not whole. Once it is, what differs is told; what came and went is not.
    Raises BadInput and NotFound for what is no target.
    """
    seen = await changes.now()
    before = {target: await watch.standing(seen.day, target) for target in targets}
    return _alerts(changes, watch, seen, before, rules)


async def _alerts(
    changes: Changes, watch: Watch, seen: Moment, before: dict[str, Standing], rules: Collection[AlertRule]
) -> AsyncGenerator[RiskAlert]:
    async with aclosing(changes.after(seen)) as moments:
        async for moment in moments:
            if moment.state.version.importing is not None:
                continue
            at = _at(moment) if moment.state != seen.state else datetime.now(tz=UTC)
            seen = moment
            for target, stood in before.items():
                stands = await watch.standing(moment.day, target)
                for each in differences(stood, stands, rules):
                    yield RiskAlert(target, each.rule, each.before, each.after, stands.data_version, at)
                before[target] = stands


def _changed(seen: Moment, moment: Moment) -> Sequence[Kind]:
    """Give the kinds that changed between two moments: all of them where the second is of another database."""
    before, now = seen.state, moment.state
    if now.number < before.number:
        return list(Kind)
    return [kind for kind in Kind if now.changed_at.get(kind, 0) > before.number]


def _at(moment: Moment) -> datetime:
    moved_at = moment.state.moved_at
    return datetime.now(tz=UTC) if moved_at is None else datetime.fromisoformat(moved_at)
