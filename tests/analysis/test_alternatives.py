"""Alternative supplier paths: what a solution is, which is best, what is known of it, what a short budget leaves."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from benchmarks.networks import layered_network
from graph_service.analysis.alternatives import AlternativeSupply, alternative_supplier_paths
from graph_service.analysis.primitives.exclusions import Exclusions
from graph_service.analysis.primitives.failure import failure
from graph_service.analysis.solutions import search
from graph_service.model.kinds import Answer, Exactness, InputKind, Level, Objective, Suppliers
from graph_service.model.world import World
from tests.networks import (
    AS_OF,
    Alternative,
    ComponentRow,
    DeploymentRow,
    Fact,
    OfferRow,
    PartnershipRow,
    RequirementRow,
    Rows,
    needs,
)

NOBODY = Exclusions()
OPEN = World(as_of=AS_OF, suppliers=Suppliers.OPEN)
A = "component:a"


def offer(name: str, company: str | None = None, nation: str | None = None, **facts: object) -> OfferRow:
    """Give the offer of the component that its name starts with: `b2` is an offer of `component:b`."""
    maker = company or f"company:of-{name}"
    return OfferRow(f"component:{name[0]}", maker, nation, id=f"offer:{name}", **facts)


def ask(rows: Rows, excluding: Exclusions = NOBODY, target: str = A, **question: object) -> AlternativeSupply:
    return alternative_supplier_paths(rows.network(), target, excluding, **question)


def chosen(answer: AlternativeSupply) -> list[list[str]]:
    return [[one.partition(":")[2] for one in found.offers] for found in answer.solutions]


# what a solution is


def test_a_solution_names_one_offer_of_each_component_that_it_needs() -> None:
    rows = Rows(offers=[offer("a"), offer("b1"), offer("b2")], requirements=[needs(A, "component:b")])
    assert chosen(ask(rows)) == [["a", "b1"], ["a", "b2"]]


def test_a_cycle_of_components_supports_itself() -> None:
    rows = Rows(offers=[offer("a"), offer("b")], requirements=[needs(A, "component:b"), needs("component:b", A)])
    assert chosen(ask(rows)) == [["a", "b"]]


def test_what_works_without_offers_needs_none() -> None:
    rows = Rows(components=[ComponentRow(A, InputKind.ASSEMBLY)], deployments=[DeploymentRow("deployment:d")])
    rows = replace(rows, offers=[offer("a")], requirements=[needs("deployment:d", A)])
    answer = ask(rows, target="deployment:d", disjoint_by=Level.COMPANY)
    assert (answer.feasible, answer.established, chosen(answer), answer.max_disjoint) == (Answer.YES, True, [[]], 1)
    (found,) = answer.solutions
    assert (found.companies, found.cost, found.lead_time_weeks, found.confidence) == ((), 0, None, 100)


def test_an_offer_that_another_choice_makes_needless_is_left_out() -> None:
    rows = Rows(
        offers=[offer("a"), offer("b", lead=1.0), offer("c", lead=1.0)],
        requirements=[
            RequirementRow(A, (Alternative("component:b"), Alternative("component:c", switch=90.0))),
            needs(A, "component:c"),
        ],
    )
    answer = ask(rows, objective=Objective.LEAD_TIME)
    assert chosen(answer) == [["a", "c"]]
    assert answer.solutions[0].lead_time_weeks == 91
    assert answer.meta.exactness is Exactness.EXACT


def test_an_open_list_needs_no_offer_and_excluded_offers_do_not_end_it() -> None:
    rows = Rows(
        components=[ComponentRow("component:b", complete=True)],
        offers=[offer("a", "company:x"), offer("b", "company:x"), offer("b2", "company:y")],
        requirements=[needs(A, "component:b")],
    )
    answer = alternative_supplier_paths(rows.network(OPEN), A, Exclusions(companies=("company:x",)))
    assert (answer.feasible, chosen(answer)) == (Answer.YES, [["b2"]])


# feasibility


def test_what_rests_on_an_unknown_component_is_unknown_and_named() -> None:
    rows = Rows(offers=[offer("a")], requirements=[needs(A, "component:b")])
    answer = ask(rows)
    assert (answer.feasible, answer.established) == (Answer.UNKNOWN, False)
    assert (chosen(answer), answer.meta.unknown_inputs) == ([["a"]], ("component:b",))


def test_an_unknown_alternative_does_not_matter_where_a_known_one_works() -> None:
    rows = Rows(offers=[offer("a"), offer("c")], requirements=[needs(A, "component:b", "component:c")])
    answer = ask(rows)
    assert (answer.feasible, chosen(answer)) == (Answer.YES, [["a", "c"]])


@pytest.mark.parametrize(("complete", "established"), [(True, True), (False, False)])
def test_an_infeasibility_is_established_where_the_list_is_complete(complete: bool, established: bool) -> None:
    rows = Rows(components=[ComponentRow(A, complete=complete)], offers=[offer("a", "company:x")])
    answer = ask(rows, Exclusions(companies=("company:x",)), disjoint_by=Level.NATION)
    assert (answer.feasible, answer.established, answer.max_disjoint) == (Answer.NO, established, 0)


def test_known_shares_that_sum_to_almost_all_make_a_list_complete() -> None:
    rows = Rows(offers=[offer("a1", "company:x", share=60.0), offer("a2", "company:y", share=39.5)])
    answer = ask(rows, Exclusions(companies=("company:x", "company:y")))
    assert (answer.feasible, answer.established) == (Answer.NO, True)


# which is best

CHOICE = Rows(
    offers=[
        offer("a", "company:x", "nation:n", lead=1.0, cost="1", currency="EUR"),
        offer("b1", "company:y", "nation:n", lead=9.0, cost="5", currency="EUR", fact=Fact(confidence=90)),
        offer("b2", "company:x", "nation:n", lead=4.0, cost="7", currency="EUR", fact=Fact(confidence=60)),
        offer("b3", "company:z", "nation:m", lead=None, cost="2", currency="USD", fact=Fact(confidence=70)),
        offer("b4", "company:w", "nation:m", lead=2.0, cost="3", currency="EUR", fact=Fact(confidence=50)),
    ],
    requirements=[needs(A, "component:b", quantity="2")],
    partnerships=[PartnershipRow("partnership:p", ("offer:b2",)), PartnershipRow("partnership:q", ("offer:b1",))],
)


@pytest.mark.parametrize(
    ("objective", "order"),
    [
        (Objective.OFFERS, ["b1", "b2", "b3", "b4"]),
        (Objective.LEAD_TIME, ["b4", "b2", "b1", "b3"]),
        (Objective.COST, ["b4", "b1", "b2", "b3"]),
        (Objective.RISK, ["b2", "b1", "b3", "b4"]),
        (Objective.CONFIDENCE, ["b1", "b3", "b2", "b4"]),
    ],
)
def test_each_objective_has_its_own_order(objective: Objective, order: list[str]) -> None:
    assert chosen(ask(CHOICE, objective=objective, k=20)) == [["a", name] for name in order]


def test_a_solution_says_what_it_costs_takes_and_rests_on() -> None:
    found = ask(CHOICE, objective=Objective.RISK, k=1).solutions[0]
    assert (found.companies, found.nations) == (("company:x",), ("nation:n",))
    assert (found.lead_time_weeks, found.cost, found.confidence) == (5, Decimal(15), 60)
    assert found.uses_partnerships == ("partnership:p",)


def test_amounts_in_several_currencies_are_no_cost() -> None:
    assert ask(CHOICE, objective=Objective.COST, k=4).solutions[-1].cost is None


def test_an_offer_without_a_company_shares_nothing_with_another() -> None:
    rows = Rows(offers=[OfferRow(A, None, "nation:n", id=f"offer:a{place}") for place in range(3)])
    answer = ask(rows, disjoint_by=Level.COMPANY)
    assert (answer.max_disjoint, chosen(answer)) == (3, [["a0"], ["a1"], ["a2"]])
    assert ask(rows, disjoint_by=Level.NATION).max_disjoint == 1


# the best solution takes both companies x and y, of which each of the other two needs one
CROWDED = Rows(
    offers=[
        offer("b", "company:x"),
        offer("c1", "company:y"),
        offer("c2", "company:y"),
        offer("d", "company:x"),
        offer("e", "company:z"),
        offer("f", "company:v"),
        offer("g", "company:y"),
    ],
    deployments=[DeploymentRow("deployment:t")],
    requirements=[
        needs("deployment:t", "component:b", "component:e", "component:g"),
        needs("component:b", "component:c"),
        needs("component:e", "component:d"),
        needs("component:g", "component:f"),
    ],
)


def test_the_best_solution_gives_way_to_one_that_leaves_room_for_another() -> None:
    best = ask(CROWDED, target="deployment:t", k=1)
    assert chosen(best) == [["b", "c1"]]
    two = ask(CROWDED, target="deployment:t", k=3, disjoint_by=Level.COMPANY)
    assert two.max_disjoint == 2
    assert chosen(two) == [["d", "e"], ["f", "g"]]


# the search


def test_large_closures_are_searched_exactly_and_every_solution_is_minimal() -> None:
    network = layered_network(250, company_count=100)
    excluding = Exclusions(nations=("nation:n003",))
    for objective in (Objective.OFFERS, Objective.COST, Objective.CONFIDENCE):
        answer = alternative_supplier_paths(
            network, network.nodes.id[0], excluding, objective=objective, budget_seconds=120
        )
        assert answer.meta.exactness is Exactness.EXACT
        assert len({found.offers for found in answer.solutions}) == 3
        sizes = [len(found.offers) for found in answer.solutions]
        assert sizes == sorted(sizes)
        for found in answer.solutions:
            kept = {network.offer_by_id[name] for name in found.offers}
            everything = set(range(len(network.offers.id)))
            assert not failure(network, everything - kept)[0]
            assert all(failure(network, everything - kept | {one})[0] for one in kept)


@pytest.mark.parametrize("objective", list(Objective))
def test_without_time_the_answer_is_bounded_complete_and_minimal(objective: Objective) -> None:
    network = layered_network(250, company_count=100)
    answer = alternative_supplier_paths(network, network.nodes.id[0], NOBODY, objective=objective, budget_seconds=0)
    assert (answer.feasible, answer.meta.exactness, answer.meta.is_partial) == (Answer.YES, Exactness.BOUNDED, True)
    assert (answer.meta.partial_because or "").startswith("within 0 s, 0 of 3 solutions were proven to be the best")
    everything = set(range(len(network.offers.id)))
    assert len(answer.solutions) == 3
    for found in answer.solutions:
        kept = {network.offer_by_id[name] for name in found.offers}
        assert not failure(network, everything - kept)[0]
        assert all(failure(network, everything - kept | {one})[0] for one in kept)


def test_without_time_the_number_of_disjoint_solutions_is_a_range() -> None:
    answer = ask(CROWDED, target="deployment:t", disjoint_by=Level.COMPANY, budget_seconds=0)
    assert (answer.meta.exactness, answer.max_disjoint, len(answer.solutions)) == (Exactness.BOUNDED, 1, 1)
    assert "the greatest number of disjoint solutions is 1 to 3" in (answer.meta.partial_because or "")


def test_a_formula_beyond_the_limit_is_not_searched_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "NODES_MAX", 1)
    answer = ask(CHOICE)
    assert answer.meta.partial_because == (
        "within 5 s, 0 of 3 solutions were proven to be the best; 2 components are more than the 1 that are searched"
    )
    assert chosen(answer) == [["a", "b1"], ["a", "b2"], ["a", "b3"]]
