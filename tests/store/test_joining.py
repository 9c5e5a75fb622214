"""One process runs the engine of a data directory, and others join it, whoever ends and however."""

import asyncio
import os
from pathlib import Path

import pytest

from graph_service.errors import EngineNotStarted, StoreUnavailable
from graph_service.store.data_directory import DataDirectory, Endpoint
from graph_service.store.engine import EngineOptions
from graph_service.store.joining import SharedEngine
from tests.store.neighbour import Neighbour, opened


@pytest.fixture
def place(tmp_path: Path) -> DataDirectory:
    return DataDirectory(tmp_path / "data")


async def gone(pid: int) -> None:
    """Wait until no process has this id."""
    async with asyncio.timeout(60):
        while Path(f"/proc/{pid}").exists() if Path("/proc/self").exists() else alive(pid):
            await asyncio.sleep(0.05)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def test_a_second_process_joins_the_engine_of_the_first(place: DataDirectory) -> None:
    async with opened(place) as (engine, store), Neighbour.at(place) as neighbour:
        assert engine.own is not None
        assert (await neighbour.said())["owns"] is False
        assert await neighbour.asked("note", "from-the-neighbour") == "noted"

        assert (await store.data_version()).importing == "from-the-neighbour"


async def test_a_joined_process_leaves_the_engine_running(place: DataDirectory) -> None:
    async with opened(place) as (_, store):
        async with Neighbour.at(place) as neighbour:
            await neighbour.said()
            await neighbour.leave()

        await store.begin_import("still here")
        assert (await store.data_version()).importing == "still here"


async def test_two_processes_that_start_at_once_share_one_engine(place: DataDirectory) -> None:
    async with Neighbour.at(place) as first, Neighbour.at(place) as second:
        owns = [answer["owns"] for answer in await asyncio.gather(first.said(), second.said())]
        await first.asked("note", "seen-by-both")

        assert sorted(owns) == [False, True]
        assert await second.asked("read") == "seen-by-both"


async def test_a_process_that_had_joined_runs_the_engine_after_its_owner_left(place: DataDirectory) -> None:
    async with Neighbour.at(place) as owner:
        await owner.said()
        async with opened(place) as (engine, store):
            assert engine.own is None
            await store.begin_import("kept")
            await owner.leave()

            assert (await store.data_version()).importing == "kept"
            assert engine.own is not None


async def test_a_killed_owner_takes_its_engine_along_and_no_written_fact(place: DataDirectory) -> None:
    async with Neighbour.at(place) as owner:
        engine_pid = (await owner.said())["engine"]
        assert await owner.asked("note", "acknowledged") == "noted"
        owner.process.kill()
        await gone(engine_pid)

    async with opened(place) as (_, store):
        assert (await store.data_version()).importing == "acknowledged"


async def test_a_write_of_a_joined_process_is_said_to_have_failed_or_done_when_the_owner_is_killed(
    place: DataDirectory,
) -> None:
    async with Neighbour.at(place) as owner:
        engine_pid = (await owner.said())["engine"]
        async with opened(place) as (engine, store):
            owner.process.kill()
            try:
                await store.begin_import("either way")
            except StoreUnavailable:
                await store.begin_import("either way")
            await gone(engine_pid)  # which may have taken the write while it ended

            assert (await store.data_version()).importing == "either way"
            assert engine.own is not None


async def test_what_a_killed_owner_said_is_not_believed(place: DataDirectory) -> None:
    place.make()
    place.say_endpoint(Endpoint(port=1, password="stale", owner=2**22 + 1))

    async with opened(place) as (engine, _):
        assert engine.own is not None
        said = place.endpoint()
        assert said is not None
        assert said.address == engine.own.address


@pytest.mark.parametrize("rubbish", ["", "{", "[]", '{"port": "x"}', "null", "\x00"])
async def test_an_endpoint_file_of_rubbish_is_replaced(place: DataDirectory, rubbish: str) -> None:
    place.make()
    (place.engine / "endpoint.json").write_text(rubbish)
    assert place.endpoint() is None

    place.say_endpoint(Endpoint(1, "new", 2))

    assert place.endpoint() == Endpoint(1, "new", 2)


async def test_nothing_is_said_after_the_owner_left(place: DataDirectory) -> None:
    async with opened(place) as (engine, _):
        assert engine.own is not None
        pid = engine.own.pid

    assert place.endpoint() is None
    assert not alive(pid)


async def test_an_owner_that_never_answers_is_named(place: DataDirectory) -> None:
    place.make()
    holder = SharedEngine(place, EngineOptions())
    assert holder._locked()
    try:
        with pytest.raises(EngineNotStarted, match="another process uses the data directory"):
            async with SharedEngine.open(place, EngineOptions(start_timeout_s=0.5)):
                pass
    finally:
        await holder._close()
