"""The report as the data block of `index.html`: format `compare-page/1`. Pure; knows no HTML but what must be escaped.

Texts stand once, matches as offsets into them: code points, half-open. Controls, bidi overrides and lone surrogates are
shown by stand-ins, one for one, so that offsets hold. Documents are numbered as the report has them, matches as the
static pages number them. What is said of them comes from `wording`, never from the page's script, whose labels and
templates are `words`. The same report is the same text.
"""

from __future__ import annotations

import base64
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compare.families.telling import Telling
from compare.model import ChangeKind, Reason
from compare.report import segments
from compare.report.families import Shown, events, families
from compare.report.lines import in_lines
from compare.report.links import flagged, pair_file_name, printed
from compare.report.measured import measures, shared_words
from compare.report.pairs import told
from compare.report.parts import in_parts
from compare.report.record import rounded
from compare.report.steps import packed
from compare.sources.doubts import doubts_of
from compare.sources.named import given_name
from compare.text.coverage import corresponding, covered_share, is_aside, token_ranges
from compare.text.keys import match_key, tokens_in
from compare.text.signs import with_signs
from compare.text.tokens import body
from compare.version import __version__
from compare.wording import page as sayings
from compare.wording import words
from compare.wording.commands import accept_parts
from compare.wording.escape import safe
from compare.wording.explain import explained
from compare.wording.families import DATES_HINT
from compare.wording.lineage import lineage_lines
from compare.wording.pairs import head_lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from compare.model import Comparison, Document, Judged, Match, Repeated, Report, Tokens
    from compare.report.pairs import ListedChange, Told
    from compare.report.steps import Step

FORMAT = "compare-page/1"
PLAIN_BYTES = 1_000_000
"""Up to here the data stand as plain JSON, which a diff shows and no version of zlib changes; above, deflated."""
PAGE_BYTES = 6_000_000
"""Up to here deflated data stand in the page itself; above, in shards beside it, which a page from `file://` may load
as scripts, and in no other way."""
SHARD_BYTES = 4_000_000
SHINGLE = 5
"""Words of a phrase, where a report made by hand does not say it."""
SHARD_MARK = f"/* compare {__version__}: a part of the report beside this file */"
NO_TEXT: dict[str, object] = {"body": 0, "muted": [], "paragraphs": [], "text": ""}
"""Of a document that shares nothing: its text is not in the page."""
_FIELDS = ("id", "title", "author", "published", "source", "path")
_SIGNS = {"equal": "=", "replace": "~", "insert": "+", "delete": "-"}
_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


@dataclass(frozen=True, slots=True)
class Block:
    """A data block: what stands between its tags, and how."""

    text: str
    encoding: str
    """Empty for plain JSON, `deflate-raw` for base64 of deflated JSON, `shards` where that stands in files beside."""
    shards: tuple[str, ...] = ()
    """The files beside the page, as scripts, in their order: see `shard_name`."""


@dataclass(frozen=True, slots=True)
class Live:
    """What a page knows that a desk serves: which answer it shows, who sits there, and what is decided of its pairs."""

    key: str
    by: str
    today: str
    marks: Mapping[tuple[str, str], Mapping[str, object]]
    """Of each pair that can be decided on, by the ids of a and b."""


def shard_name(number: int) -> str:
    """The file of a shard, from 1."""
    return f"data-{number:02}.js"


def block(report: Report) -> Block:
    """The data of a page, ready to stand inside a `script` element that is not run. Linear."""
    return block_of(Telling(report))


def block_of(telling: Telling, live: Live | None = None) -> Block:
    """The same of a report that is told already."""
    text = as_text(({"live": _live(live)} if live else {}) | data_of(telling))
    encoded = text.encode()
    if len(encoded) <= PLAIN_BYTES:
        return Block(text, "")
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    deflated = base64.b64encode(packer.compress(encoded) + packer.flush()).decode()
    if len(deflated) <= PAGE_BYTES:
        return Block(deflated, "deflate-raw")
    parts = [deflated[start : start + SHARD_BYTES] for start in range(0, len(deflated), SHARD_BYTES)]
    return Block("", "shards", tuple(f'{SHARD_MARK}\ncompareShard({n},"{part}");\n' for n, part in enumerate(parts, 1)))


