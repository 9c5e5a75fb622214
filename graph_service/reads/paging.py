"""Connections: which of their parts are selected, and how a page's record becomes one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from graph_service.reads.cursor import encode_cursor
from graph_service.reads.layout import BESIDE, ROWS, SIZE, Layout
from graph_service.reads.rows import Decoding, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from graph_service.reads.layout import Paged
    from graph_service.reads.selection import SelectedField, Selection

    Decoder = Callable[[Any, Decoding], Any]

OF_ROWS: Final = frozenset({"nodes", "edges", "pageInfo"})
"""Fields of a connection that its rows answer."""
CURSORS: Final = frozenset({"cursor", "startCursor", "endCursor"})
SIDES: Final = frozenset({"hasPreviousPage", "hasNextPage"})


@dataclass(frozen=True, slots=True)
class PageShape:
    """The parts of a connection that are selected; `nodes` holds each field of nodes that rows must carry."""

    selection: Selection
    nodes: tuple[SelectedField, ...]
    total: bool
    rows: bool
    sides: bool
    cursors: bool

    @classmethod
    def of(cls, selection: Selection) -> PageShape:
        """Read the shape of a page off the selection of its connection."""
        fields = selection.fields()
        below = {part.name for field in fields if field.name in {"edges", "pageInfo"} for part in parts_of(field)}
        return cls(
            selection=selection,
            nodes=tuple(_nodes(fields)),
            total=any(field.name == "totalCount" for field in fields),
            rows=any(field.name in OF_ROWS for field in fields),
            sides=not SIDES.isdisjoint(below),
            cursors=not CURSORS.isdisjoint(below),
        )


def parts_of(field: SelectedField) -> tuple[SelectedField, ...]:
    """Give the fields below an edge or a pageInfo."""
    return field.below.fields() if field.below is not None else ()


def _nodes(fields: Sequence[SelectedField]) -> list[SelectedField]:
    """Give the fields that hold nodes: `nodes` themselves and `node` of `edges`, in a fixed order."""
    found: list[SelectedField] = []
    for field in fields:
        if field.name == "nodes":
            found.append(field)
        elif field.name == "edges":
            found.extend(edge for edge in parts_of(field) if edge.name == "node")
    return found


def cursor_of(page: Paged) -> Callable[[Sequence[Any]], str]:
    """Make the writer of a row's cursor."""
    names, columns = page.key_names, page.keys
    return lambda row: encode_cursor(names, [row[column] for column in columns])


def page_decoder(page: Paged, decoder: Callable[[Layout], Decoder]) -> Decoder:
    """Make the decoder of a page."""
    typename, fields = page.selection.type.name, page.selection.fields()
    cursor = cursor_of(page)
    decoders = {id(part.field): (part.column, decoder(part.layout)) for part in (*page.nodes, *page.parts)}

    def part(field: SelectedField, row: Any, decoding: Decoding) -> Any:
        column, decode = decoders[id(field)]
        return decode(row if column is None else row[column], decoding)

    def edge(field: SelectedField, row: Any, decoding: Decoding) -> Row:
        parts = {
            below.key: cursor(row) if below.name == "cursor" else part(below, row, decoding)
            for below in parts_of(field)
        }
        return Row(_edge_type(typename), parts)

    def info(field: SelectedField, rows: Sequence[Any], *, more: bool, beside: bool) -> Row:
        values: dict[str, Callable[[], Any]] = {
            "hasNextPage": lambda: beside if page.backward else more,
            "hasPreviousPage": lambda: more if page.backward else beside,
            "startCursor": lambda: cursor(rows[0]) if rows else None,
            "endCursor": lambda: cursor(rows[-1]) if rows else None,
        }
        return Row("PageInfo", {part.key: values[part.name]() for part in parts_of(field)})

    def decode(value: Any, decoding: Decoding) -> Row:
        rows: list[Any]
        if page.bare:
            rows, more, beside = [*value], False, False
        else:
            fetched, first, beside = value[ROWS], value[SIZE], value[BESIDE]
            rows = fetched[:first] if fetched is not None else []
            more = (value[page.total] if page.total is not None else len(fetched or ())) > first
        if page.backward:
            rows.reverse()
        parts: dict[str, Any] = {}
        for field in fields:
            match field.name:
                case "nodes":
                    parts[field.key] = [part(field, row, decoding) for row in rows]
                case "edges":
                    parts[field.key] = [edge(field, row, decoding) for row in rows]
                case "pageInfo":
                    parts[field.key] = info(field, rows, more=more, beside=bool(beside))
                case _:
                    parts[field.key] = part(field, value, decoding)
        return Row(typename, parts)

    return decode


def _edge_type(connection: str) -> str:
    return connection.removesuffix("Connection") + "Edge"
