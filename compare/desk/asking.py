"""What the desk is asked: two texts, or a draft against archives. The answer is a report, as a run makes one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from compare.families.events import events_of
from compare.families.versions import families_of
from compare.jobs.query import query
from compare.model import Report, Verdict
from compare.pipeline.plan import compare_pair
from compare.report.links import pair_file_name
from compare.text.tokens import tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from compare.model import Comparison, Document, Queried
    from compare.settings import Settings


@dataclass(frozen=True, slots=True)
class Ground:
    """What a draft is held against, and by which settings."""

    settings: Settings
    indexes: tuple[Path, ...] = ()
    root: Path = Path()
    """The folder that names begin at."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A report, and what was asked for it."""

    report: Report
    draft: str
    """The id of the text that was asked about; of two texts the first."""
    queried: Queried | None = None
    """What an archive answered; None of two texts."""

    def pair(self, one: str, other: str) -> Comparison | None:
        """The pair of two documents, whichever is named first."""
        return next((pair for pair in self.report.comparisons if {pair.a, pair.b} == {one, other}), None)


def view_of(answer: Answer) -> str:
    """The view of its page that answers best: of two texts that share any side by side; else empty, for the first's."""
    if answer.queried is None and answer.report.comparisons:
        return f"#/pair/{pair_file_name(answer.report.comparisons[0]).removesuffix('.html')}"
    return ""


def told_apart(a: Document, b: Document) -> tuple[Document, Document]:
    """Both; of the same name the second is called after it."""
    return a, replace(b, id=f"{b.id} (2)") if a.id == b.id else b


def of_two(a: Document, b: Document, settings: Settings) -> Answer:
    """Two texts, side by side."""
    a, b = told_apart(a, b)
    return Answer(_report([a, b], [compare_pair(a, b, settings)], settings, {}), a.id)


def of_draft(draft: Document, ground: Ground) -> Answer:
    """A draft against archives: its sources, the strongest first. Cost: its candidates', not the archive's.

    Raises:
        InputError: an archive cannot be read, or was built with other settings.
    """
    found = query(draft, ground.indexes, ground.root, ground.settings)
    report = _report([draft, *found.sources.values()], found.comparisons, ground.settings, found.left_out)
    return Answer(report, draft.id, found)


def _report(
    documents: Iterable[Document], comparisons: Iterable[Comparison], settings: Settings, left_out: Mapping[str, int]
) -> Report:
    ordered = tuple(sorted(documents, key=lambda document: document.id))
    pairs = tuple(pair for pair in comparisons if pair.verdict is not Verdict.DISTINCT)
    words = {document.id: len(tokens_of(document)) for document in ordered}
    return Report(
        ordered, pairs, (), (), (), left_out, settings.as_dict(), words,
        families=families_of(ordered, pairs, words), events=events_of(ordered, pairs),
    )  # fmt: skip
