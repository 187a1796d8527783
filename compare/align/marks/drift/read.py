"""The drifts of a match: what each of its changes states otherwise, and how sure that is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from compare.align.marks.drift.figures import figures, other_months, signs, unlike
from compare.align.marks.drift.frames import Frame, frame, is_furniture, is_in_address
from compare.align.marks.drift.names import is_elsewhere, may_be_within, names, stands_beside
from compare.align.marks.drift.negations import is_governed_otherwise, is_negated, may_negate, negations
from compare.align.marks.drift.opposites import opposites
from compare.align.marks.drift.order import is_reordered, is_turned
from compare.align.marks.drift.passage import LARGEST, Finding, passage_of, size
from compare.align.marks.drift.swaps import FIGURES, swapped, turned
from compare.model import Drift, Fact, Kind, Span
from compare.text.coverage import span_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compare.align.marks.capitals import Capitals
    from compare.align.marks.drift.passage import Change, Passage
    from compare.align.prepare import Text
    from compare.facts.values import Stated
    from compare.facts.words import Word
    from compare.model import Match, Operation

_TINY = 4  # tokens of a change in a rewritten passage that can be read as one fact for another
_STEM = 4  # letters that forms of one word share
_OPPOSITES = frozenset({Fact.DIRECTION, Fact.QUANTIFIER})  # what hardly ever stands in a like sentence by chance
_SIGN = re.compile(r"[$€£¥₽₹₺₴₩%‰°−⁰¹²³⁴-⁹₀-₉′″]|(?<=[\s(])[-–](?=[$€£¥]?\d)")


class Framed(NamedTuple):
    """A finding with its frame, and what else is to be said of the change that it was found in."""

    finding: Finding
    frame: Frame
    unexplained: int = 0
    """Content words of the change that no finding has."""
    is_moved: bool = False
    """Whether what is gone stands elsewhere now: then only an exchange is a drift."""
    is_bare: bool = True
    """Whether the change holds nothing else."""


def drifts(match: Match, texts: tuple[Text, Text], capitals: Capitals) -> tuple[Drift, ...]:
    """The facts that differ or may differ between the sides of a match, by their place in a. Linear but for changes."""
    if not match.kind.is_reuse or not match.operations:
        return ()
    if match.kind is Kind.VERBATIM and _signs(texts[0].text, match.a) == _signs(texts[1].text, match.b):
        return ()
    passage = passage_of(match, texts)
    framed = {(one.finding.what, one.finding.a, one.finding.b): one for one in _framed(passage, capitals)}.values()
    swaps = swapped([one.finding for one in framed if one.is_bare or not one.is_moved], passage)
    out = [_drift(one, passage, swaps) for one in framed if _is_kept(one, passage, swaps)]
    return tuple(sorted(out, key=lambda drift: (drift.a, drift.b, drift.what)))


def _is_kept(framed: Framed, passage: Passage, swaps: dict[Finding, bool]) -> bool:
    """Whether a finding is a drift: not what only moved, but for figures of a copy, of which that is in doubt."""
    return not framed.is_moved or framed.finding in swaps or (passage.is_copy and framed.finding.what in FIGURES)


def _signs(text: str, span: Span) -> list[str]:
    """Signs that yield no token, in and beside a span."""
    return _SIGN.findall(text[max(0, span.start - 2) : span.stop + 2])


def _framed(passage: Passage, capitals: Capitals) -> Iterator[Framed]:
    for finding in signs(passage):
        yield Framed(finding, frame(passage, _with_sign(passage, finding.tokens)))
    for both in turned(passage, capitals):
        around = frame(passage, (_from_to(both, 0), _from_to(both, 1)))
        yield from (Framed(finding, around) for finding in both)
    limit = LARGEST if passage.is_copy else _TINY
    for index, step in enumerate(passage.match.operations):
        if step.kind != "equal" and size(step) <= limit and not _is_plain(passage, step):
            yield from _of_change(passage, passage.grown(index), capitals)


def _is_plain(passage: Passage, step: Operation) -> bool:
    """Whether a change puts in or leaves out nothing but plain words, and touches no fact: a quick look."""
    if step.kind == "replace":
        return False
    side = 0 if step.kind == "delete" else 1
    written = passage.texts[side].text[slice(*(step.a, step.b)[side])]
    if written != written.lower() or may_negate(written):
        return False
    pairs = zip(passage.covering, (step.tokens_a, step.tokens_b), strict=True)
    return not any(place in covering for covering, span in pairs for place in span)


def _with_sign(passage: Passage, tokens: tuple[Span, Span]) -> tuple[Span, Span]:
    """The tokens of a figure with a word before it that is another one or left out: minus, plus."""
    for step in passage.match.operations:
        if (
            step.kind != "equal"
            and size(step) == 1
            and (step.tokens_a.stop, step.tokens_b.stop)
            == (
                tokens[0].start,
                tokens[1].start,
            )
        ):
            return Span(step.tokens_a.start, tokens[0].stop), Span(step.tokens_b.start, tokens[1].stop)
    return tokens


def _from_to(findings: Sequence[Finding], side: int) -> Span:
    """The tokens from the first to the last finding."""
    spans = [finding.tokens[side] for finding in findings]
    return Span(min(span.start for span in spans), max(span.stop for span in spans))


def _of_change(passage: Passage, change: Change, capitals: Capitals) -> Iterator[Framed]:
    """What a change states otherwise. What moved counts as one for one only in a strong frame and amid nothing else."""
    findings, unexplained = _read(passage, change, capitals)
    if not findings:
        return
    around = frame(passage, passage.tokens(change._replace(before=0, after=0)))
    is_one_for_one = not unexplained and around.is_strong
    for finding in findings:
        is_moved = not is_one_for_one and _is_moved(passage, finding, capitals)
        yield Framed(finding, around, unexplained, is_moved, _is_bare(passage, change, finding))


def _is_bare(passage: Passage, change: Change, finding: Finding) -> bool:
    """Whether all words of the change are the finding's."""
    step = passage.match.operations[change.at]
    pairs = zip((step.tokens_a, step.tokens_b), finding.tokens, strict=True)
    return all(whole.start <= part.start and part.stop <= whole.stop for part, whole in pairs)


