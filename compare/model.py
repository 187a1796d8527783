"""The nouns of the product, in one place; their closed lists are those of `vocabulary.py`.

Every position is in **code points** of a document's unaltered text, and every range is half-open: `[start, stop)`.
Sides are `a` and `b`: in a collection sorted by id, in `pair` and `diff` the caller's order.
"""

# ruff: noqa: PLC0414
# The closed lists are taken from here, with the nouns that hold them.

from __future__ import annotations

import operator
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from compare.vocabulary import VERDICTS as VERDICTS
from compare.vocabulary import ChangeKind as ChangeKind
from compare.vocabulary import ExtractionNote as ExtractionNote
from compare.vocabulary import Fact as Fact
from compare.vocabulary import HeadPart as HeadPart
from compare.vocabulary import Kind as Kind
from compare.vocabulary import LookReason as LookReason
from compare.vocabulary import Mark as Mark
from compare.vocabulary import Move as Move
from compare.vocabulary import PlaceUnit as PlaceUnit
from compare.vocabulary import Precision as Precision
from compare.vocabulary import Provenance as Provenance
from compare.vocabulary import Quantity as Quantity
from compare.vocabulary import QuoteState as QuoteState
from compare.vocabulary import Relation as Relation
from compare.vocabulary import State as State
from compare.vocabulary import Supplier as Supplier
from compare.vocabulary import Unit as Unit
from compare.vocabulary import Verdict as Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sized
    from os import PathLike
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray


def _above(module: str, name: str) -> Callable[..., Any]:
    """What a user asks of a noun is done by a room above it, which is imported when it is asked: the one way up."""
    function: Callable[..., Any] = getattr(import_module(f"compare.{module}"), name)
    return function


class Span(NamedTuple):
    """Half-open range `[start, stop)` of code points in a document's unaltered text."""

    start: int
    stop: int


_NOWHERE = Span(0, 0)


class Meant(NamedTuple):
    """A span that is read as other characters than it is written with: an entity, mojibake, a hyphen at a line's end.

    The text stays as it is; what is compared is `text`, which is no longer than the span.
    """

    start: int
    stop: int
    text: str
    """What is read there: nothing where a word goes on across it, a blank where one ends."""


@dataclass(frozen=True, slots=True)
class Decoding:
    """How a document's bytes were read, where that leaves a doubt."""

    encoding: str
    """`utf-8`, `windows-1252`, …"""
    guessed: bool = False
    """Whether the bytes alone said so: another encoding is possible."""
    replaced: int = 0
    """Broken pieces; each is one U+FFFD in the text."""
    mojibake: int = 0
    """Places where UTF-8 was read in another encoding before it came here; each is read as it was meant."""
    entities: int = 0
    """Entities of HTML left in plain text; each is read as its character."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """How a text was taken out of a document that holds more than text, and what leads back into it.

    >>> Extraction("pdf", "pypdfium2 5", PlaceUnit.PAGE, (0, 1200)).place(1300)
    2
    """

    extractor: str
    """The kind of document: `docx`, `pdf`, …"""
    version: str
    """Whose rules: `compare 1`, or the library and its version."""
    unit: PlaceUnit
    starts: tuple[int, ...]
    """Where each page or paragraph begins in the text, ascending. Pages without text begin where the next one does."""
    notes: tuple[ExtractionNote, ...] = ()
    properties: tuple[tuple[str, str], ...] = ()
    """What the file's properties say, by name: of a template or a copied file as likely as of the text."""

    def place(self, at: int) -> int:
        """The number of the page or paragraph, from 1, that holds a place of the text."""
        return max(1, bisect_right(self.starts, at))


class Source(NamedTuple):
    """Somebody who supplies text, as it is told, and what they are."""

    name: str
    kind: Supplier


class Credit(NamedTuple):
    """A part of a text that says who supplied it; whom it names may not be known."""

    span: Span
    sources: tuple[Source, ...]
    is_whole: bool = False
    """Whether the text itself is said to be theirs; else they gave something to it."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A date of a text."""

    value: str
    """ISO 8601, as far as it is said: 2024-06, 2024-06-26, 2024-06-26T18:23."""
    precision: Precision
    provenance: Provenance
    span: Span | None = None
    """Where it stands in the text, if it does."""


