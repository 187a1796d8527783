"""What a run will take, by what was seen of a corpus: known answers, and more documents never take less."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from compare.pipeline.forecast import COSTS, LINES, Format, Place, Terms, forecast, missing, within

TERMS = Terms(memory=1 << 29)
SAVED = Terms(memory=1 << 29, workers=2, saved=True)
MADE = Format(".jsonl", LINES, "", 1, 534_588_651, 1, 16_002_714, 9045, 16_002_714, 15_733_556, 2_654_949)
"""300,000 made documents, of which 9,000 were seen: a run took 8.9 CPU seconds, 190 MB and 820 MB of disk."""


def test_what_was_measured_is_what_is_planned() -> None:
    plan = forecast([MADE], SAVED)
    assert abs(plan.documents / 299_923 - 1) < 0.01
    low, high = within(plan.cpu)
    assert low < 8.9 < high
    assert abs(high / low - 2) < 1e-9
    assert 0.8 < plan.memory / 190e6 < 1.25
    assert abs(plan.temporary / 820e6 - 1) < 0.1
    assert not plan.is_whole


def test_what_was_seen_as_a_whole_is_counted() -> None:
    plan = forecast([Format(".csv", "separated", "", 2, 900, 2, 900, 10, 900, 800, 150)], TERMS)
    assert (plan.documents, plan.words, plan.is_whole) == (10, 150, True)


def test_files_that_are_one_document_each_are_counted_by_the_file() -> None:
    articles = Format(".txt", "article", "", 4000, 6_000_000, 99, 137_460, 99, 137_460, 137_456, 23_285)
    assert forecast([articles], TERMS).documents == 4000
    half = replace(articles, documents=50)
    assert forecast([half], TERMS).documents == 2020


def test_nothing_seen_is_nothing_said() -> None:
    nothing = Format(".png", "article", "", 3, 1000, 3, 0, 0, 0, 0, 0)
    assert forecast([nothing], TERMS).documents == 0
    assert forecast([], TERMS).cpu == COSTS.starting


def test_a_slower_machine_other_formats_and_all_pairs_take_longer() -> None:
    usual = forecast([MADE], TERMS)
    assert forecast([MADE], TERMS._replace(speed=3)).cpu == 3 * usual.cpu
    assert forecast([MADE], TERMS._replace(derived=True)).cpu > usual.cpu
    for kind, packing in (("separated", ""), ("array", ""), ("parquet", ""), (LINES, ".gz"), (LINES, ".xz")):
        plan = forecast([replace(MADE, kind=kind, packing=packing)], TERMS)
        assert plan.cpu > usual.cpu
        assert plan.temporary > usual.temporary  # their texts are put by, letter by letter


def test_less_memory_is_less_memory_and_more_disk() -> None:
    small, large = (forecast([MADE], SAVED._replace(memory=memory)) for memory in (1 << 24, 1 << 34))
    assert small.memory < large.memory
    few, many = (forecast([MADE], TERMS._replace(memory=memory)) for memory in (1 << 24, 1 << 40))
    assert few.temporary > many.temporary == 0


def test_parts_that_are_saved_share_the_work() -> None:
    alone, shared = (forecast([MADE], SAVED._replace(workers=workers)) for workers in (1, 2))
    assert alone.wall == alone.cpu == shared.cpu
    assert 0.5 < shared.wall / shared.cpu < 0.8
    assert forecast([MADE], TERMS._replace(workers=2)).wall == shared.cpu


@given(
    st.integers(1, 10**9),
    st.integers(1, 10**7),
    st.floats(1, 50),
    st.sampled_from([LINES, "array", "arrow", "article"]),
    st.sampled_from([TERMS, SAVED]),
)
def test_more_documents_never_take_less(size: int, seen: int, times: float, kind: str, terms: Terms) -> None:
    seen = min(seen, size)
    part = Format("", kind, "", 10, size, 5, seen, 1 + seen // 1000, seen, seen, seen // 6)
    more = replace(part, size=round(size * times), files=round(10 * times))
    one, many = forecast([part], terms), forecast([more], terms)
    for figure in ("documents", "words", "cpu", "wall", "memory", "temporary", "listed"):
        assert getattr(one, figure) <= getattr(many, figure)


def test_folders_of_one_file_system_must_have_room_for_both() -> None:
    places = [Place("/tmp", 1, 6, 10), Place("out", 1, 5, 10)]  # noqa: S108  # a name
    assert missing(places) == [(places[0], 11)]
    assert missing([places[0], replace(places[1], device=2)]) == []
    assert missing([replace(places[0], needed=0), replace(places[1], device=2, needed=11)])[0][0].folder == "out"
