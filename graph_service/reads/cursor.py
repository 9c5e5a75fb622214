"""Cursors: where a page ended, as opaque text that names its order and the last row's keys."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Any, cast

import orjson

from graph_service.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Sequence


CursorValue = str | int | float | None


def encode_cursor(order: Sequence[str], values: Sequence[CursorValue]) -> str:
    """Write a cursor for a row with these key values in this order (property names, id last)."""
    return base64.urlsafe_b64encode(orjson.dumps([list(order), list(values)])).decode("ascii").rstrip("=")


def decode_cursor(name: str, text: str, order: Sequence[str]) -> list[CursorValue]:
    """Read the key values out of a cursor; raise BadInput for one that is broken or of another order (40).

    `name` is the argument, after or before; an order is named by its keys, `desc` behind those that descend.
    """
    try:
        padded = text + "=" * (-len(text) % 4)
        stated, values = orjson.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, TypeError) as error:
        raise BadInput(f"{name} must be a cursor of this connection, got {text!r}") from error
    if stated != list(order) or not _are_values(values, len(order)):
        raise BadInput(f"{name} must be a cursor of the order {', '.join(order)}, got {text!r}")
    return values


def _are_values(values: Any, count: int) -> bool:
    """Tell whether these are the keys of a row: the last, its id, is a text; a key is never a truth or a list."""
    if not isinstance(values, list):
        return False
    items = cast("list[Any]", values)
    kinds = (str, int, float, type(None))
    fits = len(items) == count and all(isinstance(item, kinds) and not isinstance(item, bool) for item in items)
    return fits and isinstance(items[-1], str)
