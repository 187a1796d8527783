"""The job, said once: documents in, findings out. No files, no clock, no terminal: those are the callers'."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from compare import kernels
from compare.align.align import align
from compare.align.boilerplate import Boilerplate, boilerplate_of, with_boilerplate
from compare.align.coverage import counted, coverage, kept, reused, token_ranges
from compare.align.prepare import Text, prepare
from compare.align.related import nearest
from compare.cluster import Facts, choose, expanded_clusters, grouped, policy_of
from compare.collection import Collection, collect, recipe_of
from compare.columns import among, unsplit
from compare.minhash import estimate
from compare.model import (
    VERDICTS,
    Cluster,
    Comparison,
    Document,
    Evidence,
    Holder,
    Kind,
    Mark,
    Match,
    Repeated,
    Report,
    Skipped,
    Span,
    Verdict,
)
from compare.pairs import Counter, Scored, score, texts_of
from compare.repeated import passages
from compare.score import (
    Aligned,
    Overlaps,
    kept_bounded,
    measure,
    promoted,
    rules_by_alignment,
    rules_by_words,
    verdicts,
    with_kept,
)
from compare.text import body
from compare.tfidf import Weights, neighbours, pair_cosine, weights
from compare.twins import Expanded, expand

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from compare.engines.base import Engine
    from compare.settings import Settings

    U64 = NDArray[np.uint64]
    I64 = NDArray[np.int64]

DUPLICATES = frozenset(verdict for verdict in Verdict if verdict.is_duplicate)


# --- one pair ------------------------------------------------------------------------------------------------------


def compare_pair(a: Document, b: Document, settings: Settings) -> Comparison:
    """Score, align and judge two documents alone: nothing is common, and the cosine is over the two."""
    texts = prepare(a.text, a.muted), prepare(b.text, b.muted)
    sketched = kernels.sketch([body(a), body(b)], recipe_of(settings))
    pairs = np.array([[0, 1]], np.int64)
    nothing = np.empty(0, np.uint64)
    overlaps = measure(sketched.tokens, sketched.token_offsets, pairs, nothing, settings)
    identical = (sketched.identity[0] == sketched.identity[1]).all() and len(texts[0].tokens) > 0
    verdict = VERDICTS[int(verdicts(overlaps, np.array([identical]), settings)[0])]
    found = Found(
        verdict, overlaps, float(estimate(sketched.signatures[0], sketched.signatures[1])),
        pair_cosine(texts[0].tokens.hashes, texts[1].tokens.hashes),
    )  # fmt: skip
    known = boilerplate_of(texts[0]), boilerplate_of(texts[1])
    matches = with_boilerplate(align(*texts, settings), texts, known)
    return comparison((a.id, b.id), found, texts, matches, settings)


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of a pair before alignment. `overlaps` holds this pair alone."""

    verdict: Verdict
    overlaps: Overlaps
    minhash: float
    cosine: float


def comparison(
    ids: tuple[str, str], found: Found, texts: tuple[Text, Text], matches: tuple[Match, ...], settings: Settings
) -> Comparison:
    """Everything of a pair in one record, with the verdict after alignment."""
    overlaps = found.overlaps
    shares = reused(matches, texts[0].tokens, texts[1].tokens)
    aligned = _aligned(matches, texts, shares, found.cosine)
    containment, own, kept = (
        share[0].tolist() for share in (overlaps.containment, overlaps.own_containment, overlaps.kept_share)
    )
    return Comparison(
        a=ids[0],
        b=ids[1],
        verdict=promoted(found.verdict, aligned, settings),
        jaccard=float(overlaps.jaccard[0]),
        minhash=found.minhash,
        containment_a=containment[0],
        containment_b=containment[1],
        own_a=own[0],
        own_b=own[1],
        kept_a=kept[0],
        kept_b=kept[1],
        cosine=found.cosine,
        reused_a=shares[0],
        reused_b=shares[1],
        shared=int(overlaps.shared[0]),
        longest=int(overlaps.longest[0]),
        matches=matches,
        evidence=_evidence(found, aligned, matches, texts, settings),
    )


