"""The schema: described everywhere, every field served, answers named as their types."""

import typing

import pytest
from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLInterfaceType, GraphQLObjectType, GraphQLUnionType
from syrupy.assertion import SnapshotAssertion

from graph_service.analysis.alternatives import AlternativeSupply, SupplySolution
from graph_service.analysis.blockers import Blocker
from graph_service.analysis.changes import Change
from graph_service.analysis.compare_deployments import SwitchPoint, Tradeoff, TradeoffRow
from graph_service.analysis.concentration import Concentration, Share
from graph_service.analysis.confidence import ConfidenceSensitivity, ConfidenceStep
from graph_service.analysis.criticality import Criticality, CriticalityRow
from graph_service.analysis.cut_sets import CutSet, CutSets
from graph_service.analysis.dependency_depth import DependencyDepth, Tier
from graph_service.analysis.diff import Diff
from graph_service.analysis.disruption import Disruption, Impact
from graph_service.analysis.exposure import Exposure, ExposureRow
from graph_service.analysis.partnership_coverage import Coverage, CoverageRow
from graph_service.analysis.partnership_impact import PartnershipImpact
from graph_service.analysis.paths import GraphPath, Hop, PathResult
from graph_service.analysis.primitives.meta import AnalysisMeta
from graph_service.analysis.recommendations import Recommendation, Recommendations
from graph_service.analysis.single_points import SinglePoint, SinglePoints
from graph_service.analysis.sovereignty import Sovereignty, SovereigntyObjective, TransferBasis
from graph_service.analysis.stress_test import StressRow, StressTest
from graph_service.analysis.worst_case import WorstCase
from graph_service.api.computed import COMPUTED
from graph_service.api.events import GraphChange, RiskAlert
from graph_service.api.schema import _refuse_guards, core, schema
from graph_service.api.writes import ImportReport, OfferPayload, PartnershipPayload, RetractPayload, UserError
from graph_service.facts.check import Finding
from graph_service.reads.graph import GRAPH, Computed
from graph_service.reads.names import Found, Hit
from graph_service.reads.projection import attribute

TYPES = [type_ for name, type_ in sorted(core(schema()).type_map.items()) if not name.startswith("__")]
BUILT_IN = {"String", "Int", "Float", "Boolean", "ID"}


@pytest.mark.parametrize("type_", TYPES, ids=str)
def test_everything_public_is_described(type_: typing.Any) -> None:
    assert type_.name in BUILT_IN or type_.description
    if isinstance(type_, (GraphQLObjectType, GraphQLInterfaceType, GraphQLInputObjectType)):
        for name, field in type_.fields.items():
            assert field.description, name
            for argument_name, argument in getattr(field, "args", {}).items():
                assert argument.description, f"{name}({argument_name})"
    if isinstance(type_, GraphQLEnumType):
        for name, value in type_.values.items():
            assert value.description, name


def test_graph_types_and_their_mapping_have_the_same_fields() -> None:
    types = core(schema()).type_map
    for typename, served in GRAPH.items():
        assert set(types[typename].fields) == set(served), typename


def test_every_computed_field_has_an_analysis() -> None:
    computed = {field for fields in GRAPH.values() for field, served in fields.items() if isinstance(served, Computed)}
    assert computed == set(COMPUTED)


@pytest.mark.parametrize(
    ("answer", "typename"),
    [
        (AlternativeSupply, "AlternativeSupply"),
        (AnalysisMeta, "AnalysisMeta"),
        (Blocker, "Blocker"),
        (Change, "Change"),
        (Concentration, "Concentration"),
        (Criticality, "Criticality"),
        (CriticalityRow, "CriticalityRow"),
        (Coverage, "Coverage"),
        (CoverageRow, "CoverageRow"),
        (ConfidenceSensitivity, "ConfidenceSensitivity"),
        (ConfidenceStep, "ConfidenceStep"),
        (CutSet, "CutSet"),
        (CutSets, "CutSets"),
        (DependencyDepth, "DependencyDepth"),
        (Diff, "Diff"),
        (Disruption, "Disruption"),
        (Exposure, "Exposure"),
        (ExposureRow, "ExposureRow"),
        (Finding, "QualityIssue"),
        (Found, "SearchResult"),
        (GraphChange, "GraphChange"),
        (GraphPath, "GraphPath"),
        (Hit, "SearchHit"),
        (Hop, "Hop"),
        (Impact, "Impact"),
        (ImportReport, "ImportReport"),
        (OfferPayload, "OfferPayload"),
        (PartnershipPayload, "PartnershipPayload"),
        (RetractPayload, "RetractPayload"),
        (RiskAlert, "RiskAlert"),
        (PathResult, "PathResult"),
        (PartnershipImpact, "PartnershipImpact"),
        (Recommendation, "Recommendation"),
        (Recommendations, "Recommendations"),
        (Share, "Share"),
        (SinglePoint, "SinglePoint"),
        (SinglePoints, "SinglePoints"),
        (StressRow, "StressRow"),
        (StressTest, "StressTest"),
        (SupplySolution, "SupplySolution"),
        (Sovereignty, "Sovereignty"),
        (SovereigntyObjective, "SovereigntyObjective"),
        (SwitchPoint, "SwitchPoint"),
        (Tier, "Tier"),
        (Tradeoff, "Tradeoff"),
        (TradeoffRow, "TradeoffRow"),
        (TransferBasis, "TransferBasis"),
        (UserError, "UserError"),
        (WorstCase, "WorstCase"),
    ],
)
def test_answers_have_an_attribute_for_every_field_of_their_type(answer: type, typename: str) -> None:
    names = set(answer.__annotations__)
    for name in core(schema()).type_map[typename].fields:
        assert attribute(name) in names, name


def test_schema_is_what_was_reviewed(snapshot: SnapshotAssertion) -> None:
    assert schema().as_str() == snapshot


def test_unions_and_interfaces_resolve_by_row() -> None:
    for type_ in TYPES:
        if isinstance(type_, (GraphQLInterfaceType, GraphQLUnionType)):
            assert type_.resolve_type is not None


def test_a_field_that_rows_serve_may_carry_no_permission(monkeypatch: pytest.MonkeyPatch) -> None:
    field = core(schema()).type_map["Offer"].fields["unitCost"]
    _refuse_guards("Offer.unitCost", field)
    monkeypatch.setattr(field.extensions["strawberry-definition"], "extensions", [object()])
    with pytest.raises(AssertionError, match=r"Offer\.unitCost carries"):
        _refuse_guards("Offer.unitCost", field)
