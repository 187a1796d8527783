"""What an index file looks like, and which versions and settings it was written with."""

from __future__ import annotations

import sqlite3
from functools import cache
from typing import TYPE_CHECKING

from compare.kernels.folding import folding
from compare.pipeline.minhash import banding

if TYPE_CHECKING:
    from compare.settings import Settings

APPLICATION = 0x434D5058
"""`PRAGMA application_id` of every index: "CMPX"."""
FORMAT = 3
"""Version of the tables below, also `PRAGMA user_version`."""
HASHES = 4
"""Version of the token, shingle, fingerprint, identity and band hashes: raise it when one of them changes."""

TABLES = """
CREATE TABLE header(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE totals(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE files(
  number INTEGER PRIMARY KEY, path TEXT NOT NULL, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, sha256 BLOB NOT NULL
);
CREATE TABLE documents(
  number INTEGER PRIMARY KEY, content INTEGER NOT NULL, file INTEGER NOT NULL, name TEXT NOT NULL, sha256 BLOB NOT NULL,
  surface INTEGER NOT NULL, title TEXT NOT NULL, author TEXT NOT NULL, published TEXT NOT NULL,
  published_from TEXT NOT NULL, source TEXT NOT NULL, license TEXT NOT NULL, language TEXT NOT NULL,
  decoding TEXT NOT NULL, metadata TEXT NOT NULL
);
CREATE TABLE texts(
  number INTEGER PRIMARY KEY, bytes INTEGER NOT NULL, text BLOB NOT NULL, spans INTEGER NOT NULL, muted BLOB NOT NULL
);
CREATE TABLE contents(
  number INTEGER PRIMARY KEY, identity INTEGER NOT NULL, tokens INTEGER NOT NULL, fingerprints INTEGER NOT NULL,
  document INTEGER NOT NULL
);
CREATE TABLE twins(content INTEGER NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (content, number)) WITHOUT ROWID;
CREATE TABLE removed(number INTEGER PRIMARY KEY);
CREATE TABLE segments(start INTEGER PRIMARY KEY, stop INTEGER NOT NULL, rows INTEGER NOT NULL);
CREATE TABLE lanes(
  number INTEGER PRIMARY KEY, first INTEGER NOT NULL, width INTEGER NOT NULL, keys BLOB NOT NULL
);
CREATE TABLE blocks(
  number INTEGER PRIMARY KEY, entries INTEGER NOT NULL, holders INTEGER NOT NULL, postings BLOB NOT NULL
);
"""
"""`contents` are texts told apart by their folded tokens: one of their documents, its other `twins` apart. What keys
they have stands in `segments`, each with three `lanes` of `blocks`; see `segments.py`. `removed` are contents that are
no more, and still stand there. No index of SQLite's has what comes in no order: an `add` would touch all of it.

`documents.decoding` is empty, or says how the document was read with a doubt: encoding, 1 for a guess, broken pieces.
`documents.metadata` is the text of a JSON object: what else is known of a document: see `MORE` in `texts.py`.
`documents.number` and `texts.number` are the same number. `files.size` is −1 while not all rows of a table are in.
Keys and hashes are the same 64 bits as signed numbers.
"""

HEADER = ("table", "header", "header", TABLES.strip().split(";", maxsplit=1)[0])
"""The row of `sqlite_master` that lets the header be read, whatever the other tables are."""

INDEXES = """
CREATE UNIQUE INDEX files_by_path ON files(path);
CREATE UNIQUE INDEX documents_by_name ON documents(name);
CREATE INDEX documents_by_file ON documents(file);
"""
"""Made after a bulk build has filled the tables."""

HOLDERS = "(SELECT number AS content, document AS number FROM contents UNION ALL SELECT content, number FROM twins)"
"""Rows of (content, number): all documents of each content."""

SETTINGS = ("shingle", "window", "permutations", "seed", "bands", "rows")
"""The lines of the header that come from the settings; bands and rows from `lsh_threshold`."""


def statements(script: str) -> list[str]:
    """The statements of a script one by one, as SQLite stores them."""
    return [part.strip() for part in script.split(";") if part.strip()]


def versions() -> dict[str, str]:
    """The part of the header that no setting changes."""
    return {"format": str(FORMAT), "hashes": str(HASHES), "folding": str(folding().version)}


def header_of(settings: Settings) -> dict[str, str]:
    """The header that an index of these settings has."""
    bands, rows = banding(settings.lsh_threshold, settings.permutations)
    values = (settings.shingle, settings.window, settings.permutations, settings.seed, bands, rows)
    return versions() | {name: str(value) for name, value in zip(SETTINGS, values, strict=True)}


@cache
def expected_schema() -> frozenset[tuple[str, str, str, str | None]]:
    """The rows of `sqlite_master` (type, name, table, SQL) that an index has, and none but these."""
    connection = sqlite3.connect(":memory:")
    try:
        for statement in statements(TABLES + INDEXES):
            connection.execute(statement)
        return frozenset(connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master"))
    finally:
        connection.close()
