"""Leaves: whether a stored value is what its GraphQL type serialises it to, and how it becomes that where it is not.

What no check lets pass is left to the stock executor, which alone knows what is wrong with it and says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from graphql import GraphQLEnumType, GraphQLList, GraphQLScalarType, is_specified_scalar_type

from graph_service.reads.selection import inner_type, nullable

if TYPE_CHECKING:
    from collections.abc import Callable

    Leaf = Callable[[Any], Any]

CHECKS: Final = {
    "String": "type({v}) is not str",
    "ID": "type({v}) is not str",
    "Int": "(type({v}) is not int or not -2147483648 <= {v} <= 2147483647)",
    "Float": "(type({v}) is not float or {v} - {v} != 0.0)",
    "Boolean": "type({v}) is not bool",
}
"""By scalar, the Python that is true of a value `{v}` which is not its own serialised form."""


class Unfit(Exception):
    """A value does not fit its type: the stock executor answers, over the same rows."""


class KnownWords(dict[str, str]):
    """The names of an enumeration's values by what is stored; those that are none raise."""

    def __init__(self, serialise: Leaf) -> None:
        super().__init__()
        self._serialise = serialise

    def __missing__(self, word: str) -> str:
        name = self[word] = self._serialise(word)
        return name


def check_of(type_: Any) -> str | None:
    """Give the check of a scalar that is stored as it is shown; None where a value must be made of it."""
    is_usual = isinstance(type_, GraphQLScalarType) and is_specified_scalar_type(type_)
    return CHECKS[type_.name] if is_usual else None


def leaf(type_: Any, decode: Leaf | None) -> Leaf:
    """Make what gives the serialised form of a value of any leaf type or list of them; raises for what has none."""
    inner = nullable(type_)
    make = _list(inner, decode) if isinstance(inner, GraphQLList) else serialiser(inner, decode)
    required = inner is not type_

    def of(value: Any) -> Any:
        if value is not None:
            return make(value)
        if required:
            raise Unfit
        return None

    return of


def serialiser(type_: Any, decode: Leaf | None) -> Leaf:
    """Make what serialises a value that is there."""
    if isinstance(type_, GraphQLEnumType):
        return words_of(type_, decode).__getitem__
    return _serialised(type_, decode)


def words_of(type_: GraphQLEnumType, decode: Leaf | None) -> KnownWords:
    """Make what gives the name of an enumeration's value, and raises for what is none."""
    return KnownWords(_serialised(type_, decode))


def _serialised(type_: Any, decode: Leaf | None) -> Leaf:
    serialise: Leaf = type_.coerce_output_value if hasattr(type_, "coerce_output_value") else type_.serialize

    def of(value: Any) -> Any:
        found = serialise(value if decode is None else decode(value))
        if found is None:
            raise Unfit
        return found

    return of


def _list(type_: Any, decode: Leaf | None) -> Leaf:
    item = leaf(inner_type(type_), decode)

    def of(value: Any) -> Any:
        if type(value) is not list:
            raise Unfit
        return [item(each) for each in value]  # pyright: ignore[reportUnknownVariableType] - anything may stand in it

    return of
