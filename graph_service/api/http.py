"""GraphQL over HTTP, as specified (graphql.github.io/graphql-over-http): GET and POST, media types, status codes."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final, cast

import orjson
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from graph_service.api.departure import ClientLeft, Presence
from graph_service.api.execution import GraphQLRequest, Outcome
from graph_service.errors import (
    BadInput,
    DeadlineExceeded,
    Forbidden,
    GraphServiceError,
    LimitExceeded,
    Unauthenticated,
)
from graph_service.store.deadline import Deadline

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from starlette.types import ASGIApp, Receive, Scope, Send

    from graph_service.api.access import Caller, Keys
    from graph_service.api.execution import Executor
    from graph_service.settings import Settings

JSON: Final = "application/json"
GRAPHQL_RESPONSE: Final = "application/graphql-response+json"
RANGES: Final = {
    GRAPHQL_RESPONSE: (GRAPHQL_RESPONSE, "application/*", "*/*"),
    JSON: (JSON, "application/*", "*/*"),
}
"""The media types of responses, each with what names it in an Accept header, the most specific first."""
DENIED: Final[Mapping[str, int]] = {Unauthenticated.code: 401, Forbidden.code: 403}
LATE_BODY: Final = "the body took longer than {:g} seconds (request_timeout_seconds)"
CLIENT_LEFT: Final = 499
"""No client sees this status; the metrics do."""


class NotServed(Exception):
    """A request that no GraphQL response can answer; `status` says why."""

    def __init__(self, status: int, error: GraphServiceError) -> None:
        self.status = status
        self.error = error
        super().__init__(str(error))


class PostsFirst:
    """Answers POST to one path before routes are looked at, which cost a look-up a tenth of its time."""

    def __init__(self, app: ASGIApp, path: str, answer: Callable[[Request], Awaitable[Response]]) -> None:
        self._app = app
        self._path = path
        self._answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or hand over to the routes."""
        if scope["type"] == "http" and scope["method"] == "POST" and scope["path"] == self._path:
            response = await self._answer(Request(scope, receive))
            await response(scope, receive, send)
        else:
            await self._app(scope, receive, send)


async def graphql_over_http(request: Request, executor: Executor, settings: Settings, keys: Keys) -> Response:
    """Answer one request. A body that is no GraphQL request gets 4xx with one error, never 5xx.

    Whoever may not ask gets 401 or 403 in either media type: that is no answer to the document.
    """
    media_type = JSON
    headers: dict[bytes, bytes] = dict(request.scope["headers"][::-1])  # the first of a name counts
    by_url = request.method in {"GET", "HEAD"}
    try:
        media_type = negotiated(headers.get(b"accept", b"").decode("latin-1"))
        caller = _reader(keys.anybody or keys.caller(request.headers))
        body_max_bytes = settings.import_body_max_bytes if caller.known else settings.body_max_bytes
        if by_url:
            asked = _from_url(request)
        else:
            _require_json(headers.get(b"content-type", b"").decode("latin-1"))
            asked = await _from_body(request, settings, body_max_bytes)
        with Presence(request):
            outcome = await executor.execute(asked, reads_only=by_url, caller=caller, written=True)
    except NotServed as refusal:
        errors = [{"message": str(refusal.error), "extensions": {"code": refusal.error.code}}]
        return _response({"errors": errors}, media_type, refusal.status)
    except (ClientLeft, ClientDisconnect):
        return Response(status_code=CLIENT_LEFT)
    return _response(outcome.response, media_type, _status(outcome, media_type))


def _reader(caller: Caller) -> Caller:
    """Give the caller back; raise NotServed where not even reads are allowed."""
    if caller.read_refusal is not None:
        raise NotServed(DENIED[caller.read_refusal.code], caller.read_refusal)
    return caller


def _status(outcome: Outcome, media_type: str) -> int:
    if outcome.needs_post:
        return 405
    if outcome.denied is not None:
        return DENIED[outcome.denied.code]
    return 400 if outcome.refused and media_type == GRAPHQL_RESPONSE else 200


class WrittenResponse(Response):
    """JSON with headers that were made for another response of its kind; making them costs more than sending them."""

    def __init__(self, body: bytes, status: int, headers: Sequence[tuple[bytes, bytes]]) -> None:
        self.status_code = status
        self.body = body
        self.background = None
        self.raw_headers = [*headers, (b"content-length", str(len(body)).encode())]


def _response(content: object, media_type: str, status: int) -> Response:
    return WrittenResponse(orjson.dumps(content, default=str), status, _headers(media_type, status))


