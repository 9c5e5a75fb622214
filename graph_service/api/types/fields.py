"""How fields of read types are declared: with a description, and without a resolver, since rows serve them."""

from __future__ import annotations

from typing import Annotated, Any, Final

import strawberry
from strawberry import ID, UNSET

from graph_service.api.inputs import WorldInput
from graph_service.model.kinds import Level

FIRST: Final = "How many rows, 0 to 100; 0 gives none, while totalCount stays right."
FIRST_OF: Final = "How many rows, 0 to 1,000."
AFTER: Final = "The cursor behind which the page starts."
LAST: Final = "How many rows before `before`, or at the end; instead of first."
BEFORE: Final = "The cursor before which the page ends."
WHERE: Final = "Which rows: all conditions hold."
ORDER_BY: Final = "By which keys, the first one first; by name, then id, unless given."
JURISDICTION: Final = "The id of a nation or bloc."
ALLIES: Final = "Ids of nations or blocs that the jurisdiction trusts."
NO_IDS: Final[list[ID]] = []
WORLD: Final = "Which facts count, here and below; all of today unless given."


def argument(description: str) -> Any:
    """Describe an argument."""
    return strawberry.argument(description=description)


def field(description: str) -> Any:
    """Declare a field that rows serve (reads/graph.py)."""
    return strawberry.field(description=description)


def page(description: str, where: type, order: type) -> Any:
    """Declare a connection that rows serve, with the arguments of every connection."""

    def served(
        where: Any = UNSET,
        order_by: Any = UNSET,
        first: Any = 20,
        after: Any = UNSET,
        last: Any = UNSET,
        before: Any = UNSET,
    ):
        raise AssertionError(f"{where, order_by, first, after, last, before} is served from rows, not by a resolver")

    return _declared(served, description, _page_arguments(where, order))


def root_page(description: str, where: type, order: type) -> Any:
    """Declare a root connection: one that also takes a world."""

    def served(
        where: Any = UNSET,
        order_by: Any = UNSET,
        first: Any = 20,
        after: Any = UNSET,
        last: Any = UNSET,
        before: Any = UNSET,
        world: Any = UNSET,
    ):
        rows = (where, order_by, first, after, last, before, world)
        raise AssertionError(f"{rows} is served from rows, not by a resolver")

    arguments = _page_arguments(where, order)
    return _declared(served, description, arguments | {"world": Annotated[WorldInput | None, argument(WORLD)]})


def first_of(description: str, size: int) -> Any:
    """Declare a list of an answer, without a cursor: its first rows, `size` of them unless asked otherwise."""

    def served(first: Any = size):
        raise AssertionError(f"the first {first} rows are served from an answer, not by a resolver")

    return _declared(served, description, {"first": Annotated[int | None, argument(FIRST_OF)]})


def by_level(description: str) -> Any:
    """Declare a field that the network answers for one sort of elements."""

    def served(by: Any = Level.NATION):
        raise AssertionError(f"the answer by {by} comes from the network, not from a resolver")

    return _declared(served, description, {"by": Annotated[Level, argument("What counts as one supplier.")]})


def for_jurisdiction(description: str) -> Any:
    """Declare a field that the network answers for a jurisdiction and its allies."""

    def served(jurisdiction: Any, allies: Any = NO_IDS):
        raise AssertionError(f"the answer for {jurisdiction, allies} comes from the network, not from a resolver")

    return _declared(
        served,
        description,
        {
            "jurisdiction": Annotated[ID, argument(JURISDICTION)],
            "allies": Annotated[list[ID] | None, argument(ALLIES)],
        },
    )


def in_world(description: str) -> Any:
    """Declare a field that rows serve and that may have a world of its own."""

    def served(world: Any = UNSET):
        raise AssertionError(f"the facts of {world} are served from rows, not by a resolver")

    return _declared(served, description, {"world": Annotated[WorldInput | None, argument(WORLD)]})


def _declared(served: Any, description: str, arguments: dict[str, Any]) -> Any:
    """Make a field of a function whose arguments are typed here, as their types are values."""
    served.__annotations__ = arguments
    return strawberry.field(resolver=served, description=description)


def _page_arguments(where: Any, order: Any) -> dict[str, Any]:
    return {
        "where": Annotated[where | None, argument(WHERE)],
        "order_by": Annotated[list[order] | None, argument(ORDER_BY)],
        "first": Annotated[int | None, argument(FIRST)],
        "after": Annotated[str | None, argument(AFTER)],
        "last": Annotated[int | None, argument(LAST)],
        "before": Annotated[str | None, argument(BEFORE)],
    }