def _evidence(
    found: Found, aligned: Aligned, matches: tuple[Match, ...], texts: tuple[Text, Text], settings: Settings
) -> Evidence:
    """Every rule with its numbers, and what else explains the verdict."""
    overlaps, identical = found.overlaps, found.verdict is Verdict.IDENTICAL
    lengths = [len(text.tokens) for text in texts]
    shorter = lengths.index(min(lengths))
    aside = [match for match in matches if match.operations and not counted([match], lengths[shorter])]
    plain = [match for match in aside if Mark.BOILERPLATE in match.marks]
    quoted = [match for match in aside if match.kind.is_reuse and Mark.BOILERPLATE not in match.marks]
    boilerplate, quotations = (coverage(token_ranges(match)[shorter] for match in some) for some in (plain, quoted))
    return Evidence(
        rules=rules_by_words(overlaps, settings, identical=identical) + rules_by_alignment(aligned, settings),
        words_a=lengths[0],
        words_b=lengths[1],
        shingle=settings.shingle,
        common=int(overlaps.shared[0] - overlaps.own_shared[0]),
        counted=len(counted(matches, lengths[shorter])),
        boilerplate=boilerplate,
        quoted=quotations,
        unmeasured=not kept_bounded(overlaps.tokens)[0],
        nearest=None if matches else nearest(*texts),
    )


def _aligned(
    matches: tuple[Match, ...], texts: tuple[Text, Text], shares: tuple[float, float], cosine: float
) -> Aligned:
    """What the verdict needs of the matches."""
    tokens = texts[0].tokens, texts[1].tokens
    shorter = 0 if len(tokens[0]) <= len(tokens[1]) else 1
    reuse = counted(matches, len(tokens[shorter]))
    lengths = [min(stop - start for start, stop in token_ranges(match)) for match in reuse]
    return Aligned(
        reused=shares[shorter],
        kept=kept(matches, *tokens)[shorter],
        longest_reuse=max(lengths, default=0),
        rewritten=reused([match for match in reuse if match.kind is Kind.REWRITTEN], *tokens)[shorter],
        related=sum(match.kind is Kind.RELATED for match in matches),
        cosine=cosine,
    )


# --- a corpus, without alignment -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Batch:
    """Some documents on their way: ids, texts with what is muted blanked out, and what a policy may ask for."""

    ids: list[str]
    texts: list[str]
    published: list[str]
    values: list[str]


@dataclass(frozen=True, slots=True)
class Deduplicated:
    """Duplicates of a corpus, in columns: documents are numbered in the order read."""

    collection: Collection
    pairs: Expanded
    overlaps: Overlaps
    verdicts: NDArray[np.int8]
    """Rank of the verdict of each pair of `pairs`; only those stronger than `distinct` are here."""
    clusters: tuple[Cluster, ...]
    repeated: tuple[tuple[int, tuple[str, ...]], ...]
    """Repeated passages: words, and the ids of the holders."""
    dropped: dict[str, int]
    """What caps left out, with counts."""

    @property
    def dropped_ids(self) -> frozenset[str]:
        """The documents that the policy drops."""
        return frozenset(member.id for cluster in self.clusters for member in cluster.members if member.dropped)


@dataclass(frozen=True, slots=True)
class Keeping:
    """Which documents fall, and which one of them stays."""

    keep: str = "first"
    drop: frozenset[Verdict] = DUPLICATES


def deduplicate_batches(batches: Iterable[Batch], settings: Settings, engine: Engine, keeping: Keeping) -> Deduplicated:
    """Exact, near and partial duplicates of a stream of documents. Texts are let go batch by batch."""
    published: list[str] = []
    values: list[str] = []

    def noted() -> Iterator[tuple[list[str], list[str]]]:
        for batch in batches:
            published.extend(batch.published)
            values.extend(batch.values)
            yield batch.ids, batch.texts

    collection = collect(noted(), engine, settings)
    scored = score(collection, engine, settings)
    counter = Counter(collection, engine, settings)
    policy = policy_of(keeping.keep, Facts(collection.rank, collection.lengths, published, values))
    fallen = choose(scored, policy, counter, keeping.drop)
    clusters = expanded_clusters(fallen, policy, collection, scored.twins, keeping.drop)
    pairs = expand(scored.pairs, scored.twins, collection.rank, settings.twin_pairs)
    overlaps, ranks = expanded_counts(pairs, scored, counter)
    return Deduplicated(
        collection, pairs, overlaps, ranks, clusters,
        tuple(_repeated_ids(collection, scored, settings)),
        {**scored.dropped, "twin_pairs": pairs.left_out},
    )  # fmt: skip


