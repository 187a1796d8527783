"""The closed lists of the product, each word with what it means: verdicts, kinds, marks, facts, states, and numbers.

A member is a plain string (`Mark.DRIFT == "drift"`) and carries its words, so that pages, outputs, schemas and the
glossary say the same. This module imports nothing of ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Self


class Word(StrEnum):
    """A word of a closed list. `means` is a clause for people, `label` how it is shown where that is another word."""

    means: str
    label: str

    def __new__(cls, value: str, means: str = "", label: str = "") -> Self:
        """A member, from its value, its meaning and its label."""
        member = str.__new__(cls, value)
        member._value_, member.means, member.label = value, means, label or value
        return member


class Verdict(Word):
    """What a person would call a pair, from the strongest down (see `docs/glossary.md`)."""

    IDENTICAL = "identical", "the same text"
    NEAR_DUPLICATE = "near-duplicate", "nearly the same text"
    CONTAINED = "contained", "one text stands in the other"
    DERIVED = "derived", "a passage, or a good part of the wording, is shared"
    REWRITTEN = "rewritten", "the same content in other words"
    SAME_STORY = "same-story", "the same event, by the facts in common"
    DISTINCT = "distinct", "neither reuse nor one event was found"

    @property
    def rank(self) -> int:
        """0 for `identical` up to 6 for `distinct`: smaller is stronger."""
        return VERDICTS.index(self)

    @property
    def is_duplicate(self) -> bool:
        """Whether the verdict joins two documents into a cluster."""
        return self in {Verdict.IDENTICAL, Verdict.NEAR_DUPLICATE, Verdict.CONTAINED}

    @property
    def is_reuse(self) -> bool:
        """Whether the verdict says that one text was made from the other, or both from a third."""
        return self not in {Verdict.SAME_STORY, Verdict.DISTINCT}


VERDICTS = tuple(Verdict)
"""The verdicts by rank."""


class Kind(Word):
    """How the two sides of a match correspond."""

    VERBATIM = "verbatim", "the same words in the same order"
    EDITED = "edited", "most words kept; the changes are shown"
    REWRITTEN = "rewritten", "the same content in other words or order"
    RELATED = "related", "states the same fact; not counted as reuse"

    @property
    def is_reuse(self) -> bool:
        """Whether the match may count as reuse: `related` passages state the same fact and never do."""
        return self is not Kind.RELATED


class Mark(Word):
    """What else is to be said of a match."""

    QUOTE = "quote", "inside quotation marks on both sides"
    UNQUOTED = "unquoted", "one side prints another's quotation as its own words"
    ALTERED = "altered", "words inside a quotation were changed", "quotation altered"
    BOILERPLATE = (
        "boilerplate",
        "stands in many documents, is house style, or a line of rights, credits, links; not counted",
    )
    MOVED = "moved", "stands in another place than on the other side"
    DRIFT = "drift", "a fact differs: a figure, date, name, unit, negation or direction", "fact changed"


class Fact(Word):
    """What a changed word states."""

    NUMBER = "number", "a figure: a count, amount, score, rank, fraction or model number"
    DATE = "date", "a day, weekday, month or year"
    TIME = "time", "a time of day"
    NAME = "name", "a person, place or organisation"
    UNIT = "unit", "a unit, currency or scale"
    NEGATION = "negation", "a negation put in, left out, or built into a word: legal, illegal"
    DIRECTION = "direction", "the opposite: rose and fell, more and fewer, before and after"
    MODALITY = "modality", "how certain or binding it is: may, will, must"
    QUANTIFIER = "quantifier", "how many of them: all, some, none"
    PERSON = "person", "who is meant by a pronoun: he, she"


class QuoteState(Word):
    """What became of a quotation on the way from one side to the other."""

    FAITHFUL = "faithful", "the same words in quotation marks on both sides"
    ALTERED = "altered", "words inside the quotation marks were changed"
    UNQUOTED = "unquoted", "the side that borrows prints the quoted words as its own"
    QUOTED = "quoted", "one side quotes what is the other's own prose: no fault"
    ATTRIBUTED_OTHERWISE = "attributed otherwise", "the same words in the mouth of somebody else"
    MARKS_DIFFER = "marks differ", "in quotation marks on one side alone, and who borrows is not sure"

    @property
    def is_loud(self) -> bool:
        """Whether it is told as loudly as a changed figure; somebody else's mouth is told as a changed name."""
        return self in {QuoteState.ALTERED, QuoteState.UNQUOTED}

    @property
    def is_change(self) -> bool:
        """Whether the two sides differ in it at all."""
        return self is not QuoteState.FAITHFUL


