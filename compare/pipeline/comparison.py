"""All that is known of one pair, in one record: its scores, its matches, its verdict and the evidence for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from compare.align.blocks import in_blocks
from compare.align.related import nearest
from compare.align.restore import restored
from compare.events.same import SameEvent
from compare.kernels.columns import among
from compare.model import (
    VERDICTS,
    Bound,
    Comparison,
    Condition,
    Document,
    Evidence,
    Kind,
    Mark,
    Match,
    Quantity,
    Rule,
    Verdict,
)
from compare.origin.lineage import Standing, lineage
from compare.pipeline.aside import notice_shingles
from compare.pipeline.quoted import quoted_shingles
from compare.pipeline.score import (
    Aligned,
    Overlaps,
    kept_bounded,
    promoted,
    rules_by_alignment,
    rules_by_words,
    shared_counts,
    verdicts,
)
from compare.text.coverage import counting, coverage, kept, reused, token_ranges

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.align.prepare import Text
    from compare.pipeline.aside import Flags
    from compare.settings import Settings

NOTHING = SameEvent(0.0)


_VERSION = 0.5  # share reused from which one text is told as a version of the other: a credit may be gone
_COPY = 0.8  # share reused of both from which they are one text: another headline is a changed one


@dataclass(frozen=True, slots=True)
class WordScores:
    """What is known of a pair before alignment. `overlaps` holds this pair alone."""

    verdict: Verdict
    overlaps: Overlaps
    minhash: float
    cosine: float
    event: SameEvent = NOTHING
    """Whether both report one event."""
    quoted: int = 0
    """Shared shingles of quotations that both texts print as such: no longer among the own ones of `overlaps`."""

    def of_their_own(
        self, texts: tuple[Text, Text], common: NDArray[np.uint64], notices: tuple[Flags, Flags], settings: Settings
    ) -> WordScores:
        """The same with the own numbers of a `derived` pair as if what both texts quote, and notices, were common.

        `common` are the shingles that are, ascending; `notices` flags the tokens that stand in some, of both texts.
        Stronger verdicts stand by what they keep of the whole text.
        """
        if self.verdict is not Verdict.DERIVED:
            return self
        a, b = texts
        quotations = quoted_shingles(a, b, settings.shingle)
        noticed = notice_shingles(texts, notices, settings.shingle)
        if not (len(quotations) or len(noticed)):
            return self
        tokens, lengths = [a.tokens.hashes, b.tokens.hashes], np.array([[len(a.tokens), len(b.tokens)]])
        offsets = np.array([0, len(a.tokens), lengths.sum()], np.int64)
        common = np.union1d(common, noticed)
        pair, nobodys = np.array([[0, 1]], np.int64), np.union1d(common, quotations)
        table = shared_counts(np.concatenate(tokens), offsets, pair, nobodys, settings).astype(np.int64)
        own = Overlaps.of(table, self.overlaps.kept, lengths)
        verdict = VERDICTS[int(verdicts(own, np.zeros(1, bool), settings)[0])]
        quoted = int(np.count_nonzero(~among(quotations, common)))
        return replace(
            self, verdict=max(verdict, Verdict.DERIVED, key=lambda one: one.rank), overlaps=own, quoted=quoted
        )


def comparison(
    documents: tuple[Document, Document], scores: WordScores, texts: tuple[Text, Text], matches: tuple[Match, ...],
    settings: Settings,
) -> Comparison:  # fmt: skip
    """Everything of a pair in one record, with the verdict after alignment."""
    overlaps = scores.overlaps
    matches = counting(restored(in_blocks(matches, *texts), *texts))
    if scores.verdict is Verdict.DERIVED and not any(match.counts for match in matches):
        scores = replace(scores, verdict=Verdict.DISTINCT)  # a verdict of reuse has a passage to show
    shares = reused(matches, texts[0].tokens, texts[1].tokens)
    aligned = _aligned(matches, texts, shares, scores.event)
    containment, own, kept = (
        share[0].tolist() for share in (overlaps.containment, overlaps.own_containment, overlaps.kept_share)
    )
    verdict = promoted(scores.verdict, aligned, settings)
    return Comparison(
        a=documents[0].id,
        b=documents[1].id,
        verdict=verdict,
        jaccard=float(overlaps.jaccard[0]),
        minhash=scores.minhash,
        containment_a=containment[0],
        containment_b=containment[1],
        own_a=own[0],
        own_b=own[1],
        kept_a=kept[0],
        kept_b=kept[1],
        cosine=scores.cosine,
        reused_a=shares[0],
        reused_b=shares[1],
        shared=int(overlaps.shared[0]),
        longest=int(overlaps.longest[0]),
        matches=matches,
        evidence=_evidence(scores, aligned, matches, texts, settings),
        lineage=lineage(documents, texts, matches, _standing(verdict, shares)),
        facts_in_common=() if verdict.is_reuse else scores.event.facts,
    )


def _standing(verdict: Verdict, shares: tuple[float, float]) -> Standing:
    is_copy = verdict.is_duplicate or min(shares) >= _COPY
    return Standing(verdict.is_reuse, is_copy or max(shares) >= _VERSION, is_copy)


def _evidence(
    scores: WordScores, aligned: Aligned, matches: tuple[Match, ...], texts: tuple[Text, Text], settings: Settings
) -> Evidence:
    """Every rule with its numbers, and what else explains the verdict."""
    overlaps, identical = scores.overlaps, scores.verdict is Verdict.IDENTICAL
    lengths = [len(text.tokens) for text in texts]
    shorter = lengths.index(min(lengths))
    aside = [match for match in matches if match.operations and not match.counts]
    plain = [match for match in aside if Mark.BOILERPLATE in match.marks]
    quoted = [match for match in aside if match.kind.is_reuse and Mark.BOILERPLATE not in match.marks]
    boilerplate, quotations = (coverage(token_ranges(match)[shorter] for match in some) for some in (plain, quoted))
    by_words = rules_by_words(overlaps, settings, identical=identical)
    return Evidence(
        rules=tuple(_with_passage(rule, aligned) for rule in by_words) + rules_by_alignment(aligned, settings),
        words_a=lengths[0],
        words_b=lengths[1],
        shingle=settings.shingle,
        common=int(overlaps.shared[0] - overlaps.own_shared[0]) - scores.quoted,
        counted=sum(match.counts for match in matches),
        boilerplate=boilerplate,
        quoted=quotations,
        unmeasured=not kept_bounded(overlaps.tokens)[0],
        nearest=None if matches else nearest(*texts),
    )


def _with_passage(rule: Rule, aligned: Aligned) -> Rule:
    """A rule of words that says `derived`, with what it lacks where there is no passage to show for it."""
    if rule.verdict is not Verdict.DERIVED or aligned.reused:
        return rule
    return Rule(rule.verdict, (*rule.conditions, Condition(Quantity.REUSED, 0, 0, Bound.MORE_THAN)))


def _aligned(
    matches: tuple[Match, ...], texts: tuple[Text, Text], shares: tuple[float, float], event: SameEvent
) -> Aligned:
    """What the verdict needs of the matches."""
    tokens = texts[0].tokens, texts[1].tokens
    shorter = 0 if len(tokens[0]) <= len(tokens[1]) else 1
    reuse = [match for match in matches if match.counts]
    lengths = [min(stop - start for start, stop in token_ranges(match)) for match in reuse]
    return Aligned(
        reused=shares[shorter],
        kept=kept(matches, *texts)[shorter],
        longest_reuse=max(lengths, default=0),
        rewritten=reused([match for match in reuse if match.kind is Kind.REWRITTEN], *tokens)[shorter],
        same_event=event.likelihood,
    )
