"""The store: reads, writes and the data version, the same on every engine."""

from __future__ import annotations

import asyncio
import random
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Final, LiteralString, Protocol, TypeVar, cast

from neo4j import Query
from neo4j.exceptions import DriverError, Neo4jError

from graph_service.errors import StatementRefused
from graph_service.store.address import Engine, FixedAddress
from graph_service.store.deadline import Deadline
from graph_service.store.drivers import Drivers
from graph_service.store.queries import SCHEMA, Access, QueryLibrary
from graph_service.store.transaction import WriteTransaction
from graph_service.store.translate import bolt_spoken, doubts_address, repeats_allowed, translated
from graph_service.store.values import native_rows
from graph_service.store.version import data_state_from, data_version_from

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping

    from graph_service.store.address import Address, AddressSource
    from graph_service.store.drivers import Connection
    from graph_service.store.limits import StoreLimits
    from graph_service.store.values import Row
    from graph_service.store.version import DataState, DataVersion

T = TypeVar("T")
Taker = TypeVar("Taker", bound="Taking")

READ_REPEATS: Final = 2
WRITE_REPEATS: Final = 10
"""With their pauses about 13 seconds: a server restarts or elects a leader within that."""
FIRST_PAUSE_SECONDS: Final = 0.1
LONGEST_PAUSE_SECONDS: Final = 2.0
LATE: Final = "the store did not answer within {:g} s"


class Taking(Protocol):
    """What takes the records of one attempt, one by one."""

    def take(self, row: Row) -> None:
        """Take the values of the next record."""