class ChangeKind(Word):
    """What was changed between two texts, as an editor sorts it."""

    FIGURE = "figure", "a number, date, time, unit or quantity differs", "figure changed"
    NAME = "name", "a person, place or organisation differs", "name changed"
    MEANING = "meaning", "a negation, the opposite, or how certain something is", "meaning changed"
    QUOTATION = "quotation", "words inside quotation marks differ", "quotation altered"
    MARKS = "marks", "quoted words stand without their marks", "quotation marks lost"
    SPEAKER = "speaker", "the same quotation in the mouth of somebody else", "speaker changed"
    HEADLINE = "headline", "the headline differs", "headline changed"
    BYLINE = "byline", "who wrote it differs", "byline changed"
    CREDIT = "credit", "who supplied the text is said otherwise, or not any more", "credit changed"
    LICENCE = "licence", "the terms that it may be used under differ", "licence changed"
    MOVED = "moved", "a passage stands in another place", "passage moved"

    @property
    def is_of_head(self) -> bool:
        """Whether it stands above or below the body, and has no place in it."""
        return self in {ChangeKind.HEADLINE, ChangeKind.BYLINE, ChangeKind.CREDIT, ChangeKind.LICENCE}


class Move(Word):
    """Where a passage went, from a to b, past what stays in its place."""

    UP = "up", "it stands before what it stood behind"
    DOWN = "down", "it stands behind what it stood before"

    @property
    def back(self) -> Move:
        """From b to a."""
        return Move.DOWN if self is Move.UP else Move.UP


class State(Word):
    """What the accepted entries say of a finding."""

    NEW = "new", "no entry accepts it"
    ACCEPTED = "accepted", "a person has allowed this reuse"
    EDITED = "edited", "accepted; its words have changed a little since"
    GROWN = "grown", "it was accepted, and more is reused now"
    """By more than max(10 %, 5 tokens)."""
    DRIFTED = "drifted", "it was accepted, and a fact or quotation differs now that did not then"
    EXPIRED = "expired", "it was accepted up to a date that is past"

    @property
    def is_open(self) -> bool:
        """Whether somebody must still look at it."""
        return self not in {State.ACCEPTED, State.EDITED}


# --- where a text is from ------------------------------------------------------------------------------------------


class HeadPart(Word):
    """What of a text is not its body: lines above and below it that say what it is and where it is from."""

    TITLE = "title", "the headline"
    BYLINE = "byline", "who wrote it"
    DATE = "date", "a line with its date", "date line"
    DATELINE = "dateline", "place, date and agency with which the first sentence begins"
    CREDIT = "credit", "who supplied it, or a part of it"
    LICENCE = "licence", "under which terms it may be used"


class Precision(Word):
    """How exactly a date is said."""

    YEAR = "year", "the year alone"
    MONTH = "month", "a month of a year"
    DAY = "day", "a day"
    TIME = "time", "a day and a time of it"


class Provenance(Word):
    """Where something about a text was read."""

    FRONT_MATTER = "front matter", "a front matter above the text"
    FIELD = "field", "a field of its record"
    HEADING = "heading", "the first heading of Markdown"
    FIRST_LINE = "first line", "the line above the body"
    BYLINE = "byline", "the line that names who wrote it"
    DATE_LINE = "date line", "a line that holds its date, alone or behind a name"
    UPDATE = "update line", "a line that says when it was changed last"
    DATELINE = "dateline", "place and date with which the first sentence begins"
    ADDRESS = "address", "the address it was published at"
    FILE_NAME = "file name", "the name of the file or of its folder"
    CREDIT = "credit", "a line that says who supplied it"
    PROPERTIES = "document properties", "the properties of its file: whose program made it and when, which is not sure"
    MAIL = "mail header", "the header of a mail"
    LINKED_DATA = "JSON-LD", "what a page says of its article for machines"
    OPEN_GRAPH = "OpenGraph", "what a page says of itself for those who link to it"
    PAGE_HEAD = "page head", "the head of a page: its title, its author, its own address"
    ARCHIVE = "web archive", "the record of a web archive that holds it"

    @property
    def is_sure(self) -> bool:
        """Whether it speaks of the text. Properties may be of a template, of whoever typed it, of a copied file."""
        return self is not Provenance.PROPERTIES


