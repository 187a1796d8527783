"""The compiled kernels against the plain reference, bit for bit, and both against their definitions."""

from __future__ import annotations

import unicodedata
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations, product
from typing import TYPE_CHECKING

import numpy as np
import pytest
from examples import SHARE, examples
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import LCSseq

from compare.kernels import reference
from compare.kernels.reference import Recipe, permutations
from compare.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random
    from types import ModuleType

    from numpy.typing import NDArray

    U64 = NDArray[np.uint64]
    I64 = NDArray[np.int64]

native: ModuleType = pytest.importorskip("compare.kernels._native", reason="the compiled kernels were not built")
K, WINDOW = Settings().shingle, Settings().window
RECIPE = Recipe(K, WINDOW, *permutations(128, 1))

# The scripts, signs and oddities that the tokeniser tells apart, often enough side by side to meet one another.
PIECES = [
    *"aZ09 .,'’‘`-–—$€−\"“”«»\n\t\0\x7f\x85\xa0#_/@…",
    *"éßñÅİıſﬁﬃ½²①㎏ＡａＢ０．，＇", "e\u0301", "n\u0303", *"\u0301\u0327\u200b\u200d\ufeff\u00ad\u202e\ufe0f\u034f",
    *"аеорсух", "Москва", "paypаl", *"αβεη", "օոս", *"中文字々〇", *"ひがカヴー", "か\u3099",
    *"ไทยกำ", "한국어", "ພາສາ",
    "\u1112\u1161\u11ab", *"हिन्दी", *"العربيةـ", "١٢٫٣", "שָׁלוֹם", "\U0001f600", "\U0001d41a", "\U00020000",
    " die und der ", "fuer", "Bruecke", "neue", "Queue", *"„“‚‘′″長国", "رییس", "ك", "किताब", "ड़", "۴", " 할 수 ",
    "\U0010ffff", "\ud800", "\udfff", "don't", "rock’n’roll", "4.2", "1,000.5", "x" * 9, "word" * 20, "7" * 65,
]  # fmt: skip
mixed = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)
anything = st.text(st.characters(exclude_categories=()), max_size=80)
ascii_prose = st.lists(st.sampled_from(["a", "of", "harbour", "x.", "3.5", "it's", " ", "\n", '"', "A-B"]), max_size=60)
bordered = st.builds(lambda lead, rest: " " * lead + " ".join(rest), st.integers(40, 70), ascii_prose)
texts = mixed | anything | bordered
# The compiled sets hold the value 0 as 1 (one case in 2⁶³ among hashes), so streams begin at 1.
streams = st.lists(st.integers(1, 5), max_size=60) | st.lists(st.integers(1, (1 << 64) - 1), max_size=30)


def columns(rows: Sequence[Sequence[int]]) -> tuple[U64, I64]:
    return reference.flatten([np.array(row, np.uint64) for row in rows])


def numbers(values: set[int]) -> U64:
    return np.array(sorted(values), np.uint64)


def all_pairs(count: int) -> I64:
    return np.array([(a, b) for a in range(count) for b in range(count)], np.int64).reshape(-1, 2)


def same(left: Sequence[object], right: Sequence[object]) -> None:
    for mine, theirs in zip(left, right, strict=True):
        np.testing.assert_array_equal(mine, theirs, strict=True)


def same_tokens(text: str) -> None:
    mine, theirs = native.tokens(text), reference.tokens(text)
    same(mine[:3], theirs[:3])
    same([mine.strict], [theirs.strict])
    assert (mine.surface, mine.alike) == (theirs.surface, theirs.alike)


@given(texts)
@settings(max_examples=examples(400))
def test_both_make_the_same_tokens_of_any_text(text: str) -> None:
    same_tokens(text)


@given(texts)
def test_spans_ascend_without_overlap_and_the_words_are_what_was_hashed(text: str) -> None:
    found = reference.tokens(text)
    edges = np.stack([found.starts, found.stops], axis=1).ravel()
    assert (found.stops > found.starts).all()
    # A character that expands (㎏) may hold the end of one token and the start of the next.
    assert (np.diff(edges) >= -1).all()
    assert edges.min(initial=0) >= 0
    assert edges.max(initial=0) <= len(text)
    assert [reference.word_hash(word) for word in found.words] == found.hashes.tolist()


SHAPES = ("a{}2 ", "4{}2 ", "д{}\u0301x ", "{} 中{}")


