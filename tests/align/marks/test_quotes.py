"""Passages in quotation marks: kept, lost, how much of them must be inside, and who is quoted."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from labels import drifted, labelled, placed
from prose import SAID

from compare.align.marks.label import marked
from compare.align.marks.quotes import quotation
from compare.align.prepare import prepare
from compare.model import Kind, Mark, Match

WORDS = "Wir schließen die letzte Fähre nicht, solange eine einzige Familie auf der Insel auf sie angewiesen ist"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (f"“{SAID},” said Ilse Marten on Monday.", "Ilse Marten"),
        (f"“{SAID},” said the head of the board, Ilse Marten.", "Ilse Marten"),
        (f"“{SAID},” Ilse Marten, the mayor, said.", "Ilse Marten"),
        (f'Ilse Marten said: "{SAID}."', "Ilse Marten"),
        (f"According to Ilse Marten, “{SAID}.”", "Ilse Marten"),
        (f"“{SAID},” said the mayor.", ""),
        (f"“{SAID},” she said.", ""),
        (f"She was late. She said: “{SAID}.”", ""),
        (f"Er kam spät. Er sagte: „{WORDS}.“", ""),
        (f"Mayor of the town. Mayor said: “{SAID}.”", ""),
        (f"The board met. “{SAID}.” The sea was calm.", ""),
        (f"„{WORDS}“, sagte Bürgermeisterin Ilse Marten.", "Bürgermeisterin Ilse Marten"),
        (f"»{WORDS}«, sagte Ilse Marten.", "Ilse Marten"),
        (f"« {SAID} », a déclaré Ilse Marten.", "Ilse Marten"),
        (f"«{SAID}», dijo Ilse Marten.", "Ilse Marten"),
        (f"«{SAID}», — заявил Иван Петров.", "Иван Петров"),
        ("王芳说：“只要岛上还有一个家庭靠它生活，我们就不会关闭最后一条轮渡航线，也不会减少班次。”", "王芳"),
        ("قال علي حسن: «لن نغلق آخر خط للعبارات ما دامت عائلة واحدة في الجزيرة تعتمد عليه في رزقها».", "علي حسن"),
        ("सीमा राव ने कहा, “जब तक द्वीप पर एक भी परिवार इस नौका पर निर्भर है, हम इसे बंद नहीं करेंगे।”", "सीमा राव"),
    ],
)
def test_who_is_quoted_is_named_where_it_is_plain(text: str, speaker: str) -> None:
    quotes = [match for match in labelled(text, text) if match.kind.is_reuse]
    inside = prepare(text).quoted
    part = replace(quotes[0], operations=_only(quotes[0], inside))
    (found,) = marked([part], prepare(text), prepare(text))
    assert (found.marks, found.speaker) == ((Mark.QUOTE,), speaker)


def _only(match: Match, inside: np.ndarray) -> tuple:  # type: ignore[type-arg]
    """The first operation cut to the quoted tokens."""
    start, stop = np.flatnonzero(inside)[[0, -1]].tolist()
    step = match.operations[0]
    return (replace(step, tokens_a=type(step.a)(start, stop + 1), tokens_b=type(step.b)(start, stop + 1)),)


@pytest.mark.parametrize("marks", ["“”", "„“", "«»", "»«", '""', "「」", "‘’"])
def test_every_kind_of_quotation_mark_is_seen_kept_and_lost(marks: str) -> None:
    text = f"The board met. {marks[0]}{SAID}{marks[1]}, said Ilse Marten."
    (kept,) = labelled(text, f"Nothing was new. {marks[0]}{SAID}{marks[1]}, said the board.")
    assert (kept.marks, kept.speaker) == ((Mark.QUOTE,), "Ilse Marten")
    (lost,) = labelled(text, f"Nothing was new. {SAID}, it was announced at noon.")
    assert (lost.marks, lost.speaker) == ((Mark.UNQUOTED,), "Ilse Marten")


def test_the_same_words_in_another_mouth_are_a_name_drift() -> None:
    a, b = f"All was calm. “{SAID},” said Ilse Marten.", f"Rain fell. “{SAID},” said Tove Brandt."
    assert drifted(a, b) == [("name", "Ilse Marten", "Tove Brandt")]
    assert drifted(a, f"Rain fell. “{SAID},” said Mayor Marten.") == []


def quoted_words(inside: int) -> str:
    """Ten words, the first of them in quotation marks."""
    words = "the last ferry sails at dawn from our northern quay".split()  # noqa: SIM905
    return " ".join(["“" + " ".join(words[:inside]) + "”", *words[inside:]]) if inside else " ".join(words)


@pytest.mark.parametrize(
    ("inside", "mark"),
    [
        ((10, 10), Mark.QUOTE), ((8, 10), Mark.QUOTE), ((8, 8), Mark.QUOTE), ((7, 10), None), ((7, 7), None),
        ((10, 0), Mark.UNQUOTED), ((8, 0), Mark.UNQUOTED), ((7, 0), None), ((8, 2), Mark.UNQUOTED), ((8, 3), None),
    ],
)  # fmt: skip
def test_a_quotation_is_four_words_in_five_in_quotation_marks_and_a_lost_one_is_one_in_five_on_the_other_side(
    inside: tuple[int, int], mark: Mark | None
) -> None:
    for shares in (inside, inside[::-1]):
        texts = prepare(quoted_words(shares[0])), prepare(quoted_words(shares[1]))
        assert [int(text.quoted.sum()) for text in texts] == list(shares)
        assert quotation(placed(texts, (0, 10), (0, 10)), *texts) is mark
        assert quotation(placed(texts, (0, 10), (0, 10), Kind.RELATED), *texts) is None
