"""Names in a text, known by their capitals. Scripts without case have none.

A capital says little at the start of a sentence, in a headline, and on a German noun, so a word is a name only where it
stands in capitals in mid-sentence and nowhere in lower case. Where nouns have capitals (more than `NOUNS` of the words
in mid-sentence) it must also stand beside another capital ("Frau Weber"), be an acronym, or follow "in", "aus" or
"nach" at once ("in Bremen"). Weak: a lone surname in German, common nouns that English house style capitalises, two
names for one thing (Britain, UK).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from compare.facts.tables import words_of_facts
from compare.model import Span
from compare.text.language import words as listed

if TYPE_CHECKING:
    from compare.align.prepare import Text

NOUNS = 0.25
_VARIANT = 90.0  # RapidFuzz's ratio from which two words are spellings of one name
_DERIVED = frozenset({"s", "n", "an", "ian", "er", "ers", "ish", "ese"})
_ENDINGS, _STEM = 2, 4  # letters that inflection changes in Cyrillic, and those that it leaves
_MUCH, _FEW = 0.6, 4  # a sentence with more of its words (at least so many) in capitals is a headline
_WORD = re.compile(r"[^\W\d_]+")
_MIDDLE = re.compile(r"(?<=[^\W\d_] )[^\W\d_]+|(?<=[^\W\d_], )[^\W\d_]+")  # a word after another one
_OPENING = re.compile(r"[:\"“„«»‘「『•#|*]|\n\s*\n|[.!?…]\s")
_ELISION = re.compile(r"(?:qu|[ldnsjmtc])['’](?=\w{3})")
_PRONOUNS = frozenset({"i", "i'm", "i've", "i'd", "i'll"})
_PLACES = frozenset({"in", "aus", "nach"})


class Name(NamedTuple):
    """Capitalised words side by side: their tokens, where they stand, the words."""

    tokens: Span
    span: Span
    words: tuple[str, ...]


class Capitals:
    """Which words of two texts are names. Reads both texts once, when it is first asked."""

    def __init__(self, a: Text, b: Text) -> None:
        self._texts = a, b
        self._lower: frozenset[str] = frozenset()
        self._middle: frozenset[str] = frozenset()
        self._nouns: bool | None = None

    def names(self, side: int, tokens: Span) -> list[Name]:
        """The names of side 0 or 1 that stand in these tokens, grown to whole runs of capitals. Linear."""
        if self._nouns is None:
            self._learn()
        text = self._texts[side]
        names: list[Name] = []
        for index in range(tokens.start, tokens.stop):
            if (not names or index >= names[-1].tokens.stop) and self._is_name(text, index):
                names.append(self._whole(text, index))
        return names

    def _learn(self) -> None:
        words = {word for text in self._texts for word in _WORD.findall(text.text)}
        self._lower = frozenset(word for word in words if word.islower())
        middle = [word for text in self._texts for word in _MIDDLE.findall(text.text)]
        capitals = [word for word in middle if word[0].isupper()]
        self._middle = frozenset(capitals)
        self._nouns = len(capitals) > NOUNS * len(middle)

    def _whole(self, text: Text, index: int) -> Name:
        start, stop = index, index + 1
        while start and _joined(text, start) and self._goes_on(text, start - 1):
            start -= 1
        while stop < len(text.tokens) and _joined(text, stop) and self._goes_on(text, stop):
            stop += 1
        span = Span(int(text.tokens.starts[start]), int(text.tokens.stops[stop - 1]))
        return Name(Span(start, stop), span, tuple(_word(text, place) for place in range(start, stop)))

    def _goes_on(self, text: Text, index: int) -> bool:
        """Whether a word beside a name belongs to it: "Union" does in "European Union", whatever else it is."""
        return self._is_name(text, index) or (_is_capital(_word(text, index)) and not _initial(text, index))

    def _is_name(self, text: Text, index: int) -> bool:
        word = _word(text, index)
        if not _is_capital(word) or word.lower() in self._lower:
            return False
        if _initial(text, index) and word not in self._middle:
            return False
        return not _in_headline(text, index) and (not self._nouns or _is_name_among_nouns(text, index))


def _is_capital(word: str) -> bool:
    return len(word) > 1 and word[0].isupper() and not _is_no_name(word.lower())


def _is_no_name(lower: str) -> bool:
    return lower in words_of_facts() or lower in _PRONOUNS or lower in listed("names", "titles")


def _word(text: Text, index: int) -> str:
    """The token without an article's elision and a possessive: l'Italie, Russia's."""
    word = text.text[int(text.tokens.starts[index]) : int(text.tokens.stops[index])]
    elision = _ELISION.match(word)
    return re.sub(r"['’]s?\Z", "", word[elision.end() :] if elision else word)


