"""What is told of real pairs: human rewrites of one article, and every pair of a newsroom's folder."""

from __future__ import annotations

import json
import re
import tempfile
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import planting
from articles import LEVELS, Place, around, chance, context, key_of, newsroom, sentences
from articles import rewrites as texts_of
from asking import Asked, Outcome, ask_fact
from fact_labels import Claim, label_of, read_labels, row_of
from measure import table
from work import each

import compare
from compare.model import Fact, QuoteState

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from compare.model import Comparison

DEGREES = {"light": ("Advanced", "Intermediate"), "heavy": ("Advanced", "Elementary")}
KINDS = (
    "figure", "N → N,000", "scale", "unit", "direction", "negation", "name", "weekday", "month", "year", "modal",
    "quantifier", "ordinal", "negation built in",
)  # fmt: skip
"""What is planted in a rewrite: in a sentence whose counterpart states the same."""
PRECISION_BAR, RECALL_BAR, NEWSROOM_BAR = 0.6, 0.8, 0.8
TRIES = 40
ALIKE = 0.6
"""Share of the words of the shorter sentence that two must share to be each other's counterpart."""
TOLD = {QuoteState.UNQUOTED, QuoteState.ALTERED, QuoteState.ATTRIBUTED_OTHERWISE}


class Told(NamedTuple):
    """A claim and the texts that it is about."""

    claim: Claim
    a: str
    b: str
    verdict: str


# --- rewrites --------------------------------------------------------------------------------------------------------


def rewrite_tables(options: argparse.Namespace) -> list[Outcome]:
    """Precision of what is told of rewrites as they are, recall of changes planted in them."""
    articles = texts_of(options.folder, options.part)
    pairs = [
        (texts[x], texts[y]) for texts in articles for x, y in combinations(LEVELS, 2) if x in texts and y in texts
    ]
    claims = [claim for told in each(_of_pair, pairs, options.workers) for claim in told]
    print(f"Human rewrites as they are: {len(pairs)} pairs of levels of one article.\n")
    _print_precision(claims, "drifts.csv", PRECISION_BAR)
    _show(claims, "drifts.csv", options.show)
    return _planted(options, articles)


def _of_pair(pair: tuple[str, str]) -> list[Told]:
    return claims_of(compare.pair(*pair), *pair)


def claims_of(found: Comparison, a: str, b: str) -> list[Told]:
    """Everything told loudly of a pair: drifts, and quotations altered, unquoted or given to another."""
    keys = key_of(a), key_of(b)
    drifts = [
        Claim(*keys, tuple(one.a), tuple(one.b), str(one.what)) for match in found.matches for one in match.drifts
    ]
    quoted = [
        Claim(*keys, tuple(one.a), tuple(one.b), str(one.state))
        for match in found.matches
        for one in match.quotations
        if one.state in TOLD
    ]
    return [Told(claim, a, b, str(found.verdict)) for claim in dict.fromkeys((*drifts, *quoted, *_marks(found, keys)))]


def _marks(found: Comparison, keys: tuple[str, str]) -> list[Claim]:
    """Marks of matches of which no quotation says why."""
    return [
        Claim(*keys, tuple(match.a), tuple(match.b), str(mark))
        for match in found.matches
        for mark in match.marks
        if mark in {"unquoted", "altered"} and not any(one.state == mark.value for one in match.quotations)
    ]


def _planted(options: argparse.Namespace, articles: list[dict[str, str]]) -> list[Outcome]:
    rows, everything = [], []
    for kind in KINDS:
        row: list[object] = [kind]
        for degree, levels in DEGREES.items():
            jobs = [
                job for number, texts in enumerate(articles) if (job := _job(kind, f"{degree} {number}", texts, levels))
            ]
            outcomes = each(ask_fact, jobs, options.workers)
            row += _shares(outcomes)
            everything += outcomes
        rows.append(row)
    rows.append(_all_kinds(everything))
    print(f"A change planted in a rewrite where a sentence has a counterpart (bar: ≥ {RECALL_BAR} of all): told.\n")
    head = ["planted", "light", "told", "of what is in a match", "heavy", "told", "of what is in a match"]
    table(head, rows)
    return everything


def _all_kinds(outcomes: Sequence[Outcome]) -> list[object]:
    row: list[object] = ["**all**"]
    for degree in DEGREES:
        own = [one for one in outcomes if one.asked.article.startswith(degree)]
        row += _shares(own)
    return row


