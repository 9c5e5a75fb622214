"""Reader: a connection of the driver that carries reads, one statement and its answer at a time.

The driver opens connections, routes, encrypts, logs on and makes errors. What its sessions and results do around the
messages of a read costs four times what the messages cost, so these are written and read here.
"""

# pyright: reportPrivateUsage=false

from __future__ import annotations

import asyncio
import time
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, LiteralString, cast

from graph_service.store.internals import Response
from graph_service.store.messages import FAILURE, PULL_ALL, RUN, Answer, chunked
from graph_service.store.translate import LEAKED, bolt_spoken, translated

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from graph_service.store.address import Address
    from graph_service.store.internals import Bolt

    Take = Callable[[list[list[Any]]], None]
    """Takes the records that have arrived; what it raises ends the statement."""

TRUSTED_SECONDS: Final = 1.0
"""So long a connection needs no other look of the driver."""


class Reader(asyncio.Protocol):
    """A connection of the driver, from whose reading end it takes what arrives until it leaves."""

    def __init__(self, bolt: Bolt, address: Address) -> None:
        """Take over a connection that the driver has just handed out."""
        self.bolt = bolt
        self._address = address
        self._trusted_until = time.monotonic() + TRUSTED_SECONDS
        hydration = bolt.new_hydration_scope()
        self._packing = bolt.PACKER_CLS, bolt.PACKER_CLS._inject_hooks(hydration.dehydration_hooks)
        self._unpack = _unpacking(bolt, hydration.hydration_hooks)
        self.lost = bolt.socket.at_eof()
        self._unread = bytearray()
        self._answer: Answer | None = None
        self._take: Take
        self._end: asyncio.Future[None]
        self._loop = asyncio.get_running_loop()
        self._transport = cast("asyncio.Transport", bolt.socket._writer.transport)
        self._drivers = cast("asyncio.Protocol", self._transport.get_protocol())
        self._transport.set_protocol(self)

    @property
    def trusted(self) -> bool:
        """Whether the connection can be used without another look of the driver."""
        return not self.lost and time.monotonic() < self._trusted_until

    def leave(self) -> None:
        """Let the driver take what arrives from now on."""
        self._transport.set_protocol(self._drivers)
        if self._unread:
            self._drivers.data_received(bytes(self._unread))

    async def read(
        self,
        text: LiteralString,
        parameters: Mapping[str, object],
        seconds: float,
        bookmarks: frozenset[str],
        take: Take,
    ) -> dict[str, Any]:
        """Run a statement and give its summary. After an error of the database the reader has left."""
        packer, hooks = self._packing
        with bolt_spoken(self._address):
            values = _packed(packer, {"p": parameters}, hooks)
        options = _options(packer, self._address.database, seconds, bookmarks)
        message = chunked(RUN + _text(packer, text) + values + options) + PULL_ALL
        self._answer = answer = Answer(self._unpack, self._unread)
        self._take, self._end = take, self._loop.create_future()
        try:
            if self.lost:
                raise _closed()
            self._transport.write(message)
            await self._end
        except OSError as error:
            await self.bolt._set_defunct_read(error)
            raise
        finally:
            self._answer = None
        self.bolt.idle_since = time.monotonic()
        if answer.failure is not None:
            self.leave()
            # the driver raises its error for it, and resets the connection
            self.bolt.responses.append(Response(self.bolt, "pull", None))
            await self.bolt._process_message(FAILURE.to_bytes(), [answer.failure])
        return answer.summary

    def data_received(self, data: bytes) -> None:
        """Pass records on, and end with the answer."""
        answer = self._answer
        if answer is None:
            self._unread += data
            return
        if self._end.done():
            return
        try:
            rows = answer.rows(data)
        except LEAKED as error:
            self._end.set_exception(translated(error, self._address))
            return
        try:
            if rows:
                self._take(rows)
        except Exception as error:  # noqa: BLE001 - it is raised where the statement was begun
            self._end.set_exception(error)
            return
        if answer.complete:
            self._end.set_result(None)

    def connection_lost(self, exc: Exception | None) -> None:
        """End without an answer."""
        self.lost = True
        if self._answer is not None and not self._end.done():
            self._end.set_exception(exc if isinstance(exc, OSError) else _closed())
        self._drivers.connection_lost(exc)


def _closed() -> OSError:
    return OSError("the connection was closed")


def _unpacking(bolt: Bolt, hooks: object) -> Callable[[bytearray, int], Any]:
    buffer = bolt.UNPACKER_CLS.new_unpackable_buffer()
    unpack = bolt.UNPACKER_CLS(buffer).unpack

    def unpacking(message: bytearray, begin: int) -> Any:
        buffer.data, buffer.p, buffer.used = message, begin, len(message)
        return unpack(hooks)

    return unpacking


def _packed(packer: Any, value: object, hooks: object = None) -> bytes:
    buffer = packer.new_packable_buffer()
    packer(buffer)._pack(value, hooks)
    return bytes(buffer.data)


@lru_cache(maxsize=1_000)
def _text(packer: Any, text: str) -> bytes:
    return _packed(packer, text)


@lru_cache(maxsize=100)
def _options(packer: Any, database: str, seconds: float, bookmarks: frozenset[str]) -> bytes:
    options = {"mode": "r", "db": database, "tx_timeout": max(1, round(seconds * 1000))}
    return _packed(packer, options | ({"bookmarks": sorted(bookmarks)} if bookmarks else {}))
