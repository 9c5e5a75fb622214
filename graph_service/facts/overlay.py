"""Overlay: the network as it would be with changes that nobody has written.

It holds what decides which single companies and nations stop what: components, deployments, offers, requirements.
Owners, blocs and partnerships are left out, since they decide nothing there.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, TypeVar

from graph_service.facts.columns import key
from graph_service.facts.rows import Alternative, Company, Component, Deployment, Nation, Offer, Requirement
from graph_service.model.kinds import GdprTransfer
from graph_service.network.tables import (
    NONE,
    Companies,
    Memberships,
    Nations,
    Nodes,
    Offers,
    Ownerships,
    Partnerships,
    Requirements,
    Validity,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from graph_service.facts.compare import Changes, Record
    from graph_service.facts.rows import Row
    from graph_service.network.network import SupplyNetwork

R = TypeVar("R", Component, Deployment, Offer, Requirement, Company, Nation)

Dated = tuple[int, "date | None", "date | None"]
NOWHEN: Final = Validity([], [], [])


def overlaid(record: SupplyNetwork, changes: Changes) -> SupplyNetwork:
    """Give the whole record with created and updated records in it; linear in both, but for sorting."""
    count = record.nodes.component_count
    components, deployments = _changed(changes, Component), _changed(changes, Deployment)
    component_ids = sorted({*record.nodes.id[:count], *components})
    ids = [*component_ids, *sorted({*record.nodes.id[count:], *deployments})]
    companies = sorted({*record.company_ids, *_changed(changes, Company)})
    nations = sorted({*record.nation_ids, *_changed(changes, Nation)})
    node = _numbers(ids)
    return replace(
        record,
        nodes=_nodes(record, ids, len(component_ids), components, deployments),
        companies=Companies(companies, [NONE] * len(companies)),
        nations=Nations(nations, *_nothing_known(len(nations))),
        offers=_offers(record, _changed(changes, Offer), node, _numbers(companies), _numbers(nations)),
        requirements=_requirements(record, _with_alternatives(changes), node),
        ownerships=Ownerships([], [], [], NOWHEN),
        memberships=Memberships([], [], NOWHEN),
        partnerships=Partnerships([], [], [], [], NOWHEN),
        present=[True] * len(ids),
    )


def _changed(changes: Changes, kind: type[R]) -> Mapping[str, R]:
    """Give the rows of a kind that are written, by id."""
    return {key(row)[0]: row for one in _records(changes, kind) if isinstance(row := one.row, kind)}


def _with_alternatives(changes: Changes) -> Mapping[str, tuple[Requirement, Sequence[Alternative]]]:
    found: dict[str, tuple[Requirement, Sequence[Alternative]]] = {}
    for record in _records(changes, Requirement):
        if isinstance(record.row, Requirement):
            found[record.row.id] = record.row, [one for one in record.parts[0] if isinstance(one, Alternative)]
    return found


def _records(changes: Changes, kind: type[Row]) -> Iterable[Record]:
    return (*changes.created.get(kind, ()), *changes.updated.get(kind, ()))


def _nodes(
    record: SupplyNetwork,
    ids: Sequence[str],
    component_count: int,
    components: Mapping[str, Component],
    deployments: Mapping[str, Deployment],
) -> Nodes:
    old, number = record.nodes, record.node_by_id
    kinds: list[Any] = []
    complete: list[bool | None] = []
    dated: list[Dated] = []
    for name in ids:
        component, deployment = components.get(name), deployments.get(name)
        if component is not None:
            kinds.append(component.input_kind)
            complete.append(component.offers_complete)
        else:
            kinds.append(None if deployment else old.input_kind[number[name]])
            complete.append(None if deployment else old.offers_complete[number[name]])
        if component is not None:
            dated.append((100, None, None))
        else:
            dated.append(_dates(deployment) if deployment else _dated(old.validity, number[name]))
    unknown: list[Any] = [None] * len(ids)
    return Nodes(ids, component_count, kinds, unknown, complete, unknown, [NONE] * len(ids), _validity(dated))


def _offers(
    record: SupplyNetwork,
    changed: Mapping[str, Offer],
    node: Mapping[str, int],
    company: Mapping[str, int],
    nation: Mapping[str, int],
) -> Offers:
    old, nodes = record.offers, record.nodes.id
    companies, nations = [*record.company_ids, ""], [*record.nation_ids, ""]  # NONE is the last
    rows: list[tuple[Any, ...]] = [
        (
            *(row.id, row.component, row.company or "", row.nation or ""),
            *(row.share_pct, row.share_basis, row.share_year),
            *_dates(row),
        )
        for row in changed.values()
    ]
    for number, name in enumerate(old.id):
        if name not in changed:
            made = nodes[old.component[number]], companies[old.company[number]], nations[old.nation[number]]
            share = old.share_pct[number], old.share_basis[number], old.share_year[number]
            rows.append((name, *made, *share, *_dated(old.validity, number)))
    rows.sort(key=lambda row: row[0])
    unknown: list[Any] = [None] * len(rows)
    return Offers(
        id=[row[0] for row in rows],
        component=[node[row[1]] for row in rows],
        company=[company.get(row[2], NONE) for row in rows],
        nation=[nation.get(row[3], NONE) for row in rows],
        share_pct=[row[4] for row in rows],
        share_basis=[row[5] for row in rows],
        share_year=[row[6] for row in rows],
        lead_time_weeks=unknown,
        time_to_recover_weeks=unknown,
        inventory_weeks=unknown,
        capacity=unknown,
        unit_cost=unknown,
        currency=unknown,
        validity=_validity([row[7:] for row in rows]),
    )


def _requirements(
    record: SupplyNetwork,
    changed: Mapping[str, tuple[Requirement, Sequence[Alternative]]],
    node: Mapping[str, int],
) -> Requirements:
    old, nodes = record.requirements, record.nodes.id
    rows: list[tuple[Any, ...]] = [
        (row.id, row.of, row.k, row.optional, [one.component for one in met], _dates(row))
        for row, met in changed.values()
    ]
    for number, name in enumerate(old.id):
        if name not in changed:
            met = [nodes[one] for one in old.alternatives[number]]
            of, dated = nodes[old.of[number]], _dated(old.validity, number)
            rows.append((name, of, old.k[number], old.optional[number], met, dated))
    rows.sort(key=lambda row: row[0])
    alternatives = [tuple(sorted(node[name] for name in row[4])) for row in rows]
    return Requirements(
        id=[row[0] for row in rows],
        of=[node[row[1]] for row in rows],
        k=[row[2] for row in rows],
        quantity=[None] * len(rows),
        optional=[row[3] for row in rows],
        alternatives=alternatives,
        efficiency=[(1.0,) * len(met) for met in alternatives],
        switch_time_weeks=[(None,) * len(met) for met in alternatives],
        validity=_validity([row[5] for row in rows]),
    )


def _nothing_known(count: int) -> tuple[list[GdprTransfer], list[date | None], list[date | None]]:
    return [GdprTransfer.NONE] * count, [None] * count, [None] * count


def _dates(fact: Deployment | Offer | Requirement) -> Dated:
    return fact.confidence, fact.valid_from, fact.valid_to


def _dated(validity: Validity, number: int) -> Dated:
    return validity.confidence[number], validity.valid_from[number], validity.valid_to[number]


def _validity(dated: Sequence[Sequence[Any]]) -> Validity:
    return Validity([one[0] for one in dated], [one[1] for one in dated], [one[2] for one in dated])


def _numbers(ids: Sequence[str]) -> Mapping[str, int]:
    return {name: number for number, name in enumerate(ids)}
