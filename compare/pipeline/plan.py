"""The job, said once: documents in, findings out. No files, no clock, no terminal: those are the callers'."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from compare import kernels
from compare.align.align import align
from compare.align.marks.boilerplate import boilerplate_of, with_boilerplate
from compare.align.prepare import prepared
from compare.events.profile import profile
from compare.events.rarity import ALONE
from compare.events.same import Seen, Side, same_event
from compare.events.stated import stating_one_fact
from compare.events.weighed import weighed
from compare.families.events import events_of
from compare.families.versions import families_of
from compare.model import VERDICTS, Comparison, Document, Kind, Report, Skipped, Verdict
from compare.pipeline.clusters import clusters_of
from compare.pipeline.collection import Batch, Collection, collect, recipe_of
from compare.pipeline.comparison import WordScores, comparison
from compare.pipeline.house import house_style
from compare.pipeline.matching import Compared, Job, Progress, Scope
from compare.pipeline.minhash import estimate
from compare.pipeline.policy import DUPLICATES, Facts, KeepPolicy, joined_of
from compare.pipeline.score import measure, verdicts, with_letters
from compare.pipeline.settle import settle
from compare.pipeline.tfidf import pair_cosine
from compare.pipeline.valued import instants
from compare.text.coverage import counting
from compare.text.tokens import body

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compare.align.marks.boilerplate import Boilerplate
    from compare.align.prepare import Text
    from compare.model import Match
    from compare.pipeline.engines.base import Engine
    from compare.pipeline.pairs import Scored
    from compare.settings import Settings


# --- one pair ------------------------------------------------------------------------------------------------------


def compare_pair(a: Document, b: Document, settings: Settings) -> Comparison:
    """Score, align and judge two documents alone: nothing is common, and the cosine is over the two."""
    texts = prepared(a), prepared(b)
    sketched = kernels.sketch([body(a), body(b)], recipe_of(settings))
    pairs = np.array([[0, 1]], np.int64)
    nothing = np.empty(0, np.uint64)
    overlaps = measure(sketched.tokens, sketched.token_offsets, pairs, nothing, settings)
    overlaps = with_letters(overlaps, texts[0].text, texts[1].text, settings)
    identical = (sketched.identity[0] == sketched.identity[1]).all() and len(texts[0].tokens) > 0
    verdict = VERDICTS[int(verdicts(overlaps, np.array([identical]), settings)[0])]
    plates = boilerplate_of(texts[0]), boilerplate_of(texts[1])
    matches = with_boilerplate(align(*texts, settings), texts, plates)
    scores = WordScores(
        verdict, overlaps, float(estimate(sketched.signatures[0], sketched.signatures[1])),
        pair_cosine(texts[0].tokens.hashes, texts[1].tokens.hashes),
    ).of_their_own(texts, nothing, (plates[0].notice, plates[1].notice), settings)  # fmt: skip
    is_settled = scores.verdict.is_reuse and any(match.counts for match in counting(matches))
    if not is_settled or _has_related(matches):
        sides = side_alone(texts[0], plates[0], a), side_alone(texts[1], plates[1], b)
        matches = stating_one_fact(matches, *sides)
    if not is_settled:
        event = same_event(*sides, settings.same_story, Seen(stated=_has_related(matches)))
        scores = replace(scores, event=event)
    return comparison((a, b), scores, texts, matches, settings)


def _has_related(matches: Sequence[Match]) -> bool:
    return any(match.kind is Kind.RELATED for match in matches)


def side_alone(text: Text, boilerplate: Boilerplate, document: Document) -> Side:
    """A text of which only its partner is known."""
    return Side(text, weighed(profile(text, boilerplate.notice), ALONE), document.source)


# --- a collection, with alignment ----------------------------------------------------------------------------------


def compare_documents(
    documents: Sequence[Document], skipped: Sequence[Skipped], settings: Settings, engine: Engine,
    progress: Progress = lambda _stage, _steps: None,
) -> Report:  # fmt: skip
    """Score, align and judge every pair of a collection that matters."""
    progress("reading words", len(documents))
    collection = _collected(documents, engine, settings)
    if not len(collection):
        return Report((), (), (), (), tuple(skipped), {}, settings.as_dict())
    job = Job(documents, collection, settings, engine, progress)
    scored, compared = job.compared(Scope(telling=True))
    policy = KeepPolicy("first", _facts(documents, collection, scored))
    fallen = settle(scored, policy, job.counter, DUPLICATES)
    clusters = clusters_of(fallen, policy, collection, scored.twins, DUPLICATES)
    order = np.argsort(collection.rank).tolist()
    lengths = collection.lengths.tolist()
    ordered = tuple(documents[number] for number in order)
    pairs = tuple(pair for pair in compared.comparisons if pair.verdict is not Verdict.DISTINCT)
    words = {collection.ids[number]: lengths[number] for number in order}
    return Report(
        documents=ordered,
        comparisons=pairs,
        clusters=tuple(clusters.told(collection.ids)),
        repeated=job.repeated(scored),
        skipped=tuple(sorted(skipped, key=lambda skip: (skip.path, skip.reason))),
        left_out=compared.left_out,
        settings=settings.as_dict(),
        words=words,
        families=families_of(ordered, pairs, words),
        events=events_of(ordered, pairs),
    )


def _facts(documents: Sequence[Document], collection: Collection, scored: Scored) -> Facts:
    """What tells which of some documents stays."""
    dates = instants([document.published for document in documents])
    return Facts(collection.rank, collection.bounds, dates, (), joined=joined_of(scored, DUPLICATES))


def compare_some(
    documents: Sequence[Document], scope: Scope, settings: Settings, engine: Engine,
    progress: Progress = lambda _stage, _steps: None,
) -> Compared:  # fmt: skip
    """The pairs of a collection that a scope asks for. Each is what `compare_documents` makes of it.

    But for one thing: of pairs that only a topic proposes, a run also hears what their neighbours report.
    """
    progress("reading words", len(documents))
    collection = replace(_collected(documents, engine, settings), total=scope.total)
    if not len(collection):
        return Compared((), {})
    return Job(documents, collection, settings, engine, progress).compared(scope)[1]


def _collected(documents: Sequence[Document], engine: Engine, settings: Settings) -> Collection:
    """The collection of some documents, with what is house style of their sources."""
    collection = collect(_portions(documents), engine, settings)
    return replace(collection, house=house_style(collection, [document.source for document in documents], settings))


def _portions(documents: Sequence[Document]) -> Iterator[Batch]:
    for start in range(0, len(documents), 512):
        part = documents[start : start + 512]
        yield Batch([document.id for document in part], [body(document) for document in part])
