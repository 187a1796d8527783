"""What the first page says, in Chromium, against what Python says: odd numbers, odd dates, odd names."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from chromium import reading
from newsroom import comparison, document, settled_newsroom, with_families

import compare
from compare.families.telling import Telling
from compare.model import (
    Cluster,
    Comparison,
    Document,
    Drift,
    Fact,
    Holder,
    Kind,
    Mark,
    Match,
    Member,
    Operation,
    Repeated,
    Report,
    Skipped,
    Span,
    Verdict,
)
from compare.report import page as page_data
from compare.report.html import app_page, pair_page
from compare.report.links import pair_file_name
from compare.report.pairs import told
from compare.report.write import write_report
from compare.wording import page as sayings
from compare.wording import words
from compare.wording.families import bar_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chromium import Reader
    from playwright.sync_api import Browser

SHARES = (0.0, 1e-9, 0.0049, 0.005, 0.00500000001, 0.1249999999, 0.125, 0.994999, 0.995, 0.9999999, 1.0, 0.29, 0.57)
SMALL = ("kept", "containment")
COUNTS = (0, 1, 2, 12, 999, 1000, 1001, 999999, 1000000, 1234567)
BOLD, LONG = "<b>7</b>", "very long name " * 30
SIDES = (
    ("x/7.md", "", "2002-11-28"), ("y/7.txt", "", "2024-11-29T10:00"), ("7", "Seven", "2024-02-30"),
    (BOLD, "<i>{count}</i> &amp; $&", ""), ("\u202egpj.exe", "\u2067right to left", "2024-11-29"),
    (LONG, LONG, "2024-11-28"), ("row {a}", "  ", "29 November"), ("قصة.md", "قصة الميناء", "2024-11-29"),
    ("8.md", "Seven", "20241129"), ("9", "", "0001-01-01"), ("10", "\x00\n", "2024"),
)  # fmt: skip
"""Ids, titles and dates."""
TEXT = "The 4.2 million crowns \u202e were paid\x1c on Monday, and 12 boats sank there.\n\nNobody was hurt."
TABLE = "(rows) => rows.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent).filter(Boolean))"
EACH = "(all) => all.map((one) => one.textContent)"
CARDS = """() => [...document.querySelectorAll("[data-family]")].map((card) => ({
  key: card.dataset.family, title: card.querySelector("h3").textContent,
  first: card.querySelector(".facts span").textContent,
  said: [...card.querySelectorAll(".said a")].map((one) => one.textContent),
  labels: [...card.querySelectorAll(".bar")].map((one) => one.getAttribute("aria-label")),
}))"""
MACHINE = {
    "verdict",
    "kind",
    "marks",
    "mark",
    "state",
    "page",
    "css",
    "lang",
    "published",
    "signs",
    "tokens",
    "left",
    "first",
}
"""Keys of the data whose values are names in code."""
LATIN = re.compile(r"\w*[A-Za-z{]\w*")
SHOWN = """() => {
  const main = document.getElementById("main").cloneNode(true);
  for (const tag of main.querySelectorAll(".tag")) tag.remove();
  const named = (one) => ["aria-label", "title", "placeholder", "alt"].map((name) => one.getAttribute(name));
  const names = [...main.querySelectorAll("*")].flatMap(named);
  return [document.title, document.getElementById("status").textContent, main.textContent, ...names].filter(Boolean);
}"""
"""All that the page says at this moment, aloud too, but for the names of the sides: a and b."""


def odd_document(place: int) -> Document:
    document_id, title, published = SIDES[place]
    made = document(document_id, f"{TEXT} Number {place}.", published=published)
    return replace(made, title=title, author="Ann\u202e" * (place % 2), source="{words}", license="<u>" * (place % 3))


def odd_pair(place: int, a: Document, b: Document) -> Comparison:
    share = SHARES[place]
    spans = [Span(text.index("The 4.2"), text.index("there.") + 6) for text in (a.text, b.text)]
    fact = Span(TEXT.index("4.2"), TEXT.index("were paid") + 10)
    step = Operation("equal", *spans, Span(0, 12), Span(0, 12))
    marks = tuple(Mark)[: place % (len(Mark) + 1)]
    drifts = (Drift(Fact.NUMBER, fact, fact), Drift(Fact.NEGATION, Span(fact.start, fact.start), fact))[: place % 3]
    match = Match(*spans, tuple(Kind)[place % 4], share, marks, (step,), drifts, "Ida\u202e" * (place % 2))
    scores = {f"{name}_{side}": SHARES[(place + at) % 13] for at, side in enumerate("ab") for name in ("reused", "own")}
    scores |= {
        f"{name}_{side}": SHARES[-place - at] for at, side in enumerate("ab") for name in ("kept", "containment")
    }
    return comparison(
        a.id, b.id, list(Verdict)[place % 6], jaccard=share, minhash=SHARES[-place], cosine=SHARES[(place * 5) % 13],
        shared=COUNTS[place], longest=COUNTS[-place - 1], matches=(match,) * COUNTS[place % 4], **scores,
    )  # fmt: skip


@pytest.fixture(scope="module")
def report() -> Report:
    """Articles with every odd name and date, each paired with the next one."""
    documents = tuple(odd_document(place) for place in range(len(SIDES)))
    pairs = tuple(odd_pair(place, *sides) for place, sides in enumerate(pairwise(documents)))
    sizes = {document.id: COUNTS[place % len(COUNTS)] for place, document in enumerate(documents)}
    return Report(documents, pairs, (), (), (), {}, {"shingle": 5, "small": 0.000001, "none": None, "yes": True}, sizes)


@pytest.fixture(scope="module")
def folder(report: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    written = tmp_path_factory.mktemp("odd")
    write_report(report, written)
    for pair in report.comparisons:  # also those that need no page of their own
        (written / pair_file_name(pair)).write_text(pair_page(report, pair), "utf-8")
    return written


@pytest.fixture
def reader(browser: Browser, folder: Path) -> Iterator[Reader]:
    yield from reading(browser, folder)


def sides(report: Report, pair: Comparison) -> list[int]:
    ids = [article.id for article in report.documents]
    return [ids.index(pair.a), ids.index(pair.b)]


def test_the_front_page_says_of_every_story_what_python_says(browser: Browser, tmp_path: Path, report: Report) -> None:
    found = with_families(report)
    telling = Telling(found)
    (tmp_path / "index.html").write_text(app_page(found), "utf-8")
    for reader in reading(browser, tmp_path):
        cards = {card["key"]: card for card in reader.go("#/", "stories").evaluate(CARDS)}
        assert len(cards) == len(found.families) >= 4
        for story in (telling.told(family, look) for family, look in telling.ranked):
            card, versions = cards[story.family.key], [one for one in story.versions if one.pair]
            assert card["title"] == story.title
            assert card["first"] == "".join(part.text for part in story.first)
            assert len(card["said"]) == min(4, len(versions))
            assert set(card["said"]) <= {"".join(part.text for part in one.sentence) for one in versions}
            assert set(card["labels"]) <= {bar_line(one.version.bar) for one in versions}


def test_dates_are_as_far_apart_on_every_page_as_in_python(reader: Reader, report: Report) -> None:
    apart = []
    page = reader.go("#/", "stories")
    own = page.context.new_page()
    for pair in report.comparisons:
        a, b = (report.documents[place] for place in sides(report, pair))
        reader.turn(f"#/pair/{pair_file_name(pair)[:-5]}", "pair")
        facts = page.locator("main > .top .facts span").all_inner_texts()
        own.goto((reader.folder / pair_file_name(pair)).as_uri())
        assert own.locator(".top .facts span").all_inner_texts() == facts
        gap = words.gap(a.published, b.published)
        assert [fact for fact in facts if fact.startswith("Published")] == ([f"Published {gap}"] if gap else [])
        apart.append(gap)
    assert apart[0] == "8,037 days apart"
    assert {"", "1 day apart"} <= set(apart)


def test_a_pair_says_the_same_on_the_first_page_on_its_own_page_and_in_python(reader: Reader, report: Report) -> None:
    titles = sayings.titles(report.documents)
    telling = Telling(report)
    page = reader.go("#/", "stories")
    own = page.context.new_page()
    for pair in report.comparisons:
        a, b = sides(report, pair)
        says = told(pair, telling)
        line = "".join(part.text for part in says.line)
        reader.turn(f"#/pair/{pair_file_name(pair)[:-5]}", "pair")
        title, scores = page.title(), page.eval_on_selector_all("#scores tbody tr", TABLE)
        assert page.text_content("main h1") == line
        assert page.eval_on_selector_all("#why ul li", EACH) == pair.explain().splitlines()
        columns = [titles[place] for place in ((a, b) if says.before == "a" else (b, a))]
        assert page.eval_on_selector_all(".side h2 bdi", EACH) == columns
        assert scores == sayings.score_rows(pair)
        buttons = page.locator(".side[data-column=a] button.number:not(.on)")
        lines = buttons.evaluate_all("(all) => all.map((one) => one.title)")
        about = page.eval_on_selector_all(".side[data-column=a] .meta > *", EACH)
        own.goto((reader.folder / pair_file_name(pair)).as_uri())
        assert own.text_content("h1").strip() == line
        assert (own.title(), own.eval_on_selector_all("#scores tbody tr", TABLE)) == (title, scores)
        assert own.eval_on_selector_all(".side h2 bdi", EACH) == columns
        own_side = own.locator("article").filter(has=own.locator(".tag:text-is('a')"))
        labels = own_side.locator("a.label:not(.on)")
        assert labels.evaluate_all("(all) => all.map((one) => one.title)") == lines
        assert own_side.locator(".meta > *").evaluate_all(EACH) == about


def test_a_real_run_says_the_same_on_the_page_in_its_json_and_in_explain(browser: Browser, tmp_path: Path) -> None:
    passage = "The harbour board voted on Monday night to spend 4.2 million crowns on a new outer breakwater."
    for name, text in {
        "a/7.txt": passage,
        "b/7.txt": f"{passage} And nothing else was said at all.",
        "c.txt": passage,
    }.items():
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_text(text, "utf-8")
    report = compare.run(tmp_path / "in")
    write_report(report, tmp_path / "out")
    records = json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))["pairs"]
    assert len(records) == len(report.comparisons) == 3
    titles = set()
    for reader in reading(browser, tmp_path / "out"):
        for record, pair in zip(records, report.comparisons, strict=True):
            page = reader.go(f"#/pair/{pair_file_name(pair)[:-5]}", "pair")
            assert page.locator("#why ul li").all_text_contents() == pair.explain().splitlines()
            cells = page.eval_on_selector_all("#scores tbody tr", TABLE)
            assert cells[0] == [words.percent(record["reused_a"]), words.percent(record["reused_b"])]
            assert cells[6] == [words.number(record["shared"])]
            alike = page.locator("#passages tbody tr td:nth-child(3)").all_text_contents()
            assert alike == [words.percent(match["similarity"]) for match in record["matches"]]
            titles.add(" · ".join(sorted(page.locator(".side h2 .title").all_inner_texts())))
        assert titles == {"a/7.txt · b/7.txt", "a/7.txt · c", "b/7.txt · c"}


def test_templates_are_filled_in_the_browser_as_in_python(browser: Browser) -> None:
    templates = [template for view in sayings.WORDS.values() for template in view.values()]
    slots = set(re.findall(r"\{(\w+)\}", json.dumps(templates)))
    names = ["{count}", "$& $1 {slot}", BOLD, "\u202e", LONG]
    filled = [dict.fromkeys(slots, name) | {"count": count} for name in names for count in COUNTS]
    filled += [dict.fromkeys(slots, count) for count in COUNTS]
    cases = [[template, values] for template in templates for values in filled]
    source = files("compare.report").joinpath("templates/app/15-words.js").read_text("utf-8")
    page = browser.new_page()
    sentences = page.evaluate(
        f"(cases) => {{\n{source}\nreturn cases.map(([template, slots]) => fill(template, slots));\n}}", cases
    )
    page.close()
    assert sentences == [sayings.fill(template, **values) for template, values in cases]


def veiled(value: Any, key: str = "") -> Any:  # noqa: ANN401  # plain values
    """The data with every letter of what is shown put into another alphabet; slots and names in code stay."""
    if isinstance(value, int | float) or (key in MACHINE and isinstance(value, str)):
        return value
    if isinstance(value, dict):
        if key in {"settings", "dropped"}:
            return {veiled(name): veiled(part) for name, part in value.items()}
        return {name: part if "css" in value and name == "text" else veiled(part, name) for name, part in value.items()}
    if isinstance(value, list):
        return [veiled(part, key) for part in value]
    return re.sub(r"(\{\w+\})|[A-Za-z]", lambda letter: letter[1] or "ж", value)


ROUTES = ("#/", "#/pair/{pair}", "#/pair/{pair}/none", "#/pair/{other}", "#/article/{article}", "#/repeated",
          "#/events", "#/method", "#/pair/none", "#/article/none", "#/none")  # fmt: skip
PRESSED = {
    "#/": ["#search=zzz"],
    "#/pair/{pair}": [
        *(
            "j",
            "j",
            "a",
            "#command-whole",
            "s",
            "k",
            "k",
            *"jjjjjjj",
            *"xcxc",
            "a",
            "?changes",
            "?redline",
        ),
        *("?matches", "?full", "n", "p"),
    ],
    "#/pair/{other}": ["j", "k", "a", "n", "n", "n", "p", "p", "p", "p"],
    "#/article/{article}": ["?new", "?sources", "#sources input"],
}


def everything() -> Report:
    """A report in which every part of the page has something to say."""
    report = settled_newsroom()
    ids = [article.id for article in report.documents]
    members = tuple(Member(name, kept, "", "so") for name, kept in zip(ids, (ids[0], ids[0], ids[2]), strict=False))
    alone = document("alone.txt", "Nothing of this is shared.")
    return replace(
        report, documents=(*report.documents, alone), clusters=(Cluster(ids[0], "the first", members),),
        repeated=(*report.repeated, Repeated("twice", 1000, (Holder(ids[0], Span(0, 1)),))),
        skipped=(Skipped("a", "b"), Skipped("c", "d")),
    )  # fmt: skip


def test_with_its_words_put_into_another_alphabet_the_page_says_nothing_in_this_one(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = page_data.data_of
    monkeypatch.setattr(page_data, "data_of", lambda telling: veiled(made(telling)))
    report = everything()
    (tmp_path / "index.html").write_text(app_page(report), "utf-8")
    empty = Report((), (), (), (), (), {}, {})
    pairs = [pair_file_name(pair)[:-5] for pair in report.comparisons]
    names = {"pair": pairs[1], "other": pairs[2], "article": "жжжжж%2Fжжжжжжж-жжжжж.жж"}
    for reader in reading(browser, tmp_path):
        for route in ROUTES:
            page = reader.go(route.format(**names))
            shown = page.evaluate(SHOWN)
            for press in PRESSED.get(route, ()):
                act(reader, press)
                shown += page.evaluate(SHOWN)
            assert LATIN.findall("\n".join(shown)) == [], route
            assert any("ж" in text for text in shown)
    (tmp_path / "index.html").write_text(app_page(empty), "utf-8")
    for reader in reading(browser, tmp_path):
        for route in ("#/", "#/repeated", "#/events", "#/method"):
            assert LATIN.findall("\n".join(reader.go(route).evaluate(SHOWN))) == [], route


def act(reader: Reader, press: str) -> None:
    """Types into a field (`#id=text`), presses a button (`#id`) or a key, chooses a view (`?view`)."""
    if press.startswith("?"):
        reader.page.check(f"#view input[value={press[1:]}]", force=True)
    elif not press.startswith("#"):
        reader.page.keyboard.press(press)
    elif "=" in press:
        reader.page.fill(*press.split("="))
    elif reader.page.locator(press).first.is_visible():
        reader.page.locator(press).first.click()
    reader.page.wait_for_timeout(30)
