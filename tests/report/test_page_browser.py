"""The report in Chromium, from `file://`: what an editor does with mouse, keyboard, printer and bad input."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
import yaml
from chromium import objections, reading
from newsroom import allowed, comparison, document, entry, settled_newsroom, with_families

import compare
from compare.families.versions import family_key
from compare.model import (
    Cluster,
    Drift,
    EventGroup,
    Fact,
    Holder,
    Judged,
    Kind,
    Mark,
    Match,
    Member,
    Operation,
    Repeated,
    Report,
    Skipped,
    Span,
    State,
    Verdict,
)
from compare.report.html import app_page, pages
from compare.report.links import pair_file_name
from compare.report.write import write_report

if TYPE_CHECKING:
    from pathlib import Path

    from chromium import Reader
    from playwright.sync_api import Browser, Page

MOVED = ("harbour-daily.md", "harbour-weekly.md")
SCHEMES = [
    {"color_scheme": scheme, "forced_colors": forced} for forced in ("none", "active") for scheme in ("light", "dark")
]
VIEWS = ("stories", "family", "events", "pair", "article", "repeated", "method")
RUN = "window.__pwned=1"
NOWHERE = "http://127.0.0.1:9/"
BODIES = (
    f"<script>{RUN}</script>", "<script>alert(1)</script>", f"<svg><script>{RUN}</script></svg>", "<!--<script>",
    f"<img src=x onerror={RUN}>", f"<svg onload={RUN}>", f"<body onload={RUN}>", f"<details open ontoggle={RUN}>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>", f"<a href='javascript:{RUN}'>x</a>",
    f"javascript:{RUN}", f"<input autofocus onfocus={RUN}>", f"<math><mtext><img src=x onerror={RUN}></mtext></math>",
    f"<style>@import '{NOWHERE}'</style>", f"<link rel=stylesheet href={NOWHERE}>", f"<video src=x onerror={RUN}>",
    f"<meta http-equiv=refresh content='0;url={NOWHERE}'>", f"<base href={NOWHERE}>", f"<object data={NOWHERE}>",
    f"<p style=background:url({NOWHERE})>", f"&lt;img src=x onerror={RUN}&gt;", f"{{{{{RUN}}}}}", f"${{{RUN}}}",
    f"\u202e<b onclick={RUN}>\u2028\x00", "__proto__",
)  # fmt: skip
WRAPS = ("{}", '">{}', "'>{}", "</title>{}", "</script>{}", "</noscript>{}", "-->{}", "</style></textarea>]]>{}")
PAYLOADS = [wrap.format(body) for body in BODIES for wrap in WRAPS]
WALK = """async ([routes, display]) => {
  const seen = new Set();
  document.documentElement.style.display = display;
  for (const route of routes) {
    const drawn = new Promise((done) => addEventListener("hashchange", () => setTimeout(done), {once: true}));
    location.hash = route;
    await drawn;
    for (const one of document.querySelectorAll("*")) {
      seen.add(one.localName);
      for (const {name} of one.attributes) if (name.startsWith("on")) seen.add("@" + name);
      if (one.protocol && one.protocol !== "file:") seen.add(one.protocol);
      if (one.getAttribute("style")?.includes("url(")) seen.add("url:");
    }
  }
  return [...seen];
}"""
"""Every element, listener attribute, foreign protocol and address of a style on the way through some routes."""
CROSSINGS = """(paths) => {
  const ends = paths.map((path) => {
    const length = path.getTotalLength();
    const points = Array.from({length: 400}, (_, i) => path.getPointAtLength(i / 399 * length));
    const at = (x) => {
      const ys = points.filter((point) => Math.abs(point.x - x) < 1).map((point) => point.y);
      return ys.reduce((sum, y) => sum + y, 0) / ys.length;
    };
    const xs = points.map((point) => point.x);
    return [path.dataset.passage, at(Math.min(...xs)), at(Math.max(...xs))];
  });
  const crosses = (x) => (y) => (x[1] - y[1]) * (x[2] - y[2]) < 0;
  return ends.filter((x) => ends.some(crosses(x))).map((x) => x[0]);
}"""
"""The numbers of the lines whose order is another on the right than on the left."""


@pytest.fixture(scope="module")
def data(seeds_report: Path) -> dict[str, Any]:
    """What the page of `seeds/` was given."""
    text = (seeds_report / "index.html").read_text("utf-8")
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)[1])


@pytest.fixture(scope="module")
def moved(data: dict[str, Any]) -> dict[str, Any]:
    """The pair of `seeds/` with moved paragraphs."""
    places = sorted(next(i for i, one in enumerate(data["documents"]) if one["id"] == name) for name in MOVED)
    return next(pair for pair in data["pairs"] if [pair["a"], pair["b"]] == places)


def stem(pair: dict[str, Any]) -> str:
    return pair["page"].removesuffix(".html")


def address(view: str, pair: dict[str, Any]) -> str:
    """The route of a view: of a pair, or of one article."""
    key = family_key(MOVED[0])
    parts = {
        "stories": "",
        "family": f"family/{key}",
        "pair": f"pair/{stem(pair)}",
        "article": f"article/{quote(MOVED[0], safe='')}",
    }
    return f"#/{parts.get(view, view)}"


def test_opening_asks_for_nothing_and_says_nothing_on_the_console(reader: Reader, moved: dict[str, Any]) -> None:
    routes = [(address(view, moved), view) for view in VIEWS]
    routes += [
        ("#/pair/none", ""),
        ("#/article/%E0%A4", ""),
        ("#/__proto__", ""),
        (f"#/pair/{stem(moved)}/none", "pair"),
    ]
    for route, view in routes:
        reader.go(route, view)
        assert reader.page.inner_text("main h1"), route
    assert set(reader.requests) == {reader.index}
    assert reader.said == []


@pytest.mark.parametrize("view", [*VIEWS, "static page"])
def test_axe_has_nothing_against_it_in_light_dark_and_forced_colours(
    view: str, reader: Reader, moved: dict[str, Any]
) -> None:
    if view == "static page":
        reader.page.goto((reader.folder / moved["page"]).as_uri())
    else:
        reader.go(address(view, moved), view)
    assert objections(reader.page, SCHEMES) == []


def test_the_keyboard_alone_reaches_passage_3_and_the_one_before_it(reader: Reader, moved: dict[str, Any]) -> None:
    page = reader.go(address("article", moved), "article")
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.hash || ''") == f"#/pair/{stem(moved)}":
            break
    page.keyboard.press("Enter")
    page.wait_for_selector("main[data-view=pair]")
    for said in ("Passage 1 of", "Passage 2 of", "Passage 3 of"):
        page.keyboard.press("j")
        assert said in page.inner_text("#status")
    assert_focus_is_seen(page, "3")
    page.keyboard.press("k")
    assert "Passage 2 of" in page.inner_text("#status")
    assert_focus_is_seen(page, "2")


def assert_focus_is_seen(page: Page, passage: str) -> None:
    found = page.evaluate("""() => {
      const one = document.activeElement, area = one.getBoundingClientRect(), style = getComputedStyle(one);
      const top = document.elementFromPoint(area.x + area.width / 2, area.y + area.height / 2);
      const ring = style.outlineStyle !== "none" || style.boxShadow !== "none";
      return [one.dataset.passage, one.matches(":focus-visible"), ring, one.contains(top)];
    }""")
    assert found == [passage, True, True, True]


def test_keys_and_buttons_go_from_pair_to_pair_swap_sides_and_open_help(reader: Reader, moved: dict[str, Any]) -> None:
    page = reader.go(address("pair", moved), "pair")
    first, drawn = page.url, page.title()
    for forth, back in ((lambda: page.keyboard.press("n"), lambda: page.keyboard.press("p")),
                        (lambda: page.click("#next-pair"), lambda: page.click("#previous-pair"))):  # fmt: skip
        forth()
        page.wait_for_function("title => document.title !== title", arg=drawn)
        back()
        page.wait_for_function("title => document.title === title", arg=drawn)
        assert page.url == first
    order = "() => [...document.querySelectorAll('.side')].map(one => one.dataset.column).join('')"
    page.keyboard.press("s")
    assert page.evaluate(order) == "ba"
    page.click("#swap")
    assert page.evaluate(order) == "ab"
    page.keyboard.press("?")
    assert page.is_visible("#help")
    page.keyboard.press("Escape")
    assert page.is_hidden("#help")
    page.keyboard.press("/")
    page.wait_for_selector("#search:focus")
    assert reader.said == []


def test_connectors_cross_where_paragraphs_moved(reader: Reader, moved: dict[str, Any]) -> None:
    reader.page.set_viewport_size({"width": 1400, "height": 4000})
    page = reader.go(address("pair", moved), "pair")
    page.wait_for_selector("#connectors path[data-passage]", state="attached")
    crossed = page.eval_on_selector_all("#connectors path[data-passage]", CROSSINGS)
    numbers = {str(n) for n, match in enumerate(moved["matches"], start=1) if "moved" in match["marks"]}
    assert numbers
    assert numbers <= set(crossed)


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report with an accepted copy, and a pair that has grown since it was accepted."""
    folder = tmp_path_factory.mktemp("settled")
    write_report(settled_newsroom(), folder)
    return folder


