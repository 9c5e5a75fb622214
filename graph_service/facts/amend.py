"""Amending: a few facts stated by a caller, merged with what is recorded of them, in one transaction."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from graph_service.errors import RejectedFacts
from graph_service.facts.bundle import Bundle
from graph_service.facts.crosscheck import outside, problems_of
from graph_service.facts.load import differences
from graph_service.facts.stored import Read, recorded_among
from graph_service.facts.write import Writer

if TYPE_CHECKING:
    from graph_service.facts.compare import Changes
    from graph_service.store.store import Store
    from graph_service.store.transaction import WriteTransaction

Draft = Callable[[Read], Awaitable[Bundle]]
"""Makes the rows to write of what it reads; it may run several times, and raises RejectedFacts for broken rules."""


async def amend(store: Store, draft: Draft) -> None:
    """Write what a draft states, merged with what the transaction itself reads, so that parallel writers lose nothing.

    A draft that changes nothing writes nothing and leaves the data version where it is. Raises RejectedFacts with
    every broken rule, and then nothing is written.
    """

    async def work(transaction: WriteTransaction) -> None:
        await transaction.move_version()  # first, for it makes other writers wait
        await Writer(transaction).write(await _changes(transaction.run, draft))

    if (await _changes(store.read, draft)).row_count:
        await store.write(work, moves_version=False)


async def _changes(read: Read, draft: Draft) -> Changes:
    bundle = await draft(read)
    problems = problems_of(bundle, await recorded_among(read, outside(bundle)))
    if problems:
        raise RejectedFacts(problems)
    return await differences(read, bundle)
