"""What changed between two dates: against a naive comparison of rows, and case by case."""

from collections import defaultdict
from datetime import date
from itertools import pairwise

import pytest

from graph_service.analysis.changes import Change
from graph_service.analysis.diff import Diff, diff
from graph_service.errors import BadInput, NotFound, NotInWorld
from graph_service.model.kinds import ChangeKind
from graph_service.model.world import World
from graph_service.network.mask import masked
from tests.analysis import edge_ai
from tests.analysis.random_networks import RandomNetwork
from tests.networks import (
    Alternative,
    DeploymentRow,
    Fact,
    MembershipRow,
    OfferRow,
    OwnershipRow,
    PartnershipRow,
    RequirementRow,
    Rows,
    needs,
)

THEN, NOW = date(2025, 6, 1), date(2026, 6, 1)
ENDED, BEGUN = Fact(valid_to=date(2026, 1, 1)), Fact(valid_from=date(2026, 1, 1))
DATES = [date(2024, 6, 1), date(2025, 1, 1), date(2025, 6, 1), date(2026, 1, 1), date(2028, 1, 1), date(2031, 1, 1)]


def between(rows: Rows, before: date = THEN, after: date = NOW, target: str | None = None, sure: int = 0) -> Diff:
    record = rows.record()
    return diff(record, *(masked(record, World(day, sure)) for day in (before, after)), target)


def told(rows: Rows) -> list[tuple[str, str, str | None, str | None, str | None]]:
    return [
        (change.change.value, change.entity, change.field, change.before, change.after)
        for change in between(rows).changes
    ]


def required(name: str, *any_of: str, fact: Fact, k: int = 1) -> RequirementRow:
    return RequirementRow("component:x", tuple(map(Alternative, any_of)), k=k, id=name, fact=fact)


def holds(fact: Fact, day: date, sure: int) -> bool:
    begun = fact.valid_from is None or fact.valid_from <= day
    return begun and (fact.valid_to is None or day < fact.valid_to) and fact.confidence >= sure


def naive(rows: Rows, before: date, after: date, sure: int) -> set[Change]:
    """Compare sets of rows, kind by kind, with nothing of the network."""
    keyed: dict[tuple[object, ...], list[tuple[str, Fact]]] = defaultdict(list)
    for row in rows.offers:
        keyed["offer", row.company, row.component, row.nation].append((row.name, row.fact))
    for row in rows.requirements:
        keyed["requires", row.of, frozenset(met.component for met in row.alternatives)].append((row.id, row.fact))
    for row in [*rows.partnerships, *rows.deployments]:
        keyed["other", row.id].append((row.id, row.fact))
    found: set[Change] = set()
    for facts in keyed.values():
        gone = sorted(name for name, fact in facts if holds(fact, before, sure) and not holds(fact, after, sure))
        come = sorted(name for name, fact in facts if holds(fact, after, sure) and not holds(fact, before, sure))
        if gone and come:
            found.add(Change(ChangeKind.CHANGED, come[0], None, ";".join(gone), ";".join(come)))
        else:
            found |= {Change(ChangeKind.REMOVED, name) for name in gone}
            found |= {Change(ChangeKind.ADDED, name) for name in come}
    related = [(row.nation, "blocs", (0.0, row.bloc), row.fact) for row in rows.memberships]
    related += [
        (row.company, "owner", (1.0 if row.share is None else -row.share, row.owner), row.fact)
        for row in rows.ownerships
    ]
    for entity, field in {(entity, field) for entity, field, _, _ in related}:
        sides = [
            ";".join(
                name
                for _, name in sorted(
                    rank
                    for whose, what, rank, fact in related
                    if (whose, what) == (entity, field) and holds(fact, day, sure)
                )
            )
            for day in (before, after)
        ]
        if sides[0] != sides[1]:
            found.add(Change(ChangeKind.CHANGED, entity, field, sides[0] or None, sides[1] or None))
    return found


@pytest.mark.parametrize("seed", range(60))
def test_changes_are_what_a_comparison_of_rows_finds(seed: int) -> None:
    case = RandomNetwork(seed)
    for before, after in [*pairwise(DATES), (DATES[0], DATES[-1])]:
        for sure in (0, 60):
            answer = between(case.rows, before, after, sure=sure)
            assert set(answer.changes) == naive(case.rows, before, after, sure)
            assert answer.total_count == len(answer.changes) == len(set(answer.changes))
            assert list(answer.changes) == sorted(answer.changes, key=lambda one: (one.entity, one.field or ""))


@pytest.mark.parametrize("seed", range(20))
def test_the_other_way_round_what_was_added_is_removed(seed: int) -> None:
    case = RandomNetwork(seed)
    for before, after in pairwise(DATES):
        forth = between(case.rows, before, after, case.names[0])
        back = between(case.rows, after, before, case.names[0])
        turned = {"ADDED": "REMOVED", "REMOVED": "ADDED", "CHANGED": "CHANGED"}
        told_back = {(turned[one.change], one.field, one.before or one.entity, one.after) for one in back.changes}
        assert len(told_back) == forth.total_count == back.total_count
        assert sorted(turned[one.change] for one in back.changes) == sorted(str(one.change) for one in forth.changes)
        assert (forth.single_points_added, forth.single_points_removed) == (
            back.single_points_removed,
            back.single_points_added,
        )


