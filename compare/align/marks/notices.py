"""Lines that are boilerplate wherever they stand: rights lines, bylines, credits, links, plugs for a newsletter.

The words are those of `data/notices.toml`, in English, German, French, Spanish, Russian, Chinese, Arabic and Hindi;
what makes a notice is the form of its line (`furniture.py`). A line counts as a whole or not at all, and only a short
one: news *about* rights or newsletters is news, and a rights line in the middle of a paragraph does not part it.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from compare.align.marks.furniture import (
    any_of,
    author_of,
    boxes,
    is_author,
    is_credit,
    is_furniture,
    is_gallery,
    is_news,
    is_of_names,
    may_hold,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from numpy.typing import NDArray

    from compare.align.prepare import Text

LONGEST = 40  # tokens of a sentence that can be a notice
_SIGNS = "©([*•–—>«“\"'# \t|"  # what may stand before the first word of a notice
_ENDS = "*_ \t\r.!?:)]\"”»“'’—–-|…।。"  # what may stand after its last word
_OPENS = "©(["  # what of it is part of the notice
_QUOTES = re.compile(r"[“”„«»\"「」『』]")
_HEAD = 12  # words of a line that begins with the sign of copyright and a year, in any case
_NAMES = 8  # words of the names in a byline ...
_REST = re.compile(r"[\w ]{0,40}")  # ... and what may follow them
_DATED = re.compile(r"(?:©|\(c\)|copyright)\W{0,4}(?:©|\(c\))?\W{0,2}(?:19|20)\d\d\b|©", re.IGNORECASE)


class _Line(NamedTuple):
    """Sentences that have a line to themselves, or several lines that are one."""

    first: int
    last: int
    """Their numbers."""
    start: int
    stop: int
    """The characters from the line's first sign to its last."""


def notices(text: Text) -> NDArray[np.bool_]:
    r"""Which tokens stand in a notice: bool[tokens]. Linear.

    >>> from compare.align.prepare import prepare
    >>> notices(prepare("It rained.\n\n© 2024 Eastshore News. All rights reserved.")).tolist()
    [False, False, True, True, True, True, True, True]
    """
    flags = np.zeros(len(text.tokens), bool)
    hints = frozenset(key for key in ("rights", "helped", "gallery") if may_hold(text.text, key))
    ending = True
    for line in reversed(list(_lines(text))):
        tokens = slice(int(text.bounds[line.first]), int(text.bounds[line.last + 1]))
        if tokens.stop - tokens.start > 2 * LONGEST:
            is_one = "gallery" in hints and is_gallery(text.text[line.start : line.stop])
        else:
            is_one = _is_notice(text, line, hints) or (ending and _is_bio(text, line))
        flags[tokens] = is_one
        ending = ending and is_one
    for start, stop in boxes(text.text):
        flags[np.searchsorted(text.tokens.starts, start) : np.searchsorted(text.tokens.starts, stop)] = True
    return flags


def _lines(text: Text) -> Iterator[_Line]:
    """The sentences by their lines: a new one begins where a line's end parts two of them."""
    first = 0
    for place in range(1, len(text.sentences) + 1):
        before = text.sentences[place - 1].stop
        if place < len(text.sentences) and "\n" not in text.text[before : text.sentences[place].start]:
            continue
        start = text.text.rfind("\n", 0, text.sentences[first].start) + 1
        end = text.text.find("\n", before)
        yield _Line(first, place - 1, start, end if end >= 0 else len(text.text))
        first = place


def _is_notice(text: Text, line: _Line, hints: AbstractSet[str]) -> bool:
    """Whether a line is furniture as a whole, or all its sentences are notices."""
    whole = text.text[line.start : line.stop].strip(_SIGNS + "\r]_}")
    if is_furniture(whole) or _is_byline(whole.rstrip(_ENDS)) or ("helped" in hints and is_credit(whole)):
        return True
    spans, bounds = text.sentences[line.first : line.last + 1], text.bounds[line.first : line.last + 2].tolist()
    is_long = max(stop - start for start, stop in pairwise(bounds)) > LONGEST
    if is_long or not _is_alone(text.text, line, spans[0].start):
        return False
    sentences = [_sentence(text.text, span.start, span.stop) for span in spans]
    may_be_rights = "rights" in hints
    return _says_notice(sentences[0], may_be_rights=may_be_rights) and all(
        _says_notice(sentence, may_be_rights=may_be_rights)
        or any_of("further", after="").match(sentence)
        or is_of_names(sentence)
        for sentence in sentences[1:]
    )


def _is_bio(text: Text, line: _Line) -> bool:
    """Whether a line says who the author is, and what it goes on to say is about the author, too."""
    first, *further = (_sentence(text.text, *span) for span in text.sentences[line.first : line.last + 1])
    if not is_author(first):
        return False
    name = author_of(first)
    return all(
        any_of("bio", "further", after="").match(sentence)
        or name in sentence
        or _says_notice(sentence, may_be_rights=False)
        for sentence in further
    )


def _is_alone(text: str, line: _Line, start: int) -> bool:
    """Whether nothing but signs stands before the first sentence of a line."""
    return not text[line.start : start].strip(_SIGNS)


def _sentence(text: str, start: int, stop: int) -> str:
    """A sentence with the sign of copyright or the bracket that it begins with, and the sign that it ends with."""
    begin = start
    while begin and text[begin - 1] in _OPENS + " " and start - begin < 4:  # noqa: PLR2004  # signs yield no tokens
        begin -= 1
    return text[begin : stop + 1].strip()


def _says_notice(sentence: str, *, may_be_rights: bool) -> bool:
    """Whether a sentence of its own line is a rights line, a plug or a line of credits."""
    bare = sentence.lstrip(_OPENS[1:])
    if any_of("plugs", "credits", after="").match(bare):
        return not (_QUOTES.search(sentence) and is_news(sentence))
    return (may_be_rights and _is_rights(sentence)) or (
        bool(any_of("bans", after="").match(bare)) and not is_news(sentence)
    )


def _is_rights(sentence: str) -> bool:
    """Whether it says whose the rights are, and nothing more: a formula among names and years."""
    formula = any_of("rights", after="")
    if not may_hold(sentence, "rights") or not formula.search(sentence):
        return False
    if _DATED.match(sentence) and len(sentence.split()) <= _HEAD:
        return not is_news(sentence)
    return is_of_names(formula.sub(" ", sentence), LONGEST)


def _is_byline(line: str) -> bool:
    if any_of("staff", after=r"\Z").match(line):
        return True
    begun = any_of("by", after=r"\s?[:：]?\s").match(line)
    if begun is None or not line[0].isupper():
        return False
    names, _, rest = line[begun.end() :].partition(",")
    words = names.split()
    whole = 1 < len(words) <= _NAMES and not words[-1][0].islower() and is_of_names(names)
    return whole and _REST.fullmatch(rest) is not None
