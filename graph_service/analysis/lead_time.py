"""Critical lead time: the longest chain of best lead times (docs/semantics.md 15; Knuth 1977)."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph_service.network.condensation import Condensation
    from graph_service.network.needs import Need


@dataclass(frozen=True, slots=True)
class LeadTimes:
    """Critical lead times of nodes in weeks, and where each comes from.

    Node numbers are the caller's: those of a network, or of a part of one. `own` is each node's own least
    lead time, 0 where none is known. `weeks` is shared by the members of a group that need one another.
    """

    needs_of: Sequence[Sequence[Need]]
    condensation: Condensation
    own: Sequence[float]
    weeks: Sequence[float]

    def chain(self, start: int) -> list[int]:
        """Give the nodes whose own lead times, with the switches between them, add up to those of `start`.

        A cycle shows all its members: the one it is entered by first, the one it is left by last.
        Where several chains attain the figure, the one of the least numbers.
        """
        group_of, groups = self.condensation.group_of, self.condensation.groups
        chain: list[int] = []
        entered: int | None = start
        while entered is not None:
            group = group_of[entered]
            longest, left_by, following = 0.0, entered, None
            for member in groups[group]:
                for need in self.needs_of[member]:
                    weeks, node = slowest_needed(need, self.weeks, group_of, group)
                    if weeks > longest or (weeks == longest and following is not None and node < following):
                        longest, left_by, following = weeks, member, node
            inner = [member for member in groups[group] if member not in {entered, left_by}]
            chain += [entered, *inner] if left_by == entered else [entered, *inner, left_by]
            entered = following
        return chain


def lead_times(
    needs_of: Sequence[Sequence[Need]],
    condensation: Condensation,
    groups: Sequence[Sequence[int]],
    own: Sequence[float],
) -> LeadTimes:
    """Add up lead times from the inputs to what needs them; linear in edges, but for sorting where k > 1.

    `groups` are those of the condensation that are asked for, inputs first, closed under needs.
    """
    group_of, cyclic = condensation.group_of, condensation.cyclic
    weeks = [0.0] * len(own)
    for members in groups:
        node = members[0]
        group = group_of[node]
        if cyclic[group]:
            outside = [
                slowest_needed(need, weeks, group_of, group)[0] for member in members for need in needs_of[member]
            ]
            shared = fsum([own[member] for member in members]) + max(outside, default=0.0)
            for member in members:
                weeks[member] = shared
            continue
        longest = 0.0
        for k, alternatives, switch, _ in needs_of[node]:
            if len(alternatives) == 1:
                value = weeks[alternatives[0]] + switch[0]
            else:
                values = [weeks[wanted] + more for wanted, more in zip(alternatives, switch, strict=True)]
                value = min(values) if k == 1 else sorted(values)[k - 1]
            longest = max(longest, value)
        weeks[node] = own[node] + longest
    return LeadTimes(needs_of=needs_of, condensation=condensation, own=own, weeks=weeks)


def slowest_needed(need: Need, weeks: Sequence[float], group_of: Sequence[int], group: int) -> tuple[float, int]:
    """Give the k-th smallest of (lead time + switch time) with the node that has it; within the group all count 0."""
    values = [
        (0.0 if group_of[node] == group else weeks[node] + more, node)
        for node, more in zip(need.alternatives, need.switch_weeks, strict=True)
    ]
    return sorted(values)[need.k - 1]
