"""Loading: the whole record of one data version, column by column, in chunks (cypher/network)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from graph_service.errors import StoreUnavailable
from graph_service.model.kinds import DeploymentMode, GdprTransfer, InputKind
from graph_service.network.network import SupplyNetwork
from graph_service.network.tables import (
    NONE,
    Companies,
    Deployments,
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
    from collections.abc import Mapping, Sequence

    from graph_service.store.store import Store

CHUNK_ROWS: Final = 20_000
"""Rows of one statement: large enough to be cheap, small enough for one message."""

ATTEMPTS: Final = 5
"""How often a load starts again because a writer moved the data version meanwhile."""

Columns = list[list[Any]]


@dataclass(frozen=True, slots=True)
class RecordColumns:
    """The whole record of one data version as the statements of cypher/network give it, by their names."""

    version: str
    importing: str | None
    columns: Mapping[str, Columns]


async def load_network(store: Store) -> SupplyNetwork:
    """Load the record of one data version; starts again when a writer moves the version meanwhile.

    Raises StoreUnavailable when the version does not stand still for one load.
    """
    return network_from(await read_columns(store))


async def read_columns(store: Store) -> RecordColumns:
    """Read the columns of one data version; raises StoreUnavailable as `load_network` does."""
    for _ in range(ATTEMPTS):
        before = await store.data_version()
        columns = {name: await _chunks(store, name) for name in CHUNKED}
        columns |= {name: [list(column) for column in (await store.read(f"network/{name}"))[0]] for name in WHOLE}
        if await store.data_version() == before:
            return RecordColumns(before.version, before.importing, columns)
    raise StoreUnavailable(f"facts were written during each of {ATTEMPTS} attempts to load the network; try again")


CHUNKED: Final = (
    "components",
    "deployments",
    "offers",
    "requirements",
    "partnerships",
    "companies",
    "nations",
    "blocs",
)
WHOLE: Final = ("ownerships", "memberships")


async def _chunks(store: Store, name: str) -> Columns:
    columns: Columns = []
    after = ""
    while True:
        (chunk,) = await store.read(f"network/{name}", {"after": after, "limit": CHUNK_ROWS})
        if not columns:
            columns = [list(column) for column in chunk]
        else:
            for column, more in zip(columns, chunk, strict=True):
                column.extend(more)
        ids: Sequence[str] = chunk[0]
        if len(ids) < CHUNK_ROWS:
            return columns
        after = ids[-1]


def network_from(record: RecordColumns) -> SupplyNetwork:
    """Number what the columns name, and build the network."""
    columns = record.columns
    nodes = _nodes(columns["components"], columns["deployments"])
    nation_ids, transfers = columns["nations"]
    undated = [None] * len(nation_ids)
    nations = Nations(nation_ids, [GdprTransfer(basis) for basis in transfers], undated, undated)
    nation_by_id = _numbers(nations.id)
    company_ids, headquarters = columns["companies"]
    companies = Companies(company_ids, [nation_by_id.get(name, NONE) for name in headquarters])
    (blocs,) = columns["blocs"]
    node_by_id, company_by_id, bloc_by_id = (_numbers(ids) for ids in (nodes.id, companies.id, blocs))
    offers = _offers(columns["offers"], node_by_id, company_by_id, nation_by_id)
    return SupplyNetwork(
        data_version=record.version,
        importing=record.importing,
        world=None,
        nodes=nodes,
        deployments=_deployments(columns["deployments"], company_by_id, nation_by_id),
        companies=companies,
        nations=nations,
        bloc_ids=blocs,
        offers=offers,
        requirements=_requirements(columns["requirements"], node_by_id),
        ownerships=_ownerships(columns["ownerships"], company_by_id),
        memberships=_memberships(columns["memberships"], nation_by_id, bloc_by_id),
        partnerships=_partnerships(columns["partnerships"], node_by_id, _numbers(offers.id)),
        present=[True] * len(nodes.id),
    )


def _nodes(components: Columns, deployments: Columns) -> Nodes:
    ids, kinds, categories, complete, external, variants = components
    deployment_ids, confidence, valid_from, valid_to = deployments[:4]
    component_by_id = _numbers(ids)
    rest = len(deployment_ids)
    always = _validity([100] * len(ids), [""] * len(ids), [""] * len(ids))
    dated = _validity(confidence, valid_from, valid_to)
    return Nodes(
        id=[*ids, *deployment_ids],
        component_count=len(ids),
        input_kind=[*map(InputKind, kinds), *[None] * rest],
        category=[*categories, *[None] * rest],
        offers_complete=[*map(_truth, complete), *[None] * rest],
        needs_external_service=[*map(_truth, external), *[None] * rest],
        variant_of=[*(component_by_id.get(variant, NONE) for variant in variants), *[NONE] * rest],
        validity=Validity(
            confidence=[*always.confidence, *dated.confidence],
            valid_from=[*always.valid_from, *dated.valid_from],
            valid_to=[*always.valid_to, *dated.valid_to],
        ),
    )


def _offers(columns: Columns, node: Mapping[str, int], company: Mapping[str, int], nation: Mapping[str, int]) -> Offers:
    (ids, components, companies, nations, shares, bases, years, leads, recovers, stocks, capacities, costs) = columns[
        :12
    ]
    currencies, confidence, valid_from, valid_to = columns[12:]
    return Offers(
        id=ids,
        component=[node[component] for component in components],
        company=[company.get(name, NONE) for name in companies],
        nation=[nation.get(name, NONE) for name in nations],
        share_pct=_known(shares),
        share_basis=[basis or None for basis in bases],
        share_year=[None if year < 0 else year for year in years],
        lead_time_weeks=_known(leads),
        time_to_recover_weeks=_known(recovers),
        inventory_weeks=_known(stocks),
        capacity=_decimals(capacities),
        unit_cost=_decimals(costs),
        currency=[currency or None for currency in currencies],
        validity=_validity(confidence, valid_from, valid_to),
    )


def _requirements(columns: Columns, node: Mapping[str, int]) -> Requirements:
    ids, owners, ks, quantities, optional, alternatives, confidence, valid_from, valid_to = columns
    return Requirements(
        id=ids,
        of=[node[owner] for owner in owners],
        k=ks,
        quantity=_decimals(quantities),
        optional=optional,
        alternatives=[tuple(node[component] for component, _, _ in met) for met in alternatives],
        efficiency=[tuple(efficiency for _, efficiency, _ in met) for met in alternatives],
        switch_time_weeks=[tuple(None if weeks < 0 else weeks for _, _, weeks in met) for met in alternatives],
        validity=_validity(confidence, valid_from, valid_to),
    )


def _ownerships(columns: Columns, company: Mapping[str, int]) -> Ownerships:
    companies, owners, shares, confidence, valid_from, valid_to = columns
    return Ownerships(
        company=[company[name] for name in companies],
        owner=[company[name] for name in owners],
        share_pct=_known(shares),
        validity=_validity(confidence, valid_from, valid_to),
    )


def _memberships(columns: Columns, nation: Mapping[str, int], bloc: Mapping[str, int]) -> Memberships:
    nations, blocs, confidence, valid_from, valid_to = columns
    return Memberships(
        nation=[nation[name] for name in nations],
        bloc=[bloc[name] for name in blocs],
        validity=_validity(confidence, valid_from, valid_to),
    )


def _partnerships(columns: Columns, node: Mapping[str, int], offer: Mapping[str, int]) -> Partnerships:
    ids, parties, covers, enables, confidence, valid_from, valid_to = columns
    return Partnerships(
        id=ids,
        parties=[tuple(sorted(names)) for names in parties],
        covers=[tuple(node[name] for name in covered) for covered in covers],
        enables=[tuple(offer[name] for name in enabled) for enabled in enables],
        validity=_validity(confidence, valid_from, valid_to),
    )


def _deployments(columns: Columns, company: Mapping[str, int], nation: Mapping[str, int]) -> Deployments:
    locations, operators, modes, air_gapped, capex, opex, prices, currencies, tokens = columns[4:]
    return Deployments(
        location=[nation.get(name, NONE) for name in locations],
        operator=[company.get(name, NONE) for name in operators],
        mode=[DeploymentMode(mode) for mode in modes],
        air_gapped=[_truth(value) for value in air_gapped],
        capex=_decimals(capex),
        opex_per_year=_decimals(opex),
        price_per_hour=_decimals(prices),
        currency=[currency or None for currency in currencies],
        tokens_per_second=_known(tokens),
    )


def _numbers(ids: Sequence[str]) -> Mapping[str, int]:
    return {name: number for number, name in enumerate(ids)}


def _validity(confidence: Sequence[int], valid_from: Sequence[str], valid_to: Sequence[str]) -> Validity:
    return Validity(confidence=confidence, valid_from=_dates(valid_from), valid_to=_dates(valid_to))


def _dates(texts: Sequence[str]) -> list[date | None]:
    return [date.fromisoformat(text) if text else None for text in texts]


def _known(values: Sequence[float]) -> list[float | None]:
    return [None if value < 0 else value for value in values]


def _decimals(values: Sequence[float]) -> list[Decimal | None]:
    """Give decimals back as they were stated: the store keeps at most 15 digits, which a float holds exactly."""
    return [None if value < 0 else Decimal(repr(value)) for value in values]


def _truth(value: int) -> bool | None:
    return None if value < 0 else bool(value)
