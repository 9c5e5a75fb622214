"""The shipped facts: whole, without a broken row, and without a finding that would make answers wrong."""

import pytest

from graph_service.facts.bundle import Bundle
from graph_service.facts.check import Severity, findings
from graph_service.facts.crosscheck import problems_of
from graph_service.facts.files import read_folder
from graph_service.facts.load import LoadLimits
from graph_service.facts.rows import Company, Component, Deployment, Nation, Offer, Partnership, Row, Source
from graph_service.model.shipped import shipped
from graph_service.model.world import today


@pytest.fixture(scope="module")
def facts() -> Bundle:
    return read_folder(shipped("seed/data"))


def test_they_break_no_rule(facts: Bundle) -> None:
    assert problems_of(facts) == []


def test_no_finding_makes_answers_wrong(facts: Bundle) -> None:
    assert [str(one) for one in findings(facts, today()) if one.severity is Severity.HIGH] == []


def test_they_fit_in_one_transaction(facts: Bundle) -> None:
    assert facts.row_count <= LoadLimits().transaction_rows_max


@pytest.mark.parametrize(
    ("kind", "least"),
    [
        (Nation, 79),
        (Company, 490),
        (Component, 217),
        (Offer, 1040),
        (Partnership, 114),
        (Deployment, 43),
        (Source, 667),
    ],
)
def test_all_that_was_collected_is_there(facts: Bundle, kind: type[Row], least: int) -> None:
    assert len(facts.of(kind)) >= least
