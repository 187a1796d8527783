"""What the page says of corrections, as data, with `{slots}` as in `wording/page.py`; and the line of two versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.wording.explain import plural
from compare.wording.words import Part

if TYPE_CHECKING:
    Template = str | dict[str, str]

CORRECTIONS: dict[str, Template] = {
    "title": "What its own outlet changed, and who still has the old words",
    "note": (
        "Found by words in the same statement, in the versions of this story alone: who says it in other words isn’t "
        "named. The whole folder, or an archive, is asked by compare corrections OLD NEW --against."
    ),
    "other_words": "other words",
    "left_out": "left out",
    "put_in": "put in",
    "still": "Still has the old words:",
    "already": "Has the new words:",
    "headline": "its headline",
    "here": "Side by side",
}


def revision_line(old: str, new: str, still: int) -> tuple[Part, ...]:
    """Which text was printed again, and how many versions still have old words; names are made safe already.

    >>> "".join(part.text for part in revision_line("Wire, 3 May", "Wire, 4 May", 2))
    'Changed between Wire, 3 May and Wire, 4 May: 2 versions still have old words'
    """
    held = f"{plural(still, 'version')} still {'has' if still == 1 else 'have'} old words"
    return _said("Changed between "), _name(old), _said(" and "), _name(new), _said(f": {held}")


def _name(text: str) -> Part:
    return Part(text, is_name=True)


def _said(text: str) -> Part:
    return Part(text, is_name=False)
