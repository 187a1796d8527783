"""Posts of networks set into an article: what is quoted without marks, with whose it is behind it.

We will rebuild the bridge. No delay! — Jane Roe (@janeroe) May 3, 2019
"""

from __future__ import annotations

import re

from compare.model import Span

LONGEST = 600
"""Characters that a post has at most before its signature."""
_SIGNED = re.compile(r"[—–-]{1,2}\s?[^\n(@]{2,60}\(@\w{1,20}\)")
_BREAK = re.compile(r"\n\s*\n")


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
