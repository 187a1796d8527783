from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from compare.errors import InputError
from compare.model import Document, Skipped
from compare.settings import Settings
from compare.sources import git
from compare.sources.fields import Fields, Reading
from compare.sources.read import read
from compare.sources.walk import plan

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

READING = Reading(Settings(), Fields(), digest=True)
ODD = ["-leading.md", "new\nline.md", 'quo"te.md', "tab\t.md", "é.md", os.fsdecode(b"\xff.md"), ":(top)x.md", "a b*.md"]


@pytest.fixture(autouse=True)
def _plain_git(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"GLOBAL": os.devnull, "SYSTEM": os.devnull}.items():
        monkeypatch.setenv(f"GIT_CONFIG_{name}", value)
    monkeypatch.delenv("GIT_DIR", raising=False)


def run_git(folder: Path, *words: str) -> str:
    who = ["-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgSign=false"]
    return subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True, text=True).stdout  # noqa: S607


def write(root: Path, **files: str) -> None:
    for name, text in files.items():
        place(root, name).write_text(text)


def place(root: Path, name: str) -> Path:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    return root / name


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    """A repository with a commit of some articles."""
    root = tmp_path.resolve() / "repo"
    root.mkdir()
    run_git(root, "init", "-q", "-b", "main")
    for name in ("same.md", "edited.md", "staged.md", "gone.md", "moved.md", "sub/deep.txt"):
        place(root, name).write_text(f"text of {name}\n")
    commit(root)
    return root


def commit(root: Path) -> None:
    run_git(root, "add", "-A")
    run_git(root, "commit", "-q", "-m", "state")


def changed(folder: Path, ref: str = "HEAD", *inputs: Path) -> set[str]:
    """Ids of the documents below a folder that differ from a ref."""
    inputs = inputs or (folder,)
    items = list(read(inputs, READING.settings, tracked=git.tracked_in(inputs)))
    documents = [item for item in items if isinstance(item, Document)]
    assert documents
    return git.changed_documents(documents, git.changed_from(str(folder), ref), str(folder), READING)


# --- tracked files -------------------------------------------------------------------------------------------------


def test_tracked_files_are_read_though_ignored_or_hidden(repo: Path) -> None:
    write(repo, **{".gitignore": "drafts/\n*.txt\n", "drafts/a.md": "a", ".house/b.md": "b", ".house/c.png": "c"})
    run_git(repo, "add", "-f", "-A", ".")
    write(repo, **{"drafts/new.md": "untracked and ignored", ".house/new.md": "untracked and hidden"})
    tracked = git.tracked_in([repo])
    assert str(repo / "drafts/a.md") in tracked
    ids = [file.id for file in plan([repo], tracked).files]
    assert ids == sorted(ids)
    hidden = {"drafts/a.md", ".house/b.md", "sub/deep.txt"}
    assert set(ids) - {file.id for file in plan([repo]).files} == hidden
    assert {file.id for file in plan([repo / "drafts"], tracked).files} == {"a.md", "new.md"}
    both = [file.path for file in plan([repo / "sub", repo], tracked).files]
    assert sorted(both) == sorted(str(repo / name) for name in ids)


def test_a_tracked_file_that_is_gone_or_now_behind_a_link_is_none_and_a_link_is_lost(repo: Path) -> None:
    write(repo, **{".d/a.md": "a", ".d/b.md": "b", ".e/c.md": "c"})
    (repo / ".d/link.md").symlink_to("/etc/hostname")
    commit(repo)
    (repo / ".d/a.md").unlink()
    (repo / ".e").rename(repo / ".f")
    (repo / ".e").symlink_to(".f")
    files, skipped = plan([repo], git.tracked_in([repo]))
    assert [file.id for file in files if file.id[0] == "."] == [".d/b.md"]
    assert skipped == (Skipped(str(repo / ".d/link.md"), "a link, which is not followed", lost=True),)


