"""Documents: query texts, parsed and validated once and kept with their selections."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from graphql import (
    FragmentDefinitionNode,
    GraphQLError,
    OperationDefinitionNode,
    parse,
    validate,
)

from graph_service.errors import BadInput
from graph_service.reads.selection import Selection, SelectionReader, condition_variables

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphql import DocumentNode, GraphQLSchema

DOCUMENTS_KEPT: Final = 500
SELECTIONS_KEPT: Final = 16


@dataclass(slots=True)
class Document:
    """One query text: its parsed form, or the errors that refuse it."""

    node: DocumentNode | None
    errors: Sequence[GraphQLError]
    fragments: Mapping[str, FragmentDefinitionNode] = field(default_factory=dict[str, FragmentDefinitionNode])
    conditions: tuple[str, ...] = ()
    _selections: OrderedDict[tuple[Any, ...], Selection] = field(
        default_factory=OrderedDict[tuple[Any, ...], Selection]
    )

    def operation(self, name: str | None) -> OperationDefinitionNode:
        """Find the operation to run; raise BadInput where the name is missing or unknown."""
        assert self.node is not None
        operations = [node for node in self.node.definitions if isinstance(node, OperationDefinitionNode)]
        names = [node.name.value for node in operations if node.name]
        if name is None:
            if len(operations) == 1:
                return operations[0]
            raise BadInput(f"operationName must name one of the operations {', '.join(names)}, got none")
        for node in operations:
            if node.name and node.name.value == name:
                return node
        raise BadInput(f"operationName must name one of the operations {', '.join(names) or '(unnamed)'}, got {name!r}")

    def selection(
        self, schema: GraphQLSchema, operation: OperationDefinitionNode, variables: Mapping[str, Any]
    ) -> Selection:
        """Give what an operation selects, for these values of the variables of @skip and @include."""
        name = operation.name.value if operation.name else None
        key = (name, *(variables.get(condition) for condition in self.conditions))
        known = self._selections.get(key)
        if known is None:
            known = SelectionReader(schema, self.fragments, variables).operation(operation)
            self._selections[key] = known
            while len(self._selections) > SELECTIONS_KEPT:
                self._selections.popitem(last=False)
        return known


class Documents:
    """Recently used documents of one schema."""

    def __init__(self, schema: GraphQLSchema, tokens_max: int) -> None:
        self._schema = schema
        self._tokens_max = tokens_max
        self._documents: OrderedDict[str, Document] = OrderedDict()

    def get(self, text: str) -> Document:
        """Give the document of a text; a text that is refused is kept with its errors."""
        known = self._documents.get(text)
        if known is not None:
            self._documents.move_to_end(text)
            return known
        document = self._read(text)
        self._documents[text] = document
        while len(self._documents) > DOCUMENTS_KEPT:
            self._documents.popitem(last=False)
        return document

    def _read(self, text: str) -> Document:
        try:
            node = parse(text, max_tokens=self._tokens_max)
        except GraphQLError as error:
            error.extensions = {"code": "GRAPHQL_PARSE_FAILED"}
            return Document(None, [error])
        errors = validate(self._schema, node)
        for error in errors:
            error.extensions = {"code": "GRAPHQL_VALIDATION_FAILED"}
        if errors:
            return Document(node, errors)
        fragments = {each.name.value: each for each in node.definitions if isinstance(each, FragmentDefinitionNode)}
        return Document(node, (), fragments, condition_variables(node))
