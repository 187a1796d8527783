"""Passages that stand a second time in a corpus, in another document or the same one, to be cut out of it.

A run of N tokens that stood before, in the order in which documents are kept, is a repeat; repeats that follow each
other are one passage. It is what Lee et al. (2022, "Deduplicating Training Data Makes Language Models Better") find
with a suffix array and N = 50. Here anchors are found first: of each window of shingles half as long as N the one with
the least hash, so that equal runs have an equal anchor (winnowing: Schleimer, Wilkerson & Aiken 2003). Around anchors
that stand more than once every run of N is compared by the hashes of its halves, of 64 bits each. Cost: a sort of the
anchors, one for about N / 4 tokens each, and one of the runs around the repeated ones.

What is cut are whole sentences, and never a part of a quotation. What one of both texts prints as a quotation is no
repeat: a quotation of N words or more stays, and so does a passage of which fewer than N are the own prose of both.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from compare import kernels
from compare.kernels.columns import among, changes, leaders, offsets_of, owners_of, scrambled
from compare.model import Span
from compare.pipeline.collection import rank_of
from compare.pipeline.policy import Facts, KeepPolicy
from compare.pipeline.valued import are_numeric, instants
from compare.quotations.marks import quotations
from compare.quotations.posts import dialogue, nested, posts
from compare.text.letters import ANY_LENGTH, packed
from compare.text.sentences import sentences
from compare.text.tokens import tokenize

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from compare.model import Tokens
    from compare.pipeline.collection import Batch
    from compare.pipeline.engines.base import Engine
    from compare.pipeline.engines.columns import Scratch
    from compare.settings import Settings

    U64 = NDArray[np.uint64]
    I64 = NDArray[np.int64]
    Flags = NDArray[np.bool_]

_ODD = np.uint64(0x9E3779B97F4A7C15)
TOKENS = 1 << 22
"""Tokens of the documents that are looked at together."""
TEXTS = 512
"""Texts that are ready at a time: of one document many others may hold a passage."""


@dataclass(frozen=True, slots=True)
class Cutting:
    """What is cut, and where it stays."""

    words: int = 50
    """Tokens in a row that make a passage: as many as Lee et al. took."""
    anywhere: bool = False
    """Whether a passage is cut where it begins and ends, be it inside a sentence."""
    keep: str = "first"
    """In which document a passage stays: as the document that stays of a cluster."""


class Cut(NamedTuple):
    """A piece of a document that stands before, with its span and that of the piece it is a copy of."""

    document: int
    span: Span
    words: int
    source: int
    source_span: Span


@dataclass(frozen=True, slots=True)
class CutOut:
    """What is cut out of a corpus: documents are numbered in the order read."""

    ids: list[str]
    rank: I64
    lengths: I64
    """Words of each document."""
    cuts: dict[int, list[Cut]]
    """By document; in the order of the text, and apart."""
    quoted: int
    """Repeated passages that stay since one of both documents quotes them."""

    @property
    def left(self) -> dict[int, int]:
        """Words that each document has left of which something is cut."""
        return {
            number: int(self.lengths[number]) - sum(cut.words for cut in cuts) for number, cuts in self.cuts.items()
        }

    @property
    def fallen(self) -> frozenset[int]:
        """Documents of which nothing is left."""
        return frozenset(number for number, words in self.left.items() if words == 0)


def cut_passages(batches: Iterable[Batch], settings: Settings, engine: Engine, cutting: Cutting) -> CutOut:
    """What is cut out of a stream of documents. Texts are put by, on disk where they outgrow memory."""
    corpus = _Corpus.read(batches, engine, settings, cutting)
    engine.resources.heard("cut", 0, 0)
    runs = _repeats(corpus, cutting.words)
    pieces = _Pieces(corpus, cutting)
    cuts = {}
    for number, rows in _by_document(runs):
        if found := pieces.of(number, rows):
            cuts[number] = found
    return CutOut(corpus.ids, corpus.rank, corpus.lengths, cuts, pieces.quoted)


# --- the corpus, as columns ----------------------------------------------------------------------------------------


class _Anchors(NamedTuple):
    keys: U64
    owners: I64
    places: I64
    """Tokens before each in its document."""


class _Part(NamedTuple):
    batch: Batch
    tokens: U64
    lengths: I64
    anchors: _Anchors
    texts: U64
    packed: I64


@dataclass(frozen=True, slots=True)
class _Corpus:
    ids: list[str]
    rank: I64
    place: I64
    """The documents' places in the order of keeping."""
    tokens: Scratch
    bounds: I64
    texts: Scratch
    text_bounds: I64
    anchors: _Anchors

    @property
    def lengths(self) -> I64:
        """Tokens of each document."""
        return np.diff(self.bounds)

    @classmethod
    def read(cls, batches: Iterable[Batch], engine: Engine, settings: Settings, cutting: Cutting) -> _Corpus:
        """Sketch a stream of documents and put their texts by."""
        recipe = kernels.Recipe(settings.shingle, settings.window, *kernels.permutations(1, settings.seed))
        tokens, texts = engine.scratch("tokens"), engine.scratch("texts")
        ids, published, values = list[str](), list[str](), list[str]()
        lengths, sizes = ([np.empty(0, np.int64)] for _ in range(2))
        anchors = [_Anchors(np.empty(0, np.uint64), np.empty(0, np.int64), np.empty(0, np.int64))]
        for part in engine.map(partial(_part, recipe=recipe, words=cutting.words), batches):
            anchors.append(part.anchors._replace(owners=part.anchors.owners + len(ids)))
            ids += part.batch.ids
            published += part.batch.published
            values += part.batch.values
            tokens.append(part.tokens)
            texts.append(part.texts)
            lengths.append(part.lengths)
            sizes.append(part.packed)
        counts, rank = np.concatenate(lengths), rank_of(ids)
        bounds = offsets_of(counts)
        facts = Facts(rank, bounds, instants(published), values, are_numeric(values))
        place = KeepPolicy(cutting.keep, facts).places(np.arange(len(ids)))
        columns = (np.concatenate(column) for column in zip(*anchors, strict=True))
        return cls(ids, rank, place, tokens, bounds, texts, offsets_of(np.concatenate(sizes)), _Anchors(*columns))

    def text(self, number: int) -> str:
        """A document's text as it is read."""
        column = self.texts.read(int(self.text_bounds[number]), int(self.text_bounds[number + 1]))
        return column.astype("<u8", copy=False).tobytes().rstrip(b"\0").decode("utf-8", "surrogatepass")


