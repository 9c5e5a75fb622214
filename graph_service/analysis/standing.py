"""Standing risks: what a dashboard watches of one target, and how two states of it differ."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from graph_service.analysis.concentration import concentration
from graph_service.analysis.primitives.closure import closure
from graph_service.analysis.primitives.target import target_number
from graph_service.analysis.single_points import single_points_of_failure
from graph_service.errors import NotInWorld
from graph_service.model.kinds import Level

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from graph_service.model.kinds import Band
    from graph_service.network.network import SupplyNetwork


class AlertRule(StrEnum):
    """What may be watched."""

    SINGLE_POINT_ADDED = "SINGLE_POINT_ADDED"
    SINGLE_POINT_REMOVED = "SINGLE_POINT_REMOVED"
    HHI_BAND_CHANGED = "HHI_BAND_CHANGED"


@dataclass(frozen=True, slots=True)
class Standing:
    """The single points of failure of a target by COMPANY and NATION, and the bands of concentration behind it.

    `band_by_component` holds those components of closure and target that have an index by NATION.
    """

    data_version: str
    points: frozenset[str]
    band_by_component: Mapping[str, Band]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that a rule tells of: how it stood before and stands now; None where there was or is nothing."""

    rule: AlertRule
    before: str | None
    after: str | None


def standing(network: SupplyNetwork, target: str) -> Standing:
    """Tell what is at risk of a component or deployment; a deployment outside the world has nothing to lose.

    Raises BadInput and NotFound as `target_number` does.
    """
    try:
        start = target_number(network, target)
    except NotInWorld:
        return Standing(network.data_version, frozenset(), {})
    points = single_points_of_failure(network, target).points
    bands: dict[str, Band] = {}
    for node in closure(network, start).nodes:
        if node < network.nodes.component_count and network.offers_of[node]:
            band = concentration(network, network.nodes.id[node], Level.NATION).band
            if band is not None:
                bands[network.nodes.id[node]] = band
    return Standing(network.data_version, frozenset(point.entity for point in points), bands)


def differences(before: Standing, after: Standing, rules: Collection[AlertRule]) -> Iterator[Difference]:
    """Give what differs, rule by rule, then by id."""
    if AlertRule.SINGLE_POINT_ADDED in rules:
        for entity in sorted(after.points - before.points):
            yield Difference(AlertRule.SINGLE_POINT_ADDED, None, entity)
    if AlertRule.SINGLE_POINT_REMOVED in rules:
        for entity in sorted(before.points - after.points):
            yield Difference(AlertRule.SINGLE_POINT_REMOVED, entity, None)
    if AlertRule.HHI_BAND_CHANGED in rules:
        old, new = before.band_by_component, after.band_by_component
        for component in sorted(old.keys() | new.keys()):
            if old.get(component) != new.get(component):
                yield Difference(AlertRule.HHI_BAND_CHANGED, _band(component, old), _band(component, new))


def _band(component: str, bands: Mapping[str, Band]) -> str | None:
    return f"{component} {bands[component]}" if component in bands else None
