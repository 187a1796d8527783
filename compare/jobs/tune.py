"""`tune` with its edges: a table of marked pairs and the documents that it names in, a policy out: `gate/tuning.py`."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from compare.errors import InputError, SettingsError
from compare.files.atomic import write_atomically
from compare.files.regular import UnreadableError, read_regular
from compare.gate.policy import numbers
from compare.gate.tuning import NUMBERS, Marked, Tuned, tuned
from compare.jobs.gather import read_input
from compare.jobs.pair import found_name
from compare.model import Document
from compare.pipeline.engines.choose import opened
from compare.pipeline.matching import Scope
from compare.pipeline.plan import compare_pair, compare_some
from compare.sources.damage import mended
from compare.sources.decode import NotTextError, decode
from compare.wording.csv import csv_lines
from compare.wording.escape import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from compare.jobs.gather import Gate, Input
    from compare.model import Comparison
    from compare.settings import Settings

    Pair = tuple[str, str]
    Progress = Callable[[str, int], None]

MOST_BYTES = 64 << 20
POOL = 500
"""Further pairs that are aligned, the strongest by their words, among which those to mark next are looked for."""
REUSE = {"reuse": True, "yes": True, "true": True, "1": True, "not": False, "no": False, "false": False, "0": False}
"""What a mark may be; an empty one says that nobody has looked yet."""
NAMES = ("a", "b", "label")
TEXTS = ("text_a", "text_b", "label")


@dataclass(frozen=True, slots=True)
class Label:
    """A row of the table."""

    line: int
    a: str
    b: str
    reuse: bool | None
    """None where nobody has looked yet."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The table."""

    path: str
    rows: tuple[Label, ...]
    are_texts: bool
    """Whether the pairs stand there as texts; else they are named."""

    @property
    def names(self) -> tuple[str, ...]:
        """Every document that is named, once."""
        return tuple(dict.fromkeys(name for row in self.rows for name in (row.a, row.b)))


def read_labels(path: str) -> Labels:
    """The pairs of a CSV file with the columns `a`, `b`, `label`, or `text_a`, `text_b`, `label`.

    Raises:
        InputError: it cannot be read, has other columns, or a row is broken; which, and what to write.
    """
    try:
        text = decode(read_regular(path, MOST_BYTES, follow=True)).text
        rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))
    except (UnreadableError, NotTextError, csv.Error) as error:
        raise InputError(f"{shown(path)}: {error}") from None
    header = [name.strip().casefold() for name in rows[0]] if rows else []
    wanted = next((names for names in (NAMES, TEXTS) if set(names) <= set(header)), None)
    if wanted is None:
        raise InputError(f"{shown(path)}: the columns a,b,label are wanted (or text_a,text_b,label), with a header")
    places = [header.index(name) for name in wanted]
    labels = tuple(_label(path, number, row, places) for number, row in enumerate(rows[1:], 2) if any(row))
    return Labels(path, labels, wanted is TEXTS)


def _label(path: str, number: int, row: Sequence[str], places: Sequence[int]) -> Label:
    if len(row) <= max(places):
        raise InputError(f"{shown(path)}, row {number}: {len(row)} cells; {max(places) + 1} are wanted")
    a, b, mark = (row[place] for place in places)
    word = mark.strip().casefold()
    if word and word not in REUSE:
        raise InputError(
            f"{shown(path)}, row {number}: the label {shown(mark[:40])}; write reuse or not, or leave it empty"
        )
    if not a.strip() or not b.strip() or a == b:
        raise InputError(f"{shown(path)}, row {number}: two documents are wanted, and not the same one")
    return Label(number, a, b, REUSE[word] if word else None)


def tune_texts(labels: Labels, settings: Settings, precision: float) -> Tuned:
    """The policy for pairs of texts, each compared alone. Raises InputError as `tuned` does."""
    rows = {(f"row {row.line} a", f"row {row.line} b"): row for row in labels.rows}
    compared = {
        (a, b): compare_pair(mended(Document(a, row.a)), mended(Document(b, row.b)), settings)
        for (a, b), row in rows.items()
    }
    return _tuned(compared, {pair: row.reuse for pair, row in rows.items()}, precision)


def tune_documents(labels: Labels, gate: Gate, settings: Settings, precision: float, progress: Progress) -> Tuned:
    """The policy for pairs of documents, compared as a check of the gate's paths compares them.

    Raises:
        InputError: a document is not there, a pair is marked both ways, or as `check_paths` and `tuned` do.
    """
    progress("reading", 0)
    gathered = read_input(gate, settings)
    marks = _marks(labels, gathered, gate)
    always = frozenset(map(frozenset, marks))
    scope = Scope(None, _any, gathered.total, POOL, always=always, proposed=tuple(marks))
    with opened(settings, gate.workers) as engine:
        found = compare_some(list(gathered.documents.values()), scope, settings, engine, progress).comparisons
    compared = {_sorted(pair.a, pair.b): pair for pair in found}
    for a, b in sorted(marks.keys() - compared.keys()):
        compared[a, b] = compare_pair(gathered.documents[a], gathered.documents[b], settings)
    return _tuned(compared, marks, precision)


def _marks(labels: Labels, gathered: Input, gate: Gate) -> dict[Pair, bool | None]:
    """The mark of each pair of names; the table may have paths and ids of rows for them. Raises InputError."""
    ids = [(name.removeprefix(f"{one.path}#"), name) for name, one in gathered.documents.items()]
    times = Counter(id_ for id_, _ in ids)
    rows = {id_: name for id_, name in ids if times[id_] == 1}
    named = {name: rows[name] if name in rows else found_name(name, gathered, gate) for name in labels.names}
    marks: dict[Pair, bool | None] = {}
    for row in labels.rows:
        pair = _sorted(named[row.a], named[row.b])
        if row.reuse is not None and marks.get(pair) is (not row.reuse):
            raise InputError(f"{shown(labels.path)}, row {row.line}: the pair is marked otherwise before; mend one")
        if pair[0] == pair[1]:
            raise InputError(f"{shown(labels.path)}, row {row.line}: both are one document, {shown(pair[0])}")
        marks[pair] = row.reuse if row.reuse is not None else marks.get(pair)
    return marks


def _sorted(a: str, b: str) -> Pair:
    return (a, b) if a <= b else (b, a)


def _any(values: Mapping[str, Any]) -> Any:  # noqa: ANN401  # a column of truth values
    """Every pair is worth a look."""
    return values["verdict"] >= 0


def _tuned(compared: Mapping[Pair, Comparison], marks: Mapping[Pair, bool | None], precision: float) -> Tuned:
    pairs = sorted(compared)
    marked = [pair for pair in pairs if marks.get(pair) is not None]
    pool = [pair for pair in pairs if marks.get(pair) is None]
    return tuned(_rows(marked, compared, marks), _rows(pool, compared, marks), precision)


def _rows(pairs: Sequence[Pair], compared: Mapping[Pair, Comparison], marks: Mapping[Pair, bool | None]) -> Marked:
    each = [numbers(compared[pair]) for pair in pairs]
    values = {name: np.array([numbered[name] for numbered in each], np.float64) for name in ("verdict", *NUMBERS)}
    return Marked(pairs, np.array([bool(marks.get(pair)) for pair in pairs], bool), values)


def write_next(found: Tuned, path: Path) -> None:
    """Write the pairs to mark next as a table with an empty label. Raises SettingsError or InputError."""
    if path.suffix != ".csv":
        raise SettingsError(f"--next {shown(path)}: its name must end with .csv")
    write_atomically(path, "".join(csv_lines(NAMES, ((a, b, "") for a, b in found.next))).encode())
