"""A light HTTP client: keep-alive connections on uvloop that ask one prepared request after the other."""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

import httptools
import orjson

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Iterator, Sequence

    from benchmarks.reads.workloads import Question

OK = 200


class Failed(Exception):
    """A side answered with an error, or left."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a number of clients saw: the seconds of each request, and of all together."""

    latencies_s: Sequence[float]
    elapsed_s: float


class Connection(asyncio.Protocol):
    """One connection; one request at a time."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._answer: asyncio.Future[bytes] | None = None
        self._parser: Any = None
        self._parts: list[bytes] = []

    async def ask(self, request: bytes) -> bytes:
        """Send a request and give the body of the answer. Raises Failed when it is no answer without errors."""
        assert self._transport is not None
        self._parser = httptools.HttpResponseParser(self)
        self._parts = []
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._answer

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(Failed(f"the connection was closed: {exc}"))

    def on_body(self, body: bytes) -> None:
        self._parts.append(body)

    def on_message_complete(self) -> None:
        assert self._answer is not None
        body, status = b"".join(self._parts), self._parser.get_status_code()
        if status != OK or b'"errors":' in body:
            self._answer.set_exception(Failed(f"{status}: {body[:2000].decode(errors='replace')}"))
        else:
            self._answer.set_result(body)


def prepared(url: str, question: Question, *, peer: bool) -> bytes:
    """Write a request for one side, ready to be sent."""
    parts = urlsplit(url)
    query = question.texts.peer if peer else question.texts.ours
    body = orjson.dumps({"query": query, "variables": question.variables})
    head = (
        f"POST {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Type: application/json\r\n"
        f"Accept: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


@asynccontextmanager
async def connections(url: str, clients: int) -> AsyncGenerator[Sequence[Connection]]:
    """Open as many connections as there are clients. Raises Failed where nothing listens."""
    parts = urlsplit(url)
    assert parts.hostname is not None
    assert parts.port is not None
    loop = asyncio.get_running_loop()
    try:
        opened = [(await loop.create_connection(Connection, parts.hostname, parts.port))[1] for _ in range(clients)]
    except OSError as error:
        raise Failed(f"nothing answers at {url}: {error}") from error
    try:
        yield opened
    finally:
        for connection in opened:
            connection.close()


async def ask_for(opened: Sequence[Connection], requests: Iterator[bytes], seconds: float) -> Asked:
    """Let every connection ask, each its next request as soon as its last is answered, for so many seconds."""
    latencies: list[float] = []
    begin = time.perf_counter()
    end = begin + seconds

    async def client(connection: Connection) -> None:
        for request in requests:
            sent = time.perf_counter()
            await connection.ask(request)
            now = time.perf_counter()
            latencies.append(now - sent)
            if now >= end:
                return

    await asyncio.gather(*map(client, opened))
    return Asked(latencies, time.perf_counter() - begin)
