"""How fields of read types are declared: with a description, and without a resolver, since rows serve them."""

from __future__ import annotations

from typing import Annotated, Any, Final, cast

import strawberry
from strawberry import UNSET

from graph_service.api.inputs import WorldInput  # noqa: TC001 - strawberry reads annotations

FIRST: Final = "How many rows, 0 to 100; 0 gives none, while totalCount stays right."
AFTER: Final = "The cursor behind which the page starts."
WORLD: Final = "Which facts count, here and below; all of today unless given."


def field(description: str) -> Any:
    """Declare a field that rows serve (reads/graph.py)."""
    return strawberry.field(description=description)


def page(description: str) -> Any:
    """Declare a connection that rows serve, with its arguments."""

    def served(
        first: Annotated[int | None, strawberry.argument(description=FIRST)] = 20,
        after: Annotated[str | None, strawberry.argument(description=AFTER)] = UNSET,
    ):
        raise AssertionError(f"{first} rows after {after} are served from rows, not by a resolver")

    return strawberry.field(resolver=cast("Any", served), description=description)


def in_world(description: str) -> Any:
    """Declare a field that rows serve and that may have a world of its own."""

    def served(world: Annotated[WorldInput | None, strawberry.argument(description=WORLD)] = UNSET):
        raise AssertionError(f"the facts of {world} are served from rows, not by a resolver")

    return strawberry.field(resolver=cast("Any", served), description=description)
