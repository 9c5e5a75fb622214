"""A problem: what is wrong in a fact file, and where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

VALUE_CHARACTERS_SHOWN: Final = 80


@dataclass(frozen=True, slots=True)
class Problem:
    """A rule that a fact file breaks, as one line: `offers.csv:12: share_pct: 140: must be 0 to 100`.

    `line` is the line in the file, from 1, at which the row starts; 0 where the problem is the whole file or folder.
    """

    file: str
    line: int
    column: str | None
    value: str | None
    rule: str

    @property
    def shown_value(self) -> str | None:
        """The value, as it may stand in a message."""
        return _shown(self.value)

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return ": ".join(part for part in (place, self.column, self.shown_value, self.rule) if part)


def _shown(value: str | None) -> str | None:
    """Cut a long value, and write out what a terminal would obey instead of show."""
    if value is None:
        return None
    short = value if len(value) <= VALUE_CHARACTERS_SHOWN else f"{value[:VALUE_CHARACTERS_SHOWN]}..."
    return short if short.isprintable() else ascii(short)
