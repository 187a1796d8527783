"""What is said of a family: who had it first, what each version has of the one before it, why it needs a look.

A direction is said only where dates or the texts themselves are sure of it: "carries" then, else "has".
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from math import floor
from typing import TYPE_CHECKING, NamedTuple

from compare.vocabulary import LookReason
from compare.wording.escape import safe
from compare.wording.explain import plural
from compare.wording.page import VERDICT_WORDS
from compare.wording.words import Part, name, number, percent

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from compare.model import Bar, Document, Look, Report, Verdict

LEAST = 10
"""Words that are put in or left out, from which it is told."""
HARDLY = 0.02
"""Share of a text below which a kind of wording isn't told."""
MOST = 0.99
"""The largest share that is told of what isn't all."""
MOSTLY = 0.5
"""Share of a text, from which a version is told by how much of it it has; below, by the words that both have."""
VERBATIM, EDITED = "word for word", "in edited phrases"
"""Kinds of a bar's words. Of an edited phrase only some words were changed, which the list of changes says."""
_LITTLE = "a little"
_TITLE = 40
LONGEST_NAME = 50
"""Characters of a file's name that a sentence holds: its end tells it apart."""


class Sides(NamedTuple):
    """A version and the one nearest to it, as a sentence calls them; whether it is sure that the other was first."""

    version: str
    nearest: str
    is_sure: bool


def called_in(documents: Sequence[Document], titles: Mapping[str, str]) -> dict[str, str]:
    """What each document of a family is called in its sentences: by its outlet, with what tells it apart there. Safe.

    Without an outlet it is its file's name; of a row of a table its headline.

    >>> from compare.model import Document
    >>> one = Document("a", "", source="Vale Courier", published="2026-03-01")
    >>> other = Document("b", "", source="Vale Courier", published="2026-03-04")
    >>> titles = {"a": "Bridge shut", "b": "Bridge open", "in/c.txt": "Bridge brief", "9": "Bridge bill"}
    >>> list(called_in([one, other, Document("in/c.txt", ""), Document("9", "")], titles).values())
    ['Vale Courier, 1 March 2026', 'Vale Courier, 4 March 2026', 'c.txt', '“Bridge bill”']
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
    if outlet := " ".join(document.source.split()):
        return safe(_clipped(outlet))
    return safe(_file_name(document)) or f"“{_clipped(titles[document.id])}”"


def _file_name(document: Document) -> str:
    """The name of the file that a document is; empty of a row of a table."""
    leaf = document.id.rsplit("/", 1)[-1]
    is_file = not document.row and name(document.id) != document.id
    return (leaf if len(leaf) <= LONGEST_NAME else f"…{leaf[-LONGEST_NAME:]}") if is_file else ""


def _clipped(title: str) -> str:
    return title if len(title) <= _TITLE else title[:_TITLE].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def day_of(published: str) -> str:
    """A date as a reader says it, as far as it is known; what is no date as it stands, made safe.

    >>> day_of("2026-03-09T10:00"), day_of("2026-03"), day_of("")
    ('9 March 2026', 'March 2026', '')
    """
    try:
        if len(published) == len("2026"):
            return f"the year {date.fromisoformat(published + '-01-01').year}"
        if len(published) == len("2026-03"):
            return f"{date.fromisoformat(published + '-01'):%B %Y}"
        day = date.fromisoformat(published[:10])
    except ValueError:
        return safe(published)
    return f"{day.day} {day:%B %Y}"


def _is_date(published: str) -> bool:
    return bool(published) and day_of(published) != safe(published)


def days_line(documents: Iterable[Document]) -> str:
    """From the first day of some documents to the last.

    >>> from compare.model import Document
    >>> days_line([Document("b", "", published="2026-03-14"), Document("a", "", published="2026-03-09")])
    '9 March 2026 to 14 March 2026'
    """
    days = sorted({document.published[:10] for document in documents if _is_date(document.published)})
    return " to ".join(dict.fromkeys(day_of(day) for day in (*days[:1], *days[-1:])))


def said_line(source: str, version: str) -> tuple[Part, ...]:
    """Who had it first, where the others say so."""
    return _plain("First: "), _name(source), _plain(", as "), _name(version), _plain(" says itself")


def first_line(documents: Sequence[Document], first: str, called: Mapping[str, str]) -> tuple[Part, ...]:
    """Who had it first, as far as the dates say so: `first` is an id, or empty."""
    dated = sorted((one for one in documents if _is_date(one.published)), key=lambda one: one.published)
    undated = len(documents) - len(dated)
    none = f"; {plural(undated, 'version has', 'versions have')} no date" if undated else ""
    if not dated:
        return (_plain("Who had it first isn’t known: no version has a date that was read"),)
    if first:
        return _plain("First: "), *_dated(next(one for one in dated if one.id == first), called), _plain(none)
    if len(dated) == 1:
        return (_plain("Only "), _name(called[dated[0].id]), _plain(f" has a date, {day_of(dated[0].published)}"))
    if dated[0].published[:10] == dated[1].published[:10]:
        return (_plain(f"First seen {day_of(dated[0].published)}; who had it first isn’t sure{none}"),)
    one, other = (_dated(document, called) for document in dated[:2])
    return _plain("First dated: "), *one, _plain(", then "), *other, _plain(f": too close to be sure{none}")


def _dated(document: Document, called: Mapping[str, str]) -> tuple[Part, ...]:
    """What a document is called, and its day, where that isn't said already."""
    name, day = called[document.id], day_of(document.published)
    return (_name(name),) if day in name else (_name(name), _plain(f", {day}"))