def _read(passage: Passage, change: Change, capitals: Capitals) -> tuple[list[Finding], int]:
    """What a change may state otherwise, and the content words that are left on the side that has more of them."""
    ranges = passage.tokens(change)
    step = passage.match.operations[change.at]
    sides = passage.within(0, ranges[0]), passage.within(1, ranges[1])
    findings = list(_of_facts(passage, step, sides, capitals))
    paired = sides if all(sides) else ([], [])  # a fact against none is words: "the first time", "the last time"
    taken = [
        [*(fact.tokens for fact in paired[side]), *(finding.tokens[side] for finding in findings)] for side in (0, 1)
    ]
    of_words = list(negations(passage, change.at)) or list(_opposed(passage, ranges, taken))
    findings += of_words
    if not findings:
        return [], 0
    taken = [[*taken[side], *(finding.tokens[side] for finding in of_words)] for side in (0, 1)]
    rest = [_outside(passage.read(side, ranges[side]), taken[side]) for side in (0, 1)]
    return findings, _content_left(passage, rest)


def _of_facts(
    passage: Passage, step: Operation, sides: tuple[list[Stated], list[Stated]], capitals: Capitals
) -> Iterator[Finding]:
    """Other figures, dates and names."""
    findings = [*(figures(passage, *sides) if all(sides) else ()), *names(passage, step, capitals)]
    if passage.is_copy and not findings:
        findings = [*unlike(passage, *sides)] or [*other_months(passage, step)]
    yield from findings


