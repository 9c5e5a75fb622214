"""What the read benchmark asks is in the schema and has answers, and its comparison sees a difference."""

from collections.abc import AsyncGenerator

import pytest
import pytest_asyncio

from benchmarks.reads.answers import count, difference, plain
from benchmarks.reads.data import bundle
from benchmarks.reads.texts import Many, One, texts
from benchmarks.reads.workloads import WORKLOADS, Workload
from graph_service.api.context import Service
from graph_service.facts.load import load
from graph_service.settings import Settings
from graph_service.store.address import Address
from graph_service.store.store import Store
from tests.api.asking import data
from tests.engines import LIMITS, empty
from tests.shipped import service_over


@pytest_asyncio.fixture(scope="module")
async def small_service(address: Address) -> AsyncGenerator[Service]:
    """A service over a small part of the benchmark's facts, with pages as large as the benchmark asks for."""
    async with Store.open(address, LIMITS) as store:
        await empty(address)
        await load(store, bundle(nations=5, components=100))
        yield service_over(store, Settings(page_size_max=1_000))


@pytest.mark.parametrize("workload", WORKLOADS, ids=lambda workload: workload.key)
async def test_every_workload_has_an_answer(small_service: Service, workload: Workload) -> None:
    for number in range(3):
        question = workload.question(number)
        answer = plain(await data(small_service, question.texts.ours, **question.variables))
        assert count(answer) > 1, question


def test_unseen_texts_are_all_different() -> None:
    for workload in WORKLOADS:
        if workload.unseen:
            asked = {workload.question(number).texts for number in range(200)}
            assert len(asked) > 150, workload.key


def test_a_question_is_written_in_the_words_of_each_side() -> None:
    root = Many("components", 20, ("id", Many("offers", 5, ("id", One("nation", ("id",))))), counted=True)
    both = texts(root)
    assert both.ours == (
        "{ components(first: 20) { totalCount pageInfo { hasNextPage } nodes"
        " { id offers(first: 5) { nodes { id nation { id } } } } } }"
    )
    assert both.peer == (
        "{ components: componentsConnection(sort: [{name: ASC}, {id: ASC}], first: 20)"
        " { totalCount pageInfo { hasNextPage } edges { node"
        " { id offers(sort: [{id: ASC}], limit: 5) { id nation { id } } } } } }"
    )


def test_connections_and_lists_of_one_unfold_to_one_shape() -> None:
    ours = {"offers": {"totalCount": 1, "nodes": [{"id": "a", "nation": {"id": "b"}, "company": None}]}}
    peer = {"offers": {"totalCount": 1, "edges": [{"node": {"id": "a", "nation": [{"id": "b"}], "company": []}}]}}
    assert difference(plain(ours), plain(peer)) is None


def test_the_first_difference_is_named_with_its_place() -> None:
    ours = plain({"offers": {"nodes": [{"id": "a"}, {"id": "b"}]}})
    peer = plain({"offers": [{"id": "a"}, {"id": "c"}]})
    assert difference(ours, peer) == "data.offers[1].id: 'b' here, 'c' there"
