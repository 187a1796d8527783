"""The hot loops in plain Python and NumPy: the oracle of the property tests, and the fallback without a compiler.

Every public function here has a twin of the same name in `_native.pyx` with equal results, bit for bit. Columns are
flat arrays with offsets: the values of text `i` are `values[offsets[i]:offsets[i + 1]]`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from compare.kernels import columns
from compare.kernels.disguise import (
    GERMAN,
    HOOKED,
    NOTHING,
    PARTED,
    SOON,
    SPELLED,
    SPELLED_OUT,
    Alikes,
    Gaps,
    alikes,
    begins_word,
    ells_or_eyes,
    is_apostrophe,
    is_private,
    letters,
    spells_out,
    umlauts,
)
from compare.kernels.folding import (
    ALONE,
    APART,
    APOSTROPHE,
    CLASS_MASK,
    CLASS_SHIFT,
    CONFUSABLE,
    DIGIT,
    DISGUISED,
    FOREIGN,
    IGNORE,
    LATIN,
    MARK,
    MIDNUM,
    PAYLOAD,
    QUOTE,
    RAISED,
    STRIP,
    SYMBOL,
    WEAK,
    WORD,
    folding,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    U64 = NDArray[np.uint64]
    I32 = NDArray[np.int32]
    U32 = NDArray[np.uint32]
    Tokens = NDArray[np.uint32] | NDArray[np.uint64]
    I64 = NDArray[np.int64]

MASK = (1 << 64) - 1
LOW = (1 << 32) - 1
BASIS, FACTOR = 0xCBF29CE484222325, 0xD6E8FEB86659FD93
"""Start and multiplier of the token hash: an odd constant with no short pattern (Stafford's mixers)."""
STEP = 0x9E3779B97F4A7C15
"""The odd multiplier of the polynomial over tokens: 2⁶⁴ divided by the golden ratio."""
MARKED, PRIME, BLANK = ord('"'), 0x2032, ord(" ")
"""The traces of a quotation mark of any kind, of a prime, and of a space between Korean syllables."""
HANGUL = range(0x1100, 0x1200)
NO_SYLLABLE, MOST_OWN = -2, 4


def mix(value: int) -> int:
    """The 64-bit finaliser of MurmurHash3: a bijection in which every bit depends on every other."""
    value = (value ^ value >> 33) * 0xFF51AFD7ED558CCD & MASK
    value = (value ^ value >> 33) * 0xC4CEB9FE1A85EC53 & MASK
    return value ^ value >> 33


NONE: U64 = np.empty(0, np.uint64)


class Tokenised(NamedTuple):
    """What `tokens` returns."""

    hashes: U64
    starts: I64
    stops: I64
    words: list[str]
    surface: int
    alike: int = 0
    """Tokens that were read otherwise than they are written: with Latin letters for what looks like them."""
    spaced: int = 0
    """Letters that a space parts from the one before them where no word ends."""
    strict: U64 = NONE
    """uint64[tokens]: hashes that tell apart what `hashes` hold for one word: marks, vowel signs, forms of a letter.
    The same array as `hashes` where no token has any of these."""


@dataclass(frozen=True, slots=True)
class _Token:
    """A token, its span, what it is if look-alikes are read as Latin letters, and a sum over what loosened it."""

    word: str
    start: int
    stop: int
    twin: str = ""
    loose: int = 0

    @property
    def strict(self) -> int:
        """The hash that holds its marks too."""
        return mix(word_hash(self.word) ^ self.loose) if self.loose else word_hash(self.word)


@dataclass(slots=True)
class _Scanner:
    """The tokeniser's state: at most one open token, and perhaps a character that may still join it."""

    found: list[_Token] = field(default_factory=list)
    surface: int = 0
    chars: list[str] = field(default_factory=list)
    twin: list[str] = field(default_factory=list)
    alone: bool = False
    apart: bool = False
    raised: bool = False
    start: int = 0
    stop: int = 0
    pending: int = 0
    digit: bool = False
    mixed: int = 0
    capital: bool = False
    symbols: int = 0
    alike: int = 0
    """Tokens of Latin letters and others that look like them, which are read as Latin."""
    waiting: list[_Waiting] = field(default_factory=list)
    foreign: int = -1
    """Number of the last token that is surely of another script."""
    foreigners: int = 0
    row: int = 0
    """Tokens of one character up to the last one, each a character after the one before it."""
    last: int = -2
    """Where the last token of one character begins."""
    rows: bool = False
    private: bool = False
    ambiguous: bool = False
    """Whether a letter stood that may be I or l."""
    loose: int = 0
    """What the open token was loosened by."""
    opener: int = -1
    """The number of the token before which an apostrophe stands that may open a quotation."""
    syllable: int = NO_SYLLABLE
    """The number of the last token that is a Korean syllable ..."""
    own: str = ""
    """... and its letters."""

    def partial(self) -> int:
        """A number for the open token so far, to place a stripped mark by; 0 if none is open."""
        return word_hash("".join(self.chars)) if self.chars else 0

    def flush(self) -> None:
        """End the open token."""
        if self.chars:
            self.add(*map("".join, (self.chars, self.twin)))
            self.chars, self.twin, self.alone, self.mixed, self.symbols, self.loose = [], [], False, 0, 0, 0

    def add(self, word: str, twin: str) -> None:
        """A token, as it is read; where that hangs on the text around it, it waits for the text's end."""
        if self.mixed & CONFUSABLE and self.mixed & LATIN:
            self.alike, word = self.alike + 1, twin
        elif self.mixed & FOREIGN and not self.mixed & LATIN:
            self.of_another_script()
        elif self.mixed & CONFUSABLE:
            self.suspect()
        elif self.mixed & DISGUISED:
            self.waiting.append(_Waiting(len(self.found), _DISGUISE))
        if self.stop - self.start == 1:
            self.row = self.row + 1 if self.start == self.last + 2 else 1
            self.last, self.rows = self.start, self.rows or self.row >= ROW
        self.found.append(_Token(word, self.start, self.stop, twin, self.loose))

    def of_another_script(self) -> None:
        """What looks Latin right before a token of another script is of that script, as what comes right after is."""
        self.foreign = before = len(self.found)
        self.foreigners += 1
        while self.waiting and self.waiting[-1].kind != _DISGUISE and self.waiting[-1].number == before - 1:
            before = self.waiting.pop().number
            self.foreigners += 1

    def suspect(self) -> None:
        """A token wholly of letters that look Latin."""
        number = len(self.found)
        if number and self.foreign == number - 1:
            self.foreign, self.foreigners = number, self.foreigners + 1
            return
        size = self.stop - self.start
        sign = self.mixed & WEAK and (self.capital or size == 1 or self.mixed & DIGIT)
        pair = self.mixed & WEAK and size == SHORT
        self.waiting.append(_Waiting(number, _LONE if sign else _PAIR if pair else _WORD))

    def residue(self, point: int, partial: int) -> None:
        """Remember something that tokens lose but that tells two texts apart."""
        place = partial ^ (len(self.found) * STEP & MASK)
        self.surface = self.surface + mix(place ^ (point << 20) ^ self.symbols) & MASK

    def end(self) -> None:
        """End the open token and what hung on it."""
        self.flush()
        if self.pending == ord("'"):
            self.closing()
        elif self.pending:
            self.symbol(self.pending)
        self.pending = 0

    def quote(self, number: int) -> None:
        """A quotation mark before a token. Its place among other signs is no matter: ,” is ”, to a reader."""
        self.surface = self.surface + mix(number * STEP & MASK ^ (MARKED << 20)) & MASK

    def closing(self) -> None:
        """An apostrophe right after a token: the second mark of a quotation, a prime after a figure, or free."""
        if self.opener >= 0:
            self.quote(self.opener)
            self.quote(len(self.found))
            self.opener = -1
        elif self.digit:
            self.residue(PRIME, 0)

    def apostrophe(self, *, followed: bool) -> None:
        """An apostrophe inside no token, right before one or not."""
        if followed:
            self.opener = len(self.found)
        elif self.opener >= 0:
            self.closing()

    def symbol(self, point: int) -> None:
        """A separator that tells two texts apart."""
        self.residue(point, 0)
        self.symbols += 1

    def letter(self, entry: int, position: int, alike: str) -> None:
        """A character that stands in a token; `alike` is the Latin letter that it looks like, or nothing."""
        kind = entry >> CLASS_SHIFT & CLASS_MASK
        digit = bool(entry & DIGIT) and kind == WORD
        like = kind != ALONE and (kind == APART) == self.apart
        if self.pending and like and (self.pending == ord("'") or digit):
            self.put(chr(self.pending))
            self.pending = 0
        elif self.pending or (self.breaks(kind, digit=digit) and self.start != position):  # one character, one token
            self.end()
        if not self.chars:
            before = self.syllable_before(kind, entry & PAYLOAD, position)
            self.begin(position, kind, alike)
            self.chars, self.twin = list(before), list(before)
        self.put(chr(entry & PAYLOAD), alike.lower())
        if self.syllable == len(self.found) and len(self.own) < MOST_OWN:
            self.own += chr(entry & PAYLOAD)
        self.stop = position + 1
        self.alone, self.digit, self.raised = self.alone or kind == ALONE, digit, kind == RAISED
        self.mixed |= entry & SEEN if kind not in {MARK, ALONE} else 0

    def begin(self, position: int, kind: int, alike: str) -> None:
        """Open a token. Where one character ends one and begins the next, it is the next one's."""
        if self.found and self.found[-1].stop > position:
            self.found[-1] = replace(self.found[-1], stop=position)
        self.start, self.alone, self.apart, self.capital = position, kind == ALONE, kind == APART, alike.isupper()

    def syllable_before(self, kind: int, point: int, position: int) -> str:
        """The letters of the Korean syllable before this one, wherever a word ends, with a trace of the gap.

        They are a part of its token: syllables alone say as little as letters.
        """
        number, before = len(self.found), ""
        if kind == ALONE and point in HANGUL:
            if self.syllable == number - 1:
                before = "" if self.symbols else self.own
                if self.stop != position:
                    self.residue(BLANK, 0)
            self.syllable, self.own = number, ""
        return before

    def put(self, char: str, alike: str = "") -> None:
        """A character of the open token."""
        self.chars.append(char)
        self.twin.append(alike or char)

    def breaks(self, kind: int, *, digit: bool) -> bool:
        """Whether a character cannot go on the open token."""
        if kind == MARK or not self.chars:
            return False
        raised = (digit and self.raised) or (kind == RAISED and self.digit)
        return self.alone or kind == ALONE or raised or self.apart != (kind == APART)

    def step(self, entry: int, position: int, alike: str = "", *, followed: bool = False) -> None:
        """One folded character; `followed` says whether a letter or figure comes next."""
        kind, payload = entry >> CLASS_SHIFT & CLASS_MASK, entry & PAYLOAD
        if kind in {WORD, ALONE, MARK, RAISED, APART}:
            self.letter(entry, position, alike)
        elif kind in {STRIP, IGNORE}:
            self.beside(kind, payload, position)
            if self.chars and not self.pending:
                self.stop = position + 1
        elif self.may_join(kind):
            self.pending = payload
        else:
            self.end()
            self.between(kind, payload, followed=followed)

    def between(self, kind: int, payload: int, *, followed: bool) -> None:
        """A character outside tokens."""
        if kind in {SYMBOL, MIDNUM}:
            self.symbol(payload)
        elif kind == QUOTE:
            self.quote(len(self.found))
        elif kind == APOSTROPHE:
            self.apostrophe(followed=followed)

    def beside(self, kind: int, payload: int, position: int) -> None:
        """A character that ends no token and stands in none."""
        if kind == STRIP:
            self.residue(payload, self.partial())
            self.private |= bool(self.chars) and is_private(payload)
            on_word = self.raised and self.start < position
            if self.chars and not on_word and not is_private(payload):
                self.loose = self.loose + mix(self.partial() ^ (payload << 20)) & MASK

    def may_join(self, kind: int) -> bool:
        """Whether an apostrophe or a decimal sign may stand inside the open token."""
        inside = bool(self.chars) and not self.alone and not self.pending
        return inside and (kind == APOSTROPHE or (kind == MIDNUM and self.digit))


class _Waiting(NamedTuple):
    """A token whose reading hangs on the whole text: its number, and how it can be read otherwise."""

    number: int
    kind: int


_DISGUISE, _WORD, _LONE, _PAIR = 1, 2, 3, 4
"""A Latin word with letters that look like plainer ones; a word of another script that looks Latin; the same, but one
that may be a name or a sign; the same with two letters, which are signs (αβ) where all such are the same two."""
SEEN = DIGIT | LATIN | CONFUSABLE | WEAK | DISGUISED | FOREIGN
ROW = 4
"""Tokens of one character in a row, each a character apart, from which a text is asked whether its words are spaced."""
SHORT = 2
"""Letters of a token that may be a sign: αβ."""


def word_hash(word: str) -> int:
    """The 64-bit hash of a folded token: its UTF-8 in blocks of eight bytes, little-endian, the last padded with zeros.

    Without collisions for tokens of up to seven bytes, since every step is a bijection.

    >>> word_hash("pact") == mix(BASIS ^ int.from_bytes(b"pact", "little"))
    True
    """
    utf8, value = word.encode(), BASIS
    whole = len(utf8) // 8 * 8
    for start in range(0, whole, 8):
        value = (value ^ int.from_bytes(utf8[start : start + 8], "little")) * FACTOR & MASK
        value ^= value >> 32
    return mix(value ^ int.from_bytes(utf8[whole:], "little"))


def tokens(text: str) -> Tokenised:
    """The tokens of a text: hashes of their folded words, spans, the words themselves, and the surface hash.

    The surface is what tokens lose and identity needs: symbols and stripped marks with their places. Linear: a text
    that may be disguised is read twice.

    >>> tokens("Don’t pay 4.2 Café…").words
    ["don't", 'pay', '4.2', 'cafe']
    >>> tokens("p a y  t h e  b i l l").words
    ['pay', 'the', 'bill']
    """
    scanner, spaced, disguise, gaps = _scanned(text, NOTHING), 0, NOTHING, Gaps(text)
    if scanner.rows or scanner.private:
        disguise = gaps.disguise(len(scanner.found))
        spaced = gaps.told(disguise, len(scanner.found))
    disguise |= ells_or_eyes(text) * scanner.ambiguous
    disguise |= SPELLED * _is_spelled_out(scanner, text)
    scanner = scanner if disguise == NOTHING else _scanned(text, disguise, gaps)
    changed = _settle(scanner, text)
    words = [token.word for token in scanner.found]
    hashes = np.array([word_hash(word) for word in words], np.uint64)
    starts = np.array([token.start for token in scanner.found], np.int64)
    stops = np.array([token.stop for token in scanner.found], np.int64)
    strict = np.array([token.strict for token in scanner.found], np.uint64)
    strict = hashes if np.array_equal(strict, hashes) else strict
    return Tokenised(hashes, starts, stops, words, scanner.surface, scanner.alike + changed, spaced, strict)


def _is_spelled_out(scanner: _Scanner, text: str) -> bool:
    """Whether a text is German with its umlauts spelled out."""
    hashes = [word_hash(token.word) for token in scanner.found]
    soon, german = hashes[:SOON], set(folding().german.tolist())
    if GERMAN * sum(value in german for value in soon) < max(len(soon), 1):
        return False
    not_umlauts = set(folding().not_umlauts.tolist())
    more = umlauts(text) - sum(value in not_umlauts for value in hashes)
    return more > 0 and SPELLED_OUT * more >= len(hashes)


def _scanned(text: str, disguise: int, gaps: Gaps | None = None) -> _Scanner:
    """All tokens of a text, whose words are spaced or parted as `disguise` says."""
    scanner, table = _Scanner(), folding()
    for position, char in enumerate(text):
        if gaps and gaps.joins(position, disguise):
            scanner.residue(ord(char), scanner.partial())
        elif disguise & PARTED and is_private(ord(char)):
            scanner.end()
            scanner.symbol(ord(char))
        elif disguise & SPELLED and spells_out(text, position):
            scanner.step(ord("e") | STRIP << CLASS_SHIFT, position)
        else:
            elements = table.elements(ord(char))
            letters = alikes(text, position, elements, disguise)
            scanner.ambiguous |= table.lookalike(ord(char)) == "I" or char == HOOKED
            followed = is_apostrophe(elements) and begins_word(text, position + 1)
            for entry, letter in zip(elements, letters, strict=True):
                scanner.step(entry, position, letter, followed=followed)
    scanner.end()
    return scanner


def _settle(scanner: _Scanner, text: str) -> int:
    """Read the tokens that wait as the whole text says, with a trace for identity; how many are read otherwise."""
    if not scanner.waiting:
        return 0
    counts = letters(text)
    latin = counts.reads_latin(_alikes(scanner))
    chosen = [token for token in scanner.waiting if (counts.reads_plain() if token.kind == _DISGUISE else latin)]
    for number, _ in chosen:
        token = scanner.found[number]
        scanner.surface = scanner.surface + mix(word_hash(token.word) ^ (number * STEP & MASK)) & MASK
        scanner.found[number] = replace(token, word=token.twin, loose=0)
    return len(chosen)


def _alikes(scanner: _Scanner) -> Alikes:
    """How many tokens are forged, and how many may be what they are."""
    kinds = Counter(waiting.kind for waiting in scanner.waiting)
    pairs = {word_hash(scanner.found[token.number].twin) for token in scanner.waiting if token.kind == _PAIR}
    words, doubtful = scanner.alike + kinds[_WORD], kinds[_LONE]
    signs = len(pairs) == 1
    return Alikes(words + kinds[_PAIR] * (not signs), doubtful + kinds[_PAIR] * signs, scanner.foreigners)


def polynomial(values: Sequence[int]) -> int:
    """Hash of a run of token hashes, in their order: a polynomial in `STEP` mod 2⁶⁴, with the length, mixed."""
    total = 0
    for value in values:
        total = (total * STEP + int(value)) & MASK
    return mix(total + len(values) & MASK)


def shingle_hashes(hashes: Tokens, k: int) -> U64:
    """The shingles of one text in order: uint64[max(n − k + 1, 1)]; a shorter text has one, of all its tokens.

    They are made of the low halves of the tokens' hashes, so that a column of tokens may be those alone (uint32).
    """
    values = [int(value) & LOW for value in hashes]
    if not values:
        return np.empty(0, np.uint64)
    runs = [values[i : i + k] for i in range(len(values) - k + 1)] or [values]
    return np.array([polynomial(run) for run in runs], np.uint64)


def shingles(hashes: Tokens, offsets: I64, k: int) -> tuple[U64, I64]:
    """The shingles of many texts as a flat column with its own offsets."""
    parts = [shingle_hashes(hashes[offsets[i] : offsets[i + 1]], k) for i in range(len(offsets) - 1)]
    return flatten(parts)


def flatten(parts: list[U64]) -> tuple[U64, I64]:
    """A list of columns as one flat column and its offsets."""
    offsets = np.concatenate([[0], np.cumsum([len(part) for part in parts])]).astype(np.int64)
    return np.concatenate([np.empty(0, np.uint64), *parts]), offsets


def permutations(count: int, seed: int) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Multipliers (odd) and addends of the permutations, as `datasketch.MinHash(scheme="affine32")` draws them."""
    generator = np.random.RandomState(seed)
    # 2x + 1: odd numbers alone are permutations modulo 2³²
    multipliers = generator.randint(0, 1 << 31, count, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    return multipliers, generator.randint(0, 1 << 32, count, dtype=np.uint32)


def signature(shingled: U64, multipliers: NDArray[np.uint32], addends: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """The MinHash signature of one text: uint32[permutations], all ones for an empty one.

    Equal to datasketch 2's `affine32` over the low 32 bits of the shingles: MurmurHash3's finaliser, then the minimum
    of `a·h + b mod 2³²` (Leskovec, Rajaraman & Ullman, ch. 3.3).
    """
    value = shingled.astype(np.uint32)
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35), (16, 1)):
        value = (value ^ value >> np.uint32(shift)) * np.uint32(factor)
    result = np.full(len(multipliers), 0xFFFFFFFF, np.uint32)
    for item in value:
        np.minimum(result, multipliers * item + addends, out=result)
    return result


def winnow(shingled: U64, window: int) -> I64:
    """Positions of the fingerprints among a text's shingles, ascending: the rightmost minimum of every window.

    A text shorter than a window has one. Schleimer, Wilkerson & Aiken (2003): two texts that share a run of
    `window` shingles share a fingerprint; about 2 in `window + 1` shingles are taken.
    """
    size = min(window, len(shingled))
    chosen = set()
    for start in range(len(shingled) - size + 1 if size else 0):
        part = shingled[start : start + size]
        chosen.add(start + size - 1 - int(np.argmin(part[::-1])))
    return np.array(sorted(chosen), np.int64)


def once(values: U64) -> U64:
    """Each value where it first stands."""
    return values[np.sort(np.unique(values, return_index=True)[1])]


class Sketched(NamedTuple):
    """What `sketch` returns for a batch of n texts."""

    tokens: U64
    token_offsets: I64
    identity: U64
    """uint64[n, 2]: hash of all folded tokens in order, and the surface; both equal means `identical`."""
    signatures: NDArray[np.uint32]
    """uint32[n, permutations]"""
    fingerprints: U64
    """Each text's fingerprints, once, in the order in which they stand."""
    fingerprint_offsets: I64


@dataclass(frozen=True, slots=True)
class Recipe:
    """How texts are sketched."""

    shingle: int
    window: int
    multipliers: NDArray[np.uint32]
    addends: NDArray[np.uint32]


def sketch(texts: Sequence[str], recipe: Recipe) -> Sketched:
    """Tokens, identity, signature and fingerprints of each text, as columns."""
    rows = [tokens(text) for text in texts]
    shingled = [shingle_hashes(row.hashes, recipe.shingle) for row in rows]
    fingerprints = [once(part[winnow(part, recipe.window)]) for part in shingled]
    identity = [(polynomial(row.hashes.tolist()), row.surface) for row in rows]
    signed = [signature(part, recipe.multipliers, recipe.addends) for part in shingled]
    return Sketched(
        *flatten([row.hashes for row in rows]),
        np.array(identity, np.uint64).reshape(-1, 2),
        np.array(signed, np.uint32).reshape(-1, len(recipe.multipliers)),
        *flatten(fingerprints),
    )


def overlaps(hashes: Tokens, offsets: I64, pairs: I64, common: U64, k: int) -> I32:
    """What each pair of text numbers has in common: int32[m, 8].

    Shared and own shared shingles, the longest run and longest own run of them; distinct shingles of each of the two
    texts, and own ones of each. Own ones are those that are not `common` (sorted). Runs are counted in shingles;
    `r` of them are `r + k − 1` tokens. `hashes` are the texts' tokens, flat, or the low halves of them.
    """
    commons = set(common.tolist())
    texts = [shingle_hashes(hashes[offsets[i] : offsets[i + 1]], k).tolist() for i in range(len(offsets) - 1)]
    rows = []
    for a, b in pairs.tolist():
        left, right = set(texts[a]), set(texts[b])
        runs = (longest_run(texts[a], texts[b], without) for without in (set(), commons))
        rows.append((
            len(left & right), len((left & right) - commons), *runs,
            len(left), len(right), len(left - commons), len(right - commons),
        ))  # fmt: skip
    return np.array(rows, np.int32).reshape(-1, 8)


def longest_run(left: list[int], right: list[int], without: set[int]) -> int:
    """The length of the longest run of values in both, none of them in `without`: longest common substring."""
    best, before = 0, [0] * (len(right) + 1)
    for value in left:
        now = [0] * (len(right) + 1)
        if value not in without:
            for j, opposite in enumerate(right):
                if value == opposite:
                    now[j + 1] = before[j] + 1
        best, before = max(best, *now), now
    return best


def kept(hashes: U64, offsets: I64, pairs: I64) -> I64:
    """Length of the longest common subsequence of the tokens of each pair: int64[m]."""
    rows = []
    for a, b in pairs.tolist():
        right = hashes[offsets[b] : offsets[b + 1]].tolist()
        before = [0] * (len(right) + 1)
        for value in hashes[offsets[a] : offsets[a + 1]].tolist():
            now = [0]
            for j, opposite in enumerate(right):
                now.append(before[j] + 1 if value == opposite else max(before[j + 1], now[j]))
            before = now
        rows.append(before[-1])
    return np.array(rows, np.int64)


def around(shingled: U64, offsets: I64, hot: U64, window: int) -> tuple[U64, I64]:
    """The distinct shingles within `window − 1` places of a fingerprint in `hot` (sorted), as they stand, text by text.

    They include every shingle of a run of `window` or more that many texts share: each of its windows lies inside the
    run, so its fingerprint is the same in all of them.
    """
    wanted = set(hot.tolist())
    parts = []
    for i in range(len(offsets) - 1):
        part = shingled[offsets[i] : offsets[i + 1]]
        near: dict[int, None] = {}
        for place in winnow(part, window).tolist():
            if int(part[place]) in wanted:
                near |= dict.fromkeys(part[max(0, place - window + 1) : place + window].tolist())
        parts.append(np.array(list(near), np.uint64))
    return flatten(parts)


def groups(portions: list[tuple[U64, I32]], most: int) -> tuple[I32, I32, I32, I32, U64]:
    """The documents of keys that several have: group after group, each ascending, and how many each has.

    Then the same of groups of more than `most`, with their keys. `portions` are rows of (key, document), each once. The
    groups come in no order that means anything.
    """
    keys = np.concatenate([np.empty(0, np.uint64), *(part for part, _ in portions)])
    owners = np.concatenate([np.empty(0, np.int32), *(part for _, part in portions)])
    owners = owners[np.lexsort((owners, keys))]
    shared, counts = np.unique(keys, return_counts=True)
    small, large = (counts > 1) & (counts <= most), counts > max(most, 1)
    of_small, of_large = (np.repeat(chosen, counts) for chosen in (small, large))
    numbers = counts.astype(np.int32)
    return owners[of_small], numbers[small], owners[of_large], numbers[large], shared[large]


def later(owners: I32, bounds: I64, documents: int) -> I64:
    """How often each document has later ones in a group, summed up: int64[documents + 1].

    `owners` are the documents of all groups, ascending inside each; group g is `bounds[g]` to `bounds[g + 1]`.
    """
    last = np.zeros(len(owners), bool)
    last[bounds[1:][np.diff(bounds) > 0] - 1] = True
    return columns.offsets_of(np.bincount(owners[~last], minlength=documents))


def holdings(owners: I32, bounds: I64, offsets: I64, begin: int) -> tuple[tuple[U32, I32, I64], int]:
    """Where documents from `begin` on have later ones in their groups, and how many one of them has at the most.

    The place of the first of them, uint32[m], and how many they are, int32[m]. `offsets` are those of `later` for these
    documents and the end; they are handed on.
    """
    end = begin + len(offsets) - 1
    behind = np.repeat(bounds[1:], np.diff(bounds)) - np.arange(1, len(owners) + 1)
    order = np.argsort(owners, kind="stable")
    order = order[(behind[order] > 0) & (owners[order] >= begin) & (owners[order] < end)]
    reach = np.bincount(owners[order], behind[order])
    return ((order + 1).astype(np.uint32), behind[order].astype(np.int32), offsets), int(reach.max(initial=0))


def meetings(
    owners: I32,
    holdings_of: tuple[U32, I32, I64],
    documents: tuple[int, int],
    scratch: tuple[I32, I32],
    out: tuple[U64, I32],
) -> tuple[int, int]:
    """Count the groups that documents share with later ones, while there is room in `out`.

    `holdings_of` is as `holdings` gives it from `documents[0]` on; the count goes on at `documents[1]`. Filled are
    pairs as one number, the smaller document in the high 32 bits, each once and ascending by it; and their counts.
    There must be room for all that one document meets. `scratch` is a number for each document, zero before and after,
    and the least count that is enough for a pair with that document: pairs that are not for either are left out.
    Returns how many pairs there are, and the document that comes next.
    """
    (first, later_ones, offsets), (counter, least), (pairs, counts), filled = holdings_of, scratch, out, 0
    end = documents[0] + len(offsets) - 1
    for document in range(documents[1], end):
        held = range(*(offsets[document - documents[0] : document - documents[0] + 2] - offsets[0]).tolist())
        spans = [(int(first[row]), int(first[row]) + int(later_ones[row])) for row in held]
        met = Counter(owner for start, stop in spans for owner in owners[start:stop].tolist())
        if filled + met.total() > len(pairs):
            return filled, document
        for other, count in met.items():
            counter[other] = 0
            if count >= min(least[document], least[other]):
                pairs[filled], counts[filled] = document << 32 | other, count
                filled += 1
    return filled, end


def components(pairs: I64, count: int) -> I64:
    """The smallest number in each number's connected component: int64[count]."""
    return np.array(columns.components(pairs.tolist(), count), np.int64)
