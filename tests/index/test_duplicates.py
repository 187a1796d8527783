"""What is told to be held is held, by the document that is named, as `dedup` judges the two; and none is missed."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

import compare
from compare.index import proposed
from compare.index.build import create
from compare.index.duplicates import Asked, Duplicate, held_by_another, held_by_index
from compare.index.postings import DamagedError, grouped
from compare.index.prepare import sketches
from compare.index.proposed import by_fingerprints
from compare.index.segments import take_contents
from compare.index.store import reader, transaction, writer
from compare.model import Verdict
from compare.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

HERE = Settings()
WORDS = [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in "aeiou" for c in "lmnrst"]


def prose(seed: object, words: int = 60) -> str:
    return " ".join(random.Random(str(seed)).choices(WORDS, k=words))


def edited(text: str, every: int = 20) -> str:
    return " ".join("new" if at % every == every - 1 else word for at, word in enumerate(text.split()))


def asked(texts: dict[str, str]) -> Asked:
    return Asked([f"t.jsonl#{name}" for name in texts], list(texts.values()), sketches(list(texts.values()), HERE))


def indexed(folder: Path, texts: dict[str, str]) -> Path:
    lines = (json.dumps({"id": name, "text": text}) + "\n" for name, text in texts.items())
    (folder / "t.jsonl").write_text("".join(lines), "utf-8")
    create([str(folder / "t.jsonl")], folder / "x.index", HERE)
    return folder / "x.index"


def bare(duplicates: Iterable[Duplicate]) -> dict[str, Duplicate]:
    """By the id of the text; the source by its id."""
    ids = (replace(one, name=one.name[8:], source=one.source[8:]) for one in duplicates)
    return {one.name: one for one in ids}


def held(index: Path, texts: dict[str, str]) -> dict[str, Duplicate]:
    with reader(index, HERE) as connection:
        return bare(held_by_index(connection, asked(texts), HERE).values())


def test_what_is_equal_nearly_equal_or_a_part_is_held_and_what_is_more_or_new_is_not(tmp_path: Path) -> None:
    index = indexed(tmp_path, {"a": prose(1), "b": prose(2, 200), "c": prose(3), "signs": "10-5 = 5"})
    part = " ".join(prose(2, 200).split()[40:130])
    found = held(index, {
        "same": prose(1).upper(), "near": edited(prose(1)), "part": part, "whole": f"{prose(3)} {prose(4, 36)}",
        "new": prose(5), "…": "…", "a": prose(1), "other signs": "10 5 5",
    })  # fmt: skip
    told = {name: (one.source, one.verdict.value, one.share > 0.6) for name, one in found.items()}
    assert told == {
        "same": ("a", "identical", True),
        "near": ("a", "near-duplicate", True),
        "part": ("b", "contained", True),
        "other signs": ("signs", "near-duplicate", True),
    }


def test_a_document_of_the_same_name_does_not_count_and_its_twin_does(tmp_path: Path) -> None:
    index = indexed(tmp_path, {"a": prose(1), "b": edited(prose(1)), "z": prose(2), "y": prose(2).upper()})
    found = held(index, {"a": prose(1), "z": prose(2), "y": prose(2)})
    assert {name: one.source for name, one in found.items()} == {"a": "b", "z": "y", "y": "z"}


def test_the_strongest_is_named_then_the_one_that_holds_most(tmp_path: Path) -> None:
    index = indexed(
        tmp_path, {"a": edited(prose(1), 10), "b": f"{prose(1)} {prose(2, 400)}", "c": edited(prose(1), 30)}
    )
    assert held(index, {"x": prose(1)})["x"].source == "c"


def test_boilerplate_makes_no_part_and_a_large_family_is_no_boilerplate(tmp_path: Path) -> None:
    footer = prose("footer", 120)
    texts = {f"f{number}": f"{prose(number, 150)} {footer}" for number in range(15)}
    family = {f"g{number}": edited(prose("family", 90), 11 + number) for number in range(15)}
    index = indexed(tmp_path, texts | family | {"body": prose("body", 90)})
    found = held(index, {
        "x": f"{prose('own', 14)} {footer}", "y": edited(prose("family", 90), 40), "z": f"{prose(3, 150)} {footer} So.",
        "w": f"{prose('body', 90)} {footer}",
    })  # fmt: skip
    assert {name: one.source for name, one in found.items()} | {"y": ""} == {"y": "", "z": "f3", "w": "body"}
    assert found["y"].verdict is Verdict.NEAR_DUPLICATE


def test_a_copy_of_a_text_of_very_many_copies_is_told_by_its_bands(tmp_path: Path) -> None:
    index = indexed(tmp_path, {f"f{number}": f"{prose('wire', 100)} {number}" for number in range(12)})
    few = replace(HERE, ceiling_least=5)
    with reader(index, few) as connection:
        found = held_by_index(connection, asked({"x": f"{prose('wire', 100)} 99", "y": prose("other")}), few)
    assert [one.name for one in found.values()] == ["t.jsonl#x"]


@pytest.mark.parametrize("seed", range(2))
def test_what_is_held_is_what_deduplication_of_each_text_with_each_document_says(tmp_path: Path, seed: int) -> None:
    draw = random.Random(seed)
    pool = [prose(f"{seed}-{number}", draw.randint(30, 120)) for number in range(12)]
    made = [edited(draw.choice(pool), draw.choice([6, 9, 20])) for _ in range(6)]
    made += [" ".join(draw.choice(pool).split()[draw.randint(0, 20) :][:60]) for _ in range(6)]
    made += [f"{draw.choice(pool)} {prose(number, 20)}" for number in range(6)]
    texts = {f"t{number}": text for number, text in enumerate(pool)}
    found = held(indexed(tmp_path, texts), {f"q{number}": text for number, text in enumerate(made)})
    for number, text in enumerate(made):
        expected = set()
        for name, source in texts.items():
            pairs = compare.deduplicate([compare.Document("q", text), compare.Document(name, source)]).pairs
            expected |= {(name, verdict) for verdict in pairs["verdict"] if falls(text, source)}
        one = found.get(f"q{number}")
        assert (one is not None) == bool(expected), (number, expected)
        assert one is None or (one.source, one.verdict.value) in expected


def falls(text: str, source: str) -> bool:
    """Whether deduplication drops the text for the source when the source may stay: it is the earlier one."""
    rows = [compare.Document("s", source, published="2001-01-01"), compare.Document("q", text, published="2002-01-01")]
    return not compare.deduplicate(rows).keep[1]


def test_of_several_new_texts_the_first_stays_and_what_falls_holds_nothing() -> None:
    first = prose(1, 100)
    texts = {
        "a": first, "b": edited(first), "c": prose(2), "d": first.upper(), "e": " ".join(first.split()[10:60]),
        "f": prose(2), "g": edited(first).upper(), "…": "…", "!": "…",
    }  # fmt: skip
    found = bare(held_by_another(asked(texts), range(len(texts)), HERE).values())
    assert {name: (one.source, one.verdict.value) for name, one in found.items()} == {
        "b": ("a", "near-duplicate"), "d": ("a", "identical"), "e": ("a", "contained"), "f": ("c", "identical"),
        "g": ("a", "near-duplicate"),
    }  # fmt: skip
    assert held_by_another(asked(texts), [0, 2], HERE) == held_by_another(asked(texts), [], HERE) == {}


def test_a_text_that_only_one_that_fell_holds_stays() -> None:
    words = prose(1, 100).split()
    second = [f"b{at}" if at % 10 == 9 else word for at, word in enumerate(words)]
    third = [f"c{at}" if at % 10 == 4 else word for at, word in enumerate(second)]
    texts = {name: " ".join(listed) for name, listed in (("a", words), ("b", second), ("c", third))}
    assert list(bare(held_by_another(asked(texts), [1, 2], HERE).values())) == ["c"]
    assert list(bare(held_by_another(asked(texts), [0, 1, 2], HERE).values())) == ["b"]


def test_counting_in_portions_proposes_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [prose(number % 7, 40 + number) for number in range(30)]
    new = sketches(texts, HERE)
    postings = grouped(*new.fingerprint_rows(range(30), range(30)))
    whole = by_fingerprints(new, postings, (10**9, 10**9))[0]
    monkeypatch.setattr(proposed, "ROWS", 50)
    for column, part in zip(whole, by_fingerprints(new, postings, (10**9, 10**9))[0], strict=True):
        assert column.tolist() == part.tolist()
    assert not len(by_fingerprints(new, postings, (0, 0))[0].texts)
    prints = [set(new.fingerprints[new.bounds[at] : new.bounds[at + 1]].tolist()) for at in range(30)]
    assert all(
        len(prints[text] & prints[source]) == strength
        for text, source, strength in zip(*(column.tolist() for column in whole), strict=True)
    )
    assert set(zip(whole.texts.tolist(), whole.sources.tolist(), strict=True)) >= {(at, at) for at in range(30)}


def test_a_damaged_index_is_one_error(tmp_path: Path) -> None:
    index = indexed(tmp_path, {"a": prose(1), "b": prose(2)})
    with writer(index, HERE) as connection, transaction(connection):
        connection.execute("DELETE FROM contents WHERE number = 1")
        with pytest.raises(DamagedError):
            held_by_index(connection, asked({"x": edited(prose(1))}), HERE)
        take_contents(connection, [1])
        assert held_by_index(connection, asked({"x": edited(prose(1))}), HERE) == {}
    assert np.array_equal(*[sketches([prose(1)], HERE).chosen([0]).fingerprints] * 2)
