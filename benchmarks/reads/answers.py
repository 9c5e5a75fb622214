"""Answers of both sides in one shape, and the first place where two of them differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

TO_ONE: Final = frozenset({"company", "component", "headquarters", "nation"})
"""Fields that lead to at most one thing, which the peer answers with a list."""


def plain(value: Any, name: str = "") -> Any:
    """Unfold connections into lists, and the peer's to-one lists into what they hold."""
    if isinstance(value, list):
        things = [plain(thing) for thing in cast("list[Any]", value)]
        return (things or [None])[0] if name in TO_ONE else things
    if not isinstance(value, dict):
        return value
    fields = cast("Mapping[str, Any]", value)
    if "nodes" in fields or "edges" in fields:
        rest = {key: below for key, below in fields.items() if key not in {"nodes", "edges"}}
        things = fields["nodes"] if "nodes" in fields else [edge["node"] for edge in fields["edges"]]
        return {"things": plain(things), **rest} if rest else plain(things)
    return {key: plain(below, key) for key, below in fields.items()}


def difference(ours: Any, peer: Any, place: str = "data") -> str | None:
    """Name the first place where two plain answers differ, and what stands there; None where they are equal."""
    if isinstance(ours, dict) and isinstance(peer, dict):
        if ours.keys() != peer.keys():
            return f"{place}: fields {sorted(ours)} here, {sorted(peer)} there"
        pairs = [(f"{place}.{key}", ours[key], peer[key]) for key in ours]
    elif isinstance(ours, list) and isinstance(peer, list):
        if len(ours) != len(peer):
            return f"{place}: {len(ours)} here, {len(peer)} there"
        pairs = [(f"{place}[{index}]", *both) for index, both in enumerate(zip(ours, peer, strict=True))]
    else:
        return None if ours == peer else f"{place}: {ours!r} here, {peer!r} there"
    return next((found for below, *both in pairs if (found := difference(*both, place=below))), None)


def count(value: Any) -> int:
    """Count the objects of a plain answer."""
    if isinstance(value, list):
        return sum(count(thing) for thing in cast("list[Any]", value))
    if isinstance(value, dict):
        fields = cast("Mapping[str, Any]", value)
        own = 0 if "things" in fields else 1
        return own + sum(count(below) for name, below in fields.items() if name != "pageInfo")
    return 0
