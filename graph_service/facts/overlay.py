"""Overlay: the record as it would be with changes, in the columns of cypher/network, without writing them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, cast

from graph_service.facts.rows import (
    Alternative,
    Bloc,
    Company,
    Component,
    Deployment,
    Enabled,
    Fact,
    Membership,
    Nation,
    Offer,
    Ownership,
    Partnership,
    Requirement,
    Row,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from graph_service.facts.compare import Changes, Record
    from graph_service.network.load import Columns, RecordColumns

UNKNOWN: Final = -1
"""Stands for an unknown number in these columns; an unknown text is empty."""

Values = list[Any]


def overlaid(record: RecordColumns, changes: Changes) -> RecordColumns:
    """Put created and updated records into the columns of the record; linear in both."""
    columns = dict(record.columns)
    for kind, (table, values) in TABLES.items():
        changed = [values(one) for one in (*changes.created.get(kind, ()), *changes.updated.get(kind, ()))]
        if changed:
            columns[table] = _with_rows(columns[table], changed, len(kind.KEY))
    return replace(record, columns=columns)


def _with_rows(columns: Columns, rows: Sequence[Values], key_width: int) -> Columns:
    """Replace rows of the same key, add the others, and keep the order of keys."""
    new_columns = [list(column) for column in columns]
    keys = list(zip(*new_columns[:key_width], strict=True))
    place_by_key = {key: place for place, key in enumerate(keys)}
    for row in rows:
        place = place_by_key.get(tuple(row[:key_width]))
        for column, value in zip(new_columns, row, strict=True):
            if place is None:
                column.append(value)
            else:
                column[place] = value
    if len(new_columns[0]) == len(keys):
        return new_columns
    keys = list(zip(*new_columns[:key_width], strict=True))
    order = sorted(range(len(keys)), key=keys.__getitem__)
    return [[column[place] for place in order] for column in new_columns]


def _component(record: Record) -> Values:
    row = cast("Component", record.row)
    flags = [UNKNOWN if flag is None else int(flag) for flag in (row.offers_complete, row.needs_external_service)]
    return [row.id, row.input_kind.value, row.category, *flags, row.variant_of or ""]


def _deployment(record: Record) -> Values:
    row = cast("Deployment", record.row)
    return [row.id, *_validity(row)]


def _offer(record: Record) -> Values:
    row = cast("Offer", record.row)
    weeks = (row.lead_time_weeks, row.time_to_recover_weeks, row.inventory_weeks)
    return [
        row.id,
        row.component,
        row.company or "",
        row.nation or "",
        _number(row.share_pct),
        row.share_basis or "",
        UNKNOWN if row.share_year is None else row.share_year,
        *map(_number, (*weeks, row.capacity, row.unit_cost)),
        row.currency or "",
        *_validity(row),
    ]


def _requirement(record: Record) -> Values:
    row = cast("Requirement", record.row)
    alternatives = [
        [one.component, one.efficiency, _number(one.switch_time_weeks)]
        for one in cast("Sequence[Alternative]", record.parts[0])
    ]
    return [row.id, row.of, row.k, _number(row.quantity), row.optional, alternatives, *_validity(row)]


def _partnership(record: Record) -> Values:
    row = cast("Partnership", record.row)
    _, _, enabled = record.parts
    return [row.id, [one.offer for one in cast("Sequence[Enabled]", enabled)], *_validity(row)]


def _named(record: Record) -> Values:
    return [cast("Company | Nation | Bloc", record.row).id]


def _ownership(record: Record) -> Values:
    row = cast("Ownership", record.row)
    return [row.company, row.owner, _number(row.share_pct), *_validity(row)]


def _membership(record: Record) -> Values:
    row = cast("Membership", record.row)
    return [row.nation, row.bloc, *_validity(row)]


TABLES: Final[Mapping[type[Row], tuple[str, Callable[[Record], Values]]]] = {
    Component: ("components", _component),
    Deployment: ("deployments", _deployment),
    Offer: ("offers", _offer),
    Requirement: ("requirements", _requirement),
    Partnership: ("partnerships", _partnership),
    Company: ("companies", _named),
    Nation: ("nations", _named),
    Bloc: ("blocs", _named),
    Ownership: ("ownerships", _ownership),
    Membership: ("memberships", _membership),
}
"""The statement of cypher/network that gives the records of a kind, and a record in the order of its columns."""


def _validity(fact: Fact) -> Values:
    return [fact.confidence, _day(fact.valid_from), _day(fact.valid_to)]


def _number(value: float | Decimal | None) -> float:
    return float(UNKNOWN) if value is None else float(value)


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()
