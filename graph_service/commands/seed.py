"""`seed`: a folder of fact files into the store, with a progress bar on a terminal."""

from __future__ import annotations

import asyncio
import gc
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from graph_service.errors import RejectedFacts
from graph_service.facts.files import read_folder
from graph_service.facts.load import LoadLimits, load
from graph_service.facts.report import LoadReport, rejected
from graph_service.model.shipped import shipped
from graph_service.network.load import load_network
from graph_service.settings import read_settings
from graph_service.store.opening import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence
    from pathlib import Path

    from graph_service.facts.bundle import Bundle
    from graph_service.facts.risks import Risks
    from graph_service.settings import Settings
    from graph_service.store.store import Store


def seed(directory: Path | None, *, dry_run: bool, replace: bool) -> None:
    """Load a folder and print what came of it, kind by kind.

    Raises RejectedFacts, with one line for every broken row, when nothing was written because of them.
    """
    bundle = read_facts(directory or shipped("seed/data"))
    try:
        with _progress() as progress:
            report = asyncio.run(seed_store(bundle, progress, dry_run=dry_run, replace=replace))
    except RejectedFacts as error:
        _print(LoadReport(rejected(error.problems), data_version="", dry_run=dry_run))
        raise
    _print(report)


def read_facts(folder: Path) -> Bundle:
    """Read a folder without looking for garbage: rows hold no cycles, and there may be a million of them."""
    gc.disable()
    try:
        return read_folder(folder)
    finally:
        gc.freeze()
        gc.enable()
        gc.set_threshold(20_000, 10, 20)  # what the driver leaves behind holds whole messages, so it goes soon


async def seed_store(
    bundle: Bundle, progress: Callable[[int, int], None], *, dry_run: bool = False, replace: bool = False
) -> LoadReport:
    """Load a bundle into the store that the settings name."""
    settings = read_settings()
    async with open_store(settings) as store:
        await store.prepare()
        return await load(
            store,
            bundle,
            dry_run=dry_run,
            replace=replace,
            recorded=(lambda: load_network(store)) if dry_run else None,
            limits=load_limits(settings),
            progress=progress,
        )


async def fill_if_empty(store: Store, settings: Settings) -> None:
    """Load the shipped facts into an embedded store that holds none; a server's store is its owner's."""
    if settings.neo4j_uri is not None or not (await store.read("read/is_empty"))[0][0]:
        return
    with _progress() as progress:
        await load(store, read_folder(shipped("seed/data")), limits=load_limits(settings), progress=progress)


def load_limits(settings: Settings) -> LoadLimits:
    """Give the limits of an import that the settings state."""
    return LoadLimits(settings.import_transaction_rows_max, settings.import_batch_rows_max)


@contextmanager
def _progress() -> Generator[Callable[[int, int], None]]:
    """Show a bar on a terminal, and nothing in a pipe."""
    console = Console(file=sys.stderr)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("facts", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _print(report: LoadReport) -> None:
    """Print tables on a terminal, and tab-separated lines, a blank line between two tables, in a pipe."""
    _print_counts(report)
    if report.risks is not None:
        _print_risks(report.risks)


def _print_counts(report: LoadReport) -> None:
    names = ("created", "updated", "unchanged", "retired", "rejected")
    rows = [(count.kind, *(getattr(count, name) for name in names)) for count in (*report.kinds, report.total)]
    _print_table(("kind", *names), rows, "dry run, nothing written" if report.dry_run else None)


def _print_risks(risks: Risks) -> None:
    """Print which single points of failure would appear and go, below the counts."""
    rows = [
        (change, point.entity, point.level, point.target)
        for change, points in (("added", risks.added), ("removed", risks.removed))
        for point in points
    ]
    if not sys.stdout.isatty():
        sys.stdout.write("\n")
    _print_table(("single point", "entity", "level", "stops"), rows, "single points of failure of deployments")


def _print_table(names: Sequence[str], rows: Sequence[Sequence[object]], title: str | None) -> None:
    if not sys.stdout.isatty():
        for row in (names, *rows):
            sys.stdout.write("\t".join(str(cell) for cell in row) + "\n")
        return
    table = Table(title=title)
    for name in names:
        table.add_column(name, justify="right" if rows and isinstance(rows[0][names.index(name)], int) else "left")
    for row in rows:
        table.add_row(*(str(cell) for cell in row))
    Console(file=sys.stdout).print(table)
