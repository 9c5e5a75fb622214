"""Filters, orders and pages against a plain reading of the shipped fact files."""

import operator
import random
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest

from graph_service.api.context import Service
from graph_service.facts.bundle import Bundle
from graph_service.facts.rows import Company, Component, Coverage, Nation, Offer, Partnership, Party, Row
from graph_service.model.world import today
from tests.api.asking import ask, data, error
from tests.shipped import ShippedFacts

SEEDS = range(6)


class Facts:
    """The shipped facts as plain rows, and what a filter means on them."""

    def __init__(self, bundle: Bundle) -> None:
        self.rows: dict[str, dict[str, Any]] = {}
        for kind in (Nation, Company, Component, Offer, Partnership):
            self.rows |= {row.id: plain(row) for row in bundle.of(kind)}
        self.parties = [plain(row) for row in bundle.of(Party)]
        self.coverage = [plain(row) for row in bundle.of(Coverage)]

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [row for row in self.rows.values() if row["id"].startswith(f"{kind}:") and self.holds(row)]

    def holds(self, row: Mapping[str, Any]) -> bool:
        start, end = row.get("validFrom"), row.get("validTo")
        return (start is None or start <= today()) and (end is None or end > today())

    def related(self, row: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
        """Follow a key of a filter: to one row, or to all offers of a row."""
        if key == "offers":
            return [offer for offer in self.of("offer") if row["id"] in {offer["company"], offer["component"]}]
        if key == "party":
            return [
                self.rows.get(each["party"], {"id": each["party"]})
                for each in self.parties
                if each["partnership"] == row["id"]
            ]
        if key == "covers":
            return [self.rows[each["component"]] for each in self.coverage if each["partnership"] == row["id"]]
        other = row.get(key)
        return [] if other is None else [self.rows[other]]

    def matches(self, row: Mapping[str, Any], where: Mapping[str, Any]) -> bool:
        return all(self.one(row, key, value) for key, value in where.items())

    def one(self, row: Mapping[str, Any], key: str, value: Any) -> bool:
        match key:
            case "AND":
                return all(self.matches(row, each) for each in value)
            case "OR":
                return any(self.matches(row, each) for each in value)
            case "NOT":
                return not self.matches(row, value)
            case "offers" | "company" | "component" | "nation" | "headquarters" | "party" | "covers":
                return self.quantified(self.related(row, key), value)
            case "inputKind":
                return row[key] == value
            case _:
                return all(COMPARE[name](row.get(key), wanted) for name, wanted in value.items())

    def quantified(self, rows: list[dict[str, Any]], value: Mapping[str, Any]) -> bool:
        count = {
            name: sum(self.matches(row, below) for row in rows) for name, below in value.items() if name in QUANTIFIED
        }
        if not count:
            return any(self.matches(row, value) for row in rows)
        return all(QUANTIFIED[name](found, len(rows)) for name, found in count.items())


def plain(row: Row) -> dict[str, Any]:
    names = type(row).__dataclass_fields__
    return {camel(name): getattr(row, name) for name in names}


def camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(other.capitalize() for other in others)


def known(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    return lambda value, wanted: value is not None and compare(value, wanted)


QUANTIFIED: dict[str, Callable[[int, int], bool]] = {
    "some": lambda found, _: found > 0,
    "none": lambda found, _: found == 0,
    "all": lambda found, count: found == count,
    "single": lambda found, _: found == 1,
}
COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "eq": known(operator.eq),
    "in": known(lambda value, wanted: value in wanted),
    "contains": known(lambda value, wanted: wanted in value),
    "containsIgnoreCase": known(lambda value, wanted: wanted.lower() in value.lower()),
    "startsWith": known(str.startswith),
    "endsWith": known(str.endswith),
    "gt": known(operator.gt),
    "gte": known(operator.ge),
    "lt": known(operator.lt),
    "lte": known(operator.le),
    "isNull": lambda value, wanted: (value is None) == wanted,
}


class Filters:
    """Random filters that fit the shipped facts."""

    def __init__(self, seed: int) -> None:
        self.choose = random.Random(seed)

    def where(self, kind: str, depth: int = 2) -> dict[str, Any]:
        keys = self.choose.sample(
            sorted(LEAVES[kind] | (NESTED[kind] if depth else {}).keys()), k=self.choose.randint(1, 2)
        )
        where = {key: self.value(kind, key, depth) for key in keys}
        if depth and self.choose.random() < 0.6:
            logic = self.choose.choice(["AND", "OR", "NOT"])
            below = [self.where(kind, depth - 1) for _ in range(self.choose.randint(0, 2))]
            where[logic] = self.where(kind, depth - 1) if logic == "NOT" else below
        return where

    def value(self, kind: str, key: str, depth: int) -> Any:
        if key in LEAVES[kind]:
            return self.choose.choice(LEAVES[kind][key])
        other = NESTED[kind][key]
        below = self.where(other, depth - 1)
        return {self.choose.choice(sorted(QUANTIFIED)): below} if key == "offers" else below


LEAVES: dict[str, dict[str, list[Any]]] = {
    "nation": {
        "iso3": [{"eq": "TWN"}, {"in": ["KOR", "JPN", "USA"]}, {"startsWith": "C"}],
        "region": [{"contains": "Asia"}, {"isNull": True}, {"eq": "Europe"}],
    },
    "company": {
        "name": [{"contains": "a"}, {"containsIgnoreCase": "SAMSUNG"}, {"startsWith": "S"}, {"endsWith": "s"}],
        "kind": [{"eq": "foundry"}, {"in": ["idm", "equipment"]}, {"isNull": False}],
    },
    "component": {
        "category": [{"eq": "chip"}, {"contains": "mineral"}, {"in": ["equipment", "gas"]}],
        "inputKind": ["CAPITAL", "CONSUMABLE"],
    },
    "offer": {
        "sharePct": [{"gte": 50}, {"lt": 20, "gt": 5}, {"isNull": True}, {"eq": 100}],
        "confidence": [{"gte": 40}, {"lt": 30}, {"eq": 20}],
        "leadTimeWeeks": [{"isNull": True}, {"lte": 10}],
        "shareBasis": [{"contains": "revenue"}, {"isNull": False}],
    },
    "partnership": {
        "status": [{"eq": "active"}, {"in": ["signed", "in-force"]}],
        "signedOn": [{"gte": "2024"}, {"lt": "2023-06"}, {"isNull": True}],
        "kind": [{"eq": "mou"}, {"contains": "joint"}],
    },
}
NESTED: dict[str, dict[str, str]] = {
    "nation": {},
    "company": {"headquarters": "nation", "offers": "offer"},
    "component": {"offers": "offer"},
    "offer": {"company": "company", "component": "component", "nation": "nation"},
    "partnership": {"covers": "component"},
}
PLURAL = {
    "nation": "nations",
    "company": "companies",
    "component": "components",
    "offer": "offers",
    "partnership": "partnerships",
}
ORDERS: dict[str, list[str]] = {
    "offer": ["sharePct", "leadTimeWeeks", "confidence"],
    "partnership": ["signedOn", "name"],
    "company": ["kind", "name"],
}


@pytest.fixture(scope="module")
def facts(shipped_facts: ShippedFacts) -> Facts:
    return Facts(shipped_facts.bundle)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("kind", LEAVES)
async def test_a_filter_keeps_the_rows_that_it_describes(
    shipped_service: Service, facts: Facts, kind: str, seed: int
) -> None:
    where = Filters(seed).where(kind)
    query = (
        f"query($where: {kind.capitalize()}Where)"
        f" {{ them: {PLURAL[kind]}(where: $where, first: 100) {{ totalCount nodes {{ id }} }} }}"
    )
    found = (await data(shipped_service, query, where=where))["them"]
    expected = [row for row in facts.of(kind) if facts.matches(row, where)]
    assert found["totalCount"] == len(expected), where
    names = sorted((row.get("name") or "", row["id"]) for row in expected)
    assert [node["id"] for node in found["nodes"]] == [node_id for _, node_id in names[:100]], where


def sorted_by(rows: list[dict[str, Any]], order: list[dict[str, str]]) -> list[str]:
    """Sort as stated: null last ascending and first descending, id last and ascending."""
    rows = sorted(rows, key=lambda row: row["id"])
    for entry in reversed(order):
        ((key, direction),) = entry.items()
        descending = direction == "DESC"
        some = [row for row in rows if row.get(key) is not None]
        some.sort(key=lambda row: row[key], reverse=False)
        if descending:
            values = sorted({row[key] for row in some}, reverse=True)
            some = [row for value in values for row in some if row[key] == value]
        none = [row for row in rows if row.get(key) is None]
        rows = none + some if descending else some + none
    return [row["id"] for row in rows]


@pytest.mark.parametrize("direction", ["forward", "backward"])
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("kind", ORDERS)
async def test_pages_of_any_order_walk_through_all_rows_once_either_way(
    shipped_service: Service, facts: Facts, kind: str, seed: int, direction: str
) -> None:
    choose = random.Random(seed)
    keys = choose.sample(ORDERS[kind], k=choose.randint(1, len(ORDERS[kind])))
    order = [{key: choose.choice(["ASC", "DESC"])} for key in keys]
    where = {"offer": {"component": {"category": {"eq": "memory"}}}}.get(kind, {})
    name = kind.capitalize()
    size = {"offer": 7, "partnership": 37, "company": 100}[kind]
    page, cursor = ("first", "after") if direction == "forward" else ("last", "before")
    query = (
        f"query($order: [{name}Order!], $cursor: String, $where: {name}Where) {{ them: {PLURAL[kind]}(orderBy: $order,"
        f" {page}: {size}, {cursor}: $cursor, where: $where) {{ nodes {{ id }} pageInfo {{ hasNextPage hasPreviousPage"
        " startCursor endCursor } } }"
    )
    ids: list[str] = []
    at = None
    while True:
        found = (await data(shipped_service, query, order=order, cursor=at, where=where))["them"]
        nodes, info = [node["id"] for node in found["nodes"]], found["pageInfo"]
        forward = direction == "forward"
        ids = ids + nodes if forward else nodes + ids
        assert info["hasPreviousPage" if forward else "hasNextPage"] is (at is not None)
        at = info["endCursor" if forward else "startCursor"]
        if not info["hasNextPage" if forward else "hasPreviousPage"]:
            break
    assert ids == sorted_by([row for row in facts.of(kind) if facts.matches(row, where)], order), order


@pytest.mark.parametrize("beside", ["", "aggregate { count }"])
@pytest.mark.parametrize("nation", [None, "USA"])
async def test_pages_of_a_related_filter_stand_beside_their_total(
    shipped_service: Service, facts: Facts, nation: str | None, beside: str
) -> None:
    where: dict[str, Any] = {"offers": {"some": {"component": {"category": {"eq": "equipment"}}}}}
    page = (
        "companies(where: $where, first: 7, after: $after, orderBy: [{ kind: DESC }])"
        f" {{ totalCount {beside} nodes {{ id headquarters {{ iso3 }} }} pageInfo {{ hasNextPage endCursor }} }}"
    )
    asked = page if nation is None else f'above: nation(iso: "{nation}") {{ {page} }}'
    below = where if nation is None else {**where, "headquarters": {"iso3": {"eq": nation}}}
    expected = sorted_by([row for row in facts.of("company") if facts.matches(row, below)], [{"kind": "DESC"}])
    assert len(expected) > 7
    ids: list[str] = []
    after = None
    while after is not None or not ids:
        query = f"query($where: CompanyWhere, $after: String) {{ {asked} }}"
        found = await data(shipped_service, query, where=where, after=after)
        found = found.get("above", found)["companies"]
        ids += [node["id"] for node in found["nodes"]]
        assert found["totalCount"] == len(expected)
        after = found["pageInfo"]["endCursor"] if found["pageInfo"]["hasNextPage"] else None
    assert ids == expected


async def test_a_filter_below_a_node_keeps_only_its_rows(shipped_service: Service, facts: Facts) -> None:
    query = """{ component(by: { id: "component:hbm" }) { offers(where: { nation: { iso3: { eq: "KOR" } } },
      orderBy: [{ sharePct: DESC }]) { totalCount nodes { company { id } } } } }"""
    found = (await data(shipped_service, query))["component"]["offers"]
    assert [node["company"]["id"] for node in found["nodes"]] == ["company:skhynix", "company:samsung"]


async def test_taiwan_and_france_since_2023_by_parties(shipped_service: Service, facts: Facts) -> None:
    where = {
        "AND": [{"party": {"id": {"eq": "nation:twn"}}}, {"party": {"id": {"eq": "nation:fra"}}}],
        "signedOn": {"gte": "2023"},
    }
    query = "query($where: PartnershipWhere) { partnerships(where: $where, first: 100) { nodes { id } } }"
    found = (await data(shipped_service, query, where=where))["partnerships"]["nodes"]
    assert {node["id"] for node in found} == {row["id"] for row in facts.of("partnership") if facts.matches(row, where)}
    assert "partnership:seed-tw-fr" in {node["id"] for node in found}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ("first: 1, last: 1", "first and last exclude each other"),
        ("last: 101", "last must be 0 to 100, got 101"),
        ('before: "x"', "before must be a cursor"),
    ],
)
async def test_pages_with_contradicting_arguments_are_refused(
    shipped_service: Service, arguments: str, words: str
) -> None:
    code, message = await error(shipped_service, f"{{ nations({arguments}) {{ totalCount }} }}")
    assert (code, words in message) == ("BAD_USER_INPUT", True)


