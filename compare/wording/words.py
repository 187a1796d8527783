"""Numbers and scores as plain English, for the terminal and the pages alike. Pure, and light to import.

A sentence here never says who copied whom: scores show that words agree, not who wrote them first.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from math import floor
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from compare.model import QUOTATION, Mark, QuoteState, Span, State, Verdict
from compare.wording.escape import safe, shown
from compare.wording.explain import plural

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from compare.model import (
        Accepted,
        Comparison,
        Decoding,
        Document,
        Doubt,
        Drift,
        Judged,
        Match,
        Operation,
        Quotation,
        Skipped,
    )

_UNREAD = {0x2060: None, 0x20E0: None}
"""Stands in a word that is read otherwise than it is written (`text.tokens.readable`)."""
_FILE_SUFFIXES = (
    ".md", ".markdown", ".txt", ".text", ".html", ".htm", ".xhtml", ".mhtml", ".mht", ".eml", ".docx", ".odt", ".rtf",
    ".pdf",
)  # fmt: skip

_NOBODYS = {Mark.QUOTE: "quoted by both", Mark.BOILERPLATE: "boilerplate"}
_LITTLE = 0.05  # share of both articles below which what they share is told by its words
_ENOUGH = 2  # facts that both report, of which no weaker one need be told
_MUCH = 0.25  # share of an article from which nobody would say that it is only that
_BESIDE = 4  # words from one edit of a quotation to the next, from which they are two
_QUOTED = 60  # characters of a quotation that are shown
_CAPS = {
    "twin_pairs": "pairs of equal texts past the limit for a group; one of them stands for the rest",
    "common_fingerprints": "passages too frequent to propose pairs",
    "ceiling": "passages too frequent to propose pairs",
    "fingerprints_above_ceiling": "passages too frequent to propose pairs",
    "fingerprints_as_stars": "frequent passages, whose holders were each compared with two others",
    "buckets_as_stars": "groups of many texts that look alike, each compared with two others",
    "sources_not_aligned": "weaker sources, which were not looked at",
    "own_versions": "its own earlier versions, by its name or its address, which are no sources",
    "findings_not_listed": "weaker findings, which are not listed (most_findings)",
    "pairs_not_aligned": "weaker pairs, which were not looked at (weak_pairs)",
    "index_keys_above_ceiling": "passages too frequent in the index to propose sources",
    "index_bucket_texts": "texts of the index that look alike, past the limit for one text",
    "index_small_texts": "texts of the index that share little, past the limit for one text",
    "index_candidates": "texts of the index that share words, past the limits for one text and for all, the weakest",
    "index_holders_of_common": (
        "texts of the index that only say what many hold, past the limit; what they hold may count as a text's own"
    ),
}


class Part(NamedTuple):
    """A piece of a sentence; names are set apart so that a page or a terminal can emphasise them."""

    text: str
    is_name: bool


class ChangedFact(NamedTuple):
    """What differs between the sides of a passage, safe for a terminal; empty where a side has no words."""

    what: str
    a: str
    b: str
    place_a: Span
    place_b: Span
    how: str = ""
    """What became of it, where that is not "from this to that"."""
    names: tuple[str, str] | None = None
    """What the sides are called, where nobody knows which was first: then nothing went from one to the other."""

    @property
    def heading(self) -> str:
        """What it is, as a line of output begins."""
        what = "quotation" if self.what == QUOTATION else "fact"
        return f"{what} {'differs' if self.names and not self.how else 'changed'}"

    def ordered(self, first: str, names: tuple[str, str]) -> ChangedFact:
        """The same from the earlier side to the later one, which `first` is; without an arrow where it is neither.

        >>> fact = ChangedFact("number", "37", "73", Span(0, 0), Span(0, 0))
        >>> fact.ordered("b", ("Daily", "Wire")).text, fact.ordered("", ("Daily", "Wire")).text
        ('73 → 37 (number)', 'Daily: 37 · Wire: 73 (number)')
        """
        if not first:
            return self._replace(names=names)
        return self if first == "a" or self.how else self._replace(a=self.b, b=self.a)

    @property
    def parts(self) -> tuple[Part, ...]:
        """In words, those of the texts set apart."""
        a, b = (Part(side, is_name=True) for side in (self.a, self.b))
        what = Part(f" ({self.what})", is_name=False)
        if self.names and not self.how:
            return (*self._by_side(a, b), what)
        if self.a and self.b and not self.how:
            return a, Part(" → ", is_name=False), b, what
        how = self.how or ("left out" if self.a else "put in")
        return Part("“", is_name=False), (a if self.a else b), Part(f"” {how} ({self.what})", is_name=False)

    def _by_side(self, *sides: Part) -> Iterator[Part]:
        """The words of each side behind its name."""
        there = [(name, side) for name, side in zip(self.names or (), sides, strict=True) if side.text]
        for at, (name, side) in enumerate(there):
            yield from (Part(" · ", is_name=False),) * bool(at)
            yield from (Part(name, is_name=True), Part(": ", is_name=False), side)

    @property
    def text(self) -> str:
        """In words.

        >>> nowhere = Span(0, 0)
        >>> ChangedFact("number", "4.2 million", "4.3 million", nowhere, nowhere).text
        '4.2 million → 4.3 million (number)'
        >>> ChangedFact("negation", "", "not", nowhere, nowhere).text
        '“not” put in (negation)'
        """
        return "".join(part.text for part in self.parts)


def number(count: int) -> str:
    """A count with thousands set apart.

    >>> number(12345)
    '12,345'
    """
    return f"{count:,}"


def percent(share: float) -> str:
    """A share in [0, 1]; `100 %` and `0 %` are said only of exactly 1 and exactly 0.

    >>> percent(0.974), percent(0.9999), percent(0.0001)
    ('97 %', 'over 99 %', 'under 1 %')
    """
    if share <= 0 or share >= 1:
        return "0 %" if share <= 0 else "100 %"
    rounded = floor(share * 100 + 0.5)
    if rounded in {0, 100}:
        return "under 1 %" if rounded == 0 else "over 99 %"
    return f"{rounded} %"


def name(document_id: str) -> str:
    """A short name for a document: a file's stem, any other id as it is. Not escaped; see `safe`.

    >>> name("wire/harbour-wire.md"), name("row-3.5")
    ('harbour-wire', 'row-3.5')
    """
    leaf = document_id.rsplit("/", 1)[-1]
    stem, dot, suffix = leaf.rpartition(".")
    return stem if stem and (dot + suffix).lower() in _FILE_SUFFIXES else document_id


def called(ids: Iterable[str]) -> dict[str, str]:
    """What each document of a run is called, by its id: a short name, or its id where that is another's too.

    >>> called(["wire/harbour.md", "x/7.md", "y/7.txt"])
    {'wire/harbour.md': 'harbour', 'x/7.md': 'x/7.md', 'y/7.txt': 'y/7.txt'}
    """
    short = {document_id: name(document_id) for document_id in ids}
    times = Counter(short.values())
    return {document_id: brief if times[brief] == 1 else document_id for document_id, brief in short.items()}


def names(comparison: Comparison, of_run: Mapping[str, str] = MappingProxyType({})) -> tuple[str, str]:
    """Names for both sides: those of the run (see `called`), else what the two alone are called. Not escaped."""
    of_two = of_run if comparison.a in of_run and comparison.b in of_run else called((comparison.a, comparison.b))
    return of_two[comparison.a], of_two[comparison.b]


def both_directions(comparison: Comparison, of_run: Mapping[str, str] = MappingProxyType({})) -> str:
    """What is shared, as a person would say it; safe for a terminal.

    For example `97 % of harbour-wire matches harbour-daily; 91 % the other way`.
    """
    return "".join(part.text for part in direction_parts(comparison, of_run))


def direction_parts(comparison: Comparison, of_run: Mapping[str, str] = MappingProxyType({})) -> tuple[Part, ...]:
    """The sentence of `both_directions` with its names set apart (made safe already)."""
    slots = dict(zip(("{a}", "{b}"), names(comparison, of_run), strict=True))
    pieces = re.split(r"(\{[ab]\})", _phrase(comparison))
    return tuple(Part(safe(slots.get(piece, piece)), piece in slots) for piece in pieces if piece)


def _phrase(comparison: Comparison) -> str:
    reused = comparison.reused_a, comparison.reused_b
    if comparison.verdict is Verdict.IDENTICAL:
        return "{a} and {b} are the same text"
    if not comparison.verdict.is_reuse:
        return _without_reuse(comparison)
    if 0 < max(reused) < _LITTLE:
        return f"{{a}} and {{b}} share {_longest_passage(comparison)}"
    if any(reused):
        return "{} of {{a}} matches {{b}}; {} the other way".format(*map(percent, reused))
    contained = comparison.containment_a, comparison.containment_b
    if any(contained):
        return "{} of {{a}}’s phrases are in {{b}}; {} the other way".format(*map(percent, contained))
    return "{a} and {b} say the same in other words"


def _longest_passage(comparison: Comparison) -> str:
    """The longest passage that counts, by its words: as a share of the articles it would look like nothing."""
    counted = [match for match in comparison.matches if match.counts]
    run = max((_run(match) for match in counted), default=0)
    longest = max((match.words for match in counted), default=0)
    if 2 * run >= longest:
        return f"{plural(run, 'word')} in a row"
    return f"a passage of {plural(longest, 'word')}"


def _run(match: Match) -> int:
    """The most words in a row that are the same."""
    equal = (step.tokens_a for step in match.operations if step.kind == "equal")
    return max((stop - start for start, stop in equal), default=0)


def _without_reuse(comparison: Comparison) -> str:
    same_story = comparison.verdict is Verdict.SAME_STORY
    found = "{a} and {b} report the same event" if same_story else "{a} and {b} are distinct"
    most = max(comparison.reused_a, comparison.reused_b)
    if not most:
        return f"{found}; {_aside(comparison)}"
    if most < _LITTLE:
        return f"{found}; they share {_longest_passage(comparison)}"
    shares = percent(comparison.reused_a), percent(comparison.reused_b)
    only = "only " if most < _MUCH else ""
    return "{}; {}{} of {{a}} matches {{b}}, {} the other way".format(found, only, *shares)


def _aside(comparison: Comparison) -> str:
    """What is to be said where nothing counts as reuse."""
    marks = {mark for match in comparison.matches if match.kind.is_reuse for mark in match.marks}
    said = [words for mark, words in _NOBODYS.items() if mark in marks]
    return f"what they share is {' or '.join(said)}" if said else "no reuse found"


def both_report(comparison: Comparison, a: str) -> list[str]:
    """What two reports of one event have in common, in a's words (made safe); `a` is its text. A line, or none.

    For example `Both report: 150,000 doses, Minnesota, Governor Tim Walz`.
    """
    if comparison.verdict is not Verdict.SAME_STORY or not comparison.facts_in_common:
        return []
    facts = [" ".join(a[slice(*fact.a)].split()) for fact in comparison.facts_in_common]
    return [f"Both report: {', '.join(map(safe, telling(facts)))}"]


def telling(facts: Sequence[str]) -> Sequence[str]:
    """The facts that a reader can check at once: names and figures before other words, whole names before lone ones.

    >>> telling(["search engine", "Maine", "Governor Tim Walz", "150,000 doses"])
    ['Governor Tim Walz', '150,000 doses']
    """
    named = [fact for fact in facts if fact != fact.lower() or any(map(str.isdigit, fact))]
    whole = [fact for fact in named if " " in fact or any(map(str.isdigit, fact))]
    return whole if len(whole) >= _ENOUGH else named or facts


def longest(comparison: Comparison) -> str:
    """The longest run of the same words, for example `58 words in a row`; empty if there is none."""
    return f"{plural(comparison.longest, 'word')} in a row" if comparison.longest else ""


def uncounted_run(comparison: Comparison) -> str:
    """The longest run of a pair that is no reuse, and whose the words are where a passage says it.

    For example `60 words in a row, quoted by both`.
    """
    holding = [match for match in comparison.matches if match.kind.is_reuse and match.words >= comparison.longest]
    said = [words for mark, words in _NOBODYS.items() if holding and all(mark in match.marks for match in holding)]
    return ", ".join([longest(comparison), *said[:1]]) if comparison.longest else ""


def kind_and_marks(match: Match) -> str:
    """What a match is, for example `edited, moved, fact changed`."""
    return ", ".join([match.kind.value, *(mark.label for mark in match.marks)])


def changes(match: Match, a: str, b: str) -> list[ChangedFact]:
    """What is told of a match: facts that differ, quotations altered or unquoted; `a` and `b` are the texts as read."""
    facts = [_changed_fact(drift, a, b) for drift in match.drifts]
    quotations = [_changed_quotation(match, quoted, a, b) for quoted in match.quotations if quoted.state.is_loud]
    return sorted([*facts, *quotations], key=lambda change: (change.place_a, change.place_b))


def doubts(match: Match, a: str, b: str) -> list[ChangedFact]:
    """The facts that may differ, which are not told unless somebody asks."""
    return [_changed_fact(drift, a, b) for drift in match.unsure]


def _changed_fact(drift: Drift, a: str, b: str) -> ChangedFact:
    return ChangedFact(drift.label, _line(a, drift.a), _line(b, drift.b), drift.a, drift.b)


def _changed_quotation(match: Match, quotation: Quotation, a: str, b: str) -> ChangedFact:
    """The words of a quotation that were changed; of one without its marks how it begins."""
    if quotation.state is QuoteState.ALTERED:
        place_a, place_b = changed_within(match, quotation)
        return ChangedFact(QUOTATION, _line(a, place_a), _line(b, place_b), place_a, place_b)
    words = _clipped(_line(a, quotation.a))
    where = "a" if quotation.marked_b else "b"
    how = f"has no quotation marks in {where}"
    return ChangedFact(QUOTATION, words, "", quotation.a, quotation.b, how)


def edits_within(match: Match, quotation: Quotation) -> list[tuple[Span, Span]]:
    """The edits inside a quotation, on both sides; all of the quotation where none is known.

    Edits with few kept words between them are one, as long as all of it can be told.
    """
    found: list[tuple[Span, Span]] = []
    last = -_BESIDE
    for step in match.operations:
        if step.kind == "equal" or not _is_within(step, quotation):
            continue
        both = step.a, step.b
        if found and step.tokens_a.start - last < _BESIDE:
            joined = Span(found[-1][0].start, step.a.stop), Span(found[-1][1].start, step.b.stop)
            if max(span.stop - span.start for span in joined) <= _QUOTED:
                found.pop()
                both = joined
        found.append(both)
        last = step.tokens_a.stop
    return found or [(quotation.a, quotation.b)]


def _is_within(step: Operation, quotation: Quotation) -> bool:
    return all(
        outer.start <= inner.start <= inner.stop <= outer.stop
        for inner, outer in ((step.a, quotation.a), (step.b, quotation.b))
    )


def changed_within(match: Match, quotation: Quotation) -> tuple[Span, Span]:
    """From the first to the last changed word inside a quotation, on both sides; all of it where none is known."""
    edits = edits_within(match, quotation)
    (a, b), (last_a, last_b) = edits[0], edits[-1]
    return Span(a.start, last_a.stop), Span(b.start, last_b.stop)


def _clipped(words: str) -> str:
    return words if len(words) <= _QUOTED else words[:_QUOTED].rsplit(" ", 1)[0] + " …"


def _line(text: str, span: Span) -> str:
    return safe(" ".join(text[slice(*span)].translate(_UNREAD).split()))


def gap(first: str, second: str) -> str:
    """How far apart two ISO dates are; empty if either is missing or is no date.

    >>> gap("2024-03-01", "2024-03-03T10:00"), gap("2024-03-01", "2024-03-01"), gap("", "2024-03-01")
    ('2 days apart', 'the same day', '')
    """
    try:
        days = abs((date.fromisoformat(first[:10]) - date.fromisoformat(second[:10])).days)
    except ValueError:
        return ""
    return f"{plural(days, 'day')} apart" if days else "the same day"


def state_label(judged: Judged) -> str:
    """The state of a pair in a word, with the reasons while it is accepted: for example `accepted (wire)`."""
    reasons = ", ".join(dict.fromkeys(entry.reason.value for entry in judged.entries))
    return judged.state.value if judged.state.is_open or not reasons else f"{judged.state.value} ({reasons})"


def state_line(judged: Judged) -> str:
    """Why an accepted pair is to be looked at again, or how it has changed since; safe for a terminal.

    For example `Open again: 38 words were accepted, 61 are reused now`; of one that is as it was, `Accepted`.
    """
    if judged.state is State.ACCEPTED:
        return "Accepted"
    why = " ".join(judged.why.split()) or judged.state.means
    return safe(f"{'Open again' if judged.state.is_open else 'Accepted'}: {why}")


def entries_parts(judged: Judged) -> list[tuple[Part, ...]]:
    """Each entry that speaks of a pair, see `entry_parts`; of several, with the first words it is about."""
    told = [(entry_parts(entry), entry.starts) for entry in judged.entries]
    if len(told) < 2:  # noqa: PLR2004
        return [parts for parts, _ in told]
    opening, closing = Part("“", is_name=False), Part("…”: ", is_name=False)
    return [((opening, _written(starts), closing) if starts else ()) + parts for parts, starts in told]


def entry_parts(entry: Accepted) -> tuple[Part, ...]:
    """Why reuse was allowed, who said so, when, and what else; what people wrote is set apart (made safe already).

    For example `wire, by Ida, 2026-11-23, until 2027-11-23 — AP, licensed`.
    """
    by = (Part(", by ", is_name=False), _written(entry.by)) if entry.by else ()
    dates = f", {entry.date}" + (f", until {entry.expires}" if entry.expires else "")
    note = (Part(" — ", is_name=False), _written(entry.note)) if entry.note.strip() else ()
    return (Part(entry.reason.value, is_name=False), *by, Part(safe(dates), is_name=False), *note)


def _written(text: str) -> Part:
    return Part(safe(" ".join(text.split())), is_name=True)


def skipped_lines(skipped: Iterable[Skipped]) -> list[str]:
    """What was not read and why, a line each; safe for a terminal."""
    return [f"{safe(item.path)}: {safe(item.reason)}" for item in skipped]


def how_read(document: Document) -> str:
    """How a document became text: out of what, by what, and what leaves a doubt; nothing of plain text without one.

    >>> from compare.model import Document, Extraction, ExtractionNote, PlaceUnit
    >>> taken = Extraction("docx", "compare 1", PlaceUnit.PARAGRAPH, (0,), (ExtractionNote.TRACKED,))
    >>> how_read(Document("a", "A pact.", extraction=taken))
    'text taken out of DOCX by compare 1; tracked changes: the accepted text'
    """
    taken = document.extraction
    parts = [f"text taken out of {safe(taken.extractor.upper())} by {safe(taken.version)}"] if taken else []
    parts += taken.notes if taken else ()
    return "; ".join([*parts, *([read_as(document.decoding)] if document.decoding else [])])


def read_as(read: Decoding | Doubt) -> str:
    """How bytes were read, where that leaves a doubt.

    >>> from compare.model import Decoding
    >>> read_as(Decoding("windows-1252", guessed=True)), read_as(Decoding("utf-8", replaced=3))
    ('read as windows-1252, a guess', 'UTF-8 with 3 broken characters, shown as �')
    """
    return "; ".join(filter(None, [_bytes_read(read), *_mended(read)]))


def _mended(read: Decoding | Doubt) -> list[str]:
    """What a text suffered before it came here.

    >>> from compare.model import Decoding
    >>> _mended(Decoding("utf-8", mojibake=12))
    ['UTF-8 that was read in another encoding before (mojibake): 12 places read as they were meant']
    """
    found = (
        (read.mojibake, "UTF-8 that was read in another encoding before (mojibake): {}"),
        (read.entities, "HTML entities in plain text: {}"),
    )
    return [
        how.format(f"{plural(count, 'place')} read as {'they were' if count > 1 else 'it was'} meant")
        for count, how in found
        if count
    ]


def _bytes_read(read: Decoding | Doubt) -> str:
    name = read.encoding.upper() if read.encoding.startswith("utf") else safe(read.encoding)
    broken = f"with {plural(read.replaced, 'broken character')}, shown as �" if read.replaced else ""
    if read.guessed:
        return f"read as {name}, a guess{', ' if broken else ''}{broken}"
    return f"{name} {broken}" if broken else ""


def doubt_lines(doubts: Iterable[Doubt]) -> list[str]:
    """What was read with a doubt and how, a line for each file; safe for a terminal."""
    return [f"{safe(one.path)}: {read_as(one)}{_rows(one)}" for one in doubts]


def _rows(doubt: Doubt) -> str:
    """How many rows of a table it is, and where to begin to look."""
    if doubt.documents == 1 and doubt.path.replace("\\", "/").endswith(doubt.first):
        return ""
    return f" ({plural(doubt.documents, 'row')}, the first is {safe(doubt.first[:200])})"


def nothing_readable(paths: Sequence[str | os.PathLike[str]], skipped: Sequence[Skipped]) -> str:
    """One plain line for an input without a document, with the first reason that may hide one.

    >>> nothing_readable(["news"], [])
    'nothing to read in news: no articles there'
    """
    called = ", ".join(shown(path) for path in paths[:3])
    first = next((skip for skip in skipped if skip.lost), skipped[0] if skipped else None)
    why = f": {shown(first.path)}: {first.reason}" if first else ": no articles there"
    more = f" (and {len(skipped) - 1} more)" if len(skipped) > 1 else ""
    return f"nothing to read in {called}{why}{more}"


def fact_in_words(what: str, old: str, new: str) -> str:
    """A fact that differs, in one cell of a table.

    >>> fact_in_words("number", "391", "744"), fact_in_words("negation", "", "not")
    ('number: 391 → 744', 'negation: none → not')
    """
    return f"{what}: {old or 'none'} → {new or 'none'}"


def unseen_line(unseen: Mapping[str, int]) -> str:
    """What was left out that may be a finding, and what to do, in one line; empty if nothing was.

    >>> unseen_line({"pairs_not_aligned": 1200})
    'not everything was compared: weaker pairs, which were not looked at (weak_pairs): 1,200; raise weak_pairs'
    """
    if not unseen:
        return ""
    advice = ["raise weak_pairs"] if "pairs_not_aligned" in unseen else []
    if any(cap.startswith("index_") for cap in unseen):
        advice.append("check fewer texts at a time, or name what the index holds with --against instead")
    return f"not everything was compared: {'; '.join([*left_out_lines(unseen), *advice])}"


def left_out_lines(left_out: Mapping[str, int]) -> list[str]:
    """What caps left out, a line each; caps that left nothing out are not named.

    >>> left_out_lines({"lsh_bucket_pairs": 1200, "ceiling": 0})
    ['lsh bucket pairs: 1,200']
    """
    counts = [(_CAPS.get(cap) or safe(cap).replace("_", " "), left_out[cap]) for cap in sorted(left_out)]
    return [f"{what}: {number(count)}" for what, count in counts if count]
