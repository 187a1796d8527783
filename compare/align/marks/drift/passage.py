"""A match with what both sides state: its changes, each grown to the whole facts that it touches."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from compare.align.marks.capitals import words_of
from compare.facts.agree import keys
from compare.facts.read import facts
from compare.facts.words import read
from compare.model import Fact, Kind, Span

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

    from compare.align.prepare import Text
    from compare.facts.read import Stated
    from compare.facts.words import Word
    from compare.model import Match, Operation

LARGEST = 8  # tokens of a change that can be read as one fact for another


class Change(NamedTuple):
    """Operation `at`, grown: operations `first` to `last`, and tokens of the equal ones beside them."""

    at: int
    first: int
    last: int
    before: int = 0
    after: int = 0


class Finding(NamedTuple):
    """What may be stated otherwise, before it is known how sure that is."""

    what: Fact
    a: Span
    b: Span
    tokens: tuple[Span, Span]
    """The tokens that state it."""
    keys: tuple[frozenset[Hashable], frozenset[Hashable]] = (frozenset(), frozenset())
    """What each side can be found again by."""
    doubt: bool = False
    """Whether it may be the same thing in another form, or about another thing."""
    weak: bool = False
    """Whether it must stand in sentences that are nearly the same, to be sure."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A match with what both sides state."""

    match: Match
    texts: tuple[Text, Text]
    covering: tuple[Mapping[int, Stated], Mapping[int, Stated]]
    """The fact that a token belongs to."""
    counts: tuple[Counter[Hashable], Counter[Hashable]]
    """How often each side states something in changed words, in a rewritten passage anywhere."""
    words: tuple[frozenset[str], frozenset[str]]
    """The words of the changes, as they are written; in a rewritten passage all words."""

    @property
    def is_copy(self) -> bool:
        """Whether most words are kept in order."""
        return self.match.kind is not Kind.REWRITTEN

    def grown(self, index: int) -> Change:
        """The change with every fact whole that it touches, on both sides alike."""
        grown = Change(index, index, index)
        for _ in range(LARGEST):
            ranges = self.tokens(grown)
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

    def _widened(self, change: Change, before: int, after: int) -> Change:
        """The change with tokens beside it; where they are not all equal, with the next operations whole."""
        steps = self.match.operations
        at, first, last, left, right = change.at, change.first, change.last, change.before, change.after
        left, right = left + before, right + after
        if before and left > (size(steps[first - 1]) if first else 0):
            first, left = max(0, first - 2), 0
        if after and right > (size(steps[last + 1]) if last + 1 < len(steps) else 0):
            last, right = min(len(steps) - 1, last + 2), 0
        return Change(at, first, last, left, right)

    def tokens(self, change: Change) -> tuple[Span, Span]:
        """The tokens of a change on both sides."""
        first, last = self.match.operations[change.first], self.match.operations[change.last]
        return (
            Span(first.tokens_a.start - change.before, last.tokens_a.stop + change.after),
            Span(first.tokens_b.start - change.before, last.tokens_b.stop + change.after),
        )

    def within(self, side: int, tokens: Span) -> list[Stated]:
        """The facts that stand in these tokens as a whole, in order."""
        covering = self.covering[side]
        stated = dict.fromkeys(covering[token] for token in range(*tokens) if token in covering)
        return [fact for fact in stated if fact.tokens.start >= tokens.start and fact.tokens.stop <= tokens.stop]

    def read(self, side: int, tokens: Span) -> list[Word]:
        """The words of a range of tokens."""
        return read(self.texts[side].text, self.texts[side].tokens, tokens)

    def written(self, finding: Finding) -> tuple[str, str]:
        """What stands there on both sides."""
        return self.texts[0].text[slice(*finding.a)], self.texts[1].text[slice(*finding.b)]

    def is_gone(self, side: int, found_by: Iterable[Hashable]) -> bool:
        """Whether what a side states stands more often there than on the other side: it was not only moved."""
        own, opposite = self.counts[side], self.counts[1 - side]
        return all(own[key] > opposite[key] for key in found_by)


def passage_of(match: Match, texts: tuple[Text, Text]) -> Passage:
    """The match with what its sides state; it has operations. Linear."""
    covering, counts = [], []
    for side in (0, 1):
        ranges = [(step.tokens_a, step.tokens_b)[side] for step in match.operations]
        stated = facts(texts[side].text, texts[side].tokens, Span(ranges[0].start, ranges[-1].stop))
        cover = {token: fact for fact in stated for token in range(*fact.tokens)}
        steps = zip(match.operations, ranges, strict=True)
        edited = {cover.get(token) for step, span in steps if step.kind != "equal" for token in range(*span)}
        counted = stated if match.kind is Kind.REWRITTEN else [fact for fact in stated if fact in edited]
        covering.append(cover)
        counts.append(Counter(key for fact in counted for key in keys(fact)))
    words = _words(match, texts[0].text, 0), _words(match, texts[1].text, 1)
    return Passage(match, texts, (covering[0], covering[1]), (counts[0], counts[1]), words)


def _words(match: Match, text: str, side: int) -> frozenset[str]:
    if match.kind is Kind.REWRITTEN:
        return words_of(text[slice(*(match.a, match.b)[side])])
    steps = [step for step in match.operations if step.kind != "equal"]
    return words_of(" ".join(text[slice(*(step.a, step.b)[side])] for step in steps))


def size(step: Operation) -> int:
    """Tokens of the side that has more of them."""
    return max(step.tokens_a.stop - step.tokens_a.start, step.tokens_b.stop - step.tokens_b.start)
