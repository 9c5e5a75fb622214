"""Subscriptions: a dashboard hears what changed and what is at risk, whoever wrote it, and is never flooded."""

import asyncio
from collections.abc import AsyncGenerator, Generator
from pathlib import Path
from typing import Any

import httpx
import pytest

from graph_service.analysis.standing import AlertRule
from graph_service.api.context import Service
from graph_service.api.events import graph_changes, risk_alerts
from graph_service.facts.files import read_files
from graph_service.facts.load import load
from graph_service.model.kinds import Kind
from graph_service.settings import Settings
from graph_service.store.store import Store
from tests.api.plant import BUNDLE
from tests.api.sockets import begun, listening
from tests.service import command, served
from tests.shipped import service_over

KEY = "a-key-of-some-length"
SOON = Settings(change_poll_seconds=0.05)
EVERYTHING = frozenset(AlertRule)
SOLE = {
    "companies.csv": "id,name\ncompany:sole,Sole\n",
    "components.csv": "id,name,category\ncomponent:dust,Dust,part\n",
    "offers.csv": "company,component,nation,share_pct\ncompany:sole,component:dust,nation:fra,100\n",
    "requirements.csv": "id,of\nrequirement:plant.dust,deployment:plant\n",
    "alternatives.csv": "requirement,component\nrequirement:plant.dust,component:dust\n",
}
"""A component that one company alone supplies, needed by the plant."""
RIVAL = {
    "companies.csv": "id,name\ncompany:rival,Rival\n",
    "offers.csv": "company,component,nation,share_pct\ncompany:rival,component:dust,nation:jpn,50\n"
    "company:sole,component:dust,nation:fra,10\n",
}
"""A second supplier of it, in another nation."""


async def soon(events: AsyncGenerator[Any]) -> Any:
    """Give the next event; fail where none comes."""
    async with asyncio.timeout(60):
        return await anext(events)


async def nothing_more(events: AsyncGenerator[Any]) -> None:
    """Hold that no event is there: whoever asks waits."""
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.5):
            await anext(events)


async def changes(service: Service, *kinds: Kind) -> AsyncGenerator[Any]:
    return graph_changes(service.changes, await service.changes.now(), frozenset(kinds or Kind))


async def alerts(service: Service, *targets: str) -> AsyncGenerator[Any]:
    return await risk_alerts(service.changes, service.watch, targets, EVERYTHING)


async def test_a_change_is_told_with_its_kinds_its_version_and_its_instant(store: Store) -> None:
    events = await changes(service_over(store, SOON))
    report = await load(store, BUNDLE)
    event = await soon(events)
    assert event.data_version == report.data_version
    expected = {Kind.SOURCE, Kind.NATION, Kind.COMPANY, Kind.COMPONENT, Kind.OFFER, Kind.REQUIREMENT, Kind.DEPLOYMENT}
    assert set(event.changed) == expected
    assert event.at.tzinfo is not None
    await events.aclose()


@pytest.mark.parametrize(
    ("files", "kinds"),
    [
        ({"companies.csv": "id,name\ncompany:faba,Another name\n"}, [Kind.COMPANY]),
        ({"alternatives.csv": "requirement,component\nrequirement:plant.gpu,component:ssd\n"}, [Kind.REQUIREMENT]),
        ({"blocs.csv": "id,name,kind\nbloc:eu,EU,union\n", "memberships.csv": "nation,bloc\nnation:fra,bloc:eu\n"},
         [Kind.NATION, Kind.BLOC]),
        ({"ownerships.csv": "company,owner\ncompany:faba,company:fabb\n"}, [Kind.COMPANY]),
    ],
    ids=["company", "part of a requirement", "membership", "ownership"],
)  # fmt: skip
async def test_what_looks_different_is_named(store: Store, files: dict[str, str], kinds: list[Kind]) -> None:
    await load(store, BUNDLE)
    events = await changes(service_over(store, SOON))
    await load(store, read_files(files))
    assert list((await soon(events)).changed) == kinds
    await events.aclose()


async def test_changes_of_other_kinds_are_not_told(store: Store) -> None:
    await load(store, BUNDLE)
    events = await changes(service_over(store, SOON), Kind.BLOC)
    await load(store, read_files({"companies.csv": "id,name\ncompany:faba,Another name\n"}))
    await load(store, read_files({"blocs.csv": "id,name,kind\nbloc:eu,EU,union\n"}))
    assert (await soon(events)).changed == (Kind.BLOC,)
    await events.aclose()


async def test_a_listener_that_is_slow_hears_of_many_writes_as_one(store: Store) -> None:
    await load(store, BUNDLE)
    service = service_over(store, SOON)
    events, prompt = await changes(service), await changes(service)
    for number in range(5):
        await load(store, read_files({"companies.csv": f"id,name\ncompany:faba,Name {number}\n"}))
        assert (await soon(prompt)).changed == (Kind.COMPANY,)
    await load(store, read_files({"blocs.csv": "id,name,kind\nbloc:eu,EU,union\n"}))
    await soon(prompt)
    assert (await soon(events)).changed == (Kind.BLOC, Kind.COMPANY)
    await nothing_more(events)
    await prompt.aclose()


