"""Documents are known by their place, whatever their ids are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.settings import Settings
from compare.sources.fields import Fields
from compare.sources.located import located_batches

if TYPE_CHECKING:
    from pathlib import Path


def test_one_id_may_stand_in_two_tables_and_each_row_has_its_place(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('\n{"id": 7, "text": "One."}\n{"text": "Two."}\n{"id": 8}\n', "utf-8")
    (tmp_path / "b.csv").write_text("id,text\n7,Three.\n", "utf-8")
    (tmp_path / "c.md").write_text("---\nid: 7\n---\nFour.\n", "utf-8")
    (part,) = located_batches([tmp_path], Settings(), Fields(), 10)
    assert part.ids == ["7", "a.jsonl:3", "7", "c.md"]
    assert part.places == [f"{tmp_path}/{place}" for place in ("a.jsonl:2", "a.jsonl:3", "b.csv:2", "c.md")]
    assert len(part.skipped) == 1
