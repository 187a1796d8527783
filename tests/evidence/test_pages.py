"""The page of a pack in Chromium: nothing of a stranger's runs, nothing is asked for, anybody can read it."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from chromium import Axe, launched
from newsroom import newsroom, settled_newsroom
from packing import FAMILY, reread, with_family

from compare.evidence.pack import Cover, contents_of, files, pack
from compare.evidence.pages import link, page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from compare.model import Report

EVIL = "</style></bdi><script>window.__pwned=1</script><img src=x onerror=window.__pwned=1>\u202e{{ 7*7 }}"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    yield from launched()


def hostile() -> Report:
    """The newsroom's report with somebody else's words wherever there may be words."""
    made = with_family(newsroom())
    evil = {"title": EVIL, "author": EVIL, "source": EVIL, "published": EVIL, "published_from": EVIL, "path": EVIL,
            "url": f"javascript:{EVIL}", "agencies": (EVIL,), "sha256": EVIL, "language": '"><b>'}  # fmt: skip
    return replace(made, documents=tuple(replace(one, **evil) for one in made.documents), settings={EVIL: EVIL})


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pack of all of it, taken apart."""
    report = reread(hostile())
    where = tmp_path_factory.mktemp("pack")
    content = pack(contents_of(report, [FAMILY, *report.keys], Cover((EVIL, "one\n\ntwo"), EVIL, "2026-03-20"), ()))
    (where / "pack.zip").write_bytes(content)
    with zipfile.ZipFile(where / "pack.zip") as archive:
        archive.extractall(where)
    return where


@pytest.fixture
def opened(browser: Browser, folder: Path) -> Iterator[tuple[Any, list[str]]]:
    context = browser.new_context(viewport={"width": 420, "height": 900}, reduced_motion="reduce")
    seen, noted = context.new_page(), list[str]()
    for event in ("request", "console", "pageerror", "dialog"):
        seen.on(event, lambda what: noted.append(getattr(what, "url", None) or str(what)))
    seen.goto((folder / "index.html").as_uri())
    yield seen, noted
    context.close()


def test_nothing_runs_nothing_is_asked_for_and_nothing_is_too_wide(opened: tuple[Any, list[str]], folder: Path) -> None:
    seen, noted = opened
    assert noted == [(folder / "index.html").as_uri()]
    assert seen.evaluate("[window.__pwned, document.scripts.length, document.images.length]") == [None, 0, 0]
    tags = set(seen.eval_on_selector_all("*", "all => all.map(one => one.localName)"))
    assert tags.isdisjoint({"script", "img", "iframe", "b", "form", "object"})
    addresses = seen.eval_on_selector_all("a", "all => all.map(one => one.getAttribute('href'))")
    assert [one for one in addresses if not one.startswith(("#", "texts/"))] == []
    assert all((folder / one).is_file() for one in addresses if not one.startswith("#"))
    assert seen.evaluate("document.documentElement.scrollWidth") <= 420


def test_anybody_can_read_it(opened: tuple[Any, list[str]]) -> None:
    seen, _ = opened
    found = Axe().run(seen).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found] == []
    assert seen.locator("h1").count() == 1
    assert seen.locator("#family-1, #pair-1, #pair-3, #method").count() == 4


def test_each_pair_begins_a_printed_page(opened: tuple[Any, list[str]]) -> None:
    seen, _ = opened
    seen.emulate_media(media="print")
    breaks = seen.eval_on_selector_all(".exhibit, .method", "all => all.map(one => getComputedStyle(one).breakBefore)")
    assert breaks == ["page"] * 5
    assert seen.pdf()[:5] == b"%PDF-"


def test_a_page_says_what_was_changed_and_where_each_date_was_read() -> None:
    made = newsroom()
    report = reread(made)
    text = files(contents_of(report, [*report.keys], Cover(), ()))["index.html"].decode()
    for said in ("(read from the front matter)", "4.2 million", "<mark>4.3", "Who was first", "not known"):
        assert said in text
    assert "Prepared by" not in text
    assert page(contents_of(report, [*report.keys], Cover(by="Ida"), ()), "0" * 64).count("Prepared by") == 1


def test_only_a_plain_address_of_the_web_can_be_followed() -> None:
    assert link("https://example.org/a?b=c") == "https://example.org/a?b=c"
    for address in ("javascript:alert(1)", "file:///etc/passwd", "https://a b", "https://a\u202eb", "", " https://a"):
        assert link(address) == ""


def test_what_was_accepted_is_told_with_who_said_so_and_why() -> None:
    report = reread(settled_newsroom())
    held = files(contents_of(report, [*report.keys], Cover(), ()))
    text = held["index.html"].decode()
    assert text.count("What was accepted") == 2
    for said in ("AP, licensed until further notice", "Ida", "Open again: 38 words were accepted, 61 are reused now"):
        assert said in text
    states = [row["accepted"] for row in csv.DictReader(io.StringIO(held["pairs.csv"].decode(), newline=""))]
    assert sorted(states) == ["", "accepted", "grown"]
