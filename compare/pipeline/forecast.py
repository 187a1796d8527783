"""What it will take to deduplicate a corpus: what was seen of a part of it, and one table of costs. Pure.

The table was measured on whole runs (`bench/forecast.py` does it again); how fast a machine is, tells a piece of the
work that is done on the sample. Texts that share much take longer than a table can know, so times are ranges.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import sqrt
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MEGA, GIGA = 1e6, 1e9
EITHER_WAY = sqrt(2)
"""Times that a time may be off, either way: a range has twice its lower end as its upper one."""
ARTICLE, LINES = "article", "lines"
COLUMNAR = frozenset({"parquet", "arrow", "arrow_stream"})


# --- the table of costs --------------------------------------------------------------------------------------------


class Column(NamedTuple):
    """What a run puts by."""

    word: float = 0.0
    """Bytes a word,"""
    document: float = 0.0
    """bytes a document,"""
    text: float = 0.0
    """bytes a byte of text that cannot be read again by its place in a file;"""
    share: int = 32
    """it goes to disk when it is more than this part of the setting `memory`, and where parts are saved, always."""


@dataclass(frozen=True, slots=True)
class Costs:
    """What a run takes. CPU seconds are those of the machine on which `sketching` was measured."""

    starting: float = 0.25
    """CPU s until the first document is read: import."""
    rows: float = 1.5
    """CPU s a GB of rows, read and written: JSON lines."""
    texts: float = 13.5
    """CPU s a GB of text, for all that is done with it (9 where little is alike, 17 where much is)."""
    documents: float = 2.5
    """CPU s a million documents."""
    article: float = 0.5
    """CPU ms a file that is one document, to be opened and copied."""
    sketching: float = 3.1
    """CPU s a GB of text for the piece of work that tells how fast a machine is,"""
    sketching_each: float = 0.04
    """and a million documents."""
    kinds: Mapping[str, float] = field(
        default_factory=lambda: MappingProxyType(
            {"array": 19, "objects": 19, "separated": 29, "parquet": 12, "arrow": 8, "arrow_stream": 8}
        )
    )
    """CPU s a GB of rows that other kinds of tables take more."""
    packings: Mapping[str, float] = field(
        default_factory=lambda: MappingProxyType({".gz": 47, ".bz2": 85, ".xz": 760, ".zst": 7})
    )
    """CPU s a GB of what is unpacked, and packed again."""
    all_pairs: float = 1.4
    """Times that it takes where all pairs are asked for."""
    shared: float = 0.75
    """Share of the time that several workers have between them, where parts are saved; elsewhere one does all."""
    process: float = 70 * MEGA
    """Bytes of memory that a run takes of nothing,"""
    columnar: float = 120 * MEGA
    """with Parquet or Arrow besides;"""
    held: float = 110
    """bytes of memory a document, whatever the setting `memory` says;"""
    word: float = 5.3
    """bytes a word,"""
    document: float = 500
    """and bytes a document, that are in memory while the corpus is small;"""
    parts: float = 0.15
    """the share of that setting that they take at the most where parts are saved."""
    columns: tuple[Column, ...] = (
        Column(word=4),  # tokens
        Column(word=1.72, share=8),  # fingerprints
        Column(word=2.58, share=4),  # the same, as they are sorted
        Column(document=200),  # buckets
        Column(document=100, share=1),  # names, lengths, places
        Column(text=1),  # letters
    )
    listed: float = 15
    """Bytes a document that stand beside what is kept, in lists of pairs and clusters."""


COSTS = Costs()


# --- what was seen -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Format:
    """Files of one format, and what was seen of some of them."""

    name: str
    """As their names end: `.jsonl.gz`."""
    kind: str
    """What is in them, as `FileKind` names it, in small letters."""
    packing: str
    """What their names end with where they are packed, else empty."""
    files: int
    size: int
    """Bytes of all of them."""
    looked: int
    """Files that were looked at,"""
    seen: int
    """their bytes that were,"""
    documents: int
    """and in these the documents,"""
    rows: int
    """bytes of rows, unpacked,"""
    text: int
    """bytes of texts,"""
    words: int
    """and words."""

    def in_all(self, count: int) -> int:
        """A count of what was seen, for all of the files, by their bytes."""
        return count if self.seen >= self.size or not self.seen else round(count * self.size / self.seen)

    @property
    def all_documents(self) -> int:
        """The documents in all of the files: where each is one, by their number."""
        if self.kind == ARTICLE and self.looked:
            return round(self.documents * self.files / self.looked)
        return self.in_all(self.documents)

    @property
    def is_whole(self) -> bool:
        """Whether all was seen."""
        return self.seen >= self.size and self.looked == self.files


class Terms(NamedTuple):
    """On what terms a run is to be made."""

    memory: int
    """The setting."""
    workers: int = 1
    saved: bool = False
    """Whether parts are saved, and made by several processes: the engine `disk`."""
    derived: bool = False
    """Whether all pairs are asked for."""
    speed: float = 1.0
    """Seconds that this machine takes for one of the table's."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a run will take."""

    documents: int
    is_whole: bool
    """Whether they were counted."""
    words: int
    """Of all documents."""
    cpu: float
    wall: float
    memory: int
    """Bytes at the most,"""
    temporary: int
    """bytes on the disk while it works,"""
    listed: int
    """and bytes that it writes beside what is kept."""


