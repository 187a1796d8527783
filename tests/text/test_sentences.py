from __future__ import annotations

import time
from itertools import pairwise

import pytest
from examples import examples, length
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.model import Span
from compare.text.sentences import paragraphs, sentences
from compare.text.tokens import tokenize


def split(text: str, muted: tuple[Span, ...] = ()) -> list[str]:
    return [text[start:stop] for start, stop in sentences(text, muted)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("Gen. Smith met Dr. J. K. Lee. They left.", ["Gen. Smith met Dr. J. K. Lee.", "They left."]),
        ("The U.S. Senate voted. Then it rose.", ["The U.S. Senate voted.", "Then it rose."]),
        ("He lives in the U.S. The firm does not.", ["He lives in the U.S.", "The firm does not."]),
        ("On Jan. 5 No. 7 cost 4.2 million. It fell.", ["On Jan. 5 No. 7 cost 4.2 million.", "It fell."]),
        ("Some fruit, e.g. Apples, is cheap. Buy it.", ["Some fruit, e.g. Apples, is cheap.", "Buy it."]),
        ("Did he agree? No. The talks failed.", ["Did he agree?", "No.", "The talks failed."]),
        ("“We won.” He left. “Good!” she said.", ["“We won.”", "He left.", "“Good!” she said."]),
        ('"We won." He left.', ['"We won."', "He left."]),
        ("Well … that is it. Done.", ["Well … that is it.", "Done."]),
        ("Das gilt z. B. Montag bzw. Nr. 6. Es regnet.", ["Das gilt z. B. Montag bzw. Nr. 6.", "Es regnet."]),
        ("Er kam am 3. Oktober. Es regnete.", ["Er kam am 3. Oktober.", "Es regnete."]),
        ("桥已关闭。市长说:“周一重开。”居民不满!", ["桥已关闭。", "市长说:“周一重开。”", "居民不满!"]),
        ("هل أغلق الجسر؟نعم. انتهى", ["هل أغلق الجسر؟", "نعم.", "انتهى"]),
        ("पुल बंद है।मेयर ने कहा।", ["पुल बंद है।", "मेयर ने कहा।"]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert split(text) == expected


def test_a_wrapped_line_does_not_end_a_sentence() -> None:
    text = (
        "The council voted on Monday to close\nHarbour Bridge for repairs that will\n"
        "Cost the city four million. Drivers\nWill have to take the tunnel."
    )
    assert [one.replace("\n", " ") for one in split(text)] == [
        "The council voted on Monday to close Harbour Bridge for repairs that will Cost the city four million.",
        "Drivers Will have to take the tunnel.",
    ]


def test_headline_byline_and_caption_on_their_own_lines_are_sentences() -> None:
    text = (
        "Bridge to close for repairs\nBy Jane Roe\nPhoto: the bridge at dusk\n"
        "The council voted on Monday to close Harbour Bridge for repairs that will cost the city four million."
    )
    assert split(text)[:3] == ["Bridge to close for repairs", "By Jane Roe", "Photo: the bridge at dusk"]


def test_a_line_that_goes_on_in_lower_case_belongs_to_the_line_before() -> None:
    assert split("A stray line\nbreak in a long sentence.") == ["A stray line\nbreak in a long sentence."]


def test_a_blank_line_always_ends_a_sentence() -> None:
    assert split("no end here\r\n\r\nnor here\n \nlast") == ["no end here", "nor here", "last"]


def test_items_of_a_list_are_sentences() -> None:
    assert split("To do\n- Buy milk and bread\n- Call the bank") == ["To do", "- Buy milk and bread", "- Call the bank"]


def test_muted_spans_are_seen_through_and_front_matter_yields_nothing() -> None:
    text = "title: X\n\n**Done.** Next one."
    assert split(text, (Span(0, 8), Span(10, 12), Span(17, 19))) == ["Done.", "Next one."]


def test_paragraphs_are_trimmed_and_parted_by_blank_lines() -> None:
    text = "\n\n  One\nmore \n\t\nTwo\r\n\r\nThree"
    assert [text[start:stop] for start, stop in paragraphs(text)] == ["One\nmore", "Two", "Three"]


_PIECES = st.sampled_from(
    [
        "a",
        "The",
        "U.S.",
        "4.2",
        ". ",
        ".",
        "! ",
        "\n",
        "\n\n",
        "\r\n",
        " ",
        '"',
        "“",
        "”",
        "’",
        "。",
        "؟",
        "।",
        "字",
        "é",
        "- ",
    ]
)


@settings(max_examples=examples(300))
@given(st.one_of(st.lists(_PIECES, max_size=40).map("".join), st.text(max_size=60)))
def test_sentences_are_ordered_and_trimmed_and_hold_every_token_once(text: str) -> None:
    spans = sentences(text)
    assert all(a.stop <= b.start for a, b in pairwise(spans))
    assert all(text[start:stop].strip() == text[start:stop] != "" for start, stop in spans)
    tokens = tokenize(text)
    for start, stop in zip(tokens.starts.tolist(), tokens.stops.tolist(), strict=True):
        assert sum(span.start <= start and stop <= span.stop for span in spans) == 1


@pytest.mark.parametrize("piece", ["a.", "\n", '"', "“", ".", "A. ", "a\n", " \n", "‘a", "。”", "!)"])
def test_hostile_input_is_split_in_linear_time(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        begin = time.process_time()
        sentences(text)
        return time.process_time() - begin

    least = min(seconds(length(200_000)) for _ in range(3))  # what a busy machine adds is not counted
    assert least < 8 * seconds(length(50_000)) + 0.3
