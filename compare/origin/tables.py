"""The words by which texts say who wrote them, when, and who supplied them, made ready to be searched for.

A pattern is an alternation of plain phrases. It is asked of short pieces of text only, and only where a word of one of
its phrases stands there, which is cheap to know: most lines have none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from compare.facts import tables
from compare.text.language import values, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_HAN = 0x3400
_SHORT = 1000  # characters of a text whose words are remembered for long
_SHORTEST = 3  # letters of a month that is cut
WORD = r"[^\W\d_]"
_RUN = re.compile(r"\w+|©")
_BLANK = r"[ \t\u00a0\u202f]{1,3}"
_UNSPACED = re.compile("[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds phrases, by a word of each: only those are looked for of which that word stands in a text."""

    phrases: Mapping[str, tuple[str, ...]]
    """Phrases by a word of theirs in small letters, the longest first."""
    template: str
    flags: int

    def may_be_in(self, text: str) -> bool:
        """Whether a word of a phrase stands in a text."""
        return not self.phrases.keys().isdisjoint(words_of(text))

    def _patterns(self, text: str) -> list[re.Pattern[str]]:
        words = self.phrases.keys() & words_of(text)
        if not words:
            return []
        lower = text.lower().replace("\u00a0", " ").replace("\u202f", " ")
        there = (word for word in sorted(words) if any(phrase.lower() in lower for phrase in self.phrases[word]))
        return [_compiled(self.phrases[word], self.template, self.flags) for word in there]

    def search(self, text: str, start: int = 0, stop: int = 1 << 30) -> re.Match[str] | None:
        """The first phrase in a part of a text, the longest that begins there."""
        hits = [hit for pattern in self._patterns(text) if (hit := pattern.search(text, start, stop))]
        return min(hits, key=_place) if hits else None

    def match(self, text: str) -> re.Match[str] | None:
        """The longest phrase that a text begins with."""
        hits = [hit for pattern in self._patterns(text) if (hit := pattern.match(text))]
        return min(hits, key=_place) if hits else None

    def fullmatch(self, text: str) -> bool:
        """Whether a text is one of the phrases."""
        return any(pattern.fullmatch(text) for pattern in self._patterns(text))

    def finditer(self, text: str, start: int = 0, stop: int = 1 << 30) -> Iterator[re.Match[str]]:
        """The phrases in a part of a text that don't overlap, in order."""
        reach = start
        hits = (hit for pattern in self._patterns(text) for hit in pattern.finditer(text, start, stop))
        for hit in sorted(hits, key=_place):
            if hit.start() >= reach:
                reach = hit.end()
                yield hit

    def sub(self, by: str, text: str) -> str:
        """A text with something else for each phrase."""
        for pattern in self._patterns(text):
            text = pattern.sub(by, text)
        return text


def _place(hit: re.Match[str]) -> tuple[int, int]:
    return hit.start(), -hit.end()


@cache
def _compiled(listed: tuple[str, ...], template: str, flags: int) -> re.Pattern[str]:
    groups: dict[tuple[bool, bool], list[str]] = {}
    for phrase in listed:
        groups.setdefault((_stands_alone(phrase[0]), _stands_alone(phrase[-1])), []).append(phrase)
    alternatives = "|".join(_bounded(group, *alone) for alone, group in groups.items())
    return re.compile(template.format(f"(?:{alternatives})"), flags)


def words_of(text: str) -> frozenset[str]:
    """The words of a text in small letters; of a script without blanks its characters."""
    return _words_of_short(text) if len(text) <= _SHORT else _words_of_long(text)


def _words_of(text: str) -> frozenset[str]:
    words = frozenset(_RUN.findall(text.lower()))
    return words if text.isascii() else words | frozenset(_UNSPACED.findall(text))


_words_of_short = lru_cache(maxsize=256)(_words_of)
_words_of_long = lru_cache(maxsize=4)(_words_of)


@cache
def phrases(key: str) -> tuple[str, ...]:
    """The phrases of all languages under a key, in small letters, the longest first."""
    listed = {phrase.strip().lower() for text in values("origin", key) for phrase in text.split("|")}
    return tuple(sorted(listed - {""}, key=lambda phrase: (-len(phrase), phrase)))


@cache
def pattern(key: str, template: str = "{}") -> Finder:
    """What finds one of these phrases as whole words; `template` is what else must stand around it.

    >>> bool(pattern("by", "^{}").search("By Ana Roth")), bool(pattern("by", "^{}").search("Bygone days"))
    (True, False)
    """
    return finder(phrases(key), template, re.IGNORECASE)


def finder(listed: Sequence[str], template: str = "{}", flags: int = 0) -> Finder:
    """What finds one of some phrases as whole words. Their blanks may be any white space within a line."""
    by_word: dict[str, list[str]] = {}
    for phrase in sorted(listed, key=lambda phrase: (-len(phrase), phrase)):
        by_word.setdefault(_telling(phrase), []).append(phrase)
    return Finder({word: tuple(group) for word, group in by_word.items() if word}, template, flags)


def _bounded(group: list[str], first: bool, last: bool) -> str:  # noqa: FBT001  # pairs of a dictionary
    """Phrases with no word's character before and after them, unless that end can stand beside one."""
    before, after = "" if first else r"(?<!\w)", "" if last else r"(?!\w)"
    return f"{before}(?:{'|'.join(map(_written, group))}){after}"


def _written(phrase: str) -> str:
    return _BLANK.join(map(re.escape, phrase.split()))


def _telling(phrase: str) -> str:
    """The word of a phrase by which a text is known not to hold it; a character where words aren't parted."""
    if unspaced := _UNSPACED.search(phrase):
        return unspaced[0]
    return max(_RUN.findall(phrase.lower()), key=len, default="")


def _stands_alone(char: str) -> bool:
    return ord(char) >= _HAN or not char.isalnum()


@cache
def listed_words(key: str) -> frozenset[str]:
    """The single words of all languages under a key whose values are words parted by blanks."""
    return words("origin", key)


@cache
def month(word: str) -> int:
    """The month that a word, or its first three letters or more, names: 1 to 12, or 0.

    >>> month("Sept."), month("mars"), month("Rome")
    (9, 3, 0)
    """
    bare = word.lower().rstrip(".")
    if bare in tables.months() or len(bare) < _SHORTEST:
        return tables.months().get(bare, 0)
    cut = (number for name, number in tables.months().items() if name.startswith(bare) and len(bare) < len(name))
    return next(cut, 0)


@cache
def is_weekday(word: str, *, is_cut: bool = False) -> bool:
    """Whether a word is a day of the week; with `is_cut` its first letters, which beside a date can be nothing else.

    >>> is_weekday("Sun"), is_weekday("Sun", is_cut=True)
    (False, True)
    """
    bare = word.lower().rstrip(".")
    if bare in tables.weekdays():
        return True
    return is_cut and len(bare) in {2, 3} and any(name.startswith(bare) for name in tables.weekdays())
