from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compare.errors import InputError
from compare.files import staging as module
from compare.files.atomic import write_together
from compare.files.staging import staging

if TYPE_CHECKING:
    from pathlib import Path

VOUCHING = ("table.csv", "summary.json")


def written(folder: Path, text: str, names: tuple[str, ...] = ("kept/a.md", "table.csv", "summary.json")) -> None:
    with staging(folder) as staged:
        for name in names:
            staged.path(folder / name).write_text(text)
        staged.place(VOUCHING)


def texts(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_nothing_changes_until_all_is_written(tmp_path: Path) -> None:
    written(tmp_path, "old")
    before = texts(tmp_path)
    with pytest.raises(InputError, match="cannot be written: No space left"), staging(tmp_path) as staged:  # noqa: PT012
        staged.path(tmp_path / "kept/a.md").write_text("new")
        raise OSError(28, "No space left on device")
    assert texts(tmp_path) == before


def test_the_summary_goes_first_and_comes_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, "old")
    seen = []
    put = module._put  # noqa: SLF001  # each step is looked at

    def watched(staged: Path, target: Path) -> None:
        put(staged, target)
        seen.append({name: text for name, text in texts(tmp_path).items() if not name.startswith(".compare-")})

    monkeypatch.setattr(module, "_put", watched)
    written(tmp_path, "new")
    assert [sorted(files) for files in seen] == [
        ["kept/a.md"], ["kept/a.md", "table.csv"], ["kept/a.md", "summary.json", "table.csv"]
    ]  # fmt: skip
    assert all(text == "new" for files in seen for text in files.values())


def test_a_folder_is_made_only_where_a_file_goes_into_it(tmp_path: Path) -> None:
    with staging(tmp_path) as staged:
        staged.path(tmp_path / "kept/sub/a.md")
        staged.path(tmp_path / "summary.json").write_text("new")
        staged.place(("summary.json",))
    assert [path.name for path in tmp_path.iterdir()] == ["summary.json"]


def test_a_folder_in_the_way_is_told_before_anything_is_moved(tmp_path: Path) -> None:
    written(tmp_path, "old")
    (tmp_path / "kept" / "b.md").mkdir()
    before = texts(tmp_path)
    with pytest.raises(InputError, match=r"b\.md: cannot be written: it is there and is not a file"):
        written(tmp_path, "new", ("kept/b.md", "table.csv", "summary.json"))
    assert texts(tmp_path) == before


def test_links_are_followed_to_a_file_and_to_a_folder(tmp_path: Path) -> None:
    out, other = tmp_path / "out", tmp_path / "other"
    out.mkdir()
    other.mkdir()
    (out / "kept").symlink_to(other)
    (other / "real.csv").touch()
    (out / "table.csv").symlink_to(other / "real.csv")
    written(out, "new")
    assert [(out / name).is_symlink() for name in ("kept", "table.csv")] == [True, True]
    assert texts(other) == {"a.md": "new", "real.csv": "new"}


def test_a_linked_folder_of_another_disk_is_written_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace = type(tmp_path).replace

    def refused(self: Path, target: Path) -> Path:
        if self.parent.parent != target.parent.parent and target.parent.name == "kept" and self.parent != target.parent:
            raise OSError(18, "Invalid cross-device link")
        return replace(self, target)

    monkeypatch.setattr(type(tmp_path), "replace", refused)
    written(tmp_path, "new")
    assert texts(tmp_path) == {"kept/a.md": "new", "summary.json": "new", "table.csv": "new"}


def test_several_reports_are_written_before_the_first_takes_its_place(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("old")
    (tmp_path / "folder").mkdir()
    with pytest.raises(InputError, match="not a file"):
        write_together([(tmp_path / "a.json", b"new"), (tmp_path / "folder", b"new")])
    assert texts(tmp_path) == {"a.json": "old"}
    write_together([(tmp_path / "a.json", b"new"), (tmp_path / "b.sarif", b"new")])
    assert texts(tmp_path) == {"a.json": "new", "b.sarif": "new"}
