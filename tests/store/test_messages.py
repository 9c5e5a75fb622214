"""Bytes become rows however a network cuts them."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from neo4j._codec.packstream.v1 import Packer, Unpacker

from graph_service.store.messages import CHUNK_BYTES_MAX, FAILURE, IGNORED, PULL_ALL, RECORD, SUCCESS, Answer, chunked

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False) | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)
ROWS = st.lists(st.lists(VALUES, max_size=3), max_size=6)


def unpack(message: bytearray, begin: int) -> Any:
    buffer = Unpacker.new_unpackable_buffer()
    buffer.data, buffer.p, buffer.used = message, begin, len(message)
    return Unpacker(buffer).unpack()


def packed(kind: int, value: object) -> bytes:
    buffer = Packer.new_packable_buffer()
    Packer(buffer).pack_struct(kind.to_bytes(), (value,))
    return bytes(buffer.data)


def in_chunks(message: bytes, cuts: list[int]) -> bytes:
    ends = sorted({0, len(message), *(cut % len(message) for cut in cuts)})
    return b"".join((end - begin).to_bytes(2, "big") + message[begin:end] for begin, end in pairwise(ends)) + b"\0\0"


def fed(answer: Answer, sent: bytes, cuts: list[int]) -> list[list[Any]]:
    ends = sorted({0, len(sent), *(cut % len(sent) for cut in cuts)})
    return [row for begin, end in pairwise(ends) for row in answer.rows(sent[begin:end])]


@given(rows=ROWS, chunk_cuts=st.lists(st.integers(0, 300), max_size=5), cuts=st.lists(st.integers(0, 999), max_size=30))
def test_rows_are_those_that_were_sent_wherever_they_are_cut(
    rows: list[list[Any]], chunk_cuts: list[int], cuts: list[int]
) -> None:
    messages = [packed(SUCCESS, {"fields": ["c0"]}), *(packed(RECORD, row) for row in rows)]
    sign_of_life = b"\0\0"
    sent = sign_of_life.join(in_chunks(message, chunk_cuts) for message in messages)
    answer = Answer(unpack, bytearray())

    assert fed(answer, sent, cuts) == rows
    assert not answer.complete
    assert fed(answer, in_chunks(packed(SUCCESS, {"bookmark": "b"}), chunk_cuts), cuts) == []
    assert answer.complete
    assert answer.summary == {"bookmark": "b"}


def test_a_failure_is_complete_when_the_pull_was_passed_over() -> None:
    answer = Answer(unpack, bytearray())

    answer.rows(chunked(packed(FAILURE, {"code": "Neo.ClientError.Statement.SyntaxError"})))
    assert not answer.complete
    answer.rows(chunked(bytes((0xB0, IGNORED))))

    assert answer.complete
    assert answer.failure == {"code": "Neo.ClientError.Statement.SyntaxError"}


def test_a_message_of_another_protocol_is_refused() -> None:
    with pytest.raises(ValueError, match="0x01"):
        Answer(unpack, bytearray()).rows(chunked(b"\xb1\x01\xa0"))


@pytest.mark.parametrize("size", [1, CHUNK_BYTES_MAX, CHUNK_BYTES_MAX + 1, 3 * CHUNK_BYTES_MAX])
def test_a_long_message_is_sent_in_chunks(size: int) -> None:
    [row] = Answer(unpack, bytearray()).rows(chunked(packed(RECORD, ["x" * size])))

    assert row == ["x" * size]


def test_all_records_are_asked_for() -> None:
    assert chunked(packed(0x3F, {"n": -1})) == PULL_ALL
