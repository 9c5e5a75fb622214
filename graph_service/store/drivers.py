"""Drivers: one open Neo4j driver, for the address that is valid now."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from neo4j import (
    READ_ACCESS,
    WRITE_ACCESS,
    AsyncGraphDatabase,
    NotificationDisabledClassification,
    NotificationMinimumSeverity,
)
from neo4j.exceptions import DriverError, Neo4jError

from graph_service.errors import StoreUnavailable
from graph_service.store.limits import StoreLimits
from graph_service.store.queries import Access
from graph_service.store.readers import Readers
from graph_service.store.translate import LEAKED, translated

if TYPE_CHECKING:
    from neo4j import AsyncDriver, AsyncSession
    from neo4j.api import AsyncBookmarkManager

    from graph_service.store.address import Address, AddressSource

ROUTED: Final = "neo4j"
USER_AGENT: Final = "graph-service"
IDLE_SECONDS_TRUSTED: Final = 30
"""A connection idle for longer is tried before it carries a statement: firewalls drop such without a word."""

# What the driver would print of a lost connection, this store says as an error; whoever sets logging up still sees it.
logging.getLogger("neo4j").addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True)
class Connection:
    """An open driver, its address, and what its sessions know of each other's writes."""

    address: Address
    driver: AsyncDriver
    bookmarks: AsyncBookmarkManager | None
    readers: Readers

    def session(self, access: Access) -> AsyncSession:
        """Open a session for one unit of work; its results come whole, in one message exchange."""
        return self.driver.session(  # pyright: ignore[reportUnknownMemberType]  # the driver leaves its options untyped
            database=self.address.database,  # without a name the driver asks for the home database first
            default_access_mode=READ_ACCESS if access is Access.READ else WRITE_ACCESS,
            fetch_size=-1,
            bookmark_manager=self.bookmarks,  # pyright: ignore[reportUnknownMemberType]  # as above
        )


class Drivers:
    """Keeps one driver open, and replaces it when its address changes."""

    def __init__(self, source: AddressSource, limits: StoreLimits) -> None:
        self._source = source
        self._limits = limits
        self._open: Connection | None = None
        self._closing: set[asyncio.Task[None]] = set()

    async def current(self) -> Connection:
        """Give the connection to the valid address; raises StoreUnavailable where there is none."""
        address = await self._source.address()
        if self._open is not None and self._open.address == address:
            return self._open
        outdated, self._open = self._open, open_connection(address, self._limits)
        if outdated is not None:
            closing = asyncio.create_task(outdated.driver.close())
            self._closing.add(closing)
            closing.add_done_callback(self._closing.discard)
        return self._open

    def lost(self, address: Address) -> None:
        """Pass on that a connection to `address` was lost."""
        self._source.lost(address)

    async def close(self) -> None:
        """Close every connection."""
        await asyncio.gather(*self._closing)
        if self._open is not None:
            await self._open.driver.close()
            self._open = None


def open_connection(address: Address, limits: StoreLimits) -> Connection:
    """Make a driver; it connects with its first statement. Raises StoreUnavailable for an address it cannot use."""
    opens_within_s = limits.connect_timeout_s + 2
    try:
        driver = AsyncGraphDatabase.driver(  # pyright: ignore[reportUnknownMemberType]  # as above
            address.uri,
            auth=(address.username, address.password),
            user_agent=USER_AGENT,
            connection_timeout=limits.connect_timeout_s,
            connection_write_timeout=opens_within_s,
            connection_acquisition_timeout=opens_within_s,
            liveness_check_timeout=IDLE_SECONDS_TRUSTED,
            max_connection_pool_size=limits.connections_max,
            telemetry_disabled=True,
            disable_auto_commit_retries=True,
            # Only deprecations become warnings: on an empty store every statement would name unknown labels.
            warn_notification_severity=NotificationMinimumSeverity.WARNING if limits.warns else None,
            notifications_disabled_classifications=[
                NotificationDisabledClassification.UNRECOGNIZED,
                NotificationDisabledClassification.PERFORMANCE,
                NotificationDisabledClassification.SCHEMA,
                NotificationDisabledClassification.HINT,
            ],
        )
    except (DriverError, ValueError) as error:
        raise translated(error, address) from error
    # In a cluster a read may meet a member that has not heard of our last write: bookmarks make it wait for that.
    bookmarks = AsyncGraphDatabase.bookmark_manager() if address.uri.startswith(ROUTED) else None
    readers = Readers(address, driver, bookmarks, limits, opens_within_s)
    return Connection(address, driver, bookmarks, readers)


async def answers(address: Address, within_s: float) -> bool:
    """Tell whether a database answers at `address` and accepts its user."""
    try:
        connection = open_connection(address, StoreLimits())
        async with asyncio.timeout(within_s), connection.driver, connection.session(Access.READ) as session:
            await (await session.run("RETURN 1")).consume()
    except (StoreUnavailable, DriverError, Neo4jError, *LEAKED):
        return False
    return True