COPY, GROWN, STORY = (pair_file_name(one).removesuffix(".html") for one in settled_newsroom().comparisons)


PAIR = "compare accept daily/harbour-daily.md wire/harbour-wire.md"
OLD = "Object.defineProperty(navigator, 'clipboard', {value: undefined})"


@pytest.mark.parametrize("script", ["", OLD, f"{OLD}; document.execCommand = () => false"])
def test_the_key_a_copies_the_command_for_the_pair_or_the_chosen_passage(
    script: str, browser: Browser, settled: Path
) -> None:
    for reader in reading(browser, settled, permissions=["clipboard-read", "clipboard-write"]):
        reader.page.add_init_script(script)
        page = reader.go(f"#/pair/{GROWN}", "pair")
        key = json.loads(page.text_content("#data") or "")["pairs"][1]["matches"][1]["key"]
        page.keyboard.press("a")
        assert_copied(page, f"{PAIR} --reason …", script)
        page.keyboard.press("Escape")
        page.focus("#next")
        page.keyboard.press("j")
        assert page.is_hidden("#command")
        page.keyboard.press("j")
        page.keyboard.press("a")
        assert_copied(page, f"{PAIR} --passage {key} --reason …", script)
        page.click("#command-whole")
        assert_copied(page, f"{PAIR} --reason …", script)
        page.click("#command-close")
        assert page.evaluate("document.activeElement.id") == "accept"
        page.click(".side button.number[data-passage='7'] >> nth=0")
        page.click("#accept")
        assert "Passage 7 does not count as reuse" in page.inner_text("#status")
        assert page.is_hidden("#command-text")
        assert reader.said == []
        assert set(reader.requests) == {reader.index}


