"""Names: what a misspelt word meant, and text in the quotes of TOML."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.wording.escape import meant, quoted

KNOWN = ("shingle", "fail_on", "warn_on", "seed")


@pytest.mark.parametrize(
    ("word", "known"),
    [("shingel", "shingle"), ("fail-on", "fail_on"), ("seeds", "seed"), ("zzz", ""), ("", ""), ("q" * 10_000, "")],
)
def test_the_nearest_known_word_is_meant_and_none_where_nothing_is_near(word: str, known: str) -> None:
    assert meant(word, KNOWN) == known


def test_of_no_words_none_is_meant() -> None:
    assert meant("shingle", ()) == ""


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_quoted_text_is_one_printed_line_of_toml_that_reads_as_the_text(text: str) -> None:
    assert tomllib.loads(f"key = {quoted(text)}") == {"key": text}
    assert not any(char in quoted(text) for char in "\n\r\t\x1b\x85\u2028\u202e\u200b")
