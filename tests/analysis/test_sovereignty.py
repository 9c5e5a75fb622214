"""Sovereignty: worked numbers, brute force, air gaps, transfers by date, bad input."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest

from graph_service.analysis.sovereignty import OBJECTIVES, StatedLevel, sovereignty
from graph_service.errors import BadInput, NotFound, NotInWorld
from graph_service.model.kinds import Answer, Capital, GdprTransfer, InputKind
from graph_service.model.world import World
from tests.analysis import edge_ai
from tests.analysis.brute import Brute
from tests.analysis.random_networks import RandomNetwork
from tests.networks import (
    WORLD,
    ComponentRow,
    DeploymentRow,
    Fact,
    MembershipRow,
    OfferRow,
    OwnershipRow,
    Rows,
    needs,
)

EDGE, D0 = "deployment:edge", "deployment:d0"
HOME = "nation:fra"
ALL_NATIONS = tuple(f"nation:{code}" for code in ("deu", "jpn", "kor", "nld", "twn", "usa"))
SEVEN = [
    StatedLevel(f"SOV-{place}", level) for place, level in ((1, 4), (2, 3), (3, 4), (4, 3), (6, 2), (7, 3), (8, 2))
]
LOOKED_BEHIND = {InputKind.ASSEMBLY, InputKind.SOFTWARE, InputKind.SERVICE, InputKind.LICENCE, None}


def test_weights_are_those_of_the_framework_and_sum_to_100() -> None:
    assert [weight for _, weight in OBJECTIVES.values()] == [15, 10, 10, 15, 20, 15, 10, 5]


def test_a_server_made_with_others_only_scores_66_and_a_quarter_and_seal_1() -> None:
    found = sovereignty(edge_ai.network(deployment=True), EDGE, HOME, ["nation:twn"], SEVEN)
    assert (found.supply_chain_level, found.score, found.seal_level) == (1, 66.25, 1)
    assert found.outside_single_points == ("nation:nld", "nation:twn", "nation:usa")


def test_with_all_makers_as_allies_single_nations_still_keep_it_at_level_2() -> None:
    found = sovereignty(edge_ai.network(deployment=True), EDGE, HOME, ALL_NATIONS)
    assert (found.supply_chain_level, found.score, found.seal_level) == (2, None, None)
    assert found.outside_single_points == ("nation:nld", "nation:twn", "nation:usa")
    unstated = [objective.code for objective in found.objectives if objective.level is None]
    assert unstated == ["SOV-1", "SOV-2", "SOV-3", "SOV-4", "SOV-6", "SOV-7", "SOV-8"]


@pytest.mark.parametrize("seed", range(300))
def test_the_supply_chain_level_is_that_of_the_definition(seed: int) -> None:
    case = RandomNetwork(seed, offers=20)
    network = case.network
    if not network.present[network.node_by_id[D0]] or not network.nation_ids:
        return
    choose = random.Random(f"allies {seed}")
    ids = list(network.nation_ids)
    jurisdiction = choose.choice([*ids, *network.bloc_ids])
    allies = [one for one in ids if choose.random() < 0.6]
    found = sovereignty(network, D0, jurisdiction, allies)
    level, outside = brute_level(Brute(case.rows, case.world), ids, jurisdiction, allies)
    assert found.supply_chain_level == level
    assert set(found.outside_single_points) == outside


def brute_level(brute: Brute, nations: list[str], jurisdiction: str, allies: list[str]) -> tuple[int, set[str]]:
    """Read docs/semantics.md 34 word by word."""
    home = {row.nation for row in brute.memberships if row.bloc == jurisdiction} | {jurisdiction}
    behind: set[str] = {D0}
    while more := {one for node in behind for one in brute.inputs_of(node)} - behind:
        behind |= more
    touched = {offer.nation for offer in brute.offers.values() if offer.component in behind and offer.nation}

    def fails(made_in: set[str] | None, *, unknown_fails: bool, without: str | None = None) -> bool:
        working = {
            offer.name
            for offer in brute.offers.values()
            if (made_in is None or offer.nation in made_in) and (offer.nation != without or without is None)
        }
        return D0 in brute.failed(working, unknown_fails=unknown_fails, opened=brute.opened)

    def yes(made_in: set[str] | None) -> bool:
        return not fails(made_in, unknown_fails=True)

    def outside(made_in: set[str] | None) -> set[str]:
        within = touched if made_in is None else touched & made_in
        return {one for one in within - home if fails(made_in, unknown_fails=False, without=one)}

    friends = home | set(allies)
    if not yes(friends):
        return (0 if fails(None, unknown_fails=False) else 1), outside(None)
    single = outside(friends)
    if yes(home):
        return 4, single
    return (2 if single else 3), single


# air gaps


def air_gapped(**external: bool | None) -> Rows:
    """A cluster of a server, software that needs a licence, and a wafer behind the server's chip."""
    kinds = {
        "server": InputKind.ASSEMBLY,
        "software": InputKind.SOFTWARE,
        "licence": InputKind.LICENCE,
        "chip": InputKind.CONSUMABLE,
        "design": InputKind.LICENCE,
    }
    return Rows(
        components=[
            ComponentRow(f"component:{name}", kind, external=external.get(name, False)) for name, kind in kinds.items()
        ],
        deployments=[DeploymentRow(EDGE)],
        requirements=[
            needs(EDGE, "component:server"),
            needs(EDGE, "component:software"),
            needs("component:software", "component:licence"),
            needs("component:server", "component:chip"),
            needs("component:chip", "component:design"),
        ],
        headquarters={"company:a": HOME},
    )


