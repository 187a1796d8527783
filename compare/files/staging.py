"""The files of one job as one whole: written in a temporary folder, then put in place, what vouches for them last.

A summary never stands beside the files of another run: it goes first, and its absence says that a job has not finished.
"""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from compare.ending import UNDISTURBED
from compare.files.atomic import check_file, replacing, sync, writing
from compare.files.temporary import alone, temporary_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

SYNCED = 64
"""Files of a job up to which each is on the disk before what vouches for them is; of more, only those that vouch are.

One takes a disk 1 to 20 ms, and a folder of articles may hold ten thousand. A killed process loses nothing either way;
a machine without power may lose what it wrote in the last half minute.
"""


@dataclass(frozen=True, slots=True)
class Staging:
    """A folder, and the temporary one inside it where its files are written."""

    folder: Path
    inside: Path
    _made: dict[Path, Path] = field(default_factory=dict)
    """Folders of files that wait, with those that the files are to go to, links followed."""

    def path(self, target: Path) -> Path:
        """Where to write what is to become a file of the folder."""
        staged = self.inside / target.relative_to(self.folder)
        if staged.parent not in self._made:
            staged.parent.mkdir(parents=True, exist_ok=True)
            self._made[staged.parent] = Path(os.path.realpath(target.parent))
        return staged

    def place(self, vouching: Sequence[str], gone: Iterable[Path] = ()) -> None:
        """Put all that was written in place, and remove what is `gone`: quickly, one job at a time, and not cut short.

        The old files that vouch for the whole go before anything else changes, the last of them first; the new ones
        come when all else stands, in their order.

        Raises:
            InputError: a folder stands where a file belongs; nothing has changed then.
            OSError: a file cannot be moved; none vouches for the whole then.
        """
        names = [name for name in _names(self.inside) if name not in vouching]
        moves = [self._move(self.inside / name) for name in (*names, *vouching)]
        for folder in {target.parent: None for _, target in moves}:
            folder.mkdir(parents=True, exist_ok=True)
        for staged, _ in moves if len(moves) <= SYNCED else moves[len(names) :]:
            sync(staged)
        with alone(self.folder), UNDISTURBED:
            for _, target in reversed(moves[len(names) :]):
                target.unlink(missing_ok=True)
            sync(self.folder)
            for staged, target in moves[: len(names)]:
                _put(staged, target)
            for path in gone:
                path.unlink(missing_ok=True)
            for staged, target in moves[len(names) :]:
                _put(staged, target)
            sync(self.folder)

    def _move(self, staged: Path) -> tuple[Path, Path]:
        """From where to where a file goes; a link is followed. Raises InputError."""
        target = self._made[staged.parent] / staged.name
        if target.is_symlink():
            target = Path(os.path.realpath(target))
        check_file(target)
        return staged, target


@contextmanager
def staging(folder: Path) -> Iterator[Staging]:
    """A place to write the files of a folder, which is made if it is missing; what is not put in place is gone after.

    Raises:
        InputError: in place of any OSError of the block, which is there to write.
    """
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with temporary_folder(folder) as inside:
            yield Staging(folder, inside)


def _names(folder: Path) -> list[str]:
    """The files below a folder by their names from there, in order."""
    return sorted(
        os.path.relpath(os.path.join(root, name), folder)  # noqa: PTH118
        for root, _, names in os.walk(folder)
        for name in names
    )


def _put(staged: Path, target: Path) -> None:
    try:
        staged.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        with staged.open("rb") as source, replacing(target) as file:  # a linked folder of another disk
            shutil.copyfileobj(source, file)
