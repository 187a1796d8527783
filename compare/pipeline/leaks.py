"""Which items of a test set stand in what a model is trained on, by the passages that both hold.

An item is contaminated if a run of N words of it stands in a document of the train set, as GPT-3's authors asked it
(Brown et al. 2020, appendix C: N from 8 to 13) and lm-evaluation-harness does (13); an item of fewer words if all of it
stands there, down to eight. Words are the tokens of everything else here: case, punctuation and white space hide no
passage. The test set is indexed, the train set goes by once: linear in it, with the memory of the test set.

Hashes propose and tokens decide: each run is held against the test set's own token hashes, of 64 bits.

GPT-3, and NeMo Curator after it (`max_matches`), pass over runs that stand in more than ten documents of the train set.
Here they count, and how many documents hold something of an item is told: what leaked most often is no boilerplate.
What stands in a tenth of the *items* is, a prompt or a licence: those runs are left out, and counted. datatrove
(`NGramsDecontFilter`) drops documents for one run; which ones, and of which item, is what is told here.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from compare import kernels
from compare.kernels.columns import among, changes, leaders, offsets_of, owners_of, within

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from compare.model import Skipped

    U64 = NDArray[np.uint64]
    I64 = NDArray[np.int64]
    Flags = NDArray[np.bool_]
    Locate = Callable[[int, int, int], "Place"]
    """Where some tokens of a document of a batch stand: the document, the first token, how many."""

LEAST = 8
"""Words of the shortest item that is looked for, as a whole: GPT-3's least N. Fewer stand anywhere by chance."""
COMMON = 10
COMMON_SHARE = 0.1
"""Different items, at least and as a share of all, that a run may stand in before it is their template."""
PLACES = 100
"""Places in the items that one run is followed from; it covers all of them."""
_ROWS = 1 << 16
_BITS = (18, 26)
"""A sieve has 2¹⁸ to 2²⁶ cells."""


@dataclass(frozen=True, slots=True)
class Runs:
    """Runs of one length in a test set, each once."""

    length: int
    keys: U64
    """Their hashes, ascending."""
    bounds: I64
    """Where the places of each begin: int64[m + 1] ..."""
    places: I64
    """... in the tokens of all items, ascending."""
    sieve: Flags
    """By the low bits of a hash, whether one of the keys has these."""

    def among(self, shingled: U64) -> I64:
        """Which hashes are one of the keys, by their places."""
        bits = np.uint64(len(self.sieve) - 1)
        likely = np.flatnonzero(self.sieve[shingled & bits])
        return likely[among(shingled[likely], self.keys)]


@dataclass(frozen=True, slots=True)
class Items:
    """A test set, ready to be looked for."""

    tokens: U64
    """Token hashes of all items, one after the other ..."""
    offsets: I64
    """... and where each begins: int64[n + 1]."""
    words: int
    runs: tuple[Runs, ...]
    """Those of `words` tokens, then whole items that are shorter."""
    templates: int
    """Runs that stand in so many items that they are left out."""

    @property
    def lengths(self) -> I64:
        """Words of each item."""
        return np.diff(self.offsets)

    @property
    def too_short(self) -> int:
        """Items of so few words that they are not looked for."""
        return int((self.lengths < self.least).sum())

    @property
    def least(self) -> int:
        """Words of the shortest item that is."""
        return min(LEAST, self.words)


def items_of(tokens: U64, offsets: I64, words: int) -> Items:
    """The index of a test set, from the token hashes of its items."""
    lengths = np.diff(offsets)
    least = min(LEAST, words)
    chosen = {length: np.flatnonzero(lengths == length) for length in range(least, words)}
    chosen = {words: np.flatnonzero(lengths >= words)} | {length: rows for length, rows in chosen.items() if len(rows)}
    runs, templates = [], 0
    for length, rows in chosen.items():
        found, left_out = _runs(tokens, offsets, rows, length)
        runs.append(found)
        templates += left_out
    return Items(tokens, offsets, words, tuple(runs), templates)


