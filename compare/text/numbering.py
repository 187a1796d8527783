"""The numbers of a pair's passages: the same in the terminal, on the pages and in the list of changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compare.model import Match

STRENGTH = {kind: rank for rank, kind in enumerate(Kind)}
"""Smaller is stronger."""


def numbered(matches: Iterable[Match]) -> list[Match]:
    """Matches in the order of their numbers: as they stand in a, then in b; those that are no reuse come last."""

    def order(match: Match) -> tuple[object, ...]:
        return (not match.kind.is_reuse, match.a, match.b, STRENGTH[match.kind], -match.similarity)

    return sorted(matches, key=order)