def assert_copied(page: Page, command: str, script: str) -> None:
    """What is copied stands in the field and is said; where copying is refused it is selected."""
    refused = "execCommand" in script
    said = f"{'Not copied, but selected' if refused else 'Copied'}: {command}"
    page.wait_for_function("said => document.querySelector('#status').textContent === said", arg=said)
    assert page.input_value("#command-text") == command
    if refused:
        assert page.evaluate("document.activeElement.id") == "command-text"
        assert page.evaluate("getSelection().toString() || document.activeElement.selectionEnd") in {
            command,
            len(command),
        }
    elif not script:
        assert page.evaluate("navigator.clipboard.readText()") == command


def test_where_nothing_is_reused_the_key_a_says_so(browser: Browser, settled: Path) -> None:
    for reader in reading(browser, settled):
        page = reader.go(f"#/pair/{STORY}", "pair")
        page.keyboard.press("a")
        assert "there is nothing to accept" in page.inner_text("#status")
        assert page.locator("#accept").count() == 0


def test_axe_has_nothing_against_accepted_pairs_and_the_command(browser: Browser, settled: Path) -> None:
    for reader in reading(browser, settled):
        for route in ("", f"pair/{COPY}", f"pair/{GROWN}", "static"):
            if route == "static":
                reader.page.goto((settled / f"{GROWN}.html").as_uri())
            else:
                page = reader.go(f"#/{route}")
                if route:
                    page.click("#accept")
            assert objections(reader.page, SCHEMES) == [], route
            reader.page.emulate_media(color_scheme="light", forced_colors="none")


