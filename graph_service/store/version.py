"""The data version: which state of the facts an answer was made from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from graph_service.model.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph_service.store.values import Row


@dataclass(frozen=True, slots=True)
class DataVersion:
    """A version, `<number>-<token>`: the number counts writes, the token tells two databases apart.

    `importing` is the note of an import in several transactions that is under way: facts are incomplete then.
    """

    version: str
    importing: str | None


EMPTY: Final = DataVersion("0", None)
"""The version of a store that nobody ever wrote to."""


@dataclass(frozen=True, slots=True)
class DataState:
    """A data version with what whoever listens for changes wants to know of it.

    `number` counts writes; `changed_at` says at which number each kind of things changed last, 0 for never;
    `moved_at` is the instant of the last write, ISO 8601 in UTC, None before any.
    """

    version: DataVersion
    number: int = 0
    moved_at: str | None = None
    changed_at: Mapping[Kind, int] = field(default_factory=dict[Kind, int])


def data_state_from(rows: Sequence[Row]) -> DataState:
    """Make the state of what `read/data_state` returned."""
    if not rows:
        return DataState(EMPTY)
    number, token, importing, moved_at, *changed_at = rows[0]
    numbers = {kind: at or 0 for kind, at in zip(Kind, changed_at, strict=True)}
    return DataState(DataVersion(f"{number}-{token}", importing), number, moved_at, numbers)


def data_version_from(rows: Sequence[Row]) -> DataVersion:
    """Make the version of what `read/data_version` returned."""
    if not rows:
        return EMPTY
    number, token, importing = rows[0]
    return DataVersion(f"{number}-{token}", importing)
