"""Phrases of a sentence, words between commas: where a verb of speech stands, and where a person can be named.

What is known of a language stands in the table `[speech]` of its file.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from compare.text.language import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compare.model import Span

_PIECE = re.compile(r"(?:[^\W\d_]\.){2,6}|[^\W\d_]\.(?=[^\S\n])|[^\W_][\w’'&-]*|[,;:—–()\[\]]|\n")
_HIDDEN = {"(": ")", "[": "]"}
_POSSESSIVE = re.compile(r"['’]s?\Z")
_OWNER = re.compile(r"\w\w['’]s\Z")
_REST = 8  # words that may stand between the verb and the quotation
_PHRASES = 30  # parts in which a verb is looked for


class Word(NamedTuple):
    """A word of a sentence, where it stands."""

    text: str
    start: int
    stop: int

    @property
    def lower(self) -> str:
        """In lower case, without a possessive and a last point."""
        return _POSSESSIVE.sub("", self.text).rstrip(".").lower()

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[0].isupper()


Phrase = list[Word]
"""Words between two commas."""


@cache
def known_as(key: str) -> frozenset[str]:
    """The words of all languages that a key of `[speech]` holds: `verbs`, `roles`, …."""
    return words("speech", key)


def phrases(text: str, window: Span) -> Iterator[Phrase]:
    """The words of a window in parts between commas, without brackets; parts without words are left out."""
    part: Phrase = []
    closing = ""
    for piece in _PIECE.finditer(text, *window):
        sign = piece[0]
        if closing or not (sign[0].isalnum() or sign in _HIDDEN):
            if not closing and part:
                yield part
                part = []
            closing = "" if sign == closing else closing
        elif sign in _HIDDEN:
            closing = _HIDDEN[sign]
        else:
            part.append(Word(sign, piece.start(), piece.end()))
    if part:
        yield part


def speaks(word: Word) -> bool:
    """Whether it is a verb of speech."""
    return word.text.lower() in known_as("verbs")


def parted(segments: Sequence[Phrase]) -> tuple[list[Phrase], list[Phrase] | None]:
    """What stands before the first verb of speech, and after it; None for what follows where there is none."""
    before: list[Phrase] = []
    for place, part in enumerate(segments[:_PHRASES]):
        for at, word in enumerate(part):
            if speaks(word):
                rest = [part[at + 1 :], *segments[place + 1 :]] if part[at + 1 :] else list(segments[place + 1 :])
                return without_auxiliaries([*before, part[:at]]), rest
        before.append(part)
    return before, None


def parted_last(segments: Sequence[Phrase]) -> tuple[list[Phrase], list[Phrase] | None]:
    """The same for the last verb of speech."""
    for place in range(len(segments) - 1, -1, -1):
        part = segments[place]
        for at in range(len(part) - 1, -1, -1):
            if speaks(part[at]) or part[at].lower in known_as("callers"):
                return filled([*segments[:place], part[:at]]), filled([part[at + 1 :], *segments[place + 1 :]])
    return [*segments], None


def filled(segments: Sequence[Phrase]) -> list[Phrase]:
    """Those that hold words."""
    return [part for part in segments if part]


def without_auxiliaries(segments: Sequence[Phrase]) -> list[Phrase]:
    """Without the auxiliary at either end of the phrase, and without parts that are empty then."""
    while segments and segments[-1] and _helps(segments[-1][-1]):
        segments = [*segments[:-1], segments[-1][:-1]]
    while segments and segments[0] and _helps(segments[0][0]):
        segments = [segments[0][1:], *segments[1:]]
    return [part for part in segments if part]


def _helps(word: Word) -> bool:
    return not word.is_capital and word.lower in known_as("auxiliaries")


def follows(segments: Sequence[Phrase]) -> bool:
    """Whether a phrase begins with “according to”, in two words or one."""
    return any(word.lower in known_as("according") for word in segments[0][:2])


def without_first(segments: Sequence[Phrase]) -> list[Phrase]:
    """What follows “according to”."""
    part = segments[0]
    part = part[1 if part[0].lower in known_as("according") else 2 :]
    part = part[1:] if part and part[0].lower in known_as("links") else part
    return [part, *segments[1:]]


def last_clause(segments: Sequence[Phrase]) -> list[Phrase]:
    """The subject before a verb: after another verb of speech, after an adverbial that opens the sentence."""
    clause: list[Phrase] = []
    for part in segments:
        spoken = [at for at, word in enumerate(part) if speaks(word)]
        clause = filled([part[spoken[-1] + 1 :]]) if spoken else [*clause, part]
    if len(clause) > 1 and all(word.lower in known_as("relatives") for word in clause[-1]):
        return clause[-2:-1]
    if len(clause) > 1 and clause[0][0].lower in known_as("links"):
        return clause[-1:]
    return clause


def leads(rest: Sequence[Sequence[Word]], opening: str) -> bool:
    """Whether what stands between a verb and a quotation leads to it, and nobody else is quoted in between."""
    between = [word for part in rest for word in part]
    if any(word.lower in known_as("others") for word in between):
        return False
    return opening.endswith((":", "：")) or (len(rest) <= 1 and len(between) <= _REST)


def head_of(part: Sequence[Word]) -> Phrase:
    """The words up to the first one that begins something else: of, in, on Monday. “Von der” in a name does not."""
    head: Phrase = []
    for word in _without_times(part):
        if _parts(word, head):
            break
        head.append(word)
    while head and _goes_on(head[-1], head[-2:-1]):
        head.pop()
    return head


def is_of_two(part: Sequence[Word], head: Sequence[Word]) -> bool:
    """Whether another name follows the head of a phrase: Ilse Marten and Bob Rowe."""
    following = _without_times(part)[len(head) :][:2]
    return bool(following) and following[0].lower in known_as("conjunctions") and following[-1].is_capital


def _without_times(part: Sequence[Word]) -> Sequence[Word]:
    """The words behind the day that may stand before them: a dit lundi Ilse Marten."""
    return part[1:] if part and part[0].lower in known_as("times") else part


def _parts(word: Word, head: Sequence[Word]) -> bool:
    """Whether a word ends the head of a phrase."""
    if word.lower not in known_as("links") or (not head and word.lower in known_as("articles")):
        return False
    if word.is_capital and head and head[-1].is_capital and word.lower not in known_as("nobody"):
        return False
    return not (head and _goes_on(word, head[-1:]) and _carries(head[-1]))


def last_run(head: Sequence[Word]) -> tuple[Sequence[Word], Sequence[Word]]:
    """What stands before the capitalised words with which a phrase ends, and these, particles among them."""
    start = len(head)
    while start and (_carries(head[start - 1]) if start < len(head) else head[start - 1].is_capital):
        start -= 1
    return head[:start], head[start:]


def _goes_on(word: Word, before: Sequence[Word]) -> bool:
    """Whether it is a particle that may stand inside a name: von, and der behind it."""
    if word.is_capital:
        return False
    inner = bool(before) and before[-1].lower in known_as("particles") and word.lower in known_as("inner_particles")
    return inner or word.lower in known_as("particles")


def _carries(word: Word) -> bool:
    """Whether a name may go on behind it."""
    return word.is_capital or word.lower in known_as("particles") or word.lower in known_as("inner_particles")


def is_owner(word: Word) -> bool:
    """Whether it is a possessive: CNN's."""
    return bool(_OWNER.search(word.text))
