"""The report as JSON: schema `compare-report/2`, published in `compare/data/report.schema.json`.

Keys stand in the schema's order, documents are sorted by id, floats are rounded to 6 places, and there is no time
stamp: the same report is the same bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compare.families.look import look_at
from compare.families.telling import Telling
from compare.model import Lineage
from compare.report.lines import in_lines
from compare.sources.order import in_order
from compare.version import __version__
from compare.vocabulary import COUNTS, SHARES
from compare.wording.escape import valid

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from compare.model import (
        Accepted,
        Carrier,
        Change,
        Cluster,
        Comparison,
        Decoding,
        Document,
        Doubt,
        Drift,
        EventGroup,
        Family,
        Judged,
        Look,
        Match,
        Quotation,
        Repeated,
        Report,
        Revision,
        SharedFact,
        Span,
    )  # fmt: skip

    Placing = Callable[[Span], dict[str, Any]]

SCHEMA = "compare-report/2"


def as_json(report: Report) -> str:
    """The report as `compare-report/2`: a line for each document, pair and family, ending in a line feed.

    A lone surrogate, which UTF-8 cannot hold, is written as its escape (a backslash, `u` and four digits).
    """
    return json_of(Telling(report))


def json_of(telling: Telling) -> str:
    """The same of a report that is told already."""
    return in_lines(_record(telling))


def _record(telling: Telling) -> dict[str, object]:
    report = telling.report
    documents = [report.documents[place] for place in in_order([document.id for document in report.documents])]
    return {
        "schema": SCHEMA,
        "tool": {"name": "compare", "version": __version__},
        "settings": {valid(key): setting(value) for key, value in report.settings.items()},
        "documents": [_document(document, report.words.get(document.id, 0)) for document in documents],
        "pairs": [
            pair_record(one, telling.changes(one), report.judged.get((one.a, one.b))) for one in report.comparisons
        ],
        "families": families_record(report),
        "events": [_event(event) for event in report.events],
        "clusters": [_cluster(cluster) for cluster in report.clusters],
        "skipped": [{"path": valid(item.path), "reason": valid(item.reason)} for item in report.skipped],
        "dropped": {valid(cap): int(report.left_out[cap]) for cap in sorted(report.left_out)},
        "repeated": [_repeated(passage) for passage in report.repeated],
    }


def _document(document: Document, words: int) -> dict[str, object]:
    return {
        "id": valid(document.id),
        "path": valid(document.path),
        "title": valid(document.title),
        "title_from": valid(document.title_from),
        "author": valid(document.author),
        "author_from": valid(document.author_from),
        "agencies": [valid(name) for name in document.agencies],
        "words": int(words),
        "sha256": document.sha256,
        "published": valid(document.published),
        "published_from": valid(document.published_from),
        "source": valid(document.source),
        "url": valid(document.url),
        "language": valid(document.language),
        **decoding_record(document),
        **_extraction(document),
    }


def _extraction(document: Document) -> dict[str, object]:
    """How a text was taken out of a document, and what leads back into it; only of one that holds more than text."""
    if not (taken := document.extraction):
        return {}
    record = {
        "extractor": valid(taken.extractor),
        "version": valid(taken.version),
        "unit": str(taken.unit),
        "starts": [int(start) for start in taken.starts],
        "notes": [str(note) for note in taken.notes],
        "properties": {valid(name): valid(value) for name, value in taken.properties},
    }
    return {"extraction": record}


def decoding_record(document: Document) -> dict[str, object]:
    """How a document was read, only where that leaves a doubt."""
    if not (read := document.decoding):
        return {}
    record = {"encoding": valid(read.encoding), "guessed": read.guessed, "replaced": int(read.replaced)}
    return {"decoding": record | _damage_record(read)}


def _damage_record(read: Decoding | Doubt) -> dict[str, object]:
    """What was read as it was meant, only where something was."""
    counts = {"mojibake": int(read.mojibake), "entities": int(read.entities)}
    return {name: count for name, count in counts.items() if count}


def doubt_record(doubt: Doubt) -> dict[str, object]:
    """A file that was read with a doubt, as summaries and the gate's outputs hold it."""
    return {
        "path": valid(doubt.path),
        "first": valid(doubt.first),
        "documents": int(doubt.documents),
        "encoding": valid(doubt.encoding),
        "guessed": doubt.guessed,
        "replaced": int(doubt.replaced),
        **_damage_record(doubt),
    }


