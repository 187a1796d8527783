"""What in Markdown is syntax and not text. Every step is linear in the length of the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from compare.model import Meant, Span
from compare.sources.markdown import html, inline
from compare.sources.markdown.blocks import blocks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


_TITLE = re.compile(r"(?:\A|(?<=[\r\n]))# +([^\r\n]+?)[ #]*(?=[\r\n]|\Z)")


def heading(text: str, start: int = 0) -> str:
    """The first heading of the first level within the first 2,000 characters after `start`, or empty."""
    title = _TITLE.search(text[start : start + 2000])
    return title[1] if title else ""


class Read(NamedTuple):
    """How Markdown is read."""

    muted: tuple[Span, ...]
    """Syntax, sorted and apart from each other: it yields no tokens."""
    meant: tuple[Meant, ...]
    """Entities and what parts words, sorted and apart."""


def read(text: str, start: int = 0) -> Read:
    """What of a text is syntax, from `start` on, and what its entities mean.

    >>> [text[a:b] for text in ["A [link](x.html) and *stress*"] for a, b in read(text).muted]
    ['[', '](x.html)', '*', '*']
    >>> read("M&uuml;ller").meant
    (Meant(start=1, stop=7, text='ü'),)
    """
    parsed = blocks(text, start)
    spans, meant = list(parsed.muted), list[Meant]()
    for leaf in parsed.leaves:
        inside = "\n".join(text[slice(*line)] for line in leaf.lines)
        found = html.syntax(inside) if leaf.is_html else inline.syntax(inside, parsed.labels)
        place = _places(leaf.lines)
        spans += (Span(*place(span.start, span.stop)) for span in found.muted)
        meant += (Meant(*place(sign.start, sign.stop), sign.text) for sign in found.meant)
    return Read(merged(spans), tuple(sorted(meant)))


def _places(lines: Sequence[Span]) -> Callable[[int, int], tuple[int, int]]:
    """From a span of lines that were put together to that of the text, with what stood between them."""
    starts = list(accumulate((line.stop - line.start + 1 for line in lines), initial=0))

    def place(start: int, stop: int) -> tuple[int, int]:
        first, last = (bisect_right(starts, at) - 1 for at in (start, stop - 1))
        return lines[first].start + start - starts[first], lines[last].start + stop - starts[last]

    return place


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The union of spans, sorted, none empty, none touching another."""
    result: list[Span] = []
    for span in sorted(spans):
        if result and span.start <= result[-1].stop:
            result[-1] = Span(result[-1].start, max(result[-1].stop, span.stop))
        elif span.start < span.stop:
            result.append(span)
    return tuple(result)
