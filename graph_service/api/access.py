"""Access: who may write, and, where a setting says so, who may read. A caller shows an API key.

A dry run reads, so it asks for what a read asks for; every other field of Mutation writes.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest
from typing import TYPE_CHECKING, Any, Final

from graphql import GraphQLError
from graphql.execution.values import get_argument_values

from graph_service.errors import Forbidden, Unauthenticated
from graph_service.settings import api_keys, setting_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph_service.errors import GraphServiceError
    from graph_service.reads.selection import SelectedField, Selection
    from graph_service.settings import Settings

BEARER: Final = "bearer "
SHOWN_HOW: Final = "send an API key as `Authorization: Bearer ...` or `X-API-Key: ...`"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: `known` by a key; why reads and writes are refused, None where they are not."""

    known: bool = True
    read_refusal: GraphServiceError | None = None
    write_refusal: GraphServiceError | None = None


TRUSTED: Final = Caller()
"""Whoever has the store at hand anyway: the command line."""


class Keys:
    """The API keys of the settings; only their hashes are kept, and compared in constant time.

    `anybody` is what every caller is where no key changes that.
    """

    def __init__(self, settings: Settings) -> None:
        self._hashes = tuple(sha256(key.encode()).digest() for key in api_keys(settings))
        self._reads_need_key = settings.reads_need_key
        self.anybody = None if self._hashes or self._reads_need_key else Caller(False, None, Forbidden(NOBODY_WRITES))

    def caller(self, headers: Mapping[str, str]) -> Caller:
        """Tell what the sender of these headers may do; names of headers are in lower case."""
        if self.anybody is not None:
            return self.anybody
        key = _key_in(headers)
        known = key is not None and self._knows(key)
        refusal: GraphServiceError | None = None
        if not known:
            refusal = Unauthenticated(
                f"no API key was sent; {SHOWN_HOW}" if key is None else "the API key is not known"
            )
        write_refusal = refusal if self._hashes else Forbidden(NOBODY_WRITES)
        return Caller(known, refusal if self._reads_need_key else None, write_refusal)

    def _knows(self, key: str) -> bool:
        found = sha256(key.encode(errors="replace")).digest()
        equal = [compare_digest(found, known) for known in self._hashes]  # all of them, whichever it is
        return any(equal)


NOBODY_WRITES: Final = f"writes are refused, since no API key is set ({setting_name('api_keys')})"


def writes(selection: Selection, variables: Any) -> bool:
    """Tell whether a mutation writes anything; dry runs do not."""
    return any(not _is_dry_run(field, variables) for field in selection.fields())


def _is_dry_run(field: SelectedField, variables: Any) -> bool:
    definition = field.parent.fields[field.name]
    try:
        return get_argument_values(definition, field.node, variables).get("dryRun") is True
    except GraphQLError:
        return False


def _key_in(headers: Mapping[str, str]) -> str | None:
    """Find the key in `Authorization: Bearer ...` or `X-API-Key: ...`."""
    authorization = headers.get("authorization", "")
    if authorization[: len(BEARER)].lower() == BEARER:
        return authorization[len(BEARER) :].strip() or None
    return headers.get("x-api-key", "").strip() or None