@dataclass(frozen=True, slots=True)
class Head:
    """All that a text says of itself, above and below its body. What it doesn't say is empty."""

    title: str = ""
    authors: tuple[str, ...] = ()
    source: str = ""
    """Where a line with a label says it was printed."""
    place: str = ""
    """Where its dateline says it was written."""
    dates: tuple[Dated, ...] = ()
    """The likeliest day of publication first."""
    credits: tuple[Credit, ...] = ()
    """Datelines and bylines that name somebody, too."""
    spans: tuple[tuple[HeadPart, Span], ...] = ()
    """What of the text isn't body, in order."""

    @property
    def sources(self) -> tuple[Source, ...]:
        """Whoever supplied the text or a part of it, each once."""
        return tuple(dict.fromkeys(source for credit in self.credits for source in credit.sources))

    @property
    def agencies(self) -> tuple[str, ...]:
        """The names of those that supply others: no outlets."""
        return tuple(source.name for source in self.sources if source.kind.is_wire)

    @property
    def outlet(self) -> str:
        """Whose the text is said to be, where that is an outlet: by a rights line, a byline or a dateline."""
        named = (source for credit in self.credits if credit.is_whole for source in credit.sources)
        return next((source.name for source in named if not source.kind.is_wire), "")


NO_HEAD = Head()


@dataclass(frozen=True, slots=True)
class Document:
    """A text with an id and metadata. The text is never altered after reading.

    `muted` are spans that yield no tokens: front matter, Markdown syntax and link targets. They stay in `text`, so
    every span still points into what was read.
    """

    id: str
    text: str
    path: str = ""
    title: str = ""
    author: str = ""
    published: str = ""
    """ISO 8601 date or date and time, or empty."""
    published_from: str = ""
    """Where `published` was read, in a word of `Provenance`, or empty; likewise `title_from` and `author_from`."""
    source: str = ""
    license: str = ""
    language: str = ""
    sha256: str = ""
    """Hex digest of the raw bytes (of a table row: of the UTF-8 of `text`), or empty if it was not asked for."""
    muted: tuple[Span, ...] = ()
    meant: tuple[Meant, ...] = ()
    """What is read otherwise than it is written, ascending and apart; it goes before `muted`."""
    row: bool = False
    """Whether it is a row of a table, and not a file of its own."""
    decoding: Decoding | None = None
    """None where nothing is in doubt: valid UTF-8, or what a byte order mark says."""
    title_from: str = ""
    author_from: str = ""
    url: str = ""
    """The address it was published at."""
    agencies: tuple[str, ...] = ()
    """Who the text says supplied it or a part of it: agencies, syndicates, release services."""
    head: Head | None = field(default=None, compare=False, repr=False)
    """What the text says of itself; None until it was asked (`origin.described`)."""
    extraction: Extraction | None = field(default=None, compare=False, repr=False)
    """How the text was taken out of an office document, a page, a mail or a PDF; None of text as it stands."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Documents of one file that were read with a doubt. They are compared like all others."""

    path: str
    first: str
    """The id of the first of them."""
    documents: int
    encoding: str
    guessed: bool
    replaced: int
    """Of all of them together, as what follows."""
    mojibake: int = 0
    entities: int = 0


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was not read, and why."""

    path: str
    reason: str
    lost: bool = False
    """Whether an article may be missing for it; a file of another type, say, is no loss."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of one text as columns: folded hashes and where each token stands.

    `hashes` is uint64[n], `starts` and `stops` are int64[n] in code points.
    """

    hashes: NDArray[np.uint64]
    """The loose words, by which texts are found and words are kept: accents, vowel signs, forms of a letter aside."""
    starts: NDArray[np.int64]
    stops: NDArray[np.int64]
    strict: NDArray[np.uint64]
    """uint64[n]: the words with all that; the same array as `hashes` where no token has any of it."""

    @property
    def is_plain(self) -> bool:
        """Whether no token is looser than it is written."""
        return self.strict is self.hashes

    def __len__(self) -> int:
        return len(self.hashes)


@dataclass(frozen=True, slots=True)
class Operation:
    """One step of the word diff inside a match: `equal`, `replace`, `insert` or `delete`.

    `a` and `b` are code-point spans from the first to the last token of the step (empty spans where that side has
    none); `tokens_a` and `tokens_b` are the same ranges counted in tokens of the documents.
    """

    kind: str
    a: Span
    b: Span
    tokens_a: Span
    tokens_b: Span

    def exchanged(self) -> Operation:
        """The step from b's words to a's."""
        kind = {"insert": "delete", "delete": "insert"}.get(self.kind, self.kind)
        return Operation(kind, self.b, self.a, self.tokens_b, self.tokens_a)


@dataclass(frozen=True, slots=True)
class Drift:
    """A fact that differs between the sides of a match: the words of each side, whole ("4.2 million", not ".2").

    Where a side has none (a "not" put in), its span is empty and stands where the words would.
    """

    what: Fact
    a: Span
    b: Span
    sure: bool = True
    """Whether equal words around it show that it is the same statement on both sides. Only sure ones are told."""
    frame_a: Span = _NOWHERE
    """The sentence of a that it stands in ..."""
    frame_b: Span = _NOWHERE
    """... and that of b."""
    swapped: bool = False
    """Whether two facts of the passage changed places: nothing is gone and nothing is new."""

    @property
    def label(self) -> str:
        """What kind of fact it is, and whether it changed places."""
        return f"{self.what.value}, changed places" if self.swapped else self.what.value

    def exchanged(self) -> Drift:
        """The same seen from b."""
        return replace(self, a=self.b, b=self.a, frame_a=self.frame_b, frame_b=self.frame_a)


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation inside a match: its words on each side, who is quoted, and what became of it.

    Spans are without the marks. Where a side has no marks, its span is that of the words that correspond.
    """

    a: Span
    b: Span
    state: QuoteState
    speaker_a: Span | None = None
    """Where a names who is quoted, if it does so plainly ..."""
    speaker_b: Span | None = None
    """... and where b does."""
    marked_a: bool = True
    """Whether a has it in quotation marks ..."""
    marked_b: bool = True
    """... and whether b has."""

    def exchanged(self) -> Quotation:
        """The same seen from b."""
        return replace(
            self, a=self.b, b=self.a, speaker_a=self.speaker_b, speaker_b=self.speaker_a, marked_a=self.marked_b,
            marked_b=self.marked_a,
        )  # fmt: skip


