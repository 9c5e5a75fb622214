"""Joining: the engine of a data directory is run by one process and used by many.

Who holds the owner lock runs the engine and says in the endpoint file where it answers; everybody else joins it
there. An owner whose engine ends starts it again. When an owner ends, its engine ends with it, and the next
statement of a process that had joined makes that process the owner, or joins the new one.
"""

from __future__ import annotations

import asyncio
import logging
import os
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Final

from filelock import FileLock, Timeout

from graph_service.errors import EngineNotStarted, StoreUnavailable
from graph_service.store.address import Engine
from graph_service.store.data_directory import PRIVATE_FILE, Endpoint
from graph_service.store.drivers import answers
from graph_service.store.engine import start_engine

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from graph_service.store.address import Address
    from graph_service.store.data_directory import DataDirectory
    from graph_service.store.engine import EmbeddedEngine, EngineOptions

log = logging.getLogger(__name__)

LOOK_SECONDS: Final = 0.1
"""How often a process that waits for another one's engine looks again."""
JOIN_SECONDS: Final = 3
RESTART_PAUSE_SECONDS: Final = 5


class SharedEngine:
    """The embedded engine of one data directory: our own, or the one that another process runs."""

    engine: Engine = Engine.EMBEDDED

    def __init__(self, place: DataDirectory, options: EngineOptions) -> None:
        self._place = place
        self._options = options
        self._lock = FileLock(place.owner_lock, mode=PRIVATE_FILE)
        self._own: EmbeddedEngine | None = None
        self._joined: Address | None = None
        self._search: asyncio.Task[Address] | None = None
        self._watch: asyncio.Task[None] | None = None

    @classmethod
    @asynccontextmanager
    async def open(cls, place: DataDirectory, options: EngineOptions) -> AsyncGenerator[SharedEngine]:
        """Start or join the engine; stops it at the end if it is ours. Raises EngineNotStarted."""
        place.make()
        shared = cls(place, options)
        try:
            await shared.address()
            yield shared
        finally:
            await shared._close()

    @property
    def own(self) -> EmbeddedEngine | None:
        """The engine, where this process runs it."""
        return self._own

    async def address(self) -> Address:
        """Give the engine's address; starts or joins an engine where there is none any more."""
        if self._own is not None and self._own.running:
            return self._own.address
        if self._joined is not None:
            return self._joined
        if self._search is None or self._search.done():
            self._search = asyncio.create_task(self._found())
            self._search.add_done_callback(_heard)
        # A caller that gives up must not stop the search that others wait for.
        return await asyncio.shield(self._search)

    def lost(self, address: Address) -> None:
        """Forget the engine of another process that does not answer; our own is watched already."""
        if self._joined == address:
            self._joined = None

    async def _found(self) -> Address:
        try:
            async with asyncio.timeout(self._options.start_timeout_s):
                while not self._locked():
                    endpoint = self._place.endpoint()
                    if endpoint is not None and await answers(endpoint.address, JOIN_SECONDS):
                        self._joined = endpoint.address
                        return endpoint.address
                    await asyncio.sleep(LOOK_SECONDS)
        except TimeoutError as error:
            endpoint = self._place.endpoint()
            owner = "another process" if endpoint is None else f"process {endpoint.owner}"
            raise EngineNotStarted(
                f"{owner} uses the data directory {self._place.root}, but its engine did not answer "
                f"within {self._options.start_timeout_s:g} s"
            ) from error
        return await self._started()

    async def _started(self) -> Address:
        """Start our own engine; we hold the owner lock."""
        self._own = None
        try:
            self._place.unsay_endpoint()
            self._own = await start_engine(self._place, self._options)
            self._place.say_endpoint(Endpoint(self._own.port, self._own.address.password, os.getpid()))
        except StoreUnavailable:
            if self._own is not None:  # nobody would find it
                await self._own.stop()
            self._lock.release()
            raise
        self._watch = asyncio.create_task(self._restarted_when_ended(self._own))
        return self._own.address

    async def _restarted_when_ended(self, engine: EmbeddedEngine) -> None:
        status = await engine.ended()
        log.warning("the embedded engine of %s ended with status %s; it is started again", self._place.root, status)
        while True:
            try:
                await self.address()
            except StoreUnavailable as error:
                log.error("%s", error)  # noqa: TRY400  # the line says it all
                await asyncio.sleep(RESTART_PAUSE_SECONDS)
            else:
                return

    def _locked(self) -> bool:
        if self._lock.is_locked:  # since our own engine ended
            return True
        with self._place.usable():
            try:
                self._lock.acquire(blocking=False)
            except Timeout:
                return False
        return True

    async def _close(self) -> None:
        for task in (self._watch, self._search):
            if task is not None:
                task.cancel()
                with suppress(asyncio.CancelledError, StoreUnavailable):
                    await task
        try:
            if self._own is not None:
                self._place.unsay_endpoint()
        finally:
            if self._own is not None:
                await self._own.stop()
            self._lock.release()


def _heard(search: asyncio.Task[Address]) -> None:
    """Take note of how a search ended: everybody who waited for it may have given up."""
    if not search.cancelled():
        search.exception()
