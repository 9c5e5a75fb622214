"""Worlds mean the same everywhere: on every analysis and every read, on every engine (docs/semantics.md 1-4)."""

from typing import Any, Final

import pytest
from graphql import get_named_type, is_composite_type, is_required_argument

from graph_service.api.context import Service
from graph_service.api.schema import core, schema
from graph_service.reads.roots import ROOTS
from tests.api.asking import ask, data, error

QUERY: Any = core(schema()).query_type
FIELDS: Final[dict[str, Any]] = dict(QUERY.fields)
ANALYSES: Final = [name for name, field in FIELDS.items() if "world" in field.args and name not in ROOTS]
READS: Final = [name for name, field in FIELDS.items() if "world" in field.args and name in ROOTS]

ARGUMENTS: Final = {
    "by": '{id: "component:hbm"}',
    "component": '"component:hbm"',
    "deployment": '"deployment:jupiter"',
    "deployments": '["deployment:jupiter", "deployment:abci3"]',
    "excluding": "{}",
    "failures": '[{entity: "nation:twn"}]',
    "from": '"company:skhynix"',
    "home": '"nation:fra"',
    "id": '"component:hbm"',
    "ids": '["component:hbm"]',
    "iso": '"twn"',
    "jurisdiction": '"nation:fra"',
    "partnership": '"partnership:amd-humain"',
    "target": '"component:ssd"',
    "to": '"component:hbm"',
    "weights": "{cost: 1, performance: 1, control: 1, resilience: 1}",
}
"""A value for each required argument of a root field, by its name."""


def question(name: str, world: str) -> str:
    """Ask a root field in a world, with its required arguments."""
    field = FIELDS[name]
    needed = [key for key, argument in field.args.items() if is_required_argument(argument)]
    given = ", ".join([*(f"{key}: {ARGUMENTS[key]}" for key in needed), f"world: {{{world}}}"])
    selected = " { __typename }" if is_composite_type(get_named_type(field.type)) else ""
    return f"{{ {name}({given}){selected} }}"


@pytest.mark.parametrize("name", ANALYSES)
async def test_every_analysis_takes_a_scenario(shipped_service: Service, name: str) -> None:
    supposed = 'scenario: {addOffers: [{component: "component:hbm", company: "company:asml", nation: "nation:fra"}]}'
    assert (await data(shipped_service, question(name, supposed)))[name]


@pytest.mark.parametrize("name", ANALYSES)
async def test_every_analysis_says_what_a_scenario_names_in_vain(shipped_service: Service, name: str) -> None:
    code, message = await error(shipped_service, question(name, 'scenario: {remove: ["offer:no-such-offer"]}'))
    assert (code, message[:38]) == ("NOT_FOUND", "offer:no-such-offer is not recorded; n")


@pytest.mark.parametrize("name", ANALYSES)
async def test_every_analysis_needs_a_date(shipped_service: Service, name: str) -> None:
    code, message = await error(shipped_service, question(name, "allDates: true"))
    assert (code, message) == (
        "BAD_USER_INPUT",
        "allDates: true is for reads; an analysis needs one date, give asOf or nothing for today",
    )


@pytest.mark.parametrize("name", READS)
async def test_every_read_refuses_a_scenario(shipped_service: Service, name: str) -> None:
    code, message = await error(shipped_service, question(name, 'scenario: {remove: ["offer:no-such-offer"]}'))
    assert code == "BAD_USER_INPUT"
    assert message == f"{name} is a read, and a scenario is for analyses; leave it out of the world of {name}"


@pytest.mark.parametrize("name", READS)
@pytest.mark.parametrize(
    "world", ["allDates: true", "minConfidence: 60", 'asOf: "2024-01-01"', "capital: INSTALLED", "suppliers: OPEN"]
)
async def test_every_read_takes_every_other_part_of_a_world(shipped_service: Service, name: str, world: str) -> None:
    assert "errors" not in await ask(shipped_service, question(name, world))


@pytest.mark.parametrize("name", [*ANALYSES, *READS])
async def test_every_field_says_what_is_wrong_with_a_world(shipped_service: Service, name: str) -> None:
    refused = [
        await error(shipped_service, question(name, "minConfidence: 101")),
        await error(shipped_service, question(name, 'allDates: true, asOf: "2024-01-01"')),
    ]
    assert refused == [
        ("BAD_USER_INPUT", "minConfidence must be 0 to 100, got 101"),
        ("BAD_USER_INPUT", "allDates: true and asOf exclude each other; give one of them"),
    ]


async def test_a_read_below_an_analysis_refuses_a_scenario_too(shipped_service: Service) -> None:
    code, message = await error(
        shipped_service,
        """{ singlePointsOfFailure(target: "component:ssd", levels: [NATION]) { points { entity { ... on Nation {
          blocs(world: {scenario: {remove: ["offer:x"]}}) { id } } } } } }""",
    )
    assert (code, message[:14]) == ("BAD_USER_INPUT", "blocs is a rea")


async def test_a_scenario_is_never_written(shipped_service: Service) -> None:
    before = await shipped_service.store.data_version()
    supposed = 'scenario: {addOffers: [{id: "offer:new", component: "component:hbm"}], remove: ["deployment:jupiter"]}'
    for name in ANALYSES:
        await ask(shipped_service, question(name, supposed))
    assert await shipped_service.store.data_version() == before
    answer = await data(shipped_service, '{ node(id: "offer:new") { id } deployment(id: "deployment:jupiter") { id } }')
    assert answer == {"node": None, "deployment": {"id": "deployment:jupiter"}}


def test_only_what_is_told_of_all_facts_takes_no_world() -> None:
    worldless = {name for name, field in FIELDS.items() if "world" not in field.args}
    assert worldless <= {"search", "diff", "dataQuality"}