_Part = TypeVar("_Part", "Drift", "Quotation", "Match")


@dataclass(frozen=True, slots=True)
class Match:
    """A span in a that corresponds to a span in b."""

    a: Span
    b: Span
    kind: Kind
    similarity: float
    """In [0, 1]: share of the words of both sides that are kept in order, 1 only if all are; of a `related` match the
    cosine of its sentences."""
    marks: tuple[Mark, ...] = ()
    operations: tuple[Operation, ...] = ()
    drifts: tuple[Drift, ...] = ()
    """Sure ones, by their place in a; `Mark.DRIFT` stands exactly where there are any. A `related` match has none."""
    speaker: str = ""
    """Who is quoted, in the text's words, where the match is a quotation and that is plain; else empty."""
    counts: bool = False
    """Whether it counts as reuse, in every score and output. Said once, by `text.coverage.counting`, when all matches
    of a pair are known."""
    unsure: tuple[Drift, ...] = ()
    """Facts that may differ, by their place in a: told to whoever asks, and a reason to look again at accepted copy."""
    quotations: tuple[Quotation, ...] = ()
    """Quotations of which words stand in the match, by their place in a."""
    inside: tuple[Match, ...] = ()
    """What changed places inside, by its place in a: each a match of its own, whose words the operations of this one
    show as left out here and put in there. Its facts and quotations are this one's too."""

    @property
    def kept(self) -> int:
        """Words that stand in both sides in the same order, those of `inside` among them."""
        equal = sum(step.tokens_a.stop - step.tokens_a.start for step in self.operations if step.kind == "equal")
        return equal + sum(match.kept for match in self.inside)

    @property
    def kept_a(self) -> float:
        """Exact share of a's words that are kept in order, in [0, 1]; 0 for a match without operations."""
        return self.kept / max(1, self._sizes[0])

    @property
    def kept_b(self) -> float:
        """Exact share of b's words that are kept in order, in [0, 1]; 0 for a match without operations."""
        return self.kept / max(1, self._sizes[1])

    @property
    def _sizes(self) -> tuple[int, int]:
        """Words of a and of b."""
        if not self.operations:
            return 0, 0
        first, last = self.operations[0], self.operations[-1]
        return last.tokens_a.stop - first.tokens_a.start, last.tokens_b.stop - first.tokens_b.start

    @property
    def words(self) -> int:
        """Words of the side that has more of them, wherever one number is said; 0 of a `related` match."""
        return max(self._sizes)

    def exchanged(self) -> Match:
        """The same match seen from b."""
        operations = tuple(one.exchanged() for one in self.operations)
        return replace(
            self, a=self.b, b=self.a, operations=operations, drifts=_turned(self.drifts), unsure=_turned(self.unsure),
            quotations=_turned(self.quotations), inside=_turned(self.inside),
        )  # fmt: skip


def _turned(parts: tuple[_Part, ...]) -> tuple[_Part, ...]:
    """What was found, seen from b, by its place there."""
    return tuple(sorted((part.exchanged() for part in parts), key=lambda part: (part.a, part.b)))


class Bound(StrEnum):
    """How a number must stand to its limit."""

    AT_LEAST = "at least"
    MORE_THAN = "more than"
    AT_MOST = "at most"

    @property
    def holds(self) -> Callable[[Any, Any], Any]:
        """Whether a number, or each of a column, stands so to a limit."""
        return _HOLDS[self]


_HOLDS = {Bound.AT_LEAST: operator.ge, Bound.MORE_THAN: operator.gt, Bound.AT_MOST: operator.le}


