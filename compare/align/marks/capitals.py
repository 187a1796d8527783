"""Names in a text, known by their capitals. Scripts without case have none.

A capital says little at the start of a sentence, in a headline, and on a German noun, so a word is a name only where it
stands in capitals in mid-sentence and nowhere in lower case. Where nouns have capitals (more than `NOUNS` of the words
in mid-sentence) it must also stand beside another capital ("Frau Weber"), be an acronym, or follow "in", "aus" or
"nach" at once ("in Bremen"). Weak: a lone surname in German, common nouns that English house style capitalises.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from compare.facts.tables import times_and_figures, words_of_facts
from compare.model import Span
from compare.text.coverage import span_of
from compare.text.language import words as listed
from compare.text.spelling import Likeness, aliases
from compare.text.spelling import alike as likeness

if TYPE_CHECKING:
    from collections.abc import Callable

    from compare.align.prepare import Text

    _Holds = Callable[[str, int, int], bool]

NOUNS = 0.25
_SMALL_WORDS = 0.03  # share of function words of a language, from which a text is in it
_MUCH, _FEW = 0.75, 4  # a sentence with more of its words (at least so many) in capitals is a headline
_WORD = re.compile(r"[^\W\d_]+")
_BEFORE_LOWER, _AFTER_LOWER = re.compile(r"[\w@#/.:’'_-]"), re.compile(r"[\w@/_]|[.:]\w")  # of an address, a handle
_MIDDLE = re.compile(r"(?<=[^\W\d_] )[^\W\d_]+|(?<=[^\W\d_], )[^\W\d_]+")  # a word after another one
_OPENING = re.compile(r"[:\"“„«»‘「『•#|*]|\n\s*\n|[.!?…]\s")
_POSSESSIVE = re.compile(r"['’]s?\Z|(?<=[a-z])Õs?\Z|[™®©℠]\Z")  # Õ: the apostrophe of a Mac, read as Latin 1
_MISREAD = re.compile(r"[a-z.,?!]Ó|[a-z]Õs?\b")  # such quotation marks: what begins with Ò is then no name
_ABBREVIATED = re.compile(r"(?<= )\((\w{2,8})\)")  # Environmental Protection Agency (EPA)
_BEFORE_BRACKET, _LONGEST = 100, 8  # characters, and words of a long form
_DATELINE = re.compile(r"[,(–—-]| [–—-]")  # what follows the place in capitals that an article begins with
_KNOWN = 4  # letters of a name that the tables know, where it begins a sentence
_ELISION = re.compile(r"(?:qu|[ldnsjmtc])['’](?=\w{3})")
_PRONOUNS = frozenset({"i", "i'm", "i've", "i'd", "i'll"})


class Name(NamedTuple):
    """Capitalised words side by side: their tokens, where they stand, the words."""

    tokens: Span
    span: Span
    words: tuple[str, ...]


class Capitals:
    """Which words of two texts are names. Reads both texts once, when it is first asked."""

    def __init__(self, a: Text, b: Text) -> None:
        self._texts = a, b
        self._found: dict[tuple[str, _Holds], bool] = {}
        self._begins: Counter[str] | None = None
        self._nouns: bool | None = None
        self._misread = False
        self._introduced: dict[str, str] | None = None

    def names(self, side: int, tokens: Span, *, first_words: bool = False) -> list[Name]:
        """The names of side 0 or 1 that stand in these tokens, grown to whole runs of capitals. Linear.

        With `first_words`, a word with which a sentence begins is one too, if it stands nowhere in lower case.
        """
        if self._nouns is None:
            self._learn()
        text = self._texts[side]
        names: list[Name] = []
        for index in range(tokens.start, tokens.stop):
            if names and index < names[-1].tokens.stop:
                continue
            if self._is_name(text, index) or (first_words and self._may_be_name(text, index)):
                names.append(self._whole(text, index))
        return names

    def is_likely(self, name: Name) -> bool:
        """Whether a name that only begins sentences does so more than once, or is one that the tables know."""
        word = name.words[0]
        if word.lower() in listed("names", "openers") or len(word) < _KNOWN:
            return False
        if self._begins is None:
            self._begins = max((_capitals(text.text) for text in self._texts), key=lambda counted: counted.total())
        return bool(aliases(word.casefold())) or self._begins[word] > 1

    @property
    def introduced(self) -> dict[str, str]:
        """Abbreviations that the texts introduce with their long forms, in lower case: epa, of "… Agency (EPA)"."""
        if self._introduced is None:
            self._introduced = {}
            for text in self._texts:
                self._introduced.update(_abbreviations(text.text))
        return self._introduced

    def _learn(self) -> None:
        seen = [_middle(text.text) for text in self._texts]
        middle, capitals, small = (sum(column) for column in zip(*seen, strict=True))
        self._misread = any(sign in text.text and _MISREAD.search(text.text) for text in self._texts for sign in "ÓÕ")
        self._nouns = capitals > NOUNS * middle and small > _SMALL_WORDS * middle

    def _stands(self, word: str, holds: _Holds) -> bool:
        """Whether a word stands in either text at a place that something holds of; asked of each word once."""
        if (word, holds) not in self._found:
            self._found[word, holds] = word.isalpha() and any(_stands(text.text, word, holds) for text in self._texts)
        return self._found[word, holds]

    def _whole(self, text: Text, index: int) -> Name:
        start, stop = index, index + 1
        while start and _joined(text, start) and self._goes_on(text, start - 1):
            start -= 1
        while stop < len(text.tokens) and _joined(text, stop) and self._goes_on(text, stop):
            stop += 1
        tokens = Span(start, stop)
        return Name(tokens, span_of(text.tokens, tokens), _words_of_name(text, start, stop))

    def _goes_on(self, text: Text, index: int) -> bool:
        """Whether a word beside a name belongs to it: "Union" does in "European Union", whatever else it is."""
        return self._is_name(text, index) or (_is_capital(_word(text, index)) and not _initial(text, index))

    def _is_name(self, text: Text, index: int) -> bool:
        word = _word(text, index)
        if _is_abbreviation(text, index):
            return True
        if not _is_capital(word) or self._stands(word.lower(), _is_plain) or (self._misread and word[0] in "ÒÔ"):
            return False
        if _initial(text, index) and not self._stands(word, _is_middle) and not _is_dateline(text, index):
            return False
        return not _in_headline(text, index) and (not self._nouns or _is_name_among_nouns(text, index))

    def _may_be_name(self, text: Text, index: int) -> bool:
        """Whether a word that may be one because of its place only stands nowhere in lower case."""
        word = _word(text, index)
        if not _is_capital(word) or not text.content[index] or self._misread or self._stands(word.lower(), _is_plain):
            return False
        return not self._nouns and not _in_headline(text, index)


def _stands(text: str, word: str, holds: _Holds) -> bool:
    """Whether a word stands at a place that something holds of: a look for one word is cheaper than for all."""
    at = text.find(word)
    while at >= 0:
        if holds(text, at, at + len(word)):
            return True
        at = text.find(word, at + 1)
    return False


def _is_plain(text: str, start: int, stop: int) -> bool:
    """Whether what stands there is a word, and no part of another one, of an address or a handle."""
    return not (start and _BEFORE_LOWER.match(text, start - 1)) and not _AFTER_LOWER.match(text, stop)


def _is_middle(text: str, start: int, stop: int) -> bool:
    """Whether what stands there is a run of letters behind another word."""
    return not text[stop : stop + 1].isalpha() and bool(_MIDDLE.match(text, start))


def _capitals(text: str) -> Counter[str]:
    return Counter(word for word in _WORD.findall(text) if word[0].isupper())


class _Middle(NamedTuple):
    """Words of a text behind other words: how many, and how many with capitals."""

    words: int
    capitals: int
    small: int
    """Function words of a language that gives its nouns capitals."""


@lru_cache(maxsize=64)
def _middle(text: str) -> _Middle:
    """Counted once for the pairs of a text, which stand next to each other."""
    middle, small = _MIDDLE.findall(text), listed("names", "with_capital_nouns")
    capitals = sum(map(str.isupper, map(itemgetter(0), middle)))
    return _Middle(len(middle), capitals, sum(map(small.__contains__, middle)))


def _abbreviations(text: str) -> dict[str, str]:
    """Long forms in lower case, each with the abbreviation in brackets behind it, where the initials agree."""
    introduced = {}
    for bracket in _ABBREVIATED.finditer(text):
        long = text[max(0, bracket.start() - _BEFORE_BRACKET) : bracket.start()].split()[-_LONGEST:]
        for start, first in enumerate(long):
            initials = "".join(word[0] for word in long[start:] if word[0].isupper())
            if first[0].isupper() and initials == bracket[1].rstrip("s"):
                introduced[" ".join(long[start:]).casefold()] = bracket[1].casefold()
    return introduced


def _words_of_name(text: Text, start: int, stop: int) -> tuple[str, ...]:
    """The words of a name; the letters of an abbreviation with points (U.S.) are one."""
    names: list[str] = []
    for place in range(start, stop):
        word = _word(text, place)
        if place > start and len(word) == 1 and _gap(text, place) == ".":
            names[-1] += word
        else:
            names.append(word)
    return tuple(names)


def _is_abbreviation(text: Text, index: int) -> bool:
    """Whether a token is a letter of an abbreviation with points: U.S."""
    start, stop = int(text.tokens.starts[index]), int(text.tokens.stops[index])
    if stop - start != 1 or not text.text[start].isupper():
        return False
    return bool(re.match(r"\.[^\W\d_](?![^\W\d_])", text.text[stop : stop + 3])) or (
        start > 1 and bool(re.match(r"[^\W\d_]\.", text.text[start - 2 : start]))
        and not text.text[max(0, start - 3) : start - 2].isalpha()
    )  # fmt: skip


def _is_dateline(text: Text, index: int) -> bool:
    """Whether a sentence begins with a word in capitals that a comma, a dash or a bracket follows: OSLO, Tuesday –."""
    word, stop = _word(text, index), int(text.tokens.stops[index])
    return len(word) > 2 and word.isupper() and bool(_DATELINE.match(text.text, stop))  # noqa: PLR2004  # no acronym


def _is_capital(word: str) -> bool:
    return len(word) > 1 and word[0].isupper() and not _is_no_name(word.lower())


def _is_no_name(lower: str) -> bool:
    return lower in times_and_figures() or lower in _PRONOUNS or lower in listed("names", "titles")


def _word(text: Text, index: int) -> str:
    """The token without an article's elision and a possessive: l'Italie, Russia's."""
    word = text.text[int(text.tokens.starts[index]) : int(text.tokens.stops[index])]
    elision = _ELISION.match(word)
    return without_owner(word[elision.end() :] if elision else word)