@pytest.mark.parametrize(
    ("external", "viable", "blockers"),
    [
        ({}, Answer.YES, ()),
        ({"licence": True}, Answer.NO, ("component:licence",)),
        ({"licence": True, "server": True}, Answer.NO, ("component:licence", "component:server")),
        ({"software": None}, Answer.UNKNOWN, ()),
        ({"software": None, "licence": True}, Answer.NO, ("component:licence",)),
        ({"chip": True}, Answer.NO, ("component:chip",)),
        ({"design": True}, Answer.YES, ()),
        ({"design": None}, Answer.YES, ()),
    ],
    ids=str,
)
def test_what_runs_there_decides_and_what_made_it_does_not(
    external: dict[str, bool | None], viable: Answer, blockers: tuple[str, ...]
) -> None:
    found = sovereignty(air_gapped(**external).network(), EDGE, HOME)
    assert (found.air_gap_viable, found.air_gap_blockers) == (viable, blockers)


def test_another_alternative_that_runs_alone_keeps_the_gap() -> None:
    rows = air_gapped(licence=True)
    free = needs("component:software", "component:licence", "component:free")
    with_free = replace(
        rows,
        components=[*rows.components, ComponentRow("component:free", InputKind.LICENCE, external=False)],
        requirements=[row for row in rows.requirements if row.of != "component:software"] + [free],
    )
    assert sovereignty(with_free.network(), EDGE, HOME).air_gap_viable is Answer.YES


@pytest.mark.parametrize("seed", range(200))
def test_the_air_gap_is_that_of_the_definition(seed: int) -> None:
    case = RandomNetwork(seed)
    choose = random.Random(f"gap {seed}")
    rows = replace(
        case.rows,
        components=[
            replace(row, external=choose.choice([None, True, False, False, False])) for row in case.rows.components
        ],
    )
    network = rows.network(replace(case.world, capital=Capital.REQUIRED))
    if not network.present[network.node_by_id[D0]]:
        return
    found = sovereignty(network, D0, network.nation_ids[0])
    brute = Brute(rows, replace(case.world, capital=Capital.REQUIRED))
    external = {row.id: row.external for row in rows.components}
    answer = Answer.UNKNOWN
    if not connected(brute, external, unknown_fails=True, restored=()):
        answer = Answer.YES
    elif connected(brute, external, unknown_fails=False, restored=()):
        answer = Answer.NO
    assert found.air_gap_viable is answer
    assert found.air_gap_blockers == (fewest(brute, external) if answer is Answer.NO else ())


def connected(
    brute: Brute, external: dict[str, bool | None], *, unknown_fails: bool, restored: tuple[str, ...]
) -> bool:
    failed = {
        name
        for name, needing in external.items()
        if name not in restored and (needing or (needing is None and unknown_fails))
    }
    while True:
        more = {
            row.of
            for row in brute.requirements
            if brute.kind.get(row.of) in LOOKED_BEHIND
            and row.of not in failed
            and sum(one.component not in failed for one in row.alternatives) < row.k
        }
        if not more:
            return D0 in failed
        failed |= more


def fewest(brute: Brute, external: dict[str, bool | None]) -> tuple[str, ...]:
    needing = sorted([name for name, needs_it in external.items() if needs_it])
    for size in range(len(needing) + 1):
        for chosen in combinations(needing, size):
            if not connected(brute, external, unknown_fails=False, restored=chosen):
                return chosen
    raise AssertionError("what is restored altogether has no external need left")


