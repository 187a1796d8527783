"""What a match is called for its quotations: its marks, who speaks, and the drift of a name."""

from __future__ import annotations

import pytest
from labels import drifted, labelled, placed
from prose import SAID

from compare.align.prepare import prepare
from compare.model import Kind, Mark
from compare.quotations.labels import marks


def quoted_words(inside: int) -> str:
    """Ten words, the first of them in quotation marks."""
    words = "the last ferry sails at dawn from our northern quay".split()  # noqa: SIM905
    return " ".join(["“" + " ".join(words[:inside]) + "”", *words[inside:]]) if inside else " ".join(words)


@pytest.mark.parametrize(
    ("inside", "mark"),
    [((10, 10), (Mark.QUOTE,)), ((8, 10), (Mark.QUOTE,)), ((8, 8), (Mark.QUOTE,)), ((7, 10), ()), ((10, 0), ())],
)
def test_a_match_is_a_quotation_from_four_words_in_five_in_marks_on_both_sides(
    inside: tuple[int, int], mark: tuple[Mark, ...]
) -> None:
    for shares in (inside, inside[::-1]):
        texts = prepare(quoted_words(shares[0])), prepare(quoted_words(shares[1]))
        assert [int(text.quoted.sum()) for text in texts] == list(shares)
        assert marks(placed(texts, (0, 10), (0, 10)), *texts, ()) == mark
        assert marks(placed(texts, (0, 10), (0, 10), Kind.RELATED), *texts, ()) == ()


def test_a_match_has_the_marks_of_its_quotations_and_names_the_first_speaker() -> None:
    text = f"The board met at noon. “{SAID},” said Ilse Marten. It was late by then."
    (lost,) = labelled(text, text.replace("“", "").replace("”", ""))
    assert (lost.marks, lost.speaker) == ((Mark.UNQUOTED,), "Ilse Marten")
    (changed,) = labelled(f"“{SAID},” said Ilse Marten.", f"“{SAID.replace('single', 'big')},” said Ilse Marten.")
    assert Mark.ALTERED in changed.marks
    (kept,) = labelled(f"“{SAID},” said Ilse Marten.", f"It was noon. “{SAID},” he said.")
    assert (kept.marks, kept.speaker) == ((Mark.QUOTE,), "Ilse Marten")


def test_the_same_words_in_another_mouth_are_a_name_drift() -> None:
    a, b = f"All was calm. “{SAID},” said Ilse Marten.", f"Rain fell. “{SAID},” said Tove Brandt."
    assert drifted(a, b) == [("name", "Ilse Marten", "Tove Brandt")]
    assert drifted(a, f"Rain fell. “{SAID},” said Mayor Marten.") == []
    assert drifted(a, f"Rain fell. Ilse Marten was angry. “{SAID}.” Bob Rowe said he would not comment.") == []
    copied = f"All was calm. “{SAID},” said Tove Brandt."
    assert drifted(a, copied) == [("name", "Ilse Marten", "Tove Brandt")]
