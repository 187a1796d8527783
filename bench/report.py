"""The report's first page: how large, how long to write, how soon it is seen, how smoothly it scrolls.

    python bench/report.py NEWS.jsonl[.xz] [--only articles,pairs] [--runs 5]
    python bench/report.py NEWS.jsonl[.xz] --only scale [--sizes 5000,20000] [--made 120]

NEWS holds `{"text": "…"}` lines of unlike articles. Reuse is injected with a fixed seed. Needs Playwright for Python
and a chromium on the path; nothing is fetched.

At each size of `scale` two of five articles are made from others: reuse grows with the folder, and is 2,506 pairs
at 5,000. With `--made 120` so many are, whatever the size: an archive with a few stories that were carried on.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import shutil
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from measure import machine, table, within
from playwright.sync_api import sync_playwright
from scale import ran, sample

import compare
from compare.report.html import app_page
from compare.report.write import write_report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

SEED = 4
USUAL = range(1500, 9000)
"""Characters of the articles that are taken."""
ARTICLES = 300
MADE = 120
"""Of them made from others: lightly edited, edited, half of one after other words, paragraphs shuffled; in turn."""
GROUPS, COPIES = 27, 20
"""Groups of edited copies, each with 190 pairs: 5,130 in all. Larger groups are joined by chains, not by all pairs."""
WHEEL = 1500
"""Pixels of one turn of the wheel."""
WATCH = """() => {
  window.tasks = [];
  new PerformanceObserver((list) => tasks.push(...list.getEntries().map((one) => one.duration)))
    .observe({type: "longtask", buffered: true});
}"""
PAINT = """() => new Promise((done) => new PerformanceObserver((list) =>
  done(list.getEntriesByName("first-contentful-paint")[0].startTime)).observe({type: "paint", buffered: true}))"""


def texts(path: Path) -> Iterator[str]:
    """Articles of a usual length, in the order of the file."""
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        yield from (text for line in lines if len(text := json.loads(line)["text"]) in USUAL)


def edited(text: str, share: float, words: list[str], chance: random.Random) -> str:
    """The text with a share of its words replaced, removed or followed by another."""
    changes = (lambda word: f"{word} {chance.choice(words)}", lambda _: chance.choice(words), lambda _: "")
    return " ".join(chance.choice(changes)(word) if chance.random() < share else word for word in text.split(" "))


def newsroom(found: list[str], count: int = ARTICLES, made: int = 0) -> Iterator[str]:
    """So many articles: their own ones, then so many (else two of five) that are made from them."""
    chance = random.Random(SEED)  # noqa: S311  # repeatable
    alone = count - (made or count * MADE // ARTICLES)
    own, others = found[:alone], found[alone:count]
    words = " ".join(others).split()
    yield from own
    for number, other in enumerate(others):
        source = chance.choice(own)
        paragraphs = [one for one in source.split("\n") if one.strip()]
        mixed = "\n\n".join(chance.sample(paragraphs, len(paragraphs)))
        yield (
            edited(source, 0.03, words, chance),
            edited(source, 0.15, words, chance),
            "\n\n".join([other, *paragraphs[: max(1, len(paragraphs) // 2)]]),
            edited(mixed, 0.05, words, chance),
        )[number % 4]


def groups(found: list[str]) -> Iterator[str]:
    """Edited copies of a few short articles."""
    chance = random.Random(SEED)  # noqa: S311  # repeatable
    words = found[-1].split()
    for source in found[:GROUPS]:
        yield from (edited(source[:1500], 0.06, words, chance) for _ in range(COPIES))


def compared(rows: Iterator[str], folder: Path) -> compare.Report:
    """The report of some texts, which are titled by their number."""
    path = folder / "docs.jsonl"
    made = ({"id": f"article-{i:03}", "title": f"Article {i}", "text": text} for i, text in enumerate(rows))
    path.write_text("".join(json.dumps(row) + "\n" for row in made), "utf-8")
    return compare.run(path)


def opened(browser: Browser, index: Path) -> tuple[Page, float, float]:
    """The page, and milliseconds from the start of navigation to the first words painted and to all being drawn."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.add_init_script(f"({WATCH})()")
    page.goto(index.as_uri(), wait_until="commit")
    page.wait_for_selector("html[data-ready=true]", state="attached")
    drawn = page.evaluate("performance.now()")
    return page, page.evaluate(PAINT), drawn


