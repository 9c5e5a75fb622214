"""Compiles a selection into one canonical Cypher statement, and into the decoder of its one record.

The text holds no value, alias or name of the client: fields are sorted, variables numbered, every value is
`$p.<argument><slot>`. So the database plans each shape once. Rows travel as lists, nested by COLLECT
subqueries. Labels, types and property names come from reads/graph.py alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as made_by
from typing import TYPE_CHECKING, Any, Final

from graph_service.reads.aggregates import GroupNodes, RowsOf, all_rows, grouped_rows, is_aggregated
from graph_service.reads.filters import FilterText
from graph_service.reads.graph import (
    GRAPH,
    Computed,
    ListedSources,
    LookUp,
    LookUps,
    Page,
    Property,
    Related,
    RootList,
    RootPage,
    Same,
)
from graph_service.reads.measures import GROUPINGS
from graph_service.reads.ordering import at, beyond, order_text
from graph_service.reads.paging import PageShape, page_decoder
from graph_service.reads.roots import ROOTS
from graph_service.reads.rows import Decoding, Row, Wanted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from graph_service.reads.arguments import Bound, PageStructure
    from graph_service.reads.selection import SelectedField, Selection

    Decoder = Callable[[Any, Decoding], Any]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a selection is compiled: its node, how to read the relationship that led there, and its world.

    `bound` are texts that a clause of their own binds to variables before the columns that use them.
    """

    node: str
    on_relationship: Callable[[str], str]
    relationship: str
    world: int
    bound: list[str] = made_by(default_factory=list[str])

    def binding(self, *kept: str) -> str:
        """Write that clause, if there is something to bind; `kept` are the variables needed behind it."""
        return f"WITH {', '.join([*kept, *self.bound])} " if self.bound else ""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A statement with one record of as many columns as root fields, and the decoders of these columns."""

    text: str
    decoders: tuple[Decoder, ...]


ENTITY_SLOT: Final = "entities"


class Compiler:
    """Compiles one operation whose arguments are bound: `bounds` by slot, `world_bounds` by world slot."""

    def __init__(self, bounds: Mapping[int, Bound], world_bounds: Mapping[int, Bound]) -> None:
        self._bounds = bounds
        self._worlds = world_bounds
        self._variables = 0

    def roots(self, fields: Sequence[SelectedField]) -> Compiled:
        """Compile the root fields that the store serves into one statement."""
        return _statement([self._root(field) for field in fields])

    def entities(self, wanted: Sequence[tuple[Selection, str, int]]) -> Compiled:
        """Compile the reading of entities by id: (selection, label, world slot) each; ids come as `$p.ids<n>`."""
        columns: list[tuple[str, Decoder]] = []
        for number, (selection, label, world) in enumerate(wanted):
            node = self._variable("n")
            place = _plain(node, world)
            columns_text, decode = self._object(selection.fields_by_type[label], label, place)
            text = (
                f"COLLECT {{ UNWIND $p.{ENTITY_SLOT}{number} AS i{number} MATCH ({node}:{label} {{id: i{number}}}) "
                f"{place.binding(node)}RETURN [{node}.id, {columns_text}] }}"
            )
            columns.append((text, _by_id(decode)))
        return _statement(columns)

    def _root(self, field: SelectedField) -> tuple[str, Decoder]:
        root = ROOTS[field.name]
        world = field.slot
        node = self._variable("n")
        match root:
            case LookUp():
                return self._look_up(field, node, world)
            case LookUps():
                return self._look_ups(field, world)
            case RootPage():
                page = Page(f"({{m}}:{root.label})", root.keys, root.fact)
                return self._page(field, page, "", world)
            case RootList():
                related = Related(f"({{m}}:{root.label})", root.order)
                return self._related(field, related, "", world)

    def _look_up(self, field: SelectedField, node: str, world: int) -> tuple[str, Decoder]:
        structure: Any = self._bounds[field.slot].structure
        if structure is None:
            return "null", _nothing
        label, name = structure
        assert field.below is not None
        fields = field.below.fields_by_type.get(label)
        if fields is None:
            return "null", _nothing
        place = _plain(node, world)
        columns, decode = self._object(fields, label, place)
        text = (
            f"COLLECT {{ MATCH ({node}:{label} {{{name}: $p.key{field.slot}}}) {place.binding(node)}"
            f"RETURN [{columns}] ORDER BY {node}.id LIMIT 1 }}[0]"
        )
        return text, _optional(decode)

    def _look_ups(self, field: SelectedField, world: int) -> tuple[str, Decoder]:
        labels: Any = self._bounds[field.slot].structure
        assert field.below is not None
        parts: list[str] = []
        decoders: list[Decoder] = []
        for label in labels:
            fields = field.below.fields_by_type.get(label)
            if fields is None:
                continue
            node = self._variable("n")
            place = _plain(node, world)
            columns, decode = self._object(fields, label, place)
            parts.append(
                f"COLLECT {{ UNWIND $p.ids{label}{field.slot} AS i{node} MATCH ({node}:{label} {{id: i{node}}}) "
                f"{place.binding(node)}RETURN [{node}.id, {columns}] }}"
            )
            decoders.append(_by_id(decode))

        def decode_all(value: Any, decoding: Decoding) -> list[Row | None]:
            ids, *blocks = value
            found: dict[str, Row] = {}
            for block, decode in zip(blocks, decoders, strict=True):
                found |= decode(block, decoding)
            return [found.get(node_id) for node_id in ids]

        return f"[{', '.join([f'$p.ids{field.slot}', *parts])}]", decode_all

    def _object(self, fields: Sequence[SelectedField], typename: str, place: Place) -> tuple[str, Decoder]:
        """Compile one object: the text of its columns, and the decoder of a list of their values."""
        columns: list[str] = []
        parts: list[tuple[str, int, Decoder]] = []
        computed: list[SelectedField] = []
        column_by_text: dict[str, int] = {}
        for field in fields:
            served = GRAPH[typename][field.name]
            if isinstance(served, Computed):
                computed.append(field)
                continue
            text, decode = self._field(field, served, place)
            if is_aggregated(text):
                variable = self._variable("b")
                place.bound.append(f"{text} AS {variable}")
                text = variable
            column = column_by_text.setdefault(text, len(columns))
            if column == len(columns):
                columns.append(text)
            parts.append((field.key, column, decode))
        identity = column_by_text.setdefault(f"{place.node}.id", len(columns))
        if computed and identity == len(columns):
            columns.append(f"{place.node}.id")
        if not columns:
            columns.append("true")  # a list without elements would hide that the node was found

        def decode_object(value: Any, decoding: Decoding) -> Row:
            row = Row(typename, {key: decode(value[column], decoding) for key, column, decode in parts})
            for field in computed:
                decoding.wanted.append(Wanted(row, field, value[identity], place.world))
            return row

        return ", ".join(columns), decode_object

    def _field(self, field: SelectedField, served: Any, place: Place) -> tuple[str, Decoder]:
        match served:
            case Property():
                return _property(served, place)
            case Same():
                assert field.below is not None
                columns, decode = self._node(field.below, place)
                return columns, _optional(decode)
            case ListedSources():
                return self._listed_sources(field, place)
            case Page():
                return self._page(field, served, place.node, place.world)
            case Related():
                return self._related(field, served, place.node, self._world_of(field, place))
            case _:
                raise AssertionError(f"{field.parent.name}.{field.name} is served by nothing")

    def _world_of(self, field: SelectedField, place: Place) -> int:
        """Give the world below a field: its own if it takes one and was given one, else the inherited one."""
        return field.slot if field.slot in self._worlds else place.world

    def _node(self, selection: Selection, place: Place) -> tuple[str, Decoder]:
        """Compile a node of one type, or of one of several, told apart by label."""
        if len(selection.fields_by_type) == 1:
            ((typename, fields),) = selection.fields_by_type.items()
            columns, decode = self._object(fields, typename, place)
            return f"[{columns}]", decode
        cases: list[str] = []
        decoders: dict[str, Decoder] = {}
        for typename, fields in sorted(selection.fields_by_type.items()):
            columns, decoders[typename] = self._object(fields, typename, place)
            cases.append(f"WHEN {place.node}:{typename} THEN ['{typename}', {columns}]")

        def decode_case(value: Any, decoding: Decoding) -> Row:
            return decoders[value[0]](value[1:], decoding)

        return f"CASE {' '.join(cases)} END", decode_case

    def _related(self, field: SelectedField, related: Related, above: str, world: int) -> tuple[str, Decoder]:
        names = self._names(above)
        place = _related_place(names, world)
        assert field.below is not None
        columns, decode = self._node(field.below, place)
        kept = [names["m"], *([names["r"]] if "{r}" in related.pattern else [])]
        order = ", ".join(key.format_map(names) for key in related.order)
        text = (
            f"MATCH {related.pattern.format_map(names)}{_where(self._conditions(related.fact, names, world))} "
            f"{place.binding(*kept)}RETURN {columns} ORDER BY {order}"
        )
        if field.is_list:
            return f"COLLECT {{ {text} }}", _each(decode)
        return f"COLLECT {{ {text} LIMIT 1 }}[0]", _optional(decode)

    def _page(self, field: SelectedField, page: Page, above: str, world: int) -> tuple[str, Decoder]:
        """Compile a connection: [total, rows (one more than asked for), size, whether rows stand on the other side]."""
        assert field.below is not None
        names = self._names(above)
        node, slot = names["m"], field.slot
        shape = PageShape.of(field.below)
        asked: Any = self._bounds[slot].structure
        structure: PageStructure = asked
        pattern, conditions = f"MATCH {page.pattern.format_map(names)}", self._conditions(page.fact, names, world)
        if structure.where is not None:
            conditions.append(self._filter(structure.where, _node_type(field.below), node, slot, world))
        counted = f"DISTINCT {node}" if page.distinct else node
        total = f"COUNT {{ {pattern}{_where(conditions)} RETURN {counted} }}" if shape.total else "null"
        rows, beside = "null", "null"
        decoders: list[Decoder] = []
        if shape.rows:
            blocks: list[str] = []
            place = _plain(node, world)
            for selection in shape.nodes:
                columns, decode = self._node(selection, place)
                blocks.append(columns)
                decoders.append(decode)
            ends = [_end(node, structure, end, slot) for end in ("after", "before")]
            paged = f"{pattern}{_where([*conditions, *(behind for behind, _ in ends if behind)])}"
            other_side = ends[1 if structure.backward else 0][1]
            if shape.sides and other_side:
                beside = f"EXISTS {{ {pattern}{_where([*conditions, other_side])} }}"
            keys = [key.reversed() for key in structure.order] if structure.backward else structure.order
            order = order_text(node, keys)
            key_columns = ", ".join(f"{node}.{key.name}" for key in structure.order)
            rows = (
                f"COLLECT {{ {paged} WITH {counted} ORDER BY {order} LIMIT $p.first{slot} + 1 "
                f"{place.binding(node)}RETURN [{', '.join([f'[{key_columns}]', *blocks])}] ORDER BY {order} }}"
            )
        names_of_keys = [str(key) for key in structure.order]
        distinct = f" WITH DISTINCT {node}" if page.distinct else ""
        rows_of = RowsOf(f"{pattern}{_where(conditions)}{distinct}", node, _node_type(field.below))
        aggregated = self._aggregated(shape, rows_of, world)
        return (
            f"[{', '.join([total, rows, f'$p.first{slot}', beside, *(text for text, _ in aggregated)])}]",
            page_decoder(
                shape, names_of_keys, decoders, [decode for _, decode in aggregated], backward=structure.backward
            ),
        )

    def _aggregated(self, shape: PageShape, rows: RowsOf, world: int) -> list[tuple[str, Decoder]]:
        """Compile what looks at all rows: one column for all `aggregate` fields, then one for each of `groups`."""
        columns = [all_rows(rows, shape.aggregates, self._variable)] if shape.aggregates else []
        return columns + [self._groups(field, rows, world) for field in shape.groups]

    def _groups(self, field: SelectedField, rows: RowsOf, world: int) -> tuple[str, Decoder]:
        structure: Any = self._bounds[field.slot].structure
        grouping = GROUPINGS[rows.typename][structure.by]
        names = self._names(rows.node)
        conditions = self._conditions(grouping.fact, names, world)
        place = _plain(names["m"], world)
        assert field.below is not None
        nodes = [
            self._node(part.below.among(grouping.types), place)
            for part in field.below.fields()
            if part.name == "group" and part.below is not None and grouping.types
        ]
        group = GroupNodes([text for text, _ in nodes], [decode for _, decode in nodes], place.bound)
        return grouped_rows(rows, field, structure, grouping, names, conditions, group, self._variable)

    def _filter(self, shape: Any, typename: str, node: str, slot: int, world: int) -> str:
        text = FilterText(
            prefix="where",
            suffix=f"_{slot}",
            variable=lambda: self._variable(""),
            valid=lambda fact, names: self._conditions(fact, names, world),
        )
        return text.text(shape, typename, node)

    def _listed_sources(self, field: SelectedField, place: Place) -> tuple[str, Decoder]:
        source, index, relationship = self._variable("n"), self._variable("i"), place.relationship

        def note(name: str) -> str:
            assert name == "note"
            return f"CASE {relationship}.notes[{index}] WHEN '' THEN null ELSE {relationship}.notes[{index}] END"

        assert field.below is not None
        columns, decode = self._node(field.below, Place(source, note, relationship, place.world))
        text = (
            f"COLLECT {{ UNWIND range(0, size(coalesce({relationship}.sources, [])) - 1) AS {index} "
            f"MATCH ({source}:Source {{id: {relationship}.sources[{index}]}}) RETURN {columns} ORDER BY {index} }}"
        )
        return text, _each(decode)

    def _conditions(self, fact: str | None, names: Mapping[str, str], world: int) -> list[str]:
        """Say when a fact belongs to the world, as far as the world asks."""
        if fact is None:
            return []
        structure: Any = self._worlds[world].structure
        dated, confident = structure
        variable = fact.format_map(names)
        conditions: list[str] = []
        if dated:
            conditions.append(f"({variable}.validFrom IS NULL OR {variable}.validFrom <= $p.asOf{world})")
            conditions.append(f"({variable}.validTo IS NULL OR {variable}.validTo > $p.asOf{world})")
        if confident:
            conditions.append(f"{variable}.confidence >= $p.minConfidence{world}")
        return conditions

    def _names(self, above: str) -> Mapping[str, str]:
        number = self._variable("")
        return {"v": above, "m": f"n{number}", "r": f"r{number}", "f": f"f{number}"}

    def _variable(self, letter: str) -> str:
        self._variables += 1
        return f"{letter}{self._variables}"


def _property(served: Property, place: Place) -> tuple[str, Decoder]:
    text = place.on_relationship(served.name) if served.on_relationship else f"{place.node}.{served.name}"
    if served.default is not None:
        text = f"coalesce({text}, {served.default})"
    if served.decode is None:
        return text, _as_it_is
    decode = served.decode
    return text, lambda value, _: None if value is None else decode(value)


def _plain(node: str, world: int) -> Place:
    def nothing(name: str) -> str:
        raise AssertionError(f"no relationship led to {node}, so it has no {name}")

    return Place(node, nothing, "", world)


def _related_place(names: Mapping[str, str], world: int) -> Place:
    return Place(names["m"], lambda name: f"{names['r']}.{name}", names["r"], world)


def _where(conditions: Sequence[str]) -> str:
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""


def _end(node: str, structure: PageStructure, end: str, slot: int) -> tuple[str, str]:
    """Write what the cursor `after` or `before` leaves in, and what it leaves out: behind it, and at or before it."""
    nulls = structure.after_nulls if end == "after" else structure.before_nulls
    if nulls is None:
        return "", ""
    keys = structure.order if end == "after" else [key.reversed() for key in structure.order]
    values = [f"$p.{end}{place}_{slot}" for place in range(len(keys))]
    back = [key.reversed() for key in keys]
    return (
        beyond(node, keys, values, nulls),
        f"({beyond(node, back, values, nulls)} OR ({at(node, keys, values, nulls)}))",
    )


def _node_type(connection: Selection) -> str:
    """Name the type of a connection's nodes."""
    return connection.type.name.removesuffix("Connection")


def _statement(columns: Sequence[tuple[str, Decoder]]) -> Compiled:
    text = "RETURN " + ", ".join(f"{column} AS c{number}" for number, (column, _) in enumerate(columns))
    return Compiled(text, tuple(decode for _, decode in columns))


def _as_it_is(value: Any, _: Decoding) -> Any:
    return value


def _nothing(value: Any, _: Decoding) -> None:
    assert value is None


def _optional(decode: Decoder) -> Decoder:
    return lambda value, decoding: None if value is None else decode(value, decoding)


def _each(decode: Decoder) -> Decoder:
    return lambda value, decoding: [decode(item, decoding) for item in value]


def _by_id(decode: Decoder) -> Decoder:
    return lambda value, decoding: {item[0]: decode(item[1:], decoding) for item in value}
