"""Targets and exclusions are named by ids; what names nothing says what is near."""

from datetime import date

import pytest

from graph_service.analysis.primitives.exclusions import Exclusions, excluded
from graph_service.analysis.primitives.target import target_number
from graph_service.errors import BadInput, NotFound, NotInWorld
from graph_service.model.world import World
from tests.networks import AS_OF, DeploymentRow, Fact, MembershipRow, OfferRow, OwnershipRow, Rows

ROWS = Rows(
    deployments=[
        DeploymentRow("deployment:now"),
        DeploymentRow("deployment:weak", Fact(confidence=30)),
        DeploymentRow("deployment:gone", Fact(valid_to=AS_OF)),
    ],
    offers=[
        OfferRow("component:hbm", "company:parent", "nation:aaa", id="offer:1"),
        OfferRow("component:hbm", "company:child", "nation:bbb", id="offer:2"),
        OfferRow("component:hbm3", "company:grandchild", "nation:ccc", id="offer:3"),
        OfferRow("component:gpu", "company:other", None, id="offer:4"),
        OfferRow("component:gpu", None, "nation:aaa", id="offer:5"),
    ],
    ownerships=[
        OwnershipRow("company:child", "company:parent", 100),
        OwnershipRow("company:grandchild", "company:child", None),
        OwnershipRow("company:other", "company:parent", 50),
    ],
    memberships=[
        MembershipRow("nation:aaa", "bloc:now"),
        MembershipRow("nation:bbb", "bloc:now"),
        MembershipRow("nation:ccc", "bloc:now", Fact(valid_to=date(2020, 1, 1))),
    ],
)
NETWORK = ROWS.network()


def lost(exclusions: Exclusions) -> list[str]:
    return sorted(
        offer.partition(":")[2] for offer in map(NETWORK.offers.id.__getitem__, excluded(NETWORK, exclusions).offers)
    )


def test_a_target_is_found_by_its_id() -> None:
    assert NETWORK.nodes.id[target_number(NETWORK, "component:hbm3")] == "component:hbm3"
    assert NETWORK.nodes.id[target_number(NETWORK, "deployment:now")] == "deployment:now"


def test_an_unknown_target_comes_with_the_three_nearest_ids() -> None:
    with pytest.raises(NotFound) as refused:
        target_number(NETWORK, "component:hbm4")
    assert str(refused.value).startswith("component:hbm4 is not recorded; nearest: component:hbm")
    assert str(refused.value).count("component:") == 4


def test_an_unknown_deployment_is_compared_with_deployments() -> None:
    with pytest.raises(NotFound, match="nearest: deployment:now"):
        target_number(NETWORK, "deployment:noww")


@pytest.mark.parametrize("wrong", ["nation:aaa", "company:parent", "offer:1", "bloc:now"])
def test_a_target_of_another_kind_names_the_rule(wrong: str) -> None:
    with pytest.raises(BadInput, match=f"must be a component or a deployment, got {wrong}"):
        target_number(NETWORK, wrong)


@pytest.mark.parametrize("wrong", ["", "hbm", "component:", "component:HBM", "gadget:x"])
def test_a_text_that_is_no_id_is_told_what_one_is(wrong: str) -> None:
    with pytest.raises(BadInput, match="kind:slug"):
        target_number(NETWORK, wrong)


def test_a_deployment_of_another_date_is_not_in_the_world() -> None:
    with pytest.raises(
        NotInWorld, match=r"deployment:gone is valid until 2026-01-01 \(exclusive\), with confidence 100"
    ):
        target_number(NETWORK, "deployment:gone")


def test_a_deployment_that_nobody_is_sure_of_is_not_in_a_strict_world() -> None:
    network = ROWS.network(World(as_of=AS_OF, min_confidence=50))
    with pytest.raises(
        NotInWorld, match=r"on all dates, with confidence 30; the world asks for .* confidence 50 or more"
    ):
        target_number(network, "deployment:weak")


@pytest.mark.parametrize(
    ("exclusions", "offers"),
    [
        (Exclusions(), []),
        (Exclusions(nations=("nation:aaa",)), ["1", "5"]),
        (Exclusions(companies=("company:parent",)), ["1"]),
        (Exclusions(components=("component:hbm",)), ["1", "2"]),
        (Exclusions(nations=("nation:bbb",), companies=("company:other",)), ["2", "4"]),
    ],
    ids=["nothing", "a nation", "a company alone", "a component", "both"],
)
def test_exclusions_take_offers_away(exclusions: Exclusions, offers: list[str]) -> None:
    assert lost(exclusions) == offers


def test_a_bloc_stands_for_its_members_of_the_world() -> None:
    assert lost(Exclusions(blocs=("bloc:now",))) == ["1", "2", "5"]


@pytest.mark.parametrize("named", ["company:parent", "company:child", "company:grandchild"])
def test_a_group_is_named_by_its_root_or_by_any_company_in_it(named: str) -> None:
    assert lost(Exclusions(owner_groups=(named,))) == ["1", "2", "3"]


def test_an_excluded_component_meets_no_requirement_any_more() -> None:
    found = excluded(NETWORK, Exclusions(components=("component:gpu",)))
    assert found.components == {NETWORK.node_by_id["component:gpu"]}


@pytest.mark.parametrize(
    ("exclusions", "message"),
    [
        (Exclusions(nations=("company:parent",)), "nations of the exclusions must be ids of kind nation"),
        (Exclusions(blocs=("nation:aaa",)), "blocs of the exclusions must be ids of kind bloc"),
        (Exclusions(companies=("nation:aaa",)), "companies of the exclusions must be ids of kind company"),
        (Exclusions(owner_groups=("nation:aaa",)), "ownerGroups of the exclusions must be ids of kind company"),
        (Exclusions(components=("deployment:now",)), "components of the exclusions must be ids of kind component"),
    ],
)
def test_an_exclusion_of_the_wrong_kind_names_argument_and_rule(exclusions: Exclusions, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        excluded(NETWORK, exclusions)


def test_an_unknown_exclusion_is_an_error_with_the_nearest_ids() -> None:
    with pytest.raises(NotFound, match="company:parents is not recorded; nearest: company:parent"):
        excluded(NETWORK, Exclusions(companies=("company:parents",)))
