"""Translation: what the driver raises becomes an error of this service, told apart by its code."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from neo4j.exceptions import DriverError, IncompleteCommit, Neo4jError

from graph_service.errors import DeadlineExceeded, GraphServiceError, StatementRefused, StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Generator

    from graph_service.store.address import Address

GARBLED: Final = (ValueError, TypeError, LookupError, ArithmeticError, AttributeError)
"""What the driver lets through when the other side does not speak Bolt."""

RACE_REPEATS: Final = 5
"""A MERGE that raced another one under a constraint finds the node the next time; a real violation never does."""

CONSTRAINT: Final = "Neo.ClientError.Schema.ConstraintValidationFailed"
UNAUTHORIZED: Final = ("Neo.ClientError.Security.Unauthorized", "Neo.ClientError.Security.AuthenticationRateLimit")
NO_DATABASE: Final = "Neo.ClientError.Database.DatabaseNotFound"
TIMED_OUT: Final = "Neo.ClientError.Transaction.TransactionTimedOut"
REFUSALS: Final = ("Neo.ClientError.", "Neo.DatabaseError.Statement.")


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
    except GARBLED as error:
        raise translated(error, address) from error


def repeats_allowed(error: DriverError | Neo4jError, repeats_max: int) -> int:
    """Tell how often the same work may be done again after `error`: a lost race a few times, a refusal never."""
    if isinstance(error, Neo4jError) and error.code == CONSTRAINT:
        return RACE_REPEATS
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
    if code.startswith(REFUSALS) and not error.is_retryable():
        return StatementRefused(f"the database refused a statement: {code}: {_line(error)}")
    return StoreUnavailable(f"the database at {address.uri} cannot do it now: {code}: {_line(error)}")


def _line(error: Exception) -> str:
    text = error.message if isinstance(error, Neo4jError) else str(error)
    return " ".join((text or type(error).__name__).split())