@dataclass(frozen=True, slots=True)
class Condition:
    """A number against its limit."""

    quantity: Quantity
    value: float
    limit: float
    bound: Bound = Bound.AT_LEAST
    side: str = ""
    """Whose number it is, `a` or `b`; empty where it is nobody's or the shorter text's."""
    setting: str = ""
    """The setting that the limit is; empty where it is fixed."""

    @property
    def held(self) -> bool:
        """Whether the number is on the right side of its limit."""
        return bool(self.bound.holds(self.value, self.limit))


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to a verdict: every condition must hold."""

    verdict: Verdict
    conditions: tuple[Condition, ...]

    @property
    def held(self) -> bool:
        """Whether the rule says its verdict of this pair. The strongest rule that does decides."""
        return all(condition.held for condition in self.conditions)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a pair has its verdict: every rule with its numbers, and what else a reader must know to believe them."""

    rules: tuple[Rule, ...]
    """Those of tokens and shingles, then those of the alignment, each from the strongest verdict down."""
    words_a: int
    words_b: int
    shingle: int
    """Tokens a shingle."""
    common: int
    """Shared shingles that are common, and so in none of the own numbers."""
    counted: int
    """Matches that count as reuse."""
    boilerplate: int
    """Words of the shorter text in matches that are boilerplate ..."""
    quoted: int
    """... and in quotations kept as such that are too short to count."""
    unmeasured: bool = False
    """Whether the texts are too long for `kept`, which is then 0."""
    nearest: tuple[float, float] | None = None
    """Where nothing matches: cosine of the two most alike sentences, and what it must reach to be a match."""


class HeadChange(NamedTuple):
    """A part of what the texts say of themselves that differs: the headline, the byline, a credit. Empty: gone."""

    part: HeadPart
    a: str
    b: str


