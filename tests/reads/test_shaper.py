"""The shaper against the stock executor, over random schemas, operations and rows."""

import json
import random
from collections import Counter
from typing import Any

from graphql import GraphQLError, GraphQLObjectType, execute_sync, is_abstract_type, parse, validate
from graphql.execution.values import get_variable_values

from graph_service.reads.decoder import decoder
from graph_service.reads.rows import Decoding, Row
from graph_service.reads.selection import SelectionReader
from graph_service.reads.shaper import MISFITS, completer, shaper
from tests.reads.random_operations import OperationMaker
from tests.reads.random_schemas import Rows, random_schema

CASES = 600


def from_row(row: Row, info: Any) -> Any:
    return row[info.path.key]


def type_of_row(row: Row, *_: Any) -> str:
    return row.typename


def wired(chance: random.Random) -> Any:
    """Make a schema whose fields read rows."""
    schema = random_schema(chance)
    for type_ in schema.type_map.values():
        if is_abstract_type(type_):
            type_.resolve_type = type_of_row
        elif isinstance(type_, GraphQLObjectType) and not type_.name.startswith("__"):
            for field in type_.fields.values():
                field.resolve = from_row
    return schema


def shaped(shape: Any, *arguments: Any) -> tuple[bool, Any]:
    """Tell whether a shaper takes its arguments, and what it makes of them, keys in their order."""
    try:
        return True, json.dumps(shape(*arguments))
    except (*MISFITS, GraphQLError):
        return False, None


def outcome_of(seed: int) -> str:
    """Hold the shaper to the stock executor in one case; tell how it went."""
    chance = random.Random(seed)
    schema = wired(chance)
    made = OperationMaker(schema, chance, lambda *_: None, list(schema.query_type.fields)).make()
    document = parse(made.text)
    if validate(schema, document):
        return "invalid"
    operation: Any = document.definitions[0]
    fragments = {each.name.value: each for each in document.definitions[1:]}
    variables: Any = get_variable_values(schema, operation.variable_definitions or (), made.variables)
    selection = SelectionReader(schema, fragments, variables.coerced).operation(operation)
    rows = Rows(chance, odd=chance.choice([0, 1, 1, 3]))
    layouts = {field.key: rows.layout(field.type, field.below) for field in selection.fields()}
    record = [rows.value(field.type, layouts[field.key]) for field in selection.fields()]

    pairs = zip(layouts.items(), record, strict=True)
    decoded = {key: decoder(layout)(value, Decoding()) for (key, layout), value in pairs}
    stock = execute_sync(schema, document, Row("Query", decoded), variable_values=made.variables)
    fits, data = shaped(shaper(selection, layouts), record, [])
    if fits:
        assert not stock.errors, (seed, stock.errors)
        assert data == json.dumps(stock.data), seed
    for field in selection.fields():
        completes, value = shaped(completer(field), decoded[field.key])
        if completes and stock.data is not None and not stock.errors:
            assert value == json.dumps(stock.data[field.key]), seed
        assert completes or stock.errors or not fits, seed
    return "shaped" if fits else "left with errors" if stock.errors else "left without need"


def test_what_is_shaped_is_what_the_stock_executor_gives() -> None:
    outcomes = Counter(outcome_of(seed) for seed in range(CASES))
    assert outcomes["shaped"] > CASES / 3, outcomes
    assert outcomes["left with errors"] > CASES / 20, outcomes
    assert outcomes["left without need"] < CASES / 10, outcomes
    assert outcomes["invalid"] < CASES / 4, outcomes
