"""Find reused text: exact scores, aligned passages, duplicates.

>>> import compare
>>> found = compare.pair("The pact was signed in May.", "the PACT was signed in  May.")
>>> found.verdict.value
'identical'
"""

from __future__ import annotations

TYPE_CHECKING = False  # what the command imports before it answers signals is this file: nothing heavier than it
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from os import PathLike

    from compare.errors import CompareError
    from compare.jobs.deduplication import Deduplication
    from compare.jobs.index import Index
    from compare.model import Checked, Cluster, Comparison, Document, Kind, Mark, Match, Report, Verdict
    from compare.settings import Settings
    from compare.sources.given import Columnar
    from compare.version import __version__ as __version__  # a public name too

__all__ = [
    "Checked", "Cluster", "CompareError", "Comparison", "Deduplication", "Document", "Index", "Kind", "Mark", "Match",
    "Report", "Settings", "Verdict", "check", "deduplicate", "pair", "repeats", "run",
]  # fmt: skip

_HOMES = {
    "CompareError": "errors", "Deduplication": "jobs.deduplication", "Index": "jobs.index", "Settings": "settings",
    "__version__": "version",
}  # fmt: skip
"""The modules of the names that are imported when they are first asked for; the others are of `compare.model`."""


def pair(a: str | Document, b: str | Document, settings: Settings | None = None) -> Comparison:
    """Score and align two texts.

    Returns a `Comparison`: scores in [0, 1], the verdict, and matches with half-open spans of code points into the
    texts given. The two are compared alone: nothing counts as boilerplate, and the cosine is over these two.
    Linear but for the longest common subsequence (n·m/64 machine words) and the aligner's sentences.

    >>> found = pair("Mr. Ade said on Monday that it would sail.", "Mr. Ade said on Monday that it would not sail.")
    >>> [(match.kind.value, [mark.value for mark in match.marks]) for match in found.matches]
    [('edited', ['drift'])]
    """
    from compare.jobs.arguments import document_of, settings_of  # noqa: PLC0415  # when it is needed, as all below
    from compare.pipeline.plan import compare_pair  # noqa: PLC0415  # NumPy and RapidFuzz

    return compare_pair(document_of(a, "a"), document_of(b, "b"), settings_of(settings))


def repeats(document: str | Document, settings: Settings | None = None) -> tuple[Match, ...]:
    """Passages that stand more than once in one text, as matches of the text with itself, by their later place.

    `a` is the earlier place, `b` the later one, and the two never overlap; each place goes with one before it, so that
    a sentence printed four times is three matches. They are verbatim, or edited with at least `near_kept` of the words
    kept, and about a sentence or more. No score counts them. O(n log n) but for the word diff of edited ones.

    >>> text = "A crowd of 4,200 people waits for the ferry at Calder quay on Monday. It is late."
    >>> (match,) = repeats(text + " " + text.replace("4,200", "4,300"))
    >>> match.kind.value, match.a, match.b, [drift.what.value for drift in match.drifts]
    ('edited', Span(start=0, stop=80), Span(start=82, stop=162), ['number'])
    """
    from compare.align.repeats import repeats as found  # noqa: PLC0415
    from compare.jobs.arguments import document_of, settings_of  # noqa: PLC0415

    return found(document_of(document, "0"), settings_of(settings))


def run(paths: str | PathLike[str] | Iterable[str | PathLike[str]], settings: Settings | None = None) -> Report:
    """Compare the articles in files, folders, globs and tables, mixed: every pair that matters, aligned.

    Raises:
        CompareError: a path is missing, two documents have the same id, or nothing is readable; one plain line.
    """
    from compare.jobs.arguments import settings_of  # noqa: PLC0415
    from compare.jobs.run import run_paths  # noqa: PLC0415

    return run_paths(paths, settings_of(settings))


