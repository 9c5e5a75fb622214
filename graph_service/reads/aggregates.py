"""Aggregates: what all rows of a connection come to, not those of its page alone, and the same group by group.

Unknown values count in no figure; `count` says how many are known. Sums and means come out of the store as floats
whose last digits depend on the order of the rows, so they are rounded to 12 digits and are equal on every engine.
Decimals that are measured in different units, or in none, have a count only.

Neo4j 5 takes every clause for an aggregation in whose expressions, however deep, an aggregate stands, and then refuses
to mix it with variables. So each text that aggregates is bound to a variable in a WITH of its own (`bound`).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from graph_service.errors import BadInput
from graph_service.reads.arguments import Bound
from graph_service.reads.measures import FUNCTIONS, MEASURES, Measure, Scale
from graph_service.reads.rows import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from graph_service.reads.measures import Grouping
    from graph_service.reads.rows import Decoding
    from graph_service.reads.selection import SelectedField, Selection

    Decoder = Callable[[Any, Decoding], Any]

AGGREGATES: Final = frozenset({"aggregate", "groups"})
"""Fields of a connection that look at all its rows."""
COUNT: Final = "count"
GROUPS_DEFAULT: Final = 20
SIGNIFICANT_DIGITS: Final = 12
ORDERED_DIGITS: Final = 6
"""Decimals of a sum or mean that decide an order of groups."""


@dataclass(frozen=True, slots=True)
class GroupKey:
    """One key of an order of groups: a figure (its measure and its function), or the number of rows."""

    measure: str
    function: str
    descending: bool


@dataclass(frozen=True, slots=True)
class GroupsStructure:
    """What of the arguments of `groups` shapes its statement."""

    by: str
    order: tuple[GroupKey, ...]


@dataclass(frozen=True, slots=True)
class RowsOf:
    """The rows of a list: `source` matches each once, as `node`; `typename` is their type."""

    source: str
    node: str
    typename: str

    @property
    def measures(self) -> Mapping[str, Measure]:
        """What can be summed up of them."""
        return MEASURES[self.typename]


@dataclass(frozen=True, slots=True)
class GroupNodes:
    """The node of a group, once for each `group` field: texts, decoders, and what is to be bound before the texts."""

    texts: Sequence[str]
    decoders: Sequence[Decoder]
    bound: Sequence[str]


def bind_groups(arguments: Mapping[str, Any], groups_max: int) -> Bound:
    """Bind the arguments of `groups`; without an order the groups of most rows come first."""
    first = GROUPS_DEFAULT if arguments.get("first") is None else arguments["first"]
    if not 0 <= first <= groups_max:
        raise BadInput(f"groups: first must be 0 to {groups_max}, got {first}")
    keys = [_key(entry) for entry in arguments.get("orderBy") or ()] or [GroupKey("", COUNT, descending=True)]
    return Bound(GroupsStructure(arguments["by"].value, tuple(dict.fromkeys(keys))), {"first": first})


def _key(entry: Mapping[str, Any]) -> GroupKey:
    ((name, below),) = entry.items()
    if name == COUNT:
        return GroupKey("", COUNT, descending=below.value == "DESC")
    ((function, direction),) = below.items()
    return GroupKey(name, function, descending=direction.value == "DESC")


def is_aggregated(text: str) -> bool:
    """Tell whether an aggregate stands in a compiled text: each counts its rows, and nothing else calls count()."""
    return " count(" in text


def all_rows(rows: RowsOf, fields: Sequence[SelectedField], variable: Callable[[str], str]) -> tuple[str, Decoder]:
    """Compile what all rows come to, for all these `aggregate` fields at once; the decoder takes one more argument."""
    figures = Figures(rows, {name for field in fields for name in _measured(field.below)}, variable)
    text = f"COLLECT {{ {rows.source} WITH {figures.bound} RETURN [{figures.variables}] }}[0]"
    return text, figures.decode_all(fields)


def grouped_rows(
    rows: RowsOf,
    field: SelectedField,
    structure: GroupsStructure,
    grouping: Grouping,
    names: Mapping[str, str],
    conditions: Sequence[str],
    nodes: GroupNodes,
    variable: Callable[[str], str],
) -> tuple[str, Decoder]:
    """Compile `groups`: rows of [figures, value, node ...], the groups of rows without one among them."""
    assert field.below is not None
    parts = field.below.fields()
    measured = {name for part in parts if part.name == "aggregate" for name in _measured(part.below)}
    figures = Figures(rows, measured | {key.measure for key in structure.order if key.measure}, variable)
    match = ""
    if grouping.pattern is not None:
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        match = f" OPTIONAL MATCH {grouping.pattern.format_map(names)}{where}"
    group = names["m"]
    key, tie, value = group, f"{group}.id", "null"
    if grouping.name is not None:
        owner = rows.node if grouping.pattern is None else group
        group = tie = value = variable("g")
        key = f"{owner}.{grouping.name} AS {group}"
    order = ", ".join([*(figures.order(each) for each in structure.order), tie])
    kept = f"{group}, {figures.variables}"
    bound = f" WITH {', '.join([kept, *nodes.bound])}" if nodes.bound else ""
    columns = [f"[{figures.variables}]", value]
    columns += [f"CASE WHEN {group} IS NULL THEN null ELSE {text} END" for text in nodes.texts]
    text = (
        f"COLLECT {{ {rows.source}{match} WITH {key}, {figures.bound} ORDER BY {order} LIMIT $p.first{field.slot}"
        f"{bound} RETURN [{', '.join(columns)}] ORDER BY {order} }}"
    )
    return text, _decode_groups(field.below, figures, nodes.decoders)


def _decode_groups(selection: Selection, figures: Figures, decoders: Sequence[Decoder]) -> Decoder:
    parts = selection.fields()
    keys = [field.key for field in parts if field.name == "group"]

    def decode(rows: Any, decoding: Decoding) -> list[Row]:
        made: list[Row] = []
        for values, value, *nodes in rows:
            row: dict[str, Any] = dict.fromkeys(keys)
            for key, decode_node, node in zip(keys, decoders, nodes, strict=False):
                row[key] = None if node is None else decode_node(node, decoding)
            row |= {field.key: figures.row(field, values) for field in parts if field.name == "aggregate"}
            row |= {field.key: value for field in parts if field.name == "value"}
            made.append(Row(selection.type.name, row))
        return made

    return decode


class Figures:
    """Figures of rows as columns of a statement: the number of rows, then each measure's functions and units."""

    def __init__(self, rows: RowsOf, names: Iterable[str], variable: Callable[[str], str]) -> None:
        self._measures = {name: rows.measures[name] for name in sorted(names)}
        texts = [f"count({rows.node})"]
        self._first: dict[str, int] = {}
        for name, measure in self._measures.items():
            self._first[name] = len(texts)
            texts += _texts(measure, rows.node)
        named = [(text, variable("a")) for text in texts]
        self._names = [name for _, name in named]
        self.bound = ", ".join(f"{text} AS {name}" for text, name in named)
        self.variables = ", ".join(self._names)

    def order(self, key: GroupKey) -> str:
        """Write one key of an order of groups; what is not known comes last in either direction."""
        direction = " DESC" if key.descending else ""
        if not key.measure:
            return f"{self._names[0]}{direction}"
        first = self._first[key.measure]
        count, value = self._names[first], self._names[first + FUNCTIONS.index(key.function)]
        if key.function in {"avg", "sum"}:
            value = f"round({value}, {ORDERED_DIGITS})"
        return f"{value}{direction}" if key.function == COUNT else f"{count} = 0, {value}{direction}"

    def decode_all(self, fields: Sequence[SelectedField]) -> Decoder:
        """Make the decoder of the figures of all rows into the objects of these fields, by key."""
        nothing = [0] * len(self._names)  # Neo4j 5 gives no row where a nested list is empty

        def decode(values: Any, _: Decoding) -> dict[str, Row]:
            return {field.key: self.row(field, nothing if values is None else values) for field in fields}

        return decode

    def row(self, field: SelectedField, values: Sequence[Any]) -> Row:
        """Make the object of an `aggregate` field out of the columns."""
        assert field.below is not None
        parts = {
            part.key: values[0] if part.name == COUNT else self._part(part, values) for part in field.below.fields()
        }
        return Row(field.below.type.name, parts)

    def _part(self, field: SelectedField, values: Sequence[Any]) -> Row:
        measure, first = self._measures[field.name], self._first[field.name]
        figures = _known(measure, values[first : first + len(_texts(measure, ""))])
        assert field.below is not None
        return Row(field.below.type.name, {part.key: figures[part.name] for part in field.below.fields()})