def _shares(outcomes: Sequence[Outcome]) -> list[object]:
    """How many, the share told of all, and of those in a match."""
    parts = outcomes, [one for one in outcomes if one.aligned]
    return [len(outcomes), *(_part([one.told for one in part]) for part in parts)]


def _job(kind: str, name: str, texts: dict[str, str], levels: tuple[str, str]) -> Asked | None:
    """A change in the simpler text, at a place whose words stand in a counterpart of its sentence."""
    if not all(level in texts for level in levels):
        return None
    a, b = texts[levels[0]], texts[levels[1]]
    luck = chance(kind, name)
    for _ in range(TRIES):
        plant = planting.KINDS[kind](b, luck)
        if plant and (at := _counterpart(a, plant)):
            return Asked(kind, name, plant._replace(a=a, places_a=(at,)))
    return None


def _counterpart(a: str, plant: planting.Plant) -> Place | None:
    """Where the same words, amid the same word on both sides, stand in the sentence of a that is most alike."""
    place = plant.places_a[0]
    own = around(sentences(plant.a), place.start)
    if own is None:
        return None
    words = _words(plant.a[slice(*own)])
    others = [(_alike(words, _words(a[slice(*one)])), one) for one in sentences(a)]
    alike, sentence = max(others, default=(0.0, own))
    old = plant.a[slice(*place)]
    before = re.findall(r"\w+", plant.a[own.start : place.start])[-1:] or [""]
    after = re.findall(r"\w+", plant.a[place.stop : own.stop])[:1] or [""]
    pattern = rf"\b{before[0]}\W*{re.escape(old.strip())}\W*{after[0]}\b"
    same = list(re.finditer(pattern, a[slice(*sentence)]))
    if alike < ALIKE or len(same) != 1:
        return None
    return Place(sentence.start + same[0].start(), sentence.start + same[0].end())


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


def _alike(a: set[str], b: set[str]) -> float:
    return len(a & b) / max(1, min(len(a), len(b))) if min(len(a), len(b)) > 3 else 0.0  # noqa: PLR2004  # no headline


# --- a newsroom's folder ---------------------------------------------------------------------------------------------


def newsroom_tables(options: argparse.Namespace) -> None:
    """Precision of all that a run over the whole folder tells, in pairs that hold an article of the part."""
    articles = newsroom(options.folder)
    part = {one.id for one in newsroom(options.folder, options.part)}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "newsroom.jsonl")
        rows = ({"id": one.id, "text": one.text, "date": one.date} for one in articles)
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
        report = compare.run(path)
    texts = {document.id: document.text for document in report.documents}
    claims = [
        claim
        for found in report.comparisons
        if {found.a.rpartition("#")[2], found.b.rpartition("#")[2]} & part
        for claim in claims_of(found, texts[found.a], texts[found.b])
    ]
    print(f"A run over {len(texts)} real articles: {len(report.comparisons)} pairs told.\n")
    _print_precision(claims, "newsroom.csv", NEWSROOM_BAR)
    _show(claims, "newsroom.csv", options.show)


def _print_precision(claims: Sequence[Told], name: str, bar: float) -> None:
    """True ones among those that were read, by kind, and how many nobody has read."""
    labels = read_labels(name)
    values = {claim: label_of(claim.claim, labels) for claim in claims}
    kinds = {what: {what} for what in sorted({claim.claim.what for claim in claims})}
    facts = {str(fact) for fact in Fact}
    sums = {"**facts**": facts, "**quotations**": kinds.keys() - facts, "**all**": set(kinds)}
    rows = []
    for what, members in (kinds | sums).items():
        own = [value for claim, value in values.items() if claim.claim.what in members]
        read = [value for value in own if value is not None]
        rows.append([what, len(own), len(read), sum(read), _part(read), len(own) - len(read)])
    table(["told", "all", "read", "true", f"precision (bar ≥ {bar})", "unread"], rows)


def _part(flags: Sequence[bool]) -> object:
    return sum(flags) / len(flags) if flags else "–"


def _show(claims: Sequence[Told], name: str, which: str | None) -> None:
    """Print claims to be read, each with a row for the file of labels."""
    labels = read_labels(name)
    for told in claims if which else ():
        label = label_of(told.claim, labels)
        if which == "all" or label is None:
            print(f"{row_of(told.claim, '?' if label is None else str(int(label)))}   [{told.verdict}]")
            print(f"   a: {context(told.a, told.claim.a, 160)}\n   b: {context(told.b, told.claim.b, 160)}\n")
