"""Candidates: which companies may add an offer of a component, and where it would be made (docs/semantics.md 45)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from graph_service.analysis.primitives.relatives import others_of_category, variants_of
from graph_service.model.kinds import Candidates
from graph_service.network.tables import NONE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graph_service.network.network import SupplyNetwork


class CandidateOffers:
    """Offers that a partnership with another nation than `home` could add.

    ANY: of every component by every company or a new one, made in any nation. NEAR: by a company that offers the
    component, a variant of it or something of its category, or by a new one; made where the company makes such
    things, else makes anything, else has its headquarters, a new one's where anybody makes such things.
    """

    def __init__(self, network: SupplyNetwork, home: int, candidates: Candidates) -> None:
        self.network = network
        self.home = home
        self.is_near = candidates is Candidates.NEAR
        self.elsewhere = [nation for nation in range(len(network.nation_ids)) if nation != home]
        self.offers_near = cache(self._offers_near)

    def suppliers(self, node: int) -> Sequence[int]:
        """Give the numbers of companies that may offer a component, sorted, and last NONE for a new one."""
        network = self.network
        if not self.elsewhere:
            return ()
        if not self.is_near:
            return [*range(len(network.company_ids)), NONE]
        companies = sorted({network.offers.company[offer] for offer in self.offers_near(node)} - {NONE})
        return [*[company for company in companies if self._nations(node, company)], NONE]

    def nation(self, node: int, company: int) -> int:
        """Give the least nation where this company, NONE for a new one, may make a component."""
        return min(self._nations(node, company)) if self.is_near else self.elsewhere[0]

    def _nations(self, node: int, company: int) -> Sequence[int]:
        network, offers = self.network, self.network.offers
        near = self.offers_near(node)
        if company == NONE:
            return self._abroad([offers.nation[offer] for offer in near]) or self.elsewhere
        return (
            self._abroad([offers.nation[offer] for offer in near if offers.company[offer] == company])
            or self._abroad([nation for nation, by in zip(offers.nation, offers.company, strict=True) if by == company])
            or self._abroad([network.companies.headquarters[company]])
        )

    def _abroad(self, nations: Iterable[int]) -> Sequence[int]:
        return sorted(set(nations) - {NONE, self.home})

    def _offers_near(self, node: int) -> Sequence[int]:
        network = self.network
        related = {node, *variants_of(network, node), *others_of_category(network, node)}
        return [offer for one in sorted(related) for offer in network.offers_of[one]]
