"""What is known of languages: words and their meanings, read from one file a language (`data/languages/*.toml`).

A file holds tables; a table holds keys; a value is words parted by blanks, or lists and tables of such. Whoever reads
words asks for a table and a key and gets those of all languages together: news is quoted across languages, and a word
that means two things in two of them is left out of the files.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("ar", "de", "en", "es", "fr", "hi", "ru", "zh")
"""ISO 639-1 codes of the files, in the order in which they are read."""


@cache
def language(code: str) -> dict[str, Any]:
    """All that the file of a language holds."""
    return tomllib.loads(files("compare.data").joinpath("languages", f"{code}.toml").read_text("utf-8"))


@cache
def values(table: str, key: str) -> tuple[Any, ...]:
    """What each language says under a key, as it stands in its file; languages that don't say it are left out."""
    tables = (language(code).get(table, {}) for code in LANGUAGES)
    return tuple(entry[key] for entry in tables if key in entry)


@cache
def words(table: str, key: str) -> frozenset[str]:
    """The words of all languages under a key whose values are words parted by blanks."""
    return frozenset(word for value in values(table, key) for word in value.split())
