"""Projection: the selected fields of an analysis' answer as rows, with the entities it names left to be read.

An answer is a frozen dataclass whose attributes carry the names of the GraphQL fields in snake case; where
the field is an entity, the attribute holds its id.
"""

from __future__ import annotations

import keyword
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from graphql import GraphQLList

from graph_service.errors import BadInput
from graph_service.model.ids import kind_of
from graph_service.reads.given import Given, given_row
from graph_service.reads.rows import Row
from graph_service.reads.selection import inner_type, nullable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from graph_service.reads.selection import SelectedField, Selection

    Put = Callable[[Row | None], None]


@dataclass(slots=True)
class Pending:
    """Entities that answers name: per selection and label, where the row of each id belongs."""

    places: dict[tuple[Selection, str, int], dict[str, list[Put]]] = field(
        default_factory=dict[tuple["Selection", str, int], dict[str, list["Put"]]]
    )

    def add(self, selection: Selection, node_id: str, world: int, put: Put) -> None:
        """Note that the row of `node_id`, as selected, belongs where `put` puts it."""
        places = self.places.setdefault((selection, kind_of(node_id).label, world), {})
        places.setdefault(node_id, []).append(put)


@dataclass(frozen=True, slots=True)
class Projection:
    """Turns answers into rows. `arguments` by slot hold what fields of answers were given, such as `first`."""

    arguments: Mapping[int, Mapping[str, Any]]
    list_size_max: int
    pending: Pending

    def field(self, selected: SelectedField, value: Any, world: int, put: Callable[[Any], None]) -> None:
        """Put the row, list or scalar that `value` becomes under the selection of a field."""
        if selected.slot in self.arguments and isinstance(value, (tuple, list)):
            value = self._first(selected, cast("Sequence[Any]", value))
        self._value(selected.type, selected.below, value, world, put)

    def _first(self, selected: SelectedField, values: Sequence[Any]) -> Sequence[Any]:
        declared = selected.parent.fields[selected.name].args.get("first")
        if declared is None:
            return values
        given = self.arguments[selected.slot].get("first")
        first = declared.default_value if given is None else given
        if not 0 <= first <= self.list_size_max:
            raise BadInput(f"{selected.name}: first must be 0 to {self.list_size_max}, got {first}")
        return values[:first]

    def _value(
        self, type_: Any, selection: Selection | None, value: Any, world: int, put: Callable[[Any], None]
    ) -> None:
        inner = nullable(type_)
        is_list = isinstance(inner, GraphQLList)
        if value is None or (selection is None and not is_list):
            put(value)
        elif is_list:
            items: list[Any] = [None] * len(value)
            for place, item in enumerate(value):
                self._value(inner_type(inner), selection, item, world, _into(items, place))
            put(items)
        elif isinstance(value, Given):
            assert selection is not None
            put(given_row(selection, value))
        elif isinstance(value, str):
            assert selection is not None
            self.pending.add(selection, value, world, put)
        else:
            assert selection is not None
            put(self._answer(selection, value, world))

    def _answer(self, selection: Selection, value: Any, world: int) -> Row:
        return self._row(selection.type.name, selection.fields(), value, world)

    def added(self, selection: Selection, label: str, fact: Any, world: int) -> Row:
        """Give the row of a fact of a scenario (reads/scenario_facts.py) under the selection of its label."""
        return self._row(label, selection.fields_by_type[label], fact, world)

    def _row(self, typename: str, fields: Sequence[SelectedField], value: Any, world: int) -> Row:
        row = Row(typename, {})
        for selected in fields:
            self.field(selected, getattr(value, attribute(selected.name)), world, _into(row, selected.key))
        return row


def _into(container: Any, key: Any) -> Callable[[Any], None]:
    return lambda value: container.__setitem__(key, value)


def attribute(field_name: str) -> str:
    """Give the attribute behind a GraphQL field: snake case, with an underscore behind a Python keyword."""
    name = re.sub(r"(?<!^)(?=[A-Z])", "_", field_name).lower()
    return f"{name}_" if keyword.iskeyword(name) else name
