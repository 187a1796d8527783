"""The page of an article in Chromium: its shares as Python counts them, what is left out of them, what is new."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from compare.report.measured import distances
from compare.text.tokens import tokenize
from compare.wording import page as sayings
from compare.wording import words

if TYPE_CHECKING:
    from pathlib import Path

    from chromium import Reader
    from playwright.sync_api import Browser, Page

SHARES = (0.0, 1e-9, 0.0049, 0.005, 0.1249999999, 0.125, 0.994999, 0.995, 0.9999999, 1.0, 0.29, 0.57)
ASTRAL = "🐟 The 🚢 harbour board voted.\n\nتمهيد قصير. 春の雨。 No one—really—was hurt " + "." * 200 + " there."
WALK = """async (ids) => {
  const found = [];
  for (const id of ids) {
    const drawn = new Promise((done) => addEventListener("hashchange", () => setTimeout(done), {once: true}));
    location.hash = `#/article/${id}`;
    await drawn;
    const sources = [...document.querySelectorAll("#sources output")].map((one) => one.textContent);
    found.push([document.getElementById("elsewhere").textContent, sources]);
  }
  return found;
}"""
NEW = """() => [...document.querySelectorAll("#against-text .text > p")].map((one) => one.textContent).join(" ")"""


@pytest.fixture(scope="module")
def data(seeds_report: Path) -> dict[str, Any]:
    """What the page of `seeds/` was given."""
    text = (seeds_report / "index.html").read_text("utf-8")
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)[1])


def opened(reader: Reader, article: str) -> Page:
    return reader.go(f"#/article/{quote(article, safe='')}", "article")


def shares(page: Page) -> list[str]:
    """What is said of each source, in their order."""
    return page.locator("#sources output").all_inner_texts()


def test_an_article_and_its_sources_have_the_shares_that_python_counts(reader: Reader, data: dict[str, Any]) -> None:
    shared = [(place, document) for place, document in enumerate(data["documents"]) if "tokens" in document]
    found = reader.go("#/repeated").evaluate(WALK, [quote(document["id"], safe="") for _, document in shared])
    assert len(found) > 10
    for (place, document), (elsewhere, sources) in zip(shared, found, strict=True):
        assert elsewhere == document["elsewhere"]
        pairs = [pair for pair in data["pairs"] if place in {pair["a"], pair["b"]} and "accept" in pair]
        assert sorted(sources) == sorted(f"{pair['shares'][pair['b'] == place]} of this text" for pair in pairs)
    assert reader.said == []


def test_what_is_left_out_is_not_counted(reader: Reader) -> None:
    page = opened(reader, "harbour-wire.md")
    assert page.inner_text("#elsewhere") == "84 % of this text matches 5 other articles."
    page.uncheck("[data-leave=house]")
    assert page.inner_text("#elsewhere") == "85 % of this text matches 5 other articles."
    page.check("[data-leave=house]")
    page.check("[data-leave=later]")
    assert page.inner_text("#elsewhere") == "84 % of this text matches 4 other articles."
    assert shares(page).count("left out") == 1
    page.uncheck("#sources li[data-source='2'] input")
    page.uncheck("#sources li[data-source='3'] input")
    page.uncheck("#sources li[data-source='5'] input")
    assert page.inner_text("#elsewhere") == "32 % of this text matches 1 other article."
    page.fill("[data-leave=under]", "999")
    assert page.inner_text("#elsewhere") == "No word of this text is counted."
    assert page.inner_text("#status") == page.inner_text("#elsewhere")
    assert page.locator("#against-text .src").count() == 0
    assert reader.said == []


def test_the_earliest_source_has_the_words_that_several_have(reader: Reader) -> None:
    page = opened(reader, "harbour-evening.md")
    dates = page.locator("#sources .note").all_inner_texts()
    days = [int(found[1]) for text in dates if (found := re.search(r"(\d+) March 2026", text))]
    assert days == sorted(days)
    assert "no date" in dates[-1]
    numbers = page.locator("#against-text a.number").all_inner_texts()
    assert numbers == ["1", "2"]
    page.click("#against-text a.number >> nth=1")
    page.wait_for_selector("main[data-view=pair]")


def test_what_is_new_is_shown_and_the_rest_is_a_line(reader: Reader, data: dict[str, Any]) -> None:
    document = next(one for one in data["documents"] if one["id"] == "harbour-wire.md")
    page = opened(reader, document["id"])
    page.check("#view input[value=new]", force=True)
    assert page.inner_text("#elsewhere") == "50 words are new here, 16 % of this text."
    shown = page.evaluate(NEW)
    assert shown.strip().startswith("PORT SKARROW – Trawler crews")
    folded = page.locator("#against-text .fold").all_inner_texts()
    assert folded == ["291 words that stand elsewhere"]
    assert len(tokenize(shown)) + 291 == document["words"]
    page.click("#against-text .fold button")
    assert len(tokenize(page.evaluate(NEW))) == document["words"]
    assert reader.said == []


def test_words_put_into_a_sentence_that_stands_elsewhere_are_new_and_of_no_source(reader: Reader) -> None:
    page = opened(reader, "harbour-evening.md")
    said = "5 words are new here, 2 % of this text. All 5 of them stand in sentences that are elsewhere."
    put = ["4.3", "assured", "could", "A public"]
    assert page.inner_text("#elsewhere") == "Over 99 % of this text matches 5 other articles."
    assert page.locator("#against-text ins").all_inner_texts() == put
    page.check("#view input[value=new]", force=True)
    assert page.inner_text("#elsewhere") == said
    assert page.locator("#against-text ins").all_inner_texts() == put
    assert page.locator("#against-text .fold").count() == 3
    page = opened(reader, "orchard-digest.md")  # in other words: of these none is struck out and none put in
    assert page.locator("#against-text .src").count() > 0
    assert page.locator("#against-text ins").count() == 0
    assert reader.said == []


def test_the_page_counts_words_and_says_shares_as_python_does(browser: Browser) -> None:
    folder = files("compare.report").joinpath("templates/app")
    source = "\n".join(folder.joinpath(name).read_text("utf-8") for name in ("15-words.js", "16-counts.js"))
    starts = [int(start) for start in tokenize(ASTRAL).starts]
    cases = [len(ASTRAL), distances(starts), sayings.WORDS, SHARES]
    page = browser.new_page()
    places, counted, said = page.evaluate(
        f"""([size, tokens, data, shares]) => {{
          {source}
          words = data;
          const doc = {{ tokens }};
          const counts = Array.from({{ length: size }}, (_, at) => wordsIn(doc, [at, size]));
          return [[...tokensOf(doc)], counts, shares.map(percent)];
        }}""",
        cases,
    )
    page.close()
    assert places == starts
    assert counted == [sum(start >= at for start in starts) for at in range(len(ASTRAL))]
    assert said == [words.percent(share) for share in SHARES]
