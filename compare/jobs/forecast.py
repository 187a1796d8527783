"""`dedup --plan` with its edges: some of the files is read, and the time of a piece of work on that is taken."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

from compare import kernels
from compare.errors import InputError
from compare.jobs.against import indexes_of
from compare.pipeline.collection import recipe_of
from compare.pipeline.engines.base import Work
from compare.pipeline.engines.choose import fitting, processors
from compare.pipeline.forecast import COSTS, GIGA, MEGA, Format, Place, Planned, Terms, forecast
from compare.settings import Settings
from compare.sources.fields import Reading
from compare.sources.glimpse import SAMPLE, Glimpse, glimpse, spread
from compare.sources.kinds import kind_of
from compare.sources.spans import file_size, size_of
from compare.sources.types import UNPACKED, inner, suffix
from compare.sources.walk import plan
from compare.wording.escape import PIPED, shown
from compare.wording.words import nothing_readable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from compare.jobs.dedup import Corpus
    from compare.model import Skipped
    from compare.sources.walk import File

TABLES, ARTICLES = 9, 99
"""Files of one format that are looked at: tables, or single documents. Odd numbers, so that the middle one is in."""
BATCH = 1024
WORDS = 1_000_000
"""Bytes of text of each format, about, in which words are counted."""
WORK = 100_000
"""Bytes of text, about, that a machine's speed is told by; a smaller sample is taken several times."""
LEAST = 0.05
"""CPU seconds of it, at the least."""
SLOWEST, FASTEST = 1000.0, 0.05
"""What is out of these bounds was no measurement: without compiled kernels it is 200."""


def planned(corpus: Corpus, settings: Settings) -> Planned:
    """What it will take to deduplicate a corpus. Nothing is written.

    Raises InputError where something is piped in, is an index, or nothing is readable.
    """
    paths = (*corpus.inputs, *corpus.against)
    _check(paths)
    sample, own = _Sample(Reading(settings, corpus.fields, digest=False)), plan(corpus.inputs)
    work = plan(paths) if corpus.against else own
    formats = sample.formats(work.files)
    if not sample.texts:
        raise InputError(nothing_readable(corpus.inputs, sample.skipped))
    size = size_of(work)
    terms = _terms(corpus, settings, size)._replace(speed=speed(sample.texts, settings))
    usual = forecast(formats, _terms(corpus, replace(settings, memory=Settings().memory), size))
    what = forecast(formats, terms)
    temporary = Path(tempfile.gettempdir())
    output = temporary if corpus.address else corpus.output  # what is sent to an address is made there
    return Planned(
        tuple(formats), what, usual.memory, terms, _place(temporary, what.temporary),
        _place(output, size_of(own) + what.listed), _memory(), facts=corpus.keeping.facts,
    )  # fmt: skip


def _check(paths: Sequence[str]) -> None:
    """Raises InputError for what cannot be planned."""
    if PIPED in paths:
        raise InputError(f"{PIPED}: what is piped in cannot be planned; write it to a file and name that")
    for path in indexes_of(paths):
        raise InputError(f"{shown(path)}: an index cannot be planned; plan without it")


def _terms(corpus: Corpus, settings: Settings, size: int) -> Terms:
    saved = fitting(settings, Work(size=size)) != "memory"
    return Terms(settings.memory, corpus.workers or processors(), saved, corpus.keeping.derived)


