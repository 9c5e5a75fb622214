"""Inputs of the contract as the model's own values."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any, cast

from strawberry import UNSET
from strawberry.utils.str_converters import to_camel_case

from graph_service.reads.arguments import world_of

if TYPE_CHECKING:
    from graph_service.api.inputs import WorldInput
    from graph_service.model.world import World


def world_from(given: WorldInput | Any | None) -> World:
    """Read a world input, or its absence, as a world: the same rules as for reads."""
    return world_of({"world": _as_arguments(given)} if given else {})


def _as_arguments(given: Any) -> Any:
    """Give an input as GraphQL coerces it: what was given, by the names of the schema."""
    if isinstance(given, list):
        return [_as_arguments(item) for item in cast("list[Any]", given)]
    if not is_dataclass(given):
        return given
    values = ((field.name, getattr(given, field.name)) for field in fields(given))
    return {to_camel_case(name): _as_arguments(value) for name, value in values if value is not UNSET}
