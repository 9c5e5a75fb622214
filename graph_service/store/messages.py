"""Messages: a statement as the bytes that a server takes, and the bytes that come back as rows.

Source: https://neo4j.com/docs/bolt/current/bolt/message/, as sent since version 4.0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

SUCCESS: Final = 0x70
RECORD: Final = 0x71
IGNORED: Final = 0x7E
FAILURE: Final = 0x7F

RUN: Final = b"\xb3\x10"
"""RUN, before its text, its parameters and its options."""
PULL_ALL: Final = b"\x00\x06\xb1\x3f\xa1\x81n\xff\x00\x00"
"""PULL {n: -1}: all records of the statement before it."""
CHUNK_BYTES_MAX: Final = 65_535


def chunked(message: bytes | bytearray) -> bytes:
    """Cut a message into chunks, each behind its length; an empty one ends it."""
    if len(message) <= CHUNK_BYTES_MAX:
        return b"%b%b\0\0" % (len(message).to_bytes(2, "big"), message)
    cuts = range(0, len(message), CHUNK_BYTES_MAX)
    chunks = (message[begin : begin + CHUNK_BYTES_MAX] for begin in cuts)
    return b"".join(len(chunk).to_bytes(2, "big") + chunk for chunk in chunks) + b"\0\0"


class Answer:
    """What comes back to RUN and PULL_ALL: a summary of each, and the records before the second.

    It knows no connection: bytes go in as they arrive, cut anywhere, and rows come out as soon as they are whole.
    `unpack` gives the value that begins at an index of some bytes; `unread` keeps what is not whole yet.
    """

    __slots__ = ("_awaited", "_begun", "_unpack", "_unread", "failure", "summary")

    def __init__(self, unpack: Callable[[bytearray, int], Any], unread: bytearray) -> None:
        self._unpack = unpack
        self._unread = unread
        self._begun = bytearray()
        self._awaited = 2
        self.summary: dict[str, Any] = {}
        self.failure: dict[str, Any] | None = None

    @property
    def complete(self) -> bool:
        """Whether both summaries came: the server has nothing more to say."""
        return not self._awaited

    def rows(self, received: bytes) -> list[list[Any]]:
        """Take the next bytes; give the records that they complete. Raises ValueError where they are no Bolt."""
        rows: list[list[Any]] = []
        unread = self._unread
        unread += received
        begin, end = 0, len(unread)
        while end - begin >= 2:
            chunk = begin + 2
            after = chunk + (unread[begin] << 8 | unread[begin + 1])
            if after > end:
                break
            begin = after
            if after == chunk:  # the end of a message; a sign of life where none has begun
                if self._begun:
                    self._take(self._begun, 0, rows)
                    self._begun = bytearray()
            elif not self._begun and unread.startswith(b"\0\0", after):
                self._take(unread, chunk, rows)
                begin += 2
            else:
                self._begun += unread[chunk:after]
        del unread[:begin]
        return rows

    def _take(self, message: bytearray, begin: int, rows: list[list[Any]]) -> None:
        kind = message[begin + 1]
        if kind == RECORD:
            rows.append(self._unpack(message, begin + 2))
            return
        self._awaited -= 1
        if kind == SUCCESS:
            if not self._awaited:  # that of the RUN says nothing new
                self.summary = self._unpack(message, begin + 2)
        elif kind == FAILURE:
            self.failure = self._unpack(message, begin + 2)
        elif kind != IGNORED:
            raise ValueError(f"no message begins with 0x{kind:02X}")
