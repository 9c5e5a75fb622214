"""Statements: an offer, a partnership, the end of a fact, as somebody states them outside of any file.

What a statement leaves out stays as it is recorded; None makes it not known. Its values are checked as the cells of
fact files are. The problems of a statement carry the file and column that its value would have; `line` counts the
items of a list from 1.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from graph_service.errors import RejectedFacts
from graph_service.facts.bundle import Bundle
from graph_service.facts.cells import Citation
from graph_service.facts.columns import columns, key
from graph_service.facts.compare import PARTS
from graph_service.facts.crosscheck import RECORDED
from graph_service.facts.export import cell_of
from graph_service.facts.parse import CONTROL, row_of
from graph_service.facts.problem import Problem
from graph_service.facts.rows import KIND_BY_ID, Coverage, Enabled, Fact, Offer, Partnership, Party, Row, Source
from graph_service.facts.stored import Read, read_rows
from graph_service.model.ids import is_id, kind_of, slug_of
from graph_service.model.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from graph_service.facts.amend import Draft

R = TypeVar("R", bound=Row)

Given = dict[str, Any]
"""Values by column."""

TITLE_CHARACTERS: Final = 60
"""Of the slug of a source: enough to be read."""

RETRACTABLE: Final = (Kind.OFFER, Kind.REQUIREMENT, Kind.PARTNERSHIP, Kind.DEPLOYMENT)
RETRACTION: Final = Source(id="source:retraction", title="Retractions through this service")
"""What a retracted fact cites last, with the reason as the note: so it is seen, exported and loaded like any source."""
REASON_CHARACTERS_MAX: Final = 1_000
RETRACT: Final = "retract"
"""The `file` of problems of a retraction; their columns are its arguments."""


@dataclass(frozen=True, slots=True)
class PartnershipStatement:
    """What is stated of a partnership: its own columns, and the ids of what belongs to it; None: as recorded."""

    given: Given
    parties: Sequence[str]
    covers: Sequence[str]
    enables: Sequence[str] | None = None


def offer_id(given: Mapping[str, Any]) -> str:
    """Give the id of a stated offer: that of its company, component and nation."""
    return f"{Kind.OFFER}:{'.'.join(slug_of(str(given[column])) for column in ('company', 'component', 'nation'))}"


def offer_draft(given: Given, source: Given) -> Draft:
    """State one offer, on the authority of one source."""
    name = offer_id(given)

    async def draft(read: Read) -> Bundle:
        recorded = await read_rows(read, {Offer: [name], Source: [source_id(source)]})
        statement = _Statement()
        cited = statement.source(recorded, source)
        required = ("company", "component", "nation")
        offer = statement.row(Offer, _only(recorded, Offer), {**given, "sources": cited}, required=required)
        return statement.bundle({Offer: [offer]})

    return draft


def partnership_draft(stated: PartnershipStatement, source: Given) -> Draft:
    """State one partnership with its parties and what it covers, on the authority of one source.

    Parties keep the roles that they have on record.
    """
    name = str(stated.given["id"])

    async def draft(read: Read) -> Bundle:
        kinds = (Partnership, *PARTS[Partnership])
        recorded = await read_rows(read, {**{kind: [name] for kind in kinds}, Source: [source_id(source)]})
        statement = _Statement()
        cited = statement.source(recorded, source)
        given = {**stated.given, "sources": cited}
        rows: dict[type[Row], Iterable[Row | None]] = {
            Partnership: [statement.row(Partnership, _only(recorded, Partnership), given)],
            Party: statement.parts(Party, name, stated.parties, recorded),
            Coverage: statement.parts(Coverage, name, stated.covers, recorded),
            Enabled: statement.parts(Enabled, name, stated.enables, recorded),
        }
        return statement.bundle(rows)

    return draft


def retraction_draft(name: str, on: date, reason: str) -> Draft:
    """End a fact on a date, and keep why; what it was until then stays in the record.

    The end may come earlier than recorded, never later: that would be a new statement.
    """

    async def draft(read: Read) -> Bundle:
        rule = _reason_rule(reason)
        problems = [Problem(RETRACT, 0, "reason", reason, rule)] if rule else []
        if not is_id(name, *RETRACTABLE):
            rule = "must be the id of an offer, a requirement, a partnership or a deployment"
            raise RejectedFacts([Problem(RETRACT, 0, "id", name, rule), *problems])
        kind = KIND_BY_ID[kind_of(name)]
        recorded = await read_rows(read, {one: [name] for one in (kind, *PARTS.get(kind, ()))})
        fact = cast("Fact | None", _only(recorded, kind))
        if fact is None:
            raise RejectedFacts([Problem(RETRACT, 0, "id", name, RECORDED), *problems])
        if fact.valid_from is not None and on < fact.valid_from:
            rule = f"must not be before the fact begins, which is {fact.valid_from}: then it never held"
            problems.append(Problem(RETRACT, 0, "on", str(on), rule))
        if fact.valid_to is not None and on > fact.valid_to:
            rule = f"must not be after the fact has ended, which is {fact.valid_to}"
            problems.append(Problem(RETRACT, 0, "on", str(on), rule))
        if problems:
            raise RejectedFacts(problems)
        others = [citation for citation in fact.sources if citation.source != RETRACTION.id]
        ended = replace(fact, valid_to=on, sources=(*others, Citation(RETRACTION.id, reason.strip())))
        return Bundle({**recorded.rows, kind: [ended], Source: [RETRACTION]})

    return draft


def source_id(given: Mapping[str, Any]) -> str:
    """Make the id of a source: words of its title, and a hash of what tells it apart from others of that title."""
    told_apart = [cell_of(given.get(column)).strip() for column in ("title", "publisher", "year", "url")]
    plain = unicodedata.normalize("NFKD", told_apart[0]).encode("ascii", "ignore").decode().lower()
    words = re.findall("[a-z0-9]+", plain[:TITLE_CHARACTERS])
    mark = blake2b("\n".join(told_apart).encode(), digest_size=5).hexdigest()
    return f"{Kind.SOURCE}:{'-'.join([*words, mark])}"


class _Statement:
    """Rows in the making, and the rules that their values break."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._sources: list[Row | None] = []

    def source(self, recorded: Bundle, given: Given) -> tuple[Citation, ...]:
        """State the source, and give how facts cite it."""
        name = source_id(given)
        self._sources.append(self.row(Source, _only(recorded, Source), {**given, "id": name}))
        return (Citation(name),)

    def row(
        self, kind: type[R], recorded: R | None, given: Given, *, line: int = 0, required: Sequence[str] = ()
    ) -> R | None:
        """Make a row of what is recorded and, over that, what is given; None where it breaks a rule."""
        cells = {} if recorded is None else {name: cell_of(getattr(recorded, name)) for name in columns(kind)}
        cells |= {name: cell_of(value).strip() for name, value in given.items()}
        missing = [
            Problem(f"{kind.FILE}.csv", line, name, None, "must not be empty") for name in required if not cells[name]
        ]
        made = missing or row_of(kind, line, {name: cell for name, cell in cells.items() if cell})
        if isinstance(made, list):
            self.problems += made
            return None
        return cast("R", made)

    def parts(self, kind: type[Row], owner: str, names: Sequence[str] | None, recorded: Bundle) -> Iterable[Row | None]:
        """Make the parts of a record of the ids that they name; None: those on record."""
        if names is None or not is_id(owner):  # a broken id is named once, where it is given
            return recorded.of(kind)
        known = {key(row)[1]: row for row in recorded.of(kind)}
        first, second = kind.KEY
        return [
            known.get(name) or self.row(kind, None, {first: owner, second: name}, line=number, required=kind.KEY)
            for number, name in enumerate(dict.fromkeys(names), start=1)
        ]

    def bundle(self, rows: Mapping[type[Row], Iterable[Row | None]]) -> Bundle:
        """Give the rows as a bundle; raise RejectedFacts where one of them broke a rule."""
        if self.problems:
            raise RejectedFacts(self.problems)
        made = {
            kind: [row for row in of_kind if row is not None]
            for kind, of_kind in {**rows, Source: self._sources}.items()
        }
        return Bundle(made, {kind: range(1, len(of_kind) + 1) for kind, of_kind in made.items()})


def _only(bundle: Bundle, kind: type[R]) -> R | None:
    rows = bundle.of(kind)
    return rows[0] if rows else None


def _reason_rule(reason: str) -> str | None:
    """Name the rule that a reason breaks: it becomes the note of a citation."""
    text = reason.strip()
    if not text or len(text) > REASON_CHARACTERS_MAX:
        return f"must have 1 to {REASON_CHARACTERS_MAX} characters, has {len(text)}"
    if ";" in text or CONTROL.search(text):
        return "must hold no semicolon, which ends a note in fact files, and no line break"
    return None
