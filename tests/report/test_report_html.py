from __future__ import annotations

import base64
import hashlib
import itertools
import re
from dataclasses import replace

import pytest
from newsroom import allowed, changed, comparison, document, entry, newsroom, settled_newsroom, with_families
from page_reader import Page

from compare.families.gathered import Direction
from compare.model import (
    Cluster,
    Evidence,
    Holder,
    Judged,
    Kind,
    Mark,
    Match,
    Member,
    Repeated,
    Report,
    Skipped,
    Span,
    State,
    Verdict,
)
from compare.report.html import app_page, pages, pair_page
from compare.report.links import pair_file_name
from compare.report.segments import body_start

PAYLOADS = (
    "<script>HOSTILE()</script>", "</script><script>HOSTILE()</script>", "<img src=x onerror=HOSTILE()>",
    '"><svg onload=HOSTILE()>', "'><svg onload=HOSTILE()>", "</title><script>HOSTILE()</script>",
    "</style><script>HOSTILE()</script>", "<!--><script>HOSTILE()</script>", "--><script>HOSTILE()</script>",
    "javascript:HOSTILE()", '" onmouseover="HOSTILE()', "' autofocus onfocus='HOSTILE()", "{{ HOSTILE }}",
    "{% HOSTILE %}", "<iframe srcdoc=HOSTILE>", "<base href=//HOSTILE.example/>", "&lt;HOSTILE&gt;&#60;b&#62;",
    "<meta http-equiv=refresh content=0;url=//HOSTILE>", "\x00<\x00script>HOSTILE\u202e", "<![CDATA[<HOSTILE>]]>",
)  # fmt: skip
PLACES = ("id", "title", "text", "author", "source", "license", "language", "published", "published_from", "rest",
          "path", "accepted", "grown")  # fmt: skip
TAGS = {
    "html",
    "head",
    "meta",
    "title",
    "link",
    "style",
    "body",
    "a",
    "header",
    "nav",
    "p",
    "span",
    "h1",
    "h2",
    "h3",
    "main",
    "section",
    "details",
    "summary",
    "div",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "dl",
    "dt",
    "dd",
    "del",
    "ins",
    "article",
    "footer",
    "bdi",
    "ol",
    "ul",
    "li",
    "svg",
    "rect",
    "blockquote",
    "strong",
    "code",
}
ATTRIBUTES = {
    "lang",
    "charset",
    "http-equiv",
    "content",
    "name",
    "rel",
    "href",
    "class",
    "id",
    "aria-label",
    "aria-labelledby",
    "aria-hidden",
    "open",
    "tabindex",
    "role",
    "scope",
    "colspan",
    "title",
    "dir",
    "viewbox",
    "preserveaspectratio",
    "focusable",
    "x",
    "y",
    "width",
    "height",
}
LINK = re.compile(r"#(main|[ab]-\d+)|index\.html|pair-[0-9a-f]{12}\.html|data:,")


def pair_pages(report: Report) -> list[str]:
    return [text for name, text in pages(report) if name != "index.html"]


def hostile(payload: str, place: str) -> Report:
    text = payload if place == "text" else "Some plain words."
    fields = {} if place in {"id", "text", "rest", "accepted", "grown"} else {place: payload}
    first = replace(document("one" if place != "id" else payload, text), **fields)
    second = replace(document("two" if place != "id" else "z" + payload, text), **fields)
    whole = Span(0, len(text))
    pair = comparison(
        first.id, second.id, Verdict.DERIVED, reused_a=0.5,
        matches=(Match(whole, whole, Kind.EDITED, 0.5, (Mark.DRIFT,)),),
        evidence=Evidence((), 3, 3, 5, 0, 1, 0, 0),
    )  # fmt: skip
    rest = payload if place == "rest" else "plain"
    report = Report(
        (first, second), (pair,), (Cluster(first.id, rest, (Member(second.id, first.id, rest, rest),)),),
        (Repeated(rest, 3, (Holder(first.id, whole),)),), (Skipped(rest, rest),), {rest: 3}, {rest: rest},
    )  # fmt: skip
    said = replace(entry(by=payload, note=payload, expires=payload), date=payload, starts=payload)
    report = with_families(report)
    return allowed(report, Judged(State(place), payload, (said,))) if place in set(State) else report


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_element_or_attribute_comes_from_the_input(payload: str, place: str) -> None:
    for text in pair_pages(hostile(payload, place)):
        page = Page(text)
        assert {tag for tag, _ in page.elements} <= TAGS
        assert {name for _, values in page.elements for name in values} <= ATTRIBUTES
        assert not any("HOSTILE" in value for _, values in page.elements for value in values.values())
        assert all(map(LINK.fullmatch, page.attributes("href")))
        assert payload not in text or not set(payload) & set("<>\"'&\x00")


def test_a_template_in_the_input_is_shown_and_not_run() -> None:
    assert "{{ HOSTILE }}" in app_page(hostile("{{ HOSTILE }}", "title"))


