"""A newsroom made by hand: reports with known passages, for the reporter's tests and for looking at."""

from __future__ import annotations

import difflib
import re
from dataclasses import replace

from compare.families.events import events_of
from compare.families.versions import families_of
from compare.model import (
    Accepted,
    Cluster,
    Comparison,
    Document,
    Drift,
    Fact,
    Holder,
    Judged,
    Kind,
    Mark,
    Match,
    Member,
    Operation,
    Reason,
    Repeated,
    Report,
    Skipped,
    Span,
    State,
    Verdict,
)
from compare.settings import Settings
from compare.text.coverage import counting

FRONT = "---\ntitle: {}\ndate: {}\n---\n"
WIRE = """# Harbour wall gives way after a week of storms

ARDWICK (Northern Wire) – A forty-metre section of the old harbour wall at Ardwick collapsed early on Tuesday
after a week of storms, flooding the fish market and cutting the road to the ferry terminal.

No one was hurt, the coastguard said. Eleven boats broke their moorings and three of them sank inside the basin
before crews could bring them to the outer pier.

“We have asked for this wall to be rebuilt since 2009,” said Marian Oduya, who leads the harbour council. “Every
winter we patched it, and every winter the sea found the patch.”

The council put the damage at 4.2 million pounds. It said that ferries to the islands would be replaced by buses
from Port Ellin until the end of the month, and that the market would reopen in a tent on the upper quay.

Built in 1874 of local granite, the wall was last strengthened in 1987. An engineer's report in March found hollow
places behind the stone and advised the council to close the quay to lorries.

© Northern Wire. All rights reserved. May not be published or rewritten without permission.
"""
DAILY = """# Storms bring down Ardwick's harbour wall

Built in 1874 of local granite, the wall was last strengthened in 1987. An engineer's report in March found hollow
places behind the stone and advised the council to close the quay to lorries.

A 40-metre stretch of the old harbour wall at Ardwick collapsed early on Tuesday after a week of heavy storms,
flooding the fish market and cutting the only road to the ferry terminal.

Nobody was injured, according to the coastguard. Eleven boats broke loose, and three sank inside the basin before
crews could tow them to the outer pier.

The council had asked for this wall to be rebuilt since 2009. Every winter it was patched, and every winter the sea
found the patch.

The council put the damage at 4.3 million pounds. It said that ferries to the islands would be replaced by buses
from Port Ellin until the end of the month.

Shopkeepers on Quay Street began to sweep out the mud by noon. “We open on Thursday, wet or dry,” said one of them.

© Northern Wire. All rights reserved. May not be published or rewritten without permission.
"""
RADIO = """Part of the sea wall in Ardwick fell on Tuesday morning, and water reached the fish market.

The station's reporter counted three sunken boats in the harbour. Police closed the coast road.

Schools stay open, the town said.
"""


def document(document_id: str, text: str, *, title: str = "", published: str = "") -> Document:
    """A document with front matter if it has a title and a date, muted as the sources mute it."""
    front = FRONT.format(title, published) if title and document_id.endswith(".md") else ""
    full = front + ("\n" + text if front else text)
    muted = [Span(0, len(front))] if front else []
    muted += [Span(*found.span()) for found in re.finditer(r"(?m)^# ", full)]
    origin = "front matter" if front else ""
    return Document(
        document_id, full, path=document_id, title=title, published=published, published_from=origin,
        language="en", sha256="ab" * 32, muted=tuple(muted),
    )  # fmt: skip


def tokens(text: str, start: int = 0) -> list[tuple[str, int, int]]:
    """Words with their places: a stand-in for the product's own tokens."""
    return [(found[0].lower(), start + found.start(), start + found.end()) for found in re.finditer(r"[\w.]*\w", text)]


def operations(a: list[tuple[str, int, int]], b: list[tuple[str, int, int]]) -> tuple[Operation, ...]:
    """The word operations between two runs of tokens."""
    steps = difflib.SequenceMatcher(None, [t[0] for t in a], [t[0] for t in b], autojunk=False).get_opcodes()
    return tuple(Operation(kind, _span(a, i, j), _span(b, k, m), Span(i, j), Span(k, m)) for kind, i, j, k, m in steps)


