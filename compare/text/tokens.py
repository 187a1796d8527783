"""Text to folded tokens, with their spans in the unaltered text."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import category

import numpy as np

from compare import kernels
from compare.model import Document, Meant, Span, Tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray


FILLER = "\u2060"
"""Stands in the middle of a word for what is not read of it: tokens leave it out without a trace."""
TRACE = "\u20e0"
"""A mark that tokens leave out and identity sees: a text that was mended is not the same as one that was whole."""
_FILLERS = re.compile(FILLER + "+")
_VISIBLE = re.compile(r"[^\r\n\u2028\u2029]")
_REACH = 64
"""Code points beside a run of fillers in which the word is looked for."""
_LATIN = 0x250
"""Below it stand the letters of Latin scripts."""
_JOINERS = "'’.,٫٬"
"""Signs that a word or a figure may go on across."""


def readable(text: str, muted: Sequence[Span] = (), meant: Sequence[Meant] = ()) -> str:
    """The text as it is read: same length, same positions. Line breaks stay.

    A muted span is blanked out; in the middle of a word, and without white space in it, it does not part the word.

    >>> readable("# Ferry", [Span(0, 1)])
    '  Ferry'
    >>> readable("It cost &pound;5", meant=[Meant(8, 15, "£")])
    'It cost       £5'
    """
    if not (muted or meant):
        return text
    text = _written(text, ((start, stop, _blank(text[start:stop])) for start, stop in muted))
    text = _written(text, _signs(text, meant))
    parts, at = [], 0
    while (start := text.find(FILLER, at)) >= 0:  # which is several times as fast as a pattern
        run = _FILLERS.match(text, start)
        stop = run.end() if run else start + 1
        parts += [text[at:start], text[start:stop] if _is_inside(text, start, stop) else " " * (stop - start)]
        at = stop
    return "".join([*parts, text[at:]])


def _written(text: str, parts: Iterable[tuple[int, int, str]]) -> str:
    """The text with other characters in some places, as many as stood there."""
    written, at = [], 0
    for start, stop, characters in sorted(parts):
        begin = max(start, at)
        written += [text[at:begin], characters[begin - start :]]
        at = max(at, stop)
    return "".join([*written, text[at:]])


def _blank(part: str) -> str:
    return _VISIBLE.sub(" ", part) if part.isspace() or len(part.split()) > 1 else _VISIBLE.sub(FILLER, part)


def _signs(text: str, meant: Sequence[Meant]) -> Iterator[tuple[int, int, str]]:
    """What is read in each span, as long as the span, so that a word holds the whole of each: of `&Uuml;ber`, too."""
    last = Meant(0, 0, "")
    for sign in meant:
        start, stop, read = sign
        before = last.text[-1:] if last.stop == start and last.text else text[max(0, start - 1) : start]
        last = sign
        if read.isspace():
            yield start, stop, " " * (stop - start)
        elif _is_of_word(before if _is_of_word(read.removeprefix(TRACE)[:1]) else text[stop : stop + 1]):
            yield start, stop, read.rjust(stop - start, FILLER)
        else:
            yield start, stop, read.ljust(stop - start, FILLER)


def _is_inside(text: str, start: int, stop: int) -> bool:
    """Whether a word goes on across a run of fillers."""
    before = text[max(0, start - _REACH) : start].replace(FILLER, "")
    after = text[stop : stop + _REACH].replace(FILLER, "")
    return _joins(before[::-1]) and _joins(after)


def _joins(beside: str) -> bool:
    """Whether a word's character comes next, perhaps after a sign that may stand in a word."""
    return _is_of_word(beside[:1]) or (beside[:1] in _JOINERS and _is_of_word(beside[1:2]))


def _is_of_word(char: str) -> bool:
    """Whether it is a letter, a figure, or a mark on one."""
    return char.isalnum() or (char > "\u02ff" and category(char).startswith("M"))


