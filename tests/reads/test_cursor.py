"""Cursors: what is written is read back; anything else is refused."""

import base64

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_service.errors import BadInput
from graph_service.reads.cursor import decode_cursor, encode_cursor

ORDER = ("name", "id")


@given(st.lists(st.text(), min_size=2, max_size=2))
def test_a_cursor_gives_back_the_keys_it_was_made_of(values: list[str]) -> None:
    assert decode_cursor(encode_cursor(ORDER, values), ORDER) == values


@given(st.text())
def test_any_other_text_is_refused_with_the_text_in_the_message(text: str) -> None:
    with pytest.raises(BadInput, match="after must be a cursor"):
        decode_cursor(text, ORDER)


@pytest.mark.parametrize("content", [[["id"], ["x"]], [["name", "id"], ["x"]], [["name", "id"], ["x", 1]], {}, None, 1])
def test_a_cursor_of_another_order_or_shape_is_refused(content: object) -> None:
    text = base64.urlsafe_b64encode(orjson.dumps(content)).decode()
    with pytest.raises(BadInput, match="after must be a cursor"):
        decode_cursor(text, ORDER)
