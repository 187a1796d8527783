"""What the report's first page says: its words as data, and the sentences of its articles and pairs. Pure.

The page's script has no words of its own: it fills the slots of `WORDS`, and shows what is said here and in `words` of
articles and pairs. The pages of single pairs take theirs from here too, wherever both say the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compare.model import ChangeKind, Kind, Mark, Reason, State, Verdict
from compare.vocabulary import COUNTS
from compare.wording import words
from compare.wording.commands import EVIDENCE, PASSAGE_OPTION
from compare.wording.corrections import CORRECTIONS
from compare.wording.desk import DECIDE
from compare.wording.escape import safe
from compare.wording.front import EVENTS, FAMILY, FRONT
from compare.wording.words import Part

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from compare.model import Comparison, Document, Match

    Template = str | dict[str, str]
    Look = dict[str, str | int]

_SLOT = re.compile(r"\{(\w+)\}")
_FIRST_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"


def _many(singular: str, plural: str) -> dict[str, str]:
    return {"one": singular, "other": plural}


_ARTICLES = _many("{count} article", "{count} articles")
_SKIPPED = _many("{count} input skipped", "{count} inputs skipped")
_WORDS = _many("{count} word", "{count} words")
_CHANGES = _many("{count} change", "{count} changes")
_PASSAGES = _many("{count} passage", "{count} passages")
_FACTS_CHANGED = "{count} facts or quotations changed"
FAILURES = {
    "unreadable": "The report could not be read",
    "missing": "{name} is missing beside this page",
    "foreign": "{name} is not a part of this report",
}
"""What the page says where its data, and the words in them, cannot be read: these stand in its markup."""
WORDS: dict[str, dict[str, Template]] = {
    "page": {
        "title": "{title} – compare",
        "not_found": "Not found",
        "no_view": "There is no such page in this report.",
        "articles": _ARTICLES,
        "pairs": _many("{count} pair", "{count} pairs"),
    },
    "front": FRONT,
    "family": FAMILY,
    "corrections": CORRECTIONS,
    "decide": DECIDE,
    "events": EVENTS,
    "pair": {
        "title": "{a} and {b}",
        "not_found": "This pair is not in the report.",
        "passages": _PASSAGES,
        "facts_unsure": _many("{count} fact that may differ", "{count} facts that may differ"),
        "tools": "How to read this pair",
        "show": "Show",
        "full": "Full text",
        "changes": "Changes only",
        "redline": "Redline",
        "matches": "Passages only",
        "only_in": "Only in {name}",
        "together": "Scroll together",
        "related": "Also what both report",
        "swap": "⇄ Swap",
        "swap_sides": "Swap sides (s)",
        "accept": "Accept…",
        "accept_chosen": "Accept: copy the command that accepts the chosen passage, or else the pair (a)",
        "decide": "Decide…",
        "decide_chosen": "Decide on the chosen passage, or else the pair: accept, ignore, flag, note (a)",
        "evidence": "Evidence…",
        "evidence_save": "Evidence: save this pair as one file to hand on",
        "evidence_pack": "Evidence: copy the command that packs this pair into one file",
        "before": "← Pair",
        "previous_pair": "Previous pair (p)",
        "after": "Pair →",
        "next_pair": "Next pair (n)",
        "text": "Text of {name}",
        "no_text": "This document has no text.",
        "side_by_side": "Passages side by side",
        "none_found": "No corresponding passages were found.",
        "place": "{number} of {all}",
        "chosen": "Passage {number} of {all}: {passage}.",
        "no_passage": "There are no passages.",
        "last_passage": "That was the last passage.",
        "first_passage": "That was the first passage.",
        "last_pair": "That was the last pair.",
        "first_pair": "That was the first pair.",
        "lost_passage": "That passage is no longer in this pair.",
        "swapped": "Sides swapped: {name} is on the left.",
    },
    "passage": {
        "all": _PASSAGES,
        "previous": "Previous passage (k)",
        "next": "Next passage (j)",
        "number": "Passage {number}, {passage}",
        "continued": "Passage {number} continued, {passage}",
        "alike": "{share} alike",
        "changed": "changed: {fact}",
        "unsure": "may differ:",
        "quoted": "quoted: {speaker}",
        "words": "{a} → {b}",
    },
    "listed": {
        "all": _CHANGES,
        "title": _CHANGES,
        "none": "No change in what both share",
        "loud": _many("{count} that matters", "{count} that matter"),
        "others": _many("{count} other", "{count} others"),
        "show": "List of changes",
        "previous": "Previous change (x)",
        "next": "Next change (c)",
        "chosen": "Change {number} of {all}: {change}.",
        "was_last": "That was the last change.",
        "was_first": "That was the first change.",
        "edited": "edited",
        "left_out": "left out",
        "put_in": "put in",
        "alone": "only in {side}",
        "reworded": "reworded",
        "to": " to ",
        "size": _WORDS,
        "cut": "{start} …",
        "alike": _many("{count} word alike", "{count} words alike"),
        "moved_alike": _many("{count} word alike, in another place", "{count} words alike, in another place"),
        "again": _many("{count} word of passage {number}", "{count} words of passage {number}"),
        "only_in": _many("{count} word only in {side}", "{count} words only in {side}"),
        "only_old": _many("{count} word left out", "{count} words left out"),
        "only_new": _many("{count} word put in", "{count} words put in"),
        "nothing": "nothing here",
        "passage": "passage {number}",
    },
    "heads": {"credit": "credit: {source}", "no_credit": "no such credit"},
    "redline": {
        "title": "One text with the changes in place",
        "lead": "The later text, of {newer}: what {older} had besides is struck out, what is new is underlined.",
        "lead_undated": "What only {older} has is struck out, what only {newer} has is underlined.",
    },
    "share": {"exact": "{share} %", "under": "under 1 %", "over": "over 99 %"},
    "about": {
        "title": "About this pair",
        "legend": "Legend",
        "only_in": "only in {name}",
        "one_side": "words of one side, within a passage",
        "kept": "in a reworded passage, eight words or more in a row that both have",
        "why": "Why?",
        "technical": "Technical name: {verdict} ({means}). The rules, each number against its limit:",
        "lineage": "Who was first, and from whom",
        "files": "What was read",
        "passages": "Passages",
        "number_head": "No.",
        "kind_head": "Kind",
        "alike_head": "Alike",
        "words_head": "Words",
        "also_head": "Also",
        "scores": "Scores",
        "score_head": "Score",
        "of": "of {name}",
        "hash": "{id} sha256 {hash}",
        "no_hash": "not taken",
        "made": "compare {version} with {settings}",
        "to_keep": "To mail, print or keep: {link}.",
        "own_page": "this pair as a page of its own",
    },
    "accept": {
        "none": "Nothing in this pair counts as reuse: there is nothing to accept.",
        "not_alone": "Passage {number} does not count as reuse: it cannot be accepted alone.",
        "option": PASSAGE_OPTION,
        "passage": "passage {number} of this pair",
        "pair": "this pair",
        "command": "Command that accepts {what}",
        "run": "To accept {what}, choose a reason, and run this.",
        "reason": "Why it is allowed",
        "no_reason": "reason …",
        "blank": "…",
        "close": "Close",
        "whole": "The whole pair",
        "copied": "Copied.",
        "not_copied": "Not copied: select it and copy it.",
        "say_copied": "Copied: {command}",
        "say_not_copied": "Not copied, but selected: {command}",
    },
    "evidence": {
        "command": EVIDENCE,
        "folder": "reports",
        "name": "Command that packs the evidence",
        "run": "To pack this into one file, run this, with a note in place of “…”.",
    },
    "article": {
        "not_found": "This article is not in the report.",
        "kicker": "This text against all that it shares words with",
        "text": "Text",
        "source": "Source {number}: {name}, {kind}",
        "sources": _many("{count} other text that has words of it", "{count} other texts that have words of it"),
        "no_sources": "In no story",
        "elsewhere": _many(
            "{share} of this text matches {count} other article.",
            "{share} of this text matches {count} other articles.",
        ),
        "uncounted": "No word of this text is counted.",
        "new_words": _many(
            "{count} word is new here, {share} of this text.", "{count} words are new here, {share} of this text."
        ),
        "of_them_put": _many(
            " {count} of them stands in a sentence that is elsewhere.",
            " {count} of them stand in sentences that are elsewhere.",
        ),
        "all_put": _many(
            " It stands in a sentence that is elsewhere.", " All {count} of them stand in sentences that are elsewhere."
        ),
        "put": "underlined",
        "put_means": "new words in a sentence that stands elsewhere",
        "share": "{share} of this text",
        "left_out": "left out",
        "is_later": "later than this text",
        "count_source": "Count source {number}, {name}",
        "view_sources": "By source",
        "view_new": "What is new here",
        "folded": _many("{count} word that stands elsewhere", "{count} words that stand elsewhere"),
        "folded_with": _many(
            "{count} word that stands elsewhere, {fresh} new among them",
            "{count} words that stand elsewhere, {fresh} new among them",
        ),
        "same_event": _many("{count} more text on this event", "{count} more texts on this event"),
        "leave": "Leave out",
        "house": "house style",
        "both": "what both quote",
        "quotes": "all that it quotes",
        "own": "our own outlet",
        "later_texts": "later texts",
        "under": "passages under {count} words",
    },
    "repeated": {
        "title": "Repeated passages",
        "lead": _many(
            "{count} passage stands in several otherwise unlike articles.",
            "{count} passages stand in several otherwise unlike articles; each is shown once.",
        ),
        "none": "No passage stands in so many articles that it counts for nobody.",
        "passage": "This {words}-word text is in {articles}",
        "of_house": "This {words}-word text is in {articles} of {source}, and nowhere else: its house style",
        "holders": "Where",
    },
    "method": {
        "title": "Method",
        "lead": "compare {version} read {articles}.",
        "how": "How it works",
        "compared": (
            "Two articles are compared by the phrases they share, counted exactly; sketches only propose what to "
            "compare. Passages are then aligned sentence by sentence. Related passages state the same fact in "
            "other words; they are never counted as reuse."
        ),
        "caution": (
            "Scores show that words agree, not who wrote them first. Dates are the articles’ own; each says where it "
            "was read."
        ),
        "not_compared": "Not compared",
        "everything": "Everything given was read, and no limit left anything out.",
        "skipped": _SKIPPED,
        "reason": "{name}: {reason}",
        "left_out": "Left out by limits",
        "doubts": "Read with a doubt",
        "settings": "Settings",
        "setting_head": "Setting",
        "value_head": "Value",
        "in_json": "Every article with its SHA-256, every score, passage and change stands in report.json.",
    },
}
"""Every sentence of the page that has no place in `words`, by view. `{slots}` are filled in, numbers as `number` says
them; where there are `one` and `other`, the slot `count` chooses."""
SCORES = (
    ("Words that stand in passages of the other", ("reused_a", "reused_b")),
    ("Phrases of {shingle} words also found in the other", ("containment_a", "containment_b")),
    ("The same, without phrases that many articles share", ("own_a", "own_b")),
    ("Words kept in their order", ("kept_a", "kept_b")),
    ("Phrases in both, of all in either", ("jaccard",)),
    ("The same, as the sketch estimates it", ("minhash",)),
    ("Different phrases in both", ("shared",)),
    ("Likeness of vocabulary in this collection", ("cosine",)),
)
"""The scores of a pair as their table has them: what each is, and its numbers in a `Comparison`, by side or of both."""
VERDICT_WORDS = {
    Verdict.IDENTICAL: "copied word for word",
    Verdict.NEAR_DUPLICATE: "copied nearly whole",
    Verdict.CONTAINED: "copied: one holds the other",
    Verdict.DERIVED: "copied in part",
    Verdict.REWRITTEN: "reworded",
    Verdict.SAME_STORY: "same event",
    Verdict.DISTINCT: "no reuse found",
}
"""The verdicts as an editor says them: on cards, on pages of pairs, in the terminal and in packs of evidence."""
VERDICT_LOOKS: dict[Verdict, Look] = {
    verdict: {
        "verdict": verdict.value,
        "label": verdict.label,
        "says": VERDICT_WORDS[verdict],
        "means": verdict.means,
        "css": f"v-{verdict.value}",
        "reuse": int(verdict.is_reuse),
    }
    for verdict in Verdict
}
"""How the pages show a verdict: its word, what it means, its class in the style sheets. The same below."""
KIND_WORDS = {
    Kind.VERBATIM: "word for word",
    Kind.EDITED: "edited",
    Kind.REWRITTEN: "reworded",
    Kind.RELATED: "same fact",
}
"""The kinds as an editor says them."""
KIND_LOOKS: dict[Kind, Look] = {
    kind: {
        "kind": kind.value,
        "label": KIND_WORDS[kind],
        "means": kind.means,
        "css": f"k-{kind.value}",
        "reuse": int(kind.is_reuse),
        "changes": int(kind is Kind.EDITED),
        "steps": int(kind is Kind.EDITED),
    }
    for kind in Kind
}
"""`changes`: whether the words that differ are shown; `steps`: whether each of them is listed."""
_TOLD = {Mark.DRIFT, Mark.ALTERED, Mark.UNQUOTED}
MARK_LOOKS: dict[Mark, Look] = {
    mark: {
        "mark": mark.value,
        "label": mark.label,
        "means": mark.means,
        "css": f"c-{mark.value}",
        "text": f"is-{mark.value}",
        "told": int(mark in _TOLD),
    }
    for mark in Mark
}
"""`css` of its chip, `text` of the words that it marks; `told`: what it says is told beside it, fact by fact."""
CHANGE_LOOKS: dict[ChangeKind, Look] = {
    kind: {"change": kind.value, "label": kind.label, "means": kind.means, "css": f"ch-{kind.value}"}
    for kind in ChangeKind
}
REASON_WORDS = {
    Reason.QUOTE: "quote: with its source",
    Reason.WIRE: "wire: agency copy, licensed",
    Reason.OWN: "own: the author’s earlier text",
    Reason.BOILERPLATE: "boilerplate",
    Reason.CORRECTION: "correction of the same text",
    Reason.SAMPLE: "sample: made to be reused",
    Reason.OTHER: "other: see the note",
}
"""Why reuse is allowed, as the page lets one choose."""
STATE_LOOKS: dict[State, Look] = {
    state: {"state": state.value, "means": state.means, "css": f"s-{state.value}"} for state in State
}


def page_words() -> dict[str, object]:
    """All words of the page that no article and no pair changes, as its data hold them."""
    return {
        **WORDS,
        "verdicts": [*VERDICT_LOOKS.values()],
        "kinds": [*KIND_LOOKS.values()],
        "marks": [*MARK_LOOKS.values()],
        "states": [*STATE_LOOKS.values()],
        "changes": [*CHANGE_LOOKS.values()],
        "reasons": [{"reason": reason.value, "means": means} for reason, means in REASON_WORDS.items()],
    }


def fill(template: Template, **slots: str | int) -> str:
    """A template with its slots filled, as the page's script fills it: once, so that a name may hold braces.

    Raises:
        KeyError: a slot is not given.

    >>> fill({"one": "{count} pair of {name}", "other": "{count} pairs of {name}"}, count=1200, name="{count}")
    '1,200 pairs of {count}'
    """
    if isinstance(template, dict):
        template = template["one" if slots["count"] == 1 else "other"]
    return _SLOT.sub(lambda slot: _filling(slots[slot[1]]), template)


def _filling(slot: str | int) -> str:
    return slot if isinstance(slot, str) else words.number(slot)


# --- articles ------------------------------------------------------------------------------------------------------


def titles(documents: Sequence[Document]) -> list[str]:
    """What each document of a report is called, made safe: its title, else its name as `words.called` has it."""
    called = words.called(document.id for document in documents)
    return [safe(" ".join(document.title.split()) or called[document.id]) for document in documents]


def _given(text: str) -> Part:
    return Part(safe(text), is_name=True)


UNCOUNTED = "No article was found whose share of this text counts as reuse"
"""Of an article in no story: it may still share a run of words, a quotation say."""


def run_line(comparison: Comparison, called: str) -> str:
    """The same of an article that is known to share a run of words with another, which is made safe already.

    >>> from compare.model import Comparison
    >>> pair = Comparison("1", "2", Verdict.SAME_STORY, *[0.0] * 11, shared=9, longest=20)
    >>> print(run_line(pair, "Bridge shut").translate({0x2068: None, 0x2069: None}))
    No article was found whose share of this text counts as reuse; with “Bridge shut” it has 20 words in a row.
    """
    return f"{UNCOUNTED}; with “{isolated([Part(called, is_name=True)])}” it has {words.uncounted_run(comparison)}."


def equal_line(called: str) -> str:
    """Of an article that is equal to one of a story, and that no pair names."""
    return f"The same text as “{isolated([Part(called, is_name=True)])}”."


def elsewhere(share: float, count: int) -> str:
    """How much of an article stands in `count` other articles.

    >>> elsewhere(0.001, 1), elsewhere(0.5, 1200), elsewhere(0, 0)
    ... # doctest: +NORMALIZE_WHITESPACE
    ('Under 1 % of this text matches 1 other article.', '50 % of this text matches 1,200 other articles.',
     'No article was found whose share of this text counts as reuse.')
    """
    if not count:
        return f"{UNCOUNTED}."
    article = fill(_many("{count} other article", "{count} other articles"), count=count)
    sentence = f"{words.percent(share)} of this text matches {article}."
    return sentence[0].upper() + sentence[1:]


# --- pairs ---------------------------------------------------------------------------------------------------------


def shares(comparison: Comparison) -> tuple[float, float]:
    """How much of each side is reused: all of it where both are the same text, whatever the passages show."""
    if comparison.verdict is Verdict.IDENTICAL:
        return 1.0, 1.0
    return comparison.reused_a, comparison.reused_b


def score_labels(shingle: object) -> list[str]:
    """What the rows of the table of scores are."""
    return [fill(label, shingle=str(shingle)) for label, _ in SCORES]


def score_rows(comparison: Comparison) -> list[list[str]]:
    """The numbers of these rows, as they are said: of a and of b, or one of both."""
    return [[_score(comparison, name) for name in names] for _, names in SCORES]


def _score(comparison: Comparison, name: str) -> str:
    value = getattr(comparison, name)
    if name in COUNTS:
        return words.number(int(value))
    # Equal texts have a cosine of 1 but for the last bits of a float: it is said as all output rounds it.
    return words.percent(round(value, 6) if name == "cosine" else value)


def published_line(a: Document, b: Document) -> str:
    """How far apart two articles were published, as `words.gap` says it; empty where a date is missing."""
    apart = words.gap(a.published, b.published)
    return f"Published {apart}" if apart else ""


def passage_line(match: Match, changes: Iterable[words.ChangedFact]) -> str:
    """What a passage is, for example `reworded, 47 % alike, moved`; a changed fact is told instead of its mark."""
    looks = [MARK_LOOKS[mark] for mark in match.marks]
    alike = fill(WORDS["passage"]["alike"], share=words.percent(match.similarity))
    facts = [fill(WORDS["passage"]["changed"], fact=isolated(change.parts)) for change in changes]
    return ", ".join(
        [KIND_WORDS[match.kind], alike, *(str(look["label"]) for look in looks if not look["told"]), *facts]
    )


def isolated(parts: Iterable[Part]) -> str:
    """A sentence as plain text in which what comes from outside cannot turn the rest around."""
    return "".join(f"{_FIRST_ISOLATE}{part.text}{_POP_ISOLATE}" if part.is_name else part.text for part in parts)


def setting_text(value: object) -> str:
    """A setting as JSON writes it, a text without its quotes; safe.

    >>> setting_text(True), setting_text(0.65), setting_text(None), setting_text("local")
    ('true', '0.65', 'null', 'local')
    """
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    named: Mapping[object, str] = {True: "true", False: "false", None: "null"}
    return named[value] if isinstance(value, bool) or value is None else safe(str(value))
