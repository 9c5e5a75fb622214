"""Imports: fact files through the API, as a dry run or written; broken rows are named by file, line and column."""

from typing import Any

import pytest

from graph_service.api.context import Service
from graph_service.settings import Settings
from graph_service.store.store import Store
from tests.api.asking import data, error, version
from tests.api.plant import F1
from tests.shipped import service_over

IMPORT = """mutation($files: [BundleFile!]!, $dryRun: Boolean! = true) {
  importBundle(files: $files, dryRun: $dryRun) {
    dryRun created updated unchanged rejected dataVersion
    errors { code path message }
    singlePointsAdded {
      __typename id name aliases sources { note } ... on Company { headquarters { id } kind offers { totalCount } }
    }
    singlePointsRemoved { id name }
  }
}"""


def files(**texts: str) -> list[dict[str, str]]:
    return [{"name": f"{name}.csv", "content": text} for name, text in texts.items()]


async def imported(service: Service, dry_run: bool = True, **texts: str) -> dict[str, Any]:
    return (await data(service, IMPORT, files=files(**texts), dryRun=dry_run))["importBundle"]


async def test_a_dry_run_names_the_risks_that_would_appear_and_go_and_writes_nothing(service: Service) -> None:
    before = await version(service)
    report = await imported(
        service,
        companies="id,name,aliases,headquarters\ncompany:solo,Solo,Alone;Allein,nation:deu\n",
        components="id,name,category\ncomponent:dust,Dust,part\n",
        offers="company,component,nation\ncompany:solo,component:dust,nation:deu\n",
        requirements="id,of\nrequirement:plant.dust,deployment:plant\n",
        alternatives="requirement,component\nrequirement:plant.dust,component:dust\n",
    )
    assert (report["created"], report["errors"], report["dataVersion"]) == (4, [], before)
    added = {each["id"]: each for each in report["singlePointsAdded"]}
    assert set(added) == {"company:solo", "nation:deu"}
    assert added["company:solo"] == {
        "__typename": "Company",
        "id": "company:solo",
        "name": "Solo",
        "aliases": ["Alone", "Allein"],
        "sources": [],
        "kind": "company",
        "headquarters": None,
        "offers": {"totalCount": 0},
    }
    assert await version(service) == before
    assert (await data(service, '{ node(id: "company:solo") { id } }'))["node"] is None


async def test_what_a_dry_run_foretells_is_what_the_network_says_once_it_is_written(service: Service) -> None:
    points = '{ singlePointsOfFailure(target: "deployment:plant") { points { entity { id } } } }'

    async def found() -> set[str]:
        answer = await data(service, points)
        return {point["entity"]["id"] for point in answer["singlePointsOfFailure"]["points"]}

    before = await found()
    point = min(name for name in before if name.startswith("company:"))
    offers = [line.split(",")[:4] for line in F1["offers.csv"].splitlines()[1:]]
    (component,) = {line[2] for line in offers if line[1] == point}
    rival = f"company,component,nation\ncompany:rival,{component},nation:usa\n"
    texts = {
        "companies": "id,name\ncompany:rival,Rival\n",
        "nations": "id,name,iso2,iso3,gdpr_transfer\nnation:usa,United States,US,USA,ADEQUATE\n",
        "offers": rival,
    }
    foretold, done = await imported(service, **texts), await imported(service, dry_run=False, **texts)
    after = await found()
    removed, added = [{each["id"] for each in foretold[f"singlePoints{what}"]} for what in ("Removed", "Added")]
    assert (removed, added) == (before - after, after - before)
    assert point in removed
    assert {**foretold, "dryRun": False, "dataVersion": done["dataVersion"]} == done
    again = await imported(service, dry_run=False, **texts)
    assert (again["created"], again["updated"], again["dataVersion"]) == (0, 0, done["dataVersion"])


async def test_broken_rows_are_named_by_file_line_and_column_and_counted(service: Service) -> None:
    before = await version(service)
    report = await imported(
        service,
        dry_run=False,
        offers="company,component,nation,share_pct\ncompany:faba,component:gpu,nation:deu,140\nx,component:no,nation:deu,1\n",
        ofers="id\n",
    )
    assert (report["created"], report["rejected"], report["dataVersion"]) == (0, 2, None)
    assert [each["path"] for each in report["errors"]] == [
        ["files", "ofers.csv"],
        ["files", "offers.csv", "2", "share_pct"],
        ["files", "offers.csv", "3", "company"],
    ]
    assert await version(service) == before


@pytest.mark.parametrize(
    ("given", "path"),
    [([], ["files"]), (files(offers="id\n") * 2, ["files", "offers.csv"])],
    ids=["no files", "one twice"],
)
async def test_files_that_are_none_or_given_twice_are_refused(
    service: Service, given: list[dict[str, str]], path: list[str]
) -> None:
    report = (await data(service, IMPORT, files=given))["importBundle"]
    assert [each["path"] for each in report["errors"]] == [path]


async def test_an_import_above_the_limit_of_rows_is_refused(store: Store) -> None:
    service = service_over(store, Settings(import_rows_max=3))
    text = "id,name\n" + "".join(f"company:c{number},C\n" for number in range(4))
    code, message = await error(service, IMPORT, files=files(companies=text))
    assert (code, message) == ("LIMIT_EXCEEDED", "the files must have at most 3 rows (import_rows_max), got 4")
    fewer = "".join(text.splitlines(keepends=True)[:-1])
    assert (await imported(service, companies=fewer))["created"] == 3
