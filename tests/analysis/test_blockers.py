"""Blockers are a smallest set of components whose supply, restored, would make the target feasible."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph_service.analysis.alternatives import AlternativeSupply, alternative_supplier_paths
from graph_service.analysis.primitives.exclusions import Exclusions
from graph_service.model.kinds import Answer, Exactness, InputKind
from tests.networks import ComponentRow, OfferRow, Rows, needs

A = "component:a"
WITHOUT_X = Exclusions(companies=("company:x",))


def lost(*names: str) -> list[OfferRow]:
    """One offer of each of these components, all by a company that is excluded."""
    return [OfferRow(f"component:{name}", "company:x", id=f"offer:{name}") for name in names]


def kept(*names: str) -> list[OfferRow]:
    """One offer of each of these components, each by a company of its own."""
    return [OfferRow(f"component:{name}", f"company:of-{name}", id=f"offer:{name}") for name in names]


def blocked(rows: Rows, excluding: Exclusions = WITHOUT_X, **question: object) -> AlternativeSupply:
    answer = alternative_supplier_paths(rows.network(), A, excluding, **question)
    assert (answer.feasible, answer.solutions) == (Answer.NO, ())
    return answer


def names(answer: AlternativeSupply) -> list[str]:
    return [blocker.component.partition(":")[2] for blocker in answer.blockers]


def test_all_that_is_lost_and_has_no_alternative_blocks() -> None:
    rows = Rows(
        offers=[*kept("a", "d"), *lost("b", "c")],
        requirements=[needs(A, "component:b"), needs(A, "component:c"), needs(A, "component:d")],
    )
    answer = blocked(rows)
    assert names(answer) == ["b", "c"]
    assert [blocker.lost_offers for blocker in answer.blockers] == [("offer:b",), ("offer:c",)]
    assert answer.meta.exactness is Exactness.EXACT


def test_one_shared_input_is_fewer_than_two_of_their_own() -> None:
    rows = Rows(
        offers=[*kept("a", "b", "c"), *lost("d", "e", "f", "g")],
        requirements=[
            needs(A, "component:b", "component:d"),
            needs(A, "component:c", "component:e"),
            needs("component:b", "component:g"),
            needs("component:c", "component:g"),
        ],
    )
    assert names(blocked(rows)) == ["g"]


def test_of_equally_small_sets_the_least_ids_are_named() -> None:
    rows = Rows(
        offers=[*kept("a"), *lost("b", "c", "d", "e")],
        requirements=[needs(A, "component:e", "component:c"), needs(A, "component:d", "component:b")],
    )
    assert names(blocked(rows)) == ["b", "c"]


def test_a_requirement_for_two_of_three_names_what_is_missing_of_the_two() -> None:
    rows = Rows(
        offers=[*kept("a", "d"), *lost("b", "c")],
        requirements=[needs(A, "component:b", "component:c", "component:d", k=2)],
    )
    assert names(blocked(rows)) == ["b"]


def test_an_unknown_component_blocks_nothing() -> None:
    rows = Rows(
        offers=[*kept("a"), *lost("b")], requirements=[needs(A, "component:b"), needs(A, "component:unheard-of")]
    )
    assert names(blocked(rows)) == ["b"]


def test_the_target_may_block_itself() -> None:
    rows = Rows(offers=lost("a"))
    (blocker,) = blocked(rows).blockers
    assert (blocker.component, blocker.lost_offers) == (A, ("offer:a",))


def test_an_excluded_component_is_restored_as_an_alternative_too() -> None:
    rows = Rows(
        components=[ComponentRow("component:b", InputKind.ASSEMBLY)],
        offers=kept("a"),
        requirements=[needs(A, "component:b")],
    )
    (blocker,) = blocked(rows, Exclusions(components=("component:b",))).blockers
    assert (blocker.component, blocker.lost_offers) == ("component:b", ())


def test_an_excluded_assembly_that_its_own_parts_need_is_restored_for_them() -> None:
    rows = Rows(
        components=[ComponentRow(A, InputKind.ASSEMBLY)],
        offers=kept("b"),
        requirements=[needs(A, "component:b"), needs("component:b", A)],
    )
    assert names(blocked(rows, Exclusions(components=(A,)))) == ["a"]
    with_another_way = replace(rows, requirements=[needs(A, "component:b"), needs("component:b", A, "component:c")])
    with_another_way = replace(with_another_way, offers=[*kept("b"), *lost("c")])
    excluding = Exclusions(companies=("company:x",), components=(A,))
    assert names(blocked(with_another_way, excluding)) == ["a"]
    with_another_way = replace(with_another_way, offers=[*kept("b", "c")])
    answer = alternative_supplier_paths(with_another_way.network(), A, excluding=Exclusions(components=(A,)))
    assert (answer.feasible, answer.solutions[0].offers) == (Answer.YES, ("offer:b", "offer:c"))


# nearest candidates


def supplier(component: str, company: str, place: int = 0, nation: str | None = None) -> OfferRow:
    name = f"offer:{company}.{component}{place}"
    return OfferRow(f"component:{component}", f"company:{company}", nation, id=name)


def family(*offers: OfferRow) -> Rows:
    """The lost component b of category x, with variants b1 and b11, and c of the same category."""
    return Rows(
        components=[
            ComponentRow("component:b", category="x"),
            ComponentRow("component:b1", category="y", variant_of="component:b"),
            ComponentRow("component:b11", category="y", variant_of="component:b1"),
            ComponentRow("component:c", category="x"),
            ComponentRow("component:d", category="z"),
        ],
        offers=[*kept("a"), *lost("b"), *offers],
        requirements=[needs(A, "component:b")],
    )


def candidates(*offers: OfferRow, excluding: Exclusions = WITHOUT_X) -> list[str]:
    (blocker,) = blocked(family(*offers), excluding).blockers
    return [company.partition(":")[2] for company in blocker.nearest_candidates]


def test_who_supplies_variants_comes_nearest_most_offers_first() -> None:
    found = candidates(
        supplier("b1", "few"),
        supplier("b1", "many"),
        supplier("b11", "many"),
        supplier("c", "other"),
        supplier("d", "no"),
    )
    assert found == ["many", "few"]


def test_without_suppliers_of_variants_those_of_the_category_come_nearest() -> None:
    assert candidates(supplier("c", "other"), supplier("d", "no")) == ["other"]


def test_what_is_excluded_is_no_candidate() -> None:
    excluding = Exclusions(companies=("company:x", "company:y"), nations=("nation:n",))
    found = candidates(
        supplier("b1", "y"), supplier("b1", "made-there", nation="nation:n"), supplier("c", "z"), excluding=excluding
    )
    assert found == ["z"]


def test_at_most_five_candidates_are_named() -> None:
    found = candidates(*[supplier("b1", f"f{place}") for place in range(9)])
    assert found == ["f0", "f1", "f2", "f3", "f4"]


def test_variants_that_are_variants_of_one_another_end_the_walk() -> None:
    rows = family(supplier("b11", "round"))
    turned = [replace(row, variant_of="component:b11") if row.id == "component:b" else row for row in rows.components]
    (blocker,) = blocked(replace(rows, components=turned)).blockers
    assert blocker.nearest_candidates == ("company:round",)


def test_without_time_blockers_are_a_set_that_suffices_and_the_answer_says_so() -> None:
    rows = Rows(offers=[*kept("a"), *lost("b", "c")], requirements=[needs(A, "component:b"), needs(A, "component:c")])
    answer = blocked(rows, budget_seconds=0)
    assert names(answer) == ["b", "c"]
    assert (answer.meta.exactness, answer.meta.is_partial) == (Exactness.BOUNDED, True)
    assert answer.meta.partial_because == ("within 0 s, 2 blockers are not proven to be the fewest and of least ids")


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_facts_changes_no_blocker(seed: int) -> None:
    rows = Rows(
        offers=[*kept("a"), *lost("b", "c", "d", "e")],
        requirements=[needs(A, "component:e", "component:c"), needs(A, "component:d", "component:b")],
    )
    turned = replace(
        rows, offers=rows.offers[seed:][::-1] + list(rows.offers[:seed]), requirements=rows.requirements[::-1]
    )
    assert names(blocked(turned)) == names(blocked(rows))