# transfers


def test_transfers_name_the_place_the_operator_and_its_owner() -> None:
    rows = Rows(
        deployments=[DeploymentRow(EDGE, location=HOME, operator="company:cloud")],
        ownerships=[OwnershipRow("company:cloud", "company:parent", 100.0)],
        headquarters={"company:cloud": "nation:gbr", "company:parent": "nation:usa"},
        gdpr_transfer={HOME: GdprTransfer.EU_EEA, "nation:gbr": GdprTransfer.ADEQUATE},
    )
    found = sovereignty(rows.network(), EDGE, HOME).transfer_basis
    assert [(row.nation, row.basis) for row in found] == [
        ("nation:fra", GdprTransfer.EU_EEA),
        ("nation:gbr", GdprTransfer.ADEQUATE),
        ("nation:usa", GdprTransfer.NONE),
    ]


@pytest.mark.parametrize(
    ("as_of", "basis", "start", "end"),
    [
        (date(2019, 6, 1), GdprTransfer.EU_EEA, date(1973, 1, 1), date(2020, 2, 1)),
        (date(2026, 6, 1), GdprTransfer.ADEQUATE, None, None),
    ],
)
def test_a_membership_that_ended_counts_until_its_end(
    as_of: date, basis: GdprTransfer, start: date | None, end: date | None
) -> None:
    left = Fact(valid_from=date(1973, 1, 1), valid_to=date(2020, 2, 1))
    rows = Rows(
        deployments=[DeploymentRow(EDGE, location="nation:gbr")],
        memberships=[MembershipRow("nation:gbr", "bloc:eu", left)],
        gdpr_transfer={"nation:gbr": GdprTransfer.ADEQUATE},
    )
    (found,) = sovereignty(rows.network(World(as_of=as_of)), EDGE, "bloc:eu").transfer_basis
    assert (found.basis, found.valid_from, found.valid_to) == (basis, start, end)


def test_a_member_of_today_was_none_before_it_joined() -> None:
    rows = Rows(
        deployments=[DeploymentRow(EDGE, location="nation:hrv")],
        memberships=[MembershipRow("nation:hrv", "bloc:eu", Fact(valid_from=date(2013, 7, 1)))],
        gdpr_transfer={"nation:hrv": GdprTransfer.EU_EEA},
    )
    before, after = (
        sovereignty(rows.network(World(as_of=date(year, 1, 1))), EDGE, "bloc:eu").transfer_basis[0]
        for year in (2010, 2020)
    )
    assert (before.basis, after.basis, after.valid_from) == (GdprTransfer.NONE, GdprTransfer.EU_EEA, date(2013, 7, 1))


# bad input


@pytest.mark.parametrize(
    ("levels", "message"),
    [
        ([StatedLevel("SOV-9", 1)], "SOV-9"),
        ([StatedLevel("SOV-5", 1)], "SOV-5 is computed"),
        ([StatedLevel("SOV-1", 5)], "must be 0 to 4, got 5"),
        ([StatedLevel("SOV-1", -1)], "must be 0 to 4, got -1"),
        ([StatedLevel("SOV-1", 1), StatedLevel("SOV-1", 2)], "SOV-1 twice"),
    ],
)
def test_levels_that_are_none_are_refused(levels: list[StatedLevel], message: str) -> None:
    with pytest.raises(BadInput, match=message):
        sovereignty(edge_ai.network(deployment=True), EDGE, HOME, (), levels)


def test_ids_of_the_wrong_kind_and_unknown_ones_are_refused() -> None:
    network = edge_ai.network(deployment=True)
    with pytest.raises(BadInput, match="of a deployment, got component:ssd"):
        sovereignty(network, "component:ssd", HOME)
    with pytest.raises(BadInput, match="jurisdiction must be ids of nations or blocs, got company:servert"):
        sovereignty(network, EDGE, "company:servert")
    with pytest.raises(NotFound, match="nation:fra"):
        sovereignty(network, EDGE, "nation:frb")


def test_a_deployment_of_another_time_is_not_in_the_world() -> None:
    rows = Rows(
        deployments=[DeploymentRow(EDGE, Fact(valid_to=date(2020, 1, 1)))],
        offers=[OfferRow("component:a", "company:a", HOME)],
    )
    with pytest.raises(NotInWorld):
        sovereignty(rows.network(WORLD), EDGE, HOME)
