"""A process that is killed while it loads: the next run ends what it began."""

import asyncio
import json
import sys
from dataclasses import asdict
from pathlib import Path

from graph_service.facts.files import read_folder
from graph_service.facts.load import LoadLimits, load
from graph_service.facts.stored import read_store
from graph_service.store.address import Address
from graph_service.store.store import Store
from tests.facts.bundles import sorted_rows

ROOT = Path(__file__).parents[2]
F1 = read_folder(ROOT / "tests" / "data" / "f1")


async def load_half_and_be_killed(address: Address) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tests.facts.loading"),
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(json.dumps(asdict(address)).encode() + b"\n")
        assert await process.stdout.readline() == b"halfway\n"
    finally:
        process.kill()
        await process.communicate()


async def test_a_load_that_is_killed_in_the_middle_is_ended_by_the_next_run(address: Address, store: Store) -> None:
    await load_half_and_be_killed(address)
    assert (await store.data_version()).importing is not None
    halfway = await read_store(store)
    assert 0 < halfway.row_count < F1.row_count
    await load(store, F1, limits=LoadLimits(transaction_rows_max=20, batch_rows_max=10))
    assert sorted_rows(await read_store(store)) == sorted_rows(F1)
    assert (await store.data_version()).importing is None
