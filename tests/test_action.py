"""`action.yml`: its own step, run as GitHub would run it, but with `compare` installed beforehand."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ROOT = Path(__file__).parent.parent
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
(STEP,) = ACTION["runs"]["steps"]
HOSTILE = [
    "; touch pwned",
    "$(touch pwned)",
    "`touch pwned`",
    "a\n; touch pwned\n",
    '" ; touch pwned ; "',
    "' ; touch pwned ; '",
    "x[$(touch pwned)]",
    "--output=pwned",
    "${IFS}touch${IFS}pwned",
    "*",
]

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
Step = subprocess.CompletedProcess[str]


def evaluated(text: str, inputs: Mapping[str, str]) -> str:
    """A value of the action's `env` as GitHub fills it in."""
    return re.sub(r"\$\{\{ inputs\.([a-z-]+) \}\}", lambda found: inputs[found[1]], text)


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    """A workspace with two articles that share nothing."""
    folder = tmp_path / "work"
    folder.mkdir()
    for name in ("bees-letter.txt", "chess-herald.md"):
        shutil.copy(ROOT / "seeds" / name, folder / name)
    return folder


@pytest.fixture
def step(repo: Path, tmp_path: Path, commands: Path) -> Callable[..., Step]:
    """Run the action's step with some inputs, named with `_`, and a changed PATH."""

    def run(path: str = str(commands), **given: str) -> Step:
        inputs = {name: str(about.get("default", "")) for name, about in ACTION["inputs"].items()}
        inputs |= {name.replace("_", "-"): value for name, value in given.items()}
        assert inputs.keys() == ACTION["inputs"].keys()
        script = tmp_path / "step.sh"
        script.write_text(STEP["run"])
        env = {name: evaluated(value, inputs) for name, value in STEP["env"].items()}
        github = {"GITHUB_ACTIONS": "true", "GITHUB_ACTION_PATH": str(ROOT), "GITHUB_WORKSPACE": str(repo)}
        github |= {f"GITHUB_{name}": str(tmp_path / name) for name in ("STEP_SUMMARY", "OUTPUT")}
        home = {"HOME": str(tmp_path), "RUNNER_TEMP": str(tmp_path), "PATH": f"{path}{os.pathsep}{os.environ['PATH']}"}
        shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)]
        return subprocess.run(
            shell, cwd=repo, env=home | github | env, capture_output=True, text=True, check=False, timeout=120
        )

    return run


def test_inputs_reach_the_script_through_the_environment_alone() -> None:
    assert "${{" not in STEP["run"]
    told = [re.fullmatch(r"\$\{\{ inputs\.([a-z-]+) \}\}", value) for value in STEP["env"].values()]
    assert sorted(found[1] for found in told if found) == sorted(ACTION["inputs"])
    for name, value in STEP["env"].items():
        assert name == "INPUT_" + value.split(".")[1].split(" ")[0].upper().replace("-", "_")
    script = (ROOT / "action/check.sh").read_text()
    assert set(re.findall(r"INPUT_[A-Z_]+", script)) == set(STEP["env"]), "one is not used, or is not handed over"
    assert "eval" not in script


def test_a_clean_workspace_ends_with_0_and_a_copied_article_with_1(
    step: Callable[..., Step], repo: Path, tmp_path: Path
) -> None:
    clean = step(install="false", paths=".\n")
    assert clean.returncode == 0, clean.stderr
    assert (tmp_path / "OUTPUT").read_text() == "exit-code=0\n"
    shutil.copy(repo / "bees-letter.txt", repo / "copied.md")
    found = step(install="false", paths="bees-letter.txt\n\n  copied.md  \n", reports="json=a b.json\nsarif=b.sarif")
    assert found.returncode == 1, found.stderr
    assert (tmp_path / "OUTPUT").read_text() == "exit-code=0\nexit-code=1\n"
    assert re.search(r"^::error .*copied\.md", found.stdout, re.MULTILINE)
    assert "copied.md" in (tmp_path / "STEP_SUMMARY").read_text()
    assert (repo / "a b.json").stat().st_size
    assert (repo / "b.sarif").stat().st_size


def test_every_input_arrives(step: Callable[..., Step], repo: Path) -> None:
    shutil.copy(repo / "bees-letter.txt", repo / "copied.md")
    near = {"install": "false", "paths": "copied.md"}
    assert step(**near).returncode == 0, "one file alone"
    assert step(**near, against="bees-letter.txt\nchess-herald.md").returncode == 1
    assert step(install="false", paths=".", fail_on="jaccard > 1").returncode == 0
    warned = step(install="false", paths=".", fail_on="jaccard > 1", warn_on="near")
    assert (warned.returncode, "::warning " in warned.stdout) == (0, True), warned.stderr
    assert step(**near, accepted="missing.toml").returncode == 2
    assert step(**near, changed_from="no-such-ref").returncode == 2
    assert step(**near, args="--no-such-option").returncode == 2
    assert step(**near, strict_accepted="true").returncode == 0
    refused = step(**near, strict_accepted="yes")
    assert (refused.returncode, refused.stderr) == (2, "the input strict-accepted must be true or false\n")


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("name", sorted(ACTION["inputs"].keys() - {"install", "python", "strict-accepted"}))
def test_hostile_inputs_are_words_and_run_nothing(name: str, value: str, step: Callable[..., Step], repo: Path) -> None:
    """`compare-text` is replaced by a script that shows its words: 80 starts of Python would take a minute."""
    (repo / "compare-text").write_text("#!/bin/sh\nprintf '<%s>' \"$@\"\n")
    (repo / "compare-text").chmod(0o755)
    ended = step(str(repo), install="false", **{name.replace("-", "_"): value})
    words = ended.stdout[1:-1].split("><")
    lines = [line.strip() for line in value.splitlines()]
    option = {"against": "--against=", "reports": "--report=", "args": "", "paths": ""}.get(name)
    expected = [f"--{name}={value}"] if option is None else [option + line for line in lines]
    assert words == ["check", *(["--", *expected] if name == "paths" else [*expected, "--"])]
    assert not (repo / "pwned").exists()


def test_compare_is_installed_from_the_action_into_a_folder_of_its_own(
    step: Callable[..., Step], repo: Path, tmp_path: Path
) -> None:
    """With a Python that only writes down what it is asked for: a real one would need the network."""
    note = f'echo "$(basename "$0") $*" >> "{tmp_path}/asked"'
    (repo / "py thon").write_text(
        f'#!/bin/sh\n{note}\nmkdir -p "$3/bin"\n'
        f'for name in pip compare-text; do printf \'%s\\n\' "#!/bin/sh" {shell_word(note)} > "$3/bin/$name"; '
        'chmod +x "$3/bin/$name"; done\n'
    )
    (repo / "py thon").chmod(0o755)
    ended = step(python="./py thon", paths="a b.md")
    assert ended.returncode == 0, ended.stderr
    assert (tmp_path / "asked").read_text().splitlines() == [
        f"py thon -m venv {tmp_path}/compare",
        f"pip install --quiet --disable-pip-version-check {ROOT}",
        "compare-text check -- a b.md",
    ]


def shell_word(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"
