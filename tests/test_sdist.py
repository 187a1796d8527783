"""The source distribution: it is built from what is committed, and holds what a build and a reader need."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("setuptools", minversion="77", reason="setuptools 77 or newer is not installed")
BUILD = "import sys; from setuptools import build_meta; print(build_meta.build_sdist(sys.argv[1]))"


@pytest.fixture(scope="module")
def members(root: Path, tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The files of the distribution, without its own folder."""
    folder = tmp_path_factory.mktemp("sdist")
    source = folder / "source"
    source.mkdir()
    for name in ("compare", "seeds"):
        ignored = shutil.ignore_patterns("__pycache__", "*.so", "*.c")
        shutil.copytree(root / name, source / name, ignore=ignored)
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(root / name, source / name)
    ended = subprocess.run(
        [sys.executable, "-c", BUILD, str(folder)], cwd=source, capture_output=True, encoding="utf-8", check=False
    )
    assert ended.returncode == 0, ended.stderr
    with tarfile.open(folder / ended.stdout.split()[-1]) as archive:
        return {name.partition("/")[2] for name in archive.getnames()}


def test_the_source_distribution_holds_every_module_and_all_data(members: set[str], root: Path) -> None:
    kinds = ("*.py", "*.pyx", "*.pyi", "*.bin", "*.json", "*.html", "*.css", "*.js", "py.typed")
    wanted = {str(path.relative_to(root)) for kind in kinds for path in (root / "compare").rglob(kind)}
    assert len(wanted) > 150
    assert wanted - members == set()
    assert {"pyproject.toml", "README.md"} <= members


def test_the_source_distribution_holds_nothing_that_was_built(members: set[str]) -> None:
    assert [name for name in members if name.endswith((".c", ".so", ".pyc", ".pyd"))] == []
