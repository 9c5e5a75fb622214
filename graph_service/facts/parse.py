"""Parsing: the text of one fact file into rows, with every rule that the file or a row breaks by itself."""

from __future__ import annotations

import re
from array import array
from dataclasses import MISSING, dataclass, fields, replace
from functools import cache
from typing import TYPE_CHECKING, Final

from pydantic import TypeAdapter, ValidationError

from graph_service.facts.cells import Names, shared_text
from graph_service.facts.columns import columns, written
from graph_service.facts.problem import Problem
from graph_service.facts.records import BrokenRecord, records
from graph_service.facts.rows import Component, Fact, Offer, Ownership
from graph_service.model.ids import default_offer_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from graph_service.facts.rows import Row

CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")


UNPRINTED: Final = re.compile(r'[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f"]')
"""A control character, ends of lines left out, or a quote: without any, no cell holds a control character."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """The rows of one file and the lines where they start, its problems, and the ids that broken rows stand for.

    `read` is False where the file could not be read to its end.
    """

    rows: Sequence[Row] = ()
    lines: Sequence[int] = ()
    problems: Sequence[Problem] = ()
    claimed: frozenset[str] = frozenset()
    read: bool = True


def parse(kind: type[Row], text: str, ids: dict[str, str] | None = None) -> Parsed:
    """Parse the text of a fact file; every broken row is reported, with all rules that it breaks.

    `ids` keeps each id once for all files that are given it: most rows name what others name.
    """
    rows: list[Row] = []
    lines = array("I")
    problems: list[Problem] = []
    claimed: set[str] = set()
    known = {} if ids is None else ids
    names = {column for column, how in written(kind).items() if isinstance(how, Names)}
    plain = UNPRINTED.search(text) is None
    found = records(text)
    try:
        header = next(found, None)
        problems.extend(_header_problems(kind, header.cells if header else []))
        if header is None or problems:
            return Parsed(problems=problems, read=False)
        for line, cells in found:
            values = {
                column: known.setdefault(cell, cell) if column in names else shared_text(cell)
                for column, cell in zip(header.cells, cells, strict=False)
                if cell
            }
            wrong_count = len(cells) != len(header.cells)
            row = (
                _count_problem(kind, line, header.cells, cells)
                if wrong_count
                else row_of(kind, line, values, plain=plain)
            )
            if isinstance(row, list):
                problems.extend(row)
                claimed |= _claims(kind, values)
            else:
                rows.append(row)
                lines.append(line)
    except BrokenRecord as broken:
        rule = f"must be a record of comma-separated values: {broken.reason}"
        problems.append(Problem(f"{kind.FILE}.csv", broken.line, None, None, rule))
        return Parsed(rows, lines, problems, frozenset(claimed), read=False)
    return Parsed(rows, lines, problems, frozenset(claimed))


def _header_problems(kind: type[Row], header: Sequence[str]) -> Iterator[Problem]:
    file, known = f"{kind.FILE}.csv", columns(kind)
    if not header:
        yield Problem(file, 1, None, None, f"must start with a row of column names, among {', '.join(known)}")
        return
    for number, column in enumerate(header):
        if column not in known:
            yield Problem(file, 1, column or f"column {number + 1}", None, f"unknown column; known: {', '.join(known)}")
        elif column in header[:number]:
            yield Problem(file, 1, column, None, "must stand only once among the columns")
    for column in _required(kind):
        if column not in header:
            yield Problem(file, 1, column, None, "missing column; it is required")


def _count_problem(kind: type[Row], line: int, header: Sequence[str], cells: Sequence[str]) -> list[Problem]:
    rule = f"must have {len(header)} cells, as many as columns, has {len(cells)}"
    return [Problem(f"{kind.FILE}.csv", line, None, None, rule)]


def row_of(kind: type[Row], line: int, values: Mapping[str, str], *, plain: bool = False) -> Row | list[Problem]:
    """Make a row of its cells, which are not empty, or name every rule that it breaks.

    `plain` says that no cell can hold a control character, since its whole file holds none.
    """
    file = f"{kind.FILE}.csv"
    if not plain and CONTROL.search("".join(values.values())):
        rule = "must hold no control character and no line break"
        return [Problem(file, line, column, cell, rule) for column, cell in values.items() if CONTROL.search(cell)]
    try:
        row = _adapter(kind).validate_python(values)
    except ValidationError as error:
        return [
            Problem(file, line, column, values.get(column), _rule(kind, column, detail["type"], detail["msg"]))
            for detail in error.errors(include_url=False, include_input=False)
            for column in [str(detail["loc"][0])]
        ]
    if isinstance(row, Offer) and not row.id:
        row = replace(row, id=default_offer_id(row.component, row.company, row.nation) or "")
    return [Problem(file, line, *breach) for breach in _breaches(row)] or row


def _breaches(row: Row) -> Iterator[tuple[str, str | None, str]]:
    """Give column, value and rule of each rule between the cells of one row that it breaks."""
    if isinstance(row, Fact) and row.valid_from and row.valid_to and row.valid_to < row.valid_from:
        yield "valid_to", str(row.valid_to), f"must not be before valid_from, which is {row.valid_from}"
    if isinstance(row, Offer) and not row.id:
        yield "id", None, "must be given where company or nation is empty"
    if isinstance(row, Ownership) and row.owner == row.company:
        yield "owner", row.owner, "must be another company"
    if isinstance(row, Component) and row.variant_of == row.id:
        yield "variant_of", row.variant_of, "must be another component"


def _claims(kind: type[Row], values: Mapping[str, str]) -> set[str]:
    """Give the id that a broken row stands for: its own, or that of the fact which it is a part of."""
    slugs = [values.get(column, "").partition(":")[2] for column in ("company", "component", "nation")]
    own = f"offer:{'.'.join(slugs)}" if kind is Offer and all(slugs) else None
    return {claimed for claimed in (values.get(kind.KEY[0], own),) if claimed}


def _rule(kind: type[Row], column: str, error: str, message: str) -> str:
    how = written(kind).get(column)
    return "must not be empty" if error == "missing" else how.rule if how else message


@cache
def _adapter(kind: type[Row]) -> TypeAdapter[Row]:
    return TypeAdapter(kind)


@cache
def _required(kind: type[Row]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind) if field.default is MISSING and field.default_factory is MISSING)
