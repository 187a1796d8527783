"""Lists of phrases with a value each, found in words from their first or their last one."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from compare.facts.words import Word

_V = TypeVar("_V")
_PART = re.compile(r"[\u3400-\u9fff]|[^\s./\u3400-\u9fff-]+")
_BETWEEN = frozenset({"", "-", ".", "/", "‐", "‑"})
"""What may stand between two words of a phrase, beside blanks."""


_PARTING = frozenset(',;:!?()"“”')
"""What parts an amount from the word before it."""


class _Phrase(NamedTuple, Generic[_V]):
    words: tuple[str, ...]
    following: tuple[str, ...]
    value: _V


class Phrases(Generic[_V]):
    """Phrases by their words. A phrase ends with words in brackets where they must follow it."""

    def __init__(self, listed: Iterable[tuple[str, _V]]) -> None:
        self._by_first: dict[str, list[_Phrase[_V]]] = defaultdict(list)
        self._by_last: dict[str, list[_Phrase[_V]]] = defaultdict(list)
        for text, value in listed:
            plain, _, following = text.lower().partition("(")
            phrase = _Phrase(tuple(_PART.findall(plain)), tuple(_PART.findall(following.rstrip(")"))), value)
            self._by_first[phrase.words[0]].append(phrase)
            self._by_last[phrase.words[-1]].append(phrase)
        for phrases in (*self._by_first.values(), *self._by_last.values()):
            phrases.sort(key=lambda phrase: -len(phrase.words))

    def beginnings(self) -> list[str]:
        """The words that a phrase may begin with."""
        return list(self._by_first)

    def single(self) -> set[str]:
        """The phrases of one word."""
        return {phrase.words[0] for phrases in self._by_first.values() for phrase in phrases if len(phrase.words) == 1}

    def least_beginnings(self) -> set[str]:
        """The words that begin a phrase which does not end with a shorter one."""
        alone = self.single()
        return alone | {
            phrase.words[0] for end, phrases in self._by_last.items() if end not in alone for phrase in phrases
        }

    def at(self, words: Sequence[Word], at: int) -> tuple[_V, int] | None:
        """The value of the longest phrase that begins with a word, and where it ends."""
        if at >= len(words):
            return None
        for phrase in self._by_first.get(words[at].lower, ()):
            stop = at + len(phrase.words)
            if _stands(phrase.words, words, at) and (
                not phrase.following or _stands((phrase.words[-1], *phrase.following), words, stop - 1)
            ):
                return phrase.value, stop
        return None

    def before(self, words: Sequence[Word], at: int) -> tuple[_V, int] | None:
        """The value of the longest phrase that ends right before a word, and where it begins."""
        if at <= 0 or at >= len(words) or words[at - 1].lower not in self._by_last or not _is_narrow(words[at].gap):
            return None
        return self.ending(words, at)

    def ending(self, words: Sequence[Word], stop: int) -> tuple[_V, int] | None:
        """The value of the longest phrase that ends with the word before `stop`, and where it begins."""
        for phrase in self._by_last.get(words[stop - 1].lower, ()):
            start = stop - len(phrase.words)
            if start >= 0 and _stands(phrase.words, words, start):
                return phrase.value, start
        return None


def _stands(phrase: Sequence[str], words: Sequence[Word], at: int) -> bool:
    """Whether a phrase stands here of which one word is known to."""
    if len(phrase) == 1:
        return True
    stretch = words[at : at + len(phrase)]
    if len(stretch) < len(phrase):
        return False
    for word, part in zip(stretch, phrase, strict=True):  # plain: it is asked often, and seldom holds
        if word.lower != part:
            return False
    return all(word.gap.strip() in _BETWEEN for word in stretch[1:])


def _is_narrow(gap: str) -> bool:
    """Whether nothing but a blank, a line's end, or a sign of an amount parts two words."""
    return len(gap) <= 4 and _PARTING.isdisjoint(gap)  # noqa: PLR2004  # ". $"
