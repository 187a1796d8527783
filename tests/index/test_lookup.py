from __future__ import annotations

import random
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from examples import examples

from compare.index import lookup
from compare.index.build import create
from compare.index.lookup import open_index
from compare.index.prepare import sketches
from compare.index.update import Work, extend
from compare.pipeline.candidates import common_limit
from compare.pipeline.collection import Batch
from compare.pipeline.deduplicate import Keeping, deduplicate_batches
from compare.pipeline.engines.memory import MemoryEngine
from compare.settings import Settings
from compare.text.tokens import body

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SMALL = Settings(common_least=3, ceiling_least=25)
SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "el", "in", "or", "u", "ay")]


@pytest.fixture
def collection(tmp_path: Path, texts: Callable[[int, int], list[str]]) -> dict[str, str]:
    """150 made-up texts in files."""
    found = {f"{number:03}.txt": text for number, text in enumerate(texts(145, 3))}
    for name, text in found.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return found


def expected(held: dict[str, str], new: Sequence[str], settings: Settings) -> set[str]:
    """The neighbourhood as it is defined, by sets: names in the order of reading stand for their numbers."""
    found, asked = sketches(list(held.values()), settings), sketches(new, settings)
    names: dict[tuple[int, int], list[str]] = {}
    keys: dict[tuple[int, int], tuple[set[int], set[int]]] = {}
    for place, (name, identity) in enumerate(zip(held, found.identities, strict=True)):
        names.setdefault(identity, []).append(name)
        keys[identity] = of(found, place)
    questions = [of(asked, place) for place in range(len(new))]
    holders = {key: {one for one, (mine, _) in keys.items() if key in mine} for mine, _ in [*keys.values(), *questions] for key in mine}  # fmt: skip # noqa: E501
    ceiling = max(settings.ceiling_least, int(settings.ceiling_share * (len(held) + len(new))))
    candidates = set()
    for prints, buckets in questions:
        for one, (mine, theirs) in keys.items():
            shared = len({key for key in prints & mine if len(holders[key]) <= ceiling})
            least = min(len(prints), len(mine))
            enough = shared >= settings.min_share * least or shared >= settings.long_shared
            if buckets & theirs or (shared and enough and shared >= min(settings.min_shared, least)):
                candidates.add(one)
    limit = common_limit(len(held), settings)
    hot = {key for prints, _ in questions for key in prints
           if len(holders[key]) + sum(key in other for other, _ in questions) > limit}  # fmt: skip
    hot |= {key for one in candidates for key in keys[one][0] if len(holders[key]) > limit}
    common = {names[one][0] for key in hot for one in holders[key]}
    return {name for one in candidates for name in names[one]} | common


def of(found: lookup.Sketches, place: int) -> tuple[set[int], set[int]]:
    prints = set(found.fingerprints[found.bounds[place] : found.bounds[place + 1]].tolist())
    return prints, set(found.buckets[place].tolist()) if found.identities[place][1] else set()


def questions(collection: dict[str, str], seed: int) -> list[str]:
    draw = random.Random(seed)
    listed = list(collection.values())
    mixed = [" ".join(draw.choice(listed)[:80] for _ in range(2)) for _ in range(draw.randint(0, 2))]
    return [draw.choice(listed), *mixed, "nothing of this is there at all, as far as one can see today", ""]


@pytest.mark.parametrize("settings", [Settings(), SMALL, Settings(common_least=3, ceiling_least=8, min_share=0.5)])
def test_a_neighbourhood_is_complete_and_no_larger(
    tmp_path: Path, collection: dict[str, str], settings: Settings
) -> None:
    create([str(tmp_path)], tmp_path / "a.index", settings)
    sizes = set()
    with open_index(tmp_path / "a.index", settings) as index:
        for seed in range(examples(12)):
            new = questions(collection, seed)
            without = set(random.Random(seed).sample(sorted(collection), seed * 6)) | {"absent.txt"}
            found = index.neighbourhood(new, without)
            present = {name: text for name, text in collection.items() if name not in without}
            names = [document.id for document in found.documents]
            assert names == sorted(names)
            assert set(names) == expected(present, new, settings)
            assert {body(document) for document in found.documents} <= set(present.values())
            assert found.total == len(present)
            sizes.add(len(names))
    assert len(sizes) > 3


