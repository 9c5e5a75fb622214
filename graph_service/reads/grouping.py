"""Grouping: look-ups of one statement that arrive together are read by one statement.

While a statement of a group is under way, what arrives waits for the next, but not for long: look-ups that take their
time are read side by side. Nothing waits otherwise, so that one client loses nothing. When a grouped statement fails,
each look-up runs alone and has its own error; who leaves takes nobody along.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from graph_service.errors import GraphServiceError
from graph_service.reads.graph import LookUp
from graph_service.reads.roots import ROOTS

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from graph_service.reads.selection import SelectedField
    from graph_service.store.store import Store

PATIENCE_SECONDS: Final = 0.005
"""Whoever has waited for so long goes, whatever is under way: several times what a look-up takes."""
UNDER_WAY_MAX: Final = 8
"""Statements of a group side by side; what a database has processors for."""
GROUP_MAX: Final = 100
"""Look-ups of one statement; the next one takes the rest."""
BATCH: Final = "batch"


@dataclass(frozen=True, slots=True)
class Groupable:
    """A statement of one look-up, and the text that does it for each key of `$p.batch`."""

    text: str
    grouped: str
    key: str

    @classmethod
    def of(cls, text: str, fields: Sequence[SelectedField]) -> Groupable | None:
        """Make the grouped text of a statement; None where it is more than one look-up, or looks nothing up."""
        if len(fields) != 1 or not isinstance(ROOTS.get(fields[0].name), LookUp):
            return None
        key = f"key{fields[0].slot}"
        column = text.removeprefix("RETURN ").removesuffix(" AS c0")
        if f"$p.{key}" not in column:
            return None
        grouped = f"RETURN [each IN $p.{BATCH} | {column.replace(f'$p.{key}', 'each')}] AS c0"
        return cls(text, grouped, key)


@dataclass(eq=False, slots=True)
class _Group:
    """Look-ups that differ in their keys alone: how many statements are under way, and who waits."""

    under_way: int = 0
    waiting: list[_Waiting] = field(default_factory=list["_Waiting"])
    patience: asyncio.TimerHandle | None = None


@dataclass(eq=False, slots=True)
class _Waiting:
    """One look-up that waits: its future becomes its record, or None where it has to run alone.

    It is read by a task, together with others, as soon as it does not wait for its turn.
    """

    values: Mapping[str, Any]
    found: asyncio.Future[Sequence[Any] | None]
    reading: asyncio.Task[None] | None = None
    together: Sequence[_Waiting] = ()

    def left(self) -> None:
        """Stop the statement when everybody who waits for it has left."""
        if self.reading is not None and all(waiting.found.cancelled() for waiting in self.together):
            self.reading.cancel()


class Groups:
    """The look-ups under way in one store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._groups: dict[Hashable, _Group] = {}
        self._reading: set[asyncio.Task[None]] = set()

    async def read(self, look_up: Groupable, values: Mapping[str, Any], *, as_sent: bool) -> Sequence[Any]:
        """Read the record of a look-up, alone or with others; raises what reading it alone raises."""
        name = (look_up.text, *(repr(value) for key, value in values.items() if key != look_up.key))
        group = self._groups.get(name)
        if group is None:
            group = self._groups[name] = _Group(under_way=1)
            try:
                return await self._alone(look_up, values, as_sent=as_sent)
            finally:
                self._ended(name, group, look_up, as_sent=as_sent)
        loop = asyncio.get_running_loop()
        waiting = _Waiting(values, loop.create_future())
        group.waiting.append(waiting)
        if group.patience is None and group.under_way < UNDER_WAY_MAX:
            go = partial(self._go, name, group, look_up, as_sent=as_sent)
            group.patience = loop.call_later(PATIENCE_SECONDS, go)
        try:
            record = await waiting.found
        except asyncio.CancelledError:
            waiting.left()
            raise
        return await self._alone(look_up, values, as_sent=as_sent) if record is None else record

    async def _alone(self, look_up: Groupable, values: Mapping[str, Any], *, as_sent: bool) -> Sequence[Any]:
        (record,) = await self._store.read_text(look_up.text, values, as_sent=as_sent)
        return record

    def _ended(self, name: Hashable, group: _Group, look_up: Groupable, *, as_sent: bool) -> None:
        """Let those who wait follow a statement that has ended; forget a group of nobody."""
        group.under_way -= 1
        self._go(name, group, look_up, as_sent=as_sent)
        if group.under_way == 0:
            del self._groups[name]

    def _go(self, name: Hashable, group: _Group, look_up: Groupable, *, as_sent: bool) -> None:
        """Read together what those want who wait."""
        if group.patience is not None:
            group.patience.cancel()
            group.patience = None
        there = [waiting for waiting in group.waiting if not waiting.found.done()]
        together, group.waiting = there[:GROUP_MAX], there[GROUP_MAX:]
        if together:
            group.under_way += 1
            reading = asyncio.create_task(self._together(look_up, together, as_sent=as_sent))
            self._reading.add(reading)
            reading.add_done_callback(self._reading.discard)
            reading.add_done_callback(lambda _: self._ended(name, group, look_up, as_sent=as_sent))
            for waiting in together:
                waiting.reading, waiting.together = reading, together

    async def _together(self, look_up: Groupable, together: Sequence[_Waiting], *, as_sent: bool) -> None:
        values = {key: value for key, value in together[0].values.items() if key != look_up.key}
        values[BATCH] = [waiting.values[look_up.key] for waiting in together]
        records: Sequence[Any] = [None] * len(together)
        try:
            ((columns,),) = await self._store.read_text(look_up.grouped, values, as_sent=as_sent)
            records = [[column] for column in columns]
        except GraphServiceError:
            pass  # each runs alone then, and has an error of its own
        finally:
            for waiting, record in zip(together, records, strict=True):
                waiting.reading, waiting.together = None, ()
                if not waiting.found.done():
                    waiting.found.set_result(record)
