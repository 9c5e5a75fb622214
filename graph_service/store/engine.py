"""The embedded engine: one child process on loopback that ends with its owner.

The child stops in order when its standard input closes, which the operating system does however this process ends.
So this process must never fork without exec while it owns an engine: the copy would hold the input open.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import socket
import sys
from asyncio.subprocess import PIPE
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from graph_service.errors import EngineNotStarted
from graph_service.store.data_directory import DATABASE, engine_address
from graph_service.store.drivers import answers
from graph_service.store.engine_child import READY, STOP_SECONDS

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import Mapping

    from graph_service.store.address import Address
    from graph_service.store.data_directory import DataDirectory

CHILD: Final = Path(__file__).with_name("engine_child.py")
START_ATTEMPTS: Final = 3
"""A free port may be taken by another program before the engine listens on it."""
LOOPBACK: Final = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class EngineOptions:
    """How the engine runs: its heap, and the longest that one statement and its own start may take."""

    heap_megabytes: int = 1_024
    statement_timeout_s: float = 120
    start_timeout_s: float = 60


class EmbeddedEngine:
    """A running engine, and the process that it is."""

    def __init__(self, address: Address, port: int, process: Process) -> None:
        self.address = address
        self.port = port
        self._process = process

    @property
    def pid(self) -> int:
        """The process id of the engine."""
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether the process lives."""
        return self._process.returncode is None

    async def ended(self) -> int:
        """Wait until the process ends, however it does; give its exit status."""
        return await self._process.wait()

    async def stop(self) -> None:
        """Stop the engine in order; it is killed where it does not end by itself."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            async with asyncio.timeout(STOP_SECONDS):
                await self._process.wait()
        except TimeoutError:
            await _kill(self._process)


async def start_engine(place: DataDirectory, options: EngineOptions) -> EmbeddedEngine:
    """Start the engine of a data directory and wait until it answers; raises EngineNotStarted.

    The caller holds the directory's owner lock.
    """
    attempts = 1
    while True:
        ports = _free_ports()
        try:
            return await _start_once(place, options, *ports)
        except EngineNotStarted:
            if attempts == START_ATTEMPTS or all(map(_is_free, ports)):
                raise
        attempts += 1


async def _start_once(place: DataDirectory, options: EngineOptions, bolt_port: int, http_port: int) -> EmbeddedEngine:
    address = engine_address(bolt_port, secrets.token_urlsafe(24))
    order = {
        "password": address.password,
        "database": DATABASE,
        "bolt_port": bolt_port,
        "http_port": http_port,
        "heap_megabytes": options.heap_megabytes,
        "statement_timeout_ms": int(options.statement_timeout_s * 1000),
    }
    with place.open_output() as output:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", str(CHILD)),
            stdin=PIPE,
            stdout=PIPE,
            stderr=output,
            cwd=place.engine,
            start_new_session=True,  # Ctrl-C is for the owner, who then stops the engine in order
        )
    async with AsyncExitStack() as undo:
        undo.push_async_callback(_kill, process)
        try:
            async with asyncio.timeout(options.start_timeout_s):
                if await _came_up(process, order) and await answers(address, options.start_timeout_s):
                    undo.pop_all()
                    return EmbeddedEngine(address, bolt_port, process)
        except TimeoutError as error:
            limit = f"within {options.start_timeout_s:g} s (GRAPH_SERVICE_ENGINE_START_TIMEOUT_SECONDS)"
            raise EngineNotStarted(
                f"the embedded engine of {place.root} did not start {limit}: {place.last_words()}"
            ) from error
    raise EngineNotStarted(f"the embedded engine of {place.root} did not start: {place.last_words()}")


async def _came_up(process: Process, order: Mapping[str, object]) -> bool:
    """Give the order and wait for the one line of the answer; an engine that ends instead gives none."""
    assert process.stdin is not None, "it was made with a pipe"
    assert process.stdout is not None, "it was made with a pipe"
    process.stdin.write(json.dumps(order).encode() + b"\n")
    with suppress(ConnectionError):
        await process.stdin.drain()
    return await process.stdout.readline() == READY


async def _kill(process: Process) -> None:
    with suppress(ProcessLookupError):
        process.kill()
    await process.wait()


def _free_ports() -> tuple[int, int]:
    with socket.create_server((LOOPBACK, 0)) as first, socket.create_server((LOOPBACK, 0)) as second:
        return first.getsockname()[1], second.getsockname()[1]


def _is_free(port: int) -> bool:
    try:
        socket.create_server((LOOPBACK, port)).close()
    except OSError:
        return False
    return True
