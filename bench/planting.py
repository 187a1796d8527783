"""One changed fact planted in a copy of a real article: each kind is a function from a text to a `Plant`.

The words are the bench's own (`planting_words.py`), so that the product is not asked about its own tables.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from articles import Place, around, paragraphs, sentences
from planting_words import (
    CLOSE_NAMES,
    CLOSE_PLACES,
    DIRECTIONS,
    MODALS,
    MONTHS,
    NUMBERS,
    ORDINALS,
    PERSONS,
    PLACES,
    PREFIXED,
    QUANTIFIERS,
    RARE,
    SCALES,
    SHORT_MONTHS,
    SURNAMES,
    UNITS,
    WEEKDAYS,
    pairs,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from random import Random

    Kind = Callable[[str, Random], "Plant | None"]
    Change = tuple[int, int, str]


class Plant(NamedTuple):
    """A text, its copy with a change, and where that stands."""

    a: str
    b: str
    places_a: tuple[Place, ...]
    """What was changed, in a; more than one place where several were changed at once ..."""
    places_b: tuple[Place, ...]
    """... and in b."""

    @property
    def unchanged(self) -> str:
        """The text of b before the change, if no more than the places differ."""
        text = self.b
        for place_a, place_b in reversed(list(zip(self.places_a, self.places_b, strict=True))):
            text = text[: place_b.start] + self.a[slice(*place_a)] + text[place_b.stop :]
        return text

    @property
    def words(self) -> tuple[str, str]:
        """What stands at the first place of each side."""
        return self.a[slice(*self.places_a[0])], self.b[slice(*self.places_b[0])]


def changed(text: str, changes: Iterable[Change]) -> Plant:
    """The text with some ranges replaced.

    >>> changed("It rose by 12.", [(3, 7, "fell"), (11, 13, "9")]).b
    'It fell by 9.'
    """
    pieces, places_a, places_b, done, size = [], [], [], 0, 0
    for start, stop, new in sorted(changes):
        pieces += [text[done:start], new]
        size += start - done
        places_a.append(Place(start, stop))
        places_b.append(Place(size, size + len(new)))
        done, size = stop, size + len(new)
    return Plant(text, "".join([*pieces, text[done:]]), tuple(places_a), tuple(places_b))


def drawn(text: str, chance: Random, pattern: re.Pattern[str], new: Callable[[re.Match[str]], str]) -> Plant | None:
    """One place of a pattern, by chance, with other words in it; the group `it` is what is replaced, or the whole."""
    sites = list(pattern.finditer(text))
    if not sites:
        return None
    site = chance.choice(sites)
    group: str | int = "it" if "it" in pattern.groupindex else 0
    word = new(site)
    return changed(text, [(*site.span(group), word)]) if word != site[group] else None


def _any_of(words: Iterable[str]) -> str:
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"


def _exchange(listed: str, before: str = r"(?<![\w-])", after: str = r"(?![\w-]|[’']t)") -> Kind:
    """The kind that puts the second word of a pair for the first; every pair that the text holds is as likely."""
    table: dict[str, list[str]] = {}
    for old, new in pairs(listed):
        table.setdefault(old, []).append(new)
    pattern = re.compile(f"{before}(?P<it>{_any_of(table)}){after}")

    def exchanged(text: str, chance: Random) -> Plant | None:
        words = sorted({site["it"] for site in pattern.finditer(text)})
        if not words:
            return None
        word = chance.choice(words)
        own = re.compile(f"{before}(?P<it>{re.escape(word)}){after}")
        return drawn(text, chance, own, lambda _: chance.choice(table[word]))

    return exchanged


# --- figures ---------------------------------------------------------------------------------------------------------

_NOT_COUNTED = (
    r"(?!\s(?:million|billion|trillion|thousand|hundred|percent|per\s?cent|p\.?m|a\.?m|cents?|degrees|and|or|to|on|in|of"
    r"|at|for|by|as|with)\b)"
)
_BEFORE_COUNT = r"(?<![\w.,$€£/:–-])" + "".join(
    f"(?<!{month}\\s)"
    for month in (*MONTHS.split(), *SHORT_MONTHS.split(), "No.", "Article", "Title", "Section", "Caption")
).replace(".", r"\.")
COUNT = re.compile(rf"{_BEFORE_COUNT}(?P<it>[1-9]\d{{0,2}})(?=\s[a-z]{{3,}}){_NOT_COUNTED}")
"""A plain count: a figure of up to three digits before the word that it counts."""
_FIGURE = re.compile(rf"{_BEFORE_COUNT}(?P<it>[1-9]\d{{1,2}})(?=[\s%])(?!\sof\s\d)")
_YEAR = r"(?:19[5-9]\d|20[0-2]\d)"


_LAST_DAY = 28
"""A figure up to this may be a day of a month, and stays one."""


def _other_figure(old: str, chance: Random) -> str:
    """Another figure of as many digits, some way off.

    >>> from random import Random
    >>> _other_figure("340", Random(1))
    '237'
    """
    low, high = 10 ** (len(old) - 1), 10 ** len(old) - 1 if int(old) > _LAST_DAY else _LAST_DAY
    choices = [figure for figure in range(max(2, low), high + 1) if abs(figure - int(old)) > int(old) // 10]
    return str(chance.choice(choices))


def figure(text: str, chance: Random) -> Plant | None:
    """A count becomes another."""
    return drawn(text, chance, COUNT, lambda site: _other_figure(site["it"], chance))


def thousandfold(text: str, chance: Random) -> Plant | None:
    """10 people become 10,000."""
    return drawn(text, chance, COUNT, lambda site: f"{site['it']},000")


def _two_counts(text: str, chance: Random) -> tuple[Place, Place] | None:
    """Two counts that stand together in a sentence and differ."""
    spans = [Place(*site.span("it")) for site in _FIGURE.finditer(text)]
    bounds = sentences(text)
    near = [
        (first, second)
        for first, second in pairwise(spans)
        if around(bounds, first.start) == around(bounds, second.start) and text[slice(*first)] != text[slice(*second)]
    ]
    return chance.choice(near) if near else None


def shifted(text: str, chance: Random) -> Plant | None:
    """12 killed and 30 hurt become 30 killed and 45 hurt."""
    both = _two_counts(text, chance)
    if not both:
        return None
    second = text[slice(*both[1])]
    return changed(text, [(*both[0], second), (*both[1], _other_figure(second, chance))])


def swapped(text: str, chance: Random) -> Plant | None:
    """12 killed and 30 hurt become 30 killed and 12 hurt."""
    both = _two_counts(text, chance)
    if not both:
        return None
    first, second = (text[slice(*place)] for place in both)
    return changed(text, [(*both[0], second), (*both[1], first)])


def currency(text: str, chance: Random) -> Plant | None:
    """$5 becomes €5."""
    return drawn(text, chance, re.compile(r"(?<![\w$])\$(?=\d)"), lambda _: chance.choice("€£"))


# --- dates and clocks ------------------------------------------------------------------------------------------------

_MONTH = _any_of((*MONTHS.split(), *SHORT_MONTHS.split()))
_WEEKDAY = re.compile(rf"(?<=[a-z,]\s)(?P<it>{_any_of(WEEKDAYS.split())})(?!\w|[’']s)")
_CLOCK = re.compile(
    r"(?<![\w.:])(?<!Updated\s)(?<!Updated\sat\s)(?P<it>(?P<hour>1?\d)(?P<rest>(?::\d\d)?\s?(?P<half>[ap])\.?m\b))"
)


def weekday(text: str, chance: Random) -> Plant | None:
    """Another weekday."""
    return drawn(text, chance, _WEEKDAY, lambda site: _another(WEEKDAYS, site["it"], chance))


def day(text: str, chance: Random) -> Plant | None:
    """Another day of the month."""
    pattern = re.compile(rf"\b{_MONTH}\s(?P<it>[12]?\d)(?![\d\w])")
    return drawn(text, chance, pattern, lambda site: _another(" ".join(map(str, range(2, 29))), site["it"], chance))


def month(text: str, chance: Random) -> Plant | None:
    """Another month before a day or a year."""
    pattern = re.compile(rf"\b(?P<it>{_any_of(MONTHS.split())})(?=\s\d)")
    return drawn(text, chance, pattern, lambda site: _another(MONTHS, site["it"], chance))


def year(text: str, chance: Random) -> Plant | None:
    """Another year."""
    pattern = re.compile(rf"\b(?:in|since|of|from|until|by|before|after|,)\s(?P<it>{_YEAR})(?![\w’'/-])")
    return drawn(text, chance, pattern, lambda site: str(int(site["it"]) + chance.choice((-7, -3, -2, -1, 1, 2))))


def clock(text: str, chance: Random) -> Plant | None:
    """Another hour, or the other half of the day."""

    def other(site: re.Match[str]) -> str:
        if chance.random() < 0.5:  # noqa: PLR2004  # one in two
            return site["it"].replace("am", "pm") if site["half"] == "a" else _turned(site["it"], "p", "a")
        return _another("1 2 3 4 5 6 7 8 9 10 11", site["hour"], chance) + site["rest"]

    return drawn(text, chance, _CLOCK, other)


def _turned(time: str, old: str, new: str) -> str:
    return re.sub(rf"{old}(?=\.?m)", new, time)


def _another(listed: str, old: str, chance: Random) -> str:
    return chance.choice([word for word in listed.split() if word != old])


# --- negations and names ---------------------------------------------------------------------------------------------

_AUXILIARY = r"(?:is|are|was|were|will|would|could|should|has|had|have|must|may|might)"
_POSITIVE = re.compile(rf"\b{_AUXILIARY}(?P<it>)(?=\s(?!not\b|no\b|never\b|n[’']t)[a-z]{{3,}})")
_NEGATIVE = re.compile(rf"\b{_AUXILIARY}(?P<it>\snot)(?=\s[a-z]{{3,}})(?!\sonly|\sjust)")
_SURNAME = re.compile(
    r"\b(?:(?:Mr|Mrs|Ms|Sen|Rep|Gov|Dr)\.|President|Secretary)\s(?:[A-Z][a-z]+\s)?(?P<titled>[A-Z][a-z]{3,})\b"
    r"|\b[A-Z][a-z]+\s(?:[A-Z]\.\s)?(?P<speaking>[A-Z][a-z]{3,})(?=\s(?:said|says|told|added)\b)"
)
_NO_PERSON = frozenset({
    *PLACES.split(), *MONTHS.split(), *WEEKDAYS.split(), "House", "Senate", "Congress", "State", "Republican",
    "Republicans", "Democrat", "Democrats", "American", "Americans", "Obamacare", "Twitter", "General", "Office",
})  # fmt: skip
_ALONE = r"(?<![\w’'.-])[a-z]+,?\s(?P<it>{name})(?=[\s,.;])(?!\s[A-Z]|[’']s)"


def negation(text: str, chance: Random) -> Plant | None:
    """A "not" put in, or left out where there is one."""
    if chance.random() < 0.5 and (plant := drawn(text, chance, _NEGATIVE, lambda _: "")):  # noqa: PLR2004  # one in two
        return plant
    return drawn(text, chance, _POSITIVE, lambda _: " not")


def contracted(text: str, chance: Random) -> Plant | None:
    """The word "is" becomes "isn't"."""
    pattern = re.compile(r"\b(?P<it>is|are|was|were|would|could|should|has|had|did|does)(?=\s[a-z]{3,})(?!\snot\b)")
    return drawn(text, chance, pattern, lambda site: f"{site['it']}n’t")


def people(text: str) -> list[str]:
    """Surnames: after a title or before "said", also used alone, and never in lower case.

    >>> people("Ilse Marten said no. The plan of Marten is new.")
    ['Marten']
    """
    names = dict.fromkeys(site["titled"] or site["speaking"] for site in _SURNAME.finditer(text))
    return [name for name in names if _alone(name, text) and not re.search(rf"\b{name.lower()}\b", text)]


def _alone(name: str, text: str) -> bool:
    return name not in _NO_PERSON and bool(re.search(_ALONE.format(name=name), text))


def surname(text: str, chance: Random) -> Plant | None:
    """Somebody else's name, at one place where a surname stands alone."""
    names = people(text)
    if not names:
        return None
    pattern = re.compile(_ALONE.format(name=_any_of(names)))
    return drawn(text, chance, pattern, lambda _: chance.choice(SURNAMES.split()))


