"""The container file and the workflow of a release, read as text: neither runs here."""

from __future__ import annotations

import json
import re
import shlex
from typing import TYPE_CHECKING

import pytest
import yaml

if TYPE_CHECKING:
    from pathlib import Path

Steps = list[tuple[str, str]]


@pytest.fixture(scope="module")
def steps(root: Path) -> Steps:
    """The instructions of the container file with their words, the last stage alone from its FROM on."""
    text = re.sub(r"(?m)^#.*\n", "", (root / "Containerfile").read_text("utf-8")).replace("\\\n", " ")
    return [(line.split()[0], line.partition(" ")[2]) for line in text.splitlines() if line.strip()]


def last_stage(steps: Steps) -> dict[str, str]:
    start = max(place for place, (name, _) in enumerate(steps) if name == "FROM")
    return dict(steps[start:])


def test_the_container_runs_the_command_as_a_user_without_rights(steps: Steps) -> None:
    last = last_stage(steps)
    assert json.loads(last["ENTRYPOINT"]) == ["compare"]
    assert re.search(rf"useradd .*\b{re.escape(last['USER'])}\b", last["RUN"])
    names = [name for name, _ in steps]
    assert len(names) - 1 - names[::-1].index("USER") > len(names) - 1 - names[::-1].index("RUN")


def test_what_the_container_copies_is_there_and_is_no_secret(steps: Steps, root: Path) -> None:
    copied = [shlex.split(words)[:-1] for name, words in steps if name == "COPY" and not words.startswith("--from")]
    assert all((root / name).exists() for names in copied for name in names)
    assert not any(name == "EXPOSE" or "WORD" in words or "TOKEN" in words for name, words in steps)


def test_the_container_installs_extras_that_there_are(steps: Steps, root: Path) -> None:
    extras = re.findall(r"\[([a-z,]+)\]'", " ".join(words for name, words in steps if name == "RUN"))
    declared = (root / "pyproject.toml").read_text("utf-8").partition("[project.optional-dependencies]")[2]
    assert extras == ["desk,documents"]
    assert all(re.search(rf"(?m)^{name} = ", declared) for name in extras[0].split(","))


def test_the_workflow_of_a_release_may_do_no_more_than_it_needs(root: Path) -> None:
    workflow = yaml.safe_load((root / ".github" / "workflows" / "release.yml").read_text("utf-8"))
    assert workflow["permissions"] == {}
    jobs = workflow["jobs"]
    granted = {name: job["permissions"] for name, job in jobs.items()}
    assert granted == {
        "wheels": {"contents": "read"}, "source": {"contents": "read"}, "publish": {"id-token": "write"},
    }  # fmt: skip
    said = [step["run"] for job in jobs.values() for step in job["steps"] if "run" in step]
    assert not any("${{" in line for line in said)


def test_workflows_pin_every_action_by_its_hash(root: Path) -> None:
    workflows = [yaml.safe_load(path.read_text("utf-8")) for path in (root / ".github" / "workflows").glob("*.yml")]
    steps = [step for workflow in workflows for job in workflow["jobs"].values() for step in job["steps"]]
    used = [step["uses"] for step in steps if "uses" in step]
    assert used
    assert all(re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", name) for name in used)
