"""The words by which texts say who wrote them, when, and who supplied them, made ready to be searched for.

Every pattern is an alternation of plain phrases: it is asked of short pieces of text only, and never goes back far.
"""

from __future__ import annotations

import re
from functools import cache

from compare.facts import tables
from compare.text.language import values, words

_HAN = 0x3400
_SHORTEST = 3  # letters of a month that is cut
WORD = r"[^\W\d_]"


@cache
def phrases(key: str) -> tuple[str, ...]:
    """The phrases of all languages under a key, in small letters, the longest first."""
    listed = {phrase.strip().lower() for text in values("origin", key) for phrase in text.split("|")}
    return tuple(sorted(listed - {""}, key=lambda phrase: (-len(phrase), phrase)))


@cache
def pattern(key: str, template: str = "{}") -> re.Pattern[str]:
    """What finds one of these phrases as whole words; `template` is what else must stand around it.

    >>> bool(pattern("by", "^{}").match("By Ana Roth")), bool(pattern("by", "^{}").match("Bygone days"))
    (True, False)
    """
    return re.compile(template.format(f"(?:{_alternatives(phrases(key))})"), re.IGNORECASE)


def _alternatives(listed: tuple[str, ...]) -> str:
    return "|".join(map(whole, listed)) or r"(?!)"


def whole(phrase: str) -> str:
    """A phrase as a pattern that finds it as whole words; its blanks may be any white space within a line."""
    written = r"[ \t\u00a0\u202f]{1,3}".join(map(re.escape, phrase.split()))
    first = "" if _stands_alone(phrase[0]) else r"(?<!\w)"
    last = "" if _stands_alone(phrase[-1]) else r"(?!\w)"
    return f"{first}{written}{last}"


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
    return next((number for name, number in tables.months().items() if name.startswith(bare) and len(bare) < len(name)), 0)


@cache
def is_weekday(word: str) -> bool:
    """Whether a word is a day of the week, shortened or not."""
    return word.lower().rstrip(".") in tables.weekdays()