DATES_HINT = (
    "Some stories have no date that was read: with one in a file’s name (2024-03-03-name.txt) or as front matter "
    "(date: 2024-03-03) it can be told who had it first."
)
"""What makes known who had it first; said once."""
NOBODYS_LINE = (Part("A speech, a statement or an interview that all print: none has it from another", is_name=False),)
"""Who had it first, where the words are a third's."""


def headline(report: Report, needed: int, accepted: int) -> str:
    """The whole result in a sentence or two.

    For example `12 articles: 3 stories need a look; 1 was accepted. 2 events were reported by several.`
    """
    if len(report.documents) == 1:
        return "1 article: there is nothing to compare it with."
    need = "needs" if needed == 1 else "need"
    first = f"{plural(needed, 'story', 'stories')} {need} a look" if needed else "no story needs a look"
    told = f"; {number(accepted)} {'was' if accepted == 1 else 'were'} accepted" if accepted else ""
    rest = len(report.families) - needed - accepted
    more = (
        f"; {number(rest)} {'shares' if rest == 1 else 'share'} text and {'needs' if rest == 1 else 'need'} none"
        if rest
        else ""
    )
    events = len(report.events)
    also = f" {plural(events, 'event')} {'was' if events == 1 else 'were'} reported by several." if events else ""
    return f"{plural(len(report.documents), 'article')}: {first}{told}{more}.{also}"


def size_line(documents: Sequence[Document], equal: int = 0, *, of_one_house: bool = False) -> str:
    """How many versions there are, and in how many outlets, unless they are of one house; how many more are `equal`."""
    outlets = {document.source for document in documents} - {""} if not of_one_house else set()
    versions = plural(len(documents), "version")
    more = f", {number(equal)} more equal to one of them" if equal else ""
    return f"{versions} in {plural(len(outlets), 'outlet')}{more}" if len(outlets) > 1 else f"{versions}{more}"


def version_line(sides: Sides, bar: Bar, carried: Bar) -> tuple[Part, ...]:
    """What a version has of the one nearest to it, what it adds and what it leaves out.

    Reworded passages are told without a share: how many of their words correspond is an estimate.

    >>> from compare.model import Bar
    >>> bars = Bar(341, 251, 7, 0, 33, 50), Bar(300, 251, 7, 0, 33, 9)
    >>> print("".join(part.text for part in version_line(Sides("Wire", "Daily", True), *bars)))
    Wire carries 97 % of Daily’s text, 94 % word for word and 3 % in edited phrases; adds 50 words
    >>> print("".join(part.text for part in version_line(Sides("Wire", "Daily", False), *bars)))
    Wire has 97 % of Daily’s text, 94 % word for word and 3 % in edited phrases; 50 words of its own
    >>> bars = Bar(400, 398, 2, 0, 0, 0), Bar(400, 398, 2, 0, 0, 0)
    >>> print("".join(part.text for part in version_line(Sides("Wire", "Daily", True), *bars)))
    Wire carries 100 % of Daily’s text, 99 % word for word and a little in edited phrases
    """
    sure = carried.verbatim + carried.edited
    if bar.verbatim + bar.aside == bar.words and carried.verbatim + carried.aside == carried.words:
        said = [_plain(" is "), _name(sides.nearest), _plain("’s text word for word")]
    elif sure >= MOSTLY * max(1, carried.words - carried.aside):
        said = [*_carries(sides, carried), *_clauses([*_reworded(bar), *_sizes(sides, bar, carried)])]
    elif bar.verbatim + bar.edited >= LEAST:
        said = [*_shares(sides, bar), *_clauses(_reworded(bar))]
    else:
        said = _retells(sides, bar)
    return (_name(sides.version), *said)


def revision_line(old: str, new: str, still: int) -> tuple[Part, ...]:
    """Which text was printed again, and how many versions still have old words; names are made safe already.

    >>> "".join(part.text for part in revision_line("Wire, 3 May", "Wire, 4 May", 2))
    'Changed between Wire, 3 May and Wire, 4 May: 2 versions still have old words'
    """
    held = f"{plural(still, 'version')} still {'has' if still == 1 else 'have'} old words"
    return _plain("Changed between "), _name(old), _plain(" and "), _name(new), _plain(f": {held}")


