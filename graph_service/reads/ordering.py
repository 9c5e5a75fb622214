"""Orders of connections, and what comes behind a cursor in them.

An order is a list of keys that ends in id. Null comes last ascending and first descending, as both engines have
it, so an order read backward is the one with every direction turned round (docs/semantics.md 39).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Key(NamedTuple):
    """One key of an order: a property and its direction."""

    name: str
    descending: bool = False

    def __str__(self) -> str:
        """Name the key as cursors do."""
        return f"{self.name} desc" if self.descending else self.name

    def reversed(self) -> Key:
        """Give the key in the other direction."""
        return Key(self.name, not self.descending)


ID = Key("id")


def order_of(given: Sequence[Mapping[str, Any]] | None, default: Sequence[str]) -> tuple[Key, ...]:
    """Read an `orderBy` input, each entry of exactly one key; without one, the default keys ascending. Id is last."""
    if not given:
        return (*map(Key, default), ID)
    keys: dict[str, Key] = {}
    for entry in given:
        for name, direction in entry.items():
            if direction is not None:
                keys.setdefault(name, Key(name, direction.value == "DESC"))
    return (*keys.values(), ID)


def order_text(node: str, keys: Sequence[Key]) -> str:
    """Write an ORDER BY."""
    return ", ".join(f"{node}.{key.name} DESC" if key.descending else f"{node}.{key.name}" for key in keys)


def beyond(node: str, keys: Sequence[Key], values: Sequence[str], nulls: Sequence[bool]) -> str:
    """Say that a node comes behind a cursor: `values` are its parameters, `nulls` tells which of them are null."""
    text = "false"
    for key, value, is_null in reversed(list(zip(keys, values, nulls, strict=True))):
        text = _either(_behind(node, key, value, is_null=is_null), _same(node, key, value, is_null=is_null), text)
    return text


def at(node: str, keys: Sequence[Key], values: Sequence[str], nulls: Sequence[bool]) -> str:
    """Say that a node is the one of a cursor."""
    parts = [_same(node, key, value, is_null=is_null) for key, value, is_null in zip(keys, values, nulls, strict=True)]
    return " AND ".join(parts)


def _either(behind: str, same: str, rest: str) -> str:
    parts = [part for part in (behind, "" if rest == "false" else f"({same} AND {rest})") if part and part != "false"]
    return "(" + " OR ".join(parts) + ")" if parts else "false"


def _behind(node: str, key: Key, value: str, *, is_null: bool) -> str:
    if key.descending:
        return f"{node}.{key.name} IS NOT NULL" if is_null else f"{node}.{key.name} < {value}"
    if is_null:
        return "false"
    behind = f"{node}.{key.name} > {value}"
    return behind if key.name == "id" else f"{behind} OR {node}.{key.name} IS NULL"


def _same(node: str, key: Key, value: str, *, is_null: bool) -> str:
    return f"{node}.{key.name} IS NULL" if is_null else f"{node}.{key.name} = {value}"
