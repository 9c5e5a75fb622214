"""Mutations: what is stated is recorded once, whoever states it at the same time."""

import asyncio
from typing import Any

from graph_service.api.context import Service
from graph_service.facts.export import texts_of
from graph_service.facts.files import read_files
from graph_service.facts.load import load
from graph_service.facts.stored import read_store
from tests.api.asking import ask, data, version
from tests.api.writing import PACT, PARTNERSHIP, RETRACT, WAFERS, upserted


async def test_an_offer_is_recorded_and_read_back_in_the_same_answer(service: Service) -> None:
    payload = await upserted(service)
    assert payload == {
        "offer": {
            "id": "offer:faba.gpu.kor",
            "sharePct": 12.5,
            "leadTimeWeeks": None,
            "capacity": None,
            "confidence": 70,
            "validFrom": None,
            "validTo": None,
            "company": {"name": "FabA"},
            "component": {"name": "GPU"},
            "nation": {"name": "South Korea"},
            "sources": [
                {
                    "note": None,
                    "source": {
                        "id": payload["offer"]["sources"][0]["source"]["id"],
                        "title": "Halbleiter-Überblick",
                        "publisher": "Amt",
                        "year": 2026,
                    },
                }
            ],
        },
        "errors": [],
    }


async def test_stating_the_same_again_changes_nothing(service: Service) -> None:
    await upserted(service)
    before = await version(service)
    await upserted(service)
    assert await version(service) == before


async def test_what_is_left_out_stays_and_null_makes_it_not_known(service: Service) -> None:
    await upserted(service, leadTimeWeeks=8, capacity="1200.5")
    kept = (await upserted(service, sharePct=13))["offer"]
    assert (kept["sharePct"], kept["leadTimeWeeks"], kept["capacity"]) == (13, 8, "1200.5")
    gone = (await upserted(service, leadTimeWeeks=None))["offer"]
    assert (gone["leadTimeWeeks"], gone["capacity"]) == (None, "1200.5")


async def test_one_source_is_one_node_however_often_it_is_cited(service: Service) -> None:
    await upserted(service)
    await upserted(service, nation="nation:deu")
    await upserted(
        service, nation="nation:twn", source={"title": "Halbleiter-Überblick", "publisher": "Amt", "year": 2025}
    )
    stored = texts_of(await read_store(service.store))["sources.csv"]
    ids = [line.partition(",")[0] for line in stored.splitlines() if "Halbleiter" in line]
    assert len(ids) == 2
    assert all(name.startswith("source:halbleiter-uberblick-") for name in ids)


async def test_many_writers_of_the_same_and_of_different_offers_lose_and_duplicate_nothing(service: Service) -> None:
    nations = ["nation:deu", "nation:kor", "nation:twn", "nation:usa"]
    same = [upserted(service, sharePct=20), upserted(service, leadTimeWeeks=9), upserted(service, inventoryWeeks=3)]
    others = [upserted(service, nation=nation, component=component) for nation in nations
              for component in ("component:ssd", "component:hbm")]  # fmt: skip
    payloads = await asyncio.gather(*same, *same_again(service), *others)
    assert all(payload["errors"] == [] for payload in payloads)
    stored = texts_of(await read_store(service.store))["offers.csv"].splitlines()
    ids = [line.partition(",")[0] for line in stored]
    assert len(ids) == len(set(ids))
    assert {f"offer:faba.{part}.{nation[7:]}" for nation in nations for part in ("ssd", "hbm")} <= set(ids)
    final = (await upserted(service))["offer"]
    assert (final["leadTimeWeeks"], final["sharePct"]) == (9, 12.5)
    (row,) = [line for line in stored if line.startswith("offer:faba.gpu.kor")]
    assert ",3," in row


def same_again(service: Service) -> list[Any]:
    return [upserted(service, capacity="7"), upserted(service, unitCost="1.25", currency="EUR")]