class Store:
    """A graph database behind Bolt.

    Every method raises StoreUnavailable, DeadlineExceeded or StatementRefused; no error and no type of the driver
    leaves. A store opens without a connection: the first statement makes one.
    """

    def __init__(self, source: AddressSource, limits: StoreLimits, queries: QueryLibrary) -> None:
        self.engine: Engine = source.engine
        self._limits = limits
        self._queries = queries
        self._drivers = Drivers(source, limits)
        # Whoever finds all connections in use waits here, to its deadline; the driver would give up sooner.
        places = limits.connections_max - limits.kept_max
        self._places = asyncio.Semaphore(places)
        # The embedded engine refuses one of two transactions that change the same page, so writers take turns there.
        self._turns = asyncio.Semaphore(1 if source.engine is Engine.EMBEDDED else places)

    @classmethod
    @asynccontextmanager
    async def open(cls, address: Address, limits: StoreLimits) -> AsyncGenerator[Store]:
        """Open the store at an address that does not change."""
        async with cls.over(FixedAddress(address), limits) as store:
            yield store

    @classmethod
    @asynccontextmanager
    async def over(
        cls, source: AddressSource, limits: StoreLimits, queries: QueryLibrary | None = None
    ) -> AsyncGenerator[Store]:
        """Open the store at whatever address `source` gives, with the statements of cypher/."""
        store = cls(source, limits, queries or QueryLibrary())
        try:
            yield store
        finally:
            await store._drivers.close()

    async def read(
        self,
        name: str,
        parameters: Mapping[str, object] | None = None,
        *,
        timeout_s: float | None = None,
        as_sent: bool = False,
    ) -> list[Row]:
        """Run a reading statement of cypher/ with `parameters` as its `$p`; give its rows.

        With `as_sent` nobody walks over the values: for statements that return nothing but scalars and lists of them.
        """
        statement = self._queries.statement(name, self.engine)
        if statement.access is not Access.READ:
            raise StatementRefused(f"{name} has access {statement.access.value}, which a read does not run")
        return await self._read(statement.text, parameters, timeout_s, as_sent=as_sent)

    async def read_text(
        self,
        text: str,
        parameters: Mapping[str, object] | None = None,
        *,
        timeout_s: float | None = None,
        as_sent: bool = False,
    ) -> list[Row]:
        """Run a statement that reads/ compiled from the model's own names, with `parameters` as its `$p`.

        With `as_sent` nobody walks over the values: for statements without dates, whose reader checks each value.
        """
        # A statement is literal text; a compiled one holds no value of a client, which snapshots show.
        return await self._read(cast("LiteralString", text), parameters, timeout_s, as_sent=as_sent)

    async def read_each(
        self, text: str, parameters: Mapping[str, object], begin: Callable[[], Taker], *, as_sent: bool = False
    ) -> Taker:
        """Run a statement as `read_text` does, and have its records taken one by one, while the database makes more.

        An attempt that is made again begins with a new `begin()`; what taking raises ends the statement.
        """
        seconds = self._limits.read_timeout_s

        async def attempt(connection: Connection) -> Taker:
            taker = begin()

            def take(records: list[list[Any]]) -> None:
                while records:  # none is kept, so that the next one finds the memory free, and still in the cache
                    record = records.pop(0)
                    taker.take(record if as_sent else native_rows([record])[0])

            await connection.readers.read(cast("LiteralString", text), parameters, seconds, take)
            return taker

        with Deadline(seconds, LATE):
            return await self._repeated(attempt, READ_REPEATS, seconds)

    async def write(
        self,
        work: Callable[[WriteTransaction], Awaitable[T]],
        *,
        moves_version: bool = True,
        timeout_s: float | None = None,
    ) -> T:
        """Do `work` in one transaction that is kept whole or not at all, and move the data version with it.

        A transaction that lost its connection or a race is done again, so `work` must be repeatable, and it lets
        pass what its statements raise. Whether a commit that lost its connection was kept is not known: that is
        never repeated here, and said.
        """
        seconds = self._limits.write_timeout_s if timeout_s is None else timeout_s

        async def attempt(connection: Connection) -> T:
            address = connection.address
            async with connection.session(Access.WRITE) as session:
                with bolt_spoken(address):
                    opened = await session.begin_transaction(timeout=seconds)
                async with opened:
                    transaction = WriteTransaction(opened, self._queries, address)
                    done = await work(transaction)
                    if moves_version:
                        await transaction.move_version()
                    with bolt_spoken(address):
                        await opened.commit()
            return done

        with Deadline(seconds, LATE):
            async with self._turns:
                return await self._repeated(attempt, WRITE_REPEATS, seconds)

    async def data_version(self) -> DataVersion:
        """Read which state of the facts the store holds; one cheap read."""
        return data_version_from(await self.read("read/data_version"))

    async def data_state(self) -> DataState:
        """Read the data version with what changed last and when; one cheap read."""
        return data_state_from(await self.read("read/data_state"))

    async def prepare(self) -> None:
        """Make the constraints and indexes of cypher/schema, each in its own transaction; leave alone what exists."""
        seconds = self._limits.write_timeout_s
        for name in self._queries.names(SCHEMA):
            query = Query(self._queries.statement(name, self.engine).text, timeout=seconds)

            async def attempt(connection: Connection, query: Query = query) -> None:
                async with connection.session(Access.SCHEMA) as session:
                    with bolt_spoken(connection.address):
                        await (await session.run(query)).consume()

            with Deadline(seconds, LATE):
                await self._repeated(attempt, WRITE_REPEATS, seconds)

    async def begin_import(self, note: str) -> None:
        """Mark that an import in several transactions is under way; `note` says which, and everybody is shown it."""
        await self.write(lambda transaction: transaction.run("write/import_begun", {"note": note}))

    async def end_import(self) -> None:
        """Take the mark of an import away."""
        await self.write(lambda transaction: transaction.run("write/import_ended"))

    async def _read(
        self,
        text: LiteralString,
        parameters: Mapping[str, object] | None,
        timeout_s: float | None,
        *,
        as_sent: bool = False,
    ) -> list[Row]:
        seconds = self._limits.read_timeout_s if timeout_s is None else timeout_s

        async def attempt(connection: Connection) -> list[list[Any]]:
            # An auto-commit read takes one round trip where a managed one takes three; nothing has reached the
            # caller before it is complete, so that it may be repeated.
            records: list[list[Any]] = []
            await connection.readers.read(text, parameters or {}, seconds, records.extend)
            return records

        with Deadline(seconds, LATE):
            records = await self._repeated(attempt, READ_REPEATS, seconds)
        return cast("list[Row]", records) if as_sent else native_rows(records)

    async def _repeated(self, attempt: Callable[[Connection], Awaitable[T]], repeats_max: int, seconds: float) -> T:
        """Make an attempt until it succeeds, its error says that another one is no use, or there is no time for it."""
        ends = time.monotonic() + seconds
        repeats = 0
        while True:
            async with self._places:
                connection = await self._drivers.current()
                try:
                    return await attempt(connection)
                except (DriverError, Neo4jError) as error:
                    if doubts_address(error):
                        self._drivers.lost(connection.address)
                    pause = _pause(repeats)
                    allowed = repeats_allowed(error, connection.address.engine, repeats_max)
                    if repeats >= allowed or time.monotonic() + pause > ends:
                        raise translated(error, connection.address) from error
            await asyncio.sleep(pause)
            repeats += 1


def _pause(repeats: int) -> float:
    longest = min(FIRST_PAUSE_SECONDS * 2**repeats, LONGEST_PAUSE_SECONDS)
    return longest * random.uniform(0.8, 1.2)  # noqa: S311  # spreads writers, keeps no secret
