"""Random schemas with random rows: every wrapping of every kind of type, and values that do not fit theirs."""

import random
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from graphql import (
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLField,
    GraphQLFloat,
    GraphQLID,
    GraphQLInt,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLString,
    GraphQLUnionType,
    is_leaf_type,
)

from graph_service.reads.layout import Each, Layout, OneOf, Part, Record, Value
from graph_service.reads.selection import Selection, inner_type, nullable

ODD: dict[str, list[Any]] = {
    "String": [1, True, [], 0.5],
    "ID": [1, 1.5, []],
    "Int": [2**31, -(2**31) - 1, 1.5, 2.0, True, "3"],
    "Float": [float("nan"), float("inf"), 3, True, "x"],
    "Boolean": [0, 1.0, "true"],
    "Money": ["x", {}],
    "Word": ["three", "", 1],
}
"""By leaf, values that are not their own serialised form: some are serialised to another, some to an error."""


def random_schema(chance: random.Random) -> GraphQLSchema:
    """Make a schema whose objects refer to one another in every way."""
    money = GraphQLScalarType("Money", serialize=lambda value: str(Decimal(repr(value))))
    word = GraphQLEnumType("Word", {"ONE": "one", "TWO": "two"})
    leaves = [GraphQLString, GraphQLID, GraphQLInt, GraphQLFloat, GraphQLBoolean, money, word]
    shared = {f"s{number}": _wrapped(chance, chance.choice(leaves)) for number in range(2)}
    common = GraphQLInterfaceType(
        "Common", {"id": GraphQLField(GraphQLNonNull(GraphQLID)), **{key: GraphQLField(t) for key, t in shared.items()}}
    )
    objects: list[Any] = []
    union = GraphQLUnionType("Any", lambda: objects)

    def fields(number: int) -> dict[str, GraphQLField]:
        own = {f"l{number}{each}": _wrapped(chance, chance.choice(leaves)) for each in range(4)}
        to = {f"o{number}{each}": _wrapped(chance, chance.choice([*objects, common, union])) for each in range(3)}
        types = {"id": GraphQLNonNull(GraphQLID), **shared, **own, **to}
        return {key: GraphQLField(type_) for key, type_ in types.items()}

    for number in range(3):
        made = GraphQLObjectType(f"O{number}", lambda number=number: fields(number), interfaces=[common])
        objects.append(made)
    roots = {
        f"r{number}": GraphQLField(_wrapped(chance, chance.choice([*objects, common, union]))) for number in range(4)
    }
    return GraphQLSchema(GraphQLObjectType("Query", roots), types=objects)


def _wrapped(chance: random.Random, type_: Any) -> Any:
    for _ in range(chance.choice([0, 0, 0, 1, 1, 2])):
        type_ = GraphQLList(GraphQLNonNull(type_) if chance.random() < 0.6 else type_)
    return GraphQLNonNull(type_) if chance.random() < 0.5 else type_


@dataclass
class Rows:
    """Lays out a selection at random and makes rows for it, at most `odd` of whose values may not fit."""

    chance: random.Random
    odd: int

    def layout(self, type_: Any, selection: Selection | None) -> Layout:
        """Lay out what a field selects: columns in any order, beside columns of others, their number known or not."""
        inner = nullable(type_)
        if selection is None:
            return Value()
        if isinstance(inner, GraphQLList):
            return Each(self.layout(inner_type(inner), selection))
        records = {name: self._record(selection, name, first=len(selection.fields_by_type) > 1) for name in
                   selection.fields_by_type}  # fmt: skip
        return OneOf(records) if len(records) > 1 else next(iter(records.values()))

    def _record(self, selection: Selection, typename: str, *, first: bool) -> Record:
        fields = list(selection.fields_by_type[typename])
        self.chance.shuffle(fields)
        parts = tuple(
            Part(field, column, self.layout(field.type, field.below))
            for column, field in enumerate(fields, start=1 if first else 0)
        )
        others = self.chance.randint(0, len(parts))
        width = self.chance.choice([None, len(parts) + others + first])
        return Record(selection, typename, parts, width=width)

    def value(self, type_: Any, layout: Layout) -> Any:
        """Make what the store might answer for a field."""
        inner = nullable(type_)
        if self.chance.random() < 0.15 if inner is type_ else self._is_odd(0.1):
            return None
        match layout:
            case Each(item):
                return [self.value(inner_type(inner), item) for _ in range(self.chance.randint(0, 3))]
            case OneOf(records):
                name = self.chance.choice(list(records))
                return self._row(records[name], [name])
            case Record():
                return self._row(layout, [])
            case _:
                return self._leaf(inner)

    def _row(self, record: Record, row: list[Any]) -> list[Any]:
        row += [self.value(part.field.type, part.layout) for part in record.parts]
        row += [True] * ((record.width or 0) - len(row))  # columns that others read
        return row or [True]

    def _leaf(self, type_: Any) -> Any:
        if isinstance(type_, GraphQLList):
            if self._is_odd(0.1):
                return self.chance.choice(["x", 1, {}, [None]])
            return [self._item(inner_type(type_)) for _ in range(self.chance.randint(0, 3))]
        assert is_leaf_type(type_)
        if self._is_odd(0.3):
            return self.chance.choice(ODD[type_.name])
        fitting: dict[str, list[Any]] = {
            "String": ["", "a", "é\u2028"],
            "ID": ["a:b", "1"],
            "Int": [0, -5, 2**31 - 1, -(2**31)],
            "Float": [0.0, -1.5, 1e300],
            "Boolean": [True, False],
            "Money": [1.25, 3.0],
            "Word": ["one", "two"],
        }
        return self.chance.choice(fitting[type_.name])

    def _is_odd(self, often: float) -> bool:
        if not self.odd or self.chance.random() > often:
            return False
        self.odd -= 1
        return True

    def _item(self, type_: Any) -> Any:
        inner = nullable(type_)
        missing = self.chance.random() < 0.2 if inner is type_ else self._is_odd(0.1)
        return None if missing else self._leaf(inner)
