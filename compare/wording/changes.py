"""What changed between two texts, in an editor's words: the label of a change, and what it was and is.

From the earlier text to the later one where that is known; else nothing says which way it went.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.model import Change, ChangeKind, HeadPart, Move
from compare.wording.escape import one_line, safe
from compare.wording.words import Part

if TYPE_CHECKING:
    from compare.model import HeadChange

_SIDES = ("a", "b")
_WITH_MARKS = {ChangeKind.HEADLINE, ChangeKind.QUOTATION, ChangeKind.MARKS, ChangeKind.MEANING, ChangeKind.MOVED}
"""Of these the words of a text stand in quotation marks."""


_HEADS = {HeadPart.TITLE: ChangeKind.HEADLINE, HeadPart.BYLINE: ChangeKind.BYLINE, HeadPart.CREDIT: ChangeKind.CREDIT,
          HeadPart.LICENCE: ChangeKind.LICENCE}  # fmt: skip


def of_head(change: HeadChange) -> Change:
    """A part of a head that differs, as one of the changes of a pair."""
    return Change(_HEADS[change.part], change.part.value, one_line(change.a), one_line(change.b))


def change_line(change: Change, first: str = "", names: tuple[str, str] = _SIDES) -> str:
    """The label of a change and its words; safe for a terminal.

    >>> from compare.model import Change
    >>> change_line(Change(ChangeKind.FIGURE, "number", "4.2 million", "4.3 million"), "a")
    'figure changed: 4.2 million → 4.3 million'
    >>> change_line(Change(ChangeKind.CREDIT, "credit", "Reuters", ""), "a")
    'credit dropped: Reuters'
    """
    return f"{change_label(change, first)}: {change_words(change, first, names)}"


def change_words(change: Change, first: str = "", names: tuple[str, str] = _SIDES) -> str:
    """What it was and is, in a line; safe for a terminal."""
    return "".join(part.text for part in change_parts(change, first, names))


def change_label(change: Change, first: str = "") -> str:
    """What was changed: `figure changed`; `credit dropped` or `put in` where one side lacks it; `figure differs`.

    `first` is the earlier side, a or b; empty where nobody knows which way it went.

    >>> from compare.model import Change
    >>> credit = Change(ChangeKind.CREDIT, "credit", "", "Reuters")
    >>> change_label(credit, "a"), change_label(credit, "b"), change_label(credit)
    ('credit put in', 'credit dropped', 'credit missing')
    """
    first = "" if change.own else first
    if change.kind is ChangeKind.MOVED:
        return f"passage moved {_way(change, first)}" if first else "passage in another place"
    if change.kind is ChangeKind.MARKS or change.swapped:
        return f"{change.kind.value} changed places" if change.swapped else change.kind.label
    if change.kind in {ChangeKind.MEANING, ChangeKind.QUOTATION} or (change.a and change.b):
        return change.kind.label if first else f"{change.kind.value} differs"
    if not first:
        return "credit missing" if change.kind is ChangeKind.CREDIT else f"{change.kind.value} on one side alone"
    return f"{change.kind.value} {'dropped' if _is_dropped(change, first) else 'put in'}"


def change_parts(change: Change, first: str = "", names: tuple[str, str] = _SIDES) -> tuple[Part, ...]:
    """What it was and is, the words of the texts set apart (made safe already).

    `names` are what the sides are called.
    """
    first = "" if change.own else first
    a, b = (_in_marks(change, words) for words in (change.a, change.b))
    if change.kind is ChangeKind.MOVED and change.a == change.b:
        return (*a, *_place(change, first, names))
    if a and b:
        if not first:
            of_a, of_b = (Part(safe(name), is_name=False) for name in names)
            return (of_a, _said(": "), *a, _said(" · "), of_b, _said(": "), *b)
        before, after = (b, a) if first == "b" else (a, b)
        return (*before, _said(" → "), *after)
    return (*(a or b), *_of_one_side(change, first, names))


def _way(change: Change, first: str) -> str:
    """Where a passage went, from the earlier side to the later one."""
    if first == "b" and change.what:
        return Move(change.what).back.value
    return change.what


def _place(change: Change, first: str, names: tuple[str, str]) -> tuple[Part, ...]:
    """In which text a passage stands further up, where nobody knows which one was first."""
    if first:
        return ()
    return _said(" stands further up in "), Part(safe(names[change.what == Move.UP]), is_name=True)


def _of_one_side(change: Change, first: str, names: tuple[str, str]) -> tuple[Part, ...]:
    """What is said of words that one side alone has."""
    has, lacks = names if change.a else names[::-1]
    if change.kind is ChangeKind.MARKS:
        return _said(" has no quotation marks in "), Part(safe(lacks), is_name=True)
    if not first and change.kind is ChangeKind.CREDIT:
        return _said(" isn’t named in "), Part(safe(lacks), is_name=True)
    if not first:
        return _said(" in "), Part(safe(has), is_name=True), _said(" alone")
    if change.kind in {ChangeKind.MEANING, ChangeKind.QUOTATION}:
        return (_said(" left out" if _is_dropped(change, first) else " put in"),)
    return ()


def _is_dropped(change: Change, first: str) -> bool:
    """Whether the earlier side has it and the later one hasn't."""
    return bool(change.a if first == "a" else change.b)


def _in_marks(change: Change, words: str) -> tuple[Part, ...]:
    """The words of one side, in quotation marks where they are no figure and no name; nothing where it has none."""
    if not words:
        return ()
    part = Part(safe(words), is_name=True)
    return (_said("“"), part, _said("”")) if change.kind in _WITH_MARKS else (part,)


def _said(text: str) -> Part:
    return Part(text, is_name=False)
