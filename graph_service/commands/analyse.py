"""`analyse`: the whole resilience picture of one component or deployment."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING, Final

from graph_service.analysis.picture import Picture, picture
from graph_service.app import running_service
from graph_service.commands.resilience.drawings import write_dot, write_mermaid
from graph_service.commands.resilience.forms import write_json, write_markdown, write_table
from graph_service.commands.resilience.named import Named
from graph_service.errors import BadInput
from graph_service.logs import configure_logs
from graph_service.model.world import World, today
from graph_service.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import TextIO


def analyse(target: str, without: Sequence[str], form: str) -> None:
    """Print everything about a target: how deep, what stops it, how exposed, what else there is.

    Raises BadInput for an unknown form and ids of the wrong kind, NotFound, with the nearest ids, for what is not
    recorded, NotInWorld for a deployment that does not hold today.
    """
    write = FORMS.get(form)
    if write is None:
        raise BadInput(f"--format must be one of {', '.join(FORMS)}, got {form!r}")
    configure_logs()
    write(*asyncio.run(_picture(target, without)), sys.stdout)


async def _picture(target: str, without: Sequence[str]) -> tuple[Picture, Named]:
    settings = read_settings()
    async with running_service(settings) as service:
        network = await service.networks.at(World(as_of=today()))
        if not network.nodes.id:
            raise BadInput("the store holds no facts yet: run `graph-service seed`")
        found = await asyncio.to_thread(picture, network, target, without, budget_seconds=settings.solver_seconds)
        return found, Named((await service.names.index()).name_by_id)


FORMS: Final[Mapping[str, Callable[[Picture, Named, TextIO], None]]] = {
    "table": write_table,
    "json": write_json,
    "markdown": write_markdown,
    "dot": write_dot,
    "mermaid": write_mermaid,
}
