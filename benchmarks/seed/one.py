"""Do what one command does, on the store that the settings name, and print its figures as JSON.

`python -m benchmarks.seed.one seed FOLDER`, or `export FOLDER`: in this process, so that CPU and memory are its own.
"""

import asyncio
import sys
import time
from dataclasses import asdict
from pathlib import Path

import orjson

from benchmarks.memory import peak_mb
from benchmarks.seed.figures import Clock, Figures
from graph_service.commands.export import export
from graph_service.commands.seed import read_facts, seed_store

SEED = "seed"


def main(command: str, folder: Path) -> None:
    """Run one of the two commands and print the figures."""
    began = time.perf_counter()
    if command == SEED:
        clock = Clock()
        bundle = read_facts(folder)
        asyncio.run(seed_store(bundle, clock))
    else:
        export(folder, "csv")
    figures = Figures(time.perf_counter() - began, time.process_time(), peak_mb())
    if command == SEED:
        figures.rows, figures.written = bundle.row_count, clock.written(bundle)
    sys.stdout.write(orjson.dumps(asdict(figures)).decode() + "\n")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
