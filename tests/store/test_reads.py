"""A read is one statement; it is repeated where that helps, and ends with its time."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

import pytest
from uvloop import new_event_loop

from graph_service.errors import DeadlineExceeded, StatementRefused
from graph_service.store.address import Address, FixedAddress
from graph_service.store.queries import QueryLibrary
from graph_service.store.reader import TRUSTED_SECONDS
from graph_service.store.store import Store
from graph_service.store.transaction import WriteTransaction
from tests.engines import LIMITS, empty
from tests.store.proxy import Proxy


async def test_a_compiled_text_takes_its_values_from_one_map(store: Store) -> None:
    rows = await store.read_text("UNWIND $p.ids AS id RETURN id, $p.n AS n ORDER BY id", {"ids": ["b", "a"], "n": 3})

    assert rows == [["a", 3], ["b", 3]]


async def test_a_read_without_rows_is_an_empty_list(store: Store) -> None:
    assert await store.read("test/kept", {"id": "nation:nowhere"}) == []


async def test_a_read_cannot_outlive_its_time(store: Store) -> None:
    with pytest.raises(DeadlineExceeded):
        await store.read("test/endless", timeout_s=0.5)

    assert await store.read("test/count") == [[0]]


async def test_a_read_that_gets_no_answer_ends_with_its_time(wired_store: Store, proxy: Proxy) -> None:
    assert await wired_store.read("test/count") == [[0]]
    proxy.silent = True

    with pytest.raises(DeadlineExceeded, match=r"did not answer within 0\.5 s"):
        await wired_store.read("test/count", timeout_s=0.5)


async def test_a_store_answers_again_after_a_silence(wired_store: Store, proxy: Proxy) -> None:
    proxy.silent = True
    with pytest.raises(DeadlineExceeded):
        await wired_store.read("test/count", timeout_s=0.5)
    proxy.silent = False

    assert await wired_store.read("test/count") == [[0]]


async def test_a_read_whose_connection_breaks_is_repeated(wired_store: Store, proxy: Proxy) -> None:
    assert await wired_store.read("test/count") == [[0]]
    proxy.cut_once_at(lambda data: b"count(n)" in data)

    assert await wired_store.read("test/count") == [[0]]


async def test_connections_that_were_closed_while_nobody_read_are_replaced(wired_store: Store, proxy: Proxy) -> None:
    await asyncio.gather(*(wired_store.read("test/count") for _ in range(20)))
    opened = proxy.connections
    proxy.cut()
    await asyncio.sleep(0.1)

    assert await wired_store.read("test/count") == [[0]]
    assert proxy.connections > opened


async def test_a_refused_statement_leaves_its_connection_to_the_next(wired_store: Store, proxy: Proxy) -> None:
    for _ in range(3):
        with pytest.raises(StatementRefused):
            await wired_store.read("test/broken")
        assert await wired_store.read("test/count") == [[0]]

    assert proxy.connections == 1


async def test_a_connection_that_must_log_on_again_does_so_first(store: Store) -> None:
    assert await store.read("test/count") == [[0]]
    opened = store._drivers._open
    assert opened is not None
    for connection in chain.from_iterable(opened.driver._pool.connections.values()):
        connection.mark_unauthenticated()
    await asyncio.sleep(TRUSTED_SECONDS)

    assert await store.read("test/count") == [[0]]


async def test_a_value_longer_than_a_message_may_be_comes_back(store: Store) -> None:
    long = "台" * 100_000

    assert await store.read("test/echo", {"value": long}) == [[long, [[long], {"value": long}]]]


async def test_a_reader_that_gives_up_leaves_the_store_usable(store: Store) -> None:
    readings = [asyncio.create_task(store.read("test/endless", timeout_s=2)) for _ in range(5)]
    await asyncio.sleep(0.3)
    for reading in readings:
        reading.cancel()
    ends = await asyncio.gather(*readings, return_exceptions=True)

    assert [type(end) for end in ends] == [asyncio.CancelledError] * 5
    assert await store.read("test/count") == [[0]]


def test_an_encrypted_wire_is_read_in_the_loop_of_the_service(address: Address, library: QueryLibrary) -> None:
    async def ask() -> list[object]:
        async with (
            Proxy.to(address, encrypted=True) as proxy,
            Store.over(FixedAddress(proxy.address), LIMITS, library) as store,
        ):
            many = await store.read_text("UNWIND range(1, 100000) AS i RETURN i ORDER BY i")
            with pytest.raises(StatementRefused):
                await store.read("test/broken")
            with pytest.raises(DeadlineExceeded):
                await store.read("test/endless", timeout_s=0.5)
            return [number for (number,) in many]

    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        assert runner.run(ask()) == [*range(1, 100_001)]


async def test_many_reads_at_once_are_all_answered(store: Store) -> None:
    answers = await asyncio.gather(*(store.read("test/echo", {"value": number}) for number in range(200)))

    assert [rows[0][0] for rows in answers] == list(range(200))


async def test_a_reader_waits_for_a_connection_to_its_own_deadline(address: Address, library: QueryLibrary) -> None:
    begun, done = asyncio.Event(), asyncio.Event()

    async def hold(_: WriteTransaction) -> None:
        begun.set()
        await done.wait()

    await empty(address)
    limits = replace(LIMITS, connections_max=1, connect_timeout_s=0.1)
    async with Store.over(FixedAddress(address), limits, library) as store:
        writing = asyncio.create_task(store.write(hold, moves_version=False))
        await begun.wait()
        with pytest.raises(DeadlineExceeded):
            await store.read("test/count", timeout_s=0.1)
        reading = asyncio.create_task(store.read("test/count"))
        await asyncio.sleep(3)  # longer than opening a connection may take
        done.set()
        assert await reading == [[0]]
        await writing


async def test_no_more_connections_are_open_than_the_limit(
    address: Address, library: QueryLibrary, proxy: Proxy
) -> None:
    await empty(address)
    limits = replace(LIMITS, connections_max=4)
    async with Store.over(FixedAddress(proxy.address), limits, library) as store:
        reads = [store.read("test/echo", {"value": number}) for number in range(60)]
        writes = [store.begin_import(f"note {number}") for number in range(6)]
        await asyncio.gather(*reads, *writes)

    assert proxy.connections <= 4


async def test_a_statement_that_the_database_refuses_is_named_by_its_code(store: Store) -> None:
    with pytest.raises(StatementRefused, match=r"Neo\.ClientError\.Statement\.SyntaxError"):
        await store.read("test/broken")


async def test_a_writing_statement_is_no_read(store: Store) -> None:
    with pytest.raises(StatementRefused, match="access write"):
        await store.read("test/keep", {"id": "nation:twn", "value": 1})

    assert await store.read("test/count") == [[0]]


class Kept:
    """Keeps the rows of one attempt; with `stops_at`, raises at that row."""

    def __init__(self, stops_at: int | None = None) -> None:
        self.rows: list[Sequence[Any]] = []
        self._stops_at = stops_at

    def take(self, row: Sequence[Any]) -> None:
        self.rows.append(row)
        if len(self.rows) == self._stops_at:
            raise LookupError("enough")


ROWS = "UNWIND range(1, $p.n) AS i RETURN i"


async def test_rows_are_taken_one_by_one_in_their_order(store: Store) -> None:
    kept = await store.read_each(ROWS, {"n": 300}, Kept)

    assert kept.rows == [[number] for number in range(1, 301)]


async def test_what_taking_raises_ends_the_statement(store: Store) -> None:
    with pytest.raises(LookupError, match="enough"):
        await store.read_each(ROWS, {"n": 100_000}, lambda: Kept(stops_at=2))

    assert await store.read("test/count") == [[0]]


async def test_a_statement_that_fails_at_a_later_row_says_so(store: Store) -> None:
    with pytest.raises(StatementRefused):
        await store.read_each("UNWIND [1, 2, 0] AS i RETURN 1 / i", {}, Kept)

    assert await store.read("test/count") == [[0]]


async def test_rows_begin_anew_where_the_connection_breaks(wired_store: Store, proxy: Proxy) -> None:
    assert await wired_store.read("test/count") == [[0]]
    proxy.cut_once_at(lambda data: b"range(1" in data)

    assert len((await wired_store.read_each(ROWS, {"n": 3}, Kept)).rows) == 3
