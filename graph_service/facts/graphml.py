"""GraphML: the facts as one file that graph programs read, nodes and relationships as they are in the store.

Written as it comes, since the format asks for no more than keys, nodes and edges: columns of the fact files are data,
columns that name another thing are edges. Citations are edges STATED_IN; those of memberships and ownerships, which
are edges themselves, are data.
"""

from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal
from enum import StrEnum
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any, Final, NamedTuple, get_args
from xml.sax.saxutils import escape, quoteattr

from graph_service.facts.columns import columns, key, types
from graph_service.facts.export import cell_of
from graph_service.facts.rows import (
    KIND_BY_ID,
    ROWS,
    Alternative,
    Company,
    Component,
    Coverage,
    Deployment,
    Enabled,
    Fact,
    Membership,
    Offer,
    Ownership,
    Party,
    Requirement,
    Row,
    Sourced,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

FILE: Final = "graph.graphml"
HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    '<key id="label" for="node" attr.name="label" attr.type="string"/>\n'
    '<key id="type" for="edge" attr.name="type" attr.type="string"/>\n'
    '<key id="note" for="edge" attr.name="note" attr.type="string"/>\n'
)
KINDS: Final[Mapping[type, str]] = {bool: "boolean", int: "int", float: "double", Decimal: "double"}


class Edge(NamedTuple):
    """A column that names another thing: the relationship to it, or, where it points `inward`, from it."""

    relation: str
    inward: bool = False


EDGES: Final[Mapping[type[Row], Mapping[str, Edge]]] = {
    Company: {"headquarters": Edge("HEADQUARTERED_IN")},
    Component: {"variant_of": Edge("VARIANT_OF")},
    Offer: {"company": Edge("OFFERS", inward=True), "component": Edge("OF"), "nation": Edge("MADE_IN")},
    Requirement: {"of": Edge("REQUIRES", inward=True)},
    Deployment: {"location": Edge("LOCATED_IN"), "operator": Edge("OPERATED_BY")},
}
LINKS: Final[Mapping[type[Row], Edge]] = {
    Membership: Edge("MEMBER_OF"),
    Ownership: Edge("OWNED_BY"),
    Alternative: Edge("ANY_OF"),
    Party: Edge("PARTY_TO", inward=True),
    Coverage: Edge("COVERS"),
    Enabled: Edge("ENABLES"),
}
"""Rows that are a relationship from the first thing of their key to the second."""

LABELS: Final[Mapping[type[Row], str]] = {row: kind.label for kind, row in KIND_BY_ID.items()}


class GraphMl:
    """The file `graph.graphml` of a folder; edges wait in a nameless file, since nodes come first."""

    def __init__(self, folder: Path) -> None:
        self._file = (folder / FILE).open("w", encoding="utf-8")
        self._edges = TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115  # closed in `close`
        self._file.write(HEAD)
        for column, type_ in _data_types().items():
            self._file.write(f'<key id="{column}" for="all" attr.name="{column}" attr.type="{type_}"/>\n')
        self._file.write('<graph edgedefault="directed">\n')

    def write(self, kind: type[Row], rows: Sequence[Row]) -> None:
        """Take rows: those with ids as nodes, the others as edges."""
        link = LINKS.get(kind)
        for row in rows:
            if link is None:
                self._node(kind, row)
            else:
                first, second = key(row)
                self._edge(link, first, second, _data(row, [name for name in columns(kind) if name not in kind.KEY]))

    def close(self) -> None:
        """Put the edges behind the nodes."""
        self._edges.seek(0)
        shutil.copyfileobj(self._edges, self._file)
        self._edges.close()
        self._file.write("</graph>\n</graphml>\n")
        self._file.close()

    def _node(self, kind: type[Row], row: Row) -> None:
        (name,) = key(row)
        named = EDGES.get(kind, {})
        own = [column for column in columns(kind) if column not in named and column not in {"id", "sources"}]
        label = f'<data key="label">{LABELS[kind]}</data>'
        self._file.write(f"<node id={quoteattr(name)}>{label}{_data(row, own)}</node>\n")
        for column, edge in named.items():
            other = getattr(row, column)
            if other is not None:
                self._edge(edge, name, other, "")
        if isinstance(row, Fact | Sourced):
            for citation in row.sources:
                note = "" if citation.note is None else f'<data key="note">{escape(citation.note)}</data>'
                self._edge(Edge("STATED_IN"), name, citation.source, note)

    def _edge(self, edge: Edge, first: str, second: str, data: str) -> None:
        source, target = (second, first) if edge.inward else (first, second)
        ends = f"source={quoteattr(source)} target={quoteattr(target)}"
        self._edges.write(f'<edge {ends}><data key="type">{edge.relation}</data>{data}</edge>\n')


def _data(row: Row, names: Sequence[str]) -> str:
    cells = ((name, cell_of(getattr(row, name))) for name in names)
    return "".join(f'<data key="{name}">{escape(cell)}</data>' for name, cell in cells if cell)


def _data_types() -> Mapping[str, str]:
    """Give the type of each column that is data, in GraphML's words; the same column has one type everywhere."""
    return {
        column: _type(types(kind)[column])
        for kind in ROWS
        for column in columns(kind)
        if column != "id" and column not in EDGES.get(kind, {}) and not (kind in LINKS and column in kind.KEY)
    }


def _type(hint: Any) -> str:
    for part in (hint, *get_args(hint)):
        if part in KINDS:
            return KINDS[part]
        if part is date or (isinstance(part, type) and issubclass(part, StrEnum)):
            break
    return "string"
