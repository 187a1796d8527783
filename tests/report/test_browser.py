"""The report of `seeds/` in a real browser, from file://: nothing is refused, every passage is shown."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from newsroom import comparison, newsroom

from compare.model import Verdict
from compare.report import page
from compare.report.links import pair_file_name
from compare.report.write import write_report

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--enable-logging=stderr",
    "--v=0", "--window-size=1200,900", "--virtual-time-budget=10000",
)  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> str:
    found = next((path for name in NAMES if (path := shutil.which(name))), "")
    if not found and os.environ.get("CI") != "true":
        pytest.skip("no chromium on this machine")
    assert found, "no chromium, and CI=true asks for it"
    return found


UNSEEN = {"script", "style", "noscript"}


class Shown(HTMLParser):
    """The words of a page that a reader sees."""

    def __init__(self, dom: str) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.hidden = 0
        self.feed(dom)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  # its signature
        self.hidden += tag in UNSEEN

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in UNSEEN

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.parts).split())


def opened(browser: str, page: Path, profile: Path, view: str = "") -> tuple[str, list[str]]:
    """The page's text after its scripts ran, and what it said on the console."""
    ended = subprocess.run(
        [browser, *FLAGS, f"--user-data-dir={profile}", "--dump-dom", page.as_uri() + view],
        capture_output=True, encoding="utf-8", check=True, timeout=120,
    )  # fmt: skip
    said = [line for line in ended.stderr.splitlines() if re.search(r"CONSOLE|Refused to", line)]
    assert "</html>" in ended.stdout
    return Shown(ended.stdout).text, said


def test_the_index_opens_without_a_word_on_the_console(browser: str, seeds_report: Path, tmp_path: Path) -> None:
    words = {
        "": "articles read",
        "#/events": "have in common",
        "#/repeated": "Published under the Northshore Press Pool",
        "#/method": "shingle",
    }
    for view, shown in words.items():
        text, said = opened(browser, seeds_report / "index.html", tmp_path / "profile", view)
        assert said == []
        assert shown in text, view


@pytest.mark.parametrize(
    ("sides", "passages"),
    [
        (("harbour-daily.md", "harbour-evening.md"), ["Skippers who watched from the public benches", "repayments"]),
        (("reservoir-post.md", "salmon-gazette.md"), ["The dam was built to do three jobs", "an act of 1931"]),
        (("chuncha-chenbao.md", "chuncha-wanbao.md"), ["合作社负责人陆文秀"]),
    ],
)
def test_a_pair_page_shows_its_passages_on_both_sides(
    sides: tuple[str, str], passages: list[str], browser: str, seeds_report: Path, tmp_path: Path
) -> None:
    text, said = opened(
        browser, seeds_report / pair_file_name(comparison(*sides, Verdict.DERIVED)), tmp_path / "profile"
    )
    assert said == []
    for passage in passages:
        assert text.count(passage) >= 2, passage


def test_a_report_in_shards_opens_from_its_files_and_says_which_one_is_missing(
    browser: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, size in {"PLAIN_BYTES": 1000, "PAGE_BYTES": 2000, "SHARD_BYTES": 700}.items():
        monkeypatch.setattr(page, name, size)
    write_report(newsroom(), tmp_path / "report")
    text, said = opened(browser, tmp_path / "report" / "index.html", tmp_path / "profile")
    assert said == []
    assert "needs a look" in text
    (tmp_path / "report" / "data-02.js").unlink()
    assert "data-02.js is missing" in opened(browser, tmp_path / "report" / "index.html", tmp_path / "profile")[0]


def test_the_browser_would_say_so_if_a_page_broke_its_policy(browser: str, seeds_report: Path, tmp_path: Path) -> None:
    index = (seeds_report / "index.html").read_text("utf-8")
    broken = tmp_path / "broken.html"
    broken.write_text(index.replace("</body>", "<script>document.title = 'run'</script></body>"), "utf-8")
    assert opened(browser, broken, tmp_path / "profile")[1] != []
