"""Shapes that nobody has asked for: random trees of fields, each another selection."""

from __future__ import annotations

import random
from typing import Final, NamedTuple

from benchmarks.reads.texts import Field, Many, One

LEVELS: Final = 3
ROWS: Final = 3


class Type(NamedTuple):
    """What can be selected of a type: scalars beside the id, one thing, lists, and the keys of their orders."""

    scalars: tuple[str, ...]
    one: tuple[tuple[str, str], ...]
    many: tuple[tuple[str, str], ...]
    orders: tuple[str, ...]


TYPES: Final = {
    "Nation": Type(
        ("name", "iso2", "iso3", "region", "gdprTransfer"), (), (("companies", "Company"),), ("name", "iso3")
    ),
    "Company": Type(("name", "kind", "lei"), (("headquarters", "Nation"),), (("offers", "Offer"),), ("name", "kind")),
    "Component": Type(
        ("name", "category", "inputKind", "needsExternalService"), (), (("offers", "Offer"),), ("name", "category")
    ),
    "Offer": Type(
        ("confidence", "sharePct", "shareBasis", "shareYear", "leadTimeWeeks", "inventoryWeeks"),
        (("company", "Company"), ("component", "Component"), ("nation", "Nation")),
        (),
        ("sharePct", "leadTimeWeeks", "confidence"),
    ),
}
ROOTS: Final = (("nations", "Nation"), ("companies", "Company"), ("components", "Component"), ("offers", "Offer"))


def unseen_shape(number: int) -> Field:
    """Make the shape of this number; two numbers hardly ever give the same, since there are millions.

    A list has two scalars at least: beside the id, one that tells the numbers apart.
    """
    choose = random.Random(number)
    name, type_ = choose.choice(ROOTS)
    return _many(name, type_, LEVELS, choose)


def _many(name: str, type_: str, levels: int, choose: random.Random) -> Many:
    order = choose.choice((None, *((key, way) for key in TYPES[type_].orders for way in ("ASC", "DESC"))))
    counted = levels == LEVELS and choose.random() < 0.5  # the peer orders connections below the root in other words
    return Many(name, ROWS, _fields(type_, levels, choose), order=order, counted=counted)


def _fields(type_: str, levels: int, choose: random.Random) -> tuple[Field, ...]:
    scalars, one, many, _ = TYPES[type_]
    fields: list[Field] = ["id", *(name for name in scalars if choose.random() < 0.6)]
    if levels > 1:
        fields += [One(name, _fields(below, levels - 1, choose)) for name, below in one if choose.random() < 0.7]
        fields += [_many(name, below, levels - 1, choose) for name, below in many if choose.random() < 0.8]
    return tuple(fields)
