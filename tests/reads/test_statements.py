"""Compiled statements, as reviewed: one per operation, canonical, without a value of the client."""

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest
from graphql.execution.values import get_variable_values
from syrupy.assertion import SnapshotAssertion

from graph_service.api.documents import Documents
from graph_service.api.schema import core, schema
from graph_service.errors import StoreUnavailable
from graph_service.model.operations import named_operations
from graph_service.reads.arguments import ReadLimits
from graph_service.reads.operation import Operation
from graph_service.reads.roots import ROOTS

SCHEMA = core(schema())
OPERATIONS = named_operations()


class Recorder:
    """Stands where the store is reached, notes what is asked of it, and answers nothing."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Mapping[str, Any]]] = []

    async def read_text(self, text: str, parameters: Mapping[str, Any]) -> list[Any]:
        self.asked.append((text, parameters))
        raise StoreUnavailable("recorded")


async def statement(query: str, **variables: Any) -> tuple[str, Mapping[str, Any]]:
    """Compile the reads of a query; give the statement and its parameters."""
    document = Documents(SCHEMA, 5_000).get(query)
    assert not document.errors, document.errors
    operation = document.operation(None)
    values = get_variable_values(SCHEMA, operation.variable_definitions or (), variables)
    assert not isinstance(values, list), values
    selection = document.selection(SCHEMA, operation, values.coerced)
    recorder: Any = Recorder()
    running = Operation(selection, values, recorder, recorder, ReadLimits())

    async def no_analysis() -> None:
        raise StoreUnavailable("not asked")

    roots = [(field.key, field.name in ROOTS) for field in selection.fields()]
    asked = (running.read(key) if is_read else running.answer(key, no_analysis) for key, is_read in roots)
    assert {type(found) for found in await asyncio.gather(*asked, return_exceptions=True)} == {StoreUnavailable}
    ((text, parameters),) = recorder.asked
    return text, {name: value for name, value in parameters.items() if not name.startswith("asOf")}


@pytest.mark.parametrize(
    "name", [name for name, each in OPERATIONS.items() if any(f" {root}(" in each.text for root in ROOTS)]
)
async def test_statement_of_a_named_operation_is_what_was_reviewed(name: str, snapshot: SnapshotAssertion) -> None:
    text, parameters = await statement(OPERATIONS[name].text)
    assert {"text": text, "parameters": parameters} == snapshot


async def test_statement_of_aggregates_is_what_was_reviewed(snapshot: SnapshotAssertion) -> None:
    text, parameters = await statement(
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
async def test_another_alias_literal_or_order_gives_the_same_text(one: str, other: str) -> None:
    assert (await statement(one))[0] == (await statement(other))[0]


async def test_no_value_of_the_client_is_in_the_text() -> None:
    text, parameters = await statement('{ company(by: { name: "Robert\'); MATCH (n) DELETE n" }) { id } }')
    assert "Robert" not in text
    assert any("Robert" in str(value) for value in parameters.values())
