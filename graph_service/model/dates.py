"""Partial dates: a date of ISO 8601 that may stop at the month or the year (docs/semantics.md 46)."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from graph_service.errors import BadInput

_SHAPE: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def partial_date(text: str) -> str:
    """Give the text back when it is a partial date; raise BadInput with the rule when it is not."""
    match = _SHAPE.fullmatch(text)
    if match is not None:
        year, month, day = (int(part) if part else 1 for part in match.groups())
        try:
            date(year, month, day)
        except ValueError:
            pass
        else:
            return text
    raise BadInput(f"a partial date must be YYYY, YYYY-MM or YYYY-MM-DD, got {text!r}")
