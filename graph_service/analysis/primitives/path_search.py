"""The shortest simple paths between two entities, one after the other: shortest first, then by numbers.

All paths but those found are split into subsets, each of the paths that begin with one prefix and do not go on to
certain entities (Lawler 1972, after Yen 1971). A subset waits under a bound that none of its paths beats; when its
turn comes, it is searched up to that length only, and waits under the next one if it has no path so short. The least
path of a subset is the first that a walk in breadth finds which looks at neighbours in the order of their numbers.
Distances to the goal, measured once without regard to prefixes, keep the walk off everything that leads away.
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

Path = tuple[int, ...]


class OutOfTime(Exception):
    """The time for a search is over."""


@dataclass(frozen=True, slots=True)
class Hops:
    """From each entity to its neighbours: those of entity `n` stand in `head[first[n] : first[n + 1]]`, sorted.

    `row` gives the best evidence of each hop.
    """

    first: Numbers
    head: Numbers
    row: Numbers

    def behind(self, entities: Numbers) -> Numbers:
        """Give all neighbours of these entities."""
        starts, ends = self.first[entities], self.first[entities + 1]
        lengths = ends - starts
        shift = starts - (np.cumsum(lengths) - lengths)
        return self.head[np.arange(int(lengths.sum())) + np.repeat(shift, lengths)]

    def neighbours(self, entity: int) -> list[int]:
        """Give the neighbours of one entity, sorted."""
        return self.head[self.first[entity] : self.first[entity + 1]].tolist()

    def row_of(self, tail: int, head: int) -> int:
        """Give the best evidence of a hop that there is."""
        start, end = self.first[tail], self.first[tail + 1]
        return int(self.row[start + np.searchsorted(self.head[start:end], head)])


def hops_of(entity_count: int, tail: Numbers, head: Numbers, row: Numbers) -> Hops:
    """Make hops of rows that are sorted by tail, then head, then best first: the first of each pair counts."""
    counts = np.ones(len(tail), dtype=np.bool_)
    counts[1:] = (tail[1:] != tail[:-1]) | (head[1:] != head[:-1])
    kept = tail[counts]
    first = np.searchsorted(kept, np.arange(entity_count + 1))
    return Hops(first, head[counts], row[counts])


UNREACHED = -1


def distances_to(goal: int, back: Hops) -> Numbers:
    """Measure how many hops each entity is from the goal; `back` are the hops turned round."""
    distance = np.full(len(back.first) - 1, UNREACHED, dtype=np.int64)
    frontier, far = np.array([goal], dtype=np.int64), 0
    while len(frontier):
        distance[frontier] = far
        reached = back.behind(frontier)
        frontier = np.unique(reached[distance[reached] == UNREACHED])
        far += 1
    return distance


def shortest_paths(hops: Hops, back: Hops, start: int, goal: int, seconds: float) -> Iterator[Path]:
    """Find the simple paths from start to goal, in order, one at a time.

    Raises OutOfTime when a path takes longer than until `seconds` after the first was asked for.
    """
    search = _Search(hops, distances_to(goal, back), goal, perf_counter() + seconds)
    turn = 0
    waiting: list[tuple[int, bool, Path, int, frozenset[int]]] = []
    if search.distance(start) != UNREACHED:
        waiting = [(search.distance(start), False, (start,), turn, frozenset())]
    fixed: dict[Path, tuple[int, frozenset[int]]] = {}
    while waiting:
        bound, is_path, path, _, banned = heappop(waiting)
        if not is_path:
            turn += 1
            found = search.least(path, banned, bound)
            if isinstance(found, int):
                heappush(waiting, (found, False, path, turn, banned))
            elif found is not None:
                fixed[found] = (len(path), banned)
                heappush(waiting, (bound, True, found, turn, frozenset()))
            continue
        yield path
        prefix_length, banned = fixed.pop(path)
        for place in range(prefix_length, len(path)):
            turn += 1
            left_out = banned.union(path[place : place + 1]) if place == prefix_length else frozenset([path[place]])
            waiting.append((bound, False, path[:place], turn, left_out))
        heapify(waiting)


class _Search:
    """Searches of subsets for one goal."""

    def __init__(self, hops: Hops, distance: Numbers, goal: int, ends: float) -> None:
        self._hops = hops
        self._distance: list[int] = distance.tolist()
        self._goal = goal
        self._ends = ends
        self._neighbours: dict[int, Sequence[int]] = {}

    def distance(self, entity: int) -> int:
        """Tell how far an entity is from the goal."""
        return self._distance[entity]

    def least(self, prefix: Path, banned: Collection[int], bound: int) -> Path | int | None:
        """Find the least path of `bound` hops that begins with `prefix` and goes on to none of `banned`.

        Gives the next bound to try where there is none so short, None where there is none at all.
        """
        last = prefix[-1]
        before: dict[int, int] = dict.fromkeys(prefix, last)
        frontier, length = [last], len(prefix) - 1
        next_bound: int | None = None
        while frontier:
            length += 1
            further: list[int] = []
            for entity in frontier:
                if perf_counter() > self._ends:
                    raise OutOfTime
                for head in self._towards(entity):
                    if head in before or (entity == last and head in banned):
                        continue
                    at_least = length + self._distance[head]
                    if at_least > bound:
                        next_bound = at_least if next_bound is None else min(at_least, next_bound)
                        continue
                    before[head] = entity
                    if head == self._goal:
                        return prefix + self._walked(before, last)
                    further.append(head)
            frontier = further
        return next_bound

    def _towards(self, entity: int) -> Sequence[int]:
        """Give the neighbours from which the goal can be reached, sorted."""
        known = self._neighbours.get(entity)
        if known is None:
            known = [head for head in self._hops.neighbours(entity) if self._distance[head] != UNREACHED]
            self._neighbours[entity] = known
        return known

    def _walked(self, before: dict[int, int], last: int) -> Path:
        walked = [self._goal]
        while before[walked[-1]] != last:
            walked.append(before[walked[-1]])
        return tuple(reversed(walked))
