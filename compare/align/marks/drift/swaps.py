"""Facts that changed places: nothing is gone and nothing is new, but who did what to whom is."""

from __future__ import annotations

from collections import Counter
from itertools import product
from typing import TYPE_CHECKING

from compare.align.marks.drift.frames import sentence
from compare.align.marks.drift.passage import Finding
from compare.model import Fact, Span
from compare.text.language import words

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

    from compare.align.marks.capitals import Capitals
    from compare.align.marks.drift.passage import Passage
    from compare.model import Operation

    Exchange = tuple[Hashable, Hashable]

FIGURES = frozenset({Fact.NUMBER, Fact.DATE, Fact.TIME, Fact.UNIT})


def turned(passage: Passage, capitals: Capitals) -> Iterator[tuple[Finding, Finding]]:
    """Two names that changed places around words that the steps take for moved: "A hit B", "B hit A"."""
    for before, pivot, after in zip(*(passage.match.operations[start:] for start in (0, 1, 2)), strict=False):
        if pivot.kind == "equal" and {before.kind, after.kind} == {"insert", "delete"}:
            both = _turned(passage, (before, pivot, after))
            if both and all(_is_name(capitals, side, pair[side]) for pair in both for side in (0, 1)):
                yield _finding(passage, both[0]), _finding(passage, both[1])


def _turned(passage: Passage, steps: tuple[Operation, Operation, Operation]) -> list[tuple[Span, Span]]:
    """Of `P V N` against `N V P` the tokens of P against N and of N against P, if V is more than "and"."""
    before, pivot, after = steps
    own = 0 if after.kind == "delete" else 1  # the side that begins with the pivot
    behind, ahead = (after.tokens_a, after.tokens_b)[own], (before.tokens_a, before.tokens_b)[1 - own]
    split = _split(_hashes(passage, own, behind), _hashes(passage, 1 - own, ahead))
    if not split or _only_joins(passage, own, Span(behind.start, behind.stop - split)):
        return []
    held = pivot.tokens_a, pivot.tokens_b
    pairs = [
        (held[own], Span(ahead.start, ahead.start + split)),
        (Span(behind.stop - split, behind.stop), held[1 - own]),
    ]
    return pairs if own == 0 else [(second, first) for first, second in pairs]


def _hashes(passage: Passage, side: int, tokens: Span) -> list[int]:
    return [int(folded) for folded in passage.texts[side].tokens.hashes[slice(*tokens)].tolist()]


def _is_name(capitals: Capitals, side: int, tokens: Span) -> bool:
    """Whether these tokens are one name and nothing else."""
    return [name.tokens for name in capitals.names(side, tokens)] == [tokens]


def _split(behind: list[int], ahead: list[int]) -> int:
    """How many tokens the second begins and the first ends with, the rest being equal too; 0 if there is no such."""
    if len(behind) != len(ahead):
        return 0
    sizes = range(1, len(behind))
    return next((size for size in sizes if ahead[:size] == behind[-size:] and ahead[size:] == behind[:-size]), 0)


def _only_joins(passage: Passage, side: int, tokens: Span) -> bool:
    """Whether there are none but words such as "and" here: what they join may be said in any order."""
    return all(word.lower in words("words", "joins") for word in passage.read(side, tokens))


def _finding(passage: Passage, ranges: tuple[Span, Span]) -> Finding:
    spans = [sentence(text, span) for text, span in zip(passage.texts, ranges, strict=True)]
    both = [text.text[slice(*span)].casefold() for text, span in zip(passage.texts, spans, strict=True)]
    return Finding(Fact.NAME, spans[0], spans[1], ranges, (frozenset([both[0]]), frozenset([both[1]])))


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
    beside = _words_exchanged(passage) - {frozenset(pair) for finding in out for pair in _surfaces(finding, passage)}
    others = {frozenset(pair) for finding in out if finding.what not in FIGURES for pair in _exchanges(finding)}
    mixed = bool(beside) or (bool(others) and len(_pairs(out)) > 1)
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


def _surfaces(finding: Finding, passage: Passage) -> list[Exchange]:
    surfaces = [
        text.text[slice(*span)].lower() for text, span in zip(passage.texts, (finding.a, finding.b), strict=True)
    ]
    return [(surfaces[0], surfaces[1])]


def _words_exchanged(passage: Passage) -> set[frozenset[Hashable]]:
    """Changes of which the opposite is a change too, as the words of both sides."""
    a, b = passage.texts
    changes = {
        (a.text[slice(*step.a)].lower(), b.text[slice(*step.b)].lower())
        for step in passage.match.operations
        if step.kind == "replace"
    }
    return {frozenset(pair) for pair in changes if pair[::-1] in changes}
