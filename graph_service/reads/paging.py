"""Connections: which of their parts are selected, and how a page's record becomes one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graph_service.reads.cursor import encode_cursor
from graph_service.reads.rows import Decoding, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from graph_service.reads.selection import SelectedField, Selection

    Decoder = Callable[[Any, Decoding], Any]


@dataclass(frozen=True, slots=True)
class PageShape:
    """The parts of a connection that are selected; `nodes` holds each selection of nodes that rows must carry."""

    selection: Selection
    nodes: tuple[Selection, ...]
    total: bool
    rows: bool
    before: bool

    @classmethod
    def of(cls, selection: Selection) -> PageShape:
        """Read the shape of a page off the selection of its connection."""
        fields = selection.fields()
        infos = [info for field in fields if field.name == "pageInfo" for info in _below(field)]
        return cls(
            selection=selection,
            nodes=tuple(node.below for node in _nodes(fields) if node.below is not None),
            total=any(field.name == "totalCount" for field in fields),
            rows=any(field.name != "totalCount" for field in fields),
            before=any(info.name == "hasPreviousPage" for info in infos),
        )


def _below(field: SelectedField) -> tuple[SelectedField, ...]:
    return field.below.fields() if field.below is not None else ()


def _nodes(fields: Sequence[SelectedField]) -> list[SelectedField]:
    """Give the fields that hold nodes: `nodes` themselves and `node` of `edges`, in a fixed order."""
    found: list[SelectedField] = []
    for field in fields:
        if field.name == "nodes":
            found.append(field)
        elif field.name == "edges":
            found.extend(edge for edge in _below(field) if edge.name == "node")
    return found


def page_decoder(shape: PageShape, keys: Sequence[str], decoders: Sequence[Decoder]) -> Decoder:
    """Make the decoder of [total, rows of [keys, node, ...], first, whether a row stands before]."""
    typename = shape.selection.type.name
    fields = shape.selection.fields()
    block_by_field = {id(field): block for block, field in enumerate(_nodes(fields), start=1)}

    def cursor(row: Any) -> str:
        return encode_cursor(keys, row[0])

    def node(field: SelectedField, row: Any, decoding: Decoding) -> Row:
        block = block_by_field[id(field)]
        return decoders[block - 1](row[block], decoding)

    def edge(field: SelectedField, row: Any, decoding: Decoding) -> Row:
        parts = {
            part.key: cursor(row) if part.name == "cursor" else node(part, row, decoding) for part in _below(field)
        }
        return Row(_edge_type(typename), parts)

    def info(field: SelectedField, rows: Sequence[Any], more: bool, before: bool) -> Row:
        values = {
            "hasNextPage": more,
            "hasPreviousPage": before,
            "startCursor": cursor(rows[0]) if rows else None,
            "endCursor": cursor(rows[-1]) if rows else None,
        }
        return Row("PageInfo", {part.key: values[part.name] for part in _below(field)})

    def decode(value: Any, decoding: Decoding) -> Row:
        total, fetched, first, before = value
        rows: list[Any] = fetched[:first] if fetched is not None else []
        more = fetched is not None and len(fetched) > first
        parts: dict[str, Any] = {}
        for field in fields:
            match field.name:
                case "totalCount":
                    parts[field.key] = total
                case "nodes":
                    parts[field.key] = [node(field, row, decoding) for row in rows]
                case "edges":
                    parts[field.key] = [edge(field, row, decoding) for row in rows]
                case _:
                    parts[field.key] = info(field, rows, more, bool(before))
        return Row(typename, parts)

    return decode


def _edge_type(connection: str) -> str:
    return connection.removesuffix("Connection") + "Edge"
