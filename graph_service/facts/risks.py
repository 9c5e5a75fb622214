"""Risks of a write: the single points of failure that appear or go with it, worked out before anything is written."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from graph_service.analysis.single_points import single_points_of_failure
from graph_service.facts.columns import key
from graph_service.facts.overlay import overlaid
from graph_service.facts.rows import Company, Component, Deployment, Nation, Offer, Requirement, Row
from graph_service.model.world import World, today
from graph_service.network.load import network_from, read_columns
from graph_service.network.mask import masked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph_service.facts.compare import Changes
    from graph_service.model.kinds import Level
    from graph_service.network.load import RecordColumns
    from graph_service.network.network import SupplyNetwork
    from graph_service.store.store import Store


DECISIVE: Final[tuple[type[Row], ...]] = (Component, Deployment, Offer, Requirement)
"""The records that decide which single companies and nations can stop what; no others do."""


@dataclass(frozen=True, slots=True, order=True)
class Point:
    """An element that alone fails a deployment."""

    entity: str
    target: str
    level: Level


@dataclass(frozen=True, slots=True)
class Risks:
    """Single points of failure of deployments that a write adds and takes away, sorted.

    An element that stops one more deployment is added, even if it could stop another one before. `unrecorded` holds
    the rows of those that only the write would record.
    """

    added: tuple[Point, ...] = ()
    removed: tuple[Point, ...] = ()
    unrecorded: Mapping[str, Row] = field(default_factory=dict[str, "Row"])


async def risks_of(store: Store, changes: Changes) -> Risks:
    """Compare the single points of all deployments, by COMPANY and NATION, in the world of today: without and with.

    A deployment that only one of the two worlds holds has no single points in the other (docs/semantics.md 37).
    Raises StoreUnavailable when the data version does not stand still.
    """
    if not any(changes.created.get(kind) or changes.updated.get(kind) for kind in DECISIVE):
        return Risks()
    record = await read_columns(store)
    return await asyncio.to_thread(_risks, record, changes)


def _risks(record: RecordColumns, changes: Changes) -> Risks:
    before = _points(network_from(record))
    after = _points(network_from(overlaid(record, changes)))
    added, removed = after - before, before - after
    named = {point.entity for point in added}
    new = {key(one.row)[0]: one.row for kind in (Company, Nation) for one in changes.created.get(kind, ())}
    unrecorded = {name: row for name, row in new.items() if name in named}
    return Risks(tuple(sorted(added)), tuple(sorted(removed)), unrecorded)


def _points(record: SupplyNetwork) -> set[Point]:
    network = masked(record, World(as_of=today()))
    count = network.nodes.component_count
    return {
        Point(point.entity, target, point.level)
        for node, target in enumerate(network.nodes.id[count:], start=count)
        if network.present[node]
        for point in single_points_of_failure(network, target).points
    }
