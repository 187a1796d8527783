"""The page of a pair in Chromium: its list of changes, the redline, the changes alone, its heads, its commands."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from chromium import reading
from newsroom import settled_newsroom

from compare.report.links import pair_file_name
from compare.report.write import write_report
from compare.wording.commands import evidence_command

if TYPE_CHECKING:
    from pathlib import Path

    from chromium import Reader
    from playwright.sync_api import Browser, Page

EVENING = ("harbour-daily.md", "harbour-evening.md")
MOVED = ("harbour-daily.md", "harbour-weekly.md")
ADDED = ("harbour-daily.md", "harbour-wire.md")
OPEN_ALL = "() => { let fold; while ((fold = document.querySelector('#rows .fold button'))) fold.click(); }"
REDLINE = """(unwanted) => {
  const copy = document.querySelector("#redline .text").cloneNode(true);
  for (const one of copy.querySelectorAll(`.number, .chip, .vh, ${unwanted}`)) one.remove();
  return copy.textContent;
}"""
CELLS = """(side) => [...document.querySelectorAll(`#rows [data-column-row=${side}]`)].map((cell) => {
  const copy = cell.cloneNode(true);
  for (const one of copy.querySelectorAll(".number, .vh")) one.remove();
  return copy.textContent;
}).join("\\n")"""
TOPS = """(number) => [...document.querySelectorAll(".side")].map((side) => {
  const [box, mark] = [side.querySelector(".scroller"), side.querySelector(`.scroller [data-change="${number}"]`)];
  const [area, at] = [box.getBoundingClientRect(), mark.getBoundingClientRect()];
  return [Math.round(at.top - area.top), at.top >= area.top && at.bottom <= area.bottom];
})"""


@pytest.fixture(scope="module")
def data(seeds_report: Path) -> dict[str, Any]:
    """What the page of `seeds/` was given."""
    text = (seeds_report / "index.html").read_text("utf-8")
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)[1])


def pair_of(data: dict[str, Any], sides: tuple[str, str]) -> dict[str, Any]:
    ids = [one["id"] for one in data["documents"]]
    return next(pair for pair in data["pairs"] if {ids[pair["a"]], ids[pair["b"]]} == set(sides))


def opened(reader: Reader, pair: dict[str, Any], view: str = "full") -> Page:
    page = reader.go(f"#/pair/{pair['page'].removesuffix('.html')}", "pair")
    page.check(f"#view input[value={view}]", force=True)
    return page


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def later_text(data: dict[str, Any], pair: dict[str, Any]) -> str:
    document = data["documents"][pair["a" if pair["first"] == "b" else "b"]]
    return str(document["text"][document["body"] :])


def test_the_next_change_comes_level_on_both_sides_and_is_said_aloud(reader: Reader, data: dict[str, Any]) -> None:
    pair = pair_of(data, EVENING)
    page = opened(reader, pair)
    listed = page.locator("#changes .change").count()
    assert [change["kind"] for change in pair["changes"]] == ["headline", "byline", "figure", "meaning"]
    assert listed == 6
    for number in range(1, listed + 1):
        page.keyboard.press("c")
        assert page.inner_text("#status").startswith(f"Change {number} of {listed}: ")
        assert page.inner_text("#change-place") == f"{number} of {listed}"
        assert page.get_attribute(f"#changes [data-listed='{number}']", "aria-current") == "true"
        if number > 2:  # the first two stand at the heads
            (left, is_left_seen), (right, is_right_seen) = page.evaluate(TOPS, number)
            assert abs(left - right) <= 1
            assert is_left_seen
            assert is_right_seen
    page.keyboard.press("c")
    assert page.inner_text("#status") == "That was the last change."
    page.keyboard.press("x")
    page.click("#previous-change")
    assert page.inner_text("#change-place") == f"{listed - 2} of {listed}"
    page.click("#changes [data-listed='3']")
    assert [text.split() for text in page.locator(".side .now").all_inner_texts()] == [
        ["changed:", "4.2", "million"],
        ["changed:", "4.3", "million"],
    ]
    assert reader.said == []


def test_headline_and_byline_are_compared_at_the_head_of_the_columns(reader: Reader, data: dict[str, Any]) -> None:
    page = opened(reader, pair_of(data, EVENING))
    shown = page.locator(".side header").all_inner_texts()
    assert [page.locator(f".side [data-change='{number}']").count() for number in (1, 2)] == [2, 2]
    assert "The Skarrow Daily" in shown[0]
    assert "by Nell Arkwright" in shown[0]
    assert "by Desk" in shown[1]
    assert not any(name in text for text in shown for name in EVENING), "a file's name stands under Why? alone"


def test_the_redline_without_what_is_struck_out_is_the_later_text(reader: Reader, data: dict[str, Any]) -> None:
    for sides in (EVENING, MOVED, ADDED):
        pair = pair_of(data, sides)
        page = opened(reader, pair, "redline")
        assert words(page.evaluate(REDLINE, "del")) == words(later_text(data, pair).replace("# ", ""))
    assert page.locator("#redline .text ins").first.inner_text().startswith("PORT SKARROW")


def test_what_was_moved_is_shown_as_moved_and_not_struck_out(reader: Reader, data: dict[str, Any]) -> None:
    page = opened(reader, pair_of(data, MOVED), "redline")
    assert page.locator("#redline .moved").count() >= 1
    assert page.locator("#redline del").count() == 0


@pytest.mark.parametrize("sides", [EVENING, MOVED, ADDED])
def test_the_changes_alone_hold_every_word_once_their_lines_are_opened(
    sides: tuple[str, str], reader: Reader, data: dict[str, Any]
) -> None:
    pair = pair_of(data, sides)
    page = opened(reader, pair, "changes")
    folds = page.locator("#rows .fold").all_inner_texts()
    assert folds
    assert all(re.match(r"[\d,]+ words? (alike|left out|put in)", fold) for fold in folds)
    assert len(words(page.evaluate(CELLS, "b"))) < 150
    page.evaluate(OPEN_ALL)
    for side in "ab":
        document = data["documents"][pair[side]]
        assert Counter(words(page.evaluate(CELLS, side))) == Counter(words(document["text"][document["body"] :]))
    assert reader.said == []


def test_what_both_only_report_has_no_line_and_no_number_until_it_is_asked_for(
    browser: Browser, tmp_path: Path
) -> None:
    report = settled_newsroom()
    edited = report.comparisons[1]
    related = report.comparisons[2].matches[0]
    both = (*edited.matches, related)
    write_report(_with_matches(report, both), tmp_path)
    for reader in reading(browser, tmp_path):
        page = reader.go(f"#/pair/{pair_file_name(edited)[:-5]}", "pair")
        assert page.locator(".side .k-related, .gutter [data-passage='8']").count() == 0
        assert page.inner_text("#place") == "7 passages"
        page.check("#related")
        assert page.inner_text("#place") == "8 passages"
        assert page.locator(".side .k-related").count() >= 1
        assert reader.said == []


def _with_matches(report: Any, matches: Any) -> Any:  # noqa: ANN401  # a report, matches
    pairs = list(report.comparisons)
    pairs[1] = replace(pairs[1], matches=matches)
    return replace(report, comparisons=tuple(pairs))


def test_a_reason_stands_in_the_command_once_it_is_chosen(browser: Browser, tmp_path: Path) -> None:
    write_report(settled_newsroom(), tmp_path)
    key = pair_file_name(settled_newsroom().comparisons[1])[:-5]
    for reader in reading(browser, tmp_path):
        page = reader.go(f"#/pair/{key}", "pair")
        page.keyboard.press("a")
        page.wait_for_selector("#reason")
        assert page.input_value("#command-text").endswith(" --reason …")
        assert page.input_value("#reason") == ""
        page.select_option("#reason", "wire")
        command = "compare accept daily/harbour-daily.md wire/harbour-wire.md --reason wire"
        assert page.input_value("#command-text") == command
        page.click("#evidence")
        assert page.input_value("#command-text") == evidence_command(str(tmp_path), [key])
        page.click("#command-close")
        assert page.evaluate("document.activeElement.id") == "evidence"
        assert reader.said == []
