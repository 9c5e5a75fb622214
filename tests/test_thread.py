"""The thread through the whole house: facts by `seed`, a look-up and an analysis over HTTP, on both engines."""

from pathlib import Path

import httpx
import pytest

from graph_service.store.address import Address
from tests.engines import SERVERS, empty
from tests.service import command, served

F1 = Path(__file__).parent / "data" / "f1"


@pytest.mark.parametrize("engine", ["embedded", *SERVERS])
async def test_f1_is_seeded_looked_up_and_measured_over_http(
    engine: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    environment: dict[str, str] = {}
    if engine != "embedded":
        server = request.getfixturevalue(SERVERS[engine])
        await empty(Address(server.uri, server.username, server.password, server.database))
        environment = {
            "NEO4J_URI": server.uri,
            "NEO4J_USERNAME": server.username,
            "NEO4J_PASSWORD": server.password,
            "NEO4J_DATABASE": server.database,
        }
    seeded = command("seed", str(F1), directory=tmp_path, environment=environment)
    assert seeded.returncode == 0, seeded.stderr
    with served(tmp_path, environment) as url:
        query = """{
          component(by: { id: "component:wafer" }) { name offers { nodes { nation { iso3 } sharePct } } }
          dependencyDepth(target: "component:ai-server") { depth componentCount companyCount nationCount
            criticalLeadTimeWeeks tiers { tierMax totalQuantity component { id } } }
        }"""
        async with httpx.AsyncClient(base_url=url, timeout=60) as client:
            found = (await client.post("/graphql", json={"query": query})).json()["data"]
    assert {(offer["nation"]["iso3"], offer["sharePct"]) for offer in found["component"]["offers"]["nodes"]} == {
        ("TWN", 70.0),
        ("KOR", 30.0),
    }
    depth = found["dependencyDepth"]
    assert (depth["depth"], depth["componentCount"], depth["companyCount"], depth["nationCount"]) == (3, 7, 11, 7)
    assert depth["criticalLeadTimeWeeks"] == 69.0
    tiers = {tier["component"]["id"]: tier for tier in depth["tiers"]}
    assert (tiers["component:wafer"]["tierMax"], tiers["component:euv"]["tierMax"]) == (2, 3)
    assert float(tiers["component:hbm"]["totalQuantity"]) == 48
    assert float(tiers["component:wafer"]["totalQuantity"]) == 0.16