def _span(items: list[tuple[str, int, int]], start: int, stop: int) -> Span:
    if start < stop:
        return Span(items[start][1], items[stop - 1][2])
    at = items[start][1] if start < len(items) else items[-1][2]
    return Span(at, at)


def match(a: Document, b: Document, passages: tuple[str, str], kind: Kind, *marks: Mark) -> Match:
    """A match between two passages given by their first and last words: `"first words…last words"`."""
    spans = [_find(side.text, passage) for side, passage in zip((a, b), passages, strict=True)]
    runs = [tokens(d.text[s.start : s.stop], s.start) for d, s in zip((a, b), spans, strict=True)]
    steps = operations(*runs)
    kept = sum(step.tokens_a.stop - step.tokens_a.start for step in steps if step.kind == "equal")
    made = Match(spans[0], spans[1], kind, 2 * kept / (len(runs[0]) + len(runs[1])), marks, steps)
    (counted,) = counting([made])
    return counted


def _whole(a: Document, b: Document) -> Match:
    """All of a, which stands at the end of b."""
    spans = Span(0, len(a.text)), Span(len(b.text) - len(a.text), len(b.text))
    runs = tokens(a.text, 0), tokens(b.text[spans[1].start :], spans[1].start)
    (made,) = counting([Match(*spans, Kind.VERBATIM, 1.0, (), operations(*runs))])
    return made


def _find(text: str, passage: str) -> Span:
    first, last = passage.split("…")
    start = text.index(first)
    return Span(start, text.index(last, start) + len(last))


def comparison(a: str, b: str, verdict: Verdict, **scores: object) -> Comparison:
    """A comparison with zeros for every score that is not given."""
    zeros = Comparison(a, b, verdict, *[0.0] * 11, shared=0, longest=0)
    return replace(zeros, **scores)


def harbour(wire: Document, daily: Document) -> Comparison:
    """The wire story and the daily's version of it: edits, a moved paragraph, a lost quotation, a changed figure."""
    story = (
        ("A forty-metre…ferry terminal.", "A 40-metre…ferry terminal.", Kind.EDITED, ()),
        ("No one was hurt…coastguard said.", "Nobody was…the coastguard.", Kind.REWRITTEN, ()),
        ("Eleven boats…outer pier.", "Eleven boats…outer pier.", Kind.EDITED, ()),
        ("We have asked…found the patch.", "The council had asked…found the patch.", Kind.EDITED, (Mark.UNQUOTED,)),
        ("The council put…of the month", "The council put…of the month", Kind.EDITED, (Mark.DRIFT,)),
        ("Built in 1874…to lorries.", "Built in 1874…to lorries.", Kind.VERBATIM, (Mark.MOVED,)),
        ("© Northern…permission.", "© Northern…permission.", Kind.VERBATIM, (Mark.BOILERPLATE,)),
    )
    matches = tuple(match(wire, daily, (p, q), kind, *marks) for p, q, kind, marks in story)
    matches = tuple(_told(item, wire, daily) for item in matches)
    return comparison(
        daily.id, wire.id, Verdict.DERIVED, jaccard=0.41, minhash=0.43, containment_a=0.61, containment_b=0.55,
        own_a=0.58, own_b=0.52, kept_a=0.7, kept_b=0.66, cosine=0.8, reused_a=0.764, reused_b=0.689, shared=112,
        longest=34, matches=tuple(flipped(item) for item in matches),
    )  # fmt: skip


def _told(item: Match, wire: Document, daily: Document) -> Match:
    """The match with the figure that drifted and with who is quoted, as the aligner would say."""
    figures = [(wire, item.a, "4.2 million"), (daily, item.b, "4.3 million")]
    found = [side.text.find(words, *span) for side, span, words in figures]
    spans = [Span(at, at + len(words)) for at, (*_, words) in zip(found, figures, strict=True)]
    drifts = (Drift(Fact.NUMBER, *spans),) if Mark.DRIFT in item.marks else ()
    return replace(item, drifts=drifts, speaker="Marian Oduya" if Mark.UNQUOTED in item.marks else "")


