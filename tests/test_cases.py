"""Small pairs of texts (`tests/cases/`), each of a kind that went wrong once, and what must be told of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import compare
from compare.model import Document, Fact, Mark, QuoteState, Verdict
from compare.settings import Settings
from compare.sources.single import read_one

if TYPE_CHECKING:
    from _pytest.mark import ParameterSet

    from compare.model import Comparison, Drift

CASES = Path(__file__).parent / "cases"
ANY = frozenset(Verdict)
SAME = frozenset({Verdict.IDENTICAL})
NEAR = frozenset({Verdict.NEAR_DUPLICATE})
CHANGED = ANY - SAME
UNLIKE, EVENT = frozenset({Verdict.DISTINCT}), frozenset({Verdict.SAME_STORY})


@dataclass(frozen=True, slots=True)
class Told:
    """What must be told of a pair: one of some verdicts, these drifts and no other, marks, states, a speaker."""

    verdicts: frozenset[Verdict] = ANY
    drifts: tuple[tuple[Fact, str, str], ...] = ()
    """Kind, and words that the span holds on each side."""
    further: bool = False
    """Whether other drifts may be told too."""
    swapped: bool = False
    """Whether the drifts must be told as facts that changed places."""
    marks: frozenset[Mark] = frozenset()
    never: frozenset[Mark] = frozenset()
    states: frozenset[QuoteState] = frozenset()
    speakers: frozenset[str] | None = None
    """Names of which one may be told; an empty one is nobody."""
    changed: tuple[str, ...] = ()
    """Words of a that must be shown as changed."""


def of(*drifts: tuple[Fact, str, str]) -> Told:
    """Drifts in a text that is not the same."""
    return Told(CHANGED, drifts)


SILENT = Told(CHANGED)
"""No drift, though the words differ."""
SWAPPED_FIGURES = Told(CHANGED, ((Fact.NUMBER, "12", "30"),), further=True, swapped=True)
SWAPPED_NAMES = Told(CHANGED, ((Fact.NAME, "Roth", "Lang"),), further=True, swapped=True)
WEATHER = (
    (Fact.DATE, "Tuesday", "Friday"),
    (Fact.NUMBER, "61", "74"),
    (Fact.NUMBER, "45", "52"),
    (Fact.NUMBER, "10", "5"),
    (Fact.NUMBER, "30", "10"),
    (Fact.TIME, "6:52", "6:55"),
    (Fact.TIME, "7:04", "7:00"),
    (Fact.NUMBER, "42", "67"),
)
BULLETIN = (
    (Fact.DATE, "4 January", "18 February"),
    (Fact.NUMBER, "391", "744"),
    (Fact.NUMBER, "62", "85"),
    (Fact.NUMBER, "9", "17"),
)
SCORES = tuple(
    (Fact.NUMBER, old, new) for old, new in (("2", "0"), ("0", "2"), ("3", "0"), ("4", "1"), ("1", "3"), ("2", "0"))
)
FAITHFUL = frozenset({QuoteState.FAITHFUL})
QUOTED = frozenset({Mark.QUOTE})
SAID_TWICE = Told(EVENT, marks=QUOTED, never=frozenset({Mark.UNQUOTED}), states=FAITHFUL)

WANTED: dict[str, tuple[str, Told]] = {
    "01-md-transcript-unrelated": ("D", Told(frozenset({Verdict.DISTINCT}))),
    "02-md-update-line": ("D", of((Fact.NUMBER, "Five", "Nine"))),
    "04-md-entity-currency": ("D", of((Fact.UNIT, "&pound;", "&euro;"))),
    "06-md-entity-letters": ("D", of((Fact.NAME, "M&uuml;ller", "M&ouml;ller"))),
    "07-md-entity-vs-letter": ("D", Told(SAME)),
    "08-md-escaped-point": ("D", Told(SAME)),
    "10-superscript-power": ("E", of((Fact.NUMBER, "10⁵", "105"))),
    "101-turkish-capitals": ("E", Told(SAME | NEAR)),
    "102-german-ae-oe": ("E", Told(NEAR)),
    "106-ban-on-publishing": ("H", Told(CHANGED, never=frozenset({Mark.BOILERPLATE}))),
    "107-headline-only": ("R", Told(UNLIKE)),
    "108-same-quotation-two-outlets": ("C", SAID_TWICE),
    "11-footnote-mark-on-figure": ("E", of((Fact.NUMBER, "3", "31"))),
    "110-weekly-bulletins": ("B", Told(NEAR, BULLETIN)),
    "115-short-paragraphs-shuffled": ("B", Told(NEAR)),
    "117-md-front-matter-note": ("D", of((Fact.NUMBER, "12", "40"))),
    "119-blockquote-called-unquoted": ("C", Told(marks=QUOTED, never=frozenset({Mark.UNQUOTED}), states=FAITHFUL)),
    "13-quotation-marks-dropped": ("C", Told(CHANGED, marks=frozenset({Mark.UNQUOTED}))),
    "14-tone-marks-change-words": ("E", Told(CHANGED, changed=("bán", "vé"), further=True)),
    "15-last-figure-of-text": ("B", of((Fact.NUMBER, "340", "290"))),
    "16-last-figure-then-other-text": ("B", of((Fact.NUMBER, "340", "290"))),
    "18-dateline": ("B", of((Fact.NAME, "OSLO", "BERGEN"), (Fact.DATE, "Tuesday", "Friday"))),
    "20-last-negation": ("B", of((Fact.NEGATION, "", "not"))),
    "21-table-last-row": ("B", of((Fact.NUMBER, "1933", "1393"))),
    "23-toll-shifted": ("B", of((Fact.NUMBER, "12", "30"), (Fact.NUMBER, "30", "45"))),
    "25-results-list": ("A", Told(CHANGED, SCORES, further=True)),
    "27-figures-swapped": ("B", SWAPPED_FIGURES),
    "28-who-did-what-swapped": ("B", SWAPPED_NAMES),
    "29-weather-template": ("B", Told(CHANGED, WEATHER, further=True)),
    "30-thousandfold": ("A", of((Fact.NUMBER, "10", "10,000"))),
    "32-scale-on-one-side": ("A", of((Fact.UNIT, "m", "billion"))),
    "33-other-dollars": ("A", of((Fact.UNIT, "US$", "A$"))),
    "34-units-not-in-list": ("A", of((Fact.UNIT, "hectares", "acres"), (Fact.UNIT, "litres", "gallons"))),
    "36-us-slash-date": ("A", SILENT),
    "37-24-hour-time": ("A", SILENT),
    "39-half-a-million": ("A", SILENT),
    "42-product-number": ("A", of((Fact.NUMBER, "LC-40LE830U", "LC-60LE830U"))),
    "43-ordinal-words": ("A", of((Fact.NUMBER, "second", "third"))),
    "44-rose-fell": ("B", of((Fact.DIRECTION, "rose", "fell"))),
    "46-more-fewer": ("B", of((Fact.DIRECTION, "more", "fewer"))),
    "49-defence-defense": ("B", SILENT),
    "51-umlaut-in-name": ("B", SILENT),
    "53-saint-st": ("B", SILENT),
    "54-transliterated-name": ("B", SILENT),
    "55-johnson-johnston": ("B", of((Fact.NAME, "Johnson", "Johnston"), (Fact.NAME, "Martin", "Martina"))),
    "56-south-sudan": ("B", of((Fact.NAME, "Sudan", "South Sudan"))),
    "57-mayor-of-Paris": ("C", Told(speakers=frozenset({"Anne Roux", ""}))),
    "59-us-president": ("C", Told(speakers=frozenset({"Ilse Marten", ""}))),
    "60-von-der": ("C", Told(speakers=frozenset({"Ursula von der Marten"}))),
    "62-wrong-mouth-drift": ("C", Told(speakers=frozenset({"Ilse Marten"}))),
    "63-report-of-day": ("C", Told(speakers=frozenset({""}))),
    "64-other-verbs": ("C", Told(speakers=frozenset({"Ilse Marten"}))),
    "65-first-name-shared": ("C", Told(drifts=((Fact.NAME, "Marten", "Brandt"),))),
    "66-subtitles": ("D", Told(NEAR | {Verdict.CONTAINED}, further=True)),
    "71-hyphenated-narrow": ("D", Told(NEAR)),
    "72-lost-blanks": ("D", Told(NEAR)),
    "74-ligatures-split": ("D", Told(NEAR | {Verdict.DERIVED})),
    "78-entities-txt": ("D", Told(NEAR)),
    "79-mojibake": ("D", Told(NEAR)),
    "89-arabic-vowelled": ("E", Told(NEAR)),
    "92-persian-yeh-kaf": ("E", Told(NEAR)),
    "93-hebrew-pointed": ("E", Told(NEAR)),
    "96-korean-spacing": ("E", Told(NEAR)),
    "97-chinese-trad-simp": ("E", Told(NEAR)),
}
"""Who mends it, and what must be told."""

LATER = {
    "109-spinner": "known as weak (docs/method.md): most words are replaced by others of their meaning",
}
"""What is out of reach."""
WAITING: frozenset[str] = frozenset({})  # fmt: skip
"""Cases that are not right yet; whoever mends one takes it out."""


def parameters() -> list[ParameterSet]:
    """Every folder, with what waits marked so."""
    listed = []
    for name in sorted(path.name for path in CASES.iterdir()):
        marks = []
        if name in LATER:
            marks.append(pytest.mark.skip(reason=LATER[name]))
        elif name in WAITING:
            marks.append(pytest.mark.xfail(strict=True, reason=f"waits for {WANTED[name][0]}"))
        listed.append(pytest.param(name, marks=marks))
    return listed


def documents(name: str) -> tuple[Document, Document]:
    """Both sides, read as files."""
    a, b = (read_one(str(path), Settings()) for path in sorted((CASES / name).iterdir()))
    return a, b


def states_it(drift: Drift, wanted: tuple[Fact, str, str], texts: tuple[str, str]) -> bool:
    """Whether a drift is of that kind and its spans hold those words."""
    fact, old, new = wanted
    return drift.what is fact and old in texts[0][slice(*drift.a)] and new in texts[1][slice(*drift.b)]


def check_drifts(found: Comparison, texts: tuple[str, str], told: Told) -> None:
    drifts = [drift for match in found.matches for drift in match.drifts]
    said = [(drift.what.value, texts[0][slice(*drift.a)], texts[1][slice(*drift.b)]) for drift in drifts]
    missing = [wanted for wanted in told.drifts if not any(states_it(drift, wanted, texts) for drift in drifts)]
    assert missing == [], said
    other = [
        words for drift, words in zip(drifts, said, strict=True)
        if not any(states_it(drift, wanted, texts) for wanted in told.drifts)
    ]  # fmt: skip
    assert told.further or other == []
    assert not told.swapped or any(drift.swapped for drift in drifts)


def check_quotations(found: Comparison, told: Told) -> None:
    marks = {mark for match in found.matches for mark in match.marks}
    states = {quotation.state for match in found.matches for quotation in match.quotations}
    speakers = {match.speaker for match in found.matches if Mark.QUOTE in match.marks}
    assert marks >= told.marks
    assert not marks & told.never
    assert states >= told.states
    assert told.speakers is None or speakers <= told.speakers


@pytest.mark.parametrize("name", parameters())
def test_a_case_is_told_as_a_careful_reader_would(name: str) -> None:
    told = WANTED[name][1]
    a, b = documents(name)
    found = compare.pair(a, b)
    assert found.verdict in told.verdicts
    check_drifts(found, (a.text, b.text), told)
    check_quotations(found, told)
    steps = [step for match in found.matches for step in match.operations if step.kind != "equal"]
    altered = " ".join(a.text[slice(*step.a)] for step in steps)
    assert all(word in altered for word in told.changed)


def test_every_case_is_wanted_or_is_for_later() -> None:
    assert {path.name for path in CASES.iterdir()} == {*WANTED, *LATER}
