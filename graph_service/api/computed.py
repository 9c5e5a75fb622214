"""Fields of reads that the network answers, each evaluated once per network, node and arguments."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

from graph_service.analysis.concentration import concentration
from graph_service.analysis.dependency_depth import dependency_depth
from graph_service.analysis.sovereignty import sovereignty
from graph_service.errors import BadInput, GraphServiceError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from graph_service.analysis.sovereignty import Sovereignty
    from graph_service.model.world import World
    from graph_service.network.network import SupplyNetwork
    from graph_service.network.networks import Networks
    from graph_service.reads.settling import Question


def _offers_complete(network: SupplyNetwork, component: str) -> bool:
    return network.list_is_complete[network.node_by_id[component]]


def _sovereignty(
    network: SupplyNetwork, deployment: str, jurisdiction: str, allies: Sequence[str] | None = None
) -> Sovereignty:
    return sovereignty(network, deployment, jurisdiction, allies or ())


COMPUTED: Final[Mapping[str, Callable[..., Any]]] = {
    "concentration": concentration,
    "dependencyDepth": dependency_depth,
    "offersComplete": _offers_complete,
    "sovereignty": _sovereignty,
}
"""By field name, the function of a network, a node's id and the field's arguments that answers it."""

DATELESS: Final = frozenset({"offersComplete"})
"""What can also be told of all dates at once, on the whole record."""


class NetworkFields:
    """Answers computed fields for the rows of a read, in a worker thread."""

    def __init__(self, networks: Networks) -> None:
        self._networks = networks

    async def answer(self, world: World, wanted: Sequence[Question]) -> Sequence[Any]:
        """Answer each wanted field; an error of ours stands in the place of an answer."""
        try:
            network = await self._networks.record() if world.as_of is None else await self._networks.at(world)
        except GraphServiceError as error:
            return [error] * len(wanted)
        return await asyncio.to_thread(_answers, network, wanted)


def _answers(network: SupplyNetwork, wanted: Sequence[Question]) -> list[Any]:
    known: dict[tuple[str, str, str], Any] = {}
    answers: list[Any] = []
    for name, node_id, arguments in wanted:
        key = (name, node_id, repr(arguments))
        if key not in known:
            try:
                known[key] = _answer(network, name, node_id, arguments)
            except GraphServiceError as error:
                known[key] = error
        answers.append(known[key])
    return answers


def _answer(network: SupplyNetwork, name: str, node_id: str, arguments: Mapping[str, Any]) -> Any:
    if network.world is None and name not in DATELESS:
        raise BadInput(f"allDates: true is for reads; {name} needs one date, give asOf or nothing for today")
    return COMPUTED[name](network, node_id, **arguments)