def test_both_make_the_same_tokens_around_every_assigned_code_point() -> None:
    usual = [
        *range(0x3400),
        *range(0x9F00, 0xAC10),
        *range(0xD790, 0xE000),
        *range(0xF8F0, 0x12000),
        *range(0x1B000, 0x20010),
    ]
    points = [p for p in usual if unicodedata.category(chr(p)) != "Cn"] + list(range(0x12000, 0x110000, 499))
    for number, start in enumerate(range(0, len(points), 1000)):
        for shape in SHAPES if SHARE == 1 else SHAPES[number % 4 :][:1]:
            same_tokens("".join(shape.format(chr(point), chr(point)) for point in points[start : start + 1000]))


@pytest.mark.parametrize("size", [1, 7, 8, 9, 15, 16, 17, 63, 64, 65, 127, 128, 129, 300])
@pytest.mark.parametrize("tail", ["", " ", "'s", ".5", "é", "\u0301", "а", "中"])
def test_a_long_token_is_the_same_wherever_it_crosses_a_block_of_64(size: int, tail: str) -> None:
    for lead in (0, 1, 55, 63, 64):
        same_tokens("." * lead + "b" * size + tail)
        same_tokens("." * lead + "9" * size + tail + "7")


@given(st.lists(texts, max_size=6))
@settings(max_examples=examples(150))
def test_both_sketch_a_batch_alike(batch: list[str]) -> None:
    same(native.sketch(batch, RECIPE), reference.sketch(batch, RECIPE))


@given(st.lists(mixed, max_size=4), st.integers(1, 9), st.integers(1, 12), st.sampled_from([1, 5, 64, 65, 200]))
@settings(max_examples=examples(60))
def test_both_sketch_alike_with_any_recipe(batch: list[str], k: int, window: int, count: int) -> None:
    recipe = Recipe(k, window, *permutations(count, 7))
    same(native.sketch(batch, recipe), reference.sketch(batch, recipe))


def test_a_batch_gives_what_its_texts_give_alone_and_in_threads() -> None:
    batch = ["", "one two", "the ferry " * 300, "中文" * 90, "", "a b c d e f g h i j k l m n", "x" * 5000]
    whole = native.sketch(batch, RECIPE)
    with ThreadPoolExecutor(4) as pool:
        same_again = list(pool.map(lambda _: native.sketch(batch, RECIPE), range(16)))
        alone = list(pool.map(lambda text: native.sketch([text], RECIPE), batch))
    for other in same_again:
        same(other, whole)
    for i, one in enumerate(alone):
        np.testing.assert_array_equal(one.signatures[0], whole.signatures[i])
        np.testing.assert_array_equal(one.identity[0], whole.identity[i])
        np.testing.assert_array_equal(one.tokens, whole.tokens[whole.token_offsets[i] : whole.token_offsets[i + 1]])


@pytest.mark.parametrize("kernels", [native, reference])
def test_nothing_comes_of_nothing(kernels: ModuleType) -> None:
    none, ends, pairs = columns([]), np.zeros(1, np.int64), np.empty((0, 2), np.int64)
    assert kernels.tokens("").hashes.tolist() == []
    assert kernels.sketch([], RECIPE).signatures.shape == (0, 128)
    blank = kernels.sketch([" … ", ""], RECIPE)
    assert (blank.signatures == 0xFFFFFFFF).all()
    assert blank.fingerprints.tolist() == []
    same(kernels.shingles(*none, K), (none[0], ends))
    assert kernels.overlaps(*none, pairs, none[0], K).shape == (0, 8)
    assert kernels.kept(*none, pairs).shape == (0,)
    same(kernels.around(*none, none[0], WINDOW), (none[0], ends))
    two_empty = columns([[], []])
    assert kernels.overlaps(*two_empty, all_pairs(2), none[0], K).tolist() == [[0] * 8] * 4
    assert kernels.kept(*two_empty, all_pairs(2)).tolist() == [0] * 4


def test_what_is_not_text_is_refused() -> None:
    with pytest.raises(TypeError):
        native.sketch(["a", b"b"], RECIPE)
    with pytest.raises(TypeError):
        native.tokens(None)


@given(st.lists(streams, max_size=4), st.integers(1, 18))  # up to 16 at a time, where the processor can
def test_both_make_the_same_shingles(rows: list[list[int]], k: int) -> None:
    hashes, offsets = columns(rows)
    expected = reference.shingles(hashes, offsets, k)
    for kernels, dtype in product((native, reference), (np.uint64, np.uint32)):
        same(kernels.shingles(hashes.astype(dtype), offsets, k), expected)


