"""The report of a load counts records, and the rows that were rejected."""

from graph_service.facts.crosscheck import problems_of
from graph_service.facts.files import read_files
from graph_service.facts.report import KindCount, LoadReport, rejected


def test_a_rejected_row_counts_once_and_a_part_with_its_record() -> None:
    files = {
        "companies.csv": "id,name,lei\ncompany:A,,x\ncompany:b,B,\n",
        "alternatives.csv": "requirement,component\nrequirement:r,component:x\n",
    }
    counts = rejected(problems_of(read_files(files)))
    assert [count for count in counts if count.rejected] == [
        KindCount("companies", rejected=1),
        KindCount("requirements", rejected=1),
    ]


def test_the_total_adds_the_kinds() -> None:
    report = LoadReport([KindCount("offers", 1, 2, 3, 4, 5), KindCount("nations", 10, 20, 30, 40, 50)], "1-a")
    assert report.total == KindCount("all", 11, 22, 33, 44, 55)
