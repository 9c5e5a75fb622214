"""Binding: the arguments of every field of a selection, with what they mean to its statement."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, cast

from graphql import (
    GraphQLField,
    ObjectValueNode,
    Undefined,
    VariableNode,
    get_nullable_type,  # pyright: ignore[reportUnknownVariableType] - a generic of graphql-core without its argument
    is_input_object_type,
)
from graphql.execution.values import get_argument_values
from graphql.utilities import coerce_input_literal  # pyright: ignore[reportUnknownVariableType] - a generic of graphql-core without its argument

from graph_service.errors import BadInput
from graph_service.reads.aggregates import bind_groups
from graph_service.reads.arguments import Bound, bind_look_up, bind_look_ups, bind_page, read_world_of, world_of
from graph_service.reads.graph import GRAPH, LookUp, LookUps, Page, RootPage
from graph_service.reads.ordering import order_of
from graph_service.reads.roots import ROOTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Set

    from graphql import ValueNode

    from graph_service.model.world import World
    from graph_service.reads.arguments import ReadLimits
    from graph_service.reads.ordering import Key
    from graph_service.reads.selection import SelectedField, Selection


OPERATIONS: Final = frozenset({"Query", "Mutation", "Subscription"})
NOTHING_BOUND: Final = Bound(None, {})


@dataclass(slots=True)
class Binding:
    """Bound arguments by slot: all of them, what shapes statements and fills parameters, and given worlds."""

    arguments: dict[int, Mapping[str, Any]] = field(default_factory=dict[int, "Mapping[str, Any]"])
    bounds: dict[int, Bound] = field(default_factory=dict[int, Bound])
    worlds: dict[int, World] = field(default_factory=dict[int, "World"])

    def copy(self) -> Binding:
        """Give a binding of the same fields, to which others may be added."""
        return Binding(dict(self.arguments), dict(self.bounds), dict(self.worlds))

    def parameters(self) -> dict[str, Any]:
        """Give all that statements may take as their `$p`: values by name and slot."""
        parameters = {
            f"{name}{slot}": value for slot, bound in self.bounds.items() for name, value in bound.values.items()
        }
        for slot, world in self.worlds.items():
            parameters[f"asOf{slot}"] = world.as_of
            parameters[f"minConfidence{slot}"] = world.min_confidence
        return parameters


class FieldBinder:
    """Binds one field: what no request changes is found out once."""

    def __init__(self, selected: SelectedField) -> None:
        self.selected = selected
        self._taken = TakenArguments(selected)
        self._is_root = is_root(selected)
        self._is_read = _is_read(selected)
        below: Any = GRAPH.get(selected.parent.name, {}).get(selected.name)
        self._served: Any = ROOTS[selected.name] if self._is_read else below
        self._order: tuple[Key, ...] | None = None
        if isinstance(self._served, Page | RootPage) and "orderBy" not in self._taken.varying:
            self._order = order_of(self._taken.fixed.get("orderBy"), self._served.keys)

    def bind(self, binding: Binding, variables: Any, limits: ReadLimits) -> None:
        """Bind the field; raises BadInput, LimitExceeded, or GraphQLError for an argument that breaks a rule."""
        selected = self.selected
        arguments = self._taken.values(variables)
        binding.arguments[selected.slot] = arguments
        binding.bounds[selected.slot] = self._bound(arguments, variables, limits)
        if self._is_root and not self._is_read:
            binding.worlds[selected.slot] = world_of(arguments)
        elif self._is_root or arguments.get("world") is not None:
            binding.worlds[selected.slot] = read_world_of(selected.name, arguments)

    def _bound(self, arguments: Mapping[str, Any], variables: Any, limits: ReadLimits) -> Bound:
        selected, served = self.selected, self._served
        match served:
            case LookUp():
                return bind_look_up(served, arguments)
            case LookUps():
                return bind_look_ups(arguments, limits)
            case Page() | RootPage():
                order = self._order or order_of(arguments.get("orderBy"), served.keys)
                try:
                    return bind_page(arguments, self._taken.given(variables), order, limits)
                except BadInput as error:
                    raise BadInput(f"{selected.name}: {error}") from error
            case _ if selected.name == "groups" and selected.parent.name.endswith("Connection"):
                return bind_groups(arguments, limits.list_size_max)
            case _:
                return NOTHING_BOUND


class TakenArguments:
    """How one field takes its arguments: variables as they were coerced, without coercing them again.

    `varying` names those that hold variables, `fixed` holds all others with their values.
    """

    def __init__(self, selected: SelectedField) -> None:
        self._field, self._node = selected.parent.fields[selected.name], selected.node
        nodes = {each.name.value: each.value for each in selected.node.arguments or ()}
        self.varying = {name for name, node in nodes.items() if _has_variable(node)}
        self._readers = {
            self._field.args[name].out_name or name: _reader(nodes[name], self._field.args[name].type)
            for name in nodes
            if name in self.varying
        }
        others = {name: each for name, each in self._field.args.items() if name not in self.varying}
        self.fixed = get_argument_values(GraphQLField(self._field.type, args=others), self._node)
        self._variables = {name: node.name.value for name, node in nodes.items() if isinstance(node, VariableNode)}
        self._stated = nodes.keys() - self._variables

    def values(self, variables: Any) -> dict[str, Any]:
        """Give the arguments; a variable that is missing or null is a matter of graphql-core's own rules."""
        found = {name: read(variables.coerced if variables else {}) for name, read in self._readers.items()}
        if None in found.values():
            return get_argument_values(self._field, self._node, variables)
        return {**self.fixed, **found}

    def given(self, variables: Any) -> Set[str]:
        """Name the arguments that have a value: stated in the document, or by a variable that was given one."""
        if not self._variables:
            return self._stated
        return self._stated | {name for name, of in self._variables.items() if of in variables.coerced}