def flipped(item: Match) -> Match:
    """A match seen from the other side."""
    names = {"insert": "delete", "delete": "insert"}
    steps = tuple(
        Operation(names.get(s.kind, s.kind), s.b, s.a, s.tokens_b, s.tokens_a) for s in item.operations
    )  # fmt: skip
    return replace(item, a=item.b, b=item.a, operations=steps, drifts=tuple(one.exchanged() for one in item.drifts))


def newsroom() -> Report:
    """Four articles, three pairs of interest, a cluster, a repeated passage, something skipped."""
    wire = document(
        "wire/harbour-wire.md", WIRE, title="Harbour wall gives way after a week of storms", published="2024-11-05"
    )
    daily = document(
        "daily/harbour-daily.md", DAILY, title="Storms bring down Ardwick’s harbour wall", published="2024-11-06"
    )
    copy = document("wire/harbour-again.txt", WIRE, title="Harbour wall gives way")
    radio = document("radio/harbour-radio.txt", RADIO, published="2024-11-05")
    documents = tuple(sorted((wire, daily, copy, radio), key=lambda item: item.id))
    whole = _whole(copy, wire)
    sides = [f"{score}_{side}" for score in ("containment", "own", "kept", "reused") for side in "ab"]
    full = dict.fromkeys(("jaccard", "minhash", "cosine", *sides), 1.0)
    same = comparison(copy.id, wire.id, Verdict.IDENTICAL, **full, shared=180,
                      longest=203, matches=(whole,))  # fmt: skip
    related = match(radio, wire, ("Part of the sea wall…market.", "A forty-metre…terminal."), Kind.RELATED)
    story = comparison(radio.id, wire.id, Verdict.SAME_STORY, cosine=0.34, jaccard=0.004, matches=(related,))
    notice = WIRE[WIRE.index("©") :].strip()
    holders = tuple(Holder(d.id, _find(d.text, "© Northern…permission.")) for d in documents if "©" in d.text)
    members = (
        Member(wire.id, wire.id, "", "the earliest dated"),
        Member(copy.id, wire.id, wire.id, "all of its phrases are in the one that stays"),
    )
    return with_families(Report(
        documents, (same, harbour(wire, daily), story), (Cluster(wire.id, "the earliest dated", members),),
        (Repeated(notice, 13, holders),), (Skipped("wire/logo.png", "binary"),), {"twin_pairs": 3, "ceiling": 0},
        Settings().as_dict(), {item.id: len(tokens(item.text)) for item in documents},
    ))  # fmt: skip


def with_families(report: Report) -> Report:
    """The report with the families and events of its pairs, as a run would have them."""
    found = families_of(report.documents, report.comparisons, report.words)
    return replace(report, families=found, events=events_of(report.documents, report.comparisons))


def changed(report: Report, **fields: object) -> Report:
    """The report with other documents or pairs, and the families of these."""
    return with_families(replace(report, **fields))  # type: ignore[arg-type]  # fields of a report


def entry(reason: Reason = Reason.WIRE, *, by: str = "Ida", note: str = "", expires: str = "") -> Accepted:
    """An accepted entry of 38 words."""
    return Accepted("0123456789abcdef", "a.md", "b.md", reason, by, "2026-11-23", 38, (1, 2), "A forty", note, expires)


def allowed(report: Report, *judged: Judged | None) -> Report:
    """The report with what entries say of its pairs, in their order."""
    pairs = [(one.a, one.b) for one in report.comparisons]
    return replace(report, judged={pair: said for pair, said in zip(pairs, judged, strict=False) if said})


def settled_newsroom() -> Report:
    """The newsroom with an accepted copy, and a derived pair whose reuse has grown since it was accepted."""
    grown = "38 words were accepted, 61 are reused now"
    entries = entry(note="AP, licensed"), entry(Reason.CORRECTION, by="Bo", expires="2027-01-31")
    return allowed(
        newsroom(), Judged(State.ACCEPTED, "", (entry(note="AP, licensed until further notice"),)),
        Judged(State.GROWN, grown, entries),
    )  # fmt: skip
