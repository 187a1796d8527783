"""What is said of a family: who had it first, what each version has of the one before it, why it needs a look.

A direction is said only where dates or the texts themselves are sure of it: "carries" then, else "has".
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from compare.wording.escape import safe
from compare.wording.explain import plural
from compare.wording.words import Part, number, percent

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from compare.model import Bar, Document, Family, Look

LEAST = 10
"""Words that are put in or left out, from which it is told."""
MOSTLY = 0.5
"""Share of a text, from which a version is told by how much of it it has; below, by the words that both have."""
_TITLE = 40


class Sides(NamedTuple):
    """A version and the one nearest to it, as a sentence calls them; whether it is sure that the other was first."""

    version: str
    nearest: str
    is_sure: bool


def called_in(documents: Sequence[Document], titles: Mapping[str, str]) -> dict[str, str]:
    """What each document of a family is called in its sentences: by its outlet, with what tells it apart there. Safe.

    >>> from compare.model import Document
    >>> one = Document("a", "", source="Vale Courier", published="2026-03-01")
    >>> other = Document("b", "", source="Vale Courier", published="2026-03-04")
    >>> called_in([one, other, Document("c", "")], {"a": "Bridge shut", "b": "Bridge open", "c": "bridge-brief"})
    {'a': 'Vale Courier, 1 March 2026', 'b': 'Vale Courier, 4 March 2026', 'c': '“bridge-brief”'}
    """
    outlets = {document.id: _outlet(document, titles) for document in documents}
    days = {document.id: day_of(document.published) for document in documents}
    dated = {key: ", ".join(filter(None, (outlet, days[key]))) for key, outlet in outlets.items()}
    titled = {document.id: f"{outlets[document.id]}, “{_clipped(titles[document.id])}”" for document in documents}
    chosen: dict[str, str] = {}
    for names in (outlets, dated, titled):
        times = Counter(names.values())
        chosen |= {key: name for key, name in names.items() if times[name] == 1 and key not in chosen}
    rest = {key: f"{name}, {number(at)}" for at, (key, name) in enumerate(titled.items(), start=1) if key not in chosen}
    return {document.id: (chosen | rest)[document.id] for document in documents}


def _outlet(document: Document, titles: Mapping[str, str]) -> str:
    return safe(" ".join(document.source.split())) or f"“{_clipped(titles[document.id])}”"


def _clipped(title: str) -> str:
    return title if len(title) <= _TITLE else title[:_TITLE].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def day_of(published: str) -> str:
    """A date as a reader says it, as far as it is known; what is no date as it stands, made safe.

    >>> day_of("2026-03-09T10:00"), day_of("2026-03"), day_of("")
    ('9 March 2026', 'March 2026', '')
    """
    try:
        if len(published) == len("2026-03"):
            return f"{date.fromisoformat(published + '-01'):%B %Y}"
        day = date.fromisoformat(published[:10])
    except ValueError:
        return safe(published)
    return f"{day.day} {day:%B %Y}"


def days_line(documents: Iterable[Document]) -> str:
    """From the first day of some documents to the last.

    >>> from compare.model import Document
    >>> days_line([Document("b", "", published="2026-03-14"), Document("a", "", published="2026-03-09")])
    '9 March 2026 to 14 March 2026'
    """
    days = sorted({document.published[:10] for document in documents if document.published})
    return " to ".join(dict.fromkeys(day_of(day) for day in (*days[:1], *days[-1:])))


def first_line(family: Family, documents: Mapping[str, Document], called: Mapping[str, str]) -> tuple[Part, ...]:
    """Who had it first, as far as the dates say so."""
    dated = sorted((one for one in _members(family, documents) if one.published), key=lambda one: one.published)
    undated = len(family.versions) - len(dated)
    none = f"; {plural(undated, 'version has', 'versions have')} no date" if undated else ""
    if not dated:
        return (_plain("Who had it first isn’t known: no version has a date"),)
    if family.first:
        first = documents[family.first]
        return _plain("First: "), _name(called[first.id]), _plain(f", {day_of(first.published)}{none}")
    if len(dated) == 1:
        return (_plain("Only "), _name(called[dated[0].id]), _plain(f" has a date, {day_of(dated[0].published)}"))
    if dated[0].published[:10] == dated[1].published[:10]:
        return (_plain(f"First seen {day_of(dated[0].published)}; who had it first isn’t sure{none}"),)
    return (
        _plain("First dated: "), _name(called[dated[0].id]), _plain(f", {day_of(dated[0].published)}, then "),
        _name(called[dated[1].id]), _plain(f", {day_of(dated[1].published)}: too close to be sure{none}"),
    )  # fmt: skip


def _members(family: Family, documents: Mapping[str, Document]) -> list[Document]:
    return [documents[version.id] for version in family.versions]


def size_line(documents: Sequence[Document]) -> str:
    """How many versions there are, and in how many outlets."""
    outlets = {document.source for document in documents} - {""}
    versions = plural(len(documents), "version")
    return f"{versions} in {plural(len(outlets), 'outlet')}" if len(outlets) > 1 else versions


def version_line(sides: Sides, bar: Bar, carried: Bar) -> tuple[Part, ...]:
    """What a version has of the one nearest to it, what it adds and what it leaves out.

    >>> from compare.model import Bar
    >>> bars = Bar(341, 251, 7, 0, 33, 50), Bar(300, 251, 7, 0, 33, 9)
    >>> print("".join(part.text for part in version_line(Sides("Wire", "Daily", True), *bars)))
    Wire carries 97 % of Daily’s text, 94 % word for word and 3 % edited; adds 50 words
    """
    if bar == carried and bar.verbatim == bar.words:
        start = [_name(sides.version), _plain(" is "), _name(sides.nearest), _plain("’s text word for word")]
    elif carried.share >= MOSTLY:
        start = [_name(sides.version), *_carries(sides, carried)]
    else:
        start = [_name(sides.version), *_shares(sides, bar)]
    clauses = _sizes(bar, carried) if carried.share >= MOSTLY else []
    return (*start, _plain("".join(f"; {clause}" for clause in clauses)))


def _carries(sides: Sides, carried: Bar) -> list[Part]:
    whole = carried.words - carried.aside
    kinds = _kinds(carried, whole)
    verb = "carries" if sides.is_sure else "has"
    start = [_plain(f" {verb} {percent(carried.share)} of "), _name(sides.nearest), _plain("’s text")]
    if len(kinds) == 1:
        return [*start, _plain(f" {_how(carried)}")]
    return [*start, _plain(f", {_listed(kinds)}")]


def _how(bar: Bar) -> str:
    return "word for word" if bar.verbatim else "edited" if bar.edited else "reworded"


def _kinds(bar: Bar, whole: int) -> list[str]:
    counts = (bar.verbatim, "word for word"), (bar.edited, "edited"), (bar.reworded, "reworded")
    return [f"{percent(count / max(1, whole))} {kind}" for count, kind in counts if count]


def _listed(items: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(items[:-1]), items[-1]])) if items else ""


def _shares(sides: Sides, bar: Bar) -> list[Part]:
    verb = "takes" if sides.is_sure else "shares"
    where = "from" if sides.is_sure else "with"
    counts = (bar.verbatim, "word for word"), (bar.edited, "edited"), (bar.reworded, "reworded")
    kinds = [f"{number(count)} {kind}" for count, kind in counts if count]
    told = f" {kinds[0].split(' ', 1)[1]}" if len(kinds) == 1 else f", {_listed(kinds)}"
    size = f" {verb} {plural(bar.taken, 'word')} {where} "
    return [_plain(size), _name(sides.nearest), _plain(f"{told}: {percent(bar.share)} of its text")]


def _sizes(bar: Bar, carried: Bar) -> list[str]:
    adds = [f"adds {plural(bar.new, 'word')}"] if bar.new >= LEAST else []
    return adds + ([f"leaves out {plural(carried.new, 'word')}"] if carried.new >= LEAST else [])


def source_line(called: str, words: int) -> tuple[Part, ...]:
    """A version that has nothing of another one that was there before it."""
    return _name(called), _plain(f": nothing of it stands in an earlier version here; {plural(words, 'word')}")


def look_lines(look: Look) -> list[tuple[str, int]]:
    """Why a family needs a look: each reason with its points, the weightiest first."""
    return [(one.reason.label, one.points) for one in sorted(look.reasons, key=lambda one: -one.points)]


def bar_line(bar: Bar) -> str:
    """A bar in words, which add up: for those who do not see it.

    >>> from compare.model import Bar
    >>> bar_line(Bar(330, 288, 8, 0, 33, 1))
    '288 words word for word, 8 edited, 33 house style or quoted by both, 1 new'
    """
    kinds = (
        (bar.verbatim, "word for word"), (bar.edited, "edited"), (bar.reworded, "reworded"),
        (bar.aside, "house style or quoted by both"), (bar.new, "new"),
    )  # fmt: skip
    told = [(count, kind) for count, kind in kinds if count]
    return ", ".join(
        f"{plural(count, 'word') if not at else number(count)} {kind}" for at, (count, kind) in enumerate(told)
    )


def _plain(text: str) -> Part:
    return Part(text, is_name=False)


def _name(text: str) -> Part:
    return Part(text, is_name=True)
