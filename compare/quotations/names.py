"""Which words of a text are the name of a person, and whether two names may be one person's.

Plain are two words in capitals and more, behind titles or not. A lone word is a name only where the text introduces it
elsewhere, with a first name or a title. In doubt it is none: organisations, places and days are listed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import combining, normalize

from compare.model import Span
from compare.quotations.phrases import (
    head_of,
    is_of_two,
    is_owner,
    known_as,
    last_clause,
    last_run,
    without_auxiliaries,
)
from compare.text.spelling import Likeness, alike

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compare.quotations.phrases import Phrase, Word

_LONGEST = 4  # words of a name, particles left out
_ALIKE = 80.0  # RapidFuzz's ratio from which two words may be one name in two forms
_CONSONANTS = 3  # of a word, that say enough
_VOWELS, _TWICE = re.compile("[aeiouyjwh]"), re.compile(r"(.)\1")
_REACH = 24  # code points before a word in which the word before it is looked for
_STOPS = frozenset(".,;:!?\n")


class Names:
    """The names of persons in a text. What is said of a lone word is looked up once.

    Taken loosely, a lone word with a capital may be one where the text introduces it nowhere.
    """

    def __init__(self, text: str, *, loosely: bool = False) -> None:
        self._text = text
        self._loosely = loosely
        self._introduced: dict[str, bool] = {}

    def person(self, segments: Sequence[Sequence[Word]]) -> Span | None:
        """The name in a phrase for a person, or None."""
        if not segments or not segments[0]:
            return None
        head = head_of(segments[0])
        if not head or any(word.lower in known_as("pronouns") for word in head) or is_of_two(segments[0], head):
            return None
        before, run = last_run(head)
        named = self._plain(before, run) if run else None
        is_role = not run or any(word.lower in known_as("roles") for word in run)
        return named or (self._apposed(segments) if is_role else None)

    def subject(self, before: Sequence[Phrase]) -> Span | None:
        """The person who is the subject of a verb at the end of a phrase; nobody where the verb is passive."""
        if not before or before[-1][-1].lower in known_as("passive"):
            return None
        clause = last_clause(without_auxiliaries(before))
        if clause and all(word.is_capital or word.lower in known_as("particles") for word in clause[-1]):
            return self.person(clause[-1:]) or self.person(clause)
        return self.person(clause)

    def _apposed(self, segments: Sequence[Sequence[Word]]) -> Span | None:
        """The name that stands alone after a role: the mayor of Paris, Ilse Marten."""
        if len(segments) == 1 or not segments[1]:
            return None
        before, run = last_run(head_of(segments[1]))
        return None if before else self._plain(before, run)

    def _plain(self, before: Sequence[Word], run: Sequence[Word]) -> Span | None:
        """Where a name stands in capitalised words, without the titles before it, if it is a person's."""
        roles = [place for place, word in enumerate(run) if word.lower in known_as("roles") or is_owner(word)]
        name = list(run[roles[-1] + 1 :]) if roles else list(run)
        titled = bool(roles) or bool(before and before[-1].lower in known_as("roles"))
        if not roles and before and before[-1].lower in known_as("articles"):
            return None
        while name and not name[0].is_capital:
            name, titled = name[1:], False
        if not _may_name(name) or (len(name) == 1 and not titled and not self._is_introduced(name[0].text)):
            return None
        return Span(name[0].start, name[-1].stop)

    def _is_introduced(self, name: str) -> bool:
        """Whether a lone word stands elsewhere behind a first name or a title, and nowhere behind an article."""
        if name not in self._introduced:
            taken = self._loosely and not _is_written(self._text, name.lower())
            self._introduced[name] = taken or self._looked_up(name)
        return self._introduced[name]

    def _looked_up(self, name: str) -> bool:
        introduced = False
        at = self._text.find(name)
        while at >= 0:
            end = at + len(name)
            if not self._text[end : end + 1].isalnum():
                before = self._word_before(at)
                if before.lower() in known_as("articles") and self._text[end : end + 1] in _STOPS:
                    return False
                introduced = introduced or self._is_first_name(before)
            at = self._text.find(name, end)
        return introduced

    def _word_before(self, at: int) -> str:
        before = self._text[max(0, at - _REACH) : at]
        if not before.endswith((" ", "\u00a0", "-")):
            return ""
        return before[:-1].rpartition(" ")[2].rpartition("\n")[2].lstrip("\"“„«‘'([")

    def _is_first_name(self, word: str) -> bool:
        lower = word.rstrip(".").lower()
        if lower in known_as("roles") or (lower in known_as("first_names") and word[0].isupper()):
            return True
        plain = word[:1].isupper() and word.replace("-", "").replace(".", "").isalpha() and len(lower) > 1
        listed = lower in known_as("links") or lower in known_as("articles") or lower in known_as("organisations")
        return plain and not listed and not _is_written(self._text, lower)


def _is_written(text: str, lower: str) -> bool:
    """Whether a word stands in lower case, so that a capital says nothing of it."""
    return f" {lower} " in text


def _may_name(name: Sequence[Word]) -> bool:
    """Whether the words may be a person's name: not too many, no organisation, no day, no acronym."""
    names = [word for word in name if word.lower not in known_as("particles")]
    if not 0 < len(names) <= _LONGEST or not name[-1].is_capital:
        return False
    no_names = (known_as("organisations"), known_as("nobody"), known_as("pronouns"), known_as("roles"))
    if any(word.lower in table for word in names for table in no_names):
        return False
    return not any(_is_acronym(word.text) for word in names) and len(names[-1].lower) > 1


def _is_acronym(word: str) -> bool:
    return len(word) > 2 and word.isupper() and "." not in word  # noqa: PLR2004


# --- two names ------------------------------------------------------------------------------------------------------


def same_person(first: str, second: str) -> bool:
    """Whether two names may be one person's: by their last words, or by one word that is all of a name.

    Spellings and transliterations are one.

    >>> same_person("Ilse Marten", "Marten"), same_person("Ilse Marten", "Ilse Brandt")
    (True, False)
    """
    a, b = _bare(first), _bare(second)
    if not a or not b:
        return True
    if len(a) == 1 or len(b) == 1:
        return any(_alike(x, y) for x in a for y in b)
    return _alike(a[-1], b[-1]) or bool(_alike(a[0], b[0]) and {*a[1:]} & {*b[1:]})


def _bare(name: str) -> list[str]:
    """The words of a name in lower case, without titles and particles."""
    plain = "".join(sign for sign in normalize("NFKD", name) if not combining(sign))
    parts = [word.strip(".").casefold() for word in re.split(r"[\s-]+", plain)]
    left_out = known_as("roles") | known_as("particles") | known_as("suffixes")
    return [word for word in parts if word and word not in left_out]


def _alike(first: str, second: str) -> bool:
    from rapidfuzz.fuzz import ratio  # noqa: PLC0415  # not every command aligns

    if alike(first, second) is not Likeness.OTHER or float(ratio(first, second)) >= _ALIKE:
        return True
    consonants = _consonants(first)
    return len(consonants) >= _CONSONANTS and consonants == _consonants(second)


def _consonants(word: str) -> str:
    """What two ways to write a foreign name have in common: Rashid, Rasheed."""
    return _TWICE.sub(r"\1", _VOWELS.sub("", word))