async def test_a_single_point_and_a_band_are_told_as_they_come_and_go(store: Store) -> None:
    await load(store, BUNDLE)
    events = await alerts(service_over(store, SOON), "deployment:plant")
    report = await load(store, read_files(SOLE))
    seen = [await soon(events) for _ in range(3)]
    assert {(event.target, event.data_version) for event in seen} == {("deployment:plant", report.data_version)}
    assert [(event.rule, event.before, event.after) for event in seen] == [
        ("SINGLE_POINT_ADDED", None, "company:sole"),
        ("SINGLE_POINT_ADDED", None, "nation:fra"),
        ("HHI_BAND_CHANGED", None, "component:dust HIGH"),
    ]
    await load(store, read_files(RIVAL))
    seen = [await soon(events) for _ in range(2)]
    assert [(event.rule, event.before, event.after) for event in seen] == [
        ("SINGLE_POINT_REMOVED", "company:sole", None),
        ("SINGLE_POINT_REMOVED", "nation:fra", None),
    ]
    more = "company,component,nation,share_pct\ncompany:rival,component:dust,nation:jpn,30\n"
    await load(store, read_files({"offers.csv": more}))
    event = await soon(events)
    assert (event.before, event.after) == ("component:dust HIGH", "component:dust MODERATE")
    await nothing_more(events)


async def test_nothing_is_at_risk_while_an_import_is_not_whole(store: Store) -> None:
    await load(store, BUNDLE)
    events = await alerts(service_over(store, SOON), "deployment:plant")
    await store.begin_import("some rows")
    await load(store, read_files(SOLE))
    waiting = asyncio.ensure_future(anext(events))
    await asyncio.sleep(0.5)
    assert not waiting.done()
    await store.end_import()
    async with asyncio.timeout(60):
        assert (await waiting).after == "company:sole"
    await events.aclose()


async def test_when_nobody_listens_any_more_nobody_asks_the_store(store: Store) -> None:
    service = service_over(store, SOON)
    events = await changes(service)
    await nothing_more(events)
    assert service.changes._polling is None
    assert service.changes._listeners == 0


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("listened")


@pytest.fixture(scope="module")
def listened(directory: Path) -> Generator[str]:
    """A service of its own, since these tests write into it."""
    settings = {"GRAPH_SERVICE_API_KEYS": KEY, "GRAPH_SERVICE_CHANGE_POLL_SECONDS": "0.1"}
    with served(directory, settings) as url:
        yield url


def seeded(directory: Path, folder: Path, files: dict[str, str]) -> None:
    """Load files by the command, which is a process of its own."""
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    result = command("seed", str(folder), directory=directory)
    assert result.returncode == 0, result.stderr


async def test_what_another_process_writes_is_told_over_the_socket(
    listened: str, directory: Path, tmp_path: Path
) -> None:
    plant = {"deployments.csv": "id,name,mode\ndeployment:plant,Plant,EDGE\n"}
    await asyncio.to_thread(seeded, directory, tmp_path / "first", plant)
    async with begun(listened) as client:
        alert = """subscription($targets: [ID!]!) { riskAlert(targets: $targets) {
          rule before after target { __typename name ... on Deployment { mode } } } }"""
        await client.subscribe("alert", alert, targets=["deployment:plant"])
        await listening(listened, 1)
        await asyncio.to_thread(seeded, directory, tmp_path / "second", SOLE)
        target = {"__typename": "Deployment", "name": "Plant", "mode": "EDGE"}
        for rule, after in (
            ("SINGLE_POINT_ADDED", "company:sole"),
            ("SINGLE_POINT_ADDED", "nation:fra"),
            ("HHI_BAND_CHANGED", "component:dust HIGH"),
        ):
            event = (await client.next("alert"))["riskAlert"]
            assert event == {"rule": rule, "before": None, "after": after, "target": target}


async def test_a_write_over_http_is_told_over_the_socket(listened: str) -> None:
    write = """mutation { importBundle(dryRun: false, files: [
      { name: "blocs.csv", content: "id,name,kind\\nbloc:new,New,union" }]) { created dataVersion } }"""
    async with begun(listened) as client, httpx.AsyncClient(base_url=listened, timeout=60) as http:
        await client.subscribe("all", "subscription { told: graphChanged { changed dataVersion at } }")
        await client.subscribe("offers", "subscription { graphChanged(kinds: [OFFER]) { changed } }")
        await listening(listened, 2)
        response = await http.post("/graphql", json={"query": write}, headers={"X-API-Key": KEY})
        report = response.json()["data"]["importBundle"]
        event = (await client.next("all"))["told"]
        assert (event["changed"], event["dataVersion"]) == (["BLOC"], report["dataVersion"])
        assert event["at"].startswith("20")


async def test_a_client_that_reads_nothing_is_told_one_change_when_it_reads_again(listened: str) -> None:
    async with begun(listened) as client, httpx.AsyncClient(base_url=listened, timeout=60) as http:
        names = [f"s{number}" for number in range(20)]
        for name in names:
            await client.subscribe(name, "subscription { graphChanged(kinds: [BLOC]) { changed } }")
        await listening(listened, 20)
        for number in range(3):
            text = f"id,name,kind\nbloc:new,New {number},union"
            write = """mutation($text: String!) {
              importBundle(dryRun: false, files: [{ name: "blocs.csv", content: $text }]) { updated } }"""
            body = {"query": write, "variables": {"text": text}}
            answer = await http.post("/graphql", json=body, headers={"X-API-Key": KEY})
            assert answer.json() == {"data": {"importBundle": {"updated": 1}}}
        told = [await client.receive() for _ in names]
        assert {message["id"] for message in told} <= set(names)