def test_one_date_twice_shows_nothing() -> None:
    assert between(edge_ai.rows(), THEN, THEN, edge_ai.SERVER) == Diff((), 0, (), ())


def test_a_fact_that_begins_is_added_and_one_that_ends_removed() -> None:
    rows = Rows(
        offers=[OfferRow("component:x", "company:a", id="offer:1", fact=BEGUN)],
        requirements=[required("requirement:1", "component:y", fact=ENDED)],
        partnerships=[PartnershipRow("partnership:p", fact=BEGUN)],
        deployments=[DeploymentRow("deployment:d", ENDED)],
    )
    assert told(rows) == [
        ("REMOVED", "deployment:d", None, None, None),
        ("ADDED", "offer:1", None, None, None),
        ("ADDED", "partnership:p", None, None, None),
        ("REMOVED", "requirement:1", None, None, None),
    ]


def test_facts_between_the_same_things_are_one_change_with_their_ids_joined() -> None:
    rows = Rows(
        offers=[
            OfferRow("component:x", "company:a", "nation:n", id="offer:1", fact=ENDED),
            OfferRow("component:x", "company:a", "nation:n", id="offer:2", fact=ENDED),
            OfferRow("component:x", "company:a", "nation:n", id="offer:3", fact=BEGUN),
            OfferRow("component:x", "company:a", "nation:n", id="offer:0"),
            OfferRow("component:x", "company:a", "nation:m", id="offer:4", fact=BEGUN),
        ],
        requirements=[
            required("requirement:1", "component:y", "component:z", fact=ENDED),
            required("requirement:2", "component:z", "component:y", fact=BEGUN, k=2),
            required("requirement:3", "component:y", fact=BEGUN),
        ],
    )
    assert told(rows) == [
        ("CHANGED", "offer:3", None, "offer:1;offer:2", "offer:3"),
        ("ADDED", "offer:4", None, None, None),
        ("CHANGED", "requirement:2", None, "requirement:1", "requirement:2"),
        ("ADDED", "requirement:3", None, None, None),
    ]


def test_memberships_and_ownerships_are_fields_of_nation_and_company() -> None:
    rows = Rows(
        memberships=[
            MembershipRow("nation:n", "bloc:a"),
            MembershipRow("nation:n", "bloc:b", BEGUN),
            MembershipRow("nation:m", "bloc:a", ENDED),
        ],
        ownerships=[
            OwnershipRow("company:x", "company:big", 60, ENDED),
            OwnershipRow("company:x", "company:small", 20),
            OwnershipRow("company:x", "company:unknown", None, BEGUN),
        ],
    )
    assert told(rows) == [
        ("CHANGED", "company:x", "owner", "company:big;company:small", "company:small;company:unknown"),
        ("CHANGED", "nation:m", "blocs", "bloc:a", None),
        ("CHANGED", "nation:n", "blocs", "bloc:a", "bloc:a;bloc:b"),
    ]


def test_a_fact_that_nobody_is_sure_enough_of_is_no_change() -> None:
    rows = Rows(partnerships=[PartnershipRow("partnership:p", fact=Fact(50, valid_from=date(2026, 1, 1)))])
    assert [between(rows, sure=sure).total_count for sure in (50, 51)] == [1, 0]


GROWING = Rows(
    deployments=[
        DeploymentRow("deployment:d", BEGUN),
        DeploymentRow("deployment:never", Fact(valid_to=date(2020, 1, 1))),
    ],
    offers=[
        OfferRow("component:x", "company:a", "nation:n"),
        OfferRow("component:x", "company:b", "nation:n", fact=BEGUN),
        OfferRow("component:y", "company:a", "nation:n"),
        OfferRow("component:y", "company:b", "nation:m", fact=ENDED),
    ],
    requirements=[needs("deployment:d", "component:x", "component:y", k=2)],
)


def test_single_points_that_went_and_that_appeared_are_named_at_both_levels() -> None:
    assert between(GROWING, target="component:x").single_points_removed == ("company:a",)
    appeared = between(GROWING, target="component:y")
    assert (appeared.single_points_added, appeared.single_points_removed) == (("company:a", "nation:n"), ())


def test_a_target_that_one_date_does_not_hold_has_no_single_points_there() -> None:
    assert between(GROWING, target="deployment:d").single_points_added == ("company:a", "nation:n")
    assert between(GROWING, NOW, THEN, "deployment:d").single_points_removed == ("company:a", "nation:n")


def test_without_a_target_no_single_points_are_looked_for() -> None:
    answer = between(GROWING)
    assert (answer.single_points_added, answer.single_points_removed) == ((), ())


def test_a_target_that_neither_date_holds_is_not_in_the_world() -> None:
    with pytest.raises(NotInWorld, match=r"deployment:never is valid until 2020-01-01 \(exclusive\)"):
        between(GROWING, target="deployment:never")


def test_a_target_must_be_recorded_and_have_a_supply_chain() -> None:
    with pytest.raises(NotFound, match="component:xx is not recorded; nearest: component:x"):
        between(GROWING, target="component:xx")
    with pytest.raises(BadInput, match="must be a component or a deployment, got company:a"):
        between(GROWING, target="company:a")