async def test_a_partnership_is_recorded_with_its_parties_and_keeps_what_is_left_out(service: Service) -> None:
    enabling = {"enables": ["offer:faba.wafer.twn"], "goal": "More chips", "aliases": ["Pakt", "Pacte"]}
    first = (await data(service, PARTNERSHIP, input={**PACT, **enabling}))["upsertPartnership"]
    assert first["errors"] == []
    second = (await data(service, PARTNERSHIP, input={**PACT, "parties": ["nation:twn"]}))["upsertPartnership"]
    assert second["partnership"] == {
        "id": "partnership:chip-pact",
        "name": "Chip Pact",
        "kind": "research",
        "status": "signed",
        "signedOn": "2026-05",
        "goal": "More chips",
        "aliases": ["Pakt", "Pacte"],
        "confidence": 80,
        "parties": [{"role": None, "party": {"id": "nation:twn"}}],
        "covers": [{"id": "component:gpu"}],
        "enables": [{"id": "offer:faba.wafer.twn"}],
        "sources": [{"source": {"title": "Treaty text"}}],
    }


async def test_parties_keep_the_roles_that_they_have_on_record(service: Service) -> None:
    texts = {
        "partnerships.csv": "id,name,kind,status\npartnership:chip-pact,P,research,signed\n",
        "parties.csv": "partnership,party,role\npartnership:chip-pact,nation:twn,host\n",
    }
    await load(service.store, read_files(texts))
    payload = (await data(service, PARTNERSHIP, input=PACT))["upsertPartnership"]
    assert {(one["party"]["id"], one["role"]) for one in payload["partnership"]["parties"]} == {
        ("nation:twn", "host"),
        ("company:faba", None),
    }


async def test_a_retracted_fact_ends_keeps_its_history_and_says_why(service: Service) -> None:
    variables = {"id": "offer:faba.wafer.twn", "on": "2026-03-01", "reason": "The plant has closed"}
    assert await data(service, RETRACT, **variables) == {"retract": {"id": "offer:faba.wafer.twn", "errors": []}}
    query = """query($at: Date) { offers(first: 100, world: { asOf: $at }) { nodes { id } }
      node(id: "offer:faba.wafer.twn") { ... on Offer { sharePct validTo sources { note source { id } } } } }"""
    now, then = [await data(service, query, at=at) for at in ("2026-03-01", "2026-02-28")]
    assert "offer:faba.wafer.twn" not in [each["id"] for each in now["offers"]["nodes"]]
    assert "offer:faba.wafer.twn" in [each["id"] for each in then["offers"]["nodes"]]
    assert now["node"] == {
        "sharePct": 70,
        "validTo": "2026-03-01",
        "sources": [
            {"note": None, "source": {"id": "source:f1"}},
            {"note": "The plant has closed", "source": {"id": "source:retraction"}},
        ],
    }
    before = await version(service)
    await data(service, RETRACT, **variables)
    assert await version(service) == before


async def test_a_retracted_requirement_keeps_its_alternatives(service: Service) -> None:
    await data(service, RETRACT, id="requirement:plant.gpu", on="2026-03-01", reason="Runs without")
    query = '{ node(id: "requirement:plant.gpu") { ... on Requirement { validTo alternatives { component { id } } } } }'
    assert (await data(service, query))["node"] == {
        "validTo": "2026-03-01",
        "alternatives": [{"component": {"id": "component:gpu"}}],
    }


async def test_the_fields_of_a_mutation_run_one_after_the_other(service: Service) -> None:
    query = """mutation($input: OfferInput!, $id: ID!) {
      first: upsertOffer(input: $input) { offer { validTo } }
      second: retract(id: $id, on: "2026-03-01", reason: "Moved") { id }
      third: upsertOffer(input: $input) { offer { validTo } }
    }"""
    answer = await data(service, query, input=WAFERS, id="offer:faba.gpu.kor")
    assert answer == {
        "first": {"offer": {"validTo": None}},
        "second": {"id": "offer:faba.gpu.kor"},
        "third": {"offer": {"validTo": "2026-03-01"}},
    }


async def test_a_field_that_fails_leaves_those_before_and_after_it(service: Service) -> None:
    query = """mutation($input: OfferInput!) {
      first: upsertOffer(input: $input) { offer { dear: unitCost } }
      second: importBundle(files: []) { errors(first: 2000) { code } }
      third: upsertOffer(input: $input) { errors { code } }
    }"""
    response = await ask(service, query, input=WAFERS)
    assert [each["path"] for each in response["errors"]] == [["second"]]
