"""Scalars of the contract beyond those that GraphQL and Strawberry bring."""

from __future__ import annotations

from typing import NewType

import strawberry

from graph_service.errors import BadInput
from graph_service.model.dates import partial_date

PartialDateText = NewType("PartialDateText", str)
"""Text of the form YYYY, YYYY-MM or YYYY-MM-DD (docs/semantics.md 46)."""


def _parse(value: object) -> PartialDateText:
    if not isinstance(value, str):
        raise BadInput(f"a partial date must be YYYY, YYYY-MM or YYYY-MM-DD, got {value!r}")
    return PartialDateText(partial_date(value))


partial_date_scalar = strawberry.scalar(
    name="PartialDate",
    description="A date of ISO 8601 that may stop at the month or the year: YYYY, YYYY-MM or YYYY-MM-DD.",
    serialize=str,
    parse_value=_parse,
)