class PlaceUnit(Word):
    """What leads back from a text to the document that it was taken from."""

    PARAGRAPH = "paragraph", "the paragraphs that hold text, counted from the first"
    PAGE = "page", "the pages, counted from the first whatever number is printed on them"


class ExtractionNote(Word):
    """What is to be known of a text that was taken from a document."""

    TRACKED = "tracked changes: the accepted text", "changes are recorded in it; it is read as if all were accepted"
    FOOTNOTES = "footnotes at the end", "its footnotes stand behind the text"
    COMMENTS = "comments left out", "people wrote comments beside it, which are not read"
    HIDDEN = "hidden text left out", "a part of it is hidden from its readers, and not read"
    MACROS = "macros not run", "a program is in it, which is neither read nor run"
    WHOLE_PAGE = "the whole page", "no article stands out from the page, so that all of it is read"
    ATTACHMENTS = "attachments left out", "files hang on it, which are not read"
    FURNITURE = "page heads and numbers left out", "lines that recur on its pages are not read"
    PICTURES = "pages without text", "some pages hold pictures alone, of which nothing is read"


class Supplier(Word):
    """What somebody is who supplies text."""

    AGENCY = "agency", "a news agency"
    SYNDICATE = "syndicate", "somebody who hands articles on to others"
    RELEASE = "release", "a service that spreads press releases"
    OUTLET = "outlet", "a paper, a channel, a site"

    @property
    def is_wire(self) -> bool:
        """Whether it supplies others; an outlet is read in the first place."""
        return self is not Supplier.OUTLET


class Relation(Word):
    """From whom the wording is that two texts share, as far as what they say of themselves shows it."""

    QUOTATION = "shared quotation", "what is shared stands in quotation marks"
    RELEASE = "press release or statement in both", "both hold the words of one statement"
    HOUSE_STYLE = "house style", "what is shared are lines that one outlet sets in many articles"
    SAME_OUTLET = "same outlet", "one outlet printed both"
    SAME_AUTHOR = "same author", "one author wrote both"
    AGENCY = "agency copy on both sides", "both carry the text of one agency"
    CREDITED = "one carries the other's text, with credit", "one names the other as the source of its text"
    UNCREDITED = "one carries the other's text, without credit", "the later one doesn't name the other"
    NAMED = "one outlet from another", "one reports what the other had, and names it or sets it off"
    UNCLEAR = "unclear", "nothing in them says from whom the wording is"

    @property
    def is_of_one_house(self) -> bool:
        """Whether one house or hand made both: neither took from the other."""
        return self in {Relation.SAME_OUTLET, Relation.SAME_AUTHOR, Relation.HOUSE_STYLE}

    @property
    def is_of_a_third(self) -> bool:
        """Whether both hold the words of a third, a speech or a statement: neither has them from the other."""
        return self in {Relation.QUOTATION, Relation.RELEASE}

    @property
    def is_from_another(self) -> bool:
        """Whether one house may have it from the other."""
        return not (self.is_of_one_house or self.is_of_a_third)

    @property
    def is_said(self) -> bool:
        """Whether a text says whose it is."""
        return self in {Relation.AGENCY, Relation.CREDITED, Relation.NAMED}


class LookReason(Word):
    """Why a family needs a look, with the points that it gives at the most."""

    COPIED = "copied", "how much of one version is another outlet's", "copied", 50
    UNCREDITED = (
        "without credit",
        "one has the other's text without naming it, or drops its credit",
        "without credit",
        20,
    )
    QUOTATIONS = (
        "quotation changed",
        "words in quotation marks were altered, or the marks are gone",
        "quotation changed",
        15,
    )
    FACTS = "fact changed", "a figure, name, date or negation differs", "fact changed", 10
    HEADLINE = "headline changed", "it has another headline", "headline changed", 5

    points: int

    def __new__(cls, value: str, means: str, label: str, points: int) -> Self:
        """A member, from its value, what it means, its label and its points."""
        member = str.__new__(cls, value)
        member._value_, member.means, member.label, member.points = value, means, label, points
        return member


