"""Whether two names are one in two forms: spellings, transliterations, aliases, acronyms, inflections, parts left out.

One letter makes another name (Johnson, Johnston), so nothing is forgiven but what the tables and these rules know:
marks above letters, Müller and Mueller, British and American endings, Zelensky and Zelenskyy, Gaddafi and Qaddafi.
"""

from __future__ import annotations

import re
import unicodedata
from enum import IntEnum
from functools import cache, lru_cache
from itertools import product
from typing import TYPE_CHECKING

from compare.text.language import values, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ð": "d", "ё": "е", "æ": "ae", "œ": "oe", "þ": "th"})
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_TRANSLITERATED = tuple(
    (re.compile(pattern), letters)
    for pattern, letters in (
        ("(?<=[aeo])yi", "i"), (r"ah\b", "a"), ("tsch", "ch"), ("sch", "sh"), ("tch", "ch"), ("ts|tz", "z"),
        ("[kg]h", "h"), ("(?<=.)ph", "f"), ("ks", "x"), ("q", "k"),
        ("w", "v"), ("o[uo]", "u"), (r"off\b", "ov"), (r"eff\b", "ev"), (r"(?<=.)[yj](?=[aou])", "i"),
        (r"(?:i[yijï]|yy|[iy]i|ie|[yij])\b", "i"), (r"(.)\1", r"\1"),
    )
)  # fmt: skip
"""Letters that two ways to write a foreign name exchange; in this order."""
_ENDINGS, _STEM = 2, 4  # letters that inflection changes in Cyrillic, and those that it leaves
_LONGEST = 6  # words of an alias


class Likeness(IntEnum):
    """How sure it is that two names are two."""

    SAME = 0
    DOUBT = 1
    OTHER = 2


def alike(first: str, second: str) -> Likeness:
    """Whether two words are one name in two forms: Zelensky, Zelenskyy; Москва, Москве; Russia, Russian.

    >>> alike("Müller", "Mueller").name, alike("Johnson", "Johnston").name, alike("Robert", "Roberts").name
    ('SAME', 'OTHER', 'DOUBT')
    """
    first, second = sorted((first.casefold(), second.casefold()), key=lambda word: (len(word), word))
    if first == second or is_one_spelling(first, second):
        return Likeness.SAME
    if {first, second} <= words("spelling", "apart"):
        return Likeness.OTHER
    ending = second.removeprefix(first)
    if ending != second and ending in words("spelling", "derived"):
        return Likeness.SAME
    if ending != second and ending in words("spelling", "maybe_derived"):
        return Likeness.DOUBT
    stem = len(second) - _ENDINGS
    inflected = "\u0400" <= first[0] <= "\u052f" and stem >= _STEM and first[:stem] == second[:stem]
    return Likeness.SAME if inflected else Likeness.OTHER


def is_one_spelling(first: str, second: str) -> bool:
    """Whether two words are one in two spellings, by a rule or by the tables; what is derived from it is another one.

    >>> is_one_spelling("Kyiv", "Kiev"), is_one_spelling("Zelenskiy", "Zelensky"), is_one_spelling("Russia", "Russian")
    (True, True, False)
    """
    lower = first.casefold(), second.casefold()
    return bool(aliases(lower[0]) & aliases(lower[1]) or _forms(lower[0]) & _forms(lower[1]))


@lru_cache(maxsize=4096)
def _forms(word: str) -> frozenset[str]:
    """The spellings that a word in lower case stands for."""
    plain = _without_marks(word.translate(_LETTERS))
    german = _without_marks(word.translate(_UMLAUTS).translate(_LETTERS))
    american = {_american(form) for form in (plain, german)}
    return frozenset(american | {_transliterated(form) for form in american})


def _without_marks(word: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))


def _american(word: str) -> str:
    for british, american in _spelling_rules():
        if word.endswith(british):
            return word.removesuffix(british) + american
    return word


@cache
def _spelling_rules() -> tuple[tuple[str, str], ...]:
    """British and American endings, the longest first."""
    rules = [
        tuple(rule.split()) for table in values("spelling", "endings") for rule in table.replace("\n", " ").split("|")
    ]
    return tuple(sorted(((british, american) for british, american in rules), key=lambda rule: -len(rule[0])))