def _opposed(passage: Passage, ranges: tuple[Span, Span], taken: Sequence[Sequence[Span]]) -> Iterator[Finding]:
    """Words that are opposed, beside those that are taken; there are none against nothing."""
    if all(span.start < span.stop for span in ranges):
        yield from opposites(*(_outside(passage.read(side, ranges[side]), taken[side]) for side in (0, 1)))


def _outside(words: Sequence[Word], ranges: Sequence[Span]) -> list[Word]:
    return [word for word in words if not any(start <= word.token < stop for start, stop in ranges)]


def _content_left(passage: Passage, rest: Sequence[Sequence[Word]]) -> int:
    """Content words of which no form stands on the other side, on the side that has more of them."""
    stems = [{word.lower[:_STEM] for word in words} for words in rest]
    return max(
        sum(
            bool(passage.texts[side].content[word.token])
            for word in rest[side]
            if word.lower[:_STEM] not in stems[1 - side]
        )
        for side in (0, 1)
    )


def _is_moved(passage: Passage, finding: Finding, capitals: Capitals) -> bool:
    if finding.what is Fact.NAME:
        return is_elsewhere(passage, finding, capitals)
    if finding.what not in FIGURES or finding.keys[0] & finding.keys[1]:
        return False
    return not all(passage.is_gone(side, finding.keys[side]) for side in (0, 1))


def _drift(framed: Framed, passage: Passage, swaps: dict[Finding, bool]) -> Drift:
    finding, around, texts = framed.finding, framed.frame, passage.texts
    sure = (
        _is_framed(framed, passage)
        and (finding in swaps or finding.what is not Fact.NAME or not stands_beside(passage, finding, around.tokens))
        and not finding.doubt
        and not is_reordered(passage, finding, around.tokens)
        and framed.unexplained <= (1 if passage.is_copy and finding.what in FIGURES else 0)
        and swaps.get(finding, not framed.is_moved)
        and (framed.is_bare or finding not in swaps)
        and not any(is_furniture(text, tokens) for text, tokens in zip(texts, around.tokens, strict=True))
        and not any(is_in_address(text, span) for text, span in zip(texts, (finding.a, finding.b), strict=True))
    )
    frames = [span_of(text.tokens, tokens) for text, tokens in zip(texts, around.tokens, strict=True)]
    return Drift(finding.what, finding.a, finding.b, sure, frames[0], frames[1], finding in swaps)


def _is_framed(framed: Framed, passage: Passage) -> bool:
    finding, around = framed.finding, framed.frame
    if finding.weak:
        return around.is_same and (around.is_fair if _is_stated(finding) else around.is_led)
    if finding.what in FIGURES:
        return around.is_statement and _holds_figure(passage, finding, around)
    if finding.what is Fact.NAME:
        is_place_in_place = around.alike < 1 and may_be_within(passage, finding)
        return around.is_fair and not is_place_in_place
    if finding.what in _OPPOSITES:
        return around.is_fair and not is_turned(passage, around.tokens)
    if finding.what is Fact.MODALITY and is_negated(passage, finding):
        return False
    return around.is_led or (around.is_held and not is_governed_otherwise(passage, around.tokens))


def _holds_figure(passage: Passage, finding: Finding, around: Frame) -> bool:
    if passage.match.kind is not Kind.REWRITTEN:
        return around.is_fair
    return around.is_strong and (around.is_same or not _is_appended(passage, finding, around))


def _is_appended(passage: Passage, finding: Finding, around: Frame) -> bool:
    """Whether a date ends both sentences behind a comma, as in captions: nothing says what happened then."""
    if finding.what is not Fact.DATE or around.after:
        return False
    pairs = zip(passage.texts, (finding.a, finding.b), strict=True)
    return all(text.text[: span.start].endswith(", ") for text, span in pairs)


def _is_stated(finding: Finding) -> bool:
    """Whether it is a figure or a name; of other words it matters more what stands around them."""
    return finding.what in FIGURES or finding.what is Fact.NAME
