"""The facts that the workloads read: nations, companies, components and offers by seed, in the needed numbers."""

from __future__ import annotations

import random
from string import ascii_uppercase
from typing import TYPE_CHECKING, Final

from graph_service.facts.bundle import Bundle
from graph_service.facts.load import load
from graph_service.facts.rows import Company, Component, Nation, Offer, Row
from graph_service.model.kinds import GdprTransfer, InputKind
from graph_service.store.address import Address
from graph_service.store.limits import StoreLimits
from graph_service.store.store import Store

if TYPE_CHECKING:
    from tests.servers.server import Neo4jServer

NATIONS: Final = 120
COMPANIES_OF_A_NATION: Final = 12
OFFERS_OF_A_COMPANY: Final = 12
COMPONENTS: Final = 4_000
CATEGORIES: Final = 20
REGIONS: Final = ("Africa", "Americas", "Asia", "Europe", "Oceania")
BASES: Final = ("revenue", "shipments", "capacity")
LIMITS: Final = StoreLimits(read_timeout_s=60, write_timeout_s=600)


def bundle(nations: int = NATIONS, components: int = COMPONENTS, seed: int = 7) -> Bundle:
    """Make facts in which the nests are full: 12 companies in each nation, 12 offers of each company.

    Ids of one kind have one length, so that no parameter makes the database of either side plan again.
    """
    choose = random.Random(seed)
    rows: dict[type[Row], list[Row]] = {
        Nation: [_nation(number) for number in range(nations)],
        Component: [_component(number, choose) for number in range(components)],
    }
    rows[Company] = [_company(number, nations) for number in range(nations * COMPANIES_OF_A_NATION)]
    rows[Offer] = [
        _offer(company, component, nations, choose)
        for company in range(len(rows[Company]))
        for component in choose.sample(range(components), OFFERS_OF_A_COMPANY)
    ]
    return Bundle(rows)


async def fill(server: Neo4jServer, facts: Bundle) -> None:
    """Load the facts into an empty server, as anybody's facts are loaded."""
    address = Address(server.uri, server.username, server.password, server.database)
    async with Store.open(address, LIMITS) as store:
        await store.prepare()
        await load(store, facts)


def component_id(number: int) -> str:
    """Give the id of a component."""
    return f"component:part-{number:05}"


def category(number: int) -> str:
    """Give the name of a category."""
    return f"category-{number:02}"


def _nation(number: int) -> Nation:
    letters = ascii_uppercase[number // 26] + ascii_uppercase[number % 26]
    return Nation(
        id=f"nation:x{letters.lower()}",
        name=f"Nation {letters}",
        iso2=letters,
        iso3=f"X{letters}",
        region=REGIONS[number % len(REGIONS)],
        gdpr_transfer=GdprTransfer.NONE,
    )


def _company(number: int, nations: int) -> Company:
    return Company(
        id=f"company:maker-{number:05}",
        name=f"Maker {number:05}",
        kind="company" if number % 3 else "institute",
        headquarters=_nation(number % nations).id,
    )


def _component(number: int, choose: random.Random) -> Component:
    return Component(
        id=component_id(number),
        name=f"Part {choose.randrange(100_000):05} of line {number:05}",
        category=category(number % CATEGORIES),
        input_kind=choose.choice(list(InputKind)),
        needs_external_service=choose.choice((None, False, True)),
    )


def _offer(company: int, component: int, nations: int, choose: random.Random) -> Offer:
    return Offer(
        id=f"offer:maker-{company:05}.part-{component:05}",
        company=f"company:maker-{company:05}",
        component=component_id(component),
        nation=_nation(choose.randrange(nations)).id,
        confidence=choose.choice((40, 60, 80, 100)),
        share_pct=choose.choice((None, *(float(share) for share in range(1, 20)))),
        share_basis=choose.choice(BASES),
        share_year=choose.choice((2024, 2025)),
        lead_time_weeks=choose.choice((None, *(weeks / 2 for weeks in range(4, 80)))),
        inventory_weeks=choose.choice((None, 2.0, 4.0)),
    )