def without_owner(word: str) -> str:
    """A word without a possessive: Russia's."""
    return _POSSESSIVE.sub("", word)


def _gap(text: Text, index: int) -> str:
    """What stands before a token, back to the one before."""
    start = int(text.tokens.stops[index - 1]) if index else 0
    return text.text[start : int(text.tokens.starts[index])]


def _joined(text: Text, index: int) -> bool:
    """Whether a token belongs to the one before: by a blank, a line's end or a hyphen."""
    if _gap(text, index) not in {" ", "\n", "-", "\u00a0", ". ", "."} or _starts_sentence(text, index):
        return False
    start, stop = int(text.tokens.starts[index - 1]), int(text.tokens.stops[index - 1])
    return not _POSSESSIVE.search(text.text[start:stop])


def _starts_sentence(text: Text, index: int) -> bool:
    return int(text.bounds[text.owner[index]]) == index


def _initial(text: Text, index: int) -> bool:
    return _starts_sentence(text, index) or bool(_OPENING.search(_gap(text, index)) and not _joined(text, index))


def _in_headline(text: Text, index: int) -> bool:
    """Whether most words of a sentence that no point ends have capitals."""
    start, stop = text.bounds[text.owner[index] :][:2].tolist()
    if text.text[int(text.tokens.stops[stop - 1]) :][:1] in {".", "!", "?", "…"}:
        return False
    words = _WORD.findall(text.text[text.tokens.starts[start] : text.tokens.stops[stop - 1]])
    long = [word for word in words[1:] if len(word) >= _FEW]
    return len(long) >= _FEW and sum(word[0].isupper() for word in long) > _MUCH * len(long)


def _is_name_among_nouns(text: Text, index: int) -> bool:
    word = _word(text, index)
    if word.isupper():
        return True
    if word.lower() in words_of_facts():  # a unit is a noun: Prozent
        return False
    before = _word(text, index - 1) if index and _joined(text, index) else ""
    after = _word(text, index + 1) if index + 1 < len(text.tokens) and _joined(text, index + 1) else ""
    if before.lower() in listed("names", "before_places"):
        return word.lower() not in listed("names", "no_place")
    return any(neighbour[:1].isupper() and _lends_a_name(neighbour) for neighbour in (before, after))


def _lends_a_name(word: str) -> bool:
    if word.lower() in listed("speech", "articles"):
        return False
    return word.lower() in listed("names", "titles") or not (
        _is_no_name(word.lower()) or word.lower() in words_of_facts()
    )


def words_of(text: str) -> frozenset[str]:
    """The words of a text as they are written."""
    return frozenset(_WORD.findall(text))


def alike(first: str, second: str) -> bool:
    """Whether two words may be one name in two forms."""
    return likeness(first, second) is not Likeness.OTHER
