"""Cursors: where a page ended, as opaque text that names its order and the last row's keys."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING

import orjson

from graph_service.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Sequence


def encode_cursor(order: Sequence[str], values: Sequence[str]) -> str:
    """Write a cursor for a row with these key values in this order (property names, id last)."""
    return base64.urlsafe_b64encode(orjson.dumps([list(order), list(values)])).decode("ascii").rstrip("=")


def decode_cursor(text: str, order: Sequence[str]) -> list[str]:
    """Read the key values out of a cursor; raise BadInput for one that is broken or of another order (40)."""
    try:
        padded = text + "=" * (-len(text) % 4)
        stated, values = orjson.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, TypeError) as error:
        raise BadInput(f"after must be a cursor of this connection, got {text!r}") from error
    if stated != list(order) or not _are_texts(values, len(order)):
        raise BadInput(f"after must be a cursor of the order {', '.join(order)}, got {text!r}")
    return values


def _are_texts(values: object, count: int) -> bool:
    return isinstance(values, list) and len(values) == count and all(isinstance(value, str) for value in values)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType] - decoded JSON is untyped