def check(  # noqa: PLR0913  # as many as `compare check` has options, each by its name
    paths: str | PathLike[str] | Iterable[str | PathLike[str]],
    *,
    against: str | PathLike[str] | Iterable[str | PathLike[str]] = (),
    fail_on: str = "near",
    warn_on: str | None = None,
    accepted: str | PathLike[str] | None = None,
    allow_unread: bool = False,
    settings: Settings | None = None,
) -> Checked:
    """What `compare check` finds: the pairs that a policy names, held against what is accepted.

    `fail_on` and `warn_on` are policies (`exact`, `near`, `passage`, `none` or an expression); `against` are documents
    and indexes that are not checked themselves; `accepted` is the file of accepted reuse, `compare.accepted.toml` at
    the top of the repository if there is one. With `allow_unread` articles that cannot be read are left out, and
    listed in `Checked.skipped`. No file of settings is read, nor the environment. Names of documents begin at the
    repository of the first path, or at the current folder.

    `Checked.fails` says whether a finding stands, `Checked.unseen` what was left out that may be one.

    >>> import pathlib, tempfile
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> for name in ("a.txt", "b.txt"):
    ...     _ = (folder / name).write_text("The ferry left the old harbour at nine with forty passengers.", "utf-8")
    >>> checked = check(folder)
    >>> checked.fails, [finding.comparison.verdict.value for finding in checked.findings]
    (True, ['identical'])

    Raises:
        CompareError: a path is missing, an article cannot be read, a policy is none, the accepted file is broken.
    """
    from compare.jobs.arguments import settings_of  # noqa: PLC0415
    from compare.jobs.check import Question, check_given  # noqa: PLC0415

    return check_given(paths, Question(against, fail_on, warn_on, accepted, allow_unread), settings_of(settings))


def deduplicate(  # noqa: PLR0913  # as many as `compare dedup` has options, each by its name
    documents: Iterable[Document | str | Mapping[str, object]] | Mapping[str, Iterable[object]] | Columnar,
    *,
    text: str = "text",
    id: str = "id",  # noqa: A002  # what the column is called everywhere
    against: (
        Iterable[Document | str | Mapping[str, object]] | Mapping[str, Iterable[object]] | Columnar | Index | None
    ) = None,
    keep: str = "first",
    drop: str | Iterable[str | Verdict] = "identical,near-duplicate,contained",
    settings: Settings | None = None,
) -> Deduplication:
    """The duplicates among some documents: which rows stay, the clusters, and the pairs; see `Deduplication`.

    `documents` are texts, `Document`s or rows (mappings), mixed; or columns: a mapping of them, or a table of pandas,
    polars, Arrow, NumPy or Hugging Face. `text` and `id` name the columns; `published` or `date` is read as well. What
    has no id gets its number in the order given, from "0". A row whose text is null or empty is no document: it stays,
    in no cluster. `keep` is `first` (the earliest dated, then the longest, then the smallest id), `longest`, `newest`
    or `input` (given first); `drop` are the verdicts that a document falls by, or `none`.

    `against` are documents of the same kinds, or of an `Index`, which never fall: what duplicates one of them, or is
    part of one, does, and with `contains` among `drop` what holds one.

    What comes back is still the clusters, as a tuple, each with the document that stays and why.

    >>> found = deduplicate(["A pact.", "No.", "a pact."])
    >>> found.keep.tolist(), found.to_frame()
    ([True, True, False], ['A pact.', 'No.'])
    >>> [(cluster.keep, [member.id for member in cluster.members]) for cluster in found]
    [('0', ['0', '2'])]
    >>> deduplicate({"n": [10, 9], "body": ["A pact.", "a pact."]}, text="body", id="n").to_frame()
    {'n': [9], 'body': ['a pact.']}
    >>> deduplicate(["A pact.", "No."], against=["a pact."]).keep.tolist()
    [False, True]

    Raises:
        CompareError: it is something else, or has no such column (a TypeError too); the message says what to give.
        CompareError: an id stands twice, there is not one text, or `keep` or `drop` is none that there is.
    """
    from compare.jobs.arguments import settings_of  # noqa: PLC0415
    from compare.jobs.deduplication import deduplicate_given, keeping_of, others_of  # noqa: PLC0415
    from compare.sources.given import Columns, read_given  # noqa: PLC0415

    keeping = keeping_of(keep, drop, against=against is not None)
    columns = Columns(text, id)
    given = read_given(documents, columns)
    return deduplicate_given(given, others_of(against, columns), keeping, settings_of(settings))


if not TYPE_CHECKING:  # a checker knows the names from above, and a misspelt one by that

    def __getattr__(name: str) -> object:
        """A public name that is not here yet (PEP 562)."""
        if name not in __all__ and name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module  # noqa: PLC0415

        value = globals()[name] = getattr(import_module(f"compare.{_HOMES.get(name, 'model')}"), name)
        return value

    def __dir__() -> list[str]:
        """All names, whether they are here yet or not."""
        return sorted({*globals(), *__all__, *_HOMES})
