"""Whether the first line of a text is its title: a line by itself, no sentence of the body, no caption, no label."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compare.origin.agencies import alone
from compare.origin.bylines import is_name
from compare.origin.datelines import dateline
from compare.origin.tables import pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compare.origin.lines import Line

_KICKER = 24  # characters of the name of a section
_OUTLET = 3  # words of an outlet's name; the title before it has more
_LONGEST, _MOST_WORDS = 220, 36
_LONGEST_NOTED = 170  # characters of a title below an address or a date
_LONGEST_ALONE = 110  # characters of a title that nothing but its place shows to be one
_MARKED = re.compile(r"\s\||^\W*\*\*|^\(.*\)$|/[A-Z][\w ]{1,20}\)$")
_WORDS = re.compile(r"[^\W\d_]{2}.{0,80}[^\W\d_]{2}|[\u3400-\u9fff]{4}")
_BODY = 100  # characters of a line from which it is a paragraph rather than a headline
_LEAST = 1.6  # times the title's length that the next line has where no blank line parts them
_SENTENCE_END = re.compile(r"[.。।…][\"”’»)\]]{0,2}$")
_NO_END = re.compile(r"[,;:–—-]$")
_TWO_SENTENCES = re.compile(r"[a-zа-яà-ÿ]{3}[.][\"”’»)]{0,2} (?=[A-ZА-Я“\"])")
_LIST = re.compile(r"(?:[-*•–—]|\d{1,2}[.)]) ")
_HOST = re.compile(r"(?:https?\s?:|www\s?\.|\S+@\S+\.)", re.IGNORECASE)


def is_title(lines: Sequence[Line], at: int, *, is_attested: bool, is_noted: bool = False) -> bool:
    """Whether a line is the title.

    `is_attested`: a byline or date line stands below it, so that it may be a sentence; `is_noted`: one stands above.
    """
    line = lines[at]
    if not _can_be(line) or at + 1 >= len(lines):
        return False
    if is_attested:
        return True
    if len(line.text) > (_LONGEST_NOTED if is_noted else _LONGEST_ALONE) or _is_strange(line.text):
        return False
    is_apart = _stands_apart(line, lines[at + 1]) or (is_noted and not lines[at + 1].text[0].islower())
    return is_apart and any(_is_paragraph(later) for later in lines[at + 1 :])


def is_kicker(text: str) -> bool:
    """Whether it is the name of a section above a title: "POLITICS", "News".

    >>> is_kicker("POLITICS"), is_kicker("Politics of the harbour")
    (True, False)
    """
    return len(text) <= _KICKER and pattern("kickers").fullmatch(text.lower().strip(" :|"))


def bare_title(text: str) -> str:
    """A title without the section before it or the outlet behind it.

    >>> bare_title("Opinion | The ferry sank"), bare_title("The ferry sank on Sunday | Daily Times")
    ('The ferry sank', 'The ferry sank on Sunday')
    """
    words = " ".join(text.split())
    first, _, rest = words.partition(" | ")
    if rest and is_kicker(first):
        words = rest
    before, _, last = words.rpartition(" | ")
    few, many = len(last.split()), len(before.split())
    is_outlet = bool(alone(last)) or is_kicker(last) or (few <= _OUTLET < many and last == last.title())
    return before if before and is_outlet else words


def _is_strange(text: str) -> bool:
    """Whether a first line that nothing attests may be a sentence, a caption, a label, a name."""
    if _SENTENCE_END.search(text) or _TWO_SENTENCES.search(text) or _LIST.match(text) or _MARKED.search(text):
        return True
    label = pattern("labels").match(text)
    return (
        (bool(label) and not is_kicker(text.partition(":")[0]))
        or bool(pattern("photo").search(text))
        or is_name(text)
        or not _WORDS.search(text)
    )


def _is_label(text: str) -> bool:
    """Whether it is something of a page rather than of an article: "ADVERTISEMENT", "6 years ago"."""
    is_short = len(text.split()) <= 4  # noqa: PLR2004  # words of a label
    return is_short and bool(pattern("labels", r"{}\W*$").search(text))


def _can_be(line: Line) -> bool:
    text = line.text
    if len(text) > _LONGEST or len(text.split()) > _MOST_WORDS or _NO_END.search(text) or _HOST.match(text):
        return False
    if pattern("photo").search(text) and (alone(text.rpartition("/")[2]) or "(" in text or "|" in text):
        return False
    if _is_label(text):
        return False
    first = next((char for char in text if char.isalnum()), "")
    return bool(first) and not first.islower() and not alone(text) and not _begins_body(text)


def _begins_body(text: str) -> bool:
    """Whether it begins with a dateline that can be nothing else."""
    begins = dateline(text)
    return bool(begins and (begins.sources or begins.place.isupper()))


def _stands_apart(line: Line, following: Line) -> bool:
    """Whether the line below isn't its continuation."""
    if following.text[0].islower():
        return False
    length = following.span.stop - following.span.start
    return following.is_parted or length > max(_BODY, _LEAST * len(line.text))


def _is_paragraph(line: Line) -> bool:
    return line.is_long or len(line.text) >= _BODY or bool(_SENTENCE_END.search(line.text))
