"""Paths of which nothing was read: an archive that is empty must not look like one that holds nothing alike."""

# Names stay strings, as in walk.py.
# ruff: noqa: PTH118

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from compare.errors import InputError
from compare.sources.walk import roots
from compare.wording.escape import Piped, utf8_name
from compare.wording.words import nothing_readable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from compare.model import Skipped


def refuse_missed(paths: Iterable[str], read: Iterable[str], skipped: Sequence[Skipped]) -> None:
    """Raise InputError for the first of some paths that no document comes from; `read` are the files of documents."""
    files = {utf8_name(os.path.realpath(file)) for file in read}
    for path in paths:
        below = [] if isinstance(path, Piped) else [utf8_name(os.path.realpath(root)) for root in roots(path)]
        if below and not any(root in files or _holds(root, files) for root in below):
            here = [skip for skip in skipped if skip.path == path or skip.path.startswith(os.path.join(path, ""))]
            raise InputError(nothing_readable([path], here))


def _holds(folder: str, files: Iterable[str]) -> bool:
    """Whether any of the files lies in a folder, or below an address."""
    return any(file.startswith(os.path.join(folder, "")) for file in files)
