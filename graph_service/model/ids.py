"""Ids: `kind:slug`, lower case, stable, the same in files, store and GraphQL (docs/semantics.md 43)."""

from __future__ import annotations

import re
from typing import Final

from graph_service.errors import BadInput
from graph_service.model.kinds import Kind

SLUG: Final = "[a-z0-9]+(?:-[a-z0-9]+)*"
ENTITY_ID: Final = re.compile(rf"({'|'.join(Kind)}):({SLUG})")
FACT_ID: Final = re.compile(rf"({Kind.OFFER}|{Kind.REQUIREMENT}):({SLUG}(?:\.{SLUG})*)")


def kind_of(node_id: str) -> Kind:
    """Tell the kind that an id names; raise BadInput where the text is no id."""
    match = ENTITY_ID.fullmatch(node_id) or FACT_ID.fullmatch(node_id)
    if match is None:
        raise BadInput(f"an id must be kind:slug, such as nation:twn or component:hbm, got {node_id!r}")
    return Kind(match.group(1))


def is_id(text: str, *kinds: Kind) -> bool:
    """Tell whether a text is a well-formed id, of one of these kinds if any are given."""
    match = ENTITY_ID.fullmatch(text) or FACT_ID.fullmatch(text)
    return match is not None and (not kinds or Kind(match.group(1)) in kinds)


def slug_of(node_id: str) -> str:
    """Give the part of an id behind its kind."""
    return node_id.partition(":")[2]


def default_offer_id(component: str, company: str | None, nation: str | None) -> str | None:
    """Make the id of an offer of its company, component and nation; None where one of them is not known."""
    if company is None or nation is None:
        return None
    return f"{Kind.OFFER}:{slug_of(company)}.{slug_of(component)}.{slug_of(nation)}"
