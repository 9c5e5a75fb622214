"""Cursors: what is written is read back; anything else is refused."""

import base64

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_service.errors import BadInput
from graph_service.reads.cursor import decode_cursor, encode_cursor

ORDER = ("name", "id")


KEYS = st.none() | st.text() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)


@given(st.tuples(KEYS, st.text()).map(list))
def test_a_cursor_gives_back_the_keys_it_was_made_of(values: list[str]) -> None:
    assert decode_cursor("after", encode_cursor(ORDER, values), ORDER) == values


@given(st.text())
def test_any_other_text_is_refused_with_the_text_in_the_message(text: str) -> None:
    with pytest.raises(BadInput, match="after must be a cursor"):
        decode_cursor("after", text, ORDER)


BROKEN = [[["id"], ["x"]], [["name", "id"], ["x"]], [["name", "id"], ["x", 1]], [["name", "id"], [True, "x"]], {}, 1]


@pytest.mark.parametrize("content", BROKEN)
def test_a_cursor_of_another_order_or_shape_is_refused(content: object) -> None:
    text = base64.urlsafe_b64encode(orjson.dumps(content)).decode()
    with pytest.raises(BadInput, match="after must be a cursor"):
        decode_cursor("after", text, ORDER)
