"""Exporting: the whole store into files of one form, a page of things at a time, so that memory stays bounded."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from graph_service.errors import BadInput, StoreUnavailable
from graph_service.facts.rows import ROWS
from graph_service.facts.stored import ATTEMPTS, OWNER, read_rows

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
    from pathlib import Path

    from graph_service.facts.rows import Row
    from graph_service.model.kinds import Kind
    from graph_service.store.store import Store

PAGE_IDS: Final = 50_000
"""Ids read at once: the embedded engine walks over all things of a kind for each page of them."""

PAGE_OWNERS: Final = 2_000
"""Things whose rows are read at once: a few megabytes of them."""


class Form(Protocol):
    """Files in the making; rows come kind by kind, each kind in the order of its ids."""

    def write(self, kind: type[Row], rows: Sequence[Row]) -> None:
        """Take more rows of a kind."""
        ...

    def close(self) -> None:
        """Write what is left, and close the files."""
        ...


@dataclass(frozen=True, slots=True)
class Exported:
    """How many rows of each kind were written, of which version, and the note of an import that is under way."""

    count_by_kind: Mapping[type[Row], int]
    data_version: str
    importing: str | None


async def export_store(store: Store, folder: Path, form_of: Callable[[Path], Form]) -> Exported:
    """Write all facts of one data version into a new or empty folder.

    Starts again when a writer moves the version meanwhile; raises StoreUnavailable when it does not stand still, and
    BadInput where the folder holds something already or cannot be written.
    """
    try:
        _make_empty(folder)
        for _ in range(ATTEMPTS):
            before = await store.data_version()
            counts = await _written(store, form_of(folder))
            if await store.data_version() == before:
                return Exported(counts, before.version, before.importing)
            _clear(folder)
    except OSError as error:
        raise BadInput(f"{error.filename or folder}: cannot be written: {error.strerror}") from error
    raise StoreUnavailable(f"facts were written during each of {ATTEMPTS} attempts to read them; try again")


def _make_empty(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise BadInput(f"{folder}: must be empty, so that no old file stays among the new ones")


def _clear(folder: Path) -> None:
    """Take away what an attempt has written."""
    for path in folder.iterdir():
        path.unlink()


async def _written(store: Store, form: Form) -> Mapping[type[Row], int]:
    counts: Counter[type[Row]] = Counter()
    try:
        for kind in ROWS:
            async for owners in _pages(store, OWNER[kind]):
                rows = (await read_rows(store.read, {kind: owners})).of(kind)
                form.write(kind, rows)
                counts[kind] += len(rows)
    finally:
        form.close()
    return counts


async def _pages(store: Store, kind: Kind) -> AsyncGenerator[Sequence[str]]:
    after = ""
    while True:
        ((ids,),) = await store.read(f"facts/page/{kind}", {"after": after, "limit": PAGE_IDS})
        for start in range(0, len(ids), PAGE_OWNERS):
            yield ids[start : start + PAGE_OWNERS]
        if len(ids) < PAGE_IDS:
            return
        after = ids[-1]
