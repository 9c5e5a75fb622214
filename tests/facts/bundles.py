"""Random bundles whose references hold: any text, number, date and citation that a fact file can carry."""

from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from graph_service.facts.bundle import Bundle
from graph_service.facts.cells import Citation
from graph_service.facts.rows import (
    Alternative,
    Bloc,
    Company,
    Component,
    Coverage,
    Deployment,
    Enabled,
    Membership,
    Nation,
    Offer,
    Ownership,
    Partnership,
    Party,
    Requirement,
    Row,
    Source,
)
from graph_service.model.kinds import DeploymentMode, GdprTransfer, InputKind

LETTERS = st.characters(exclude_categories=("Cc", "Cs"))
TEXT = st.text(LETTERS, max_size=12).map(str.strip).filter(bool)
ITEM = st.text(st.characters(exclude_categories=("Cc", "Cs"), exclude_characters=";"), max_size=8)
ALIASES = st.lists(ITEM.map(str.strip).filter(bool), unique=True, max_size=3).map(tuple)
PERCENT = st.floats(0, 100)
AMOUNT = st.floats(0, 1e12)
EXACT = st.decimals(0, 99_999_999, places=7).filter(lambda value: len(value.as_tuple().digits) <= 15)
YEAR = st.integers(1900, 2100)
CURRENCY = st.sampled_from(["EUR", "USD", "TWD"])
CONFIDENCE = st.integers(0, 100)
PERIOD = st.lists(st.dates(date(1900, 1, 1), date(2100, 12, 31)), min_size=2, max_size=2, unique=True).map(sorted)
SIGNED_ON = st.sampled_from(["2024", "2024-05", "2024-05-17"])

NATIONS = ("nation:deu", "nation:twn", "nation:kor")
BLOCS = ("bloc:eu", "bloc:nato")
COMPANIES = ("company:a", "company:b-1", "company:c")
COMPONENTS = ("component:x", "component:y-2", "component:z")
DEPLOYMENTS = ("deployment:d", "deployment:e")
SOURCES = ("source:s", "source:t-3")
OFFERS = ("offer:a.x.deu", "offer:o")
REQUIREMENTS = ("requirement:x.1", "requirement:d.1")
PARTNERSHIPS = ("partnership:p", "partnership:q")

CITATIONS = st.lists(
    st.builds(Citation, st.sampled_from(SOURCES), st.none() | ITEM.map(str.strip).filter(bool)), max_size=3
).map(tuple)


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


