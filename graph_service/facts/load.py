"""Loading: a bundle into the store as one upsert, all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from graph_service.errors import RejectedFacts
from graph_service.facts.batches import batches
from graph_service.facts.columns import key
from graph_service.facts.compare import KINDS, PARTS, Changes, compare, ended_records, records_of, wanted_records
from graph_service.facts.crosscheck import outside, problems_of
from graph_service.facts.pieces import pieces
from graph_service.facts.report import LoadReport, counted
from graph_service.facts.risks import risks_of
from graph_service.facts.rows import Fact
from graph_service.facts.stored import OWNER, kinds_present, read_rows, recorded_among, recorded_ids
from graph_service.facts.write import Writer
from graph_service.model.world import today

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from graph_service.facts.bundle import Bundle
    from graph_service.facts.compare import Records
    from graph_service.facts.risks import Recorded
    from graph_service.facts.stored import Read
    from graph_service.model.kinds import Kind
    from graph_service.store.store import Store
    from graph_service.store.transaction import WriteTransaction

Progress = Callable[[int, int], None]
"""Is told how many rows are written, out of how many; starts again from a lower number when a write is retried."""


@dataclass(frozen=True, slots=True)
class LoadLimits:
    """How many rows one transaction takes: above `transaction_rows_max`, a load goes in batches under a marker."""

    transaction_rows_max: int = 20_000
    batch_rows_max: int = 5_000


async def load(
    store: Store,
    bundle: Bundle,
    *,
    replace: bool = False,
    dry_run: bool = False,
    recorded: Recorded | None = None,
    limits: LoadLimits | None = None,
    progress: Progress | None = None,
) -> LoadReport:
    """Load a bundle into the store: rows are created, replaced, or left alone where nothing differs.

    All rows are checked first: raises RejectedFacts with every problem, and writes nothing, when one is broken. A
    bundle may refer to what the store has. Up to a stated number of rows the load is one transaction. Beyond, it goes
    in batches, and the store says that it is importing until the load is whole; cut in the middle and run again, it
    ends as if it had run once. A load without differences writes nothing and leaves the data version where it is.

    With `replace`, facts of the store that the bundle does not have and that still hold (offers, requirements,
    partnerships, deployments, memberships, ownerships) end today, UTC; they stay in the record. Nations, blocs,
    companies, components and sources stay. With `dry_run` nothing is written; the report says what would be. With
    `recorded`, which gives the network of all that is recorded, it also names the single points of failure that appear
    or go, compared before anything is written.
    """
    sizes, show = limits or LoadLimits(), progress or _show_nothing
    problems = problems_of(bundle, await recorded_among(store.read, outside(bundle)))
    if problems:
        raise RejectedFacts(problems)
    ends_on = today() if replace else None
    compared_at = (await store.data_state()).number
    changes = await differences(store.read, bundle, ends_on)
    risks = None if recorded is None else await risks_of(recorded, changes)
    if not dry_run:
        if changes.row_count > sizes.transaction_rows_max:
            await _write_in_batches(store, changes, compared_at, sizes.batch_rows_max, show)
        elif changes.row_count:
            changes = await _write_at_once(store, bundle, ends_on, show)
        await _end_cut_import(store, bundle, sizes)
    return LoadReport(counted(changes), (await store.data_version()).version, dry_run, risks)


async def differences(read: Read, bundle: Bundle, ends_on: date | None = None) -> Changes:
    """Tell what a bundle would change in the store; with `ends_on`, facts that it does not have end on that date.

    It goes piece by piece, so that little of the store is held beside the bundle.
    """
    present = await kinds_present(read)
    recorded: Mapping[Kind, Sequence[str]] = await recorded_ids(read) if ends_on else {}
    found: list[Changes] = []
    for kind in KINDS:
        others = recorded.get(OWNER[kind], ()) if issubclass(kind, Fact) else ()
        for names, piece in pieces(bundle, kind, others):
            owners = dict.fromkeys(piece.rows, names if OWNER[kind] in present else ())
            stored = records_of(await read_rows(read, owners))
            wanted = wanted_records(piece, stored)
            found.append(compare(wanted, stored, ended_records(wanted, stored, ends_on) if ends_on else None))
    return Changes.of(found)


async def _write_at_once(store: Store, bundle: Bundle, ends_on: date | None, show: Progress) -> Changes:
    """Write in one transaction, compared with what it sees itself, so that no other writer comes between."""

    async def work(transaction: WriteTransaction) -> Changes:
        await transaction.move_version()  # first, for it makes other writers wait
        changes = await differences(transaction.run, bundle, ends_on)
        await Writer(transaction, _counter(0, changes.row_count, show)).write(changes)
        return changes

    return await store.write(work, moves_version=False)


async def _write_in_batches(store: Store, changes: Changes, compared_at: int, rows_max: int, show: Progress) -> None:
    """Write batch after batch; `compared_at` is the number of the data version that the changes were found in."""
    total = changes.row_count
    done = 0
    await store.begin_import(f"{total} rows since {datetime.now(tz=UTC):%Y-%m-%dT%H:%M:%SZ}")
    number = compared_at + 1  # unless somebody else has written since
    for batch in batches(changes, rows_max):
        number = await _write_batch(store, batch, number, _counter(done, total, show))
        done += batch.row_count
    await store.end_import()


async def _write_batch(store: Store, batch: Changes, number: int, written: Callable[[int], None]) -> int:
    """Write a batch that was compared at a number of the data version; give the number that it moves to.

    Where that is not the next one, another writer came between, and the batch is compared anew.
    """

    async def work(transaction: WriteTransaction) -> int:
        moved = await transaction.move_version()  # first, for it makes other writers wait
        changes = batch if moved == number + 1 else await _compared_anew(transaction.run, batch)
        await Writer(transaction, written).write(changes)
        return moved

    return await store.write(work, moves_version=False)


async def _compared_anew(read: Read, batch: Changes) -> Changes:
    wanted: Records = {
        kind: {key(one.row): one for one in (*batch.created.get(kind, ()), *batch.updated.get(kind, ()))}
        for kind in KINDS
    }
    owners = {
        one: {name[0] for name in records} for kind, records in wanted.items() for one in (kind, *PARTS.get(kind, ()))
    }
    return compare(wanted, records_of(await read_rows(read, owners)))


async def _end_cut_import(store: Store, bundle: Bundle, limits: LoadLimits) -> None:
    """Take away the marker of an import that was cut, once a bundle of its size is whole.

    A smaller bundle is not the one that was cut: it says nothing about what is still missing.
    """
    if bundle.row_count > limits.transaction_rows_max and (await store.data_version()).importing is not None:
        await store.end_import()


def _counter(done: int, total: int, show: Progress) -> Callable[[int], None]:
    counted_rows = done

    def count(rows: int) -> None:
        nonlocal counted_rows
        counted_rows += rows
        show(min(counted_rows, total), total)

    return count


def _show_nothing(done: int, total: int) -> None:
    """Show no progress."""
