"""Real paths of many files are those that the system says of each."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from compare.files.real import RealPaths

if TYPE_CHECKING:
    from pathlib import Path


def test_real_paths_are_those_of_each_file_alone(tmp_path: Path) -> None:
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "a/b/file").touch()
    (tmp_path / "link").symlink_to(tmp_path / "a")
    (tmp_path / "a/b/other").symlink_to("../../link/b/file")
    (tmp_path / "a/loop").symlink_to("loop")
    (tmp_path / "a/nowhere").symlink_to("gone/file")
    names = [
        "a/b/file",
        "link/b/file",
        "link/b/../b/other",
        "a/loop",
        "link/nowhere",
        "none/of/them",
        "a/b/..",
        "a/b/.",
    ]
    real = RealPaths()
    for name in [*names, *names]:
        path = os.path.join(tmp_path, name)  # noqa: PTH118  # "." goes in a path
        assert real.file(path) == os.path.realpath(path)
        assert real.folder(path) == os.path.realpath(path)
        assert real.folder_of(path) == os.path.realpath(os.path.dirname(path))  # noqa: PTH120
