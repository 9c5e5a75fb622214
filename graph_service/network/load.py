"""Loading: the whole record of one data version, in chunks that become tables as they come (cypher/network)."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final, TypeVar

from graph_service.errors import StoreUnavailable
from graph_service.network.columns import Conversion, Numbers, joined, joined_columns
from graph_service.network.network import SupplyNetwork

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from graph_service.network.tables import Offers, Requirements
    from graph_service.store.store import Store
    from graph_service.store.version import DataVersion

    Columns = Sequence[Sequence[Any]]

T = TypeVar("T")

CHUNK_ROWS: Final = 10_000
"""Rows of one statement: large enough to be cheap, small enough that unpacking it does not hold up the event loop."""

READS_AT_ONCE: Final = 3
"""Chunks under way at once: the database works on the next ones while one is unpacked and made part of a table."""

ATTEMPTS: Final = 5
"""How often a load starts again because a writer moved the data version meanwhile."""

BOUNDS: Final = ("components", "companies", "offers", "requirements")
"""The kinds of which there are many: one statement says where their chunks begin."""


async def load_network(store: Store) -> SupplyNetwork:
    """Load the record of one data version; starts again when a writer moves the version meanwhile.

    Raises StoreUnavailable when the version does not stand still for one load.
    """
    for _ in range(ATTEMPTS):
        before = await store.data_version()
        network = await _Load(store).network(before)
        if await store.data_version() == before:
            return network
    raise StoreUnavailable(f"facts were written during each of {ATTEMPTS} attempts to load the network; try again")


class _Load:
    """One attempt at a load."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._turns = asyncio.Semaphore(READS_AT_ONCE)
        self._make = Conversion()
        self._bounds: Mapping[str, Sequence[str]] = {}

    async def network(self, version: DataVersion) -> SupplyNetwork:
        """Read what facts are about, then the facts, whose chunks are numbered as they come."""
        make = self._make
        (found,) = await self._store.read("network/bounds", {"step": CHUNK_ROWS})
        self._bounds = dict(zip(BOUNDS, found, strict=True))
        nations, blocs, companies, components, deployments = await asyncio.gather(
            self._in_turn("nations"),
            self._in_turn("blocs"),
            self._chunked(["companies"], _as_they_are, joined_columns),
            self._chunked(["components"], _as_they_are, joined_columns),
            self._in_turn("deployments"),
        )
        nodes = await asyncio.to_thread(make.nodes, components, deployments)
        node = await asyncio.to_thread(Numbers, nodes.id)
        company, nation = Numbers(companies[0]), Numbers(nations[0])

        def chunk_of_offers(columns: Columns) -> Offers:
            return make.offers(columns, node, company, nation)

        def chunk_of_requirements(columns: Columns, alternatives: Columns) -> Requirements:
            return make.requirements(columns, alternatives, node)

        offers, requirements, ownerships, memberships, partnerships = await asyncio.gather(
            self._chunked(["offers"], chunk_of_offers, joined),
            self._chunked(["requirements", "alternatives"], chunk_of_requirements, joined),
            self._read("ownerships", {}),
            self._read("memberships", {}),
            self._in_turn("partnerships"),
        )
        offer = await asyncio.to_thread(Numbers, offers.id)
        return SupplyNetwork(
            data_version=version.version,
            importing=version.importing,
            world=None,
            nodes=nodes,
            deployments=make.deployments(deployments, company, nation),
            companies=make.companies(companies, nation),
            nations=make.nations(nations),
            bloc_ids=blocs[0],
            offers=offers,
            requirements=requirements,
            ownerships=make.ownerships(ownerships, company),
            memberships=make.memberships(memberships, nation, Numbers(blocs[0])),
            partnerships=make.partnerships(partnerships, node, offer),
            present=[True] * len(nodes.id),
        )

    async def _chunked(self, names: Sequence[str], make: Callable[..., T], join: Callable[[Sequence[T]], T]) -> T:
        """Read chunk by chunk, several at once; `make` takes what each of the statements gives of one chunk."""

        async def part(bounds: Mapping[str, object]) -> T:
            async with self._turns:
                columns = [await self._read(name, bounds) for name in names]
                return await asyncio.to_thread(make, *columns)

        bounds = [{"after": after, "limit": CHUNK_ROWS} for after in ("", *self._bounds[names[0]])]
        return await asyncio.to_thread(join, await asyncio.gather(*map(part, bounds)))

    async def _in_turn(self, name: str) -> Columns:
        """Read chunk by chunk, for kinds of few rows."""
        parts: list[Columns] = []
        after = ""
        while True:
            parts.append(await self._read(name, {"after": after, "limit": CHUNK_ROWS}))
            if len(parts[-1][0]) < CHUNK_ROWS:
                return joined_columns(parts)
            after = parts[-1][0][-1]

    async def _read(self, name: str, parameters: Mapping[str, object]) -> Columns:
        (columns,) = await self._store.read(f"network/{name}", parameters, as_sent=True)
        return columns


def _as_they_are(columns: Columns) -> Columns:
    return columns
