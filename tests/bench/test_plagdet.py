from __future__ import annotations

import doctest
import sys
from math import log2
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

BENCH = Path(__file__).parent.parent.parent / "bench"
NAMES = ("plagdet", "corpora")
sys.path.insert(0, str(BENCH))  # bench/ is a folder of scripts, which import each other so
try:
    import corpora
    import plagdet
    from plagdet import Passage, Score, Tally, interval, score, tally
finally:
    sys.path.remove(str(BENCH))

CASE = Passage(100, 200, 1000, 1100)


def close(found: Score) -> Any:  # noqa: ANN401  # what pytest returns
    return pytest.approx(tuple(found), abs=1e-12)


def test_a_detection_of_exactly_the_case_is_perfect() -> None:
    assert score([tally([CASE], [CASE])]) == Score(1, 1, 1, 1)


def test_half_of_a_case_found_is_half_the_recall_and_all_the_precision() -> None:
    assert score([tally([CASE], [Passage(100, 150, 1000, 1050)])]) == close(Score(1, 0.5, 1, 2 / 3))


def test_a_detection_twice_as_long_as_the_case_is_half_the_precision_and_all_the_recall() -> None:
    assert score([tally([CASE], [Passage(50, 250, 950, 1150)])]) == close(Score(0.5, 1, 1, 2 / 3))


def test_both_sides_weigh_by_their_characters() -> None:
    summary = Passage(0, 100, 0, 900)
    assert tally([summary], [Passage(0, 100, 0, 400)]).recall == pytest.approx(0.5)


def test_a_case_found_in_two_pieces_has_granularity_2_and_is_divided_by_log2_of_3() -> None:
    pieces = [Passage(100, 150, 1000, 1050), Passage(150, 200, 1050, 1100)]
    assert score([tally([CASE], pieces)]) == close(Score(1, 1, 2, 1 / log2(3)))


def test_pieces_that_overlap_are_counted_by_their_union() -> None:
    pieces = [Passage(100, 160, 1000, 1060), Passage(120, 180, 1020, 1080)]
    assert tally([CASE], pieces) == Tally(1, pytest.approx(0.8), 2, 2.0, 1, 2)


@pytest.mark.parametrize(
    "found",
    [
        pytest.param(Passage(100, 200, 0, 100), id="the suspicious side alone"),
        pytest.param(Passage(0, 100, 1000, 1100), id="the source alone, and touching"),
        pytest.param(Passage(300, 400, 3000, 3100), id="neither"),
    ],
)
def test_what_does_not_overlap_on_both_sides_is_no_hit_and_costs_precision(found: Passage) -> None:
    assert tally([CASE], [found]) == Tally(1, 0, 1, 0, 0, 0)
    assert score([tally([CASE], [found, CASE])]) == close(Score(0.5, 1, 1, 2 / 3))


def test_a_passage_that_meets_a_case_on_one_side_alone_adds_nothing_to_what_another_covers() -> None:
    half, elsewhere = Passage(100, 150, 1000, 1050), Passage(150, 200, 5000, 5050)
    assert tally([CASE], [half, elsewhere]).recall == pytest.approx(0.5)


def test_one_detection_of_two_cases_is_precise_by_the_union_of_both_and_hits_each_once() -> None:
    cases = [Passage(0, 100, 0, 100), Passage(150, 200, 150, 200)]
    assert tally(cases, [Passage(0, 200, 0, 200)]) == Tally(2, 2.0, 1, pytest.approx(0.75), 2, 2)


def test_a_detection_in_a_clean_pair_costs_precision_when_pairs_are_pooled() -> None:
    pairs = [tally([CASE], [CASE]), tally([], [Passage(0, 10, 0, 10)])]
    assert score(pairs) == close(Score(0.5, 1, 1, 2 / 3))


def test_granularity_is_a_mean_over_the_cases_that_are_found() -> None:
    pieces = [Passage(100, 150, 1000, 1050), Passage(150, 200, 1050, 1100)]
    pairs = [tally([CASE], pieces), tally([CASE], [CASE]), tally([CASE], [])]
    assert score(pairs).granularity == pytest.approx(1.5)


def test_nothing_to_find_and_nothing_found_is_perfect() -> None:
    assert score([]) == score([tally([], [])]) == Score(1, 1, 1, 1)


