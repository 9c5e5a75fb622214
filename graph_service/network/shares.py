"""Shares of a component within one basis, and whether its list of suppliers is complete (semantics.md 20, 29, 44)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graph_service.network.tables import Offers

COMPLETE_FROM_PCT: Final = 99.5
"""Known shares that sum to this make a list of suppliers complete (docs/semantics.md 44)."""


@dataclass(frozen=True, slots=True, order=True)
class Basis:
    """What shares are measured in: a text such as `2023 revenue` and a year, either of which may be unknown."""

    name: str | None
    year: int | None


def basis_of(offers: Offers, of_component: Iterable[int]) -> Basis | None:
    """Choose the basis of a component: most offers, then the latest year, then the least name; None without shares."""
    counts = Counter(
        Basis(offers.share_basis[offer], offers.share_year[offer])
        for offer in of_component
        if offers.share_pct[offer] is not None
    )
    return min(counts, key=lambda basis: (-counts[basis], -(basis.year or 0), basis.name or ""), default=None)


def shares_of(offers: Offers, of_component: Sequence[int]) -> tuple[Basis | None, list[float | None]]:
    """Give the basis and, beside the offers, the known shares in percent; shares of another basis are unknown."""
    basis = basis_of(offers, of_component)
    shares = [
        offers.share_pct[offer] if Basis(offers.share_basis[offer], offers.share_year[offer]) == basis else None
        for offer in of_component
    ]
    return basis, shares


def is_complete(offers: Offers, of_component: Sequence[int], stated: bool | None) -> bool:
    """Tell whether a list of suppliers is all there is: as stated, else by the sum of its known shares."""
    if stated is not None:
        return stated
    _, shares = shares_of(offers, of_component)
    return sum(share for share in shares if share is not None) >= COMPLETE_FROM_PCT
