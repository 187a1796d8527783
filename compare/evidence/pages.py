"""The page of a pack: one HTML file to read, print and keep. No script, no request; all from outside is escaped."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup

from compare.evidence.exhibits import STRIPES, stripes_of
from compare.report.html import policy
from compare.report.rendering import environment_of, part_of
from compare.report.segments import visible
from compare.version import __version__
from compare.vocabulary import NUMBERS
from compare.wording import evidence as sayings
from compare.wording.escape import safe
from compare.wording.evidence_method import CHECK, METHOD
from compare.wording.page import fill
from compare.wording.words import number

if TYPE_CHECKING:
    import jinja2

    from compare.evidence.exhibits import PairExhibit, Source
    from compare.evidence.pack import Contents

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}")
_LINK = re.compile(r"https?://[!-~]{1,2000}")


def page(contents: Contents, seal: str) -> str:
    """The page; `seal` is a hash in hex, which stands at the foot of each printed page."""
    style = _source("pack.css").replace("{seal}", seal).replace("{version}", __version__)
    rendered = (
        _environment()
        .get_template("pack.html")
        .render(
            contents=contents,
            seal=seal,
            style=Markup(style),  # noqa: S704 - our own file, with a hash and a version in it
            policy=policy(style),
            generator=f"compare {__version__}",
        )
    )
    return rendered.encode("utf-8", "replace").decode()


def scores(pair: PairExhibit) -> list[tuple[str, str, list[str]]]:
    """The numbers of a pair: their name, what they are, and the value of the left and the right side, or of both."""
    sides = ("b", "a") if pair.left == "b" else ("a", "b")
    names = dict(zip(sides, pair.sources, strict=True))
    rows = []
    for one in NUMBERS:
        if one.tally:
            continue
        meaning = one.means.format(side="one", other="the other").replace("`", "")
        columns = [f"{one.name}_{side}" for side in names] if one.is_sided else [one.name]
        rows.append(
            (one.name, meaning, [_value(pair.entry.numbers[column], is_count=one.is_count) for column in columns])
        )
    return rows


def _value(value: float, *, is_count: bool) -> str:
    return number(int(value)) if is_count else f"{value:.6f}".rstrip("0").rstrip(".")


def language(source: Source) -> str:
    """The language of a document, where it is one that a page can say."""
    tag = source.entry.shown.lang
    return tag if _LANGUAGE.fullmatch(tag) else ""


def link(address: str) -> str:
    """An address that may be followed, or nothing."""
    return address if _LINK.fullmatch(address) else ""


@cache
def _source(name: str) -> str:
    return part_of(_environment(), name)


@cache
def _environment() -> jinja2.Environment:
    environment = environment_of("compare.evidence")
    environment.filters.update(safe_text=safe, visible=visible, capitalized=sayings.sentence_start)
    environment.globals.update(
        says=sayings.WORDS,
        sayings=sayings,
        STRIPES=STRIPES,
        METHOD=METHOD,
        stripes_of=stripes_of,
        CHECK=CHECK,
        fill=fill,
        scores=scores,
        language=language,
        link=link,
        number=number,
    )
    return environment
