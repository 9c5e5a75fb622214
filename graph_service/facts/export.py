"""Export: a bundle as a folder of fact files, which `seed` reads back without a difference."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import TYPE_CHECKING, Any, Final, cast

from graph_service.errors import BadInput
from graph_service.facts.cells import Citation
from graph_service.facts.columns import columns, key
from graph_service.facts.rows import ROWS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from graph_service.facts.bundle import Bundle
    from graph_service.facts.rows import Row

WHOLE_MAX: Final = 1e15
"""Up to here a float that is whole is written without a fraction."""


def write_folder(bundle: Bundle, folder: Path) -> list[Path]:
    """Write the fact files of a bundle into a new or empty folder, and give their paths.

    Raises BadInput where the folder holds something already, or cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise BadInput(f"{folder}: must be empty, so that no old fact file stays among the new ones")
        paths: list[Path] = []
        for name, text in texts_of(bundle).items():
            paths.append(folder / name)
            paths[-1].write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise BadInput(f"{error.filename or folder}: cannot be written: {error.strerror}") from error
    return paths


def texts_of(bundle: Bundle) -> Mapping[str, str]:
    """Give the text of each fact file by its name; kinds without rows have no file. Rows are sorted by their ids."""
    return {f"{kind.FILE}.csv": _text(kind, bundle) for kind in ROWS if bundle.of(kind)}


def _text(kind: type[Row], bundle: Bundle) -> str:
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    names = columns(kind)
    writer.writerow(names)
    writer.writerows([cell_of(getattr(row, name)) for name in names] for row in sorted(bundle.of(kind), key=key))
    return text.getvalue()


def cell_of(value: Any) -> str:
    """Write a value as cells.py reads it; not known is empty."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < WHOLE_MAX else repr(value)
        case Decimal():
            return _plain(value)
        case date():
            return value.isoformat()
        case tuple():
            return ";".join(map(_item, cast("tuple[str | Citation, ...]", value)))
        case _:
            return str(value)


def _item(item: str | Citation) -> str:
    if isinstance(item, Citation):
        return item.source if item.note is None else f"{item.source}|{item.note}"
    return item


def _plain(value: Decimal) -> str:
    """Write a decimal without exponent and without zeros at its end."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