def test_a_link_to_a_passage_opens_it_also_after_the_article_has_changed(
    browser: Browser, root: Path, tmp_path: Path
) -> None:
    articles = tmp_path / "articles"  # the page stands elsewhere, or it would be read as an article itself
    articles.mkdir()
    for name in MOVED:
        shutil.copy(root / "seeds" / name, articles)
    before = compare.run(articles)
    (tmp_path / "index.html").write_text(app_page(before), "utf-8")
    for reader in reading(browser, tmp_path):
        page = reader.go(f"#/pair/{pair_file_name(before.comparisons[0])[:-5]}", "pair")
        page.click("button.number[data-passage='3'][data-side=a]")
        link, passage = page.url.partition("#")[2], current(page)
        article = (articles / MOVED[0]).read_text("utf-8")
        head, rest = article[: article.index("\n---", 3) + 5], article[article.index("\n---", 3) + 5 :]
        (articles / MOVED[0]).write_text(
            f"{head}\nSome words of its own stand here before the rest.\n\n{rest}", "utf-8"
        )
        after = app_page(compare.run(articles))
        assert after != app_page(before)
        (tmp_path / "index.html").write_text(after, "utf-8")
        page = reader.go(f"#{link}", "pair")
        assert current(page) == passage != ["", ""]
        assert all(page.locator(f"[data-column={side}] [aria-current=true]").first.is_visible() for side in "ab")


def current(page: Page) -> list[str]:
    """The text of the current passage on both sides."""
    number = page.get_attribute("button.number[aria-current=true][data-side=a]", "data-passage")
    pieces = "(all) => all.map((one) => one.textContent).join('')"
    return [page.eval_on_selector_all(f".m[data-passage='{number}'][data-side={side}]", pieces) for side in "ab"]


@pytest.mark.parametrize("width", [1280, 700])
def test_in_print_each_passage_is_a_row_and_nothing_is_there_to_be_pressed(
    width: int, reader: Reader, moved: dict[str, Any]
) -> None:
    page = reader.go(address("pair", moved), "pair")
    page.set_viewport_size({"width": width, "height": 1000})
    page.emulate_media(media="print")
    page.wait_for_selector("#rows .row")  # drawn when the medium has changed; a real print waits for it
    seen = "(all) => all.filter((one) => one.getClientRects().length).length"
    assert page.eval_on_selector_all("nav, #help-open, #view, #next, #swap, #frame, .skip, .minimap", seen) == 0
    for number in range(1, len(moved["matches"]) + 1):
        row = f".row:has(.m[data-passage='{number}'][data-side=a]):has(.m[data-passage='{number}'][data-side=b])"
        assert page.eval_on_selector_all(f"#rows {row}", seen) == 1, number
    assert page.is_visible(".hashes")
    assert page.pdf(format="A4").startswith(b"%PDF")
    page = reader.go("#/", "stories")
    page.emulate_media(media="print")
    assert page.eval_on_selector_all("nav, .filters", seen) == 0
    assert reader.said == []


