"""Saved pages: what their reader reads of them."""

from __future__ import annotations

import pytest

pytest.importorskip("resiliparse", reason="compare[documents] is not installed")
from compare.documents.extracted import BlankError, Limits, Stated
from compare.documents.html import decoded, extract
from compare.vocabulary import ExtractionNote, Provenance

LIMITS = Limits()
TEXT = "The ferry left the old harbour at nine with forty passengers, a lorry of apples and one goat, and it came back."
PROSE = f"<p>{TEXT}</p>"


def page(body: str, head: str = "") -> bytes:
    return (
        f"<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>".encode()
    )


def text_of(body: str) -> str:
    return extract(page(body), LIMITS).text


@pytest.mark.parametrize(
    "aside",
    [
        "<nav><ul><li><a href='/'>Home</a></li></ul></nav>",
        "<div id='cookie-banner'><p>We count our readers with cookies.</p></div>",
        "<div class='share'><a href='x'>Share</a></div>",
        "<div role='dialog'>Subscribe now</div>",
        "<p hidden>Unseen</p>",
        "<script>let a = 'unseen';</script><style>p { color: red }</style>",
        "<footer><p>© The Courier. All rights reserved.</p></footer>",
    ],
)
def test_what_stands_beside_an_article_is_not_read(aside: str) -> None:
    assert text_of(f"<main><article>{PROSE}{aside}</article></main>") == TEXT
    assert text_of(f"{aside}<main><article>{PROSE}</article></main>{aside}") == TEXT


def test_lists_quotations_and_headings_are_read_in_order() -> None:
    quoted = "<blockquote><p>The sea has no quorum.</p></blockquote>"
    listed = "<ul><li>one boat</li><li>two goats</li></ul>"
    read = text_of(f"<article>{PROSE}<h2>Who came</h2>{listed}{quoted}<p>That is all.</p></article>")
    assert read.replace("\n\n", "\n").split("\n") == [
        TEXT, "Who came", "one boat", "two goats", "The sea has no quorum.", "That is all.",
    ]  # fmt: skip


def test_marks_of_footnotes_are_no_words() -> None:
    marked = PROSE.replace("goat,", "goat<sup class='reference'><a href='#n1'>[1]</a></sup>,")
    assert text_of(f"<article>{marked}</article>") == TEXT


def test_a_body_whose_class_speaks_of_cookies_is_read_all_the_same() -> None:
    assert text_of(f"<div class='has-cookie-consent'>{PROSE}</div>") == TEXT


def test_a_page_without_an_article_is_read_whole_and_that_is_told() -> None:
    links = "".join(f"<li><a href='/{number}'>Goat number {number} on the quay</a></li>" for number in range(30))
    read = extract(page(f"<div><ul>{links}</ul></div>"), LIMITS)
    assert "Goat number 7" in read.text
    assert read.extraction.notes == (ExtractionNote.WHOLE_PAGE,)


def test_what_a_page_says_of_its_article_comes_from_the_best_place() -> None:
    head = (
        "<title>The pact | The Courier</title><link rel='canonical' href='https://a.example/pact'>"
        "<meta property='og:title' content='The pact holds'><meta property='og:site_name' content='The Courier'>"
        "<meta name='author' content='Desk'><script type='application/ld+json'>"
        '[{"@graph": [{"@type": ["NewsArticle"], "headline": "The pact",'
        '"author": [{"name": "Ana Roth"}, {"name": "Ola"}], "datePublished": "2024-03-18T09:00:00Z"}]}]</script>'
    )
    values = extract(page(f"<h1>The pact of May</h1>{PROSE}", head), LIMITS).values
    assert values == {
        "title": Stated("The pact", Provenance.LINKED_DATA),
        "author": Stated("Ana Roth, Ola", Provenance.LINKED_DATA),
        "date": Stated("2024-03-18T09:00:00Z", Provenance.LINKED_DATA),
        "source": Stated("The Courier", Provenance.OPEN_GRAPH),
        "url": Stated("https://a.example/pact", Provenance.PAGE_HEAD),
        "language": Stated("en", Provenance.PAGE_HEAD),
    }


@pytest.mark.parametrize("linked", ["", "{", "[" * 5000, '{"@type": "NewsArticle"}', '"a"', "[1, null]"])
def test_other_linked_data_say_nothing(linked: str) -> None:
    head = f"<title>The pact</title><script type='application/ld+json'>{linked}</script>"
    assert extract(page(PROSE, head), LIMITS).values["title"] == Stated("The pact", Provenance.PAGE_HEAD)


def test_two_articles_of_linked_data_say_nothing_of_one_text() -> None:
    two = '[{"@type": "Article", "headline": "A"}, {"@type": "Article", "headline": "B"}]'
    values = extract(page(PROSE, f"<script type='application/ld+json'>{two}</script>"), LIMITS).values
    assert "title" not in values


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("<meta charset='iso-8859-1'>„Café“".encode("cp1252"), "„Café“"),
        ("<?xml version='1.0' encoding='koi8-r'?>мир".encode("koi8-r"), "мир"),
        ("\ufeffCafé".encode("utf-16-le"), "Café"),
        ("Café".encode(), "Café"),
        ("Café".encode("latin-1"), "Café"),
        ("<meta charset='nonsense'>Café".encode(), "Café"),
        (b"<meta charset='utf-7'>+ADw-", "+ADw-"),
    ],
)
def test_bytes_are_read_as_browsers_read_them(raw: bytes, text: str) -> None:
    assert decoded(raw).endswith(text)


def test_a_page_that_compare_made_is_no_article() -> None:
    with pytest.raises(BlankError, match="a page that compare made"):
        extract(page(PROSE, '<meta name="generator" content="compare 1.2">'), LIMITS)


@pytest.mark.parametrize("body", ["", "<p> </p>", "<script>1</script>"])
def test_an_empty_page_is_said_to_be_so(body: str) -> None:
    with pytest.raises(BlankError):
        extract(page(body), LIMITS)