def test_every_pair_of_a_whole_run_is_in_the_neighbourhood(tmp_path: Path, collection: dict[str, str]) -> None:
    create([str(tmp_path)], tmp_path / "a.index", SMALL)
    for seed in range(examples(6)):
        new = questions(collection, seed)[0]
        ids, listed = [*collection, "~new"], [*collection.values(), f"{new} and a few other words"]
        with closing(MemoryEngine()) as engine:
            empty = [""] * len(ids)
            whole = deduplicate_batches([Batch(ids, listed, empty, empty)], SMALL, engine, Keeping())
        rows = whole.pairs.pairs.tolist()
        partners = {ids[a] for a, b in rows if b == len(collection)}
        with open_index(tmp_path / "a.index", SMALL) as index:
            found = {document.id for document in index.neighbourhood([listed[-1]], set()).documents}
        assert partners
        assert partners <= found


def test_the_way_an_index_was_made_does_not_show(tmp_path: Path, collection: dict[str, str]) -> None:
    paths = [str(tmp_path / name) for name in collection]
    create(paths, tmp_path / "one.index", SMALL)
    create(paths[::-1], tmp_path / "two.index", SMALL, workers=2)
    create(paths[70:90], tmp_path / "three.index", SMALL)
    extend(paths, tmp_path / "three.index", SMALL, Work(workers=2, batch=7))
    found = []
    for name in ("one", "two", "three"):
        with open_index(tmp_path / f"{name}.index", SMALL) as index:
            found.append([index.neighbourhood(questions(collection, seed), {"001.txt"}) for seed in range(5)])
    assert found[0] == found[1]
    # Which of several twins stands for them in what is common depends on their numbers, and so on the order of adding.
    assert [{body(one).lower() for one in each.documents} for each in found[0]] == [
        {body(one).lower() for one in each.documents} for each in found[2]
    ]
    assert (tmp_path / "one.index").read_bytes() == (tmp_path / "two.index").read_bytes()


def test_metadata_muted_spans_and_paths_come_back(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "---\ntitle: Ferry\ndate: 2024-03-01\nauthor: Ann\n---\nThe *ferry* sails at noon today.\n"
    )
    (tmp_path / "t.jsonl").write_text('{"id": "x", "text": "the ferry sails at noon today", "source": "wire"}\n')
    create([str(tmp_path)], tmp_path / "in.index", Settings())
    with open_index(tmp_path / "in.index", Settings()) as index:
        article, row = index.neighbourhood(["The ferry sails at noon today."], set()).documents
    assert (article.id, article.path, article.title, article.published, article.author) == (
        "a.md", "a.md", "Ferry", "2024-03-01", "Ann")  # fmt: skip
    assert article.text.startswith("---")
    assert body(article).split() == ["The", "ferry", "sails", "at", "noon", "today."]
    assert (row.id, row.path, row.source) == ("t.jsonl#x", "t.jsonl", "wire")


