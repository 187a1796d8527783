"""What in Markdown is syntax and not text. Every step is linear in the length of the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from compare.model import Span
from compare.sources.markdown import html, inline
from compare.sources.markdown.blocks import blocks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


_TITLE = re.compile(r"(?:\A|(?<=[\r\n]))# +([^\r\n]+?)[ #]*(?=[\r\n]|\Z)")


def heading(text: str, start: int = 0) -> str:
    """The first heading of the first level within the first 2,000 characters after `start`, or empty."""
    title = _TITLE.search(text[start : start + 2000])
    return title[1] if title else ""


def muted(text: str, start: int = 0) -> tuple[Span, ...]:
    """Spans of Markdown syntax from `start` on, sorted and apart from each other: they yield no tokens.

    >>> [text[a:b] for text in ["A [link](x.html) and *stress*"] for a, b in muted(text)]
    ['[', '](x.html)', '*', '*']
    """
    parsed = blocks(text, start)
    spans = list(parsed.muted)
    for leaf in parsed.leaves:
        inside = "\n".join(text[slice(*line)] for line in leaf.lines)
        syntax = html.spans(inside) if leaf.is_html else inline.spans(inside, parsed.labels)
        spans += _placed(syntax, leaf.lines) if syntax else ()
    return merged(spans)


def _placed(spans: Iterable[Span], lines: Sequence[Span]) -> Iterator[Span]:
    """Spans of lines that were put together, in the text that these are of; what stood between is muted along."""
    starts = list(accumulate((line.stop - line.start + 1 for line in lines), initial=0))
    for span in spans:
        first, last = (bisect_right(starts, at) - 1 for at in (span.start, span.stop - 1))
        yield Span(lines[first].start + span.start - starts[first], lines[last].start + span.stop - starts[last])


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The union of spans, sorted, none empty, none touching another."""
    result: list[Span] = []
    for span in sorted(spans):
        if result and span.start <= result[-1].stop:
            result[-1] = Span(result[-1].start, max(result[-1].stop, span.stop))
        elif span.start < span.stop:
            result.append(span)
    return tuple(result)
