"""Findings: what facts that break no rule leave to be desired."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from graph_service.facts.check import findings
from graph_service.facts.files import read_files, read_folder

F1 = Path(__file__).parents[1] / "data" / "f1"
TODAY = date(2026, 11, 24)
HEADERS: Mapping[str, str] = {
    "sources": "id,title,reliability",
    "companies": "id,name,headquarters",
    "components": "id,name,category,input_kind",
    "offers": (
        "id,company,component,share_pct,share_year,lead_time_weeks,unit_cost,valid_from,valid_to,confidence,sources"
    ),
    "ownerships": "company,owner,sources",
    "requirements": "id,of,sources",
    "alternatives": "requirement,component",
    "deployments": "id,name,mode,sources",
}
GOOD = {
    "sources": ["source:s,S,read", "source:u,U,unverified: not read"],
    "companies": ["company:a,A,nation:deu", "company:b,B,nation:deu", "company:c,C,nation:deu"],
    "components": ["component:x,X,y,CONSUMABLE", "component:hall,H,y,ASSEMBLY"],
    "offers": ["offer:1,company:a,component:x,60,2024,5,,,,50,source:s"],
}


def found_with(**rows: list[str]) -> list[str]:
    """What is found in good facts with these rows more."""
    files = {
        f"{file}.csv": "\n".join([header, *GOOD.get(file, []), *rows.get(file, []), ""])
        for file, header in HEADERS.items()
    }
    bundle = read_files(files)
    assert not bundle.problems
    return [str(finding) for finding in findings(bundle, TODAY)]


def test_f1_leaves_nothing_to_be_desired() -> None:
    assert findings(read_folder(F1), TODAY) == []


@pytest.mark.parametrize(
    ("file", "row", "expected"),
    [
        (
            "offers",
            "offer:2,company:b,component:x,41,2024,,,,,50,source:s",
            "HIGH: component:x: shares sum to 101 %, above 100 (basis not stated, year 2024) (shares-above-100)",
        ),
        (
            "offers",
            "offer:2,company:a,component:x,,,6,,,,50,source:s",
            (
                "HIGH: offer:2: contradicts offer:1 in lead_time_weeks: same company, component and nation "
                "(contradictory-offers)"
            ),
        ),
        (
            "offers",
            "offer:2,company:a,component:x,,,5,,,,50,source:s",
            "MEDIUM: offer:2: states the same as offer:1: same company, component and nation (repeated-offers)",
        ),
        (
            "components",
            "component:z,Z,y,CONSUMABLE",
            "MEDIUM: component:z: has no offer, so that its supply is unknown (no-offers)",
        ),
        (
            "offers",
            "offer:2,company:b,component:x,,,,,,,50,",
            "MEDIUM: offer:2: it cites no source (no-sources)",
        ),
        (
            "offers",
            "offer:2,company:b,component:x,,,,7,,,50,source:s",
            "MEDIUM: offer:2: has a cost without a currency (no-currency)",
        ),
        (
            "offers",
            "offer:2,company:b,component:x,,,,,2025-01-01,2025-01-01,50,source:s",
            "MEDIUM: offer:2: it never holds: it ends on 2025-01-01, when it begins (never-holds)",
        ),
        (
            "deployments",
            "deployment:d,D,EDGE,source:s",
            "MEDIUM: deployment:d: has no requirement, so that nothing can stop it (no-requirements)",
        ),
        ("companies", "company:d,D,", "LOW: company:d: has no headquarters (no-headquarters)"),
        (
            "offers",
            "offer:2,company:b,component:x,,,,,,2026-11-24,50,source:s",
            "LOW: offer:2: ended on 2026-11-24 (ended-offer)",
        ),
        (
            "offers",
            "offer:2,company:b,component:x,,,,,,,29,source:s",
            "LOW: offer:2: it has confidence 29, below 30 (low-confidence)",
        ),
        (
            "offers",
            "offer:2,company:b,component:x,,,,,,,50,source:s|unverified: recalled",
            "LOW: offer:2: it rests on sources that nobody has read (unverified)",
        ),
        (
            "ownerships",
            "company:b,company:a,source:u",
            "LOW: company:b: its ownership of company:a rests on sources that nobody has read (unverified)",
        ),
    ],
)
def test_one_more_row_is_one_finding(file: str, row: str, expected: str) -> None:
    assert found_with(**{file: [row]}) == [expected]


def test_shares_of_another_year_are_another_sum() -> None:
    assert found_with(offers=["offer:2,company:b,component:x,41,2023,,,,,50,source:s"]) == []


def test_shares_of_an_ended_offer_are_not_added() -> None:
    found = found_with(offers=["offer:2,company:b,component:x,41,2024,,,,2025-01-01,50,source:s"])
    assert found == ["LOW: offer:2: ended on 2025-01-01 (ended-offer)"]


def test_one_read_source_among_several_is_evidence() -> None:
    assert found_with(offers=["offer:2,company:b,component:x,,,,,,,50,source:u;source:s"]) == []


def test_owners_in_a_circle_are_found_once() -> None:
    circle = ["company:a,company:b,source:s", "company:b,company:a,source:s", "company:c,company:a,source:s"]
    expected = "HIGH: company:a: owns itself through company:a, company:b (ownership-cycle)"
    assert found_with(ownerships=circle) == [expected]


def test_findings_come_by_gravity_then_rule_then_id() -> None:
    found = found_with(
        companies=["company:d,D,", "company:c-2,C,"],
        components=["component:z,Z,y,CONSUMABLE"],
        offers=["offer:2,company:b,component:x,41,2024,,,,,50,source:s"],
    )
    assert [line.split(": ")[1] for line in found] == ["component:x", "component:z", "company:c-2", "company:d"]
