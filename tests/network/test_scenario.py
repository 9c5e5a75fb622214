"""Scenarios on networks: the same as if the record had been another, with everything in the order of ids."""

import random
from collections import Counter
from dataclasses import fields, replace

import pytest

from graph_service.errors import BadInput, NotFound
from graph_service.model.kinds import Capital, GdprTransfer, InputKind
from graph_service.model.scenario import AddedOffer, AddedPartnership, AddedRequirement, Scenario
from graph_service.model.world import World
from graph_service.network.mask import masked
from graph_service.network.network import WORKED_OUT_OF, SupplyNetwork
from graph_service.network.scenario import with_offers, with_scenario, without_offers
from tests.analysis.random_networks import RandomNetwork
from tests.networks import (
    AS_OF,
    WORLD,
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


class RandomScenario:
    """A random network whose companies and nations stay known whatever is removed, and a scenario on it."""

    def __init__(self, seed: int) -> None:
        base = RandomNetwork(seed)
        self.choose = choose = random.Random(f"scenario {seed}")
        named = [f"requirement:q{number:02}" for number in range(len(base.rows.requirements))]
        self.rows = replace(
            base.rows,
            requirements=[replace(row, id=name) for row, name in zip(base.rows.requirements, named, strict=True)],
            partnerships=[PartnershipRow(row.id, row.enables, row.fact) for row in base.rows.partnerships],
            headquarters=dict.fromkeys(base.companies, base.nations[0]),
            gdpr_transfer=dict.fromkeys(base.nations, GdprTransfer.NONE),
        )
        self.world = base.world
        self.names, self.companies, self.nations = base.names, base.companies, base.nations
        self.offers = [row.name for row in self.rows.offers]
        recorded = [*self.offers, *named, "partnership:p0", "partnership:p1", "deployment:d0"]
        self.scenario = Scenario(
            offers=tuple(self._offer(name) for name in self._some(["offer:a", *self.offers, "offer:z"], 0.2)),
            requirements=tuple(self._requirement(name) for name in self._some([*named, "requirement:zz"], 0.2)),
            partnerships=tuple(
                AddedPartnership(
                    name,
                    name,
                    (choose.choice(self.nations),),
                    (choose.choice(self.names),),
                    (self._offer(f"offer:of-{place}"),),
                )
                for place, name in enumerate(self._some(["partnership:p0", "partnership:new"], 0.5))
            ),
            remove=tuple(self._some(recorded, 0.15)),
        )

    def _some(self, names: list[str], chance: float) -> list[str]:
        return [name for name in names if self.choose.random() < chance]

    def _offer(self, name: str) -> AddedOffer:
        choose = self.choose
        return AddedOffer(
            name,
            choose.choice(self.names),
            choose.choice([*self.companies, None]),
            choose.choice(self.nations),
            choose.choice([None, 0.0, 30.0, 100.0]),
            choose.choice([None, 2.0]),
        )

    def _requirement(self, name: str) -> AddedRequirement:
        met = self.choose.sample(self.names, self.choose.randint(1, 2))
        return AddedRequirement(name, self.choose.choice([*self.names, "deployment:d0"]), tuple(met), len(met))

    def rewritten(self) -> Rows:
        """Give the facts as if somebody had recorded the scenario."""
        scenario, gone = self.scenario, set(self.scenario.remove)
        added = {offer.id for offer in scenario.all_offers}
        offers = [row for row in self.rows.offers if row.name not in gone | added]
        new = [self._recorded(offer, offers) for offer in scenario.all_offers]
        requirements = {row.id for row in scenario.requirements} | gone
        partnerships = {row.id for row in scenario.partnerships} | gone
        left = {row.name for row in (*offers, *new)}
        return replace(
            self.rows,
            offers=[*offers, *new],
            deployments=[
                replace(row, fact=Fact(valid_to=AS_OF)) if row.id in gone else row for row in self.rows.deployments
            ],
            requirements=[
                *[row for row in self.rows.requirements if row.id not in requirements],
                *[
                    RequirementRow(row.of, tuple(map(Alternative, row.any_of)), k=row.k, id=row.id)
                    for row in scenario.requirements
                ],
            ],
            partnerships=[
                *[
                    replace(row, enables=tuple(name for name in row.enables if name in left))
                    for row in self.rows.partnerships
                    if row.id not in partnerships
                ],
                *[
                    PartnershipRow(
                        row.id, tuple(offer.id for offer in row.enables), parties=row.parties, covers=row.covers
                    )
                    for row in scenario.partnerships
                ],
            ],
        )

    def _recorded(self, offer: AddedOffer, others: list[OfferRow]) -> OfferRow:
        counts = Counter(
            (row.basis, row.year)
            for row in others
            if row.component == offer.component and row.share is not None and counts_in(row.fact, self.world)
        )
        basis, year = min(
            counts, key=lambda one: (-counts[one], -(one[1] or 0), one[0] or ""), default=(None, None)
        ) if offer.share_pct is not None else (None, None)  # fmt: skip
        return OfferRow(
            offer.component,
            offer.company,
            offer.nation,
            id=offer.id,
            share=offer.share_pct,
            basis=basis,
            year=year,
            lead=offer.lead_time_weeks,
        )


def counts_in(fact: Fact, world: World) -> bool:
    assert world.as_of is not None
    begun = fact.valid_from is None or fact.valid_from <= world.as_of
    return begun and (fact.valid_to is None or world.as_of < fact.valid_to) and fact.confidence >= world.min_confidence


def facts_of(network: SupplyNetwork) -> dict[str, object]:
    """Give every table of a network but the dates of deployments, which a scenario leaves alone."""
    nodes = {field.name: getattr(network.nodes, field.name) for field in fields(network.nodes)} | {"validity": None}
    return {
        field.name: getattr(network, field.name) for field in fields(network) if field.name not in {"world", "record"}
    } | {"nodes": nodes}


@pytest.mark.parametrize("seed", range(120))
def test_a_scenario_is_as_if_the_record_had_been_another(seed: int) -> None:
    case = RandomScenario(seed)
    network = masked(case.rows.record(), replace(case.world, scenario=case.scenario))
    assert facts_of(network) == facts_of(case.rewritten().network(case.world))
    assert network.world == replace(case.world, scenario=case.scenario)


@pytest.mark.parametrize("seed", range(40))
def test_what_was_worked_out_before_is_what_would_be_worked_out_anew(seed: int) -> None:
    case = RandomScenario(seed)
    record, base = case.rows.record(), case.rows.network(case.world)
    for name in WORKED_OUT_OF:
        getattr(base, name)
    changed = with_scenario(record, base, case.scenario)
    fresh = masked(record, replace(case.world, scenario=case.scenario))
    for name in WORKED_OUT_OF:
        assert repr(getattr(changed, name)) == repr(getattr(fresh, name)), name  # arrays have no one equality


ROWS = Rows(
    components=[ComponentRow("component:tool", kind=InputKind.CAPITAL)],
    deployments=[DeploymentRow("deployment:d")],
    offers=[
        OfferRow("component:gpu", "company:b", "nation:x", id="offer:b", share=60, basis="revenue", year=2024),
        OfferRow("component:gpu", "company:d", "nation:y", id="offer:d"),
        OfferRow("component:tool", "company:b", "nation:y", id="offer:t", fact=Fact(valid_to=AS_OF)),
    ],
    requirements=[needs("deployment:d", "component:gpu"), needs("component:gpu", "component:tool")],
    partnerships=[PartnershipRow("partnership:p", ("offer:b", "offer:d"))],
)
RECORD, NETWORK = ROWS.record(), ROWS.network()


def test_offers_are_put_in_by_their_ids_and_partnerships_still_enable_theirs() -> None:
    network = with_offers(
        NETWORK,
        [
            AddedOffer("offer:c", "component:gpu", nation="nation:x"),
            AddedOffer("offer:a", "component:tool", "company:d"),
        ],
    )
    assert network.offers.id == ["offer:a", "offer:b", "offer:c", "offer:d"]
    assert network.partnerships.enables == [(1, 3)]
    assert [network.offers.id[offer] for offer in network.offers_of[network.node_by_id["component:gpu"]]] == [
        "offer:b",
        "offer:c",
        "offer:d",
    ]


def test_offers_are_taken_out_by_number_and_partnerships_forget_them() -> None:
    network = without_offers(NETWORK, [0])
    assert (network.offers.id, network.partnerships.enables) == (["offer:d"], [(0,)])
    assert NETWORK.offers.id == ["offer:b", "offer:d"]


def test_nothing_to_add_or_to_take_out_changes_nothing() -> None:
    assert with_offers(NETWORK, []) is NETWORK
    assert without_offers(NETWORK, []) is NETWORK


def test_a_share_is_of_the_basis_that_the_component_has() -> None:
    network = with_offers(NETWORK, [AddedOffer("offer:e", "component:gpu", "company:d", share_pct=40)])
    assert (network.offers.share_basis[-1], network.offers.share_year[-1]) == ("revenue", 2024)
    assert network.list_is_complete[network.node_by_id["component:gpu"]]


def test_an_added_offer_is_sure_and_undated_and_replaces_one_of_its_id() -> None:
    network = with_offers(NETWORK, [AddedOffer("offer:b", "component:gpu", "company:d", lead_time_weeks=3)])
    assert network.offers.id == NETWORK.offers.id
    assert (network.offers.lead_time_weeks[0], network.offers.share_pct[0]) == (3, None)
    assert network.offers.validity.confidence[0] == 100
    assert network.partnerships.enables == [(0, 1)]


def test_removing_a_fact_that_another_world_holds_is_no_error() -> None:
    assert with_scenario(RECORD, NETWORK, Scenario(remove=("offer:t",))).offers == NETWORK.offers


def test_what_is_removed_and_added_again_is_there() -> None:
    scenario = Scenario(offers=(AddedOffer("offer:b", "component:gpu", "company:d"),), remove=("offer:b",))
    network = with_scenario(RECORD, NETWORK, scenario)
    assert (network.offers.id, network.partnerships.enables) == (["offer:b", "offer:d"], [(0, 1)])
    assert network.offers.share_pct[0] is None


def test_with_what_is_installed_an_added_requirement_of_capital_counts_as_little_as_a_recorded_one() -> None:
    added = AddedRequirement("requirement:new", "deployment:d", ("component:tool",))
    world = replace(WORLD, scenario=Scenario(requirements=(added,)))
    assert "requirement:new" in ROWS.network(world).requirements.id
    assert "requirement:new" not in ROWS.network(replace(world, capital=Capital.INSTALLED)).requirements.id


@pytest.mark.parametrize(
    ("scenario", "message"),
    [
        (Scenario(offers=(AddedOffer("offer:n", "component:gpus"),)), "component:gpus is not recorded; nearest: comp"),
        (Scenario(offers=(AddedOffer("offer:n", "component:gpu", "company:bb"),)), "company:bb is not .*: company:b"),
        (Scenario(offers=(AddedOffer("offer:n", "component:gpu", None, "nation:xx"),)), "nation:xx is not .* nation:x"),
        (
            Scenario(requirements=(AddedRequirement("requirement:n", "deployment:dd", ("component:gpu",)),)),
            "deployment:dd is not recorded; nearest: deployment:d",
        ),
        (Scenario(partnerships=(AddedPartnership("partnership:n", "n", ("bloc:eu",)),)), "bloc:eu is not recorded"),
        (Scenario(remove=("offer:bb",)), "offer:bb is not recorded; nearest: offer:b"),
        (Scenario(remove=("deployment:dd",)), "deployment:dd is not recorded; nearest: deployment:d"),
    ],
)
def test_an_id_that_is_not_recorded_comes_with_the_nearest(scenario: Scenario, message: str) -> None:
    with pytest.raises(NotFound, match=message):
        with_scenario(RECORD, NETWORK, scenario)


@pytest.mark.parametrize(
    ("scenario", "message"),
    [
        (Scenario(offers=(AddedOffer("offer:n", "deployment:d"),)), "the id of a component here, got deployment:d"),
        (Scenario(offers=(AddedOffer("offer:n", "component:gpu", "nation:x"),)), "of a company here, got nation:x"),
        (
            Scenario(requirements=(AddedRequirement("requirement:n", "nation:x", ("component:gpu",)),)),
            "the id of a component or deployment here, got nation:x",
        ),
        (
            Scenario(partnerships=(AddedPartnership("partnership:n", "n", ("component:gpu",)),)),
            "a party must be a nation, a company or a bloc, got component:gpu",
        ),
        (
            Scenario(remove=("component:gpu",)),
            "remove takes ids of offers, requirements, partnerships and deployments, got component:gpu",
        ),
        (Scenario(remove=("gpu",)), "an id must be kind:slug"),
    ],
)
def test_an_id_of_a_kind_that_cannot_stand_there_names_the_rule(scenario: Scenario, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        with_scenario(RECORD, NETWORK, scenario)
