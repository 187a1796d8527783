"""`.pre-commit-hooks.yaml` in a scratch repository: a commit with a copied article is refused.

pre-commit would build an environment for the hook, from the network. Here the manifest differs in one word, `language:
system`, and the hook's command is the one that the tests run with.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parent.parent
MANIFEST = ROOT / ".pre-commit-hooks.yaml"
WHO = ["-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgSign=false"]

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
pytest.importorskip("pre_commit", reason="pre-commit is not installed")

Run = subprocess.CompletedProcess[str]


@pytest.fixture
def git(tmp_path: Path, commands: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Run]:
    """Run git in a folder, or pre-commit as `git("pre-commit", …)`."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    env = dict(os.environ) | {"HOME": str(tmp_path), "PRE_COMMIT_HOME": str(tmp_path / "cache")}
    env |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "PRE_COMMIT_COLOR": "never"}
    env["PATH"] = f"{commands}{os.pathsep}{env['PATH']}"

    def run(folder: Path, *words: str) -> Run:
        command = [sys.executable, "-m", "pre_commit"] if words[0] == "pre-commit" else ["git", *WHO, words[0]]
        command += words[1:]
        return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False, timeout=120)

    return run


@pytest.fixture
def hooks(tmp_path: Path, git: Callable[..., Run]) -> Path:
    """A repository that offers our hook, with nothing to install."""
    folder = tmp_path / "hooks"
    folder.mkdir()
    (hook,) = yaml.safe_load(MANIFEST.read_text("utf-8"))
    (folder / MANIFEST.name).write_text(yaml.safe_dump([hook | {"language": "system"}]))
    committed(git, folder)
    return folder


@pytest.fixture
def repo(tmp_path: Path, hooks: Path, git: Callable[..., Run]) -> Path:
    """A repository with the hook and two articles that share nothing."""
    folder = tmp_path / "repo"
    (folder / "articles").mkdir(parents=True)
    for name in ("bees-letter.txt", "chess-herald.md"):
        shutil.copy(ROOT / "seeds" / name, folder / "articles" / name)
    sha = git(hooks, "rev-parse", "HEAD").stdout.strip()
    ours = {"repo": str(hooks), "rev": sha, "hooks": [{"id": "compare-check", "args": ["articles"]}]}
    (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump({"repos": [ours]}))
    committed(git, folder)
    installed = git(folder, "pre-commit", "install")
    assert installed.returncode == 0, installed.stdout + installed.stderr
    return folder


def committed(git: Callable[..., Run], folder: Path) -> None:
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "first"]):
        ended = git(folder, *words)
        assert ended.returncode == 0, ended.stderr


def commit(git: Callable[..., Run], folder: Path) -> Run:
    git(folder, "add", "-A")
    return git(folder, "commit", "-m", "another")


def test_the_manifest_is_valid_and_its_hook_is_installed_as_a_python_package(
    git: Callable[..., Run], tmp_path: Path
) -> None:
    ended = git(tmp_path, "pre-commit", "validate-manifest", str(MANIFEST))
    assert (ended.returncode, ended.stderr) == (0, "")
    (hook,) = yaml.safe_load(MANIFEST.read_text("utf-8"))
    assert (hook["entry"], hook["language"], hook["pass_filenames"]) == ("compare check", "python", False)


def test_a_commit_with_a_copied_article_is_refused_and_a_clean_one_passes(git: Callable[..., Run], repo: Path) -> None:
    shutil.copy(ROOT / "seeds" / "choir-post.md", repo / "articles" / "choir-post.md")
    clean = commit(git, repo)
    assert clean.returncode == 0, clean.stdout + clean.stderr
    assert "Passed" in clean.stderr
    shutil.copy(repo / "articles" / "bees-letter.txt", repo / "articles" / "copied.MD")
    refused = commit(git, repo)
    assert refused.returncode == 1
    assert "exit code: 1" in refused.stderr
    assert "articles/copied.MD" in refused.stderr
    assert len(git(repo, "log", "--format=%s").stdout.split()) == 2, "nothing was committed"


def test_a_commit_of_other_files_does_not_ask_and_one_of_the_accepted_file_does(
    git: Callable[..., Run], repo: Path
) -> None:
    (repo / "script.py").write_text("print()\n")
    assert "Skipped" in commit(git, repo).stderr
    (repo / "compare.accepted.toml").write_text("broken\n")
    refused = commit(git, repo)
    assert refused.returncode == 1
    assert "exit code: 2" in refused.stderr
    assert "compare.accepted.toml" in refused.stderr


def test_the_houses_own_hooks_are_valid_and_run_what_tox_runs(git: Callable[..., Run], tmp_path: Path) -> None:
    config = ROOT / ".pre-commit-config.yaml"
    ended = git(tmp_path, "pre-commit", "validate-config", str(config))
    assert (ended.returncode, ended.stderr) == (0, "")
    (ours,) = yaml.safe_load(config.read_text("utf-8"))["repos"]
    tox = ConfigParser(interpolation=None)
    tox.read(ROOT / "tox.ini", "utf-8")
    rooms = ("lint", "types", "imports", "gate")
    lines = [line for room in rooms for line in tox[f"testenv:{room}"]["commands"].split("\n") if line]
    wanted = [line for line in lines if "make_site" not in line]  # which takes another package
    assert [hook["entry"] for hook in ours["hooks"]] == wanted
