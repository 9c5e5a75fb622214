"""The embedded engine lives in a child process, for this user alone, and comes back when it dies."""

import asyncio
import json
import os
import signal
import stat
from pathlib import Path

import pytest

from graph_service.errors import EngineNotStarted
from graph_service.store.data_directory import DataDirectory
from graph_service.store.engine import EngineOptions, start_engine
from graph_service.store.joining import SharedEngine
from graph_service.store.store import Store
from graph_service.store.transaction import WriteTransaction
from tests.store.neighbour import opened


@pytest.fixture
def place(tmp_path: Path) -> DataDirectory:
    return DataDirectory(tmp_path / "data")


async def write_until_killed(store: Store, acknowledged: list[str]) -> None:
    for number in range(100_000):
        await store.begin_import(f"note {number}")
        acknowledged.append(f"note {number}")


async def test_a_killed_engine_comes_back_with_every_acknowledged_write(place: DataDirectory) -> None:
    async with opened(place) as (engine, store):
        first = engine.own
        assert first is not None
        acknowledged: list[str] = []
        writing = asyncio.create_task(write_until_killed(store, acknowledged))
        while len(acknowledged) < 20:
            await asyncio.sleep(0.01)
        os.kill(first.pid, signal.SIGKILL)
        writing.cancel()
        await asyncio.gather(writing, return_exceptions=True)

        note = (await store.data_version()).importing

        assert note in {acknowledged[-1], f"note {len(acknowledged)}"}  # the last one may be kept, and nobody was told
        assert engine.own is not None
        assert engine.own.pid != first.pid


async def test_a_killed_engine_comes_back_without_being_asked(place: DataDirectory) -> None:
    async with opened(place) as (engine, _):
        first = engine.own
        assert first is not None
        os.kill(first.pid, signal.SIGKILL)

        async with asyncio.timeout(120):
            while engine.own is first or place.endpoint() is None:
                await asyncio.sleep(0.05)

        assert engine.own is not None
        assert engine.own.running

    async with opened(place) as (engine, _):
        assert engine.own is not None


async def test_a_write_during_which_the_engine_is_killed_is_done_by_the_next_one(place: DataDirectory) -> None:
    async with opened(place) as (engine, store):
        killed: list[int] = []

        async def work(transaction: WriteTransaction) -> None:
            await transaction.run("write/import_begun", {"note": "done"})
            if not killed:
                assert engine.own is not None
                killed.append(engine.own.pid)
                os.kill(engine.own.pid, signal.SIGKILL)

        await store.write(work)

        assert (await store.data_version()).importing == "done"


async def test_what_was_written_is_there_after_an_orderly_end(place: DataDirectory) -> None:
    async with opened(place) as (_, store):
        await store.begin_import("kept")
        before = await store.data_version()

    async with opened(place) as (_, store):
        assert await store.data_version() == before


async def test_everything_in_the_data_directory_is_private(place: DataDirectory) -> None:
    async with opened(place):
        modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (place.root, *place.root.rglob("*"))}

    assert {path: oct(mode) for path, mode in modes.items() if mode & 0o077} == {}
    assert oct(modes[place.engine / "endpoint.json"]) == oct(0o600)
    assert oct(modes[place.engine]) == oct(0o700)


async def test_a_data_directory_may_have_spaces_and_other_letters(tmp_path: Path) -> None:
    place = DataDirectory(tmp_path / "mes données de 台灣")

    async with opened(place) as (_, store):
        await store.begin_import("kept")
        assert (await store.data_version()).importing == "kept"


@pytest.mark.parametrize("below", ["", "deeper", "deeper/still"])
async def test_a_file_in_place_of_the_directory_is_named(tmp_path: Path, below: str) -> None:
    (tmp_path / "data").write_text("a file")

    with pytest.raises(EngineNotStarted, match="data") as raised:
        async with SharedEngine.open(DataDirectory(tmp_path / "data" / below), EngineOptions()):
            pass

    assert "GRAPH_SERVICE_DATA_DIR" in str(raised.value)
    assert "\n" not in str(raised.value)


async def test_a_place_where_nobody_may_write_is_named() -> None:
    nowhere = Path("/proc/graph-service") if Path("/proc/self").exists() else Path("/dev/null/graph-service")

    with pytest.raises(EngineNotStarted, match="must be one that this user can write to"):
        async with SharedEngine.open(DataDirectory(nowhere), EngineOptions()):
            pass


async def test_data_of_a_newer_engine_is_left_alone_and_said(place: DataDirectory) -> None:
    async with opened(place):
        pass
    version = place.engine / "version.json"
    assert json.loads(version.read_text())["engine"] == "ArcadeDB"
    version.write_text(json.dumps({"engine": "ArcadeDB", "version": "99.1.1"}))

    with pytest.raises(EngineNotStarted, match=r"last used with ArcadeDB 99\.1\.1"):
        async with opened(place):
            pass


async def test_data_that_the_engine_cannot_read_is_said_with_the_place_of_its_words(place: DataDirectory) -> None:
    async with opened(place):
        pass
    (place.engine / "databases" / "graph" / "configuration.json").write_text("rubbish")

    with pytest.raises(EngineNotStarted, match=r"engine-output\.log") as raised:
        async with opened(place):
            pass

    assert "\n" not in str(raised.value)


async def test_an_engine_that_is_too_slow_is_ended_and_said(place: DataDirectory) -> None:
    place.make()

    with pytest.raises(EngineNotStarted, match=r"did not start within 0\.2 s"):
        await start_engine(place, EngineOptions(start_timeout_s=0.2))


async def test_a_failed_start_leaves_the_directory_to_the_next(place: DataDirectory) -> None:
    with pytest.raises(EngineNotStarted):
        async with SharedEngine.open(place, EngineOptions(start_timeout_s=0.2)):
            pass

    async with opened(place) as (_, store):
        assert (await store.data_version()).version == "0"
