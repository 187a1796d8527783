"""The desk's state: what drafts are held against, the last answers, and where decisions stand. Knows no HTTP."""

from __future__ import annotations

import secrets
import tempfile
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

from compare.desk.asking import of_draft, of_two, told_apart
from compare.desk.texts import dropped, pasted
from compare.errors import InputError
from compare.evidence.pack import Cover, pack
from compare.jobs.accepted_file import accepted_entries
from compare.jobs.check import with_judged
from compare.jobs.corrections import Versions, corrections
from compare.jobs.day import now, today
from compare.jobs.evidence import Wanted as EvidenceWanted
from compare.jobs.evidence import wanted_of
from compare.jobs.redline import Signed, redline
from compare.report.html import app_page
from compare.report.page import Live

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compare.desk.asking import Answer, Ground
    from compare.desk.decisions import Book, Standing, Wanted
    from compare.desk.texts import Pasted
    from compare.jobs.redline import Version
    from compare.model import Comparison, Corrected, Document, Report

_T = TypeVar("_T")
KEPT = 64
"""Answers that are kept: the pages of older ones are gone, what was decided is not."""


@dataclass(slots=True)
class Desk:
    """One desk, for any number of windows."""

    ground: Ground
    book: Book
    by: str
    """Who decides, where a window does not say."""
    answers: OrderedDict[str, Answer] = field(default_factory=OrderedDict)
    corrected: OrderedDict[str, Corrected] = field(default_factory=OrderedDict)
    """The last corrections that were looked for."""
    _lock: Lock = field(default_factory=Lock)

    def read(self, name: str, raw: bytes) -> Document:
        """A file that was dropped. Raises InputError."""
        return dropped(name, raw, self.ground.settings)

    def query(self, given: Pasted) -> str:
        """Holds a draft against the archives; the key of its answer. Raises InputError."""
        self._archives()
        draft = self._dated(pasted(given))
        with self._lock:
            return _kept(self.answers, of_draft(draft, self.ground))

    def compare(self, a: Pasted, b: Pasted) -> str:
        """Holds two texts against each other; the key of the answer. Raises InputError."""
        documents = pasted(a), pasted(b)
        with self._lock:
            return _kept(self.answers, of_two(*documents, self.ground.settings))

    def corrections(self, old: Pasted, new: Pasted) -> str:
        """What was corrected in a text, and who in the archives has which words; its key. Raises InputError."""
        against = tuple(map(str, self._archives()))
        versions = Versions(*told_apart(pasted(old), pasted(new)), against, self.ground.root)
        with self._lock:
            return _kept(self.corrected, corrections(versions, self.ground.settings))

    def corrected_of(self, key: str) -> Corrected:
        """Corrections that are kept. Raises InputError where they are not."""
        return _asked(self.corrected, key)

    def _archives(self) -> tuple[Path, ...]:
        if not self.ground.indexes:
            raise InputError("no archive: start the desk with --archive, or with folders to compare with")
        return self.ground.indexes

    @staticmethod
    def _dated(draft: Document) -> Document:
        """A draft without a date is of today: whatever the archive dates earlier was there before."""
        return draft if draft.published else replace(draft, published=today())

    def answer(self, key: str) -> Answer:
        """An answer that is kept. Raises InputError where it is not."""
        return _asked(self.answers, key)

    def report(self, key: str) -> Report:
        """The report of an answer, with what is accepted by now. Raises InputError."""
        report = self.answer(key).report
        entries = accepted_entries(self.book.accepted, needed=False)
        named = {document.id: document for document in report.documents}
        return with_judged(report, named, entries, today(), self.ground.root)

    def page(self, key: str) -> str:
        """The page of an answer, whose pairs can be decided on. Raises InputError."""
        report = self.report(key)
        marks = {(pair.a, pair.b): live_marks(standing) for pair, standing in self.standings(report)}
        return app_page(report, Live(key, self.by, today(), marks))

    def pack(self, key: str, page: str, note: str = "", by: str = "") -> bytes:
        """The evidence of a pair or a story of an answer, as one zip, with a note on its cover. Raises InputError."""
        cover = Cover((note,) if note else (), by or self.by, today())
        report = self.report(key)
        with tempfile.TemporaryDirectory(prefix="compare-desk-") as folder:
            report.write(folder)
            return pack(wanted_of(Path(folder), EvidenceWanted((page,)), cover))

    def redline(self, old: Version, new: Version, by: str) -> bytes:
        """Two versions as one DOCX with tracked changes. Raises InputError, MissingExtraError."""
        for version in (old, new):
            if version.docx:
                dropped("version.docx", version.docx, self.ground.settings)  # it is sound, and within the caps
        return redline(old, new, Signed(by or self.by, today()))

    def standings(self, report: Report) -> list[tuple[Comparison, Standing]]:
        """Each pair that can be decided on, and what is decided of it. Raises InputError."""
        pairs = [pair for pair in report.comparisons if pair.verdict.is_reuse]
        found = self.book.standings((pair.a, pair.b) for pair in pairs)
        return [(pair, found[pair.a, pair.b]) for pair in pairs]

    def decide(self, key: str, names: tuple[str, str], wanted: Wanted) -> Standing:
        """Keeps a decision on a pair of an answer. Raises ConflictError, InputError."""
        answer = self.answer(key)
        pair = answer.pair(*names)
        if pair is None:
            raise InputError("these two texts are no pair of this answer")
        documents = {document.id: document for document in answer.report.documents}
        wanted = wanted if wanted.by else replace(wanted, by=self.by)
        return self.book.decide(wanted, pair, (documents[pair.a], documents[pair.b]), now())


def live_marks(standing: Standing) -> dict[str, object]:
    """What a page knows of the decisions on a pair."""
    marks = [{"what": one.what, "by": one.by, "at": one.at, "note": one.note} for one in standing.latest]
    return {"seen": standing.seen, "marks": marks}


def _kept(answers: OrderedDict[str, _T], answer: _T) -> str:
    """The key under which an answer is kept; the oldest ones go."""
    key = secrets.token_urlsafe(12)
    answers[key] = answer
    while len(answers) > KEPT:
        answers.popitem(last=False)
    return key


def _asked(answers: Mapping[str, _T], key: str) -> _T:
    if key not in answers:
        raise InputError("this answer is not kept any more: ask again")
    return answers[key]
