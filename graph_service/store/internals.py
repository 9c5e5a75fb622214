"""Internals: everything that is used of the neo4j driver beside its public interface, by reader.py and readers.py.

The driver is pinned to one version; the contract suite, which reads through these on every engine, tells whoever moves
it what has changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from neo4j._async.io._bolt._common import Response
from neo4j._async.io._pool import AcquisitionAuth, AcquisitionDatabase

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Collection

__all__ = ["AcquisitionAuth", "AcquisitionDatabase", "Bolt", "Bookmarks", "Pool", "Response"]


class Bookmarks(Protocol):
    """AsyncBookmarkManager, whose public methods the driver leaves untyped."""

    async def get_bookmarks(self) -> Collection[str]:
        """Give what the next statement must have heard of."""
        ...

    async def update_bookmarks(self, previous: Collection[str], new: Collection[str], /) -> None:
        """Put new bookmarks in the place of others."""
        ...


class Pool(Protocol):
    """AsyncBoltPool: the connections of a driver, which has it as `_pool`."""

    async def acquire(
        self,
        access_mode: str,
        within_s: float,
        database: AcquisitionDatabase,
        bookmarks: Collection[str],
        auth: AcquisitionAuth,
        liveness_check_timeout: float | None,
        /,
    ) -> Bolt:
        """Hand out a connection that nobody uses, looked at, or a new one."""
        ...

    async def release(self, *connections: Bolt) -> None:
        """Take connections back, reset where they need it."""
        ...

    def kill_and_release(self, *connections: Bolt) -> None:
        """Take connections back, closed."""
        ...


class Bolt(Protocol):
    """AsyncBolt: one connection, in one version of the protocol."""

    PACKER_CLS: Any
    """Used are its `new_packable_buffer`, `_inject_hooks` and `_pack`."""
    UNPACKER_CLS: Any
    """Used are its `new_unpackable_buffer` and `unpack`."""
    responses: Any
    idle_since: float
    socket: Socket

    def new_hydration_scope(self) -> Hooks:
        """Give what makes values of the protocol out of Python's, and the other way round."""
        ...

    async def send_all(self) -> None:
        """Send what was put into the queue."""
        ...

    async def fetch_all(self) -> None:
        """Take the answers to what was sent."""
        ...

    async def _process_message(self, tag: bytes, fields: list[Any], /) -> object:
        """Deal with a message of the server: after a FAILURE, reset the connection and raise its error."""
        ...

    async def _set_defunct_read(self, error: OSError, /) -> None:
        """Close a connection that was lost, and raise the error for it."""
        ...


class Hooks(Protocol):
    """A hydration scope."""

    dehydration_hooks: object
    hydration_hooks: object


class Socket(Protocol):
    """AsyncBoltSocket."""

    _writer: asyncio.StreamWriter

    def at_eof(self) -> bool:
        """Tell whether the server has closed the connection."""
        ...
