"""Limits: what exceeds one is refused before it costs anything, by a message that names value, limit and setting."""

from collections.abc import Mapping
from typing import Any

import pytest
from graphql import FragmentDefinitionNode, OperationDefinitionNode, get_introspection_query, parse
from graphql.execution.values import get_variable_values

from graph_service.api.documents import CHARACTERS_KEPT, DOCUMENTS_KEPT, Documents
from graph_service.api.extent import Walk
from graph_service.api.limits import Limits
from graph_service.api.schema import core, schema
from graph_service.model.operations import named_operations
from graph_service.settings import Settings
from tests.api.asking import ask
from tests.api.unconnected import unconnected_service

SCHEMA = core(schema())
OPERATIONS = named_operations()
INTROSPECTION = get_introspection_query(
    specified_by_url=True,
    directive_is_repeatable=True,
    schema_description=True,
    input_value_deprecation=True,
    one_of=True,
)
TYPES_OF_TYPES = "types { fields { type { fields { type { name } } } } }"
DOUBLING = "{ ...F0 }" + "".join(f"fragment F{i} on Query{{...F{i + 1} ...F{i + 1}}}" for i in range(30))
BOMB = DOUBLING + "fragment F30 on Query{nations{totalCount}}"


async def refusals(query: str, **settings: int) -> list[tuple[str, str]]:
    """Ask a service with these settings and no database; give code and message of each error."""
    async with unconnected_service(**settings) as service:
        response = await ask(service, query)
    return [(error["extensions"]["code"], error["message"]) for error in response.get("errors", [])]


def exceeded(query: str, variables: Mapping[str, Any] | None = None, **settings: int) -> list[str]:
    """Give the messages of the limits that the first operation of a document exceeds."""
    held = Settings.model_validate(settings)
    document = Documents(SCHEMA, held.query_tokens_max).get(query)
    errors = [*document.errors]
    if document.operations:
        within, operation = document.within(Limits(SCHEMA, held)), document.operations[0]
        values = get_variable_values(SCHEMA, operation.variable_definitions or (), dict(variables or {}))
        assert not isinstance(values, list), values
        errors += [*within.exceeded, *within.exceeded_with(operation, values.coerced)]
    return [error.message for error in errors if (error.extensions or {})["code"] == "LIMIT_EXCEEDED"]


def walked(query: str) -> Walk:
    """Walk over the first operation of a document."""
    definitions = parse(query).definitions
    fragments = {each.name.value: each for each in definitions if isinstance(each, FragmentDefinitionNode)}
    walk = Limits(SCHEMA, Settings()).walk(fragments, {})
    walk.operation(next(each for each in definitions if isinstance(each, OperationDefinitionNode)))
    return walk


@pytest.mark.parametrize(
    ("query", "settings", "message"),
    [
        (
            "{ node(id: 1) { ... on Company { owner { owner { name } } } } }",
            {"query_depth_max": 3},
            "the operation nests 4 levels, at most 3 are allowed (query_depth_max)",
        ),
        (
            "query Names { a: node(id: 1) { b: id c: id } }",
            {"aliases_max": 2},
            "operation Names has 3 aliases, at most 2 are allowed (aliases_max)",
        ),
        (
            "{ ...Two node(id: 1) { id } } fragment Two on Query { node(id: 1) { id } blocs { id } }",
            {"root_fields_max": 2},
            "the operation has 3 root fields, at most 2 are allowed (root_fields_max)",
        ),
        (
            "{ nations(first: 100) { nodes { companies(first: 100) { nodes { id } } } } }",
            {"query_cost_max": 10_200},
            "the operation asks for up to 10,201 objects, at most 10,200 are allowed (query_cost_max)",
        ),
        (
            "{ nations { totalCount totalCount } }",
            {"query_tokens_max": 6},
            "the document is too large, at most 6 tokens and as many comments are allowed (query_tokens_max)",
        ),
        (
            "{ nations { totalCount } } " + "#" * 400,
            {"query_tokens_max": 10},
            "the document is too large, at most 400 characters, 40 for each token, are allowed (query_tokens_max)",
        ),
    ],
    ids=lambda value: next(iter(value), None) if isinstance(value, dict) else "",
)
async def test_what_exceeds_a_limit_is_refused_by_name_and_one_more_would_be_enough(
    query: str, settings: dict[str, int], message: str
) -> None:
    assert await refusals(query, **settings) == [("LIMIT_EXCEEDED", message)]
    more = 2 if "tokens" in message else 1
    assert exceeded(query, **{name: value + more for name, value in settings.items()}) == []


