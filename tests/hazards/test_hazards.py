"""The loops of `bench/hazards/`, a few turns of each; the counts that a release is held to run there."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import redirected
from warm import Start

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from subprocess import CompletedProcess

    from warm import Warm

ANEW = ("check, a wrong path", "--version", "a mistyped one")
"""Commands whose interpreter finds its streams as a shell left them; they load little."""
BENCH = Path(__file__).parent.parent.parent / "bench"
sys.path.insert(0, str(BENCH))  # bench/ is a folder of scripts, which import each other so
try:
    from hazards import disk, interrupt, kill, streams, world
    from hazards.world import JOBS, Ended, environment, newsroom
finally:
    sys.path.remove(str(BENCH))

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="signals, limits and redirections of POSIX"),
    pytest.mark.usefixtures("quick"),
]


@pytest.fixture(scope="session")
def ran(warm: Warm) -> Callable[..., CompletedProcess[str]]:
    """A program that begins as a copy of a process that has loaded its libraries."""

    def run(words: Sequence[str], folder: Path, code: str = "") -> CompletedProcess[str]:
        return warm.run(Start([*words], environment(), str(folder), code))

    return run


@pytest.fixture(scope="session")
def soon(ran: Callable[..., CompletedProcess[str]]) -> Callable[..., Ended]:
    """A command to its end, as `ended` runs it, but for one that something is done to beforehand."""

    def ended(words: Sequence[str], folder: Path, *, before: Callable[[], None] | None = None) -> Ended:
        if before is not None:
            return plainly(words, folder, before=before)
        run = ran(words, folder)
        return Ended(run.returncode, run.stdout.encode(), run.stderr.encode())

    plainly = world.ended
    return ended


@pytest.fixture
def quick(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    ran: Callable[..., CompletedProcess[str]],
    soon: Callable[..., Ended],
) -> None:
    """What nobody disturbs, what ends itself, and what finds its streams redirected is such a copy."""

    def redirect(name: str, redirection: str, folder: Path) -> tuple[int, str]:
        if name in ANEW:
            return plainly(name, redirection, folder)
        run = ran(streams.COMMANDS[name], folder, redirected.program(f"<{draft} {redirection}"))
        return run.returncode, run.stderr

    plainly, draft = streams.redirected, tmp_path / "draft"
    draft.write_text("Some words.")
    monkeypatch.setattr(disk, "ended", soon)
    monkeypatch.setattr(kill, "ended", soon)
    monkeypatch.setattr(kill, "stepped", lambda words, place: ran(words, place, kill.STEPS).returncode)
    monkeypatch.setattr(streams, "redirected", redirect)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory, soon: Callable[..., Ended]) -> Path:
    """A newsroom with the results of an earlier day, to be copied."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(world, "ended", soon)
        return newsroom(tmp_path_factory.mktemp("hazards") / "template", articles=8, rows=60)


@pytest.mark.parametrize(
    ("name", "first", "stride"),
    [("run", 14, 8), ("dedup of rows", 17, 4), ("check --report", 9, 3), ("accept", 3, 3), ("index build", 4, 2)],
)
def test_killed_before_any_change_to_the_disk_a_job_leaves_one_whole_and_the_next_run_the_right_bytes(
    name: str, first: int, stride: int, template: Path, tmp_path: Path
) -> None:
    tally = kill.steps(kill.case(name, template, tmp_path / "place"), tmp_path / "place", stride, first)
    assert tally.hits >= 1
    assert tally.problems == []


@pytest.mark.parametrize("name", ["dedup of files", "audit --prune", "index add", "index remove"])
def test_killed_at_a_random_time_a_job_loses_nothing(name: str, template: Path, tmp_path: Path) -> None:
    tally = kill.kills(kill.case(name, template, tmp_path / "place"), tmp_path / "place", count=1, seed=1)
    assert tally.problems == []


@pytest.mark.parametrize("name", ["--version", "diff", "dedup of files", "index add"])
def test_an_interrupt_at_any_time_is_130_and_one_line(name: str, template: Path, tmp_path: Path) -> None:
    tally = interrupt.interrupts(name, template, tmp_path / "place", interrupt.Plan(count=4, twice=2))
    assert tally.problems == []


@pytest.mark.parametrize("name", ["run", "dedup of rows", "accept", "index add"])
def test_on_a_full_disk_the_old_result_stays_and_the_next_run_succeeds(
    name: str, template: Path, tmp_path: Path
) -> None:
    with disk.small_disk(tmp_path / "disk") as mounted:
        tally = disk.fills(name, template, tmp_path / "disk", [0, 8192], mounted=mounted)
    assert tally.refused >= 1
    assert tally.problems == []


@pytest.mark.parametrize(
    ("name", "megabytes"),
    [
        ("run", range(60, 241, 60)),
        ("diff", range(30, 121, 45)),
        ("query", range(100, 101)),
        ("dedup of rows", range(110, 111)),
        ("index build", range(120, 121)),
    ],
)
def test_where_memory_is_short_a_command_works_or_says_so_in_one_line(
    name: str, megabytes: range, template: Path, tmp_path: Path
) -> None:
    if sys.platform != "linux":
        pytest.skip("a limit of addresses is kept on Linux alone")
    from hazards import memory  # noqa: PLC0415  # `resource`, which Windows has not

    assert memory.limits(name, template, tmp_path / "place", megabytes).problems == []


@pytest.mark.parametrize(
    ("name", "redirections"),
    [
        ("check --report", ("", "2>/dev/full", "| true", ">&-", ">/dev/full")),
        ("check, a wrong path", ("", "2>/dev/full", "2>&-", "<&- >&- 2>&-")),
        ("query -", ("", "<&-", ">/dev/full 2>/dev/full")),
        ("dedup of files", ("", "2>/dev/full", ">&-", ">/dev/full")),
        ("diff", ("", ">&-", "2>&1 | true", ">/dev/full")),
        ("--version", streams.HEARD + streams.LOST),
        ("a mistyped one", ("", "2>/dev/full", "<&- >&- 2>&-")),
    ],
)
def test_no_state_of_the_standard_streams_changes_what_a_code_means(
    name: str, redirections: tuple[str, ...], template: Path, tmp_path: Path
) -> None:
    assert streams.matrix(name, template, tmp_path / "place", redirections).problems == []


def test_every_command_that_writes_is_in_the_loops() -> None:
    assert {job.words[0] for job in JOBS.values()} == {"run", "dedup", "accept", "audit", "check", "index"}
