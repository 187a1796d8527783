from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from compare.errors import InputError
from compare.sources.walk import plan


def write(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name)


def ids(*paths: str | Path) -> list[str]:
    return [file.id for file in plan(paths).files]


def test_a_folder_is_read_in_the_order_of_relative_paths(tmp_path: Path) -> None:
    write(tmp_path, "b.md", "a/z.md", "a/b/c.txt", ".hidden/x.md", ".git/x.md", "a/.x.md")
    assert ids(tmp_path) == ["a/b/c.txt", "a/z.md", "b.md"]


def test_gitignore_holds_for_its_own_folder_and_an_inner_one_wins(tmp_path: Path) -> None:
    write(tmp_path, "a.log", "b.md", "build/c.md", "sub/a.log", "sub/keep.log", "sub/build/x/c.md", "sub/deep/d.md")
    (tmp_path / ".gitignore").write_text("*.log\n/build/\n!\n")
    (tmp_path / "sub/.gitignore").write_text("!keep.log\ndeep/*\n")
    assert ids(tmp_path) == ["b.md", "sub/build/x/c.md", "sub/keep.log"]
    assert ids(tmp_path / "a.log") == ["a.log"]


def test_links_pipes_and_sockets_are_skipped_once_each_and_never_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "x/a.md")
    Path("x/loop").symlink_to("../x")
    Path("x/self").symlink_to("self")
    Path("x/passwd.txt").symlink_to("/etc/passwd")
    os.mkfifo("x/pipe.md")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("x/sock")
        files, skipped = plan(["x"])
    assert [file.id for file in files] == ["a.md"]
    link = "a link, which is not followed"
    assert {item.path: item.reason for item in skipped} == {
        "x/loop": link,
        "x/self": link,
        "x/passwd.txt": link,
        "x/pipe.md": "a FIFO",
        "x/sock": "a socket",
    }


def test_an_input_may_itself_be_a_link(tmp_path: Path) -> None:
    write(tmp_path, "x/a.md")
    (tmp_path / "link").symlink_to("x")
    assert ids(tmp_path / "link") == ["a.md"]


def test_a_tree_of_3000_folders_is_one_skip(tmp_path: Path) -> None:
    root = tmp_path / "deep"
    root.mkdir()
    descriptor = os.open(root, os.O_RDONLY)
    for _ in range(3000):
        os.mkdir("d", dir_fd=descriptor)
        inner = os.open("d", os.O_RDONLY, dir_fd=descriptor)
        os.close(descriptor)
        descriptor = inner
    os.close(descriptor)
    write(root, "a.md")
    started = time.process_time()
    try:
        files, skipped = plan([root])
        matched = ids(f"{root}/**/*.md")
    finally:  # pytest's own cleaning recurses
        subprocess.run(["rm", "-rf", str(root)], check=True)  # noqa: S607
    assert time.process_time() - started < 5
    assert [file.id for file in files] == ["a.md"]
    assert [item.reason for item in skipped] == ["more than 200 folders deep"]
    assert matched == ["a.md"]


@pytest.mark.skipif(os.getuid() == 0, reason="root reads everything")
def test_an_unreadable_folder_is_a_skip(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir(mode=0)
    assert [item.reason for item in plan([tmp_path]).skipped] == ["unreadable"]


@pytest.mark.skipif(sys.platform == "darwin", reason="its file names are UTF-8")
def test_a_name_that_is_not_utf8_is_escaped_everywhere(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.md")).write_text("x")
    (file,) = plan([tmp_path]).files
    assert file.id == r"caf\xe9.md"
    assert file.shown.encode().endswith(rb"caf\xe9.md")
    assert Path(file.path).read_text() == "x"


def test_names_that_are_equal_once_escaped_are_an_error(tmp_path: Path) -> None:
    for name in (b"caf\xe9.md", rb"caf\xe9.md"):
        (tmp_path / os.fsdecode(name)).write_text("x")
    with pytest.raises(InputError, match="duplicate id"):
        plan([tmp_path])


def test_globs_match_level_by_level_and_hidden_names_only_when_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "a/1.md", "a/2.txt", "a/.3.md", "b/c/4.md", "[x].md")
    assert ids("a/*.md") == ["1.md"]
    assert ids("a/.*.md") == [".3.md"]
    assert ids("**/*.md") == ["[x].md", "1.md", "4.md"]
    assert ids("[x].md") == ["[x].md"]
    assert ids("?") == ["1.md", "2.txt", "c/4.md"]
    assert ids("**") == ids(".") == ["[x].md", "a/1.md", "a/2.txt", "b/c/4.md"]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("http://x.y/a.md", "URLs are not read"),
        ("s3://bucket/a", "URLs are not read"),
        (Path("https://x.y"), "URLs are not read"),
        ("no\n\x1bsuch\udcff", r"no\\n\\x1bsuch\\xff: no such file"),
        ("no/*.md", "no file matches"),
        ("", "no such file"),
        ("a\0b", "no such file"),
    ],
)
def test_a_path_that_cannot_be_read_is_one_plain_line(given: str | Path, message: str) -> None:
    with pytest.raises(InputError, match=message) as error:
        plan([given])
    assert str(error.value).isprintable()


def test_a_file_named_twice_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "x/a.md")
    assert ids("x", "x/a.md", tmp_path / "x", "./x/../x/a.md") == ["a.md"]


def test_equal_names_in_two_inputs_become_paths_below_the_parent_they_share(tmp_path: Path) -> None:
    write(tmp_path, "old/x/a.md", "new/x/a.md", "new/x/b.md")
    assert ids(tmp_path / "old/x/a.md", tmp_path / "new/x/a.md") == ["old/x/a.md", "new/x/a.md"]
    assert ids(tmp_path / "old", tmp_path / "new") == ["old/x/a.md", "new/x/a.md", "new/x/b.md"]


def test_a_pattern_of_many_stars_takes_no_longer_than_one_of_few(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "/".join("a" * 12) + "/b.md", "a/a/c.md", "d" * 200 + "/e.md")
    begun = time.process_time()
    files = plan(["/".join(["**"] * 40) + "/*.md"]).files  # a folder 12 deep would stand in the list a billion times
    assert [file.id.rpartition("/")[2] for file in files] == ["b.md", "c.md", "e.md"]
    with pytest.raises(InputError, match="no file matches"):
        plan(["*d" * 60 + "*x*"])
    assert time.process_time() - begun < 2
