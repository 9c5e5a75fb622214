"""Exports of the store: each form says the same facts, and fact files come back without a difference."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from pyarrow import parquet

from graph_service.api.context import Service
from graph_service.errors import BadInput
from graph_service.facts import store_export
from graph_service.facts.bundle import Bundle
from graph_service.facts.columns import columns, key
from graph_service.facts.export import CsvFiles, texts_of
from graph_service.facts.files import read_folder
from graph_service.facts.graphml import EDGES, FILE, LINKS, GraphMl
from graph_service.facts.load import differences, load
from graph_service.facts.parquet import Parquet
from graph_service.facts.rows import KIND_BY_ID, ROWS
from graph_service.facts.store_export import export_store
from graph_service.facts.stored import read_store
from graph_service.store.store import Store
from tests.facts.bundles import bundles, sorted_rows

F1 = read_folder(Path(__file__).parents[1] / "data" / "f1")
NAMESPACE = "{http://graphml.graphdrawing.org/xmlns}"
FEW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


async def test_seed_of_a_csv_export_of_the_shipped_facts_changes_nothing(
    shipped_service: Service, tmp_path: Path
) -> None:
    exported = await export_store(shipped_service.store, tmp_path, CsvFiles)
    again = read_folder(tmp_path)
    assert sum(exported.count_by_kind.values()) == again.row_count
    assert (await differences(shipped_service.store.read, again)).row_count == 0
    before = await shipped_service.store.data_version()
    report = await load(shipped_service.store, again, replace=True)
    assert (report.total.created, report.total.updated, report.total.retired) == (0, 0, 0)
    assert await shipped_service.store.data_version() == before


@pytest.mark.parametrize(("ids", "owners"), [(3, 2), (2, 2), (100, 3)])
async def test_pages_of_any_size_make_the_same_files(
    store: Store, ids: int, owners: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await load(store, F1)
    monkeypatch.setattr(store_export, "PAGE_IDS", ids)
    monkeypatch.setattr(store_export, "PAGE_OWNERS", owners)
    await export_store(store, tmp_path, CsvFiles)
    written = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}
    assert written == texts_of(await read_store(store))


async def test_a_writer_that_comes_between_makes_the_export_start_again(store: Store, tmp_path: Path) -> None:
    await load(store, F1)
    interruptions = iter(range(2))

    class Interrupted(CsvFiles):
        def close(self) -> None:
            super().close()
            tasks.append(next(interruptions, None))

    tasks: list[Any] = []
    original = store.data_version

    async def data_version() -> Any:
        if tasks and tasks[-1] is not None:
            await store.write(lambda transaction: transaction.run("write/companies", {"rows": []}))
            tasks[-1] = None
        return await original()

    store.data_version = data_version  # a writer between the export and its second look at the version
    exported = await export_store(store, tmp_path, Interrupted)
    assert len(tasks) == 3
    assert exported.data_version == (await original()).version
    assert sorted_rows(read_folder(tmp_path)) == sorted_rows(F1)


async def test_an_export_never_mixes_with_what_is_there(store: Store, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(BadInput, match="must be empty"):
        await export_store(store, tmp_path, CsvFiles)
    assert (tmp_path / "mine.txt").exists()


def written(form: Any, folder: Path, bundle: Bundle) -> None:
    made = form(folder)
    for kind in ROWS:
        made.write(kind, sorted(bundle.of(kind), key=key))
    made.close()


@FEW
@given(bundle=bundles())
def test_graphml_holds_every_thing_as_a_node_and_every_reference_as_an_edge(
    bundle: Bundle, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("graphml")
    written(GraphMl, folder, bundle)
    (graph,) = ET.parse(folder / FILE).getroot().findall(f"{NAMESPACE}graph")  # noqa: S314  # our own file
    nodes = {node.get("id"): data_of(node) for node in graph.findall(f"{NAMESPACE}node")}
    entities = {row.id: row for kind in KIND_BY_ID.values() for row in bundle.of(kind)}
    assert nodes.keys() == entities.keys()
    assert {nodes[name]["label"] for name in nodes} == {type(row).__name__ for row in entities.values()}
    for name, row in entities.items():
        stated = getattr(row, "name", getattr(row, "title", None))
        assert nodes[name].get("name", nodes[name].get("title")) == stated
    edges = [
        (edge.get("source"), data_of(edge)["type"], edge.get("target")) for edge in graph.findall(f"{NAMESPACE}edge")
    ]
    expected = [edge for kind in ROWS for row in bundle.of(kind) for edge in edges_of(kind, row)]
    assert sorted(edges) == sorted(expected)


def data_of(element: Any) -> dict[str, str]:
    return {data.get("key"): data.text or "" for data in element.findall(f"{NAMESPACE}data")}


def edges_of(kind: Any, row: Any) -> list[tuple[str, str, str]]:
    if kind in LINKS:
        first, second = key(row)
        ends = (second, first) if LINKS[kind].inward else (first, second)
        return [(ends[0], LINKS[kind].relation, ends[1])]
    found = [(row.id, "STATED_IN", citation.source) for citation in getattr(row, "sources", ())]
    for column, edge in EDGES.get(kind, {}).items():
        other = getattr(row, column)
        if other is not None:
            found.append((other, edge.relation, row.id) if edge.inward else (row.id, edge.relation, other))
    return found


def test_every_key_of_graphml_has_one_type_and_values_of_it(tmp_path: Path) -> None:
    written(GraphMl, tmp_path, F1)
    root = ET.parse(tmp_path / FILE).getroot()  # noqa: S314  # our own file
    types = {each.get("id"): each.get("attr.type") for each in root.findall(f"{NAMESPACE}key")}
    assert (types["share_pct"], types["k"], types["optional"], types["valid_from"], types["capacity"]) == (
        "double",
        "int",
        "boolean",
        "string",
        "double",
    )
    for data in root.iter(f"{NAMESPACE}data"):
        name = data.get("key")
        assert name in types
        if types[name] in {"double", "int"}:
            float(data.text or "")


@FEW
@given(bundle=bundles())
def test_parquet_holds_every_value_with_its_type(bundle: Bundle, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("parquet")
    written(Parquet, folder, bundle)
    assert {path.stem for path in folder.iterdir()} == {kind.FILE for kind in ROWS if bundle.of(kind)}
    for kind in ROWS:
        if bundle.of(kind):
            table = parquet.read_table(folder / f"{kind.FILE}.parquet")
            assert table.column_names == list(columns(kind))
            expected = [{name: plain(getattr(row, name)) for name in columns(kind)} for row in bundle.of(kind)]
            found = [{name: plain(value) for name, value in row.items()} for row in table.to_pylist()]
            assert sorted(found, key=json_of) == sorted(expected, key=json_of)


def plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return value.normalize()
    if isinstance(value, tuple | list):
        return [one if isinstance(one, (str, dict)) else {"source": one.source, "note": one.note} for one in value]
    return value


def json_of(row: Any) -> str:
    return json.dumps(row, default=str, sort_keys=True)
