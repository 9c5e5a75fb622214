"""Translation: what the driver raises becomes an error of this service, told apart by its code."""

from __future__ import annotations

import textwrap
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from neo4j.exceptions import DriverError, IncompleteCommit, Neo4jError

from graph_service.errors import DeadlineExceeded, GraphServiceError, StatementRefused, StoreUnavailable
from graph_service.store.address import Engine

if TYPE_CHECKING:
    from collections.abc import Generator

    from graph_service.store.address import Address

LEAKED: Final = (OSError, ValueError, TypeError, LookupError, ArithmeticError, AttributeError)
"""What the driver lets through when the other side does not speak Bolt."""

RACE_REPEATS: Final = 4
"""A MERGE that raced another one under a constraint finds the node the next time; a real violation never does."""

CONSTRAINT: Final = "Neo.ClientError.Schema.ConstraintValidationFailed"
UNAUTHORIZED: Final = ("Neo.ClientError.Security.Unauthorized", "Neo.ClientError.Security.AuthenticationRateLimit")
NO_DATABASE: Final = "Neo.ClientError.Database.DatabaseNotFound"
TIMED_OUT: Final = "Neo.ClientError.Transaction.TransactionTimedOut"
REFUSALS: Final = (
    "Neo.ClientError.Statement.",
    "Neo.ClientError.Schema.",
    "Neo.ClientError.Procedure.",
    "Neo.ClientError.Request.",
    "Neo.DatabaseError.Statement.",
    "Neo.DatabaseError.Schema.",
)
"""Codes that mean a statement, not the state of the database."""
MESSAGE_CHARACTERS: Final = 300
"""Some messages repeat the whole statement."""


def translated(error: Exception, address: Address) -> GraphServiceError:
    """Say in this service's words what `error` means for a statement at `address`."""
    if isinstance(error, Neo4jError):
        return _answered(error, address)
    if isinstance(error, IncompleteCommit):
        return StoreUnavailable(
            f"the connection to {address.uri} was lost while a write was being kept: it may or may not be there; "
            "repeat it, which changes nothing if it is"
        )
    if isinstance(error, DriverError | OSError):
        return StoreUnavailable(f"no database can be used at {address.uri}: {_line(error)}")
    return StoreUnavailable(f"what answers at {address.uri} does not speak Bolt: {_line(error)}")


@contextmanager
def bolt_spoken(address: Address) -> Generator[None]:
    """Translate at once what the driver raises when the other side does not speak Bolt.

    Held around calls of the driver alone: the same errors out of anybody else's code mean something else.
    """
    try:
        yield
    except LEAKED as error:
        raise translated(error, address) from error


def repeats_allowed(error: DriverError | Neo4jError, engine: Engine, repeats_max: int) -> int:
    """Tell how often the same work may be done again after `error`: a lost race a few times, a refusal never."""
    if isinstance(error, Neo4jError) and error.code == CONSTRAINT:
        return RACE_REPEATS
    if isinstance(error, Neo4jError) and error.code in UNAUTHORIZED and engine is Engine.EMBEDDED:
        return repeats_max  # an engine that is being stopped forgets its user first; the next one has another password
    return repeats_max if error.is_retryable() else 0


def doubts_address(error: DriverError | Neo4jError) -> bool:
    """Tell whether `error` says that the database may have moved: no connection, or our password is unknown."""
    return isinstance(error, DriverError) or error.code in UNAUTHORIZED


def _answered(error: Neo4jError, address: Address) -> GraphServiceError:
    code = error.code or ""
    if code in UNAUTHORIZED:
        return StoreUnavailable(f"{address.uri} refused the user name or password of {address.username!r}")
    if code == NO_DATABASE:
        return StoreUnavailable(f"{address.uri} has no database named {address.database!r}")
    if code.startswith(TIMED_OUT):
        return DeadlineExceeded(f"the store stopped a statement that ran longer than its limit ({code})")
    if code.startswith(REFUSALS):
        return StatementRefused(f"the database refused a statement: {code}: {_line(error)}")
    return StoreUnavailable(f"the database at {address.uri} cannot do it: {code}: {_line(error)}")


def _line(error: Exception) -> str:
    text = error.message if isinstance(error, Neo4jError) else str(error)
    return textwrap.shorten(text or type(error).__name__, MESSAGE_CHARACTERS, placeholder=" ...")
