"""Compiled statements, as reviewed: one per operation, canonical, without a value of the client."""

from collections.abc import Mapping
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
