"""GraphQL over WebSocket: the protocol graphql-transport-ws, as the npm package graphql-ws specifies it.

Every operation is one task that sends its own messages and waits for each to leave: a client that does not read holds
up its own operations alone, and what it misses meanwhile is told as one change (api/changes.py). Strawberry's handlers
would execute documents past the limits of api/limits.py, so this is a handler of our own.
"""

from __future__ import annotations

import asyncio
from contextlib import aclosing, suppress
from typing import TYPE_CHECKING, Any, Final, cast
from urllib.parse import urlsplit

import orjson
import structlog
from starlette.websockets import WebSocketDisconnect, WebSocketState

from graph_service.api.execution import GraphQLRequest, Outcome
from graph_service.api.metrics import SOCKETS, SUBSCRIPTIONS
from graph_service.errors import GraphServiceError, LimitExceeded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphql import FormattedExecutionResult
    from starlette.websockets import WebSocket

    from graph_service.api.access import Caller, Keys
    from graph_service.api.execution import Executor
    from graph_service.settings import Settings

log = structlog.get_logger()

PROTOCOL: Final = "graphql-transport-ws"

TOO_LARGE: Final = 1009
FAILED: Final = 1011
TRY_LATER: Final = 1013
BAD_REQUEST: Final = 4400
UNAUTHORIZED: Final = 4401
FORBIDDEN: Final = 4403
NO_PROTOCOL: Final = 4406
INIT_TIMEOUT: Final = 4408
ID_TAKEN: Final = 4409
TOO_MANY_INITS: Final = 4429
"""Codes with which a WebSocket is closed: those of RFC 6455, and those of the protocol."""


class Closing(Exception):
    """The connection ends here, with a code and a reason that the client sees."""

    def __init__(self, code: int, reason: str) -> None:
        self.code = code
        self.reason = reason
        super().__init__(reason)


class Sockets:
    """All WebSockets of one service."""

    def __init__(self, executor: Executor, settings: Settings, keys: Keys) -> None:
        self._executor = executor
        self._settings = settings
        self._keys = keys
        self._open = 0

    async def serve(self, websocket: WebSocket) -> None:
        """Serve one connection to its end."""
        if not _own_page(websocket, self._settings.socket_origins):
            await websocket.close()  # before it was accepted: the client sees 403
            return
        offered: Sequence[str] = websocket.scope.get("subprotocols", ())
        await websocket.accept(PROTOCOL if PROTOCOL in offered else None)
        if PROTOCOL not in offered:
            await websocket.close(NO_PROTOCOL, f"Subprotocol not acceptable; it must be {PROTOCOL}")
            return
        if self._open >= self._settings.sockets_max:
            await websocket.close(TRY_LATER, f"at most {self._settings.sockets_max} WebSockets are open (sockets_max)")
            return
        self._open += 1
        try:
            with SOCKETS.track_inprogress():
                await Connection(websocket, self._executor, self._settings, self._keys).serve()
        finally:
            self._open -= 1


def _own_page(websocket: WebSocket, origins: str) -> bool:
    """Tell whether a page that may reach this service opens the socket; programs send no Origin.

    Browsers let any page open a socket to any host, so that a stranger's page could read what its visitor can reach.
    """
    origin = websocket.headers.get("origin")
    allowed = [part.strip() for part in origins.split(",")]
    if origin is None or "*" in allowed or origin in allowed:
        return True
    return urlsplit(origin).netloc.lower() == websocket.headers.get("host", "").lower()


