"""Masking: the facts of one world, out of the whole record (docs/semantics.md 1, 4, 8)."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, TypeVar

from graph_service.errors import BadInput
from graph_service.model.kinds import Capital, InputKind
from graph_service.network.scenario import with_scenario
from graph_service.network.tables import Memberships, Offers, Ownerships, Partnerships, Requirements, Validity
from graph_service.network.transfers import nations_on

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph_service.model.world import World
    from graph_service.network.network import SupplyNetwork

Table = TypeVar("Table", Offers, Requirements, Ownerships, Memberships, Partnerships, Validity)


def masked(record: SupplyNetwork, world: World) -> SupplyNetwork:
    """Keep the facts of `record` that count in `world`, plus and minus its scenario; linear in facts.

    A fact whose own end is missing from the world (an enabled offer that is not valid) goes with it.
    Raises BadInput for a world without a date: an analysis needs one (docs/semantics.md 1); and as `with_scenario`.
    """
    if world.as_of is None:
        raise BadInput("allDates: true is for reads; an analysis needs one date, give asOf or nothing for today")
    offers = valid_rows(record.offers.validity, world)
    number_of_kept = {offer: number for number, offer in enumerate(offers)}
    partnerships = rows_of(record.partnerships, valid_rows(record.partnerships.validity, world))
    deployments = set(valid_rows(record.nodes.validity, world))
    count = record.nodes.component_count
    network = record.changed(
        record=record,
        world=replace(world, scenario=None),
        nations=nations_on(record, world.as_of),
        offers=rows_of(record.offers, offers),
        requirements=rows_of(record.requirements, _counting_requirements(record, world)),
        ownerships=rows_of(record.ownerships, valid_rows(record.ownerships.validity, world)),
        memberships=rows_of(record.memberships, valid_rows(record.memberships.validity, world)),
        partnerships=replace(
            partnerships,
            enables=[
                tuple(number_of_kept[offer] for offer in enabled if offer in number_of_kept)
                for enabled in partnerships.enables
            ],
        ),
        present=[node < count or node in deployments for node in range(len(record.nodes.id))],
    )
    return network if world.scenario is None else with_scenario(record, network, world.scenario)


def valid_rows(validity: Validity, world: World) -> list[int]:
    """Give the numbers of the facts that hold at the date of a world and of which it is sure enough."""
    as_of, least = world.as_of, world.min_confidence
    assert as_of is not None
    return [
        fact
        for fact, (confidence, start, end) in enumerate(
            zip(validity.confidence, validity.valid_from, validity.valid_to, strict=True)
        )
        if confidence >= least and (start is None or start <= as_of) and (end is None or as_of < end)
    ]


def _counting_requirements(record: SupplyNetwork, world: World) -> list[int]:
    """Leave out optional requirements and, with what is installed, those that only capital meets."""
    requirements, kinds = record.requirements, record.nodes.input_kind
    installed = world.capital is Capital.INSTALLED
    return [
        requirement
        for requirement in valid_rows(requirements.validity, world)
        if not requirements.optional[requirement]
        and not (installed and all(kinds[node] is InputKind.CAPITAL for node in requirements.alternatives[requirement]))
    ]


def rows_of(table: Table, numbers: Sequence[int]) -> Table:
    """Give the table with these rows only, in their order, column by column; itself where it has no others."""
    if len(numbers) == len(table.confidence if isinstance(table, Validity) else table.validity.confidence):
        return table
    columns: dict[str, Any] = {}
    for field in fields(table):
        column = getattr(table, field.name)
        kept = rows_of(column, numbers) if isinstance(column, Validity) else [column[number] for number in numbers]
        columns[field.name] = kept
    return type(table)(**columns)
