"""The schema is made as often as anybody likes."""

import asyncio

from graph_service.store.store import Store


async def test_a_schema_is_made_again_and_by_two_at_once(store: Store, wired_store: Store) -> None:
    await store.prepare()
    await asyncio.gather(store.prepare(), wired_store.prepare())

    assert await store.read("test/count") == [[0]]


async def test_a_schema_is_made_again_on_data(store: Store) -> None:
    await store.write(lambda transaction: transaction.run("test/keep", {"id": "nation:twn", "value": 1}))

    await store.prepare()

    assert await store.read("test/count") == [[1]]
