"""What is quoted whatever its marks say: posts set into an article, transcripts, quotations that hold others.

A post has no marks, but whose it is behind it: "No delay! — Jane Roe (@janeroe) May 3, 2019".
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from compare.model import Span
from compare.text.language import words

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 600
"""Characters that a post has at most before its signature, and a quotation that holds others."""
_SIGNED = re.compile(r"[—–-]{1,2}\s?[^\n(@]{2,60}\(@\w{1,20}\)")
_BREAK = re.compile(r"\n\s*\n")
_COLON = re.compile(r":\s+")
_NAME = re.compile(r"(?<!\S)[^\W\d_a-z][^\W\d_a-z]+(?:[ .'’-]{1,2}[^\W\d_a-z]+){0,3}\Z")
_LONG = 45  # characters of a name in capitals
_SPEAKERS = 2  # who speak more than once in a transcript
_MARKS = re.compile(r"[“”]|(?<!\w)\"(?=\w)|(?<=[\w.,!?…])\"(?!\w)")


def posts(text: str) -> list[Span]:
    r"""Where posts stand, each from the beginning of its paragraph, or the end of the post before, to its signature.

    >>> text = "He wrote:\n\nNo delay! — Jane Roe (@janeroe) May 3\n\nNobody believed it."
    >>> [text[start:stop] for start, stop in posts(text)]
    ['No delay! — Jane Roe (@janeroe)']
    """
    if "(@" not in text:
        return []
    spans: list[Span] = []
    for signature in _SIGNED.finditer(text):
        last = spans[-1].stop if spans else 0
        begins = [last, *(gap.end() for gap in _BREAK.finditer(text, last, signature.start()))][-1]
        if signature.start() - begins <= LONGEST:
            spans.append(Span(begins, signature.end()))
    return spans


def nested(text: str) -> list[Span]:
    r"""Quotations that hold others in the same marks, which in `quotations` end with the inner one.

    One more closing mark than there are opening ones closes what was quoted last: a mark inside was mistyped.

    >>> text = "“He said “no” to the bridge, and left,” she wrote. “I saw ‘a wall” there.” It rained."
    >>> [text[start:stop] for start, stop in nested(text)]
    ['He said “no” to the bridge, and left,', 'I saw ‘a wall” there.']
    """
    spans: list[Span] = []
    if "“" not in text:
        return spans
    opened: list[int] = []
    deepest, end, last = 0, 0, -1
    for mark in _MARKS.finditer(text):
        if _BREAK.search(text, end, mark.start()):
            opened, deepest, last = [], 0, -1
        end = mark.end()
        if mark[0] == "“" or (mark[0] == '"' and not opened):
            opened.append(end)
            deepest = max(deepest, len(opened))
        elif opened or (last >= 0 and mark[0] == "”"):
            last = opened.pop() if opened else last
            is_whole = not opened and mark.start() - last <= LONGEST
            spans += [Span(last, mark.start())] * (is_whole and deepest != 1)
            deepest = deepest if opened else 0
    return spans


def dialogue(text: str) -> list[Span]:
    r"""What is said in a transcript: from a name in capitals to the next one or the paragraph's end.

    "THE FACTS:" is nobody's name.

    >>> text = "ROE: Why?\n\nLEE: Because.\n\nROE: Thanks.\n\nLEE: Well.\n\nWATCH: the clip"
    >>> [text[start:stop] for start, stop in dialogue(text)]
    ['Why?', 'Because.', 'Thanks.', 'Well.']
    """
    labels = list(_labels(text))
    times = Counter(label.name for label in labels)
    speakers = {name for name, count in times.items() if count > 1}
    if len(speakers) < _SPEAKERS or any(name.split()[0].lower() in words("speech", "articles") for name in speakers):
        return []
    stops = [*(label.start for label in labels[1:]), len(text)]
    spans = []
    for label, stop in zip(labels, stops, strict=True):
        gap = _BREAK.search(text, label.stop, stop)
        spans += [Span(label.stop, gap.start() if gap else stop)] * (label.name in speakers)
    return spans


class _Label(NamedTuple):
    """A name in capitals and the colon behind it."""

    name: str
    start: int
    stop: int


def _labels(text: str) -> Iterator[_Label]:
    """Looked for from their colons, which are few."""
    for colon in _COLON.finditer(text):
        name = _NAME.search(text[max(0, colon.start() - _LONG) : colon.start()])
        if name is not None:
            yield _Label(name[0], colon.start() - len(name[0]), colon.end())
