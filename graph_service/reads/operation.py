"""One operation on its way through the stock executor: its reads in one statement, its analyses, what they name.

Resolvers ask for the value of their root field and wait; whoever comes last settles what is left for all.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from graphql import GraphQLError

from graph_service.errors import GraphServiceError
from graph_service.reads.arguments import bind_world
from graph_service.reads.binding import Binding, FieldBinder, fields_below
from graph_service.reads.compiler import Compiler
from graph_service.reads.decoder import decoder
from graph_service.reads.plan import Fetched
from graph_service.reads.roots import ROOTS
from graph_service.reads.settling import Settling

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from graph_service.reads.arguments import ReadLimits
    from graph_service.reads.selection import SelectedField, Selection
    from graph_service.reads.settling import ComputedFields
    from graph_service.store.store import Store


class Operation:
    """The values of one query's root fields. Made per request; work for all fields happens once.

    With `fetched`, what a plan has read already, the store is not asked for that again.
    """

    def __init__(
        self,
        selection: Selection,
        variables: Any,
        store: Store,
        computed: ComputedFields,
        limits: ReadLimits,
        fetched: Fetched | None = None,
    ) -> None:
        self._store = store
        self._fetched = fetched
        self._binding = Binding()
        self._settling = Settling(self._binding, store, computed, limits)
        self._values: dict[str, Any] = {}
        self._refused: dict[str, GraphServiceError | GraphQLError] = {}
        self._fields = {field.key: field for field in selection.fields()}
        self._reads = [field for field in selection.fields() if field.name in ROOTS]
        for field in selection.fields():
            try:
                for each in fields_below(field):
                    FieldBinder(each).bind(self._binding, variables, limits)
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
            put = self._putter(key)
            self._settling.projection.field(field, answer, field.slot, put)
        await self._arrive(key)
        return _value(self._values[key])

    def _putter(self, key: str) -> Callable[[Any], None]:
        return lambda value: self._values.__setitem__(key, value)

    async def _arrive(self, key: str) -> None:
        self._awaited.discard(key)
        if not self._awaited and not self._settled.done():
            (outcome,) = await asyncio.gather(self._settling.settle(), return_exceptions=True)
            if isinstance(outcome, BaseException):
                self._settled.set_exception(outcome)
            else:
                self._settled.set_result(None)
        await asyncio.shield(self._settled)

    async def _read(self) -> None:
        fields = [field for field in self._reads if field.key not in self._refused]
        try:
            fetched = self._fetched or await self._fetch(fields)
            record = fetched.record()
        except GraphServiceError as error:
            self._values |= {field.key: error for field in fields}
            return
        for field, layout, value in zip(fields, fetched.layouts, record, strict=True):
            self._values[field.key] = decoder(layout)(value, self._settling.decoding)

    async def _fetch(self, fields: list[SelectedField]) -> Fetched:
        worlds = {slot: bind_world(world) for slot, world in self._binding.worlds.items()}
        compiled = Compiler(self._binding.bounds, worlds).roots(fields)
        (record,) = await self._store.read_text(compiled.text, self._binding.parameters())
        return Fetched(compiled.layouts, record)


def _value(value: Any) -> Any:
    if isinstance(value, BaseException):
        raise value
    return value
