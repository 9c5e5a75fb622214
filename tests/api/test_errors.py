"""Errors: each has a code; what nobody expected is logged and shown without its words."""

from typing import Any

import pytest
from graphql import GraphQLError, GraphQLSchema, build_schema, graphql_sync
from structlog.testing import capture_logs

from graph_service.api.execution import shown
from graph_service.errors import NotFound, StatementRefused
from tests.api.asking import ask
from tests.api.unconnected import unconnected_service

MASKED = ("INTERNAL_SERVER_ERROR", "internal server error; the service's log says more")
SCHEMA = build_schema("type Query { deep: Deep } type Deep { number: Int, must: String!, take(one: One): Int }"
                      " input One @oneOf { a: Int b: Int }")  # fmt: skip


def raises(error: Exception) -> Any:
    def resolve(*_: Any, **__: Any) -> Any:
        raise error

    return resolve


def schema_with(field: str, resolve: Any) -> GraphQLSchema:
    """Give the schema with one field below `deep` resolved like this."""
    deep: Any = SCHEMA.type_map["Deep"]
    query: Any = SCHEMA.query_type
    query.fields["deep"].resolve = lambda *_: {}
    for name, definition in deep.fields.items():
        definition.resolve = resolve if name == field else None
    return SCHEMA


def shown_error(field: str, resolve: Any, arguments: str = "") -> tuple[str, str, Any]:
    """Give code, message and path of the error that a client sees, and what was logged."""
    (error,) = graphql_sync(schema_with(field, resolve), f"{{ deep {{ {field}{arguments} }} }}").errors or []
    formatted: Any = shown(error).formatted
    return formatted["extensions"]["code"], formatted["message"], formatted["path"]


@pytest.mark.parametrize(
    ("field", "resolve"),
    [
        ("number", raises(RuntimeError("the password is 123"))),
        ("number", lambda *_: 2**40),
        ("number", lambda *_: "the password is 123"),
        ("must", lambda *_: None),
        ("number", raises(GraphQLError("wrapped", original_error=KeyError("secret")))),
        ("number", raises(StatementRefused("the database refused: MATCH (n:Secret)"))),
    ],
    ids=["raised", "out of range", "of another type", "missing", "wrapped", "refused by the database"],
)
def test_an_error_that_nobody_expected_is_masked_and_logged(field: str, resolve: Any) -> None:
    with capture_logs() as logged:
        assert shown_error(field, resolve) == (*MASKED, ["deep", field])
    assert [(line["event"], line["log_level"], line["path"]) for line in logged] == [
        ("unexpected error", "error", ["deep", field])
    ]


def test_an_error_of_ours_keeps_its_message_its_code_and_its_path() -> None:
    found = shown_error("number", raises(NotFound("there is no component:x")))
    assert found == ("NOT_FOUND", "there is no component:x", ["deep", "number"])


def test_an_error_that_brings_its_code_keeps_it() -> None:
    error = GraphQLError("not you", extensions={"code": "FORBIDDEN"})
    assert shown_error("number", raises(error)) == ("FORBIDDEN", "not you", ["deep", "number"])


@pytest.mark.parametrize(
    ("query", "variables", "code"),
    [
        ("{", {}, "GRAPHQL_PARSE_FAILED"),
        ("", {}, "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", {}, "GRAPHQL_VALIDATION_FAILED"),
        ("query A { __typename } query B { __typename }", {}, "BAD_USER_INPUT"),
        ("fragment A on Query { __typename }", {}, "GRAPHQL_VALIDATION_FAILED"),
        ("query($id: ID!) { node(id: $id) { id } }", {}, "BAD_USER_INPUT"),
        ("query($id: ID!) { node(id: $id) { id } }", {"id": None}, "BAD_USER_INPUT"),
        ("query($id: ID!) { node(id: $id) { id } }", {"id": {}}, "BAD_USER_INPUT"),
        ("query($n: Int) { nations(first: $n) { totalCount } }", {"n": 2**31}, "BAD_USER_INPUT"),
        ("query($n: Int) { nations(first: $n) { totalCount } }", {"n": True}, "BAD_USER_INPUT"),
        ("query($k: [Kind!]) { search(text: \"x\", kinds: $k) { totalCount } }", {"k": ["X"]}, "BAD_USER_INPUT"),
        ("query($w: WorldInput) { blocs(world: $w) { id } }", {"w": {"asOf": "soon"}}, "BAD_USER_INPUT"),
        ("query($w: WorldInput) { blocs(world: $w) { id } }", {"w": {"nothing": 1}}, "BAD_USER_INPUT"),
        ("query($by: CompanyBy!) { company(by: $by) { id } }", {"by": {}}, "BAD_USER_INPUT"),
        ("query($by: CompanyBy!) { company(by: $by) { id } }", {"by": {"id": "a", "name": "b"}}, "BAD_USER_INPUT"),
    ],
)  # fmt: skip
async def test_a_request_at_fault_is_refused_with_a_code_and_without_data(
    query: str, variables: dict[str, Any], code: str
) -> None:
    async with unconnected_service() as service:
        response = await ask(service, query, **variables)
    assert {error["extensions"]["code"] for error in response["errors"]} == {code}
    assert "data" not in response


async def test_an_argument_that_breaks_a_rule_is_bad_input_at_its_path() -> None:
    async with unconnected_service() as service:
        response = await ask(service, '{ search(text: "x", first: -1) { totalCount } }')
    (error,) = response["errors"]
    assert (error["extensions"]["code"], error["path"], response["data"]) == ("BAD_USER_INPUT", ["search"], None)


async def test_a_store_that_is_away_is_said_with_its_code() -> None:
    async with unconnected_service() as service:
        response = await ask(service, "{ here: blocs { id } }")
    assert [(error["extensions"]["code"], error["path"]) for error in response["errors"]] == [
        ("STORE_UNAVAILABLE", ["here"])
    ]
