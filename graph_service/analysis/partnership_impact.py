"""Partnership impact: what a partnership changes for the targets that it reaches (docs/semantics.md 32)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import fsum
from typing import TYPE_CHECKING, Final

from graph_service.analysis.concentration import index_of
from graph_service.analysis.cuts.element_formula import needs_formula
from graph_service.analysis.partnerships.coverage import (
    covered_by,
    covered_shares,
    mean_covered,
    mean_covered_if,
    shares_unknown,
)
from graph_service.analysis.partnerships.enabled import Enabled, enabled_by
from graph_service.analysis.partnerships.reliability_gained import Gained, TwoWorlds, reliability_gained
from graph_service.analysis.partnerships.risk_removed import removed
from graph_service.analysis.primitives.closure import closure, unknown_in
from graph_service.analysis.primitives.elements import elements_behind
from graph_service.analysis.primitives.meta import AnalysisMeta, Stopwatch
from graph_service.analysis.primitives.nations import nations_of_parties
from graph_service.analysis.primitives.target import target_number
from graph_service.analysis.solutions.program import Budget
from graph_service.errors import BadInput
from graph_service.model.kinds import Exactness, Level

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from graph_service.analysis.cuts.difference import Difference
    from graph_service.network.network import SupplyNetwork

TARGETS_MAX: Final = 1_000
"""Targets that one question may name."""

NODES_MAX: Final = 1 << 14
"""Nodes of a decision diagram; beyond, the reliability of a target is sampled: many targets are waited for."""

BUDGET_SECONDS: Final = 10.0
"""How long the reliability of targets is sampled before the rest is left out."""

ROUNDING: Final = 1e-9
"""Changes of an index or of coverage below this are none."""


@dataclass(frozen=True, slots=True)
class PartnershipImpact:
    """What the world has that it would not have without the offers that only this partnership enables; ids, sorted.

    Points and sets are those of companies and of nations; the deltas are means over the targets. A delta is None
    where no target has that figure in both worlds.
    """

    partnership: str
    single_points_removed: tuple[str, ...]
    cut_sets_removed: int
    reliability_delta: float | None
    hhi_delta: float | None
    coverage_delta: float | None
    affected_targets: tuple[str, ...]
    meta: AnalysisMeta


def partnership_impact(
    network: SupplyNetwork,
    partnership: str,
    targets: Sequence[str] | None = None,
    *,
    nodes_max: int = NODES_MAX,
    budget_seconds: float = BUDGET_SECONDS,
) -> PartnershipImpact:
    """Compare the world with the world without the offers that only this partnership enables (docs/semantics.md 32).

    `targets` None are all deployments of the world. A target behind which none of these offers stands is not looked
    at: nothing changes for it. Removing an offer takes it out of the record, so a component left without any is
    unknown, not failed. Reliability is exact unless its diagram gets too large; then it is sampled, in both worlds
    with the same failures, and the answer says so; and over how many targets its mean is, if the budget ended before.
    Raises as `enabled_by` and `target_number` do.
    """
    stopwatch = Stopwatch()
    if targets is not None and len(targets) > TARGETS_MAX:
        raise BadInput(f"targets must be at most {TARGETS_MAX:,}, got {len(targets):,}")
    enabled = enabled_by(network, partnership)
    starts = _starts(network, targets)
    home = nations_of_parties(network, enabled.parties)
    touched = _behind_which(network, enabled.left_of)
    figures = _Figures(network, enabled, home, nodes_max, Budget(budget_seconds))
    changes = figures.of([start for start in starts if touched[start]])
    counted = _counted(network, starts, touched)
    unknown = {node for start in starts if touched[start] for node in closure(network, start).nodes}
    cuts = [one.sampled for one in changes if one.sampled][:1]
    if left_out := sum([one.left_out for one in changes]):
        cuts.append(
            f"reliabilityDelta is the mean over {len(starts) - left_out:,} of {len(starts):,} targets: "
            f"the time of {budget_seconds:g} s ended"
        )
    return PartnershipImpact(
        partnership=partnership,
        single_points_removed=tuple(sorted({point for one in changes for point in one.points})),
        cut_sets_removed=len({cut for one in changes for cut in one.cuts}),
        reliability_delta=_mean([one.reliability for one in changes], counted.without_change_reliable),
        hhi_delta=_mean([one.hhi for one in changes], counted.without_change_indexed),
        coverage_delta=_mean([one.coverage for one in changes], counted.without_change) if home else None,
        affected_targets=tuple(sorted([network.nodes.id[one.target] for one in changes if one.is_any])),
        meta=stopwatch.meta(
            network,
            semantics="the world against the world without what only this partnership enables (docs/semantics.md 32)",
            algorithm="sweeps of sets of bits over what changes; decision diagrams of where the two worlds differ",
            exactness=_exactness(network, enabled, sampled=bool(cuts)),
            partial_because="; ".join(cuts) or None,
            unknown=unknown_in(network, unknown),
        ),
    )


def _starts(network: SupplyNetwork, targets: Sequence[str] | None) -> Sequence[int]:
    if targets is not None:
        return list(dict.fromkeys([target_number(network, target) for target in targets]))
    count = network.nodes.component_count
    return [node for node in range(count, len(network.nodes.id)) if network.present[node]]


def _behind_which(network: SupplyNetwork, nodes: Iterable[int]) -> bytearray:
    """Mark these nodes and all that need them, directly or through others; linear."""
    marked = bytearray(len(network.nodes.id))
    order = list(nodes)
    for node in order:
        marked[node] = 1
    for node in order:  # grows while it is walked
        for requirement in network.users_of[node]:
            user = network.requirements.of[requirement]
            if not marked[user]:
                marked[user] = 1
                order.append(user)
    return marked


@dataclass(frozen=True, slots=True)
class _Counted:
    """How many targets have a figure that stays as it is."""

    without_change: int
    without_change_reliable: int
    without_change_indexed: int


def _counted(network: SupplyNetwork, starts: Sequence[int], touched: Sequence[int]) -> _Counted:
    others = [start for start in starts if not touched[start]]
    has_index = _behind_which(network, sorted(_indexed(network))) if others else b""
    return _Counted(
        without_change=len(others),
        without_change_reliable=sum([not network.unknown[start] for start in others]),
        without_change_indexed=sum([has_index[start] for start in others]),
    )


def _indexed(network: SupplyNetwork) -> Collection[int]:
    """Give the components of which some share is known."""
    offers = network.offers
    return {node for node, share in zip(offers.component, offers.share_pct, strict=True) if share is not None}


@dataclass(frozen=True, slots=True)
class _Change:
    """What changes for one target; `sampled` says why its reliability is an estimate, if it is.

    `left_out` tells that its reliability was not asked for, since the budget had ended.
    """

    target: int
    points: Collection[str]
    cuts: Collection[frozenset[str]]
    reliability: float | None
    hhi: float | None
    coverage: float
    sampled: str | None
    left_out: bool

    @property
    def is_any(self) -> bool:
        """Tell whether anything changes; a reliability that only one world has, or that was left out, counts."""
        deltas = [self.hhi or 0.0, self.coverage]
        return bool(self.points or self.cuts or self.reliability != 0 or any(abs(one) > ROUNDING for one in deltas))


class _Figures:
    """All figures of one partnership: of all targets at once, as far as they share what stands behind them."""

    def __init__(
        self, network: SupplyNetwork, enabled: Enabled, home: frozenset[int], nodes_max: int, budget: Budget
    ) -> None:
        self.network = network
        self.budget = budget
        self.worlds = TwoWorlds(network, enabled.left_of)
        self.nodes_max = nodes_max
        self.covered = covered_shares(network, home)
        self.covered_without = {
            node: covered_by(network, left, home) if left else None for node, left in enabled.left_of.items()
        }
        self.indexed = _indexed(network)
        self.hhi = {
            node: (index_of(network, network.offers_of[node], Level.NATION), index_of(network, left, Level.NATION))
            for node, left in enabled.left_of.items()
        }

    def of(self, targets: Sequence[int]) -> Sequence[_Change]:
        """Compare the two worlds for each target; once for deployments that need the same."""
        alike: dict[object, list[int]] = {}
        for target in targets:
            is_component = target < self.network.nodes.component_count
            needed = sorted([(need.k, need.alternatives) for need in self.network.needs_of[target]])
            alike.setdefault(target if is_component else tuple(needed), []).append(target)
        compared = self._compared([same[0] for same in alike.values()])
        changes = {
            target: replace(change, target=target)
            for same, change in zip(alike.values(), compared, strict=True)
            for target in same
        }
        return [changes[target] for target in targets]

    def _compared(self, targets: Sequence[int]) -> Sequence[_Change]:
        """Compare the two worlds for targets that need different things."""
        if not targets:
            return ()
        network, needs = self.network, needs_formula(self.network, *targets)
        points: list[set[str]] = [set() for _ in targets]
        cuts: list[set[frozenset[str]]] = [set() for _ in targets]
        gained = Gained((), frozenset())
        for level in (Level.NATION, Level.COMPANY):
            elements = elements_behind(network, targets[0], level, needs.nodes)
            formulas = self.worlds.formulas(needs, elements)
            found = removed(*formulas, len(targets))
            for number, one in enumerate(found):
                points[number] |= {elements.ids[point] for point in one.points}
                cuts[number] |= {frozenset([elements.ids[element] for element in cut]) for cut in one.cuts}
            if level is Level.COMPANY:
                certain = [one.certain for one in found]
                gained = reliability_gained(
                    self.worlds, targets, elements, formulas, certain, self.nodes_max, self.budget
                )
        return [
            self._change(target, points[number], cuts[number], gained.of_target[number], number in gained.left_out)
            for number, target in enumerate(targets)
        ]

    def _change(
        self,
        target: int,
        points: Collection[str],
        cuts: Collection[frozenset[str]],
        reliable: Difference | None,
        left_out: bool,
    ) -> _Change:
        network, nodes = self.network, closure(self.network, target).nodes
        return _Change(
            target=target,
            points=points,
            cuts=cuts,
            reliability=None if reliable is None else reliable.value,
            hhi=self._hhi(nodes),
            coverage=mean_covered(network, nodes, self.covered)
            - mean_covered_if(network, nodes, self.covered, self.covered_without),
            sampled=None if reliable is None else _why_estimated(network.nodes.id[target], reliable),
            left_out=left_out,
        )

    def _hhi(self, nodes: Sequence[int]) -> float | None:
        """Give the mean change over the components that have an index in both worlds, the target included."""
        changes: list[float] = []
        for node in nodes:
            if node in self.hhi:
                now, before = self.hhi[node]
                if now is not None and before is not None:
                    changes.append(now - before)
            elif node in self.indexed:
                changes.append(0.0)
        return fsum(changes) / len(changes) if changes else None


def _why_estimated(target: str, reliable: Difference) -> str | None:
    if reliable.standard_error is None:
        return None
    return (
        f"reliabilityDelta is estimated: for {target} from {reliable.samples:,} samples, "
        f"with a standard error of {reliable.standard_error:.1g}"
    )


def _mean(changes: Sequence[float | None], unchanged: int) -> float | None:
    """Average over targets, some of which are known not to change; None without any that has the figure."""
    known = [change for change in changes if change is not None]
    return fsum(known) / (len(known) + unchanged) if known or unchanged else None


def _exactness(network: SupplyNetwork, enabled: Enabled, *, sampled: bool) -> Exactness:
    """Say HEURISTIC where reliability is sampled or coverage rests on shares that nobody knows."""
    estimated = any(shares_unknown(network, node) for node in enabled.left_of)
    return Exactness.HEURISTIC if sampled or estimated else Exactness.EXACT
