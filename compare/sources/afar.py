"""What the address of an input names: the files below it, as `walk.py` finds them in folders."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from compare.errors import InputError
from compare.files.remote import Address, below, status
from compare.wording.escape import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MAGIC = re.compile(r"[*?[]")


def addressed(given: Address) -> list[str]:
    """A file or a folder, or the files that match a pattern. Raises InputError where there is nothing."""
    magic = _MAGIC.search(given)
    if magic is None:
        if status(given) or below(given):
            return [given]
        raise InputError(f"{shown(given)}: no such file or folder")
    start = given[: magic.start()].rpartition("/")[0]
    names = (f"{start}/{found.relative}" for found in below(start))
    if matching := [name for name in names if _fits(name.split("/"), given.split("/"))]:
        return [*map(Address, matching)]
    raise InputError(f"{shown(given)}: no file matches")


def relatives(root: Address) -> Iterator[str]:
    """The files below a root by their names from there, without hidden ones; one empty name if it is a file itself."""
    if status(root):
        yield ""
        return
    for found in below(root):
        if not any(part.startswith(".") for part in found.relative.split("/")):
            yield found.relative


def _fits(name: Sequence[str], pattern: Sequence[str]) -> bool:
    """Whether a name, part by part, is one of a pattern's: `**` stands for any folders that are not hidden."""
    if not pattern or not name:
        return name == pattern
    first = pattern[0]
    is_hidden = name[0].startswith(".") and not first.startswith(".")
    if first == "**":
        return _fits(name, pattern[1:]) or (not is_hidden and _fits(name[1:], pattern))
    return not is_hidden and fnmatchcase(name[0], first) and _fits(name[1:], pattern[1:])
