"""What a passage states otherwise than the one it corresponds to: numbers, dates, names, units, negations.

    operations of a match ──► changes, each grown to whole facts ──► facts of both sides paired ──► drifts

A fact that was only moved, left out or put in has not drifted; only a small change can be read as one fact for another.
Weak: two figures that changed places, "hardly" for "not", a name against a description.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from compare.align.marks.capitals import changed, words_of
from compare.align.marks.facts import Date, Number, Unit, facts, read
from compare.align.marks.lexicon import COMPANIONS, DENIALS, IN_OTHER_WORDS, NEGATIONS, NOT_ONLY, SECOND_HALVES
from compare.model import Drift, Fact, Kind, Span
from compare.text.coverage import token_ranges

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence

    from compare.align.marks.capitals import Capitals
    from compare.align.marks.facts import Stated, Word
    from compare.align.prepare import Text
    from compare.model import Match, Operation

_SMALL = 8  # tokens of a change that can be read as one fact for another
_TINY = 4  # the same in a rewritten passage, and for names
_NEAR = 8  # tokens around a change in which a negation may have moved
_WITH_NOT = 3  # tokens of a change that can be read as a negation put in: "agreed", "did not agree"
_EQUAL = 3  # equal tokens before and after it
_STEM = 4  # letters that "agree" and "agreed" share
_NE_PAS = 4  # tokens between "ne" and "pas"
_NEGATING = (*sorted(NEGATIONS), "n't", "n’t", "n'", "n’")
_NE_ELIDED = re.compile(r"n'[aeiouyhéêè]")
_SIGN = re.compile(r"[$€£¥₽₹₺₴₩%‰°−]|(?<=[\s(])-(?=\d)")


def drifts(match: Match, texts: tuple[Text, Text], capitals: Capitals) -> tuple[Drift, ...]:
    """The facts that differ between the sides of a match, by their place in a. Linear but for what changed."""
    if not match.kind.is_reuse or not match.operations:
        return ()
    if match.kind is Kind.VERBATIM and _signs(texts[0].text, match.a) == _signs(texts[1].text, match.b):
        return ()
    return tuple(sorted(set(_reading(match, texts).drifts(capitals)), key=lambda one: (one.a, one.b, one.what)))


def _signs(text: str, span: Span) -> list[str]:
    """Signs that yield no token, in and beside a span."""
    return _SIGN.findall(text[max(0, span.start - 2) : span.stop + 2])


class _Change(NamedTuple):
    """Operations `first` to `last`, and how many tokens of the equal ones beside them belong to it."""

    first: int
    last: int
    before: int = 0
    after: int = 0


@dataclass(frozen=True, slots=True)
class _Reading:
    """A match with what both sides state."""

    match: Match
    texts: tuple[Text, Text]
    covering: tuple[Mapping[int, Stated], Mapping[int, Stated]]
    """The fact that a token belongs to."""
    moved: tuple[frozenset[Hashable], frozenset[Hashable]]
    """What each side states in changed words, in a rewritten passage anywhere: it may be the other's, moved."""
    words: tuple[frozenset[str], frozenset[str]]
    """The same for the words themselves, as they are written."""

    def drifts(self, capitals: Capitals) -> Iterator[Drift]:
        yield from self._signs()
        limit = _TINY if self.match.kind is Kind.REWRITTEN else _SMALL
        for index, step in enumerate(self.match.operations):
            size = _size(step)
            if step.kind == "equal" or size > limit:
                continue
            ranges = self._tokens(self._grown(index))
            yield from self._paired(*(self._within(side, ranges[side]) for side in (0, 1)))
            yield from _negated(self.match, index, self.texts)
            if size <= _TINY and step.kind == "replace":
                yield from self._named(step, capitals)

    def _signs(self) -> Iterator[Drift]:
        """Equal figures that differ in a sign that yields no token: $5 and €5, −5 and 5."""
        starts = [step.tokens_a.start for step in self.match.operations]
        for here in dict.fromkeys(self.covering[0].values()):
            step = self.match.operations[bisect_right(starts, here.tokens.start) - 1]
            there = self.covering[1].get(here.tokens.start + _shift(step))
            if step.kind == "equal" and there and there.tokens.start - here.tokens.start == _shift(step):
                yield from _against(here, there)

    def _grown(self, index: int) -> _Change:
        """The change with every fact whole that it touches, on both sides alike."""
        grown = _Change(index, index)
        for _ in range(_SMALL):
            ranges = self._tokens(grown)
            before = max(self._reach(side, ranges[side].start, back=True) for side in (0, 1))
            after = max(self._reach(side, ranges[side].stop, back=False) for side in (0, 1))
            if not before and not after:
                break
            grown = self._widened(grown, before, after)
        return grown

    def _reach(self, side: int, border: int, *, back: bool) -> int:
        """How many tokens a fact that crosses this border reaches beyond it."""
        fact = self.covering[side].get(border)
        if fact is None or fact.tokens.start == border:
            return 0
        return border - fact.tokens.start if back else fact.tokens.stop - border

    def _widened(self, change: _Change, before: int, after: int) -> _Change:
        """The change with tokens beside it; where they are not all equal, with the next operations whole."""
        steps = self.match.operations
        first, last, left, right = change.first, change.last, change.before + before, change.after + after
        if before and left > (_size(steps[first - 1]) if first else 0):
            first, left = max(0, first - 2), 0
        if after and right > (_size(steps[last + 1]) if last + 1 < len(steps) else 0):
            last, right = min(len(steps) - 1, last + 2), 0
        return _Change(first, last, left, right)

    def _tokens(self, change: _Change) -> tuple[Span, Span]:
        first, last = self.match.operations[change.first], self.match.operations[change.last]
        return (
            Span(first.tokens_a.start - change.before, last.tokens_a.stop + change.after),
            Span(first.tokens_b.start - change.before, last.tokens_b.stop + change.after),
        )

    def _within(self, side: int, tokens: Span) -> list[Stated]:
        found = dict.fromkeys(self.covering[side].get(token) for token in range(*tokens))
        return [one for one in found if one and one.tokens.start >= tokens.start and one.tokens.stop <= tokens.stop]

    def _paired(self, here: list[Stated], there: list[Stated]) -> Iterator[Drift]:
        """Facts that agree paired first; of the others the first that can be the same thing."""
        left: list[Stated] = []
        for one in here:
            same = next((other for other in there if _agree(one, other)), None)
            if same:
                there = [other for other in there if other is not same]
                yield from _against(one, same)
            elif not self.moved[1] & _keys(one):
                left.append(one)
        there = [other for other in there if not self.moved[0] & _keys(other)]
        for one in left:
            other, found = next(((other, found) for other in there if (found := _against(one, other))), (None, ()))
            there = [free for free in there if free is not other]
            yield from found

    def _named(self, step: Operation, capitals: Capitals) -> Iterator[Drift]:
        if not all(map(_has_capitals, _texts_of(step, self.texts))):
            return
        sides = capitals.names(0, step.tokens_a), capitals.names(1, step.tokens_b)
        for here, there in zip(*sides, strict=False):
            new, lost = (set(name.words) for name in (there, here))
            if not changed(here, there) or (lost - new) & self.words[1] or (new - lost) & self.words[0]:
                continue
            yield Drift(Fact.NAME, here.span, there.span)


