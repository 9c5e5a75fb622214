"""From a record to the rows that the stock executor reads, by the layout of its statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graph_service.reads.layout import Each, Layout, Listed, Nothing, OneOf, Paged, Record, Value
from graph_service.reads.paging import page_decoder
from graph_service.reads.rows import Decoding, Row, Wanted

if TYPE_CHECKING:
    from collections.abc import Callable

    Decoder = Callable[[Any, Decoding], Any]


def decoder(layout: Layout) -> Decoder:
    """Make the decoder of what stands at a layout."""
    match layout:
        case Value(decode):
            return _as_it_is if decode is None else _decoded(decode)
        case Nothing():
            return _nothing
        case Record():
            return _record(layout)
        case OneOf():
            return _one_of(layout)
        case Each():
            return _each(layout)
        case Listed():
            return _listed(layout)
        case Paged():
            return page_decoder(layout, decoder)


def by_id(record: Record) -> Callable[[Any, Decoding], dict[str, Row]]:
    """Make the decoder of a list of rows whose first column is the id: rows by id."""
    decode = _record(record)
    return lambda value, decoding: {item[0]: decode(item, decoding) for item in value}


def _as_it_is(value: Any, _: Decoding) -> Any:
    return value


def _nothing(value: Any, _: Decoding) -> None:
    assert value is None


def _decoded(decode: Callable[[Any], Any]) -> Decoder:
    return lambda value, _: None if value is None else decode(value)


def _record(record: Record) -> Decoder:
    parts = [(part.field.key, part.column, decoder(part.layout)) for part in record.parts]
    typename, computed, identity, world = record.typename, record.computed, record.identity, record.world

    def decode(value: Any, decoding: Decoding) -> Row | None:
        if value is None:
            return None
        row = Row(typename, {key: decode(value if at is None else value[at], decoding) for key, at, decode in parts})
        for field in computed:
            decoding.wanted.append(Wanted(row, field, value[identity], world))
        return row

    return decode


def _one_of(layout: OneOf) -> Decoder:
    decoders = {typename: _record(record) for typename, record in layout.records.items()}
    return lambda value, decoding: None if value is None else decoders[value[0]](value, decoding)


def _each(layout: Each) -> Decoder:
    decode = decoder(layout.item)
    return lambda value, decoding: None if value is None else [decode(item, decoding) for item in value]


def _listed(layout: Listed) -> Decoder:
    decoders = [by_id(record) for record in layout.records]

    def decode(value: Any, decoding: Decoding) -> list[Row | None]:
        ids, *blocks = value
        found: dict[str, Row] = {}
        for block, decode in zip(blocks, decoders, strict=True):
            found |= decode(block, decoding)
        return [found.get(node_id) for node_id in ids]

    return decode