def _transliterated(word: str) -> str:
    for pattern, letters in _TRANSLITERATED:
        word = pattern.sub(letters, word)
    return word


@cache
def _aliases(key: str = "aliases") -> dict[str, frozenset[int]]:
    groups = [group for table in values("spelling", key) for group in table.strip().splitlines()]
    numbers: dict[str, set[int]] = {}
    for number, group in enumerate(groups):
        for phrase in group.split("|"):
            numbers.setdefault(_as_listed(phrase.strip().replace("-", " ")), set()).add(number)
    return {phrase: frozenset(held) for phrase, held in numbers.items()}


def aliases(phrase: str) -> frozenset[int]:
    """The names in the tables that a phrase in lower case, its words parted by blanks, is a form of."""
    return _aliases().get(_as_listed(phrase), frozenset())


def _metonyms(phrase: str) -> frozenset[int]:
    return _aliases("metonyms").get(_as_listed(phrase), frozenset())


def _as_listed(phrase: str) -> str:
    return " ".join(_american(word) for word in _without_marks(phrase).split())


def compared(first: Sequence[str], second: Sequence[str], introduced: Mapping[str, str]) -> Likeness:
    """Whether two names, each its words, differ in more than spelling, a part left out, or an acronym.

    `introduced` are abbreviations with their long forms, in lower case, that the texts introduce themselves.

    >>> compared(("Tove", "Brandt"), ("Tove", "Holm"), {}).name, compared(("Tove", "Brandt"), ("Brandt",), {}).name
    ('OTHER', 'SAME')
    """
    if is_one_phrase(first, second, introduced) or is_one_phrase(*_apart(first, second), introduced):
        return Likeness.SAME
    units = _units(first), _units(second)
    likeness = {pair: alike(*pair) for pair in product(*units)}
    lost = [min((likeness[unit, that] for that in units[1]), default=Likeness.OTHER) for unit in units[0]]
    new = [min((likeness[that, unit] for that in units[0]), default=Likeness.OTHER) for unit in units[1]]
    if (any(lost) or any(new)) and _metonyms(" ".join(first).casefold()) & _metonyms(" ".join(second).casefold()):
        return Likeness.DOUBT
    if any(lost) and any(new):
        return min(max(lost), max(new))
    extra = [unit for unit, likely in (*zip(units[0], lost, strict=True), *zip(units[1], new, strict=True)) if likely]
    return Likeness.OTHER if extra and all(_qualifies(unit) for unit in extra) else Likeness.SAME


def _apart(first: Sequence[str], second: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Two names without the words that both end with: MVP and Most Valuable Player, of the Award."""
    while len(first) > 1 and len(second) > 1 and first[-1].casefold() == second[-1].casefold():
        first, second = first[:-1], second[:-1]
    return first, second


def _qualifies(unit: str) -> bool:
    """Whether a word makes another name of a name: South in South Sudan."""
    return unit.casefold() in words("spelling", "qualifiers")


def is_one_phrase(first: Sequence[str], second: Sequence[str], introduced: Mapping[str, str]) -> bool:
    """Whether two phrases, each its words, are one name by a table, by their initials, or by what the texts say."""
    phrases = " ".join(first).casefold(), " ".join(second).casefold()
    if aliases(phrases[0]) & aliases(phrases[1]) or len({phrase.replace(" ", "") for phrase in phrases}) == 1:
        return True
    if len({introduced.get(phrase, phrase) for phrase in phrases}) == 1:
        return True
    return is_acronym(first, second) or is_acronym(second, first)


def is_acronym(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether the first is one word of the initials of the other's last words, but for small ones ("of")."""
    if len(short) != 1 or not short[0].isupper() or not 1 < len(short[0]) <= len(long):
        return False
    return any(initials.endswith(short[0]) for initials in ("".join(word[0] for word in long), _capitals(long)))


def _capitals(name: Sequence[str]) -> str:
    return "".join(word[0] for word in name if word[0].isupper())


def _units(name: Sequence[str]) -> list[str]:
    """The words of a name, those that together are an alias as one."""
    units, at = [], 0
    while at < len(name):
        for stop in range(min(len(name), at + _LONGEST), at, -1):
            if stop == at + 1 or aliases(" ".join(name[at:stop]).casefold()):
                units.append(" ".join(name[at:stop]))
                at = stop
                break
    return units
