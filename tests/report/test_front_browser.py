"""The front page, a story and the events in Chromium: what an editor asks of them, and what they say."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from chromium import reading
from newsroom import allowed, changed, newsroom, settled_newsroom

from compare.families.versions import family_key
from compare.model import Judged, State
from compare.report.html import app_page

if TYPE_CHECKING:
    from pathlib import Path

    from chromium import Reader
    from playwright.sync_api import Browser

HARBOUR = family_key("harbour-daily.md")
LIBRARY = family_key("bahnhof-kurier.md")


@pytest.fixture(scope="module")
def families(seeds_report: Path) -> list[dict[str, Any]]:
    """The families of `seeds/` as report.json has them."""
    found: list[dict[str, Any]] = json.loads((seeds_report / "report.json").read_text("utf-8"))["families"]
    return found


def written(report: Any, folder: Path) -> Path:  # noqa: ANN401  # a report
    (folder / "index.html").write_text(app_page(report), "utf-8")
    return folder


def test_what_needs_a_look_comes_first_and_every_story_is_a_card(
    reader: Reader, families: list[dict[str, Any]]
) -> None:
    reader.go("#/", "stories")
    scores = {one["key"]: one["look"]["score"] for one in families}
    shown = [scores[key] for key in reader.stories()]
    assert sorted(scores.values(), reverse=True) == shown
    assert reader.page.inner_text("#sentence").startswith(f"{len(families)} stories need a look.")
    height = reader.page.evaluate("document.documentElement.scrollHeight")
    assert height <= 6000


def test_search_facets_and_order_change_the_stories(reader: Reader, families: list[dict[str, Any]]) -> None:
    page = reader.go("#/", "stories")
    page.fill("#search", "SALMON")
    assert len(reader.stories()) == 1
    page.fill("#search", "skarrow breakwater")
    assert reader.stories() == [HARBOUR]
    page.fill("#search", "no such word")
    assert reader.stories() == []
    assert page.inner_text("#stories") == "No story is left by this search."
    page.fill("#search", "")
    page.select_option("#change", "figure")
    assert reader.stories() == [HARBOUR]
    page.select_option("#change", "")
    page.select_option("#outlet", "Brackan Post")
    assert len(reader.stories()) == 2
    page.select_option("#outlet", "")
    page.select_option("#sort", "size")
    sizes = {one["key"]: len(one["versions"]) for one in families}
    shown = [sizes[key] for key in reader.stories()]
    assert shown == sorted(sizes.values(), reverse=True)
    assert reader.said == []


def test_an_article_of_no_story_is_found_by_its_title(reader: Reader) -> None:
    page = reader.go("#/", "stories")
    page.fill("#search", "beijing")
    assert page.locator("#alone li").count() >= 1
    page.click("#alone a >> nth=0")
    page.wait_for_selector("main[data-view=article]")


def test_a_card_says_who_had_it_first_what_each_has_and_what_changed(reader: Reader) -> None:
    card = reader.go("#/", "stories").locator(f"[data-family={HARBOUR}]")
    text = " ".join(card.inner_text().split())
    assert "Skarrow votes for a breakwater at last" in text
    assert "9 March 2026, then The Skarrow Daily, 10 March 2026: too close to be sure" in text
    assert "Evening Packet has 100 % of The Skarrow Daily’s text, 97 % word for word and 3 % in edited phrases" in text
    assert "figure differs The Skarrow Daily: 4.2 million · Evening Packet: 4.3 million" in text
    assert "Its 330 words: 288 word for word, 8 in edited phrases, 33 house style or quoted by both, 1 new" in text
    labels = card.locator(".bar").evaluate_all("all => all.map(one => one.getAttribute('aria-label'))")
    assert "288 words word for word, 8 in edited phrases, 33 house style or quoted by both, 1 new" in labels
    assert card.locator(".dot").count() == 5, "one mark a version that has a date"


def test_the_bars_of_a_story_are_the_figures_of_the_json(reader: Reader, families: list[dict[str, Any]]) -> None:
    page = reader.go(f"#/family/{HARBOUR}", "family")
    (family,) = [one for one in families if one["key"] == HARBOUR]
    rows = page.eval_on_selector_all("tbody tr", "all => all.map(row => [...row.cells].map(cell => cell.textContent))")
    columns = ("words", "verbatim", "edited", "reworded", "aside", "new")
    expected = [
        [str(one["bar"][name]) if one["nearest"] or name == "words" else "" for name in columns]
        for one in family["versions"]
    ]
    assert [row[3:9] for row in rows] == expected
    for one in family["versions"]:
        assert sum(one["bar"][name] for name in columns[1:]) == one["bar"]["words"]


def test_the_tree_puts_each_version_below_the_one_nearest_to_it(reader: Reader) -> None:
    page = reader.go(f"#/family/{HARBOUR}", "family")
    name = "at => at && at.querySelector('a').textContent"
    above = page.eval_on_selector_all(
        ".tree li", f"all => all.map(one => [one, one.parentElement.closest('li')].map({name}))"
    )
    assert len(above) == 6
    assert dict(above)["The Skarrow Daily, first take"] is None
    assert dict(above)["The Skarrow Daily"] == "The Skarrow Daily, first take"
    assert dict(above)["Evening Packet"] == "The Skarrow Daily"


def test_a_card_and_a_pair_say_how_much_is_copied_in_the_same_words(reader: Reader) -> None:
    page = reader.go("#/", "stories")
    chips = page.locator(f"[data-family={LIBRARY}] .chip.why").all_inner_texts()
    page.click(f"[data-family={LIBRARY}] .said a")
    page.wait_for_selector("main[data-view=pair]")
    assert page.inner_text(".kicker .verdict") == chips[0] == "copied nearly whole"
    assert "near-duplicate" not in page.inner_text("main")
    assert "near-duplicate" in (page.text_content("#why") or "")
    names = page.locator(".sides-bars .name").all_inner_texts()
    views = page.locator("#view span").all_inner_texts()
    assert views[-2:] == [f"Only in {name}" for name in names]


def test_on_a_telephone_no_view_is_wider_than_the_screen_and_settings_are_folded(reader: Reader) -> None:
    reader.page.set_viewport_size({"width": 420, "height": 800})
    for route, view in ((f"#/family/{HARBOUR}", "family"), ("#/method", "method")):
        page = reader.go(route, view)
        assert page.evaluate("document.documentElement.scrollWidth") <= 420
    assert not page.is_visible("#settings table")
    page.click("#settings summary")
    assert page.is_visible("#settings table")


def test_a_sentence_tells_what_became_of_it_in_each_version(reader: Reader) -> None:
    page = reader.go(f"#/family/{HARBOUR}", "family")
    first = page.locator(".heat").first
    assert "4.2 million" in (first.text_content() or "")
    first.focus()
    page.keyboard.press("Enter")
    told = page.inner_text("#variants")
    assert "3 of 5 keep it word for word" in told
    assert "4.3 million" in told
    assert re.search(r"Northshore Wire · not there", told)
    assert first.get_attribute("aria-expanded") == "true"


def test_the_table_is_saved_as_csv_that_no_spreadsheet_calculates(browser: Browser, tmp_path: Path) -> None:
    report = newsroom()
    documents = tuple(replace(one, source="=cmd()", title='+1 "x"') for one in report.documents)
    written(changed(report, documents=documents), tmp_path)
    for reader in reading(browser, tmp_path):
        page = reader.go(f"#/family/{report.families[0].key}", "family")
        with page.expect_download() as download:
            page.click("#export")
        rows = [*csv.reader(download.value.path().read_text("utf-8-sig").splitlines())]
        assert len(rows) == len(report.families[0].versions) + 1
        assert all(row[0].startswith("'=cmd()") and row[2] == '\'+1 "x"' for row in rows[1:])
        assert reader.said == []


def test_what_was_accepted_is_no_work_and_comes_back_when_asked_for(browser: Browser, tmp_path: Path) -> None:
    both = allowed(newsroom(), Judged(State.ACCEPTED), Judged(State.EDITED))
    for reader in reading(browser, written(both, tmp_path)):
        page = reader.go("#/", "stories")
        assert page.inner_text("#sentence").startswith("No story needs a look; 1 was accepted.")
        assert page.inner_text("#stories") == "All stories were accepted."
        page.check("#accepted")
        assert reader.stories() == [one.key for one in both.families]
    for reader in reading(browser, written(settled_newsroom(), tmp_path)):
        page = reader.go("#/", "stories")
        chips = page.locator(".said .chip").all_inner_texts()
        assert sorted(chips) == ["accepted (wire)", "grown"], "a story with an open pair is open"


def test_events_are_told_by_the_facts_in_common(reader: Reader) -> None:
    page = reader.go("#/events", "events")
    text = page.inner_text("main")
    assert "Kestrel Bridge" in text
    assert "They have in common:" in text
    assert page.locator(".card").count() == 2
    page.fill("#search", "pyongyang")
    assert page.locator(".card").count() == 1


def test_a_reader_comes_back_from_a_pair_to_its_story(reader: Reader) -> None:
    page = reader.go("#/", "stories")
    page.click(f"[data-family={HARBOUR}] .said a >> nth=0")
    page.wait_for_selector("main[data-view=pair]")
    page.go_back()
    page.wait_for_selector("main[data-view=stories]")
    assert page.evaluate("document.activeElement.closest('[data-family]').dataset.family") == HARBOUR
