"""The named questions of operations/: GraphiQL's tabs, the command `query NAME`, and tests."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graph_service.model.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_NUMBER: Final = re.compile(r"# (\d+)\. ")


_SUBSCRIPTION: Final = re.compile(r"^subscription\b", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class NamedOperation:
    """One question: its name for the command line, its place in lists, and its GraphQL text."""

    name: str
    number: int
    text: str

    @property
    def streams(self) -> bool:
        """Whether it is a subscription, whose answer is a stream of events."""
        return _SUBSCRIPTION.search(self.text) is not None

    @property
    def question(self) -> str:
        """The question in words: the first line of the file."""
        return _NUMBER.sub("", self.text.splitlines()[0])


def named_operations() -> Mapping[str, NamedOperation]:
    """Read all named questions, in the order of their numbers."""
    operations = [_read(path) for path in shipped("operations").glob("*.graphql")]
    return {each.name: each for each in sorted(operations, key=lambda each: (each.number, each.name))}


def _read(path: Path) -> NamedOperation:
    text = path.read_text(encoding="utf-8")
    match = _NUMBER.match(text)
    if match is None:
        raise ValueError(f"{path.name}: the first line must be `# <number>. <question>`")
    return NamedOperation(path.stem, int(match.group(1)), text)
