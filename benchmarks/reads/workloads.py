"""The workloads: what is asked, and by how many clients at once."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from benchmarks.reads.data import CATEGORIES, COMPONENTS, category, component_id
from benchmarks.reads.shapes import unseen_shape
from benchmarks.reads.texts import LookUp, Many, One, Texts, texts

if TYPE_CHECKING:
    from collections.abc import Callable

ONE, EIGHT, MANY = 1, 8, 32
COMPONENT: Final = ("id", "name", "category", "inputKind", "needsExternalService")
OFFER: Final = ("id", "sharePct", "leadTimeWeeks")


@dataclass(frozen=True, slots=True)
class Question:
    """One request: the texts of both sides and the variables."""

    texts: Texts
    variables: dict[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True)
class Workload:
    """What is asked: `question(n)` is the n-th request; `unseen`: no text comes twice in one run."""

    key: str
    title: str
    question: Callable[[int], Question]
    clients: tuple[int, ...] = (ONE, EIGHT)
    unseen: bool = False


def look_up(number: int) -> Question:
    return Question(_look_up(), {"id": component_id(number * 7 % COMPONENTS)})


@cache
def _look_up() -> Texts:
    return texts(LookUp("component", "$id", COMPONENT), "$id: ID!")


def nest(nations: int, companies: int, offers: int) -> Callable[[int], Question]:
    asked = Question(
        texts(
            Many(
                "nations",
                nations,
                (
                    "id",
                    "name",
                    "iso3",
                    Many("companies", companies, ("id", "name", "kind", Many("offers", offers, OFFER))),
                ),
            )
        )
    )
    return lambda _: asked


def rows(count: int) -> Callable[[int], Question]:
    asked = Question(texts(Many("components", count, COMPONENT)))
    return lambda _: asked


def page(number: int) -> Question:
    return Question(_page(), {"category": category(number % CATEGORIES), "weeks": 4.5 + number % 3})


@cache
def _page() -> Texts:
    return texts(_page_of("$category", "$weeks"), "$category: String!, $weeks: Float!")


def _page_of(
    category_: str, weeks: str, component: tuple[str, ...] = ("id", "name", "inputKind"), offer: tuple[str, ...] = OFFER
) -> Many:
    makers = (One("company", ("id", "name")), One("nation", ("id", "name")))
    return Many(
        "components",
        20,
        (*component, Many("offers", 5, (*offer, *makers), order=("sharePct", "DESC"))),
        where=f"{{category: {{eq: {category_}}}, offers: {{some: {{leadTimeWeeks: {{lte: {weeks}}}}}}}}}",
        order=("name", "DESC"),
        counted=True,
    )


def unseen_look_up(number: int) -> Question:
    """Write the look-up with another alias, another literal and another order of fields."""
    literal = f'"{component_id(number * 7 % COMPONENTS)}"'
    return Question(texts(LookUp("component", literal, _rewritten(COMPONENT, number))))


def unseen_page(number: int) -> Question:
    """Write the page with other aliases, other literals and another order of fields."""
    weeks = f"{4 + number % 3}.{number:06}"
    component = _rewritten(("id", "name", "inputKind"), number)
    return Question(texts(_page_of(f'"{category(number % CATEGORIES)}"', weeks, component, _rewritten(OFFER, number))))


def _rewritten(fields: tuple[str, ...], number: int) -> tuple[str, ...]:
    first, *others = random.Random(number).sample(fields, len(fields))
    return (f"{first}{number}: {first}", *others)


WORKLOADS: Final = (
    Workload("look-up", "look-up", look_up, (ONE, EIGHT, MANY)),
    Workload("small-nest", "10x3x3", nest(10, 3, 3)),
    Workload("rows", "1,000 rows of 5", rows(1_000)),
    Workload("big-nest", "100x10x10", nest(100, 10, 10)),
    Workload("page", "realistic page", page),
    Workload("unseen-look-up", "unseen text of a look-up", unseen_look_up, (ONE,), unseen=True),
    Workload("unseen-page", "unseen text of a page", unseen_page, (ONE,), unseen=True),
    Workload("unseen-shape", "unseen shape", lambda number: Question(texts(unseen_shape(number))), (ONE,), unseen=True),
)