@pytest.mark.parametrize(("cases", "found"), [([CASE], []), ([], [CASE])])
def test_nothing_found_or_nothing_to_find_is_0(cases: list[Passage], found: list[Passage]) -> None:
    assert score([tally(cases, found)]) == Score(0, 0, 1, 0)


def passages() -> st.SearchStrategy[list[Passage]]:
    place = st.tuples(st.integers(0, 60), st.integers(1, 30)).map(lambda at: (at[0], at[0] + at[1]))
    return st.lists(st.builds(lambda a, b: Passage(*a, *b), place, place), max_size=5)


def marked(passage: Passage, others: list[Passage]) -> float:
    """The share by marking each character, as the paper's sets do."""
    meeting = [other for other in others if passage.meets(other)]
    a = {at for other in meeting for at in range(other.a_start, other.a_stop)}
    b = {at for other in meeting for at in range(other.b_start, other.b_stop)}
    own = set(range(passage.a_start, passage.a_stop)), set(range(passage.b_start, passage.b_stop))
    return (len(a & own[0]) + len(b & own[1])) / passage.size


@given(passages(), passages())
def test_the_shares_are_those_of_sets_of_characters(cases: list[Passage], found: list[Passage]) -> None:
    counted = tally(cases, found)
    assert counted.recall == pytest.approx(sum(marked(case, found) for case in cases))
    assert counted.precision == pytest.approx(sum(marked(one, cases) for one in found))


@given(passages(), passages())
def test_precision_and_recall_change_places_with_cases_and_detections(a: list[Passage], b: list[Passage]) -> None:
    one, other = score([tally(a, b)]), score([tally(b, a)])
    assert (one.precision, one.recall) == (other.recall, other.precision)


def test_the_interval_is_seeded_holds_the_figure_and_is_a_point_where_all_pairs_are_alike() -> None:
    mixed = [tally([CASE], [CASE] if place % 3 else []) for place in range(60)]
    low, high = interval(mixed)
    assert low < score(mixed).plagdet < high
    assert interval(mixed) == (low, high)
    assert interval([tally([CASE], [CASE])] * 5) == (1, 1)


GOLD = """<document reference="suspicious-document1.txt"><feature name="about" title="news" />
<feature name="plagiarism" this_offset="2" this_length="3" source_reference="source-document2.txt"
 source_offset="5" source_length="7" /></document>"""


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Path]:
    """One pair of a corpus as published, its texts with carriage returns and an accent."""
    for folder, name in (("susp", "suspicious-document1.txt"), ("src", "source-document2.txt")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_bytes("é\r\nb".encode())
    (tmp_path / "02-no-obfuscation").mkdir()
    (tmp_path / "02-no-obfuscation" / "pairs").write_text("suspicious-document1.txt source-document2.txt\n")
    (tmp_path / "02-no-obfuscation" / "suspicious-document1-source-document2.xml").write_text(GOLD)
    return tmp_path


def test_a_corpus_is_read_with_newlines_as_they_stand_and_each_pair_is_in_one_part(corpus: Path) -> None:
    (pair,) = corpora.pan_pairs(str(corpus), "all")
    assert pair.cases == (Passage(2, 5, 5, 12),)
    assert pair.texts() == ("é\r\nb", "é\r\nb")
    parts = [part for part in corpora.PARTS if corpora.pan_pairs(str(corpus), part)]
    assert parts == [corpora.part_of("suspicious-document1.txt")]


def test_detections_are_written_as_the_gold_is_read(corpus: Path, tmp_path: Path) -> None:
    (pair,) = corpora.pan_pairs(str(corpus), "all")
    corpora.write_detections(str(tmp_path), pair, pair.cases)
    written = (tmp_path / pair.xml).read_text("utf-8").replace('name="detected-plagiarism"', 'name="plagiarism"')
    (corpus / pair.category / pair.xml).write_text(written)
    assert corpora.pan_pairs(str(corpus), "all") == [pair]


@pytest.mark.parametrize("module", [plagdet, corpora], ids=NAMES)
def test_the_examples_hold(module: ModuleType) -> None:
    found = doctest.testmod(module)
    assert (found.failed, found.attempted > 0) == (0, True)
