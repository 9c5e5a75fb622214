"""Transfers: on which basis of GDPR chapter V personal data may go to a nation, on a date."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from graph_service.model.kinds import GdprTransfer

if TYPE_CHECKING:
    from datetime import date

    from graph_service.network.network import SupplyNetwork
    from graph_service.network.tables import Nations

UNION_BLOCS: Final = frozenset({"bloc:eu", "bloc:eea"})
"""Whose members apply the regulation themselves."""


def nations_on(record: SupplyNetwork, as_of: date) -> Nations:
    """Give the nations with the basis that held on a date.

    Memberships in the European Union or the Economic Area carry dates, whatever their confidence: a member on that
    date is EU_EEA for as long as the membership holds, and one that is recorded as a member on other dates only
    is not. What is recorded of any other nation has no dates.
    """
    nations, memberships = record.nations, record.memberships
    basis = list(nations.gdpr_transfer)
    starts: list[date | None] = [None] * len(basis)
    ends: list[date | None] = [None] * len(basis)
    holds: set[int] = set()
    recorded: set[int] = set()
    validity = memberships.validity
    for nation, bloc, start, end in zip(
        memberships.nation, memberships.bloc, validity.valid_from, validity.valid_to, strict=True
    ):
        if record.bloc_ids[bloc] not in UNION_BLOCS:
            continue
        recorded.add(nation)
        if (start is None or start <= as_of) and (end is None or as_of < end):
            starts[nation] = _earlier(starts[nation], start) if nation in holds else start
            ends[nation] = _later(ends[nation], end) if nation in holds else end
            holds.add(nation)
    for nation in recorded:
        if nation in holds:
            basis[nation] = GdprTransfer.EU_EEA
        elif basis[nation] is GdprTransfer.EU_EEA:
            basis[nation] = GdprTransfer.NONE
    return replace(nations, gdpr_transfer=basis, transfer_from=starts, transfer_to=ends)


def _earlier(one: date | None, other: date | None) -> date | None:
    """Give the earlier start, None being open."""
    return None if one is None or other is None else min(one, other)


def _later(one: date | None, other: date | None) -> date | None:
    """Give the later end, None being open."""
    return None if one is None or other is None else max(one, other)
