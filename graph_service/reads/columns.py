"""Columns: what one row of a statement returns, each text once."""

from __future__ import annotations


def is_aggregated(text: str) -> bool:
    """Tell whether an aggregate stands in a compiled text: each counts its rows, and nothing else calls count()."""
    return " count(" in text


class Columns:
    """The columns of one row about `node`; those of a case are `beside` the columns that it belongs to.

    Neo4j 5 takes every clause for an aggregation in whose expressions, however deep, an aggregate stands, and then
    refuses to mix it with variables. So a text that aggregates is bound to a variable in a clause of its own.
    """

    def __init__(self, node: str, *first: str, beside: Columns | None = None) -> None:
        self._node = node
        self._texts = [*first]
        self.bound: list[str] = [] if beside is None else beside.bound

    def add(self, text: str) -> int:
        """Put a text into a column, and give the column; a text that stands there already is not put twice."""
        if self._node and is_aggregated(text):
            variable = f"b{len(self.bound)}{self._node}"
            self.bound.append(f"{text} AS {variable}")
            text = variable
        if text not in self._texts:
            self._texts.append(text)
        return self._texts.index(text)

    def scalar(self, name: str, default: str | None = None) -> int:
        """Put a property of the node into a column."""
        text = f"{self._node}.{name}"
        return self.add(text if default is None else f"coalesce({text}, {default})")

    @property
    def width(self) -> int:
        """How many columns there are so far."""
        return len(self._texts)

    def listed(self) -> str:
        """Write the row as a list; an empty one would hide that the node was found."""
        return f"[{', '.join(self._texts) or 'true'}]"

    def only(self) -> str:
        """Write the only column as it is."""
        (text,) = self._texts
        return text

    def binding(self, *kept: str) -> str:
        """Write the clause that binds what aggregates, if anything does; `kept` names variables that are used on."""
        return f"WITH {', '.join([self._node, *kept, *self.bound])} " if self.bound else ""

    def returned(self, *kept: str) -> str:
        """Write the end of a query that returns the row; `kept` names variables that it uses beside its node."""
        return f"{self.binding(*kept)}RETURN {self.listed()}"