def _part(batch: Batch, recipe: kernels.Recipe, words: int) -> _Part:
    sketched = kernels.sketch(batch.texts, recipe)
    tokens, offsets = sketched.tokens, sketched.token_offsets
    return _Part(batch, tokens, np.diff(offsets), _anchors(tokens, offsets, words), *packed(batch.texts, ANY_LENGTH))


def _anchors(tokens: U64, offsets: I64, words: int) -> _Anchors:
    """Shingles of half the words, of which every run of so many words holds one, chosen by its hash alone."""
    shingle = words - words // 2
    shingled, bounds = kernels.shingles(tokens, offsets, shingle)
    at = chosen_in_windows(shingled, words - shingle + 1)
    owners = owners_of(bounds)[at]
    long = np.diff(offsets)[owners] >= words
    at, owners = at[long], owners[long]
    return _Anchors(shingled[at], owners, at - bounds[owners])


def chosen_in_windows(values: U64, width: int) -> I64:
    """The places of values that are the least of a window that they stand in: int64. O(n log width).

    >>> chosen_in_windows(np.array([5, 3, 4, 9, 8, 7, 1], np.uint64), 3).tolist()
    [1, 2, 5, 6]
    """
    if len(values) < width:
        return np.empty(0, np.int64)
    least = _sliding(values, width, np.minimum)
    beyond = np.zeros(width - 1, np.uint64)
    largest = _sliding(np.concatenate([beyond, least, beyond]), width, np.maximum)
    return np.flatnonzero(values == largest)


