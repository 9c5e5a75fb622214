"""Networks: the current record and its recent worlds, kept until the data version moves."""

from __future__ import annotations

import asyncio
import gc
from collections import OrderedDict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from graph_service.network.load import load_network
from graph_service.network.mask import masked
from graph_service.network.scenario import with_scenario

if TYPE_CHECKING:
    from graph_service.model.world import World
    from graph_service.network.network import SupplyNetwork
    from graph_service.store.store import Store
    from graph_service.store.version import DataVersion

WORLDS_KEPT: Final = 8
"""Masked networks kept beside the record: enough for a dashboard that compares a few dates."""


class Networks:
    """The networks of a store. Each call asks the store for its data version first: one cheap read."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._record: SupplyNetwork | None = None
        self._worlds: OrderedDict[World, SupplyNetwork] = OrderedDict()
        self._turn = asyncio.Lock()

    async def record(self) -> SupplyNetwork:
        """Give the whole record of the current data version."""
        if (known := self._known(await self._store.data_version())) is not None:
            return known
        async with self._turn:
            if (known := self._known(await self._store.data_version())) is None:  # nobody loaded it meanwhile
                await asyncio.to_thread(_let_go, self._outdated())
                known = self._record = await load_network(self._store)
                _leave_to_itself()
            return known

    async def at(self, world: World) -> SupplyNetwork:
        """Give the facts of `world`; masks the record on first use, or applies a scenario to the world without it.

        Raises BadInput for a world without a date, and as `with_scenario` does.
        """
        return await self._at(await self.record(), world)

    async def compared(self, *worlds: World) -> tuple[SupplyNetwork, ...]:
        """Give the whole record, then the facts of each of these worlds, all of one data version."""
        record = await self.record()
        return record, *[await self._at(record, world) for world in worlds]

    def _known(self, current: DataVersion) -> SupplyNetwork | None:
        record = self._record
        if record is None or (record.data_version, record.importing) != (current.version, current.importing):
            return None
        return record

    def _outdated(self) -> list[SupplyNetwork]:
        """Give up the record and its worlds: with the next record beside them they would take twice the memory."""
        networks = [*self._worlds.values(), *([self._record] if self._record else [])]
        self._record = None
        self._worlds.clear()
        return networks

    async def _at(self, record: SupplyNetwork, world: World) -> SupplyNetwork:
        known = self._worlds.get(world)
        if known is not None and known.data_version == record.data_version:
            self._worlds.move_to_end(world)
            return known
        if world.scenario is None:
            network = await asyncio.to_thread(masked, record, world)
        else:
            base = await self._at(record, replace(world, scenario=None))
            network = await asyncio.to_thread(with_scenario, record, base, world.scenario)
        if self._record is record:
            self._worlds[world] = network
            while len(self._worlds) > WORLDS_KEPT:
                self._worlds.popitem(last=False)
            _leave_to_itself()
        return network


def _let_go(networks: list[SupplyNetwork]) -> None:
    """Free networks that no question under way has, a column at a time: all at once holds up every thread."""
    parts = [part for network in networks for part in vars(network).values()]
    parts += [column for part in parts for column in getattr(part, "__dict__", {}).values()]
    networks.clear()
    parts.reverse()  # what holds others goes first, so that they do not go with it
    while parts:
        parts.pop()


def _leave_to_itself() -> None:
    """Take all that lives now out of the collector's walks, which hold up every thread for as long as they take.

    A network is millions of objects that form no cycle, so that it goes when nothing refers to it any more.
    """
    gc.collect(1)
    gc.freeze()
