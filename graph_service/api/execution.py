"""Executing one request: document, variables, operation, and errors with their codes."""

from __future__ import annotations

from contextlib import aclosing
from inspect import isawaitable
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import structlog
from graphql import ExecutionResult, GraphQLError, OperationType
from graphql import execute as execute_document  # pyright: ignore[reportUnknownVariableType] - a generic of graphql-core without its argument
from graphql import subscribe as subscribe_document  # pyright: ignore[reportUnknownVariableType] - as above
from graphql.execution.values import VariableValues
from strawberry.exceptions import StrawberryInputCoercionError

from graph_service.api.access import TRUSTED, writes
from graph_service.api.computed import NetworkFields
from graph_service.api.context import RequestContext
from graph_service.api.documents import Documents
from graph_service.api.limits import Limits
from graph_service.api.schema import core, schema
from graph_service.errors import BadInput, DeadlineExceeded, GraphServiceError
from graph_service.reads.arguments import ReadLimits
from graph_service.reads.grouping import Groups
from graph_service.reads.operation import Operation
from graph_service.reads.plan import Planned
from graph_service.reads.serial import SerialOperation
from graph_service.store.deadline import Deadline

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence

    from graphql import DocumentNode, FormattedExecutionResult

    from graph_service.api.access import Caller
    from graph_service.api.context import Service
    from graph_service.api.documents import Document
    from graph_service.reads.plan import Plan
    from graph_service.reads.selection import Selection

log = structlog.get_logger()

LATE: Final = "the operation took longer than {:g} seconds (request_timeout_seconds)"


class GraphQLRequest(NamedTuple):
    """What a client asks, after the envelope of its transport is open."""

    query: str
    variables: Mapping[str, Any] | None = None
    operation_name: str | None = None


class Outcome(NamedTuple):
    """A response; `refused` where the request was at fault and nothing was executed (no `data` entry then).

    `denied` says why the caller may not ask that.
    """

    response: FormattedExecutionResult
    refused: bool
    needs_post: bool = False
    denied: GraphServiceError | None = None


class Prepared(NamedTuple):
    """An operation that was found good; `context` is that of its root fields unless they run all at once."""

    node: DocumentNode
    plan: Plan
    variables: VariableValues
    context: RequestContext | None
    streams: bool


