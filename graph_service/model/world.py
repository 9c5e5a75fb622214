"""The world of a request: which recorded facts count (docs/semantics.md 1-4, 44)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph_service.model.kinds import Capital, Suppliers

if TYPE_CHECKING:
    from datetime import date

    from graph_service.model.scenario import Scenario


def today() -> date:
    """Give today's date in UTC."""
    return dt.datetime.now(tz=dt.UTC).date()


@dataclass(frozen=True, slots=True)
class World:
    """Facts count with `valid_from <= as_of < valid_to` and `confidence >= min_confidence`.

    `as_of` None drops the date filter (`allDates`); reads may ask for that, analyses refuse it. `scenario` is for
    analyses, and reads refuse it; None where nothing is supposed.
    """

    as_of: date | None
    min_confidence: int = 0
    capital: Capital = Capital.REQUIRED
    suppliers: Suppliers = Suppliers.RECORDED
    scenario: Scenario | None = None
