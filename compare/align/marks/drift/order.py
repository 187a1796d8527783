"""Whether two sentences tell the same in another order: then what stands at one place is no change of the other's."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from compare.facts.agree import keys

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from compare.align.marks.drift.passage import Finding, Passage
    from compare.model import Span


def is_reordered(passage: Passage, finding: Finding, sentences: tuple[Span, Span]) -> bool:
    """Whether both sentences have what the finding says differs, and more than that stands elsewhere in them.

    "$340 million in 2025 and $415 million in 2024", and the other way round.
    """
    units = _units(passage, 0, sentences[0]), _units(passage, 1, sentences[1])
    own = [_unit(passage, side, finding.tokens[side].start) for side in (0, 1)]
    if own[0] == own[1] or own[0] not in units[1] or own[1] not in units[0]:
        return False
    exchanged = sum(len(_units(passage, side, finding.tokens[side])) for side in (0, 1))
    return _moved(*units) > exchanged


def is_turned(passage: Passage, sentences: tuple[Span, Span]) -> bool:
    """Whether what both sentences tell stands in another order: "A rose against B", "B fell against A"."""
    return _moved(_units(passage, 0, sentences[0]), _units(passage, 1, sentences[1])) > 0


def _units(passage: Passage, side: int, tokens: Span) -> list[Hashable]:
    """The facts and content words of a sentence, in order."""
    text, covering = passage.texts[side], passage.covering[side]
    begins = [
        token
        for token in range(*tokens)
        if (covering[token].tokens.start == token if token in covering else text.content[token])
    ]
    return [_unit(passage, side, token) for token in begins]


def _unit(passage: Passage, side: int, token: int) -> Hashable:
    fact = passage.covering[side].get(token)
    if fact:
        return keys(fact)
    hashes = passage.texts[side].tokens.hashes
    return int(hashes[token]) if token < len(hashes) else None


def _moved(units_a: Sequence[Hashable], units_b: Sequence[Hashable]) -> int:
    """How many of what stands once in both stands at another place."""
    counts = Counter(units_a), Counter(units_b)
    orders = [[unit for unit in units if counts[0][unit] == counts[1][unit] == 1] for units in (units_a, units_b)]
    return sum(first != second for first, second in zip(*orders, strict=True))
