"""What the page says of corrections, as data; `{slots}` as in `wording/page.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
