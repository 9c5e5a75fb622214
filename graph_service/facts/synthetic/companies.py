"""Synthetic companies and their owners: many small ones, few large, groups without cycles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graph_service.facts.rows import Company, Ownership

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graph_service.facts.rows import Nation
    from graph_service.facts.synthetic.chance import Chance

KINDS: Final = ("manufacturer", "designer", "distributor", "research")
OWNED_SHARE: Final = 0.15
CONTROL_PCT: Final = (51.0, 60.0, 75.0, 100.0)
MINORITY_PCT: Final = (5.0, 20.0, 50.0)


def companies(chance: Chance, component_count: int, nations: Sequence[Nation], source_count: int) -> list[Company]:
    """Make a company for every ten components; hub nations have more of them."""
    return [
        Company(
            id=f"company:firm-{number + 1:05}",
            name=f"Firm {number + 1}",
            kind=chance.one(KINDS),
            headquarters=nations[chance.hub(len(nations))].id,
            sources=chance.cited(source_count),
        )
        for number in range(max(3, component_count // 10))
    ]


def ownerships(chance: Chance, owned: Sequence[Company], source_count: int) -> Iterator[Ownership]:
    """Let some companies be owned by others of lower number, a few in part only or to an unknown part."""
    for number, company in enumerate(owned):
        if number and chance.happens(OWNED_SHARE):
            share = chance.one(MINORITY_PCT if chance.happens(0.3) else CONTROL_PCT)
            yield Ownership(
                company=company.id,
                owner=owned[chance.hub(number)].id,
                share_pct=chance.known(share, 0.8),
                **chance.fact(source_count),
            )