# --- numbers of a pair ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a pair: what policies may ask for, and what outputs show."""

    name: str
    means: str
    is_count: bool = False
    """A whole number; else a share in [0, 1]."""
    is_sided: bool = False
    """Whether each side has one: `name_a` and `name_b`; `name` alone is then the larger of the two."""
    is_of_words: bool = False
    """Whether it is known before passages are aligned."""
    tally: Callable[[Any], int] | None = None
    """Of a number that no comparison holds: what each match adds to it."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Its names in a comparison and in the outputs."""
        return (f"{self.name}_a", f"{self.name}_b") if self.is_sided else (self.name,)

    @property
    def names(self) -> tuple[str, ...]:
        """What policies may call it: that of the larger side first, then its columns."""
        return tuple(dict.fromkeys((self.name, *self.columns)))

    @property
    def meanings(self) -> tuple[str, ...]:
        """What each of its columns means."""
        sides = (("a", "b"), ("b", "a"))[: len(self.columns)]
        return tuple(self.means.format(side=side, other=other) for side, other in sides)


def _in_state(match: Any, state: QuoteState) -> int:  # noqa: ANN401  # `Match` stands above this module
    return sum(quotation.state is state for quotation in match.quotations)


NUMBERS = (
    Number("jaccard", "Shared shingles over all shingles of the two.", is_of_words=True),
    Number("minhash", "The sketch's estimate of `jaccard`."),
    Number("containment", "Share of {side}'s shingles that stand in {other}.", is_sided=True, is_of_words=True),
    Number(
        "own", "Share of {side}'s own shingles, without common ones, that stand in {other}.",
        is_sided=True, is_of_words=True,
    ),
    Number("kept", "Share of {side}'s words in the longest common subsequence with {other}.", is_sided=True),
    Number("cosine", "TF-IDF cosine relative to the run's collection."),
    Number("reused", "Share of {side}'s words that correspond to {other}'s in matches that count.", is_sided=True),
    Number("shared", "Distinct shingles in both.", is_count=True, is_of_words=True),
    Number("longest", "Tokens of the longest verbatim run.", is_count=True, is_of_words=True),
    Number("matches", "Matches that count as reuse.", is_count=True, tally=lambda match: int(match.counts)),
    Number(
        "words", "Words of matches that count, each match by its longer side.",
        is_count=True, tally=lambda match: match.words if match.counts else 0,
    ),
    Number("drifts", "Facts changed, boilerplate left out.", is_count=True, tally=lambda match: len(match.drifts)),
    Number(
        "unquoted", "Quotations that one side prints as its own words.",
        is_count=True, tally=lambda match: _in_state(match, QuoteState.UNQUOTED),
    ),
    Number(
        "altered", "Quotations of which words were changed.",
        is_count=True, tally=lambda match: _in_state(match, QuoteState.ALTERED),
    ),
)  # fmt: skip
"""In the order of the outputs: shares, then counts. `kept` is of words too, but measured late, so no policy may lean on
it before the alignment."""
SHARES = tuple(column for number in NUMBERS if not number.is_count for column in number.columns)
"""The shares that a comparison holds."""
COUNTS = tuple(number.name for number in NUMBERS if number.is_count and not number.tally)
"""The counts that a comparison holds."""


def numbers_of(comparison: Any) -> Iterator[tuple[str, float]]:  # noqa: ANN401  # `Comparison` stands above this module
    """Every number of a comparison by its name: of a sided one both sides, then the larger of them."""
    for number in NUMBERS:
        if number.tally:
            yield number.name, sum(number.tally(match) for match in comparison.matches)
            continue
        values = [getattr(comparison, column) for column in number.columns]
        yield from zip(number.columns, values, strict=True)
        if number.is_sided:
            yield number.name, max(values)


# --- what the verdict rules weigh ----------------------------------------------------------------------------------

NO_RUN = "no {own}run of {k} words is shared"
NO_MATCH = "no match counts as reuse"


class Unit(StrEnum):
    """How a quantity is written."""

    SHARE = "share"
    WORDS = "words"
    MATCHES = "matches"
    COSINE = "cosine"


