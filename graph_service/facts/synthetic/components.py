"""Synthetic components in tiers, from systems down to minerals."""

from __future__ import annotations

from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Final

from graph_service.facts.rows import Component
from graph_service.model.kinds import InputKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph_service.facts.synthetic.chance import Chance

TIERS: Final = (
    ("system", 2),
    ("board", 4),
    ("module", 8),
    ("chip", 16),
    ("part", 22),
    ("material", 22),
    ("chemical", 16),
    ("mineral", 10),
)
"""The noun of each tier, and how many of a hundred components are of it."""

KINDS: Final = (
    *[InputKind.CONSUMABLE] * 80,
    *[InputKind.CAPITAL] * 8,
    *[InputKind.SOFTWARE] * 4,
    *[InputKind.LICENCE] * 3,
    *[InputKind.SERVICE] * 3,
    *[InputKind.ASSEMBLY] * 2,
)
CONNECTED: Final = frozenset({InputKind.SOFTWARE, InputKind.LICENCE, InputKind.SERVICE})
"""Kinds of which some need a service outside."""


def components_by_tier(chance: Chance, component_count: int, source_count: int) -> Sequence[Sequence[Component]]:
    """Make so many components, a list for each tier; tiers of very small networks may be empty."""
    ends = [component_count * share // 100 for share in accumulate((share for _, share in TIERS), initial=0)]
    return [
        _tier(chance, noun, end - start, source_count)
        for (noun, _), (start, end) in zip(TIERS, pairwise(ends), strict=True)
    ]


def _tier(chance: Chance, noun: str, count: int, source_count: int) -> Sequence[Component]:
    tier: list[Component] = []
    for number in range(count):
        kind = InputKind.ASSEMBLY if noun == TIERS[0][0] and chance.happens(0.3) else chance.one(KINDS)
        base = tier[chance.hub(number)].id if number and chance.happens(0.03) else None
        tier.append(
            Component(
                id=f"component:{noun}-{number + 1:06}",
                name=f"{noun.capitalize()} {number + 1}",
                category=noun,
                input_kind=kind,
                needs_external_service=chance.known(kind in CONNECTED and chance.happens(0.5), 0.8),
                offers_complete=chance.one((True, True, False, None, None, None)),
                variant_of=base,
                sources=chance.cited(source_count),
            )
        )
    return tier
