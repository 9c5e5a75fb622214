"""What a person gets wrong in fact files: each is one clear line that names file, line, column, value and rule."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from graph_service.errors import BadInput
from graph_service.facts.crosscheck import problems_of
from graph_service.facts.files import read_files, read_folder

F1 = Path(__file__).parents[1] / "data" / "f1"


def f1_with(file: str, text: str | bytes) -> Mapping[str, str | bytes]:
    """The files of F1, one of them replaced or added."""
    return {path.name: path.read_text(encoding="utf-8") for path in F1.iterdir()} | {file: text}


def f1_and_a_line(file: str, line: str) -> Mapping[str, str | bytes]:
    """The files of F1 with one line more at the end of one of them."""
    return f1_with(file, (F1 / file).read_text(encoding="utf-8") + line + "\n")


def lines_of(files: Mapping[str, str | bytes]) -> list[str]:
    return [str(problem) for problem in problems_of(read_files(files))]


def test_good_files_have_no_problems() -> None:
    assert problems_of(read_folder(F1)) == []


@pytest.mark.parametrize(
    ("file", "line", "expected"),
    [
        (
            "offers.csv",
            "company:fabb,component:euv,nation:kor,140,,90,source:f1",
            "offers.csv:15: share_pct: 140: must be 0 to 100",
        ),
        (
            "offers.csv",
            "company:nobody,component:euv,nation:kor,,,90,source:f1",
            "offers.csv:15: company: company:nobody: must be recorded, in companies.csv or in the store",
        ),
        (
            "offers.csv",
            "company:fabb,component:euv,nation:kor,,,90,source:lost|page 3",
            "offers.csv:15: sources: source:lost: must be recorded, in sources.csv or in the store",
        ),
        (
            "offers.csv",
            "company:faba,component:wafer,nation:twn,,,90,source:f1",
            "offers.csv:15: id: offer:faba.wafer.twn: must stand in one row only, line 7 has it, too",
        ),
        (
            "companies.csv",
            "company:faba,FabA once more,nation:twn,source:f1",
            "companies.csv:13: id: company:faba: must stand in one row only, line 5 has it, too",
        ),
        (
            "alternatives.csv",
            "requirement:gpu.hbm,component:hbm",
            (
                "alternatives.csv:9: requirement, component: requirement:gpu.hbm, component:hbm: "
                "must stand in one row only, line 5 has it, too"
            ),
        ),
        (
            "requirements.csv",
            "requirement:gpu.ssd,component:gpu,1,,90,source:f1",
            "requirements.csv:9: k: 1: must be at most the number of its alternatives, 0 in alternatives.csv",
        ),
        (
            "requirements.csv",
            "requirement:gpu.ssd,nation:twn,1,,90,source:f1",
            (
                "requirements.csv:9: of: nation:twn: must be component:slug or deployment:slug, "
                "a slug of lower-case letters, digits, hyphens"
            ),
        ),
        (
            "offers.csv",
            "company:fabb,component:euv,,,,90,source:f1",
            "offers.csv:15: id: must be given where company or nation is empty",
        ),
        (
            "offers.csv",
            "company:fabb,component:euv,nation:kor,,,90",
            "offers.csv:15: must have 7 cells, as many as columns, has 6",
        ),
        (
            "offers.csv",
            "company:fabb,component:euv,nation:kor,,,90,source:f1;page 3",
            (
                "offers.csv:15: sources: source:f1;page 3: must be source:slug or source:slug|note, "
                "'page 3' is not (a semicolon ends a note)"
            ),
        ),
        (
            "nations.csv",
            "nation:che,Switzerland,CH,CHE,,source:f1",
            "nations.csv:9: gdpr_transfer: must not be empty",
        ),
        (
            "nations.csv",
            "nation:che,Switzerland,CH,CHE,FINE,source:f1",
            "nations.csv:9: gdpr_transfer: FINE: must be one of EU_EEA, ADEQUATE, SAFEGUARDS, NONE",
        ),
        (
            "companies.csv",
            "company:bell,Bell\x07,nation:twn,source:f1",
            "companies.csv:13: name: 'Bell\\x07': must hold no control character and no line break",
        ),
        (
            "companies.csv",
            'company:open,"Open,nation:twn,source:f1',
            "companies.csv:13: must be a record of comma-separated values: unexpected end of data",
        ),
    ],
)
def test_a_broken_row_is_one_line(file: str, line: str, expected: str) -> None:
    assert lines_of(f1_and_a_line(file, line)) == [expected]


@pytest.mark.parametrize("date", ["2024-02-30", "2024-1-05", "05.01.2024", "1704067200", "2024-01-05T00:00:00"])
def test_a_date_that_is_none_is_refused(date: str) -> None:
    text = f"nation,bloc,valid_from\nnation:deu,bloc:eu,{date}\n"
    files = f1_with("memberships.csv", text) | {"blocs.csv": "id,name,kind\nbloc:eu,European Union,union\n"}
    rule = "must be a date that exists, YYYY-MM-DD, from 1900 to 2100"
    assert lines_of(files) == [f"memberships.csv:2: valid_from: {date}: {rule}"]


def test_a_fact_cannot_end_before_it_begins() -> None:
    files = f1_with(
        "partnerships.csv", "id,name,kind,status,valid_from,valid_to\npartnership:a,A,x,y,2025-02-01,2025-01-31\n"
    )
    expected = "partnerships.csv:2: valid_to: 2025-01-31: must not be before valid_from, which is 2025-02-01"
    assert lines_of(files) == [expected]


@pytest.mark.parametrize("signed_on", ["2024-13", "2024-02-30", "24", "1888", "2024-5"])
def test_a_partial_date_that_is_none_is_refused(signed_on: str) -> None:
    files = f1_with("partnerships.csv", f"id,name,kind,status,signed_on\npartnership:a,A,x,y,{signed_on}\n")
    rule = "must be YYYY, YYYY-MM or YYYY-MM-DD, from 1900 to 2100"
    assert lines_of(files) == [f"partnerships.csv:2: signed_on: {signed_on}: {rule}"]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("k", "0"),
        ("k", "1.5"),
        ("k", "99999999999999999999"),
        ("quantity", "-1"),
        ("quantity", "1234567890.123456"),
        ("quantity", "1e3"),
        ("quantity", "nan"),
        ("quantity", "1_000"),
        ("optional", "TRUE"),
        ("optional", "yes"),
        ("confidence", "101"),
        ("confidence", "50.5"),
        ("id", "requirement:GPU.tin"),
        ("id", "gpu.tin"),
    ],
)
def test_a_value_outside_its_range_is_refused(column: str, value: str) -> None:
    row = {"id": "requirement:gpu.tin", "of": "component:gpu"} | {column: value}
    own = f"{','.join(row)}\n{','.join(row.values())}\n"
    alternative = f"requirement,component\n{row['id'] if column != 'id' else 'requirement:gpu.tin'},component:ssd\n"
    files = {**f1_with("requirements.csv", own), "alternatives.csv": alternative}
    problems = problems_of(read_files(files))
    assert [(problem.file, problem.line, problem.column, problem.value) for problem in problems][:1] == [
        ("requirements.csv", 2, column, value)
    ]


@pytest.mark.parametrize("weeks", ["-1", "nan", "inf", "1e999", "1_0", "٣"])
def test_weeks_are_a_finite_number(weeks: str) -> None:
    files = f1_with(
        "offers.csv", f"company,component,nation,lead_time_weeks\ncompany:faba,component:gpu,nation:twn,{weeks}\n"
    )
    assert lines_of(files) == [f"offers.csv:2: lead_time_weeks: {weeks}: must be a number, 0 or more"]


def test_every_broken_cell_of_every_broken_row_is_reported_in_the_order_of_the_file() -> None:
    text = (
        "company,component,nation,share_pct,share_year\n"
        "company:faba,component:gpu,nation:twn,140,24\n"
        "company:faba,component:gpu,nation:kor,10,2024\n"
        "faba,component:gpu,nation:deu,-3,2024\n"
    )
    problems = problems_of(read_files(f1_with("offers.csv", text)))
    assert [(problem.line, problem.column) for problem in problems] == [
        (2, "share_pct"),
        (2, "share_year"),
        (4, "company"),
        (4, "share_pct"),
    ]


def test_what_names_a_broken_row_is_not_reported_again() -> None:
    text = (F1 / "companies.csv").read_text(encoding="utf-8").replace("FabA,nation:twn", "FabA,twn")
    assert [line.partition(" ")[0] for line in lines_of(f1_with("companies.csv", text))] == ["companies.csv:5:"]


def test_an_unknown_file_is_named() -> None:
    (line,) = lines_of(f1_with("ofers.csv", "id\n"))
    assert line.startswith("ofers.csv: unknown file; a fact file is one of sources.csv, nations.csv, blocs.csv")


def test_an_unknown_column_is_named() -> None:
    (line,) = lines_of(f1_with("coverage.csv", "partnership,component,colour\n"))
    assert line == "coverage.csv:1: colour: unknown column; known: partnership, component"


def test_a_missing_column_is_named() -> None:
    assert lines_of(f1_with("coverage.csv", "partnership\n")) == [
        "coverage.csv:1: component: missing column; it is required"
    ]


def test_a_column_that_stands_twice_is_named() -> None:
    (line,) = lines_of(f1_with("coverage.csv", "partnership,component,component\n"))
    assert line == "coverage.csv:1: component: must stand only once among the columns"


def test_a_file_without_a_header_is_named() -> None:
    (line,) = lines_of(f1_with("coverage.csv", ""))
    assert line == "coverage.csv:1: must start with a row of column names, among partnership, component"


def test_a_header_without_rows_is_fine() -> None:
    assert lines_of(f1_with("coverage.csv", "partnership,component\n")) == []


def test_latin_1_is_named_with_line_and_byte() -> None:
    text = "id,name\ncompany:a,Ärzte\ncompany:b,Café\n".encode("latin-1")
    assert lines_of({"companies.csv": text}) == [
        "companies.csv:2: 0xC4: must be UTF-8, byte 11 of the line is not",
        "companies.csv:3: 0xE9: must be UTF-8, byte 14 of the line is not",
    ]


def test_a_byte_order_mark_and_windows_line_ends_are_accepted() -> None:
    text = b"\xef\xbb\xbfid,name\r\ncompany:a, A \r\n\r\ncompany:b,B\r\n"
    bundle = read_files({"companies.csv": text})
    assert problems_of(bundle) == []
    assert {name for rows in bundle.rows.values() for name in (row.name for row in rows)} == {"A", "B"}


def test_the_line_of_a_row_counts_the_lines_inside_of_quotes() -> None:
    text = 'id,name\ncompany:a,"two\nlines"\n\ncompany:b,B,more\n'
    assert lines_of({"companies.csv": text}) == [
        "companies.csv:2: name: 'two\\nlines': must hold no control character and no line break",
        "companies.csv:5: must have 2 cells, as many as columns, has 3",
    ]


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="nowhere: must be a folder of fact files, there is none"):
        read_folder(tmp_path / "nowhere")


def test_an_empty_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"no fact files; expected one or more of sources\.csv, nations\.csv"):
        read_folder(tmp_path)


def test_a_folder_among_fact_files_is_named(tmp_path: Path) -> None:
    (tmp_path / "companies.csv").write_text("id,name\ncompany:a,A\n")
    (tmp_path / "more").mkdir()
    (tmp_path / ".hidden").write_text("nothing to see")
    (line,) = [str(problem) for problem in problems_of(read_folder(tmp_path))]
    assert line.startswith("more/: unknown file")


def test_a_variant_leads_to_a_base() -> None:
    rows = ["component:a,A,x,component:b", "component:b,B,x,component:a", "component:c,C,x,component:c"]
    text = "\n".join(["id,name,category,variant_of", *rows])
    assert lines_of({"components.csv": text}) == [
        "components.csv:2: variant_of: component:b: must not lead back to the component",
        "components.csv:3: variant_of: component:a: must not lead back to the component",
        "components.csv:4: variant_of: component:c: must be another component",
    ]


def test_a_company_cannot_own_itself() -> None:
    files = f1_with("ownerships.csv", "company,owner\ncompany:faba,company:faba\n")
    assert lines_of(files) == ["ownerships.csv:2: owner: company:faba: must be another company"]


def test_a_cycle_of_requirements_is_legal() -> None:
    files = {
        "components.csv": "id,name,category\ncomponent:a,A,x\n",
        "requirements.csv": "id,of\nrequirement:a.a,component:a\n",
        "alternatives.csv": "requirement,component\nrequirement:a.a,component:a\n",
    }
    assert lines_of(files) == []
