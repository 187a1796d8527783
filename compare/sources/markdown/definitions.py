"""Link definitions, labels, targets and titles, as CommonMark 0.31 has them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from compare.model import Span

_LONGEST_LABEL = 999
_DEEPEST = 32
"""Round brackets in each other in a target."""

_LABEL = re.compile(r"\[((?:[^\[\]\\]++|\\.)*+)\]", re.DOTALL)
_GAP = re.compile(r"[ \t]*+(?:\n[ \t]*+)?+")
_END = re.compile(r"[ \t]*+(?:\n|\Z)")
_TITLE = re.compile(r""""(?:[^"\\]++|\\.)*+"|'(?:[^'\\]++|\\.)*+'|\((?:[^()\\]++|\\.)*+\)""", re.DOTALL)
_ANGLED = re.compile(r"<(?:[^<>\n\\]++|\\.)*+>")
_PLAIN = re.compile(r"(?:[^\x00-\x20\x7f()\\]|\\[!-/:-@\[-`{-~]|\\)++")
_TARGET = re.compile(r"[/:#@?=]|\.\w")


class Definition(NamedTuple):
    """A link definition."""

    stop: int
    """The beginning of the next line."""
    label: str
    is_sure: bool
    """Whether the target has a sign that words have not. What CommonMark would define as a link to `Yes.` is an answer
    in an interview, and stays text."""


def definition(text: str, at: int = 0) -> Definition | None:
    r"""The definition that a paragraph holds at the beginning of a line. Footnotes are none: their text is read.

    >>> definition("[ANNA]: The water came.\n"), definition("[Anna  B]: /x\n 'T'\n")
    (None, Definition(stop=19, label='anna b', is_sure=True))
    """
    label = _label(text, at)
    if not label or label[1].startswith("^") or not text.startswith(":", label.end()):
        return None
    start = _GAP.match(text, label.end() + 1).end()  # type: ignore[union-attr]  # it matches nothing too
    stop = target(text, start)
    end = (_END.match(text, _after_title(text, stop)) or _END.match(text, stop)) if stop > start else None
    return Definition(end.end(), normal(label[1]), bool(_TARGET.search(text, start, stop))) if end else None


def _label(text: str, at: int) -> re.Match[str] | None:
    label = _LABEL.match(text, at)
    return label if label and 0 < len(label[1]) <= _LONGEST_LABEL and label[1].strip() else None


def _after_title(text: str, at: int) -> int:
    """Where a title ends that white space sets apart from the target; `at` if there is none."""
    gap = _GAP.match(text, at)
    title = _TITLE.match(text, gap.end()) if gap and gap.end() > at else None
    return title.end() if title else at


def target(text: str, at: int) -> int:
    """Where a link's target ends: `at` if there is none, −1 if it is none."""
    if text.startswith("<", at):
        angled = _ANGLED.match(text, at)
        return angled.end() if angled else -1
    depth = 0
    while True:
        plain = _PLAIN.match(text, at)
        at = plain.end() if plain else at
        if text.startswith("(", at) and depth < _DEEPEST:
            depth += 1
        elif text.startswith(")", at) and depth:
            depth -= 1
        else:
            return -1 if depth else at
        at += 1


def after_link(text: str, at: int) -> int:
    """Where `(target "title")` ends; −1 if there is none.

    >>> after_link("(a_(b) 'c')", 0), after_link("(five percent)", 0)
    (11, -1)
    """
    if not text.startswith("(", at):
        return -1
    stop = target(text, _GAP.match(text, at + 1).end())  # type: ignore[union-attr]  # as above
    for end in (_after_title(text, stop), stop) if stop >= 0 else ():
        close = _GAP.match(text, end).end()  # type: ignore[union-attr]
        if text.startswith(")", close):
            return close + 1
    return -1


def label_at(text: str, at: int) -> tuple[str, int]:
    """The label that `[label]` holds and where it ends; an empty one for `[]`, −1 if there is none."""
    label = _label(text, at)
    if label:
        return normal(label[1]), label.end()
    return "", at + 2 if text.startswith("[]", at) else -1


def normal(label: str) -> str:
    r"""A label as it is compared.

    >>> normal(" Straße\n B ")
    'strasse b'
    """
    return " ".join(label.split()).casefold()


def label_of(text: str, words: Span) -> str:
    """The label that a link's own words are; empty if they are too many."""
    return normal(text[slice(*words)]) if words.stop - words.start <= _LONGEST_LABEL else ""
