"""A client that leaves: nobody waits for the answer any more, so the work for it stops."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from starlette.requests import Request

WATCHED_AFTER_SECONDS: Final = 0.05
"""What is answered sooner is not worth a task that watches the client."""


class ClientLeft(Exception):
    """The client closed its connection before it had the answer."""


@asynccontextmanager
async def while_client_stays(request: Request) -> AsyncGenerator[None]:
    """Cancel what runs inside when the client leaves, and raise ClientLeft; the body must have been read."""
    work = asyncio.current_task()
    assert work is not None
    watching: list[asyncio.Task[None]] = []
    timer = asyncio.get_running_loop().call_later(
        WATCHED_AFTER_SECONDS, lambda: watching.append(asyncio.create_task(_cancel_when_left(request, work)))
    )
    try:
        yield
    except asyncio.CancelledError:
        left = any(watch.done() for watch in watching)
        if left and work.uncancel() == 0:
            raise ClientLeft from None
        raise
    finally:
        timer.cancel()
        for watch in watching:
            watch.cancel()


async def _cancel_when_left(request: Request, work: asyncio.Task[object]) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
    work.cancel()