def test_a_shingle_depends_on_its_tokens_their_order_and_their_number() -> None:
    rows = [[1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5], [5, 4, 3, 2, 1], [1, 2, 3, 4], [0, 1, 2, 3, 4], [0, 0], [0]]
    shingled, offsets = native.shingles(*columns(rows), 5)
    assert np.diff(offsets).tolist() == [2, 1, 1, 1, 1, 1, 1]
    assert shingled[0] == shingled[2]
    assert len(set(shingled.tolist())) == 7


@given(st.lists(streams, min_size=1, max_size=4), st.sets(st.integers(1, 5), max_size=3), st.integers(1, 3))
@settings(max_examples=examples(200))
def test_both_count_what_texts_share_alike(rows: list[list[int]], common: set[int], k: int) -> None:
    hashes, offsets = columns(rows)
    held, pairs = shingled_of([[word] * k for word in common], k), all_pairs(len(rows))
    expected = reference.overlaps(hashes, offsets, pairs, held, k)
    for dtype in (np.uint64, np.uint32):
        same([native.overlaps(hashes.astype(dtype), offsets, pairs, held, k)], [expected])
    same([native.kept(hashes, offsets, pairs)], [reference.kept(hashes, offsets, pairs)])


def shingled_of(rows: list[list[int]], k: int) -> U64:
    return np.unique(reference.shingles(*columns(rows), k)[0])


@given(st.lists(st.integers(1, 4), min_size=300, max_size=400), st.lists(st.integers(1, 4), min_size=300, max_size=400))
@settings(max_examples=examples(15))
def test_texts_that_repeat_themselves_are_counted_exactly_too(left: list[int], right: list[int]) -> None:
    left[20:200] = [1] * 180
    hashes, offsets = columns([left, [1] * 400, right])
    pairs, common = np.array([(0, 1), (1, 0), (0, 2), (2, 1), (1, 1)], np.int64), shingled_of([[2]], 1)
    expected = reference.overlaps(hashes, offsets, pairs, common, 1)
    same([native.overlaps(hashes, offsets, pairs, common, 1)], [expected])


def test_one_word_said_a_hundred_thousand_times_is_counted_in_linear_time() -> None:
    hashes, offsets = columns([[7] * 100_000, [7] * 90_000 + [8]])
    found = native.overlaps(hashes, offsets, np.array([(0, 1), (0, 0)], np.int64), numbers(set()), 1)
    assert found.tolist() == [[1, 1, 90_000, 90_000, 1, 2, 1, 2], [1, 1, 100_000, 100_000, 1, 1, 1, 1]]


