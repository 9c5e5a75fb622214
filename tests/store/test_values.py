"""What is written comes back as it was, in plain Python types."""

from datetime import date
from typing import Any

import pytest

from graph_service.errors import StatementRefused
from graph_service.store.store import Store
from graph_service.store.transaction import WriteTransaction

VALUES: dict[str, Any] = {
    "text": "Taïwan 台灣 'quoted' \\ \n",
    "empty text": "",
    "integer": 9_007_199_254_740_993,
    "negative integer": -1,
    "float": 0.1,
    "fifteen digits": 123456789012.345,
    "whole float": 3.0,
    "true": True,
    "false": False,
    "date": date(2024, 2, 29),
    "early date": date(1950, 1, 1),
    "list of texts": ["a", "b"],
    "empty list": [],
}


async def keep(store: Store, value: Any) -> None:
    async def work(transaction: WriteTransaction) -> None:
        await transaction.run("test/keep", {"id": "nation:twn", "value": value})

    await store.write(work)


@pytest.mark.parametrize("name", VALUES)
async def test_a_property_comes_back_as_it_was_written(store: Store, name: str) -> None:
    await keep(store, VALUES[name])

    [[value]] = await store.read("test/kept", {"id": "nation:twn"})

    assert value == VALUES[name]
    assert type(value) is type(VALUES[name])


async def test_null_takes_a_property_away(store: Store) -> None:
    await keep(store, "something")
    await keep(store, None)

    [[value]] = await store.read("test/kept", {"id": "nation:twn"})

    assert value is None


@pytest.mark.parametrize("name", VALUES)
async def test_a_value_comes_back_from_lists_and_maps(store: Store, name: str) -> None:
    [[value, [[listed], mapped]]] = await store.read("test/echo", {"value": VALUES[name]})

    assert [value, listed, mapped] == [VALUES[name], VALUES[name], {"value": VALUES[name]}]
    assert {type(value), type(listed), type(mapped["value"])} == {type(VALUES[name])}


async def test_a_date_is_a_plain_date_beside_thousands_of_other_values(store: Store) -> None:
    day = date(2026, 11, 24)
    sent = [[f"component:{number}", number, number / 3, None, [number]] for number in range(2_000)]
    sent[1_999][4] = [day]

    [[value, _]] = await store.read("test/echo", {"value": sent})

    assert value == sent
    assert type(value[1_999][4][0]) is date


async def test_a_statement_that_returns_a_node_is_refused(store: Store) -> None:
    await keep(store, 1)

    with pytest.raises(StatementRefused, match="returns a Node"):
        await store.read("test/node", {"id": "nation:twn"})


async def test_a_date_in_a_transaction_is_a_plain_date(store: Store) -> None:
    day = date(2026, 11, 24)

    async def work(transaction: WriteTransaction) -> Any:
        return await transaction.run("test/echo", {"value": day})

    [[value, _]] = await store.write(work)

    assert type(value) is date
