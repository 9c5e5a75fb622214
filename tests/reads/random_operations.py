"""Random operations over any schema: aliases, fragments, conditions, duplicates, literals and variables."""

import json
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLSchema,
    is_abstract_type,
    is_leaf_type,
    is_required_input_field,
)

Values = Callable[[str, str], Any]
"""Gives a value for a scalar by the name of its type and of its argument or input field."""

SURE_NAMES = frozenset({"id", "name"})
"""Fields of one type wherever they stand, so that they may stand without an alias in any fragment."""


@dataclass
class Made:
    """An operation, and the values of its variables."""

    text: str
    variables: dict[str, Any]


@dataclass
class OperationMaker:
    """Makes one operation.

    `leave_out` names fields that answer otherwise each time, `seldom` arguments that end most operations in an error.
    """

    schema: GraphQLSchema
    chance: random.Random
    values: Values
    roots: Sequence[str]
    depth_max: int = 4
    leave_out: frozenset[str] = frozenset()
    seldom: frozenset[str] = frozenset()
    variables: dict[str, Any] = field(default_factory=dict[str, Any])
    declared: list[str] = field(default_factory=list[str])
    fragments: list[str] = field(default_factory=list[str])
    count: int = 0

    def make(self) -> Made:
        """Make the operation."""
        query: Any = self.schema.query_type
        chosen = [self.chance.choice(self.roots) for _ in range(self.chance.choice([1, 1, 1, 2, 3]))]
        fields = [self._field(query, name, self.depth_max) for name in chosen]
        if self.chance.random() < 0.2:
            fields.insert(self.chance.randrange(len(fields) + 1), "__typename")
        head = f"query({', '.join(self.declared)}) " if self.declared else ""
        return Made(" ".join([f"{head}{{ {' '.join(fields)} }}", *self.fragments]), self.variables)

    def _selections(self, type_: Any, depth: int) -> str:
        parts = [self._selection(type_, depth) for _ in range(self.chance.randint(1, 5))]
        if self.chance.random() < 0.15:
            parts.append(self.chance.choice(parts))
        return f"{{ {' '.join(parts)} }}"

    def _selection(self, type_: Any, depth: int) -> str:
        kinds = self.schema.get_possible_types(type_) if is_abstract_type(type_) else [type_, *type_.interfaces]
        chance = self.chance.random()
        if chance < 0.1:
            return self._named("__typename")
        if chance < (0.6 if is_abstract_type(type_) else 0.2):
            on = self.chance.choice(list(kinds))
            below = self._selections(on, depth)
            if self.chance.random() < 0.5:
                return f"... on {on.name}{self._condition()} {below}"
            self.count += 1
            self.fragments.append(f"fragment F{self.count} on {on.name} {below}")
            return f"...F{self.count}{self._condition()}"
        names = [
            name
            for name, each in getattr(type_, "fields", {}).items()
            if name not in self.leave_out and (depth > 0 or is_leaf_type(_inner(each.type)))
        ]
        return self._field(type_, self.chance.choice(names), depth) if names else self._named("__typename")

    def _field(self, type_: Any, name: str, depth: int) -> str:
        definition = type_.fields[name]
        inner = _inner(definition.type)
        arguments = [
            f"{key}: {self._argument(key, argument)}"
            for key, argument in definition.args.items()
            if isinstance(argument.type, GraphQLNonNull) or self.chance.random() < 0.3
        ]
        below = "" if is_leaf_type(inner) else f" {self._selections(inner, depth - 1)}"
        plain = name in SURE_NAMES or (is_leaf_type(inner) and not arguments and self.chance.random() < 0.2)
        text = f"{name}({', '.join(arguments)})" if arguments else name
        return (text if plain and self.chance.random() < 0.8 else self._aliased(text)) + self._condition() + below

    def _named(self, name: str) -> str:
        return name if self.chance.random() < 0.6 else self._aliased(name)

    def _aliased(self, text: str) -> str:
        self.count += 1
        return f"a{self.count}: {text}"

    def _condition(self) -> str:
        if self.chance.random() > 0.08:
            return ""
        value = self.chance.choice(["true", "false", "variable"])
        if value == "variable":
            value = self._variable("Boolean!", self.chance.random() < 0.5)
        return f" @{self.chance.choice(['skip', 'include'])}(if: {value})"

    def _argument(self, name: str, argument: Any) -> str:
        literal, value = self._value(name, argument.type, 2)
        return self._variable(str(argument.type), value) if self.chance.random() < 0.4 else literal

    def _variable(self, type_: str, value: Any) -> str:
        name = f"v{len(self.declared)}"
        self.declared.append(f"${name}: {type_}")
        self.variables[name] = value
        return f"${name}"

    def _value(self, name: str, type_: Any, depth: int) -> tuple[str, Any]:
        """Give a value as a literal of GraphQL and as JSON."""
        if isinstance(type_, GraphQLNonNull):
            return self._value(name, type_.of_type, depth)
        if isinstance(type_, GraphQLList):
            items = [self._value(name, type_.of_type, depth) for _ in range(self.chance.randint(1, 2))]
            return f"[{', '.join(literal for literal, _ in items)}]", [value for _, value in items]
        if isinstance(type_, GraphQLEnumType):
            word = self.chance.choice(list(type_.values))
            return word, word
        if isinstance(type_, GraphQLInputObjectType):
            return self._input(type_, depth)
        value = self.values(type_.name, name)
        return json.dumps(value), value

    def _input(self, type_: GraphQLInputObjectType, depth: int) -> tuple[str, Any]:
        fields: Mapping[str, Any] = type_.fields
        needed = [key for key, each in fields.items() if is_required_input_field(each)]
        names = [
            key
            for key, each in fields.items()
            if key not in needed and (depth > 0 or is_leaf_type(_inner(each.type))) and self._likely(key)
        ]
        count = min(len(names), 1 if _one_of(type_) else self.chance.randint(1, 2))
        chosen = [*needed, *self.chance.sample(names, count)]
        given = {key: self._value(key, fields[key].type, depth - 1) for key in chosen}
        literal = ", ".join(f"{key}: {text}" for key, (text, _) in given.items())
        return f"{{{literal}}}", {key: value for key, (_, value) in given.items()}

    def _likely(self, name: str) -> bool:
        return name not in self.seldom or self.chance.random() < 0.05


def _inner(type_: Any) -> Any:
    return _inner(type_.of_type) if isinstance(type_, GraphQLList | GraphQLNonNull) else type_


def _one_of(type_: GraphQLInputObjectType) -> bool:
    """Tell whether an input takes exactly one key; Strawberry keeps that in a definition of its own."""
    return type_.is_one_of or getattr(type_.extensions.get("strawberry-definition"), "is_one_of", False)