def _sliding(values: U64, width: int, pick: Callable[[U64, U64], U64]) -> U64:
    """The least or largest of each window: uint64[n − width + 1], by doubling."""
    span = 1
    while 2 * span <= width:
        values = pick(values[:-span], values[span:])
        span *= 2
    rest = width - span
    return pick(values[:-rest], values[rest:]) if rest else values


# --- what stood before ---------------------------------------------------------------------------------------------


class _Runs(NamedTuple):
    """Columns: runs of a document's tokens, and where each stood before."""

    document: I64
    start: I64
    stop: I64
    source: I64
    source_start: I64


def _repeats(corpus: _Corpus, words: int) -> _Runs:
    """The passages that stood before, by document and place, none over another."""
    keys, hashes, documents, places = _around_repeated(corpus, words)
    order = np.lexsort((places, corpus.place[documents], hashes, keys))
    keys, hashes, documents, places = keys[order], hashes[order], documents[order], places[order]
    first = leaders(changes(keys, hashes))
    apart = (documents != documents[first]) | (places >= places[first] + words)
    rows = np.flatnonzero((first != np.arange(len(first))) & apart)
    document, place, source, source_place = documents[rows], places[rows], documents[first[rows]], places[first[rows]]
    order = np.lexsort((place, document))
    return _merged(_Runs(*(column[order] for column in (document, place, place, source, source_place))), words)


def _merged(rows: _Runs, words: int) -> _Runs:
    """Runs of `words` that follow each other on both sides as one, without what the one before has."""
    document, place, _, source, source_place = rows
    follows = np.diff(place, prepend=-2) == 1
    first = np.flatnonzero(changes(document, source, source_place - place) | ~follows)
    last = np.append(first[1:], len(place)) - 1
    start, stop = place[first], place[last[: len(first)]] + words
    before = np.where(changes(document[first]), 0, np.concatenate([[0], stop[:-1]])[: len(first)])
    shift = np.maximum(before - start, 0)
    return _Runs(document[first], start + shift, stop, source[first], source_place[first] + shift)


def _around_repeated(corpus: _Corpus, words: int) -> tuple[U64, U64, I64, I64]:
    """The runs of N tokens around anchors that stand more than once, those that may do so themselves.

    A hash of each, that of its first half (the two are both halves'), its document and its place.
    """
    keys, owners, at = corpus.anchors
    wanted = _again(keys)
    owners, at = owners[wanted], at[wanted]
    documents = np.unique(owners)
    parts = [(np.empty(0, np.uint64), np.empty(0, np.uint64), np.empty(0, np.int64), np.empty(0, np.int64))]
    for part in _portions(documents, corpus.lengths):
        inside = slice(*np.searchsorted(owners, [part[0], part[-1] + 1]))
        parts.append(_runs_of(corpus, part, (owners[inside], at[inside]), words))
    runs, halves, documents, places = (np.concatenate(column) for column in zip(*parts, strict=True))
    again = _again(runs)
    return runs[again], halves[again], documents[again], places[again]


def _again(keys: U64) -> Flags:
    """Which keys stand more than once."""
    ascending = np.sort(keys)
    twice = ascending[1:][ascending[1:] == ascending[:-1]]
    return among(keys, twice)


def _portions(documents: I64, lengths: I64) -> Iterator[I64]:
    """Documents (ascending) some at a time, by their tokens."""
    if len(documents):
        groups = np.cumsum(lengths[documents]) // TOKENS
        yield from np.split(documents, np.flatnonzero(np.diff(groups)) + 1)


