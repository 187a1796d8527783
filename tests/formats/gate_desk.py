"""Findings made by hand, for the tests of the formats: every state, a row of a table, a drift, other scripts."""

from __future__ import annotations

from dataclasses import replace

from newsroom import DAILY, RADIO, comparison, document, flipped, harbour, match, newsroom

from compare.model import (
    Accepted,
    Changed,
    Checked,
    Comparison,
    Decoding,
    Document,
    Doubt,
    Drift,
    Fact,
    Finding,
    Kind,
    Level,
    Mark,
    Match,
    Operation,
    Reason,
    Skipped,
    Span,
    State,
    Verdict,
)
from compare.sources.doubts import doubts_of

BODIES = (
    "::error::x", "\n::error file=a::x", "\r\n::set-output name=a::b", "\r::add-mask::x", "  ::warning::x",
    "##[error]x", "##vso[task.complete result=Failed;]", "##teamcity[buildStop]", "%0A::error::x%0D",
    "\x1b[31mred\x1b[0m", "\x1b]8;;http://x.example\x07y\x1b]8;;\x07", "\x00\x07\x08\x7f\x85\x9b31m",
    "\u202eright\u2066to\u2029left\u2028", "\ud800\udfff\ufffe\uffff", "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", "![x](http://x.example/a.png)",
    "@someone #1 GH-1 www.x.example https://x.example a@x.example", "| a | b |\n|---|---|",
    "```\n# head\n- [ ] item\n> quote", "`` ` ``` x`", '=HYPERLINK("http://x.example")',
    "]]><failure/>&amp;&#0;", "$(touch x)'; touch x; `touch x`",
)  # fmt: skip
WRAPS = ("{}", "a{}", "{} b", "\n{}\n", "'{}", '"{}', "`{}", "-{}\\")
PAYLOADS = [wrap.format(body) for body in BODIES for wrap in WRAPS]
PLAIN = "plain"
UMLAUT = "Über Größe: 4,2 Mio. Pfund\n\n日本語のニュース 🚢 Hafen.\nDer Rat zahlt.\n"
ROW = 'feeds/agency.csv#17,"x"'


def desk() -> Checked:
    """Seven findings: five are open, two of which warn."""
    documents = {one.id: one for one in (*newsroom().documents, *_more())}
    found = sorted(_findings(documents), key=lambda one: (one.comparison.verdict.rank, one.comparison.a))
    return Checked(
        tuple(found), documents, 27, 1302, "near", "verdict >= same-story",
        stale=(entry("old/tide.md", "wire/tide.md", Reason.OTHER, note="see 99 % of it\nin print"),),
        expired=(entry(ROW, "zeitung/größe-日本.md", Reason.WIRE, expires="2024-06-30"),),
        skipped=tuple(Skipped(f"drafts/{at}.bin", "binary") for at in range(7)),
        left_out={"twin_pairs": 3, "ceiling": 0}, settings={"shingle": 5, "seed": 1, "alike": 1 / 3},
        accepted_file="compare.accepted.toml",
    )  # fmt: skip


def clean() -> Checked:
    """A run that finds nothing."""
    return Checked((), {}, 27, 1302, "near", "")


def doubtful() -> Checked:
    """The same as the desk, where a table and an article were read with a doubt."""
    whole = desk()
    read = {ROW: Decoding("utf-8", replaced=3), "radio/harbour-radio.txt": Decoding("windows-1252", guessed=True)}
    return replace(
        whole, doubts=doubts_of(replace(whole.documents[name], decoding=one) for name, one in read.items()),
        documents={name: replace(one, decoding=read.get(name)) for name, one in whole.documents.items()},
    )  # fmt: skip


def many(count: int) -> Checked:
    """As many findings as are asked for."""
    whole = desk()
    first = next(one for one in whole.findings if one.fails)
    return replace(whole, findings=tuple(replace(first, key=f"{at:016x}") for at in range(count)))


def entry(a: str, b: str, reason: Reason, *, note: str = "", expires: str = "") -> Accepted:
    """An accepted entry."""
    changed = (Changed("number", "4.2 million", "4.3 million"),)
    return Accepted(
        "00ff" * 4, a, b, reason, "Ida", "2024-03-01", 61, (3, 7, 9), "Built in 1874 of local",
        note, expires, changed,
    )  # fmt: skip


def _more() -> list[Document]:
    row = Document(ROW, UMLAUT.replace("Über", "Zur"), path="feeds/agency.csv")
    weekly = document("weekly/harbour week.md", DAILY, title="Storms", published="2024-11-08")
    quote = document("desk/-quote's.txt", RADIO)
    return [row, document("zeitung/größe-日本.md", UMLAUT, title="Größe", published="2024-02-02"), weekly, quote]


