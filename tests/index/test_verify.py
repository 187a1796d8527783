"""A sound index has no problem; whatever was altered in it is named."""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING

import pytest

from compare.index.verify import SHOWN, verify
from compare.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path


def altered(index: Path, sql: str) -> tuple[str, ...]:
    """The problems of an index after some statements."""
    with contextlib.closing(sqlite3.connect(index)) as connection, connection:
        connection.executescript(sql)
    return verify(index, Settings()).problems


def test_a_sound_index_has_no_problem_and_is_counted(index: Path) -> None:
    sound = verify(index, Settings())
    assert (sound.documents, sound.problems) == (25, ())
    assert sound.postings > 25


@pytest.mark.parametrize(
    ("sql", "problem"),
    [
        ("UPDATE documents SET file = 99 WHERE number = 3", "a document without a file"),
        ("DELETE FROM texts WHERE number = 3", "a document without a text"),
        ("INSERT INTO texts SELECT 99, bytes, text, spans, muted FROM texts LIMIT 1", "a text without a document"),
        ("UPDATE documents SET content = 99 WHERE number = 3", "a document without a sketch"),
        ("UPDATE contents SET document = 1 WHERE number = 3", "a document that its sketch does not know"),
        ("INSERT INTO twins VALUES (3, 99)", "a sketch of another document"),
        ("DELETE FROM segments", "a sketch without a segment"),
        ("INSERT INTO removed VALUES (3)", "a sketch that is removed"),
        ("INSERT INTO lanes VALUES (999, 1, 1, x'')", "lanes without a segment"),
        ("INSERT INTO blocks VALUES (999, 1, 1, x'')", "a block without a lane"),
        ("UPDATE documents SET name = 'other.txt' WHERE number = 3", "a document that is not named after its file"),
    ],
)
def test_what_belongs_to_nothing_is_named(index: Path, sql: str, problem: str) -> None:
    assert any(problem in line for line in altered(index, sql))


def test_a_hash_that_does_not_follow_from_its_text_is_a_problem(index: Path) -> None:
    assert altered(index, "UPDATE documents SET surface = surface + 1 WHERE number = 3") != ()


def test_the_first_problems_are_named_and_not_all_of_them(index: Path) -> None:
    assert len(altered(index, "UPDATE documents SET surface = surface + 1")) == SHOWN
