"""Variables have the values, and the errors, that graphql-core gives them."""

from typing import Any

from graphql import OperationDefinitionNode, build_schema, parse
from graphql.execution.values import VariableValues, get_variable_values
from hypothesis import given
from hypothesis import strategies as st

from graph_service.api.variables import Variables

SCHEMA = build_schema(
    "enum Side { LEFT } input Point { x: Int! } type Query { n(f: Float, i: ID, side: Side, point: Point): Int }"
)
KINDS = ("Int", "Float", "String", "ID", "Boolean", "Side", "Point", "[Int]")
TYPES = [kind + end for kind in KINDS for end in ("", "!")]
VALUES = (
    st.none()
    | st.booleans()
    | st.sampled_from([-(2**31) - 1, -(2**31), -1, 0, 2**31 - 1, 2**31, 1e300, float("nan"), float("inf"), "", "LEFT"])
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.fixed_dictionaries({}, optional={"x": st.integers(0, 5), "y": st.none()})
    | st.lists(st.integers(0, 5), max_size=2)
)


def shown(found: VariableValues | Any) -> str:
    """Write values with their types, so that 1, 1.0 and true differ; errors with their messages."""
    if isinstance(found, VariableValues):
        return repr((found.coerced, [(name, str(it.signature.type), it.value) for name, it in found.sources.items()]))
    return repr([error.message for error in found])


@given(
    types=st.lists(st.sampled_from(TYPES), min_size=1, max_size=3),
    defaulted=st.booleans(),
    sent=st.fixed_dictionaries({}, optional={f"v{place}": VALUES for place in range(4)}),
)
def test_values_are_those_of_graphql_core(types: list[str], defaulted: bool, sent: dict[str, Any]) -> None:
    definitions = [f"$v{place}: {each}" for place, each in enumerate(types)]
    if defaulted and types[0] == "Int":
        definitions[0] += " = 7"
    operation = parse(f"query ({', '.join(definitions)}) {{ n }}").definitions[0]
    assert isinstance(operation, OperationDefinitionNode)

    found = Variables(SCHEMA, operation).values(sent)

    assert shown(found) == shown(get_variable_values(SCHEMA, operation.variable_definitions or (), dict(sent)))