def test_the_four_views_of_a_pair_show_all_or_matches_or_one_sides_own(reader: Reader, moved: dict[str, Any]) -> None:
    page = reader.go(address("pair", moved), "pair")
    seen = {"full": ["a", "b"], "matches": [], "only-a": ["a"], "only-b": ["b"]}
    for view, columns in seen.items():
        page.check(f"#view input[value={view}]", force=True)
        assert [side for side in "ab" if page.is_visible(f"[data-column={side}]")] == columns
    page.check("#view input[value=matches]", force=True)
    own = page.locator("#rows .rest:visible").all_inner_texts()
    assert page.locator("#rows .m[data-side=a]:visible").count() >= len(moved["matches"])
    assert not any(re.search(r"\w", text) for text in own)


def test_a_changed_fact_is_said_above_the_texts_and_stands_out_in_them(reader: Reader, data: dict[str, Any]) -> None:
    text = [one["text"] for one in data["documents"]]
    pair, number, a, b = next(
        (pair, number, " ".join(text[pair["a"]][a0:a1].split()), " ".join(text[pair["b"]][b0:b1].split()))
        for pair in data["pairs"]
        for number, match in enumerate(pair["matches"], start=1)
        for _, a0, a1, b0, b1 in match["drifts"]
        if a0 < a1 and b0 < b1
    )
    page = reader.go(address("pair", pair), "pair")
    told = page.inner_text("#changes")
    assert re.search(f"{re.escape(a)}.*{re.escape(b)}|{re.escape(b)}.*{re.escape(a)}", told)
    for side, fact in (("a", a), ("b", b)):
        marked = page.locator(f".m[data-passage='{number}'][data-side={side}] mark.drift").all_inner_texts()
        assert any(fact in words for words in marked)


