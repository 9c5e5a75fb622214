"""The protocol graphql-transport-ws against the running service: order, limits, what is no message."""

import asyncio
import json
from collections.abc import Generator
from typing import Any

import httpx
import pytest
from websockets.exceptions import InvalidStatus

from tests.api.sockets import PROTOCOL, begun, listening, metric, socket
from tests.service import served

KEY = "a-key-of-some-length"
QUERY = '{ nation(iso: "TWN") { name } }'
CHANGES = "subscription { graphChanged { dataVersion } }"
OFFER = 'mutation { retract(id: "offer:none", on: "2026-01-01", reason: "r") { errors { code } } }'


@pytest.fixture(scope="module")
def narrow(tmp_path_factory: pytest.TempPathFactory) -> Generator[str]:
    """A service with narrow limits, a key for all, and a page of another origin that may open sockets."""
    settings = {
        "API_KEYS": KEY,
        "READS_NEED_KEY": "true",
        "SOCKETS_MAX": "3",
        "SOCKET_OPERATIONS_MAX": "2",
        "SOCKET_MESSAGE_MAX_BYTES": "2000",
        "SOCKET_INIT_TIMEOUT_SECONDS": "1",
        "SOCKET_ORIGINS": "https://dashboard.example",
        "ALERT_TARGETS_MAX": "1",
    }
    environment = {f"GRAPH_SERVICE_{name}": value for name, value in settings.items()}
    with served(tmp_path_factory.mktemp("narrow"), environment) as url:
        yield url


async def closing(url: str, *messages: object) -> tuple[int, str]:
    """Send messages and give how the server ends the connection."""
    async with socket(url) as client:
        for message in messages:
            await client.send(message)
        return await client.closed()


async def test_queries_and_pings_are_answered_on_one_connection(service_url: str) -> None:
    async with begun(service_url) as client:
        await client.send({"type": "ping", "payload": {"any": "thing"}})
        assert await client.receive() == {"type": "pong"}
        await client.send({"type": "pong"})
        await client.subscribe("a", QUERY)
        assert await client.next("a") == {"nation": {"name": "Taiwan"}}
        assert await client.receive() == {"id": "a", "type": "complete"}
        await client.subscribe("a", QUERY)
        assert await client.next("a") == {"nation": {"name": "Taiwan"}}


async def test_a_ping_is_answered_before_the_beginning(service_url: str) -> None:
    async with socket(service_url) as client:
        await client.send({"type": "ping"})
        assert await client.receive() == {"type": "pong"}
        assert client.connection.subprotocol == PROTOCOL


INIT = {"type": "connection_init"}


@pytest.mark.parametrize(
    ("messages", "code"),
    [
        ((b"{}",), 4400),
        (("{",), 4400),
        (("null",), 4400),
        (("[]",), 4400),
        (("{}",), 4400),
        (({"type": 1},), 4400),
        (({"type": "start"},), 4400),
        (("[" * 50_000,), 4400),
        (({"type": "connection_init", "payload": []},), 4400),
        ((INIT, INIT), 4429),
        (({"type": "subscribe", "id": "a", "payload": {"query": QUERY}},), 4401),
        ((INIT, {"type": "subscribe", "payload": {"query": QUERY}}), 4400),
        ((INIT, {"type": "subscribe", "id": "", "payload": {"query": QUERY}}), 4400),
        ((INIT, {"type": "subscribe", "id": 1, "payload": {"query": QUERY}}), 4400),
        ((INIT, {"type": "subscribe", "id": "a"}), 4400),
        ((INIT, {"type": "subscribe", "id": "a", "payload": {"query": 1}}), 4400),
        ((INIT, {"type": "subscribe", "id": "a", "payload": {"query": QUERY, "variables": 1}}), 4400),
        ((INIT, {"type": "subscribe", "id": "a", "payload": {"query": QUERY, "operationName": 1}}), 4400),
        ((INIT, {"type": "complete"}), 4400),
        ((INIT, *[{"type": "subscribe", "id": "a", "payload": {"query": CHANGES}}] * 2), 4409),
    ],
    ids=lambda value: str(value)[-60:],
)
async def test_what_is_no_message_of_the_protocol_ends_the_connection(
    service_url: str, messages: tuple[Any, ...], code: int
) -> None:
    assert (await closing(service_url, *messages))[0] == code


@pytest.mark.parametrize("offered", [None, ["graphql-ws"]], ids=["none", "the old one"])
async def test_another_protocol_is_refused(service_url: str, offered: Any) -> None:
    async with socket(service_url, subprotocols=offered) as client:
        code, reason = await client.closed()
    assert (code, "graphql-transport-ws" in reason) == (4406, True)


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("subscription { nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("subscription { a: graphChanged { at } b: graphChanged { at } }", "GRAPHQL_VALIDATION_FAILED"),
        ("subscription { graphChanged(kinds: []) { at } }", "BAD_USER_INPUT"),
        ('subscription { riskAlert(targets: ["component:gpu"], rules: ["ANY"]) { at } }', "BAD_USER_INPUT"),
        ('subscription { riskAlert(targets: ["component:gpu"], rules: []) { at } }', "BAD_USER_INPUT"),
        ('subscription { riskAlert(targets: ["nation:twn"]) { at } }', "BAD_USER_INPUT"),
        ('subscription { riskAlert(targets: ["component:no-such"]) { at } }', "NOT_FOUND"),
        ("subscription { riskAlert(targets: []) { at } }", "LIMIT_EXCEEDED"),
        ("subscription($ids: [ID!]!) { riskAlert(targets: $ids) { at } }", "BAD_USER_INPUT"),
        ("{ nations " + "{ nodes { companies " * 20 + "{ totalCount }" + "} }" * 20 + " }", "LIMIT_EXCEEDED"),
        (OFFER, "FORBIDDEN"),
    ],
)  # fmt: skip
async def test_an_operation_that_is_refused_leaves_the_connection_and_its_id(
    service_url: str, query: str, code: str
) -> None:
    async with begun(service_url) as client:
        await client.subscribe("a", query)
        assert (await client.error("a"))[0] == code
        await client.subscribe("a", QUERY)
        assert await client.next("a") == {"nation": {"name": "Taiwan"}}


