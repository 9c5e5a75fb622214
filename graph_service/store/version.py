"""The data version: which state of the facts an answer was made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

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


def data_version_from(rows: Sequence[Row]) -> DataVersion:
    """Make the version of what `read/data_version` returned."""
    if not rows:
        return EMPTY
    number, token, importing = rows[0]
    return DataVersion(f"{number}-{token}", importing)
