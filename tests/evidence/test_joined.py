"""A page and a record belong together, or nothing is made of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from newsroom import newsroom
from packing import FAMILY, derived_key, renamed, reread, with_family

from compare.errors import InputError
from compare.evidence.joined import APART, joined
from compare.evidence.stored import recorded_report, shown_report
from compare.model import Bar
from compare.report import page
from compare.report.html import app_page
from compare.report.record import as_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from compare.model import Report

SHOWN = shown_report(app_page(with_family(newsroom())).encode(), ())


def recorded(report: Report, change: Callable[[Any], object] = lambda _: None) -> bytes:
    record = json.loads(as_json(report))
    change(record)
    return json.dumps(record).encode()


def refused(record: bytes) -> str:
    with pytest.raises(InputError) as error:
        joined(SHOWN, recorded_report(record)).pair(derived_key())
    return str(error.value)


def test_each_passage_of_the_page_is_one_of_the_record() -> None:
    pair = reread(newsroom()).pair(derived_key())
    comparison = newsroom().comparisons[1]
    assert [passage.number for passage in pair.passages] == list(range(1, len(comparison.matches) + 1))
    assert {(passage.recorded.a.span, passage.shown.kind, passage.counts) for passage in pair.passages} == {
        (match.a, match.kind, match.counts) for match in comparison.matches
    }


def test_files_of_two_runs_are_told_apart() -> None:
    made = with_family(newsroom())
    others = (
        lambda data: data["documents"][0].update(sha256="cd" * 32),
        lambda data: data["documents"][0].update(id="other.md"),
        lambda data: data["documents"].pop(),
        lambda data: data["pairs"].clear(),
        lambda data: data["pairs"][1]["matches"].pop(),
        lambda data: data["pairs"][1]["matches"][0]["a"].update(start=9),
        lambda data: data["families"].clear(),
        lambda data: data["families"][0]["versions"][1]["bar"].update(new=Bar(new=48).new),
    )
    assert joined(SHOWN, recorded_report(recorded(made))).families[FAMILY].key == FAMILY
    assert {refused(recorded(made, other)) for other in others} == {APART}


def test_a_place_outside_of_its_text_is_refused() -> None:
    made = newsroom()
    whole = recorded_report(recorded(made))
    for name, value in (("a", [0, 10**7]), ("b", [9, 3]), ("steps", [0, 10**7, 0, 1]), ("steps", [-1, 9, 0, 1])):
        data = json.loads(page.block(made).text)
        data["pairs"][1]["matches"][0][name] = value
        shown = shown_report(f'<script type="application/json" id="data">{json.dumps(data)}</script>'.encode(), ())
        with pytest.raises(InputError, match=r"index\.html is not as"):
            joined(shown, whole).pair(derived_key())
    record = recorded(made, lambda data: data["pairs"][1]["changes"][0]["sentence_a"].update(stop=10**7))
    with pytest.raises(InputError, match=r"index\.html is not as"):
        joined(shown_report(app_page(made).encode(), ()), recorded_report(record)).pair(derived_key())


def test_a_score_that_is_no_number_is_refused() -> None:
    record = recorded(with_family(newsroom()), lambda data: data["pairs"][1].update(jaccard="much"))
    assert "report.json is not as" in refused(record)


def test_ids_that_no_page_shows_as_they_are_are_found_again() -> None:
    made = renamed(newsroom(), lambda name: f"{name}\u202e\x01")
    odd = reread(made)
    assert [odd.pair(key).recorded.verdict for key in odd.keys] == [pair.verdict for pair in made.comparisons]