def _reading(match: Match, texts: tuple[Text, Text]) -> _Reading:
    covering, moved = [], []
    for side in (0, 1):
        ranges = [(step.tokens_a, step.tokens_b)[side] for step in match.operations]
        stated = facts(texts[side], Span(ranges[0].start, ranges[-1].stop))
        cover = {token: one for one in stated for token in range(*one.tokens)}
        steps = zip(match.operations, ranges, strict=True)
        edited = {cover.get(token) for step, span in steps if step.kind != "equal" for token in range(*span)}
        counted = stated if match.kind is Kind.REWRITTEN else [one for one in stated if one in edited]
        covering.append(cover)
        moved.append(frozenset(key for one in counted for key in _keys(one)))
    words = _words(match, texts[0].text, 0), _words(match, texts[1].text, 1)
    return _Reading(match, texts, (covering[0], covering[1]), (moved[0], moved[1]), words)


def _words(match: Match, text: str, side: int) -> frozenset[str]:
    """The words of the changes of one side, in a rewritten passage all of its words."""
    if match.kind is Kind.REWRITTEN:
        return words_of(text[slice(*(match.a, match.b)[side])])
    steps = [step for step in match.operations if step.kind != "equal"]
    return words_of(" ".join(text[slice(*(step.a, step.b)[side])] for step in steps))


