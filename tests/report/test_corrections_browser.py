"""What an outlet changed in its own text, as a story and a pair of it show it in Chromium."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from chromium import Axe, reading

import compare
from compare.report.html import app_page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chromium import Reader
    from playwright.sync_api import Browser

STORY = """The ferry company said on Monday that it would close the northern crossing for the winter as in other years.

{boats} boats broke their moorings and three of them sank inside the basin before crews could bring them to the pier.

Boats from Port Ellin will sail twice a day until then, and tickets stay valid on both lines to the outer islands.
"""
ROWS = [
    ("w1", "<b>Wire</b>", "2026-03-03", "Eleven"),
    ("w2", "<b>Wire</b>", "2026-03-06", "Seventeen"),
    ("courier", "Vale Courier", "2026-03-09", "Eleven"),
    ("echo", "Island Echo", "2026-03-09", "Seventeen"),
]


@pytest.fixture(scope="module")
def reader(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    folder: Path = tmp_path_factory.mktemp("corrections")
    rows = [
        {"id": name, "source": source, "published": day, "text": STORY.format(boats=boats)}
        for name, source, day, boats in ROWS
    ]
    (folder / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    (folder / "index.html").write_text(app_page(compare.run(folder / "rows.jsonl")), "utf-8")
    yield from reading(browser, folder)


def test_a_story_says_what_its_outlet_changed_and_who_has_which_words(reader: Reader) -> None:
    page = reader.go("#/", "stories")
    page.click("text=1 version still has old words")
    page.wait_for_selector("main[data-view=family]")
    box = page.locator(".revision")
    assert box.locator(".what-changed").all_inner_texts() == ["figure changed: Eleven → Seventeen"]
    assert (box.locator("del").all_inner_texts(), box.locator("ins").all_inner_texts()) == (["Eleven"], ["Seventeen"])
    assert [text.split("\n\n") for text in box.locator(".carriers").all_inner_texts()] == [
        ["Still has the old words:", "Vale Courier · 9 March 2026"],
        ["Has the new words:", "Island Echo · 9 March 2026"],
    ]
    assert [one["id"] for one in Axe().run(page).response["violations"]] == []


def test_the_pair_of_both_versions_has_it_too(reader: Reader) -> None:
    page = reader.go("#/", "stories")
    page.click("text=1 version still has old words")
    page.wait_for_selector("main[data-view=family]")
    page.click(".revision a:has-text('Side by side')")
    page.wait_for_selector("main[data-view=pair] #corrections")
    page.click("#corrections .carriers a >> nth=0")
    page.wait_for_selector("main[data-view=pair]")
    page.wait_for_selector("text=Vale Courier")
    assert page.locator("#corrections").count() == 0
