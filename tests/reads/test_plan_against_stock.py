"""Plans against the stock executor: random operations over random, partly corrupt facts, on every engine."""

import json
import random
from collections import Counter
from collections.abc import Sequence
from typing import Any

import orjson
import pytest
from structlog.testing import capture_logs

from graph_service.api import execution
from graph_service.api.execution import Executor, GraphQLRequest, Prepared
from graph_service.api.schema import core, schema
from graph_service.reads import pieces, plan
from graph_service.reads.cursor import encode_cursor
from graph_service.reads.graph import GRAPH, Computed, RootPage
from graph_service.reads.operation import Operation
from graph_service.reads.pieces import Pieces
from graph_service.reads.roots import ROOTS
from graph_service.settings import Settings
from graph_service.store.address import Address
from graph_service.store.store import Store
from tests.reads.random_facts import TEXTS, fill
from tests.reads.random_operations import Made, OperationMaker
from tests.shipped import service_over

CASES = 60
PAGES = [name for name, root in ROOTS.items() if isinstance(root, RootPage)]
BESIDE_ROWS = {"totalCount", "aggregate", "groups"} | {
    name for fields in GRAPH.values() for name, served in fields.items() if isinstance(served, Computed)
}
"""What a page in pieces cannot have."""
CHANGING = frozenset({"elapsedMs"})
"""Fields that answer otherwise each time."""
REFUSED = frozenset({"scenario"})
"""What a read may not be given."""


class StockExecutor(Executor):
    """An executor that has no plans."""

    async def _result(self, prepared: Prepared, request: GraphQLRequest, *, written: bool) -> Any:
        prepared.plan.holds = False
        return await super()._result(prepared, request, written=written)


def values(chance: random.Random, ids: list[str]) -> Any:
    """Give values of arguments: such as occur, such as do not, and such as are refused."""

    def value(type_: str, name: str) -> Any:
        match name:
            case "first" | "last":
                return chance.choice([0, 1, 2, 3, 5, 100] if chance.random() < 0.95 else [None, -1, 101])
            case "after" | "before":
                order, keys = chance.choice([(["name", "id"], [chance.choice([*TEXTS, None])]), (["id"], [])])
                return encode_cursor(order, [*keys, chance.choice(ids)]) if chance.random() < 0.9 else "x!"
            case "id" | "eq" | "ids" if type_ in {"ID", "String"} and chance.random() < 0.7:
                return chance.choice(ids)
            case "iso":
                return chance.choice(["AA", "nation:1", "zz", "long"])
            case "minConfidence":
                return chance.choice([0, 1, 50] if chance.random() < 0.95 else [-1, 101])
            case _:
                found = {"Int": [0, 1, 50], "Float": [0.5, 12.0], "Boolean": [True, False], "Date": ["2025-01-01"]}
                found |= {"PartialDate": ["2024"], "ID": ids, "String": [*TEXTS, *ids[:3]]}
                return chance.choice(found[type_])

    return value


async def answers(executor: Executor, made: Made, *, written: bool = False) -> str:
    with capture_logs():
        outcome = await executor.execute(GraphQLRequest(made.text, made.variables), written=written)
    return json.dumps(
        {**orjson.loads(orjson.dumps(outcome.response, default=str)), "refused": outcome.refused}, default=str
    )


async def differences(
    address: Address,
    store: Store,
    seed: int,
    monkeypatch: pytest.MonkeyPatch,
    roots: Sequence[str],
    left_out: frozenset[str] = CHANGING,
) -> Counter[str]:
    """Ask each executor the same; give how the plans went, and raise at the first difference."""
    chance = random.Random(seed)
    ids = [*await fill(address, chance), "nation:nowhere", "no id"]
    settings = Settings(aliases_max=1_000, query_cost_max=10**8)
    planned, stock = Executor(service_over(store, settings)), StockExecutor(service_over(store, settings))
    stocked: list[Operation] = []

    def noted(*arguments: Any) -> Operation:
        stocked.append(Operation(*arguments))
        return stocked[-1]

    monkeypatch.setattr(execution, "Operation", noted)
    outcomes: Counter[str] = Counter()
    for number in range(CASES):
        made = OperationMaker(core(schema()), chance, values(chance, ids), roots, 4, left_out, REFUSED).make()
        stocked.clear()
        answer = await answers(planned, made, written=number % 2 == 0)
        left = bool(stocked)
        if answer != await answers(stock, made):
            raise AssertionError((seed, number, made))
        refused = '"refused": true' in answer
        outcomes["refused" if refused else "left" if left else "planned"] += 1
    return outcomes


async def test_a_plan_answers_as_the_stock_executor_does(
    address: Address, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcomes = await differences(address, store, 1, monkeypatch, [*ROOTS, *ROOTS, "dependencyDepth"])
    # each way is gone often enough to be proven, and few operations are lost to what both refuse alike
    assert outcomes["planned"] > CASES / 3, outcomes
    assert outcomes["left"] > CASES / 5, outcomes
    assert outcomes["refused"] < CASES / 10, outcomes


async def test_pages_in_pieces_are_answered_as_the_stock_executor_does(
    address: Address, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers: list[int] = []

    class Counted(Pieces):
        def data(self) -> Any:
            numbers.append(len(self._lists))
            return super().data()

    monkeypatch.setattr(pieces, "LARGE", 2)
    monkeypatch.setattr(pieces, "OBJECTS", 1)
    monkeypatch.setattr(plan, "Pieces", Counted)
    outcomes = await differences(address, store, 2, monkeypatch, PAGES, CHANGING | BESIDE_ROWS)
    assert outcomes["planned"] > CASES / 5, outcomes
    assert outcomes["left"] > CASES / 5, outcomes
    assert len(numbers) > CASES / 10, numbers  # pages alone, without a total
    assert max(numbers) > 2, numbers
