"""Quality: the findings of the store's facts, kept until the data version or the date moves."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from graph_service.facts.check import LOOKED_AT, findings
from graph_service.facts.stored import read_store
from graph_service.model.world import today

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from graph_service.facts.check import Finding
    from graph_service.store.store import Store


class Quality:
    """The findings of one store.

    Reading all facts of a large store may take longer than one request may last. So it goes on when the request that
    asked first has left, and whoever asks meanwhile or later waits for the same reading.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._turn = asyncio.Lock()
        self._of: tuple[str, date] | None = None
        self._reading: asyncio.Task[Sequence[Finding]] | None = None

    async def findings(self) -> Sequence[Finding]:
        """Give the findings of today's facts at the current data version, the gravest first.

        Raises StoreUnavailable when the version does not stand still for one reading.
        """
        of = ((await self._store.data_version()).version, today())
        async with self._turn:
            if self._reading is None or self._of != of or _failed(self._reading):
                await self.aclose()
                self._of, self._reading = of, asyncio.create_task(self._read(of[1]))
            reading = self._reading
        return await asyncio.shield(reading)

    async def aclose(self) -> None:
        """Stop a reading that is under way."""
        reading, self._reading = self._reading, None
        if reading is not None and not reading.done():
            reading.cancel()
            with suppress(asyncio.CancelledError):
                await reading

    async def _read(self, as_of: date) -> Sequence[Finding]:
        bundle = await read_store(self._store, LOOKED_AT)
        return await asyncio.to_thread(findings, bundle, as_of)


def _failed(reading: asyncio.Task[Sequence[Finding]]) -> bool:
    return reading.done() and (reading.cancelled() or reading.exception() is not None)
