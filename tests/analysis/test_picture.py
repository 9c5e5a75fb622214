"""The picture of a target: each part is the answer of its own analysis, and the map shows what stops first."""

from __future__ import annotations

import pytest

from graph_service.analysis.disrupted.stops import Stop
from graph_service.analysis.disruption import simulate_disruption
from graph_service.analysis.picture import picture
from graph_service.analysis.supply_map import supply_map
from graph_service.errors import BadInput, NotFound
from graph_service.model.kinds import Answer, ImpactStatus
from tests.analysis import edge_ai
from tests.analysis.edge_ai import SERVER
from tests.analysis.random_risks import RandomRisk
from tests.networks import OfferRow, Rows, needs

BOX, FIRST, SECOND = "component:box", "component:first", "component:second"


def test_without_asking_the_worst_nation_stops_and_those_as_bad_are_named() -> None:
    found = picture(edge_ai.network(), SERVER)
    assert (found.stops, found.as_bad) == (("nation:nld",), ("nation:twn", "nation:usa"))
    assert found.disruption.targets[0].status is ImpactStatus.FAILED
    assert found.alternatives.feasible is Answer.NO
    assert [one.component for one in found.alternatives.blockers] == ["component:euv"]


def test_what_is_asked_to_stop_stops() -> None:
    found = picture(edge_ai.network(), SERVER, ["nation:kor", "company:memb", "component:substrate"])
    assert (found.stops, found.as_bad) == (("nation:kor", "company:memb", "component:substrate"), ())
    failed = {node.entity for node in found.supply_map.nodes if node.status is ImpactStatus.FAILED}
    assert failed == {SERVER, *(f"component:{name}" for name in ("gpu", "ssd", "hbm", "adv-pack", "substrate"))}


def test_where_no_nation_takes_anything_nothing_stops() -> None:
    network = Rows(offers=[OfferRow(BOX, "company:a")]).network()
    found = picture(network, BOX)
    assert (found.stops, found.as_bad, found.supply_map.nodes[0].status) == ((), (), ImpactStatus.AVAILABLE)
    assert found.alternatives.feasible is Answer.YES


def test_direct_inputs_come_before_the_most_concentrated_others() -> None:
    listed = picture(edge_ai.network(), SERVER).concentration
    assert [(one.tier_min, one.component.partition(":")[2]) for one in listed] == [
        (0, "ai-server"),
        (1, "gpu"),
        (1, "ssd"),
        (2, "adv-pack"),
        (3, "euv"),
        (2, "hbm"),
        (2, "wafer"),
        (3, "substrate"),
    ]


@pytest.mark.parametrize(
    ("target", "without", "error", "words"),
    [
        ("component:gpux", [], NotFound, "component:gpu"),
        (SERVER, ["nation:tw"], NotFound, "nation:twn"),
        (SERVER, ["offer:faba.wafer.twn"], BadInput, "must be a nation, bloc, company or component, got offer:"),
        ("nation:twn", [], BadInput, "must be a component or a deployment, got nation:twn"),
        (SERVER, ["TWN"], BadInput, "an id must be kind:slug"),
    ],
)
def test_what_cannot_be_asked_is_named(target: str, without: list[str], error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        picture(edge_ai.network(), target, without)


def test_the_map_names_who_takes_over() -> None:
    network = Rows(
        offers=[
            OfferRow(BOX, "company:a", "nation:fra"),
            OfferRow(FIRST, "company:b", "nation:twn"),
            OfferRow(FIRST, "company:b", "nation:fra", share=1),
            OfferRow(FIRST, "company:c", "nation:twn"),
            OfferRow(SECOND, "company:d", "nation:fra"),
        ],
        requirements=[needs(BOX, FIRST, SECOND)],
    ).network()
    found = picture(network, BOX, ["nation:twn"]).supply_map
    (need,) = found.needs
    assert (need.of, need.k, need.alternatives, need.takes_over) == (BOX, 1, (FIRST, SECOND), (SECOND,))
    first = next(node for node in found.nodes if node.entity == FIRST)
    assert (first.status, first.stopping, first.staying) == (ImpactStatus.AT_RISK, ("company:c",), ("company:b",))


@pytest.mark.parametrize("seed", range(60))
def test_a_map_hangs_together_and_loses_first_what_is_lost_least(seed: int) -> None:
    risk = RandomRisk(seed, components=9)
    stops = [Stop(name) for name in risk.network.nation_ids[:1]]
    disruption = simulate_disruption(risk.network, stops, [risk.target])
    whole, part = (supply_map(risk.network, risk.target, disruption, stops, size) for size in (100, 4))
    assert (whole.left_out, len(part.nodes) + part.left_out) == (0, len(whole.nodes))
    assert part.nodes == whole.nodes[: len(part.nodes)]
    for drawn in (whole, part):
        ids = [node.entity for node in drawn.nodes]
        inputs = {name for need in drawn.needs for name in need.alternatives}
        assert ids[0] == risk.target
        assert set(ids[1:]) <= inputs <= set(ids)
        assert all(need.more >= 0 and need.of in ids for need in drawn.needs)
    status = {impact.entity: impact.status for impact in disruption.impacted}
    assert {node.entity: node.status for node in whole.nodes if node.entity in status}.items() <= status.items()
