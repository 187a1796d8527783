"""Which names are those of articles and of tables of articles, and who reads an article."""

from __future__ import annotations

import os.path

from compare.documents.extract import EXTRACTORS

READERS = {".txt": "plain", ".text": "plain", ".md": "markdown", ".markdown": "markdown"}
"""The modules of `readers/` by the ends of names. A file of another name that was named itself is plain text."""
TEXT = frozenset(READERS)
DOCUMENTS = frozenset(EXTRACTORS)
"""Of what holds more than text; `readers/document.py` reads it."""
JSON_LINES = frozenset({".jsonl", ".ndjson"})
JSON = frozenset({".json"})
TABS = frozenset({".tsv", ".tab"})
SEPARATED = TABS | {".csv"}
PARQUET = frozenset({".parquet"})
ARROW = frozenset({".arrow", ".feather"})
WARC = frozenset({".warc"})
TABLES = WARC | JSON_LINES | JSON | SEPARATED | PARQUET | ARROW
UNPACKED = frozenset({".gz", ".bz2", ".xz", ".zst"})
"""Of files that `files/packed.py` reads: told by content, but a name within such a name still says what it is of."""
CLOSED = frozenset({".zip", ".lz4", ".7z", ".tgz", ".rar"})
"""Archives, and what is compressed in a way that is not read."""
PACKED = UNPACKED | CLOSED


def suffix(name: str) -> str:
    """The end of a file's name from its last dot, in small letters.

    >>> suffix("news/A.MD")
    '.md'
    """
    return os.path.splitext(name)[1].lower()  # noqa: PTH122 - names stay strings, as in walk.py


def inner(name: str) -> str:
    """A file's name without what says that it is compressed, if it can be unpacked.

    >>> inner("news/a.jsonl.gz"), inner("a.zip")
    ('news/a.jsonl', 'a.zip')
    """
    return name[: -len(suffix(name))] if suffix(name) in UNPACKED else name


def is_article(name: str) -> bool:
    """Whether a folder's file of this name is read.

    >>> is_article("a.csv"), is_article("a.csv.gz"), is_article("a.png")
    (True, True, False)
    """
    return suffix(name) in TEXT | DOCUMENTS or is_table(name)


def is_table(name: str) -> bool:
    """Whether a name promises rows, compressed or not."""
    return suffix(inner(name)) in TABLES
