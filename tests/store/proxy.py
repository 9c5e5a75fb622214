"""A wire between a driver and a database that can be cut, held and mended."""

from __future__ import annotations

import asyncio
import ssl
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import trustme

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable

    from graph_service.store.address import Address

COMMIT = b"\xb0\x12"
"""The Bolt message COMMIT."""


def _certified() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    return context


class Proxy:
    """Passes bytes on, until told otherwise."""

    def __init__(self, target: Address) -> None:
        self._target = urlsplit(target.uri)
        self._wires: set[asyncio.Task[None]] = set()
        self._cut_at: Callable[[bytes], bool] | None = None
        self.address = target
        self.silent = False
        self.connections = 0

    @classmethod
    @asynccontextmanager
    async def to(cls, target: Address, *, encrypted: bool = False) -> AsyncGenerator[Proxy]:
        """Listen on a free port of loopback for as long as the block lasts; `encrypted`: over TLS to the driver."""
        proxy = cls(target)
        server = await asyncio.start_server(proxy._connect, "127.0.0.1", 0, ssl=_certified() if encrypted else None)
        port = server.sockets[0].getsockname()[1]
        proxy.address = replace(target, uri=f"{'bolt+ssc' if encrypted else 'bolt'}://127.0.0.1:{port}")
        try:
            yield proxy
        finally:
            server.close()
            proxy.cut()
            await asyncio.gather(*proxy._wires, return_exceptions=True)

    def cut(self) -> None:
        """Break every connection there is; new ones are fine."""
        for wire in self._wires:
            wire.cancel()

    def cut_once_at(self, holds: Callable[[bytes], bool]) -> None:
        """Break the connection whose client next sends bytes that `holds` accepts, after they were passed on."""
        self._cut_at = holds

    async def _connect(self, client: asyncio.StreamReader, to_client: asyncio.StreamWriter) -> None:
        wire = asyncio.current_task()
        assert wire is not None
        self._wires.add(wire)
        self.connections += 1
        server, to_server = await asyncio.open_connection(self._target.hostname, self._target.port)
        try:
            async with asyncio.TaskGroup() as both:
                both.create_task(self._pass_on(client, to_server, watched=True))
                both.create_task(self._pass_on(server, to_client, watched=False))
        except* (ConnectionError, asyncio.CancelledError):
            pass
        finally:
            self._wires.discard(wire)
            for end in (to_client, to_server):
                end.close()
                with suppress(OSError):
                    await end.wait_closed()

    async def _pass_on(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, *, watched: bool) -> None:
        while data := await source.read(65_536):
            if self.silent:
                continue
            sink.write(data)
            await sink.drain()
            if watched and self._cut_at is not None and self._cut_at(data):
                self._cut_at = None
                self.silent = True
                await asyncio.sleep(0.2)  # the database does what it was asked, and nobody hears of it
                self.silent = False
                raise ConnectionAbortedError
        raise ConnectionResetError
