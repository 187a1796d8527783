"""Which files compare wrote: no result takes the place of anything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.errors import InputError
from compare.files.atomic import writing
from compare.wording.escape import shown

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

_PAGE = (b'<meta name="generator" content="compare ', b"/* compare ")
_HEAD = 2048
"""Bytes of a page in which our mark stands; a shard begins with its own."""
_BEGINNINGS = {
    "report.json": b'{"schema":"compare-report/', "summary.json": b'{\n "schema": "compare-',
    "pairs.csv": b"a,b,verdict,jaccard,", "clusters.csv": b"cluster,id,kept,", "against.csv": b"id,against,place,",
    "cuts.csv": b"id,start,stop,words,",
}  # fmt: skip
"""How results begin that are no pages, by their names."""


def is_ours(path: Path) -> bool:
    """Whether a file is a page or a shard that this tool wrote; links are not followed. Raises OSError."""
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as page:
        head = page.read(_HEAD)
    return _PAGE[0] in head or head.startswith(_PAGE[1])


def refuse_others(folder: Path, names: Collection[str]) -> None:
    """Raise InputError for a folder with a file of one of the `names` that compare did not write; empty ones may be."""
    with writing(folder):
        if not folder.is_dir():
            return
        there = (folder / name for name in sorted(names))
        if other := next((path for path in there if _is_something(path) and not _is_result(path)), None):
            raise InputError(
                f"--output {shown(folder)} holds {shown(other.name)} of somebody else; name another folder"
            )


def _is_something(path: Path) -> bool:
    """Whether there is anything but an empty file. Raises OSError."""
    return path.is_dir() or (path.exists() and path.stat().st_size > 0)


def _is_result(path: Path) -> bool:
    """Whether a file by the name of a result is compare's. Raises OSError."""
    if (beginning := _BEGINNINGS.get(path.name)) is None:
        return is_ours(path)
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(beginning)) == beginning
