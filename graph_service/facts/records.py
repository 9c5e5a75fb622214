"""The records of a CSV text: cells and the line where each record starts, before anybody asks what they mean."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator


LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


class Record(NamedTuple):
    """One record: the line of the text where it starts, from 1, and its cells without surrounding spaces."""

    line: int
    cells: list[str]


class BrokenRecord(Exception):
    """The text stops being CSV: the line where the broken record starts, and what is wrong with it."""

    def __init__(self, line: int, reason: str) -> None:
        self.line = line
        self.reason = reason
        super().__init__(f"line {line}: {reason}")


def records(text: str) -> Iterator[Record]:
    """Give the records of a text in order, blank lines left out; a cell in quotes may span lines.

    Raises BrokenRecord where the text stops being CSV (a quote without its end, a cell above 131,072 characters).
    """
    # Cut lazily: a StringIO would hold the text once more, at four bytes a character.
    reader = csv.reader((line[0] for line in LINE.finditer(text)), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise BrokenRecord(line, str(error)) from error
        if cells is None:
            return
        stripped = [cell.strip() for cell in cells]
        if any(stripped):
            yield Record(line, stripped)