def _shift(step: Operation) -> int:
    """What a token of a in an equal step is to be added for its number in b."""
    return step.tokens_b.start - step.tokens_a.start


def _size(step: Operation) -> int:
    return max(step.tokens_a.stop - step.tokens_a.start, step.tokens_b.stop - step.tokens_b.start)


def _texts_of(step: Operation, texts: tuple[Text, Text]) -> tuple[str, str]:
    return texts[0].text[slice(*step.a)], texts[1].text[slice(*step.b)]


def _has_capitals(text: str) -> bool:
    return text != text.lower()


# --- two facts -----------------------------------------------------------------------------------------------------


def _keys(one: Stated) -> frozenset[Hashable]:
    """What a fact can be found again by."""
    if isinstance(one.value, Number):
        return frozenset(one.value.values)
    return frozenset([one.value if isinstance(one.value, Date) else one.value.key])


def _agree(one: Stated, other: Stated) -> bool:
    """Whether two facts state the same, as far as both state it; a number's unit apart."""
    here, there = one.value, other.value
    if isinstance(here, Number) and isinstance(there, Number):
        return bool(here.values & there.values) or bool(here.base & there.base and not (here.scale and there.scale))
    if isinstance(here, Date) and isinstance(there, Date):
        both = _both(here, there)
        return bool(both) and all(x == y for x, y in both)
    return isinstance(here, Unit) and isinstance(there, Unit) and here.key == there.key


def _both(here: Date, there: Date) -> list[tuple[int, int]]:
    """The parts that both dates state."""
    return [(x, y) for x, y in zip(here, there, strict=True) if x and y]


def _against(one: Stated, other: Stated) -> tuple[Drift, ...]:
    """How two facts of one thing differ; empty if they do not, or cannot be about one thing."""
    here, there = one.value, other.value
    if isinstance(here, Number) and isinstance(there, Number):
        return _numbers_against(one, other, here, there)
    if isinstance(here, Date) and isinstance(there, Date):
        return (Drift(Fact.DATE, one.span, other.span),) if any(x != y for x, y in _both(here, there)) else ()
    if isinstance(here, Unit) and isinstance(there, Unit):
        return _units_against(here, there)
    return ()


def _numbers_against(one: Stated, other: Stated, here: Number, there: Number) -> tuple[Drift, ...]:
    if here.unit and there.unit and here.unit.dimension != there.unit.dimension:
        return ()
    units = _units_against(here.unit, there.unit) if here.unit and there.unit else ()
    if _agree(one, other):
        return units
    if here.base & there.base and here.scale and there.scale:
        return (Drift(Fact.UNIT, here.scale, there.scale), *units)
    return (Drift(Fact.NUMBER, one.span, other.span), *units)


def _units_against(here: Unit, there: Unit) -> tuple[Drift, ...]:
    if here.dimension != there.dimension or here.key == there.key:
        return ()
    return (Drift(Fact.UNIT, here.span, there.span),)


