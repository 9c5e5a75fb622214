"""Random facts for reads, some of them corrupt: written by raw Cypher, past every check of ours."""

import random
from typing import Any

from neo4j import AsyncGraphDatabase

from graph_service.store.address import Address

NODES = {"Nation": 4, "Bloc": 2, "Company": 5, "Component": 7, "Offer": 9, "Requirement": 5, "Partnership": 4,
         "Deployment": 3, "Source": 3}  # fmt: skip
RELATIONS = (
    ("Company", "HEADQUARTERED_IN", "Nation", 4),
    ("Company", "OWNED_BY", "Company", 3),
    ("Company", "OFFERS", "Offer", 8),
    ("Offer", "OF", "Component", 8),
    ("Offer", "MADE_IN", "Nation", 8),
    ("Component", "REQUIRES", "Requirement", 4),
    ("Deployment", "REQUIRES", "Requirement", 2),
    ("Requirement", "ANY_OF", "Component", 8),
    ("Component", "VARIANT_OF", "Component", 2),
    ("Nation", "MEMBER_OF", "Bloc", 4),
    ("Nation", "PARTY_TO", "Partnership", 3),
    ("Company", "PARTY_TO", "Partnership", 2),
    ("Bloc", "PARTY_TO", "Partnership", 1),
    ("Partnership", "COVERS", "Component", 4),
    ("Partnership", "ENABLES", "Offer", 2),
    ("Deployment", "LOCATED_IN", "Nation", 3),
    ("Deployment", "OPERATED_BY", "Company", 2),
    *((label, "STATED_IN", "Source", 2) for label in ("Nation", "Company", "Component", "Offer", "Partnership")),
)
TEXTS = ("one", "two", "Three", "")
FLOATS = (0.5, 12.0, 62.25)
PROPERTIES: dict[str, tuple[Any, ...]] = {
    **dict.fromkeys(("name", "kind", "status", "title", "goal", "region", "category", "shareBasis", "unit"), TEXTS),
    **dict.fromkeys(("lei", "url", "publisher", "role", "note", "currency", "condition"), (*TEXTS, None)),
    **dict.fromkeys(("sharePct", "leadTimeWeeks", "capacity", "unitCost", "quantity", "capex"), (*FLOATS, None)),
    **dict.fromkeys(("efficiency", "switchTimeWeeks", "tokensPerSecond", "pricePerHour"), (*FLOATS, None)),
    **dict.fromkeys(("iso2", "iso3", "gdprTransfer"), ("AA", "NONE")),
    **dict.fromkeys(("confidence", "k", "year", "shareYear"), (0, 1, 50, 2025)),
    **dict.fromkeys(("needsExternalService", "airGapped", "optional"), (True, False)),
    "signedOn": ("2023", "2024-05", None),
    "inputKind": ("CONSUMABLE", "CAPITAL"),
    "mode": ("EDGE", "ON_PREMISE"),
    "aliases": (["x", "y"], [], None),
    "recordedAt": ("2026-01-02T03:04:05+00:00",),
    "sources": (["source:0", "source:1"], ["source:2"]),
    "notes": (["", "seen"], [""]),
}
CORRUPT: dict[str, tuple[Any, ...]] = {
    "confidence": (None, 2**31, -(2**40)),
    "k": (None, 2**35),
    "sharePct": (float("nan"), float("inf")),
    "name": (None,),
    "inputKind": ("NOTHING", None),
    "mode": ("SPACE",),
    "recordedAt": ("soon", None),
    "needsExternalService": (None,),
    "aliases": ([],),
}


async def fill(address: Address, chance: random.Random) -> list[str]:
    """Fill an empty store, about one value in fifty corrupt; give the ids."""
    nodes = {label: [f"{label.lower()}:{number}" for number in range(count)] for label, count in NODES.items()}
    async with AsyncGraphDatabase.driver(address.uri, auth=(address.username, address.password)) as driver:

        async def run(text: str, **parameters: Any) -> None:
            await driver.execute_query(text, parameters, database_=address.database)

        for label, ids in nodes.items():
            rows = [{"id": node_id, **_properties(chance)} for node_id in ids]
            await run(f"UNWIND $rows AS row CREATE (n:{label}) SET n = row", rows=rows)
        await run("MATCH (n) WHERE n.dated SET n.validFrom = date('2024-01-01'), n.validTo = date('2030-06-01')")
        for source, type_, target, count in RELATIONS:
            pairs = [
                {"a": chance.choice(nodes[source]), "b": chance.choice(nodes[target]), "p": _properties(chance)}
                for _ in range(count)
            ]
            text = f"MATCH (a:{source} {{id: row.a}}), (b:{target} {{id: row.b}}) CREATE (a)-[r:{type_}]->(b)"
            await run(f"UNWIND $rows AS row {text} SET r = row.p", rows=pairs)
    return [node_id for ids in nodes.values() for node_id in ids]


def _properties(chance: random.Random) -> dict[str, Any]:
    found = {
        name: chance.choice(CORRUPT[name] if name in CORRUPT and chance.random() < 0.02 else values)
        for name, values in PROPERTIES.items()
    }
    if len(found["sources"]) != len(found["notes"]):
        found["notes"] = [""] * len(found["sources"])
    return {"dated": chance.random() < 0.5, "position": chance.randrange(5), **found}
