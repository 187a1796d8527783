"""What a pack of evidence says: its words by place, and the sentences of its pairs. Pure.

Documents are called by their numbers in the pack. Nothing is said of who copied whom: words agree, and dates are the
texts' own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.vocabulary import Kind, Mark, Provenance, Relation
from compare.wording.escape import safe, shown
from compare.wording.explain import plural
from compare.wording.page import KIND_WORDS, VERDICT_WORDS, fill
from compare.wording.words import number

if TYPE_CHECKING:
    from collections.abc import Sequence
    from os import PathLike

    Names = tuple[str, str]

WORDS = {
    "title": "Evidence of reuse",
    "skip": "Skip to the content",
    "notes": "Notes",
    "by": "Prepared by",
    "date": "Date",
    "contents": "In this pack",
    "documents": "Documents",
    "compared": "What was compared",
    "compared_how": "What this pack holds was chosen by a person from a report of more.",
    "made_by": "Report made by",
    "number": "No.",
    "nothing": "Not in this text.",
    "in_passage": "passage {number}",
    "hash_of": "SHA-256 of {file}",
    "seal": "SHA-256 of the texts and tables of this pack",
    "pair": "Pair {number}",
    "document": "Document {number}",
    "family": "Family {number}",
    "one_family": "Documents joined by reuse",
    "versions": "Versions, by date",
    "bar": "A bar is the words of a text:",
    "document_head": "Document",
    "took": "What it has of the version nearest to it",
    "nearest": "Nearest: {name}",
    "accepted": "What was accepted",
    "sources": "Sources",
    "side": "In this pair",
    "headline": "Headline",
    "outlet": "Outlet",
    "byline": "Byline",
    "dated": "Date",
    "credit": "Supplied by, as the text says",
    "address": "Address",
    "path": "File",
    "words": "Words",
    "hash": "SHA-256 of the file",
    "text": "Its text in this pack",
    "read_as": "How it was read",
    "read_from": "read from the {place}",
    "unknown": "not known",
    "earlier": "the earlier",
    "later": "the later",
    "first": "Who was first",
    "changes": "Changes that matter",
    "no_changes": "No figure, name, negation or quotation was found changed, nor headline, byline or credit.",
    "passages": "Passages that correspond",
    "no_passages": "No passage was aligned.",
    "passage": "Passage {number}",
    "legend": "Underlined words stand on one side alone. Passages in other words are shown as they are.",
    "fold": "… {count} words, the same on both sides, stand in full in {file} …",
    "fold_letters": "… more of the same on both sides stands in full in {file} …",
    "doubts": "What is not sure",
    "technical": "Technical",
    "why": "Why the pair was reported",
    "score": "Score",
    "meaning": "What it is",
    "value": "Value",
    "method": "Method",
    "settings": "Settings of the report",
    "check": "How to check this pack",
    "foot": "Made by {generator}. Scores show that words agree, not who wrote them first.",
}
"""The words of the page, by place. `{slots}` are filled in."""
LEAD = "What was found in common, what was changed, where the texts are from."
OTHERS = {
    "one": "{count} more pair of this family is in the report",
    "other": "{count} more pairs of this family are in the report",
}
STRIPES = {
    "verbatim": "word for word",
    "edited": "in edited phrases",
    "reworded": "reworded",
    "aside": "house style or quoted by both, not counted",
    "new": "new",
}
"""The kinds of words of a bar."""
CHANGES = {"one": "{count} change that matters.", "other": "{count} changes that matter."}
TWO = "{left} and {right}"
_OUTLET = 60
"""Characters of an outlet's name beside the number of a document."""
KINDS = KIND_WORDS | {Kind.RELATED: "the same fact in other words, not counted"}
"""The kinds of a passage, as an editor calls them."""
VERDICTS = {verdict: words[:1].upper() + words[1:] for verdict, words in VERDICT_WORDS.items()}
MARKS = {
    Mark.QUOTE: "quoted on both sides, not counted",
    Mark.UNQUOTED: "quotation marks on one side alone",
    Mark.ALTERED: "quotation altered",
    Mark.BOILERPLATE: "stands in many articles or is house style, not counted",
    Mark.MOVED: "stands in another place",
    Mark.DRIFT: "a fact differs",
}
_UNDATED = {"no date of a is known": (0,), "no date of b is known": (1,), "no date of a and b is known": (0, 1)}
UNSEEN = {
    "unsure": {
        "one": "{count} place may differ in a fact; its words do not show that it is the same statement.",
        "other": "{count} places may differ in a fact; their words do not show that it is the same statement.",
    },
    "related": {
        "one": "{count} passage states the same fact in other words and does not count; see passages.csv.",
        "other": "{count} passages state the same fact in other words and do not count; see passages.csv.",
    },
}
"""What was found and is not told."""


