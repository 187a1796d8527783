"""What is damage and what a writer meant; how it is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.model import Decoding, Document
from compare.pipeline.plan import compare_pair
from compare.settings import Settings
from compare.sources.damage import damage, mended
from compare.text.tokens import TRACE, body, clean, folded

SETTINGS = Settings()
SOLD = (
    "The mayor said: “We won’t sell the old site for less than £5 million – not a penny less.” The café’s owner "
    "didn’t agree, and she isn’t alone."
)


def read(text: str) -> str:
    """A text as it is read, without what stands in words for nothing, and without blanks."""
    return unspaced(clean(body(mended(Document("a", text)))))


def unspaced(text: str) -> str:
    return "".join(text.split())


def in_page(text: str, page: str) -> str:
    """A text whose UTF-8 was read in a page; bytes that the page has not become U+FFFD."""
    return text.encode().decode(page, "replace")


@pytest.mark.parametrize("page", ["cp1252", "latin-1"])
def test_utf_8_in_another_encoding_is_read_as_it_was_meant(page: str) -> None:
    broken = in_page(SOLD, page)
    assert read(broken) == unspaced(SOLD)
    assert mended(Document("a", broken)).decoding == Decoding("utf-8", mojibake=9 if page == "cp1252" else 8)
    found = compare_pair(Document("a", SOLD), mended(Document("b", broken)), SETTINGS)
    assert (found.verdict, found.jaccard) == ("near-duplicate", 1)


@pytest.mark.parametrize(
    ("meant", "page"),
    [
        ("Die Müller aus der Größe, für Übung", "cp1252"),
        ("Президент сказал, что мир будет", "cp1251"),
        ("Президент сказал, что мир будет", "latin-1"),
        ("Από την Αθήνα", "latin-1"),
        ("été à Genève", "latin-1"),
        ("for £ș", "cp1252"),
        ("北京的天气很好", "latin-1"),
    ],
)
def test_mojibake_of_many_languages_is_read(meant: str, page: str) -> None:
    assert read(in_page(meant, page)) == unspaced(meant)


def test_mojibake_of_mojibake_and_lost_blanks_are_read() -> None:
    assert read(in_page(in_page("don’t, won’t", "cp1252"), "cp1252")) == "don’t,won’t"
    assert read("voilÃ  la fÃªte Ã  Paris") == "voilàlafêteàParis"


@pytest.mark.parametrize(
    "text",
    [
        "CAFÉ» und Spaß“ und voilà\u00a0», É… À\u00a0Paris, «ALLÉ»",
        "São João, à noite: ÀS 5; Ã", "Привет, мир. Россия и Сибирь", "AT&T and R&D; fish & chips; &c;",
        "One &amp; only", "a well-\nknown man", "A-\nB", "10-\n20 people and 10-\n20 more", "He said -\nno", "",
        "From 10:00 --> 11:00", "café naïve façade – “so”…", "Đà Nẵng, Ấn Độ",
    ],
)  # fmt: skip
def test_what_a_writer_may_have_meant_stays(text: str) -> None:
    assert damage(text).meant == ()


def test_entities_in_plain_text_are_characters_and_told() -> None:
    text = "&quot;We won&#8217;t&quot;, she said of the caf&eacute; &amp; its &pound;5 &amp;ndash; bill"
    assert read(text) == unspaced('"We won’t", she said of the café & its £5 – bill')
    assert mended(Document("a", text)).decoding == Decoding("utf-8", entities=7)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It came on Thurs-\nday to the north-\r\nern win-\n ter", "it came on thursday to the northern winter"),
        ("The breakwater, the break-\nwater\nand\nso\non", "the breakwater the breakwater and so on"),
        ("A har\u00ad\nbour\nand\nso", "a harbour and so"),
        ("1\n00:00:01,000 --> 00:00:02,000\nWe go\n\n2\n00:00:03,000 --> 00:00:04,500\non", "we go on"),
    ],
)
def test_what_parts_words_and_sentences_is_read_over(text: str, words: str) -> None:
    document = mended(Document("a", text))
    assert folded(body(document)) == words.split()
    assert document.decoding is None


@given(st.text(alphabet="Ãâ€™©Â£ a&;#8217amp-\n\r\u00ad10:,>", max_size=40))
def test_signs_stand_apart_inside_the_text_and_are_no_longer_than_their_places(text: str) -> None:
    end = 0
    for start, stop, sign in damage(text).meant:
        assert end <= start < stop <= len(text)
        assert len(sign) <= stop - start
        end = stop
    assert len(body(mended(Document("a", text)))) == len(text)
    assert sum(sign.text.count(TRACE) for sign in damage(text).meant) <= 1