class Executor:
    """Executes requests against one service."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._schema = core(schema())
        self._computed = NetworkFields(service.networks)
        self._documents = Documents(self._schema, service.settings.query_tokens_max)
        self._groups = Groups(service.store)
        self._query_limits = Limits(self._schema, service.settings)
        self._limits = ReadLimits(
            page_size_max=service.settings.page_size_max,
            list_size_max=service.settings.list_size_max,
            ids_max=service.settings.nodes_max,
            filter_keys_max=service.settings.filter_keys_max,
        )

    async def execute(
        self, request: GraphQLRequest, *, reads_only: bool = False, caller: Caller = TRUSTED, written: bool = False
    ) -> Outcome:
        """Execute a request; `reads_only` refuses anything but queries, as HTTP GET must.

        With `written`, long lists of the response may be JSON already (orjson.Fragment), for who sends it as JSON.
        """
        prepared = self._prepared(request, caller, reads_only=reads_only)
        if isinstance(prepared, Outcome):
            return prepared
        if prepared.streams:
            return _refused([_coded(BadInput("subscriptions are answered over WebSocket, as graphql-transport-ws"))])
        return await self._executed(prepared, request, written=written)

    async def stream(
        self, request: GraphQLRequest, caller: Caller = TRUSTED
    ) -> Outcome | AsyncGenerator[FormattedExecutionResult]:
        """Begin a subscription and give its events; a query or mutation is executed as `execute` does."""
        prepared = self._prepared(request, caller)
        if isinstance(prepared, Outcome):
            return prepared
        if not prepared.streams:
            return await self._executed(prepared, request)
        source = subscribe_document(
            self._schema,
            prepared.node,
            context_value=prepared.context,
            variable_values=dict(request.variables or {}),
            operation_name=request.operation_name,
        )
        results = await source if isawaitable(source) else source
        if isinstance(results, ExecutionResult):
            return _refused([shown(error) for error in results.errors or ()])
        return _formatted_all(results)

    def _prepared(self, request: GraphQLRequest, caller: Caller, *, reads_only: bool = False) -> Outcome | Prepared:
        """Check everything that can be checked before anything is executed."""
        document = self._documents.get(request.query)
        try:
            operation = document.operation(request.operation_name)
        except BadInput as error:
            return _refused(self._refusal(document) or [_coded(error)])
        if reads_only and operation.operation is not OperationType.QUERY:
            error = BadInput(f"GET executes queries only, got a {operation.operation.value}; use POST")
            return _refused([_coded(error)], needs_post=True)
        refusal = self._refusal(document)
        if refusal or document.node is None:
            return _refused(refusal)
        variables = document.variables(operation).values(request.variables or {})
        if not isinstance(variables, VariableValues):
            return _refused([_with_code(error, BadInput.code) for error in variables])
        exceeded = document.within(self._query_limits).exceeded_with(operation, variables.coerced)
        if exceeded:
            return _refused(exceeded)
        plan = document.plan(operation, variables.coerced, self._limits)
        streams = operation.operation is OperationType.SUBSCRIPTION
        context = None
        if operation.operation is not OperationType.QUERY:
            if not streams and caller.write_refusal is not None and writes(plan.selection, variables):
                return _refused([_coded(caller.write_refusal)], denied=caller.write_refusal)
            context = RequestContext(self._service, self._serial(plan.selection, variables))
        return Prepared(document.node, plan, variables, context, streams)

    def _serial(self, selection: Selection, variables: VariableValues) -> SerialOperation:
        """Begin an operation whose root fields do not wait for one another."""
        store, computed, limits = self._service.store, self._computed, self._limits
        return SerialOperation(selection, lambda chosen: Operation(chosen, variables, store, computed, limits))

    async def _executed(self, prepared: Prepared, request: GraphQLRequest, *, written: bool = False) -> Outcome:
        """Execute what was checked, until the deadline."""
        try:
            with Deadline(self._service.settings.request_timeout_seconds, LATE):
                result = await self._result(prepared, request, written=written)
        except DeadlineExceeded as error:
            result = ExecutionResult(None, [_coded(error)])
        return Outcome(_formatted(result), refused=False)

    async def _result(self, prepared: Prepared, request: GraphQLRequest, *, written: bool) -> ExecutionResult:
        """Execute by the plan, or else by the stock executor over what the plan has fetched."""
        store, plan, context = self._service.store, prepared.plan, prepared.context
        if context is None:
            planned = Planned(None)
            if plan.holds:
                planned = await plan.answer(prepared.variables, store, self._groups, self._computed, written=written)
                if planned.data is not None:
                    return ExecutionResult(planned.data)
            limits, fetched = self._limits, planned.fetched
            operation = Operation(plan.selection, prepared.variables, store, self._computed, limits, fetched)
            context = RequestContext(self._service, operation)
        result = execute_document(
            self._schema,
            prepared.node,
            context_value=context,
            variable_values=dict(request.variables or {}),
            operation_name=request.operation_name,
        )
        return result if isinstance(result, ExecutionResult) else await result

    def _refusal(self, document: Document) -> Sequence[GraphQLError]:
        """Say why a document is not executed. Limits come first: they cost less than validation."""
        return document.within(self._query_limits).exceeded or document.errors


async def _formatted_all(results: AsyncIterator[ExecutionResult]) -> AsyncGenerator[FormattedExecutionResult]:
    async with aclosing(results):  # pyright: ignore[reportArgumentType] - graphql-core gives a generator
        async for result in results:
            yield _formatted(result)


def _refused(
    errors: Sequence[GraphQLError], *, needs_post: bool = False, denied: GraphServiceError | None = None
) -> Outcome:
    response: FormattedExecutionResult = {"errors": [error.formatted for error in errors]}  # pyright: ignore[reportAssignmentType] - without data
    return Outcome(response, refused=True, needs_post=needs_post, denied=denied)


def _coded(error: GraphServiceError) -> GraphQLError:
    return GraphQLError(str(error), extensions={"code": error.code})


def _with_code(error: GraphQLError, code: str) -> GraphQLError:
    error.extensions = {**(error.extensions or {}), "code": code}
    return error


def _formatted(result: ExecutionResult) -> FormattedExecutionResult:
    response: dict[str, Any] = {"data": result.data}
    if result.errors:
        response["errors"] = [shown(error).formatted for error in result.errors]
    return response  # pyright: ignore[reportReturnType] - graphql-core's formatted result is a TypedDict


def shown(error: GraphQLError) -> GraphQLError:
    """Give an error as a client may see it: ours with its code, the client's own as bad input, others masked.

    An error of graphql-core about an argument points at the document; one about a value that a resolver gave does not.
    Strawberry's own, about an input of exactly one key, does neither.
    What the database says of a statement of ours is for the log.
    """
    raised = error
    while isinstance(raised.original_error, GraphQLError):
        raised = raised.original_error
    cause = raised.original_error
    if isinstance(cause, GraphServiceError) and cause.code != GraphServiceError.code:
        return _with_code(error, cause.code)
    if cause is None and (error.extensions or {}).get("code"):
        return error
    if cause is None and (raised.nodes or isinstance(raised, StrawberryInputCoercionError)):
        return _with_code(error, BadInput.code)
    log.error("unexpected error", path=error.path, exc_info=cause or raised)
    return GraphQLError(
        "internal server error; the service's log says more",
        nodes=error.nodes,
        path=error.path,
        extensions={"code": GraphServiceError.code},
    )
