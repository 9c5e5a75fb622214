"""A transaction that writes: what the work of `Store.write` is given."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from graph_service.errors import StatementRefused
from graph_service.store.queries import Access
from graph_service.store.translate import bolt_spoken
from graph_service.store.values import native_rows

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from neo4j import AsyncTransaction

    from graph_service.model.kinds import Kind
    from graph_service.store.address import Address
    from graph_service.store.queries import QueryLibrary
    from graph_service.store.values import Row


class WriteTransaction:
    """One transaction; all that its statements do is kept together, or nothing is."""

    def __init__(self, transaction: AsyncTransaction, queries: QueryLibrary, address: Address) -> None:
        self._transaction = transaction
        self._queries = queries
        self._address = address

    async def run(self, name: str, parameters: Mapping[str, object] | None = None) -> list[Row]:
        """Run a statement of cypher/ with `parameters` as its `$p`.

        What the driver raises passes through the work on its way to `Store.write`, which retries or translates it:
        do not catch it.
        """
        statement = self._queries.statement(name, self._address.engine)
        if statement.access is Access.SCHEMA:
            raise StatementRefused(f"{name} changes the schema, which has a transaction of its own: Store.prepare")
        with bolt_spoken(self._address):
            result = await self._transaction.run(statement.text, {"p": dict(parameters or {})})
            records: list[list[Any]] = await result.values()
        return native_rows(records)

    async def move_version(self) -> int:
        """Move the data version, once in every transaction that changes facts; give its number."""
        at = datetime.now(tz=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        ((number,),) = await self.run("write/data_version", {"token": secrets.token_hex(4), "at": at})
        return number

    async def note_kinds(self, kinds: Collection[Kind]) -> None:
        """Note which kinds change with the data version that this transaction has moved."""
        await self.run("write/changed_kinds", {"kinds": sorted(kinds)})