def articles(browser: Browser, found: list[str], runs: int) -> None:
    """Size, time to write and to be seen of a newsroom's report."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        report = compared(newsroom(found), folder)
        started = time.process_time()
        size = len(app_page(report).encode()) / 1e6
        rendered = time.process_time()
        written = write_report(report, folder / "reports")
        ended = time.process_time()
        pages = sum(path.stat().st_size for path in written if path.name.startswith("pair-")) / 1e6
        seen = []
        for _ in range(runs):
            page, *times = opened(browser, folder / "reports" / "index.html")
            seen.append(times)
            page.context.close()
    paint, drawn = (median(times) / 1000 for times in zip(*seen, strict=True))
    count = len(written) - 2
    print(
        f"{len(report.documents)} articles, {len(report.comparisons)} pairs, {count} pages of pairs ({pages:.1f} MB).\n"
    )
    rows = [
        ("`index.html`, MB", size, within(size, 6)),
        ("… to make, CPU s", rendered - started, ""),
        ("all files to write, CPU s", ended - rendered, ""),
        ("first paint, s", paint, within(paint, 2)),
        ("stories drawn, s", drawn, within(drawn, 2)),
    ]
    table(["what", "figure", "aim"], rows)


def scrolled(page: Page) -> int:
    """Turns the wheel to the end of the page; returns the turns."""
    page.mouse.move(640, 600)
    bottom = "scrollY + innerHeight >= document.documentElement.scrollHeight - 2"
    for turn in range(1, 5000):
        page.mouse.wheel(0, WHEEL)
        page.wait_for_timeout(16)
        if turn % 10 == 0 and page.evaluate(bottom):
            return turn
    sys.exit("the page has no end")


def asked(page: Page) -> None:
    """Types in the search, asks for more cards, changes the order."""
    page.fill("#search", "")
    page.locator("#search").press_sequentially("article 12", delay=30)
    page.fill("#search", "")
    while page.locator("#more").count():
        page.click("#more")
    page.select_option("#sort", "size")


def walked(page: Page) -> None:
    """Opens the first pair, goes through its passages, and to the next pairs."""
    page.click("[data-family] .said a")
    page.wait_for_selector("main[data-view=pair]")
    for key in "jjjkcccnnn":
        page.keyboard.press(key)
        page.wait_for_timeout(100)


def pairs(browser: Browser, found: list[str], _: int) -> None:
    """The longest tasks of the page's thread while somebody uses a report of thousands of pairs."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        report = compared(groups(found), folder)
        index = folder / "index.html"
        index.write_text(app_page(report), "utf-8")
        page, paint, drawn = opened(browser, index)
        size = f"{index.stat().st_size / 1e6:.1f} MB, first paint {paint / 1000:.2f} s, drawn {drawn / 1000:.2f} s"
        print(f"{len(report.documents)} articles, {len(report.comparisons)} pairs: {size}.\n")
        rows = [("opening", *tasks(page), "")]
        uses = {"scrolling to the end": scrolled, "search, more, order": asked, "pairs, passages": walked}
        for what, use in uses.items():
            use(page)
            longest, over = tasks(page)
            rows.append((what, longest, over, within(longest, 100)))
        families(page)
        rows.append(("a family of twenty, events, method", *tasks(page), ""))
    table(["while", "longest task, ms", "tasks over 100 ms", "aim"], rows)


def families(page: Page) -> None:
    """Opens a family, the events and the method."""
    index = page.url.partition("#")[0]
    page.goto(f"{index}#/")
    page.click("[data-family] h3 a")
    page.wait_for_selector("main[data-view=family]")
    for view in ("events", "method"):
        page.goto(f"{index}#/{view}")
        page.wait_for_selector(f"main[data-view={view}]")


def tasks(page: Page) -> tuple[float, int]:
    """The longest task since last asked (below 50 ms none is counted: 0), and how many took over 100 ms."""
    page.wait_for_timeout(200)
    found = page.evaluate("tasks.splice(0)")
    return float(max(found, default=0)), sum(one > 100 for one in found)  # noqa: PLR2004  # milliseconds


def scale(browser: Browser, asked_for: argparse.Namespace) -> None:
    """What a run over thousands of articles takes, writes, and how soon its first page is seen."""
    for count in map(int, asked_for.sizes.split(",")):
        with tempfile.TemporaryDirectory() as name:
            articles = newsroom(sample(asked_for.news, USUAL, count), count, asked_for.made)
            run = ran(list(articles), Path(name))
            page, paint, _ = opened(browser, Path(name) / "reports" / "index.html")
            page.context.close()
        print(f"{count:,} articles.\n")
        seen = ("first paint, s", paint / 1000, within(paint / 1000, 2))
        table(["what", "figure", "aim"], [*run.rows(count), seen])


SUITES = {"articles": articles, "pairs": pairs}


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("news", type=Path)
    parser.add_argument("--only", default=",".join(SUITES))
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--sizes", default="5000,20000", help="articles of the suite `scale`")
    parser.add_argument(
        "--made", type=int, default=0, help="articles of them that are made from others; 0: two of five"
    )
    asked_for = parser.parse_args()
    found = list(islice(texts(asked_for.news), ARTICLES + 1))
    program = shutil.which("chromium") or sys.exit("no chromium on the path")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-dev-shm-usage"])
        print(f"{machine()[:-1]}, Chromium {browser.version}.\n")
        for name in asked_for.only.split(","):
            if name == "scale":
                scale(browser, asked_for)
            else:
                SUITES[name](browser, found, asked_for.runs)
        browser.close()


if __name__ == "__main__":
    main()
