"""What a person is told when a job is done: plain sentences, the next step last. Pure: values in, text out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.families.telling import Telling
from compare.formats.sentences import some
from compare.sources.doubts import doubts_of
from compare.sources.tables.rows import is_unread
from compare.wording.changes import change_line
from compare.wording.escape import safe
from compare.wording.explain import plural
from compare.wording.families import look_lines, revision_line, size_line
from compare.wording.words import (
    doubt_lines,
    left_out_lines,
    number,
    percent,
    skipped_lines,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from compare.families.telling import ToldFamily, ToldVersion
    from compare.model import CutSummary, Doubt, Repeated, Report, Summary
    from compare.pipeline.engines.disk import PortionDone
    from compare.wording.words import Part

SHOWN_FAMILIES = 10
SHOWN_VERSIONS = 4
SHOWN_CHANGES = 3
SHOWN_SKIPPED = 5
SHOWN_UNREAD = 3


def run_summary(report: Report, output: Path, pages: int) -> str:
    """The result of `compare run`: stories, what repeats, what was skipped, what is next."""
    telling = Telling(report)
    ranked = [(family, look) for family, look in telling.ranked if look.is_needed]
    parts = [
        [telling.headline()],
        *(_family(telling.told(family, look)) for family, look in ranked[:SHOWN_FAMILIES]),
        _more_families(len(ranked) - SHOWN_FAMILIES),
        [_repeated(passage) for passage in report.repeated],
        _skipped(skipped_lines(report.skipped)),
        _doubts(doubts_of(report.documents)),
        left_out_lines(report.left_out),
        [f"Open {safe(str(output / 'index.html'))} ({plural(pages, 'file')} written)."],
    ]
    return "\n\n".join("\n".join(lines) for lines in parts if lines)


def _family(told: ToldFamily) -> list[str]:
    """A story: its headline, who had it first, and what each version has of the one before it."""
    reasons = ", ".join(label for label, _ in look_lines(told.look, told.strongest))
    versions = [version for version in told.versions if version.pair]
    lines = [told.title, f"  {_text(told.first)}", f"  {size_line([one.document for one in told.versions])}; {reasons}"]
    for version in versions[:SHOWN_VERSIONS]:
        lines += [f"  - {_text(version.sentence)}", *_changes(version, told.called)]
    left = len(versions) - SHOWN_VERSIONS
    more = [f"  … and {plural(left, 'more version')}"] if left > 0 else []
    return [*lines, *more, *(f"  - {_text(line)}" for line in _still_held(told))]


def _still_held(told: ToldFamily) -> list[tuple[Part, ...]]:
    """What an outlet changed in its own text where another version still has the old words."""
    return [
        revision_line(told.called[one.old], told.called[one.new], len(one.holders))
        for one in told.family.revisions
        if one.holders
    ]


def _changes(told: ToldVersion, called: Mapping[str, str]) -> list[str]:
    pair = told.pair
    if pair is None:
        return []
    names = called[pair.a], called[pair.b]
    lines = [f"      {change_line(change, pair.first, names)}" for change in told.changes]
    left = len(lines) - SHOWN_CHANGES
    return [*lines[:SHOWN_CHANGES], *([f"      … and {plural(left, 'more change')}"] if left > 0 else [])]


def _text(parts: Iterable[Part]) -> str:
    return "".join(part.text for part in parts)


def _more_families(count: int) -> list[str]:
    return [f"… and {plural(count, 'more story', 'more stories')} in the report."] if count > 0 else []


def _repeated(passage: Repeated) -> str:
    start = " ".join(passage.text.split())[:60].rstrip()
    source = f" of {safe(passage.source)}" if passage.source else ""
    return f"In {plural(len(passage.holders), 'article')}{source}: “{safe(start)}…” ({plural(passage.words, 'word')})."


def _skipped(lines: Sequence[str]) -> list[str]:
    if len(lines) <= SHOWN_SKIPPED:
        return [f"Skipped {line}" for line in lines]
    return [*(f"Skipped {line}" for line in lines[:SHOWN_SKIPPED]), f"… and {number(len(lines) - SHOWN_SKIPPED)} more"]


def _doubts(doubts: Sequence[Doubt]) -> list[str]:
    return some([f"Read with a doubt: {line}" for line in doubt_lines(doubts)], SHOWN_SKIPPED)


def portion_line(done: PortionDone) -> str:
    """What became of a portion of a step."""
    step, number, of, _ = done.portion
    if not done.parts:
        return f"{step} {number}/{of}: nothing to do in this corpus"
    return f"{step} {number}/{of}: {plural(done.made, 'part')} made, of {done.parts}"


def dedup_summary(summary: Summary, output: str) -> str:
    """The result of `compare dedup`."""
    reasons = ", ".join(f"{number(count)} {kind}" for kind, count in summary.dropped_for.items())
    stay = f"{number(summary.kept)} {'stays' if summary.kept == 1 else 'stay'}"
    fall = f"{number(summary.dropped_documents)} {'falls' if summary.dropped_documents == 1 else 'fall'}"
    fallen = fall if summary.dropped_documents else "none falls"
    against = "against.csv, " if summary.against else ""
    parts = [
        [
            f"{plural(summary.documents, 'document')}: {stay}, {fallen}"
            + (f" ({reasons})" if reasons else "")
            + (f" in {plural(summary.clusters, 'cluster')}." if summary.clusters else "."),
            _pairs_asked(summary),
            *_facts(summary),
            *_against(summary),
        ],
        [
            f"A passage of {plural(passage.words, 'word')} stands in {plural(passage.count, 'document')}."
            for passage in summary.repeated[:SHOWN_SKIPPED]
        ],
        [*_skipped(skipped_lines(sorted(summary.skipped, key=lambda skip: not skip.lost))), *_uncompared(summary)],
        _doubts(summary.doubts),
        left_out_lines(summary.left_out),
        _left_over(summary),
        [f"Written to {safe(output)}: pairs.csv, clusters.csv, {against}kept/, summary.json."],
    ]
    return "\n\n".join("\n".join(lines) for lines in parts if lines)


def _pairs_asked(summary: Summary) -> str:
    """The pairs that were asked for, and what was not."""
    counts = ", ".join(f"{number(count)} {verdict}" for verdict, count in summary.pairs.items())
    if summary.pairs_asked == "all":
        return f"Pairs that share text: {counts}." if counts else "No two documents share text that matters."
    rest = "Pairs that share less were not asked for (--pairs all)."
    return f"Pairs of duplicates: {counts}. {rest}" if counts else f"No two documents are duplicates. {rest}"


def _facts(summary: Summary) -> list[str]:
    """Whether what falls states the same, in one line."""
    facts = summary.facts
    if facts is None:
        return ["Facts were not compared (--facts)."] if summary.dropped_documents else []
    if not facts["compared"]:
        return ["No facts to compare: nothing falls to a text that is not the same."]
    pairs = f"Facts were compared in {plural(facts['compared'], 'pair')}: "
    if facts["stayed"]:
        return [f"{pairs}{plural(facts['stayed'], 'document stays', 'documents stay')} because a fact differs."]
    return [f"{pairs}a fact differs in {plural(facts['differ'], 'document that falls', 'documents that fall')}."]


def _against(summary: Summary) -> list[str]:
    """What stands among other documents too, in one line."""
    held = summary.against
    if held is None:
        return []
    others = f"Held against {plural(held['documents'], 'document')}, neither dropped nor written: "
    if not held["matched"]:
        return [f"{others}none is a duplicate or a part of one, or holds one."]
    them = plural(held["matched"], "document is a duplicate or a part of one, or holds one",
                  "documents are duplicates or parts of one, or hold one")  # fmt: skip
    return [f"{others}{them}; {number(held['fell'])} of them {'falls' if held['fell'] == 1 else 'fall'} for it."]


def _uncompared(summary: Summary) -> list[str]:
    """What `kept/` holds beside documents."""
    if not summary.uncompared:
        return []
    them = f"{plural(summary.uncompared, 'row or file', 'rows or files')}"
    return [f"In kept/ as they were, compared with nothing: {them}."]


def cut_summary(summary: CutSummary, output: str) -> str:
    """The result of `compare dedup --cut passages`."""
    share = percent(summary.cut_words / summary.words) if summary.words else "0 %"
    place = "where they begin and end" if summary.anywhere else "in whole sentences"
    pieces = plural(summary.cuts, "piece")
    cut = f"{plural(summary.documents, 'document')}: {pieces} cut out of {number(summary.cut_documents)}"
    words = f"{number(summary.cut_words)} of {plural(summary.words, 'word')} ({share})"
    fallen = "it falls" if summary.dropped_documents == 1 else "they fall"
    fell = f"; of {number(summary.dropped_documents)} nothing is left, and {fallen}"
    quoted = plural(summary.quoted, "repeated passage stays", "repeated passages stay")
    whole = plural(len(summary.whole), "row stays whole", "rows stay whole")
    parts = [
        [
            f"{cut}, {words}{fell if summary.dropped_documents else ''}.",
            f"Cut is what stands a second time, {summary.passage_words} words in a row or more, {place}.",
            *([f"{quoted}: one of the two documents quotes it."] if summary.quoted else []),
            *([f"{whole}: what was to be cut is not in the bytes of the row."] if summary.whole else []),
        ],
        _skipped(skipped_lines(sorted(summary.skipped, key=lambda skip: not skip.lost))),
        _doubts(summary.doubts),
        _left_over(summary),
        [f"Written to {safe(output)}: cuts.csv, kept/, summary.json."],
    ]
    return "\n\n".join("\n".join(lines) for lines in parts if lines)


def unread_sentence(summary: Summary | CutSummary) -> str:
    """Why the job ends with 2 though everything is written: one plain line."""
    unread = [skip for skip in summary.skipped if is_unread(skip)]
    some = "; ".join(f"{safe(skip.path)}: {safe(skip.reason)}" for skip in unread[:SHOWN_UNREAD])
    more = f" (and {number(len(unread) - SHOWN_UNREAD)} more)" if len(unread) > SHOWN_UNREAD else ""
    return f"{number(len(unread))} not read, so not compared: {some}{more}; all is written; --allow-unread ends with 0"


def _left_over(summary: Summary | CutSummary) -> list[str]:
    if not summary.left_over:
        return []
    files = plural(summary.left_over, "file")
    return [f"kept/ also holds {files} that this run did not write: take it away, or name another folder."]
