"""`generate`: a synthetic supply network of any size, as fact files."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from graph_service.facts.export import new_folder, write_folder
from graph_service.facts.synthetic.facts import synthetic_facts

if TYPE_CHECKING:
    from pathlib import Path


def generate(directory: Path, component_count: int, seed: int) -> None:
    """Write the facts into a new or empty folder and print how many rows each file has.

    Raises BadInput for a number of components out of bounds, and for a folder that holds something already.
    """
    new_folder(directory)
    bundle = synthetic_facts(component_count, seed)
    write_folder(bundle, directory)
    for kind, rows in bundle.rows.items():
        sys.stdout.write(f"{kind.FILE}.csv\t{len(rows)}\n")
