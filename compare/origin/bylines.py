"""Who wrote a text, in a line above it: "By Ana Roth and Leo Quist, Staff Writers", "ANA ROTH, Reuters"."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from compare.origin.agencies import alone, mentions, parted
from compare.origin.tables import is_weekday, listed_words, month, pattern

if TYPE_CHECKING:
    from compare.model import Source
    from compare.origin.tables import Finder

LONGEST = 200
"""Characters of a line that may be a byline."""
_MOST_WORDS, _MOST_NAMES = 5, 8
_SEPARATOR = re.compile(r"[ \t\u00a0]+[|·•–—/-]{1,2}[ \t\u00a0]+|[|·•\t]|[ \u00a0]{3,}")
_MAIL = re.compile(r"[(<\[]?\S{1,60}@\S{1,60}[)>\]]?|@\w{1,30}|\bhttps?:\S{1,120}")
_WORD = re.compile(r"[^\W\d_][\w’'.·-]{0,30}")
_BRACKETS = re.compile(r"[ \t]*[(\[]([^()\[\]]{2,60})[)\]][ \t]*$")
_SMALL = 0x2C00  # scripts from here on, and some before, know no capitals


class Byline(NamedTuple):
    """The names that a line gives, and whom else it names as their paper or agency."""

    names: tuple[str, ...]
    sources: tuple[Source, ...]


NOBODY = Byline((), ())


def segments(line: str) -> list[tuple[int, int]]:
    """The pieces of a line that signs part: "By Ana Roth | Jan. 5, 2020" has two."""
    bounds, at = [], 0
    for sign in _SEPARATOR.finditer(line):
        bounds.append((at, sign.start()))
        at = sign.end()
    bounds.append((at, len(line)))
    return [(start, stop) for start, stop in bounds if line[start:stop].strip()]


def byline(text: str) -> Byline:
    """Who wrote it, if a piece of a line begins with a word such as "By" and says that and nothing else.

    >>> byline("By Ana Roth and Leo Quist, Staff Writers").names, byline("By the numbers").names
    (('Ana Roth', 'Leo Quist'), ())
    >>> [source.name for source in byline("By The Associated Press").sources]
    ['Associated Press']
    """
    lead = _lead().match(text)
    if not lead or len(text) > LONGEST:
        return NOBODY
    return people(text[lead.end() :], is_led=True)


def is_staff(text: str) -> bool:
    """Whether it is a byline that names nobody.

    >>> is_staff("By Staff Writer"), is_staff("By Ana Roth")
    (True, False)
    """
    lead = _lead().match(text)
    if not lead or len(text) > LONGEST:
        return False
    return pattern("staff").fullmatch(text[lead.end() :].lower().strip(" .:"))


def is_handle(text: str) -> bool:
    """Whether it is an address or a handle alone: "@anaroth"."""
    return len(text) <= LONGEST and bool(_MAIL.fullmatch(text))


def desk(text: str) -> tuple[Source, ...]:
    """Whom a line below a byline names as their paper or agency: "Associated Press", "For The Associated Press".

    >>> [source.name for source in desk("For The Associated Press")], desk("For the record")
    (['Associated Press'], ())
    """
    if len(text) > LONGEST:
        return ()
    lead = pattern("aside", "{}[ ]").match(text)
    return alone(text[lead.end() :] if lead else text)


def people(text: str, *, is_led: bool = False) -> Byline:
    """The names of a piece that holds names, roles and sources alone; nobody if it holds anything else.

    Without a word that leads to it ("By"), a name is one of two words or more in capitals.
    """
    text = _MAIL.sub("", text)
    bracket = _BRACKETS.search(text)
    sources = list(alone(bracket[1])) if bracket else []
    if bracket and (sources or _is_role(bracket[1])):
        text = text[: bracket.start()]
    names: list[str] = []
    for piece in _pieces(text.strip(" .:;,–—-*_")):
        if named := alone(piece) or (alone(_without_role(piece, [])) if is_led else ()):
            sources += named
        elif (names or sources) and (_is_role(piece) or _is_place(piece)):
            sources += [mention.source for mention in mentions(piece) if not mention.span.start]
        elif is_name(name := _without_role(piece, sources), is_led=is_led):
            names.append(_plain(name))
        else:
            return NOBODY
    if len(names) > _MOST_NAMES:
        return NOBODY
    return Byline(tuple(names), tuple(dict.fromkeys(sources)))


def _pieces(text: str) -> list[str]:
    return [piece.strip() for piece in parted(text) if piece.strip()]


def _without_role(piece: str, sources: list[Source]) -> str:
    """A name without what follows it: "Ana Roth in Berlin", "Ana Roth Staff Writer", "ANA ROTH Associated Press"."""
    for ends in (pattern("aside", r"[ \t]{0}[ \t]").search(piece, 1), pattern("staff").search(piece, 1)):
        if ends:
            return piece[: ends.start()].strip()
    named = next(mentions(piece), None)
    if named and named.span.start and named.span.stop == len(piece):
        sources.append(named.source)
        return pattern("credit_first", r"[ \t]{0}[ \t]*$").sub("", piece[: named.span.start]).strip()
    return piece


def is_name(text: str, *, is_led: bool = False) -> bool:
    """Whether it can be a person's name: two to five words with capitals, particles aside.

    >>> is_name("Ana van der Roth"), is_name("J.D. Vance"), is_name("The Numbers"), is_name("Monday Morning")
    (True, True, False, False)
    """
    words = text.split()
    if not words or len(words) > _MOST_WORDS or not all(_WORD.fullmatch(word) for word in words):
        return False
    if _has_no_capitals(text):
        return is_led and sum(map(len, words)) <= 30  # noqa: PLR2004  # letters of a name
    if any(word.lower() in listed_words("not_names") or is_weekday(word) for word in words):
        return False
    if month(words[0]) and len(words) == 1:
        return False
    capitals = [word for word in words if _is_capital(word)]
    small = [word for word in words if not _is_capital(word)]
    least = 2 if any(not word.endswith(".") or len(words) > 1 for word in words) else 3
    return len(capitals) >= least and all(_is_particle(word) for word in small) and words[-1] in capitals


def _is_particle(word: str) -> bool:
    return word.lower() in listed_words("name_parts")


def _is_capital(word: str) -> bool:
    """Whether it begins with a capital, behind an article too: "al-Masri", "d'Arc"."""
    return word[0].isupper() or any(part[:1].isupper() for part in re.split(r"[-'’]", word)[1:2])


@cache
def _lead() -> Finder:
    return pattern("by", r"[ \t*_(\[—–-]{{0,4}}(?:{0})[ \t\u00a0]{{0,3}}[:：]?[ \t\u00a0]{{0,3}}")


def leads(text: str) -> bool:
    """Whether it is a word such as "By" and nothing else: the names stand on the next line."""
    lead = _lead().match(text)
    return lead is not None and not text[lead.end() :].strip(" :")


def _is_role(text: str) -> bool:
    """Whether it says what somebody is, or where they write: "Staff Writer", "in Berlin", "CNN Politics"."""
    words = text.split()
    if len(words) > 6:  # noqa: PLR2004  # words of a role
        return False
    return bool(pattern("staff").search(text)) or bool(alone(" ".join(words[:2])) or alone(words[0]))


def _is_place(text: str) -> bool:
    """Whether a piece behind a name can be where it was written: one word with a capital."""
    return " " not in text and text[:1].isupper() and bool(_WORD.fullmatch(text))


def _plain(name: str) -> str:
    """A name as it is told: in capitals throughout, it is written with small letters."""
    bare = " ".join(name.split())
    return " ".join(map(_small, bare.split())) if bare.isupper() and len(bare) > 4 else bare  # noqa: PLR2004  # "A. B."


def _small(word: str) -> str:
    return word if len(word.rstrip(".")) <= 2 else "-".join(part.capitalize() for part in word.split("-"))  # noqa: PLR2004


def _has_no_capitals(text: str) -> bool:
    """Whether its script knows none."""
    return text.upper() == text.lower()
