"""Pieces of files, made in folders of their own, and put together."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from compare.errors import InputError
from compare.files.pieces import Pieces

PARTS = (b"first\n" * 5000, b"", b"second\xff", b"third")


def put_together(pieces: Pieces, target: Path) -> bytes:
    for number, content in enumerate(PARTS):
        for written in (b"half", content):  # of two attempts the last is taken
            with pieces.attempt() as attempt:
                Path(pieces.path(attempt, number)).write_bytes(written)
        pieces.put(pieces.path(attempt, number), str(target), begins=number == 0)
    return target.read_bytes()


@pytest.mark.parametrize("able", [True, False])
def test_pieces_become_one_file_in_their_order_whatever_was_given_up(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    able: bool,  # noqa: FBT001
) -> None:
    (tmp_path / "pieces").mkdir()
    if not able:
        monkeypatch.delattr(os, "copy_file_range", raising=False)
    assert put_together(Pieces(str(tmp_path / "pieces")), tmp_path / "whole") == b"".join(PARTS)
    left = [path.read_bytes() for path in (tmp_path / "pieces").rglob("*") if path.is_file()]
    assert left == [b"half"] * len(PARTS)


def test_what_the_system_copied_before_it_gave_up_is_not_copied_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stops(source: int, target: int, count: int) -> int:
        if os.lseek(source, 0, os.SEEK_CUR):
            raise OSError
        return os.write(target, os.read(source, min(count, 3)))

    monkeypatch.setattr(os, "copy_file_range", stops, raising=False)
    (tmp_path / "pieces").mkdir()
    assert put_together(Pieces(str(tmp_path / "pieces")), tmp_path / "whole") == b"".join(PARTS)


def test_a_folder_that_not_all_see_is_said_in_one_line(tmp_path: Path) -> None:
    pieces, said = Pieces(str(tmp_path / "out/pieces"), patience=1), r"out is not the same folder for all who write"
    with pytest.raises(InputError, match=said), pieces.attempt():
        raise AssertionError
    (tmp_path / "out/pieces").mkdir(parents=True)
    with pieces.attempt() as attempt:
        pass
    with pytest.raises(InputError, match="out: cannot be written: No space"), pieces.attempt():
        raise OSError(28, "No space left on device")
    shutil.rmtree(tmp_path / "out/pieces")
    for begins in (True, False):
        with pytest.raises(InputError, match=said):
            pieces.put(pieces.path(attempt, 0), str(tmp_path / "whole"), begins=begins)
