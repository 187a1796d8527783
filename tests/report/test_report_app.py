"""The first page as a file: what it may load and run, and that no input makes markup of it."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from newsroom import comparison, document, newsroom, with_families

from compare.model import Cluster, Holder, Member, Repeated, Report, Skipped, Span, Verdict
from compare.report import html, page
from compare.report.html import app_page
from compare.report.links import pair_file_name

PAYLOADS = (
    "</script><script>HOSTILE()</script>", "<!--<script>", "]]></noscript><img src=x onerror=HOSTILE()>", "</style>",
    '" onmouseover="HOSTILE()', "' onfocus='HOSTILE()", "{{ HOSTILE }}", "\x00<\u2028HOSTILE\u202e", "&lt;HOSTILE&gt;",
)  # fmt: skip


class Elements(HTMLParser):
    """The elements of a page in order, and the text of its styles and scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.raw: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag in {"style", "script"}:
            self.raw.append("")

    def handle_data(self, data: str) -> None:
        if self.cdata_elem:
            self.raw[-1] += data

    @property
    def shape(self) -> list[tuple[str, list[str]]]:
        """Tags with the names of their attributes."""
        return [(tag, sorted(values)) for tag, values in self.tags]

    def policy(self) -> str:
        """The page's policy."""
        return next(values["content"] for _, values in self.tags if values.get("http-equiv"))


def report_with(words: str) -> Report:
    """A report in which everything that comes from outside holds some words."""
    first = replace(document("a" + words, words), title=words, author=words, source=words, language=words)
    second = replace(document("b" + words, words), published=words, license=words, published_from=words)
    members = (Member(second.id, first.id, words, words), Member(first.id, first.id, "", words))
    report = Report(
        (first, second), (comparison(first.id, second.id, Verdict.DERIVED, reused_a=0.5),),
        (Cluster(first.id, words, members),), (Repeated(words, 3, (Holder(first.id, Span(0, 1)),)),),
        (Skipped(words, words),), {words: 3}, {words: words},
    )  # fmt: skip
    return with_families(report)


def digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@pytest.mark.parametrize("payload", PAYLOADS)
def test_the_elements_of_the_page_are_the_same_whatever_the_input_says(payload: str) -> None:
    found, plain = Elements(app_page(report_with(payload))), Elements(app_page(report_with("plain")))
    assert found.shape == plain.shape
    assert found.policy() == plain.policy()
    assert not any("HOSTILE" in value for _, values in found.tags for value in values.values())


@pytest.mark.parametrize("plain_bytes", [10**6, 1000])
def test_the_policy_allows_the_pages_own_style_and_script_and_nothing_else(
    plain_bytes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "PLAIN_BYTES", plain_bytes)
    found = Elements(app_page(newsroom()))
    style, data, script = found.raw
    assert found.policy() == (
        f"default-src 'none'; style-src {digest(style)}; script-src {digest(script)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    assert data.strip() == page.block(newsroom()).text.strip()
    assert not re.search(r"url\(|@import", style)
    attributes = {name for _, values in found.tags for name in values}
    assert not {name for name in attributes if name in {"style", "src"} or name.startswith("on")}


def test_without_its_script_the_page_links_to_all_that_needs_a_look_and_says_what_was_skipped() -> None:
    report = newsroom()
    found = app_page(report)
    shown = found.partition("<noscript>")[2].partition("</noscript>")[0]
    assert [f'href="{pair_file_name(one)}"' in shown for one in report.comparisons] == [True, True, False]
    assert "wire/logo.png: binary" in shown
    assert "pairs of equal texts past the limit" in shown


def test_without_its_script_a_long_list_says_how_many_more_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "LISTED", 0)
    shown = app_page(newsroom()).partition("<noscript>")[2].partition("</noscript>")[0]
    assert shown.count("href=") == 0
    assert "… and 1 more in report.json" in shown


def test_the_same_report_is_the_same_page() -> None:
    assert app_page(newsroom()) == app_page(newsroom())
