"""Loading: one upsert, checked first, kept whole or not at all, the same on every engine."""

import asyncio
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from graph_service.errors import RejectedFacts
from graph_service.facts.bundle import Bundle
from graph_service.facts.columns import key
from graph_service.facts.export import texts_of
from graph_service.facts.files import read_files, read_folder
from graph_service.facts.load import LoadLimits, differences, load
from graph_service.facts.report import LoadReport
from graph_service.facts.rows import ROWS, Alternative, Offer, Party, Requirement
from graph_service.facts.stored import OWNER, read_rows, read_store
from graph_service.model.world import today
from graph_service.store.store import Store
from graph_service.store.transaction import WriteTransaction
from tests.facts.bundles import bundles, sorted_rows

F1 = read_folder(Path(__file__).parents[1] / "data" / "f1")
SMALL = LoadLimits(transaction_rows_max=20, batch_rows_max=10)


OLD_INSTANT = "2020-01-01T00:00:00Z"
OLD_OFFER = {
    "id": "offer:faba.wafer.twn",
    "company": "company:faba",
    "component": "component:wafer",
    "nation": "nation:twn",
    "sharePct": 70.0,
    "leadTimeWeeks": 12.0,
    "confidence": 90,
    "recordedAt": OLD_INSTANT,
}


async def written_long_ago(transaction: WriteTransaction) -> None:
    """Write one offer of F1 as it is, but as if it had been recorded long ago."""
    await transaction.run("write/clear/offers", {"ids": [OLD_OFFER["id"]]})
    await transaction.run("write/offers", {"groups": [{"company": OLD_OFFER["company"], "rows": [OLD_OFFER]}]})
    await transaction.run(
        "write/cite/offers", {"rows": [{"id": OLD_OFFER["id"], "source": "source:f1", "position": 0}]}
    )


def f1_texts(**replaced: str) -> Mapping[str, str]:
    """The files of F1, some of them replaced."""
    return {**texts_of(F1), **{f"{file}.csv": text for file, text in replaced.items()}}


def f1_edited(file: str, old: str, new: str) -> Bundle:
    """F1 with one text of one file replaced."""
    text = texts_of(F1)[f"{file}.csv"]
    assert old in text
    return read_files(f1_texts(**{file: text.replace(old, new)}))


def changed(report: LoadReport) -> dict[str, tuple[int, int, int]]:
    """What was created, updated and retired, of the kinds where anything was."""
    counts = {count.kind: (count.created, count.updated, count.retired) for count in report.kinds}
    return {kind: some for kind, some in counts.items() if any(some)}


async def offer(store: Store, name: str) -> Offer:
    bundle = await read_rows(store.read, {Offer: [name]})
    (found,) = bundle.of(Offer)
    return found


async def test_f1_is_created_whole(store: Store) -> None:
    report = await load(store, F1)
    assert changed(report) == {
        "sources": (1, 0, 0),
        "nations": (7, 0, 0),
        "companies": (11, 0, 0),
        "components": (8, 0, 0),
        "offers": (13, 0, 0),
        "requirements": (7, 0, 0),
    }
    assert sorted_rows(await read_store(store)) == sorted_rows(F1)


async def test_loading_again_changes_nothing_and_leaves_the_data_version(store: Store) -> None:
    first = await load(store, F1)
    second = await load(store, F1)
    assert changed(second) == {}
    assert second.total.unchanged == first.total.created
    assert second.data_version == first.data_version


async def test_what_is_exported_and_loaded_again_changes_nothing(store: Store) -> None:
    await load(store, F1)
    exported = read_files(texts_of(await read_store(store)))
    assert changed(await load(store, exported, replace=True)) == {}


async def test_a_broken_row_keeps_everything_from_being_written(store: Store) -> None:
    before = await store.data_version()
    text = "company,component,nation,share_pct\ncompany:faba,component:gpu,nation:twn,140\n"
    with pytest.raises(RejectedFacts, match=r"^offers\.csv:2: share_pct: 140: must be 0 to 100$"):
        await load(store, read_files(f1_texts(offers=text)))
    assert (await read_store(store)).row_count == 0
    assert await store.data_version() == before


async def test_a_dry_run_says_what_would_be_and_writes_nothing(store: Store) -> None:
    before = await store.data_version()
    report = await load(store, F1, dry_run=True)
    assert report.dry_run
    assert report.total.created == 47
    assert (await read_store(store)).row_count == 0
    assert await store.data_version() == before


async def test_facts_may_name_what_only_the_store_has(store: Store) -> None:
    await load(store, F1)
    text = "company,component,nation,sources\ncompany:faba,component:gpu,nation:kor,source:f1\n"
    report = await load(store, read_files({"offers.csv": text}))
    assert changed(report) == {"offers": (1, 0, 0)}


