"""What the files of the languages say of figures, dates, times and units, made ready to be looked up in lower case.

News is quoted across languages, so all of them are asked at once. Each table is made when it is first asked for.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Any

from compare.facts.measures import signs
from compare.facts.phrases import Phrases
from compare.facts.values import Hedge
from compare.text.language import LANGUAGES, language, values, words

if TYPE_CHECKING:
    from collections.abc import Iterator

_HAN = 0x3400
_SHORT = 4  # letters from which a unit counts without a figure


def _lines(table: str, key: str) -> Iterator[tuple[str, str]]:
    """What each line begins with, and the rest of it."""
    for text in values(table, key):
        for line in text.strip().splitlines():
            head, _, rest = line.partition(" ")
            yield head, rest


def _tables(table: str, key: str) -> list[dict[str, Any]]:
    """The table of each language that has a key there."""
    return [language(code)[table] for code in LANGUAGES if key in language(code).get(table, {})]


def _split(table: str, key: str) -> Iterator[str]:
    """Phrases parted by strokes."""
    for text in values(table, key):
        yield from (phrase.strip() for phrase in text.split("|"))


def _valued(key: str) -> dict[str, Decimal]:
    """Words by their number, of `[numbers]`."""
    return {word: Decimal(value) for value, rest in _lines("numbers", key) for word in rest.split()}


def _shares(key: str) -> Phrases[Decimal]:
    """Phrases by their fraction, of `[numbers]`."""
    listed = ((phrase, Fraction(value)) for value, rest in _lines("numbers", key) for phrase in rest.split("|"))
    return Phrases((phrase, Decimal(share.numerator) / Decimal(share.denominator)) for phrase, share in listed)


# --- dates ---------------------------------------------------------------------------------------------------------


def _by_place(key: str) -> dict[str, int]:
    rows = ((place, row) for table in values("dates", key) for place, row in enumerate(table, 1))
    return {word: place for place, row in rows for word in row.split()}


@cache
def weekdays() -> dict[str, int]:
    """The days of the week by their words, from Monday, 1. Chinese ones are figures and stand apart."""
    days = {word: day for word, day in _by_place("weekdays").items() if len(word) > 1}
    endings = ("", *words("dates", "possessive"))
    return {word + ending: day for word, day in days.items() for ending in endings}


@cache
def han_weekdays() -> dict[str, int]:
    """The days of the week by the character that tells them apart."""
    return {char: day for word, day in _by_place("weekdays").items() for char in word if ord(char) >= _HAN}


@cache
def months() -> dict[str, int]:
    """The months by their words."""
    return _by_place("months")


@cache
def decades() -> dict[str, int]:
    """Decades by their words: "eighties" is 80."""
    return {word: int(value) for value, rest in _lines("dates", "decades") for word in rest.split()}


@cache
def han_dates() -> dict[str, str]:
    """What part of a date ("year", "month", "day") a figure is, by the character behind it."""
    return {char: part for part in ("year", "month", "day") for char in words("dates", part)}


# --- numbers -------------------------------------------------------------------------------------------------------


@cache
def numbers() -> dict[str, Decimal]:
    """Number words by their value."""
    return {**_inside(), **_valued("words"), **times()}


@cache
def times() -> dict[str, Decimal]:
    """What says how many times: "twice", "triple"."""
    return _valued("times")


def _inside() -> dict[str, Decimal]:
    """Ones and tens written as one word: "dreiundzwanzig"."""
    joined: dict[str, Decimal] = {}
    for table in _tables("numbers", "inside"):
        rows = [line.split() for line in table["words"].strip().splitlines()]
        by_word = [(word, Decimal(value)) for value, *named in rows for word in named]
        ones = [*((word, value) for word, value in by_word if value in _ONES), (table["one_inside"], Decimal(1))]
        tens = [(word, value) for word, value in by_word if value in _TENS]
        joined |= {low + table["inside"] + ten: x + y for (low, x), (ten, y) in product(ones, tens)}
        joined |= _compounds(table, [*by_word, *joined.items()])
    return joined


def _compounds(table: dict[str, Any], by_word: list[tuple[str, Decimal]]) -> dict[str, Decimal]:
    """Hundreds with round tens or teens, and thousands, written as one word."""
    hundred, thousand = table["hundred_inside"], table["thousand_inside"]
    whole = [(word, value) for word, value in by_word if value == int(value) and 0 < value < _HUNDRED]
    hundreds = [(hundred, Decimal(100)), (table["one_inside"] + hundred, Decimal(100))]
    hundreds += [(word + hundred, 100 * value) for word, value in whole if value in _ONES]
    ends = [(word, value) for word, value in whole if value in _TENS or value in _TEENS]
    joined = {word: value for word, value in hundreds if value > _HUNDRED}
    joined |= {high + low: x + y for (high, x), (low, y) in product(hundreds, ends)}
    joined |= {word + thousand: 1000 * value for word, value in [*whole, *hundreds] if value > 1}
    rounds = [(word + thousand + high, 1000 * x + y) for (word, x), (high, y) in product(whole, hundreds) if x in _ONES]
    return joined | dict(rounds)


_HUNDRED = 100
_TEENS = frozenset(map(Decimal, [*range(10, 20), 25, 75]))
_ONES, _TENS = frozenset(map(Decimal, range(2, 10))), frozenset(map(Decimal, range(20, 100, 10)))


@cache
def scales() -> dict[str, Decimal]:
    """Words that multiply a figure."""
    return _valued("scales")


@cache
def letters() -> dict[str, Decimal]:
    """Letters that multiply an amount of money: m, b."""
    return _valued("letters")


@cache
def romans() -> dict[str, int]:
    """Roman numerals of two letters and more, in lower case: they count in capitals only."""
    tens, ones = ("", "x", "xx"), ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
    numerals = {ten + one: 10 * x + y for (x, ten), (y, one) in product(enumerate(tens), enumerate(ones))}
    endings = ("", *words("numbers", "roman_suffixes"))
    return {word + ending: value for word, value in numerals.items() for ending in endings if len(word) > 1}


@cache
def ordinals() -> dict[str, Decimal]:
    """Ordinal words by their value, with all endings."""
    joined: dict[str, Decimal] = {}
    for table in _tables("numbers", "ordinals"):
        endings = table.get("ordinal_endings", "").split() or [""]
        for line in table["ordinals"].strip().splitlines():
            value, *stems = line.split()
            joined |= {stem + ending: Decimal(value) for stem in stems for ending in endings}
    return joined


@cache
def fractions() -> Phrases[Decimal]:
    """Fractions in words: "two thirds", "half"."""
    return _shares("fractions")


@cache
def fractions_after_article() -> Phrases[Decimal]:
    """Words that mean a fraction behind "a" only: "quarter (of)"."""
    return _shares("fractions_after_article")


@cache
def added() -> Phrases[Decimal]:
    """What is added to a figure: "and a half"."""
    return _shares("added")


@cache
def phrases(key: str) -> Phrases[bool]:
    """The phrases under a key of `[numbers]`."""
    return Phrases((phrase, True) for phrase in _split("numbers", key))


@cache
def hedges() -> Phrases[Hedge]:
    """How a number is meant, by the words before it."""
    return Phrases((phrase, hedge) for hedge in _HEDGES for phrase in _split("numbers", hedge.name.lower()) if phrase)


@cache
def hedges_after() -> Phrases[Hedge]:
    """How a number is meant, by the words behind it."""
    keys = ((hedge, f"{hedge.name.lower()}_after") for hedge in _HEDGES)
    return Phrases((phrase, hedge) for hedge, key in keys for phrase in _split("numbers", key))


_HEDGES = (Hedge.ABOUT, Hedge.OVER, Hedge.UNDER)


@cache
def han() -> dict[str, int]:
    """Chinese digits."""
    return {
        char: value for row in values("numbers", "digits") for value, chars in enumerate(row.split()) for char in chars
    }


@cache
def han_places() -> dict[str, int]:
    """Chinese powers of ten."""
    return {char: int(float(value)) for value, rest in _lines("numbers", "places") for char in rest.split()}


# --- units and times -----------------------------------------------------------------------------------------------


@cache
def units() -> Phrases[tuple[str, str]]:
    """Dimension and key by the words of a unit, signs among them."""
    listed: list[tuple[str, tuple[str, str]]] = [(sign, unit) for sign, unit in signs().items() if sign[0].isalpha()]
    for dimension, rest in _lines("units", "words"):
        key, _, named = rest.partition(" ")
        listed += [(phrase, (dimension, key)) for phrase in named.split("|")]
    return Phrases(listed)


@cache
def units_alone() -> frozenset[str]:
    """First words of the units that count without a figure."""
    return frozenset(
        word
        for word in units().least_beginnings()
        if len(word) >= _SHORT and word not in words("units", "behind_figures")
    )


@cache
def clock(key: str) -> Phrases[bool]:
    """The phrases under a key of `[clock]`."""
    return Phrases((phrase, True) for phrase in _split("clock", key))


@cache
def zones() -> Phrases[frozenset[int]]:
    """Minutes ahead of UTC by a zone's name."""
    listed = ((frozenset(map(int, head.split(","))), rest) for head, rest in _lines("clock", "zones"))
    return Phrases((name, zone) for zone, names in listed for name in names.split())


@cache
def past() -> Phrases[int]:
    """Minutes past the hour that follows: "half past" is 30."""
    return Phrases((rest, int(value)) for value, rest in _lines("clock", "past"))


# --- all together --------------------------------------------------------------------------------------------------


@cache
def calendar() -> frozenset[str]:
    """The words for days and months."""
    return frozenset([*weekdays(), *months()])


@cache
def times_and_figures() -> frozenset[str]:
    """The words for days, months, figures and scales: with a capital they are no names either."""
    return frozenset([*calendar(), *numbers(), *scales()])


@cache
def words_of_facts() -> frozenset[str]:
    """The words for days, months, figures, scales, units and time zones: none of them is a name."""
    return times_and_figures() | frozenset(units().single()) | frozenset(zones().single())
