"""Standing risks: what differs between two states of a target is told, and nothing else."""

import pytest

from graph_service.analysis.single_points import single_points_of_failure
from graph_service.analysis.standing import AlertRule, Standing, differences, standing
from graph_service.errors import BadInput, NotFound
from graph_service.model.kinds import Band
from tests.analysis.edge_ai import SERVER, network

ALL = frozenset(AlertRule)
BEFORE = Standing("1-a", frozenset({"company:a", "nation:x"}), {"component:k": Band.HIGH, "component:l": Band.MODERATE})
AFTER = Standing("2-b", frozenset({"company:b", "nation:x"}), {"component:k": Band.MODERATE, "component:m": Band.HIGH})


def test_each_rule_tells_of_what_it_is_about() -> None:
    assert [(each.rule, each.before, each.after) for each in differences(BEFORE, AFTER, ALL)] == [
        ("SINGLE_POINT_ADDED", None, "company:b"),
        ("SINGLE_POINT_REMOVED", "company:a", None),
        ("HHI_BAND_CHANGED", "component:k HIGH", "component:k MODERATE"),
        ("HHI_BAND_CHANGED", "component:l MODERATE", None),
        ("HHI_BAND_CHANGED", None, "component:m HIGH"),
    ]


@pytest.mark.parametrize("rule", AlertRule)
def test_rules_that_are_not_asked_for_tell_nothing(rule: AlertRule) -> None:
    assert {each.rule for each in differences(BEFORE, AFTER, frozenset({rule}))} == {rule}


def test_what_stays_as_it_is_is_not_told() -> None:
    assert list(differences(BEFORE, BEFORE, ALL)) == []


def test_a_target_stands_as_its_single_points_and_bands_say() -> None:
    found = standing(network(), SERVER)
    points = single_points_of_failure(network(), SERVER).points
    assert found.points == {point.entity for point in points}
    assert found.band_by_component["component:euv"] is Band.HIGH
    assert len(found.band_by_component) == 8


def test_a_deployment_stands_as_what_it_needs() -> None:
    edge, server = standing(network(deployment=True), "deployment:edge"), standing(network(), SERVER)
    assert (edge.points, edge.band_by_component) == (server.points, server.band_by_component)


@pytest.mark.parametrize(("target", "error"), [("component:no-such", NotFound), ("nation:twn", BadInput)])
def test_what_is_no_target_is_refused(target: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        standing(network(), target)
