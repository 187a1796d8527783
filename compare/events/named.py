"""The names of a text, whole: runs of words with capitals inside one clause, the titles before them left aside."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from compare.align.marks.capitals import without_owner
from compare.align.stopwords import is_calendar
from compare.model import Span
from compare.text.language import words as listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from compare.align.prepare import Text

    Flags = NDArray[np.bool_]

Name = tuple[str, ...]
"""Words in lower case, without possessives."""
LONGEST = 5  # words of a name; a longer run is a headline
_TITLE = 0.7  # share of words with capitals from which a sentence is a headline ...
_WORDS = 4  # ... if it has as many
_ABBREVIATED = 5  # letters of a word that a full stop may follow inside a clause: "Sens. Joe"
_HYPHENS = frozenset({"-", "\u2010", "\u2011"})
_BLANKS = _HYPHENS | {" ", "\u00a0"}
_ASCII = 0x7F
_GLUED = frozenset("@#/\\_=&<>:")  # beside a word of a handle, an address or markup


@dataclass(frozen=True, slots=True)
class Names:
    """Where each name of a text stands, and which ends of names there are."""

    whole: Mapping[Name, Sequence[Span]]
    """Tokens."""
    ends: Mapping[Name, Sequence[Span]]
    """The last words of names, whole ones among them: both "Tim Walz" and "Walz" of "Tim Walz"."""
    parts: Mapping[Name, Sequence[Span]]
    """Any words beside each other of names, the ends among them."""
    tokens: frozenset[int]
    """Those with capitals that may be words of names, whatever becomes of them."""
    holders: Mapping[str, frozenset[Name]]
    """The names of several words that hold a word."""


def word(text: Text, token: int) -> str:
    """A token in lower case without a possessive."""
    return without_owner(text.text[int(text.tokens.starts[token]) : int(text.tokens.stops[token])]).lower()


def goes_on(text: Text, token: int) -> bool:
    """Whether the next token stands in the same clause: nothing but a blank or a hyphen is between them."""
    tokens = text.tokens
    if token + 1 >= len(tokens) or text.owner[token] != text.owner[token + 1]:
        return False
    start, stop = int(tokens.starts[token]), int(tokens.stops[token])
    gap = text.text[stop : int(tokens.starts[token + 1])]
    if gap in {". ", "."}:
        return text.text[start].isupper() and stop - start <= _ABBREVIATED
    return gap in _BLANKS and without_owner(text.text[start:stop]) == text.text[start:stop]


def is_free(text: Text, token: int) -> bool:
    """Whether a token is no piece of an address, a handle or markup."""
    start, stop = int(text.tokens.starts[token]), int(text.tokens.stops[token])
    return not _GLUED & {*text.text[max(0, start - 1) : start], *(set(text.text[stop : stop + 1]) - {":"})}


def is_apart(text: Text, run: Span) -> bool:
    """Whether no hyphen glues more words to a run: not "old Palestinian" of "17-year-old Palestinian"."""
    start, stop = int(text.tokens.starts[run.start]), int(text.tokens.stops[run.stop - 1])
    return not _HYPHENS & {text.text[max(0, start - 1) : start], text.text[stop : stop + 1]}


def is_abbreviated(text: Text, run: Span) -> bool:
    """Whether it is a short word with a full stop behind it, such as "Calif."."""
    stop = int(text.tokens.stops[run.stop - 1])
    return stop - int(text.tokens.starts[run.start]) <= _ABBREVIATED and text.text[stop : stop + 1] == "."


def free(text: Text) -> Flags:
    """Which tokens are no piece of an address, a handle or markup, as `is_free` says of one: bool[tokens]. Linear."""
    signs = np.frombuffer(f" {text.text} ".encode("utf-32-le", "surrogatepass"), "<u4")
    before, after = signs[text.tokens.starts], signs[text.tokens.stops + 1]
    glued = _glued()
    return np.asarray(~(glued[np.minimum(before, _ASCII)] | (glued[np.minimum(after, _ASCII)] & (after != ord(":")))))


@cache
def _glued() -> Flags:
    """Which ASCII signs are glue; the last place stands for all other signs."""
    return np.array([chr(sign) in _GLUED for sign in range(_ASCII)] + [False])


def names(text: Text, capital: Flags, usable: Flags, known: Flags) -> Names:
    """The names among usable tokens; `known` flags words that have capitals inside sentences too. Linear."""
    whole: dict[Name, list[Span]] = defaultdict(list)
    ends: dict[Name, list[Span]] = defaultdict(list)
    holders: dict[str, set[Name]] = defaultdict(set)
    parts: dict[Name, list[Span]] = defaultdict(list)
    flags = _candidates(text, capital, known)
    for run in _runs(text, flags, usable):
        start, name = _behind_titles(run, tuple(word(text, token) for token in range(*run)))
        if not text.content[start : run.stop].any():
            continue
        whole[name].append(Span(start, run.stop))
        for place in range(len(name)):
            ends[name[place:]].append(Span(start + place, run.stop))
            for stop in range(place + 1, len(name) + 1):
                parts[name[place:stop]].append(Span(start + place, start + stop))
            if len(name) > 1:
                holders[name[place]].add(name)
    tokens = frozenset(np.flatnonzero(flags).tolist())
    return Names(whole, ends, parts, tokens, {key: frozenset(group) for key, group in holders.items()})


def _candidates(text: Text, capital: Flags, known: Flags) -> Flags:
    """Which tokens may be words of names: with a capital, no dates, in no headline."""
    flags = capital & ~is_calendar(text.tokens.hashes)
    firsts = text.bounds[:-1]
    flags[firsts] &= known[firsts]
    told = np.bincount(text.owner, text.content, len(firsts)) if len(firsts) else np.zeros(0)
    capped = np.bincount(text.owner, capital & text.content, len(firsts)) if len(firsts) else told
    headline = (capped >= _TITLE * told) & (told >= _WORDS)
    return np.asarray(flags & ~headline[text.owner], bool)


def _runs(text: Text, flags: Flags, usable: Flags) -> Iterator[Span]:
    """Runs of flagged tokens that go on, all of them usable, none glued to others, and not too long."""
    places, fit = np.flatnonzero(flags).tolist(), usable.tolist()
    start = 0
    for place in range(1, len(places) + 1):
        if place < len(places) and places[place] == places[place - 1] + 1 and goes_on(text, places[place - 1]):
            continue
        run = Span(places[start], places[place - 1] + 1)
        start = place
        if run.stop - run.start <= LONGEST and all(fit[run.start : run.stop]) and is_apart(text, run):
            yield run


def _behind_titles(run: Span, words: Name) -> tuple[int, Name]:
    """The first token of a name that is no title, and the words from there on."""
    titles = listed("names", "titles")
    behind = next((place for place, one in enumerate(words) if one not in titles), len(words))
    return run.start + behind, words[behind:]
