"""What an index says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.index.build import create
from compare.index.info import info
from compare.index.schema import header_of
from compare.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path


def test_an_index_is_told_in_figures_whatever_settings_built_it(folder: Path) -> None:
    limits = Settings(shingle=4)
    create([str(folder)], folder.parent / "other.index", limits)
    figures = info(folder.parent / "other.index")
    assert (figures.documents, figures.files, figures.unfinished) == (25, 25, ())
    assert figures.bytes == (folder.parent / "other.index").stat().st_size
    assert figures.header == header_of(limits)


def test_twins_are_one_text(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name, text in (("a", "The ferry sails at dawn."), ("b", "THE FERRY sails at dawn"), ("c", "It does not.")):
        (tmp_path / "in" / f"{name}.txt").write_text(text, encoding="utf-8")
    create([str(tmp_path / "in")], tmp_path / "a.index", Settings())
    assert (info(tmp_path / "a.index").documents, info(tmp_path / "a.index").texts) == (3, 2)
