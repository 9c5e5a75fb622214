"""Given things: what an answer names although the store does not have it, with the fields that are known of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from graphql import GraphQLEnumType, GraphQLList, GraphQLObjectType

from graph_service.reads.rows import Row
from graph_service.reads.selection import nullable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph_service.reads.selection import SelectedField, Selection


@dataclass(frozen=True, slots=True)
class Given:
    """A thing that is not recorded: its GraphQL type, and the values of its fields by their GraphQL names."""

    typename: str
    values: Mapping[str, Any]


EMPTY_BY_SCALAR: Final[Mapping[str, Any]] = {"Boolean": False, "Int": 0, "Float": 0.0}


def given_row(selection: Selection, given: Given) -> Row:
    """Give what is selected of a given thing: its known fields; null, nothing or an empty page for all others."""
    fields = selection.fields_by_type[given.typename]
    return Row(given.typename, {field.key: given.values.get(field.name, _blank(field)) for field in fields})


def _blank(field: SelectedField) -> Any:
    """Give the least value that the type of a field allows."""
    type_ = nullable(field.type)
    if type_ is field.type:
        return None
    if isinstance(type_, GraphQLList):
        return []
    if isinstance(type_, GraphQLObjectType):
        assert field.below is not None
        return Row(type_.name, {below.key: _blank(below) for below in field.below.fields()})
    assert not isinstance(type_, GraphQLEnumType)
    return EMPTY_BY_SCALAR.get(type_.name, "")
