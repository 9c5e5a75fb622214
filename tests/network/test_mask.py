"""Masking takes the facts of a world and copies no table without need."""

from datetime import date

from graph_service.network.mask import masked
from tests.networks import WORLD, Fact, OfferRow, Rows, needs

BOX = "component:box"


def test_a_table_whose_rows_all_count_is_the_table_of_the_record() -> None:
    gone = OfferRow(BOX, "company:b", fact=Fact(valid_to=date(2020, 1, 1)))
    record = Rows(offers=[OfferRow(BOX, "company:a"), gone], requirements=[needs(BOX, "component:lid")]).record()
    network = masked(record, WORLD)
    assert network.requirements is record.requirements
    assert network.offers.id == ["offer:a.box"]
