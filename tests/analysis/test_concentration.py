"""Concentration: worked numbers, unknown shares, thresholds, laws."""

from __future__ import annotations

from math import isclose

import pytest

from graph_service.analysis.concentration import Concentration, Share, concentration
from graph_service.errors import BadInput, NotFound
from graph_service.model.kinds import Band, Level
from tests.analysis import edge_ai
from tests.analysis.brute_risk import RiskBrute
from tests.analysis.random_risks import RandomRisk
from tests.networks import ComponentRow, MembershipRow, OfferRow, OwnershipRow, Rows

PARTS = "component:part"


def of_shares(*shares: float | None, by: Level = Level.COMPANY) -> Concentration:
    offers = [
        OfferRow(PARTS, f"company:c{number}", f"nation:n{number}", share=one) for number, one in enumerate(shares)
    ]
    return concentration(Rows(offers=offers).network(), PARTS, by)


def test_wafers_have_an_index_of_5800_by_company() -> None:
    answer = concentration(edge_ai.network(), "component:wafer", Level.COMPANY)
    assert (answer.hhi, answer.hhi_upper, answer.band) == (5_800, 5_800, Band.HIGH)
    assert answer.shares == (Share("company:faba", 70), Share("company:fabb", 30))


def test_memory_is_as_concentrated_as_between_one_and_a_half_suppliers() -> None:
    answer = concentration(edge_ai.network(), "component:hbm")
    assert answer.hhi == 6_800
    assert answer.effective == pytest.approx(1.4706, abs=1e-4)
    assert (answer.top_share_pct, answer.cr4_pct, answer.share_sum_pct, answer.supplier_count) == (80, 100, 100, 2)


@pytest.mark.parametrize(
    ("shares", "band"),
    [
        ([9.9] * 10, Band.UNCONCENTRATED),
        ([10.0] * 10, Band.MODERATE),
        ([30.0, 30.0], Band.MODERATE),
        ([30.0, 30.1], Band.HIGH),
    ],
)
def test_bands_meet_at_1000_and_1800(shares: list[float], band: Band) -> None:
    assert of_shares(*shares).band is band


def test_what_is_not_recorded_may_all_belong_to_the_largest() -> None:
    answer = of_shares(40, 20, None)
    assert (answer.hhi, answer.hhi_upper, answer.share_sum_pct) == (2_000, 80**2 + 20**2, 60)
    assert answer.effective == pytest.approx(1 / ((2 / 3) ** 2 + (1 / 3) ** 2))
    assert (answer.supplier_count, len(answer.shares)) == (3, 2)


def test_shares_above_100_stand_as_they_are() -> None:
    answer = of_shares(80, 40)
    assert (answer.hhi, answer.hhi_upper, answer.share_sum_pct, answer.cr4_pct) == (8_000, 8_000, 120, 120)
    assert answer.effective == pytest.approx(1.8)


def test_without_any_known_share_only_bounds_and_counts_are_given() -> None:
    answer = of_shares(None, None)
    assert (answer.hhi, answer.band, answer.effective, answer.top_share_pct, answer.cr4_pct) == (None,) * 5
    assert (answer.hhi_upper, answer.supplier_count, answer.shares) == (10_000, 2, ())


def test_shares_of_zero_are_known_and_say_nothing_about_an_effective_number() -> None:
    answer = of_shares(0, 0)
    assert (answer.hhi, answer.hhi_upper, answer.band, answer.effective) == (0, 10_000, Band.UNCONCENTRATED, None)


def test_an_unknown_component_has_no_suppliers_and_says_so() -> None:
    answer = concentration(Rows(components=[ComponentRow(PARTS)]).network(), PARTS)
    assert (answer.supplier_count, answer.hhi, answer.meta.unknown_inputs) == (0, None, (PARTS,))


def test_the_basis_of_most_offers_counts_then_the_latest_year_then_the_name() -> None:
    def basis(*rows: tuple[str | None, int | None]) -> tuple[str | None, int | None, float]:
        offers = [
            OfferRow(PARTS, f"company:c{number}", share=10 + number, basis=name, year=year)
            for number, (name, year) in enumerate(rows)
        ]
        answer = concentration(Rows(offers=offers).network(), PARTS, Level.COMPANY)
        return answer.share_basis, answer.share_year, answer.share_sum_pct

    assert basis(("units", 2020), ("units", 2020), ("revenue", 2024)) == ("units", 2020, 21)
    assert basis(("units", 2020), ("revenue", 2024)) == ("revenue", 2024, 11)
    assert basis(("units", 2024), ("revenue", 2024)) == ("revenue", 2024, 11)


