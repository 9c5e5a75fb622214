"""The forms of a picture: whole JSON, Markdown whose rows fit, drawings whose lines join what is drawn."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from typing import TextIO

import pytest

from graph_service.analysis.picture import Picture, picture
from graph_service.commands.analyse import FORMS
from graph_service.commands.resilience.drawings import write_dot, write_mermaid
from graph_service.commands.resilience.forms import write_json, write_markdown, write_table
from graph_service.commands.resilience.named import Named
from tests.analysis import edge_ai
from tests.networks import OfferRow, Rows, needs

HOSTILE = 'A "b" | <c> #1; {d} [e] \\ `f` *g* é\nline --> n0'
BOX, FIRST, SECOND, THIRD = (f"component:{name}" for name in ("box", "first", "second", "third"))
CHOICE = Rows(
    offers=[
        OfferRow(BOX, "company:a", "nation:fra"),
        OfferRow(FIRST, "company:b", "nation:twn"),
        OfferRow(SECOND, "company:c", "nation:fra"),
        OfferRow(THIRD, "company:b", "nation:twn"),
        OfferRow(THIRD, "company:c", "nation:fra"),
    ],
    requirements=[needs(BOX, FIRST, SECOND), needs(BOX, THIRD), needs(SECOND, BOX, THIRD)],
).network()

DOT_NODE = re.compile(
    r'  (\w+) \[(?:shape=diamond, )?label="((?:[^"\\]|\\.)*)", [^\[\]"\\]*(?:"[^"\\]*"[^\[\]"\\]*)*\];'
)
DOT_EDGE = re.compile(r'  (\w+) -> (\w+)(?: \[label="([^"]*)", color="#\w{6}", penwidth=3\])?;')
MERMAID_NODE = re.compile(r'  (n\d+)\["([^"]*)"\]:::(\w+)')
MERMAID_CHOICE = re.compile(r'  (c\d+)\{"([^"]*)"\}')
MERMAID_EDGE = re.compile(r"  (\w+) (?:-->|== (takes over) ==>) (\w+)")


def written(form: Callable[[Picture, Named, TextIO], None], found: Picture, names: dict[str, str] | None = None) -> str:
    """Give what a form writes of a picture."""
    out = io.StringIO()
    form(found, Named(names or {}), out)
    return out.getvalue()


def test_a_dot_drawing_joins_what_it_draws_and_says_who_takes_over() -> None:
    found = picture(CHOICE, BOX, ["nation:twn"])
    first, *lines, last = written(write_dot, found, {BOX: HOSTILE}).splitlines()
    assert (first, last) == ('digraph "component:box" {', "}")
    rest = [line for line in lines if not DOT_NODE.fullmatch(line) and not DOT_EDGE.fullmatch(line)]
    assert [line.split("=")[0].strip() for line in rest] == ["rankdir", "label", "node [shape"]
    nodes = {match[1]: match[2] for line in lines if (match := DOT_NODE.fullmatch(line))}
    edges = [match.groups() for line in lines if (match := DOT_EDGE.fullmatch(line))]
    assert {end for start, end, _ in edges} | {start for start, _, _ in edges} == set(nodes)
    labels = {name: label.split("\\n")[0] for name, label in nodes.items()}
    assert [labels[end] for _, end, label in edges if label == "takes over"] == [SECOND]
    assert sum(label == "any 1 of 2" for label in labels.values()) == 2


def test_a_mermaid_drawing_joins_what_it_draws_and_says_who_takes_over() -> None:
    found = picture(CHOICE, BOX, ["nation:twn"])
    text = written(write_mermaid, found, {BOX: HOSTILE})
    head, title, fence, kind, *lines = text.splitlines()
    assert (head, fence, kind) == ("---", "---", "flowchart LR")
    assert json.loads(title.removeprefix("title: ")).startswith(f"Behind {HOSTILE}")
    nodes = {match[1]: match.groups() for line in lines if (match := MERMAID_NODE.fullmatch(line))}
    choices = {match[1] for line in lines if (match := MERMAID_CHOICE.fullmatch(line))}
    edges = [match.groups() for line in lines if (match := MERMAID_EDGE.fullmatch(line))]
    classes = {line.split()[1] for line in lines if line.startswith("  classDef ")}
    assert len(nodes) + len(choices) + len(edges) + len(classes) == len(lines)
    assert {name for start, _, end in edges for name in (start, end)} == set(nodes) | choices
    assert {status for _, _, status in nodes.values()} <= classes
    assert [nodes[end][1].split("<br/>")[0] for _, label, end in edges if label] == [SECOND]
    assert "#60;c#62;" in nodes["n0"][1]


def test_a_markdown_table_has_as_many_cells_in_each_row_whatever_names_hold() -> None:
    names = dict.fromkeys([BOX, FIRST, "company:b", "nation:twn"], HOSTILE)
    lines = written(write_markdown, picture(CHOICE, BOX, ["nation:twn"]), names).splitlines()
    assert lines[0].startswith("# A ")
    tables = [[]]
    for line in lines:
        tables[-1].append(line) if line.startswith("|") else tables.append([])
    for table in filter(None, tables):
        assert len({len(re.findall(r"(?<!\\)\|", row)) for row in table}) == 1
        assert set(table[1]) == set("| -")
    assert not [line for line in lines if line and line[0] not in "#-|."]


def test_json_holds_the_whole_picture_under_the_names_of_the_schema() -> None:
    found = json.loads(written(write_json, picture(edge_ai.network(), edge_ai.SERVER), {edge_ai.SERVER: "AI server"}))
    assert found["target"] == {"id": edge_ai.SERVER, "name": "AI server"}
    assert found["dependencyDepth"]["depth"] == 3
    assert found["dependencyDepth"]["tiers"][0]["component"]["name"] == "AI server"
    assert len(found["singlePoints"]["points"]) == 6
    assert found["alternatives"]["feasible"] == "NO"
    assert found["exposure"]["rows"][0]["lossPctEstimate"] == 100
    assert found["supplyMap"]["leftOut"] == 0


def test_a_table_names_things_by_name_and_id() -> None:
    text = written(write_table, picture(edge_ai.network(), edge_ai.SERVER), {"company:lithox": "LithoX Ltd"})
    assert "LithoX Ltd (company:lithox)" in text
    for title in ("Depth and lead time", "Single points of failure", "Exposure by nation", "Supply without nation:nld"):
        assert title in text


@pytest.mark.parametrize("form", FORMS)
def test_every_form_takes_a_target_that_nothing_touches(form: str) -> None:
    network = Rows(requirements=[needs(BOX, FIRST)]).network()
    text = written(FORMS[form], picture(network, BOX))
    assert BOX in text
