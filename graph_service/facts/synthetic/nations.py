"""Synthetic nations, the blocs they belong to, and where either is stated."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice, product
from string import ascii_uppercase
from typing import TYPE_CHECKING, Final

from graph_service.facts.rows import Bloc, Membership, Nation, Source
from graph_service.facts.synthetic.chance import source_id
from graph_service.model.kinds import GdprTransfer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph_service.facts.synthetic.chance import Chance

NATIONS_MAX: Final = 60
REGIONS: Final = ("North", "East", "South", "West")
TAKEN: Final = frozenset({"OA", "OM", "QA", "XK"})
"""Codes among those used here that ISO 3166-1 or custom gives to somebody."""

BLOC_NATIONS: Final = ((0, 3), (1, 4), (2, 5), (0, 7))
"""Every so many nations, from which one on, belong to each bloc: they overlap, and some nations are in none."""


@dataclass(frozen=True, slots=True)
class Places:
    """Sources, nations, blocs and who belongs to which."""

    sources: Sequence[Source]
    nations: Sequence[Nation]
    blocs: Sequence[Bloc]
    memberships: Sequence[Membership]


def places(chance: Chance, component_count: int) -> Places:
    """Make nations of codes that no nation has, so that they never mix with recorded ones."""
    sources = [
        Source(id=source_id(number), title=f"Synthetic report {number + 1}", publisher=f"Institute {number % 7 + 1}")
        for number in range(min(1_000, 3 + component_count // 50))
    ]
    codes = [first + second for first, second in product("XQO", ascii_uppercase) if first + second not in TAKEN]
    nations = [
        Nation(
            id=f"nation:x{code.lower()}",
            name=f"Nation {number + 1}",
            iso2=code,
            iso3=f"X{code}",
            region=chance.one(REGIONS),
            gdpr_transfer=chance.one(tuple(GdprTransfer)),
            sources=chance.cited(len(sources)),
        )
        for number, code in enumerate(islice(codes, min(NATIONS_MAX, component_count)))
    ]
    blocs = [
        Bloc(
            id=f"bloc:bloc-{number + 1}",
            name=f"Bloc {number + 1}",
            kind="synthetic",
            sources=chance.cited(len(sources)),
        )
        for number in range(len(BLOC_NATIONS))
    ]
    memberships = [
        Membership(nation=nation.id, bloc=bloc.id, confidence=90, sources=chance.cited(len(sources)))
        for bloc, (first, step) in zip(blocs, BLOC_NATIONS, strict=True)
        for nation in nations[first::step]
    ]
    return Places(sources, nations, blocs, memberships)
