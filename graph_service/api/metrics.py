"""Metrics of requests and WebSockets, for /metrics (Prometheus)."""

from __future__ import annotations

import time
from functools import cache
from typing import TYPE_CHECKING, Final

from prometheus_client import Counter, Gauge, Histogram

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from starlette.responses import Response

REQUESTS: Final = Counter("graph_service_requests", "GraphQL requests over HTTP.", ["status"])
SOCKETS: Final = Gauge("graph_service_sockets", "WebSockets that are open.")
SUBSCRIPTIONS: Final = Gauge("graph_service_subscriptions", "Subscriptions under way.")
SECONDS: Final = Histogram("graph_service_request_seconds", "Seconds from request to response.")


@cache
def _requests(status: int) -> Counter:
    return REQUESTS.labels(status=str(status))


async def measured(responding: Awaitable[Response]) -> Response:
    """Await a response and count it by status and duration."""
    begin = time.perf_counter()
    response = await responding
    SECONDS.observe(time.perf_counter() - begin)
    _requests(response.status_code).inc()
    return response