def test_passages_stand_in_their_place_in_texts_with_astral_characters_also_when_the_data_are_deflated(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("compare.report.page.PLAIN_BYTES", 100)
    passage = "The 🚢 harbour 🌊 board voted on Monday night to spend 4.2 million crowns on a new outer breakwater."
    for name, text in {
        "a.txt": f"🐟🐟🐟 Own words come first here.\n\n{passage}",
        "b.txt": f"{passage}\n\n🦀 And last.",
    }.items():
        (tmp_path / name).write_text(text, "utf-8")
    report = compare.run(tmp_path)
    (tmp_path / "index.html").write_text(app_page(report), "utf-8")
    for reader in reading(browser, tmp_path):
        page = reader.go(f"#/pair/{pair_file_name(report.comparisons[0])[:-5]}", "pair")
        assert page.get_attribute("#data", "data-encoding") == "deflate-raw"
        page.keyboard.press("j")
        assert [text.strip(". ") for text in current(page)] == [passage.strip(".")] * 2
        assert reader.said == []


@pytest.mark.parametrize("view", VIEWS)
def test_a_narrow_screen_is_never_scrolled_sideways(view: str, reader: Reader, moved: dict[str, Any]) -> None:
    reader.page.set_viewport_size({"width": 420, "height": 800})
    page = reader.go(address(view, moved), view)
    widest = """() => [...document.querySelectorAll("body *")].filter((one) => !one.closest(".scroll *"))
      .map((one) => [one.getBoundingClientRect().right, `${one.localName}.${one.className}`])
      .sort((x, y) => y[0] - x[0])[0]"""
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 420, page.evaluate(widest)


def test_without_javascript_all_that_needs_a_look_is_a_link_to_a_page_with_all_of_both_texts(
    browser: Browser, seeds_report: Path, data: dict[str, Any]
) -> None:
    text = """(sides) => sides.map((side) => {
      const copy = side.cloneNode(true);
      for (const label of copy.querySelectorAll("a.label")) label.remove();
      return copy.textContent;
    })"""
    for reader in reading(browser, seeds_report, java_script_enabled=False):
        page = reader.page
        page.goto(reader.index)
        linked = page.locator("main li a:visible").evaluate_all("(all) => all.map((a) => a.getAttribute('href'))")
        told = {version["pair"] for family in data["families"] for version in family["versions"]} - {-1}
        assert sorted(linked) == sorted(data["pairs"][at]["page"] for at in told)
        for pair in (one for one in data["pairs"] if one["printed"]):
            page.goto((reader.folder / pair["page"]).as_uri())
            shown = page.eval_on_selector_all("article .text", text)
            sides = [data["documents"][pair[side]] for side in ("ba" if pair["left"] == "b" else "ab")]
            for side, found in zip(sides, shown, strict=True):
                assert re.findall(r"\w+", found) == re.findall(r"\w+", side["text"][side["body"] :]), pair["page"]
        assert reader.said == []


def test_a_report_of_one_article_or_of_a_pair_without_passages_is_shown_without_a_complaint(
    browser: Browser, tmp_path: Path
) -> None:
    sides = document("a", "Some text here."), document("b", "")
    pair = comparison("a", "b", Verdict.SAME_STORY)
    for report in (Report(sides[:1], *[()] * 4, {}, {}, {}), Report(sides, (pair,), *[()] * 3, {}, {}, {})):
        (tmp_path / "index.html").write_text(app_page(report), "utf-8")
        for reader in reading(browser, tmp_path):
            for route in (
                "#/",
                "#/events",
                "#/method",
                "#/article/a",
                f"#/pair/{pair_file_name(pair)[:-5]}",
            ):
                page = reader.go(route)
                for key in "jkns":
                    page.keyboard.press(key)
                assert page.inner_text("main h1"), route
            assert reader.said == []


def hostile() -> Report:
    """A report of 200 articles in which all that comes from outside is a payload."""
    documents = tuple(_hostile_document(words) for words in PAYLOADS)
    ids = [one.id for one in documents]
    pairs = tuple(_hostile_pair(a, b) for a, b in pairwise(documents))
    clusters = (Cluster(ids[0], PAYLOADS[0], tuple(Member(one, ids[0], one, one) for one in ids)),)
    repeated = tuple(Repeated(one, 3, (Holder(one, Span(0, 2)), Holder(ids[0], Span(0, 2)))) for one in ids)
    skipped = tuple(Skipped(one, one) for one in PAYLOADS)
    named = {one: one for one in PAYLOADS}
    report = with_families(
        Report(documents, pairs, clusters, repeated, skipped, dict.fromkeys(PAYLOADS, 3), named, dict.fromkeys(ids, 9))
    )
    # each view of a story draws its whole event: few articles, or the same 200 names are laid out 149 times
    shared = (slice(at, at + 10) for at in range(0, len(ids), 10))
    report = replace(report, events=tuple(EventGroup(tuple(ids[part]), tuple(PAYLOADS[part])) for part in shared))
    states = [state for state in State if state is not State.NEW]
    return allowed(report, *(
        Judged(states[at % len(states)], words, (replace(entry(by=words, note=words, expires=words), date=words),))
        for at, words in enumerate(PAYLOADS[1:])
    ))  # fmt: skip


def _hostile_document(words: str) -> Any:  # noqa: ANN401  # a document
    made = document(words, f"{words}\n\nThe council paid {words}.")
    fields = ("title", "author", "published", "published_from", "source", "license", "language", "path", "sha256")
    return replace(made, **dict.fromkeys(fields, words))


def _hostile_pair(a: Any, b: Any) -> Any:  # noqa: ANN401  # documents, a comparison
    whole = [Span(0, len(side.text)) for side in (a, b)]
    step = Operation("replace", *[Span(0, len(side.id)) for side in (a, b)], Span(0, 3), Span(0, 3))
    drift = Drift(Fact.NAME, *[Span(0, len(side.id)) for side in (a, b)])
    match = Match(*whole, Kind.EDITED, 0.8, (Mark.DRIFT, Mark.UNQUOTED), (step,), (drift,), a.id, counts=True)
    return comparison(a.id, b.id, Verdict.DERIVED, reused_a=0.5, longest=9, matches=(match,))


def test_200_hostile_payloads_run_nothing_ask_for_nothing_and_make_no_element(browser: Browser, tmp_path: Path) -> None:
    assert len(set(PAYLOADS)) == 200
    report = hostile()
    for name, text in pages(report):
        (tmp_path / name).write_text(text, "utf-8")
    routes = [f"#/pair/{pair_file_name(one)[:-5]}/1" for one in report.comparisons]
    routes += [f"#/family/{one.key}" for one in report.families]
    for reader in reading(browser, tmp_path, bypass_csp=True):  # nothing may run even if the policy were not there
        page = reader.go("#/events", "events")
        routes += page.eval_on_selector_all("main a[href^='#/article']", "(all) => all.map((one) => one.hash)")
        routes += [f"#/{view}" for view in ("repeated", "events", "method", "")]
        assert len(routes) >= 400
        assert_harmless(walked(page, routes))
        page.check("#accepted")
        assert_harmless(page.evaluate(WALK, [[*routes[:20], "#/"], ""]))
        for route in routes[:40]:
            page.evaluate("route => { location.hash = route; }", route)
            page.wait_for_selector("#accept")
            page.keyboard.press("a")
            page.wait_for_selector("#command-text")
        assert_harmless(page.evaluate(WALK, [routes[:1], ""]))
        for file in sorted(tmp_path.glob("pair-*.html"))[::10]:
            page.goto(file.as_uri())
            page.wait_for_load_state()
            assert_harmless(page.evaluate(WALK, [["#a-1"], ""]))
            assert page.evaluate("window.__pwned") is None
        assert reader.said == []
        assert set(reader.requests) <= {one.as_uri() for one in tmp_path.iterdir()}


def test_the_payloads_run_nothing_either_when_they_are_read_from_file_names_front_matter_and_texts(
    browser: Browser, tmp_path: Path
) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    for number, payload in enumerate(PAYLOADS):
        name = payload.translate({0: None, ord("/"): "\u2215"})[:60]
        fields = dict.fromkeys(("title", "author", "source", "license", "language", "date", "id"), payload)
        story = " ".join(f"word{number // 2}x{k}" for k in range(60))
        text = f"---\n{yaml.safe_dump(fields, allow_unicode=True)}---\n\n{payload}\n\n{story} {payload}.\n"
        (folder / f"{number:03} {name}.md").write_bytes(text.encode("utf-8", "surrogatepass"))
    report = compare.run(folder)
    assert len(report.comparisons) >= 90
    write_report(report, tmp_path / "report")
    routes = [f"#/pair/{pair_file_name(one)[:-5]}/1" for one in report.comparisons]
    for reader in reading(browser, tmp_path / "report", bypass_csp=True):
        page = reader.go("#/", "stories")
        routes += [f"#/family/{one.key}" for one in report.families]
        assert_harmless(walked(page, [*routes, "#/method", "#/events", "#/"]))
        assert page.evaluate("window.__pwned") is None
        assert reader.said == []
        assert set(reader.requests) == {reader.index}


def walked(page: Page, routes: list[str]) -> list[str]:
    """What stands on all routes; each fifth, from the last one back, is laid out as well, with all kinds of payload."""
    return [*page.evaluate(WALK, [routes, "none"]), *page.evaluate(WALK, [routes[::-5][::-1], ""])]


def assert_harmless(seen: list[str]) -> None:
    foreign = {"img", "iframe", "object", "video", "math", "base", "textarea", "b"}
    assert not [one for one in seen if one in foreign or one.startswith("@on") or one.endswith(":")]


def test_a_payload_that_did_run_would_be_seen(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(f"<img src=x onerror='{RUN};alert(2)'><a href='javascript:1'>x</a>", "utf-8")
    for reader in reading(browser, tmp_path):
        reader.page.goto(reader.index)
        reader.page.wait_for_function("window.__pwned === 1")
        assert "2" in reader.said
        assert set(reader.page.evaluate(WALK, [["#x"], ""])) >= {"img", "@onerror", "javascript:"}
        assert len(reader.requests) > 1
