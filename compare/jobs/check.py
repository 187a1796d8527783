"""The gate's jobs with their edges: paths, indexes, git and the accepted file in, findings out.

paths, --against ──► documents by name ──┐
indexes ──► the checked ones' neighbours ─┴─► compared ──► policies ──► accepted entries ──► Checked
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from compare.errors import GivenError
from compare.files.naming import path_of
from compare.gate.allow import Named, Seen, allowed, is_past, stale
from compare.gate.policy import read_policy, values_of
from compare.gate.reuse import reuse_of
from compare.jobs.accepted_file import accepted_entries
from compare.jobs.arguments import paths_of
from compare.jobs.config import ACCEPTED, root_of
from compare.jobs.day import today
from compare.jobs.gather import Gate, Input, read_input
from compare.model import Checked, Finding
from compare.pipeline.engines.choose import opened
from compare.pipeline.matching import Compared, Scope
from compare.pipeline.plan import compare_some
from compare.sources.doubts import doubts_of
from compare.sources.named import Names, parted
from compare.wording.escape import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from compare.gate.allow import Allowed
    from compare.gate.policy import Policy
    from compare.gate.reuse import Reuse
    from compare.jobs.arguments import Paths
    from compare.model import Accepted, Comparison, Document, Report
    from compare.settings import Settings

    Progress = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Question:
    """What a Python caller asks of the gate beside its paths."""

    against: Paths = ()
    fail_on: str = "near"
    warn_on: str | None = None
    accepted: str | os.PathLike[str] | None = None
    allow_unread: bool = False


def check_given(paths: Paths, question: Question, settings: Settings) -> Checked:
    """As `check_paths`, with names from the repository of the first path, or from the current folder."""
    names = paths_of(paths)
    root = Path(root_of(names[0]))
    gate = Gate(
        paths=tuple(names),
        root=root,
        accepted=root / ACCEPTED if question.accepted is None else Path(path_of(question.accepted)),
        against=_against(question.against),
        fail_on=_policy(question.fail_on),
        warn_on=_policy(question.warn_on) if question.warn_on else None,
        accepted_is_named=question.accepted is not None,
        allow_unread=question.allow_unread,
        today=today(),
    )
    return check_paths(gate, settings)


def _against(paths: Paths) -> tuple[str, ...]:
    """No path may be given here, but not an empty one."""
    return () if isinstance(paths, list | tuple) and not paths else tuple(paths_of(paths))


def _policy(text: object) -> Policy:
    if not isinstance(text, str):
        raise GivenError(f"a policy is a text, as in “near or longest >= 60”, not {type(text).__name__}")
    return read_policy(text)


def check_paths(gate: Gate, settings: Settings, progress: Progress = lambda _stage, _steps: None) -> Checked:
    """Compare the checked documents with everything, and hold each pair that a policy names against what is accepted.

    Raises:
        InputError: a path is missing, an article cannot be read, nothing is there, a ref is unknown, or the accepted
            file is missing or broken: the gate fails closed.
    """
    entries = accepted_entries(gate.accepted, needed=gate.accepted_is_named)
    progress("reading", 0)
    gathered = read_input(gate, settings)
    compared = compare_input(gathered, gate, settings, progress, entries)
    policies = gate.policies
    documents = gathered.documents
    named_pairs = [
        (pair, level)
        for pair in compared.comparisons
        if (level := policies.level(values_of(pair, documents[pair.a], documents[pair.b])))
    ]
    judgement = judge([pair for pair, _ in named_pairs], gathered.documents, entries, gate.root, gate.today)
    findings = tuple(
        Finding(
            pair, reuse.key, level, policies.of(level).text, judged.state, judged.why, reuse.words, judged.entries,
            about_b=pair.a not in gathered.checked,
        )
        for (pair, level), reuse, judged in zip(named_pairs, judgement.reuses, judgement.allowed.pairs, strict=True)
    )  # fmt: skip
    checked = Checked(
        findings=findings,
        documents={name: gathered.documents[name] for pair, _ in named_pairs for name in (pair.a, pair.b)},
        checked=len(gathered.checked),
        compared=gathered.total,
        fail_on=gate.fail_on.text,
        warn_on=gate.warn_on.text if gate.warn_on else "",
        stale=stale(entries, judgement.allowed.used, Seen(gathered.documents.keys(), gathered.checked, judgement.gone)),
        expired=tuple(entry for entry in entries if is_past(entry, gate.today)),
        strict=gate.strict,
        skipped=gathered.skipped,
        doubts=doubts_of(gathered.documents.values()),
        left_out=dict(compared.left_out) | dict(gathered.left_out),
        settings=settings.as_dict(),
        again=gate.again,
        entries=entries,
        accepted_file=shown(os.path.relpath(gate.accepted)) if entries else "",
    )
    return replace(checked, stale=()) if checked.unseen else checked  # what was left out may need them


# --- what is accepted ----------------------------------------------------------------------------------------------


def with_accepted(report: Report, path: Path, root: Path, today: str, *, needed: bool) -> Report:
    """A report that knows what is accepted of its pairs, by names from `root`.

    Raises InputError as `accepted_entries` does.
    """
    entries = accepted_entries(path, needed=needed)
    if not entries:
        return report
    called = Names(root)
    return with_judged(
        report, {document.id: called.named(document) for document in report.documents}, entries, today, root
    )


def with_judged(
    report: Report, named: Mapping[str, Document], entries: Sequence[Accepted], today: str, root: Path
) -> Report:
    """A report that knows what entries say of its pairs; `named` are its documents by id, as entries call them."""
    reuse = [comparison for comparison in report.comparisons if comparison.verdict.is_reuse]
    pairs = [replace(comparison, a=named[comparison.a].id, b=named[comparison.b].id) for comparison in reuse]
    judgement = judge(pairs, {document.id: document for document in named.values()}, entries, root, today)
    judged = {
        (comparison.a, comparison.b): answer
        for comparison, answer in zip(reuse, judgement.allowed.pairs, strict=True)
        if answer.entries
    }
    return replace(report, judged=judged)


@dataclass(frozen=True, slots=True)
class _Judgement:
    """What some pairs reuse, and what the accepted entries say of it."""

    reuses: list[Reuse]
    allowed: Allowed
    gone: frozenset[str]
    """Documents of entries that are no more."""


def judge(
    comparisons: Sequence[Comparison], documents: Mapping[str, Document], entries: Sequence[Accepted], root: Path,
    today: str,
) -> _Judgement:  # fmt: skip
    """Pairs of documents by name, held against the entries. A document that is there is no other one, renamed."""
    reuses = [reuse_of(comparison, documents[comparison.a], documents[comparison.b]) for comparison in comparisons]
    gone = _gone(entries, documents, root)
    present = frozenset(name for entry in entries for name in (entry.a, entry.b) if name not in gone)
    pairs = [Named(comparison.a, comparison.b, reuse) for comparison, reuse in zip(comparisons, reuses, strict=True)]
    return _Judgement(reuses, allowed(pairs, entries, present, today), gone)


def _gone(entries: Iterable[Accepted], documents: Mapping[str, Document], root: Path) -> frozenset[str]:
    """Documents of entries that were not read and are no more: neither their file, nor a table that was not read."""
    read = {document.path for document in documents.values()}
    names = {name for entry in entries for name in (entry.a, entry.b)} - documents.keys()
    files = {name: parted(name, lambda path: path in read or is_file(root / path))[0] for name in names}
    return frozenset(name for name, file in files.items() if file in read or not is_file(root / file))


def is_file(path: Path | str) -> bool:
    """Whether there is such a file. A name that is too long is none."""
    return os.path.isfile(path)  # noqa: PTH113  # a name that is too long raises in pathlib


# --- what is compared ----------------------------------------------------------------------------------------------


def compare_input(
    gathered: Input, gate: Gate, settings: Settings, progress: Progress = lambda _stage, _steps: None,
    entries: Sequence[Accepted] | None = None,
) -> Compared:  # fmt: skip
    """The pairs that the policies may name; aligned alone where words decide.

    With `entries` only the strongest, those that fail before those that warn, and all that an entry speaks of: of the
    others no entry speaks, so that they change nothing about how a run ends. They are counted.
    """
    if not gathered.checked:
        return Compared((), {})
    policies = gate.policies
    aligned = policies.names if policies.by_words else None
    scope = Scope(gathered.checked, aligned, gathered.total, proposed=gathered.proposed)
    if entries is not None:
        scope = _listing(scope, entries, gathered, gate, settings)
    with opened(settings, gate.workers) as engine:
        compared = compare_some(list(gathered.documents.values()), scope, settings, engine, progress)
    if not policies.by_words:
        return compared
    counts = dict(compared.left_out)
    return replace(compared, left_out=counts | {"findings_not_listed": counts.pop("pairs_not_aligned")})


def _listing(scope: Scope, entries: Sequence[Accepted], gathered: Input, gate: Gate, settings: Settings) -> Scope:
    """A scope of the findings that are listed: all where an entry's document is gone, since it may be any's by now."""
    spoken_of = frozenset(frozenset((entry.a, entry.b)) for entry in entries)
    if gate.everything or any(name not in gathered.documents for pair in spoken_of for name in pair):
        return scope
    return replace(scope, most=settings.most_findings, first=gate.fail_on.holds, always=spoken_of)
