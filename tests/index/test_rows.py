"""Rows put into an index and taken out again: the totals and postings are as if they had never been there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compare.index.info import info
from compare.index.prepare import prepare
from compare.index.reading import FileState
from compare.index.rows import add, put_file, remove, stored, stored_texts
from compare.index.store import total, transaction, writer
from compare.index.verify import verify
from compare.model import Document
from compare.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = Settings()
TEXT = "The ferry sails at dawn from the northern quay, and returns at dusk, said the harbour master on Monday."
SHA = "00" * 32
STATE = FileState(len(TEXT), 1, bytes(32))


def documents(*texts: str) -> list[Document]:
    return [Document(f"new{place}.txt", text, sha256=SHA) for place, text in enumerate(texts)]


def holders(index: Path) -> tuple[int, int]:
    """Documents, and all postings of an index."""
    sound = verify(index, SETTINGS)
    return sound.documents, sound.postings


def test_what_was_put_in_and_taken_out_again_leaves_nothing(index: Path) -> None:
    before = holders(index)
    with writer(index, SETTINGS) as connection:
        with transaction(connection):
            files = [put_file(connection, f"new{place}.txt", STATE) for place in range(3)]
            add(connection, prepare(documents(TEXT, TEXT.upper(), f"{TEXT} Nobody was at the quay."), SETTINGS), files)
        assert (total(connection, "documents"), total(connection, "contents")) == (28, info(index).texts)
        numbers = [row.number for row in stored(connection, "name", ["new0.txt", "new1.txt", "new2.txt", "gone.txt"])]
        assert [text for text, *_ in stored_texts(connection, numbers).values()][:2] == [TEXT, TEXT.upper()]
        with transaction(connection):
            remove(connection, numbers)
    assert holders(index) == before


@pytest.mark.parametrize("away", [0, 1])
def test_a_text_stays_as_long_as_one_of_its_twins(index: Path, away: int) -> None:
    with writer(index, SETTINGS) as connection:
        texts = total(connection, "contents")
        with transaction(connection):
            files = [put_file(connection, f"new{place}.txt", STATE) for place in range(2)]
            add(connection, prepare(documents(TEXT, TEXT.upper()), SETTINGS), files)
        numbers = [row.number for row in stored(connection, "name", ["new0.txt", "new1.txt"])]
        assert total(connection, "contents") == texts + 1
        with transaction(connection):
            remove(connection, [numbers[away]])
        assert total(connection, "contents") == texts + 1
        with transaction(connection):
            remove(connection, [numbers[1 - away]])
        assert total(connection, "contents") == texts
