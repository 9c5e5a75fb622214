"""Synthetic offers: who supplies what and from where, with shares, times, stocks, capacities and costs."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from graph_service.facts.rows import Offer
from graph_service.model.ids import slug_of
from graph_service.model.kinds import InputKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from graph_service.facts.rows import Company, Component, Nation
    from graph_service.facts.synthetic.chance import Chance

COUNTS: Final = (1, 1, 2, 3, 4, 7)
"""How many companies offer a component, each as likely."""

UNKNOWN_SHARE: Final = 0.02
"""The share of components that nobody is known to supply."""

CURRENCIES: Final = ("USD", "USD", "USD", "EUR")
BASIS: Final = {"share_basis": "units shipped", "share_year": 2024}


def offers(
    chance: Chance,
    components: Sequence[Component],
    companies: Sequence[Company],
    nations: Sequence[Nation],
    source_count: int,
) -> Iterator[Offer]:
    """Let companies offer components, the hubs among them most; made at home or in some other nation."""
    for component in components:
        if component.input_kind is not InputKind.ASSEMBLY and chance.happens(UNKNOWN_SHARE):
            continue
        suppliers = chance.hubs(len(companies), chance.one(COUNTS))
        for supplier, share in zip(suppliers, _shares(chance, len(suppliers)), strict=True):
            company: Company | None = companies[supplier]
            nation = company.headquarters if chance.happens(0.7) else nations[chance.hub(len(nations))].id
            slugs = [slug_of(name) for name in (company.id, component.id, nation) if name is not None]
            if chance.happens(0.01):
                company = None  # national statistics say where, not by whom
            yield Offer(
                id=f"offer:{'.'.join(slugs)}",
                company=company.id if company else None,
                component=component.id,
                nation=nation,
                **({} if share is None else {"share_pct": share, **BASIS}),
                **_supply(chance),
                **chance.fact(source_count),
            )


def _shares(chance: Chance, count: int) -> list[float | None]:
    """Divide 100 percent among so many; some shares, or all, are not known."""
    parts = [1 + chance.among(9) for _ in range(count)]
    shares: list[float | None] = [float(100 * part // sum(parts)) for part in parts]
    known_from = chance.one((0, 0, 0, 1, count))
    return [None] * known_from + shares[known_from:]


def _supply(chance: Chance) -> Mapping[str, Any]:
    """Give times, stock, capacity and cost, each of which may not be known."""
    capacity = chance.known(Decimal(10 * (1 + chance.among(1_000))), 0.6)
    cost = chance.known(Decimal(1 + chance.among(100_000)) / 100, 0.7)
    return {
        "lead_time_weeks": chance.known(float(1 + chance.among(40)), 0.7),
        "time_to_recover_weeks": chance.known(float(2 + chance.among(50)), 0.6),
        "inventory_weeks": chance.known(float(chance.among(13)), 0.6),
        "capacity": capacity,
        "capacity_unit": capacity and "pieces per week",
        "unit_cost": cost,
        "currency": cost and chance.one(CURRENCIES),
    }