def pair_record(comparison: Comparison, changes: Iterable[Change], judged: Judged | None = None) -> dict[str, object]:
    """A pair with its scores, changes and matches, as a report holds it, and what the accepted entries say of it."""
    return {
        "a": valid(comparison.a),
        "b": valid(comparison.b),
        "verdict": comparison.verdict.value,
        **lineage_record(comparison.lineage),
        **{key: rounded(getattr(comparison, key)) for key in SHARES},
        **{key: int(getattr(comparison, key)) for key in COUNTS},
        "facts_in_common": [_shared_fact(fact) for fact in comparison.facts_in_common],
        "changes": [change_record(change) for change in changes],
        "matches": [_match(match) for match in comparison.matches],
        **({"accepted": _judged(judged)} if judged else {}),
    }


def lineage_record(lineage: Lineage | None) -> dict[str, object]:
    """Who was first, from whom the wording is and what shows it, and what of the heads was changed."""
    lineage = lineage or Lineage()
    return {
        "first": lineage.first,
        "first_why": valid(lineage.why),
        "relation": lineage.relation.value if lineage.relation else None,
        "relation_evidence": [valid(words) for words in lineage.evidence],
        "changed": [
            {"part": change.part.value, "a": valid(change.a), "b": valid(change.b)} for change in lineage.changes
        ],
    }


def change_record(change: Change) -> dict[str, object]:
    """Something that changed, with its words and its sentence on each side."""
    spans = ("span_a", "span_b", "sentence_a", "sentence_b")
    return {
        "kind": change.kind.value,
        "what": change.what,
        "a": valid(change.a),
        "b": valid(change.b),
        **{name: _span(getattr(change, name)) for name in spans},
        "passage": int(change.passage),
        "swapped": change.swapped,
        "own": change.own,
    }


def _shared_fact(fact: SharedFact) -> dict[str, object]:
    return {"a": _span(fact.a), "b": _span(fact.b), "rarity": rounded(fact.rarity)}


def _judged(judged: Judged) -> dict[str, object]:
    return {
        "state": judged.state.value,
        "why": valid(judged.why),
        "entries": [entry_record(entry) for entry in judged.entries],
    }


def entry_record(entry: Accepted) -> dict[str, object]:
    """An entry of the file of accepted reuse, as a report and the gate's outputs hold it."""
    names = ("key", "a", "b", "reason", "by", "date", "expires", "note")
    return {
        **{name: valid(str(getattr(entry, name))) for name in names},
        "words": int(entry.words),
        "starts": valid(entry.starts),
        "drifts": [{side: valid(str(value)) for side, value in one._asdict().items()} for one in entry.drifts],
    }


def _match(match: Match) -> dict[str, object]:
    return {
        "kind": match.kind.value,
        "marks": [mark.value for mark in match.marks],
        "similarity": rounded(match.similarity),
        "kept_a": rounded(match.kept_a),
        "kept_b": rounded(match.kept_b),
        "a": _span(match.a),
        "b": _span(match.b),
        "speaker": valid(match.speaker),
        "drifts": [drift_record(drift, _span, _span) for drift in match.drifts],
        "unsure": [drift_record(drift, _span, _span) for drift in match.unsure],
        "quotations": [quotation_record(quotation, _span, _span) for quotation in match.quotations],
        "inside": [inside_record(part, _span, _span) for part in match.inside],
    }


def drift_record(drift: Drift, a: Placing, b: Placing) -> dict[str, object]:
    """A fact that differs, with the sentence of each side; how a span of either side is written is the caller's."""
    return {
        "what": drift.what.value,
        "swapped": drift.swapped,
        "a": a(drift.a),
        "b": b(drift.b),
        "frame_a": a(drift.frame_a),
        "frame_b": b(drift.frame_b),
    }


