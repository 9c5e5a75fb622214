"""Paths: worked examples, brute force, laws, limits."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from graph_service.analysis.paths import NOTHING, RELATIONS, GraphPath, Hop, paths
from graph_service.analysis.primitives.exclusions import Exclusions
from graph_service.errors import BadInput, NotFound, NotInWorld
from graph_service.model.kinds import Direction, Exactness, Kind, Relation
from graph_service.model.world import World
from tests.analysis import edge_ai
from tests.analysis.brute_paths import PathBrute
from tests.analysis.edge_ai import SERVER
from tests.analysis.random_networks import RandomNetwork
from tests.analysis.renaming import renamed
from tests.networks import (
    AS_OF,
    ComponentRow,
    DeploymentRow,
    Fact,
    MembershipRow,
    OfferRow,
    OwnershipRow,
    PartnershipRow,
    Rows,
    needs,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

TURNED = {Direction.UPSTREAM: Direction.DOWNSTREAM, Direction.DOWNSTREAM: Direction.UPSTREAM}
CHAIN = Rows(
    components=[ComponentRow("component:hbm3e", variant_of="component:hbm")],
    deployments=[
        DeploymentRow("deployment:d", location="nation:fra", operator="company:cloud"),
        DeploymentRow("deployment:gone", Fact(valid_to=AS_OF), location="nation:fra"),
    ],
    offers=[
        OfferRow("component:gpu", "company:nv", "nation:twn", id="offer:weak", fact=Fact(confidence=40)),
        OfferRow("component:gpu", "company:nv", "nation:usa", id="offer:b", fact=Fact(confidence=80)),
        OfferRow("component:gpu", "company:nv", "nation:kor", id="offer:a", fact=Fact(confidence=80)),
        OfferRow("component:hbm", "company:sk", "nation:kor", id="offer:hbm", fact=Fact(confidence=70)),
    ],
    requirements=[needs("deployment:d", "component:gpu"), needs("component:gpu", "component:hbm")],
    ownerships=[OwnershipRow("company:sk", "company:group", 60, Fact(confidence=55))],
    memberships=[MembershipRow("nation:kor", "bloc:chip4", Fact(confidence=90))],
    partnerships=[
        PartnershipRow(
            "partnership:deal",
            ("offer:hbm",),
            Fact(confidence=65),
            parties=("bloc:chip4", "company:sk"),
            covers=("component:hbm",),
        ),
        PartnershipRow("partnership:over", (), Fact(valid_to=date(2020, 1, 1)), parties=("company:sk",)),
    ],
    headquarters={"company:nv": "nation:usa"},
)
NETWORK = CHAIN.network()


def entities(path: GraphPath) -> list[str]:
    return [path.hops[0].from_.partition(":")[2], *(hop.to.partition(":")[2] for hop in path.hops)]


def first(start: str, goal: str, **asked: object) -> GraphPath:
    return paths(NETWORK, start, goal, k=1, **asked).paths[0]  # pyright: ignore[reportArgumentType]


def test_a_path_names_each_hop_with_its_relation_and_evidence() -> None:
    path = first("deployment:d", "nation:kor", direction=Direction.UPSTREAM)
    assert path.hops == (
        Hop("deployment:d", Relation.REQUIRES, "component:gpu", True, 100, "requirement:0000"),
        Hop("component:gpu", Relation.MADE_IN, "nation:kor", True, 80, "offer:a"),
    )
    assert (path.length, path.confidence) == (2, 80)


def test_of_several_offers_the_surest_and_then_the_least_id_is_the_evidence() -> None:
    assert first("component:gpu", "company:nv").hops[0].fact == "offer:a"
    without = paths(NETWORK, "component:gpu", "company:nv", excluding=Exclusions(nations=("nation:kor",)), k=1)
    assert without.paths[0].hops[0].fact == "offer:b"


@pytest.mark.parametrize(
    ("start", "goal", "hop"),
    [
        ("company:sk", "component:hbm", (Relation.SUPPLIES, False, 70, "offer:hbm")),
        ("component:hbm3e", "component:hbm", (Relation.VARIANT_OF, True, 100, None)),
        ("company:sk", "company:group", (Relation.OWNED_BY, True, 55, None)),
        ("company:nv", "nation:usa", (Relation.HEADQUARTERED_IN, True, 100, None)),
        ("deployment:d", "nation:fra", (Relation.LOCATED_IN, True, 100, None)),
        ("deployment:d", "company:cloud", (Relation.OPERATED_BY, True, 100, None)),
        ("company:sk", "partnership:deal", (Relation.PARTY_TO, False, 65, "partnership:deal")),
        ("bloc:chip4", "partnership:deal", (Relation.PARTY_TO, False, 65, "partnership:deal")),
        ("partnership:deal", "component:hbm", (Relation.ENABLES, False, 70, "offer:hbm")),
        ("nation:kor", "bloc:chip4", (Relation.MEMBER_OF, True, 90, None)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_relation_has_its_evidence_and_its_direction(
    start: str, goal: str, hop: tuple[Relation, bool, int, str | None]
) -> None:
    (found,) = first(start, goal).hops
    assert (found.relation, found.is_upstream, found.confidence, found.fact) == hop
    one_way = paths(NETWORK, start, goal, direction=Direction.UPSTREAM if hop[1] else Direction.DOWNSTREAM, k=1)
    assert one_way.paths[0].hops == (found,)


def test_a_relation_can_be_asked_for_alone() -> None:
    (hop,) = first("partnership:deal", "component:hbm", via=[Relation.COVERS]).hops
    assert (hop.relation, hop.confidence, hop.fact) == (Relation.COVERS, 65, "partnership:deal")
    assert paths(NETWORK, "partnership:deal", "nation:usa", via=[Relation.COVERS]).paths == ()


def test_paths_are_shortest_first_then_by_ids() -> None:
    found = paths(edge_ai.network(), SERVER, "nation:kor", direction=Direction.UPSTREAM, k=5).paths
    assert [entities(path) for path in found] == [
        ["ai-server", "ssd", "kor"],
        ["ai-server", "gpu", "hbm", "kor"],
        ["ai-server", "gpu", "wafer", "kor"],
    ]


def test_what_is_excluded_is_on_no_path() -> None:
    found = paths(edge_ai.network(), SERVER, "nation:kor", excluding=Exclusions(components=("component:ssd",)), k=20)
    assert found.paths
    assert not any("component:ssd" in {hop.from_, hop.to} for path in found.paths for hop in path.hops)
    members = Exclusions(blocs=("bloc:chip4",))
    assert paths(NETWORK, "deployment:d", "nation:kor", excluding=members).paths == ()


def test_two_entities_that_nothing_joins_have_no_path_and_that_is_exact() -> None:
    answer = paths(NETWORK, "component:hbm", "deployment:d", direction=Direction.UPSTREAM)
    assert (answer.paths, answer.meta.is_partial, answer.meta.exactness) == ((), False, Exactness.EXACT)


def test_a_chain_of_any_length_is_walked_to_its_end() -> None:
    names = [f"component:c{place:04}" for place in range(2_000)]
    rows = Rows(requirements=[needs(one, other) for one, other in itertools.pairwise(names)])
    (path,) = paths(rows.network(), names[0], names[-1]).paths
    assert path.length == 1_999


@pytest.mark.parametrize("k", [0, -1, 101])
def test_k_has_bounds(k: int) -> None:
    with pytest.raises(BadInput, match=f"k must be 1 to 100, got {k}"):
        paths(NETWORK, "deployment:d", "nation:kor", k=k)


def test_the_ends_must_differ_and_be_entities_that_are_recorded() -> None:
    with pytest.raises(BadInput, match="from and to must be two entities, got nation:kor twice"):
        paths(NETWORK, "nation:kor", "nation:kor")
    for other in ("offer:hbm", "requirement:0000", "source:s"):
        with pytest.raises(BadInput, match=f"to must be a nation, bloc, .*, got {other}"):
            paths(NETWORK, "nation:kor", other)
    with pytest.raises(BadInput, match="kind:slug"):
        paths(NETWORK, "Korea", "nation:kor")
    for unknown, near in {
        "nation:kors": "nation:kor",
        "company:n": "company:nv",
        "bloc:chip": "bloc:chip4",
        "component:gpus": "component:gpu",
        "partnership:deals": "partnership:deal",
        "deployment:dd": "deployment:d",
    }.items():
        with pytest.raises(NotFound, match=f"{unknown} is not recorded; nearest: .*{near}"):
            paths(NETWORK, unknown, "component:hbm")
    with pytest.raises(NotFound, match="nearest: nation:kor"):
        paths(NETWORK, "nation:usa", "nation:fra", excluding=Exclusions(nations=("nation:korea",)))


def test_ends_of_another_world_come_with_their_dates() -> None:
    with pytest.raises(NotInWorld, match=r"partnership:over is valid until 2020-01-01 \(exclusive\)"):
        paths(NETWORK, "partnership:over", "company:sk")
    with pytest.raises(NotInWorld, match=r"deployment:gone is valid until"):
        paths(NETWORK, "nation:fra", "deployment:gone")
    strict = CHAIN.network(World(as_of=AS_OF, min_confidence=66))
    with pytest.raises(NotInWorld, match="partnership:deal is valid on all dates, with confidence 65"):
        paths(strict, "partnership:deal", "company:sk")


def test_the_end_of_the_time_keeps_the_first_paths_and_says_so() -> None:
    answer = paths(edge_ai.network(), SERVER, "nation:kor", k=5, budget_seconds=0)
    assert answer.paths == ()
    assert answer.meta.partial_because == "the time of 0 s ended after 0 of 5 paths; there may be further ones"
    assert (answer.meta.is_partial, answer.meta.exactness) == (True, Exactness.BOUNDED)


class Tangle:
    """A random network with every relation in it, and a question about two of its entities."""

    def __init__(self, seed: int) -> None:
        case = RandomNetwork(seed, components=5, offers=8)
        self.choose = choose = random.Random(seed)
        offers = [offer.name for offer in case.rows.offers]
        parties = [*case.companies, *case.nations, *case.blocs]

        def fact() -> Fact:
            return Fact(choose.choice([100, 70, 40]), None, choose.choice([None, None, None, AS_OF]))

        self.rows = replace(
            case.rows,
            deployments=[
                DeploymentRow(
                    f"deployment:d{place}",
                    fact(),
                    location=choose.choice([None, *case.nations]),
                    operator=choose.choice([None, *case.companies]),
                )
                for place in range(2)
            ],
            partnerships=[
                PartnershipRow(
                    f"partnership:p{place}",
                    tuple(choose.sample(offers, choose.randint(0, 2))),
                    fact(),
                    parties=tuple(choose.sample(parties, choose.randint(0, 2))),
                    covers=tuple(choose.sample(case.names, choose.randint(0, 2))),
                )
                for place in range(2)
            ],
            headquarters={name: choose.choice(case.nations) for name in case.companies if choose.random() < 0.6},
        )
        self.world = case.world
        self.network = self.rows.network(self.world)
        self.brute = PathBrute(self.rows, self.world)
        known = sorted(self.brute.entities() & set(self.network.entity_graph.number_by_id))
        present = [name for name in known if not name.startswith("deployment:") or self._present(name)]
        self.excluding = choose.choice([NOTHING, case.excluding])
        self.direction = choose.choice(list(Direction))
        self.via = choose.choice([RELATIONS, RELATIONS, choose.sample(RELATIONS, 6)])
        self.k = choose.choice([1, 3, 10])
        for _ in range(6):  # most questions are to have an answer
            self.start, self.goal = choose.sample(present, 2)
            if self.found(self.start, self.goal, self.direction, 1):
                break

    def _present(self, deployment: str) -> bool:
        return self.network.present[self.network.node_by_id[deployment]]

    def found(self, start: str, goal: str, direction: Direction, k: int) -> Sequence[GraphPath]:
        return paths(self.network, start, goal, via=self.via, direction=direction, k=k, excluding=self.excluding).paths


@pytest.mark.parametrize("seed", range(200))
def test_the_first_paths_are_those_of_trying_all(seed: int) -> None:
    case = Tangle(seed)
    found = case.found(case.start, case.goal, case.direction, case.k)
    expected = case.brute.paths(
        case.start, case.goal, via=case.via, direction=case.direction, k=case.k, excluding=case.excluding
    )
    assert [
        [(hop.from_, hop.relation.value, hop.to, hop.is_upstream, hop.confidence, hop.fact) for hop in path.hops]
        for path in found
    ] == expected
    for path in found:
        assert path.length == len(path.hops)
        assert path.confidence == min(hop.confidence for hop in path.hops)


@pytest.mark.parametrize("seed", range(100))
def test_either_way_is_never_longer_than_one_way_and_the_other_way_is_the_way_back(seed: int) -> None:
    case = Tangle(seed)
    either = case.found(case.start, case.goal, Direction.BOTH, 1)
    for direction, turned in TURNED.items():
        there = case.found(case.start, case.goal, direction, 100)
        back = case.found(case.goal, case.start, turned, 100)
        assert not there or either[0].length <= there[0].length
        if len(there) < 100:
            assert sorted(map(entities, there)) == sorted([entities(path)[::-1] for path in back])


@pytest.mark.parametrize("seed", range(60))
def test_other_names_of_the_same_order_change_nothing_but_names(seed: int) -> None:
    case = Tangle(seed)
    kinds = tuple(f"{kind}:" for kind in Kind if kind is not Kind.SOURCE)

    def other(name: str) -> str:
        return name.replace(":", ":x-") if name.startswith(kinds) else name

    rows, excluding = renamed(case.rows, other), renamed(case.excluding, other)
    assert isinstance(rows, Rows)
    assert isinstance(excluding, Exclusions)
    asked = {"via": case.via, "direction": case.direction, "k": 10}
    there = paths(rows.network(case.world), other(case.start), other(case.goal), excluding=excluding, **asked)
    here = paths(case.network, case.start, case.goal, excluding=case.excluding, **asked)
    assert renamed(here.paths, other) == there.paths
