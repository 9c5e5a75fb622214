"""The stress test: worked numbers, a program of its own over random networks, laws, limits."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from typing import ClassVar

import pytest

from graph_service.analysis.primitives.closure import closure
from graph_service.analysis.solutions.program import Budget
from graph_service.analysis.stress import answers as stress_answers
from graph_service.analysis.stress.answers import StressAnswers
from graph_service.analysis.stress_test import StressRow, StressTest, stress_test
from graph_service.errors import BadInput, NotFound
from graph_service.model.kinds import Answer, Exactness, InputKind, Level
from graph_service.network.network import SupplyNetwork
from tests.analysis import edge_ai
from tests.analysis.brute_stress import MANY, StressBrute
from tests.analysis.edge_ai import SERVER
from tests.analysis.random_risks import RandomRisk, Redundant
from tests.networks import Alternative, ComponentRow, DeploymentRow, OfferRow, RequirementRow, Rows, needs

BOX, PART = "component:box", "component:part"
TEN, MARGIN = Decimal(10), Decimal(50_000)

# in units of servers, at a demand of ten a week
STOCK = {"ai-server": 10, "gpu": 30, "adv-pack": 20, "hbm": 25, "wafer": 15, "substrate": 0, "ssd": 40, "euv": 0}
CAPACITY = {
    "serverf.ai-server": 6,
    "servert.ai-server": 8,
    "designn.gpu": 12,
    "faba.wafer": 8,
    "fabb.wafer": 4,
    "mema.hbm": 9,
    "memb.hbm": 5,
    "mema.ssd": 8,
    "memb.ssd": 8,
    "packa.adv-pack": 11,
    "subj.substrate": 7,
    "subd.substrate": 7,
}


def stocked_edge_ai() -> SupplyNetwork:
    rows = edge_ai.rows()

    def stocked(offer: OfferRow) -> OfferRow:
        component = offer.component.partition(":")[2]
        capacity = CAPACITY.get(f"{(offer.company or '').partition(':')[2]}.{component}")
        return replace(
            offer, inventory=STOCK[component] / 10, capacity=str(capacity) if capacity else None, recover=8.0
        )

    return replace(
        rows,
        offers=[stocked(offer) for offer in rows.offers],
        requirements=[replace(row, quantity="1") for row in rows.requirements],
    ).network()


def row_of(answer: StressTest, entity: str) -> StressRow:
    (row,) = [row for row in answer.rows if row.entity == entity]
    return row


def test_the_server_survives_six_weeks_without_its_only_packager() -> None:
    answer = stress_test(stocked_edge_ai(), SERVER, demand_per_week=TEN, margin_per_unit=MARGIN)
    packa = row_of(answer, "company:packa")
    assert (packa.time_to_survive_weeks, packa.time_to_recover_weeks, packa.at_risk) == (6, 8, Answer.YES)
    assert (packa.lost_units, packa.performance_impact) == (20, 1_000_000)
    assert row_of(answer, "company:designn").risk_exposure_index == 1
    assert packa.risk_exposure_index == 0.5
    subj = row_of(answer, "company:subj")
    assert (subj.time_to_survive_weeks, subj.at_risk, subj.lost_units) == (20, Answer.NO, 0)
    assert answer.meta.exactness is Exactness.EXACT


def test_rows_begin_with_the_shortest_survival() -> None:
    weeks = [row.time_to_survive_weeks for row in stress_test(stocked_edge_ai(), SERVER, demand_per_week=TEN).rows]
    known = [one for one in weeks if one is not None]
    assert known == sorted(known)


def test_without_demand_or_margin_units_and_impact_are_not_known() -> None:
    without_demand = stress_test(stocked_edge_ai(), SERVER, margin_per_unit=MARGIN)
    assert {row.lost_units for row in without_demand.rows} == {None}
    without_margin = row_of(stress_test(stocked_edge_ai(), SERVER, demand_per_week=TEN), "company:packa")
    assert (without_margin.lost_units, without_margin.performance_impact) == (20, None)
    assert without_margin.risk_exposure_index is None


def test_stocks_along_a_chain_add_up() -> None:
    rows = Rows(
        offers=[
            OfferRow(BOX, "company:b", inventory=1.5),
            OfferRow(PART, "company:p", inventory=2.0),
            OfferRow("component:ore", "company:o", inventory=4.0, recover=5.0),
        ],
        requirements=[needs(BOX, PART), needs(PART, "component:ore")],
    )
    answer = stress_test(rows.network(), BOX)
    assert [(row.entity, row.time_to_survive_weeks) for row in answer.rows] == [
        ("company:b", 1.5),
        ("company:p", 3.5),
        ("company:o", 7.5),
    ]
    assert row_of(answer, "company:o").at_risk is Answer.NO
    assert row_of(answer, "company:b").at_risk is Answer.UNKNOWN


def test_a_spare_alternative_lets_the_target_survive_for_ever() -> None:
    rows = Rows(
        offers=[OfferRow("component:x", "company:x", recover=9.0), OfferRow("component:y", "company:y")],
        requirements=[RequirementRow("deployment:d", (Alternative("component:x"), Alternative("component:y")))],
    )
    answer = stress_test(replace(rows, deployments=[DeploymentRow("deployment:d")]).network(), "deployment:d")
    assert [(row.time_to_survive_weeks, row.at_risk) for row in answer.rows] == [(None, Answer.NO)] * 2


def test_unknown_stock_counts_nothing_and_the_answer_says_that_time_is_a_lower_bound() -> None:
    answer = stress_test(edge_ai.network(), SERVER)
    assert row_of(answer, "company:packa").time_to_survive_weeks == 0
    assert (answer.meta.exactness, answer.meta.is_partial) == (Exactness.BOUNDED, True)
    assert answer.meta.partial_because == (
        "the stock of 13 of 13 offers is not known and counts 0, so the time to survive is a lower bound"
    )


def test_where_everything_is_unknown_there_are_no_rows() -> None:
    answer = stress_test(Rows(requirements=[needs(BOX, PART)]).network(), BOX)
    assert (answer.rows, answer.meta.unknown_inputs) == ((), (BOX, PART))


class Stocked:
    """A random network with capacities, stocks and times to recover, and the question to ask of it."""

    def __init__(self, seed: int) -> None:
        choose = random.Random(f"stress {seed}")
        case = RandomRisk(seed)
        self.world, self.target = case.world, case.target
        self.demand = choose.choice([None, Decimal(1), Decimal(10)])
        self.rows = replace(
            case.rows,
            offers=[
                replace(
                    row,
                    capacity=choose.choice([None, "0", "1", "4", "7.5", "20"]),
                    recover=choose.choice([None, 1.0, 4.0, 30.0]),
                    inventory=choose.choice([None, 0.0, 1.0, 2.5, 12.0]),
                )
                for row in case.rows.offers
            ],
        )
        self.level = list(Level)[seed % len(Level)]

    def answer(self, rows: Rows | None = None) -> StressTest:
        network = (rows or self.rows).network(self.world)
        return stress_test(network, self.target, self.level, self.demand, Decimal(2))


@pytest.mark.parametrize("seed", range(250))
def test_times_and_losses_are_those_of_a_program_of_its_own(seed: int) -> None:
    case = Stocked(seed)
    answer = case.answer()
    brute = StressBrute(case.rows, case.world, case.target, case.level, case.demand)
    assert sorted(row.entity for row in answer.rows) == brute.elements(case.level, case.target)
    for row in answer.rows:
        weeks = brute.given(row.entity, None)
        expected = None if weeks > MANY * 0.99 else pytest.approx(weeks, abs=1e-4, rel=1e-5)
        assert row.time_to_survive_weeks == expected, row
        if row.time_to_recover_weeks is None or case.demand is None:
            assert row.lost_units is None
            continue
        lost = row.time_to_recover_weeks - brute.given(row.entity, row.time_to_recover_weeks)
        assert float(row.lost_units or 0) == pytest.approx(lost * float(case.demand), abs=1e-3)
        assert row.performance_impact == (row.lost_units or 0) * 2


@pytest.mark.parametrize("seed", range(100))
def test_flows_and_linear_programs_say_the_same(seed: int) -> None:
    case = RandomRisk(seed) if seed % 2 else Redundant(seed)
    network, choose = case.network, random.Random(seed)
    nodes = closure(network, network.node_by_id[case.target]).nodes
    capacity = {node: choose.choice([0.5, 0.9, 1.0, 1.0, 2.0]) for node in nodes if choose.random() < 0.8}
    stock = {node: choose.choice([1.0, 2.5, 4.0]) for node in nodes if choose.random() < 0.5}
    cases = [{node: one * choose.choice([0.0, 0.5])} for node, one in capacity.items()]
    answers = StressAnswers(network, nodes, capacity, stock)
    by_program = answers.survived(cases, Budget(60), by_program=True)
    for weeks, expected in zip(answers.survived(cases, Budget(60)), by_program, strict=True):
        assert weeks in (None, pytest.approx(expected, abs=1e-4, rel=1e-5))
    recover = [choose.choice([0.5, 3.0, 20.0]) for _ in cases]
    by_program = answers.given(recover, cases, Budget(60), by_program=True)
    for given, expected in zip(answers.given(recover, cases, Budget(60)), by_program, strict=True):
        assert given in (None, pytest.approx(expected, abs=1e-6))


@pytest.mark.parametrize("seed", range(60))
def test_more_stock_never_shortens_survival(seed: int) -> None:
    case = Stocked(seed)
    more = replace(case.rows, offers=[replace(row, inventory=(row.inventory or 0) + 1) for row in case.rows.offers])
    before = {row.entity: row.time_to_survive_weeks for row in case.answer().rows}
    for row in case.answer(more).rows:
        weeks = before[row.entity]
        if row.time_to_survive_weeks is not None:
            assert weeks is not None
            assert row.time_to_survive_weeks >= weeks - 1e-5


def test_without_time_rows_are_missing_and_the_answer_says_so() -> None:
    answer = stress_test(edge_ai.network(), SERVER, budget_seconds=0)
    assert (answer.rows, answer.meta.exactness) == ((), Exactness.BOUNDED)
    assert "the time of 0 s ended after 0 of 11 elements" in (answer.meta.partial_because or "")


def rounds_of_boxes() -> SupplyNetwork:
    """A box is made of ore or, half as well, of a frame, which is made of a box again; only ore is limited."""
    rows = Rows(
        components=[ComponentRow(BOX, InputKind.ASSEMBLY), ComponentRow("component:frame", InputKind.ASSEMBLY)],
        offers=[OfferRow("component:ore", "company:o", inventory=2.0, recover=6.0)],
        requirements=[
            RequirementRow(BOX, (Alternative("component:ore"), Alternative("component:frame", efficiency=0.5))),
            needs("component:frame", BOX),
        ],
    )
    return rows.network()


def test_what_goes_round_a_cycle_dwindles_by_its_efficiency() -> None:
    answer = stress_test(rounds_of_boxes(), BOX, demand_per_week=Decimal(1))
    (row,) = answer.rows
    assert (row.time_to_survive_weeks, row.lost_units, answer.meta.exactness) == (4, 2, Exactness.EXACT)


def test_an_element_whose_linear_program_cannot_be_written_in_time_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stress_answers, "WRITTEN_PER_SECOND", 0)
    answer = stress_test(rounds_of_boxes(), BOX, budget_seconds=7)
    assert (answer.rows, answer.meta.exactness) == ((), Exactness.BOUNDED)
    assert answer.meta.partial_because == ("within 7 s, a linear program of 3 components was not solved for company:o")


@pytest.mark.parametrize("seed", range(40))
def test_cycles_of_several_efficiencies_as_a_rule_need_no_linear_program(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    complete = Stocked(seed).answer()
    monkeypatch.setattr(stress_answers, "WRITTEN_PER_SECOND", 0)
    assert Stocked(seed).answer().rows == complete.rows


class Looks(Budget):
    """A budget that ends after so many looks at it."""

    left_looks: ClassVar[int]

    @property
    def left(self) -> float:
        Looks.left_looks -= 1
        return max(0.0, float(Looks.left_looks))


@pytest.mark.parametrize("seed", range(0, 100, 5))
def test_a_budget_that_ends_within_a_batch_leaves_out_answers_and_changes_none(seed: int) -> None:
    network = Stocked(seed).rows.network()
    nodes = closure(network, network.node_by_id[Stocked(seed).target]).nodes
    cases = [{node: 0.0} for node in nodes]
    capacity, stock = dict.fromkeys(nodes, 1.0), {node: float(place % 4) for place, node in enumerate(nodes)}
    answers = StressAnswers(network, nodes, capacity, stock)
    complete = answers.survived(cases, Budget(60))
    found = 0
    for looks in range(200):
        Looks.left_looks = looks
        cut = answers.survived(cases, Looks(60))
        assert all(weeks in (None, expected) for weeks, expected in zip(cut, complete, strict=True))
        assert sum(weeks is not None for weeks in cut) >= found
        found = sum(weeks is not None for weeks in cut)
    assert cut == complete


@pytest.mark.parametrize("value", [Decimal(0), Decimal(-1), Decimal("NaN"), Decimal("Infinity")])
def test_a_demand_or_a_margin_that_is_not_above_0_is_refused(value: Decimal) -> None:
    with pytest.raises(BadInput, match=f"demandPerWeek must be above 0, got {value}"):
        stress_test(edge_ai.network(), SERVER, demand_per_week=value)
    with pytest.raises(BadInput, match=f"marginPerUnit must be above 0, got {value}"):
        stress_test(edge_ai.network(), SERVER, margin_per_unit=value)


def test_a_target_that_is_not_recorded_is_not_found() -> None:
    with pytest.raises(NotFound, match="nearest: component:ssd"):
        stress_test(edge_ai.network(), "component:sssd")
