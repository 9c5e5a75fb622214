"""Arguments of reads: checked, and split into what shapes the statement and what is a parameter of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from graph_service.errors import BadInput, LimitExceeded
from graph_service.model.ids import is_id, kind_of
from graph_service.model.kinds import Capital, Suppliers
from graph_service.model.world import World, today
from graph_service.reads.cursor import decode_cursor
from graph_service.reads.filters import split
from graph_service.reads.scenario import scenario_of

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Mapping, Sequence
    from datetime import date

    from graph_service.reads.graph import LookUp
    from graph_service.reads.ordering import Key

PAGE_DEFAULT: Final = 20


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """What a client may ask for in one field."""

    page_size_max: int = 100
    list_size_max: int = 1_000
    ids_max: int = 100
    filter_keys_max: int = 200


class Bound(NamedTuple):
    """One field's arguments: `structure` decides the text of the statement, `values` go into its parameters."""

    structure: Hashable
    values: Mapping[str, Any]


def world_of(arguments: Mapping[str, Any]) -> World:
    """Read the world of a field's arguments; without one, all facts of today (docs/semantics.md 1-3)."""
    given: Mapping[str, Any] | None = arguments.get("world")
    if not given:
        return _of_day(today())
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
        scenario=scenario_of(given.get("scenario") or {}),
    )


@lru_cache(maxsize=2)
def _of_day(day: date) -> World:
    return World(as_of=day)


def read_world_of(field: str, arguments: Mapping[str, Any]) -> World:
    """Read the world of a read; a scenario is for analyses (docs/semantics.md 3)."""
    world = world_of(arguments)
    if world.scenario is not None:
        raise BadInput(f"{field} is a read, and a scenario is for analyses; leave it out of the world of {field}")
    return world


def is_of_today(arguments: Mapping[str, Any]) -> bool:
    """Tell whether the world of a field's arguments moves with the calendar."""
    given: Mapping[str, Any] = arguments.get("world") or {}
    return not given.get("allDates") and given.get("asOf") is None


def world_structure(world: World | None) -> Hashable:
    """Tell what of a world shapes a text."""
    return None if world is None else (world.as_of is not None, world.min_confidence > 0)


def bind_world(world: World) -> Bound:
    """Bind a world: the text tells whether dates and confidence are filtered at all."""
    return Bound(world_structure(world), {"asOf": world.as_of, "minConfidence": world.min_confidence})


class PageStructure(NamedTuple):
    """What of a connection's arguments shapes its statement; `nulls` tell which values of a cursor are null."""

    order: tuple[Key, ...]
    after_nulls: tuple[bool, ...] | None
    before_nulls: tuple[bool, ...] | None
    backward: bool
    where: Any

    @property
    def whole(self) -> bool:
        """Tell whether no cursor cuts the list."""
        return self.after_nulls is None and self.before_nulls is None


def bind_page(
    arguments: Mapping[str, Any], given: Collection[str], order: tuple[Key, ...], limits: ReadLimits
) -> Bound:
    """Bind the arguments of a connection in an order; `given` names those that the document states.

    `last` reads backward from `before` or the end; a page goes one way, so `first` and `last` exclude each other.
    """
    backward = arguments.get("last") is not None
    if backward and "first" in given and arguments.get("first") is not None:
        raise BadInput("first and last exclude each other; give one of them")
    name = "last" if backward else "first"
    rows = PAGE_DEFAULT if arguments.get(name) is None else arguments[name]
    if not 0 <= rows <= limits.page_size_max:
        raise BadInput(f"{name} must be 0 to {limits.page_size_max}, got {rows}")
    values: dict[str, Any] = {"first": rows}
    nulls: dict[str, tuple[bool, ...] | None] = {"after": None, "before": None}
    for end in nulls:
        cursor = arguments.get(end)
        if cursor is not None:
            read = decode_cursor(end, cursor, [str(key) for key in order])
            nulls[end] = tuple(value is None for value in read)
            values |= {f"{end}{place}_": value for place, value in enumerate(read)}
    where = None
    if arguments.get("where") is not None:
        where, compared, size = split(arguments["where"])
        if size > limits.filter_keys_max:
            raise LimitExceeded(f"where must hold at most {limits.filter_keys_max} keys (filter_keys_max), got {size}")
        values |= {f"where{place}_": value for place, value in enumerate(compared)}
    return Bound(PageStructure(order, nulls["after"], nulls["before"], backward, where), values)


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
        raise LimitExceeded(f"ids must name at most {limits.ids_max} nodes (nodes_max), got {len(ids)}")
    ids_by_label: dict[str, list[str]] = {}
    for node_id in ids:
        if is_id(node_id):
            ids_by_label.setdefault(kind_of(node_id).label, []).append(node_id)
    values: dict[str, Any] = {f"ids{label}": list(dict.fromkeys(of)) for label, of in ids_by_label.items()}
    return Bound(tuple(sorted(ids_by_label)), values | {"ids": list(ids)})