def place_name(text: str, chance: Random) -> Plant | None:
    """Another place."""
    pattern = re.compile(_ALONE.format(name=_any_of(PLACES.split())))
    return drawn(text, chance, pattern, lambda site: _another(PLACES, site["it"], chance))


def name(text: str, chance: Random) -> Plant | None:
    """Another person or place."""
    return chance.choice((surname, surname, place_name))(text, chance)


def renamed(text: str, old: str, new: str) -> str:
    """The text with a name in another's place everywhere."""
    return re.sub(rf"\b{re.escape(old)}\b", new, text)


def spelled(text: str, chance: Random, listed: str) -> Plant | None:
    """A surname of the text is replaced by a name everywhere, and by its pair at one place of the copy."""
    names = people(text)
    old, new = chance.choice(pairs(listed))
    if not names or new in text or old in text:
        return None
    own = renamed(text, chance.choice(names), old)
    return drawn(own, chance, re.compile(_ALONE.format(name=old)), lambda _: new)


def close_name(text: str, chance: Random) -> Plant | None:
    """Johnson becomes Johnston."""
    return spelled(text, chance, CLOSE_NAMES)


def close_place(text: str, chance: Random) -> Plant | None:
    """Sudan becomes South Sudan."""
    return spelled(text, chance, CLOSE_PLACES)


