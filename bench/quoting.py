"""One quotation of a copied article changed: its marks gone, a word altered, somebody else named as its speaker."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from articles import Place
from planting import Plant, changed
from planting_words import SURNAMES

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    Quoting = Callable[[str, Random], Plant | None]

LEAST_WORDS = 5
"""Words of a quotation: fewer may be a title or scare quotes."""
_CURLY = re.compile(r"“([^“”\"\n]{20,600})”")
_STRAIGHT = re.compile(r'(?<!\S)"([^“”"\n]{20,600})"(?![\w"])')
_SAID_NAME = re.compile(
    r"[,?!.][”\"]\s(?:(?:said|says|added|wrote)\s(?:[A-Z][a-z]+\.?\s)??(?P<it>[A-Z][a-z]+(?:\s[A-Z]\.)?\s[A-Z][a-z]{2,})(?=[\s,.])(?!\s[A-Z])"
    r"|(?P<short>[A-Z][a-z]{2,})\s(?:said|says|added|wrote)\b)"
)
_FIRST = ("Ilse", "Tove", "Marek", "Desmond", "Farida", "Connor")
_FILLERS = ("never", "gladly", "again", "hardly", "together", "quietly", "perhaps", "tomorrow")
_REPLACED = {
    "people": "voters", "country": "county", "time": "hour", "things": "plans", "world": "region",
    "government": "company", "money": "power", "really": "barely", "great": "small", "good": "bad", "think": "fear",
    "want": "refuse", "know": "doubt", "believe": "deny", "make": "break", "going": "unwilling", "work": "fight",
    "need": "hate", "like": "despise",
    "president": "senator", "every": "hardly any", "important": "dangerous", "right": "wrong", "today": "last year",
}  # fmt: skip
"""What somebody might put into another's mouth."""


def quotations(text: str) -> list[Place]:
    """The words inside double quotation marks, of at least five words, where the marks of the paragraph pair up.

    >>> text = 'She said: “It will never open again, I fear.” He "left".'
    >>> [text[a:b] for a, b in quotations(text)]
    ['It will never open again, I fear.']
    """
    pairs = [Place(*found.span(1)) for found in _CURLY.finditer(text)]
    for paragraph in re.finditer(r"[^\n]+", text):
        if paragraph[0].count('"') % 2 == 0:
            spans = (found.span(1) for found in _STRAIGHT.finditer(paragraph[0]))
            pairs += [Place(paragraph.start() + a, paragraph.start() + b) for a, b in spans]
    return sorted(place for place in pairs if _is_speech(text[slice(*place)].split()))


def _is_speech(words: list[str]) -> bool:
    """Whether it is long enough, and no title: most of its words are in lower case."""
    return len(words) >= LEAST_WORDS and 2 * sum(word[0].islower() for word in words) > len(words)


def unquoted(text: str, chance: Random) -> Plant | None:
    """The marks around one quotation are gone. The places are the words inside."""
    places = quotations(text)
    if not places:
        return None
    start, stop = chance.choice(places)
    copy = text[: start - 1] + text[start:stop] + text[stop + 1 :]
    return Plant(text, copy, (Place(start, stop),), (Place(start - 1, stop - 1),))


def altered(text: str, chance: Random) -> Plant | None:
    """One word inside a quotation is replaced, put in or left out."""
    places = quotations(text)
    if not places:
        return None
    place = chance.choice(places)
    words = [(place.start + word.start(), word[0]) for word in re.finditer(r"[A-Za-z]{4,}", text[slice(*place)])]
    if len(words) < LEAST_WORDS:
        return None
    return _reworded(text, words, chance)


def _reworded(text: str, words: list[tuple[int, str]], chance: Random) -> Plant:
    swaps = [(at, word) for at, word in words if word in _REPLACED]
    if swaps and chance.random() < 0.7:  # noqa: PLR2004  # mostly replaced
        at, word = chance.choice(swaps)
        return changed(text, [(at, at + len(word), _REPLACED[word])])
    at, word = chance.choice(words[1:-1])
    if chance.random() < 0.5:  # noqa: PLR2004  # one in two
        return changed(text, [(at, at + len(word) + 1, "")])
    return changed(text, [(at, at, f"{chance.choice(_FILLERS)} ")])


def other_speaker(text: str, chance: Random) -> Plant | None:
    """The name beside one quotation is another's."""
    places = quotations(text)
    ends = {place.stop for place in places}
    sites = [site for site in _SAID_NAME.finditer(text) if site.start() + 1 in ends or site.start() in ends]
    sites = [site for site in sites if (site["it"] or site["short"]) not in {"He", "She", "They", "The"}]
    if not sites:
        return None
    site = chance.choice(sites)
    group = "it" if site["it"] else "short"
    surname = chance.choice(SURNAMES.split())
    return changed(text, [(*site.span(group), f"{chance.choice(_FIRST)} {surname}" if site["it"] else surname)])


def other_marks(text: str, _: Random) -> str:
    """Every double mark of another kind: curly to straight, straight to curly.

    >>> other_marks('“It rose,” he said.', None), other_marks('"It rose," he said.', None)
    ('"It rose," he said.', '“It rose,” he said.')
    """
    if "“" in text:
        return re.sub("[“”]", '"', text)
    text = re.sub(r'(?<![\w.,!?…’])"(?=\S)', "“", text)
    return text.replace('"', "”")


def british_marks(text: str, _: Random) -> str:
    """Single curly marks for double ones."""
    return re.sub("”", "’", re.sub("“", "‘", text if "“" in text else other_marks(text, _)))


def german_marks(text: str, _: Random) -> str:
    """„ “ for double ones."""
    curly = text if "“" in text else other_marks(text, _)
    return curly.replace("“", "„").replace("”", "“")


KINDS: dict[str, Quoting] = {"unquoted": unquoted, "altered": altered, "other speaker": other_speaker}
SAME = {"straight or curly marks": other_marks, "single marks": british_marks, "German marks": german_marks}
"""What is no fault: the same quotations in marks of another kind, all over the article."""
