"""A bundle: all rows of a folder of fact files, or of the store, by the kind of row."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar, cast

from graph_service.facts.rows import ROWS, Row

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph_service.facts.problem import Problem

R = TypeVar("R", bound=Row)


@dataclass(frozen=True, slots=True)
class Bundle:
    """Rows by kind, each with the line where it starts (none for rows of the store).

    `problems` are the rules that single rows and whole files break; a bundle with problems is never loaded.
    So that one broken row is reported once, and not again wherever it is named, `claimed` holds the ids of broken
    rows, and `unread` the kinds of rows whose file could not be read.
    """

    rows: Mapping[type[Row], Sequence[Row]]
    lines: Mapping[type[Row], Sequence[int]] = field(default_factory=dict[type[Row], "Sequence[int]"])
    problems: Sequence[Problem] = ()
    claimed: frozenset[str] = frozenset()
    unread: frozenset[type[Row]] = frozenset()

    def of(self, kind: type[R]) -> Sequence[R]:
        """Give the rows of one kind."""
        return cast("Sequence[R]", self.rows.get(kind, ()))

    def line(self, kind: type[Row], number: int) -> int:
        """Give the line where the row of this number starts; 0 where the rows come from no file."""
        lines = self.lines.get(kind)
        return lines[number] if lines else 0

    @property
    def row_count(self) -> int:
        """The number of rows of all kinds."""
        return sum(len(self.of(kind)) for kind in ROWS)
