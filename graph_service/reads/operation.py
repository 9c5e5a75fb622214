"""One operation: its reads in one statement, its analyses, and one more statement for what the answers name.

Resolvers ask for the value of their root field and wait; whoever comes last settles what is left for all.
A field that the network answers may name entities whose selection has such fields again, so settling goes
round until nothing is left: one statement a round, usually one round.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Protocol

from graphql import GraphQLError
from graphql.execution.values import get_argument_values

from graph_service.errors import BadInput, GraphServiceError
from graph_service.reads.arguments import (
    Bound,
    ReadLimits,
    bind_look_up,
    bind_look_ups,
    bind_page,
    bind_world,
    world_of,
)
from graph_service.reads.compiler import ENTITY_SLOT, Compiled, Compiler
from graph_service.reads.decoder import by_id, decoder
from graph_service.reads.graph import GRAPH, LookUp, LookUps, Page, RootPage
from graph_service.reads.layout import Record
from graph_service.reads.projection import Pending, Projection
from graph_service.reads.roots import ROOTS
from graph_service.reads.rows import Decoding

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from graph_service.model.world import World
    from graph_service.reads.rows import Wanted
    from graph_service.reads.selection import SelectedField, Selection
    from graph_service.store.store import Store

    Question = tuple[str, str, Mapping[str, Any]]
    """A field that the network answers: its name, the id of its node, its arguments."""


class ComputedFields(Protocol):
    """What answers the fields of reads that the network knows."""

    async def answer(self, world: World, wanted: Sequence[Question]) -> Sequence[Any]:
        """Answer each wanted field in one world; an error stands in the place of an answer."""
        ...


class Operation:
    """The values of one query's root fields. Made per request; `settle` work happens once, for all fields."""

    def __init__(
        self,
        selection: Selection,
        variables: Any,
        store: Store,
        computed: ComputedFields,
        limits: ReadLimits,
    ) -> None:
        self._store = store
        self._computed = computed
        self._limits = limits
        self._variables = variables
        self._bounds: dict[int, Bound] = {}
        self._arguments: dict[int, Mapping[str, Any]] = {}
        self._worlds: dict[int, World] = {}
        self._values: dict[str, Any] = {}
        self._refused: dict[str, GraphServiceError | GraphQLError] = {}
        self._decoding = Decoding()
        self._projection = Projection(self._arguments, limits.list_size_max, Pending())
        self._fields = {field.key: field for field in selection.fields()}
        self._reads = [field for field in selection.fields() if field.name in ROOTS]
        for field in selection.fields():
            try:
                self._bind_root(field)
            except (GraphServiceError, GraphQLError) as error:
                self._refused[field.key] = error
        self._awaited = set(self._fields) - set(self._refused)
        self._settled: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._reading: asyncio.Task[None] | None = None

    async def read(self, key: str) -> Any:
        """Give the value of a root field that the store serves."""
        if key in self._refused:
            raise self._refused[key]
        if self._reading is None:
            self._reading = asyncio.create_task(self._read())
        try:
            await asyncio.shield(self._reading)
        except asyncio.CancelledError:
            self._reading.cancel()  # the client left, or its time is over: the statement ends, too
            raise
        await self._arrive(key)
        return _value(self._values[key])

    async def answer(self, key: str, resolve: Callable[[], Awaitable[Any]]) -> Any:
        """Give the value of a root field that an analysis answers, with the entities it names read."""
        if key in self._refused:
            raise self._refused[key]
        (answer,) = await asyncio.gather(resolve(), return_exceptions=True)
        self._values[key] = answer
        if not isinstance(answer, BaseException):
            field = self._fields[key]
            self._projection.field(field, answer, field.slot, lambda value: self._values.__setitem__(key, value))
        await self._arrive(key)
        return _value(self._values[key])

    async def _arrive(self, key: str) -> None:
        self._awaited.discard(key)
        if not self._awaited and not self._settled.done():
            (outcome,) = await asyncio.gather(self._settle(), return_exceptions=True)
            if isinstance(outcome, BaseException):
                self._settled.set_exception(outcome)
            else:
                self._settled.set_result(None)
        await asyncio.shield(self._settled)

    def _bind_root(self, root: SelectedField) -> None:
        arguments = self._bind(root)
        world = world_of(arguments)
        self._worlds[root.slot] = world
        if root.below is not None:
            self._bind_below(root.below)

    def _bind_below(self, selection: Selection) -> None:
        for fields in selection.fields_by_type.values():
            for field in fields:
                if field.slot >= 0:
                    arguments = self._bind(field)
                    if arguments.get("world") is not None:
                        self._worlds[field.slot] = world_of(arguments)
                if field.below is not None:
                    self._bind_below(field.below)

    def _bind(self, field: SelectedField) -> Mapping[str, Any]:
        definition = field.parent.fields[field.name]
        arguments = get_argument_values(definition, field.node, self._variables)
        self._arguments[field.slot] = arguments
        is_root = field.name in ROOTS and field.parent.name == "Query"
        served: Any = ROOTS[field.name] if is_root else GRAPH.get(field.parent.name, {}).get(field.name)
        match served:
            case LookUp():
                bound = bind_look_up(served, arguments)
            case LookUps():
                bound = bind_look_ups(arguments, self._limits)
            case Page() | RootPage():
                try:
                    given = {argument.name.value for argument in field.node.arguments or ()}
                    bound = bind_page(arguments, given, served.keys, self._limits)
                except BadInput as error:
                    raise BadInput(f"{field.name}: {error}") from error
            case _:
                bound = Bound(None, {})
        self._bounds[field.slot] = bound
        return arguments

    async def _read(self) -> None:
        fields = [field for field in self._reads if field.key not in self._refused]
        try:
            compiled = self._compiler().roots(fields)
            values = await self._run(compiled, {})
        except GraphServiceError as error:
            self._values |= {field.key: error for field in fields}
            return
        for field, layout, value in zip(fields, compiled.layouts, values, strict=True):
            self._values[field.key] = decoder(layout)(value, self._decoding)

    async def _run(self, compiled: Compiled, more: Mapping[str, Any]) -> Sequence[Any]:
        (record,) = await self._store.read_text(compiled.text, {**self._parameters(), **more})
        return record

    def _compiler(self) -> Compiler:
        return Compiler(self._bounds, {slot: bind_world(world) for slot, world in self._worlds.items()})

    def _parameters(self) -> dict[str, Any]:
        parameters = {
            f"{name}{slot}": value for slot, bound in self._bounds.items() for name, value in bound.values.items()
        }
        for slot, world in self._worlds.items():
            parameters |= {f"{name}{slot}": value for name, value in bind_world(world).values.items()}
        return parameters

    async def _settle(self) -> None:
        """Go round until no field is left for the network and no entity is left to be read."""
        while self._decoding.wanted or self._projection.pending.places:
            await self._answer_wanted()
            await self._read_entities()

    async def _answer_wanted(self) -> None:
        wanted, self._decoding.wanted = self._decoding.wanted, []
        by_world: dict[int, list[Wanted]] = {}
        for want in wanted:
            by_world.setdefault(want.world_slot, []).append(want)
        for slot, wants in by_world.items():
            questions = [(want.field.name, want.node_id, self._arguments.get(want.field.slot, {})) for want in wants]
            for want, answer in zip(wants, await self._computed.answer(self._worlds[slot], questions), strict=True):
                if isinstance(answer, Exception):
                    want.row[want.field.key] = answer
                    continue
                self._projection.field(want.field, answer, slot, _setter(want))

    async def _read_entities(self) -> None:
        places, self._projection.pending.places = self._projection.pending.places, {}
        if not places:
            return
        groups = sorted(places, key=lambda group: (group[1], group[2]))
        compiled = self._compiler().entities(groups)
        ids = {f"{ENTITY_SLOT}{number}": sorted(places[group]) for number, group in enumerate(groups)}
        for group, layout, values in zip(groups, compiled.layouts, await self._run(compiled, ids), strict=True):
            assert isinstance(layout, Record)
            rows = by_id(layout)(values, self._decoding)
            for node_id, puts in places[group].items():
                for put in puts:
                    put(rows.get(node_id))


def _setter(want: Wanted) -> Callable[[Any], None]:
    return lambda value: want.row.__setitem__(want.field.key, value)


def _value(value: Any) -> Any:
    if isinstance(value, BaseException):
        raise value
    return value
