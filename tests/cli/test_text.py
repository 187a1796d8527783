"""`compare text`: what is read of a document; and git, which shows by it what was changed in one."""

from __future__ import annotations

import os
import re
import subprocess
from typing import TYPE_CHECKING, Any

from compare.documents.docx_made import docx_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

OLD = ["Harbour wall", "The council put the damage at 4.2 million pounds.", "Boats sail."]
NEW = [OLD[0], OLD[1].replace("4.2", "4.6"), OLD[2]]
_BLOCK = re.compile(r"```(sh|gitattributes)\n(.*?)```", re.DOTALL)


def test_a_document_is_printed_as_it_is_read(tmp_path: Path, run: Callable[..., Any]) -> None:
    (tmp_path / "story.docx").write_bytes(docx_of(OLD))
    ended = run("text", "story.docx", CWD=str(tmp_path))
    assert (ended.returncode, ended.stdout) == (0, "\n\n".join(OLD) + "\n"), ended.stderr
    (tmp_path / "broken.docx").write_bytes(docx_of(OLD)[:99])
    ended = run("text", "broken.docx", CWD=str(tmp_path))
    assert (ended.returncode, ended.stdout, ended.stderr.count("\n")) == (2, "", 1)


def test_git_shows_what_was_changed_as_the_page_says(
    tmp_path: Path, root: Path, asking: tuple[Path, tuple[int, ...]]
) -> None:
    blocks = _BLOCK.findall((root / "docs" / "how-to-use-with-git.md").read_text("utf-8"))
    shell = "".join(line for kind, line in blocks if kind == "sh").replace("HEAD~1", "HEAD")
    repo = tmp_path / "repo"
    repo.mkdir()
    (repo / ".gitattributes").write_text("".join(line for kind, line in blocks if kind == "gitattributes"))
    _write(repo, OLD)
    begin = "git init -q; git add -A; git -c user.name=a -c user.email=a@b commit -qm one"
    _shell(begin, repo, asking)
    _write(repo, NEW)
    said = _shell(f"{shell}\ngit diff --word-diff", repo, asking)
    assert "The council put the damage at [-4.2-]{+4.6+} million pounds." in said
    told = "1  figure changed: The council put the damage at [-4.2-]{+4.6+} million pounds."
    assert said.count(" ".join(told.split())) == 2  # by the tool, and by the driver


def _write(repo: Path, paragraphs: list[str]) -> None:
    (repo / "story.docx").write_bytes(docx_of(paragraphs))
    (repo / "story.md").write_text("\n\n".join(paragraphs), "utf-8")


def _shell(commands: str, repo: Path, asking: tuple[Path, tuple[int, ...]]) -> str:
    folder, handed = asking
    variables = {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}", "GIT_CONFIG_GLOBAL": os.devnull}
    ended = subprocess.run(
        ["/bin/sh", "-ec", commands],
        cwd=repo,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
        pass_fds=handed,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return " ".join(ended.stdout.split())
