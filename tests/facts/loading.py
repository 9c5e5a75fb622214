"""A process that loads F1 in small batches and stands still in the middle of one, to be killed there.

It reads the address of the store from standard input and prints a line when it stands still.
"""

import asyncio
import json
import sys
import time
from pathlib import Path

from graph_service.facts.files import read_folder
from graph_service.facts.load import LoadLimits, load
from graph_service.store.address import Address, Engine
from graph_service.store.limits import StoreLimits
from graph_service.store.store import Store

F1 = Path(__file__).parents[1] / "data" / "f1"


async def load_half() -> None:
    bundle = read_folder(F1)
    given = json.loads(sys.stdin.readline())
    address = Address(**{**given, "engine": Engine(given["engine"])})

    def stand_still(done: int, total: int) -> None:
        if done > total // 2:
            sys.stdout.write("halfway\n")
            sys.stdout.flush()
            time.sleep(600)

    async with Store.open(address, StoreLimits()) as store:
        limits = LoadLimits(transaction_rows_max=20, batch_rows_max=10)
        await load(store, bundle, limits=limits, progress=stand_still)


if __name__ == "__main__":
    asyncio.run(load_half())