def _carries(sides: Sides, carried: Bar) -> list[Part]:
    whole, both = max(1, carried.words - carried.aside), carried.verbatim + carried.edited
    verb, share = "carries" if sides.is_sure else "has", _share(both, whole)
    start = [_plain(f" {verb} {share} of "), _name(sides.nearest), _plain("’s text")]
    if not (carried.verbatim and carried.edited):
        return [*start, _plain(f" {VERBATIM if carried.verbatim else EDITED}")]
    few = [_LITTLE if count < HARDLY * whole else "" for count in (carried.verbatim, carried.edited)]
    exact = _share(carried.verbatim, whole)
    rest = _percent_left(_told(both, whole), _told(carried.verbatim, whole))
    return [*start, _plain(f", {few[0] or exact} {VERBATIM} and {few[1] or rest} {EDITED}")]


def _percent_left(both: float, exact: float) -> str:
    """What of a share is left beside a part of it, so that the three that are told add up.

    >>> _percent_left(0.514, 0.478)
    '3 %'
    """
    left = floor(both * 100 + 0.5) - floor(exact * 100 + 0.5)
    return f"{left} %" if left > 0 else _LITTLE


def _share(count: int, whole: int) -> str:
    return percent(_told(count, whole))


def _told(count: int, whole: int) -> float:
    """A share as it is told: all of it only where it is all."""
    return 1.0 if count == whole else min(count / whole, MOST)


def _shares(sides: Sides, bar: Bar) -> list[Part]:
    verb, where = ("takes", "from") if sides.is_sure else ("shares", "with")
    told = [(count, kind) for count, kind in ((bar.verbatim, VERBATIM), (bar.edited, EDITED)) if count]
    kinds = [f"{number(count)} {kind}" for count, kind in told]
    words, share = bar.verbatim + bar.edited, (bar.verbatim + bar.edited) / max(1, bar.words - bar.aside)
    how = f" {told[0][1]}" if len(told) == 1 else f", {' and '.join(kinds)}"
    size = f" {verb} {'passages of ' if bar.edited else ''}{plural(words, 'word')} {where} "
    return [_plain(size), _name(sides.nearest), _plain(f"{how}: {percent(share)} of its text")]


def _retells(sides: Sides, bar: Bar) -> list[Part]:
    verb = "retells" if sides.is_sure else "has"
    return [
        _plain(f" {verb} passages of "), _name(sides.nearest),
        _plain(f"’s text in other words, about {plural(bar.taken, 'word')}"),
    ]  # fmt: skip


def _reworded(bar: Bar) -> list[str]:
    return ["more in other words"] if bar.reworded >= LEAST else []


def _sizes(sides: Sides, bar: Bar, carried: Bar) -> list[str]:
    """What is new, and what is gone; which of the two it is, where the direction is sure."""
    new, gone = plural(bar.new, "word"), plural(carried.new, "word")
    if sides.is_sure:
        told = (bar.new, f"adds {new}"), (carried.new, f"leaves out {gone}")
    else:
        told = (bar.new, f"{new} of its own"), (carried.new, f"{gone} of the other are not in it")
    return [clause for count, clause in told if count >= LEAST]


def _clauses(clauses: Sequence[str]) -> list[Part]:
    return [_plain("".join(f"; {clause}" for clause in clauses))] if clauses else []


def quoting_line(sides: Sides, bar: Bar) -> tuple[Part, ...]:
    """Two texts that both hold the words of a third.

    >>> from compare.model import Bar
    >>> print("".join(part.text for part in quoting_line(Sides("Wire", "Daily", True), Bar(300, 126, 0, 0, 9, 165))))
    Wire and Daily print the same speech or statement, 135 words
    """
    words = plural(bar.taken + bar.aside, "word")
    told = f" print the same speech or statement, {words}"
    return _name(sides.version), _plain(" and "), _name(sides.nearest), _plain(told)


def source_line(called: str, words: int) -> tuple[Part, ...]:
    """A version that stands above the others: with nothing of one that is surely or likely older."""
    return _name(called), _plain(f", {plural(words, 'word')}")


def look_lines(look: Look, strongest: Verdict | None) -> list[tuple[str, int]]:
    """Why a family needs a look: each reason with its points, the weightiest first.

    How much is copied is said as on the page of the strongest pair of two houses.
    """
    copied = VERDICT_WORDS[strongest] if strongest else LookReason.COPIED.label
    labels = {LookReason.COPIED: copied}
    ranked = sorted(look.reasons, key=lambda one: -one.points)
    return [(labels.get(one.reason, one.reason.label), one.points) for one in ranked]


def bar_line(bar: Bar) -> str:
    """A bar in words, which add up: for those who do not see it.

    >>> from compare.model import Bar
    >>> bar_line(Bar(330, 288, 8, 0, 33, 1))
    '288 words word for word, 8 in edited phrases, 33 house style or quoted by both, 1 new'
    """
    kinds = (
        (bar.verbatim, VERBATIM), (bar.edited, EDITED), (bar.reworded, "reworded"),
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