async def test_a_subscription_over_http_is_refused_with_the_way_to_go(service_url: str) -> None:
    async with httpx.AsyncClient(base_url=service_url) as client:
        response = await client.post("/graphql", json={"query": CHANGES})
    assert "graphql-transport-ws" in response.json()["errors"][0]["message"]


async def test_a_subscription_that_the_client_completes_ends_and_frees_its_id(service_url: str) -> None:
    async with begun(service_url) as client:
        await client.subscribe("a", CHANGES)
        await listening(service_url, 1)
        await client.send({"id": "a", "type": "complete"})
        await client.send({"id": "nobody", "type": "complete"})
        await listening(service_url, 0)
        await client.subscribe("a", QUERY)
        assert await client.next("a") == {"nation": {"name": "Taiwan"}}


async def test_a_client_that_leaves_ends_all_its_subscriptions(service_url: str) -> None:
    async with begun(service_url) as client:
        for name in "abc":
            await client.subscribe(name, CHANGES)
        await listening(service_url, 3)
    await listening(service_url, 0)


@pytest.mark.parametrize("payload", [None, {}, {"Authorization": "Bearer nonsense"}, {"authorization": 1}], ids=str)
async def test_where_reads_need_a_key_a_socket_needs_it_too(narrow: str, payload: Any) -> None:
    init = {"type": "connection_init", **({} if payload is None else {"payload": payload})}
    assert await closing(narrow, init) == (4403, "Forbidden")


@pytest.mark.parametrize("payload", [{"Authorization": f"Bearer {KEY}"}, {"X-API-Key": KEY}], ids=["bearer", "own"])
async def test_the_key_of_the_headers_editor_comes_with_the_beginning(narrow: str, payload: dict[str, str]) -> None:
    async with begun(narrow, payload) as client:
        await client.subscribe("a", OFFER)
        assert await client.next("a") == {"retract": {"errors": [{"code": "NOT_FOUND"}]}}


async def test_the_key_may_come_as_a_header_of_the_handshake(narrow: str) -> None:
    async with socket(narrow, additional_headers={"Authorization": f"Bearer {KEY}"}) as client:
        await client.begin()


async def test_a_client_that_does_not_begin_is_let_go(narrow: str) -> None:
    async with socket(narrow) as client:
        await client.send({"type": "ping"})
        assert (await client.closed())[0] == 4408


async def test_too_many_operations_of_one_socket_are_refused_and_the_others_go_on(narrow: str) -> None:
    async with begun(narrow, {"X-API-Key": KEY}) as client:
        for name in "ab":
            await client.subscribe(name, CHANGES)
        await listening(narrow, 2)
        await client.subscribe("c", QUERY)
        code, message = await client.error("c")
        assert (code, "at most 2 operations" in message) == ("LIMIT_EXCEEDED", True)
        await client.send({"id": "a", "type": "complete"})
        await listening(narrow, 1)
        await client.subscribe("c", QUERY)
        assert await client.next("c") == {"nation": {"name": "Taiwan"}}


async def test_too_many_targets_of_one_alert_are_refused(narrow: str) -> None:
    async with begun(narrow, {"X-API-Key": KEY}) as client:
        await client.subscribe("a", 'subscription { riskAlert(targets: ["component:gpu", "component:cpu"]) { at } }')
        code, message = await client.error("a")
        assert (code, "alert_targets_max" in message) == ("LIMIT_EXCEEDED", True)


async def test_too_many_sockets_are_refused_until_one_is_closed(narrow: str) -> None:
    async with begun(narrow, {"X-API-Key": KEY}), begun(narrow, {"X-API-Key": KEY}):
        async with begun(narrow, {"X-API-Key": KEY}), socket(narrow) as fourth:
            code, reason = await fourth.closed()
            assert (code, "sockets_max" in reason) == (1013, True)
        async with asyncio.timeout(30), httpx.AsyncClient(base_url=narrow) as http:
            while await metric(http, "graph_service_sockets") > 2:
                await asyncio.sleep(0.02)
        async with begun(narrow, {"X-API-Key": KEY}) as third:
            await third.subscribe("a", QUERY)
            assert await third.next("a") == {"nation": {"name": "Taiwan"}}


async def test_a_message_above_the_limit_ends_the_connection(narrow: str) -> None:
    async with begun(narrow, {"X-API-Key": KEY}) as client:
        await client.send(json.dumps({"type": "ping", "payload": {"x": "x" * 2_000}}))
        assert (await client.closed())[0] == 1009


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null"])
async def test_a_page_of_another_origin_opens_no_socket(service_url: str, origin: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        async with socket(service_url, origin=origin):
            pass
    assert refused.value.response.status_code == 403


async def test_a_page_of_this_service_and_one_of_the_settings_open_sockets(service_url: str, narrow: str) -> None:
    async with socket(service_url, origin=service_url) as own, socket(narrow, origin="https://dashboard.example"):
        await own.begin()
