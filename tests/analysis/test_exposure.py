"""Exposure: worked numbers, brute force, limits."""

from __future__ import annotations

import pytest

from graph_service.analysis.disrupted import target_losses
from graph_service.analysis.exposure import exposure
from graph_service.errors import BadInput, NotFound
from graph_service.model.kinds import Exactness, Level
from tests.analysis import edge_ai
from tests.analysis.brute_risk import ESTIMATE, LOWER, UPPER, RiskBrute
from tests.analysis.edge_ai import SERVER
from tests.analysis.random_risks import RandomRisk, Redundant
from tests.networks import OfferRow, Rows, needs

BOX, PARTS = "component:box", "component:part"


def test_half_of_the_server_hangs_on_japan_which_sells_it_nothing() -> None:
    rows = {row.group: row for row in exposure(edge_ai.network(), SERVER).rows}
    japan = rows["nation:jpn"]
    assert (japan.direct_share_pct, japan.loss_pct_estimate, japan.through) == (0, 50, ("component:substrate",))
    france = rows["nation:fra"]
    assert (france.direct_share_pct, france.loss_pct_estimate, france.through) == (40, 40, ())


def test_rows_are_ordered_by_estimate_then_by_id() -> None:
    rows = exposure(edge_ai.network(), SERVER).rows
    assert [row.group.removeprefix("nation:") for row in rows] == ["nld", "twn", "usa", "kor", "deu", "jpn", "fra"]


def test_a_deployment_has_no_direct_shares() -> None:
    rows = exposure(edge_ai.network(deployment=True), "deployment:edge", Level.COMPANY).rows
    assert {row.direct_share_pct for row in rows} == {None}
    assert next(row.through for row in rows if row.group == "company:servert") == (SERVER,)


def test_a_loss_that_another_alternative_makes_up_for_reaches_nothing() -> None:
    rows = Rows(
        offers=[OfferRow("component:x", "company:a"), OfferRow("component:y", "company:b")],
        requirements=[needs(BOX, "component:x", "component:y")],
    )
    (first, second) = exposure(rows.network(), BOX, Level.COMPANY).rows
    assert (first.loss_pct_upper, first.through, second.through) == (0, (), ())


@pytest.mark.parametrize("seed", range(150))
def test_every_row_is_that_of_the_definition(seed: int) -> None:
    for case in (RandomRisk(seed), Redundant(seed)):
        brute = RiskBrute(case.rows, case.world)
        level = list(Level)[seed % len(Level)]
        rows = exposure(case.network, case.target, level).rows
        assert sorted(row.group for row in rows) == brute.elements(level, case.target)
        for row in rows:
            taken = brute.taken(level, [row.group])
            expected = [100 * float(brute.losses(bound, *taken)[case.target]) for bound in (LOWER, UPPER, ESTIMATE)]
            given = [row.loss_pct_lower, row.loss_pct_upper, row.loss_pct_estimate]
            assert given == pytest.approx(expected, abs=1e-7)
            assert list(row.through) == brute.through(case.target, level, row.group)
        order = [(-row.loss_pct_estimate, row.group) for row in rows]
        assert order == sorted(order)


def test_tables_of_one_column_give_the_same_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    before = exposure(edge_ai.network(), SERVER).rows
    monkeypatch.setattr(target_losses, "CELLS_MAX", 1)
    assert exposure(edge_ai.network(), SERVER).rows == before


def test_the_end_of_the_time_leaves_out_rows_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(target_losses, "CELLS_MAX", 1)
    answer = exposure(edge_ai.network(), SERVER, budget_seconds=0)
    assert [row.group for row in answer.rows] == ["nation:kor"]
    assert answer.meta.partial_because == "the time of 0 s ended after 1 of 7 groups, those of most offers"
    assert answer.meta.exactness is Exactness.BOUNDED


def test_a_target_without_facts_is_exposed_to_nobody() -> None:
    answer = exposure(Rows(requirements=[needs(BOX, PARTS)]).network(), BOX)
    assert (answer.rows, answer.meta.unknown_inputs) == ((), (BOX, PARTS))


def test_a_target_must_be_recorded_and_of_the_right_kind() -> None:
    with pytest.raises(BadInput, match="must be a component or a deployment"):
        exposure(edge_ai.network(), "nation:jpn")
    with pytest.raises(NotFound, match="nearest: component:wafer"):
        exposure(edge_ai.network(), "component:wafers")
