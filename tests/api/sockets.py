"""A client of graphql-transport-ws, as tests use it, over the `websockets` package."""

import asyncio
import json
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

PROTOCOL = Subprotocol("graphql-transport-ws")
PATIENCE_SECONDS = 60
"""How long a test waits for what must come; it fails then, and is no faster for a shorter time."""


class Client:
    """One connection; messages in, messages out."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection

    async def send(self, message: object) -> None:
        await self.connection.send(message if isinstance(message, (str, bytes)) else json.dumps(message))

    async def receive(self) -> Any:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return json.loads(await self.connection.recv())

    async def begin(self, payload: Mapping[str, Any] | None = None) -> None:
        """Begin, as every client does."""
        await self.send({"type": "connection_init", **({} if payload is None else {"payload": payload})})
        assert await self.receive() == {"type": "connection_ack"}

    async def subscribe(self, name: str, query: str, **variables: Any) -> None:
        payload = {"query": query, "variables": variables}
        await self.send({"id": name, "type": "subscribe", "payload": payload})

    async def next(self, name: str) -> Any:
        """Give the data of the next message, which must be one of this operation."""
        message = await self.receive()
        assert (message["id"], message["type"]) == (name, "next"), message
        assert "errors" not in message["payload"], message
        return message["payload"]["data"]

    async def error(self, name: str) -> tuple[str, str]:
        """Give code and message of the next message, which must be the error of this operation."""
        message = await self.receive()
        assert (message["id"], message["type"]) == (name, "error"), message
        return message["payload"][0]["extensions"]["code"], message["payload"][0]["message"]

    async def closed(self) -> tuple[int, str]:
        """Give the code and reason with which the server ends the connection."""
        with suppress(ConnectionClosed):
            while True:
                await self.receive()
        return self.connection.close_code or 0, self.connection.close_reason or ""


@asynccontextmanager
async def socket(url: str, **options: Any) -> AsyncGenerator[Client]:
    """Open a WebSocket to the service."""
    given = {"subprotocols": [PROTOCOL], "max_size": None, **options}
    async with connect(url.replace("http", "ws", 1) + "/graphql", **given) as connection:
        yield Client(connection)


@asynccontextmanager
async def begun(url: str, payload: Mapping[str, Any] | None = None) -> AsyncGenerator[Client]:
    """Open a WebSocket and begin."""
    async with socket(url) as client:
        await client.begin(payload)
        yield client


async def listening(url: str, count: int) -> None:
    """Wait until so many subscriptions are under way: what is written from then on is told."""
    async with asyncio.timeout(PATIENCE_SECONDS), httpx.AsyncClient(base_url=url) as client:
        while await metric(client, "graph_service_subscriptions") != count:
            await asyncio.sleep(0.02)


async def metric(client: httpx.AsyncClient, name: str) -> float:
    lines = (await client.get("/metrics")).text.splitlines()
    (line,) = [line for line in lines if line.startswith(f"{name} ")]
    return float(line.split()[1])
