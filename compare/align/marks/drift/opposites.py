"""Words that state the opposite, or another degree, of the word that they stand for: rose and fell, may and must.

What is opposed to what stands in the files of the languages, as groups of which the parts can't both be true; prefixes
that negate (legal, illegal) are a rule with exceptions.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from compare.align.marks.drift.passage import Finding
from compare.model import Fact, Span
from compare.text.language import values, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compare.facts.words import Word

_GROUPS = {
    "direction": Fact.DIRECTION,
    "converse": Fact.DIRECTION,
    "modality": Fact.MODALITY,
    "quantifier": Fact.QUANTIFIER,
    "person": Fact.PERSON,
}
_MOST = 3  # words of a change that are read one for one
_LEFT = 3  # letters that a prefix must leave


def opposites(words_a: Sequence[Word], words_b: Sequence[Word]) -> Iterator[Finding]:
    """Words of a change that are opposed, one for one, by their places."""
    negating = [{word.lower for word in words_read} & words("negation", "negates") for words_read in (words_a, words_b)]
    if len(words_a) != len(words_b):
        common = {word.lower for word in words_a} & {word.lower for word in words_b}
        words_a, words_b = _of_weight(words_a, common), _of_weight(words_b, common)
    if len(words_a) != len(words_b) or len(words_a) > _MOST:
        return
    for word, opposite in zip(words_a, words_b, strict=True):
        pair = _without_contraction(word.lower, opposite.lower)
        what = None if _is_undone(word, opposite, negating) else opposed(*pair)
        if what and not (what is Fact.NEGATION and (_is_hyphenated(words_a) or _is_hyphenated(words_b))):
            tokens = Span(word.token, word.token + 1), Span(opposite.token, opposite.token + 1)
            both = frozenset([word.lower]), frozenset([opposite.lower])
            a, b = Span(word.start, word.stop), Span(opposite.start, opposite.stop)
            yield Finding(what, a, b, tokens, both, weak=_table(*pair) == "converse")


def _is_undone(word: Word, opposite: Word, negating: Sequence[set[str]]) -> bool:
    """Whether a negation beside the word of one side alone takes it back: "without", "with no"."""
    return bool(negating[0] - {word.lower}) != bool(negating[1] - {opposite.lower})


def _is_hyphenated(words_read: Sequence[Word]) -> bool:
    """Whether a prefix stands there as a word: "non-governmental" negates as much as "nongovernmental"."""
    return any(word.lower in words("words", "negating_prefixes") for word in words_read)


def _of_weight(words_read: Sequence[Word], common: set[str]) -> list[Word]:
    """The words that are not on both sides and either have an opposite or are no mere companions."""
    kept = [word for word in words_read if word.lower not in common]
    weak = words("negation", "companions") | words("words", "links")
    return [word for word in kept if word.lower in _places() or word.lower not in weak]


def _without_contraction(first: str, second: str) -> tuple[str, str]:
    """Two words without what is contracted with both: he'd, she'd."""
    plain, _, ending = first.partition("'")
    return (plain, second.removesuffix(f"'{ending}")) if ending and second.endswith(f"'{ending}") else (first, second)


@cache
def _places() -> dict[str, list[tuple[str, int, int]]]:
    """Where each word stands: what its group is of, the group's number and the part's."""
    places: dict[str, list[tuple[str, int, int]]] = {}
    for key in _GROUPS:
        groups = [group for table in values("words", key) for group in table.strip().splitlines()]
        for number, group in enumerate(groups):
            for part, alike in enumerate(group.split("|")):
                for word in alike.split():
                    places.setdefault(word, []).append((key, number, part))
    return places


@lru_cache(maxsize=4096)
def opposed(first: str, second: str) -> Fact | None:
    """What two words in lower case state otherwise, or nothing.

    >>> opposed("rose", "dropped"), opposed("legal", "illegal"), opposed("rose", "climbed")
    (<Fact.DIRECTION: 'direction'>, <Fact.NEGATION: 'negation'>, None)
    """
    if first == second:
        return None
    if _is_negated(first, second) or _is_negated(second, first):
        return Fact.NEGATION
    table = _table(first, second)
    return _GROUPS[table] if table else None


def _table(first: str, second: str) -> str | None:
    """The table in which two words are opposed; None where they are not, or are alike in one."""
    places = _places()
    parts = {(key, number): part for key, number, part in places.get(second, ())}
    shared = [
        (key, part != parts[key, number]) for key, number, part in places.get(first, ()) if (key, number) in parts
    ]
    return shared[0][0] if shared and all(differ for _, differ in shared) else None


def _is_negated(negated: str, plain: str) -> bool:
    """Whether one word is the other with a negation built in: illegal, unable, careless."""
    if {negated, plain} <= words("words", "unrelated"):
        return False
    stem = negated.removesuffix(plain)
    if stem != negated and len(plain) >= _LEFT and stem in words("words", "negating_prefixes"):
        return True
    return any(
        negated == plain.removesuffix(full) + less
        for pair in values("words", "negating_endings")
        for full, less in [pair.split("|")]
        if plain.endswith(full)
    )
