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
from compare.facts.agree import agrees, differences, keys
from compare.facts.read import facts
from compare.facts.words import read
from compare.model import Drift, Fact, Kind, Span
from compare.text.coverage import token_ranges
from compare.text.language import values, words

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence

    from compare.align.marks.capitals import Capitals
    from compare.align.prepare import Text
    from compare.facts.read import Stated
    from compare.facts.words import Word
    from compare.model import Match, Operation

_SMALL = 8  # tokens of a change that can be read as one fact for another
_TINY = 4  # the same in a rewritten passage, and for names
_NEAR = 8  # tokens around a change in which a negation may have moved
_WITH_NOT = 3  # tokens of a change that can be read as a negation put in: "agreed", "did not agree"
_EQUAL = 3  # equal tokens before and after it
_STEM = 4  # letters that "agree" and "agreed" share
_NE_PAS = 4  # tokens between "ne" and "pas"
NEGATIONS, NOT_ONLY = words("negation", "negates"), words("negation", "not_only")
DENIALS, COMPANIONS = words("negation", "denials"), words("negation", "companions")
SECOND_HALVES = words("negation", "second_halves")
IN_OTHER_WORDS = {word: parts for table in values("negation", "in_other_words") for word, parts in table.items()}
_NEGATING = (*sorted(NEGATIONS), "n't", "n’t", "n'", "n’")
_NE_ELIDED = re.compile(r"n'[aeiouyhéêè]")
_SIGN = re.compile(r"[$€£¥₽₹₺₴₩%‰°−]|(?<=[\s(])-(?=\d)")


def drifts(match: Match, texts: tuple[Text, Text], capitals: Capitals) -> tuple[Drift, ...]:
    """The facts that differ between the sides of a match, by their place in a. Linear but for what changed."""
    if not match.kind.is_reuse or not match.operations:
        return ()
    if match.kind is Kind.VERBATIM and _signs(texts[0].text, match.a) == _signs(texts[1].text, match.b):
        return ()
    return tuple(sorted(set(_reading(match, texts).drifts(capitals)), key=lambda drift: (drift.a, drift.b, drift.what)))


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
        for fact_a in dict.fromkeys(self.covering[0].values()):
            step = self.match.operations[bisect_right(starts, fact_a.tokens.start) - 1]
            fact_b = self.covering[1].get(fact_a.tokens.start + _shift(step))
            if step.kind == "equal" and fact_b and fact_b.tokens.start - fact_a.tokens.start == _shift(step):
                yield from _drifts(fact_a, fact_b)

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
        facts = dict.fromkeys(self.covering[side].get(token) for token in range(*tokens))
        return [
            fact for fact in facts if fact and fact.tokens.start >= tokens.start and fact.tokens.stop <= tokens.stop
        ]

    def _paired(self, facts_a: list[Stated], facts_b: list[Stated]) -> Iterator[Drift]:
        """Facts that agree paired first; of the others the first that can be the same thing."""
        left: list[Stated] = []
        for fact in facts_a:
            same = next((opposite for opposite in facts_b if agrees(fact, opposite)), None)
            if same:
                facts_b = [opposite for opposite in facts_b if opposite is not same]
                yield from _drifts(fact, same)
            elif not self.moved[1] & keys(fact):
                left.append(fact)
        facts_b = [opposite for opposite in facts_b if not self.moved[0] & keys(opposite)]
        for fact in left:
            opposite, drifts = next(
                ((opposite, drifts) for opposite in facts_b if (drifts := _drifts(fact, opposite))), (None, ())
            )
            facts_b = [free for free in facts_b if free is not opposite]
            yield from drifts

    def _named(self, step: Operation, capitals: Capitals) -> Iterator[Drift]:
        if not all(map(_has_capitals, _texts_of(step, self.texts))):
            return
        sides = capitals.names(0, step.tokens_a), capitals.names(1, step.tokens_b)
        for name_a, name_b in zip(*sides, strict=False):
            new, lost = (set(name.words) for name in (name_b, name_a))
            if not changed(name_a, name_b) or (lost - new) & self.words[1] or (new - lost) & self.words[0]:
                continue
            yield Drift(Fact.NAME, name_a.span, name_b.span)


def _reading(match: Match, texts: tuple[Text, Text]) -> _Reading:
    covering, moved = [], []
    for side in (0, 1):
        ranges = [(step.tokens_a, step.tokens_b)[side] for step in match.operations]
        stated = facts(texts[side].text, texts[side].tokens, Span(ranges[0].start, ranges[-1].stop))
        cover = {token: fact for fact in stated for token in range(*fact.tokens)}
        steps = zip(match.operations, ranges, strict=True)
        edited = {cover.get(token) for step, span in steps if step.kind != "equal" for token in range(*span)}
        counted = stated if match.kind is Kind.REWRITTEN else [fact for fact in stated if fact in edited]
        covering.append(cover)
        moved.append(frozenset(key for fact in counted for key in keys(fact)))
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


def _drifts(a: Stated, b: Stated) -> tuple[Drift, ...]:
    return tuple(Drift(*difference) for difference in differences(a, b))


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
    words = [read(text.text, text.tokens, span) for text, span in zip(texts, ranges, strict=True)]
    if around[0] == around[1] or not _says_the_same(*words):
        return
    spans = [Span(side[0].start, side[-1].stop) if side else Span(0, 0) for side in sides]
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


def _says_the_same(change_a: Sequence[Word], change_b: Sequence[Word]) -> bool:
    """Whether nothing but a negation, and words that come with it, tells two short changes apart."""
    rest_a, rest_b = ({word.lower for word in words} - COMPANIONS for words in (change_a, change_b))
    rest_a, rest_b = ({word for word in words if not _negates(word, None)} for words in (rest_a, rest_b))
    if not change_a or not change_b:
        return not (rest_a | rest_b) & DENIALS
    return all(any(word[:_STEM] == that[:_STEM] for that in rest_b) for word in rest_a) and bool(rest_a) == bool(rest_b)


def _negations(text: Text, tokens: Span) -> list[Word]:
    """The words that negate: "ne … pas" once, "not only" and "No. 5" not at all."""
    begin = max(0, tokens.start - _NE_PAS)
    words = read(text.text, text.tokens, Span(begin, min(tokens.stop + 1, len(text.tokens))))
    negations: list[Word] = []
    for at in range(tokens.start - begin, tokens.stop - begin):
        word, following = words[at], words[at + 1] if at + 1 < len(words) else None
        if _negates(word.lower, following) and not (word.lower in SECOND_HALVES and _after_ne(words, at)):
            negations.append(word)
    return negations


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
