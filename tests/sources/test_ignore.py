from __future__ import annotations

import os
import random
import subprocess
import time
from pathlib import Path

import pytest
from examples import length

from compare.sources.ignore import LIMIT, WILD, Patterns, Rules, ignored, rules_in
from compare.sources.walk import plan

CASES = int(os.environ.get("COMPARE_IGNORE_CASES", "300"))
"""Random `.gitignore` files that are held against git; all of them are one call."""
TREE = [
    "a/", "a/b/", "a/b/c/", "a/b/c/a.md", "a/b/b", "a/a", "a/a.md", "ab/", "ab/a", "ab/b/", "ab/b/ab", "b/", "b/a/",
    "b/a/b", "b.md", "a.md", "aab", "abab", "-", "a-b", "[a]", "[", "]", "a]", "\\", "a\\b", "!a", "#a", "a ", "é",
    "éa", "ab/é/", "ab/é/b", "**", "a*", "*", "?", "a\nb", "A", "ab.a", "b/[a]/", "b/[a]/c", " a", "A1", "1", "_",
    "a/1/", "a/1/b/", "a/1/b/a", "c\x01",
]  # fmt: skip
PARTS = [
    "a", "b", "ab", "*", "**", "?", "/", "**/", "/**", "/**/", ".md", "[ab]", "[!a]", "[^b]", "[a-c]", "[]a]", "[!]]",
    "[a-]", "[[:alpha:]]", "[[:digit:]b]", "[[:space:]]", "[[:punct:]]", "[[:nope:]]", "[:a:]", "[a", "[", "]", "\\",
    "\\*", "\\[", "\\a", "\\ ", " ", "-", "é", "*a", "a*", "\\/", "[b-a]", "[\\]]", "[a-\\c]", "[/]", "[!/]", "1", "A",
    "[[a]", "[[:upper:]", "!", "#", "[é]", "[[:cntrl:]]", "c",
]  # fmt: skip
HAND = [
    "a**/b", "a**b", "**a", "a/**b", "ab**/b", "a/**/", "/**", "**/", "**", "*", "a/**/**/b", "**/**/b/**", "a*/b*/",
    "\\", "a\\", "[a-", "[[:", "[]", "[!]", "*a*b", "*b*", "a?/b", "?", "*/", "*/*", "*/**/b", "**\\/b", "a/**\\/b",
    "**/a*/**", "[[:]", "[[:a]]", "[a-[:alpha:]-z]", "!", "!!a", "\\!a", "\\#a", "#a", "a\\ ", "a ", "a  \\ ", "/a",
    "//a", "a//", "a/", "/", "!/", "*\n!a\n!b/\n!*.md", "a\n!a/b", "*.md\r\n!b.md\r\na b\r", "*é", "?a", "é*",
    "[[:alpha:][:digit:]]", "*[a]", "a\x00b", "\ufeffa", "***", "***/b", "a***/b", "ab/*/b", "*b*/*a*", "*]",
    "[!a-c]*", "*\\]", "\t", "a\t", "[a-c-e]", "[--1]", "[*]", "[?]a", "[\\a]", "[a\\]", "\\**", "*\\**",
]  # fmt: skip


def contents(cases: int) -> list[bytes]:
    """`.gitignore` files: those that a person thought of, and random ones of one to four lines."""
    draw = random.Random(10)
    drawn = [
        "\n".join(
            ("!" if draw.random() < 0.25 else "") + "".join(draw.choices(PARTS, k=draw.randint(1, 5)))
            for _ in range(draw.randint(1, 4))
        )
        for _ in range(cases)
    ]
    return [text.encode() for text in HAND + drawn]


def git_says(root: Path, asked: list[str]) -> dict[str, bool]:
    """Which paths git leaves out; one call for all."""
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(["git", "init", "-q", "."], cwd=root, check=True, env=environment)  # noqa: S607
    words = ["git", "check-ignore", "--no-index", "-z", "--stdin"]
    given = "\0".join(asked).encode()
    ended = subprocess.run(words, cwd=root, input=given, capture_output=True, check=False, env=environment)
    assert ended.returncode < 2, ended.stderr
    left_out = set(ended.stdout.decode().split("\0"))
    return {path: path in left_out for path in asked}


def we_say(rules: tuple[Rules, ...], path: str) -> bool:
    """Whether a walk from the top leaves a path out: itself, or a folder that it is in."""
    parts = path.rstrip("/").split("/")
    folders = ["/".join(parts[:size]) + "/" for size in range(1, len(parts))]
    return any(ignored(part, rules) for part in [*folders, path])


def test_what_git_leaves_out_we_leave_out_and_nothing_else(tmp_path: Path) -> None:
    asked = []
    for number, data in enumerate(contents(CASES)):
        case = tmp_path / str(number)
        for name in TREE:
            if name.endswith("/"):  # git takes what is not there for a file
                (case / name).mkdir(parents=True, exist_ok=True)
        (case / ".gitignore").write_bytes(data)
        asked += [f"{number}/{name}".rstrip("/") for name in TREE]
    wanted = git_says(tmp_path, asked)
    assert sum(wanted.values()) > len(asked) / 20
    wrong = {}
    for number, data in enumerate(contents(CASES)):
        rules = (rules_in(str(tmp_path / str(number)), ""),)
        for name in TREE:
            if we_say(rules, name) != wanted[f"{number}/{name}".rstrip("/")]:
                wrong.setdefault(data, []).append(name)
    assert wrong == {}


