"""What is quoted whatever its marks say: posts of networks set into an article, and quotations that hold others.

A post has no marks, but whose it is behind it: "No delay! — Jane Roe (@janeroe) May 3, 2019".
"""

from __future__ import annotations

import re

from compare.model import Span

LONGEST = 600
"""Characters that a post has at most before its signature, and a quotation that holds others."""
_SIGNED = re.compile(r"[—–-]{1,2}\s?[^\n(@]{2,60}\(@\w{1,20}\)")
_BREAK = re.compile(r"\n\s*\n")
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

    >>> text = "“He said “no” to the bridge, and left,” she wrote."
    >>> [text[start:stop] for start, stop in nested(text)]
    ['He said “no” to the bridge, and left,']
    """
    spans: list[Span] = []
    opened: list[int] = []
    deepest = end = 0
    for mark in _MARKS.finditer(text):
        if opened and _BREAK.search(text, end, mark.start()):
            opened, deepest = [], 0
        end = mark.end()
        if mark[0] == "“" or (mark[0] == '"' and not opened):
            opened.append(end)
            deepest = max(deepest, len(opened))
        elif opened:
            begins = opened.pop()
            if not opened:
                spans += [Span(begins, mark.start())] * (deepest > 1 and mark.start() - begins <= LONGEST)
                deepest = 0
    return spans
