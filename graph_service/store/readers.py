"""Readers: the connections of one driver that carry reads, kept for a moment from one read to the next.

A connection that the driver hands out was looked at: whether it lives, how old it is, as whom it is logged on. That
takes a third as long as a look-up's messages, so a few connections are kept for up to a second after it.
"""

# pyright: reportPrivateUsage=false

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, Final, LiteralString, cast

from neo4j import READ_ACCESS
from neo4j.exceptions import Neo4jError

from graph_service.store.internals import AcquisitionAuth, AcquisitionDatabase
from graph_service.store.reader import Reader
from graph_service.store.translate import bolt_spoken

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from neo4j import AsyncDriver
    from neo4j.api import AsyncBookmarkManager

    from graph_service.store.address import Address
    from graph_service.store.internals import Bookmarks, Pool
    from graph_service.store.limits import StoreLimits
    from graph_service.store.reader import Take

DRIVERS_OWN: Final = AcquisitionAuth(None)
"""The user that the driver was made with."""


class Readers:
    """The readers of one driver."""

    def __init__(
        self,
        address: Address,
        driver: AsyncDriver,
        bookmarks: AsyncBookmarkManager | None,
        limits: StoreLimits,
        opens_within_s: float,
    ) -> None:
        self._address = address
        self._pool = cast("Pool", driver._pool)
        self._bookmarks = cast("Bookmarks | None", bookmarks)
        self._database = AcquisitionDatabase(address.database)
        self._opens_within_s = opens_within_s
        self._limits = limits
        self._kept: list[Reader] = []

    async def read(self, text: LiteralString, parameters: Mapping[str, object], seconds: float, take: Take) -> None:
        """Run a statement that reads, for so many seconds at most; `take` gets its records in lists, as they arrive.

        Raises the driver's errors, and StoreUnavailable where the other side does not speak Bolt. Whatever else ends
        the statement, what `take` raises included, ends the connection too, so that the database stops.
        """
        known = frozenset(await self._bookmarks.get_bookmarks()) if self._bookmarks else frozenset[str]()
        reader = await self._free(known)
        try:
            summary = await reader.read(text, parameters, seconds, known, take)
        except Neo4jError:
            await self._pool.release(reader.bolt)
            raise
        except BaseException:
            self._pool.kill_and_release(reader.bolt)
            raise
        if len(self._kept) < self._limits.kept_max:
            self._kept.append(reader)
        else:
            await self._give_back(reader)
        if self._bookmarks and "bookmark" in summary:
            await self._bookmarks.update_bookmarks(known, [summary["bookmark"]])
        if self._limits.warns:
            _warn(summary)

    async def _free(self, bookmarks: Collection[str]) -> Reader:
        """Give the reader that was used last, or a new one."""
        while self._kept:
            reader = self._kept.pop()
            if reader.trusted:
                return reader
            await self._give_back(reader)
        with bolt_spoken(self._address):
            bolt = await self._pool.acquire(
                READ_ACCESS, self._opens_within_s, self._database, bookmarks, DRIVERS_OWN, None
            )
            try:
                if bolt.responses:  # the driver has put a new logon before whatever comes next
                    await bolt.send_all()
                    await bolt.fetch_all()
            except BaseException:
                self._pool.kill_and_release(bolt)
                raise
        return Reader(bolt, self._address)

    async def _give_back(self, reader: Reader) -> None:
        reader.leave()
        if reader.lost:
            self._pool.kill_and_release(reader.bolt)
        else:
            await self._pool.release(reader.bolt)


def _warn(summary: dict[str, Any]) -> None:
    for status in summary.get("statuses", summary.get("notifications", ())):
        record = status.get("diagnostic_record", {})
        if "WARNING" in (record.get("_severity"), status.get("severity")):
            deprecated = "DEPRECATION" in (record.get("_classification"), status.get("category"))
            warnings.warn(status["description"], DeprecationWarning if deprecated else UserWarning, stacklevel=3)
