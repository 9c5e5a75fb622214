"""The GraphiQL page: the bundled HTML, filled with this service's address and its questions."""

from __future__ import annotations

import html
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import orjson
from starlette.responses import HTMLResponse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request

# Monaco writes style elements and inlines two small images. 'self' covers the WebSocket of the same host, too.
_CONTENT_SECURITY_POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-cache",
    "Vary": "Accept",  # the same address answers other clients with JSON
}


@dataclass(frozen=True, slots=True)
class Tab:
    """One question that GraphiQL opens with: a GraphQL document, and its variables as JSON text or empty."""

    query: str
    variables: str = ""


def asks_for_page(request: Request) -> bool:
    """Tell whether a browser opens the address, with or without a question in it (`?query=...&variables=...`)."""
    return request.method == "GET" and "text/html" in request.headers.get("accept", "")


def graphiql_page(
    request: Request, *, endpoint: str, assets: str, tabs: Sequence[Tab], title: str = "Alliance graph"
) -> HTMLResponse:
    """Build the page that answers `request`.

    `endpoint` (such as `/graphql`) and `assets` (where the folder static/graphiql is mounted) are paths of the
    application; what a proxy puts before them is taken from the root_path of the request.
    """
    root: str = request.scope.get("app_root_path", request.scope.get("root_path", ""))
    config = {"endpoint": root + endpoint, "title": title, "tabs": [asdict(tab) for tab in tabs]}
    template = _template().replace("./assets/", f"{html.escape(root + assets)}/assets/")
    before, after = template.replace("Alliance graph", html.escape(title)).split("{}")
    return HTMLResponse(before + _script_text(config) + after, headers=_HEADERS)


def _script_text(value: object) -> str:
    """Write `value` as JSON that cannot end the script element it stands in."""
    return orjson.dumps(value).decode().replace("<", "\\u003c")


@cache
def _template() -> str:
    return files("graph_service").joinpath("static", "graphiql", "index.html").read_text(encoding="utf-8")
