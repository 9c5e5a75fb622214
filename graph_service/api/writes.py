"""Writes as answers: what a mutation did, with the rules that its input breaks by their path."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from graph_service.errors import BadInput, LimitExceeded, NotFound, RejectedFacts
from graph_service.facts.amend import amend
from graph_service.facts.crosscheck import RECORDED
from graph_service.facts.files import read_files
from graph_service.facts.load import LoadLimits, load
from graph_service.facts.report import LoadReport, rejected
from graph_service.facts.rows import Company
from graph_service.facts.statements import RETRACT
from graph_service.model.ids import kind_of
from graph_service.reads.given import Given
from graph_service.reads.projection import attribute

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from graph_service.api.context import Service
    from graph_service.facts.amend import Draft
    from graph_service.facts.problem import Problem
    from graph_service.facts.risks import Point, Risks
    from graph_service.facts.rows import Row

ONE_TRANSACTION: Final = LoadLimits(transaction_rows_max=1_000_000_000)
"""An import over HTTP is never cut into several transactions; a setting bounds its rows."""


@dataclass(frozen=True, slots=True)
class UserError:
    """A rule that the input of a write breaks, and where."""

    code: str
    path: tuple[str, ...]
    message: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did or would do; entities are ids, or given things where only the import would record them."""

    dry_run: bool
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    errors: tuple[UserError, ...] = ()
    single_points_added: tuple[str | Given, ...] = ()
    single_points_removed: tuple[str, ...] = ()
    data_version: str | None = None


@dataclass(frozen=True, slots=True)
class OfferPayload:
    """The id of an offer that is recorded as stated, or why it is not."""

    offer: str | None
    errors: tuple[UserError, ...] = ()


@dataclass(frozen=True, slots=True)
class PartnershipPayload:
    """The id of a partnership that is recorded as stated, or why it is not."""

    partnership: str | None
    errors: tuple[UserError, ...] = ()


@dataclass(frozen=True, slots=True)
class RetractPayload:
    """The id of a fact that ends as asked for, or why it does not."""

    id: str | None
    errors: tuple[UserError, ...] = ()


async def import_bundle(service: Service, files: Sequence[tuple[str, str]], *, dry_run: bool) -> ImportReport:
    """Import fact files given as texts, as `seed` imports a folder, in one transaction.

    Raises LimitExceeded for more rows than the setting import_rows_max allows.
    """
    # The lines below each header: no file has more rows, since a value with a line break takes two.
    rows, rows_max = sum(content.strip("\n").count("\n") for _, content in files), service.settings.import_rows_max
    if rows > rows_max:
        raise LimitExceeded(f"the files must have at most {rows_max} rows (import_rows_max), got {rows}")
    texts = dict(files)
    if len(texts) < len(files):
        twice = sorted({name for name, _ in files if [one for one, _ in files].count(name) > 1})
        return ImportReport(
            dry_run, errors=tuple(_error(("files", name), "must be given only once", name) for name in twice)
        )
    try:
        bundle = await asyncio.to_thread(read_files, texts)
    except BadInput as error:
        return ImportReport(dry_run, errors=(_error(("files",), str(error)),))
    try:
        report = await load(
            service.store, bundle, dry_run=dry_run, recorded=service.networks.record, limits=ONE_TRANSACTION
        )
    except RejectedFacts as refusal:
        counts = LoadReport(rejected(refusal.problems), "").total
        return ImportReport(dry_run, rejected=counts.rejected, errors=_errors(refusal.problems, _in_files))
    service.changes.look()
    total, risks = report.total, report.risks
    assert risks is not None
    return ImportReport(
        dry_run,
        created=total.created,
        updated=total.updated,
        unchanged=total.unchanged,
        single_points_added=tuple(_given(name, risks) for name in _entities(risks.added)),
        single_points_removed=tuple(_entities(risks.removed)),
        data_version=report.data_version,
    )


async def broken_rules(service: Service, draft: Draft, fields: Mapping[str, tuple[str, ...]]) -> tuple[UserError, ...]:
    """Write what a draft states; give the rules that it breaks, none where it is recorded.

    `fields` tells the path of what a fact file holds: by file, or else the input itself by column.
    """
    try:
        await amend(service.store, draft)
    except RejectedFacts as refusal:
        return _errors(refusal.problems, lambda problem: _in_input(problem, fields))
    service.changes.look()
    return ()


OFFER_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {"sources.csv": ("input", "source")}
PARTNERSHIP_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "sources.csv": ("input", "source"),
    "parties.csv": ("input", "parties"),
    "coverage.csv": ("input", "covers"),
    "enables.csv": ("input", "enables"),
}
RETRACT_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {RETRACT: ()}
OF_LISTS: Final = frozenset({"parties.csv", "coverage.csv", "enables.csv"})
"""Files whose rows are items of a list of the input."""


def _in_files(problem: Problem) -> tuple[str, ...]:
    parts = ("files", problem.file, str(problem.line) if problem.line else None, problem.column)
    return tuple(part for part in parts if part)


def _in_input(problem: Problem, fields: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    path = fields.get(problem.file, ("input",))
    if problem.file in OF_LISTS:
        return (*path, str(problem.line - 1))
    column = problem.column or ""
    if problem.file == "partnerships.csv" and column == "id":
        column = "slug"
    return (*path, _camel_case(column)) if column else path


def _errors(problems: Iterable[Problem], path: Callable[[Problem], tuple[str, ...]]) -> tuple[UserError, ...]:
    return tuple(_error(path(problem), problem.rule, problem.shown_value) for problem in problems)


def _error(path: tuple[str, ...], rule: str, value: str | None = None) -> UserError:
    code = NotFound.code if rule.startswith(RECORDED) else BadInput.code
    return UserError(code, path, rule if value is None else f"{value}: {rule}")


def _entities(points: Iterable[Point]) -> Sequence[str]:
    return sorted({point.entity for point in points})


def _given(name: str, risks: Risks) -> str | Given:
    row = risks.unrecorded.get(name)
    return name if row is None else Given(kind_of(name).label, _values(row))


def _values(row: Row) -> Mapping[str, Any]:
    """Give the plain fields of a row by their GraphQL names."""
    plain = ("id", "name", "aliases", "kind", "lei") if isinstance(row, Company) else NATION_FIELDS
    return {name: getattr(row, attribute(name)) for name in plain}


NATION_FIELDS: Final = ("id", "name", "aliases", "iso2", "iso3", "region", "gdprTransfer")


def _camel_case(column: str) -> str:
    first, *rest = column.split("_")
    return first + "".join(map(str.capitalize, rest))
