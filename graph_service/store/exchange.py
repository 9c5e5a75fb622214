"""Exchanges: one reading statement and its answer, on a connection of the driver.

The driver opens connections, keeps them, tries them, routes, encrypts and makes errors. What its sessions and results
do around the messages of a read costs four times what the messages cost, so these are written and read here. Everything
that is used of the driver beside its public interface stands in this module; the driver's version is pinned, and the
contract suite reads through here on every engine.
"""

# pyright: reportPrivateUsage=false

from __future__ import annotations

import time
import warnings
from typing import TYPE_CHECKING, Any, Final, LiteralString, Protocol, cast

from neo4j import READ_ACCESS
from neo4j._async.io._bolt._common import Response
from neo4j._async.io._pool import AcquisitionAuth, AcquisitionDatabase
from neo4j.exceptions import Neo4jError

from graph_service.store.messages import FAILURE, PULL_ALL, RUN, Answer, chunked
from graph_service.store.translate import bolt_spoken

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Collection, Mapping

    from graph_service.store.drivers import Connection

RECEIVED_BYTES_MAX: Final = 65_536
NO_AUTH: Final = AcquisitionAuth(None)
"""The driver's own user."""


async def exchange(
    connection: Connection,
    text: LiteralString,
    parameters: Mapping[str, object],
    seconds: float,
    take: Callable[[list[list[Any]]], None],
) -> None:
    """Run a statement that reads, for so many seconds at most; `take` gets its records in lists, as they arrive.

    Raises the driver's errors, and StoreUnavailable where the other side does not speak Bolt. Whatever else ends it,
    `take` included, ends the connection too, and with it the statement.
    """
    address = connection.address
    known = cast("_Bookmarks | None", connection.bookmarks)  # pyright: ignore[reportUnknownMemberType]
    bookmarks = await known.get_bookmarks() if known else ()
    options: dict[str, object] = {"mode": "r", "db": address.database, "tx_timeout": max(1, round(seconds * 1000))}
    if bookmarks:
        options["bookmarks"] = list(bookmarks)

    pool = cast("_Pool", connection.driver._pool)
    database = AcquisitionDatabase(address.database)
    with bolt_spoken(address):
        bolt = await pool.acquire(READ_ACCESS, connection.opens_within_s, database, bookmarks, NO_AUTH, None)
    try:
        hooks = bolt.new_hydration_scope()
        answer = Answer(_unpacking(bolt, hooks))
        with bolt_spoken(address):
            await _send(bolt, _packed(bolt, hooks, (text, {"p": parameters}, options)))
        while not answer.complete:
            with bolt_spoken(address):
                rows = answer.rows(await _received(bolt))
            take(rows)
        bolt.idle_since = time.monotonic()
        if answer.failure is not None:
            await _fail(bolt, answer.failure)
    except Neo4jError:
        await pool.release(bolt)
        raise
    except BaseException:
        pool.kill_and_release(bolt)
        raise
    await pool.release(bolt)

    if known and "bookmark" in answer.summary:
        await known.update_bookmarks(bookmarks, [answer.summary["bookmark"]])
    if connection.warns:
        _warn(answer.summary)


def _packed(bolt: _Bolt, hooks: _Hooks, fields: tuple[object, ...]) -> bytes:
    buffer = bolt.PACKER_CLS.new_packable_buffer()
    bolt.PACKER_CLS(buffer).pack_struct(RUN, fields, hooks.dehydration_hooks)
    return chunked(buffer.data) + PULL_ALL


def _unpacking(bolt: _Bolt, hooks: _Hooks) -> Callable[[bytearray, int], Any]:
    buffer = bolt.UNPACKER_CLS.new_unpackable_buffer()
    unpack, hydration = bolt.UNPACKER_CLS(buffer).unpack, hooks.hydration_hooks

    def unpacking(message: bytearray, begin: int) -> Any:
        buffer.data, buffer.p, buffer.used = message, begin, len(message)
        return unpack(hydration)

    return unpacking


async def _send(bolt: _Bolt, message: bytes) -> None:
    if bolt.responses:  # the driver has put a new logon before whatever comes next
        await bolt.send_all()
        await bolt.fetch_all()
    bolt.socket._writer.write(message)


async def _received(bolt: _Bolt) -> bytes:
    try:
        received = await bolt.socket._reader.read(RECEIVED_BYTES_MAX)
    except OSError as error:
        await bolt._set_defunct_read(error)
        raise
    if not received:
        await bolt._set_defunct_read(OSError("the connection was closed"))
    return received


async def _fail(bolt: _Bolt, failure: dict[str, Any]) -> None:
    """Have the driver raise its error for a FAILURE, which resets the connection."""
    bolt.responses.append(Response(bolt, "pull", None))
    await bolt._process_message(FAILURE.to_bytes(), [failure])


def _warn(summary: dict[str, Any]) -> None:
    for status in summary.get("statuses", summary.get("notifications", ())):
        record = status.get("diagnostic_record", {})
        if "WARNING" in (record.get("_severity"), status.get("severity")):
            deprecated = "DEPRECATION" in (record.get("_classification"), status.get("category"))
            warnings.warn(status["description"], DeprecationWarning if deprecated else UserWarning, stacklevel=3)


class _Bookmarks(Protocol):
    async def get_bookmarks(self) -> Collection[str]: ...
    async def update_bookmarks(self, previous: Collection[str], new: Collection[str], /) -> None: ...


class _Hooks(Protocol):
    dehydration_hooks: object
    hydration_hooks: object


class _Pool(Protocol):
    async def acquire(
        self,
        access_mode: str,
        within_s: float,
        database: AcquisitionDatabase,
        bookmarks: Collection[str],
        auth: AcquisitionAuth,
        liveness_check_timeout: float | None,
        /,
    ) -> _Bolt: ...
    async def release(self, *connections: _Bolt) -> None: ...
    def kill_and_release(self, *connections: _Bolt) -> None: ...


class _Bolt(Protocol):
    PACKER_CLS: Any
    UNPACKER_CLS: Any
    responses: Any
    idle_since: float
    socket: _Socket

    def new_hydration_scope(self) -> _Hooks: ...
    async def send_all(self) -> None: ...
    async def fetch_all(self) -> None: ...
    async def _process_message(self, tag: bytes, fields: list[Any], /) -> object: ...
    async def _set_defunct_read(self, error: OSError, /) -> None: ...


class _Socket(Protocol):
    _reader: asyncio.StreamReader
    _writer: asyncio.StreamWriter
