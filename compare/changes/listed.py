"""Everything that changed between two texts and matters, once, in one list."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from compare.changes.moved import moved_in
from compare.model import Change, ChangeKind, Fact, Mark, QuoteState, Span, Verdict
from compare.origin.lineage import names_changed, terms_changed
from compare.text.coverage import meet
from compare.text.numbering import numbered
from compare.text.sentences import sentences
from compare.text.signs import with_signs
from compare.text.tokens import body, clean
from compare.wording.changes import of_head
from compare.wording.escape import one_line
from compare.wording.words import edits_within

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from compare.model import Comparison, Document, Drift, Match, Quotation

_MEANING = {Fact.NEGATION, Fact.DIRECTION, Fact.MODALITY}
_NAMES = {Fact.NAME, Fact.PERSON}
_ORDER = tuple(ChangeKind)
_BRACKETED = 120
"""Characters before a word in which its bracket stands."""
_MOST = 60
"""Characters of a quotation that are told."""
_TEXTS = 64
"""Texts whose sentences are kept: a text stands in several pairs."""


class _Texts(NamedTuple):
    """Both texts as they are read."""

    a: str
    b: str


def changes_of(comparison: Comparison, a: Document, b: Document) -> tuple[Change, ...]:
    """What changed from a to b: of their heads first, then by its place in a, then heads of their own and what moved.

    Facts that surely differ, quotations altered, without their marks or in another mouth, and headline, byline, credits
    and licence. What stands in a notice or in house style is no change, and what two passages hold is told once.
    Linear, but for passages that moved, each of which is held against the others.
    """
    heads = [*_heads(comparison, a, b)]
    told = [change for change in heads if not change.own]
    own = [change for change in heads if change.own]
    return (*told, *_in_bodies(comparison, a, b), *own, *moved_in(comparison, a, b))


def _in_bodies(comparison: Comparison, a: Document, b: Document) -> list[Change]:
    """Facts and quotations, by their place in a."""
    holding = [(number, match) for number, match in enumerate(numbered(comparison.matches), 1) if _holds_any(match)]
    texts = _Texts(body(a), body(b)) if holding else _Texts("", "")
    in_bodies = [change for number, match in holding for change in _of_match(number, match, texts)]
    if comparison.relation and comparison.relation.is_of_a_third:  # whether a speech stands in marks is each one's own
        in_bodies = [change for change in in_bodies if change.kind is not ChangeKind.MARKS]
    return _once(in_bodies)


def _heads(comparison: Comparison, a: Document, b: Document) -> Iterator[Change]:
    """What of headline, byline, credits and licence differs, of a pair that is reuse.

    Of texts that only share passages each has its own: where nobody told of a change from one to the other.
    """
    if not comparison.verdict.is_reuse:
        return
    told = comparison.lineage.changes if comparison.lineage else ()
    parts = {change.part for change in told}
    found = (change for change in (*names_changed(a, b), *terms_changed(a, b)) if change.part not in parts)
    is_own = comparison.verdict is Verdict.DERIVED
    changes = [*map(of_head, told), *(replace(of_head(change), own=is_own) for change in found)]
    yield from sorted(changes, key=lambda change: _ORDER.index(change.kind))


def changes_between(comparison: Comparison, a: Document, b: Document) -> tuple[Change, ...]:
    """The same for two texts that somebody compares by name: another headline or byline of any reuse is a changed one.

    In a collection a text with a passage of another has a headline of its own.
    """
    listed = [replace(change, own=False) if change.own else change for change in changes_of(comparison, a, b)]
    return tuple(sorted(listed, key=lambda change: not change.kind.is_of_head))


def _holds_any(match: Match) -> bool:
    return bool(match.drifts or match.quotations) and Mark.BOILERPLATE not in match.marks


def _once(changes: Iterable[Change]) -> list[Change]:
    """The changes by their place in a, each once: passages may overlap."""
    first = {(change.span_a, change.span_b, change.kind): change for change in reversed(list(changes))}
    return [first[key] for key in sorted(first)]


def _of_match(number: int, match: Match, texts: _Texts) -> Iterator[Change]:
    """The changes of a passage. A fact that is all that was altered in a quotation is told as the quotation's."""
    loud = [quotation for quotation in match.quotations if quotation.state.is_loud]
    quoted = [change for quotation in loud for change in _of_quotation(number, match, quotation, texts)]
    altered = {(change.span_a, change.span_b) for change in quoted if change.kind is ChangeKind.QUOTATION}
    for drift in match.drifts:
        if (drift.a, drift.b) not in altered:
            yield _of_drift(number, match, drift, texts)
    yield from quoted


