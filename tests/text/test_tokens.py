from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from compare.kernels import reference
from compare.model import Document, Span
from compare.text.tokens import body, folded, readable, tokenize

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


def test_a_muted_span_ends_a_token_and_yields_none() -> None:
    text = "see [the map](http://example.org) now"
    found = tokenize(text, [Span(12, 33), Span(4, 5)])
    assert [text[a:b] for a, b in zip(found.starts, found.stops, strict=True)] == ["see", "the", "map", "now"]
    assert folded("one two", [Span(1, 6)]) == ["o", "o"]
    assert body(Document("d", "# Ferry", muted=(Span(0, 2),))) == "  Ferry"


@given(texts, st.lists(spans, max_size=5))
def test_muting_keeps_every_position_and_blanks_exactly_the_spans(text: str, muted: list[Span]) -> None:
    muted = [Span(min(a, len(text)), min(b, len(text))) for a, b in muted]
    blanked = readable(text, muted)
    inside = {place for start, stop in muted for place in range(start, stop)}
    assert blanked == "".join(" " if place in inside else char for place, char in enumerate(text))


@given(texts, st.lists(spans, max_size=3))
def test_the_words_are_those_of_the_tokens(text: str, muted: list[Span]) -> None:
    muted = [Span(min(a, len(text)), min(b, len(text))) for a, b in muted]
    assert [reference.word_hash(word) for word in folded(text, muted)] == tokenize(text, muted).hashes.tolist()