def test_inner_files_win_and_nothing_below_a_folder_that_is_left_out_comes_back(tmp_path: Path) -> None:
    files = {
        ".gitignore": "*.md\n!/keep.md\nout/\nx*/deep\n", "in/.gitignore": "!*.md\nb.md\n/c/\n",
        "in/c/.gitignore": "!a.md\n", "out/.gitignore": "!a.md\n", "in/d/.gitignore": "c/*\n!c/a.md\n",
    }  # fmt: skip
    names = ["a.md", "keep.md", "in/a.md", "in/b.md", "in/c/a.md", "in/d/c/a.md", "in/d/c/b.txt", "in/d/b.md",
             "out/a.md", "xy/deep/a.txt", "xy/z/deep/a.txt", "in/keep.md", "in/out/a.txt"]  # fmt: skip
    for name in [*names, *files]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(files.get(name, "text"), encoding="utf-8")
    wanted = git_says(tmp_path, names)
    kept = {file.id for file in plan([str(tmp_path)]).files}
    assert {name: name not in kept for name in names} == wanted
    assert 0 < sum(wanted.values()) < len(names)


MOST = 60
"""CPU s: each takes .1 to 3 alone, and up to 6 among other tests, whose objects the collector walks through."""
HOSTILE = {
    "forty times *a": b"*a" * 40 + b"b",
    "half a million times *a": b"*a" * length(500_000) + b"b",
    "folders in folders": b"**/" * length(10_000) + b"*a" * 50 + b"/b",
    "folders with a between": b"**/*a/" * 30 + b"b",
    "stars": b"*" * length(1_000_000) + b"b",
    "any byte": b"?" * length(1_000_000),
    "classes": b"*[!b]" * length(100_000) + b"c",
    "an open class": b"[" * length(1_000_000),
    "names in an open class": b"[" + b"[:" * length(500_000) + b"]",
    "backslashes": b"\\" * length(1_000_000),
    "spaces": b" " * length(500_000) + b"x" + b" " * length(500_000),
    "escaped spaces": b"\\ " * length(500_000),
    "short lines": b"".join(b"?%x\n" % at for at in range(length(250_000))),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_pattern_takes_a_second(name: str) -> None:
    begun = time.process_time()
    rules = (Rules("", Patterns.of(HOSTILE[name])),)
    for path in ("a" * 255, "/".join(["a" * 20] * 150), "a/" * 150 + "a" * 250):
        ignored(path, rules)
    assert time.process_time() - begun < MOST  # backtracking would need more than the age of the world


def test_a_hundred_thousand_patterns_are_read_and_followed(tmp_path: Path) -> None:
    kinds = [b"word-%06d.txt", b"*.end%06d", b"/folder/%06d/x.md", b"part/of/%06d/", b"!other%06d"]
    (tmp_path / ".gitignore").write_bytes(b"\n".join(kinds[at % 5] % at for at in range(length(100_000))))
    for name in ["word-000005.txt", "x.end000001", "x.end000002.md", *(f"{at}.md" for at in range(1000))]:
        (tmp_path / name).touch()
    begun = time.process_time()
    files = {file.id for file in plan([str(tmp_path)]).files}
    assert time.process_time() - begun < MOST  # .5 s
    assert files == {"x.end000002.md", *(f"{at}.md" for at in range(1000))}


def test_a_hundred_thousand_patterns_of_wildcards_are_one_automaton() -> None:
    count, begun = length(100_000), time.process_time()
    rules = (Rules("", Patterns.of(b"".join(b"*%d?[x-z]*.md\n" % at for at in range(count)))),)
    found = [ignored(name, rules) for name in (f"{count - 1}ax.md", f"b{count}456ybc.md", "bcd.md", "1a.md")]
    assert time.process_time() - begun < MOST  # .9 s
    assert found == [True, True, False, False]


@pytest.mark.parametrize(
    "data", [b"a.md\nb\xff.md\nc\x81", b"\xef\xbb\xbfa.md\r\n", b"a.md\0 and more\n", b"\x85\na.md"]
)
def test_bytes_that_are_no_text_are_taken_as_git_takes_them(tmp_path: Path, data: bytes) -> None:
    (tmp_path / ".gitignore").write_bytes(data)
    for name in (b"a.md", b"b\xff.md", b"b.md"):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).touch()
    left = {file.id for file in plan([str(tmp_path)]).files}
    assert "a.md" not in left
    assert "b.md" in left
    assert len(left) == (1 if b"b\xff" in data else 2)


@pytest.mark.parametrize("data", [b"a.md\n" + b"#" * LIMIT, b"".join(b"*%07d?\n" % at for at in range(WILD // 9 + 1))])
def test_a_gitignore_that_cannot_be_followed_is_told_and_hides_nothing(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.md").touch()
    (tmp_path / "in/.gitignore").write_bytes(data)
    files, skipped = plan([str(tmp_path)])
    assert [file.id for file in files] == ["in/a.md"]
    assert [(Path(one.path).name, one.lost) for one in skipped] == [(".gitignore", True)]
    assert "over the limit" in skipped[0].reason
    assert "not followed" in skipped[0].reason


def test_a_gitignore_that_is_a_link_or_no_file_is_told(tmp_path: Path) -> None:
    for name in ("link", "pipe", "folder"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.md").touch()
    (tmp_path / "rules").write_text("*\n", encoding="utf-8")
    (tmp_path / "link/.gitignore").symlink_to(tmp_path / "rules")
    os.mkfifo(tmp_path / "pipe/.gitignore")
    (tmp_path / "folder/.gitignore").mkdir()
    files, skipped = plan([str(tmp_path / name) for name in ("folder", "link", "pipe")])
    assert len(files) == 3
    assert [one.reason.partition(":")[0] for one in skipped] == ["a link, which is not followed", "a FIFO"]
    assert not any(one.lost for one in skipped)
