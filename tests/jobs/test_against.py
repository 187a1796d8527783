"""A corpus held against other files: what is written, and what is refused."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import pytest

from compare.cli.dedup import falling
from compare.errors import InputError, SettingsError
from compare.jobs.dedup import Corpus, deduplicate_paths
from compare.jobs.index import Index
from compare.model import Verdict
from compare.pipeline.deduplicate import Keeping
from compare.settings import Settings
from compare.terminal.summary import dedup_summary

if TYPE_CHECKING:
    from pathlib import Path

    from compare.model import Summary

TEXT = "The council voted on Monday to close the old bridge for two years while a new one is built beside it."
OTHER = "A choir of eighty singers from three villages will open the concert hall in June with a work of its own."


def table(path: Path, rows: list[tuple[object, str]]) -> str:
    path.write_text("".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in rows), "utf-8")
    return str(path)


def deduplicated(inputs: str, against: tuple[str, ...], out: Path, keeping: Keeping = Keeping()) -> Summary:  # noqa: B008  # frozen
    return deduplicate_paths(Corpus((inputs,), out, keeping=keeping, workers=1, against=against), Settings())


def test_a_corpus_is_told_which_item_it_holds_and_where(tmp_path: Path) -> None:
    own = table(tmp_path / "a.jsonl", [(1, TEXT), (2, OTHER), (3, f"{TEXT} {OTHER}"), (4, OTHER)])
    (tmp_path / "b").mkdir()
    (tmp_path / "b/note.txt").write_text("Of nobody is anything said in these few words of ours.", "utf-8")
    table(tmp_path / "b/t.jsonl", [(2, "Here is one that nobody copied, of another day."), (1, TEXT)])
    summary = deduplicated(own, (str(tmp_path / "b"),), tmp_path / "out")
    with (tmp_path / "out/against.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, strict=True))
    assert [tuple(row.values())[:5] for row in rows] == [
        ("1", "1", f"{tmp_path}/b/t.jsonl:2", "identical", "yes"),
        ("3", "1", f"{tmp_path}/b/t.jsonl:2", "contains", "no"),
    ]
    assert (rows[0]["jaccard"], rows[1]["containment_against"]) == ("1.0", "1.0")
    assert [json.loads(line)["id"] for line in (tmp_path / "out/kept/a.jsonl").open()] == [3]
    assert sorted(path.name for path in (tmp_path / "out/kept").iterdir()) == ["a.jsonl"]
    assert (summary.documents, summary.kept, summary.dropped_documents) == (4, 1, 3)
    assert summary.dropped_for == {"contained": 2, "identical": 1}
    assert summary.against == {"documents": 3, "matched": 2, "fell": 1}
    lines = dedup_summary(summary, "out")
    assert "Held against 3 documents, neither dropped nor written: 2 documents are" in lines
    assert "hold one; 1 of them falls for it." in lines
    deduplicated(own, (), tmp_path / "out")
    assert not (tmp_path / "out/against.csv").exists()


def test_facts_stand_behind_the_scores_where_they_are_asked(tmp_path: Path) -> None:
    own = table(tmp_path / "a.jsonl", [(1, TEXT)])
    against = table(tmp_path / "b.jsonl", [(1, TEXT.replace("two years", "three years"))])
    summary = deduplicated(own, (against,), tmp_path / "out", Keeping(facts=True, different_stay=True))
    with (tmp_path / "out/against.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file, strict=True)
    assert (row["falls"], row["facts_differ"]) == ("no", "1")
    assert summary.dropped_documents == 0


def test_an_index_is_held_against_as_its_files_are(tmp_path: Path) -> None:
    own = table(tmp_path / "a.jsonl", [(1, TEXT), (2, OTHER)])
    table(tmp_path / "b.jsonl", [(number, f"Number {number} of nobody.") for number in range(9)])
    (tmp_path / "c.md").write_text(f"# *The* bridge\n\n{TEXT}\n", "utf-8")
    Index.build(tmp_path / "i", [tmp_path / "b.jsonl", tmp_path / "c.md"])
    summary = deduplicated(own, (str(tmp_path / "i"), f"{tmp_path}/./i"), tmp_path / "out")
    assert summary.against == {"documents": 10, "matched": 1, "fell": 1}
    assert f"1,c.md,{tmp_path}/i,near-duplicate,yes," in (tmp_path / "out/against.csv").read_text("utf-8")


def test_what_could_not_be_read_of_the_others_is_told(tmp_path: Path) -> None:
    own = table(tmp_path / "a.jsonl", [(1, TEXT)])
    (tmp_path / "b.jsonl").write_text('not JSON\n{"id": 1, "text": "Nothing of it at all."}\n', "utf-8")
    assert deduplicated(own, (str(tmp_path / "b.jsonl"),), tmp_path / "out").unread == 1


def test_one_file_on_both_sides_and_an_output_inside_are_refused(tmp_path: Path) -> None:
    own = table(tmp_path / "a.jsonl", [(1, TEXT)])
    with pytest.raises(InputError, match="read as input and for --against"):
        deduplicated(own, (str(tmp_path),), tmp_path / "out")
    (tmp_path / "b").mkdir()
    table(tmp_path / "b/t.jsonl", [(1, TEXT)])
    with pytest.raises(InputError, match="lies inside --against"):
        deduplicated(own, (str(tmp_path / "b"),), tmp_path / "b/out")
    deduplicated(own, (), tmp_path / "out")
    with pytest.raises(InputError, match="would be overwritten by what is kept"):
        deduplicated(table(tmp_path / "b/a.jsonl", [(2, OTHER)]), (str(tmp_path / "out/kept"),), tmp_path / "out")
    (tmp_path / "empty.jsonl").write_text("", "utf-8")
    with pytest.raises(InputError, match="nothing to read"):
        deduplicated(own, (str(tmp_path / "empty.jsonl"),), tmp_path / "out")


def test_what_falls_is_a_list_of_verdicts_or_nothing() -> None:
    assert falling("none", against=False) == (frozenset(), False)
    assert falling("identical, contains", against=True) == ({Verdict.IDENTICAL}, True)
    for wrong in ("contains", "derived", "none,identical", ""):
        with pytest.raises(SettingsError, match="--drop"):
            falling(wrong, against=False)
