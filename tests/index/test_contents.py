"""An index hands out all that it holds, part by part."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compare.errors import InputError
from compare.index.contents import stored_documents
from compare.jobs.index import Index

if TYPE_CHECKING:
    from pathlib import Path


def test_all_documents_come_once_with_their_text_as_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# *The* bridge\n", "utf-8")
    (tmp_path / "t.jsonl").write_text("".join(f'{{"id": {n}, "text": "Text {n}"}}\n' for n in range(4)), "utf-8")
    Index.build(tmp_path / "i", [tmp_path / "a.md", tmp_path / "t.jsonl"])
    parts = list(stored_documents(tmp_path / "i", 2))
    assert [len(part) for part in parts] == [2, 2, 1]
    documents = {document.id: document for part in parts for document in part}
    assert sorted(documents) == ["a.md", *(f"t.jsonl#{number}" for number in range(4))]
    assert (documents["a.md"].text, documents["a.md"].row, bool(documents["a.md"].muted)) == (
        "# *The* bridge\n",
        False,
        True,
    )
    assert (documents["t.jsonl#2"].text, documents["t.jsonl#2"].row) == ("Text 2", True)
    with pytest.raises(InputError):
        list(stored_documents(tmp_path / "a.md", 2))
