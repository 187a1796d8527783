"""The drifts of a match: what each of its changes states otherwise, and how sure that is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from compare.align.marks.drift.figures import figures, signs
from compare.align.marks.drift.frames import Frame, frame, is_furniture, is_in_address, sentence
from compare.align.marks.drift.names import is_elsewhere, names
from compare.align.marks.drift.negations import negations
from compare.align.marks.drift.opposites import opposites
from compare.align.marks.drift.passage import LARGEST, Finding, passage_of, size
from compare.align.marks.drift.swaps import FIGURES, swapped, turned
from compare.model import Drift, Fact, Kind, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compare.align.marks.capitals import Capitals
    from compare.align.marks.drift.passage import Change, Passage
    from compare.align.prepare import Text
    from compare.facts.words import Word
    from compare.model import Match

_TINY = 4  # tokens of a change in a rewritten passage that can be read as one fact for another
_STEM = 4  # letters that forms of one word share
_SIGN = re.compile(r"[$€£¥₽₹₺₴₩%‰°−⁰¹²³⁴-⁹₀-₉′″]|(?<=[\s(])[-–](?=[$€£¥]?\d)")


class Framed(NamedTuple):
    """A finding with its frame, and how many content words of the change it leaves unexplained."""

    finding: Finding
    frame: Frame
    unexplained: int


def drifts(match: Match, texts: tuple[Text, Text], capitals: Capitals) -> tuple[Drift, ...]:
    """The facts that differ or may differ between the sides of a match, by their place in a. Linear but for changes."""
    if not match.kind.is_reuse or not match.operations:
        return ()
    if match.kind is Kind.VERBATIM and _signs(texts[0].text, match.a) == _signs(texts[1].text, match.b):
        return ()
    passage = passage_of(match, texts)
    framed = list({(one.finding.what, one.finding.a, one.finding.b): one for one in _framed(passage, capitals)}.values())
    swaps = swapped([one.finding for one in framed], passage)
    out = [_drift(one, passage, swaps) for one in framed]
    return tuple(sorted(out, key=lambda drift: (drift.a, drift.b, drift.what)))


def _signs(text: str, span: Span) -> list[str]:
    """Signs that yield no token, in and beside a span."""
    return _SIGN.findall(text[max(0, span.start - 2) : span.stop + 2])


def _framed(passage: Passage, capitals: Capitals) -> Iterator[Framed]:
    for finding in signs(passage):
        yield Framed(finding, frame(passage, finding.tokens), 0)
    turns = list(turned(passage, capitals))
    if turns:
        ranges = [Span(min(starts), max(stops)) for starts, stops in ((
            [finding.tokens[side].start for finding in turns], [finding.tokens[side].stop for finding in turns]
        ) for side in (0, 1))]
        yield from (Framed(finding, frame(passage, (ranges[0], ranges[1])), 0) for finding in turns)
    limit = LARGEST if passage.is_copy else _TINY
    for index, step in enumerate(passage.match.operations):
        if step.kind != "equal" and size(step) <= limit:
            yield from _of_change(passage, passage.grown(index), capitals)


def _of_change(passage: Passage, change: Change, capitals: Capitals) -> Iterator[Framed]:
    """What a change states otherwise. In a rewritten passage, and amid other words, what only moved does not count."""
    ranges = passage.tokens(change)
    sides = passage.within(0, ranges[0]), passage.within(1, ranges[1])
    of_facts = list(figures(passage, *sides))
    named = list(names(passage, passage.match.operations[change.at], capitals))
    explained = [{token for fact in sides[side] for token in range(*fact.tokens)} for side in (0, 1)]
    for side in (0, 1):
        explained[side].update(token for finding in named for token in range(*finding.tokens[side]))
    rest = [[word for word in passage.read(side, ranges[side]) if word.token not in explained[side]] for side in (0, 1)]
    of_words = list(negations(passage, change.at)) or list(opposites(*rest))
    for side in (0, 1):
        explained[side].update(token for finding in of_words for token in range(*finding.tokens[side]))
    findings = [*of_facts, *named, *of_words]
    if not findings:
        return
    left = max(_unexplained(passage, rest, explained))
    around = frame(passage, passage.tokens(change._replace(before=0, after=0)))
    is_one_for_one = not left and around.is_strong
    for finding in findings:
        if is_one_for_one or not _is_moved(passage, finding, capitals):
            yield Framed(finding, around, left)


def _unexplained(passage: Passage, rest: list[list[Word]], explained: list[set[int]]) -> list[int]:
    """Content words of each side of a change that no finding has, and no form of the same word on the other side."""
    stems = [{word.lower[:_STEM] for word in words} for words in rest]
    return [
        sum(
            bool(passage.texts[side].content[word.token])
            for word in rest[side]
            if word.token not in explained[side] and word.lower[:_STEM] not in stems[1 - side]
        )
        for side in (0, 1)
    ]


def _is_moved(passage: Passage, finding: Finding, capitals: Capitals) -> bool:
    if finding.what is Fact.NAME:
        return is_elsewhere(passage, finding, capitals)
    if finding.what not in FIGURES or finding.keys[0] & finding.keys[1]:
        return False
    return not all(passage.is_gone(side, finding.keys[side]) for side in (0, 1))


def _drift(framed: Framed, passage: Passage, swaps: dict[Finding, bool]) -> Drift:
    finding, around, unexplained = framed
    texts = passage.texts
    sure = (
        _is_framed(finding, around)
        and not finding.doubt
        and unexplained <= (1 if passage.is_copy else 0)
        and swaps.get(finding, True)
        and not any(is_furniture(text, tokens) for text, tokens in zip(texts, around.tokens, strict=True))
        and not any(is_in_address(text, span) for text, span in zip(texts, (finding.a, finding.b), strict=True))
    )
    frames = [sentence(text, tokens) for text, tokens in zip(texts, around.tokens, strict=True)]
    return Drift(finding.what, finding.a, finding.b, sure, frames[0], frames[1], finding in swaps)


def _is_framed(finding: Finding, around: Frame) -> bool:
    if finding.weak:
        return around.is_same and around.is_fair
    return around.is_fair if finding.what in FIGURES or finding.what is Fact.NAME else around.is_led
