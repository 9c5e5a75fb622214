"""The plan of an operation: what of it does not depend on a request, made once and kept with its document.

A plan holds what reads alone answer. Arguments without variables are bound once; for each structure that the others
take, one statement and the shaper of its record are kept. What a plan cannot hold, an argument that breaks a rule, an
error of the store and a value that does not fit its type are left to the stock executor: over what was fetched already.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from graphql import GraphQLError, OperationType

from graph_service.errors import GraphServiceError
from graph_service.model.world import today
from graph_service.reads.arguments import bind_world, is_of_today, world_structure
from graph_service.reads.binding import Binding, FieldBinder, fields_below, varies
from graph_service.reads.compiler import Compiler
from graph_service.reads.graph import RootPage
from graph_service.reads.grouping import Groupable
from graph_service.reads.pieces import Pieces, counter, rows_at_once
from graph_service.reads.roots import ROOTS
from graph_service.reads.rows import Wanted
from graph_service.reads.selection import named
from graph_service.reads.settling import Settling
from graph_service.reads.shaper import MISFITS, PieceShape, completer, piece_shaper, shaper
from graph_service.store.values import native_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Sequence

    from graph_service.reads.arguments import ReadLimits
    from graph_service.reads.grouping import Groups
    from graph_service.reads.layout import Layout
    from graph_service.reads.pieces import Count
    from graph_service.reads.selection import SelectedField, Selection
    from graph_service.reads.settling import ComputedFields
    from graph_service.reads.shaper import Left, Shape
    from graph_service.store.store import Store

STATEMENTS_KEPT: Final = 32
"""Of one plan: structures that variables give to its arguments, such as the keys of a filter."""
PIECE: Final = "piece"
"""The parameter that says how many rows make a piece."""
TEMPORAL: Final = frozenset({"Date", "DateTime"})
"""Types whose values the driver may give as its own."""


class Fetched(NamedTuple):
    """What the store answered for the root fields: a record and its layouts, or an error."""

    layouts: tuple[Layout, ...]
    answer: Sequence[Any] | GraphServiceError
    as_sent: bool = False

    def record(self) -> Sequence[Any]:
        """Give the record, without types of the driver; raises the error that came instead."""
        if isinstance(self.answer, GraphServiceError):
            raise self.answer
        return native_rows([list(self.answer)])[0] if self.as_sent else self.answer


class Planned(NamedTuple):
    """What a plan made of a request: the data of the response, or None and what the stock executor may start from.

    Lists of the data may be JSON already, where that was asked for.
    """

    data: dict[str, Any] | None
    fetched: Fetched | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """A compiled statement, the parameters it takes, and the shaper of its record, or of each piece of its page.

    It is `groupable` if many can be one.
    """

    text: str
    layouts: tuple[Layout, ...]
    parameters: tuple[str, ...]
    shape: Shape | PieceShape
    groupable: Groupable | None = None


class Plan:
    """One operation for given values of the variables of @skip and @include."""

    def __init__(self, selection: Selection, limits: ReadLimits, operation: OperationType, *, plain: bool) -> None:
        """Plan what a document selects; `plain` tells whether every field is a read without introspection."""
        self.selection = selection
        fields = selection.fields()
        self.holds = plain and operation is OperationType.QUERY and bool(fields)
        self.holds &= all(field.name in ROOTS for field in fields)
        self._limits = limits
        self._fixed = Binding()
        self._varying: list[FieldBinder] = []
        self._of_today: list[int] = []
        self._statements: OrderedDict[Hashable, Statement] = OrderedDict()
        self._completers: dict[int, Callable[[Any], Any]] = {}
        self._counted: Count | None = None
        self._as_sent = not any(named(field.type).name in TEMPORAL for field in _all_below(selection))
        if self.holds:
            self._bind_fixed()
        if self.holds and len(fields) == 1 and isinstance(ROOTS[fields[0].name], RootPage):
            self._counted = counter(fields[0])

    async def answer(
        self, variables: Any, store: Store, groups: Groups, computed: ComputedFields, *, written: bool = False
    ) -> Planned:
        """Answer one request; with `written`, long lists of the data may be JSON already (orjson.Fragment).

        What a field answers must not depend on who asks: see api/schema.py.
        """
        try:
            statement, values, binding = self.bound(variables)
        except (GraphServiceError, GraphQLError):
            return Planned(None)
        shape = statement.shape
        if isinstance(shape, PieceShape):
            return await self._in_pieces(statement, shape, values, store, written=written)
        try:
            record = await self._read(statement, values, store, groups)
        except GraphServiceError as error:
            return Planned(None, Fetched(statement.layouts, error))
        left: Left = []
        try:
            data = shape(record, left)
            if left:
                await self._complete(left, Settling(binding, store, computed, self._limits))
        except (*MISFITS, GraphQLError, GraphServiceError):
            return Planned(None, Fetched(statement.layouts, record, as_sent=self._as_sent))
        return Planned(data)

    def bound(self, variables: Any) -> tuple[Statement, dict[str, Any], Binding]:
        """Give the statement for these values and its parameters; raises the error of an argument at fault."""
        binding = self._bind(variables)
        piece = None
        if self._counted is not None:
            piece = rows_at_once(self._counted, self.selection.fields()[0], binding.bounds)
        statement = self._statement(binding, in_pieces=piece is not None)
        parameters = binding.parameters()
        parameters[PIECE] = piece
        return statement, {name: parameters[name] for name in statement.parameters}, binding

    def _statement(self, binding: Binding, *, in_pieces: bool) -> Statement:
        """Give the statement for the structure that the arguments have; compiled once."""
        bounds, worlds = binding.bounds, binding.worlds
        slots = [binder.selected.slot for binder in self._varying]
        structure = (in_pieces, *[(bounds[slot].structure, world_structure(worlds.get(slot))) for slot in slots])
        known = self._statements.get(structure)
        if known is None:
            known = self._statements[structure] = self._compiled(binding, in_pieces=in_pieces)
            while len(self._statements) > STATEMENTS_KEPT:
                self._statements.popitem(last=False)
        return known

    def _bind_fixed(self) -> None:
        """Bind what no variable touches; what breaks a rule breaks it in each request, so the plan does not hold it."""
        try:
            for root in self.selection.fields():
                for field in fields_below(root):
                    if varies(field.node):
                        self._varying.append(FieldBinder(field))
                    else:
                        FieldBinder(field).bind(self._fixed, None, self._limits)
        except (GraphServiceError, GraphQLError):
            self.holds = False
        self._of_today = [slot for slot in self._fixed.worlds if is_of_today(self._fixed.arguments[slot])]

    def _bind(self, variables: Any) -> Binding:
        binding = self._fixed.copy()
        for binder in self._varying:
            binder.bind(binding, variables, self._limits)
        day = today() if self._of_today else None
        for slot in self._of_today:
            if binding.worlds[slot].as_of != day:
                binding.worlds[slot] = replace(binding.worlds[slot], as_of=day)
        return binding

    def _compiled(self, binding: Binding, *, in_pieces: bool) -> Statement:
        fields = self.selection.fields()
        worlds = {slot: bind_world(world) for slot, world in binding.worlds.items()}
        pieces = Compiler(binding.bounds, worlds).pieces(fields[0]) if in_pieces else None
        if pieces is not None:
            shape = piece_shaper(self.selection, fields[0].key, pieces.layout)
            return Statement(pieces.text, (pieces.layout,), _parameters(pieces.text), shape)
        compiled = Compiler(binding.bounds, worlds).roots(fields)
        return Statement(
            text=compiled.text,
            layouts=compiled.layouts,
            parameters=_parameters(compiled.text),
            shape=shaper(self.selection, dict(zip((field.key for field in fields), compiled.layouts, strict=True))),
            groupable=Groupable.of(compiled.text, fields),
        )

    async def _read(self, statement: Statement, values: dict[str, Any], store: Store, groups: Groups) -> Sequence[Any]:
        if statement.groupable is not None:
            return await groups.read(statement.groupable, values, as_sent=self._as_sent)
        (record,) = await store.read_text(statement.text, values, as_sent=self._as_sent)
        return record

    async def _in_pieces(
        self, statement: Statement, shape: PieceShape, values: dict[str, Any], store: Store, *, written: bool
    ) -> Planned:
        """Answer by pieces. What does not fit is read again by the stock executor: nothing has been sent."""
        (field,) = self.selection.fields()
        rows = values[f"first{field.slot}"]
        try:
            pieces = await store.read_each(
                statement.text, values, lambda: Pieces(shape, rows, written=written), as_sent=self._as_sent
            )
            return Planned(pieces.data())
        except GraphServiceError as error:
            return Planned(None, Fetched(statement.layouts, error))
        except (*MISFITS, GraphQLError):
            return Planned(None)

    async def _complete(self, left: Left, settling: Settling) -> None:
        """Have the network answer what is left, and complete the rows of its answers in their places."""
        settling.decoding.wanted = [Wanted(row, field, node_id, world) for row, field, node_id, world in left]
        await settling.settle()
        for row, field, _, _ in left:
            complete = self._completers.get(id(field))
            if complete is None:
                complete = self._completers[id(field)] = completer(field)
            row[field.key] = complete(row[field.key])


def _parameters(text: str) -> tuple[str, ...]:
    return tuple(sorted(set(re.findall(r"\$p\.(\w+)", text))))


def _all_below(selection: Selection) -> Iterator[SelectedField]:
    for fields in selection.fields_by_type.values():
        for field in fields:
            yield field
            if field.below is not None:
                yield from _all_below(field.below)
