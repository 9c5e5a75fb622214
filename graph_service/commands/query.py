"""`query`: a named question, or a GraphQL file, answered as a table, JSON or CSV."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Mapping
from contextlib import aclosing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import orjson

from graph_service.api.execution import Executor, GraphQLRequest, Outcome
from graph_service.app import running_service
from graph_service.commands.tables import write_csv, write_tables
from graph_service.errors import BadInput
from graph_service.logs import configure_logs
from graph_service.model.operations import named_operations
from graph_service.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Sequence

Write = Callable[[Mapping[str, Any]], None]


def query(name: str, variables: Sequence[str], form: str) -> int:
    """Answer a question and print it; 0 when it was answered, 1 when the answer holds errors.

    The events of a subscription are printed as they come, until somebody interrupts; as JSON, one a line.
    Raises BadInput for an unknown name, a variable without `=`, or an unknown form.
    """
    write = FORMS.get(form)
    if write is None:
        raise BadInput(f"--format must be one of {', '.join(FORMS)}, got {form!r}")
    configure_logs()
    request = GraphQLRequest(_text(name), dict(_variable(text) for text in variables))
    return asyncio.run(_answer(request, write))


async def _answer(request: GraphQLRequest, write: Write) -> int:
    async with running_service(read_settings()) as service:
        outcome = await Executor(service).stream(request)
        if isinstance(outcome, Outcome):
            return _print(outcome.response, write)
        if write is write_csv:
            raise BadInput("--format csv is for one answer; the events of a subscription are printed as table or json")
        sys.stderr.write("listening; interrupt to end\n")
        status = 0
        async with aclosing(outcome):
            async for response in outcome:
                status |= _print(response, _write_line if write is _write_json else write)
        return status


def _print(response: Mapping[str, Any], write: Write) -> int:
    """Print errors to stderr and data to stdout; give the exit status."""
    for error in response.get("errors", ()):
        sys.stderr.write(f"{_where(error)}{error['message']}\n")
    data = response.get("data")
    if data is not None:
        write(data)
        sys.stdout.flush()
    return 1 if response.get("errors") else 0


def _text(name: str) -> str:
    operations = named_operations()
    if name in operations:
        return operations[name].text
    path = Path(name)
    if not path.is_file():
        raise BadInput(f"{name!r} is neither a GraphQL file nor one of the questions: {', '.join(operations)}")
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{name}: a question must be a readable UTF-8 file: {error}") from error


def _variable(text: str) -> tuple[str, Any]:
    key, equals, value = text.partition("=")
    if not equals or not key:
        raise BadInput(f"-v must be key=value, got {text!r}")
    try:
        return key, orjson.loads(value)
    except orjson.JSONDecodeError:
        return key, value


def _where(error: Mapping[str, Any]) -> str:
    path = ".".join(str(part) for part in error.get("path") or ())
    return f"{path}: " if path else ""


def _write_json(data: Mapping[str, Any]) -> None:
    sys.stdout.write(orjson.dumps(data, option=orjson.OPT_INDENT_2, default=str).decode() + "\n")


def _write_line(data: Mapping[str, Any]) -> None:
    sys.stdout.write(orjson.dumps(data, default=str).decode() + "\n")


FORMS: Final[Mapping[str, Write]] = {
    "table": write_tables,
    "json": _write_json,
    "csv": write_csv,
}