def swapped_names(text: str, chance: Random) -> Plant | None:
    """Two people of a sentence change places."""
    names = people(text)
    sites = list(re.finditer(rf"(?<![A-Z][a-z]\s)\b(?:{_any_of(names)})\b(?!\s[A-Z]|-)", text)) if names else []
    bounds = sentences(text)
    near = [
        (first, second)
        for first, second in pairwise(sites)
        if first[0] != second[0]
        and around(bounds, first.start()) == around(bounds, second.start())
        and not any(re.search(r"[A-Z]\w*\.?\s$", text[: site.start()]) for site in (first, second))
    ]
    if not near:
        return None
    first, second = chance.choice(near)
    return changed(text, [(*first.span(), second[0]), (*second.span(), first[0])])


# --- ends ------------------------------------------------------------------------------------------------------------


def _other_fact(word: str, names: Sequence[str], chance: Random) -> str:
    """Another fact of the kind of a word; empty where it states none."""
    listed = next((words for words in (WEEKDAYS, MONTHS, PLACES, NUMBERS) if word in words.split()), "")
    if listed:
        return _another(listed, word, chance)
    if re.fullmatch(_YEAR, word):
        return str(int(word) - chance.choice((1, 2, 3)))
    if re.fullmatch(r"[1-9]\d{0,2}", word):
        return _other_figure(word, chance)
    return chance.choice(SURNAMES.split()) if word in names else ""


