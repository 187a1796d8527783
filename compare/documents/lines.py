"""Characters of a page to the lines in which they stand: by their places, since a PDF has no lines."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from compare.documents.paragraphs import in_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SOFT_HYPHEN = "\u00ad"
_STEP = 0.5
"""Share of the letters' height by which a line goes up or down within itself: raised figures do so by a third."""
_BACK = 1.0
"""Heights of letters to the left, from which what follows stands in another line or column."""
_GAP = 2.5
"""Heights of letters to the right, from which what follows stands in another column or cell."""
_SMALL = 0.87
_LEAST = 0.1
"""Of the height of letters, which may be any in a PDF."""
_RAISED = 0.1
_MARKS = frozenset("0123456789*†‡§,")


class Char(NamedTuple):
    """A character and where it stands: points from the left and from below; a blank that nothing drew has no height."""

    text: str
    left: float
    right: float
    base: float
    height: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page, or of one column of it."""

    text: str
    left: float
    right: float
    base: float
    """Where its letters stand, from below."""
    size: float
    """The height of most of its letters."""
    marked: bool = False
    """Whether it begins with a raised figure, as a footnote does."""

    @property
    def hyphen(self) -> bool:
        """Whether it ends with a hyphen that parts a word."""
        return self.text.endswith((SOFT_HYPHEN, "-", "\u2010")) and self.text[-2:-1].isalpha()


class Page(NamedTuple):
    """The lines of a page in the order in which they are drawn."""

    lines: tuple[Line, ...]
    height: float


def lines_of(chars: Iterable[Char]) -> Iterator[Line]:
    """The lines that some characters make, without those that hold nothing."""
    open_: list[Char] = []
    last: Char | None = None
    for char in chars:
        if char.height:
            if last and not _goes_on(last, char):
                yield from _line(open_)
                open_ = []
            last = char
        open_.append(char)
    yield from _line(open_)


def _goes_on(last: Char, char: Char) -> bool:
    """Whether a character stands in the line of the one before it."""
    height = max(char.height, last.height)
    gap = char.left - last.right
    return -_BACK * height <= gap <= _GAP * height and abs(last.base - char.base) <= _STEP * height


def _line(chars: list[Char]) -> Iterator[Line]:
    drawn = [char for char in chars if char.height and not char.text.isspace()]
    if not drawn:
        return
    size = Counter(max(round(char.height, 1), _LEAST) for char in drawn).most_common(1)[0][0]
    base = median(char.base for char in drawn)
    raised = [bool(char.height) and _is_raised(char, size, base) for char in chars]
    text = in_lines("".join(char.text for char, is_mark in zip(chars, raised, strict=True) if not is_mark))
    if text:
        first = next(number for number, char in enumerate(chars) if char.height and not char.text.isspace())
        lefts, rights = (char.left for char in drawn), (char.right for char in drawn)
        yield Line(text, min(lefts), max(rights), base, size, marked=raised[first])


def _is_raised(char: Char, size: float, base: float) -> bool:
    """Whether it is the mark of a footnote."""
    return char.text in _MARKS and char.height < _SMALL * size and char.base > base + _RAISED * size