def document_name(count: int, outlet: str = "") -> str:
    """What a document is called, with its outlet where that is known; safe.

    >>> document_name(2, "The Courier")
    'Document 2 (\u2068The Courier\u2069)'
    """
    name = WORDS["document"].format(number=count)
    words = safe(" ".join(outlet.split()))
    short = words if len(words) <= _OUTLET else f"{words[:_OUTLET]}…"
    return f"{name} (\u2068{short}\u2069)" if short else name


def place(provenance: str) -> str:
    """Where something was read, behind "read from the"; safe.

    >>> place("field"), place("front matter")
    ('field of its record', 'front matter')
    """
    return "field of its record" if provenance == Provenance.FIELD else safe(provenance)


def relation_line(relation: Relation, evidence: Sequence[str]) -> str:
    """From whom the wording is, and what shows it.

    >>> relation_line(Relation.UNCLEAR, ())
    'Nothing in them says from whom the wording is.'
    """
    if relation is Relation.UNCLEAR:
        return f"{sentence_start(relation.means)}."
    shown = "; ".join(map(safe, evidence))
    return f"From whom: {relation.label}{f' ({shown})' if shown else ''}."


def sentence_start(text: str) -> str:
    """With a capital."""
    return text[:1].upper() + text[1:]


def first_line(first: str, why: str, names: Names) -> str:
    """Which document was first and why, or why that is not known; `names` are those of a and b.

    >>> first_line("", "no date of a is known", ("Document 1", "Document 2"))
    'Not known: no date of Document 1 is known.'
    """
    missing = _UNDATED.get(why)
    why = f"no date of {' and '.join(names[place] for place in missing)} is known" if missing else safe(why)
    if not first:
        return f"Not known: {why}." if why else "Not known."
    return f"{names[first == 'b']} is the earlier: {why}."


def unseen_line(what: str, count: int) -> str:
    """What was found and is not told, or nothing."""
    return fill(UNSEEN[what], count=count) if count else ""


def passage_heading(kind: Kind, marks: Sequence[Mark], words: tuple[int, int]) -> str:
    """What a passage is, for example `word for word, 58 words, stands in another place`."""
    size = plural(words[0], "word") if words[0] == words[1] else f"{number(words[0])} and {number(words[1])} words"
    return ", ".join([KINDS[kind], size, *(MARKS[mark] for mark in marks)])


def holds_line(families: int, pairs: int) -> str:
    """How much a pack holds.

    >>> holds_line(0, 2), holds_line(1, 1)
    ('2 pairs', '1 family and 1 pair')
    """
    counts = [
        *([plural(families, "family", "families")] if families else []),
        *([plural(pairs, "pair")] if pairs else []),
    ]
    return " and ".join(counts)


def packed_line(output: PathLike[str], holds: str, size: int) -> str:
    """What was written, in a line."""
    return f"Wrote {shown(output)}: {holds}, {number(-(-size // 1000))} kB. Unpack it and open index.html."
