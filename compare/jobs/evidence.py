"""`evidence` with its edges: a report's files in, one pack out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from compare.errors import InputError
from compare.evidence.choose import chosen
from compare.evidence.joined import joined
from compare.evidence.pack import BEGINNING, Cover, Origin, contents_of, is_pack, pack
from compare.evidence.stored import recorded_report, shards_of, shown_report
from compare.files.atomic import check_file, write_atomically, writing
from compare.files.naming import path_of
from compare.files.ours import is_ours
from compare.files.regular import UnreadableError, beginning, read_regular
from compare.wording.escape import shown

if TYPE_CHECKING:
    from os import PathLike

    from compare.evidence.joined import Joined
    from compare.evidence.pack import Contents

PAGE, RECORD = "index.html", "report.json"
LARGEST = 1 << 30
"""Bytes of a report's file: that of twenty thousand long articles takes a third."""
_HEAD = 256


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a pack is to hold: pages of pairs and families by their names or addresses, and pairs by their documents."""

    pages: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Packed:
    """What was written."""

    output: Path
    families: int
    pairs: int
    size: int


def write_evidence(report: str | PathLike[str], wanted: Wanted, cover: Cover, output: str | PathLike[str]) -> Packed:
    """Write a pack of some pairs and families of a report, whose folder or first page is given.

    Raises:
        InputError: there is no report, its files are not of one run or were changed by somebody, a pair is not in it,
            or the pack cannot be written or would take the place of something else.
    """
    target = Path(path_of(output))
    check_output(target)
    contents = wanted_of(Path(path_of(report)), wanted, cover)
    zipped = pack(contents)
    write_atomically(target, zipped)
    return Packed(target, len(contents.families), len(contents.pairs), len(zipped))


def wanted_of(report: Path, wanted: Wanted, cover: Cover) -> Contents:
    """What a pack of some pairs and families of a report holds. Raises InputError as `write_evidence` does."""
    read, origins = report_of(report)
    return contents_of(read, chosen(read, wanted.pages, wanted.pairs), cover, origins)


def report_of(path: Path) -> tuple[Joined, list[Origin]]:
    """A written report, and the hash of each of its files that were read. Raises InputError."""
    folder = path.parent if path.name in {PAGE, RECORD} else path
    try:
        is_report = is_ours(folder / PAGE)
    except OSError as error:
        raise InputError(f"{shown(folder)}: unreadable: {error.strerror}") from None
    if not is_report:
        raise InputError(f"no report in {shown(folder)}: `compare run PATH… --output {shown(folder)}` writes one")
    page = _content(folder, PAGE)
    shards = {name: _content(folder, name) for name in shards_of(page)}
    record = _content(folder, RECORD)
    read = joined(shown_report(page, tuple(shards.values())), recorded_report(record))
    held = {PAGE: page, **shards, RECORD: record}
    return read, [Origin(name, len(content), hashlib.sha256(content).hexdigest()) for name, content in held.items()]


def check_output(target: Path) -> None:
    """Refuse to write over anything but another pack. Raises InputError."""
    with writing(target):
        check_file(target)
        if target.exists() and target.stat().st_size:
            start = beginning(str(target), _HEAD + len(BEGINNING), follow=True)
            if not is_pack(start):
                raise InputError(f"--output {shown(target)} is there and is no pack of evidence; name another file")


def _content(folder: Path, name: str) -> bytes:
    """A file of a report. Raises InputError."""
    try:
        return read_regular(str(folder / name), LARGEST, follow=False)
    except UnreadableError as error:
        raise InputError(f"{shown(folder / name)}: {error}") from None
