"""What an operation selects: the tree of fields per concrete type, with fragments, aliases and conditions folded in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from graphql import (
    FieldNode,
    FragmentSpreadNode,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLUnionType,
    InlineFragmentNode,
    VariableNode,
    is_abstract_type,
    is_composite_type,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from graphql import (
        FragmentDefinitionNode,
        GraphQLNamedType,
        GraphQLSchema,
        OperationDefinitionNode,
        SelectionSetNode,
    )

INTROSPECTION: Final = frozenset({"__schema", "__type"})


@dataclass(frozen=True, slots=True, eq=False)
class SelectedField:
    """One response key of one object type. `slot` numbers the fields that take arguments, -1 for the others."""

    key: str
    name: str
    parent: GraphQLObjectType
    type: Any  # graphql-core types what wraps a type too loosely to be worth a name
    node: FieldNode
    below: Selection | None
    slot: int

    @property
    def is_list(self) -> bool:
        """Tell whether the field gives a list."""
        return isinstance(nullable(self.type), GraphQLList)


@dataclass(frozen=True, slots=True, eq=False)
class Selection:
    """What is selected below a field: the fields of each concrete type, by name, aliases in their order.

    `response_by_type` has the response keys in the order of the document; None stands for __typename.
    """

    type: GraphQLNamedType
    fields_by_type: Mapping[str, tuple[SelectedField, ...]]
    response_by_type: Mapping[str, tuple[tuple[str, SelectedField | None], ...]]

    def fields(self) -> tuple[SelectedField, ...]:
        """Give the fields of the only concrete type."""
        (fields,) = self.fields_by_type.values()
        return fields

    def among(self, typenames: Iterable[str]) -> Selection:
        """Give what is selected of these types alone."""
        names = tuple(typenames)
        return Selection(
            self.type,
            {name: self.fields_by_type[name] for name in names},
            {name: self.response_by_type[name] for name in names},
        )

    def alone(self, field: SelectedField) -> Selection:
        """Give one field of the only concrete type, alone."""
        name = self.type.name
        return Selection(self.type, {name: (field,)}, {name: ((field.key, field),)})


@dataclass(slots=True)
class SelectionReader:
    """Reads selections out of a validated document for given values of the variables of @skip and @include."""

    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: Mapping[str, Any]
    with_arguments: list[SelectedField] = field(default_factory=list[SelectedField])
    introspects: bool = False
    """Whether __schema or __type was met, which no selection holds."""

    def operation(self, operation: OperationDefinitionNode) -> Selection:
        """Read the whole operation."""
        root = self.schema.get_root_type(operation.operation)
        assert root is not None  # validation has refused operations without a root type
        return self._selection(root, [operation.selection_set])

    def _selection(self, type_: GraphQLNamedType, sets: list[SelectionSetNode]) -> Selection:
        concrete: Sequence[Any] = self.schema.get_possible_types(type_) if is_abstract_type(type_) else [type_]
        fields: dict[str, tuple[SelectedField, ...]] = {}
        response: dict[str, tuple[tuple[str, SelectedField | None], ...]] = {}
        for each in concrete:
            nodes_by_key: dict[str, list[FieldNode]] = {}
            self._collect(each, sets, nodes_by_key, set())
            fields[each.name] = self._fields(each, nodes_by_key)
            by_key = {field.key: field for field in fields[each.name]}
            response[each.name] = tuple((key, by_key.get(key)) for key in nodes_by_key)
        return Selection(type_, fields, response)

    def _fields(self, parent: Any, nodes_by_key: Mapping[str, list[FieldNode]]) -> tuple[SelectedField, ...]:
        named = sorted(nodes_by_key.items(), key=lambda item: item[1][0].name.value)
        self.introspects |= any(nodes[0].name.value in INTROSPECTION for _, nodes in named)
        return tuple(self._field(parent, key, nodes) for key, nodes in named if not _is_meta(nodes[0]))

    def _field(self, parent: GraphQLObjectType, key: str, nodes: list[FieldNode]) -> SelectedField:
        name = nodes[0].name.value
        definition = parent.fields[name]
        inner = named(definition.type)
        slot = len(self.with_arguments) if definition.args else -1
        if definition.args:
            self.with_arguments.append(_PLACEHOLDER)
        sets = [node.selection_set for node in nodes if node.selection_set]
        below = self._selection(inner, sets) if is_composite_type(inner) else None
        selected = SelectedField(key, name, parent, definition.type, nodes[0], below, slot)
        if definition.args:
            self.with_arguments[slot] = selected
        return selected

    def _collect(
        self,
        parent: GraphQLObjectType,
        sets: Iterable[SelectionSetNode],
        nodes_by_key: dict[str, list[FieldNode]],
        seen: set[str],
    ) -> None:
        for selection_set in sets:
            for node in selection_set.selections:
                if not self._included(node):
                    continue
                if isinstance(node, FieldNode):
                    nodes_by_key.setdefault(node.alias.value if node.alias else node.name.value, []).append(node)
                    continue
                if isinstance(node, FragmentSpreadNode):
                    name = node.name.value
                    if name in seen:
                        continue
                    seen.add(name)
                    fragment = self.fragments[name]
                else:
                    assert isinstance(node, InlineFragmentNode)
                    fragment = node
                condition = fragment.type_condition
                if condition is None or self._applies(condition.name.value, parent):
                    self._collect(parent, [fragment.selection_set], nodes_by_key, seen)

    def _applies(self, condition: str, parent: GraphQLObjectType) -> bool:
        type_ = self.schema.type_map[condition]
        if type_ is parent:
            return True
        return (is_abstract_type(type_) or isinstance(type_, GraphQLUnionType)) and self.schema.is_sub_type(
            type_, parent
        )

    def _included(self, node: Any) -> bool:
        for directive in node.directives or ():
            name = directive.name.value
            if name in {"skip", "include"}:
                value = directive.arguments[0].value
                flag = self.variables.get(value.name.value) if isinstance(value, VariableNode) else value.value
                if bool(flag) is (name == "skip"):
                    return False
        return True


def condition_variables(document: Any) -> tuple[str, ...]:
    """Name the variables that @skip and @include use anywhere in a document, sorted."""
    found: set[str] = set()
    stack: list[Any] = [document]
    while stack:
        node = stack.pop()
        for directive in getattr(node, "directives", None) or ():
            if directive.name.value in {"skip", "include"} and isinstance(directive.arguments[0].value, VariableNode):
                found.add(directive.arguments[0].value.name.value)
        stack.extend(getattr(node, "definitions", None) or ())
        selection_set = getattr(node, "selection_set", None)
        stack.extend(selection_set.selections if selection_set else ())
    return tuple(sorted(found))


def nullable(type_: Any) -> Any:
    """Give a type without its outermost non-null."""
    return inner_type(type_) if isinstance(type_, GraphQLNonNull) else type_


def inner_type(wrapping: Any) -> Any:
    """Give the type inside a list or non-null."""
    return wrapping.of_type


def named(type_: Any) -> Any:
    """Give a type without all that wraps it."""
    inner = nullable(type_)
    return named(inner_type(inner)) if isinstance(inner, GraphQLList) else inner


def _is_meta(node: FieldNode) -> bool:
    return node.name.value.startswith("__")


_PLACEHOLDER: Final[Any] = None
