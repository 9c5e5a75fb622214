"""Aggregates: what all rows of a connection come to, not those of its page alone, and the same group by group.

Unknown values count in no figure; `count` says how many are known. Sums and means come out of the store as floats
whose last digits depend on the order of the rows, so they are rounded to 12 digits and are equal on every engine.
Decimals that are measured in different units, or in none, have a count only.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from graph_service.errors import BadInput
from graph_service.reads.arguments import Bound
from graph_service.reads.layout import Each, Layout, Nothing, Part, Record, Value
from graph_service.reads.measures import FUNCTIONS, MEASURES, Measure, Scale

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from graph_service.reads.measures import Grouping
    from graph_service.reads.selection import SelectedField, Selection

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


def all_rows(rows: RowsOf, fields: Sequence[SelectedField], variable: Callable[[str], str]) -> tuple[str, list[Record]]:
    """Compile what all rows come to, for all these `aggregate` fields at once, and where it stands for each."""
    figures = Figures(rows, {name for field in fields for name in _measured(field.below)}, variable)
    # Neo4j 5 gives no row where a list inside lists is empty
    text = f"coalesce(COLLECT {{ {rows.source} WITH {figures.bound} RETURN {figures.shown} }}[0], {figures.nothing})"
    return text, [figures.record(field) for field in fields]


def grouped_rows(
    rows: RowsOf,
    field: SelectedField,
    structure: GroupsStructure,
    grouping: Grouping,
    names: Mapping[str, str],
    conditions: Sequence[str],
    nodes: Sequence[tuple[str, Layout]],
    bound: Sequence[str],
    variable: Callable[[str], str],
) -> tuple[str, Layout]:
    """Compile `groups`: rows of [figures, value, null, node ...], the group of rows without one among them.

    `nodes` are the text and layout of each `group` field, for which the texts in `bound` are bound before.
    """
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
    binding = f" WITH {', '.join([group, figures.variables, *bound])}" if bound else ""
    columns = [figures.shown, value, "null"]
    columns += [f"CASE WHEN {group} IS NULL THEN null ELSE {text} END" for text, _ in nodes]
    text = (
        f"COLLECT {{ {rows.source}{match} WITH {key}, {figures.bound} ORDER BY {order} LIMIT $p.first{field.slot}"
        f"{binding} RETURN [{', '.join(columns)}] ORDER BY {order} }}"
    )
    return text, Each(_group_record(field.below, figures, [layout for _, layout in nodes]))


FIGURES, VALUE, NOTHING = range(3)
"""The first columns of a group; its node follows, once for each `group` field."""


def _group_record(selection: Selection, figures: Figures, nodes: Sequence[Layout]) -> Record:
    parts: list[Part] = []
    left = list(enumerate(nodes, start=NOTHING + 1))
    for field in selection.fields():
        match field.name:
            case "aggregate":
                parts.append(Part(field, FIGURES, figures.record(field)))
            case "value":
                parts.append(Part(field, VALUE, Value()))
            case _:
                column, layout = left.pop(0) if left else (NOTHING, Nothing())
                parts.append(Part(field, column, layout))
    return Record(selection, selection.type.name, tuple(parts))


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
        counts = {0, *self._first.values()}
        self.nothing = f"[{', '.join('0' if column in counts else 'null' for column in range(len(texts)))}]"

    @property
    def shown(self) -> str:
        """Write the figures as a list: null where no value is known, and where units differ or are not known."""
        texts = self._names[:1]
        for name, measure in self._measures.items():
            first = self._first[name]
            count, *values = self._names[first : first + len(_texts(measure, ""))]
            known = f"{count} > 0"
            if measure.unit is not None:
                least, greatest = values[-2:]
                known = f"{least} = {greatest} AND {least} <> ''"
            texts += [count, *(f"CASE WHEN {known} THEN {value} ELSE null END" for value in values)]
        return f"[{', '.join(texts)}]"

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

    def record(self, field: SelectedField) -> Record:
        """Say where the parts of an `aggregate` field stand in the list of figures."""
        assert field.below is not None
        parts = [
            Part(part, 0, Value()) if part.name == COUNT else Part(part, None, self._measure(part))
            for part in field.below.fields()
        ]
        return Record(field.below, field.below.type.name, tuple(parts))

    def _measure(self, field: SelectedField) -> Record:
        measure, first = self._measures[field.name], self._first[field.name]
        names = [*measure.functions, "unit"]
        decode = _decimal if measure.scale is Scale.DECIMAL else None
        assert field.below is not None
        parts: list[Part] = []
        for part in field.below.fields():
            layout = Value(decode if part.name in EXACT else None)
            if part.name in ROUNDED:
                layout = Value(_rounded if decode is None else _rounded_decimal)
            parts.append(Part(part, first + names.index(part.name), layout))
        return Record(field.below, field.below.type.name, tuple(parts))


EXACT: Final = frozenset({"min", "max"})
ROUNDED: Final = frozenset({"avg", "sum"})


def _measured(selection: Selection | None) -> set[str]:
    return set() if selection is None else {field.name for field in selection.fields() if field.name != COUNT}


def _texts(measure: Measure, node: str) -> list[str]:
    value = f"{node}.{measure.name}"
    texts = [f"{function}({value})" for function in measure.functions]
    if measure.unit is not None:
        unit = f"CASE WHEN {value} IS NULL THEN null ELSE coalesce({node}.{measure.unit}, '') END"
        texts += [f"min({unit})", f"max({unit})"]
    return texts


def _rounded(value: float) -> float:
    return float(f"{value:.{SIGNIFICANT_DIGITS}g}") if isinstance(value, float) else value


def _decimal(value: float) -> Decimal:
    return Decimal(repr(value))


def _rounded_decimal(value: float) -> Decimal:
    return _decimal(_rounded(value))
