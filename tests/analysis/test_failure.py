"""Failure is the least fixpoint: what must fail does, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph_service.analysis.primitives.exclusions import excluded
from graph_service.analysis.primitives.failure import failure
from graph_service.model.kinds import InputKind, Suppliers
from graph_service.model.world import World
from tests.analysis.brute import Brute
from tests.analysis.random_networks import RandomNetwork
from tests.networks import AS_OF, ComponentRow, DeploymentRow, OfferRow, Rows, needs

if TYPE_CHECKING:
    from graph_service.network.network import SupplyNetwork

OPEN = World(as_of=AS_OF, suppliers=Suppliers.OPEN)


def supplied(*names: str) -> list[OfferRow]:
    """One offer of each of these components, by a company of its own."""
    return [OfferRow(f"component:{name}", f"company:{name}", id=f"offer:{name}") for name in names]


def what_fails(network: SupplyNetwork, *down: str, withdrawn: str | None = None, **reading: object) -> list[str]:
    """Give what fails, by id, without the `component:`."""
    failed = failure(
        network,
        [network.offers.id.index(f"offer:{name}") for name in down],
        withdrawn=[network.node_by_id[f"component:{withdrawn}"]] if withdrawn else [],
        **reading,
    )
    return sorted([network.nodes.id[node].partition(":")[2] for node in failed.nonzero()[0]])


def test_a_second_supplier_keeps_the_component_running() -> None:
    rows = Rows(offers=[*supplied("a"), OfferRow("component:a", "company:other", id="offer:a2")])
    assert what_fails(rows.network(), "a") == []
    assert what_fails(rows.network(), "a", "a2") == ["a"]


def test_failure_climbs_through_what_has_no_choice() -> None:
    rows = Rows(
        deployments=[DeploymentRow("deployment:d")],
        offers=supplied("a", "b", "c", "e"),
        requirements=[
            needs("deployment:d", "component:a"),
            needs("component:a", "component:b"),
            needs("component:b", "component:c"),
            needs("component:e", "component:c", "component:a"),
        ],
    )
    assert what_fails(rows.network(), "c") == ["a", "b", "c", "d", "e"]


def test_a_requirement_fails_below_its_k() -> None:
    rows = Rows(
        offers=supplied("a", "b", "c", "d"),
        requirements=[needs("component:a", "component:b", "component:c", "component:d", k=2)],
    )
    assert what_fails(rows.network(), "b") == ["b"]
    assert what_fails(rows.network(), "b", "d") == ["a", "b", "d"]


def test_a_cycle_does_not_fail_by_itself_and_fails_as_a_whole() -> None:
    rows = Rows(
        offers=supplied("a", "b"),
        requirements=[needs("component:a", "component:b"), needs("component:b", "component:a")],
    )
    assert what_fails(rows.network()) == []
    assert what_fails(rows.network(), "b") == ["a", "b"]


def test_an_assembly_works_without_its_offers_but_not_without_its_parts() -> None:
    rows = Rows(
        components=[ComponentRow("component:rack", InputKind.ASSEMBLY)],
        offers=supplied("rack", "part"),
        requirements=[needs("component:rack", "component:part")],
    )
    assert what_fails(rows.network(), "rack") == []
    assert what_fails(rows.network(), "part") == ["part", "rack"]


def test_a_withdrawn_component_meets_nothing_but_need_not_fail() -> None:
    rows = Rows(offers=supplied("a", "b"), requirements=[needs("component:a", "component:b")])
    assert what_fails(rows.network(), withdrawn="b") == ["a"]
    assert what_fails(rows.network(), "b", withdrawn="b") == ["a", "b"]


def test_unknown_components_work_unless_told_otherwise() -> None:
    rows = Rows(offers=supplied("a"), requirements=[needs("component:a", "component:b")])
    assert what_fails(rows.network()) == []
    assert what_fails(rows.network(), unknown_fails=True) == ["a", "b"]
    assert what_fails(rows.network(OPEN), unknown_fails=True) == []


@pytest.mark.parametrize(("complete", "fails"), [(True, ["a"]), (False, []), (None, [])])
def test_an_open_list_never_runs_dry(complete: bool | None, fails: list[str]) -> None:
    rows = Rows(components=[ComponentRow("component:a", complete=complete)], offers=supplied("a"))
    assert what_fails(rows.network(), "a") == ["a"]
    assert what_fails(rows.network(), "a", suppliers=Suppliers.OPEN) == fails
    assert what_fails(rows.network(OPEN), "a") == fails
    assert what_fails(rows.network(OPEN), "a", suppliers=Suppliers.RECORDED) == ["a"]


@pytest.mark.parametrize("seed", range(150))
def test_what_fails_is_what_fails_step_by_step(seed: int) -> None:
    case = RandomNetwork(seed)
    brute = Brute(case.rows, case.world)
    network, lost = case.network, excluded(case.network, case.excluding)
    left = set(brute.offers) - brute.lost(case.excluding)
    assert {network.offers.id[offer] for offer in lost.offers} == set(brute.offers) - left
    for unknown_fails in (True, False):
        for suppliers in Suppliers:
            failed = failure(
                network, lost.offers, withdrawn=lost.components, unknown_fails=unknown_fails, suppliers=suppliers
            )
            expected = brute.failed(
                left,
                withdrawn=case.excluding.components,
                unknown_fails=unknown_fails,
                opened=suppliers is Suppliers.OPEN,
            )
            assert {network.nodes.id[node] for node in failed.nonzero()[0]} == expected
