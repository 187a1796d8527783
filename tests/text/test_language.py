"""What the files of the languages hold."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

import compare
from compare.text.language import LANGUAGES, language

CODE = Path(compare.__file__).parent
LISTS = re.compile(r"""\b(?:words|listed)\("(\w+)", "(\w+)"\)""")


def lists() -> set[tuple[str, str]]:
    """The tables and keys whose values the code reads as words parted by blanks."""
    code = [path.read_text("utf-8") for path in CODE.rglob("*.py")]
    return {(table, key) for text in code for table, key in LISTS.findall(text)}


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_list_repeats_no_word(code: str) -> None:
    tables = {**language(code)}
    named = [*lists(), *(("speech", key) for key in tables.get("speech", {}))]
    values = [(table, key, tables.get(table, {}).get(key, "")) for table, key in named]
    repeated = {
        (table, key, word)
        for table, key, value in values
        if isinstance(value, str)
        for word, count in Counter(value.split()).items()
        if count > 1
    }
    assert not repeated
