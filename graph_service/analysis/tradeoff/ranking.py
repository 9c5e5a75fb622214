"""Ranking: options by weighted criteria, which ones dominate, and at which weights the first rank changes."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Values = Mapping[str, Sequence[Fraction]]
    """By option, what it has of each criterion; more is better."""


@dataclass(frozen=True, slots=True)
class Switch:
    """The weight of one criterion, by its place, below which `before` is best and above which `after` is."""

    criterion: int
    weight: Fraction
    before: str
    after: str


def scaled(values: Values) -> Values:
    """Scale each criterion to 0 for the worst option and 1 for the best; 1 for all where they are alike."""
    columns: list[list[Fraction]] = []
    for column in zip(*values.values(), strict=True):
        least, span = min(column), max(column) - min(column)
        columns.append([(value - least) / span if span else Fraction(1) for value in column])
    return {name: row for name, *row in zip(values, *columns, strict=True)}


def dominators(values: Values) -> Mapping[str, tuple[str, ...]]:
    """Name, for each option, those that are nowhere worse and somewhere better, sorted."""
    return {
        name: tuple(sorted([other for other, theirs in values.items() if theirs != ours and _no_worse(theirs, ours)]))
        for name, ours in values.items()
    }


def _no_worse(theirs: Sequence[Fraction], ours: Sequence[Fraction]) -> bool:
    return all(their >= our for their, our in zip(theirs, ours, strict=True))


def score(values: Sequence[Fraction], weights: Sequence[Fraction]) -> Fraction:
    """Add up what an option has of each criterion, weighted."""
    return sum((value * weight for value, weight in zip(values, weights, strict=True)), Fraction())


def switches(values: Values, weights: Sequence[Fraction]) -> list[Switch]:
    """Find where the first rank changes as one weight goes from 0 to 1 and the others keep their proportions.

    Scores are lines in that weight, so the first rank is their upper envelope; equal options count as the one of the
    least id. A criterion that has all the weight has no others to keep, so its weight does not vary.
    """
    found: list[Switch] = []
    for criterion, weight in enumerate(weights):
        if weight < 1:
            found += _along(values, weights, criterion)
    return found


def _along(values: Values, weights: Sequence[Fraction], criterion: int) -> list[Switch]:
    rest = 1 - weights[criterion]
    lines: dict[str, tuple[Fraction, Fraction]] = {}
    for name, ours in values.items():
        others = (score(ours, weights) - ours[criterion] * weights[criterion]) / rest
        lines[name] = (others, ours[criterion] - others)
    # just above weight 0 the greatest height is best, of equal ones the one that rises most
    best = min(lines, key=lambda name: (-lines[name][0], -lines[name][1], name), default=None)
    found: list[Switch] = []
    while best is not None:
        crossing = _next_crossing(lines, best)
        if crossing is not None:
            found.append(Switch(criterion, crossing[0], best, crossing[1]))
        best = crossing and crossing[1]
    return found


def _next_crossing(lines: Mapping[str, tuple[Fraction, Fraction]], best: str) -> tuple[Fraction, str] | None:
    """Give the least weight below 1 at which a steeper line crosses that of the best option, and whose it is."""
    height, slope = lines[best]
    crossings = [
        ((height - other) / (steeper - slope), -steeper, name)
        for name, (other, steeper) in lines.items()
        if steeper > slope
    ]
    weight, _, name = min(crossings, default=(Fraction(1), Fraction(), ""))
    return (weight, name) if weight < 1 else None
