"""Wiring: a store becomes a service, a service an ASGI application."""

from __future__ import annotations

from contextlib import aclosing, asynccontextmanager
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.applications import Starlette
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute

from graph_service.api.access import Keys
from graph_service.api.changes import Changes
from graph_service.api.context import Service
from graph_service.api.events import Watch
from graph_service.api.execution import Executor
from graph_service.api.graphiql import Tab, asks_for_page, graphiql_page
from graph_service.api.http import PostsFirst, graphql_over_http
from graph_service.api.metrics import measured
from graph_service.api.schema import schema
from graph_service.api.socket import Sockets
from graph_service.api.static_files import CompressedStaticFiles
from graph_service.errors import GraphServiceError
from graph_service.facts.quality import Quality
from graph_service.model.operations import named_operations
from graph_service.network.networks import Networks
from graph_service.reads.names import Names
from graph_service.store.opening import open_store

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from starlette.requests import Request
    from starlette.types import ASGIApp

    from graph_service.settings import Settings
    from graph_service.store.store import Store

ASSETS: Final = "/static/graphiql"


@asynccontextmanager
async def running_service(settings: Settings) -> AsyncGenerator[Service]:
    """Open the store, prepare its schema, and give the parts of the service.

    Raises StoreUnavailable when the database cannot be reached or the embedded engine does not start.
    """
    async with open_store(settings) as store:
        await store.prepare()
        service = service_over(store, settings)
        async with aclosing(service.quality):
            yield service


def service_over(store: Store, settings: Settings) -> Service:
    """Put the parts of a service together over a store."""
    networks = Networks(store)
    return Service(
        settings=settings,
        store=store,
        networks=networks,
        names=Names(store),
        quality=Quality(store),
        changes=Changes(store, settings.change_poll_seconds),
        watch=Watch(networks),
    )


def create_app(service: Service) -> ASGIApp:
    """Build the application of a running service: its routes, and nothing from elsewhere."""
    executor = Executor(service)
    keys = Keys(service.settings)
    tabs = [Tab(operation.text) for operation in named_operations().values()]

    async def answered(request: Request) -> Response:
        return await measured(graphql_over_http(request, executor, service.settings, keys))

    async def graphql(request: Request) -> Response:
        if asks_for_page(request):
            return graphiql_page(request, endpoint="/graphql", assets=ASSETS, tabs=tabs)
        return await answered(request)

    async def readyz(_: Request) -> Response:
        """Say whether the store answers and holds facts, and whether an import is still under way."""
        try:
            version = await service.store.data_version()
            network = await service.networks.record()
        except GraphServiceError as error:
            return JSONResponse({"ready": False, "because": str(error)}, 503)
        because = None
        if version.importing is not None:
            because = f"an import is not whole yet: {version.importing}"
        elif not network.nodes.id:
            because = "no facts are loaded: run `graph-service seed`"
        body = {"ready": because is None, "because": because, "dataVersion": version.version}
        return JSONResponse(body, 200 if because is None else 503)

    others = Starlette(
        routes=[
            Route("/", _to_graphiql),
            Route("/graphql", graphql, methods=["GET", "POST"]),
            WebSocketRoute("/graphql", Sockets(executor, service.settings, keys).serve),
            Route("/schema.graphql", _sdl),
            Route("/healthz", _alive),
            Route("/readyz", readyz),
            Route("/metrics", _metrics),
            Mount(ASSETS, CompressedStaticFiles(directory=str(files("graph_service") / "static" / "graphiql"))),
        ],
    )
    return PostsFirst(others, "/graphql", answered)


def _to_graphiql(_: Request) -> Response:
    return RedirectResponse("graphql")


def _sdl(_: Request) -> Response:
    return PlainTextResponse(schema().as_str())


def _alive(_: Request) -> Response:
    return JSONResponse({"alive": True})


def _metrics(_: Request) -> Response:
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
