"""Limits of operations, each a setting: levels, aliases, root fields, objects. Held before a document is validated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from graphql import GraphQLError

from graph_service.api.extent import COUNTED_MAX, Walk, rows_said
from graph_service.api.sizes import ListSizes
from graph_service.errors import LimitExceeded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphql import FragmentDefinitionNode, GraphQLSchema, OperationDefinitionNode

    from graph_service.settings import Settings

COSTS_KEPT: Final = 100


class Limits:
    """The limits of one service."""

    def __init__(self, schema: GraphQLSchema, settings: Settings) -> None:
        self.settings = settings
        self._schema = schema
        self._sizes = ListSizes(schema, settings)

    def walk(self, fragments: Mapping[str, FragmentDefinitionNode], rows_by_variable: Mapping[str, int | None]) -> Walk:
        """Begin a walk over a document with these fragments."""
        return Walk(self._schema, self._sizes, fragments, rows_by_variable)


class DocumentLimits:
    """The limits and one document: `exceeded` whatever its variables are, and its costs for their values.

    Only the cost depends on variables, and only on those that say how many rows there are; it is kept by their values.
    """

    def __init__(
        self,
        limits: Limits,
        operations: Sequence[OperationDefinitionNode],
        fragments: Mapping[str, FragmentDefinitionNode],
    ) -> None:
        self._limits = limits
        self._fragments = fragments
        self._exceeded_by_rows: dict[tuple[Any, ...], Sequence[GraphQLError]] = {}
        walk = limits.walk(fragments, {})
        self.exceeded = tuple(error for operation in operations for error in self._shape(walk, operation))
        self._asked = tuple(sorted(walk.asked))

    def exceeded_with(self, operation: OperationDefinitionNode, variables: Mapping[str, Any]) -> Sequence[GraphQLError]:
        """Name the limit of cost where an operation exceeds it with these values of its variables."""
        rows_by_variable = {name: rows_said(variables.get(name)) for name in self._asked}
        key = (operation.name.value if operation.name else None, *rows_by_variable.values())
        known = self._exceeded_by_rows.get(key)
        if known is None:
            known = self._cost(operation, rows_by_variable)
            if len(self._exceeded_by_rows) >= COSTS_KEPT:
                self._exceeded_by_rows.clear()
            self._exceeded_by_rows[key] = known
        return known

    def _shape(self, walk: Walk, operation: OperationDefinitionNode) -> list[GraphQLError]:
        extent, settings = walk.operation(operation), self._limits.settings
        counts = (
            ("nests", extent.depth, "levels", settings.query_depth_max, "query_depth_max"),
            ("has", extent.aliases, "aliases", settings.aliases_max, "aliases_max"),
            ("has", extent.fields, "root fields", settings.root_fields_max, "root_fields_max"),
        )
        return [
            _exceeded(operation, f"{verb} {_shown(count)} {things}", maximum, setting)
            for verb, count, things, maximum, setting in counts
            if count > maximum
        ]

    def _cost(
        self, operation: OperationDefinitionNode, rows_by_variable: Mapping[str, int | None]
    ) -> Sequence[GraphQLError]:
        objects = self._limits.walk(self._fragments, rows_by_variable).operation(operation).cost()
        maximum = self._limits.settings.query_cost_max
        if objects <= maximum:
            return ()
        return (_exceeded(operation, f"asks for up to {objects:,.0f} objects", maximum, "query_cost_max"),)


def _shown(count: int) -> str:
    return f"{count:,}" if count < COUNTED_MAX else f"{count:,} or more"


def _exceeded(operation: OperationDefinitionNode, found: str, maximum: int, setting: str) -> GraphQLError:
    name = f"operation {operation.name.value}" if operation.name else "the operation"
    message = f"{name} {found}, at most {maximum:,} are allowed ({setting})"
    return GraphQLError(message, operation, extensions={"code": LimitExceeded.code})
