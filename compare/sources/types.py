"""Which names are those of articles and of tables of articles, and who reads an article."""

from __future__ import annotations

import os.path

READERS = {".txt": "plain", ".text": "plain", ".md": "markdown", ".markdown": "markdown"}
"""The modules of `readers/` by the ends of names. A file of another name that was named itself is plain text."""
TEXT = frozenset(READERS)
JSON_LINES = frozenset({".jsonl", ".ndjson"})
JSON = frozenset({".json"})
TABS = frozenset({".tsv", ".tab"})
SEPARATED = TABS | {".csv"}
PARQUET = frozenset({".parquet"})
TABLES = JSON_LINES | JSON | SEPARATED | PARQUET
PACKED = frozenset({".gz", ".bz2", ".xz", ".zst", ".zip", ".lz4", ".7z", ".tgz", ".rar"})


def suffix(name: str) -> str:
    """The end of a file's name from its last dot, in small letters.

    >>> suffix("news/A.MD")
    '.md'
    """
    return os.path.splitext(name)[1].lower()  # noqa: PTH122 - names stay strings, as in walk.py


def is_article(name: str) -> bool:
    """Whether a folder's file of this name is read.

    >>> is_article("a.csv"), is_article("a.png")
    (True, False)
    """
    return suffix(name) in TEXT or suffix(name) in TABLES
