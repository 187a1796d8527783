"""What is no change of quoted words."""

from __future__ import annotations

import pytest

from compare.quotations.notation import is_bracketed, is_masked, is_notation, shows_a_cut


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("health care", "healthcare", True), ("it’s", "its", True), ("it’s", "it is", True),
        ("gettin’", "getting", True),
        ("we’d", "we would", True), ("we’d", "we had", True), ("colour", "color", True), ("organise", "organize", True),
        ("twenty", "20", True), ("um", "", True), ("etc", "et cetera", True), ("going to", "gonna", True),
        ("can’t", "can", False), ("we", "we would", False), ("four", "five", False),
        ("Kiev", "Kyiv", True), ("Mr Müller’s", "Mr Mueller’s", True),
        ("Russia", "Russian", False), ("wine", "vine", False), ("judgement", "judgment", True),
        ("four", "for", False),
        ("would", "had", False), ("not", "", False), ("red", "", False),
    ],
)  # fmt: skip
def test_spelling_contractions_and_pauses_are_notation(first: str, second: str, same: bool) -> None:  # noqa: FBT001
    assert is_notation(first.split(), second.split()) is same
    assert is_notation(second.split(), first.split()) is same


def test_masks_brackets_and_ellipses_are_shown_changes() -> None:
    assert is_masked(" a sh—load of ".replace(" a ", "").replace(" of ", ""), "shitload")
    assert not is_masked(" — ", "word")
    assert is_bracketed(" [the mayor], ")
    assert not is_bracketed(" with (the ")
    assert shows_a_cut(" . . . ")
    assert not shows_a_cut(". ")