async def test_facts_may_not_name_what_nobody_has(store: Store) -> None:
    await load(store, F1)
    text = "company,component,nation\ncompany:nobody,component:gpu,nation:kor\n"
    with pytest.raises(RejectedFacts, match="company:nobody: must be recorded"):
        await load(store, read_files({"offers.csv": text}))


async def test_an_updated_offer_keeps_nothing_of_the_old_one(store: Store) -> None:
    header = "id,company,component,nation,lead_time_weeks,unit_cost,currency,confidence,sources\n"
    full = "offer:x,company:faba,component:gpu,nation:twn,5,12.5,EUR,80,source:f1|page 3\n"
    await load(store, read_files(f1_texts(offers=header + full)))
    report = await load(store, read_files({"offers.csv": "id,component,nation\noffer:x,component:ssd,nation:kor\n"}))
    assert changed(report) == {"offers": (0, 1, 0)}
    assert await offer(store, "offer:x") == Offer(id="offer:x", component="component:ssd", nation="nation:kor")


async def test_one_edited_row_is_one_update(store: Store) -> None:
    first = await load(store, F1)
    report = await load(store, f1_edited("offers", "nation:twn,70,", "nation:twn,71,"))
    assert changed(report) == {"offers": (0, 1, 0)}
    assert report.data_version != first.data_version
    assert (await offer(store, "offer:faba.wafer.twn")).share_pct == 71


async def test_only_what_changes_is_recorded_anew(store: Store) -> None:
    await load(store, F1)
    await store.write(written_long_ago)
    await load(store, f1_edited("offers", "nation:kor,30,", "nation:kor,29,"))
    rows = await store.read_text("MATCH (n:Offer) WHERE n.recordedAt <> $p.old RETURN n.id", {"old": OLD_INSTANT})
    assert len(rows) == 12
    assert ["offer:faba.wafer.twn"] not in [list(row) for row in rows]


async def test_an_alternative_that_is_gone_from_its_requirement_is_gone_from_the_store(store: Store) -> None:
    two = f1_texts(alternatives=texts_of(F1)["alternatives.csv"] + "requirement:gpu.hbm,component:ssd,0.5,3\n")
    await load(store, read_files(two))
    report = await load(store, F1)
    assert changed(report) == {"requirements": (0, 1, 0)}
    assert sorted_rows(await read_store(store)) == sorted_rows(F1)


async def test_an_alternative_alone_is_added_to_the_requirement_of_the_store(store: Store) -> None:
    await load(store, F1)
    text = "requirement,component,efficiency\nrequirement:gpu.hbm,component:ssd,0.5\n"
    report = await load(store, read_files({"alternatives.csv": text}))
    assert changed(report) == {"requirements": (0, 1, 0)}
    stored = await read_rows(store.read, {Alternative: ["requirement:gpu.hbm"], Requirement: ["requirement:gpu.hbm"]})
    assert [(one.component, one.efficiency) for one in stored.of(Alternative)] == [
        ("component:hbm", 1.0),
        ("component:ssd", 0.5),
    ]
    assert [one.of for one in stored.of(Requirement)] == ["component:gpu"]


async def test_replacing_ends_the_facts_that_the_folder_no_longer_has(store: Store) -> None:
    await load(store, F1)
    fewer = f1_edited(
        "offers", "offer:fabb.wafer.kor,company:fabb,component:wafer,nation:kor,30,,,14,,,,,,,90,,,source:f1\n", ""
    )
    report = await load(store, fewer, replace=True)
    assert changed(report) == {"offers": (0, 0, 1)}
    ended = await offer(store, "offer:fabb.wafer.kor")
    assert (ended.valid_to, ended.share_pct, ended.company) == (today(), 30, "company:fabb")
    assert changed(await load(store, fewer, replace=True)) == {}


async def test_without_replacing_what_the_folder_lacks_stays(store: Store) -> None:
    await load(store, F1)
    assert changed(await load(store, read_files({"sources.csv": texts_of(F1)["sources.csv"]}))) == {}
    assert (await read_store(store)).row_count == F1.row_count


async def test_a_fact_that_would_begin_later_never_holds_once_it_is_replaced(store: Store) -> None:
    begin = today() + timedelta(days=30)
    text = f"id,component,nation,valid_from\noffer:later,component:gpu,nation:kor,{begin}\n"
    await load(store, read_files({**texts_of(F1), "offers.csv": text}))
    report = await load(store, F1, replace=True)
    assert changed(report)["offers"] == (13, 0, 1)
    later = await offer(store, "offer:later")
    assert (later.valid_from, later.valid_to) == (begin, begin)
    assert changed(await load(store, F1, replace=True)) == {}


