"""Synthetic facts: the same for the same seed, without a broken rule, and with all that makes networks hard."""

import re
from collections import Counter

import pytest

from graph_service.errors import BadInput
from graph_service.facts.check import Severity, findings
from graph_service.facts.crosscheck import problems_of
from graph_service.facts.export import texts_of
from graph_service.facts.files import read_files
from graph_service.facts.load import load
from graph_service.facts.rows import (
    ROWS,
    Alternative,
    Component,
    Enabled,
    Membership,
    Nation,
    Offer,
    Ownership,
    Requirement,
)
from graph_service.facts.stored import read_store
from graph_service.facts.synthetic.facts import synthetic_facts
from graph_service.network.load import load_network
from graph_service.network.mask import masked
from graph_service.store.store import Store
from tests.facts.bundles import sorted_rows
from tests.networks import AS_OF, WORLD

SIZES = (10, 37, 400, 3_000)


def test_the_same_seed_makes_the_same_bytes_and_another_seed_others() -> None:
    first, again, other = (texts_of(synthetic_facts(200, seed)) for seed in (3, 3, 4))
    assert first == again
    assert first["offers.csv"] != other["offers.csv"]


@pytest.mark.parametrize("component_count", SIZES)
def test_no_rule_is_broken_and_no_finding_makes_answers_wrong(component_count: int) -> None:
    bundle = read_files(texts_of(synthetic_facts(component_count)))
    assert problems_of(bundle) == []
    assert [found for found in findings(bundle, AS_OF) if found.severity is Severity.HIGH] == []
    assert len(bundle.of(Component)) == component_count


def test_a_network_of_some_size_has_everything_that_makes_analyses_hard() -> None:
    bundle = synthetic_facts(3_000)
    assert all(bundle.of(kind) for kind in ROWS)
    meeting = Counter(alternative.requirement for alternative in bundle.of(Alternative))
    assert {1, 2, 3} <= set(meeting.values())
    assert any(1 < requirement.k < meeting[requirement.id] for requirement in bundle.of(Requirement))
    assert {requirement.optional for requirement in bundle.of(Requirement)} == {True, False}
    offers = bundle.of(Offer)
    offered = Counter(offer.component for offer in offers)
    assert {component.id for component in bundle.of(Component)} - set(offered)
    assert max(Counter(offer.company for offer in offers).values()) > 100
    for column in ("company", "share_pct", "lead_time_weeks", "inventory_weeks", "capacity", "unit_cost"):
        known = {getattr(offer, column) is not None for offer in offers}
        assert known == {True, False}, column
    blocs_of = Counter(membership.nation for membership in bundle.of(Membership))
    assert set(blocs_of.values()) >= {1, 2}
    assert set(blocs_of) < {nation.id for nation in bundle.of(Nation)}
    assert any((owned.share_pct or 0) > 50 for owned in bundle.of(Ownership))
    assert {enabled.offer for enabled in bundle.of(Enabled)} <= {offer.id for offer in offers}


@pytest.mark.parametrize("component_count", [9, 1_000_001, -5])
def test_a_size_out_of_bounds_is_refused_by_name(component_count: int) -> None:
    with pytest.raises(BadInput, match=re.escape(f"must be 10 to 1,000,000, got {component_count:,}")):
        synthetic_facts(component_count)


async def test_synthetic_facts_are_loaded_whole_and_have_loops(store: Store) -> None:
    bundle = synthetic_facts(600, seed=1)
    await load(store, bundle)
    again = (await load(store, bundle)).total
    assert (again.created, again.updated, again.retired) == (0, 0, 0)
    assert sorted_rows(await read_store(store)) == sorted_rows(bundle)
    network = masked(await load_network(store), WORLD)
    assert network.nodes.component_count == 600
    assert any(network.condensation.cyclic)
    assert network.unknown_nodes
