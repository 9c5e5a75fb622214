"""Names: entities of an answer with what they are called beside their ids."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Named:
    """What things are called; offers and requirements have no names, and go by their ids."""

    def __init__(self, name_by_id: Mapping[str, str]) -> None:
        self._name_by_id = name_by_id

    def name(self, entity: str) -> str:
        """Give the name alone."""
        return self._name_by_id.get(entity, entity)

    def text(self, entity: str | None) -> str:
        """Write the name and, behind it, the id."""
        if entity is None:
            return "-"
        name = self._name_by_id.get(entity)
        return entity if name is None else f"{name} ({entity})"

    def texts(self, entities: Iterable[str], joined: str = ", ") -> str:
        """Write several, or a dash for none."""
        return joined.join(self.text(entity) for entity in entities) or "-"

    def data(self, value: Any) -> Any:
        """Turn an answer into plain data under the names of the GraphQL fields; an entity is `{id, name}`."""
        if isinstance(value, str):
            name = self._name_by_id.get(value)
            return value if name is None else {"id": value, "name": name}
        if is_dataclass(value):
            return {_camel(one.name): self.data(getattr(value, one.name)) for one in fields(value)}
        if isinstance(value, tuple):
            row = cast("tuple[Any, ...]", value)
            names = getattr(row, "_fields", None)  # a NamedTuple is a row as well
            if names is None:
                return [self.data(item) for item in row]
            return {_camel(name): self.data(item) for name, item in zip(names, row, strict=True)}
        return value


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
