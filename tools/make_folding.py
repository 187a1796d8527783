#!/usr/bin/env python3
"""Make `compare/data/folding.bin`: how every code point of Unicode is folded, from this interpreter's `unicodedata`.

    python3 tools/make_folding.py compare/data/folding.bin

The table is shipped so that a token never depends on the interpreter that reads it. `compare/folding.py` reads it and
documents its layout; the classes and their meaning stand there too.
"""

from __future__ import annotations

import sys
import unicodedata
from functools import cache
from pathlib import Path

import numpy as np

from compare.folding import (
    ALONE,
    APOSTROPHE,
    CLASS_SHIFT,
    CONFUSABLE,
    DIGIT,
    EXPAND,
    IGNORE,
    LATIN,
    MAGIC,
    MARK,
    MIDNUM,
    PAYLOAD,
    SPACE,
    STRIP,
    SYMBOL,
    WORD,
)

CODE_POINTS = 0x110000
SURROGATES = range(0xD800, 0xE000)
LATIN_1 = range(0x100)
TATWEEL = 0x640
APOSTROPHES = frozenset("'’‘ʼʻ`´")
QUOTES = frozenset('"“”„‟‚‛«»‹›「」『』〝〞〟❛❜❝❞')
MIDNUMS = frozenset(".,٫٬")
SPACELESS = (
    "CJK ", "HIRAGANA", "KATAKANA", "BOPOMOFO", "THAI", "LAO", "KHMER", "MYANMAR", "NUSHU", "TANGUT", "IDEOGRAPHIC",
)  # fmt: skip
"""Prefixes of the names of letters in scripts that put no spaces between words: one character is one token."""
STRIPPED = ((0x300, 0x370), (0x483, 0x48A), (0x1AB0, 0x1B00), (0x1DC0, 0x1E00), (0x20D0, 0x2100), (0xFE20, 0xFE30))
"""Combining marks of Latin, Greek and Cyrillic. Those of Indic scripts, Arabic and Hebrew are letters to a reader."""
IGNORED = (
    (0x34F, 0x350), (0x115F, 0x1161), (0x17B4, 0x17B6), (0x180B, 0x1810), (0x2065, 0x2066), (0x3164, 0x3165),
    (0xFE00, 0xFE10), (0xFFA0, 0xFFA1), (0xFFF0, 0xFFF9), (0xE0000, 0xE1000),
)  # fmt: skip
"""Default_Ignorable_Code_Point beyond the format characters (Cf)."""
CONFUSABLES = dict(
    zip(
        "авеһісјкӏмноԁԛѕтухԝѵрαβεηικνορτυχγօոսցհ",
        "abehicjklmhodqstyxwvpabenikvoptuxyonugh",
        strict=True,
    )
)
"""Folded Cyrillic, Greek and Armenian letters that pass for Latin ones; used only in tokens that mix scripts."""


def within(point: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    """Whether a code point stands in one of some half-open ranges."""
    return any(start <= point < stop for start, stop in ranges)


@cache
def decomposed(char: str) -> str:
    """The character after compatibility decomposition and full case folding, repeated until nothing changes."""
    before, after = "", char
    while before != after:
        before, after = after, unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", after).casefold())
    return after


def punctuation_class(char: str) -> int:
    """The class of what is neither letter, number, mark nor format character."""
    if char in APOSTROPHES:
        return APOSTROPHE
    if char in MIDNUMS:
        return MIDNUM
    if char in QUOTES or char.isspace() or unicodedata.category(char) in {"Cc", "Zs", "Zl", "Zp"}:
        return SPACE
    return SYMBOL


def simple_class(char: str) -> int:
    """The class of a character that folds to itself."""
    point, category = ord(char), unicodedata.category(char)
    if char in APOSTROPHES:
        return APOSTROPHE
    if within(point, IGNORED) or category == "Cf" or point == TATWEEL:
        return IGNORE
    if category[0] == "M":
        return STRIP if within(point, STRIPPED) else MARK
    if category[0] in "LN":
        return ALONE if unicodedata.name(char, "").startswith(SPACELESS) else WORD
    return punctuation_class(char)


def flags(char: str) -> int:
    """What else the tokeniser must know of a character that stands in a word."""
    name = unicodedata.name(char, "")
    return (
        DIGIT * (unicodedata.category(char) == "Nd")
        | LATIN * name.startswith("LATIN")
        | CONFUSABLE * (char in CONFUSABLES)
    )


def simple_entry(char: str) -> int:
    """The table entry of a character that folds to itself."""
    kind = simple_class(char)
    payload = ord("'") if kind == APOSTROPHE else ord(char)
    return payload | kind << CLASS_SHIFT | (flags(char) if kind == WORD else 0)


def entries() -> tuple[np.ndarray, list[int]]:
    """The table (uint32, one entry a code point) and the pool of expansions (length, then entries)."""
    table = np.zeros(CODE_POINTS, np.uint32)
    pool = [0]
    known: dict[str, int] = {}
    for point in range(CODE_POINTS):
        char = chr(point)
        folded = char if char in APOSTROPHES or char in QUOTES or point in SURROGATES else decomposed(char)
        if len(folded) == 1:
            entry = simple_entry(folded)
            table[point] = entry - point if entry & PAYLOAD == point and point not in LATIN_1 else entry
        elif simple_class(char) == IGNORE or not folded:
            table[point] = IGNORE << CLASS_SHIFT
        else:
            if folded not in known:
                known[folded] = len(pool)
                pool += [len(folded), *map(simple_entry, folded)]
            table[point] = known[folded] | EXPAND << CLASS_SHIFT
    return table, pool


def pack(table: np.ndarray, pool: list[int]) -> bytes:
    """The file's bytes: header, confusables, block index, blocks, pool; all little-endian."""
    blocks, index = np.unique(table.reshape(-1, 256), axis=0, return_inverse=True)
    first = int(index[0])
    order = [first, *[i for i in range(len(blocks)) if i != first]]
    rank = np.empty(len(order), np.uint16)
    rank[order] = np.arange(len(order))
    pairs = sorted((ord(a), ord(b)) for a, b in CONFUSABLES.items())
    sizes = np.array([len(pairs), len(blocks), len(pool)], "<u4")
    version = unicodedata.unidata_version.encode().ljust(16, b"\0")
    parts = [np.array(pairs), rank[index.reshape(-1)], blocks[order], np.array(pool)]
    return MAGIC + version + sizes.tobytes() + b"".join(part.astype("<u4").tobytes() for part in parts)


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(pack(*entries()))
