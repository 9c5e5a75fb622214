"""A write is kept whole or not at all, and moves the data version."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from graph_service.errors import BadInput, DeadlineExceeded, StatementRefused, StoreUnavailable
from graph_service.store.store import Store
from graph_service.store.transaction import WriteTransaction
from tests.store.proxy import COMMIT, Proxy


def keeping(*ids: str) -> Callable[[WriteTransaction], Awaitable[None]]:
    async def work(transaction: WriteTransaction) -> None:
        for node_id in ids:
            await transaction.run("test/keep", {"id": node_id, "value": 1})

    return work


async def nations(store: Store) -> int:
    [[count]] = await store.read("test/count")
    return count


async def test_a_write_is_there_for_the_next_read(store: Store) -> None:
    await store.write(keeping("nation:twn", "nation:fra"))

    assert await nations(store) == 2


async def test_a_write_gives_what_its_work_gives(store: Store) -> None:
    async def work(transaction: WriteTransaction) -> str:
        [[node_id]] = await transaction.run("test/keep", {"id": "nation:twn", "value": 1})
        return node_id

    assert await store.write(work) == "nation:twn"


@pytest.mark.parametrize("error", [BadInput("no"), ValueError("no"), TimeoutError("no"), KeyError("no")])
async def test_work_that_raises_leaves_nothing_and_its_own_error(store: Store, error: Exception) -> None:
    before = await store.data_version()

    async def work(transaction: WriteTransaction) -> None:
        await transaction.run("test/keep", {"id": "nation:twn", "value": 1})
        raise error

    with pytest.raises(type(error)) as raised:
        await store.write(work)

    assert raised.value is error
    assert await nations(store) == 0
    assert await store.data_version() == before


async def test_a_statement_that_fails_leaves_nothing_of_the_ones_before(store: Store) -> None:
    before = await store.data_version()

    async def work(transaction: WriteTransaction) -> None:
        await transaction.run("test/keep", {"id": "nation:twn", "value": 1})
        await transaction.run("test/broken")

    with pytest.raises(StatementRefused, match="SyntaxError"):
        await store.write(work)

    assert await nations(store) == 0
    assert await store.data_version() == before


async def test_a_duplicate_id_is_refused_and_leaves_nothing(store: Store) -> None:
    await store.write(keeping("nation:twn"))

    async def work(transaction: WriteTransaction) -> None:
        await transaction.run("test/keep", {"id": "nation:fra", "value": 1})
        await transaction.run("test/twice", {"id": "nation:twn"})

    with pytest.raises(StatementRefused, match="ConstraintValidationFailed"):
        await store.write(work)

    assert await nations(store) == 1


async def test_the_version_moves_with_each_write_and_with_nothing_else(store: Store) -> None:
    first = await store.data_version()
    await store.write(keeping("nation:twn"))
    second = await store.data_version()
    await store.read("test/count")
    await store.prepare()
    third = await store.data_version()
    await store.write(keeping("nation:twn"))
    fourth = await store.data_version()

    assert first.version == "0"
    assert second == third
    assert len({first.version, second.version, fourth.version}) == 3


async def test_a_write_that_changes_no_facts_may_leave_the_version(store: Store) -> None:
    await store.write(keeping("nation:twn"))
    before = await store.data_version()

    await store.write(keeping("nation:fra"), moves_version=False)

    assert await store.data_version() == before


async def test_the_version_counts_every_write_of_many_at_once(store: Store) -> None:
    await asyncio.gather(*(store.write(keeping(f"nation:n{number}")) for number in range(12)))

    version = await store.data_version()
    assert version.version.partition("-")[0] == "12"
    assert await nations(store) == 12


async def test_writers_that_race_for_one_id_end_with_one_node(store: Store) -> None:
    await asyncio.gather(*(store.write(keeping("nation:twn", "nation:fra")) for _ in range(8)))

    assert await nations(store) == 2


async def test_writers_of_two_stores_that_race_for_one_id_end_with_one_node(store: Store, wired_store: Store) -> None:
    both = (store, wired_store)
    await asyncio.gather(*(each.write(keeping("nation:twn", f"nation:n{n}")) for n in range(4) for each in both))

    assert await nations(store) == 5
    assert (await store.data_version()).version.partition("-")[0] == "8"


async def test_an_import_is_marked_from_its_begin_to_its_end(store: Store) -> None:
    await store.begin_import("seed of 2,000 files")
    during = await store.data_version()
    await store.end_import()
    after = await store.data_version()

    assert during.importing == "seed of 2,000 files"
    assert after.importing is None
    assert during.version != after.version


async def test_a_write_whose_connection_breaks_before_its_commit_is_done_again(
    store: Store, wired_store: Store, proxy: Proxy
) -> None:
    proxy.cut_once_at(lambda data: b"nation:twn" in data)

    await wired_store.write(keeping("nation:twn"))

    assert await nations(store) == 1
    assert (await store.data_version()).version.startswith("1-")


async def test_a_commit_whose_connection_breaks_is_not_repeated_and_said_to_be_unknown(
    store: Store, wired_store: Store, proxy: Proxy
) -> None:
    proxy.cut_once_at(lambda data: COMMIT in data)

    with pytest.raises(StoreUnavailable, match="may or may not be there"):
        await wired_store.write(keeping("nation:twn"))

    assert await nations(store) == 1
    assert (await store.data_version()).version.startswith("1-")


async def test_a_write_that_gets_no_answer_ends_with_its_time(wired_store: Store, proxy: Proxy, store: Store) -> None:
    async def work(transaction: WriteTransaction) -> None:
        await transaction.run("test/keep", {"id": "nation:twn", "value": 1})
        proxy.silent = True
        await transaction.run("test/keep", {"id": "nation:fra", "value": 1})

    with pytest.raises(DeadlineExceeded, match=r"within 1\.5 s"):
        await wired_store.write(work, timeout_s=1.5)

    proxy.cut()
    await store.write(keeping("nation:jpn"))
    assert await nations(store) == 1


async def test_a_schema_statement_has_no_place_in_a_write(store: Store) -> None:
    async def work(transaction: WriteTransaction) -> None:
        await transaction.run("schema/001_nation_id")

    with pytest.raises(StatementRefused, match=r"Store\.prepare"):
        await store.write(work)