@pytest.mark.parametrize(
    ("order", "rule"),
    [
        ("{ sharePct: DESC, confidence: ASC }", "must specify exactly one key"),
        ("{ sharePct: null }", "must be non-null"),
        ("{}", "must specify exactly one key"),
    ],
)
async def test_an_entry_of_an_order_has_exactly_one_key(shipped_service: Service, order: str, rule: str) -> None:
    query = f"{{ offers(orderBy: [{order}]) {{ totalCount }} }}"
    code, message = await error(shipped_service, query)
    assert (code, rule in message) == ("BAD_USER_INPUT", True), message


async def test_an_entry_with_two_keys_is_refused_in_a_variable_too(shipped_service: Service) -> None:
    query = "query($order: [OfferOrder!]) { offers(orderBy: $order) { totalCount } }"
    code, message = await error(shipped_service, query, order=[{"sharePct": "DESC", "confidence": "ASC"}])
    assert (code, "exactly one key" in message) == ("BAD_USER_INPUT", True), message


async def test_a_filter_of_too_many_conditions_names_the_limit(shipped_service: Service) -> None:
    where: dict[str, object] = {"OR": [{"name": {"eq": str(number)}} for number in range(100)]}
    query = "query($where: NationWhere) { nations(where: $where) { totalCount } }"
    outcome = await ask(shipped_service, query, where=where)
    assert outcome["errors"][0]["extensions"]["code"] == "LIMIT_EXCEEDED"
    assert "filter_keys_max" in outcome["errors"][0]["message"]


def test_dates_of_the_shipped_facts_are_dates(facts: Facts) -> None:
    assert any(isinstance(row.get("validFrom"), date) for row in facts.of("partnership"))
