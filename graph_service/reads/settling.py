"""Settling: what rows leave to the network is answered, and the entities that answers name are read.

A field that the network answers may name entities whose selection has such fields again, so settling goes
round until nothing is left: one statement a round, usually one round.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from graph_service.reads.arguments import bind_world
from graph_service.reads.compiler import ENTITY_SLOT, Compiler
from graph_service.reads.decoder import by_id
from graph_service.reads.layout import Record
from graph_service.reads.projection import Pending, Projection
from graph_service.reads.rows import Decoding
from graph_service.reads.scenario_facts import shown_facts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from graph_service.model.world import World
    from graph_service.reads.arguments import ReadLimits
    from graph_service.reads.binding import Binding
    from graph_service.reads.projection import Put
    from graph_service.reads.rows import Wanted
    from graph_service.reads.selection import Selection
    from graph_service.store.store import Store

    Question = tuple[str, str, Mapping[str, Any]]
    """A field that the network answers: its name, the id of its node, its arguments."""

    Places = dict[tuple[Selection, str, int], dict[str, list[Put]]]
    """Per selection, label and world, where the row of each id belongs."""


class ComputedFields(Protocol):
    """What answers the fields of reads that the network knows."""

    async def answer(self, world: World, wanted: Sequence[Question]) -> Sequence[Any]:
        """Answer each wanted field in one world; an error stands in the place of an answer."""
        ...


class Settling:
    """What is left of one operation: `decoding` takes fields left to the network, `projection` entities to read."""

    def __init__(self, binding: Binding, store: Store, computed: ComputedFields, limits: ReadLimits) -> None:
        self.decoding = Decoding()
        self.projection = Projection(binding.arguments, limits.list_size_max, Pending())
        self._binding = binding
        self._store = store
        self._computed = computed

    async def settle(self) -> None:
        """Go round until no field is left for the network and no entity is left to be read."""
        while self.decoding.wanted or self.projection.pending.places:
            await self._answer_wanted()
            await self._read_entities()

    async def _answer_wanted(self) -> None:
        wanted, self.decoding.wanted = self.decoding.wanted, []
        by_world: dict[int, list[Wanted]] = {}
        for want in wanted:
            by_world.setdefault(want.world_slot, []).append(want)
        for slot, wants in by_world.items():
            arguments = self._binding.arguments
            questions = [(want.field.name, want.node_id, arguments.get(want.field.slot, {})) for want in wants]
            answers = await self._computed.answer(self._binding.worlds[slot], questions)
            for want, answer in zip(wants, answers, strict=True):
                if isinstance(answer, Exception):
                    want.row[want.field.key] = answer
                    continue
                self.projection.field(want.field, answer, slot, _setter(want))

    async def _read_entities(self) -> None:
        places, self.projection.pending.places = self.projection.pending.places, {}
        places = self._without_added(places)
        if not places:
            return
        groups = sorted(places, key=lambda group: (group[1], group[2]))
        worlds = {slot: bind_world(world) for slot, world in self._binding.worlds.items()}
        compiled = Compiler(self._binding.bounds, worlds).entities(groups)
        ids = {f"{ENTITY_SLOT}{number}": sorted(places[group]) for number, group in enumerate(groups)}
        (record,) = await self._store.read_text(compiled.text, {**self._binding.parameters(), **ids})
        for group, layout, values in zip(groups, compiled.layouts, record, strict=True):
            assert isinstance(layout, Record)
            rows = by_id(layout)(values, self.decoding)
            for node_id, puts in places[group].items():
                for put in puts:
                    put(rows.get(node_id))

    def _without_added(self, places: Places) -> Places:
        """Serve the facts that a scenario added; give the places of what is left for the store."""
        left: Places = {}
        for (selection, label, world), puts_by_id in places.items():
            scenario = self._binding.worlds[world].scenario
            added = {} if scenario is None else shown_facts(scenario)
            for node_id, puts in puts_by_id.items():
                if node_id not in added:
                    left.setdefault((selection, label, world), {})[node_id] = puts
                    continue
                row = self.projection.added(selection, label, added[node_id], world)
                for put in puts:
                    put(row)
        return left


def _setter(want: Wanted) -> Callable[[Any], None]:
    return lambda value: want.row.__setitem__(want.field.key, value)
