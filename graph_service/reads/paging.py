"""Connections: which of their parts are selected, and how a page's record becomes one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graph_service.reads.aggregates import AGGREGATES
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
    sides: bool
    aggregates: tuple[SelectedField, ...]
    groups: tuple[SelectedField, ...]

    @classmethod
    def of(cls, selection: Selection) -> PageShape:
        """Read the shape of a page off the selection of its connection."""
        fields = selection.fields()
        infos = [info for field in fields if field.name == "pageInfo" for info in _below(field)]
        return cls(
            selection=selection,
            nodes=tuple(node.below for node in _nodes(fields) if node.below is not None),
            total=any(field.name == "totalCount" for field in fields),
            rows=any(field.name not in {"totalCount", *AGGREGATES} for field in fields),
            sides=any(info.name in {"hasPreviousPage", "hasNextPage"} for info in infos),
            aggregates=tuple(field for field in fields if field.name == "aggregate"),
            groups=tuple(field for field in fields if field.name == "groups"),
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


def page_decoder(
    shape: PageShape,
    keys: Sequence[str],
    decoders: Sequence[Decoder],
    aggregated: Sequence[Decoder],
    *,
    backward: bool,
) -> Decoder:
    """Make the decoder of [total, rows of [keys, node, ...], size, whether rows stand on the other side, aggregates].

    `aggregated` decode what comes behind: all `aggregate` fields at once, then each of `groups`. Rows of a page that
    is read backward come in the opposite order.
    """
    typename = shape.selection.type.name
    fields = shape.selection.fields()
    of_page = [field for field in fields if field.name not in AGGREGATES]
    beside_rows = _beside_rows(shape, aggregated)
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

    def info(field: SelectedField, rows: Sequence[Any], *, more: bool, beside: bool) -> Row:
        values = {
            "hasNextPage": beside if backward else more,
            "hasPreviousPage": more if backward else beside,
            "startCursor": cursor(rows[0]) if rows else None,
            "endCursor": cursor(rows[-1]) if rows else None,
        }
        return Row("PageInfo", {part.key: values[part.name] for part in _below(field)})

    def decode(value: Any, decoding: Decoding) -> Row:
        total, fetched, first, beside, *columns = value
        rows: list[Any] = fetched[:first] if fetched is not None else []
        more = fetched is not None and len(fetched) > first
        if backward:
            rows.reverse()
        parts: dict[str, Any] = beside_rows(columns, decoding)
        for field in of_page:
            match field.name:
                case "totalCount":
                    parts[field.key] = total
                case "nodes":
                    parts[field.key] = [node(field, row, decoding) for row in rows]
                case "edges":
                    parts[field.key] = [edge(field, row, decoding) for row in rows]
                case _:
                    parts[field.key] = info(field, rows, more=more, beside=bool(beside))
        return Row(typename, parts)

    return decode


def _beside_rows(shape: PageShape, decoders: Sequence[Decoder]) -> Decoder:
    """Make the decoder of the aggregates of a page, by key."""

    def decode(columns: Sequence[Any], decoding: Decoding) -> dict[str, Any]:
        found = [decode(column, decoding) for decode, column in zip(decoders, columns, strict=True)]
        parts: dict[str, Any] = found.pop(0) if shape.aggregates else {}
        return parts | {field.key: groups for field, groups in zip(shape.groups, found, strict=True)}

    return decode


def _edge_type(connection: str) -> str:
    return connection.removesuffix("Connection") + "Edge"
