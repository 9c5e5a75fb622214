"""`serve`: the service on a port, with the shipped facts in an empty embedded store."""

from __future__ import annotations

import asyncio
import gc
import socket
import sys
import webbrowser
from typing import TYPE_CHECKING, Final

import uvicorn

from graph_service.app import create_app, running_service
from graph_service.commands.seed import fill_if_empty
from graph_service.errors import BadInput
from graph_service.logs import configure_logs
from graph_service.settings import read_settings, setting_notes

if sys.platform == "win32":
    from asyncio import new_event_loop
else:
    from uvloop import new_event_loop

if TYPE_CHECKING:
    from graph_service.settings import Settings

COLLECTED_AFTER: Final = (50_000, 20, 100)
"""Objects and rounds between collections; the default, 700 objects, is a tenth of one large answer.

A round over a million objects holds up everything for about 40 ms, so the second number is not larger.
"""

SWITCH_SECONDS: Final = 0.001
"""How long an analysis in its thread keeps the event loop waiting at each turn: a look-up takes several turns."""


def serve(host: str | None, port: int | None, *, open_page: bool) -> None:
    """Serve until interrupted. Raises BadInput when the port is taken, StoreUnavailable without a store."""
    given = {"host": host, "port": port}
    settings = read_settings({name: value for name, value in given.items() if value is not None})
    configure_logs()
    with _listening(settings) as listener, asyncio.Runner(loop_factory=new_event_loop) as runner:
        runner.run(_serve(settings, listener, open_page=open_page))


def share_processor() -> None:
    """Let what runs beside an analysis wait as little as can be.

    What is here now stays: collectors, which hold up every thread, need not walk over it, and come less often.
    """
    sys.setswitchinterval(SWITCH_SECONDS)
    gc.freeze()
    gc.set_threshold(*COLLECTED_AFTER)


def print_settings() -> None:
    """Print every setting with its default and meaning, for `serve --help`."""
    sys.stdout.write("Settings, from the environment or a file .env:\n\n")
    for note in setting_notes():
        sys.stdout.write(f"  {note.name} = {note.default}\n      {note.description}\n")


async def _serve(settings: Settings, listener: socket.socket, *, open_page: bool) -> None:
    async with running_service(settings) as service:
        await fill_if_empty(service.store, settings)
        await service.networks.record()
        config = uvicorn.Config(
            create_app(service),
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=False,  # nothing here depends on who the client is
            timeout_graceful_shutdown=5,
            ws_max_size=settings.socket_message_max_bytes,
        )
        server = uvicorn.Server(config)
        share_processor()
        address = _address(listener)
        sys.stderr.write(f"GraphiQL: {address}/graphql\n")
        if open_page:
            webbrowser.open(f"{address}/graphql")
        await server.serve(sockets=[listener])


def _listening(settings: Settings) -> socket.socket:
    try:
        found = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, protocol, _, address = found[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen()  # from now on a client waits for its turn, and is not refused
    except OSError as error:
        raise BadInput(f"cannot listen on {settings.host} port {settings.port}: {error.strerror or error}") from error
    return listener


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104 - compared, not bound
    return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"
