"""Figures, dates and units of a change, paired: of one thing on both sides, and how they differ."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from compare.align.marks.drift.passage import Finding
from compare.facts.agree import agrees, differences, keys
from compare.facts.measures import is_measured
from compare.facts.tables import months
from compare.facts.values import Hedge, Number
from compare.model import Fact, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compare.align.marks.drift.passage import Passage
    from compare.facts.read import Stated
    from compare.model import Operation

_AHEAD, _BEHIND = re.compile(r" [.,:/] ?\d"), re.compile(r"\d [.,:/] ?\Z")
_DIGITS = re.compile(r"\d+")
_MINUS = re.compile(r"(?<!\w)[-–−][$€£¥]?\Z")


def signs(passage: Passage) -> Iterator[Finding]:
    """Equal figures that differ in a sign that yields no token: $5 and €5, −5 and 5."""
    steps = passage.match.operations
    starts = [step.tokens_a.start for step in steps]
    for fact in dict.fromkeys(passage.covering[0].values()):
        step = steps[bisect_right(starts, fact.tokens.start) - 1]
        opposite = passage.covering[1].get(fact.tokens.start + _shift(step))
        if step.kind == "equal" and opposite and opposite.tokens.start - fact.tokens.start == _shift(step):
            yield from (_with_signs(passage, finding) for finding in _compared(passage, fact, opposite))


def _with_signs(passage: Passage, finding: Finding) -> Finding:
    """A number with the minus before it: it is what differs."""
    if finding.what is not Fact.NUMBER:
        return finding
    a, b = (_with_minus(text.text, span) for text, span in zip(passage.texts, (finding.a, finding.b), strict=True))
    return finding._replace(a=a, b=b)


def _with_minus(text: str, span: Span) -> Span:
    minus = _MINUS.search(text[max(0, span.start - 3) : span.start])
    return Span(span.start - len(minus[0]), span.stop) if minus else span


def _shift(step: Operation) -> int:
    """What a token of a in an equal step is to be added for its number in b."""
    return step.tokens_b.start - step.tokens_a.start


def figures(passage: Passage, facts_a: Sequence[Stated], facts_b: Sequence[Stated]) -> Iterator[Finding]:
    """How the facts of a change differ: by their places where they can be of one thing so, else as they fit."""
    if len(facts_a) == len(facts_b):
        pairs = [_as_said(*pair) for pair in zip(facts_a, facts_b, strict=True)]
        if all(agrees(*pair) or differences(*pair) for pair in pairs):
            for fact, opposite in pairs:
                yield from _compared(passage, fact, opposite)
            return
    yield from _fitting(passage, facts_a, list(facts_b))


def _fitting(passage: Passage, facts_a: Sequence[Stated], facts_b: list[Stated]) -> Iterator[Finding]:
    """Facts that agree paired first; of the others, but for those that only moved, the first that can be one thing."""
    left: list[Stated] = []
    for fact in facts_a:
        same = next((opposite for opposite in facts_b if agrees(fact, opposite)), None)
        if same:
            facts_b = [opposite for opposite in facts_b if opposite is not same]
            yield from _compared(passage, fact, same)
        elif passage.is_gone(0, keys(fact)):
            left.append(fact)
    facts_b = [opposite for opposite in facts_b if passage.is_gone(1, keys(opposite))]
    for fact in left:
        opposite, differing = next(
            ((opposite, differing) for opposite in facts_b if (differing := list(_compared(passage, fact, opposite)))),
            (None, []),
        )
        facts_b = [free for free in facts_b if free is not opposite]
        yield from differing


def unlike(passage: Passage, facts_a: Sequence[Stated], facts_b: Sequence[Stated]) -> Iterator[Finding]:
    """A fact that another kind of fact stands for, so that it is in doubt how they differ: March 31, March 84."""
    left_a = [fact for fact in facts_a if not any(agrees(fact, opposite) for opposite in facts_b)]
    left_b = [fact for fact in facts_b if not any(agrees(opposite, fact) for opposite in facts_a)]
    if not facts_a or not facts_b or not (left_a or left_b):
        return
    fact, opposite = (left_a or facts_a)[0], (left_b or facts_b)[0]
    digits = [
        set(_DIGITS.findall(text.text[slice(*stated.span)]))
        for text, stated in zip(passage.texts, (fact, opposite), strict=True)
    ]
    if all(digits) and (digits[0] <= digits[1] or digits[1] <= digits[0]):
        return
    yield Finding(
        fact.what, fact.span, opposite.span, (fact.tokens, opposite.tokens), (keys(fact), keys(opposite)), doubt=True
    )


def other_months(passage: Passage, step: Operation) -> Iterator[Finding]:
    """A month for another, where one of the words may be no month: May, March."""
    if any(span.stop - span.start != 1 for span in (step.tokens_a, step.tokens_b)):
        return
    (word,), (opposite,) = passage.read(0, step.tokens_a), passage.read(1, step.tokens_b)
    numbers = [months().get(name.lower) for name in (word, opposite) if name.written[0].isupper()]
    if len(numbers) == len((word, opposite)) and all(numbers) and numbers[0] != numbers[1]:
        spans = Span(word.start, word.stop), Span(opposite.start, opposite.stop)
        yield Finding(Fact.DATE, *spans, (step.tokens_a, step.tokens_b), doubt=True)


def _compared(passage: Passage, fact: Stated, opposite: Stated) -> Iterator[Finding]:
    fact, opposite = _as_said(fact, opposite)
    both = keys(fact), keys(opposite)
    differing = differences(fact, opposite)
    is_parted = any(
        _is_parted(text.text, stated.span) for text, stated in zip(passage.texts, (fact, opposite), strict=True)
    )
    is_converted = {what for what, _, _ in differing} == {Fact.NUMBER, Fact.UNIT} and _has_no_measure(fact, opposite)
    for what, a, b in differing:
        yield Finding(what, a, b, (fact.tokens, opposite.tokens), both, doubt=is_converted or is_parted)


def _is_parted(text: str, span: Span) -> bool:
    """Whether a figure goes on behind a blank, as where text was cut into tokens: 15 , 800; 5 : 47."""
    return bool(_AHEAD.match(text, span.stop) or _BEHIND.search(text[max(0, span.start - 4) : span.start]))


def _has_no_measure(*facts: Stated) -> bool:
    """Whether all are amounts that tables do not convert: money, at the day's rate; points and basis points."""
    units = [fact.value.unit for fact in facts if isinstance(fact.value, Number) and fact.value.unit]
    return len(units) == len(facts) and not any(map(is_measured, units))


def _as_said(fact: Stated, opposite: Stated) -> tuple[Stated, Stated]:
    """Two numbers that are hedged alike without their hedges: "about 40" and "about 44" are not the same."""
    value, that = fact.value, opposite.value
    if isinstance(value, Number) and isinstance(that, Number) and value.hedge is that.hedge:
        plain = value._replace(hedge=Hedge.NONE), that._replace(hedge=Hedge.NONE)
        return replace(fact, value=plain[0]), replace(opposite, value=plain[1])
    return fact, opposite
