"""Query texts: one question, as a tree of fields, written for this service and for the peer.

Both answer the same once connections and to-one lists are unfolded (answers.py): this service has connections
where the peer has lists too, and one thing where the peer has a list of at most one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

DEFAULT_ORDER: Final = {"offers": "id"}
"""What a list is ordered by where nothing is said; every other list by name, then id."""


@dataclass(frozen=True, slots=True)
class One:
    """The one thing behind a field."""

    name: str
    fields: Fields


@dataclass(frozen=True, slots=True)
class Many:
    """The first things of a list. `where` is the same for both sides; `counted`: with the total."""

    name: str
    first: int
    fields: Fields
    where: str | None = None
    order: tuple[str, str] | None = None
    counted: bool = False


@dataclass(frozen=True, slots=True)
class LookUp:
    """One component or company by its id, which is a variable or a literal."""

    name: str
    id: str
    fields: Fields


Field = str | One | Many | LookUp
"""A text is a scalar, with an alias or without."""
Fields = Sequence[Field]


@dataclass(frozen=True, slots=True)
class Texts:
    """One question in the words of each side."""

    ours: str
    peer: str


def texts(root: Field, variables: str = "") -> Texts:
    """Write an operation for both sides; `variables` are its declarations."""
    head = f"query ({variables}) " if variables else ""
    return Texts(f"{head}{{ {ours(root)} }}", f"{head}{{ {peer(root)} }}")


def ours(field: Field) -> str:
    """Write a field for this service."""
    match field:
        case LookUp():
            return f"{field.name}(by: {{id: {field.id}}}) {_block(field.fields, ours)}"
        case One():
            return f"{field.name} {_block(field.fields, ours)}"
        case Many():
            order = f"orderBy: [{{{field.order[0]}: {field.order[1]}}}]" if field.order else ""
            arguments = _arguments(_where(field), order, f"first: {field.first}")
            return f"{field.name}({arguments}) {{ {_counts(field)}nodes {_block(field.fields, ours)} }}"
        case str():
            return field


def peer(field: Field) -> str:
    """Write a field for the peer, with aliases where it calls a thing otherwise."""
    match field:
        case LookUp():
            listed = {"component": "components", "company": "companies"}[field.name]
            return f"{field.name}: {listed}(where: {{id: {{eq: {field.id}}}}}) {_block(field.fields, peer)}"
        case One():
            return f"{field.name} {_block(field.fields, peer)}"
        case Many(counted=True):
            arguments = _arguments(_where(field), _sort(field), f"first: {field.first}")
            block = f"{{ {_counts(field)}edges {{ node {_block(field.fields, peer)} }} }}"
            return f"{field.name}: {field.name}Connection({arguments}) {block}"
        case Many():
            arguments = _arguments(_where(field), _sort(field), f"limit: {field.first}")
            return f"{field.name}({arguments}) {_block(field.fields, peer)}"
        case str():
            return field


def _sort(field: Many) -> str:
    """Say the order in full: an order of ours ends in the id, said or not."""
    key, direction = field.order or (DEFAULT_ORDER.get(field.name, "name"), "ASC")
    last = "" if key == "id" else ", {id: ASC}"
    return f"sort: [{{{key}: {direction}}}{last}]"


def _where(field: Many) -> str:
    return f"where: {field.where}" if field.where else ""


def _counts(field: Many) -> str:
    return "totalCount pageInfo { hasNextPage } " if field.counted else ""


def _arguments(*arguments: str) -> str:
    return ", ".join(filter(None, arguments))


def _block(fields: Fields, written: object) -> str:
    assert callable(written)
    return f"{{ {' '.join(str(written(field)) for field in fields)} }}"