def expanded_counts(pairs: Expanded, scored: Scored, counter: Counter) -> tuple[Overlaps, NDArray[np.int8]]:
    """The counts and verdicts of pairs with twins expanded: those of their representatives, and twins measured."""
    collection = counter.collection
    inside = pairs.rows < 0
    twin_counts = counter.measured(pairs.pairs[inside], scored.common)
    same = (collection.identity[pairs.pairs[inside, 0]] == collection.identity[pairs.pairs[inside, 1]]).all(axis=1)
    old = pairs.rows[~inside]
    turned = scored.pairs[old, 0] != scored.twins.first[pairs.pairs[~inside, 0]]
    overlaps = scored.overlaps.rows(old).swapped(turned).joined(twin_counts)
    ranks = np.concatenate([scored.ranks[old], verdicts(twin_counts, same, counter.settings)])
    back = unsplit(~inside)
    return overlaps.rows(back), ranks[back]


def _repeated_ids(collection: Collection, scored: Scored, settings: Settings) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Repeated passages, with the ids of all that hold them: twins are found by the text that stands for them."""
    holders = scored.common.holders[np.argsort(collection.rank[scored.common.holders])]
    groups = grouped(scored.twins.first)
    for runs in passages(*texts_of(collection, holders), scored.common.shingles, settings):
        words = max(run.stop - run.start for run in runs)
        held = [document for run in runs for document in groups[int(holders[run.document])]]
        yield words, tuple(sorted(collection.ids[document] for document in held))


# --- a collection, with alignment ----------------------------------------------------------------------------------


def compare_documents(
    documents: Sequence[Document], skipped: Sequence[Skipped], settings: Settings, engine: Engine,
    progress: Callable[[str, int], None] = lambda _stage, _total: None,
) -> Report:  # fmt: skip
    """Score, align and judge every pair of a collection that matters; `progress(stage, steps)` hears of each stage."""
    progress("reading words", len(documents))
    collection = collect(_portions(documents), engine, settings)
    if not len(collection):
        return Report((), (), (), (), tuple(skipped), {}, settings.as_dict())
    vectors = weights(*texts_of(collection, np.arange(len(collection))))
    near, dropped = _proposed(vectors, settings)
    progress("scoring pairs", len(near))
    scored = score(collection, engine, settings, near)
    counter = Counter(collection, engine, settings)
    pairs = expand(scored.pairs, scored.twins, collection.rank, settings.twin_pairs)
    overlaps, ranks = expanded_counts(pairs, scored, counter)
    job = _Job(documents, collection, scored, settings)
    candidates = _Candidates(pairs.pairs, overlaps, ranks, vectors.cosine(pairs.pairs))
    chosen, left_out = _worth_aligning(candidates, settings)
    progress("aligning passages", len(chosen))
    found = [one for one in job.comparisons(candidates, chosen, progress) if one.verdict is not Verdict.DISTINCT]
    dates = [document.published for document in documents]
    policy = policy_of("first", Facts(collection.rank, collection.lengths, dates, dates))
    fallen = choose(scored, policy, counter, DUPLICATES)
    return Report(
        documents=tuple(sorted(documents, key=lambda document: document.id)),
        comparisons=tuple(sorted(found, key=lambda one: (one.verdict.rank, one.a, one.b))),
        clusters=expanded_clusters(fallen, policy, collection, scored.twins, DUPLICATES),
        repeated=job.repeated(),
        skipped=tuple(sorted(skipped, key=lambda one: (one.path, one.reason))),
        dropped={**scored.dropped, **dropped, "twin_pairs": pairs.left_out, "pairs_not_aligned": left_out},
        settings=settings.as_dict(),
        words=dict(sorted(zip(collection.ids, collection.lengths.tolist(), strict=True))),
    )


def _portions(documents: Sequence[Document]) -> Iterator[tuple[list[str], list[str]]]:
    for start in range(0, len(documents), 512):
        part = documents[start : start + 512]
        yield [document.id for document in part], [body(document) for document in part]


def _proposed(vectors: Weights, settings: Settings) -> tuple[I64, dict[str, int]]:
    """TF-IDF neighbours as candidate pairs, unless the collection is too large for them."""
    if vectors.documents > settings.neighbour_documents:
        return np.empty((0, 2), np.int64), {"documents_without_neighbours": vectors.documents}
    return neighbours(vectors, settings), {"documents_without_neighbours": 0}


@dataclass(frozen=True, slots=True)
class _Candidates:
    pairs: I64
    overlaps: Overlaps
    ranks: NDArray[np.int8]
    cosine: NDArray[np.float64]


def _worth_aligning(candidates: _Candidates, settings: Settings) -> tuple[I64, int]:
    """Rows of the pairs to align: all that are `derived` or stronger, and the likeliest of the others, bounded."""
    reuse = candidates.ranks < Verdict.DISTINCT.rank
    weak = ~reuse & (
        (candidates.cosine >= settings.neighbour_cosine)
        | (candidates.overlaps.own_longest >= settings.window + settings.shingle - 1)
    )
    rows = np.flatnonzero(weak)
    rows = rows[np.argsort(-candidates.cosine[rows], kind="stable")]
    kept = rows[: settings.weak_pairs]
    return np.sort(np.concatenate([np.flatnonzero(reuse), kept])), len(rows) - len(kept)


@dataclass(frozen=True, slots=True)
class _Job:
    """A collection whose pairs are being aligned."""

    documents: Sequence[Document]
    collection: Collection
    scored: Scored
    settings: Settings

    def comparisons(
        self, candidates: _Candidates, chosen: I64, progress: Callable[[str, int], None]
    ) -> Iterator[Comparison]:
        """The chosen pairs, aligned."""
        last_use = {int(number): row for row in chosen.tolist() for number in candidates.pairs[row]}
        texts: dict[int, _Ready] = {}
        for row in chosen.tolist():
            pair = candidates.pairs[row].tolist()
            for number in pair:
                if number not in texts:
                    texts[number] = self._ready(number)
            yield self._comparison(candidates, row, texts[pair[0]], texts[pair[1]])
            for number in pair:
                if last_use[number] == row:
                    del texts[number]
            progress("", 1)

    def _ready(self, number: int) -> _Ready:
        document = self.documents[number]
        text = prepare(document.text, document.muted)
        signed = kernels.sketch([body(document)], recipe_of(self.settings)).signatures[0]
        common = common_tokens(text, self.scored.common.shingles, self.settings)
        return _Ready(document.id, text, signed, boilerplate_of(text, common))

    def _comparison(self, candidates: _Candidates, row: int, a: _Ready, b: _Ready) -> Comparison:
        texts = a.text, b.text
        matches = with_boilerplate(align(*texts, self.settings), texts, (a.boilerplate, b.boilerplate))
        found = Found(
            VERDICTS[int(candidates.ranks[row])],
            with_kept(candidates.overlaps.rows(np.array([row])), a.text.tokens.hashes, b.text.tokens.hashes),
            float(estimate(a.signature, b.signature)),
            float(candidates.cosine[row]),
        )
        return comparison((a.id, b.id), found, texts, matches, self.settings)

    def repeated(self) -> tuple[Repeated, ...]:
        """Repeated passages with every holder and where it stands there; the text is the first holder's."""
        collection, common = self.collection, self.scored.common
        documents = np.flatnonzero(np.isin(self.scored.twins.first, common.holders))
        documents = documents[np.argsort(collection.rank[documents])]
        found = []
        for runs in passages(*texts_of(collection, documents), common.shingles, self.settings):
            holders = tuple(self._holder(int(documents[run.document]), run.start, run.stop) for run in runs)
            longest = max(range(len(runs)), key=lambda index: (runs[index].stop - runs[index].start, -index))
            text = self.documents[documents[runs[longest].document]].text
            start, stop = holders[longest].span
            found.append(Repeated(text[start:stop], runs[longest].stop - runs[longest].start, holders))
        return tuple(found)

    def _holder(self, number: int, start: int, stop: int) -> Holder:
        document = self.documents[number]
        tokens = kernels.tokens(body(document))
        return Holder(document.id, Span(int(tokens.starts[start]), int(tokens.stops[stop - 1])))


@dataclass(frozen=True, slots=True)
class _Ready:
    """A document made ready to be aligned with any number of others."""

    id: str
    text: Text
    signature: NDArray[np.uint32]
    boilerplate: Boilerplate


def common_tokens(text: Text, common: U64, settings: Settings) -> NDArray[np.bool_]:
    """Which tokens stand in a common shingle: bool[tokens]."""
    hashes = text.tokens.hashes
    shingled, _ = kernels.shingles(hashes, np.array([0, len(hashes)], np.int64), settings.shingle)
    flags = np.zeros(len(hashes), bool)
    found = np.flatnonzero(among(shingled, common))
    for lag in range(min(settings.shingle, len(hashes))):
        places = found + lag
        flags[places[places < len(hashes)]] = True
    return flags
