"""Lines to paragraphs: which lines go on in the next one, over columns and pages too."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from compare.documents.lines import SOFT_HYPHEN
from compare.documents.paragraphs import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from compare.documents.lines import Line, Page

_SIZES = 0.1
"""Share by which letters of one paragraph differ in height."""
_LEADING = 1.3
"""Times the usual distance of lines, from which a new paragraph begins."""
_INDENT = 0.6
"""Heights of letters by which a line is set in."""
_SMALLER = 0.95
"""Share of the usual height that the letters of footnotes have at most."""
_LOW = 0.5
"""Share of a page's height below which its footnotes stand."""
_LEVEL = 0.3
_PARTED = 0.03
"""Share of the lines that end with a hyphen, from which these are put there to part words: a word's own are fewer."""
_ENDS = re.compile(r"[.!?:…。！？][\"'”’»)\]]{0,2}$")
_ITEM = re.compile(r"(?:[•◦▪–—*·\uf0b7-]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s")
_FIGURE = re.compile(r"\d{1,3}[.)]?\s")
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")


class _Placed(NamedTuple):
    """A line, and the page that it stands on, from 1."""

    page: int
    line: Line


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph."""

    text: str
    places: tuple[tuple[int, int], ...]
    """Each page that it stands on, and from where in its text."""
    size: float
    is_note: bool = False


@dataclass(frozen=True, slots=True)
class _Look:
    """What the pages look like as a whole."""

    leading: float
    """The usual distance of two lines, in heights of letters."""
    size: float
    """The usual height of letters."""
    words: AbstractSet[str] = field(default_factory=frozenset)
    """All words that stand within a line, in small letters."""
    parts_words: bool = False
    """Whether hyphens at the ends of lines are those of whoever set the lines, and not of the words."""


def unwrapped(pages: Sequence[Page]) -> list[Block]:
    """The paragraphs of all pages in order."""
    if not any(page.lines for page in pages):
        return []
    look = _look(pages)
    body, notes = list[_Placed](), list[_Placed]()
    for number, page in enumerate(pages, 1):
        below = _notes_begin(page, look)
        for line in page.lines:
            (notes if line.base <= below else body).append(_Placed(number, line))
    blocks = [_joined(group, look) for group in _groups(body, look)]
    return blocks + [replace(_joined(group, look), is_note=True) for group in _groups(notes, look)]


def _notes_begin(page: Page, look: _Look) -> float:
    """How high above its lower edge the footnotes of a page begin; 0 without any."""
    low = [line for line in page.lines if line.base < _LOW * page.height]
    starts = [line for line in low if _is_note(line, look)]
    for start in sorted(starts, key=lambda line: -line.base):
        if all(_is_same_size(line, start) for line in low if line.base < start.base):
            return start.base
    return 0.0


def _is_note(line: Line, look: _Look) -> bool:
    """Whether it begins with a raised figure, or in small letters with a figure."""
    return line.marked or (line.size <= _SMALLER * look.size and bool(_FIGURE.match(line.text)))


def _look(pages: Sequence[Page]) -> _Look:
    sizes, steps, words = Counter[float](), list[float](), set[str]()
    lines = [line for page in pages for line in page.lines]
    hyphens = sum(line.hyphen for line in lines)
    for page in pages:
        for line, following in zip(page.lines, page.lines[1:], strict=False):
            step = (line.base - following.base) / max(line.size, following.size)
            if 0 < step < 3 and _is_same_size(line, following):  # noqa: PLR2004  # no line of a paragraph is so far off
                steps.append(step)
        for line in page.lines:
            sizes[round(line.size, 1)] += len(line.text)
            inside = line.text[: line.text.rfind(" ")] if line.hyphen else line.text
            words.update(word.lower() for word in _WORD.findall(inside))
    return _Look(
        median(steps) if steps else 1.2,
        sizes.most_common(1)[0][0],
        frozenset(words),
        hyphens > max(1, _PARTED * len(lines)),
    )


def _is_same_size(a: Line, b: Line) -> bool:
    return abs(a.size - b.size) <= _SIZES * max(a.size, b.size)


# --- which lines belong together -----------------------------------------------------------------------------------


def _groups(placed: Sequence[_Placed], look: _Look) -> Iterator[list[_Placed]]:
    group: list[_Placed] = []
    if not placed:
        return
    for number, one in enumerate(placed):
        following = placed[number + 1].line if number + 1 < len(placed) else None
        if group and not _goes_on(group, one, following, look):
            yield group
            group = []
        group.append(one)
    yield group


def _goes_on(group: Sequence[_Placed], one: _Placed, following: Line | None, look: _Look) -> bool:
    """Whether a line belongs to the paragraph of the lines before it."""
    last, line = group[-1], one.line
    if not _is_same_size(last.line, line) or line.marked or (_ITEM.match(line.text) and not last.line.hyphen):
        return False
    step = (last.line.base - line.base) / line.size
    if one.page != last.page or step < -_LEVEL:
        return not _ENDS.search(last.line.text) and (last.line.hyphen or not _is_short(group, line, following))
    if step < _LEVEL:
        return False  # beside it: a cell of a table
    return step <= _LEADING * look.leading and not _is_set_in(group, line) and not _is_short(group, line, following)


def _is_set_in(group: Sequence[_Placed], line: Line) -> bool:
    """Whether it begins further to the right than the lines before it, or to the left of several of them."""
    last = group[-1].line
    if len(group) == 1:
        is_item = bool(_ITEM.match(last.text))
        return line.left > last.left + _INDENT * line.size and not is_item and not _is_middle(last, line)
    return abs(line.left - last.left) > _INDENT * line.size and not _is_middle(last, line)


def _is_middle(a: Line, b: Line) -> bool:
    """Whether both stand around one middle, as lines of a headline do."""
    return abs((a.left + a.right) - (b.left + b.right)) < a.size


def _is_short(group: Sequence[_Placed], line: Line, following: Line | None) -> bool:
    """Whether the line before it ended although the next word had room: so it was meant to end."""
    last = group[-1].line
    if last.hyphen:
        return False
    lines = [one.line for one in group[-4:]] + [line] + ([following] if following else [])
    same = [one for one in lines if abs(one.left - line.left) < 4 * line.size and _is_same_size(one, line)]
    reach = max((one.right for one in same), default=line.right)
    letter = (line.right - line.left) / max(1, len(line.text))
    word = line.text.split(" ", 1)[0]
    return last.right + letter * (len(word) + 2) < reach


# --- the text of a paragraph ---------------------------------------------------------------------------------------


def _joined(group: Sequence[_Placed], look: _Look) -> Block:
    """The lines of a paragraph as one."""
    text, places = "", list[tuple[int, int]]()
    for one in group:
        text = _with(text, one.line.text, look) if text else one.line.text
        if not places or places[-1][0] != one.page:
            places.append((one.page, max(0, len(text) - len(one.line.text))))
    size = max(one.line.size for one in group)
    whole = plain(text.replace(SOFT_HYPHEN, "-"))
    cut = len(text) - len(whole)  # a bullet
    return Block(whole, tuple((page, max(0, at - cut)) for page, at in places), size)


def _with(text: str, line: str, look: _Look) -> str:
    r"""A text with one more line; a word that a hyphen parts becomes whole.

    >>> parts, keeps = _Look(1, 1, {"well", "known"}, parts_words=True), _Look(1, 1, {"example"})
    >>> _with("an exam\u00ad", "ple", parts), _with("a well-", "known man", parts), _with("Mr", "Moe", parts)
    ('an example', 'a well-known man', 'Mr Moe')
    >>> _with("a second-", "hand boat", keeps), _with("an exam-", "ple", keeps), _with("in 2019-", "20", keeps)
    ('a second-hand boat', 'an example', 'in 2019-20')
    """
    if not text.endswith((SOFT_HYPHEN, "-", "\u2010")) or not text[-2:-1].isalnum():
        return f"{text} {line}"
    before, after = _ending(text[:-1]), _beginning(line)
    is_whole = bool(before and after) and not after[:1].isupper() and _is_whole(before.lower(), after.lower(), look)
    return text[:-1] + line if is_whole else f"{text[:-1]}-{line}"


def _is_whole(before: str, after: str, look: _Look) -> bool:
    """Whether two parts make one word: it stands so elsewhere, or hyphens part words here and this is no compound."""
    if before + after in look.words:
        return True
    is_compound = f"{before}-{after}" in look.words or (before in look.words and after in look.words)
    return look.parts_words and not is_compound


def _ending(text: str) -> str:
    found = re.search(r"[^\W\d_]+\Z", text)
    return found[0] if found else ""


def _beginning(line: str) -> str:
    found = re.match(r"[^\W\d_]+", line)
    return found[0] if found else ""
