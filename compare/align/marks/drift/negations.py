"""A negation put in or left out amid equal words, unless it only moved nearby or is said in other words."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from compare.align.marks.drift.frames import begins_sentence, sentences_of
from compare.align.marks.drift.passage import Finding, size
from compare.model import Fact, Span
from compare.text.coverage import token_ranges
from compare.text.language import values, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compare.align.marks.drift.passage import Passage
    from compare.facts.words import Word
    from compare.model import Operation

_NEAR = 8  # tokens around a change in which a negation may have moved
_WITH_NOT = 3  # tokens of a change that can be read as a negation put in: "agreed", "did not agree"
_STEM = 4  # letters that "agree" and "agreed" share
_NE_PAS = 4  # tokens between "ne" and "pas"
_NE_ELIDED = re.compile(r"n'[aeiouyhéêè]")


@cache
def _quick() -> re.Pattern[str]:
    """What every negation holds; between Latin letters its letters are another word's."""
    held = sorted(words("negation", "negates"), key=lambda word: (-len(word), word))
    latin = "|".join(word for word in held if word.isascii() and word.isalpha())
    others = "|".join(re.escape(word) for word in held if not (word.isascii() and word.isalpha()))
    return re.compile(rf"(?<![a-z])(?:{latin})(?![a-z])|n['’]|{others}")


@cache
def _in_other_words() -> dict[str, str]:
    """What follows a negation where it is part of another word."""
    return {word: parts for table in values("negation", "in_other_words") for word, parts in table.items()}


def negations(passage: Passage, index: int) -> Iterator[Finding]:
    """The negation that operation `index` puts in or leaves out."""
    step = passage.match.operations[index]
    if size(step) > _WITH_NOT or not _negatable(passage, step):
        return
    ranges = step.tokens_a, step.tokens_b
    sides = [_negations(passage, side, ranges[side]) for side in (0, 1)]
    if not any(sides) and passage.is_copy and step.kind != "replace":
        yield from _with_only(passage, step)
    if bool(sides[0]) == bool(sides[1]) or _is_moved(passage, ranges):
        return
    if not _says_the_same(*(passage.read(side, ranges[side]) for side in (0, 1))):
        return
    spans = [Span(side[0].start, side[-1].stop) if side else Span(0, 0) for side in sides]
    without = 0 if sides[1] else 1
    spans[without] = (step.a, step.b)[without]
    a, b = spans if step.kind != "replace" else (step.a, step.b)
    yield Finding(Fact.NEGATION, a, b, ranges, doubt=_is_even(passage, ranges))


def _with_only(passage: Passage, step: Operation) -> Iterator[Finding]:
    """A negation put in before a word with which it is none elsewhere ("not only"): it may be one there."""
    ranges = step.tokens_a, step.tokens_b
    if all(_negates(word.lower, None) for side in (0, 1) for word in passage.read(side, ranges[side])):
        yield Finding(Fact.NEGATION, step.a, step.b, ranges, doubt=True)


def is_governed_otherwise(passage: Passage, sentences: tuple[Span, Span]) -> bool:
    """Whether the sentences say of their statements that they are likely, or feared, on one side only."""
    governing = [
        {word.lower for word in passage.read(side, sentences[side])} & words("negation", "governs") for side in (0, 1)
    ]
    return governing[0] != governing[1]


def is_negated(passage: Passage, finding: Finding) -> bool:
    """Whether a negation follows on either side: "may not" and "must not" are alike."""
    return any(
        _negations(passage, side, Span(finding.tokens[side].stop, finding.tokens[side].stop + 1)) for side in (0, 1)
    )


def _negatable(passage: Passage, step: Operation) -> bool:
    """Whether a change can hold a negation at all: a quick look before its words are read."""
    texts = passage.texts
    return may_negate(f"{texts[0].text[slice(*step.a)]} {texts[1].text[slice(*step.b)]}")


def may_negate(written: str) -> bool:
    """Whether some words can hold a negation."""
    return _quick().search(written.lower()) is not None


def _is_moved(passage: Passage, ranges: tuple[Span, Span]) -> bool:
    """Whether as many negations stand near the change or in its sentences on both sides, or denials make up for it."""
    wholes = token_ranges(passage.match)
    near = [
        Span(max(whole.start, span.start - _NEAR), min(whole.stop, span.stop + _NEAR))
        for span, whole in zip(ranges, wholes, strict=True)
    ]
    sentences = _sentences(passage, ranges)
    if any(len({_count(passage, side, part[side]) for side in (0, 1)}) == 1 for part in (near, sentences)):
        return True
    denials = [
        sum(word.lower in words("negation", "denials") for word in passage.read(side, sentences[side]))
        for side in (0, 1)
    ]
    return denials[0] != denials[1]


def _sentences(passage: Passage, ranges: tuple[Span, Span]) -> tuple[Span, Span]:
    a, b = passage.texts
    return (
        sentences_of(a, ranges[0], begins=begins_sentence(b, ranges[1])),
        sentences_of(b, ranges[1], begins=begins_sentence(a, ranges[0])),
    )


def _count(passage: Passage, side: int, tokens: Span) -> int:
    return len(_negations(passage, side, tokens))


def _is_even(passage: Passage, ranges: tuple[Span, Span]) -> bool:
    """Whether the sentences hold two negations more on one side: one may take back the other."""
    sentences = _sentences(passage, ranges)
    return sum(_count(passage, side, sentences[side]) for side in (0, 1)) % 2 == 0


def _says_the_same(change_a: Sequence[Word], change_b: Sequence[Word]) -> bool:
    """Whether nothing but a negation, and words that come with it, tells two short changes apart."""
    rest_a, rest_b = (
        {word.lower for word in change} - words("negation", "companions") for change in (change_a, change_b)
    )
    rest_a, rest_b = ({word for word in rest if not _negates(word, None)} for rest in (rest_a, rest_b))
    if not change_a or not change_b:
        return not (rest_a | rest_b) & words("negation", "denials")
    return {word[:_STEM] for word in rest_a} == {word[:_STEM] for word in rest_b}


def _negations(passage: Passage, side: int, tokens: Span) -> list[Word]:
    """The words that negate: "ne … pas" once, "not only", "not without" and "No. 5" not at all."""
    begin = max(0, tokens.start - _NE_PAS)
    around = passage.read(side, Span(begin, min(tokens.stop + 1, len(passage.texts[side].tokens))))
    negating: list[Word] = []
    for at in range(tokens.start - begin, tokens.stop - begin):
        word, following = around[at], around[at + 1] if at + 1 < len(around) else None
        if _negates(word.lower, following) and not _is_second(around, at):
            negating.append(word)
    return negating


def _negates(lower: str, following: Word | None) -> bool:
    if not (lower in words("negation", "negates") or lower.endswith("n't") or _NE_ELIDED.match(lower)):
        return False
    if following is None:
        return True
    if following.lower in words("negation", "not_only") or following.lower in _in_other_words().get(lower, ()):
        return False
    return following.lower not in words("negation", "cancelled") and not (
        lower == "no" and following.lower[:1].isdigit()
    )


def _is_second(around: Sequence[Word], at: int) -> bool:
    """Whether a word that negates belongs to the one before: ne … pas, not without."""
    lower = around[at].lower
    if lower in words("negation", "second_halves"):
        return any(word.lower == "ne" or _NE_ELIDED.match(word.lower) for word in around[max(0, at - _NE_PAS) : at])
    return lower in words("negation", "cancelled") and at > 0 and around[at - 1].lower in words("negation", "negates")
