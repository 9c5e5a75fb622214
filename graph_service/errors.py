"""The errors this service raises on purpose.

GraphServiceError                 code
├── BadInput                      BAD_USER_INPUT        an argument breaks a rule
│   └── RejectedFacts             BAD_USER_INPUT        rows of fact files break rules
├── Unauthenticated               UNAUTHENTICATED       nobody knows who asks
├── Forbidden                     FORBIDDEN             nobody may ask that here
├── NotFound                      NOT_FOUND             an analysis names a thing that is not recorded
├── NotInWorld                    NOT_IN_WORLD          the thing is recorded, but not in this world
├── LimitExceeded                 LIMIT_EXCEEDED        a named limit is smaller than what was asked
├── DeadlineExceeded              DEADLINE_EXCEEDED     the time for this operation is over
├── StoreUnavailable              STORE_UNAVAILABLE     the database cannot be reached or used
│   └── EngineNotStarted          STORE_UNAVAILABLE     the embedded engine did not come up
├── StatementRefused              INTERNAL_SERVER_ERROR the database refused one of our own statements
└── Misconfigured                 INTERNAL_SERVER_ERROR a setting breaks a rule

A message names the value and the rule. Codes: docs/semantics.md (42).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from collections.abc import Sequence


class GraphServiceError(Exception):
    """Any error of this service; its message may be shown to the caller."""

    code: ClassVar[str] = "INTERNAL_SERVER_ERROR"


class BadInput(GraphServiceError):
    """An argument breaks a rule."""

    code = "BAD_USER_INPUT"


class RejectedFacts(BadInput):
    """Rows of fact files break rules; nothing was written. `problems` are those of facts/problem.py."""

    def __init__(self, problems: Sequence[Any]) -> None:
        self.problems: tuple[Any, ...] = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class Unauthenticated(GraphServiceError):
    """What is asked for needs an API key, and no known one was sent."""

    code = "UNAUTHENTICATED"


class Forbidden(GraphServiceError):
    """What is asked for is not allowed here, whoever asks."""

    code = "FORBIDDEN"


class NotFound(GraphServiceError):
    """An analysis names a thing that is not recorded."""

    code = "NOT_FOUND"


class NotInWorld(GraphServiceError):
    """The thing is recorded, but the world of the request does not hold it."""

    code = "NOT_IN_WORLD"


class LimitExceeded(GraphServiceError):
    """A named limit is smaller than what was asked."""

    code = "LIMIT_EXCEEDED"


class DeadlineExceeded(GraphServiceError):
    """The time for this operation is over."""

    code = "DEADLINE_EXCEEDED"


class StoreUnavailable(GraphServiceError):
    """The database cannot be reached or used."""

    code = "STORE_UNAVAILABLE"


class EngineNotStarted(StoreUnavailable):
    """The embedded engine did not come up."""


class StatementRefused(GraphServiceError):
    """The database refused one of our own statements: a bug of this service or of the engine."""


class Misconfigured(GraphServiceError):
    """A setting breaks a rule."""