def _live(live: Live) -> dict[str, object]:
    pairs = [[safe(a), safe(b), dict(marks)] for (a, b), marks in live.marks.items()]
    return {"key": live.key, "by": safe(live.by), "pairs": pairs, "today": live.today}


def as_text(record: Mapping[str, object]) -> str:
    """A page's data as JSON: a line for each document, pair and other entry, nothing that could end a `script`."""
    return in_lines(record).translate(_ESCAPES)


def data(report: Report) -> dict[str, object]:
    """What the page shows, as plain values.

    Raises:
        KeyError: a pair, cluster or repeated passage names a document that the report has not.
    """
    return data_of(Telling(report))


def data_of(telling: Telling) -> dict[str, object]:
    """The same of a report that is told already."""
    report, pairs = telling.report, flagged(telling.report)
    shown = Shown(telling, shelved(report), pairs)
    sources = _Sources(shown)
    own = {(one.a, one.b) for one in printed(shown.telling)}
    return {
        "format": FORMAT,
        "version": __version__,
        "words": sayings.page_words(),
        "headline": shown.telling.headline(),
        "hint": DATES_HINT if shown.telling.is_undated else "",
        "documents": _documents(report, sources),
        "pairs": [
            _pair(one, report.judged.get((one.a, one.b)), sources) | {"printed": int((one.a, one.b) in own)}
            for one in pairs
        ],
        "alone": shown.telling.alone,
        "families": families(shown),
        "events": events(shown),
        "repeated": [_repeated(one, sources) for one in report.repeated],
        "skipped": [{"path": safe(one.path), "reason": safe(one.reason)} for one in report.skipped],
        "dropped": {safe(cap): int(report.left_out[cap]) for cap in sorted(report.left_out)},
        "left_out": words.left_out_lines(report.left_out),
        "doubts": words.doubt_lines(doubts_of(report.documents)),
        "settings": {safe(key): sayings.setting_text(value) for key, value in report.settings.items()},
        "scores": sayings.score_labels(report.settings.get("shingle", SHINGLE)),
        "reasons": [one.value for one in Reason],
    }


def shelved(report: Report) -> tuple[Document, ...]:
    """Its documents with the versions of a family side by side, where packing finds that they are alike."""
    shelf = {version.id: None for family in report.families for version in family.versions}
    named = {document.id: document for document in report.documents}
    return (*(named[name] for name in shelf), *(one for one in report.documents if one.id not in shelf))


class _Sources:
    """The documents of a report by number, with their tokens and as they are read, which is made once a document."""

    def __init__(self, shown: Shown) -> None:
        self.shown = shown
        self.telling = shown.telling
        report = self.telling.report
        self.documents = shown.documents
        self.again = report.again
        self.all_drifts = report.all_drifts
        self.places = shown.places
        self.called = words.called(self.places)
        self._bodies: dict[int, str] = {}

    def tokens(self, place: int) -> Tokens:
        """The tokens of a document."""
        return self.shown.tokens(self.documents[place].id)

    def body(self, place: int) -> str:
        """A document's text as it is read."""
        if place not in self._bodies:
            self._bodies[place] = body(self.documents[place])
        return self._bodies[place]

    def told(self, comparison: Comparison) -> Told:
        """What is told of a pair in words."""
        return told(comparison, self.telling)


def _documents(report: Report, sources: _Sources) -> list[dict[str, object]]:
    pairs: dict[str, list[Comparison]] = {document.id: [] for document in sources.documents}
    for comparison in flagged(report):
        pairs[comparison.a].append(comparison)
        pairs[comparison.b].append(comparison)
    return [
        {
            **_document(document, report.words.get(document.id, 0)),
            **(_text(document) if pairs[document.id] else NO_TEXT),
            "name": safe(sources.called[document.id]),
            "called": sources.telling.titles[document.id],
            "elsewhere": _elsewhere(document.id, pairs[document.id], sources),
            **_measures(document, pairs[document.id], sources),
        }
        for document in sources.documents
    ]


