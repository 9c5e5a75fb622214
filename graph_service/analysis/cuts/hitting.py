"""Hitting sets: the least set that meets each of some sets, by size, then by elements; sets are bits of a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph_service.analysis.primitives.sweep import places

if TYPE_CHECKING:
    from collections.abc import Iterable


class OutOfSteps(Exception):
    """The steps allowed ended before all was searched."""


class Steps:
    """Steps that a search may take: a number, not a time, so that the same question has the same answer everywhere."""

    def __init__(self, allowed: int) -> None:
        self.allowed = allowed
        self.left = allowed

    def take(self, count: int) -> None:
        """Count some steps, each about as long as a look at one set or node. Raises OutOfSteps at their end."""
        self.left -= count
        if self.left < 0:
            raise OutOfSteps


def bits_of(elements: Iterable[int]) -> int:
    """Write a set as the bits of a number."""
    bits = 0
    for element in elements:
        bits |= 1 << element
    return bits


class HittingSets:
    """Sets to meet, which only ever grow in number, and sets that must not be held whole."""

    def __init__(self, count: int, steps: Steps) -> None:
        self.every = (1 << count) - 1
        self.steps = steps
        self.wanted: list[int] = []
        self.forbidden: list[int] = []
        self.size = 0

    def add(self, wanted: int) -> None:
        """Ask for one more set to be met."""
        if not any(other & wanted == other for other in self.wanted):
            self.wanted = [other for other in self.wanted if other & wanted != wanted]
            self.wanted.append(wanted)

    def forbid(self, held: int) -> None:
        """Leave out, from now on, what holds all of this set."""
        self.forbidden.append(held)

    def some(self) -> int:
        """Give a small set that meets all that it must, quickly: again and again what meets most of what is left."""
        chosen, left = 0, list(self.wanted)
        while left:
            counts: dict[int, int] = {}
            for wanted in left:
                for element in places(wanted):
                    counts[element] = counts.get(element, 0) + 1
            best = min(counts, key=lambda element: (-counts[element], element))
            chosen |= 1 << best
            left = [wanted for wanted in left if not wanted >> best & 1]
        return chosen

    def least(self) -> int | None:
        """Give the least set by size, then by elements; None if there is none. Raises OutOfSteps."""
        while not self._can(0, self.every, self.size):
            if not self._can(0, self.every, self.every.bit_count()):
                return None
            self.size += 1
        chosen, allowed = 0, self.every
        while any(not wanted & chosen for wanted in self.wanted):
            for element in places(allowed):
                allowed &= ~(1 << element)
                if self._can(chosen | 1 << element, allowed, self.size):
                    chosen |= 1 << element
                    break
        return chosen

    def _can(self, chosen: int, allowed: int, size: int) -> bool:
        """Tell whether what is chosen, with what is allowed, can be made a set of at most this size that is wanted."""
        self.steps.take(1 + len(self.wanted))
        if any(held & chosen == held for held in self.forbidden):
            return False
        left = sorted(
            [wanted & allowed for wanted in self.wanted if not wanted & chosen], key=lambda wanted: wanted.bit_count()
        )
        room = size - chosen.bit_count()
        if room < 0 or (left and (not left[0] or _apart(left, room))):
            return False
        if not left:
            return True
        for element in places(left[0]):
            allowed &= ~(1 << element)
            if self._can(chosen | 1 << element, allowed, size):
                return True
        return False


def _apart(sets: Iterable[int], most: int) -> bool:
    """Tell whether more than so many of the sets are found to share nothing, so that one element each is needed."""
    used = count = 0
    for one in sets:
        if not one & used:
            used |= one
            count += 1
            if count > most:
                return True
    return False
