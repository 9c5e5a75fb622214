"""Compiled statements, as reviewed: one per operation, canonical, without a value of the client."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from graphql.execution.values import get_variable_values
from syrupy.assertion import SnapshotAssertion

from graph_service.api.documents import Documents
from graph_service.api.schema import core, schema
from graph_service.model.operations import named_operations
from graph_service.reads.arguments import ReadLimits
from graph_service.reads.plan import Plan

SCHEMA = core(schema())
DOCUMENTS = Documents(SCHEMA, 5_000)
OPERATIONS = named_operations()


def plan_of(query: str, variables: Mapping[str, Any]) -> tuple[Plan, Any]:
    """Give the plan of a query, and the values of its variables."""
    document = DOCUMENTS.get(query)
    assert not document.errors, document.errors
    operation = document.operation(None)
    values = get_variable_values(SCHEMA, operation.variable_definitions or (), dict(variables))
    assert not isinstance(values, list), values
    return document.plan(operation, values.coerced, ReadLimits()), values


def statement(query: str, **variables: Any) -> tuple[str, Mapping[str, Any]]:
    """Compile the reads of a query; give the statement and its parameters."""
    plan, values = plan_of(query, variables)
    assert plan.holds
    compiled, parameters, _ = plan.bound(values)
    return compiled.text, {name: value for name, value in parameters.items() if not name.startswith("asOf")}


@pytest.mark.parametrize("name", [name for name, each in OPERATIONS.items() if plan_of(each.text, {})[0].holds])
def test_statement_of_a_named_operation_is_what_was_reviewed(name: str, snapshot: SnapshotAssertion) -> None:
    text, parameters = statement(OPERATIONS[name].text)
    assert {"text": text, "parameters": parameters} == snapshot


def test_statement_of_aggregates_is_what_was_reviewed(snapshot: SnapshotAssertion) -> None:
    text, parameters = statement(
        """{ companies(where: { kind: { eq: "foundry" } }, first: 3) { totalCount aggregate { count } nodes { id
        offers { aggregate { sharePct { avg } unitCost { unit sum } }
        groups(by: NATION, orderBy: [{ sharePct: { sum: DESC } }], first: 5)
        { group { name } aggregate { count sharePct { sum } } } } } } }"""
    )
    assert {"text": text, "parameters": parameters} == snapshot


def test_rows_with_something_related_are_matched_once_for_page_and_total(snapshot: SnapshotAssertion) -> None:
    text, parameters = statement(
        """{ components(where: { category: { eq: "chip" }, offers: { some: { leadTimeWeeks: { lte: 4 } } } }, first: 3)
        { totalCount pageInfo { hasNextPage } nodes { id offers(first: 2) { nodes { company { name } } } } } }"""
    )
    assert {"text": text, "parameters": parameters} == snapshot


LARGE = "query($n: Int) { nations(first: 100) { nodes { id companies(first: $n) { nodes { id name } } } } }"


def test_a_large_page_comes_in_pieces(snapshot: SnapshotAssertion) -> None:
    text, parameters = statement(LARGE, n=20)
    assert {"text": text, "parameters": parameters} == snapshot


def test_a_page_that_cannot_be_large_comes_in_one_record() -> None:
    assert "$p.piece" not in statement(LARGE, n=5)[0]
    assert "$p.piece" in statement(LARGE, n=20)[0]


@pytest.mark.parametrize("beside", ["totalCount", "aggregate { count }", "more: nodes { offersComplete }"])
def test_a_page_with_more_than_its_rows_comes_in_one_record(beside: str) -> None:
    rows = "nodes { id offers(first: 20) { nodes { id } } }"
    assert "$p.piece" not in statement(f"{{ components(first: 100) {{ {rows} {beside} }} }}")[0]
    assert "$p.piece" in statement(f"{{ components(first: 100) {{ {rows} }} }}")[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('{ nation(iso: "TW") { id name } }', '{ x: nation(iso: "fr") { n: name id } }'),
        (
            "{ companies(first: 3) { nodes { name id } } }",
            "query($n: Int) { companies(first: $n) { nodes { id name } } }",
        ),
        ('{ node(id: "company:tsmc") { id } }', '{ a: node(id: "company:a-much-longer-id") { b: id } }'),
    ],
)
def test_another_alias_literal_or_order_gives_the_same_text(one: str, other: str) -> None:
    assert (statement(one))[0] == (statement(other))[0]


def test_no_value_of_the_client_is_in_the_text() -> None:
    text, parameters = statement('{ company(by: { name: "Robert\'); MATCH (n) DELETE n" }) { id } }')
    assert "Robert" not in text
    assert any("Robert" in str(value) for value in parameters.values())


REUSED = (
    "query($id: ID!, $n: Int, $w: OfferWhere) "
    "{ component(by: { id: $id }) { offers(first: $n, where: $w) { nodes { id } } } }"
)


def test_a_plan_is_used_again_with_other_values_of_any_length_or_kind() -> None:
    variables = [
        {"id": "component:hbm", "n": 1, "w": {"id": {"in": ["a"]}}},
        {"id": "component:" + "x" * 200, "n": 100, "w": {"id": {"in": ["offer"] * 300}}},
        {"id": "", "w": {"id": {"in": []}}, "n": None},
    ]
    plans = {id(plan_of(REUSED, each)[0]) for each in variables}
    statements = {id(plan.bound(values)[0]) for plan, values in (plan_of(REUSED, each) for each in variables)}
    assert (len(plans), len(statements)) == (1, 1)


def test_a_filter_of_another_shape_has_a_statement_of_its_own() -> None:
    one = statement(REUSED, id="component:hbm", w={"shareYear": {"eq": 1}})[0]
    other = statement(REUSED, id="component:hbm", w={"shareYear": {"gt": 1}})[0]
    assert one != other


def test_a_condition_has_a_plan_for_each_of_its_values() -> None:
    query = "query($with: Boolean!) { blocs { id name @include(if: $with) } }"
    plans = [plan_of(query, {"with": value})[0] for value in (True, False, True)]
    assert plans[0] is plans[2]
    assert plans[0] is not plans[1]


@pytest.mark.parametrize("world", ["", '(world: { asOf: "2025-01-01" })', "(world: { allDates: true })"])
def test_a_world_without_a_date_of_its_own_follows_the_calendar(world: str, monkeypatch: pytest.MonkeyPatch) -> None:
    plan, values = plan_of(f"{{ partnerships{world} {{ totalCount }} }}", {})
    monkeypatch.setattr("graph_service.reads.plan.today", lambda: date(2031, 1, 1))
    expected = {"": date(2031, 1, 1), '(world: { asOf: "2025-01-01" })': date(2025, 1, 1)}.get(world)
    assert plan.bound(values)[1].get("asOf0") == expected


@pytest.mark.parametrize(
    "query",
    [
        "{ __schema { queryType { name } } blocs { id } }",
        '{ search(text: "x") { totalCount } }',
        '{ blocs { id } dependencyDepth(target: "component:hbm") { depth } }',
        "{ nations(first: 101) { totalCount } }",
    ],
)
def test_what_a_plan_cannot_answer_alone_is_left_to_the_stock_executor(query: str) -> None:
    assert not plan_of(query, {})[0].holds
