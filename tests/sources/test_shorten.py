"""A row loses the pieces that it is to lose, and not one byte beside them."""

from __future__ import annotations

import json
from typing import Any

from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.model import Span
from compare.sources.shorten import shortened

VALUES = st.recursive(
    st.none() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=5,
)


@given(
    st.dictionaries(st.text(), VALUES, max_size=4), st.text(), st.booleans(), st.lists(st.integers(0, 20), max_size=4)
)
@settings(max_examples=examples(25))
def test_only_the_pieces_go(row: dict[str, Any], text: str, plain: bool, edges: list[int]) -> None:  # noqa: FBT001  # drawn
    text = text.encode("utf-8", "ignore").decode()
    places = sorted(min(edge, len(text)) for edge in edges[: len(edges) // 2 * 2])
    spans = [Span(*both) for both in zip(places[::2], places[1::2], strict=True)]
    line = json.dumps({**row, "text": text, "after": [row, "}"]}, ensure_ascii=not plain).encode("utf-8", "replace")
    at, left = 0, ""
    for start, stop in spans:
        left, at = left + text[at:start], stop
    shorter = shortened(line, "text", spans)
    assert shorter is not None
    assert json.loads(shorter) == {**json.loads(line), "text": left + text[at:]}
    if not spans:
        assert shorter == line


def test_a_path_goes_into_objects_unless_a_field_has_its_name() -> None:
    line = b'{"a": {"c": [{"b": "no"}], "b": "Long text"}, "b": "other"}'
    assert shortened(line, "a.b", [Span(4, 9)]) == line.replace(b"Long text", b"Long")
    assert shortened(b'{"a": {"b": "x"}, "a.b": "AB"}', "a.b", [Span(0, 1)]) == b'{"a": {"b": "x"}, "a.b": "B"}'
    assert shortened(line, "a.d", [Span(0, 1)]) is None


def test_of_a_key_that_stands_twice_the_last_one_counts_and_what_is_no_text_is_let_be() -> None:
    assert shortened(b' {"text":"A","text" : "B\\/C" }\n', "text", [Span(1, 2)]) == b' {"text":"A","text" : "BC" }\n'
    assert shortened(b'{"t\\u0065xt":"\\ud83d\\ude00A\xc3\xa9"}', "text", [Span(0, 1)]) == b'{"t\\u0065xt":"A\xc3\xa9"}'
    for line in (b'{"text": 1}', b'{"other": "text"}', b"[]", b'{"a": {"text": "x"', b'{"text": "short"}'):
        assert shortened(line, "text", [Span(3, 9)]) is None
