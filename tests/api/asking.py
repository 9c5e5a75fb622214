"""Asking a service, as tests do: a query in, the response out."""

from typing import Any

from graph_service.api.context import Service
from graph_service.api.execution import Executor, GraphQLRequest


async def ask(service: Service, query: str, **variables: Any) -> dict[str, Any]:
    """Execute a query and give the whole response."""
    outcome = await Executor(service).execute(GraphQLRequest(query, variables))
    return dict(outcome.response)


async def data(service: Service, query: str, **variables: Any) -> dict[str, Any]:
    """Execute a query that must succeed and give its data."""
    response = await ask(service, query, **variables)
    assert "errors" not in response, response["errors"]
    return response["data"]


async def error(service: Service, query: str, **variables: Any) -> tuple[str, str]:
    """Execute a query that must fail and give the code and message of its first error."""
    response = await ask(service, query, **variables)
    first = response["errors"][0]
    return first["extensions"]["code"], first["message"]


async def version(service: Service) -> str:
    """Give the data version of the service's store."""
    return (await service.store.data_version()).version