def tokenize(text: str, muted: Sequence[Span] = (), meant: Sequence[Meant] = ()) -> Tokens:
    """The tokens of a text as columns: folded 64-bit hashes and spans in code points of the unaltered text. Linear.

    Words that differ in accents, vowel signs, or in forms of a letter have equal hashes and unequal strict ones.

    >>> tokens = tokenize("A mutual-defence pact")
    >>> [(int(a), int(b)) for a, b in zip(tokens.starts, tokens.stops)]
    [(0, 1), (2, 8), (9, 16), (17, 21)]
    >>> [len(set(column.tolist())) for tokens in [tokenize("vé vẽ ve")] for column in (tokens.hashes, tokens.strict)]
    [1, 3]
    """
    scanned = kernels.tokens(readable(text, muted, meant))
    return Tokens(scanned.hashes, scanned.starts, scanned.stops, scanned.strict)


def vocabulary(words: Iterable[str]) -> NDArray[np.uint64]:
    """The folded hashes of words, each read alone, sorted: beside other languages' words it may be read otherwise.

    >>> len(vocabulary(["no", "но", "No"]))
    2
    """
    hashes = [kernels.tokens(word).hashes for word in words]
    return np.unique(np.concatenate([np.empty(0, np.uint64), *hashes]))


def signs_that(holds: Callable[[str], bool], text: str, places: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Of which places in a text the sign has a property: bool[n].

    >>> signs_that(str.isupper, "Ann saw Bob", np.array([0, 4, 8])).tolist()
    [True, False, True]
    """
    signs = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")[places]
    if signs.max(initial=0) < _LATIN:
        return np.asarray(_latin(holds)[signs])
    distinct, at = np.unique(signs, return_inverse=True)
    return np.array([holds(chr(sign)) for sign in distinct.tolist()], bool)[at]


@cache
def _latin(holds: Callable[[str], bool]) -> NDArray[np.bool_]:
    """Which of the signs that most texts begin their words with have a property."""
    return np.array([holds(chr(sign)) for sign in range(_LATIN)], bool)


class Disguised(NamedTuple):
    """How much of a text was read otherwise than it is written."""

    words: int
    """Words in letters that look like Latin ones."""
    letters: int
    """Letters that blanks part from those before them, inside words."""


def disguised(document: Document) -> Disguised:
    """What a document hides its words by. Linear."""
    scanned = kernels.tokens(body(document))
    return Disguised(scanned.alike, scanned.spaced)


def folded(text: str, muted: Sequence[Span] = ()) -> list[str]:
    """The folded tokens as words, for what needs to read them (numbers, negations). Slower than `tokenize`; linear.

    >>> folded("«Der Fluß»")
    ['der', 'fluss']
    """
    from compare.kernels import reference  # noqa: PLC0415  # the words are asked for rarely, and only here

    return reference.tokens(readable(text, muted)).words


def clean(words: str) -> str:
    """Words of a text as it is read, without what stands in them for what is not read."""
    return words.replace(FILLER, "").replace(TRACE, "")


def whole(span: Span, meant: Sequence[Meant]) -> Span:
    """A span with the whole of what is read otherwise at its ends.

    >>> whole(Span(6, 8), [Meant(0, 7, "£")])
    Span(start=0, stop=8)
    """
    start, stop = span
    before = bisect_left(meant, start, key=itemgetter(0)) - 1
    if before >= 0 and meant[before].start < start < meant[before].stop:
        start = meant[before].start
    last = bisect_left(meant, stop, key=itemgetter(0)) - 1
    return Span(start, max(stop, meant[last].stop) if last >= 0 and stop > span.start else stop)


def tokens_of(document: Document) -> Tokens:
    """The tokens of a document."""
    return tokenize(document.text, document.muted, document.meant)


def body(document: Document) -> str:
    """A document's text as it is read."""
    return readable(document.text, document.muted, document.meant)