def _runs(tokens: U64, offsets: I64, rows: I64, length: int) -> tuple[Runs, int]:
    """The runs of some items, none of which is shorter, and how many are left out since too many items hold them."""
    counts = np.diff(offsets)[rows]
    column = tokens[np.repeat(offsets[rows], counts) + within(counts)]
    shingled, bounds = kernels.shingles(column, offsets_of(counts), length)
    places = np.repeat(offsets[rows], np.diff(bounds)) + within(np.diff(bounds))
    different = _numbers_of_equal(column, offsets_of(counts))
    owners = different[owners_of(bounds)]
    order = np.lexsort((owners, shingled))
    first = changes(shingled[order], owners[order])
    keys, holders = np.unique(shingled[order][first], return_counts=True)
    wanted = keys[holders <= max(COMMON, int(COMMON_SHARE * (different.max(initial=-1) + 1)))]
    order = np.lexsort((places, shingled))
    order = order[among(shingled[order], wanted)]
    bounds = np.append(np.searchsorted(shingled[order], wanted), len(order)).astype(np.int64)
    return Runs(length, wanted, bounds, places[order], _sieve(wanted)), len(keys) - len(wanted)


def _numbers_of_equal(tokens: U64, offsets: I64) -> I64:
    """A number for each text, the same for equal ones: copies of an item are one."""
    numbers: dict[bytes, int] = {}
    bounds = offsets.tolist()
    texts = (tokens[start:stop].tobytes() for start, stop in pairwise(bounds))
    return np.array([numbers.setdefault(text, len(numbers)) for text in texts], np.int64)


def _sieve(keys: U64) -> Flags:
    least, most = _BITS
    bits = min(max(least, (len(keys) * 16).bit_length()), most)
    sieve = np.zeros(1 << bits, bool)
    sieve[keys & np.uint64((1 << bits) - 1)] = True
    return sieve


# --- the train set, batch by batch ---------------------------------------------------------------------------------


class Hits(NamedTuple):
    """Runs of the items in some documents of the train set: a row each."""

    which: int
    """Their place in `Items.runs`."""
    document: I64
    """The document in the batch ..."""
    start: I64
    """... and the token where the run begins in it."""
    key: I64
    """The run's place among the keys."""


def hits_in(tokens: U64, offsets: I64, items: Items) -> list[Hits]:
    """The runs of a test set in a batch of the train set. Linear; may run in any thread."""
    return [
        _verified(_likely(tokens, offsets, number, runs), tokens, offsets, items)
        for number, runs in enumerate(items.runs)
        if len(runs.keys)
    ]


def _likely(tokens: U64, offsets: I64, number: int, runs: Runs) -> Hits:
    shingled, bounds = kernels.shingles(tokens, offsets, runs.length)
    at = runs.among(shingled)
    document = np.searchsorted(bounds, at, side="right") - 1
    start = at - bounds[document]
    key = np.searchsorted(runs.keys, shingled[at])
    inside = start + runs.length <= np.diff(offsets)[document]  # a shorter text is one shingle of all its tokens
    return Hits(number, document[inside], start[inside], key[inside])


def _verified(hits: Hits, tokens: U64, offsets: I64, items: Items) -> Hits:
    """Those of which every token is the item's."""
    runs = items.runs[hits.which]
    steps = np.arange(runs.length)
    equal = np.ones(len(hits.key), bool)
    for start in range(0, len(equal), _ROWS):
        part = slice(start, start + _ROWS)
        left = tokens[(offsets[hits.document[part]] + hits.start[part])[:, None] + steps]
        right = items.tokens[runs.places[runs.bounds[hits.key[part]]][:, None] + steps]
        equal[part] = (left == right).all(axis=1)
    return Hits(hits.which, hits.document[equal], hits.start[equal], hits.key[equal])


class Shared(NamedTuple):
    """Passages that a document of the train set and an item have in common: a row each."""

    item: I64
    start: I64
    """The first token, counted in the item ..."""
    words: I64
    document: I64
    """... and the document in the batch, with ..."""
    document_start: I64
    """... the first token there."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage stands in the train set."""

    id: str
    place: str
    start: int
    """Half-open range of code points."""
    stop: int


class Leak(NamedTuple):
    """An item of which a passage stands in the train set."""

    item: int
    words: int
    covered: int
    """Words of it that stand in any of the passages found."""
    longest: int
    """Words of the longest passage ..."""
    start: int
    """... its first token in the item ..."""
    where: Place
    """... and where it stands: of several in the document of the smallest id."""
    documents: int
    """Documents of the train set that hold a passage of it."""

    @property
    def share(self) -> float:
        """Share of its words that stand in passages found."""
        return self.covered / self.words


class _Best(NamedTuple):
    words: int
    start: int
    where: Place


