"""The journal of decisions: what is written is read again, and a torn end harms nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compare.desk.journal import Entry, read_journal, write_down
from compare.errors import InputError
from compare.model import Accepted, Reason

if TYPE_CHECKING:
    from pathlib import Path

ENTRY = Accepted("0" * 16, "a.md", "b.md", Reason.WIRE, "Ida", "2026-03-03", 4, (1, 2), "The ferry", "licensed")
FIRST = Entry("accept", "a.md", "b.md", "Ida", "2026-03-03T10:00:00+00:00", after=(ENTRY,))
SECOND = Entry("note", "a.md", "b.md", "Bo", "2026-03-04T10:00:00+00:00", note="“late”\n")


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    assert read_journal(path) == ()
    for entry in (FIRST, SECOND):
        write_down(entry, path)
    assert read_journal(path) == (FIRST, SECOND)


@pytest.mark.parametrize("torn", [b'{"what": "acc', b"\xff\xfe", b"{}"])
def test_a_line_that_was_not_finished_is_not_read_and_the_next_stands_alone(torn: bytes, tmp_path: Path) -> None:
    path = tmp_path / "journal"
    write_down(FIRST, path)
    path.write_bytes(path.read_bytes() + torn)
    assert read_journal(path) == (FIRST,)
    write_down(SECOND, path)
    assert read_journal(path) == (FIRST, SECOND)


@pytest.mark.parametrize("line", [b"{}\n", b"[1]\n", b"\xff\n", b'{"what": "steal"}\n', b"[" * 100_000 + b"\n"])
def test_a_broken_line_is_said(line: bytes, tmp_path: Path) -> None:
    path = tmp_path / "journal"
    write_down(FIRST, path)
    path.write_bytes(path.read_bytes() + line)
    with pytest.raises(InputError, match="line 2 is no decision"):
        read_journal(path)