def test_a_group_holds_what_its_companies_do_and_offers_without_a_company_form_one_of_their_own() -> None:
    rows = Rows(
        offers=[
            OfferRow(PARTS, "company:a", "nation:x", share=30),
            OfferRow(PARTS, "company:b", "nation:x", share=30),
            OfferRow(PARTS, None, "nation:y", "offer:one", share=10),
            OfferRow(PARTS, None, "nation:z", "offer:two", share=10),
            OfferRow(PARTS, "company:c", None, share=20),
        ],
        ownerships=[OwnershipRow("company:b", "company:a", 100)],
    )
    by_group = concentration(rows.network(), PARTS, Level.OWNER_GROUP)
    assert by_group.shares == (Share("company:a", 60), Share("company:c", 20), Share(None, 20))
    assert by_group.supplier_count == 3
    by_nation = concentration(rows.network(), PARTS, Level.NATION)
    assert by_nation.shares[1] == Share(None, 20)
    assert [share.group for share in by_nation.shares] == ["nation:x", None, "nation:y", "nation:z"]


def test_the_cap_looks_at_nations_outside_home_whatever_the_level() -> None:
    def exceeds(home: list[str] | None, by: Level = Level.COMPANY) -> bool | None:
        rows = Rows(
            offers=[
                OfferRow(PARTS, "company:a", "nation:x", share=66),
                OfferRow(PARTS, "company:b", "nation:y", share=34),
            ],
            memberships=[MembershipRow("nation:x", "bloc:z")],
        )
        return concentration(rows.network(), PARTS, by, home).exceeds_third_country_cap

    assert [exceeds(None), exceeds([]), exceeds(["nation:y"]), exceeds(["nation:x"]), exceeds(["bloc:z"])] == [
        None,
        True,
        True,
        False,
        False,
    ]
    assert exceeds(["nation:y"], Level.NATION)


def test_a_nation_that_holds_just_65_percent_does_not_exceed_the_cap() -> None:
    rows = Rows(offers=[OfferRow(PARTS, "company:a", "nation:x", share=65)])
    assert concentration(rows.network(), PARTS, home=[]).exceeds_third_country_cap is False


@pytest.mark.parametrize("seed", range(200))
def test_the_index_is_the_sum_of_squares_of_the_definition_and_keeps_its_bounds(seed: int) -> None:
    case = RandomRisk(seed)
    brute = RiskBrute(case.rows, case.world)
    for by in (Level.COMPANY, Level.OWNER_GROUP, Level.NATION):
        for node in brute.kind:
            answer = concentration(case.network, node, by)
            held: dict[str | None, float] = {}
            groups: set[str | None] = set()
            shares = brute.shares(node)
            for offer in brute.offers_of(node):
                share = shares[offer.name]
                group = next(iter(brute.elements_of(by, offer)), None)
                groups.add(group)
                if share is not None:
                    held[group] = held.get(group, 0.0) + float(share)
            assert answer.supplier_count == len(groups)
            assert {share.group: share.share_pct for share in answer.shares} == pytest.approx(held)
            if not held:
                assert answer.hhi is None
                continue
            assert answer.hhi == pytest.approx(sum(share**2 for share in held.values()))
            assert answer.hhi_upper >= (answer.hhi or 0) - 1e-9
            if isclose(answer.share_sum_pct, 100):
                assert 10_000 / len(held) - 1e-6 <= (answer.hhi or 0) <= 10_000 + 1e-6
            if answer.effective is not None:
                assert 1 - 1e-9 <= answer.effective <= len(held) + 1e-9


@pytest.mark.parametrize("by", [Level.BLOC, Level.COMPONENT])
def test_levels_without_a_meaning_are_refused(by: Level) -> None:
    with pytest.raises(BadInput, match=f"by must be COMPANY, OWNER_GROUP or NATION, got {by}"):
        concentration(edge_ai.network(), "component:hbm", by)


def test_only_components_have_a_concentration() -> None:
    with pytest.raises(BadInput, match="concentration is of a component, got deployment:edge"):
        concentration(edge_ai.network(deployment=True), "deployment:edge")
    with pytest.raises(NotFound, match="nearest: component:hbm"):
        concentration(edge_ai.network(), "component:hbn")


def test_home_must_be_recorded_nations_or_blocs() -> None:
    with pytest.raises(BadInput, match="home must be ids of nations or blocs, got company:mema"):
        concentration(edge_ai.network(), "component:hbm", home=["company:mema"])
    with pytest.raises(NotFound, match="nation:fre is not recorded; nearest: nation:fra"):
        concentration(edge_ai.network(), "component:hbm", home=["nation:fre"])