class _Sample:
    """Parts of some files of each format."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.texts: list[str] = []
        self.skipped: list[Skipped] = []

    def formats(self, files: Iterable[File]) -> list[Format]:
        """The formats of files, those with the most bytes first, with what was seen of each."""
        groups: dict[tuple[str, str], list[File]] = defaultdict(list)
        for file in files:
            groups[ending(file.path)].append(file)
        formats = [self._format(name, group, SAMPLE // len(groups)) for name, group in groups.items()]
        return sorted(formats, key=lambda part: (-part.size, part.name))

    def _format(self, name: tuple[str, str], files: list[File], share: int) -> Format:
        """One format: some of its files are looked at, until its share of the sample is read."""
        kind = kind_of(files[0], self.reading)
        chosen, parts = spread(files, TABLES if kind.is_table else ARTICLES), list[Glimpse]()
        for number, file in enumerate(chosen):
            if (left := share - sum(part.rows for part in parts)) > 0:
                parts.append(glimpse(file, left // (len(chosen) - number), self.reading))
        counts = [self._counted(part, WORDS // len(parts)) for part in parts]
        documents, rows, text, words = (sum(column) for column in zip(*counts, strict=True))
        return Format(
            "".join(name), kind.name.lower(), name[1], len(files), sum(map(file_size, files)), len(parts),
            sum(part.size for part in parts), documents, rows, text, words,
        )  # fmt: skip

    def _counted(self, part: Glimpse, most: int) -> tuple[int, int, int, int]:
        """Documents, and bytes of rows, of texts, and words, in what was seen of a file."""
        self.texts += part.texts
        self.skipped += part.skipped
        times = part.documents / len(part.texts) if part.texts else 1
        some, size, recipe = thinned(part.texts, most), bytes_in(part.texts), recipe_of(self.reading.settings)
        words = sum(len(kernels.sketch(batch, recipe).tokens) for batch in _batches(some))
        words = words if len(some) == len(part.texts) else round(words * size / max(bytes_in(some), 1))
        return part.documents, round(part.rows * times), round(size * times), round(words * times)


def ending(path: str) -> tuple[str, str]:
    """How a file's name ends, and what it ends with besides where it is packed.

    >>> ending("news/a.jsonl.gz"), ending("news/A.MD"), ending("README")
    (('.jsonl', '.gz'), ('.md', ''), ('', ''))
    """
    last = suffix(path)
    return suffix(inner(path)), last if last in UNPACKED else ""


def bytes_in(texts: list[str]) -> int:
    """Bytes of texts as UTF-8."""
    return sum(len(text.encode("utf-8", "replace")) for text in texts)


def thinned(texts: list[str], most: int) -> list[str]:
    """Texts of about so many bytes, or a few more: all, or each second, third … of them.

    >>> thinned(["aa", "bb", "cc", "dd"], 4), thinned(["aa", "bb"], 4)
    (['aa', 'cc'], ['aa', 'bb'])
    """
    return texts[:: max(bytes_in(texts) // max(most, 1), 1)]


def speed(texts: list[str], settings: Settings) -> float:
    """How often the time of the machine that the costs were measured on this one takes to sketch some texts."""
    some, recipe = thinned(texts, WORK), recipe_of(settings)
    size = max(bytes_in(some), 1)
    times = 1 + min(WORK // size, WORK // len(some) // 16)
    work = list(_batches(some * times))
    seconds, rounds = 0.0, 0
    while seconds < LEAST:
        begun = process_time()
        for batch in work:
            kernels.sketch(batch, recipe)
        seconds += process_time() - begun
        rounds += times
    usual = rounds * (COSTS.sketching * size / GIGA + COSTS.sketching_each * len(some) / MEGA)
    return min(max(seconds / usual, FASTEST), SLOWEST)


def _batches(texts: list[str]) -> Iterable[list[str]]:
    return (texts[start : start + BATCH] for start in range(0, len(texts), BATCH))


def _place(folder: Path, needed: int) -> Place:
    """A folder that takes some bytes; one that is not there yet will be made in the nearest one that is."""
    parents = (folder.absolute(), *folder.absolute().parents)
    standing = next(parent for parent in parents if parent.is_dir())
    return Place(str(folder), standing.stat().st_dev, needed, shutil.disk_usage(standing).free)


def _memory() -> int:
    """Bytes of memory that the machine has; 0 where it does not say."""
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError):
        return 0
