"""Passages in quotation marks: kept, lost, and who is quoted where the text says so plainly.

Plain is an attribution beside the quotation: “…”, said Ilse Marten · Ilse Marten said: “…” · „…“, sagte Ilse Marten ·
« … », a déclaré Ilse Marten · «…», — сказал Иван Петров · 王芳说：“…” · قال علي: «…» · सीमा ने कहा, “…”.
A role alone ("said the mayor") is nobody's name. Weak: verbs that are not listed, an attribution a sentence away.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compare.align.marks.capitals import alike, words_of
from compare.facts.tables import calendar
from compare.model import Drift, Fact, Mark, Span
from compare.text.coverage import token_ranges
from compare.text.language import words as listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from compare.align.prepare import Text
    from compare.model import Match

_INSIDE, _OUTSIDE = 0.8, 0.2  # shares of a passage's tokens in quotation marks
_NEAR = 120  # code points beside a quotation in which its speaker is looked for

_SAID = (
    "(?:said|says|told [a-z ]{1,20}|added|adds|warned|argued|wrote|explained|insisted|stated|replied|"
    "sagte|sagt|erklärte|betonte|schrieb|meinte|warnte|"
    "a dit|a déclaré|a affirmé|a expliqué|a ajouté|déclare|affirme|explique|ajoute|"
    "dijo|dice|afirmó|declaró|explicó|señaló|agregó|añadió|"
    "сказала?|заявила?|отметила?|подчеркнула?|сообщила?|добавила?|говорит)"
)
_ACCORDING = "(?:[Aa]ccording to|[Ll]aut|[Ss]elon|[Ss]egún|[Пп]о словам)"
_LOWER = "a-zß-öø-ÿа-яё"
_CAPITAL = rf"(?![{_LOWER}\d_])\w(?:[\w'’-]+|\.)"
_NAME = rf"(?P<name>{_CAPITAL}(?: (?:(?:de|del|la|van|von|der|bin|al) )?{_CAPITAL}){{0,4}})"
_ROLE = rf"(?:(?:[{_LOWER}-]+ ){{1,4}}|(?:[{_LOWER}-]+ ){{0,4}}[{_LOWER}-]+, )?"
_ASIDE = r"(?:, [^,.:\n]{1,40},)?"
_HAN, _ARABIC, _HINDI = "[\u4e00-\u9fff·]{2,8}?", "[\u0621-\u064a]+", "[\u0900-\u0963]+"
_HAN_SAID = "(?:说|說|表示|称|指出|强调|回应)道?"
_ARABIC_SAID = "و?(?:قال|قالت|صرح|صرحت|أضاف|أضافت|أكد|أكدت)"
_HINDI_SAID = "ने (?:कहा|बताया)(?: कि)?"
_CLOSED = r"[\s,.!?”“»«\"’‘」。，،—–-]{1,8}"
_OPENED = r"[\s:,，：„“”«»\"‘「-]{1,8}\Z"

_AFTER = tuple(
    re.compile(_CLOSED + pattern)
    for pattern in (
        rf"(?:{_SAID}|{_ACCORDING}) {_ROLE}{_NAME}",
        rf"{_NAME}{_ASIDE} {_SAID}(?!\w)",
        rf"(?P<name>{_HAN}){_HAN_SAID}",
        rf"{_ARABIC_SAID} (?P<name>{_ARABIC}(?: {_ARABIC}){{0,3}})(?=[.،:\n]|\Z)",
        rf"(?P<name>{_HINDI}(?: {_HINDI}){{0,3}}?) {_HINDI_SAID}",
    )
)
_BEFORE = tuple(
    re.compile(pattern + _OPENED)
    for pattern in (
        rf"{_NAME}{_ASIDE} {_SAID}(?: that)?",
        rf"{_ACCORDING} {_ROLE}{_NAME}",
        rf"(?:\A|(?<=[，。；！？\s]))(?P<name>{_HAN}){_HAN_SAID}",
        rf"{_ARABIC_SAID} (?P<name>{_ARABIC}(?: {_ARABIC}){{0,3}})",
        rf"(?:\A|(?<=[।.\n]))\s?(?P<name>{_HINDI}(?: {_HINDI}){{0,3}}?) {_HINDI_SAID}",
    )
)
_PRONOUNS = "he she it they we i you er sie es wir ich il elle ils elles on él ella ellos он она они мы я"
_NOBODY = frozenset(_PRONOUNS.split())


def quotation(match: Match, a: Text, b: Text) -> Mark | None:
    """`QUOTE` if the passage is quoted on both sides, `UNQUOTED` if only on one."""
    range_a, range_b = token_ranges(match)
    low, high = sorted((_share(a.quoted, range_a), _share(b.quoted, range_b)))
    if high < _INSIDE or not match.kind.is_reuse:
        return None
    if low >= _INSIDE:
        return Mark.QUOTE
    return Mark.UNQUOTED if low <= _OUTSIDE else None


def _share(flags: NDArray[np.bool_], span: Span) -> float:
    return float(flags[span.start : span.stop].mean()) if span.stop > span.start else 0.0


def speakers(match: Match, a: Text, b: Text) -> tuple[Span | None, Span | None]:
    """Where each side names who is quoted, if it does so plainly. The match is a quotation on one side at least."""
    range_a, range_b = token_ranges(match)
    return _speaker(a, range_a), _speaker(b, range_b)


def changed_speaker(spans: tuple[Span | None, Span | None], a: Text, b: Text) -> Drift | None:
    """A name drift where the two sides put the same words into different mouths."""
    speaker_a, speaker_b = spans
    if speaker_a is None or speaker_b is None:
        return None
    names = words_of(a.text[slice(*speaker_a)]), words_of(b.text[slice(*speaker_b)])
    name_a, name_b = ([word for word in name if word.lower() not in listed("names", "titles")] for name in names)
    same = any(alike(x, y) for x in name_a for y in name_b)
    return None if same else Drift(Fact.NAME, speaker_a, speaker_b)


def _speaker(text: Text, tokens: Span) -> Span | None:
    if _share(text.quoted, tokens) < _INSIDE:
        return None
    start, stop = _quoted_around(text, tokens)
    end = int(text.tokens.stops[stop - 1])
    if speaker := _named(text, _AFTER, Span(end, min(len(text.text), end + _NEAR)), at_start=True):
        return speaker
    begin = int(text.tokens.starts[start])
    return _named(text, _BEFORE, Span(max(0, begin - _NEAR), begin), at_start=False)


def _quoted_around(text: Text, tokens: Span) -> Span:
    """The first stretch of quoted tokens that the passage stands in: it may hold “…,” said X, “…”."""
    flags, start = text.quoted, tokens.start
    while start < tokens.stop and not flags[start]:
        start += 1
    stop = start
    while start and flags[start - 1]:
        start -= 1
    while stop < len(flags) and flags[stop]:
        stop += 1
    return Span(start, stop)


def _named(text: Text, patterns: Sequence[re.Pattern[str]], window: Span, *, at_start: bool) -> Span | None:
    part = text.text[slice(*window)].partition("\n\n")[0] if at_start else text.text[slice(*window)]
    part = part if at_start else part.rpartition("\n\n")[2]
    shift = window.start if at_start else window.stop - len(part)
    for pattern in patterns:
        attribution = pattern.match(part) if at_start else pattern.search(part)
        if attribution and _is_somebody(text, attribution["name"], shift + attribution.start("name")):
            return Span(shift + attribution.start("name"), shift + attribution.end("name"))
    return None


def _is_somebody(text: Text, name: str, at: int) -> bool:
    """Whether the words are a name: no pronoun, no day, and no lone common noun that opens a sentence."""
    words = name.split()
    if any(word.lower() in _NOBODY or word.lower() in calendar() for word in words) or all(
        word.lower() in listed("names", "titles") for word in words
    ):
        return False
    if len(words) > 1 or not name[0].isupper():
        return True
    before = text.text[:at].rstrip()[-1:]
    return before.isalnum() or before == "," or text.text.count(name) > 1