@pytest.mark.parametrize("name", ODD)
def test_odd_names_are_tracked_and_their_edits_are_seen(repo: Path, name: str) -> None:
    place(repo, f".h/{name}").write_text("one")
    place(repo, f"v/{name}").write_text("one")
    commit(repo)
    assert str(repo / ".h" / name) in git.tracked_in([repo])
    assert changed(repo) == set()
    (repo / ".h" / name).write_text("two")
    (item,) = changed(repo)
    assert item.startswith(".h/")
    assert {str(repo / "v" / name)} == git.tracked(git.Repository(str(repo)), str(repo / "v"))


def test_a_folder_outside_a_repository_has_no_tracked_files(tmp_path: Path) -> None:
    assert git.repository(str(tmp_path)) is None
    assert git.tracked_in([tmp_path]) == frozenset()
    run_git(tmp_path, "init", "-q", "--bare", "bare")
    assert git.repository(str(tmp_path / "bare")) is None
    with pytest.raises(InputError, match="is in no working tree"):
        git.changed_from(str(tmp_path / "bare"), "HEAD")


def test_a_repository_is_found_from_a_file_and_through_a_link(repo: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(repo)
    expected = git.Repository(str(repo))
    assert git.repository(str(repo / "sub/deep.txt")) == git.repository(str(tmp_path / "link/sub")) == expected
    write(repo, **{".h/a.md": "a"})
    commit(repo)
    assert ".h/a.md" in [file.id for file in plan([tmp_path / "link"], git.tracked_in([tmp_path / "link"])).files]


# --- what has changed ----------------------------------------------------------------------------------------------


def test_staged_unstaged_untracked_renamed_and_ignored_files_have_changed(repo: Path) -> None:
    assert changed(repo) == set()
    write(repo, **{"edited.md": "edit", "staged.md": "stage", ".gitignore": "ignored.md\n", "ignored.md": "x"})
    write(repo, **{"new.md": "untracked", "added.md": "staged new"})
    run_git(repo, "add", "staged.md", "added.md")
    (repo / "gone.md").unlink()
    run_git(repo, "mv", "moved.md", "sub/moved.md")
    expected = {"edited.md", "staged.md", "new.md", "added.md", "sub/moved.md"}
    assert changed(repo) == expected
    assert changed(repo, "HEAD", repo, repo / "ignored.md") == expected | {"ignored.md"}
    commit(repo)
    assert changed(repo) == set()
    assert changed(repo, "HEAD~1") == expected


def test_a_subfolder_may_be_the_input(repo: Path) -> None:
    write(repo, **{"sub/deep.txt": "new words", "edited.md": "edit"})
    assert changed(repo / "sub") == {"deep.txt"}


def test_bytes_count_and_times_modes_and_line_ends_do_not(repo: Path) -> None:
    os.utime(repo / "same.md", (0, 0))
    (repo / "edited.md").chmod(0o755)
    (repo / "staged.md").write_bytes(b"text of staged.md\r\n")
    run_git(repo, "update-index", "--assume-unchanged", "gone.md")
    before = (repo / "gone.md").stat()
    (repo / "gone.md").write_text("TEXT of gone.md\n")
    os.utime(repo / "gone.md", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert changed(repo) == {"gone.md"}


def test_line_ends_are_told_across_blocks(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(repo, **{"same.md": "a\nbb\n\nccc\n"})
    commit(repo)
    (repo / "same.md").write_bytes(b"a\r\nbb\r\n\r\nccc\r\n")
    for size in range(1, 12):
        monkeypatch.setattr(git, "_BLOCK", size)
        assert changed(repo) == set()
    (repo / "same.md").write_bytes(b"a\r\nbb\r\n\r\nccc\r\r\n")
    assert changed(repo) == {"same.md"}


@pytest.mark.parametrize("kind", ["jsonl", "csv"])
def test_of_a_changed_table_only_the_rows_that_differ_have_changed(repo: Path, kind: str) -> None:
    def table(*rows: tuple[str, str]) -> str:
        if kind == "csv":
            return "id,text\n" + "".join(f"{id_},{text}\n" for id_, text in rows)
        return "".join(f'{{"id": "{id_}", "text": "{text}"}}\n' for id_, text in rows)

    path = repo / f"t.{kind}"
    path.write_text(table(("1", "one"), ("2", "two"), ("3", "three"), ("", "no id")))
    commit(repo)
    path.write_text(table(("4", "four"), ("", "no id"), ("", "new"), ("3", "THREE"), ("2", "two"), ("5", "one")))
    assert changed(repo) == {"4", "3", "5", f"t.{kind}:{4}" if kind == "csv" else f"t.{kind}:3"}


def test_a_row_without_an_id_that_is_put_in_once_more_has_changed(repo: Path) -> None:
    one, two = '{"text": "one"}\n', '{"text": "two"}\n'
    write(repo, **{"t.jsonl": one + two + one})
    commit(repo)
    write(repo, **{"t.jsonl": two + one + one})
    assert changed(repo) == set()
    write(repo, **{"t.jsonl": one + two + one + two})
    assert changed(repo) == {"t.jsonl:4"}


def test_rows_are_known_by_the_name_they_have_in_the_gate(repo: Path) -> None:
    write(repo, **{"t.jsonl": '{"id": "1", "text": "one"}\n'})
    commit(repo)
    write(repo, **{"t.jsonl": '{"id": "1", "text": "one"}\n{"id": "2", "text": "one"}\n'})
    rows = [item for item in read([repo / "t.jsonl"], READING.settings) if isinstance(item, Document)]
    named = [Document(f"t.jsonl#{row.id}", row.text, "t.jsonl", sha256=row.sha256) for row in rows]
    assert git.changed_documents(named, git.changed_from(str(repo), "HEAD"), str(repo), READING) == {"t.jsonl#2"}
    blind = [Document(row.id, row.text, "t.jsonl") for row in rows]  # no digest: nothing is known
    assert git.changed_documents(blind, git.changed_from(str(repo), "HEAD"), str(repo), READING) == {"1", "2"}


def test_documents_outside_the_repository_have_changed(repo: Path, tmp_path: Path) -> None:
    (tmp_path / "out.md").write_text("text of same.md\n")
    assert changed(repo, "HEAD", repo, tmp_path / "out.md") == {"out.md"}


def test_nested_repositories_and_links_are_no_obstacle(repo: Path) -> None:
    write(repo, **{"inner/a.md": "a"})
    run_git(repo / "inner", "init", "-q", "-b", "main")
    commit(repo / "inner")
    (repo / "ln.md").symlink_to("same.md")
    commit(repo)  # a link to the inner repository's commit, as of a submodule
    assert changed(repo) == {"inner/a.md"}
    assert changed(repo, "HEAD", repo / "ln.md") == set()
    assert str(repo / "inner") in git.tracked(git.Repository(str(repo)), str(repo))
    assert changed(repo / "inner") == set()


# --- refs ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "ref",
    [
        *(
            "main~3",
            "-x",
            "--all",
            "--upload-pack=touch pwned",
            "--output=pwned",
            "HEAD:same.md",
            "main..main",
            "^main",
        ),
        *("", "a\0b", "HEAD --all", "$(touch pwned)", "; touch pwned", "\n", "\udcff"),
    ],
)
def test_what_is_no_commit_is_one_plain_line(repo: Path, ref: str) -> None:
    with pytest.raises(InputError, match=r"no such commit here; in CI fetch it first") as caught:
        git.changed_from(str(repo), ref)
    assert len(str(caught.value).splitlines()) == 1
    assert not (repo / "pwned").exists()


def test_a_branch_whose_name_begins_with_a_dash_can_be_named(repo: Path) -> None:
    run_git(repo, "update-ref", "refs/heads/-x", "HEAD")
    write(repo, **{"edited.md": "edit"})
    assert changed(repo, "-x") == {"edited.md"}
    assert git.changed_from(str(repo), "-x").commit == run_git(repo, "rev-parse", "main").strip()


def test_a_shallow_clone_says_what_to_do(repo: Path, tmp_path: Path) -> None:
    write(repo, **{"edited.md": "edit"})
    commit(repo)
    run_git(tmp_path, "clone", "-q", "--depth=1", f"file://{repo}", "shallow")
    assert changed(tmp_path / "shallow") == set()
    with pytest.raises(InputError, match=r"HEAD~1: no such commit here; .* fetch-depth: 0"):
        git.changed_from(str(tmp_path / "shallow"), "HEAD~1")


def test_a_repository_with_other_hashes_is_read_too(tmp_path: Path) -> None:
    root = tmp_path.resolve()
    run_git(root, "init", "-q", "--object-format=sha256")
    write(root, **{"a.md": "a", "b.md": "b"})
    commit(root)
    write(root, **{"b.md": "new"})
    assert changed(root) == {"b.md"}


def test_without_git_nothing_is_tracked_and_a_ref_is_an_error(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repo))
    assert git.tracked_in([repo]) == frozenset()
    with pytest.raises(InputError, match="git is not installed"):
        git.changed_from(str(repo), "HEAD")


def test_a_repository_that_git_does_not_trust_is_an_error_and_not_none(
    repo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setattr(git, "_KEPT", {"GIT_TEST_ASSUME_DIFFERENT_OWNER"})
    with pytest.raises(InputError, match="does not trust this repository"):
        git.tracked_in([repo])
    monkeypatch.undo()
    (repo / ".git/config").write_text("[broken\n")
    with pytest.raises(InputError, match="bad config line 1"):
        git.repository(str(repo))


def test_a_hook_of_another_repository_does_not_mislead(
    repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "no index"))
    assert str(repo / "same.md") in git.tracked_in([repo])


def test_the_settings_of_a_hostile_repository_run_nothing(repo: Path) -> None:
    write(repo, **{"t.jsonl": '{"id": "1", "text": "one"}\n', ".gitattributes": "* filter=x diff=x\n"})
    commit(repo)
    sign, script = repo.parent / "pwned", repo.parent / "evil"
    script.write_text(f"#!/bin/sh\ntouch '{sign}'\ncat\n")
    script.chmod(0o755)
    for name in ("core.fsmonitor", "core.sshCommand", "core.pager", "core.editor", "core.askPass", "gpg.program"):
        run_git(repo, "config", name, str(script))
    for name in ("diff.external", "diff.x.textconv", "diff.x.command", "filter.x.clean", "filter.x.smudge"):
        run_git(repo, "config", name, str(script))
    settings = {"filter.x.process": str(script), "filter.x.required": "true", "core.hooksPath": "hooks"}
    for name, value in settings.items():
        run_git(repo, "config", name, value)
    hooks = {f"hooks/{name}": script.read_text() for name in ("post-index-change", "reference-transaction")}
    write(repo, **hooks)
    for name in hooks:
        (repo / name).chmod(0o755)
    sign.unlink(missing_ok=True)
    write(repo, **{"edited.md": "edit", "t.jsonl": '{"id": "1", "text": "one"}\n{"id": "2", "text": "two"}\n'})
    assert changed(repo) == {"edited.md", "2"}
    assert not sign.exists()


def test_a_partial_clone_fetches_nothing(repo: Path, tmp_path: Path) -> None:
    write(repo, **{"t.jsonl": '{"id": "1", "text": "one"}\n'})
    commit(repo)
    write(repo, **{"t.jsonl": '{"id": "1", "text": "one"}\n{"id": "2", "text": "two"}\n'})
    commit(repo)
    run_git(repo, "config", "uploadpack.allowFilter", "true")
    run_git(tmp_path, "clone", "-q", "--filter=blob:none", f"file://{repo}", "partial")
    run_git(tmp_path / "partial", "config", "remote.origin.uploadpack", f"touch {tmp_path}/pwned; git-upload-pack")
    assert changed(tmp_path / "partial", "HEAD~1") == {"1", "2"}  # what the table held cannot be had: all rows count
    assert not (tmp_path / "pwned").exists()
