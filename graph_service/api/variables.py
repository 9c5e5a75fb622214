"""Variables of an operation: coerced by graphql-core, but for plain values, which are what they become."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any, Final

from graphql import (
    GraphQLBoolean,
    GraphQLFloat,
    GraphQLID,
    GraphQLInt,
    GraphQLString,
    get_nullable_type,  # pyright: ignore[reportUnknownVariableType] - a generic of graphql-core without its argument
)
from graphql.execution.get_variable_signature import get_variable_signature
from graphql.execution.values import VariableValues, VariableValueSource, get_variable_values

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from graphql import GraphQLError, GraphQLSchema, OperationDefinitionNode
    from graphql.execution.get_variable_signature import GraphQLVariableSignature

INT_MAX: Final = 2**31 - 1
PLAIN: Final[Mapping[Any, Callable[[Any], bool]]] = {
    GraphQLString: lambda value: type(value) is str,
    GraphQLID: lambda value: type(value) is str,
    GraphQLBoolean: lambda value: type(value) is bool,
    GraphQLFloat: lambda value: type(value) is float and isfinite(value),
    GraphQLInt: lambda value: type(value) is int and -INT_MAX <= value <= INT_MAX,
}
"""Tells by type which values graphql-core gives back as they are."""


class Variables:
    """The variables that one operation defines."""

    def __init__(self, schema: GraphQLSchema, operation: OperationDefinitionNode) -> None:
        self._schema = schema
        self._definitions = operation.variable_definitions or ()
        self._plain = [_with_check(get_variable_signature(schema, each)) for each in self._definitions]

    def values(self, given: Mapping[str, Any]) -> VariableValues | Sequence[GraphQLError]:
        """Give the values for what a client sent, or say what is wrong with it."""
        sources: dict[str, VariableValueSource] = {}
        coerced: dict[str, Any] = {}
        for signature, is_plain in self._plain:
            value = given.get(signature.name)
            if is_plain is None or not is_plain(value):
                return get_variable_values(self._schema, self._definitions, dict(given))
            sources[signature.name] = VariableValueSource(signature, value)
            coerced[signature.name] = value
        return VariableValues(sources, coerced)


def _with_check(signature: Any) -> tuple[GraphQLVariableSignature, Callable[[Any], bool] | None]:
    return signature, PLAIN.get(get_nullable_type(signature.type))
