"""Which files compare wrote: no result takes the place of anything else, or litters a folder of other files."""

from __future__ import annotations

import os
from itertools import islice
from typing import TYPE_CHECKING

from compare.errors import InputError
from compare.files.atomic import writing
from compare.files.temporary import is_temporary
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
"""How other files begin that compare writes, by their names."""
_LOOKED_AT = 10_000
"""Files of a folder among which one of ours is looked for."""
KEPT = "kept"


def is_ours(path: Path) -> bool:
    """Whether a file is a page or a shard that this tool wrote; links are not followed. Raises OSError."""
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as page:
        head = page.read(_HEAD)
    return _PAGE[0] in head or head.startswith(_PAGE[1])


def refuse_others(folder: Path, names: Collection[str]) -> None:
    """Raise InputError for a folder with files of others alone, or with one of the `names` that compare did not write.

    What is hidden or empty does not count.
    """
    with writing(folder):
        if not folder.is_dir():
            return
        with os.scandir(folder) as entries:
            found = [entry for entry in islice(entries, _LOOKED_AT) if not entry.is_file() or entry.stat().st_size]
        there = [folder / entry.name for entry in sorted(found, key=lambda entry: entry.name)]
        if other := next((path for path in there if path.name in names and not _is_result(path)), None):
            raise InputError(
                f"--output {shown(folder)} holds {shown(other.name)} of somebody else; name another folder"
            )
        seen = [path for path in there if not path.name.startswith(".")]
        if len(seen) == sum(path.name == KEPT for path in seen) or any(map(_is_result, there)):
            return
    raise InputError(
        f"--output {shown(folder)} holds other files, as {shown(seen[0].name)}; name a new folder, or one of results"
    )


def _is_result(path: Path) -> bool:
    """Whether a file or a folder in one of results is compare's; one that is temporary, too. Raises OSError."""
    if (beginning := _BEGINNINGS.get(path.name)) is None:
        return is_temporary(path.name) or (path.suffix in {".html", ".js"} and is_ours(path))
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(beginning)) == beginning
