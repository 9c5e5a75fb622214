"""The folders that the service carries along: its statements, its facts, its questions."""

from pathlib import Path
from typing import Literal

from graph_service.errors import Misconfigured

PACKAGE = Path(__file__).resolve().parents[1]


def shipped(name: Literal["cypher", "seed/data", "operations"]) -> Path:
    """Find a folder that belongs to the service, installed or in a checkout.

    A wheel carries it inside the package (`graph_service/shipped/...`, see pyproject.toml); in a checkout it
    stands at the top level beside the package. Raises `Misconfigured` when it is in neither place.
    """
    places = (PACKAGE / "shipped" / name, PACKAGE.parent / name)
    for place in places:
        if place.is_dir():
            return place
    raise Misconfigured(
        f"the folder {name} is part of this service, but stands neither at {places[0]} nor at {places[1]}: "
        "install the wheel, or work in a whole checkout"
    )
