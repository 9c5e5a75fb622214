"""F1 EdgeAI, the made-up supply chain of tests/data/f1, as rows and as a network."""

import csv
from pathlib import Path
from typing import Final

from graph_service.model.world import World
from graph_service.network.network import SupplyNetwork
from tests.networks import WORLD, ComponentRow, DeploymentRow, OfferRow, RequirementRow, Rows, needs

FOLDER: Final = Path(__file__).parents[1] / "data" / "f1"

SERVER: Final = "component:ai-server"


def rows(*, deployment: bool = False) -> Rows:
    """Give the facts; with a deployment, `deployment:edge`, that needs one server."""
    met = {row["requirement"]: row["component"] for row in _read("alternatives.csv")}
    requirements: list[RequirementRow] = [needs(row["of"], met[row["id"]]) for row in _read("requirements.csv")]
    return Rows(
        components=[ComponentRow(row["id"]) for row in _read("components.csv")],
        offers=[
            OfferRow(row["component"], row["company"], row["nation"], share=float(row["share_pct"]))
            for row in _read("offers.csv")
        ],
        requirements=[*requirements, needs("deployment:edge", SERVER)] if deployment else requirements,
        deployments=[DeploymentRow("deployment:edge")] if deployment else (),
    )


def network(world: World = WORLD, *, deployment: bool = False) -> SupplyNetwork:
    """Give the network of these facts."""
    return rows(deployment=deployment).network(world)


def _read(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
