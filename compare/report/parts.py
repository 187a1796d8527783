"""A sentence as the page's data hold it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compare.wording.words import Part


def in_parts(sentence: Iterable[Part]) -> list[list[object]]:
    """A sentence in parts, with 1 for what comes from outside."""
    return [[part.text, int(part.is_name)] for part in sentence if part.text]