class Tally:
    """What was found of each item so far. Memory: that of the test set."""

    def __init__(self, items: Items) -> None:
        self.items = items
        self._documents = np.zeros(len(items.lengths), np.int64)
        self._best: dict[int, _Best] = {}
        self._matched = [np.zeros(len(runs.keys), bool) for runs in items.runs]

    def add(self, batch: Sequence[Hits], names: Sequence[tuple[str, str]], locate: Locate) -> None:
        """Note what a batch holds: `names` are the id and place of its documents, which `locate` is asked about."""
        rows = [self._shared(hits) for hits in batch if len(hits.key)]
        if not rows:
            return
        shared = Shared(*(np.concatenate(column) for column in zip(*rows, strict=True)))
        items, _ = np.unique(np.stack([shared.item, shared.document]), axis=1)
        np.add.at(self._documents, items, 1)
        for item, start, words, document, first in zip(*(column.tolist() for column in _longest(shared)), strict=True):
            best = self._best.get(item)
            if best is None or (-words, *names[document]) < (-best.words, best.where.id, best.where.place):
                self._best[item] = _Best(words, start, locate(document, first, words))

    def _shared(self, hits: Hits) -> Shared:
        """The runs of one length as passages: runs that follow each other on both sides are one."""
        runs = self.items.runs[hits.which]
        self._matched[hits.which][hits.key] = True
        counts = np.minimum(np.diff(runs.bounds)[hits.key], PLACES)
        rows = np.repeat(np.arange(len(counts)), counts)
        places = runs.places[runs.bounds[hits.key[rows]] + within(counts)]
        document, start = hits.document[rows], hits.start[rows]
        order = np.lexsort((start, places - start, document))
        places, document, start = places[order], document[order], start[order]
        item = np.searchsorted(self.items.offsets, places, side="right") - 1
        first = np.flatnonzero(changes(document, places - start, item) | (np.diff(start, prepend=-2) != 1))
        words = np.diff(np.append(first, len(order))) + runs.length - 1
        item = item[first]
        return Shared(item, places[first] - self.items.offsets[item], words, document[first], start[first])

    def leaks(self) -> list[Leak]:
        """The contaminated items: those of which most is covered first, then by the longest passage."""
        covered = self._covered()
        lengths = self.items.lengths.tolist()
        found = [
            Leak(item, lengths[item], int(covered[item]), *best, int(self._documents[item]))
            for item, best in self._best.items()
        ]
        return sorted(found, key=lambda leak: (-leak.share, -leak.longest, leak.item))

    def _covered(self) -> I64:
        """Words of each item in any of the runs found."""
        edges = np.zeros(len(self.items.tokens) + 1, np.int64)
        for runs, matched in zip(self.items.runs, self._matched, strict=True):
            counts = np.diff(runs.bounds)
            places = runs.places[np.repeat(matched, counts)]
            edges += np.bincount(places, minlength=len(edges)) - np.bincount(places + runs.length, minlength=len(edges))
        inside = offsets_of((np.cumsum(edges[:-1]) > 0).astype(np.int64))
        return np.asarray(inside[self.items.offsets[1:]] - inside[self.items.offsets[:-1]])


def _longest(shared: Shared) -> Shared:
    """Of each item the passages that none is longer than, one a document: the first there, then in the item."""
    order = np.lexsort((shared.start, shared.document_start, shared.document, -shared.words, shared.item))
    shared = Shared(*(column[order] for column in shared))
    longest = shared.words[leaders(changes(shared.item))]
    chosen = changes(shared.item, shared.document) & (shared.words == longest)
    return Shared(*(column[chosen] for column in shared))


# --- what is told --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LeakedItem:
    """A contaminated item as every output has it. Spans are half-open, in code points."""

    id: str
    place: str
    """`file:row`, or the file."""
    words: int
    share: float
    """Share of its words in passages that the train set holds."""
    longest: int
    """Words of the longest of these, ..."""
    start: int
    """... and where it stands in the item ..."""
    stop: int
    train: str
    """... and in the train set: the document's id, its place, and the span there."""
    train_place: str
    train_start: int
    train_stop: int
    documents: int
    """Documents of the train set that hold a passage of it."""


@dataclass(frozen=True, slots=True)
class Leaks:
    """What stands of a test set in a train set."""

    leaked: tuple[LeakedItem, ...]
    """Most covered first."""
    items: int
    documents: int
    """Of the train set."""
    words: int
    least: int
    """Words of the shortest item that was looked for."""
    too_short: int
    """Items that are shorter."""
    templates: int
    """Runs of words that so many items hold that they were left out."""
    skipped: tuple[Skipped, ...]
