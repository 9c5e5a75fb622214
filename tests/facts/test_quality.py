"""The quality of a store's facts: told from what is stored, read once for each data version."""

import asyncio
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path

import pytest

from graph_service.facts.bundle import Bundle
from graph_service.facts.check import findings
from graph_service.facts.files import read_folder
from graph_service.facts.load import load
from graph_service.facts.quality import Quality
from graph_service.facts.rows import Offer
from graph_service.model.world import today
from graph_service.store.store import Store

F1 = read_folder(Path(__file__).parents[1] / "data" / "f1")
DOUBTED = Bundle({**F1.rows, Offer: [replace(offer, confidence=10) for offer in F1.of(Offer)]})


async def under_way(quality: Quality) -> object:
    """Wait until a reading has begun, and give it."""
    while quality._reading is None:
        await asyncio.sleep(0)
    return quality._reading


async def test_the_store_has_the_findings_of_its_files(store: Store) -> None:
    await load(store, DOUBTED)
    found = await Quality(store).findings()
    assert found == findings(DOUBTED, today())
    assert {finding.rule for finding in found} == {"low-confidence"}


async def test_facts_are_read_once_until_somebody_writes(store: Store) -> None:
    await load(store, DOUBTED)
    quality = Quality(store)
    found = await quality.findings()
    assert await quality.findings() is found
    await load(store, F1)
    assert await quality.findings() == []


async def test_a_request_that_leaves_does_not_end_the_reading_for_others(store: Store) -> None:
    await load(store, DOUBTED)
    async with aclosing(Quality(store)) as quality:
        asking = asyncio.create_task(quality.findings())
        reading = await under_way(quality)
        asking.cancel()
        assert await quality.findings() == findings(DOUBTED, today())
        assert quality._reading is reading
        assert asking.cancelled()


async def test_closing_ends_a_reading_that_is_under_way(store: Store) -> None:
    await load(store, DOUBTED)
    quality = Quality(store)
    asking = asyncio.create_task(quality.findings())
    await under_way(quality)
    await quality.aclose()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert await quality.findings() == findings(DOUBTED, today())
