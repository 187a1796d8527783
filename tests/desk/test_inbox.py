"""The inbox: what comes into a folder is taken in once, judged, and remembered."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from desks import STORY

from compare.desk.inbox import Inbox
from compare.errors import InputError
from compare.settings import Settings
from compare.sources.named import Names

if TYPE_CHECKING:
    from pathlib import Path

    from compare.model import Document


def _inbox(folder: Path, added: list[str] | None = None, *, at_once: bool = False) -> Inbox:
    watched = folder / "incoming"
    watched.mkdir(exist_ok=True)

    def judged(document: Document) -> tuple[str, bool]:
        return f"{len(document.text)} characters", "4.2" in document.text

    adding = None if added is None else added.append
    names = Names(folder)
    return Inbox(watched, folder / "inbox.json", Settings(), names, judged, lambda: "2026-03-03T10:00", adding, at_once)


def test_a_file_is_taken_in_once_it_has_come_to_rest(tmp_path: Path) -> None:
    inbox = _inbox(tmp_path)
    file = tmp_path / "incoming" / "a.txt"
    file.write_text("The ferry", "utf-8")
    inbox.look()
    assert inbox.items == ()
    file.write_text(STORY, "utf-8")
    inbox.look()
    assert inbox.items == ()
    inbox.look()
    (item,) = inbox.items
    assert (item.needed, item.state) == (True, "new")
    inbox.look()
    assert inbox.items == (item,)


def test_a_restart_goes_on_where_it_was_and_a_changed_file_comes_again(tmp_path: Path) -> None:
    inbox = _inbox(tmp_path)
    file = tmp_path / "incoming" / "a.txt"
    file.write_text(STORY, "utf-8")
    for _ in range(2):
        inbox.look()
    inbox.set(inbox.items[0].key, "done")
    again = _inbox(tmp_path)
    for _ in range(3):
        again.look()
    assert [item.state for item in again.items] == ["done"]
    file.write_text(STORY + "More words.\n", "utf-8")
    for _ in range(2):
        again.look()
    assert [item.state for item in again.items] == ["new"]


def test_rows_hidden_files_and_what_cannot_be_read(tmp_path: Path) -> None:
    inbox = _inbox(tmp_path)
    folder = tmp_path / "incoming"
    (folder / "wire.jsonl").write_text("".join(json.dumps({"id": n, "text": STORY}) + "\n" for n in "ab"), "utf-8")
    for name in (".hidden.txt", "~$lock.txt", "late.txt.part"):
        (folder / name).write_text(STORY, "utf-8")
    (folder / "broken.jsonl").write_text("{", "utf-8")
    for _ in range(2):
        inbox.look()
    assert sorted(item.id for item in inbox.items) == [
        "broken.jsonl", "incoming/wire.jsonl#a", "incoming/wire.jsonl#b",
    ]  # fmt: skip
    (broken,) = (item for item in inbox.items if item.id == "broken.jsonl")
    assert broken.sentence.startswith("not read: ")
    assert broken.needed


def test_what_comes_is_added_on_a_click_or_at_once(tmp_path: Path) -> None:
    added: list[str] = []
    file = tmp_path / "incoming" / "a.txt"
    inbox = _inbox(tmp_path, added)
    file.write_text(STORY, "utf-8")
    for _ in range(2):
        inbox.look()
    assert added == []
    assert inbox.add(inbox.items[0].key).added
    assert added == [str(file)]
    (tmp_path / "inbox.json").unlink()
    inbox = _inbox(tmp_path, added, at_once=True)
    for _ in range(2):
        inbox.look()
    assert ([(item.added, item.state) for item in inbox.items], added) == ([(True, "new")], [str(file)] * 2)


def test_without_an_archive_nothing_can_be_added(tmp_path: Path) -> None:
    inbox = _inbox(tmp_path)
    (tmp_path / "incoming" / "a.txt").write_text(STORY, "utf-8")
    for _ in range(2):
        inbox.look()
    with pytest.raises(InputError, match="no archive"):
        inbox.add(inbox.items[0].key)
    assert not inbox.items[0].added


def test_what_could_not_be_read_is_not_added_and_says_so(tmp_path: Path) -> None:
    added: list[str] = []
    inbox = _inbox(tmp_path, added, at_once=True)
    (tmp_path / "incoming" / "broken.jsonl").write_text("{", "utf-8")
    for _ in range(2):
        inbox.look()
    (item,) = inbox.items
    assert (item.read, item.added, item.needed, added) == (False, False, True, [])
    with pytest.raises(InputError, match="cannot be added: not read"):
        inbox.add(item.key)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"items": 3}', '{"format": "other/1"}'])
def test_what_is_no_inbox_is_said(content: str, tmp_path: Path) -> None:
    (tmp_path / "inbox.json").write_text(content, "utf-8")
    with pytest.raises(InputError, match=r"is (no|an) inbox"):
        _inbox(tmp_path)