def test_the_policy_allows_the_pages_own_style_and_nothing_else() -> None:
    for text in pair_pages(newsroom()):
        page = Page(text)
        digest = base64.b64encode(hashlib.sha256(page.style.encode()).digest()).decode()
        assert page.metas()["Content-Security-Policy"] == (
            f"default-src 'none'; style-src 'sha256-{digest}'; script-src 'none'; img-src data:; "
            "base-uri 'none'; form-action 'none'"
        )
        assert not re.search(r"url\(|@import|</", page.style)


def test_a_page_asks_for_nothing() -> None:
    for text in pair_pages(newsroom()):
        assert not re.search(r"https?:|src=", text.replace("src=x", ""))


def test_both_sides_show_their_whole_text_without_the_front_matter() -> None:
    report = newsroom()
    by_id = {item.id: item for item in report.documents}
    for pair in report.comparisons:
        left = Direction.of(report.documents, report.words).before(pair)
        sides = [by_id[name] for name in ((pair.b, pair.a) if left == "b" else (pair.a, pair.b))]
        assert Page(pair_page(report, pair)).shown == [item.text[body_start(item) :] for item in sides]


def test_passages_link_to_each_other_and_every_link_has_its_target() -> None:
    report = newsroom()
    page = Page(pair_page(report, report.comparisons[1]))
    ids = page.attributes("id")
    assert len(ids) == len(set(ids))
    assert {f"{side}-{number}" for side in "ab" for number in range(1, 8)} <= set(ids)
    assert all(link[1:] in ids for link in page.attributes("href") if link.startswith("#"))


def test_changed_words_are_marked_on_their_own_side() -> None:
    report = newsroom()
    changed = Page(pair_page(report, report.comparisons[1])).changed
    assert ("del", "4.2") in changed, "the wire is a day older"
    assert ("ins", "4.3") in changed


def test_a_pair_without_passages_still_shows_both_texts() -> None:
    report = newsroom()
    bare = replace(report.comparisons[1], matches=())
    text = pair_page(report, bare)
    assert all(len(shown) > 500 for shown in Page(text).shown)
    assert "No corresponding passages" in text


def test_distinct_pairs_have_no_page() -> None:
    report = newsroom()
    pair = replace(report.comparisons[0], verdict=Verdict.DISTINCT)
    assert [name for name, _ in pages(changed(report, comparisons=(pair,)))] == ["index.html"]


def test_an_empty_report_is_a_page() -> None:
    assert "0 articles: no story needs a look." in app_page(Report((), (), (), (), (), {}, {}))


def test_headings_are_in_order_and_there_is_one_first() -> None:
    for text in pair_pages(newsroom()):
        levels = [int(tag[1]) for tag, _ in Page(text).elements if re.fullmatch("h[1-6]", tag)]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_a_language_is_set_only_if_it_is_one() -> None:
    report = hostile("de-AT", "language")
    assert Page(pair_page(report, report.comparisons[0])).attributes("lang") == ["en", "de-AT", "de-AT"]


def test_a_page_is_named_by_both_ids_in_their_order() -> None:
    found = {pair_file_name(comparison(a, b, Verdict.DERIVED)) for a, b in ["ab", "ba", ("a", "bb"), ("ab", "b")]}
    assert len(found) == 4
    assert all(re.fullmatch(r"pair-[0-9a-f]{12}\.html", name) for name in found)


def test_the_page_of_a_pair_says_what_was_accepted_or_why_it_is_open_again() -> None:
    report = settled_newsroom()
    same, edited, story = (re.sub(r"<[^>]*>", "", pair_page(report, one)) for one in report.comparisons)
    assert "Accepted: wire, by Ida, 2026-11-23 — AP, licensed until further notice" in same
    assert "Open again: 38 words were accepted, 61 are reused now" in edited
    assert "correction, by Bo, 2026-11-23, until 2027-01-31" in edited
    assert "Accepted" not in story
    assert "accept" not in re.sub(r"(?s)<style>.*?</style>", "", pair_page(newsroom(), newsroom().comparisons[1]))


@pytest.mark.parametrize(("place", "given"), [("grown", True), ("rest", True), ("accepted", False)])
def test_the_page_of_a_pair_that_is_open_gives_the_command_that_accepts_it(place: str, given: bool) -> None:  # noqa: FBT001
    report = hostile("plain", place)
    page = pair_page(report, report.comparisons[0])
    assert ("<code>compare accept one two --reason …</code>" in page) == given
    long = replace(report, documents=tuple(replace(one, path="x" * 200) for one in report.documents))
    assert "<code>" not in pair_page(long, long.comparisons[0])


def test_without_its_script_the_first_page_links_to_what_is_not_accepted() -> None:
    shown = app_page(settled_newsroom()).partition("<noscript>")[2].partition("</noscript>")[0]
    assert "1 story needs a look." in shown
    assert pair_file_name(settled_newsroom().comparisons[1]) in shown
    assert pair_file_name(settled_newsroom().comparisons[0]) not in shown


def test_a_changed_fact_and_who_is_quoted_stand_in_the_table() -> None:
    report = newsroom()
    text = pair_page(report, report.comparisons[1])
    told = ": <bdi>4.3 million</bdi> · <bdi>harbour-wire.md</bdi>: <bdi>4.2 million</bdi> (number)"
    assert f"<bdi>harbour-daily.md</bdi>{told}" in text
    assert "quoted: <bdi>Marian Oduya</bdi>" in text
