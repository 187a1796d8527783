"""How large what is read is, as it stands on the disk."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from compare.sources.walk import plan

if TYPE_CHECKING:
    from collections.abc import Sequence
    from os import PathLike

    from compare.sources.walk import File


def size_of(file: File) -> int:
    """Bytes of a file; 0 where it cannot be told."""
    try:
        return os.stat(file.path).st_size  # noqa: PTH116  # a Path for each of 100,000 files takes longer than this
    except OSError:
        return 0


def total_size(paths: Sequence[str | PathLike[str]]) -> int:
    """Bytes of all files that the inputs name. Raises InputError as `plan` does."""
    return sum(map(size_of, plan(paths).files))