@pytest.mark.parametrize(("n", "m"), [(4095, 4097), (4096, 4096), (4160, 500), (9000, 8500)])
def test_long_texts_keep_what_rapidfuzz_says(n: int, m: int) -> None:
    random = np.random.default_rng(n)
    left = random.integers(1, 40, n)
    right = np.delete(left, random.integers(0, n, n - m)) if n > m else random.integers(1, 40, m)
    right[:: max(1, m // 600)] = random.integers(1, 40, len(right[:: max(1, m // 600)]))
    rows = [left.tolist(), right.tolist()]
    found = native.kept(*columns(rows), np.array([(0, 1), (1, 0)], np.int64))
    assert found.tolist() == [LCSseq.similarity(*rows)] * 2


@given(st.lists(streams, max_size=4), st.sets(st.integers(1, 5), max_size=3), st.integers(1, 9))
def test_both_find_the_same_shingles_around_hot_fingerprints(rows: list[list[int]], hot: set[int], window: int) -> None:
    shingled, offsets = columns(rows)
    wanted = numbers(hot)
    same(native.around(shingled, offsets, wanted, window), reference.around(shingled, offsets, wanted, window))


def grouped(kernels: ModuleType, rows: list[tuple[int, int]], parts: int, most: int) -> tuple[object, ...]:
    """The documents of small groups, and of large ones with their keys."""
    keys = np.array([key for key, _ in rows], np.uint64)
    owners = np.array([owner for _, owner in rows], np.int32)
    portions = list(zip(np.array_split(keys, parts), np.array_split(owners, parts), strict=True))
    members, counts, large, large_counts, shared = kernels.groups(portions, most)
    small, many = (
        [part.tolist() for part in np.split(documents, np.cumsum(numbers))[:-1]]
        for documents, numbers in ((members, counts), (large, large_counts))
    )
    return sorted(small), sorted(zip(shared.tolist(), many, strict=True))


@given(st.sets(st.tuples(st.sampled_from([0, 1, 1 << 32, 1 << 63, (1 << 63) + 1, (1 << 64) - 1]), st.integers(0, 8))),
       st.randoms(use_true_random=False), st.integers(1, 3), st.integers(1, 6))  # fmt: skip
def test_both_find_the_documents_of_each_key_in_whatever_order_they_come(
    pairs: set[tuple[int, int]], random: Random, parts: int, most: int
) -> None:
    rows = sorted(pairs)
    random.shuffle(rows)
    groups = {key: sorted(document for of, document in rows if of == key) for key, _ in rows}
    small = sorted(documents for documents in groups.values() if 1 < len(documents) <= most)
    large = sorted((key, documents) for key, documents in groups.items() if len(documents) > most)
    expected = small, [row for row in large if len(row[1]) > 1]
    assert grouped(native, rows, parts, most) == grouped(reference, rows, parts, most) == expected


def test_both_find_the_groups_among_many_keys() -> None:
    random = np.random.default_rng(1)
    keys = random.integers(0, 1 << 63, 4_000, dtype=np.uint64) << np.uint64(1)
    rows = [(int(key), document) for document in range(9) for key in random.choice(keys, 2_000, replace=False)]
    assert grouped(native, rows, 2, 4) == grouped(reference, rows, 2, 4)


@given(
    st.lists(st.sets(st.integers(0, 7), min_size=1), max_size=8),
    st.integers(7, 40),
    st.lists(st.integers(0, 4), min_size=9, max_size=9),
)
def test_both_count_in_how_many_groups_two_documents_meet_however_little_room_there_is(
    groups: list[set[int]], room: int, least: list[int]
) -> None:
    owners = np.array([document for group in groups for document in sorted(group)], np.int32)
    bounds = np.cumsum([0, *map(len, groups)])
    all_pairs = Counter(pair for group in groups for pair in combinations(sorted(group), 2))
    expected = {pair: count for pair, count in all_pairs.items() if count >= min(least[pair[0]], least[pair[1]])}
    room = max(room, 7 * len(groups))  # what one document meets at the most
    met_later = [[sum(d > document for d in group) for group in groups if document in group] for document in range(9)]
    for kernels in (native, reference):
        met: list[tuple[int, int]] = []
        out, counter = (np.empty(room, np.uint64), np.empty(room, np.int32)), np.zeros(9, np.int32)
        scratch = counter, np.array(least, np.int32)
        offsets = kernels.later(owners, bounds, 9)
        for begin, end in ((0, 4), (4, 9)):
            (held, most), document = kernels.holdings(owners, bounds, offsets[begin : end + 1], begin), begin
            assert most == max(sum(met_later[document]) for document in range(begin, end))
            while document < end:
                count, document = kernels.meetings(owners, held, (begin, document), scratch, out)
                met += zip(out[0][:count].tolist(), out[1][:count].tolist(), strict=True)
        assert sorted(met) == sorted(((a << 32) | b, count) for (a, b), count in expected.items())
        assert not counter.any()


@given(st.data())
@settings(max_examples=examples(60))
def test_a_shared_run_of_twelve_tokens_shares_a_fingerprint(data: st.DataObject) -> None:
    words = st.lists(st.sampled_from(["tide", "pier", "gull", "rope", "salt", "mast", "keel"]), max_size=40)
    run = data.draw(st.lists(st.sampled_from(["tide", "pier", "oar", "net"]), min_size=WINDOW + K - 1, max_size=30))
    pair = [" ".join(data.draw(words) + run + data.draw(words)) for _ in range(2)]
    found = native.sketch(pair, RECIPE)
    mine, theirs = np.split(found.fingerprints, found.fingerprint_offsets[1:-1])
    assert np.isin(mine, theirs).any()


@given(st.lists(st.integers(0, (1 << 64) - 1), max_size=80), st.integers(1, 12))
def test_every_window_holds_a_fingerprint_and_each_is_the_least_of_one(values: list[int], window: int) -> None:
    shingled = columns([values])[0]
    places = reference.winnow(shingled, window).tolist()
    size = min(window, len(values))
    for start in range(len(values) - size + 1 if size else 0):
        inside = [place for place in places if start <= place < start + size]
        assert shingled[start : start + size].min() in shingled[inside]
    assert (places != []) == (values != [])


def test_winnowing_takes_about_two_in_nine_shingles() -> None:
    shingled = np.random.default_rng(1).integers(0, 1 << 63, 20_000, dtype=np.uint64)
    assert len(reference.winnow(shingled, 8)) / len(shingled) == pytest.approx(2 / 9, rel=0.03)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=20))
def test_both_name_each_component_by_its_smallest_number(pairs: list[tuple[int, int]]) -> None:
    rows = np.array(pairs, np.int64).reshape(-1, 2)
    same([native.components(rows, 12)], [reference.components(rows, 12)])