@pytest.mark.parametrize(
    ("query", "objects"),
    [
        ('{ nation(iso: "fra") { name } }', 1),
        ("{ nations(first: 0) { totalCount nodes { companies { nodes { id } } } } }", 1),
        ("{ nations(first: 0) { aggregate { count } } }", 22),
        ("{ offers(first: 0) { groups(by: NATION, first: 5) { group { id } aggregate { sharePct { sum } } } } }", 41),
        ("{ nations(first: 7) { nodes { id } } }", 8),
        ("{ nations { edges { node { id } } } }", 41),
        ("{ nations(first: 3) { ...Page } } fragment Page on NationConnection { nodes { id } }", 4),
        ("{ nations(first: 3) { nodes { ... on Node { id ... on Nation { blocs { id } } } } } }", 10),
        ('{ nodes(ids: ["a:a", "a:b"]) { ... on Bloc { members { id } } } }', 6),
        ('{ search(text: "x", first: 5) { hits { entity { id } } suggestions } }', 11),
        ('{ dependencyDepth(target: "a:a") { tiers { component { offers(first: 4) { nodes { id } } } } } }', 351),
    ],
)
def test_cost_counts_objects_down_the_tree(query: str, objects: int) -> None:
    assert exceeded(query, query_cost_max=objects) == []
    if objects > 1:
        (message,) = exceeded(query, query_cost_max=objects - 1)
        assert message.startswith(f"the operation asks for up to {objects} objects")


def test_cost_follows_the_values_of_variables() -> None:
    query = "query($n: Int = 50, $ids: [ID!]!) { nations(first: $n) { nodes { id } } nodes(ids: $ids) { id } }"
    ids = {"ids": ["nation:fra"] * 9}
    assert exceeded(query, {"n": 10, **ids}, query_cost_max=20) == []
    assert len(exceeded(query, {"n": 11, **ids}, query_cost_max=20)) == 1
    assert len(exceeded(query, ids, query_cost_max=59)) == 1
    assert exceeded(query, ids, query_cost_max=60) == []


@pytest.mark.parametrize("first", ["1000000", "9" * 5_000, "-1"])
async def test_a_page_size_that_no_page_has_is_bad_input_and_not_a_matter_of_cost(first: str) -> None:
    ((code, message),) = await refusals(f"{{ nations(first: {first}) {{ nodes {{ id }} }} }}")
    assert code in {"BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED"}
    assert "first" in message or "Int" in message


@pytest.mark.parametrize("query", [*(each.text for each in OPERATIONS.values()), INTROSPECTION], ids=[*OPERATIONS, "?"])
def test_named_operations_and_introspection_are_within_the_limits(query: str) -> None:
    assert exceeded(query) == []


def test_introspection_counts_so_that_copies_of_it_do_not_add_up() -> None:
    copies = " ".join(f"a{copy}: {TYPES_OF_TYPES}" for copy in range(50))
    (message,) = exceeded(f"{{ __schema {{ {copies} }} }}")
    assert "query_cost_max" in message
    assert exceeded(f"{{ __schema {{ {TYPES_OF_TYPES} }} }}") == []


@pytest.mark.parametrize("query", [BOMB, *(each.text for each in OPERATIONS.values())], ids=["bomb", *OPERATIONS])
def test_each_selection_of_a_document_is_visited_once(query: str) -> None:
    assert walked(query).visited == count_selections(query)


