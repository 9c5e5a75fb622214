"""Changes: whoever listens hears that the facts have moved, whichever process wrote them.

While somebody listens, one task asks the store for its data version, every so often and right after a write of this
service. Nobody is sent anything: each listener takes the moment that is now when it is ready for it, so that a slow
one holds nothing back and piles nothing up.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog

from graph_service.errors import GraphServiceError
from graph_service.model.world import today

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from datetime import date

    from graph_service.store.store import Store
    from graph_service.store.version import DataState

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Moment:
    """What the store holds, and the day (UTC) whose facts count: either may change what is at risk."""

    state: DataState
    day: date


class Changes:
    """The moments of one store."""

    def __init__(self, store: Store, poll_seconds: float) -> None:
        self._store = store
        self._poll_seconds = poll_seconds
        self._latest: Moment | None = None
        self._moved = asyncio.Event()
        self._due = asyncio.Event()
        self._listeners = 0
        self._polling: asyncio.Task[None] | None = None

    async def now(self) -> Moment:
        """Ask the store for the moment that is now."""
        return Moment(await self._store.data_state(), today())

    def look(self) -> None:
        """Look at once: this service has written."""
        self._due.set()

    async def after(self, seen: Moment) -> AsyncGenerator[Moment]:
        """Give the moment that follows `seen`, then those that follow, as they are asked for."""
        self._listeners += 1
        if self._polling is None:
            self._polling = asyncio.create_task(self._poll())
        try:
            while True:
                moved = self._moved
                if self._latest is not None and self._latest != seen:
                    seen = self._latest
                    yield seen
                else:
                    await moved.wait()
        finally:
            self._listeners -= 1
            if self._listeners == 0:
                self._polling.cancel()
                self._polling = self._latest = None

    async def _poll(self) -> None:
        away = False
        while True:
            try:
                moment = await self.now()
            except GraphServiceError as error:
                if not away:
                    log.warning("nobody hears of changes while the store is away", because=str(error))
                away = True
            else:
                away = False
                if moment != self._latest:
                    self._latest = moment
                    moved, self._moved = self._moved, asyncio.Event()
                    moved.set()
            await self._wait()

    async def _wait(self) -> None:
        try:
            async with asyncio.timeout(self._poll_seconds):
                await self._due.wait()
        except TimeoutError:
            pass
        self._due.clear()