def _findings(documents: dict[str, Document]) -> list[Finding]:
    wire, radio = documents["wire/harbour-wire.md"], documents["radio/harbour-radio.txt"]
    same, edition, story = newsroom().comparisons
    allowed = entry("daily/harbour-daily.md", "wire/harbour-wire.md", Reason.WIRE, note="agency copy | licensed")
    weekly = harbour(wire, documents["weekly/harbour week.md"])
    row = _rows(documents[ROW], documents["zeitung/größe-日本.md"])
    quoted = _quoted(radio, documents["desk/-quote's.txt"])
    return [
        _finding(same, State.GROWN, "38 words were accepted, 203 are reused now", words=203, entries=(allowed,)),
        _finding(edition, State.ACCEPTED, words=140, entries=(allowed,)),
        _finding(replace(weekly, matches=tuple(sorted(weekly.matches, key=lambda one: one.a))), words=131),
        _finding(row, State.EXPIRED, "accepted up to 2024-06-30", words=13, entries=(allowed,)),
        _finding(quoted, State.EDITED, "one word of 16 has changed", words=16, entries=(allowed,)),
        _finding(story, State.NEW, level=Level.WARN),
        _finding(
            replace(edition, b="radio/harbour-radio.txt", matches=(), verdict=Verdict.REWRITTEN),
            State.DRIFTED, "a number differs now: 4.2 million → 4.3 million", level=Level.WARN, words=30,
        ),
    ]  # fmt: skip


def _rows(a: Document, b: Document) -> Comparison:
    whole = [Span(side.text.index("Größe:"), side.text.index("zahlt") + 5) for side in (a, b)]
    there = [side.text.index("4,2") for side in (a, b)]
    drift = Drift(Fact.NUMBER, Span(there[0], there[0] + 8), Span(there[1], there[1] + 3))
    marks = (Mark.DRIFT, Mark.MOVED)
    found = Match(*whole, Kind.EDITED, 0.9, marks, _one_step(*whole), (drift,), "der Rat", counts=True)
    return comparison(a.id, b.id, Verdict.CONTAINED, reused_a=0.91, reused_b=0.88, longest=7, matches=(found,))


def _one_step(a: Span, b: Span) -> tuple[Operation, ...]:
    """Seven words of a for six of b."""
    return (Operation("replace", a, b, Span(0, 7), Span(0, 6)),)


def _quoted(a: Document, b: Document) -> Comparison:
    found = match(a, b, ("Part of the sea…market.", "Part of the sea…market."), Kind.VERBATIM, Mark.MOVED)
    return comparison(
        b.id, a.id, Verdict.DERIVED, reused_a=0.4, reused_b=0.4, longest=16, matches=(flipped(found),)
    )  # fmt: skip


def _finding(
    found: Comparison, state: State = State.NEW, why: str = "", *, level: Level = Level.FAIL, **rest: object
) -> Finding:
    key = f"{found.verdict.rank:02x}" * 8
    policy = "near" if level is Level.FAIL else "verdict >= same-story"
    return Finding(found, key, level, policy, state, why, **{"words": 0, **rest})


def hostile(payload: str) -> Checked:
    """Findings in which all that comes from outside is a payload: open ones, accepted ones, a row of a table."""
    texts = [f"{payload}\n\nThe council paid {payload}. {side}\n" for side in "ab"]
    fields = dict.fromkeys(("title", "author", "published", "published_from", "source", "license", "language"), payload)
    a, b = (
        Document(f"{payload}{side}", text, f"{payload}{side}", **fields) for side, text in zip("ab", texts, strict=True)
    )
    row = Document(f"{payload}t#{payload}", texts[0], f"{payload}t", **fields)
    allowed = Accepted(
        payload, a.id, b.id, Reason.OTHER, payload, payload, 5, (1,), payload, payload, payload,
        (Changed("name", payload, payload),),
    )  # fmt: skip
    pairs = [
        Finding(_hostile_pair(*sides), payload, Level.FAIL, payload, state, payload, 9, (allowed,))
        for sides in ((a, b), (row, b))
        for state in State
    ]
    return Checked(
        tuple(pairs), {one.id: one for one in (a, b, row)}, 2, 3, payload, payload, (allowed,), (allowed,), strict=True,
        skipped=(Skipped(payload, payload),), doubts=(Doubt(payload, payload, 2, payload, guessed=True, replaced=3),),
        left_out={payload: 3}, settings={payload: payload}, accepted_file=payload,
    )  # fmt: skip


def _hostile_pair(a: Document, b: Document) -> Comparison:
    spans = [Span(0, len(side.text) - 2) for side in (a, b)]
    drift = Drift(Fact.NAME, *[Span(0, len(side.text) // 3) for side in (a, b)])
    found = Match(*spans, Kind.EDITED, 0.8, (Mark.DRIFT,), _one_step(*spans), (drift,), speaker=a.text, counts=True)
    return comparison(a.id, b.id, Verdict.DERIVED, reused_a=0.5, reused_b=0.25, longest=9, matches=(found,))
