"""Chains: how a failure comes to a node, told as the shortest way (docs/semantics.md 23)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


def chain(start: int, begins: Callable[[int], bool], follows_from: Callable[[int], Iterable[int]]) -> Sequence[int]:
    """Give the nodes from the nearest one where it begins to `start`, each required by the next.

    `begins` tells whether a node fails, or loses, by itself; `follows_from` gives the inputs that its failure
    follows from. Of ways of one length the first found. Empty if there is none.
    """
    came_from: dict[int, int | None] = {start: None}
    for node in (order := [start]):  # grows while it is walked
        if begins(node):
            way: list[int] = []
            at: int | None = node
            while at is not None:
                way.append(at)
                at = came_from[at]
            return way
        for wanted in follows_from(node):
            if wanted not in came_from:
                came_from[wanted] = node
                order.append(wanted)
    return []


def told(ids: Sequence[str], way: Sequence[int], entity: str) -> tuple[str, ...]:
    """Put the failed thing in front of a chain, once: it may be the first component itself."""
    names = [ids[node] for node in way]
    return tuple(names) if names[:1] == [entity] else (entity, *names)
