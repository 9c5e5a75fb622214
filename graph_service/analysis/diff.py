"""Diff: what changed between two dates, and which single points of failure appeared or went (docs/semantics.md 37)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph_service.analysis.changes import Change, changes_between
from graph_service.analysis.primitives.target import target_number
from graph_service.analysis.single_points import single_points_of_failure

if TYPE_CHECKING:
    from graph_service.network.network import SupplyNetwork


@dataclass(frozen=True, slots=True)
class Diff:
    """All changes, how many they are, and the companies and nations that alone stop the target in one world only."""

    changes: tuple[Change, ...]
    total_count: int
    single_points_added: tuple[str, ...]
    single_points_removed: tuple[str, ...]


def diff(record: SupplyNetwork, before: SupplyNetwork, after: SupplyNetwork, target: str | None = None) -> Diff:
    """Compare two masked networks of one record; the first may be the later one, which turns every change round.

    Without a target there are no single points; a target that one world does not hold has none there. Raises BadInput
    and NotFound as `target_number` does, and NotInWorld where neither world holds the target.
    """
    assert before.world is not None
    assert after.world is not None
    held, holds = (set[str](), set[str]()) if target is None else _points(record, before, after, target)
    changes = changes_between(record, before.world, after.world)
    return Diff(
        changes=changes,
        total_count=len(changes),
        single_points_added=tuple(sorted(holds - held)),
        single_points_removed=tuple(sorted(held - holds)),
    )


def _points(
    record: SupplyNetwork, before: SupplyNetwork, after: SupplyNetwork, target: str
) -> tuple[set[str], set[str]]:
    node = target_number(record, target)
    if not before.present[node]:
        target_number(after, target)
    return _points_in(before, node), _points_in(after, node)


def _points_in(network: SupplyNetwork, node: int) -> set[str]:
    if not network.present[node]:
        return set()
    return {point.entity for point in single_points_of_failure(network, network.nodes.id[node]).points}
