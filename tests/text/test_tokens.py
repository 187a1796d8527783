from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.kernels import reference
from compare.model import Document, Meant, Span
from compare.text.tokens import FILLER, body, clean, folded, readable, tokenize, whole

texts = st.text(st.characters(exclude_categories=()), max_size=60)
spans = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda ends: Span(min(ends), max(ends)))


def test_spans_point_into_the_unaltered_text() -> None:
    text = "\ufeffDon’t pay 4.2\u00a0m: Café, ﬁn."
    found = tokenize(text)
    pieces = [text[a:b] for a, b in zip(found.starts, found.stops, strict=True)]
    assert pieces == ["Don’t", "pay", "4.2", "m", "Café", "ﬁn"]
    assert len(found) == 6


def test_ignorable_characters_belong_to_the_token_they_follow() -> None:
    text = "har\u00adbour\u200b x"
    found = tokenize(text)
    assert [text[a:b] for a, b in zip(found.starts, found.stops, strict=True)] == ["har\u00adbour\u200b", "x"]


def test_a_muted_span_yields_no_token_and_cuts_none_unless_white_space_stands_in_it() -> None:
    text = "see [the map](http://example.org) now"
    found = tokenize(text, [Span(12, 33), Span(4, 5)])
    assert [text[a:b] for a, b in zip(found.starts, found.stops, strict=True)] == ["see", "the", "map", "now"]
    assert folded("one two", [Span(1, 6)]) == ["o", "o"]
    assert folded("un*believ*able 1\\.5", [Span(2, 3), Span(9, 10), Span(16, 17)]) == ["unbelievable", "1.5"]
    assert body(Document("d", "# Ferry", muted=(Span(0, 2),))) == "  Ferry"


@given(texts, st.lists(spans, max_size=5))
def test_muting_keeps_every_position_and_blanks_exactly_the_spans(text: str, muted: list[Span]) -> None:
    muted = [Span(min(a, len(text)), min(b, len(text))) for a, b in muted]
    blanked = readable(text, muted)
    inside = {place for start, stop in muted for place in range(start, stop)}
    assert len(blanked) == len(text)
    for place, (char, seen) in enumerate(zip(text, blanked, strict=True)):
        assert seen in {" ", FILLER, *"\r\n\u2028\u2029"} if place in inside else seen in {char, " "}


@pytest.mark.parametrize(
    ("text", "meant", "seen", "words"),
    [
        ("M&uuml;ller", [Meant(1, 7, "ü")], "Müller", [(0, 11)]),
        ("&Uuml;ber uns", [Meant(0, 6, "Ü")], "Über uns", [(0, 9), (10, 13)]),
        ("caf&eacute;", [Meant(3, 11, "é")], "café", [(0, 11)]),
        ("caf&eacute;&#8217;s bar", [Meant(3, 11, "é"), Meant(11, 18, "’")], "café’s bar", [(0, 19), (20, 23)]),
        ("a&nbsp;b", [Meant(1, 7, " ")], "a b", [(0, 1), (7, 8)]),
        ("Thurs-\nday it", [Meant(5, 7, "")], "Thursday it", [(0, 10), (11, 13)]),
        ("a<br>b", [Meant(1, 5, " ")], "a b", [(0, 1), (5, 6)]),
    ],
)
def test_a_word_holds_the_whole_of_what_is_read_otherwise_in_it(
    text: str, meant: list[Meant], seen: str, words: list[tuple[int, int]]
) -> None:
    assert " ".join(clean(readable(text, (), meant)).split()) == seen
    found = tokenize(text, (), meant)
    assert list(zip(found.starts.tolist(), found.stops.tolist(), strict=True)) == words
    assert found.hashes.tolist() == tokenize(seen).hashes.tolist()


def test_a_currency_sign_stands_beside_its_figure_and_is_told_whole() -> None:
    meant = [Meant(3, 10, "£")]
    assert readable("It &pound;5", (), meant).endswith(" £5")
    assert whole(Span(9, 10), meant) == Span(3, 10)
    assert whole(Span(0, 11), meant) == Span(0, 11)
    assert whole(Span(2, 4), meant) == Span(2, 10)


@given(texts, st.lists(spans, max_size=3))
def test_the_words_are_those_of_the_tokens(text: str, muted: list[Span]) -> None:
    muted = [Span(min(a, len(text)), min(b, len(text))) for a, b in muted]
    assert [reference.word_hash(word) for word in folded(text, muted)] == tokenize(text, muted).hashes.tolist()
