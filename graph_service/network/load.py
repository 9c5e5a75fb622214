"""Loading: the whole record of one data version, in chunks that become tables as they come (cypher/network)."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, ParamSpec, TypeVar

from graph_service.errors import StoreUnavailable
from graph_service.network.columns import Conversion, Numbers, joined, joined_columns
from graph_service.network.network import SupplyNetwork

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from graph_service.network.tables import Nodes, Offers, Requirements
    from graph_service.store.store import Store
    from graph_service.store.version import DataVersion

    Columns = Sequence[Sequence[Any]]
    Chunks = Sequence[asyncio.Future["T"]]

P = ParamSpec("P")
T = TypeVar("T")
Table = TypeVar("Table", "Offers", "Requirements")

CHUNK_ROWS: Final = 10_000
"""Rows of one statement: large enough to be cheap, small enough that unpacking it does not hold up the event loop."""

READS_AT_ONCE: Final = 4
"""Chunks under way at once: the database works on the next ones while one is unpacked."""

ATTEMPTS: Final = 5
"""How often a load starts again because a writer moved the data version meanwhile."""

MANY: Final = ("components", "companies", "offers", "requirements")
"""The kinds of which there are many: their chunks are known before the first is read."""


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


@dataclass(frozen=True, slots=True)
class _Ends:
    """What facts are about: the nodes, what was read of companies, nations and deployments, and their numbers."""

    nodes: Nodes
    companies: Columns
    nations: Columns
    deployments: Columns
    node: Numbers
    company: Numbers
    nation: Numbers


class _Load:
    """One attempt at a load."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._turns = asyncio.Semaphore(READS_AT_ONCE)
        self._desk = asyncio.Lock()
        self._make = Conversion()
        self._chunks_of: Mapping[str, Sequence[Mapping[str, object]]] = {}

    async def network(self, version: DataVersion) -> SupplyNetwork:
        """Read what facts are about first; chunks of facts become parts of tables once all of that is known."""
        make = self._make
        self._chunks_of = dict(zip(MANY, await asyncio.gather(*map(self._known_chunks, MANY)), strict=True))
        components = self._chunks(["components"], _as_they_are)
        companies = self._chunks(["companies"], _as_they_are)
        known = asyncio.ensure_future(self._ends(components, companies))

        async def chunk_of_offers(columns: Columns) -> Offers:
            ends = await known
            return await self._made(make.offers, columns, ends.node, ends.company, ends.nation)

        async def chunk_of_requirements(columns: Columns, alternatives: Columns) -> Requirements:
            ends = await known
            return await self._made(make.requirements, columns, alternatives, ends.node)

        ends, offers, requirements, (ownerships, memberships), (partnerships, blocs) = await asyncio.gather(
            known,
            self._table(self._chunks(["offers"], chunk_of_offers)),
            self._table(self._chunks(["requirements", "alternatives"], chunk_of_requirements)),
            asyncio.gather(self._read("ownerships", {}), self._read("memberships", {})),
            asyncio.gather(self._in_turn("partnerships"), self._in_turn("blocs")),
        )
        return SupplyNetwork(
            data_version=version.version,
            importing=version.importing,
            world=None,
            nodes=ends.nodes,
            deployments=make.deployments(ends.deployments, ends.company, ends.nation),
            companies=make.companies(ends.companies, ends.nation),
            nations=make.nations(ends.nations),
            bloc_ids=blocs[0],
            offers=offers,
            requirements=requirements,
            ownerships=make.ownerships(ownerships, ends.company),
            memberships=make.memberships(memberships, ends.nation, Numbers(blocs[0])),
            partnerships=await self._made(make.partnerships, partnerships, ends.node, offers.id),
            present=[True] * len(ends.nodes.id),
        )

    async def _ends(self, components: Chunks[Columns], companies: Chunks[Columns]) -> _Ends:
        nations, deployments, variants, of_components, of_companies = await asyncio.gather(
            self._in_turn("nations"),
            self._in_turn("deployments"),
            self._read("variants", {}),
            asyncio.gather(*components),
            asyncio.gather(*companies),
        )
        component, company = joined_columns(of_components), joined_columns(of_companies)
        nodes = await self._made(self._make.nodes, component, deployments, variants)
        node = await self._made(Numbers, nodes.id, chain(component[1], deployments[1]))
        return _Ends(nodes, company, nations, deployments, node, Numbers(*company[:2]), Numbers(*nations[:2]))

    async def _table(self, chunks: Chunks[Table]) -> Table:
        return await self._made(joined, await asyncio.gather(*chunks))

    async def _known_chunks(self, kind: str) -> Sequence[Mapping[str, object]]:
        """Give the parameters of the statement that reads each chunk; what they are is a matter of the engine."""
        rows = await self._store.read(f"network/chunks/{kind}", {"step": CHUNK_ROWS}, as_sent=True)
        return [chunk for (chunk,) in rows]

    def _chunks(self, names: Sequence[str], make: Callable[..., Awaitable[T]]) -> Chunks[T]:
        """Let all chunks of a kind wait for their turn; `make` takes what each of the statements gives of one."""

        async def made(chunk: Mapping[str, object]) -> T:
            async with self._turns:
                columns = [await self._read(name, chunk) for name in names]
            return await make(*columns)

        return [asyncio.ensure_future(made(chunk)) for chunk in self._chunks_of[names[0]]]

    async def _made(self, make: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do work beside the event loop, one at a time: two would only keep each other waiting."""
        async with self._desk:
            return await asyncio.to_thread(make, *args, **kwargs)

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


async def _as_they_are(columns: Columns) -> Columns:
    return columns
