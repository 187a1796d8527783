"""An index built anew: what stands in its place first, and what it says it did."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compare.errors import InputError
from compare.index import build
from compare.index.build import create
from compare.index.info import info
from compare.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path


def test_a_build_tells_what_it_read_and_what_it_did_not(folder: Path) -> None:
    (folder / "broken.txt").write_bytes(b"\x00\x01\x02" * 50)
    change = create([str(folder)], folder.parent / "a.index", Settings())
    assert (change.documents, change.added, change.removed, change.replaced) == (25, 25, 0, 0)
    assert [item.path.rsplit("/", 1)[-1] for item in change.skipped] == ["broken.txt"]
    assert change.bytes == (folder.parent / "a.index").stat().st_size


def test_a_build_takes_the_place_of_an_index_and_of_nothing_else(index: Path, folder: Path) -> None:
    (folder / "00.txt").unlink()
    assert create([str(folder)], index, Settings()).documents == info(index).documents == 24
    for name in ("notes.txt", "empty"):
        foreign = folder.parent / name
        foreign.write_text("not an index" if name == "notes.txt" else "")
        with pytest.raises(InputError):
            create([str(folder)], foreign, Settings())
        assert foreign.read_text() == ("not an index" if name == "notes.txt" else "")


def test_a_build_that_fails_leaves_the_index_that_was_there(
    index: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = index.read_bytes()

    def fail(*_: object, **__: object) -> None:
        raise InputError("a test")

    monkeypatch.setattr(build, "_prepared", fail)
    with pytest.raises(InputError, match="a test"):
        create([str(folder)], index, Settings())
    assert index.read_bytes() == before
    assert sorted(path.name for path in folder.parent.iterdir()) == ["articles", index.name]


@pytest.mark.parametrize("workers", [1, 2])
def test_the_order_of_paths_changes_no_byte(folder: Path, workers: int) -> None:
    paths = sorted(str(path) for path in folder.iterdir())
    create(paths, folder.parent / "a.index", Settings())
    create(paths[::-1], folder.parent / "b.index", Settings(), workers=workers)
    assert (folder.parent / "a.index").read_bytes() == (folder.parent / "b.index").read_bytes()
