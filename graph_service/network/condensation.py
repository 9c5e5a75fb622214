"""Condensation: which nodes need one another, and in which order the rest stands (Tarjan 1972)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Condensation:
    """Strongly connected components, inputs before what needs them.

    `group_of` gives the place in `groups` of each node, -1 for nodes that were not reached; members are
    sorted. A group is `cyclic` where its members need one another, or its one member itself. By `rank`, nodes
    stand behind what they need, as far as cycles allow.
    """

    groups: Sequence[Sequence[int]]
    group_of: Sequence[int]
    cyclic: Sequence[bool]
    rank: Sequence[int]


def condensed(roots: Iterable[int], inputs_of: Sequence[Sequence[int]]) -> Condensation:
    """Condense what is reached from `roots`; linear in edges, without recursion."""
    unseen, done = 0, len(inputs_of) + 1
    low = [unseen] * len(inputs_of)
    group_of = [-1] * len(inputs_of)
    rank = [0] * len(inputs_of)
    left = 0
    groups: list[list[int]] = []
    cyclic: list[bool] = []
    open_nodes: list[int] = []
    counter = 0
    for root in roots:
        if low[root] != unseen:
            continue
        counter += 1
        low[root] = counter
        open_nodes.append(root)
        trail = [(root, counter, iter(inputs_of[root]))]
        while trail:
            node, number, inputs = trail[-1]
            for wanted in inputs:
                if low[wanted] == unseen:
                    counter += 1
                    low[wanted] = counter
                    open_nodes.append(wanted)
                    trail.append((wanted, counter, iter(inputs_of[wanted])))
                    break
                low[node] = min(low[node], low[wanted])
            else:
                trail.pop()
                rank[node] = left
                left += 1
                if low[node] != number:
                    above = trail[-1][0]
                    low[above] = min(low[above], low[node])
                    continue
                start = len(open_nodes) - 1
                while open_nodes[start] != node:
                    start -= 1
                members = sorted(open_nodes[start:])
                del open_nodes[start:]
                for member in members:
                    low[member] = done
                    group_of[member] = len(groups)
                groups.append(members)
                cyclic.append(len(members) > 1 or node in inputs_of[node])
    return Condensation(groups=groups, group_of=group_of, cyclic=cyclic, rank=rank)