def _measures(document: Document, comparisons: Sequence[Comparison], sources: _Sources) -> dict[str, object]:
    """What its words are counted by, of a document that shares any."""
    if not any(pair.verdict.is_reuse for pair in comparisons):
        return {}
    return measures(document, sources.tokens(sources.places[document.id]))


def _document(document: Document, count: int) -> dict[str, object]:
    return {
        **{key: safe(getattr(document, key)) for key in _FIELDS},
        "head": [[name, in_parts(parts)] for name, parts in head_lines(document, count)],
        "lang": segments.language(document),
        "words": int(count),
        "sha256": document.sha256,
        "warning": segments.warning(document),
        **({"read": how} if (how := words.how_read(document)) else {}),
    }


def _text(document: Document) -> dict[str, object]:
    """The text of a document that shares something, and how it is laid out."""
    return {
        "body": segments.body_start(document),
        "muted": [[*span] for span in document.muted],
        "paragraphs": [[start, int(heading)] for start, heading in segments.paragraph_starts(document)],
        "text": segments.visible(document.text),
    }


def _elsewhere(document_id: str, comparisons: Sequence[Comparison], sources: _Sources) -> str:
    """How much of a document stands in others, with what is left out in the numbers of a pair."""
    reusing = [pair for pair in comparisons if pair.verdict.is_reuse]
    if not reusing:
        return _too_little(document_id, comparisons, sources.telling)
    size = len(sources.tokens(sources.places[document_id]))
    sides = [(match, int(pair.b == document_id)) for pair in reusing for match in pair.matches]
    own = [pair[side] for match, side in sides if match.counts for pair in corresponding(match)]
    common = [token_ranges(match)[side] for match, side in sides if is_aside(match)]
    most = max(sayings.shares(pair)[pair.b == document_id] for pair in reusing)
    return sayings.elsewhere(max(covered_share(own, common, size), most), len(reusing))


def _too_little(document_id: str, comparisons: Sequence[Comparison], telling: Telling) -> str:
    """What is said of a document without reuse: what it is equal to, or the longest run that is known to be shared."""
    if twin := telling.equal_to.get(document_id):
        return sayings.equal_line(telling.titles[twin])
    most = max(comparisons, key=lambda pair: pair.longest, default=None)
    if not (most and most.longest):
        return sayings.elsewhere(0, 0)
    return sayings.run_line(most, telling.titles[most.opposite(document_id)])


def _pair(comparison: Comparison, judged: Judged | None, sources: _Sources) -> dict[str, object]:
    places = sources.places[comparison.a], sources.places[comparison.b]
    a, b = (sources.documents[place] for place in places)
    reused, says = sayings.shares(comparison), sources.told(comparison)
    return {
        "a": places[0],
        "b": places[1],
        "verdict": comparison.verdict.value,
        "page": pair_file_name(comparison),
        "names": [*says.names],
        "line": in_parts(says.line),
        "bars": [[*bar] for bar in says.bars],
        "bar_lines": [*says.bar_lines],
        "facts": [in_parts(fact) for fact in says.facts],
        "reused": [rounded(share) for share in reused],
        "shares": [words.percent(share) for share in reused],
        "scores": sayings.score_rows(comparison),
        "explain": explained(comparison).splitlines(),
        "first": comparison.first,
        "left": says.before,
        "lineage": lineage_lines(comparison.lineage),
        "changes": [_listed(one, a.text, b.text) for one in says.changes],
        **({} if comparison.verdict.is_reuse else {"run": words.uncounted_run(comparison)}),
        **({"accept": _accept(comparison, places, sources)} if comparison.verdict.is_reuse else {}),
        **({"judged": _judged(judged)} if judged else {}),
        "matches": [
            _match(match, places, sources, (comparison.first, says.names))
            for match in segments.numbered(comparison.matches)
        ],
    }