def test_caps_leave_out_and_count(tmp_path: Path, collection: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    create([str(tmp_path)], tmp_path / "a.index", SMALL)
    for name, most in (("DOCUMENTS", 5), ("CANDIDATES", 2), ("BUCKET", 1), ("TEXT", 600)):
        monkeypatch.setattr(lookup, name, most)
    with open_index(tmp_path / "a.index", SMALL) as index:
        found = index.neighbourhood(questions(collection, 1), set())
    assert 1 <= len(found.documents) <= 5
    assert sum(len(document.text) for document in found.documents) <= 600
    assert sum(found.left_out.values()) > 0


def test_twins_starve_nobody_and_the_same_words_are_always_found(
    tmp_path: Path, collection: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = max(collection.values(), key=len)
    for number in range(30):
        (tmp_path / f"twin{number}.txt").write_text(text.upper(), encoding="utf-8")
    (tmp_path / "version.txt").write_text(f"{text} and a few other words", encoding="utf-8")
    create([str(tmp_path)], tmp_path / "a.index", Settings())
    monkeypatch.setattr(lookup, "CANDIDATES", 5)
    monkeypatch.setattr(lookup, "BUCKET", 0)
    with open_index(tmp_path / "a.index", Settings(long_shared=10**6, min_share=1.0)) as index:
        found = {document.id for document in index.neighbourhood([f"{text} and a few other words", text]).documents}
    assert "version.txt" in found
    assert sum(name.startswith("twin") for name in found) >= 3


def prose(seed: object, words: int) -> str:
    """Words that no two seeds share five of in a row."""
    draw = random.Random(str(seed))
    return " ".join("".join(draw.choices(SYLLABLES, k=3)) for _ in range(words))


def neighbours(folder: Path, articles: list[str], question: str, settings: Settings) -> lookup.Neighbourhood:
    """What an index of some articles, named by their number, says of a text."""
    for number, text in enumerate(articles):
        (folder / f"{number:02}.txt").write_text(text, encoding="utf-8")
    create([str(folder)], folder / "a.index", settings)
    with open_index(folder / "a.index", settings) as index:
        return index.neighbourhood([question])


PASSAGE = prose("passage", 60)
QUESTION = f"{prose('question', 40)} {PASSAGE}"


@pytest.mark.parametrize(("holders", "candidates"), [(8, 8), (9, 0)])
def test_a_passage_proposes_its_holders_up_to_the_ceiling_and_is_counted_above_it(
    tmp_path: Path, holders: int, candidates: int
) -> None:
    articles = [f"{prose(number, 150)} {PASSAGE}" for number in range(holders)]
    near = neighbours(tmp_path, articles, QUESTION, Settings(ceiling_least=8, common_least=50))
    assert (len(near.documents), len(near.pairs)) == (candidates, candidates)
    assert bool(near.left_out["index_keys_above_ceiling"]) is (candidates == 0)


def test_a_text_that_is_asked_about_counts_in_the_ceiling(tmp_path: Path) -> None:
    # Half of nine texts and the one that is asked about are five.
    articles = [f"{prose(number, 150)} {PASSAGE if number < 5 else ''}" for number in range(9)]
    limits = Settings(ceiling_least=1, ceiling_share=0.5, common_least=50)
    assert [name for _, name in neighbours(tmp_path, articles, QUESTION, limits).pairs] == [
        f"{number:02}.txt" for number in range(5)
    ]


def test_the_same_words_are_found_where_all_else_is_above_the_ceiling(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copies = [f"{QUESTION} {prose(number, 3)}" for number in range(12)]
    monkeypatch.setattr(lookup, "BUCKET", 0)
    near = neighbours(tmp_path, [*copies, QUESTION.upper()], QUESTION, Settings(ceiling_least=3, common_least=50))
    assert near.pairs == ((0, "12.txt"),)


def test_of_more_candidates_than_may_be_those_that_share_most_stay_and_the_others_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = prose("long", 260).split()
    articles = [f"{prose(number, 20)} {' '.join(words[: 40 + 30 * number])}" for number in range(7)]
    monkeypatch.setattr(lookup, "CANDIDATES", 3)
    near = neighbours(tmp_path, articles, " ".join(words), Settings(common_least=50))
    assert [name for _, name in near.pairs] == ["04.txt", "05.txt", "06.txt"]
    assert near.left_out["index_candidates"] == 4


def test_the_first_holder_of_each_common_passage_comes_before_the_second_of_any(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notices = [prose(f"notice {number}", 14) for number in range(2)]
    articles = [f"{prose(number, 400)} {notices[number // 12]} {prose(-number, 400)}" for number in range(1, 24)]
    question = f"{prose('long', 400)} {notices[0]} {prose('longer', 400)} {notices[1]} {prose('longest', 400)}"
    monkeypatch.setattr(lookup, "DOCUMENTS", 2)
    near = neighbours(tmp_path, articles, question, Settings(common_least=5))
    assert near.pairs == ()
    assert [int(document.id[:2]) // 11 for document in near.documents] == [0, 1]
    assert near.left_out["index_holders_of_common"] == 21


def test_a_question_loads_nothing_heavy() -> None:
    program = (
        "import compare.index.lookup, sys; print([n for n in ('scipy', 'sklearn', 'datasketch') if n in sys.modules])"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, cwd=Path(__file__).parents[2]
    )
    assert ended.stdout == b"[]\n"
