"""Hostile requests: how long each is worked on until it is refused, and what a look-up beside it waits."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import orjson

from benchmarks.reads.client import Connection, connections, prepared
from benchmarks.reads.workloads import look_up

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from benchmarks.reads.sides import Side

TIMES: Final = 10
PAUSE_S: Final = 0.1
"""Between hostile requests, so that look-ups show what is usual, too."""
LEVELS: Final = 30


def _bomb() -> str:
    """Write fragments that double at each of their levels: a billion fields in some hundred bytes."""
    doubling = "".join(f"fragment F{level} on Query{{...F{level + 1}...F{level + 1}}}" for level in range(LEVELS))
    return f"{{...F0}}{doubling}fragment F{LEVELS} on Query{{nations{{totalCount}}}}"


def _body(query: str) -> bytes:
    return orjson.dumps({"query": query})


HOSTILE: Final[Mapping[str, bytes]] = {
    "fragments that double 30 times": _body(_bomb()),
    "1 MB of fields": _body(f'{{ nation(iso: "fra") {{ {"name " * 195_000}}} }}'),
    "JSON 100,000 deep": b'{"query": "{ __typename }", "variables": {"deep": %b%b}}' % (b"[" * 100_000, b"]" * 100_000),
}


@dataclass(frozen=True, slots=True)
class Refused:
    """A hostile request: its bytes, the longest until it was refused, the slowest look-up that was beside one."""

    name: str
    size: int
    status: int
    longest_ms: float
    slowest_look_up_ms: float


async def refused(ours: Side) -> Sequence[Refused]:
    """Send each hostile request some times while another client looks up one component after the other."""
    async with connections(ours.url, 1) as (connection,):
        await _slowest(connection, ours, asyncio.create_task(asyncio.sleep(1)))
        return [await _refused(connection, ours, name, body) for name, body in HOSTILE.items()]


async def _refused(connection: Connection, ours: Side, name: str, body: bytes) -> Refused:
    status, longest_s, slowest_s = 0, 0.0, 0.0
    for _ in range(TIMES):
        sending = asyncio.create_task(_send(ours.url, body))
        slowest_s = max(slowest_s, await _slowest(connection, ours, sending))
        status, seconds = await sending
        longest_s = max(longest_s, seconds)
        await asyncio.sleep(PAUSE_S)
    return Refused(name, len(body), status, longest_s * 1000, slowest_s * 1000)


async def _slowest(connection: Connection, ours: Side, work: asyncio.Task[Any]) -> float:
    """Look up until `work` is done; give the longest wait in seconds."""
    number, slowest_s = 0, 0.0
    while not work.done():
        number += 1
        begin = time.perf_counter()
        await connection.ask(prepared(ours.url, look_up(number), peer=False))
        slowest_s = max(slowest_s, time.perf_counter() - begin)
    return slowest_s


async def _send(url: str, body: bytes) -> tuple[int, float]:
    """Send a request that may be refused; give the status and the seconds until the answer was there."""
    parts = urlsplit(url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    head = (
        f"POST {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Type: application/json\r\n"
        f"Accept: application/graphql-response+json\r\nConnection: close\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    begin = time.perf_counter()
    writer.write(head.encode() + body)
    answer = await reader.read(-1)
    seconds = time.perf_counter() - begin
    writer.close()
    await writer.wait_closed()
    return int(answer.split(b" ", 2)[1]), seconds