def _runs_of(corpus: _Corpus, documents: I64, anchors: tuple[I64, I64], words: int) -> tuple[U64, U64, I64, I64]:
    column, offsets, numbers = corpus.tokens.rows(corpus.bounds, documents)
    lengths = np.diff(offsets)
    rows = np.searchsorted(numbers, anchors[0])
    first = offsets[rows] + np.maximum(anchors[1] - words // 2, 0)
    last = offsets[rows] + np.minimum(anchors[1], lengths[rows] - words)
    edges = np.bincount(first, minlength=len(column) + 1) - np.bincount(last + 1, minlength=len(column) + 1)
    at = np.flatnonzero(np.cumsum(edges[:-1]) > 0)
    half = words - words // 2
    shingled, bounds = kernels.shingles(column, offsets, half)
    owner = np.searchsorted(offsets, at, side="right") - 1
    place = at - offsets[owner]
    left = shingled[bounds[owner] + place]
    right = shingled[bounds[owner] + place + words - half]
    return scrambled(left * _ODD + right), left, numbers[owner], place


def _by_document(runs: _Runs) -> Iterator[tuple[int, _Runs]]:
    first = np.flatnonzero(changes(runs.document))
    for start, stop in pairwise([*first.tolist(), len(runs.document)]):
        yield int(runs.document[start]), _Runs(*(column[start:stop] for column in runs))


# --- what of it is cut ---------------------------------------------------------------------------------------------


class _Text(NamedTuple):
    text: str
    tokens: Tokens
    quotations: list[Span]
    quoted: Flags
    """Which tokens stand in quotations."""


class _Unit(NamedTuple):
    """What is cut as a whole or not at all: tokens, and characters."""

    first: int
    last: int
    """After its last token."""
    span: Span


class _Passage(NamedTuple):
    """Tokens that stood before, and where."""

    start: int
    stop: int
    source: int
    source_start: int

    def part(self, first: int, last: int) -> _Passage:
        """A part of it, by tokens from its start."""
        return _Passage(self.start + first, self.start + last, self.source, self.source_start + first)

    def within(self, unit: _Unit) -> Span:
        """Its tokens that are the unit's."""
        return Span(max(self.start, unit.first), min(self.stop, unit.last))


class _Pieces:
    """Says of repeated passages what is cut."""

    def __init__(self, corpus: _Corpus, cutting: Cutting) -> None:
        self.corpus, self.cutting = corpus, cutting
        self.quoted = 0
        """Passages that stayed since one of the texts quotes them."""
        self.source = lru_cache(TEXTS)(self._read)

    def _read(self, number: int) -> _Text:
        text = self.corpus.text(number)
        tokens = tokenize(text)
        spans = sorted([*quotations(text), *posts(text), *nested(text), *dialogue(text)])
        quoted = np.zeros(len(tokens), bool)
        for span in spans:
            quoted[slice(*np.searchsorted(tokens.starts, span))] = True
        return _Text(text, tokens, spans, quoted)

    def of(self, number: int, runs: _Runs) -> list[Cut]:
        """The pieces of a document that are cut, in order; what is copied from two places is two of them."""
        own = self._read(number)
        every = (_Passage(*row) for row in zip(*(column.tolist() for column in runs[1:]), strict=True))
        rows = [part for row in every for part in self._prose(own, row) if part.start < part.stop]
        covered = np.zeros(len(own.tokens), bool)
        for row in rows:
            covered[row.start : row.stop] = True
        units = _words(own.tokens, rows) if self.cutting.anywhere else _sentences(own)
        wanted = [unit for unit in units if covered[unit.first : unit.last].all()]
        return [
            self._cut(number, unit, row)
            for piece in _together(wanted)
            for unit, row in _by_passage(_with_space(own.text, piece), rows)
        ]

    def _prose(self, own: _Text, row: _Passage) -> Iterator[_Passage]:
        """A passage without the quotations in it that are passages themselves; nothing of it if little is left."""
        length = row.stop - row.start
        quoted = own.quoted[row.start : row.stop]
        quoted = quoted | self.source(row.source).quoted[row.source_start : row.source_start + length]
        if length - int(quoted.sum()) < min(self.cutting.words, length):
            self.quoted += 1
            return
        at = 0
        edges = np.flatnonzero(np.diff(np.concatenate([[0], quoted.astype(np.int8), [0]]))).tolist()
        for first, last in zip(edges[::2], edges[1::2], strict=True):
            if last - first >= self.cutting.words:
                self.quoted += 1
                yield row.part(at, first)
                at = last
        yield row.part(at, length)

    def _cut(self, number: int, piece: _Unit, row: _Passage) -> Cut:
        first, last = row.within(piece)
        tokens = self.source(row.source).tokens
        at = row.source_start + first - row.start
        source_span = Span(int(tokens.starts[at]), int(tokens.stops[at + last - first - 1]))
        return Cut(number, piece.span, piece.last - piece.first, row.source, source_span)


def _words(tokens: Tokens, rows: Sequence[_Passage]) -> Iterator[_Unit]:
    """The passages as they are."""
    for row in rows:
        yield _Unit(row.start, row.stop, Span(int(tokens.starts[row.start]), int(tokens.stops[row.stop - 1])))


def _sentences(own: _Text) -> Iterator[_Unit]:
    """The sentences that have words; those that a quotation stands in together, as one."""
    spans = sentences(own.text)
    starts = [span.start for span in spans]
    joined = set[int]()
    for start, stop in own.quotations:
        joined.update(range(bisect_right(starts, start), bisect_left(starts, stop)))
    firsts = [place for place in range(len(spans)) if place not in joined]
    for place, after in pairwise([*firsts, len(spans)]):
        span = Span(spans[place].start, spans[after - 1].stop)
        first, last = np.searchsorted(own.tokens.starts, span).tolist()
        if first < last:
            yield _Unit(first, last, span)


def _together(units: Iterable[_Unit]) -> list[list[_Unit]]:
    """Units that follow each other."""
    pieces = list[list[_Unit]]()
    for unit in units:
        if pieces and pieces[-1][-1].last == unit.first:
            pieces[-1].append(unit)
        else:
            pieces.append([unit])
    return pieces


def _with_space(text: str, piece: list[_Unit]) -> list[_Unit]:
    """The units of a piece one up to the next, with the white space on one side of all."""
    start, stop = with_space(text, Span(piece[0].span.start, piece[-1].span.stop))
    starts = [start, *(unit.span.start for unit in piece[1:]), stop]
    return [unit._replace(span=Span(*both)) for unit, both in zip(piece, pairwise(starts), strict=True)]


def _by_passage(piece: list[_Unit], rows: Sequence[_Passage]) -> Iterator[tuple[_Unit, _Passage]]:
    """Parts of a piece, each with the passage that most of its units stand in, so far as they follow each other."""
    starts, stops = [row.start for row in rows], [row.stop for row in rows]
    parts = list[tuple[_Unit, int]]()
    for unit in piece:
        near = range(bisect_right(stops, unit.first), bisect_left(starts, unit.last))
        place = max(near, key=lambda place: rows[place].within(unit).stop - rows[place].within(unit).start)
        before = parts.pop() if parts and parts[-1][1] == place else (unit, place)
        span = Span(before[0].span.start, unit.span.stop)
        parts.append((_Unit(before[0].first, unit.last, span), place))
    for unit, place in parts:
        yield unit, rows[place]


def with_space(text: str, span: Span) -> Span:
    r"""A span with the white space on one side of it: what is left has the larger of both gaps.

    >>> text = "One.\n\nTwo. Three.\n"
    >>> [with_space(text, Span(*span)) for span in [(0, 4), (6, 10), (11, 17)]]
    [Span(start=0, stop=6), Span(start=6, stop=11), Span(start=10, stop=17)]
    """
    start, stop = span
    before, after = start, stop
    while before and text[before - 1].isspace():
        before -= 1
    while after < len(text) and text[after].isspace():
        after += 1
    is_end = after == len(text) or (after == stop and not text[stop].isalnum())
    if is_end and before:
        return Span(before, stop)
    if not before or text.count("\n", before, start) >= text.count("\n", stop, after):
        return Span(start, after)
    return Span(before, stop)
