"""What is built: from what is committed, with all that a build and a reader need, and a version that stands once."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tarfile
from email import message_from_string
from typing import TYPE_CHECKING

import pytest

from compare.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytest.importorskip("setuptools", minversion="77", reason="setuptools 77 or newer is not installed")
LICENCES = {"LICENSE", "compare/data/unicode-license.txt"}


@pytest.fixture(scope="module")
def source(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what a build starts from."""
    source = tmp_path_factory.mktemp("source")
    for name in ("compare", "seeds"):
        ignored = shutil.ignore_patterns("__pycache__", "*.so", "*.c")
        shutil.copytree(root / name, source / name, ignore=ignored)
    for name in ("MANIFEST.in", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(root / name, source / name)
    (source / "tests").mkdir()
    shutil.copy(root / "tests" / "test_api.py", source / "tests")
    return source


def built(source: Path, hook: str) -> Path:
    """What one of the build's hooks makes of a source."""
    folder = source.parent / hook
    folder.mkdir()
    code = f"import sys; from setuptools import build_meta; print(build_meta.{hook}(sys.argv[1]))"
    command = [sys.executable, "-c", code, str(folder)]
    ended = subprocess.run(command, cwd=source, capture_output=True, encoding="utf-8", check=False)
    assert ended.returncode == 0, ended.stderr
    return folder / ended.stdout.split()[-1]


@pytest.fixture(scope="module")
def members(source: Path) -> set[str]:
    """The files of the source distribution, without its own folder."""
    with tarfile.open(built(source, "build_sdist")) as archive:
        return {name.partition("/")[2] for name in archive.getnames()}


@pytest.fixture(scope="module")
def wheel_info(source: Path) -> Path:
    """What the wheel says of itself, and the licences that stand beside it."""
    return built(source, "prepare_metadata_for_build_wheel")


def test_the_source_distribution_holds_every_module_and_all_data(members: set[str], root: Path) -> None:
    kinds = ("*.py", "*.pyx", "*.pxd", "*.pyi", "*.bin", "*.json", "*.html", "*.css", "*.js", "py.typed")
    wanted = {str(path.relative_to(root)) for kind in kinds for path in (root / "compare").rglob(kind)}
    assert len(wanted) > 150
    assert wanted - members == set()
    assert {"pyproject.toml", "README.md", *LICENCES} <= members


def test_the_source_distribution_holds_nothing_that_was_built(members: set[str]) -> None:
    assert [name for name in members if name.endswith((".c", ".so", ".pyc", ".pyd"))] == []


def test_the_wheel_holds_the_licences_and_names_them(wheel_info: Path, root: Path) -> None:
    metadata = message_from_string((wheel_info / "METADATA").read_text("utf-8"))
    assert metadata["License-Expression"] == "MIT"
    assert set(metadata.get_all("License-File", [])) == LICENCES
    for name in LICENCES:
        assert (wheel_info / "licenses" / name).read_bytes() == (root / name).read_bytes()


def test_the_command_the_wheel_and_the_changes_say_one_version(
    wheel_info: Path, root: Path, run: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    assert message_from_string((wheel_info / "METADATA").read_text("utf-8"))["Version"] == __version__
    assert run("--version").stdout == f"compare, version {__version__}\n"
    released = re.findall(r"(?m)^## (\d\S*) - \d{4}-\d\d-\d\d$", (root / "CHANGELOG.md").read_text("utf-8"))
    assert released[0] == __version__
    assert f"v{__version__}" in (root / "docs" / "how-to-gate.md").read_text("utf-8")


def test_the_changes_are_added_changed_removed_or_fixed(root: Path) -> None:
    _, *releases = re.split(r"(?m)^## ", (root / "CHANGELOG.md").read_text("utf-8"))
    kinds = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"]
    for release in releases:
        headings = re.findall(r"(?m)^### (.*)$", release)
        assert headings == [kind for kind in kinds if kind in headings]
        assert headings, release.splitlines()[0]


def test_some_tests_without_what_they_ask_for_are_no_part_of_the_source(members: set[str]) -> None:
    assert not [name for name in members if name.startswith("tests")]
