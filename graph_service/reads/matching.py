"""Matching: the rows that a connection is over, the page that is read of them, and their number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graph_service.reads.columns import is_aggregated
from graph_service.reads.ordering import at, beyond, order_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph_service.reads.arguments import PageStructure
    from graph_service.reads.columns import Columns
    from graph_service.reads.paging import PageShape

INDEXED: Final = frozenset({"id", "name"})
"""Keys that no node lacks and that indexes hold in their order: the first page of 6,000 offers takes a third."""


@dataclass(frozen=True, slots=True)
class Match:
    """All rows of a connection: its `pattern` and the `conditions` on `node`, each node once where `distinct`.

    `once` tells that matching them is most of what a page costs: below a node, and where conditions look at related
    nodes. Others may be most of the store, which nobody should keep, and an index may order their page.
    """

    pattern: str
    node: str
    conditions: tuple[str, ...]
    distinct: bool
    once: bool
    root: bool

    def all(self) -> str:
        """Write all rows as a query that goes on with each."""
        distinct = f" WITH DISTINCT {self.node}" if self.distinct else ""
        return f"{self.pattern}{where_text(self.conditions)}{distinct}"

    def returned(self) -> str:
        """Write all rows as a query that ends with them."""
        distinct = "DISTINCT " if self.distinct else ""
        return f"{self.pattern}{where_text(self.conditions)} RETURN {distinct}{self.node}"


@dataclass(frozen=True, slots=True)
class PageText:
    """The texts of a page: its rows, whether rows stand on the side that it was not read towards, and the total.

    Where both rows and total are asked for, all rows may be matched once and `kept` in a variable. `pieces` is a query
    that gives the rows some at a time, where nothing stands beside them.
    """

    rows: str
    beside: str
    total: str
    kept: str = ""
    pieces: str = ""

    @classmethod
    def of(cls, match: Match, slot: int, structure: PageStructure, shape: PageShape, columns: Columns) -> PageText:
        """Write a page whose rows give `columns`."""
        total = f"COUNT {{ {match.returned()} }}"
        if not shape.rows:
            return cls("null", "null", total)
        kept = f"s{match.node}" if _is_kept(match, shape, columns) else ""
        ends = [_end(match.node, structure, end, slot) for end in ("after", "before")]
        picked, order = _picked(match, slot, structure, shape, [behind for behind, _ in ends if behind], kept)
        returned = f"{columns.returned()} ORDER BY {order}"
        rows = f"COLLECT {{ {picked} {returned} }}"
        other_side, beside = ends[1 if structure.backward else 0][1], "null"
        if shape.sides and other_side:
            beside = f"EXISTS {{ {match.pattern}{where_text([*match.conditions, other_side])} }}"
        if not kept:
            pieces = _pieces(match.node, picked, returned) if beside == "null" else ""
            return cls(rows, beside, total, pieces=pieces)
        return cls(rows, beside, f"size({kept})", f"COLLECT {{ {match.returned()} }} AS {kept}")

    def whole(self, listed: str) -> str:
        """Write the page, whose columns are `listed`."""
        return f"COLLECT {{ WITH {self.kept} RETURN {listed} }}[0]" if self.kept else listed


def where_text(conditions: Sequence[str]) -> str:
    """Write a WHERE, or nothing where there is no condition."""
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""


def _is_kept(match: Match, shape: PageShape, columns: Columns) -> bool:
    """Tell whether rows are matched once for all: not beside aggregates, with which Neo4j 5 mixes no variable."""
    aggregates = any(field.name in {"aggregate", "groups"} for field in shape.selection.fields())
    return match.once and shape.total and not aggregates and not is_aggregated(columns.returned())


def _picked(
    match: Match, slot: int, structure: PageStructure, shape: PageShape, behind: Sequence[str], kept: str
) -> tuple[str, str]:
    """Write what finds the nodes of a page, and their order."""
    node = match.node
    keys = [key.reversed() for key in structure.order] if structure.backward else structure.order
    order = order_text(node, keys)
    more = " + 1" if shape.sides and not (shape.total and structure.whole) else ""
    if kept:
        paged = f"UNWIND {kept} AS {node}{f' WITH {node}{where_text(behind)}' if behind else ''}"
    else:
        there = [f"{node}.{keys[0].name} IS NOT NULL"] if match.root and keys[0].name in INDEXED else []
        paged = f"{match.pattern}{where_text([*match.conditions, *there, *behind])}"
    distinct = "DISTINCT " if match.distinct and not kept else ""
    return f"{paged} WITH {distinct}{node} ORDER BY {order} LIMIT $p.first{slot}{more}", order


def _pieces(node: str, picked: str, returned: str) -> str:
    """Write a query with a record for every `$p.piece` nodes: the database sends one while it makes the next.

    Records say which node they begin with, since Cypher promises no order of what is unwound.
    """
    nodes, start = f"s{node}", f"i{node}"
    return (
        f"{picked} WITH collect({node}) AS {nodes} UNWIND range(0, size({nodes}) - 1, $p.piece) AS {start} "
        f"RETURN {start} AS c0, COLLECT {{ UNWIND {nodes}[{start}..{start} + $p.piece] AS {node} {returned} }} AS c1"
    )


def _end(node: str, structure: PageStructure, end: str, slot: int) -> tuple[str, str]:
    """Write what the cursor `after` or `before` leaves in, and what it leaves out: behind it, and at or before it."""
    nulls = structure.after_nulls if end == "after" else structure.before_nulls
    if nulls is None:
        return "", ""
    keys = structure.order if end == "after" else [key.reversed() for key in structure.order]
    values = [f"$p.{end}{place}_{slot}" for place in range(len(keys))]
    back = [key.reversed() for key in keys]
    return (
        beyond(node, keys, values, nulls),
        f"({beyond(node, back, values, nulls)} OR ({at(node, keys, values, nulls)}))",
    )
