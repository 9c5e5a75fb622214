"""Filters: a `where` input split into its shape, which becomes Cypher, and its values, which become parameters.

A value that is missing matches nothing, and NOT is the set complement (docs/semantics.md 39): so below an odd
number of negations a comparison with a missing value is made false first, as Cypher's null would stay null.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, Final, cast

from graph_service.model.kinds import Kind
from graph_service.reads.graph import GRAPH, Page, Property, Related

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Valid = Callable[[str | None, Mapping[str, str]], list[str]]
    """Gives the conditions under which a fact, by its pattern's name for it, belongs to the world."""

Shape = tuple[Any, ...]
"""Nested: (key, shape) pairs sorted by key; lists keep their order."""

COMPARISONS: Final[Mapping[str, str]] = {
    "eq": "{x} = {v}",
    "in": "{x} IN {v}",
    "contains": "{x} CONTAINS {v}",
    "containsIgnoreCase": "toLower({x}) CONTAINS toLower({v})",
    "startsWith": "{x} STARTS WITH {v}",
    "endsWith": "{x} ENDS WITH {v}",
    "gt": "{x} > {v}",
    "gte": "{x} >= {v}",
    "lt": "{x} < {v}",
    "lte": "{x} <= {v}",
    "isNull": "({x} IS NULL) = {v}",
}
RELATED: Final[Mapping[tuple[str, str], str]] = {
    ("Nation", "bloc"): "blocs",
    ("Partnership", "party"): "parties",
}
"""Keys of filters that are named otherwise than the field whose pattern they follow."""

QUANTIFIERS: Final = frozenset({"some", "none", "all", "single"})
LISTED: Final = frozenset({"AND", "OR"})
LOGIC: Final = LISTED | {"NOT"}


def split(where: Mapping[str, Any]) -> tuple[Shape, list[Any], int]:
    """Split a filter into its shape and its values, in the order in which the shape is walked; and count its keys.

    Keys are fields, comparisons, logic and relations, at any depth.
    """
    values: list[Any] = []
    keys: list[int] = []
    return _shape(where, values, keys), values, sum(keys)


def _shape(where: Any, values: list[Any], keys: list[int]) -> Any:
    if not isinstance(where, dict):
        values.append(_plain(where))
        return "value"
    below = cast("dict[str, Any]", where)
    given = sorted([key for key, value in below.items() if value is not None])
    keys.append(len(given))
    return tuple(
        [
            (
                key,
                tuple([_shape(each, values, keys) for each in below[key]])
                if key in LISTED
                else _shape(below[key], values, keys),
            )
            for key in given
        ]
    )


def _plain(value: Any) -> Any:
    """Give what the store compares with: a kind as the label of its nodes, any other enumeration as its text."""
    if isinstance(value, Kind):
        return value.label
    return value.value if isinstance(value, Enum) else value


class FilterText:
    """Writes the Cypher of one filter: parameters `$p.<prefix><n><suffix>` in the order of the values."""

    def __init__(self, *, prefix: str, suffix: str, variable: Callable[[], str], valid: Valid) -> None:
        self._prefix = prefix
        self._suffix = suffix
        self._variable = variable
        self._valid = valid
        self._values = 0

    def text(self, shape: Shape, typename: str, node: str) -> str:
        """Write the condition that `node`, of type `typename`, must meet."""
        return self._all(shape, typename, node, negated=False)

    def _all(self, shape: Shape, typename: str, node: str, *, negated: bool) -> str:
        parts = [self._one(key, below, typename, node, negated=negated) for key, below in shape]
        return _joined(parts, " AND ", "true")

    def _one(self, key: str, below: Any, typename: str, node: str, *, negated: bool) -> str:
        if key == "NOT":
            return f"NOT ({self._all(below, typename, node, negated=not negated)})"
        if key in LOGIC:
            parts = [self._all(each, typename, node, negated=negated) for each in below]
            return _joined(parts, f" {key} ", "true" if key == "AND" else "false")
        if key == "kind" and below == "value" and typename == "Party":
            return f"{self._next()} IN labels({node})"
        served = ENTITY_OF_PARTY[key] if typename == "Party" else GRAPH[typename][RELATED.get((typename, key), key)]
        if isinstance(served, Property):
            comparisons = (("eq", "value"),) if below == "value" else below
            parts = [self._comparison(name, f"{node}.{served.name}", negated=negated) for name, _ in comparisons]
            return _joined(parts, " AND ", "true")
        assert isinstance(served, (Page, Related))
        return self._related(served, cast("Shape", below), TARGETS[typename, key], node)

    def _comparison(self, name: str, left: str, *, negated: bool) -> str:
        text = COMPARISONS[name].format(x=left, v=self._next())
        return f"coalesce({text}, false)" if negated and name != "isNull" else text

    def _related(self, served: Page | Related, below: Shape, typename: str, node: str) -> str:
        if not below or below[0][0] not in QUANTIFIERS:
            return self._quantified("some", served, below, typename, node)
        parts = [self._quantified(name, served, each, typename, node) for name, each in below]
        return _joined(parts, " AND ", "true")

    def _quantified(self, name: str, served: Page | Related, below: Shape, typename: str, node: str) -> str:
        """Write a condition on related nodes; it is true or false whatever is missing, so negations start anew."""
        number = self._variable()
        names = {"v": node, "m": f"n{number}", "r": f"r{number}", "f": f"f{number}"}
        pattern = served.pattern.format_map(names)
        valid = self._valid(served.fact, names)
        condition = self._all(below, typename, names["m"], negated=name == "all")
        if name == "all":
            condition = f"NOT ({condition})"
        own = f"({condition})"
        conditions = [*valid, own] if "{" in own else [own, *valid]  # what leaves most out for the least comes first
        match = f"MATCH {pattern} WHERE {' AND '.join(conditions)}"
        match name:
            case "some":
                return f"EXISTS {{ {match} }}"
            case "single":
                return f"COUNT {{ {match} RETURN {names['m']} }} = 1"
            case _:
                return f"NOT EXISTS {{ {match} }}"

    def _next(self) -> str:
        self._values += 1
        return f"$p.{self._prefix}{self._values - 1}{self._suffix}"


ENTITY_OF_PARTY: Final[Mapping[str, Property]] = {"id": Property("id"), "name": Property("name")}

TARGETS: Final[Mapping[tuple[str, str], str]] = {
    ("Nation", "bloc"): "Bloc",
    ("Company", "headquarters"): "Nation",
    ("Company", "offers"): "Offer",
    ("Company", "partnerships"): "Partnership",
    ("Component", "offers"): "Offer",
    ("Component", "partnerships"): "Partnership",
    ("Offer", "company"): "Company",
    ("Offer", "component"): "Component",
    ("Offer", "nation"): "Nation",
    ("Partnership", "party"): "Party",
    ("Partnership", "covers"): "Component",
    ("Deployment", "location"): "Nation",
    ("Deployment", "operator"): "Company",
}
"""By type and key of a filter, the type of what is related."""


def _joined(parts: list[str], word: str, empty: str) -> str:
    if not parts:
        return empty
    return parts[0] if len(parts) == 1 else "(" + word.join(parts) + ")"
