"""What is worked out once of a network belongs to that network."""

from graph_service.network.network import SupplyNetwork
from tests.networks import OfferRow, Rows

BOX = "component:box"


def offer_count(network: SupplyNetwork) -> list[int]:
    return [len(network.offers.id)]


def test_it_is_worked_out_when_first_asked_for_and_kept() -> None:
    network = Rows(offers=[OfferRow(BOX, "company:a")]).network()
    assert network.once(offer_count) is network.once(offer_count)


def test_a_changed_network_works_it_out_anew() -> None:
    network = Rows(offers=[OfferRow(BOX, "company:a")]).network()
    more = Rows(offers=[OfferRow(BOX, "company:a"), OfferRow(BOX, "company:b")]).network()
    assert network.once(offer_count) == [1]
    assert network.changed(offers=more.offers).once(offer_count) == [2]
