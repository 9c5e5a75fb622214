"""Limits: how long a store lets anything take, and how many connections it opens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

KEPT_MAX: Final = 8
"""Of connections that wait for the next read; more under way at once than a database has processors for."""


@dataclass(frozen=True, slots=True)
class StoreLimits:
    """The longest that the store lets anything take, in seconds, and how many connections it opens.

    With `warns` the driver turns what a database says of a statement, such as a deprecation, into a Python warning.
    It takes the call stack of each statement for that, which costs twice as much as the statement itself: for tests.
    """

    read_timeout_s: float = 20
    write_timeout_s: float = 120
    connect_timeout_s: float = 3
    connections_max: int = 100
    warns: bool = False

    @property
    def kept_max(self) -> int:
        """How many connections may be kept for the next read; the others are there for whoever comes."""
        return min(KEPT_MAX, self.connections_max // 4)
