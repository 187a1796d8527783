"""Who supplied a text or a part of it, in the lines at its end: "AFP contributed to this report", "(dpa)", "© Reuters".

What a sentence of the news says of an agency ("told Reuters", "AFP reported") is no credit: a credit has a form of its
own, or stands alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compare.model import Credit, Source, Span
from compare.origin.agencies import alone, may_name, mentions
from compare.origin.tables import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 600
"""Characters of a line that may hold credits; of a longer one its end is looked at."""
_SENTENCE = re.compile(r"(?<=[a-zа-я0-9)”\"’»])[.!?…।。]+[”\"’»)]{0,2}(?:[ \t\u00a0]+|$)(?![a-z])")
_AT_END = re.compile(r"[(\[]([^()\[\]\n]{2,40})[)\]][ \t\u00a0.*_]*$")
_DASHED = re.compile(
    r"[.!?…”\"»।。][ \t\u00a0]{0,2}(?:[–—/]|-{1,2})[ \t\u00a0]{0,2}([^\s.–—-][^.–—\n]{1,38})\.?[ \t\u00a0]*$"
)
_KEYS = ("contributed", "contributed_last", "credit", "credit_last", "credit_first")
_MARKS = ' \t\u00a0*_•·–—-[]()"“”:'


def credits_in(line: str, *, is_last: bool = False) -> Iterator[Credit]:
    """The credits of a line from the end of a text. Bounded.

    >>> [credit.sources[0].name for credit in credits_in("Ed Roth and AFP contributed to this report.")]
    ['AFP']
    >>> [*credits_in("“I have the facts,” Roth told Reuters on Friday.", is_last=True)]
    []
    """
    if not (may_name(line) or pattern("contributed").may_be_in(line)) or _is_caption(line):
        return
    if credit := _tag(line) or _rights(line):
        yield credit
        return
    spans = _sentences(line) if any(pattern(key).may_be_in(line) for key in _KEYS) else ()
    named = [credit for span in spans if (credit := _in_sentence(line, span))]
    yield from named
    if is_last and not named and (credit := _at_end(line)):
        yield credit


def _is_caption(line: str) -> bool:
    if not pattern("photo").may_be_in(line):
        return False
    return bool(pattern("photo").search(line[-160:]) or pattern("photo").search(line[:60]))


def _tag(line: str) -> Credit | None:
    """A line that is nothing but a name: "(dpa)", "AFP", "© 2020 Reuters"."""
    sources = tuple(source for source in alone(line) if source) if len(line) <= 80 else ()  # noqa: PLR2004  # of a tag
    return Credit(Span(0, len(line)), sources, is_whole=True) if sources else None


def _rights(line: str) -> Credit | None:
    """A line that begins with a right, and whose it is."""
    right = pattern("rights").search(line[:60].strip(_MARKS)) if pattern("rights").may_be_in(line) else None
    if not right or right.start() > 1:
        return None
    sentence = next(_sentences(line), Span(0, len(line)))
    named = next(mentions(line, 0, sentence.stop), None)
    return Credit(Span(0, len(line)), (named.source,) if named else (), is_whole=bool(named))


def _sentences(line: str) -> Iterator[Span]:
    at = 0
    for end in _SENTENCE.finditer(line):
        yield Span(at, end.end())
        at = end.end()
    if at < len(line):
        yield Span(at, len(line))


def _in_sentence(line: str, span: Span) -> Credit | None:
    """The credit that a sentence is as a whole."""
    sentence = line[span.start : span.stop]
    bare = sentence.strip(_MARKS + ".")
    if pattern("contributed").search(sentence) or pattern("contributed_last", "{}$").search(bare):
        return Credit(span, _named(sentence))
    if phrase := pattern("credit").search(sentence) or pattern("credit_last").search(sentence):
        return _beside(span, sentence, phrase)
    if phrase := pattern("credit_first", "[ \t*_•·–—(\\[-]{{0,5}}{0}[ \t\u00a0]?[:：]?").match(sentence):
        return _listed(span, sentence, phrase.end())
    return None


def _named(text: str) -> tuple[Source, ...]:
    return tuple(dict.fromkeys(mention.source for mention in mentions(text)))


def _beside(span: Span, sentence: str, phrase: re.Match[str]) -> Credit | None:
    """A credit by its phrase, and a name soon behind it or, where it ends the sentence, before it."""
    behind = _named(sentence[phrase.end() : phrase.end() + 160])
    before = _named(sentence[: phrase.start()])
    if not (behind or before):
        return None
    is_last = bool(pattern("credit_last").search(sentence))
    return Credit(span, behind or before) if behind or is_last else None


def _listed(span: Span, sentence: str, at: int) -> Credit | None:
    """A credit that is a label and names alone: "Source: Reuters", "avec AFP", "(With PTI inputs)"."""
    rest = sentence[at:].strip(_MARKS + ".;,")
    sources = alone(rest) or (_named(rest) if len(rest.split()) <= 4 else ())  # noqa: PLR2004  # words of a name
    return Credit(span, sources) if sources else None


def _at_end(line: str) -> Credit | None:
    """A name in brackets or behind a dash at the very end of a text: "… sagte er. (dpa)", "… said. – AFP"."""
    begin = max(0, len(line) - LONGEST)
    for finder in (_AT_END, _DASHED):
        tag = finder.search(line, begin)
        sources = alone(tag[1]) if tag else ()
        if tag and sources and all(source.kind.is_wire for source in sources):
            return Credit(Span(tag.start() + (finder is _DASHED), len(line)), sources, is_whole=True)
    return None
