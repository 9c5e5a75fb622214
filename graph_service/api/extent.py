"""How far operations reach: levels, aliases, fields and objects, measured in one walk over their document.

Each fragment is measured once, after those that it spreads: so the walk is linear in the document, whatever the
fragments unfold to.
"""

from __future__ import annotations

from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Any, Final, cast

from graphql import (
    FieldNode,
    FragmentSpreadNode,
    IntValueNode,
    ListValueNode,
    VariableNode,
    get_named_type,
    is_composite_type,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graphql import FragmentDefinitionNode, GraphQLSchema, OperationDefinitionNode, SelectionSetNode

    from graph_service.api.sizes import ListSizes

SIZE_ARGUMENTS: Final = ("first", "last", "ids", "k")
"""Arguments that say how many rows there are: in the field itself, or in the lists right below it."""
DIGITS_MAX: Final = 9
"""Longer numbers are above every maximum."""
COUNTED_MAX: Final = 1_000_000_000
"""Counts end here, since fragments that double one another unfold to numbers of hundreds of digits."""


@dataclass(frozen=True, slots=True)
class Extent:
    """How far a selection set reaches.

    `objects` are those whose number is known. A list right below the field of this selection set may take its
    number of rows from that field: `row` holds the objects of one row of each such list, `stated` the objects of as
    many rows as it is stated to have.
    """

    depth: int = 0
    aliases: int = 0
    fields: int = 0
    objects: float = 0
    row: float = 0
    stated: float = 0

    def beside(self, other: Extent) -> Extent:
        """Put another selection of the same selection set beside this one."""
        return Extent(
            max(self.depth, other.depth),
            min(self.aliases + other.aliases, COUNTED_MAX),
            min(self.fields + other.fields, COUNTED_MAX),
            self.objects + other.objects,
            self.row + other.row,
            self.stated + other.stated,
        )

    def cost(self, rows: int | None = None) -> float:
        """Count the objects below a field that says how many rows there are, or does not."""
        return self.objects + (self.stated if rows is None else rows * self.row)


NOTHING: Final = Extent()


class Walk:
    """One walk over a document. `rows_by_variable` gives sizes that variables say; `asked` names such variables."""

    def __init__(
        self,
        schema: GraphQLSchema,
        sizes: ListSizes,
        fragments: Mapping[str, FragmentDefinitionNode],
        rows_by_variable: Mapping[str, int | None],
    ) -> None:
        self.asked: set[str] = set()
        self.visited = 0
        self._schema = schema
        self._sizes = sizes
        self._rows_by_variable = rows_by_variable
        self._extents: dict[str, Extent] = {}
        for name in _spread_first(fragments):
            if name in fragments:
                type_ = self._type(fragments[name].type_condition.name.value)
                self._extents[name] = self._selections(fragments[name].selection_set, type_)

    def operation(self, operation: OperationDefinitionNode) -> Extent:
        """Measure one operation."""
        return self._selections(operation.selection_set, self._schema.get_root_type(operation.operation))

    def _selections(self, selection_set: SelectionSetNode, parent: Any) -> Extent:
        extent = NOTHING
        for node in selection_set.selections:
            self.visited += 1
            extent = extent.beside(self._selection(node, parent))
        return extent

    def _selection(self, node: Any, parent: Any) -> Extent:
        if isinstance(node, FieldNode):
            return self._field(node, parent)
        if isinstance(node, FragmentSpreadNode):
            return self._extents.get(node.name.value, NOTHING)
        type_ = self._type(node.type_condition.name.value) if node.type_condition else parent
        return self._selections(node.selection_set, type_)

    def _field(self, node: FieldNode, parent: Any) -> Extent:
        aliases = 1 if node.alias else 0
        if node.selection_set is None:
            return Extent(1, aliases, 1)
        field: Any = self._schema.get_field(parent, node.name.value) if is_composite_type(parent) else None
        below = self._selections(node.selection_set, get_named_type(field.type) if field else None)
        depth, aliases = below.depth + 1, below.aliases + aliases
        if field is None:  # validation refuses it
            return Extent(depth, aliases, 1)
        rows, stated = self._rows(node, field), self._sizes.stated(parent, node.name.value, field)
        beside = self._sizes.beside(parent, node.name.value)
        if stated is None:
            return Extent(depth, aliases, 1, beside + 1 + below.cost(rows))
        row = 1 + below.cost()
        if rows is not None:
            return Extent(depth, aliases, 1, beside + rows * row)
        return Extent(depth, aliases, 1, row=row, stated=stated * row)

    def _rows(self, node: FieldNode, field: Any) -> int | None:
        """Read how many rows a field asks for; None where it has no argument for that."""
        given = {argument.name.value: argument.value for argument in node.arguments or ()}
        found = [
            self._number(given.get(name), field.args[name].default_value)
            for name in SIZE_ARGUMENTS
            if name in field.args
        ]
        known = [rows for rows in found if rows is not None]
        return min(max(*known, 0), self._sizes.largest(field)) if known else None

    def _number(self, value: Any, default: Any) -> int | None:
        match value:
            case IntValueNode():
                return int(value.value if len(value.value) <= DIGITS_MAX else "9" * DIGITS_MAX)
            case ListValueNode():
                return len(value.values)
            case VariableNode():
                self.asked.add(value.name.value)
                rows = self._rows_by_variable.get(value.name.value)
                return rows_said(default) if rows is None else rows
            case _:
                return rows_said(default)

    def _type(self, name: str) -> Any:
        return self._schema.type_map.get(name)


def rows_said(value: Any) -> int | None:
    """Read a number of rows off the value of a variable or a default; None where it says none."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    return len(cast("list[Any]", value)) if isinstance(value, list) else None


def _spread_first(fragments: Mapping[str, FragmentDefinitionNode]) -> Iterable[str]:
    """Order fragments so that each stands after those it spreads; give none where they spread each other."""
    spread = {name: _spreads(fragment.selection_set) for name, fragment in fragments.items()}
    try:
        return list(TopologicalSorter(spread).static_order())
    except CycleError:  # validation refuses it
        return ()


def _spreads(selection_set: SelectionSetNode) -> set[str]:
    found: set[str] = set()
    open_sets = [selection_set]
    while open_sets:
        for node in open_sets.pop().selections:
            below = getattr(node, "selection_set", None)
            if isinstance(node, FragmentSpreadNode):
                found.add(node.name.value)
            elif below is not None:
                open_sets.append(below)
    return found
