"""An editor at the desk in Chromium: types, drops, decides, reloads, takes it back; by keyboard, and two at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from chromium import Axe, launched
from desks import STORY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from desks import Asker, Start
    from playwright.sync_api import Browser, FrameLocator, Page

DRAFT = STORY.replace("4.2", "4.8") + "\nNobody had these words before, and they are about something else.\n"
SCHEMES: tuple[dict[str, str], ...] = (
    {"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"},
)  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    yield from launched()


@pytest.fixture
def desk(archive: Path, tmp_path: Path, starting: Start) -> Asker:
    """A desk of its own, which watches a folder."""
    (tmp_path / "incoming").mkdir()
    accepted = str(tmp_path / "compare.accepted.toml")
    return starting(
        archive, "--archive", "archive.index", "--accepted", accepted, "--watch", str(tmp_path / "incoming")
    )


class Window:
    """A window of the desk, and all that it complained of."""

    def __init__(self, browser: Browser, desk: Asker) -> None:
        self.page: Page = browser.new_context(reduced_motion="reduce").new_page()
        self.said: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.goto(desk.address)

    @property
    def result(self) -> FrameLocator:
        """What was found."""
        return self.page.frame_locator("#result")

    def draft(self) -> None:
        """Types a draft and waits for its answer."""
        self.page.fill("#text-a", DRAFT)
        self.result.locator("main[data-view=article]").wait_for()

    def pair(self) -> None:
        """Opens the pair with the source."""
        self.result.locator("a[href^='#/pair/']").first.click()
        self.result.locator("main[data-view=pair]").wait_for()


def test_a_draft_is_typed_decided_on_reloaded_and_the_decision_taken_back(browser: Browser, desk: Asker) -> None:
    window = Window(browser, desk)
    window.draft()
    assert window.page.inner_text("#sentence").startswith("1 source among 2 articles")
    window.pair()
    window.result.locator("#accept").click()
    window.result.locator("#decide-note").fill("licensed")
    window.result.locator("#decide-accept").click()
    window.result.locator("#command-done >> text=Choose why").wait_for()
    window.result.locator("#decide-reason").select_option("wire")
    window.result.locator("#decide-accept").click()
    window.result.locator(".standing >> text=accepted by Ida").wait_for()
    window.result.locator(".kicker >> text=accepted").wait_for()
    window.result.locator("#accept").click()
    window.result.locator("#decide-undo").click()
    window.result.locator("#accept").wait_for()
    window.result.locator(".standing").wait_for(state="detached")
    assert window.said == []


def test_of_two_windows_the_second_is_shown_the_conflict(browser: Browser, desk: Asker) -> None:
    windows = [Window(browser, desk) for _ in range(2)]
    for window in windows:
        window.draft()
        window.pair()
        window.result.locator("#accept").click()
    windows[0].result.locator("#decide-flag").click()
    windows[0].result.locator(".standing >> text=flagged by Ida").wait_for()
    windows[1].result.locator("#decide-ignore").click()
    windows[1].result.locator("#command-done >> text=somebody has decided").wait_for()
    windows[1].result.locator("#command-done button").click()
    windows[1].result.locator(".standing >> text=flagged by Ida").wait_for()


def test_a_file_is_dropped_and_another_makes_a_pair_of_it(browser: Browser, desk: Asker, root: Path) -> None:
    window = Window(browser, desk)
    story = root / "tests" / "documents" / "made"
    window.page.set_input_files("#file-a", str(story / "pandoc.docx"))
    window.page.wait_for_selector("#about-a >> text=pandoc.docx")
    window.page.click("#second summary")
    window.page.set_input_files("#file-b", str(story / "story.txt"))
    window.page.wait_for_selector("#sentence >> text=The two texts share text")
    assert window.page.is_visible("#redline")
    window.page.click("#corrections")
    window.result.locator("main.corrections h1").wait_for()
    assert window.said == []


def test_what_cannot_be_read_is_said_where_it_was_dropped(browser: Browser, desk: Asker, tmp_path: Path) -> None:
    window = Window(browser, desk)
    (tmp_path / "<img src=x>.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    window.page.set_input_files("#file-a", str(tmp_path / "<img src=x>.png"))
    window.page.wait_for_selector("#about-a >> text=.png: ")
    assert window.page.locator("#about-a img").count() == 0


def test_what_comes_in_is_listed_looked_at_and_done(browser: Browser, desk: Asker, tmp_path: Path) -> None:
    window = Window(browser, desk)
    (tmp_path / "incoming" / "late.txt").write_text(DRAFT, "utf-8")
    window.page.wait_for_selector("#items >> text=late.txt", timeout=20_000)
    assert window.page.inner_text("#inbox-count") == "1 of 1 to look at"
    window.page.click("#items button:has-text('Look')")
    window.result.locator("main[data-view=article]").wait_for()
    window.page.click("#items button:has-text('Done')")
    window.page.wait_for_selector("#inbox-count >> text=0 of 1 to look at")


def test_axe_has_nothing_against_the_desk_and_its_page_for_programs(browser: Browser, desk: Asker) -> None:
    window = Window(browser, desk)
    window.draft()
    window.page.click("#second summary")
    for address in ("", "docs"):
        if address:
            window.page.goto(desk.address + address)
        for scheme in SCHEMES:
            window.page.emulate_media(**scheme)  # type: ignore[arg-type]  # names of schemes
            found = Axe().run(window.page).response["violations"]
            assert [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found] == [], (address, scheme)


def test_the_keyboard_alone_reaches_the_answer(browser: Browser, desk: Asker) -> None:
    window = Window(browser, desk)
    window.page.keyboard.press("Tab")
    window.page.keyboard.press("Enter")
    window.page.keyboard.insert_text(DRAFT)
    window.result.locator("main[data-view=article]").wait_for()
    for _ in range(30):
        window.page.keyboard.press("Tab")
        if window.page.evaluate("document.activeElement.id") == "new":
            break
    assert window.page.evaluate("document.activeElement.id") == "new"
    assert window.said == []