def _measured(selection: Selection | None) -> set[str]:
    return set() if selection is None else {field.name for field in selection.fields() if field.name != COUNT}


def _texts(measure: Measure, node: str) -> list[str]:
    value = f"{node}.{measure.name}"
    texts = [f"{function}({value})" for function in measure.functions]
    if measure.unit is not None:
        unit = f"CASE WHEN {value} IS NULL THEN null ELSE coalesce({node}.{measure.unit}, '') END"
        texts += [f"min({unit})", f"max({unit})"]
    return texts


def _known(measure: Measure, values: Sequence[Any]) -> dict[str, Any]:
    """Give the figures by name: null where no value is known, and where units differ or are not known."""
    figures: dict[str, Any] = dict(zip(measure.functions, values, strict=False))
    count = figures[COUNT]
    if measure.unit is not None:
        least, greatest = values[-2:]
        figures["unit"] = least if count and least == greatest else None
    if not count or (measure.unit is not None and not figures["unit"]):
        return dict.fromkeys((*figures, "unit"), None) | {COUNT: count}
    for function in ("avg", "sum"):
        if isinstance(figures.get(function), float):
            figures[function] = float(f"{figures[function]:.{SIGNIFICANT_DIGITS}g}")
    if measure.scale is Scale.DECIMAL:
        figures |= {
            name: Decimal(repr(value)) for name, value in figures.items() if name in FUNCTIONS and name != COUNT
        }
    return figures
