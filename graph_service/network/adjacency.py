"""Adjacency: for each number of one kind those of another that belong to it, as arrays, for walking many at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.intp]
    Marks = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Adjacency:
    """What belongs to number n stands in `items` from `start[n]` up to `start[n + 1]`."""

    start: Numbers
    items: Numbers

    def of(self, numbers: Numbers) -> Numbers:
        """Give what belongs to these numbers, one after another."""
        return self.items[self.places(numbers)]

    def places(self, numbers: Numbers) -> Numbers:
        """Give where in `items` that stands."""
        first = self.start[numbers]
        counts = self.start[numbers + 1] - first
        ends = np.cumsum(counts)
        total = int(ends[-1]) if len(ends) else 0
        return np.repeat(first - (ends - counts), counts) + np.arange(total)

    def counted(self, marks: Marks) -> Numbers:
        """Count, for every number, what belongs to it and is marked."""
        before = np.zeros(len(self.items) + 1, dtype=np.intp)
        np.cumsum(marks[self.items], out=before[1:])
        return before[self.start[1:]] - before[self.start[:-1]]


def adjacency(count: int, owner: Numbers) -> Adjacency:
    """Say, for each of `count` owners, which places of `owner` name it, in their order."""
    start = np.zeros(count + 1, dtype=np.intp)
    np.cumsum(np.bincount(owner, minlength=count), out=start[1:])
    return Adjacency(start, np.argsort(owner, kind="stable"))


def distinct(numbers: Numbers, scratch: Numbers) -> Numbers:
    """Give each number once, in the order in which they first appear; `scratch` has a place for each, of any value."""
    last = np.arange(len(numbers))
    scratch[numbers[::-1]] = last[::-1]
    return numbers[scratch[numbers] == last]
