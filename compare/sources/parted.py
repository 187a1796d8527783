"""Words that line ends part, and subtitles, whose times part sentences: what is read over."""

from __future__ import annotations

import re

from compare.model import Meant

_MANY = 2
"""Places that show that it is no chance."""
_BROKEN_WORD = re.compile(r"([^\W\d_]++)(?:[-\u2010]|(\u00ad|¬))[ \t]*+(?:\r\n?|\n)[ \t]*+([^\W\d_]++)")
_LINE_END = re.compile(r"[^\s]([-\u2010]?)[ \t]*+(?:\r\n?|\n)(?=[ \t]*+\S)")
_OFTEN = 0.4
"""Share of the line ends with a hyphen from which each of them parts a word: in prose it is one in twenty."""
_CUE = re.compile(
    r"(?:(?<=\n)|\A)(?:[ \t]*+\d{1,6}[ \t]*+\r?\n)?"
    r"([ \t]*+(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{3}[ \t]++)-->([ \t]++(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{3}[^\r\n]*+)"
)
"""The number and the times of a subtitle."""


def words(text: str) -> list[Meant]:
    r"""Words that a hyphen parts at the end of a line, where the whole word stands elsewhere, or most lines end so.

    >>> words("the harbour, the har-\nbour\nis"), words("a well-\nknown\nman")
    ([Meant(start=20, stop=22, text='')], [])
    """
    ends = [end[1] for end in _LINE_END.finditer(text)]
    often = sum(map(bool, ends)) >= max(_MANY, _OFTEN * len(ends))
    whole_words = set(re.findall(r"[^\W\d_]++(?:-[^\W\d_]++)*+", text.lower()))
    meant = []
    for word in _BROKEN_WORD.finditer(text):
        first, soft, second = word[1], word[2], word[3]
        whole, compound = (first + second).lower(), f"{first}-{second}".lower()
        if second[0].islower() and (soft or (often and compound not in whole_words) or whole in whole_words):
            meant.append(Meant(word.end(1), word.start(3), ""))
    return meant


def cues(text: str) -> list[Meant]:
    """The numbers and times of subtitles as blanks; the arrow between them stays, for identity."""
    times = list(_CUE.finditer(text))
    if len(times) < _MANY:
        return []
    return [Meant(*span, " ") for cue in times for span in ((cue.start(), cue.end(1)), cue.span(2))]