@cache
def _headers(media_type: str, status: int) -> Sequence[tuple[bytes, bytes]]:
    headers = {"vary": "Accept"}  # the same address answers a browser with GraphiQL
    if status == 405:
        headers["allow"] = "POST"
    if status == 401:
        headers["www-authenticate"] = "Bearer"
    headers["content-type"] = f"{media_type}; charset=utf-8"
    return [(name.encode(), value.encode()) for name, value in headers.items()]


@lru_cache(maxsize=100)
def negotiated(accept: str) -> str:
    """Choose the media type of the response: what the client prefers, JSON where it leaves the choice.

    Raises NotServed (406) where the client accepts none of them.
    """
    if not accept:
        return JSON
    places: dict[str, tuple[float, int]] = {}
    for place, entry in enumerate(accept.split(",")):
        name, weight = _media_range(entry)
        places.setdefault(name, (weight, -place))
    found = {
        media_type: next((places[name] for name in names if name in places), (0.0, 0))
        for media_type, names in RANGES.items()
    }
    weight, place = max(found.values())
    if weight <= 0:
        raise NotServed(406, BadInput(f"the response can be {GRAPHQL_RESPONSE} or {JSON}, got Accept: {accept!r}"))
    return JSON if found[JSON] == (weight, place) else GRAPHQL_RESPONSE


def _media_range(entry: str) -> tuple[str, float]:
    name, *parameters = (part.strip().lower() for part in entry.split(";"))
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip() == "q":
            try:
                return name, float(value)
            except ValueError:
                return name, 0.0
    return name, 1.0


async def _from_body(request: Request, settings: Settings, body_max_bytes: int) -> GraphQLRequest:
    try:
        with Deadline(settings.request_timeout_seconds, LATE_BODY):
            body = await _body(request, body_max_bytes)
    except DeadlineExceeded as error:
        raise NotServed(408, error) from None
    return _parameters(_parsed(body, "the body"), "the body")


@lru_cache(maxsize=100)
def _require_json(header: str) -> None:
    """Raise NotServed (415) where the header Content-Type does not name JSON in UTF-8."""
    content_type, _, parameters = header.partition(";")
    if content_type.strip().lower() != JSON:
        raise NotServed(415, BadInput(f"the body must be {JSON}, got Content-Type: {content_type.strip() or 'none'!r}"))
    charset = parameters.lower().partition("charset=")[2].partition(";")[0].strip(' "')
    if charset not in {"", "utf-8", "utf8"}:
        raise NotServed(415, BadInput(f"the body must be UTF-8, got charset {charset!r}"))


async def _body(request: Request, body_max_bytes: int) -> bytes:
    parts: list[bytes] = []
    room, more = body_max_bytes, True
    while more:
        message = await request.receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        part: bytes = message.get("body", b"")
        room -= len(part)
        if room < 0:
            limits = "body_max_bytes, or import_body_max_bytes with an API key"
            raise NotServed(413, LimitExceeded(f"the body must have at most {body_max_bytes} bytes ({limits})"))
        parts.append(part)
        more = message.get("more_body", False)
    return b"".join(parts)


def _from_url(request: Request) -> GraphQLRequest:
    given: dict[str, Any] = dict(request.query_params)
    for name in ("variables", "extensions"):
        if given.get(name):
            given[name] = _parsed(given[name].encode(), name)
        else:
            given.pop(name, None)
    return _parameters(given, "the URL")


def _parsed(text: bytes, where: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise NotServed(400, BadInput(f"{where} must be JSON in UTF-8: {error}")) from error


def _parameters(given: object, where: str) -> GraphQLRequest:
    if not isinstance(given, dict):
        raise NotServed(400, BadInput(f"{where} must be one JSON object, got {_kind(given)}"))
    parameters = cast("Mapping[str, Any]", given)
    query, name = parameters.get("query"), parameters.get("operationName")
    if not isinstance(query, str) or not query:
        raise NotServed(400, BadInput(f"query must be a GraphQL document, got {_kind(query)}"))
    if name is not None and not isinstance(name, str):
        raise NotServed(400, BadInput(f"operationName must be a string, got {_kind(name)}"))
    for key in ("variables", "extensions"):
        if parameters.get(key) is not None and not isinstance(parameters[key], dict):
            raise NotServed(400, BadInput(f"{key} must be an object, got {_kind(parameters[key])}"))
    return GraphQLRequest(query, parameters.get("variables"), name or None)


def _kind(value: object) -> str:
    if value == "":
        return "an empty string"
    names = {"NoneType": "nothing", "dict": "an object", "list": "a list", "str": "a string", "bool": "a boolean"}
    return names.get(type(value).__name__, "a number")
