"""Parsing: what stands in many rows is held once."""

from graph_service.facts.parse import parse
from graph_service.facts.rows import Offer


def test_equal_values_of_many_rows_are_one_object() -> None:
    columns = "company,component,nation,share_basis,share_year,lead_time_weeks,unit_cost,currency,valid_from"
    cells = "component:x,nation:twn,units shipped,2024,12.5,916.62,USD,2020-01-31"
    text = f"{columns}\ncompany:a,{cells}\ncompany:b,{cells}\n"
    one, other = parse(Offer, text).rows
    for column in columns.split(",")[1:]:
        assert getattr(one, column) is getattr(other, column), column
