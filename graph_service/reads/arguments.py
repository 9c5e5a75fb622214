"""Arguments of reads: checked, and split into what shapes the statement and what is a parameter of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from graph_service.errors import BadInput
from graph_service.model.ids import is_id, kind_of
from graph_service.model.kinds import Capital, Suppliers
from graph_service.model.world import World, today
from graph_service.reads.cursor import decode_cursor

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from graph_service.reads.graph import LookUp

PAGE_DEFAULT: Final = 20


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """What a client may ask for in one field."""

    page_size_max: int = 100
    list_size_max: int = 1_000
    ids_max: int = 1_000


@dataclass(frozen=True, slots=True)
class Bound:
    """One field's arguments: `structure` decides the text of the statement, `values` go into its parameters."""

    structure: Hashable
    values: Mapping[str, Any]


def world_of(arguments: Mapping[str, Any]) -> World:
    """Read the world of a field's arguments; without one, all facts of today (docs/semantics.md 1-3)."""
    given: Mapping[str, Any] = arguments.get("world") or {}
    confidence = given.get("minConfidence") or 0
    if not 0 <= confidence <= 100:
        raise BadInput(f"minConfidence must be 0 to 100, got {confidence}")
    if given.get("allDates") and given.get("asOf") is not None:
        raise BadInput("allDates: true and asOf exclude each other; give one of them")
    return World(
        as_of=None if given.get("allDates") else given.get("asOf") or today(),
        min_confidence=confidence,
        capital=Capital((given.get("capital") or Capital.REQUIRED).value),
        suppliers=Suppliers((given.get("suppliers") or Suppliers.RECORDED).value),
    )


def bind_world(world: World) -> Bound:
    """Bind a world: the text tells whether dates and confidence are filtered at all."""
    structure = (world.as_of is not None, world.min_confidence > 0)
    return Bound(structure, {"asOf": world.as_of, "minConfidence": world.min_confidence})


def bind_page(arguments: Mapping[str, Any], order: Sequence[str], limits: ReadLimits) -> Bound:
    """Bind `first` and `after` of a connection in this order."""
    first = arguments.get("first")
    first = PAGE_DEFAULT if first is None else first
    if not 0 <= first <= limits.page_size_max:
        raise BadInput(f"first must be 0 to {limits.page_size_max}, got {first}")
    after = arguments.get("after")
    values: dict[str, Any] = {"first": first}
    if after is not None:
        values |= {f"after{place}": value for place, value in enumerate(decode_cursor(after, order))}
    return Bound(after is not None, values)


def bind_look_up(look_up: LookUp, arguments: Mapping[str, Any]) -> Bound:
    """Bind a look-up: the label and the property shape the text, the value is a parameter."""
    found = look_up.find(arguments)
    if found is None:
        return Bound(None, {})
    label, name, value = found
    return Bound((label, name), {"key": value})


def bind_look_ups(arguments: Mapping[str, Any], limits: ReadLimits) -> Bound:
    """Bind a list of ids: the labels that occur shape the text."""
    ids: Sequence[str] = arguments["ids"]
    if len(ids) > limits.ids_max:
        raise BadInput(f"ids must name at most {limits.ids_max} nodes, got {len(ids)}")
    ids_by_label: dict[str, list[str]] = {}
    for node_id in ids:
        if is_id(node_id):
            ids_by_label.setdefault(kind_of(node_id).label, []).append(node_id)
    values: dict[str, Any] = {f"ids{label}": list(dict.fromkeys(of)) for label, of in ids_by_label.items()}
    return Bound(tuple(sorted(ids_by_label)), values | {"ids": list(ids)})
