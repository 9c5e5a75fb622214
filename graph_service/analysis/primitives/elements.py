"""Elements: the companies, owner groups, nations, blocs or components that fail as one (docs/semantics.md 6, 7, 11)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph_service.model.kinds import Level
from graph_service.network.tables import NONE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from graph_service.network.network import SupplyNetwork


@dataclass(frozen=True, slots=True)
class Elements:
    """The elements of one level that facts behind a target touch; an element is named by its place in `ids`, sorted.

    `key_of_offer` gives the number of what each offer of the network stands and falls with, NONE for nothing, and
    `places_of_key` the elements that this number belongs to: one, but for blocs. At level COMPONENT no offer fails
    with an element; `nodes`, empty at other levels, are the components that fail themselves.
    """

    level: Level
    ids: tuple[str, ...]
    key_of_offer: Sequence[int]
    places_of_key: Mapping[int, tuple[int, ...]]
    nodes: Sequence[int]

    def of_offer(self, offer: int) -> tuple[int, ...]:
        """Give the elements with each of which an offer fails."""
        return self.places_of_key.get(self.key_of_offer[offer], ())

    def ending(self, offers: Sequence[int]) -> tuple[int, ...]:
        """Give the elements that each alone end all of these offers, of which there is at least one."""
        key_of_offer = self.key_of_offer
        key = key_of_offer[offers[0]]
        common = self.places_of_key.get(key, ())
        for offer in offers:
            if key_of_offer[offer] != key:
                common = tuple([place for place in self.of_offer(offer) if place in common])
                if not common:
                    break
        return common

    def offers_by_element(self, offers: Iterable[int]) -> Sequence[Sequence[int]]:
        """Say which of these offers fail with each element."""
        failing: list[list[int]] = [[] for _ in self.ids]
        for offer in offers:
            for place in self.of_offer(offer):
                failing[place].append(offer)
        return failing


def elements_behind(network: SupplyNetwork, target: int, level: Level, nodes: Iterable[int]) -> Elements:
    """Find the elements that some fact of the target's closure touches; `nodes` are the target and its closure."""
    if level is Level.COMPONENT:
        others = sorted([node for node in nodes if node != target and node < network.nodes.component_count])
        ids = tuple([network.nodes.id[node] for node in others])
        return Elements(level, ids, [NONE] * len(network.offers.id), {}, others)
    key_of_offer, names_of_key = _keys(network, level)
    offers_of = network.offers_of
    keys = {key_of_offer[offer] for node in nodes for offer in offers_of[node]} - {NONE}
    ids = tuple(sorted({name for key in keys for name in names_of_key[key]}))
    place = {name: number for number, name in enumerate(ids)}
    places_of_key = {key: tuple([place[name] for name in names_of_key[key]]) for key in keys}
    return Elements(level, ids, key_of_offer, places_of_key, ())


def _keys(network: SupplyNetwork, level: Level) -> tuple[Sequence[int], Sequence[Sequence[str]]]:
    """Give the number that each offer stands and falls with, and the ids of the elements that fail such a number."""
    offers = network.offers
    if level is Level.NATION:
        return offers.nation, [(name,) for name in network.nation_ids]
    if level is Level.BLOC:
        blocs: list[set[str]] = [set() for _ in network.nation_ids]
        for nation, bloc in zip(network.memberships.nation, network.memberships.bloc, strict=True):
            blocs[nation].add(network.bloc_ids[bloc])
        return offers.nation, [sorted(names) for names in blocs]
    companies = [(name,) for name in network.company_ids]
    if level is Level.COMPANY:
        return offers.company, companies
    group_of = network.group_of
    return [NONE if company == NONE else group_of[company] for company in offers.company], companies
