"""Writes that break a rule: each rule is named by path, and nothing is written."""

from collections.abc import AsyncGenerator
from typing import Any

import pytest
import pytest_asyncio

from graph_service.api.context import Service
from graph_service.facts.load import load
from graph_service.store.address import Address
from graph_service.store.store import Store
from tests.api.asking import data, version
from tests.api.plant import BUNDLE
from tests.api.writing import PACT, PARTNERSHIP, RETRACT, upserted
from tests.engines import LIMITS, empty
from tests.shipped import service_over


@pytest_asyncio.fixture(scope="module")
async def service(address: Address) -> AsyncGenerator[Service]:
    """A service over F1, its plant and an offer that has ended: loaded once, since nothing of these is written."""
    await empty(address)
    async with Store.open(address, LIMITS) as store:
        await load(store, BUNDLE)
        service = service_over(store)
        await upserted(service, validFrom="2020-01-01", validTo="2026-03-01")
        before = await version(service)
        yield service
        assert await version(service) == before


async def test_every_broken_rule_of_an_offer_is_named_by_path_and_nothing_is_written(service: Service) -> None:
    before = await version(service)
    changed = {"sharePct": 140, "confidence": 101, "company": "FabA", "source": {"title": " ", "url": "ftp://x"}}
    payload = await upserted(service, **changed)
    assert payload["offer"] is None
    assert sorted((each["code"], each["path"], each["message"]) for each in payload["errors"]) == [
        (
            "BAD_USER_INPUT",
            ["input", "company"],
            "FabA: must be company:slug, a slug of lower-case letters, digits, hyphens",
        ),
        ("BAD_USER_INPUT", ["input", "confidence"], "101: must be a whole number from 0 to 100"),
        ("BAD_USER_INPUT", ["input", "sharePct"], "140: must be 0 to 100"),
        ("BAD_USER_INPUT", ["input", "source", "title"], "must not be empty"),
        (
            "BAD_USER_INPUT",
            ["input", "source", "url"],
            "ftp://x: must start with http:// or https:// and hold no space",
        ),
    ]
    assert await version(service) == before


async def test_an_offer_of_what_nobody_recorded_is_not_found_by_path(service: Service) -> None:
    payload = await upserted(service, company="company:nobody")
    (only,) = payload["errors"]
    assert (only["code"], only["path"]) == ("NOT_FOUND", ["input", "company"])
    assert only["message"].startswith("company:nobody: must be recorded")


@pytest.mark.parametrize(
    ("changed", "code", "path"),
    [
        ({"slug": "Chip Pact"}, "BAD_USER_INPUT", ["input", "slug"]),
        ({"name": ""}, "BAD_USER_INPUT", ["input", "name"]),
        ({"parties": ["nation:twn", "component:gpu"]}, "BAD_USER_INPUT", ["input", "parties", "1"]),
        ({"parties": ["nation:zzz"]}, "NOT_FOUND", ["input", "parties", "0"]),
        ({"covers": ["component:gpu", "component:nothing"]}, "NOT_FOUND", ["input", "covers", "1"]),
        ({"enables": ["offer:nothing"]}, "NOT_FOUND", ["input", "enables", "0"]),
        ({"validFrom": "2026-02-01", "validTo": "2026-01-01"}, "BAD_USER_INPUT", ["input", "validTo"]),
    ],
    ids=str,
)
async def test_a_broken_rule_of_a_partnership_is_named_by_path(
    service: Service, changed: dict[str, Any], code: str, path: list[str]
) -> None:
    payload = (await data(service, PARTNERSHIP, input={**PACT, **changed}))["upsertPartnership"]
    assert payload["partnership"] is None
    assert [(each["code"], each["path"]) for each in payload["errors"]] == [(code, path)]


@pytest.mark.parametrize(
    ("changed", "code", "path"),
    [
        ({"id": "company:faba"}, "BAD_USER_INPUT", ["id"]),
        ({"id": "nonsense"}, "BAD_USER_INPUT", ["id"]),
        ({"id": "offer:nothing"}, "NOT_FOUND", ["id"]),
        ({"reason": " "}, "BAD_USER_INPUT", ["reason"]),
        ({"reason": "x" * 1_001}, "BAD_USER_INPUT", ["reason"]),
        ({"reason": "one; two"}, "BAD_USER_INPUT", ["reason"]),
        ({"on": "2026-03-02"}, "BAD_USER_INPUT", ["on"]),
        ({"on": "2019-12-31"}, "BAD_USER_INPUT", ["on"]),
    ],
    ids=lambda value: str(value)[:40],
)
async def test_a_retraction_that_breaks_a_rule_is_refused_by_path(
    service: Service, changed: dict[str, Any], code: str, path: list[str]
) -> None:
    variables = {"id": "offer:faba.gpu.kor", "on": "2026-03-01", "reason": "r", **changed}
    payload = (await data(service, RETRACT, **variables))["retract"]
    assert payload["id"] is None
    assert [(each["code"], each["path"]) for each in payload["errors"]] == [(code, path)]
