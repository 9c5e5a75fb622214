"""The record of a network is what the fact files say, on every engine."""

import pytest

from graph_service.api.context import Service
from graph_service.facts.load import load
from graph_service.facts.rows import (
    Alternative,
    Company,
    Component,
    Coverage,
    Deployment,
    Enabled,
    Nation,
    Offer,
    Party,
    Requirement,
)
from graph_service.facts.synthetic.facts import synthetic_facts
from graph_service.network.load import load_network
from graph_service.network.tables import NONE
from graph_service.store.store import Store
from tests.shipped import ShippedFacts


async def test_offers_and_requirements_are_those_of_the_files(
    shipped_service: Service, shipped_facts: ShippedFacts
) -> None:
    record = await shipped_service.networks.record()
    stated = shipped_facts.bundle.of(Offer)
    assert len(record.offers.id) == len(stated)
    shares = dict(zip(record.offers.id, record.offers.share_pct, strict=True))
    assert all(shares[offer.id] == offer.share_pct for offer in stated if offer.id)
    assert record.requirements.id == sorted(row.id for row in shipped_facts.bundle.of(Requirement))


async def test_companies_and_nations_are_those_of_the_files(
    shipped_service: Service, shipped_facts: ShippedFacts
) -> None:
    record = await shipped_service.networks.record()
    seats = [None if nation == NONE else record.nations.id[nation] for nation in record.companies.headquarters]
    stated = {row.id: row.headquarters for row in shipped_facts.bundle.of(Company)}
    assert dict(zip(record.companies.id, seats, strict=True)) == stated
    transfers = {row.id: row.gdpr_transfer for row in shipped_facts.bundle.of(Nation)}
    assert dict(zip(record.nations.id, record.nations.gdpr_transfer, strict=True)) == transfers


async def test_variants_are_those_of_the_files(store: Store) -> None:
    facts = synthetic_facts(200, seed=3)
    await load(store, facts)
    nodes = (await load_network(store)).nodes
    loaded = {name: nodes.id[of] for name, of in zip(nodes.id, nodes.variant_of, strict=True) if of != NONE}
    assert loaded == {row.id: row.variant_of for row in facts.of(Component) if row.variant_of}
    assert loaded


async def test_deployments_are_those_of_the_files(shipped_service: Service, shipped_facts: ShippedFacts) -> None:
    record = await shipped_service.networks.record()
    deployments = sorted(shipped_facts.bundle.of(Deployment), key=lambda row: row.id)
    assert record.nodes.id[record.nodes.component_count :] == [row.id for row in deployments]
    places = [None if nation == NONE else record.nations.id[nation] for nation in record.deployments.location]
    assert places == [row.location for row in deployments]
    operators = [None if company == NONE else record.companies.id[company] for company in record.deployments.operator]
    assert operators == [row.operator for row in deployments]
    assert list(record.deployments.mode) == [row.mode for row in deployments]
    assert list(record.deployments.capex) == [row.capex for row in deployments]


async def test_partnerships_are_those_of_the_files(shipped_service: Service, shipped_facts: ShippedFacts) -> None:
    record = await shipped_service.networks.record()
    bundle, partnerships = shipped_facts.bundle, record.partnerships
    parties = {
        (name, party) for name, found in zip(partnerships.id, partnerships.parties, strict=True) for party in found
    }
    assert parties == {(row.partnership, row.party) for row in bundle.of(Party)}
    covers = {
        (name, record.nodes.id[node])
        for name, found in zip(partnerships.id, partnerships.covers, strict=True)
        for node in found
    }
    assert covers == {(row.partnership, row.component) for row in bundle.of(Coverage)}
    enables = {
        (name, record.offers.id[offer])
        for name, found in zip(partnerships.id, partnerships.enables, strict=True)
        for offer in found
    }
    assert enables == {(row.partnership, row.offer) for row in bundle.of(Enabled)}


@pytest.mark.parametrize("rows", [1, 7, 60, 1_000])
async def test_a_network_is_the_same_however_its_chunks_are_cut(
    store: Store, rows: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    await load(store, synthetic_facts(20, seed=2))
    whole = await load_network(store)
    monkeypatch.setattr("graph_service.network.load.CHUNK_ROWS", rows)
    assert await load_network(store) == whole


async def test_every_figure_of_an_offer_is_the_stated_one(store: Store) -> None:
    facts = synthetic_facts(60, seed=3)
    await load(store, facts)
    record = await load_network(store)
    offers, validity = record.offers, record.offers.validity
    ends = (
        [record.nodes.id[node] for node in offers.component],
        [None if company == NONE else record.companies.id[company] for company in offers.company],
        [None if nation == NONE else record.nations.id[nation] for nation in offers.nation],
    )
    shares = (offers.share_pct, offers.share_basis, offers.share_year)
    weeks = (offers.lead_time_weeks, offers.time_to_recover_weeks, offers.inventory_weeks)
    amounts = (offers.capacity, offers.unit_cost, offers.currency)
    dated = (validity.confidence, validity.valid_from, validity.valid_to)
    loaded = set(zip(offers.id, *ends, *shares, *weeks, *amounts, *dated, strict=True))
    assert loaded == {
        (
            *(row.id, row.component, row.company, row.nation, row.share_pct, row.share_basis, row.share_year),
            *(row.lead_time_weeks, row.time_to_recover_weeks, row.inventory_weeks),
            *(row.capacity, row.unit_cost, row.currency, row.confidence, row.valid_from, row.valid_to),
        )
        for row in facts.of(Offer)
    }


async def test_every_figure_of_an_alternative_is_the_stated_one(store: Store) -> None:
    facts = synthetic_facts(60, seed=3)
    await load(store, facts)
    record = await load_network(store)
    table = record.requirements
    loaded = {
        (name, record.nodes.id[node], efficiency, weeks)
        for name, *columns in zip(table.id, table.alternatives, table.efficiency, table.switch_time_weeks, strict=True)
        for node, efficiency, weeks in zip(*columns, strict=True)
    }
    stated = facts.of(Alternative)
    assert loaded == {(row.requirement, row.component, row.efficiency, row.switch_time_weeks) for row in stated}


async def test_equal_values_of_a_column_are_one_object(store: Store) -> None:
    await load(store, synthetic_facts(60, seed=3))
    offers = (await load_network(store)).offers
    for column in (offers.share_basis, offers.currency, offers.capacity, offers.validity.valid_from):
        assert len({id(value) for value in column}) == len(set(column))
