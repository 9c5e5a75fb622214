"""The schema: Strawberry's, with every field wired to where its value comes from.

Fields of rows read their row; root fields that the store serves and root fields with an analysis wait for the
operation (reads/operation.py). Built once, since Strawberry keeps state on shared field objects.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, cast

import strawberry
from graphql import GraphQLInterfaceType, GraphQLObjectType, GraphQLUnionType
from strawberry.schema.config import StrawberryConfig

from graph_service.api import enums
from graph_service.api.mutation import Mutation
from graph_service.api.query import Query
from graph_service.api.scalars import PartialDateText, partial_date_scalar
from graph_service.api.subscription import Subscription
from graph_service.api.types.graph import (
    Bloc,
    Company,
    Component,
    Deployment,
    Nation,
    Offer,
    Partnership,
    Requirement,
    Source,
)
from graph_service.reads.roots import ROOTS

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from graphql import GraphQLField, GraphQLFieldResolver, GraphQLResolveInfo, GraphQLSchema, GraphQLTypeResolver

    from graph_service.api.context import RequestContext
    from graph_service.reads.rows import Row

    ResolveInfo = GraphQLResolveInfo[RequestContext]

NODES = (Bloc, Company, Component, Deployment, Nation, Offer, Partnership, Requirement, Source)


@cache
def schema() -> strawberry.Schema:
    """Build the schema of the contract, wired."""
    assert enums.MEANINGS
    built = strawberry.Schema(
        query=Query,
        mutation=Mutation,
        subscription=Subscription,
        types=NODES,
        config=StrawberryConfig(scalar_map={PartialDateText: partial_date_scalar}),
    )
    _wire(core(built))
    return built


def core(built: strawberry.Schema) -> GraphQLSchema:
    """Give the graphql-core schema inside Strawberry's."""
    return built._schema  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - Strawberry offers no other way


def _wire(built: GraphQLSchema) -> None:
    for type_ in built.type_map.values():
        if type_.name.startswith("__"):
            continue
        if isinstance(type_, (GraphQLInterfaceType, GraphQLUnionType)):
            type_.resolve_type = cast("GraphQLTypeResolver", _type_of_row)
        elif isinstance(type_, GraphQLObjectType):
            type_.is_type_of = None
            is_root = type_ in {built.query_type, built.mutation_type}
            for name, definition in type_.fields.items():
                if not is_root or name in ROOTS:
                    _refuse_guards(f"{type_.name}.{name}", definition)
                definition.resolve = _root(name, definition.resolve) if is_root else _from_row
    assert built.subscription_type is not None
    for definition in built.subscription_type.fields.values():
        definition.resolve = _event


def _refuse_guards(name: str, definition: GraphQLField) -> None:
    """Refuse extensions and permissions on a field that rows serve: neither plans nor wired fields would ask them."""
    declared: Any = definition.extensions.get("strawberry-definition")
    carried = [*getattr(declared, "extensions", ()), *getattr(declared, "permission_classes", ())]
    if carried:
        raise AssertionError(f"{name} carries {carried}, which nothing asks: check before execution instead")


def _root(name: str, resolve: GraphQLFieldResolver | None) -> GraphQLFieldResolver:
    if name in ROOTS:
        return _read
    assert resolve is not None

    def answer(source: Any, info: ResolveInfo, **arguments: Any) -> Awaitable[Any]:
        return info.context.operation.answer(str(info.path.key), lambda: resolve(source, info, **arguments))

    return answer


def _read(_source: Any, info: ResolveInfo, **_: Any) -> Awaitable[Any]:
    return info.context.operation.read(str(info.path.key))


def _event(event: Any, info: ResolveInfo, **_: Any) -> Awaitable[Any]:
    async def told() -> Any:
        return event

    return info.context.operation.answer(str(info.path.key), told)


def _from_row(row: Row, info: ResolveInfo, **_: Any) -> Any:
    value = row[str(info.path.key)]
    if isinstance(value, Exception):
        raise value
    return value


def _type_of_row(row: Row, _info: ResolveInfo, _type: Any) -> str:
    return row.typename
