"""GraphQL over HTTP, as specified (graphql.github.io/graphql-over-http): GET and POST, media types, status codes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

import orjson
from starlette.responses import Response

from graph_service.api.execution import GraphQLRequest, Outcome
from graph_service.errors import BadInput, GraphServiceError, LimitExceeded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

    from graph_service.api.execution import Executor

JSON: Final = "application/json"
GRAPHQL_RESPONSE: Final = "application/graphql-response+json"


class NotServed(Exception):
    """A request that no GraphQL response can answer; `status` says why."""

    def __init__(self, status: int, error: GraphServiceError) -> None:
        self.status = status
        self.error = error
        super().__init__(str(error))


async def graphql_over_http(request: Request, executor: Executor, body_max_bytes: int) -> Response:
    """Answer one request. A body that is no GraphQL request gets 4xx with one error, never 5xx."""
    media_type = JSON
    try:
        media_type = negotiated(request.headers.get("accept"))
        asked = _from_query(request) if request.method == "GET" else await _from_body(request, body_max_bytes)
        outcome = await executor.execute(asked, reads_only=request.method == "GET")
    except NotServed as refusal:
        errors = [{"message": str(refusal.error), "extensions": {"code": refusal.error.code}}]
        return _response({"errors": errors}, media_type, refusal.status)
    return _response(outcome.response, media_type, _status(outcome, media_type))


def _status(outcome: Outcome, media_type: str) -> int:
    if outcome.is_mutation:
        return 405
    return 400 if outcome.refused and media_type == GRAPHQL_RESPONSE else 200


def _response(content: object, media_type: str, status: int) -> Response:
    headers = {"Allow": "POST"} if status == 405 else None
    return Response(
        orjson.dumps(content, default=str), status, headers=headers, media_type=f"{media_type}; charset=utf-8"
    )


def negotiated(accept: str | None) -> str:
    """Choose the media type of the response; JSON where the client does not say, the newer one where it may choose.

    Raises NotServed (406) where the client accepts neither.
    """
    if accept is None:
        return JSON
    ranges = [_media_range(entry) for entry in accept.split(",")]
    best: tuple[float, int, str] | None = None
    for place, (name, weight) in enumerate(ranges):
        chosen = {GRAPHQL_RESPONSE: GRAPHQL_RESPONSE, JSON: JSON, "*/*": JSON, "application/*": JSON}.get(name)
        if chosen is not None and weight > 0 and (best is None or (weight, -place) > best[:2]):
            best = (weight, -place, chosen)
    if best is None:
        raise NotServed(406, BadInput(f"the response can be {GRAPHQL_RESPONSE} or {JSON}, got Accept: {accept!r}"))
    return best[2]


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


async def _from_body(request: Request, body_max_bytes: int) -> GraphQLRequest:
    content_type, _, parameters = request.headers.get("content-type", "").partition(";")
    if content_type.strip().lower() != JSON:
        raise NotServed(415, BadInput(f"the body must be {JSON}, got Content-Type: {content_type.strip() or 'none'!r}"))
    charset = parameters.partition("charset=")[2].strip(' "').lower()
    if charset not in {"", "utf-8", "utf8"}:
        raise NotServed(415, BadInput(f"the body must be UTF-8, got charset {charset!r}"))
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > body_max_bytes:
            raise NotServed(413, LimitExceeded(f"the body must have at most {body_max_bytes} bytes (body_max_bytes)"))
    return _parameters(_parsed(bytes(body), "the body"), "the body")


def _from_query(request: Request) -> GraphQLRequest:
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
    names = {"NoneType": "nothing", "dict": "an object", "list": "a list", "str": "a string", "bool": "a boolean"}
    return names.get(type(value).__name__, "a number")
