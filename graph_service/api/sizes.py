"""How many rows the lists of a schema have: stated where a query cannot say it, at most so many where it can."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLObjectType,
    is_abstract_type,
)

from graph_service.reads.aggregates import AGGREGATES
from graph_service.reads.graph import GRAPH
from graph_service.reads.selection import inner_type, nullable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphql import GraphQLSchema

    from graph_service.settings import Settings

FEW: Final = 2
"""Rows of a list of recorded things, such as the alternatives of a requirement: about what the shipped facts have."""
MANY: Final = 50
"""Rows of a list of an analysis, such as tiers, and of a root list."""
WHOLE_LIST: Final = 20
"""Objects that count for reading all rows of a connection, which an aggregate does: as many as a page has."""


class ListSizes:
    """The sizes of lists in one schema."""

    def __init__(self, schema: GraphQLSchema, settings: Settings) -> None:
        self._page_size_max = settings.page_size_max
        self._list_size_max = settings.list_size_max
        self._introspection = _introspection_sizes(schema)

    def stated(self, parent: Any, name: str, field: Any) -> float | None:
        """State how many rows a field has; None where it is no list."""
        known = self._introspection.get((parent.name, name))
        if known is not None:
            return known
        size = FEW if parent.name in GRAPH or isinstance(parent, GraphQLInterfaceType) else MANY
        rows, type_ = None, nullable(field.type)
        while isinstance(type_, GraphQLList):
            rows, type_ = (rows or 1) * size, nullable(inner_type(type_))
        return rows

    def beside(self, parent: Any, name: str) -> int:
        """State what a field costs beside the objects that it gives."""
        return WHOLE_LIST if name in AGGREGATES and parent.name.endswith("Connection") else 0

    def largest(self, field: Any) -> int:
        """Give the most rows that a field accepts: its own check refuses more."""
        return self._list_size_max if isinstance(nullable(field.type), GraphQLList) else self._page_size_max


def _introspection_sizes(schema: GraphQLSchema) -> Mapping[tuple[str, str], float]:
    """Give the mean lengths of the lists of introspection; about half of all types wrap another."""
    types = list(schema.type_map.values())
    objects = [type_ for type_ in types if isinstance(type_, (GraphQLObjectType, GraphQLInterfaceType))]
    fields = [field for type_ in objects for field in type_.fields.values()]
    inputs = [len(type_.fields) for type_ in types if isinstance(type_, GraphQLInputObjectType)]
    values = [len(type_.values) for type_ in types if isinstance(type_, GraphQLEnumType)]
    possible = [len(schema.get_possible_types(type_)) for type_ in types if is_abstract_type(type_)]
    return {
        ("__Schema", "types"): len(types),
        ("__Schema", "directives"): len(schema.directives),
        ("__Type", "fields"): len(fields) / len(types),
        ("__Type", "inputFields"): sum(inputs) / len(types),
        ("__Type", "enumValues"): sum(values) / len(types),
        ("__Type", "interfaces"): sum(len(type_.interfaces) for type_ in objects) / len(types),
        ("__Type", "possibleTypes"): sum(possible) / len(types),
        ("__Type", "ofType"): 0.5,
        ("__Field", "args"): sum(len(field.args) for field in fields) / len(fields),
        ("__Directive", "args"): sum(len(directive.args) for directive in schema.directives) / len(schema.directives),
    }
