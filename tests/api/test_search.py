"""Search: names and aliases, with typos, in any script."""

import pytest

from graph_service.api.context import Service
from tests.api.asking import data

QUERY = """
query($text: String!, $kinds: [Kind!], $first: Int) {
  search(text: $text, kinds: $kinds, first: $first) {
    totalCount suggestions hits { score matched entity { id name __typename } }
  }
}
"""


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("silicio", "component:silicon-metal"),
        ("silicium", "component:silicon-metal"),
        ("台積電", "company:tsmc"),
        ("tsmc", "company:tsmc"),
        ("TMSC", "company:tsmc"),
        ("nvidea", "company:nvidia"),
        ("Tawain", "nation:twn"),
        ("Corée du Sud", "nation:kor"),
        ("coree du sud", "nation:kor"),
        ("european union", "bloc:eu"),
    ],
)
async def test_the_thing_meant_comes_first(shipped_service: Service, text: str, entity: str) -> None:
    found = (await data(shipped_service, QUERY, text=text))["search"]
    assert found["hits"][0]["entity"]["id"] == entity
    assert found["suggestions"] == []


async def test_the_unnamed_partnership_of_the_seed_article_is_found_and_stays_unnamed(shipped_service: Service) -> None:
    found = (await data(shipped_service, QUERY, text="Taiwan French drone", kinds=["PARTNERSHIP"]))["search"]
    ids = [hit["entity"]["id"] for hit in found["hits"]]
    assert "partnership:seed-tw-fr" in ids
    name = next(hit["entity"]["name"] for hit in found["hits"] if hit["entity"]["id"] == "partnership:seed-tw-fr")
    assert "unnamed" in name


async def test_only_the_kinds_asked_for_are_found(shipped_service: Service) -> None:
    found = (await data(shipped_service, QUERY, text="Taiwan", kinds=["NATION"]))["search"]
    assert {hit["entity"]["__typename"] for hit in found["hits"]} == {"Nation"}


async def test_nothing_found_gives_suggestions(shipped_service: Service) -> None:
    found = (await data(shipped_service, QUERY, text="qqzzxxyyvv"))["search"]
    assert (found["hits"], found["totalCount"]) == ([], 0)
    assert 1 <= len(found["suggestions"]) <= 5


async def test_hits_are_cut_at_first_while_the_total_counts_all(shipped_service: Service) -> None:
    all_of_them = (await data(shipped_service, QUERY, text="chip", first=100))["search"]
    one = (await data(shipped_service, QUERY, text="chip", first=1))["search"]
    assert one["totalCount"] == all_of_them["totalCount"] > 1
    assert one["hits"] == all_of_them["hits"][:1]