def count_selections(query: str) -> int:
    """Count the selections of a document as they are written."""
    found, nodes = 0, list[Any](parse(query).definitions)
    while nodes:
        selection_set = getattr(nodes.pop(), "selection_set", None)
        if selection_set is not None:
            nodes.extend(selection_set.selections)
            found += len(selection_set.selections)
    return found


async def test_a_fragment_bomb_is_refused() -> None:
    message = "the operation has 1,000,000,000 or more root fields, at most 20 are allowed (root_fields_max)"
    assert await refusals(BOMB) == [("LIMIT_EXCEEDED", message)]


async def test_fragments_that_spread_each_other_are_refused_as_invalid() -> None:
    query = "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }"
    ((code, message),) = await refusals(query)
    assert code == "GRAPHQL_VALIDATION_FAILED"
    assert "A" in message


@pytest.mark.parametrize(
    "query",
    [
        "{ x { y { z } } }",
        "{ ...Missing }",
        "{ ... on Missing { a { b } } }",
        "fragment A on Missing { a { b } } { ...A }",
        "{ node(id: 1) { first: __typename { a } ... on Entity { nothing(first: 3) { b } } } }",
        "{ nations(first: {}) { nodes { id } } }",
        "subscription { x }",
        "mutation { x { y } }",
        "type X { y: Int }",
    ],
)
async def test_what_the_schema_does_not_know_is_left_to_validation(query: str) -> None:
    codes = {code for code, _ in await refusals(query)}
    assert codes <= {"GRAPHQL_VALIDATION_FAILED", "BAD_USER_INPUT"}
    assert codes


@pytest.mark.parametrize(
    "selections",
    ["name " * 3_000, "blocs { name } " * 900, "... on Nation { name } " * 700],
    ids=["leaves", "objects", "inline fragments"],
)
async def test_fields_repeated_without_end_are_given_up_on(selections: str) -> None:
    ((code, message),) = await refusals(f'{{ nation(iso: "fra") {{ {selections} }} }}')
    assert code == "LIMIT_EXCEEDED"
    assert message.endswith("takes more than 25,000 steps")


def test_fields_repeated_in_fragments_of_many_components_are_fine() -> None:
    parts = range(40)
    spreads = " ".join(f"...Part{part}" for part in parts)
    fragments = "".join(f"fragment Part{part} on Nation {{ id name iso3 blocs {{ id }} }}" for part in parts)
    assert exceeded(f'{{ nation(iso: "fra") {{ {spreads} }} }}{fragments}') == []


def test_a_text_is_parsed_once_and_forgotten_when_others_came_after_it() -> None:
    documents = Documents(SCHEMA, 5_000)
    first = documents.get("{ nations { totalCount } }")
    for number in range(DOCUMENTS_KEPT - 1):
        documents.get(f"# {number}\n{{ nations {{ totalCount }} }}")
    assert documents.get("{ nations { totalCount } }") is first
    for number in range(DOCUMENTS_KEPT):
        documents.get(f"# {number}, again\n{{ nations {{ totalCount }} }}")
    assert documents.get("{ nations { totalCount } }") is not first


def test_large_texts_do_not_fill_the_memory() -> None:
    documents = Documents(SCHEMA, 5_000)
    first = documents.get("{ nations { totalCount } }")
    length = CHARACTERS_KEPT // 10 - 100
    for number in range(9):
        documents.get(f"# {'x' * length} {number}\n{{ nations {{ totalCount }} }}")
    assert documents.get("{ nations { totalCount } }") is first
    for number in range(11):
        documents.get(f"# {'y' * length} {number}\n{{ nations {{ totalCount }} }}")
    assert documents.get("{ nations { totalCount } }") is not first
    larger = f"# {'z' * CHARACTERS_KEPT}\n{{ nations {{ totalCount }} }}"
    assert documents.get(larger) is not documents.get(larger)
