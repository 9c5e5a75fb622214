"""Nobody works for nobody: who leaves and what takes too long stop an operation, up to the database connection."""

import asyncio
import socket
from collections.abc import AsyncGenerator

import httpx
import pytest_asyncio
import uvicorn
from starlette.requests import Request
from starlette.types import Message

from graph_service.api.access import Keys
from graph_service.api.execution import Executor, GraphQLRequest
from graph_service.api.http import graphql_over_http
from graph_service.app import create_app
from graph_service.settings import Settings
from graph_service.store.address import Address
from graph_service.store.store import Store
from tests.api.unconnected import unconnected_service
from tests.engines import LIMITS
from tests.shipped import service_over
from tests.store.proxy import Proxy

LEFT = 'graph_service_requests_total{status="499"} '
QUESTION = b'{"query": "{ nations { totalCount } }"}'
REQUEST = b"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"


@pytest_asyncio.fixture
async def wire(address: Address) -> AsyncGenerator[Proxy]:
    """A wire to the database that can be held."""
    async with Proxy.to(address) as wire:
        yield wire


@pytest_asyncio.fixture
async def port(wire: Proxy) -> AsyncGenerator[int]:
    """The port of a service whose database is at the other end of `wire`."""
    listener = socket.create_server(("127.0.0.1", 0))
    async with Store.open(wire.address, LIMITS) as store:
        app = create_app(service_over(store))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        yield listener.getsockname()[1]
        server.should_exit = True
        await serving


async def departures(client: httpx.AsyncClient) -> float:
    lines = (await client.get("/metrics")).text.splitlines()
    return sum(float(line.removeprefix(LEFT)) for line in lines if line.startswith(LEFT))


async def test_a_client_that_leaves_stops_its_query_in_the_database(port: int, wire: Proxy) -> None:
    asked = asyncio.Event()

    def hold_answers(_: bytes) -> bool:
        wire.silent = True
        asked.set()
        return False

    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
        first = await client.post("/graphql", content=QUESTION, headers={"content-type": "application/json"})
        assert "errors" not in first.json()
        before = await departures(client)
        (connection,) = wire._wires
        wire.cut_once_at(hold_answers)
        _, impatient = await asyncio.open_connection("127.0.0.1", port)
        impatient.write(REQUEST % (len(QUESTION), QUESTION))
        await asked.wait()
        impatient.close()
        # A read that nobody stops ends at its own deadline, which is twice as far.
        done, _ = await asyncio.wait([connection], timeout=LIMITS.read_timeout_s / 2)
        assert done
        assert await departures(client) == before + 1


async def test_a_body_that_never_ends_is_refused_at_the_deadline() -> None:
    async def endless() -> AsyncGenerator[bytes]:
        yield QUESTION[:9]
        await asyncio.Event().wait()

    async with unconnected_service(request_timeout_seconds=0.05) as service:
        transport = httpx.ASGITransport(create_app(service))
        async with httpx.AsyncClient(base_url="http://x", transport=transport) as client:
            answer = await client.post("/graphql", content=endless(), headers={"content-type": "application/json"})
    assert answer.status_code == 408
    (error,) = answer.json()["errors"]
    assert error["extensions"]["code"] == "DEADLINE_EXCEEDED"
    assert error["message"] == "the body took longer than 0.05 seconds (request_timeout_seconds)"


async def test_a_client_that_leaves_before_its_body_is_whole_breaks_nothing() -> None:
    messages: list[Message] = [
        {"type": "http.request", "body": QUESTION[:9], "more_body": True},
        {"type": "http.disconnect"},
    ]

    async def receive() -> Message:
        return messages.pop(0)

    scope = {"type": "http", "method": "POST", "headers": [(b"content-type", b"application/json")]}
    async with unconnected_service() as service:
        answer = await graphql_over_http(
            Request(scope, receive), Executor(service), service.settings, Keys(service.settings)
        )
    assert answer.status_code == 499


async def test_an_operation_that_takes_too_long_is_given_up(wire: Proxy) -> None:
    async with Store.open(wire.address, LIMITS) as store:
        await store.data_version()
        wire.silent = True
        executor = Executor(service_over(store, Settings(request_timeout_seconds=0.1)))
        outcome = await executor.execute(GraphQLRequest("{ nations { totalCount } }"))
        (connection,) = wire._wires
        done, _ = await asyncio.wait([connection], timeout=LIMITS.read_timeout_s / 2)
    assert done
    (error,) = outcome.response.get("errors", [])
    assert error["message"] == "the operation took longer than 0.1 seconds (request_timeout_seconds)"
    assert (error.get("extensions"), outcome.response["data"]) == ({"code": "DEADLINE_EXCEEDED"}, None)
