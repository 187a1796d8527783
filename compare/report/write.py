"""The report's files: all are rendered before the first is replaced, so a failed run leaves the old report whole."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from compare.errors import InputError
from compare.families.telling import Telling
from compare.files.atomic import writing
from compare.files.naming import path_of
from compare.files.ours import is_ours
from compare.files.staging import staging
from compare.report.html import pages_of
from compare.report.links import BESIDE
from compare.report.record import json_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from os import PathLike

    from compare.model import Report

VOUCHING = ("index.html", "report.json")
"""A report is whole where both stand: they go first when another one comes, and are put in place last."""
_STALE = re.compile(BESIDE)


def write_report(report: Report, folder: str | PathLike[str]) -> list[Path]:
    """Writes `index.html`, the pair pages and `report.json` into a folder, which is made if it is missing.

    Pair pages and shards of an earlier run that this one has not are removed. Returns what was written, the JSON last.

    Raises:
        InputError: the folder is a file, or it cannot be written.
    """
    folder = Path(path_of(folder))
    with writing(folder):
        if folder.exists() and not folder.is_dir():
            raise InputError(f"{str(folder)!r} is a file; the report needs a folder")
    with staging(folder) as staged:
        names = [_stage(staged.path(folder / name), text) for name, text in _files(report)]
        staged.place(VOUCHING, _stale(folder, set(names)))
    return [folder / name for name in names]


def _files(report: Report) -> Iterator[tuple[str, str]]:
    telling = Telling(report)  # what is told of a pair is looked for once, for all files
    yield from pages_of(telling)
    yield "report.json", json_of(telling)


def _stage(path: Path, text: str) -> str:
    path.write_bytes(text.encode("utf-8"))
    return path.name


def _stale(folder: Path, written: set[str]) -> list[Path]:
    paths = [path for path in sorted(folder.iterdir()) if path.name not in written and _STALE.fullmatch(path.name)]
    return [path for path in paths if is_ours(path)]