def _gap(text: Text, index: int) -> str:
    """What stands before a token, back to the one before."""
    start = int(text.tokens.stops[index - 1]) if index else 0
    return text.text[start : int(text.tokens.starts[index])]


def _joined(text: Text, index: int) -> bool:
    """Whether a token belongs to the one before: by a blank, a line's end or a hyphen."""
    return _gap(text, index) in {" ", "\n", "-", "\u00a0", ". "} and not _starts_sentence(text, index)


def _starts_sentence(text: Text, index: int) -> bool:
    return int(text.bounds[text.owner[index]]) == index


def _initial(text: Text, index: int) -> bool:
    return _starts_sentence(text, index) or bool(_OPENING.search(_gap(text, index)) and not _joined(text, index))


def _in_headline(text: Text, index: int) -> bool:
    start, stop = text.bounds[text.owner[index] :][:2].tolist()
    words = _WORD.findall(text.text[text.tokens.starts[start] : text.tokens.stops[stop - 1]])
    long = [word for word in words[1:] if len(word) >= _FEW]
    return len(long) >= _FEW and sum(word[0].isupper() for word in long) > _MUCH * len(long)


def _is_name_among_nouns(text: Text, index: int) -> bool:
    word = _word(text, index)
    if word.isupper():
        return True
    before = _word(text, index - 1) if index and _joined(text, index) else ""
    after = _word(text, index + 1) if index + 1 < len(text.tokens) and _joined(text, index + 1) else ""
    if before.lower() in _PLACES:
        return word.lower() not in listed("names", "no_place")
    return any(neighbour[:1].isupper() and _lends_a_name(neighbour) for neighbour in (before, after))


def _lends_a_name(word: str) -> bool:
    return word.lower() in listed("names", "titles") or not _is_no_name(word.lower())


def words_of(text: str) -> frozenset[str]:
    """The words of a text as they are written."""
    return frozenset(_WORD.findall(text))


def changed(first: Name, second: Name) -> bool:
    """Whether two names differ in more than spelling, inflection, a part left out, or an acronym.

    >>> brandt, holm = Name(Span(0, 1), Span(0, 6), ("Tove", "Brandt")), Name(Span(0, 1), Span(0, 4), ("Tove", "Holm"))
    >>> changed(brandt, holm), changed(brandt, Name(Span(0, 1), Span(0, 6), ("Brandt",)))
    (True, False)
    """
    lost = [word for word in first.words if not any(alike(word, counterpart) for counterpart in second.words)]
    new = [word for word in second.words if not any(alike(word, counterpart) for counterpart in first.words)]
    return bool(lost and new) and not (_acronym(first.words, second.words) or _acronym(second.words, first.words))


def alike(first: str, second: str) -> bool:
    """Whether two words are one name in two forms: Zelensky, Zelenskyy; Москва, Москве; Europe, European."""
    from rapidfuzz.fuzz import ratio  # noqa: PLC0415  # not every command aligns

    first, second = sorted((first.casefold(), second.casefold()), key=len)
    if (
        first == second
        or (second.startswith(first) and second[len(first) :] in _DERIVED)
        or ratio(first, second) >= _VARIANT
    ):
        return True
    stem = max(len(first), len(second)) - _ENDINGS
    return "\u0400" <= first[0] <= "\u052f" and stem >= _STEM and first[:stem] == second[:stem]


def _acronym(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    return len(short) == 1 and short[0].isupper() and short[0] == "".join(word[0] for word in long)
