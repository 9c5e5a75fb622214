"""`export`: the facts of the store as fact files, as GraphML, or as Parquet."""

from __future__ import annotations

import asyncio
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Final

from graph_service.errors import BadInput
from graph_service.facts.export import CsvFiles
from graph_service.facts.graphml import GraphMl
from graph_service.facts.store_export import export_store
from graph_service.settings import read_settings
from graph_service.store.opening import open_store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from graph_service.facts.store_export import Exported, Form

FORMATS: Final = ("csv", "graphml", "parquet")


def export(directory: Path, form: str) -> None:
    """Write all facts into a folder, and print how many rows of each kind.

    Raises BadInput for an unknown form, one whose library is missing, and a folder that is not empty.
    """
    exported = asyncio.run(_export(directory, _form(form)))
    sys.stdout.write("kind\trows\n")
    for kind, count in exported.count_by_kind.items():
        sys.stdout.write(f"{kind.FILE}\t{count}\n")
    if exported.importing is not None:
        sys.stderr.write(f"an import is not whole yet, and so is what was exported: {exported.importing}\n")


async def _export(directory: Path, form_of: Callable[[Path], Form]) -> Exported:
    async with open_store(read_settings()) as store:
        await store.prepare()
        return await export_store(store, directory, form_of)


def _form(form: str) -> Callable[[Path], Form]:
    match form:
        case "csv":
            return CsvFiles
        case "graphml":
            return GraphMl
        case "parquet":
            try:
                # Found at run time, since the library behind it is an extra that few need.
                return import_module("graph_service.facts.parquet").Parquet
            except ModuleNotFoundError as error:
                raise BadInput("--format parquet needs pyarrow: install graph-service[frames]") from error
        case _:
            raise BadInput(f"--format must be one of {', '.join(FORMATS)}, got {form!r}")