def _accept(comparison: Comparison, places: tuple[int, int], sources: _Sources) -> list[object]:
    """The command that accepts the pair, in two pieces, and the numbers of the passages that can be accepted alone."""
    a, b = (given_name(sources.documents[place]) for place in places)
    matches = segments.numbered(comparison.matches)
    alone = [number for number, match in enumerate(matches, start=1) if match.counts]
    return [*accept_parts(a, b, sources.again), alone]


def _judged(judged: Judged) -> dict[str, object]:
    entries = [in_parts(part) for part in words.entries_parts(judged)]
    return {
        "state": judged.state.value,
        "open": int(judged.state.is_open),
        "label": words.state_label(judged),
        "line": words.state_line(judged),
        "entries": entries,
    }


def _match(
    match: Match, places: tuple[int, int], sources: _Sources, order: tuple[str, tuple[str, str]]
) -> dict[str, object]:
    sides = sources.tokens(places[0]), sources.tokens(places[1])
    ranges = tokens_in(sides[0], match.a), tokens_in(sides[1], match.b)
    texts = sources.body(places[0]), sources.body(places[1])
    changes = [change.ordered(*order) for change in words.changes(match, *texts)]
    doubts = words.doubts(match, *texts)
    signs, steps = packed(_operations(match))
    return {
        "a": [*with_signs(sources.documents[places[0]].text, match.a)],
        "b": [*with_signs(sources.documents[places[1]].text, match.b)],
        "kind": match.kind.value,
        "similarity": rounded(match.similarity),
        "alike": words.percent(match.similarity),
        "marks": [mark.value for mark in match.marks],
        "speaker": safe(match.speaker),
        "key": match_key(match, *sides),
        "words": [stop - start for start, stop in ranges],
        **_shared(match, ranges),
        "signs": signs,
        "steps": steps,
        "drifts": [_change(change) for change in changes],
        **({"unsure": [_change(one.ordered(*order)) for one in doubts]} if sources.all_drifts else {}),
    }


def _shared(match: Match, ranges: tuple[tuple[int, int], tuple[int, int]]) -> dict[str, object]:
    """The words that correspond, on each side, where they are not all."""
    shared = shared_words(match)
    return {} if shared == [[[*range_]] for range_ in ranges] or not match.operations else {"shared": shared}


def _operations(match: Match) -> list[Step]:
    """The steps of a match; of one with parts that changed places inside, what differs on each side but for these."""
    if not match.inside:
        return [(_SIGNS[step.kind], *step.a, *step.b) for step in match.operations]
    alone: list[Step] = [("-", *span, match.b.start, match.b.start) for span in segments.changed_spans(match, "a")]
    return [*alone, *(("+", match.a.start, match.a.start, *span) for span in segments.changed_spans(match, "b"))]


def _listed(one: ListedChange, a: str, b: str) -> dict[str, object]:
    """A change that matters, in words, and where it stands; of a headline, byline or credit nowhere in the texts."""
    change = one.change
    spans = change.span_a, change.span_b
    if change.kind.is_of_head:
        places: dict[str, object] = {"words": [safe(change.a), safe(change.b)]}
    else:
        shown = (
            (with_signs(text, span) for text, span in zip((a, b), spans, strict=True)) if _is_of_marks(one) else spans
        )
        places = {side: [*span] for side, span in zip("ab", shown, strict=True)}
    return {
        "kind": change.kind.value,
        "label": one.label,
        "said": in_parts(one.parts),
        "passage": change.passage,
        **({"own": 1} if change.own else {}),
        **places,
    }


def _is_of_marks(one: ListedChange) -> bool:
    """Whether the signs around its words are what was changed."""
    return one.change.kind is ChangeKind.MARKS


def _change(change: words.ChangedFact) -> list[object]:
    """What differs, in words, and where it stands."""
    return [sayings.isolated(change.parts), *change.place_a, *change.place_b]


def _repeated(passage: Repeated, sources: _Sources) -> dict[str, object]:
    holders = [[sources.places[holder.id], *holder.span] for holder in passage.holders]
    source = {"source": segments.visible(passage.source)} if passage.source else {}
    return {"text": segments.visible(passage.text), "words": int(passage.words), **source, "holders": holders}
