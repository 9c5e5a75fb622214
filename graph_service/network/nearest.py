"""The nearest ids: what somebody may have meant who named a thing that is not recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz, process

from graph_service.errors import NotFound
from graph_service.model.ids import slug_of

if TYPE_CHECKING:
    from collections.abc import Sequence

NEAREST_MAX: Final = 3


def not_recorded(wanted: str, known: Sequence[str], where: str = "") -> NotFound:
    """Say that `wanted` is not among the `known` ids, and which of them come nearest (docs/semantics.md 41)."""
    slugs = [slug_of(name) for name in known]
    hits = process.extract(slug_of(wanted), slugs, scorer=fuzz.WRatio, limit=NEAREST_MAX)
    nearest = ", ".join([known[place] for _, _, place in hits])
    return NotFound(f"{wanted} is not recorded{where}" + (f"; nearest: {nearest}" if nearest else ""))
