"""Facts that changed places: nothing is gone and nothing is new, but who did what to whom is."""

from __future__ import annotations

from collections import Counter
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from compare.align.marks.drift.passage import Finding
from compare.model import Fact, Span
from compare.text.coverage import span_of
from compare.text.language import words

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

    from compare.align.marks.capitals import Capitals
    from compare.align.marks.drift.passage import Passage
    from compare.model import Operation

    Exchange = tuple[Hashable, Hashable]

FIGURES = frozenset({Fact.NUMBER, Fact.DATE, Fact.TIME, Fact.UNIT})


def turned(passage: Passage, capitals: Capitals) -> Iterator[tuple[Finding, Finding]]:
    """Two facts by their places where the steps keep one of them: "A hit B", "B hit A"; "12 and 30", "30 and 45"."""
    for before, pivot, after in zip(*(passage.match.operations[start:] for start in (0, 1, 2)), strict=False):
        if pivot.kind == "equal" and {before.kind, after.kind} == {"insert", "delete"}:
            both = _Turn(passage, before, pivot, after).pairs(capitals)
            if both:
                yield both


class _Turn(NamedTuple):
    """`P V N` of one side against `M V P` of the other."""

    passage: Passage
    before: Operation
    pivot: Operation
    after: Operation

    def pairs(self, capitals: Capitals) -> tuple[Finding, Finding] | None:
        """P against M and N against P, if all are figures or names and V is equal."""
        own = 0 if self.after.kind == "delete" else 1  # the side that begins with the pivot
        pivots = self.pivot.tokens_a, self.pivot.tokens_b
        held = _fact(self.passage, own, pivots[own].start, pivots[own], capitals)
        if not held or held[1] != pivots[own]:
            return None
        behind, ahead = (
            (self.after.tokens_a, self.after.tokens_b)[own],
            (self.before.tokens_a, self.before.tokens_b)[1 - own],
        )
        last = _fact(self.passage, own, behind.stop - 1, behind, capitals)
        first = _fact(self.passage, 1 - own, ahead.start, ahead, capitals)
        if not last or not first or len({last[0], first[0], held[0]}) != 1:
            return None
        between = Span(behind.start, last[1].start), Span(first[1].stop, ahead.stop)
        is_equal = _hashes(self.passage, own, between[0]) == _hashes(self.passage, 1 - own, between[1])
        if (
            last[1].stop != behind.stop
            or first[1].start != ahead.start
            or not between[0].start < between[0].stop
            or not is_equal
        ):
            return None
        if held[0] is Fact.NAME and _only_joins(self.passage, own, between[0]):
            return None
        pairs = [(pivots[own], first[1]), (last[1], pivots[1 - own])]
        pairs = pairs if own == 0 else [(second, one) for one, second in pairs]
        return _finding(self.passage, held[0], pairs[0]), _finding(self.passage, held[0], pairs[1])


def _fact(passage: Passage, side: int, token: int, part: Span, capitals: Capitals) -> tuple[Fact, Span] | None:
    """What a token is of, and its tokens inside a part."""
    if stated := passage.covering[side].get(token):
        return stated.what, Span(max(part.start, stated.tokens.start), min(part.stop, stated.tokens.stop))
    text = passage.texts[side]
    word = text.text[slice(*span_of(text.tokens, (token, token + 1)))]
    if word == word.lower():
        return None
    named = capitals.names(side, Span(token, token + 1))
    return (Fact.NAME, named[0].tokens) if named else None


def _hashes(passage: Passage, side: int, tokens: Span) -> list[int]:
    return [int(folded) for folded in passage.texts[side].tokens.hashes[slice(*tokens)].tolist()]


def _only_joins(passage: Passage, side: int, tokens: Span) -> bool:
    """Whether there are none but words such as "and" here: what they join may be said in any order."""
    return all(word.lower in words("words", "joins") for word in passage.read(side, tokens))


def _finding(passage: Passage, what: Fact, ranges: tuple[Span, Span]) -> Finding:
    spans = [span_of(text.tokens, span) for text, span in zip(passage.texts, ranges, strict=True)]
    both = [text.text[slice(*span)].casefold() for text, span in zip(passage.texts, spans, strict=True)]
    return Finding(what, spans[0], spans[1], ranges, (frozenset([both[0]]), frozenset([both[1]])))


def swapped(findings: Sequence[Finding], passage: Passage) -> dict[Finding, bool]:
    """The findings of which the opposite is found too, each with whether it is sure.

    It is not where other words changed places with it, which are no figures: then what both are said of did so. Nor
    where only "and" stands between the two.
    """
    exchanged = {pair for finding in findings for pair in _exchanges(finding)}
    into, out_of = Counter(new for _, new in exchanged), Counter(lost for lost, _ in exchanged)
    both_ways = {pair for pair in exchanged if pair[::-1] in exchanged and all(into[x] == out_of[x] == 1 for x in pair)}
    out = {finding: True for finding in findings if both_ways.intersection(_exchanges(finding))}
    if not out:
        return out
    others = {frozenset(pair) for finding in out if finding.what not in FIGURES for pair in _exchanges(finding)}
    mixed = _are_words_exchanged(passage, out) or (bool(others) and len(_pairs(out)) > 1)
    return {finding: not (mixed or _is_list(finding, out, passage)) for finding in out}


def _is_list(finding: Finding, swaps: Iterable[Finding], passage: Passage) -> bool:
    """Whether nothing but "and" stands between a finding and the one that it changed places with."""
    for opposite in swaps:
        first, second = sorted([finding.tokens[0], opposite.tokens[0]])
        if finding.keys == opposite.keys[::-1] and _only_joins(passage, 0, Span(first.stop, second.start)):
            return True
    return False


def _pairs(findings: dict[Finding, bool]) -> set[frozenset[Hashable]]:
    return {frozenset(pair) for finding in findings for pair in _exchanges(finding)}


def _exchanges(finding: Finding) -> list[Exchange]:
    return [(lost, new) for lost, new in product(*finding.keys) if lost != new]


def _are_words_exchanged(passage: Passage, findings: Iterable[Finding]) -> bool:
    """Whether other changes than these have an opposite too."""
    a, b = passage.texts
    taken = {token for finding in findings for token in range(*finding.tokens[0])}
    changes = {
        (a.text[slice(*step.a)].lower(), b.text[slice(*step.b)].lower())
        for step in passage.match.operations
        if step.kind == "replace" and not taken.issuperset(range(*step.tokens_a))
    }
    return any(pair[::-1] in changes for pair in changes)
