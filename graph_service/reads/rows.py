"""Rows: what the store answered, as the objects that GraphQL fields are read from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from graph_service.reads.selection import SelectedField


class Row(dict[str, Any]):
    """The selected fields of one object by response key, and the name of its GraphQL type."""

    __slots__ = ("typename",)

    def __init__(self, typename: str, fields: dict[str, Any]) -> None:
        super().__init__(fields)
        self.typename = typename


@dataclass(frozen=True, slots=True)
class Wanted:
    """A field of a row that the network has still to answer."""

    row: dict[str, Any]
    field: SelectedField
    node_id: str
    world_slot: int


@dataclass(slots=True)
class Decoding:
    """What decoding one record needs and finds: fields left for the network."""

    wanted: list[Wanted] = field(default_factory=list[Wanted])
