"""Another process on the same data directory, as tests use it.

As a program (`python -m tests.store.neighbour DIRECTORY`) it opens the store, says whether it owns the engine, and
answers each line of its input with one line; as a module it starts such a program.
"""

from __future__ import annotations

import asyncio
import json
import sys
from asyncio.subprocess import PIPE
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph_service.errors import GraphServiceError
from graph_service.store.data_directory import DataDirectory
from graph_service.store.engine import EngineOptions
from graph_service.store.joining import SharedEngine
from graph_service.store.limits import StoreLimits
from graph_service.store.queries import QueryLibrary
from graph_service.store.store import Store

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import AsyncGenerator

    from graph_service.store.transaction import WriteTransaction

OPTIONS = EngineOptions(start_timeout_s=120)
LIMITS = StoreLimits(read_timeout_s=60, write_timeout_s=60)
TOP = Path(__file__).parents[2]


@asynccontextmanager
async def opened(
    place: DataDirectory, library: QueryLibrary | None = None
) -> AsyncGenerator[tuple[SharedEngine, Store]]:
    """Open the engine of a directory and its store, with the schema made."""
    async with SharedEngine.open(place, OPTIONS) as engine, Store.over(engine, LIMITS, library) as store:
        await store.prepare()
        yield engine, store


class Neighbour:
    """A running neighbour."""

    def __init__(self, process: Process) -> None:
        self.process = process

    @classmethod
    @asynccontextmanager
    async def at(cls, place: DataDirectory) -> AsyncGenerator[Neighbour]:
        """Start a neighbour; it is killed at the end if it still runs."""
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.store.neighbour", str(place.root), stdin=PIPE, stdout=PIPE, cwd=TOP
        )
        try:
            yield cls(process)
        finally:
            if process.returncode is None:
                process.kill()
            await process.communicate()

    async def said(self) -> Any:
        """Wait for its next line."""
        assert self.process.stdout is not None
        line = await self.process.stdout.readline()
        assert line, "the neighbour ended"
        return json.loads(line)

    async def asked(self, *words: str) -> Any:
        """Ask and wait for the answer."""
        assert self.process.stdin is not None
        self.process.stdin.write(" ".join(words).encode() + b"\n")
        return await self.said()

    async def leave(self) -> None:
        """Let it end in order."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        assert await self.process.wait() == 0


async def _answer(engine: SharedEngine, store: Store, words: list[str]) -> Any:
    async def work(transaction: WriteTransaction) -> None:
        await transaction.run("write/import_begun", {"note": words[1]})

    match words[0]:
        case "note":
            await store.write(work)
            return "noted"
        case "read":
            return (await store.data_version()).importing
        case _:
            return {"owns": engine.own is not None, "engine": engine.own.pid if engine.own else None}


async def _main(root: Path) -> None:
    async with opened(DataDirectory(root)) as (engine, store):
        words = ["owns"]
        while words:
            try:
                answer = await _answer(engine, store, words)
            except GraphServiceError as error:
                answer = {"error": type(error).__name__}
            sys.stdout.write(json.dumps(answer) + "\n")
            sys.stdout.flush()
            words = (await asyncio.to_thread(sys.stdin.readline)).split()


if __name__ == "__main__":
    asyncio.run(_main(Path(sys.argv[1])))
