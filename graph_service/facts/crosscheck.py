"""Rules between rows: references, duplicates, enough alternatives (docs/semantics.md 43)."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Final

from graph_service.facts.cells import Names
from graph_service.facts.columns import key, written
from graph_service.facts.problem import Problem
from graph_service.facts.rows import KIND_BY_ID, ROWS, Alternative, Component, Fact, Requirement, Sourced
from graph_service.model.ids import kind_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from graph_service.facts.bundle import Bundle
    from graph_service.facts.rows import Row


RECORDED: Final = "must be recorded"
"""How the rule begins that a reference to what nobody has breaks."""


def problems_of(bundle: Bundle, recorded: Collection[str] = ()) -> list[Problem]:
    """Give everything that is wrong in a bundle, by file and line.

    `recorded` are ids outside the bundle that its rows may name: those of `outside` which the store has.
    """
    files = {f"{kind.FILE}.csv": number for number, kind in enumerate(ROWS)}
    problems = [
        *bundle.problems,
        *_duplicates(bundle),
        *_unknown_references(bundle, recorded),
        *_missing_alternatives(bundle),
        *_variant_cycles(bundle),
    ]
    return sorted(problems, key=lambda problem: (files.get(problem.file, -1), problem.file, problem.line))


def outside(bundle: Bundle) -> frozenset[str]:
    """Give the ids that rows of the bundle name and that no row of it has."""
    own = _own_ids(bundle)
    return frozenset(name for _, _, _, name in _references(bundle) if name not in own)


def _own_ids(bundle: Bundle) -> set[str]:
    return {key(row)[0] for kind in KIND_BY_ID.values() for row in bundle.of(kind)} | bundle.claimed


def _references(bundle: Bundle) -> Iterator[tuple[type[Row], int, str, str]]:
    """Give kind of row, number of row, column and id of every reference to another row."""
    for kind in ROWS:
        rows = bundle.of(kind)
        for column in reference_columns(kind):
            for number, row in enumerate(rows):
                name = getattr(row, column)
                if name is not None:
                    yield kind, number, column, name
        if issubclass(kind, Fact | Sourced):
            for number, row in enumerate(bundle.of(kind)):
                for citation in row.sources:
                    yield kind, number, "sources", citation.source


def _unknown_references(bundle: Bundle, recorded: Collection[str]) -> Iterator[Problem]:
    own = _own_ids(bundle)
    for kind, number, column, name in _references(bundle):
        if name not in own and name not in recorded and KIND_BY_ID[kind_of(name)] not in bundle.unread:
            rule = f"{RECORDED}, in {KIND_BY_ID[kind_of(name)].FILE}.csv or in the store"
            yield Problem(f"{kind.FILE}.csv", bundle.line(kind, number), column, name, rule)


def _duplicates(bundle: Bundle) -> Iterator[Problem]:
    for kind in ROWS:
        first: dict[tuple[str, ...], int] = {}
        for number, row in enumerate(bundle.of(kind)):
            earlier = first.setdefault(key(row), number)
            if earlier != number:
                rule = f"must stand in one row only, line {bundle.line(kind, earlier)} has it, too"
                line = bundle.line(kind, number)
                yield Problem(f"{kind.FILE}.csv", line, ", ".join(kind.KEY), ", ".join(key(row)), rule)


def _missing_alternatives(bundle: Bundle) -> Iterator[Problem]:
    if Alternative in bundle.unread:
        return
    alternatives = Counter(alternative.requirement for alternative in bundle.of(Alternative))
    for number, row in enumerate(bundle.of(Requirement)):
        if alternatives[row.id] < row.k and row.id not in bundle.claimed:
            rule = f"must be at most the number of its alternatives, {alternatives[row.id]} in alternatives.csv"
            yield Problem("requirements.csv", bundle.line(Requirement, number), "k", str(row.k), rule)


def _variant_cycles(bundle: Bundle) -> Iterator[Problem]:
    """Variants are a taxonomy: whoever goes from variant to base comes to an end."""
    base_by_id = {row.id: row.variant_of for row in bundle.of(Component)}
    for number, row in enumerate(bundle.of(Component)):
        seen = {row.id}
        base = row.variant_of
        while base is not None and base not in seen:
            seen.add(base)
            base = base_by_id.get(base)
        if base == row.id:
            line = bundle.line(Component, number)
            yield Problem("components.csv", line, "variant_of", row.variant_of, "must not lead back to the component")


@cache
def reference_columns(kind: type[Row]) -> tuple[str, ...]:
    """Give the columns in which a row names another row, citations left out."""
    return tuple(column for column, how in written(kind).items() if isinstance(how, Names) and not how.own)