def quotation_record(quotation: Quotation, a: Placing, b: Placing) -> dict[str, object]:
    """What became of a quotation; a speaker that is not named is null."""
    return {
        "state": quotation.state.value,
        "a": a(quotation.a),
        "b": b(quotation.b),
        "marked_a": quotation.marked_a,
        "marked_b": quotation.marked_b,
        "speaker_a": a(quotation.speaker_a) if quotation.speaker_a else None,
        "speaker_b": b(quotation.speaker_b) if quotation.speaker_b else None,
    }


def inside_record(part: Match, a: Placing, b: Placing) -> dict[str, object]:
    """What changed places inside a match; its facts and quotations are the match's."""
    shares = {"kept_a": rounded(part.kept_a), "kept_b": rounded(part.kept_b)}
    return {"kind": part.kind.value, **shares, "a": a(part.a), "b": b(part.b)}


def families_record(report: Report) -> list[dict[str, object]]:
    """The families of a report, each with what it has to look at."""
    pairs = {(pair.a, pair.b): pair for pair in report.comparisons}
    return [_family(family, look_at(family, pairs, report.judged)) for family in report.families]


def _family(family: Family, look: Look) -> dict[str, object]:
    return {
        "key": family.key,
        "base": valid(family.base),
        "first": valid(family.first),
        "look": {
            "score": look.score,
            "open": look.is_open,
            "reasons": [{"why": one.reason.value, "points": one.points} for one in look.reasons],
        },
        "versions": [
            {
                "id": valid(version.id),
                "nearest": valid(version.nearest),
                "says_so": version.says_so,
                "bar": version.bar._asdict(),
                "carried": version.carried._asdict(),
            }
            for version in family.versions
        ],
        "pairs": [{"a": valid(a), "b": valid(b)} for a, b in family.pairs],
        "revisions": [_revision(revision) for revision in family.revisions],
    }


def _revision(revision: Revision) -> dict[str, object]:
    corrections = [
        {
            "changes": [change_record(change) for change in one.changes],
            "old": _span(one.old),
            "new": _span(one.new),
            "still": [_carrier(carrier) for carrier in one.still],
            "already": [_carrier(carrier) for carrier in one.already],
        }
        for one in revision.corrections
    ]
    return {"old": valid(revision.old), "new": valid(revision.new), "corrections": corrections}


def _carrier(carrier: Carrier) -> dict[str, object]:
    return {"id": valid(carrier.id), **_span(carrier.sentence)}


def _event(event: EventGroup) -> dict[str, object]:
    return {
        "documents": [valid(name) for name in event.documents],
        "facts": [valid(fact) for fact in event.facts],
        "named_by": [*event.named_by],
    }


def _cluster(cluster: Cluster) -> dict[str, object]:
    return {
        "members": [valid(member.id) for member in cluster.members],
        "keep": valid(cluster.keep),
        "reason": valid(cluster.reason),
        "dropped": [
            {
                "id": valid(member.id),
                "for": valid(member.kept_for),
                "reason": valid(member.reason),
                "twin": valid(member.twin),
            }
            for member in cluster.members
            if member.dropped
        ],
    }


def _repeated(passage: Repeated) -> dict[str, object]:
    holders = [{"id": valid(holder.id), **_span(holder.span)} for holder in passage.holders]
    source = {"source": valid(passage.source)} if passage.source else {}
    return {"text": valid(passage.text), "words": int(passage.words), **source, "holders": holders}


def _span(span: Span) -> dict[str, int]:
    return {"start": int(span.start), "stop": int(span.stop)}


def setting(value: object) -> object:
    """A setting as JSON can hold it."""
    if isinstance(value, bool | int) or value is None:
        return value
    return rounded(value) if isinstance(value, float) else valid(str(value))


def rounded(value: float) -> float:
    """A score to 6 places, as all output has it."""
    return round(float(value), 6)
