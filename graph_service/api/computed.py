"""Fields of reads that the network answers, each evaluated once per network and node."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

from graph_service.analysis.dependency_depth import dependency_depth
from graph_service.errors import GraphServiceError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from graph_service.model.world import World
    from graph_service.network.network import SupplyNetwork
    from graph_service.network.networks import Networks
    from graph_service.reads.rows import Wanted


def _offers_complete(network: SupplyNetwork, component: str) -> bool:
    return network.list_is_complete[network.node_by_id[component]]


COMPUTED: Final[Mapping[str, Callable[[SupplyNetwork, str], Any]]] = {
    "dependencyDepth": dependency_depth,
    "offersComplete": _offers_complete,
}
"""By field name, the function of a network and a node's id that answers it."""


class NetworkFields:
    """Answers computed fields for the rows of a read, in a worker thread."""

    def __init__(self, networks: Networks) -> None:
        self._networks = networks

    async def answer(self, world: World, wanted: Sequence[Wanted]) -> Sequence[Any]:
        """Answer each wanted field; an error of ours stands in the place of an answer."""
        try:
            network = await self._networks.record() if world.as_of is None else await self._networks.at(world)
        except GraphServiceError as error:
            return [error] * len(wanted)
        return await asyncio.to_thread(_answers, network, [(want.field.name, want.node_id) for want in wanted])


def _answers(network: SupplyNetwork, wanted: Sequence[tuple[str, str]]) -> list[Any]:
    known: dict[tuple[str, str], Any] = {}
    for question in wanted:
        if question not in known:
            name, node_id = question
            try:
                known[question] = COMPUTED[name](network, node_id)
            except GraphServiceError as error:
                known[question] = error
    return [known[question] for question in wanted]