def _at_end(text: str, chance: Random, pattern: re.Pattern[str]) -> Plant | None:
    """A fact where a pattern stands in a paragraph of twenty words or more becomes another one."""
    names = people(text)
    sites = []
    for paragraph in paragraphs(text):
        word = pattern.search(text[slice(*paragraph)])
        if word and len(text[slice(*paragraph)].split()) >= 20 and (new := _other_fact(word["it"], names, chance)):  # noqa: PLR2004  # above
            sites.append((paragraph.start + word.start("it"), paragraph.start + word.end("it"), new))
    return changed(text, [chance.choice(sites)]) if sites else None


def last_word(text: str, chance: Random) -> Plant | None:
    """The last word of a paragraph is a fact, and becomes another; what is after it is left out."""
    plant = _at_end(text, chance, re.compile(r"""(?<=[\s“"(])(?P<it>\w+)[.!?”"’)]*\Z"""))
    if not plant:
        return None
    ends = [min((p.stop for p in paragraphs(side) if p.stop >= at), default=len(side)) for side, at in (
        (plant.a, plant.places_a[0].stop), (plant.b, plant.places_b[0].stop))]  # fmt: skip
    return plant._replace(a=plant.a[: ends[0]], b=plant.b[: ends[1]])


def first_word(text: str, chance: Random) -> Plant | None:
    """The first word of a paragraph is a fact, and becomes another; what is before it is left out."""
    plant = _at_end(text, chance, re.compile(r"""\A[“"(]?(?P<it>\w+)(?=[\s,])"""))
    if not plant:
        return None
    at = plant.places_a[0].start
    begin = max(p.start for p in paragraphs(plant.a) if p.start <= at)
    places_a, places_b = (tuple(Place(p.start - begin, p.stop - begin) for p in side) for side in plant[2:])
    return Plant(plant.a[begin:], plant.b[begin:], places_a, places_b)