async def test_parties_are_nations_companies_and_blocs(store: Store) -> None:
    partnership = {
        "blocs.csv": "id,name,kind\nbloc:eu,European Union,union\n",
        "partnerships.csv": "id,name,kind,status\npartnership:p,P,research,signed\n",
        "parties.csv": (
            "partnership,party,role\npartnership:p,bloc:eu,host\npartnership:p,nation:twn,\npartnership:p,company:faba,x\n"
        ),
        "coverage.csv": "partnership,component\npartnership:p,component:gpu\n",
        "enables.csv": "partnership,offer\npartnership:p,offer:faba.wafer.twn\n",
    }
    bundle = read_files({**texts_of(F1), **partnership})
    await load(store, bundle)
    stored = await read_store(store)
    assert sorted_rows(stored) == sorted_rows(bundle)
    assert {one.party for one in stored.of(Party)} == {"bloc:eu", "nation:twn", "company:faba"}


@settings(
    max_examples=5,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(bundle=bundles())
async def test_every_value_comes_back_as_it_went_in_whatever_was_there_before(store: Store, bundle: Bundle) -> None:
    await load(store, bundle)
    assert (await differences(store.read, bundle)).row_count == 0
    stored = await read_store(store)
    wanted = {kind: {key(row) for row in bundle.of(kind)} for kind in ROWS}
    same = Bundle({kind: [row for row in stored.of(kind) if key(row) in wanted[kind]] for kind in ROWS})
    assert sorted_rows(same) == sorted_rows(bundle)


async def test_two_loads_at_once_end_as_one(store: Store) -> None:
    reports = await asyncio.gather(load(store, F1), load(store, F1), load(store, F1))
    assert sorted_rows(await read_store(store)) == sorted_rows(F1)
    assert max(report.total.created for report in reports) == 47


async def test_a_large_bundle_goes_in_batches_under_a_marker(store: Store) -> None:
    seen: list[tuple[int, int]] = []
    report = await load(store, F1, limits=SMALL, progress=lambda done, total: seen.append((done, total)))
    assert sorted_rows(await read_store(store)) == sorted_rows(F1)
    assert (await store.data_version()).importing is None
    assert int(report.data_version.partition("-")[0]) > F1.row_count // SMALL.batch_rows_max
    assert seen == sorted(seen)
    assert seen[-1] == (F1.row_count, F1.row_count)


class Cut(Exception):
    """Somebody stops the load."""


async def test_a_load_that_is_cut_says_so_until_it_is_run_again_to_its_end(store: Store) -> None:
    def cut(done: int, _total: int) -> None:
        if done > F1.row_count // 2:
            raise Cut

    with pytest.raises(Cut):
        await load(store, F1, limits=SMALL, progress=cut)
    marker = (await store.data_version()).importing
    assert marker is not None
    assert marker.startswith(f"{F1.row_count} rows since {date.today().year}")  # noqa: DTZ011  # a year is enough
    assert 0 < (await read_store(store)).row_count < F1.row_count
    await load(store, F1, limits=SMALL)
    assert sorted_rows(await read_store(store)) == sorted_rows(F1)
    assert (await store.data_version()).importing is None


async def test_a_marker_that_outlived_its_import_goes_with_the_next_run(store: Store) -> None:
    await load(store, F1)
    await store.begin_import("killed before its end")
    assert changed(await load(store, F1, limits=SMALL)) == {}
    assert (await store.data_version()).importing is None


async def test_a_small_load_leaves_the_marker_of_a_large_one(store: Store) -> None:
    await store.begin_import("killed in the middle")
    await load(store, F1)
    assert (await store.data_version()).importing == "killed in the middle"


async def test_two_loads_in_batches_at_once_write_nothing_twice(store: Store) -> None:
    await asyncio.gather(load(store, F1, limits=SMALL), load(store, F1, limits=SMALL))
    stored = await read_store(store)
    assert sorted_rows(stored) == sorted_rows(F1)
    (offers,) = await store.read_text("MATCH (:Company)-[r:OFFERS]->(:Offer) RETURN count(r)")
    assert offers == [13]


async def test_variants_are_batched_behind_their_bases(store: Store) -> None:
    count = 40
    chain = [f"component:c{number},C,x,component:c{number + 1}" for number in range(count - 1)]
    text = "\n".join(["id,name,category,variant_of", *chain, f"component:c{count - 1},C,x,", ""])
    bundle = read_files({"components.csv": text})
    await load(store, bundle, limits=SMALL)
    assert sorted_rows(await read_store(store)) == sorted_rows(bundle)


def test_each_kind_of_rows_has_an_owner_to_be_read_by() -> None:
    assert set(OWNER) == set(ROWS)