def _reader(node: ValueNode, type_: Any) -> Callable[[Mapping[str, Any]], Any]:
    """Say how to read a literal that holds variables; it reads None where graphql-core has to."""
    if isinstance(node, VariableNode):
        name = node.name.value
        return lambda coerced: coerced.get(name)
    if not _has_variable(node):
        constant = coerce_input_literal(node, type_)
        return lambda _: constant
    of = cast("Any", get_nullable_type(type_))
    if not isinstance(node, ObjectValueNode) or not is_input_object_type(of):
        return _unread
    nodes = {each.name.value: each.value for each in node.fields}
    readers: dict[str, Callable[[Mapping[str, Any]], Any]] = {}
    for name, entry in of.fields.items():  # in the order of the schema, which statements depend on
        if name in nodes:
            readers[entry.out_name or name] = _reader(nodes[name], entry.type)
        elif entry.default is not None or entry.default_value is not Undefined:
            return _unread

    def read_object(coerced: Mapping[str, Any]) -> Any:
        found = {name: read(coerced) for name, read in readers.items()}
        return None if None in found.values() else of.out_type(found)

    return read_object


def _unread(_: Mapping[str, Any]) -> None:
    """Leave a literal to graphql-core."""


def fields_below(root: SelectedField) -> Iterator[SelectedField]:
    """Give a root field, and then every field below it that takes arguments."""
    yield root
    if root.below is not None:
        yield from _with_arguments(root.below)


def is_root(selected: SelectedField) -> bool:
    """Tell whether a field is one of an operation: such a field always has a world."""
    return selected.parent.name in OPERATIONS


def _is_read(selected: SelectedField) -> bool:
    return selected.parent.name == "Query" and selected.name in ROOTS


def varies(node: Any) -> bool:
    """Tell whether the arguments of a field depend on variables."""
    return any(_has_variable(argument.value) for argument in node.arguments or ())


def _has_variable(value: Any) -> bool:
    if isinstance(value, VariableNode):
        return True
    entries = [entry.value for entry in getattr(value, "fields", None) or ()]
    return any(_has_variable(each) for each in [*entries, *(getattr(value, "values", None) or ())])


def _with_arguments(selection: Selection) -> Iterator[SelectedField]:
    for fields in selection.fields_by_type.values():
        for each in fields:
            if each.slot >= 0:
                yield each
            if each.below is not None:
                yield from _with_arguments(each.below)
