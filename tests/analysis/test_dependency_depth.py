"""Depth, quantities and lead times: worked numbers, the edges of the definitions, and what a path must add up to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise, product

import pytest

from graph_service.analysis.dependency_depth import DependencyDepth, dependency_depth
from graph_service.errors import NotInWorld
from graph_service.model.kinds import Capital, Exactness, InputKind
from graph_service.model.world import World
from tests.analysis import edge_ai
from tests.analysis.edge_ai import SERVER
from tests.analysis.random_networks import RandomNetwork
from tests.networks import (
    AS_OF,
    WORLD,
    Alternative,
    ComponentRow,
    DeploymentRow,
    Fact,
    OfferRow,
    RequirementRow,
    Rows,
    needs,
)

LEAD_WEEKS = {
    "company:serverf": 4.0,
    "company:servert": 3.0,
    "company:designn": 2.0,
    "company:mema": 10.0,
    "company:memb": 16.0,
    "company:faba": 12.0,
    "company:fabb": 14.0,
    "company:packa": 6.0,
    "company:lithox": 52.0,
    "company:subj": 8.0,
    "company:subd": 9.0,
}
QUANTITIES = {
    (SERVER, "component:gpu"): "8",
    (SERVER, "component:ssd"): "4",
    ("component:gpu", "component:wafer"): "0.02",
    ("component:gpu", "component:hbm"): "6",
    ("component:gpu", "component:adv-pack"): "1",
    ("component:wafer", "component:euv"): "0",
    ("component:adv-pack", "component:substrate"): "1",
}


def timed_server(world: World = WORLD) -> DependencyDepth:
    rows = edge_ai.rows()
    rows = replace(
        rows,
        components=[
            replace(row, kind=InputKind.CAPITAL) if row.id == "component:euv" else row for row in rows.components
        ],
        offers=[replace(row, lead=LEAD_WEEKS[row.company or ""]) for row in rows.offers],
        requirements=[
            replace(row, quantity=QUANTITIES[row.of, row.alternatives[0].component]) for row in rows.requirements
        ],
    )
    return dependency_depth(rows.network(world), SERVER)


def depth_of(target: str, *rows: RequirementRow, offers: tuple[OfferRow, ...] = ()) -> DependencyDepth:
    return dependency_depth(Rows(requirements=rows, offers=offers).network(), target)


def tiers(answer: DependencyDepth) -> dict[str, tuple[int, int]]:
    return {tier.component.removeprefix("component:"): (tier.tier_min, tier.tier_max) for tier in answer.tiers}


def quantities(answer: DependencyDepth) -> dict[str, Decimal | None]:
    return {tier.component.removeprefix("component:"): tier.total_quantity for tier in answer.tiers}


# worked numbers


def test_the_server_takes_sixty_nine_weeks_where_the_machine_counts_as_an_input() -> None:
    answer = timed_server()
    assert answer.critical_lead_time_weeks == 69
    assert answer.lead_time_unknown == ()
    assert answer.critical_path[-2:] == ("component:euv", "company:lithox")


def test_the_server_takes_nineteen_weeks_where_machines_stand_already() -> None:
    answer = timed_server(World(as_of=AS_OF, capital=Capital.INSTALLED))
    assert answer.critical_lead_time_weeks == 19
    assert answer.critical_path == (
        SERVER,
        "company:servert",
        "component:gpu",
        "company:designn",
        "component:adv-pack",
        "company:packa",
        "component:substrate",
        "company:subj",
    )
    assert "component:euv" not in {tier.component for tier in answer.tiers}


def test_a_server_takes_forty_eight_memories_and_four_twenty_fifths_of_a_wafer() -> None:
    units = quantities(timed_server())
    assert (units["hbm"], units["wafer"], units["euv"]) == (48, Decimal(4) / 25, 0)
    assert units["ai-server"] == 1


def test_the_account_says_what_was_computed_on_which_facts() -> None:
    meta = timed_server().meta
    assert (meta.data_version, meta.as_of, meta.exactness) == ("test", AS_OF, Exactness.EXACT)
    assert (meta.is_partial, meta.partial_because, meta.unknown_inputs) == (False, None, ())
    assert meta.elapsed_ms > 0


# tiers


def test_tiers_are_listed_by_the_longest_chain_then_the_shortest_then_id() -> None:
    answer = depth_of(
        "component:a",
        needs("component:a", "component:z", "component:y"),
        needs("component:a", "component:x"),
        needs("component:y", "component:x"),
    )
    assert tiers(answer) == {"a": (0, 0), "y": (1, 1), "z": (1, 1), "x": (1, 2)}
    assert [tier.component[-1] for tier in answer.tiers] == ["a", "y", "z", "x"]


def test_a_cycle_adds_its_members_less_one_wherever_it_is_met() -> None:
    answer = depth_of(
        "component:a",
        needs("component:a", "component:b"),
        needs("component:b", "component:c"),
        needs("component:c", "component:d"),
        needs("component:d", "component:b"),
        needs("component:d", "component:e"),
    )
    assert tiers(answer) == {"a": (0, 0), "b": (1, 3), "c": (2, 3), "d": (3, 3), "e": (4, 4)}
    assert answer.depth == 4
    assert answer.cycles == (("component:b", "component:c", "component:d"),)


def test_a_target_in_a_cycle_shares_the_tier_of_its_members() -> None:
    answer = depth_of("component:a", needs("component:a", "component:b"), needs("component:b", "component:a"))
    assert tiers(answer) == {"a": (0, 1), "b": (1, 1)}
    assert (answer.depth, answer.component_count) == (1, 1)


def test_a_component_that_needs_itself_is_a_cycle_of_one_and_adds_nothing() -> None:
    answer = depth_of("component:a", needs("component:a", "component:b"), needs("component:b", "component:b"))
    assert tiers(answer) == {"a": (0, 0), "b": (1, 1)}
    assert answer.cycles == (("component:b",),)


def test_a_target_without_requirements_has_depth_zero() -> None:
    answer = depth_of("component:a", offers=(OfferRow("component:a", "company:f", "nation:n"),))
    assert (answer.depth, tiers(answer)) == (0, {"a": (0, 0)})
    assert (answer.component_count, answer.company_count, answer.nation_count) == (0, 1, 1)


def test_a_deployment_is_no_component_and_so_no_tier() -> None:
    rows = Rows(deployments=[DeploymentRow("deployment:d")])
    answer = dependency_depth(rows.network(), "deployment:d")
    assert (answer.depth, answer.tiers, answer.critical_path) == (0, (), ())
    assert answer.critical_lead_time_weeks is None


def test_optional_requirements_count_nowhere() -> None:
    answer = depth_of(
        "component:a",
        needs("component:a", "component:b", optional=True),
        offers=(OfferRow("component:b", "company:f", lead=9.0),),
    )
    assert (answer.depth, answer.component_count, answer.company_count) == (0, 0, 0)


def test_a_chain_of_any_length_is_walked_to_its_end() -> None:
    rows = [needs(f"component:c{place:05}", f"component:c{place + 1:05}", quantity="2") for place in range(20_000)]
    answer = depth_of("component:c00000", *rows)
    assert answer.depth == 20_000
    assert answer.tiers[-1].total_quantity == Decimal(2) ** 20_000


def test_a_deployment_of_another_date_names_its_dates() -> None:
    rows = Rows(
        deployments=[DeploymentRow("deployment:d", Fact(valid_from=date(2027, 1, 1), valid_to=date(2030, 6, 1)))]
    )
    with pytest.raises(NotInWorld, match="from 2027-01-01 until 2030-06-01") as refused:
        dependency_depth(rows.network(), "deployment:d")
    assert str(AS_OF) in str(refused.value)


def test_what_no_offer_is_recorded_of_is_named_as_unknown() -> None:
    answer = depth_of(
        "component:a", needs("component:a", "component:b"), offers=(OfferRow("component:a", "company:f"),)
    )
    assert answer.meta.unknown_inputs == ("component:b",)


# quantities


def test_units_add_up_over_all_ways() -> None:
    answer = depth_of(
        "component:a",
        needs("component:a", "component:b", quantity="2"),
        needs("component:a", "component:c", quantity="3"),
        needs("component:b", "component:c", quantity="0.5"),
    )
    assert quantities(answer) == {"a": 1, "b": 2, "c": 4}


@pytest.mark.parametrize(
    "broken",
    [
        [needs("component:a", "component:b")],
        [needs("component:a", "component:b", "component:x", quantity="2")],
        [needs("component:a", "component:b", quantity="2"), needs("component:b", "component:b", quantity="1")],
    ],
    ids=["unknown quantity", "more than one alternative", "cycle"],
)
def test_units_are_not_known_where_one_way_is_not(broken: list[RequirementRow]) -> None:
    answer = depth_of("component:a", *broken, needs("component:b", "component:c", quantity="2"))
    assert (quantities(answer)["b"], quantities(answer)["c"]) == (None, None)
    assert quantities(answer)["a"] == 1


# lead times


def lead(component: str, weeks: float | None, company: str | None = None) -> OfferRow:
    return OfferRow(component, company or f"company:of-{component[-1]}", id=f"offer:{component[-1]}", lead=weeks)


def test_the_kth_fastest_alternative_counts_with_the_time_to_switch_to_it() -> None:
    met = (
        Alternative("component:b", switch=6.0),
        Alternative("component:c"),
        Alternative("component:d", switch=1.0),
    )
    offers = (lead("component:a", 1), lead("component:b", 1), lead("component:c", 5), lead("component:d", 8))
    rows = [RequirementRow("component:a", met, k=2)]
    answer = depth_of("component:a", *rows, offers=offers)
    assert answer.critical_lead_time_weeks == 1 + 7
    assert answer.critical_path == ("component:a", "company:of-a", "component:b", "company:of-b")


def test_a_cycle_has_one_lead_time_the_sum_of_its_members_and_of_what_they_wait_for() -> None:
    offers = tuple(lead(f"component:{name}", weeks) for name, weeks in [("a", 1), ("b", 2), ("c", 4), ("x", 8)])
    rows = [
        needs("component:a", "component:b"),
        needs("component:b", "component:c"),
        needs("component:c", "component:b"),
        needs("component:c", "component:x"),
        needs("component:b", "component:c", "component:x"),
    ]
    answer = depth_of("component:a", *rows, offers=offers)
    assert answer.critical_lead_time_weeks == 1 + (2 + 4) + 8
    assert [one for one in answer.critical_path if one.startswith("component:")] == [
        "component:a",
        "component:b",
        "component:c",
        "component:x",
    ]


def test_an_unknown_lead_time_counts_as_zero_and_is_listed() -> None:
    rows = [needs("component:a", "component:b")]
    answer = depth_of("component:a", *rows, offers=(lead("component:a", None), lead("component:b", 3)))
    assert (answer.critical_lead_time_weeks, answer.lead_time_unknown) == (3, ("component:a",))
    assert answer.critical_path == ("component:a", "component:b", "company:of-b")


def test_nothing_known_is_no_lead_time() -> None:
    answer = depth_of("component:a", offers=(lead("component:a", None),))
    assert (answer.critical_lead_time_weeks, answer.critical_path) == (None, ())


def test_a_known_lead_time_of_zero_is_known() -> None:
    answer = depth_of("component:a", offers=(lead("component:a", 0),))
    assert (answer.critical_lead_time_weeks, answer.lead_time_unknown) == (0, ())


def test_an_offer_without_a_company_leaves_no_company_in_the_path() -> None:
    answer = depth_of("component:a", offers=(OfferRow("component:a", None, "nation:n", lead=2.0),))
    assert answer.critical_path == ("component:a",)


def test_assemblies_and_deployments_take_the_time_of_what_they_are_made_of() -> None:
    rows = Rows(
        components=[ComponentRow("component:rack", InputKind.ASSEMBLY)],
        deployments=[DeploymentRow("deployment:d")],
        offers=[lead("component:b", 5)],
        requirements=[needs("deployment:d", "component:rack"), needs("component:rack", "component:b")],
    )
    answer = dependency_depth(rows.network(), "deployment:d")
    assert answer.critical_lead_time_weeks == 5
    assert answer.lead_time_unknown == ("component:rack",)
    assert answer.critical_path == ("deployment:d", "component:rack", "component:b", "company:of-b")


@pytest.mark.parametrize("seed", range(120))
def test_the_critical_path_adds_up_to_the_critical_lead_time(seed: int) -> None:
    case = RandomNetwork(seed)
    answer = dependency_depth(case.network, case.target)
    if answer.critical_lead_time_weeks is None or answer.cycles:
        return
    network, ids = case.network, case.network.nodes.id
    path = [network.node_by_id[one] for one in answer.critical_path if not one.startswith("company:")]
    own = 0.0
    for node in path:
        known = [
            weeks for offer in network.offers_of[node] if (weeks := network.offers.lead_time_weeks[offer]) is not None
        ]
        own += min(known, default=0.0)
    switches = [
        {
            weeks
            for need in network.needs_of[above]
            for met, weeks in zip(need.alternatives, need.switch_weeks, strict=True)
            if met == below
        }
        for above, below in pairwise(path)
    ]
    assert answer.critical_path[0] == case.target == ids[path[0]]
    assert answer.critical_lead_time_weeks in {own + sum(chosen) for chosen in product(*switches)}