def forecast(formats: Sequence[Format], terms: Terms, costs: Costs = COSTS) -> Forecast:
    """What it will take to deduplicate files, of which some was seen.

    >>> lines = Format(".jsonl", LINES, "", 10, 10**9, 3, 10**7, 6000, 10**7, 9 * 10**6, 1_500_000)
    >>> plan = forecast([lines], Terms(memory=1 << 29, workers=2, saved=True))
    >>> plan.documents, plan.words, round(plan.cpu), plan.memory // 10**6, plan.temporary // 10**6
    (600000, 150000000, 15, 216, 1425)
    """
    documents = sum(part.all_documents for part in formats)
    words = sum(part.in_all(part.words) for part in formats)
    unplaced = sum(part.in_all(part.text) for part in formats if part.kind != LINES or part.packing)
    cpu = terms.speed * _seconds(formats, documents, costs) * (costs.all_pairs if terms.derived else 1)
    columns = [(_bytes(column, words, documents, unplaced), column.share) for column in costs.columns]
    return Forecast(
        documents, all(part.is_whole for part in formats), words, cpu,
        wall=cpu * (1 - costs.shared + costs.shared / terms.workers) if terms.saved else cpu,
        memory=_memory(formats, words, documents, terms, costs),
        temporary=sum(round(size) for size, share in columns if terms.saved or size > terms.memory / share),
        listed=round(costs.listed * documents),
    )  # fmt: skip


def _seconds(formats: Sequence[Format], documents: int, costs: Costs) -> float:
    """CPU seconds on the machine of the table."""
    seconds = costs.starting + costs.documents * documents / MEGA
    for part in formats:
        more = costs.kinds.get(part.kind, 0) + costs.packings.get(part.packing, 0)
        seconds += (costs.rows + more) * part.in_all(part.rows) / GIGA + costs.texts * part.in_all(part.text) / GIGA
        seconds += costs.article * part.files / 1000 if part.kind == ARTICLE else 0
    return seconds


def _memory(formats: Sequence[Format], words: int, documents: int, terms: Terms, costs: Costs) -> int:
    """Bytes of memory at the most."""
    columnar = costs.columnar if any(part.kind in COLUMNAR for part in formats) else 0
    working = costs.word * words + costs.document * documents
    working = min(working, costs.parts * terms.memory) if terms.saved else working
    return round(costs.process + columnar + costs.held * documents + working)


def _bytes(column: Column, words: int, documents: int, text: int) -> float:
    return column.word * words + column.document * documents + column.text * text


def within(seconds: float) -> tuple[float, float]:
    """The least and the most that a time may come to."""
    return seconds / EITHER_WAY, seconds * EITHER_WAY


# --- where it goes -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Place:
    """A folder that takes some of what is written."""

    folder: str
    device: int
    """The file system that it is on."""
    needed: int
    free: int


def missing(places: Sequence[Place]) -> list[tuple[Place, int]]:
    """Places that cannot take what goes there, with the bytes that all needs which goes to their file system.

    >>> missing([Place("/tmp", 1, 6, 10), Place("out", 1, 5, 10), Place("/mnt", 2, 6, 10)])[0][1]
    11
    """
    needed: dict[int, int] = {}
    for place in places:
        needed[place.device] = needed.get(place.device, 0) + place.needed
    short = {place.device: place for place in reversed(places) if needed[place.device] > place.free}
    return [(place, needed[place.device]) for place in reversed(short.values())]


@dataclass(frozen=True, slots=True)
class Planned:
    """What is said before a run."""

    formats: tuple[Format, ...]
    forecast: Forecast
    usual: int
    """Bytes of memory with the setting `memory` as it comes."""
    terms: Terms
    temporary: Place
    output: Place
    memory: int
    """Bytes that this machine has; 0 where it does not say."""
    facts: bool = False
    """Whether facts are compared, which takes more."""
