"""Compiles a selection into one canonical Cypher statement, and into the layout of its one record.

The text holds no value, alias or name of the client: fields are sorted, variables numbered, every value is
`$p.<argument><slot>`. So the database plans each shape once. Rows travel as lists, nested by COLLECT
subqueries. Labels, types and property names come from reads/graph.py alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from graph_service.reads.aggregates import RowsOf, all_rows, grouped_rows
from graph_service.reads.columns import Columns
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
from graph_service.reads.layout import Each, Layout, Listed, Nothing, OneOf, Paged, Part, Record, Value
from graph_service.reads.matching import Match, PageText, where_text
from graph_service.reads.measures import GROUPINGS
from graph_service.reads.paging import PageShape
from graph_service.reads.roots import ROOTS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from graph_service.reads.arguments import Bound, PageStructure
    from graph_service.reads.selection import SelectedField, Selection


@dataclass(frozen=True, slots=True)
class Place:
    """Where a selection is compiled: its node, how to read the relationship that led there, and its world."""

    node: str
    on_relationship: Callable[[str], str]
    relationship: str
    world: int


@dataclass(frozen=True, slots=True)
class CompiledPieces:
    """A statement with a record for each piece of a page."""

    text: str
    layout: Paged


@dataclass(frozen=True, slots=True)
class Compiled:
    """A statement with one record, and the layouts of its columns: one for each root field, or each sort of entity."""

    text: str
    layouts: tuple[Layout, ...]


ENTITY_SLOT: Final = "entities"
ROWS_ALONE: Final = 3
"""Columns of a page with nothing beside its rows: these, how many were asked for, and what stands on the other side."""


class Compiler:
    """Compiles one operation whose arguments are bound: `bounds` by slot, `world_bounds` by world slot."""

    def __init__(self, bounds: Mapping[int, Bound], world_bounds: Mapping[int, Bound]) -> None:
        self._bounds = bounds
        self._worlds = world_bounds
        self._variables = 0
        self._computes = False

    def roots(self, fields: Sequence[SelectedField]) -> Compiled:
        """Compile the root fields that the store serves into one statement."""
        return _statement([self._root(field) for field in fields])

    def pieces(self, field: SelectedField) -> CompiledPieces | None:
        """Compile a root page into a statement whose records hold some rows each: reads/pieces.py.

        None where more is asked for than the rows in their order: what stands beside them, or what the network answers.
        """
        root = ROOTS[field.name]
        if not isinstance(root, RootPage):
            return None
        text, _, layout = self._paged(field, _root_page(root), "", field.slot)
        if not text.pieces or layout.parts or layout.backward or self._computes:
            return None
        return CompiledPieces(text.pieces, layout)

    def entities(self, wanted: Sequence[tuple[Selection, str, int]]) -> Compiled:
        """Compile the reading of entities by id: (selection, label, world slot) each; ids come as `$p.ids<n>`."""
        columns = [
            self._by_id(selection, label, f"{ENTITY_SLOT}{number}", world)
            for number, (selection, label, world) in enumerate(wanted)
        ]
        return _statement(columns)

    def _root(self, field: SelectedField) -> tuple[str, Layout]:
        root = ROOTS[field.name]
        world = field.slot
        match root:
            case LookUp():
                return self._look_up(field, world)
            case LookUps():
                return self._look_ups(field, world)
            case RootPage():
                return self._page(field, _root_page(root), "", world)
            case RootList():
                related = Related(f"({{m}}:{root.label})", root.order)
                return self._related(field, related, "", world)

    def _look_up(self, field: SelectedField, world: int) -> tuple[str, Layout]:
        structure: Any = self._bounds[field.slot].structure
        if structure is None:
            return "null", Nothing()
        label, name = structure
        assert field.below is not None
        if label not in field.below.fields_by_type:
            return "null", Nothing()
        node = self._variable("n")
        columns = Columns(node)
        record = self._object(field.below, label, _plain(node, world), columns)
        text = f"MATCH ({node}:{label} {{{name}: $p.key{field.slot}}}) {columns.returned()}"
        first = "" if name == "id" else f" ORDER BY {node}.id LIMIT 1"  # only ids are unique by constraint
        return f"COLLECT {{ {text}{first} }}[0]", replace(record, width=columns.width)

    def _look_ups(self, field: SelectedField, world: int) -> tuple[str, Layout]:
        labels: Any = self._bounds[field.slot].structure
        selection = field.below
        assert selection is not None
        blocks = [
            self._by_id(selection, label, f"ids{label}{field.slot}", world)
            for label in labels
            if label in selection.fields_by_type
        ]
        texts = [f"$p.ids{field.slot}", *(text for text, _ in blocks)]
        return f"[{', '.join(texts)}]", Listed(tuple(record for _, record in blocks))

    def _by_id(self, selection: Selection, label: str, parameter: str, world: int) -> tuple[str, Record]:
        """Compile the reading of nodes by their ids: a list of rows with the id in the first column."""
        node = self._variable("n")
        columns = Columns(node)
        columns.scalar("id")
        record = self._object(selection, label, _plain(node, world), columns)
        match = f"UNWIND $p.{parameter} AS i{node} MATCH ({node}:{label} {{id: i{node}}})"
        return f"COLLECT {{ {match} {columns.returned()} }}", replace(record, width=columns.width)

    def _object(self, selection: Selection, typename: str, place: Place, columns: Columns) -> Record:
        """Compile one object into columns."""
        parts: list[Part] = []
        computed: list[SelectedField] = []
        for field in selection.fields_by_type[typename]:
            served = GRAPH[typename][field.name]
            if isinstance(served, Computed):
                computed.append(field)
                self._computes = True
            else:
                column, layout = self._field(field, served, place, columns)
                parts.append(Part(field, column, layout))
        identity = columns.scalar("id") if computed else -1
        return Record(selection, typename, tuple(parts), tuple(computed), identity, place.world)

    def _field(self, field: SelectedField, served: Any, place: Place, columns: Columns) -> tuple[int | None, Layout]:
        match served:
            case Property():
                return _property(served, place, columns), Value(served.decode)
            case Same():
                assert field.below is not None
                return self._node(field.below, place, columns)
            case ListedSources():
                text, layout = self._listed_sources(field, place)
            case Page():
                text, layout = self._page(field, served, place.node, place.world)
            case Related():
                text, layout = self._related(field, served, place.node, self._world_of(field, place))
            case _:
                raise AssertionError(f"{field.parent.name}.{field.name} is served by nothing")
        return columns.add(text), layout

    def _world_of(self, field: SelectedField, place: Place) -> int:
        """Give the world below a field: its own if it takes one and was given one, else the inherited one."""
        return field.slot if field.slot in self._worlds else place.world

    def _node(self, selection: Selection, place: Place, columns: Columns) -> tuple[int | None, Layout]:
        """Compile a node of one type into columns of its row; of one of several, told apart by label, into one."""
        if len(selection.fields_by_type) == 1:
            (typename,) = selection.fields_by_type
            return None, self._object(selection, typename, place, columns)
        cases: list[str] = []
        records: dict[str, Record] = {}
        for typename in sorted(selection.fields_by_type):
            case = Columns(place.node, f"'{typename}'", beside=columns)
            records[typename] = replace(self._object(selection, typename, place, case), width=case.width)
            cases.append(f"WHEN {place.node}:{typename} THEN {case.listed()}")
        return columns.add(f"CASE {' '.join(cases)} END"), OneOf(records)

    def _row(self, selection: Selection, place: Place, *kept: str) -> tuple[str, Layout]:
        """Compile the end of a query that returns one node of each row: its columns, or its case alone."""
        columns = Columns(place.node)
        column, layout = self._node(selection, place, columns)
        if column is not None:
            return f"{columns.binding(*kept)}RETURN {columns.only()}", layout
        return columns.returned(*kept), _of_width(layout, columns)

    def _related(self, field: SelectedField, related: Related, above: str, world: int) -> tuple[str, Layout]:
        names = self._names(above)
        place = _related_place(names, world)
        kept = [names["r"]] if "{r}" in related.pattern else []
        assert field.below is not None
        returned, layout = self._row(field.below, place, *kept)
        order = ", ".join(key.format_map(names) for key in related.order)
        conditions = where_text(self._conditions(related.fact, names, world))
        text = f"MATCH {related.pattern.format_map(names)}{conditions} {returned}"
        if not order:
            return f"COLLECT {{ {text} }}[0]", layout
        text = f"{text} ORDER BY {order}"
        if field.is_list:
            return f"COLLECT {{ {text} }}", Each(layout)
        return f"COLLECT {{ {text} LIMIT 1 }}[0]", layout

    def _page(self, field: SelectedField, page: Page, above: str, world: int) -> tuple[str, Layout]:
        """Compile a connection: [rows, size, whether rows stand on the other side], then what stands beside them.

        Where rows are all that is asked for, they come alone.
        """
        text, columns, layout = self._paged(field, page, above, world)
        assert field.below is not None
        shape = PageShape.of(field.below)
        if shape.rows and not shape.sides and columns.width == ROWS_ALONE:
            return text.rows, replace(layout, bare=True)
        return text.whole(columns.listed()), layout

    def _paged(self, field: SelectedField, page: Page, above: str, world: int) -> tuple[PageText, Columns, Paged]:
        """Compile the texts of a connection and its columns.

        Where the total tells whether rows follow, no row more than asked for is fetched to find out.
        """
        assert field.below is not None
        names = self._names(above)
        node, slot = names["m"], field.slot
        shape = PageShape.of(field.below)
        asked: Any = self._bounds[slot].structure
        structure: PageStructure = asked
        conditions, filter_text = self._conditions(page.fact, names, world), ""
        if structure.where is not None:
            filter_text = self._filter(structure.where, _node_type(field.below), node, slot, world)
            conditions.append(filter_text)
        match = Match(
            pattern=f"MATCH {page.pattern.format_map(names)}",
            node=node,
            conditions=tuple(conditions),
            distinct=page.distinct,
            once=bool(above and conditions) or "{" in filter_text,
            root=not above,
        )
        columns, nodes = Columns(node), list[Part]()
        for each in shape.nodes:
            assert each.below is not None
            column, layout = self._node(each.below, _plain(node, world), columns)
            nodes.append(Part(each, column, layout))
        keys = tuple(columns.scalar(key.name) for key in structure.order) if shape.cursors else ()
        text = PageText.of(match, slot, structure, shape, columns)
        page_columns, total, parts = Columns("", text.rows, f"$p.first{slot}", text.beside), None, list[Part]()
        for each in (each for each in field.below.fields() if each.name == "totalCount"):
            total = page_columns.add(text.total)
            parts.append(Part(each, total, Value()))
        rows_of = RowsOf(match.all(), node, _node_type(field.below))
        parts += self._aggregated(field.below, rows_of, world, page_columns)
        layout = Paged(
            selection=field.below,
            parts=tuple(parts),
            nodes=tuple(
                replace(part, layout=_of_width(part.layout, columns)) if part.column is None else part for part in nodes
            ),
            keys=keys,
            key_names=tuple(str(key) for key in structure.order),
            total=total if structure.whole else None,
            backward=structure.backward,
        )
        return text, page_columns, layout

    def _aggregated(self, connection: Selection, rows: RowsOf, world: int, columns: Columns) -> list[Part]:
        """Compile what looks at all rows: one column for all `aggregate` fields, one for each of `groups`."""
        fields = [field for field in connection.fields() if field.name == "aggregate"]
        parts: list[Part] = []
        if fields:
            text, records = all_rows(rows, fields, self._variable)
            column = columns.add(text)
            parts = [Part(field, column, record) for field, record in zip(fields, records, strict=True)]
        for field in connection.fields():
            if field.name == "groups":
                text, layout = self._groups(field, rows, world)
                parts.append(Part(field, columns.add(text), layout))
        return parts

    def _groups(self, field: SelectedField, rows: RowsOf, world: int) -> tuple[str, Layout]:
        structure: Any = self._bounds[field.slot].structure
        grouping = GROUPINGS[rows.typename][structure.by]
        names = self._names(rows.node)
        conditions = self._conditions(grouping.fact, names, world)
        nodes: list[tuple[str, Layout]] = []
        bound = Columns(names["m"])
        assert field.below is not None
        for part in field.below.fields():
            if part.name == "group" and part.below is not None and grouping.types:
                columns = Columns(names["m"], beside=bound)
                column, layout = self._node(part.below.among(grouping.types), _plain(names["m"], world), columns)
                nodes.append((columns.listed() if column is None else columns.only(), layout))
        return grouped_rows(rows, field, structure, grouping, names, conditions, nodes, bound.bound, self._variable)

    def _filter(self, shape: Any, typename: str, node: str, slot: int, world: int) -> str:
        text = FilterText(
            prefix="where",
            suffix=f"_{slot}",
            variable=lambda: self._variable(""),
            valid=lambda fact, names: self._conditions(fact, names, world),
        )
        return text.text(shape, typename, node)

    def _listed_sources(self, field: SelectedField, place: Place) -> tuple[str, Layout]:
        source, index, relationship = self._variable("n"), self._variable("i"), place.relationship

        def note(name: str) -> str:
            assert name == "note"
            return f"CASE {relationship}.notes[{index}] WHEN '' THEN null ELSE {relationship}.notes[{index}] END"

        assert field.below is not None
        returned, layout = self._row(field.below, Place(source, note, relationship, place.world), index)
        text = (
            f"COLLECT {{ UNWIND range(0, size(coalesce({relationship}.sources, [])) - 1) AS {index} "
            f"MATCH ({source}:Source {{id: {relationship}.sources[{index}]}}) {returned} ORDER BY {index} }}"
        )
        return text, Each(layout)

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


def _property(served: Property, place: Place, columns: Columns) -> int:
    if not served.on_relationship:
        return columns.scalar(served.name, served.default)
    text = place.on_relationship(served.name)
    return columns.add(text if served.default is None else f"coalesce({text}, {served.default})")


def _of_width(layout: Layout, columns: Columns) -> Layout:
    """Tell the layout of a whole row how many columns the row has."""
    return replace(layout, width=columns.width) if isinstance(layout, Record) else layout


def _root_page(root: RootPage) -> Page:
    return Page(f"({{m}}:{root.label})", root.keys, root.fact)


def _plain(node: str, world: int) -> Place:
    def nothing(name: str) -> str:
        raise AssertionError(f"no relationship led to {node}, so it has no {name}")

    return Place(node, nothing, "", world)


def _related_place(names: Mapping[str, str], world: int) -> Place:
    return Place(names["m"], lambda name: f"{names['r']}.{name}", names["r"], world)


def _node_type(connection: Selection) -> str:
    """Name the type of a connection's nodes."""
    return connection.type.name.removesuffix("Connection")


def _statement(columns: Sequence[tuple[str, Layout]]) -> Compiled:
    text = "RETURN " + ", ".join(f"{column} AS c{number}" for number, (column, _) in enumerate(columns))
    return Compiled(text, tuple(layout for _, layout in columns))
