"""Serial root fields: those of a mutation run one after the other, and each event of a subscription has one.

Each is an operation of its own, so that what its answer names is read after its work is done and before the next
field begins.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from graph_service.reads.operation import Operation
    from graph_service.reads.selection import Selection


class SerialOperation:
    """The values of root fields that do not wait for one another; `operation_of` begins an operation of a selection."""

    def __init__(self, selection: Selection, operation_of: Callable[[Selection], Operation]) -> None:
        self._selection_by_key = {field.key: selection.alone(field) for field in selection.fields()}
        self._operation_of = operation_of

    async def answer(self, key: str, resolve: Callable[[], Awaitable[Any]]) -> Any:
        """Do the work of a root field, then read what its answer names."""
        return await self._operation_of(self._selection_by_key[key]).answer(key, resolve)

    async def read(self, key: str) -> Any:
        """Refuse: root fields that the store serves belong to queries."""
        raise AssertionError(f"{key} is no field of a query")
