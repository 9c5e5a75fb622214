"""Concentration: how few supply a component, by the Herfindahl-Hirschman index (docs/semantics.md 29)."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum
from typing import TYPE_CHECKING, Final

from graph_service.analysis.primitives.meta import AnalysisMeta, Stopwatch
from graph_service.analysis.primitives.nations import nations_of
from graph_service.analysis.primitives.target import target_number
from graph_service.errors import BadInput
from graph_service.model.ids import kind_of
from graph_service.model.kinds import Band, Kind, Level
from graph_service.network.shares import shares_of
from graph_service.network.tables import NONE

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from graph_service.network.network import SupplyNetwork

MODERATE_FROM: Final = 1_000
HIGH_ABOVE: Final = 1_800
"""Bounds of the index in the merger guidelines of the United States, 2023."""

THIRD_COUNTRY_CAP_PCT: Final = 65
"""What one third country may hold at most, by the Critical Raw Materials Act of the European Union."""

MONOPOLY: Final = 10_000.0
"""The index where one group holds all."""


@dataclass(frozen=True, slots=True)
class Share:
    """What one company, owner group or nation holds, in percent; `group` is None for offers without one."""

    group: str | None
    share_pct: float


@dataclass(frozen=True, slots=True)
class Concentration:
    """How concentrated the offers of a component are, within one basis of shares.

    `hhi` is the sum of squared percents as recorded, `hhi_upper` that sum if the largest group also holds all that
    is not recorded. `shares` holds the groups of known shares, largest first, then by id, those without one last;
    `supplier_count` counts the others as well.
    """

    hhi: float | None
    hhi_upper: float
    band: Band | None
    effective: float | None
    top_share_pct: float | None
    cr4_pct: float | None
    share_sum_pct: float
    share_basis: str | None
    share_year: int | None
    supplier_count: int
    shares: tuple[Share, ...]
    exceeds_third_country_cap: bool | None
    meta: AnalysisMeta


def concentration(
    network: SupplyNetwork, component: str, by: Level = Level.NATION, home: Sequence[str] | None = None
) -> Concentration:
    """Measure how concentrated the supply of a component is, by COMPANY, OWNER_GROUP or NATION.

    `home` are ids of nations or blocs; with it the answer says whether one nation elsewhere is known to hold more
    than 65 %. Raises BadInput for another level or another kind of thing, NotFound for what is not recorded.
    """
    stopwatch = Stopwatch()
    if by in {Level.BLOC, Level.COMPONENT}:
        raise BadInput(f"by must be COMPANY, OWNER_GROUP or NATION, got {by}")
    if kind_of(component) is not Kind.COMPONENT:
        raise BadInput(f"concentration is of a component, got {component}")
    node = target_number(network, component)
    at_home = None if home is None else nations_of(network, "home", home)
    offers = network.offers_of[node]
    basis, shares = shares_of(network.offers, offers)
    groups = _groups(network, offers, by)
    held = _held(groups, shares)
    sizes = sorted(held.values(), reverse=True)
    share_sum = fsum(sizes)
    hhi = _index(sizes)
    return Concentration(
        hhi=hhi,
        hhi_upper=_upper(sizes),
        band=None if hhi is None else _band(hhi),
        effective=share_sum * share_sum / hhi if hhi else None,
        top_share_pct=sizes[0] if sizes else None,
        cr4_pct=fsum(sizes[:4]) if sizes else None,
        share_sum_pct=share_sum,
        share_basis=None if basis is None else basis.name,
        share_year=None if basis is None else basis.year,
        supplier_count=len(set(groups)),
        shares=_shares(network, held, by),
        exceeds_third_country_cap=None if at_home is None else _exceeds_cap(network, offers, shares, at_home),
        meta=stopwatch.meta(
            network,
            semantics="Herfindahl-Hirschman index of known shares of one basis (docs/semantics.md 20, 29)",
            algorithm="sum of squared percents",
            unknown=[node] if network.unknown[node] else (),
        ),
    )


def index_of(network: SupplyNetwork, offers: Sequence[int], by: Level) -> float | None:
    """Give the index of a component as if these were all of its offers; None without a known share."""
    _, shares = shares_of(network.offers, offers)
    return _index(_held(_groups(network, offers, by), shares).values())


def _index(sizes: Collection[float]) -> float | None:
    return fsum([size * size for size in sizes]) if sizes else None


def _groups(network: SupplyNetwork, offers: Sequence[int], by: Level) -> Sequence[int]:
    """Give the number of the group of each offer, NONE for none."""
    if by is Level.NATION:
        return [network.offers.nation[offer] for offer in offers]
    companies = [network.offers.company[offer] for offer in offers]
    if by is Level.COMPANY:
        return companies
    return [NONE if company == NONE else network.group_of[company] for company in companies]


def _held(groups: Sequence[int], shares: Sequence[float | None]) -> Mapping[int, float]:
    """Add up the known shares of each group, in percent."""
    of_group: dict[int, list[float]] = {}
    for group, share in zip(groups, shares, strict=True):
        if share is not None:
            of_group.setdefault(group, []).append(share)
    return {group: fsum(known) for group, known in of_group.items()}


def _upper(sizes: Sequence[float]) -> float:
    """Give the index if the largest group also holds what is not recorded."""
    if not sizes:
        return MONOPOLY
    largest = sizes[0] + max(0.0, 100 - fsum(sizes))
    return fsum([largest * largest, *[size * size for size in sizes[1:]]])


def _band(hhi: float) -> Band:
    if hhi < MODERATE_FROM:
        return Band.UNCONCENTRATED
    return Band.HIGH if hhi > HIGH_ABOVE else Band.MODERATE


def _shares(network: SupplyNetwork, held: Mapping[int, float], by: Level) -> tuple[Share, ...]:
    ids = network.nation_ids if by is Level.NATION else network.company_ids
    order = sorted(held, key=lambda group: (-held[group], group == NONE, group))
    return tuple([Share(None if group == NONE else ids[group], held[group]) for group in order])


def _exceeds_cap(
    network: SupplyNetwork, offers: Sequence[int], shares: Sequence[float | None], at_home: frozenset[int]
) -> bool:
    by_nation = _held(_groups(network, offers, Level.NATION), shares)
    elsewhere = by_nation.keys() - at_home - {NONE}
    return any(by_nation[nation] > THIRD_COUNTRY_CAP_PCT for nation in elsewhere)
