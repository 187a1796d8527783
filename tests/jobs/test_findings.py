"""The tables of `dedup`, written in portions: the same rows, whoever writes them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import on_spark

from compare.jobs.dedup import Corpus, deduplicate_paths
from compare.pipeline.deduplicate import Keeping
from compare.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_portions_of_pairs_are_the_rows_of_one_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("compare.sources.spans.PART", 2000)
    names = ['a "b", c', "=1+1", "é😀", *map(str, range(27))]
    texts = [
        " ".join(f"{word}{number % 7}" for word in ("council", "vote", "river", "school") * 5) for number in range(30)
    ]
    rows = (json.dumps({"id": name, "text": text}) + "\n" for name, text in zip(names, texts, strict=True))
    (tmp_path / "in.jsonl").write_text("".join(rows), "utf-8")
    tables = []
    for engine, size in (("memory", 1 << 16), ("memory", 7), ("disk", 7), *((name, 7) for name in on_spark.ENGINE)):
        monkeypatch.setattr("compare.jobs.findings.ROWS", size)
        if engine == "spark":
            on_spark.context()
        corpus = Corpus((str(tmp_path / "in.jsonl"),), tmp_path / f"{engine}-{size}", workers=2)
        deduplicate_paths(corpus, Settings(engine=engine))
        tables.append((corpus.output / "pairs.csv").read_bytes())
    assert tables[0].count(b"\n") > 5 * 7
    assert set(tables) == {tables[0]}
    for derived in (True, False):
        corpus = Corpus((str(tmp_path / "in.jsonl"),), tmp_path / "facts", keeping=Keeping(derived=derived, facts=True))
        deduplicate_paths(corpus, Settings(engine="disk"))
        with_facts = (corpus.output / "pairs.csv").read_text("utf-8").splitlines()
        assert [line.rsplit(",", 2)[0] for line in with_facts] == tables[0].decode().splitlines()
