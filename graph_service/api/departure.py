"""A client that leaves: nobody waits for the answer any more, so the work for it stops."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from graph_service.store.alarms import Alarms

if TYPE_CHECKING:
    from types import TracebackType

    from starlette.requests import Request

WATCHED_AFTER_SECONDS: Final = 0.05
"""What is answered sooner is not worth a task that watches the client."""


class ClientLeft(Exception):
    """The client closed its connection before it had the answer."""


class Presence:
    """Cancels what runs inside when the client leaves, and raises ClientLeft; the body must have been read."""

    __slots__ = ("_alarm", "_request", "_watch", "_work")

    def __init__(self, request: Request) -> None:
        self._request = request
        self._watch: asyncio.Task[None] | None = None

    def __enter__(self) -> None:
        """Begin to watch, soon."""
        work = asyncio.current_task()
        assert work is not None
        self._work = work
        self._alarm = Alarms.running().set(self, WATCHED_AFTER_SECONDS)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        """Stop to watch."""
        self._alarm.discard(self)
        if self._watch is None:
            return
        left = self._watch.done()
        self._watch.cancel()
        if kind is asyncio.CancelledError and left and self._work.uncancel() == 0:
            raise ClientLeft from None

    def ring(self) -> None:
        """Watch from now on."""
        self._watch = asyncio.create_task(_cancel_when_left(self._request, self._work))


async def _cancel_when_left(request: Request, work: asyncio.Task[object]) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
    work.cancel()