def _of_drift(number: int, match: Match, drift: Drift, texts: _Texts) -> Change:
    is_speaker = drift.what is Fact.NAME and any(_is_of_speakers(drift, quotation) for quotation in match.quotations)
    kind, what = (
        (ChangeKind.SPEAKER, QuoteState.ATTRIBUTED_OTHERWISE) if is_speaker else (_kind_of(drift.what), drift.what)
    )
    return Change(
        kind, what.value, _words(texts.a, drift.a), _words(texts.b, drift.b), drift.a, drift.b,
        with_signs(texts.a, drift.frame_a), with_signs(texts.b, drift.frame_b), number, drift.swapped,
    )  # fmt: skip


def _kind_of(fact: Fact) -> ChangeKind:
    if fact in _NAMES:
        return ChangeKind.NAME
    return ChangeKind.MEANING if fact in _MEANING else ChangeKind.FIGURE


def _is_of_speakers(drift: Drift, quotation: Quotation) -> bool:
    """Whether the names that differ are those of who speaks."""
    if quotation.state is not QuoteState.ATTRIBUTED_OTHERWISE or not quotation.speaker_a or not quotation.speaker_b:
        return False
    return meet(drift.a, quotation.speaker_a) and meet(drift.b, quotation.speaker_b)


def _of_quotation(number: int, match: Match, quotation: Quotation, texts: _Texts) -> Iterator[Change]:
    """Each edit of an altered quotation, but for what stands in brackets; one without its marks by how it begins."""
    if quotation.state is QuoteState.ALTERED:
        for spans in edits_within(match, quotation):
            if not any(_is_in_brackets(text, span) for text, span in zip(texts, spans, strict=True)):
                yield _in_quotation(ChangeKind.QUOTATION, quotation, spans, number, texts)
    else:
        yield _in_quotation(ChangeKind.MARKS, quotation, (quotation.a, quotation.b), number, texts)


def _in_quotation(
    kind: ChangeKind, quotation: Quotation, spans: tuple[Span, Span], number: int, texts: _Texts
) -> Change:
    a, b = (_clipped(_words(text, span)) for text, span in zip(texts, spans, strict=True))
    is_altered = kind is ChangeKind.QUOTATION
    return Change(
        kind, quotation.state.value, a if is_altered or quotation.marked_a else "",
        b if is_altered or quotation.marked_b else "", *spans,
        _sentence(texts.a, spans[0]), _sentence(texts.b, spans[1]), number,
    )  # fmt: skip


def _is_in_brackets(text: str, span: Span) -> bool:
    """Whether words are an editor's: in square brackets, or on their edge."""
    words, before = text[slice(*span)], text[max(0, span.start - _BRACKETED) : span.start]
    return "[" in words or "]" in words or (bool(words) and before.rfind("[") > before.rfind("]"))


def _words(text: str, span: Span) -> str:
    return one_line(clean(text[slice(*span)]))


def _clipped(words: str) -> str:
    return words if len(words) <= _MOST else words[:_MOST].rsplit(" ", 1)[0] + " …"


def _sentence(text: str, span: Span) -> Span:
    """From the sentence in which a span begins to the one in which it ends."""
    every = _sentences(text)
    first, last = (
        max(0, bisect_right(every, at, key=lambda sentence: sentence.start) - 1)
        for at in (span.start, max(span.start, span.stop - 1))
    )
    return Span(every[first].start, every[last].stop) if every else span


@lru_cache(_TEXTS)
def _sentences(text: str) -> tuple[Span, ...]:
    return tuple(sentences(text))
