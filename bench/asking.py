"""Ask the product about a pair with a known change, and say what it told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from articles import Place, around, context, paragraphs
from planting import ANY_PLACE, Plant

import compare
from compare.gate.allow import Named, allowed
from compare.gate.reuse import Decision, entry_of, reuse_of
from compare.model import Document, QuoteState, Reason, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from compare.model import Comparison, Drift, Quotation

PASSAGE_WORDS = 60
"""A passage that is lifted has this many words, if the article does."""
HOST_PARAGRAPHS = 4
LOUD = {QuoteState.UNQUOTED, QuoteState.ALTERED, QuoteState.ATTRIBUTED_OTHERWISE}
_DECISION = Decision(Reason.WIRE, "desk@example.org", "2026-01-01")
WANTED = {
    "unquoted": (QuoteState.UNQUOTED,),
    "altered": (QuoteState.ALTERED,),
    "other speaker": (QuoteState.ATTRIBUTED_OTHERWISE,),
}


class Asked(NamedTuple):
    """A pair that the product is asked about."""

    kind: str
    article: str
    plant: Plant


@dataclass(frozen=True, slots=True)
class Outcome:
    """What it told of it."""

    asked: Asked
    told: bool
    """The change is told at its place."""
    elsewhere: int
    """What is told at other places, where nothing changed."""
    aligned: bool = True
    """Whether the place stands in a match."""
    quietly: bool = False
    """Whether it is at least told quietly."""
    miss: str = ""
    """The texts around the place, and what was told, where something went wrong."""


def drifts(found: Comparison) -> list[Drift]:
    """All that are told of a pair."""
    return [drift for match in found.matches for drift in match.drifts]


def near(place_a: Place, place_b: Place, a: tuple[int, int], b: tuple[int, int]) -> bool:
    """Whether a claim is about a place: it meets it on one side; an empty side says nothing."""
    on_a, on_b = place_a.near(*a) and a[0] < a[1], place_b.near(*b) and b[0] < b[1]
    return on_a or on_b


def ask_fact(asked: Asked) -> Outcome:
    """Whether a drift stands where the fact was changed, and how many stand elsewhere."""
    plant = asked.plant
    found = compare.pair(plant.a, plant.b)
    claims = drifts(found)
    places = list(zip(plant.places_a, plant.places_b, strict=True))
    hits = [any(near(*place, drift.a, drift.b) for drift in claims) for place in places]
    right = any(hits) if asked.kind in ANY_PLACE else all(hits)
    false = [drift for drift in claims if not any(near(*place, drift.a, drift.b) for place in places)]
    aligned = any(match.kind.is_reuse and places[0][0].near(*match.a) for match in found.matches)
    miss = "" if right and not false else _miss(asked, found, false)
    return Outcome(asked, right, len(false), aligned, miss=miss)


def ask_nothing_changed(asked: Asked) -> Outcome:
    """How many drifts are told though nothing changed."""
    found = compare.pair(asked.plant.a, asked.plant.b)
    claims = drifts(found)
    return Outcome(asked, not claims, len(claims), miss=_miss(asked, found, claims) if claims else "")


def ask_quotation(asked: Asked, *, dated: bool) -> Outcome:
    """Whether the state of the quotation at the place, or for a speaker a drift there, is told."""
    plant = asked.plant
    found = _dated_pair(plant) if dated else compare.pair(plant.a, plant.b)
    place = plant.places_a[0], plant.places_b[0]
    mine = [one for one in _quotations(found) if near(*place, one.a, one.b)]
    beside = [drift for drift in drifts(found) if near(*place, drift.a, drift.b)]
    by_state = any(one.state in WANTED[asked.kind] for one in mine if asked.kind != "other speaker")
    speakers = [one for one in _quotations(found) if one.state is QuoteState.ATTRIBUTED_OTHERWISE]
    spoken = any(near(*place, *(one.speaker_a or one.a, one.speaker_b or one.b)) for one in speakers)
    right = by_state or (asked.kind == "other speaker" and (spoken or bool(beside)))
    quietly = right or any(one.state is QuoteState.MARKS_DIFFER for one in mine)
    false = [one for one in _quotations(found) if one.state in LOUD and one not in mine and one not in speakers]
    drifted = [drift for drift in drifts(found) if drift not in beside]
    miss = "" if right else _miss(asked, found, [])
    return Outcome(asked, right, len(false) + len(drifted), quietly=quietly, miss=miss)


def ask_same_marks(asked: Asked) -> Outcome:
    """How much is told though quotations only have marks of another kind."""
    found = _dated_pair(asked.plant)
    claims = [*drifts(found), *(one for one in _quotations(found) if one.state in LOUD)]
    marked = [mark for match in found.matches for mark in match.marks if mark.value in {"unquoted", "altered"}]
    return Outcome(asked, not claims, max(len(claims), len(marked)), miss=_miss(asked, found, claims) if claims else "")


def _dated_pair(plant: Plant) -> Comparison:
    a = Document("a", plant.a, published="2016-10-03", published_from="field")
    return compare.pair(a, Document("b", plant.b, published="2016-10-05", published_from="field"))


def _quotations(found: Comparison) -> list[Quotation]:
    return [one for match in found.matches for one in match.quotations]


def _miss(asked: Asked, found: Comparison, false: Iterable[Drift | Quotation]) -> str:
    plant = asked.plant
    places = [*zip(plant.places_a, plant.places_b, strict=True)]
    lines = [f"## {asked.kind}, {asked.article}: verdict {found.verdict}"]
    lines += [f"- planted a: {context(plant.a, a)}\n- planted b: {context(plant.b, b)}" for a, b in places]
    lines += [f"- kinds of the matches there: {_there(found, places[0][0])}"] if places else []
    lines += [f"- told: {_said(drift, plant)}" for drift in drifts(found)]
    lines += [f"- unsure: {_said(drift, plant)}" for match in found.matches for drift in match.unsure][:5]
    lines += [
        f"- quotation {one.state}: {context(plant.a, one.a, 30)}"
        for one in _quotations(found)
        if places and near(*places[0], one.a, one.b)
    ]
    lines += [f"- FALSE a: {context(plant.a, one.a, 60)} || b: {context(plant.b, one.b, 60)}" for one in false]
    return "\n".join(lines)


def _said(drift: Drift, plant: Plant) -> str:
    return f"{drift.what} {plant.a[slice(*drift.a)]!r} → {plant.b[slice(*drift.b)]!r}"


def _there(found: Comparison, place: Place) -> str:
    kinds = [f"{match.kind} {match.similarity:.2f}" for match in found.matches if place.near(*match.a)]
    return ", ".join(kinds) or "none"


# --- the gate ---------------------------------------------------------------------------------------------------------


def ask_gate(asked: Asked) -> Outcome:
    """Whether a copy that was accepted before it was changed is no longer accepted. `told` says so."""
    plant = asked.plant
    before, after = (_named(plant.a, copy) for copy in (plant.unchanged, plant.b))
    entry = entry_of(before.reuse, before.names, _DECISION)
    judged = allowed([after], [entry], set(before.names), _DECISION.date).pairs[0]
    right = judged.state not in {State.ACCEPTED, State.EDITED}
    miss = "" if right else _miss(asked, compare.pair(plant.a, plant.b), [])
    return Outcome(asked, right, 0, miss=miss)


def _named(a: str, b: str) -> Named:
    sides = Document("a", a), Document("b", b)
    return Named("a", "b", reuse_of(compare.pair(*sides), *sides))


# --- passages lifted into other articles -----------------------------------------------------------------------------


def lifted(plant: Plant, hosts: tuple[str, str]) -> Plant:
    """The changed passage (paragraphs of 60 words or more) amid an article; the original amid another's ends.

    The ends of what is shared are then not the ends of the texts.
    """
    passage = _passage(plant)
    before, after = _halves(hosts[0])
    inside = plant.b[slice(*passage)]
    moved = len(before) - passage.start
    places_b = tuple(Place(place.start + moved, place.stop + moved) for place in plant.places_b)
    top, end = _halves(hosts[1])
    places_a = tuple(Place(place.start + len(top), place.stop + len(top)) for place in plant.places_a)
    return Plant(f"{top}{plant.a}{end}", f"{before}{inside}{after}", places_a, places_b)


def _passage(plant: Plant) -> Place:
    bounds = paragraphs(plant.b)
    first = around(bounds, plant.places_b[0].start) or Place(0, len(plant.b))
    last = around(bounds, plant.places_b[-1].stop) or first
    passage = Place(min(first.start, last.start), max(first.stop, last.stop))
    for place in sorted(bounds, key=lambda place: abs(place.start - passage.start)):
        if len(plant.b[slice(*passage)].split()) < PASSAGE_WORDS:
            passage = Place(min(place.start, passage.start), max(place.stop, passage.stop))
    return passage


def _halves(host: str) -> tuple[str, str]:
    """What stands before and after in a host: some of its first paragraphs, some of its last, with blank lines."""
    pieces = [host[slice(*place)] for place in paragraphs(host)]
    cut = len(pieces) // 2
    first, second = pieces[:cut][:HOST_PARAGRAPHS], pieces[cut:][-HOST_PARAGRAPHS:]
    return "".join(f"{piece}\n\n" for piece in first), "".join(f"\n\n{piece}" for piece in second)


# --- the product's own words -----------------------------------------------------------------------------------------


def in_words_of_the_product(asked: Asked) -> bool:
    """Whether the words that changed stand in the product's files of languages."""
    return all(set(words.lower().split()) <= _words_of_the_product() for words in asked.plant.words)


@cache
def _words_of_the_product() -> frozenset[str]:
    folder = files("compare.data").joinpath("languages")
    return frozenset(word for file in folder.iterdir() for word in _words(file.read_text("utf-8")))


def _words(text: str) -> Iterator[str]:
    return (found[0].lower() for found in re.finditer(r"\w+", text))
