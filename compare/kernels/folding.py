"""The folding table: how each code point of Unicode enters a token. Data shipped with the package.

`data/folding.bin` is made by `tools/make_folding.py`. Little-endian: 8 bytes magic, 16 bytes Unicode version, four
uint32 sizes (look-alikes, blocks, expansions, their entries), then as uint32: pairs (code point, Latin letter that it
looks like), an index of 4,352 blocks of 256 code points, the blocks, and of all expansions the first entries, the
second ones, and so on: all their lowest bytes first, then all next ones, so that a wheel packs them to half the size.
Then a byte with the length of each expansion, and as uint64 how many common words of German there are, their hashes,
and those of words in which ae, oe and ue are no umlauts.

The token is the **loose** word: what people leave out, or write otherwise for the same word (vowel signs, points, forms
of a letter), folds away and leaves a trace (`STRIP`), which identity and the strict hash of a token see.

An entry is a payload (21 bits: the folded code point, 0 for the code point itself, or an index into the pool), a class
(4 bits) and flags. Block 0 and the pool spell their payloads out.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pkgutil import get_data
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

MAGIC = b"CMPFOLD4"
HEAD = 40
"""Bytes before the look-alikes."""
PAYLOAD = (1 << 21) - 1
CLASS_SHIFT = 21
CLASS_MASK = 15

SPACE = 0
"""Ends a token and leaves no trace: white space, control characters."""
SYMBOL = 1
"""Ends a token; two texts that differ in it are not `identical`: −5 and 5, $5 and €5."""
WORD = 2
"""A letter or number."""
ALONE = 3
"""A letter of a script without spaces, or a Korean syllable's first, which begins a token."""
MARK = 4
"""What follows a letter and is one to a reader (marks of Indic scripts and Kana, the rest of a Korean syllable): stays
in the token."""
STRIP = 5
"""A mark left out of the token, or what is written for another letter; two texts that differ in it are not `identical`,
two tokens not the same strictly: año and ano, كتاب and کتاب."""
IGNORE = 6
"""Left out without a trace: zero-width and other ignorable characters, soft hyphens."""
APOSTROPHE = 7
"""Stays inside a word (don't), else ends a token; a trace where two of them stand for quotation marks, or one for a
prime after a figure: 12'."""
MIDNUM = 8
"""Stays between two digits (4.2, 1,000), else a symbol."""
EXPAND = 9
"""Folds to several characters: ß, é, ﬁ, ㎏."""

RAISED = 10
"""A figure in another form (², ₂, ①): goes on a word (m², CO₂), strictly as m2 does, but on no figure, nor a figure on
it: 10²."""
APART = 11
"""A letter that joins its like alone: the regional letters that flags are made of."""
QUOTE = 12
"""A quotation mark of whatever kind, all of them one sign: ends a token; a text without it is not `identical`."""

DIGIT = 1 << 25
LATIN = 1 << 26
CONFUSABLE = 1 << 27
"""A letter of another script that looks like a Latin one."""
WEAK = 1 << 28
"""Of those, one that looks like a capital made small (к, т): real words are made of such letters too."""
DISGUISED = 1 << 29
"""A Latin letter that looks like a plainer one: ı, ɑ, ᴀ."""
FOREIGN = 1 << 30
"""A letter of another script that no Latin one looks like."""
NATIVE = 1 << 31
"""A letter of languages that write some of the `DISGUISED` ones themselves: ğ, ş, ŋ."""


@dataclass(frozen=True, slots=True)
class Folding:
    """The table as arrays of uint32."""

    version: str
    """The version of Unicode that it was made from."""
    lookalikes: NDArray[np.uint32]
    """Rows of (code point, Latin letter that it looks like), sorted: a capital's is a capital; I may be read as l."""
    index: NDArray[np.uint32]
    """Block number of each run of 256 code points; block 0 holds Latin-1."""
    blocks: NDArray[np.uint32]
    pool: NDArray[np.uint32]
    """The expansions, each a length and that many entries."""
    german: NDArray[np.uint64]
    """The hashes of common words of German, ascending."""
    not_umlauts: NDArray[np.uint64]
    """The hashes of words in which ae, oe or ue is no umlaut (Israel), ascending."""

    def entry(self, point: int) -> int:
        """The entry of a code point.

        >>> folding().entry(ord("A")) & PAYLOAD == ord("a")
        True
        """
        entry = int(self.blocks[(int(self.index[point >> 8]) << 8) | (point & 255)])
        return entry if entry & PAYLOAD else entry | point

    def elements(self, point: int) -> list[int]:
        """The entries that a code point stands for: its own, or those that it expands to."""
        entry = self.entry(point)
        if entry >> CLASS_SHIFT & CLASS_MASK != EXPAND:
            return [entry]
        start = entry & PAYLOAD
        return [int(item) for item in self.pool[start + 1 : start + 1 + int(self.pool[start])]]

    def lookalike(self, point: int) -> str:
        """The Latin letter that a code point looks like, or nothing.

        >>> folding().lookalike(ord("ѕ"))
        's'
        """
        return _lookalikes().get(point, "")


@cache
def _lookalikes() -> dict[int, str]:
    return {int(point): chr(letter) for point, letter in folding().lookalikes}


@cache
def folding() -> Folding:
    """The table that is shipped with the package, read once."""
    raw = get_data("compare.data", "folding.bin") or b""  # importlib.resources takes 5 ms to be imported
    if raw[:8] != MAGIC:
        raise RuntimeError("compare/data/folding.bin is damaged: install the package again")
    looks, blocks, expansions, expanded = np.frombuffer(raw, "<u4", 4, 24).tolist()
    ends = np.cumsum([2 * looks, 0x1100, 256 * blocks, expanded])
    rows = np.frombuffer(raw, np.uint8, 4 * int(ends[-1]), HEAD).reshape(4, -1)
    entries = np.ascontiguousarray(rows.T).view("<u4")[:, 0].astype(np.uint32)
    lookalikes, index, entry_blocks, columns = np.split(entries, ends[:-1])
    lengths = np.frombuffer(raw, np.uint8, expansions, HEAD + rows.size)
    count, *words = np.frombuffer(raw, "<u8", offset=HEAD + rows.size + expansions).astype(np.uint64)
    version, hashes = raw[8:24].rstrip(b"\0").decode(), np.array(words)
    pool = _pool(lengths, columns)
    return Folding(version, lookalikes.reshape(-1, 2), index, entry_blocks, pool, hashes[:count], hashes[count:])


def _pool(lengths: NDArray[np.uint8], columns: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """The expansions one after the other, from their lengths and from all first entries, all second ones, and so on."""
    stops = np.cumsum(lengths.astype(np.int64) + 1)
    pool = np.empty(int(stops[-1]), np.uint32)
    starts = stops - lengths - 1
    pool[starts] = lengths
    done = 0
    for place in range(int(lengths.max())):
        longer = starts[lengths > place]
        pool[longer + place + 1] = columns[done : done + len(longer)]
        done += len(longer)
    return pool
