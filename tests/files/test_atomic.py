from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compare.errors import InputError
from compare.files.atomic import replacing, write_atomically

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_is_written_whole_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "new" / "report.html"
    write_atomically(target, b"one")
    write_atomically(target, b"two")
    assert target.read_bytes() == b"two"
    assert list(target.parent.iterdir()) == [target]


@pytest.mark.parametrize("failure", [KeyboardInterrupt, ValueError])
def test_a_failure_while_writing_leaves_the_old_file(tmp_path: Path, failure: type[BaseException]) -> None:
    target = tmp_path / "report.html"
    target.write_bytes(b"old")
    with pytest.raises(failure), replacing(target) as file:  # noqa: PT012 - the failure is inside
        file.write(b"half")
        raise failure
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_full_disk_is_one_plain_line(tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    with pytest.raises(InputError, match=r"report\.html: cannot be written: No space left"), replacing(target):
        raise OSError(28, "No space left on device")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_or_a_file_in_the_way_is_one_plain_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not a file"):
        write_atomically(tmp_path, b"")
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="cannot be written"):
        write_atomically(tmp_path / "file" / "report", b"")


def test_a_link_is_followed_and_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to("real")
    write_atomically(tmp_path / "link", b"new")
    assert (tmp_path / "real").read_bytes() == b"new"
    assert (tmp_path / "link").is_symlink()


def test_who_may_read_a_file_may_read_the_new_one_and_nobody_else(tmp_path: Path) -> None:
    target = tmp_path / "private.toml"
    target.write_bytes(b"old")
    target.chmod(0o640)
    write_atomically(target, b"new")
    assert (target.read_bytes(), target.stat().st_mode & 0o777) == (b"new", 0o640)
