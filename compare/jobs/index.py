"""An index as a Python caller meets it: one file that is made, asked and kept up to date."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from compare.files.naming import path_of
from compare.jobs.arguments import document_of, paths_of, settings_of

if TYPE_CHECKING:
    import os

    from compare.index.build import IndexChange
    from compare.index.info import Info
    from compare.index.verify import Verified
    from compare.jobs.arguments import Paths
    from compare.model import Document, Queried
    from compare.settings import Settings


class Index:
    """An index of documents in one file, which `build` makes: a new text is compared with all of them at once.

    `settings` are those that it was built with; another `shingle`, `window`, `permutations` or `seed` is refused when
    it is asked or changed, with a CompareError. Documents are named by their path from the folder of the index. Every
    method raises CompareError with one plain line where the file is missing, damaged, or written by somebody else.

    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> line = "The ferry left the old harbour at nine with forty passengers, a lorry of apples and one goat."
    >>> _ = (folder / "wire.txt").write_text(line, "utf-8")
    >>> index = Index.build(folder / "a.index", folder / "wire.txt")
    >>> queried = index.query(f"It was late. {line} Nobody minded.")
    >>> [(one.verdict.value, list(queried.sources)) for one in queried.comparisons]
    [('near-duplicate', ['wire.txt'])]
    """

    def __init__(self, file: str | os.PathLike[str], settings: Settings | None = None) -> None:
        self.file = Path(path_of(file))
        self.settings = settings_of(settings)

    @classmethod
    def build(cls, file: str | os.PathLike[str], paths: Paths, settings: Settings | None = None) -> Index:
        """A new index of all articles of some paths, in place of an older one in that file."""
        from compare.index.build import create  # noqa: PLC0415  # SQLite, when it is needed; likewise below

        index = cls(file, settings)
        create(paths_of(paths), index.file, index.settings)
        return index

    def add(self, paths: Paths, *, new_only: bool = False) -> IndexChange:
        """Add what is new in some paths and replace what has changed; what is gone from the disk stays.

        With `new_only` a document that the index, or one before it, holds (identical, nearly, or as a part) is left
        out, and counted as one of `duplicates`.
        """
        from compare.index.update import Work, extend  # noqa: PLC0415

        return extend(paths_of(paths), self.file, self.settings, Work(new_only=new_only))

    def remove(self, paths: Paths) -> IndexChange:
        """Take out files, folders or rows (`table.jsonl#ID`), which need not be on the disk any more."""
        from compare.index.update import take_out  # noqa: PLC0415

        return take_out(paths_of(paths), self.file, self.settings)

    def query(self, text: str | Document) -> Queried:
        """The documents that share text with this one, as comparisons, strongest first, with the sources by name.

        What words alone propose is aligned, at most 100 sources; what was left out is counted.
        """
        from compare.jobs.query import query  # noqa: PLC0415

        return query(document_of(text, "(query)"), [self.file], self.file.resolve().parent, self.settings)

    def __fspath__(self) -> str:
        """Its file: an index may be given wherever a path is, as in `compare.check(…, against=index)`."""
        return str(self.file)

    def info(self) -> Info:
        """What it holds and what it was built with, in figures. O(1)."""
        from compare.index.info import info  # noqa: PLC0415

        return info(self.file)

    def verify(self) -> Verified:
        """Whether it is sound: everything is derived from the stored texts again. Takes about as long as building."""
        from compare.index.verify import verify  # noqa: PLC0415

        return verify(self.file, self.settings)
