"""Shares of two texts in matches that were just aligned, and of which nobody has said yet whether they count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.text import coverage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compare.model import Match, Tokens


def reused(matches: Sequence[Match], a: Tokens, b: Tokens) -> tuple[float, float]:
    """As `coverage.reused`, of the matches that count between these two texts."""
    return coverage.reused(coverage.counting(matches), a, b)


def kept(matches: Sequence[Match], a: coverage.Words, b: coverage.Words) -> tuple[float, float]:
    """As `coverage.kept`, likewise."""
    return coverage.kept(coverage.counting(matches), a, b)
