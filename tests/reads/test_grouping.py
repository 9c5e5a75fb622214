"""Look-ups that arrive together: answered as alone, in fewer statements, and nobody pays for another."""

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest

from graph_service.api.context import Service
from graph_service.api.execution import Executor, GraphQLRequest
from graph_service.errors import StoreUnavailable
from graph_service.reads import grouping
from graph_service.reads.grouping import BATCH
from graph_service.store.store import Store
from tests.shipped import service_over

LOOK_UP = "query($id: ID!) { node(id: $id) { id ... on Entity { name } ... on Company { headquarters { name } } } }"
IDS = ["company:tsmc", "company:asml", "company:sk-hynix", "company:nowhere", "company:nvidia", "company:tsmc"] * 4


class CountedStore:
    """The real store, noting how many look-ups each statement did; `broken` statements fail once they are asked."""

    def __init__(self, store: Store) -> None:
        self.sizes: list[int] = []
        self.broken: str | None = None
        self.held: asyncio.Event | None = None
        self.cancelled = 0
        self._store = store

    async def read_text(self, text: str, parameters: Mapping[str, Any], **how: Any) -> Any:
        keys = parameters.get(BATCH, [None])
        self.sizes.append(len(keys))
        try:
            if self.held is not None:
                await self.held.wait()
            if self.broken and self.broken in {*keys, parameters.get("key0")}:
                raise StoreUnavailable(f"{self.broken} breaks what it is in")
            return await self._store.read_text(text, parameters, **how)
        except asyncio.CancelledError:
            self.cancelled += 1
            raise


@pytest.fixture
def counted(shipped_service: Service) -> CountedStore:
    return CountedStore(shipped_service.store)


@pytest.fixture
def executor(counted: CountedStore) -> Executor:
    store: Any = counted
    return Executor(service_over(store))


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let look-ups wait for a statement however long it takes, so that a busy machine changes no sizes."""
    monkeypatch.setattr(grouping, "PATIENCE_SECONDS", 60)


async def look_up(executor: Executor, node_id: str, query: str = LOOK_UP) -> dict[str, Any]:
    return dict((await executor.execute(GraphQLRequest(query, {"id": node_id}))).response)


async def waiting(counted: CountedStore, statements: int) -> None:
    """Wait until so many statements are held, and everybody else has had a turn."""
    while len(counted.sizes) < statements:
        await asyncio.sleep(0)
    for _ in range(20):
        await asyncio.sleep(0)


@pytest.mark.usefixtures("patient")
async def test_look_ups_together_are_answered_as_alone_in_fewer_statements(
    counted: CountedStore, executor: Executor
) -> None:
    alone = [await look_up(executor, node_id) for node_id in IDS]
    assert "errors" not in str(alone)
    assert counted.sizes == [1] * len(IDS)
    counted.sizes.clear()
    together = await asyncio.gather(*(look_up(executor, node_id) for node_id in IDS))
    assert together == alone
    assert counted.sizes == [1, len(IDS) - 1]


@pytest.mark.usefixtures("patient")
async def test_only_look_ups_of_one_statement_and_one_world_share_a_statement(
    counted: CountedStore, executor: Executor
) -> None:
    counted.held = asyncio.Event()
    offers = (
        "query($id: ID!) { company(by: { id: $id }) { offers(first: %d, where: { shareYear: { eq: %d } })"
        " { totalCount } } }"
    )
    queries = [LOOK_UP, offers % (1, 2025), offers % (1, 2024), offers % (2, 2025)]
    asked = [asyncio.create_task(look_up(executor, "company:tsmc", query)) for query in queries for _ in range(4)]
    await waiting(counted, 4)
    counted.held.set()
    answers = await asyncio.gather(*asked)
    assert sorted(counted.sizes) == [1] * 4 + [3] * 4
    assert [*answers[4:8], *answers[12:]] == [answers[4]] * 4 + [answers[12]] * 4


async def test_look_ups_that_take_long_hold_nobody_up(counted: CountedStore, executor: Executor) -> None:
    counted.held = held = asyncio.Event()
    slow: list[asyncio.Task[dict[str, Any]]] = []
    for number in range(1, 4):
        slow.append(asyncio.create_task(look_up(executor, "company:tsmc")))
        await waiting(counted, number)
    counted.held = None
    assert "errors" not in await look_up(executor, "company:asml")
    assert not any(task.done() for task in slow)
    held.set()
    assert all("errors" not in answer for answer in await asyncio.gather(*slow))


async def test_a_look_up_that_fails_fails_alone(counted: CountedStore, executor: Executor) -> None:
    expected = [await look_up(executor, node_id) for node_id in IDS[:5]]
    counted.broken = "company:asml"
    ids = [*IDS[2:5], "company:asml", *IDS[:1]]
    answers = await asyncio.gather(*(look_up(executor, node_id) for node_id in ids))
    assert answers[:3] == expected[2:]
    assert answers[4] == expected[0]
    (error,) = answers[3]["errors"]
    assert (error["extensions"]["code"], error["path"], answers[3]["data"]) == (
        "STORE_UNAVAILABLE",
        ["node"],
        {"node": None},
    )


@pytest.mark.usefixtures("patient")
async def test_who_leaves_takes_nobody_along(counted: CountedStore, executor: Executor) -> None:
    expected = await look_up(executor, "company:tsmc")
    counted.sizes.clear()
    counted.held = asyncio.Event()
    asked = [asyncio.create_task(look_up(executor, "company:tsmc")) for _ in range(6)]
    await waiting(counted, 1)
    asked[0].cancel()  # the one under way: the five that wait go on together
    await waiting(counted, 2)
    asked[3].cancel()  # one of those five
    counted.held.set()
    answers = await asyncio.gather(*asked, return_exceptions=True)
    assert [type(answer) for answer in answers].count(asyncio.CancelledError) == 2
    assert [answer for answer in answers if not isinstance(answer, BaseException)] == [expected] * 4
    assert (counted.sizes, counted.cancelled) == ([1, 5], 1)


@pytest.mark.usefixtures("patient")
async def test_a_statement_that_nobody_waits_for_any_more_is_stopped(counted: CountedStore, executor: Executor) -> None:
    counted.held = asyncio.Event()
    asked = [asyncio.create_task(look_up(executor, "company:tsmc")) for _ in range(4)]
    await waiting(counted, 1)
    asked[0].cancel()
    await waiting(counted, 2)
    for task in asked:
        task.cancel()
    await asyncio.gather(*asked, return_exceptions=True)
    await waiting(counted, 2)
    assert (counted.sizes, counted.cancelled) == ([1, 3], 2)
    counted.held.set()
    assert "errors" not in await look_up(executor, "company:tsmc")