@dataclass(frozen=True, slots=True)
class Change:
    """Something that differs between two texts and matters: a fact, a quotation, a part of what they say of themselves.

    Of a headline, a byline, a credit or a licence the spans are empty: it need not stand in the text.
    """

    kind: ChangeKind
    what: str
    """The finer word: a value of `Fact`, `QuoteState`, `HeadPart` or `Move`."""
    a: str
    b: str
    """Its words in one line, the first of many; empty where a side has none, or not in quotation marks. Not escaped."""
    span_a: Span = _NOWHERE
    span_b: Span = _NOWHERE
    sentence_a: Span = _NOWHERE
    """The sentence of a that it stands in; of a quotation from the first to the last ..."""
    sentence_b: Span = _NOWHERE
    """... and that of b."""
    passage: int = 0
    """The number of its passage, as the pages have it; 0 of a headline, a byline, a credit or a licence."""
    swapped: bool = False
    """Whether it changed places with another fact: nothing is gone and nothing is new."""
    own: bool = False
    """Whether it is a part of the heads of texts that only share passages: each has its own, and none was changed."""

    def exchanged(self) -> Change:
        """The same seen from b; the passage keeps its number."""
        what = Move(self.what).back.value if self.kind is ChangeKind.MOVED else self.what
        return replace(
            self, what=what, a=self.b, b=self.a, span_a=self.span_b, span_b=self.span_a, sentence_a=self.sentence_b,
            sentence_b=self.sentence_a,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lineage:
    """Who was first of two texts, and from whom the wording is that they share."""

    first: str = ""
    """`a` or `b`, where the dates of both say so; else empty."""
    why: str = ""
    """The two dates, or why they decide nothing."""
    relation: Relation | None = None
    """None where the pair is no reuse."""
    evidence: tuple[str, ...] = ()
    """What shows the relation, in words; they hold words of the texts, not escaped."""
    changes: tuple[HeadChange, ...] = ()
    """In the order of `HeadPart`; only of a pair that is reuse."""
    taker: str = ""
    """`a` or `b`: the side that has it from the other by its own words; empty where no words say so."""


@dataclass(frozen=True, slots=True)
class SharedFact:
    """A name, a figure with what it counts, a date, or rare words together, that both texts hold."""

    a: Span
    b: Span
    rarity: float
    """How much it says: −ln of the share of news texts, or of the folder's, that hold each of its words; rounded."""

    def exchanged(self) -> SharedFact:
        """The same seen from b."""
        return replace(self, a=self.b, b=self.a)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A scored pair with its matches and its verdict. Every score is in [0, 1] and exact unless said."""

    a: str
    b: str
    verdict: Verdict
    jaccard: float
    minhash: float
    """The sketch's *estimate* of `jaccard`, from 128 permutations: standard error at most .045."""
    containment_a: float
    """Share of a's shingles that stand in b."""
    containment_b: float
    own_a: float
    """`containment_a` without common shingles (those that many otherwise unlike documents share)."""
    own_b: float
    kept_a: float
    """Share of a's tokens in the longest common subsequence with b."""
    kept_b: float
    cosine: float
    """TF-IDF cosine relative to the run's collection: it proposes pairs, and decides nothing."""
    reused_a: float
    """Share of a's tokens that correspond to b's in matches that count: equal ones, and of replaced ones no more than
    stand against them. Boilerplate and what both quote are left out of both numbers, so that a whole copy is 1."""
    reused_b: float
    shared: int
    """Distinct shingles in both."""
    longest: int
    """Tokens of the longest verbatim run."""
    matches: tuple[Match, ...] = ()
    evidence: Evidence | None = None
    """Why the verdict is what it is; None in a comparison made by hand."""
    facts_in_common: tuple[SharedFact, ...] = ()
    """What shows that both report one event, the rarest first, at most 5; only where that is likely."""
    lineage: Lineage | None = None
    """Who was first, and from whom; None in a comparison made by hand."""

    @property
    def first(self) -> str:
        """The side that was published first, `a` or `b`; empty where that isn't known."""
        return self.lineage.first if self.lineage else ""

    @property
    def taker(self) -> str:
        """The id of the document that has it from the other by its own words; empty where no words say so."""
        return {"a": self.a, "b": self.b}.get(self.lineage.taker if self.lineage else "", "")

    @property
    def relation(self) -> Relation | None:
        """From whom the wording is that the texts share; None where the pair is no reuse."""
        return self.lineage.relation if self.lineage else None

    @property
    def same_event(self) -> float:
        """How likely it is that both report one event, in [0, 1]; 0 where no rule asked."""
        conditions = (
            condition for rule in (self.evidence.rules if self.evidence else ()) for condition in rule.conditions
        )
        return next((one.value for one in conditions if one.quantity is Quantity.SAME_EVENT), 0.0)

    def opposite(self, name: str) -> str:
        """The other document of the pair."""
        return self.b if self.a == name else self.a

    def explain(self) -> str:
        """Why this verdict: which rule fired and which did not, each number against its limit. Plain lines.

        Sides are called a and b, so the text holds nothing of the documents and is safe anywhere.

        >>> import compare
        >>> print(compare.pair("The pact was signed in May.", "").explain())
        distinct: b has no word.
        """
        return str(_above("wording.explain", "explained")(self))


@dataclass(frozen=True, slots=True)
class Member:
    """One document of a cluster. The one that stays has `kept_for == id`."""

    id: str
    kept_for: str
    """The document that stays and that this one was verified against."""
    twin: str
    """The id of the equal text that stood for this one in the comparison, or empty."""
    reason: str
    verdict: Verdict | None = None
    """The verdict that it is dropped by; None for the one that stays."""

    @property
    def dropped(self) -> bool:
        """Whether the policy drops this document."""
        return self.kept_for != self.id


@dataclass(frozen=True, slots=True)
class Cluster:
    """Documents joined by duplicate verdicts, with the one that stays and why."""

    keep: str
    reason: str
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Holder:
    """Where a repeated passage stands."""

    id: str
    span: Span


@dataclass(frozen=True, slots=True)
class Repeated:
    """A passage that stands in many otherwise unlike documents: boilerplate, house style, a widely run paragraph."""

    text: str
    words: int
    holders: tuple[Holder, ...]
    source: str = ""
    """Whose house style it is, where one source alone has it; empty if it is common to all."""


class Bar(NamedTuple):
    """The words of a text by what they are of another one's; all but the first add up to it."""

    words: int = 0
    verbatim: int = 0
    """Word for word: in verbatim passages, or kept in runs of 8 and more."""
    edited: int = 0
    """Kept in shorter runs, or put in the place of the other's."""
    reworded: int = 0
    """In rewritten passages, likewise."""
    aside: int = 0
    """Shared and nobody's: boilerplate, and quotations that both print as such."""
    new: int = 0
    """In neither."""

    @property
    def taken(self) -> int:
        """Words that correspond."""
        return self.verbatim + self.edited + self.reworded

    @property
    def share(self) -> float:
        """Those of all but what is set aside, in [0, 1]: at the most `reused` of the pair."""
        return self.taken / max(1, self.words - self.aside)


NO_BAR = Bar()


@dataclass(frozen=True, slots=True)
class Version:
    """A document as a member of a family."""

    id: str
    nearest: str = ""
    """The version before it that most of its words stand in; empty where there is none."""
    bar: Bar = NO_BAR
    """Its words by what they are of the nearest version's ..."""
    carried: Bar = NO_BAR
    """... and the words of the nearest version by what became of them here."""
    says_so: bool = False
    """Whether it says itself that it has its text from the nearest version; else only dates or sizes do."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A text that its own house printed again, in other words of which another version of the story holds any."""

    old: str
    new: str
    """Ids of both; the dates say which was first."""
    corrections: tuple[Correction, ...]
    """Those that another version holds, in the old or the new wording."""

    @property
    def holders(self) -> tuple[str, ...]:
        """The ids of those that hold any of the old wordings."""
        return _holders(self.corrections)


@dataclass(frozen=True, slots=True)
class Family:
    """Documents joined by reuse, around the one that came first or, where that isn't known, holds most."""

    key: str
    """`family-` and 12 hexadecimal digits: of the id that it is around, so the same in every run."""
    base: str
    first: str
    """The one that was published first of those with a date; empty where their dates are too close or say nothing."""
    versions: tuple[Version, ...]
    """By date, those without one last."""
    pairs: tuple[tuple[str, str], ...]
    """Ids of the pairs of the report that it holds, as there. Each pair that is reuse is in one family."""
    revisions: tuple[Revision, ...] = ()
    """Where a house printed its own text again in other words, of which another version holds any; by date."""


class Reasoned(NamedTuple):
    """A reason to look, and its points."""

    reason: LookReason
    points: int


@dataclass(frozen=True, slots=True)
class Look:
    """How soon somebody should look at a family, and why."""

    score: int
    """The points of its reasons: at most 100."""
    reasons: tuple[Reasoned, ...]
    is_open: bool
    """Whether any of its pairs is not accepted."""

    @property
    def is_needed(self) -> bool:
        """Whether anybody needs to look."""
        return self.is_open and self.score > 0


@dataclass(frozen=True, slots=True)
class EventGroup:
    """Documents that report one event, two of them at least without a word of each other's."""

    documents: tuple[str, ...]
    """By date, those without one last."""
    facts: tuple[str, ...]
    """Specific facts that show it, in the words of the texts, not escaped: what all name, else what most name."""
    named_by: tuple[int, ...] = ()
    """How many of the documents name each fact."""
    head: str = ""
    """The document whose headline tells it: it names most of the facts."""


def _counted(many: Sized, noun: str) -> str:
    """How many of something, for a person who looks at it in Python."""
    return f"{len(many):,} {noun}{'s' * (len(many) != 1)}"


@dataclass(frozen=True, slots=True, repr=False)
class Report:
    """All that `run` found."""

    documents: tuple[Document, ...]
    comparisons: tuple[Comparison, ...]
    """Pairs with a verdict above `distinct`, strongest first, then by ids."""
    clusters: tuple[Cluster, ...]
    repeated: tuple[Repeated, ...]
    skipped: tuple[Skipped, ...]
    left_out: Mapping[str, int]
    """What a cap left out, by name, with counts."""
    settings: Mapping[str, object]
    words: Mapping[str, int] = field(default_factory=dict)
    """Tokens of each document, by id."""
    again: tuple[str, ...] = ()
    """Words with which another command reads the same documents: `--in`, a path, …; empty where they are too many."""
    judged: Mapping[tuple[str, str], Judged] = field(default_factory=dict)
    """What the accepted entries say of a pair that has any, by the ids of a and b."""
    all_drifts: bool = False
    """Whether its pages list the facts that only may differ."""
    families: tuple[Family, ...] = ()
    """By the id that each is around."""
    events: tuple[EventGroup, ...] = ()
    """The largest first."""

    def __repr__(self) -> str:
        return f"<Report: {_counted(self.documents, 'document')}, {_counted(self.comparisons, 'pair')}>"

    def write(self, folder: str | PathLike[str]) -> list[Path]:
        """Write `index.html`, a page for each pair and `report.json` into a folder; the paths come back, the JSON last.

        The folder is made if it is missing. All is put in place together; pages of an earlier report go. Raises
        CompareError where the folder is a file or cannot be written.
        """
        written: list[Path] = _above("report.write", "write_report")(self, folder)
        return written

    def to_json(self) -> str:
        """The report as `compare-report/2` (schema `compare/data/report.schema.json`): the bytes of `report.json`."""
        return str(_above("report.record", "as_json")(self))


@dataclass(frozen=True, slots=True)
class RepeatedIds:
    """A repeated passage of a corpus: its words, the number of documents that hold it, and their ids."""

    words: int
    count: int
    holders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """What `dedup` did, as `summary.json` holds it (schema `compare-summary/1`)."""

    schema: str
    tool: dict[str, str]
    documents: int
    kept: int
    dropped_documents: int
    clusters: int
    pairs: dict[str, int]
    """Pairs of each verdict, of those that were asked for."""
    pairs_asked: str
    """`falling`: pairs of duplicates; `all`: also `derived` ones, that share text and drop nothing."""
    dropped_for: dict[str, int]
    """Dropped documents by what they are of the one that stays."""
    keep: str
    drop: list[str]
    left_out: dict[str, int]
    """What a cap left out, with counts."""
    repeated: list[RepeatedIds]
    skipped: list[Skipped]
    settings: dict[str, object]
    left_over: int = 0
    """Files in `kept/` that this run did not write."""
    uncompared: int = 0
    """Rows and files that are in `kept/` as they were, compared with nothing: `kept/` holds these and `kept` documents,
    and `documents` is `kept` and `dropped_documents`."""
    unread: int = 0
    """How many of `skipped` could not be read, so that a duplicate may stay; the others hold no text, or no article."""
    doubts: tuple[Doubt, ...] = ()
    """Files that were read with a doubt."""
    facts: dict[str, int] | None = None
    """`compared`: pairs of which the facts were compared; `differ`: documents that fell although a fact differs;
    `stayed`: those that stay because one does. None where that was not asked."""
    against: dict[str, int] | None = None
    """`documents` that the corpus was held against; `matched`: its own that duplicate, are part of or hold one of them;
    `fell`: those that fell for it. None where there was nothing to be held against."""


@dataclass(frozen=True, slots=True)
class CutSummary:
    """What `dedup --cut passages` did, counted, as `summary.json` holds it (schema `compare-cut/1`)."""

    documents: int
    kept: int
    dropped_documents: int
    """Documents of which nothing was left."""
    cut_documents: int
    """Documents of which something was cut, those among them."""
    cuts: int
    words: int
    cut_words: int
    quoted: int
    """Passages that stay since one of both documents quotes them."""
    keep: str
    passage_words: int
    anywhere: bool
    skipped: tuple[Skipped, ...]
    unread: int
    doubts: tuple[Doubt, ...]
    settings: dict[str, object]
    whole: tuple[str, ...] = ()
    """Ids of rows that stayed whole though something was to be cut: they could not be written otherwise."""
    left_over: int = 0
    """Files in `kept/` that this run did not write."""


@dataclass(frozen=True, slots=True, repr=False)
class Queried:
    """The sources of one text."""

    document: Document
    comparisons: tuple[Comparison, ...]
    """Strongest verdict first, then what more of the text stands in; the text is a or b, by its name."""
    sources: Mapping[str, Document]
    """The other documents, by name."""
    total: int
    """Documents that it was compared with."""
    left_out: Mapping[str, int]
    """What a cap left out, by name, with counts."""
    least: int
    """Words in a row that are sure to propose a source."""

    def __repr__(self) -> str:
        return f"<Queried: {_counted(self.comparisons, 'source')} among {self.total:,}>"


class Carrier(NamedTuple):
    """A document that holds a wording of a correction, and the sentence with it, which of a headline is empty."""

    id: str
    sentence: Span


@dataclass(frozen=True, slots=True)
class Correction:
    """What was corrected between two versions of an article: a part of the head, or a sentence."""

    changes: tuple[Change, ...]
    """What of it matters; none where other words differ, or one version alone has the sentence."""
    old: Span
    """From its first to its last word; of a headline, a byline or a credit, and of a version without it, empty ..."""
    new: Span
    """... and likewise in the new version."""
    kind: Kind | None = None
    """Edited or rewritten, where both versions have the sentence."""
    operations: tuple[Operation, ...] = ()
    """From the old words to the new ones, where it is edited or rewritten."""
    still: tuple[Carrier, ...] = ()
    """Who holds the old wording, by name; always words in their frame, never a lone word."""
    already: tuple[Carrier, ...] = ()
    """Who holds the new wording, if beside the old one: a corrected text may tell what it said before."""

    def exchanged(self) -> Correction:
        """The same from the new version to the old one."""
        changes = tuple(change.exchanged() for change in self.changes)
        steps = tuple(step.exchanged() for step in self.operations)
        return Correction(changes, self.new, self.old, self.kind, steps, self.already, self.still)


@dataclass(frozen=True, slots=True)
class Corrected:
    """What was corrected between two versions of an article, and who still holds the old wording."""

    old: Document
    new: Document
    corrections: tuple[Correction, ...]
    """Of the head first, then facts and quotations, other edits, and sentences that one version alone has."""
    documents: Mapping[str, Document] = field(default_factory=dict)
    """Those that hold an old or a new wording, by name."""
    compared: int = 0
    """Documents that were looked through."""
    skipped: tuple[Skipped, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)
    """What a cap left out, by name, with counts."""

    @property
    def carriers(self) -> tuple[str, ...]:
        """The names of those that hold any of the old wordings."""
        return _holders(self.corrections)


def _holders(corrections: Iterable[Correction]) -> tuple[str, ...]:
    return tuple(sorted({carrier.id for correction in corrections for carrier in correction.still}))


# --- the gate ------------------------------------------------------------------------------------------------------


class Reason(StrEnum):
    """Why reuse is allowed: the closed list of `compare accept`."""

    QUOTE = "quote"
    """Quoted with its source."""
    WIRE = "wire"
    """Agency copy, licensed."""
    OWN = "own"
    """The author's own earlier text."""
    BOILERPLATE = "boilerplate"
    CORRECTION = "correction"
    """A corrected version of the same text."""
    SAMPLE = "sample"
    """Made to be reused: samples, fixtures, templates."""
    OTHER = "other"
    """See the note."""


QUOTATION = "quotation"
CHANGES = (*map(str, Fact), QUOTATION)
"""What may have changed, as `Changed.what` says it."""


class Changed(NamedTuple):
    """A changed fact or quotation by its words, as an accepted entry remembers it; not which side is which."""

    what: str
    """One of `CHANGES`."""
    one: str
    """Words of one side in one line; the smaller by code point of the two comes first."""
    other: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """Reuse between two documents that a person has allowed: an entry of `compare.accepted.toml`."""

    key: str
    """16 hexadecimal digits: SHA-256 of the reused words' token hashes in order, little-endian, cut to 64 bits."""
    a: str
    b: str
    """Names of the documents, the smaller by code point first: path from `Configuration.root` with `/`;
    of a row of a table `path#id`."""
    reason: Reason
    by: str
    date: str
    """ISO 8601 date."""
    words: int
    """Reused tokens on the side that has more of them: what growth is measured against."""
    terms: tuple[int, ...]
    """The distinct tokens, ascending, each as the top 24 bits of its hash; at most the 1,000 smallest."""
    starts: str
    """The first words, for whoever reads the file."""
    note: str = ""
    expires: str = ""
    """The last ISO 8601 date on which the entry counts, or empty."""
    drifts: tuple[Changed, ...] = ()
    """The changed facts that were seen when it was allowed, sorted."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What the accepted entries say of a pair."""

    state: State
    why: str = ""
    """One plain clause ("38 words were accepted, 61 are reused now"), or empty for `new` and `accepted`."""
    entries: tuple[Accepted, ...] = ()
    """The entries that speak of it, in the file's order."""


class Level(StrEnum):
    """What a finding does to the run."""

    FAIL = "fail"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Finding:
    """A pair that a policy names. In the gate a document's id is its name, as in `Accepted`."""

    comparison: Comparison
    key: str
    """`exact_key` of the pair's reused words: the same in every run until a word of them changes."""
    level: Level
    policy: str
    """The policy as it was written."""
    state: State
    why: str
    """See `Judged`, here and below."""
    words: int
    """Reused tokens on the side that has more of them."""
    entries: tuple[Accepted, ...] = ()
    about_b: bool = False
    """Whether b was checked and a was not: an output that names one place names b's."""

    @property
    def fails(self) -> bool:
        """Whether it makes the run end with 1."""
        return self.level is Level.FAIL and self.state.is_open


UNSEEN = ("index_bucket_texts", "index_candidates", "index_small_texts", "pairs_not_aligned")
"""Caps that may leave out a pair that a policy names: a check that comes up against one has not seen everything."""


@dataclass(frozen=True, slots=True, repr=False)
class Checked:
    """All that `check` found."""

    findings: tuple[Finding, ...]
    """Strongest verdict first, then by names; accepted ones too."""
    documents: Mapping[str, Document]
    """The documents that stand in findings, by name. A row of a table has the table as its `path`."""
    checked: int
    """Documents that were checked ..."""
    compared: int
    """... against so many, themselves among them."""
    fail_on: str
    warn_on: str
    """The policies as they were written; `warn_on` may be empty."""
    stale: tuple[Accepted, ...] = ()
    """Entries that nothing of this run needs, where the run could have seen it."""
    expired: tuple[Accepted, ...] = ()
    """Entries whose date is past, whether anything needs them or not."""
    strict: bool = False
    """Whether stale and expired entries fail the run."""
    skipped: tuple[Skipped, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    """Files of what was compared that were read with a doubt."""
    left_out: Mapping[str, int] = field(default_factory=dict)
    """What a cap left out, by name, with counts."""
    settings: Mapping[str, object] = field(default_factory=dict)
    again: tuple[str, ...] = ()
    """As in `Report`."""
    entries: tuple[Accepted, ...] = ()
    """All that is accepted, in the file's order."""
    accepted_file: str = ""
    """The file of accepted reuse that was read, as it is shown; empty if there is none."""

    def __repr__(self) -> str:
        ends = "fails" if self.fails else "passes"
        return f"<Checked: {_counted(self.findings, 'finding')}, {self.checked:,} against {self.compared:,}; {ends}>"

    @property
    def unseen(self) -> dict[str, int]:
        """What was left out that may be a finding, by the cap, with counts."""
        return {cap: self.left_out[cap] for cap in UNSEEN if self.left_out.get(cap)}

    @property
    def fails(self) -> bool:
        """Whether a finding, or an entry in a strict run, fails it."""
        return any(finding.fails for finding in self.findings) or (self.strict and bool(self.stale or self.expired))