# --- negations -----------------------------------------------------------------------------------------------------


def _negated(match: Match, index: int, texts: tuple[Text, Text]) -> Iterator[Drift]:
    """A negation put in or left out amid equal words, unless it only moved nearby or is said in other words."""
    step = match.operations[index]
    if _size(step) > _WITH_NOT or not _amid_equal_words(match, index) or not _negatable(step, texts):
        return
    ranges = step.tokens_a, step.tokens_b
    sides = [_negations(text, span) for text, span in zip(texts, ranges, strict=True)]
    if bool(sides[0]) == bool(sides[1]):
        return
    around = [
        len(_negations(text, Span(max(whole.start, span.start - _NEAR), min(whole.stop, span.stop + _NEAR))))
        for text, span, whole in zip(texts, ranges, token_ranges(match), strict=True)
    ]
    words = [read(text, span) for text, span in zip(texts, ranges, strict=True)]
    if around[0] == around[1] or not _says_the_same(*words):
        return
    spans = [Span(found[0].start, found[-1].stop) if found else Span(0, 0) for found in sides]
    without = 0 if sides[1] else 1
    spans[without] = (step.a, step.b)[without]
    yield Drift(Fact.NEGATION, *(spans if step.kind != "replace" else (step.a, step.b)))


def _negatable(step: Operation, texts: tuple[Text, Text]) -> bool:
    """Whether a change can hold a negation at all: a quick look before its words are read."""
    changed_text = " ".join(_texts_of(step, texts)).lower()
    return any(negation in changed_text for negation in _NEGATING)


def _amid_equal_words(match: Match, index: int) -> bool:
    """Whether enough equal words stand before and after an operation, but for single ones ("ne vote pas")."""
    before = match.operations[max(0, index - 2 * _EQUAL) : index][::-1]
    after = match.operations[index + 1 : index + 1 + 2 * _EQUAL]
    return _begins_equal(before) and _begins_equal(after)


def _begins_equal(steps: Sequence[Operation]) -> bool:
    equal = 0
    for step in steps:
        if step.kind != "equal" and _size(step) > 1:
            return False
        equal += _size(step) if step.kind == "equal" else 0
        if equal >= _EQUAL:
            return True
    return True


def _says_the_same(one: Sequence[Word], other: Sequence[Word]) -> bool:
    """Whether nothing but a negation, and words that come with it, tells two short changes apart."""
    here, there = ({word.lower for word in words} - COMPANIONS for words in (one, other))
    here, there = ({word for word in words if not _negates(word, None)} for words in (here, there))
    if not one or not other:
        return not (here | there) & DENIALS
    return all(any(word[:_STEM] == that[:_STEM] for that in there) for word in here) and bool(here) == bool(there)


def _negations(text: Text, tokens: Span) -> list[Word]:
    """The words that negate: "ne … pas" once, "not only" and "No. 5" not at all."""
    begin = max(0, tokens.start - _NE_PAS)
    words = read(text, Span(begin, min(tokens.stop + 1, len(text.tokens))))
    found: list[Word] = []
    for at in range(tokens.start - begin, tokens.stop - begin):
        word, following = words[at], words[at + 1] if at + 1 < len(words) else None
        if _negates(word.lower, following) and not (word.lower in SECOND_HALVES and _after_ne(words, at)):
            found.append(word)
    return found


def _negates(lower: str, following: Word | None) -> bool:
    if not (lower in NEGATIONS or lower.endswith("n't") or _NE_ELIDED.match(lower)):
        return False
    if following is None:
        return True
    if following.lower in NOT_ONLY or following.lower in IN_OTHER_WORDS.get(lower, ()):
        return False
    return not (lower == "no" and following.lower[:1].isdigit())


def _after_ne(words: Sequence[Word], at: int) -> bool:
    return any(word.lower == "ne" or _NE_ELIDED.match(word.lower) for word in words[max(0, at - _NE_PAS) : at])