# --- sentences put into both copies ----------------------------------------------------------------------------------


def put_in(text: str, chance: Random, original: str, other: str) -> Plant | None:
    """Both copies get a sentence at the end of one paragraph, and it differs."""
    long = [p for p in paragraphs(text) if len(text[slice(*p)].split()) >= 20 and text[p.stop - 1] in '.”"']  # noqa: PLR2004  # above
    if not long:
        return None
    at = chance.choice(long).stop
    same = len(_shared(original, other)), len(_shared(original[::-1], other[::-1]))
    same = same[0], min(same[1], min(len(original), len(other)) - same[0])
    start, stop, new = same[0], len(original) - same[1], other[same[0] : len(other) - same[1]]
    own = f"{text[:at]} {original}{text[at:]}"
    return changed(own, [(at + 1 + start, at + 1 + stop, new)])


def _shared(a: str, b: str) -> str:
    """The beginning that two strings share."""
    size = next((at for at, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return a[:size]


def _rare(kind: str) -> Kind:
    rows = [line.split("|") for line in RARE.strip().splitlines()]
    choices = [(original, other) for original, other, what in rows if what == kind]
    return lambda text, chance: put_in(text, chance, *chance.choice(choices))


_COUNTED_BY_ORDINALS = r"(?=\s(?:quarter|half|month|week|day|year|night|round|term|debate|place|time|district|floor)\b)"

KINDS: dict[str, Kind] = {
    "last word": last_word,
    "first word": first_word,
    "figure": figure,
    "N → N,000": thousandfold,
    "x, y → y, z": shifted,
    "scale": _exchange(SCALES, before=r"(?<=\d\s)"),
    "unit": _exchange(UNITS, before=r"(?<=\d\s)"),
    "direction": _exchange(DIRECTIONS),
    "negation": negation,
    "n’t": contracted,
    "negation built in": _exchange(PREFIXED, before=r"(?<![\w-])(?<!more\s)(?<!less\s)"),
    "name": name,
    "name a few letters apart": close_name,
    "place alike": close_place,
    "figures change places": swapped,
    "names change places": swapped_names,
    "ordinal": _exchange(ORDINALS, after=_COUNTED_BY_ORDINALS),
    "modal": _exchange(MODALS, after=r"(?=\s[a-z])(?!\snot)"),
    "quantifier": _exchange(QUANTIFIERS),
    "person": _exchange(PERSONS),
    "currency": currency,
    "weekday": weekday,
    "day": day,
    "month": month,
    "year": year,
    "clock": clock,
    **{kind: _rare(kind) for kind in dict.fromkeys(line.split("|")[2] for line in RARE.strip().splitlines())},
}
ANY_PLACE = frozenset({"figures change places", "names change places"})
"""Kinds that are told where one of their places is."""
BARRED = ("last word", "first word", "N → N,000", "x, y → y, z", "scale", "unit", "direction", "negation", "name")
"""Kinds that have a bar."""