@st.composite
def bundles(draw: st.DrawFn) -> Bundle:
    """Draw a bundle of all kinds of rows; every kind but the offers and links has all of its few ids."""

    def fact(**values: Any) -> dict[str, Any]:
        start, end = draw(PERIOD)
        open_start, open_end = draw(st.booleans()), draw(st.booleans())
        dates = {"valid_from": None if open_start else start, "valid_to": None if open_end else end}
        return {"confidence": draw(CONFIDENCE), **dates, "sources": draw(CITATIONS), **values}

    def some(ids: tuple[str, ...]) -> list[str]:
        return sorted(draw(st.sets(st.sampled_from(ids))))

    def any_of(ids: tuple[str, ...]) -> str:
        return draw(st.sampled_from(ids))

    requirements = [
        fact(
            id=name, of=any_of(COMPONENTS + DEPLOYMENTS), quantity=draw(maybe(EXACT)), unit=draw(maybe(TEXT)),
            optional=draw(st.booleans()), condition=draw(maybe(TEXT)),
        )
        for name in REQUIREMENTS
    ]  # fmt: skip
    alternatives = [
        Alternative(
            requirement=name, component=component, efficiency=draw(st.floats(0, 1, exclude_min=True)),
            switch_time_weeks=draw(maybe(AMOUNT)),
        )
        for name in REQUIREMENTS
        for component in some(COMPONENTS) or ["component:x"]
    ]  # fmt: skip
    rows: dict[type[Row], list[Row]] = {
        Source: [
            Source(
                id=name, title=draw(TEXT), publisher=draw(maybe(TEXT)), year=draw(maybe(YEAR)),
                url=draw(maybe(st.just("https://example.org/a?b=c,d"))), licence=draw(maybe(TEXT)),
            )
            for name in SOURCES
        ],
        Nation: [
            Nation(
                id=name, name=draw(TEXT), iso2="DE", iso3="DEU", region=draw(maybe(TEXT)), aliases=draw(ALIASES),
                gdpr_transfer=draw(st.sampled_from(GdprTransfer)), sources=draw(CITATIONS),
            )
            for name in NATIONS
        ],
        Bloc: [Bloc(id=name, name=draw(TEXT), kind=draw(TEXT), aliases=draw(ALIASES)) for name in BLOCS],
        Membership: [Membership(**fact(nation=nation, bloc=any_of(BLOCS))) for nation in some(NATIONS)],
        Company: [
            Company(
                id=name, name=draw(TEXT), aliases=draw(ALIASES), headquarters=draw(maybe(st.sampled_from(NATIONS))),
                lei=draw(maybe(st.just("5493001KJTIIGC8Y1R12"))), sources=draw(CITATIONS),
            )
            for name in COMPANIES
        ],
        Ownership: [
            Ownership(**fact(company="company:a", owner=owner, share_pct=draw(maybe(PERCENT))))
            for owner in some(COMPANIES[1:])
        ],
        Component: [
            Component(
                id=name, name=draw(TEXT), aliases=draw(ALIASES), category=draw(TEXT),
                input_kind=draw(st.sampled_from(InputKind)), needs_external_service=draw(maybe(st.booleans())),
                offers_complete=draw(maybe(st.booleans())), sources=draw(CITATIONS),
                variant_of=draw(maybe(st.sampled_from(COMPONENTS[number + 1 :]))) if number < 2 else None,
            )
            for number, name in enumerate(COMPONENTS)
        ],
        Offer: [
            Offer(
                **fact(
                    id=name, company=draw(maybe(st.sampled_from(COMPANIES))), component=any_of(COMPONENTS),
                    nation=draw(maybe(st.sampled_from(NATIONS))), share_pct=draw(maybe(PERCENT)),
                    share_basis=draw(maybe(TEXT)), share_year=draw(maybe(YEAR)), lead_time_weeks=draw(maybe(AMOUNT)),
                    time_to_recover_weeks=draw(maybe(AMOUNT)), inventory_weeks=draw(maybe(AMOUNT)),
                    capacity=draw(maybe(EXACT)), capacity_unit=draw(maybe(TEXT)), unit_cost=draw(maybe(EXACT)),
                    currency=draw(maybe(CURRENCY)),
                )
            )
            for name in OFFERS
        ],
        Requirement: [
            Requirement(**values, k=sum(one.requirement == values["id"] for one in alternatives))
            for values in requirements
        ],
        Alternative: list(alternatives),
        Partnership: [
            Partnership(
                **fact(
                    id=name, name=draw(TEXT), aliases=draw(ALIASES), kind=draw(TEXT), status=draw(TEXT),
                    signed_on=draw(maybe(SIGNED_ON)), goal=draw(maybe(TEXT)),
                )
            )
            for name in PARTNERSHIPS
        ],
        Party: [
            Party(partnership=name, party=party, role=draw(maybe(TEXT)))
            for name in PARTNERSHIPS
            for party in some(NATIONS + BLOCS + COMPANIES)
        ],
        Coverage: [
            Coverage(partnership=name, component=component) for name in PARTNERSHIPS for component in some(COMPONENTS)
        ],
        Enabled: [Enabled(partnership=name, offer=offer) for name in PARTNERSHIPS for offer in some(OFFERS)],
        Deployment: [
            Deployment(
                **fact(
                    id=name, name=draw(TEXT), aliases=draw(ALIASES), mode=draw(st.sampled_from(DeploymentMode)),
                    air_gapped=draw(maybe(st.booleans())), location=draw(maybe(st.sampled_from(NATIONS))),
                    operator=draw(maybe(st.sampled_from(COMPANIES))), status=draw(maybe(TEXT)),
                    capex=draw(maybe(EXACT)), opex_per_year=draw(maybe(EXACT)), price_per_hour=draw(maybe(EXACT)),
                    currency=draw(maybe(CURRENCY)), tokens_per_second=draw(maybe(AMOUNT)),
                )
            )
            for name in DEPLOYMENTS
        ],
    }  # fmt: skip
    return Bundle(rows)


def sorted_rows(bundle: Bundle) -> dict[str, list[str]]:
    """All rows by file, as text in a stable order, decimals by value: two bundles that say the same are equal."""
    return {
        kind.FILE: sorted(str([_plain(getattr(row, field.name)) for field in fields(row)]) for row in rows)
        for kind, rows in bundle.rows.items()
        if rows
    }


def _plain(value: object) -> object:
    return value.normalize() if isinstance(value, Decimal) else value