class Connection:
    """One connection and the operations under way on it, by the ids that the client gave them."""

    def __init__(self, websocket: WebSocket, executor: Executor, settings: Settings, keys: Keys) -> None:
        self._websocket = websocket
        self._executor = executor
        self._settings = settings
        self._keys = keys
        self._begun = False
        self._caller: Caller | None = None
        self._tasks: dict[str, asyncio.Task[None]] = {}

    async def serve(self) -> None:
        """Take messages until either side ends the connection, then end every operation."""
        try:
            await self._init()
            while True:
                await self._take(await self._message())
        except Closing as closing:
            await self._close(closing.code, closing.reason)
        except WebSocketDisconnect:
            pass
        finally:
            tasks = list(self._tasks.values())
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _init(self) -> None:
        """Take messages until the client has begun; it may ping before."""
        seconds = self._settings.socket_init_timeout_seconds
        try:
            async with asyncio.timeout(seconds):
                while self._caller is None:
                    await self._take(await self._message())
        except TimeoutError:
            raise Closing(INIT_TIMEOUT, "Connection initialisation timeout") from None

    async def _message(self) -> Mapping[str, Any]:
        received = await self._websocket.receive()
        if received["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(received.get("code", 1005))
        text: str | None = received.get("text")
        if text is None:
            raise Closing(BAD_REQUEST, "a message must be text")
        limit = self._settings.socket_message_max_bytes
        if len(text) > limit or len(text.encode()) > limit:
            raise Closing(TOO_LARGE, f"a message must have at most {limit} bytes (socket_message_max_bytes)")
        try:
            message = orjson.loads(text)
        except orjson.JSONDecodeError:
            raise Closing(BAD_REQUEST, "a message must be JSON") from None
        if not isinstance(message, dict) or not isinstance(cast("Any", message).get("type"), str):
            raise Closing(BAD_REQUEST, "a message must be an object with a type")
        return cast("Mapping[str, Any]", message)

    async def _take(self, message: Mapping[str, Any]) -> None:
        match message["type"]:
            case "connection_init":
                await self._begin(message.get("payload"))
            case "ping":
                await self._send({"type": "pong"})
            case "pong":
                pass
            case "subscribe":
                await self._subscribe(message)
            case "complete":
                task = self._tasks.pop(_id_of(message), None)
                if task is not None:
                    task.cancel()
            case _:
                raise Closing(BAD_REQUEST, "the type of a message must be one of the protocol's")

    async def _begin(self, payload: object) -> None:
        if self._begun:
            raise Closing(TOO_MANY_INITS, "Too many initialisation requests")
        if payload is not None and not isinstance(payload, dict):
            raise Closing(BAD_REQUEST, "the payload of connection_init must be an object")
        self._begun = True
        given = cast("Mapping[str, Any]", payload or {})
        shown = {name.lower(): value for name, value in given.items() if isinstance(value, str)}
        caller = self._keys.caller({**self._websocket.headers, **shown})
        if caller.read_refusal is not None:
            raise Closing(FORBIDDEN, "Forbidden")
        self._caller = caller
        await self._send({"type": "connection_ack"})

    async def _subscribe(self, message: Mapping[str, Any]) -> None:
        if self._caller is None:
            raise Closing(UNAUTHORIZED, "Unauthorized")
        name, request = _id_of(message), _request_of(message)
        if name in self._tasks:
            raise Closing(ID_TAKEN, f"Subscriber for {name[:50]} already exists")
        limit = self._settings.socket_operations_max
        if len(self._tasks) >= limit:
            refusal = LimitExceeded(f"at most {limit} operations may be under way (socket_operations_max)")
            await self._send({"id": name, "type": "error", "payload": [_formatted(refusal)]})
            return
        task = asyncio.create_task(self._run(name, request, self._caller))
        self._tasks[name] = task
        task.add_done_callback(lambda done: self._ended(name, done))

    def _ended(self, name: str, task: asyncio.Task[None]) -> None:
        if self._tasks.get(name) is task:
            del self._tasks[name]
        if not task.cancelled() and task.exception() is not None:
            log.error("an operation of a WebSocket broke", exc_info=task.exception())

    async def _run(self, name: str, request: GraphQLRequest, caller: Caller) -> None:
        """Execute one operation and send what it answers; the client learns that it ended."""
        with suppress(WebSocketDisconnect):
            try:
                outcome = await self._executor.stream(request, caller)
                if not isinstance(outcome, Outcome):
                    with SUBSCRIPTIONS.track_inprogress():
                        async with aclosing(outcome):
                            async for response in outcome:
                                await self._next(name, response)
                elif outcome.refused:
                    await self._last(name, {"type": "error", "payload": outcome.response.get("errors")})
                    return
                else:
                    await self._next(name, outcome.response)
            except GraphServiceError as error:
                await self._last(name, {"type": "error", "payload": [_formatted(error)]})
                return
            await self._last(name, {"type": "complete"})

    async def _next(self, name: str, response: FormattedExecutionResult) -> None:
        await self._send({"id": name, "type": "next", "payload": response})

    async def _last(self, name: str, message: Mapping[str, Any]) -> None:
        """Send the last message of an operation; its id is free before the client can know."""
        self._tasks.pop(name, None)
        await self._send({"id": name, **message})

    async def _send(self, message: Mapping[str, Any]) -> None:
        if self._websocket.application_state is WebSocketState.DISCONNECTED:
            raise WebSocketDisconnect
        await self._websocket.send_text(orjson.dumps(message, default=str).decode())

    async def _close(self, code: int, reason: str) -> None:
        with suppress(WebSocketDisconnect):
            await self._websocket.close(code, reason)


def _id_of(message: Mapping[str, Any]) -> str:
    name = message.get("id")
    if not isinstance(name, str) or not name:
        raise Closing(BAD_REQUEST, "the id of an operation must be a text")
    return name


def _request_of(message: Mapping[str, Any]) -> GraphQLRequest:
    payload: Any = message.get("payload")
    if not isinstance(payload, dict):
        raise Closing(BAD_REQUEST, "the payload of subscribe must be an object")
    given = cast("Mapping[str, Any]", payload)
    query, variables, operation = given.get("query"), given.get("variables"), given.get("operationName")
    if not isinstance(query, str) or not query:
        raise Closing(BAD_REQUEST, "the query of subscribe must be a GraphQL document")
    if variables is not None and not isinstance(variables, dict):
        raise Closing(BAD_REQUEST, "the variables of subscribe must be an object")
    if operation is not None and not isinstance(operation, str):
        raise Closing(BAD_REQUEST, "the operationName of subscribe must be a text")
    return GraphQLRequest(query, cast("Mapping[str, Any] | None", variables), operation or None)


def _formatted(error: GraphServiceError) -> Mapping[str, Any]:
    return {"message": str(error), "extensions": {"code": error.code}}
