"""What is held already, as CSV lines for a program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.formats.sentences import some
from compare.wording.csv import csv_lines
from compare.wording.explain import plural
from compare.wording.words import skipped_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from compare.index.duplicates import Duplicate
    from compare.model import Skipped

COLUMNS = ("document", "verdict", "source", "share")
NEW = "new"
"""The verdict of a document that nothing holds."""
SHOWN_SKIPPED = 5


def header_line() -> str:
    r"""The names of the columns.

    >>> header_line()
    'document,verdict,source,share\n'
    """
    return next(iter(csv_lines(COLUMNS, [])))


def duplicate_lines(duplicates: Iterable[Duplicate]) -> list[str]:
    """A line for each duplicate: its name, the verdict, which document holds it, and how much of it."""
    return lines(
        (duplicate.name, duplicate.verdict.value, duplicate.source, repr(duplicate.share)) for duplicate in duplicates
    )


def new_line(name: str) -> str:
    r"""The line of a document that is new.

    >>> new_line("a.txt")
    'a.txt,new,,\n'
    """
    return lines([(name, NEW, "", "")])[0]


def answer_lines(names: Sequence[str], duplicates: Mapping[int, Duplicate]) -> list[str]:
    """A line for each document in their order, new or, by its place among the names, a duplicate."""
    held = dict(zip(duplicates, duplicate_lines(duplicates.values()), strict=True))
    return [held[place] if place in held else new_line(name) for place, name in enumerate(names)]


def each_summary(new: int, held: int, skipped: Sequence[Skipped]) -> str:
    """How many are new, and what was skipped.

    >>> each_summary(2, 1, [])
    '3 documents: 2 are new, 1 is held already.'
    """
    counts = f"{plural(new + held, 'document')}: {new:,} {_be(new)} new, {held:,} {_be(held)} held already."
    return "\n".join([counts, *some((f"Skipped {line}" for line in skipped_lines(skipped)), SHOWN_SKIPPED)])


def _be(count: int) -> str:
    return "is" if count == 1 else "are"


def lines(rows: Iterable[tuple[str, ...]]) -> list[str]:
    """Rows as lines, without a header."""
    return list(csv_lines(COLUMNS, rows))[1:]