class Quantity(StrEnum):
    """What the verdict rules weigh. A share is in [0, 1]; words and matches are counts; own ones are not common."""

    unit: Unit
    says: str
    """How an explanation says it."""
    nothing: str
    """How it says 0; empty where 0 has no words of its own."""
    is_some_or_none: bool
    """Whether its limit only parts some from none, and so is not named."""

    def __new__(cls, value: str, unit: Unit, says: str, nothing: str = "", is_some_or_none: bool = False) -> Self:  # noqa: FBT001, FBT002  # an enum's values have no keywords
        """A member, from its value, its unit and its words."""
        member = str.__new__(cls, value)
        member._value_, member.unit, member.says, member.nothing = value, unit, says, nothing
        member.is_some_or_none = is_some_or_none
        return member

    @property
    def is_of_matches(self) -> bool:
        """Whether it is nothing where no match counts."""
        return self.nothing == NO_MATCH

    SAME = (
        "same", Unit.MATCHES,
        "both texts have the same {words}, whatever their case, white space and kinds of quotation mark", "{differ}",
        True,
    )  # fmt: skip
    """1 if both texts have the same tokens in the same surfaces, else 0."""
    CONTAINMENT = (
        "containment", Unit.SHARE, "{n} of {side}'s {k}-word shingles stand in {other}, the smaller share",
        "no run of {k} words is shared",
    )  # fmt: skip
    """Share of shingles that stand in the other text: the smaller of the two."""
    OWN_BOTH = (
        "own_both", Unit.SHARE, "{n} of {side}'s {own}{k}-word shingles stand in {other}, the smaller share", NO_RUN,
    )  # fmt: skip
    """The same for own shingles."""
    OWN_SHINGLES = "own_shingles", Unit.MATCHES, "neither text has a shingle of its own", "", True
    """Own shingles of the text that has more of them."""
    KEPT = "kept", Unit.SHARE, "{other} keeps {n} of {side}'s words in order, the smaller share"
    """Share of tokens in the longest common subsequence: the smaller of the two."""
    KEPT_WITHIN = "kept_within", Unit.SHARE, "{other} keeps {n} of {side}'s words in order, the larger share"
    """The same: the larger of the two. 0 where a text is so short, or the other so long, that chance could do it."""
    LETTERS = "letters", Unit.SHARE, "{n} of the letters are alike, whatever the words"
    """Likeness of the letters, without white space and signs; 0 below the limit."""
    WITHIN = "within", Unit.SHARE, "{n} of {side}'s {k}-word shingles stand in {other}{counted}", NO_RUN
    """Share of shingles that stand in the other text, of all or of own ones, the smaller: the larger of the two."""
    OWN = "own", Unit.SHARE, "{n} of {side}'s {own}{k}-word shingles stand in {other}", NO_RUN
    """Share of own shingles that stand in the other text: the larger of the two."""
    OWN_WORDS = "own_words", Unit.WORDS, "the shared {own}shingles span {n}", NO_RUN
    """Words that the own shared shingles span, at the least."""
    OWN_LONGEST = "own_longest", Unit.WORDS, "the longest shared {own}run has {n}", NO_RUN
    """Words of the longest verbatim run of own shingles."""
    MATCHES_KEPT = "matches_kept", Unit.SHARE, "the matches keep {n} of the shorter text's words in order", NO_MATCH
    """Share of the shorter text that its matches keep in order; only those that count as reuse, here and below."""
    LONGEST_MATCH = "longest_match", Unit.WORDS, "the longest match that counts as reuse has {n}", NO_MATCH
    """Words of the longest match, on its shorter side."""
    REWRITTEN = "rewritten", Unit.SHARE, "{n} of what is reused is in other words", NO_MATCH
    """Share of what is reused of the shorter text that stands in rewritten matches."""
    REUSED = (
        "reused", Unit.SHARE, "{n} of the shorter text corresponds in matches that count as reuse", NO_MATCH, True,
    )  # fmt: skip
    """Share of the shorter text that stands in matches."""
    SAME_EVENT = (
        "same_event", Unit.COSINE, "the facts in common make one event likely by {n}",
        "too few specific facts are in common",
    )  # fmt: skip
    """How likely it is that both texts report one event, by the specific facts that they have in common."""


STEPS = (
    "sketch",
    "ids", "order-sent", "order",
    "fingerprints-sent", "fingerprints", "fingerprints-stars", "fingerprints-met-sent", "fingerprints-met",
    "buckets-sent", "buckets", "buckets-stars", "buckets-met-sent", "buckets-met",
    "hot", "hot-versions", "between", "between-stars", "between-met-sent", "between-met", "common-sent", "common",
    "measure",
)  # fmt: skip
"""Steps of `dedup` whose parts may be made on many machines, in their order; what is left after them is one part."""
