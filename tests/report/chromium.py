"""A report in Chromium: an editor in front of a page, who notes all that it asks for or complains of."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest

try:
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright
except ImportError:
    sync_playwright = Axe = None

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from playwright.sync_api import Browser, Page, ViewportSize

__all__ = ["Axe", "Reader", "launched", "objections", "reading"]

SIZE: ViewportSize = {"width": 1280, "height": 900}
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")

OF_COLOUR = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""The rules of axe that judge by colour, of those that are on unless somebody asks for more."""


TURN = """async (route) => {
  const drawn = new Promise((done) => addEventListener("hashchange", () => setTimeout(done), {once: true}));
  location.hash = route;
  await drawn;
}"""
"""Another route, and all that is drawn of it before anything else happens."""


class Reader:
    """An editor in front of one report: a page, and all that it asked for or complained of."""

    def __init__(self, page: Page, folder: Path) -> None:
        self.page = page
        self.index = (folder / "index.html").as_uri()
        self.folder = folder
        self.requests: list[str] = []
        self.said: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url.partition("#")[0]))
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("dialog", lambda dialog: (self.said.append(dialog.message), dialog.dismiss()))
        page.set_default_timeout(10_000)

    def afresh(self) -> None:
        """Leaves the page, and forgets all that was seen and set there, for the next one who reads."""
        self.page.goto("about:blank")
        self.page.set_viewport_size(SIZE)
        self.page.emulate_media(media="null", color_scheme="null", forced_colors="null", reduced_motion="reduce")
        self.requests.clear()
        self.said.clear()

    def go(self, route: str, view: str = "") -> Page:
        """Opens the page afresh at a route, and waits until it is drawn."""
        self.page.goto("about:blank")
        self.page.goto(self.index + route)
        self.page.wait_for_selector(f"html[data-ready=true] main{f'[data-view={view}]' if view else ''}")
        return self.page

    def turn(self, route: str, view: str) -> Page:
        """Goes on to a route in the page that stands there, and waits until it is drawn."""
        self.page.evaluate(TURN, route)
        self.page.wait_for_selector(f"main[data-view={view}]")
        return self.page

    def everything(self) -> Page:
        """Opens the stories afresh with what was accepted, too."""
        page = self.go("#/", "stories")
        if page.locator("#accepted").count():
            page.check("#accepted")
        return page

    def stories(self) -> list[str]:
        """The keys of the stories on the front page, as they are ordered."""
        return self.page.eval_on_selector_all("#stories [data-family]", "all => all.map(one => one.dataset.family)")


def reading(browser: Browser, folder: Path, **settings: Any) -> Iterator[Reader]:  # noqa: ANN401  # the browser's own
    context = browser.new_context(reduced_motion="reduce", viewport=SIZE, **settings)
    yield Reader(context.new_page(), folder)
    context.close()


def objections(page: Page, schemes: Sequence[dict[str, Any]]) -> list[tuple[dict[str, Any], str, list[str]]]:
    """What axe has against a page: by all its rules in the first scheme, by those of colour in the others.

    Nothing but paint differs between schemes (`test_styles.py`), so that no other rule can say anything else there.
    """
    against = []
    page.evaluate(Axe().axe_script)
    for number, scheme in enumerate(schemes):
        page.emulate_media(**scheme)
        options = {"resultTypes": ["violations"], **(OF_COLOUR if number else {})}  # what passes is not told
        violations = page.evaluate("options => axe.run(options)", options)["violations"]
        against += [(scheme, one["id"], [node["html"] for node in one["nodes"]][:3]) for one in violations]
    return against


def launched() -> Iterator[Browser]:
    """Chromium, closed at the end; without it the tests are skipped, in CI they fail."""
    program = next((path for name in NAMES if (path := shutil.which(name))), None)
    missing = "playwright and axe-playwright-python" if sync_playwright is None else "" if program else "chromium"
    if missing and os.environ.get("CI") != "true":
        pytest.skip(f"no {missing} on this machine")
    assert not missing, f"no {missing}, and CI=true asks for it"
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield started
        started.close()
