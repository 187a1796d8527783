"""The gate on the command as it is installed: every exit code, what is accepted, what has changed, who reads it."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import compare
from compare.formats.choose import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., subprocess.CompletedProcess[str]]

FERRY = (
    "The last ferry to Calder Island will sail an hour earlier from Monday, the harbour office said. "
    "Ice on the northern channel has made the evening crossing slower, and two trips were called off last week. "
    "Tickets already bought stay valid, and the night bus will wait at the quay for the later boat.\n"
)
CHOIR = (
    "Forty singers filled the chapel on Sunday for a concert that nobody had advertised. "
    "The choir had meant it as a rehearsal, but the doors stood open and people walking home came in and sat down.\n"
)
BRIDGE = (
    "Engineers who looked at the old bridge in spring found rust in eleven of its forty hangers. "
    "The council wants a second opinion before it closes the road that half of the town drives to work on.\n"
)
GARDEN = (
    "A school garden in Mill Street grew nine kinds of beans this summer and sold them at the gate. "
    "The pupils kept a book of rain and sun, which the weather office has now asked to see.\n"
)
needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder of three unlike articles, in a place of its own."""
    folder = tmp_path / "desk" / "articles"
    folder.mkdir(parents=True)
    for name, text in (("ferry.txt", FERRY), ("choir.txt", CHOIR), ("bridge.md", BRIDGE)):
        (folder / name).write_text(text, "utf-8")
    (folder.parent / ".git").mkdir()  # here the search for settings ends
    return folder.parent


@pytest.fixture
def check(run: Run, desk: Path) -> Run:
    def checked(*words: object, **changes: str) -> subprocess.CompletedProcess[str]:
        return run("check", *words, **{"CWD": str(desk), "COLUMNS": "200", **changes})

    return checked


def copied(desk: Path) -> Path:
    """A near copy of an article."""
    path = desk / "articles" / "copy.txt"
    path.write_text(FERRY.replace("an hour", "two hours"), "utf-8")
    return path


def accept(run: Run, desk: Path, *more: str) -> None:
    words = ("articles/copy.txt", "articles/ferry.txt", "--reason", "wire", "--by", "Ida", *more)
    ended = run("accept", *words, CWD=str(desk))
    assert (ended.returncode, ended.stderr) == (0, "")


# --- exit codes ----------------------------------------------------------------------------------------------------


def test_unlike_articles_end_with_0(check: Run) -> None:
    ended = check("articles")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith("No findings. 3 articles checked against 3.\n")


def test_a_copy_ends_with_1_and_says_which_of_which_and_how_to_allow_it(check: Run, desk: Path) -> None:
    copied(desk)
    ended = check("articles")
    assert (ended.returncode, ended.stderr) == (1, "")
    assert ended.stdout.startswith("1 finding fails. 4 articles checked against 4.\n")
    assert "articles/copy.txt:1 ↔ articles/ferry.txt:1" in ended.stdout
    assert "allow it: compare accept articles/copy.txt articles/ferry.txt --in articles --reason …" in ended.stdout


def test_a_policy_that_only_warns_ends_with_0(check: Run, desk: Path) -> None:
    copied(desk)
    ended = check("articles", "--fail-on", "none", "--warn-on", "near")
    assert ended.returncode == 0
    assert ended.stdout.startswith("1 finding warns.")


BROKEN: dict[str, tuple[dict[str, bytes], list[str], str]] = {
    "no path": ({}, [], "no path is given"),
    "a missing path": ({}, ["articles", "nowhere"], "nowhere: no such file or folder"),
    "an empty folder": ({"empty/.keep": b""}, ["empty"], "nothing to read in empty"),
    "a device": ({}, ["/dev/null"], "/dev/null: a device"),
    "a binary article": ({"articles/bad.txt": b"\0\1"}, ["articles"], "articles/bad.txt: binary"),
    "a bad row": ({"articles/t.jsonl": b'{"text": "Good."}\n{bad\n'}, ["articles"], "t.jsonl:2: not valid JSON"),
    "a bad one to compare with": ({"o/bad.md": b"\0"}, ["articles", "--against", "o"], "o/bad.md: binary"),
    "a broken accepted file": ({"compare.accepted.toml": b"[[a]\n"}, ["articles"], "compare.accepted.toml"),
    "no accepted file": ({}, ["articles", "--accepted", "no.toml"], "no.toml: no such file of accepted reuse"),
    "no policy": ({}, ["articles", "--fail-on", "neer"], "did you mean near?"),
    "no setting": ({"compare.toml": b"shingel = 4\n"}, ["articles"], "shingel: no such setting; did you mean shingle?"),
    "no format": ({}, ["articles", "--report", "yaml=x"], "the format must be one of text, json"),
    "no place for a report": ({}, ["articles", "--report", "json=/dev/null/x"], "cannot be written"),
    "no index": ({"x.index": b"SQLite format 3\0" + bytes(3000)}, ["articles", "--against", "x.index"], "x.index: "),
    "no repository": ({}, ["articles", "--changed-from", "HEAD"], ""),
    "no option": ({}, ["articles", "--frobnicate"], "No such option"),
}
"""A gate that cannot do its work: files, words, and what is said."""


@pytest.mark.parametrize("case", BROKEN)
def test_what_cannot_be_checked_ends_with_2_and_one_plain_line(case: str, check: Run, desk: Path) -> None:
    files, words, said = BROKEN[case]
    copied(desk)  # whatever is wrong, a finding beside it is not told in its place
    for name, data in files.items():
        (desk / name).parent.mkdir(exist_ok=True)
        (desk / name).write_bytes(data)
    ended = check(*words)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr
    assert len(ended.stderr.splitlines()) == 1 or case == "no option"


def test_a_bug_ends_with_3_and_one_line(check: Run) -> None:
    broken = (
        "import compare.jobs.check; compare.jobs.check.check_paths = lambda *_: 1 / 0\n"
        "from compare.cli import entry; entry()"
    )
    ended = check("articles", CODE=broken)
    assert ended.returncode == 3
    assert "a bug of ours: ZeroDivisionError" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_an_interrupt_ends_with_130(desk: Path) -> None:
    settings = {**os.environ, "PYTHONPATH": str(Path(compare.__file__).parent.parent)}
    script = (
        "import compare.jobs.check as c, time; c.check_paths = lambda *_: (print('here', flush=True), time.sleep(60))\n"
        "import sys; sys.argv = ['compare', 'check', 'articles']\n"
        "from compare.cli import entry; entry()"
    )
    started = subprocess.Popen(
        [sys.executable, "-P", "-c", script], cwd=desk, env=settings,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert started.stdout
    assert started.stdout.readline() == "here\n"
    time.sleep(0.1)
    started.send_signal(signal.SIGINT)
    _, said = started.communicate(timeout=30)
    assert started.returncode == 130
    assert "Traceback" not in said


def test_a_reader_who_leaves_does_not_change_the_code(desk: Path, commands: Path) -> None:
    for number in range(30):  # more than a pipe holds
        (desk / "articles" / f"copy-{number}.txt").write_text(FERRY, "utf-8")
    script = f'set -o pipefail; "{commands}/compare" check articles | true; exit "${{PIPESTATUS[0]}}"'
    ended = subprocess.run(
        [str(shutil.which("bash")), "-c", script], cwd=desk, capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stderr) == (1, "")


# --- what is accepted ----------------------------------------------------------------------------------------------


def test_an_accepted_pair_ends_with_0(check: Run, run: Run, desk: Path) -> None:
    copied(desk)
    accept(run, desk)
    ended = check("articles")
    assert ended.returncode == 0
    assert ended.stdout.startswith("No findings; 1 accepted. 4 articles checked against 4.")


@pytest.mark.parametrize("place", [0, 7, 20, 33, 50])
def test_a_one_word_edit_of_an_accepted_pair_keeps_0_with_a_notice(
    place: int, check: Run, run: Run, desk: Path
) -> None:
    path = copied(desk)
    accept(run, desk)
    words = path.read_text("utf-8").split(" ")
    words[place] = "changed"
    path.write_text(" ".join(words), "utf-8")
    ended = check("articles")
    assert ended.returncode == 0
    assert "accepted, edited since: articles/copy.txt ↔ articles/ferry.txt" in ended.stdout


def test_doubling_the_accepted_passage_ends_with_1(check: Run, run: Run, desk: Path) -> None:
    (desk / "articles" / "copy.txt").write_text(CHOIR + FERRY.partition(". ")[0] + ".\n", "utf-8")
    ferry = desk / "articles" / "ferry.txt"
    ended = run("accept", "articles/copy.txt", "articles/ferry.txt", "--reason", "quote", CWD=str(desk))
    assert ended.returncode == 0
    policy = ("--fail-on", "longest >= 12 and not (own_a >= 90 % and own_b >= 90 %)")
    (desk / "articles" / "choir.txt").unlink()
    assert check("articles", *policy).returncode == 0
    (desk / "articles" / "copy.txt").write_text(CHOIR + ". ".join(ferry.read_text("utf-8").split(". ")[:2]), "utf-8")
    ended = check("articles", *policy)
    assert ended.returncode == 1
    assert "grown: " in ended.stdout


def test_a_rename_of_an_accepted_document_keeps_0_and_a_new_copy_ends_with_1(check: Run, run: Run, desk: Path) -> None:
    path = copied(desk)
    accept(run, desk)
    path.rename(desk / "articles" / "wire-copy.txt")
    assert check("articles").returncode == 0
    (desk / "articles" / "another.txt").write_text((desk / "articles" / "wire-copy.txt").read_text("utf-8"), "utf-8")
    ended = check("articles")
    assert ended.returncode == 1
    assert "articles/another.txt" in ended.stdout


def test_a_copy_is_no_rename_of_what_is_there_and_only_not_read(check: Run, run: Run, desk: Path) -> None:
    copied(desk).rename(desk / "wire#1.txt")
    words = ("articles/ferry.txt", "wire#1.txt", "--reason", "wire", "--by", "Ida")
    assert run("accept", *words, CWD=str(desk)).returncode == 0
    (desk / "drafts").mkdir()
    (desk / "drafts" / "new.txt").write_text(FERRY, "utf-8")
    for inputs in (("drafts", "--against", "wire#1.txt"), ("drafts", "--against", "articles")):
        assert check(*inputs).returncode == 1
    rows = "".join(json.dumps({"text": text}) + "\n" for text in (GARDEN, (desk / "wire#1.txt").read_text("utf-8")))
    (desk / "t.jsonl").write_text(rows, "utf-8")
    words = ("articles/ferry.txt", "t.jsonl:2", "--reason", "wire", "--by", "Ida")
    assert run("accept", *words, CWD=str(desk)).returncode == 0
    assert check("drafts", "--against", "articles").returncode == 1
    assert check("articles", "--strict-accepted").returncode == 0  # nor is what was not read stale


def test_two_who_accept_at_once_lose_no_entry(run: Run, desk: Path) -> None:
    names = [f"articles/copy-{number}.txt" for number in range(4)]
    for name in names:
        (desk / name).write_text(FERRY.replace("Monday", name), "utf-8")
    with ThreadPoolExecutor(len(names)) as pool:
        words = ("accept", "articles/ferry.txt", "--reason", "wire", "--by", "Ida")
        ends = [pool.submit(run, *words, name, CWD=str(desk)) for name in names]
    assert [one.result().returncode for one in ends] == [0] * len(names)
    file = (desk / "compare.accepted.toml").read_text("utf-8")
    assert all(f'"{name}"' in file for name in names)


def test_a_fact_that_comes_to_differ_ends_with_1(check: Run, run: Run, desk: Path) -> None:
    path = copied(desk)
    accept(run, desk)
    path.write_text(path.read_text("utf-8").replace("Monday", "Tuesday"), "utf-8")
    ended = check("articles")
    assert ended.returncode == 1
    assert "drifted: a fact differs now" in ended.stdout


def test_what_was_accepted_up_to_a_day_is_reported_from_the_next_one(check: Run, run: Run, desk: Path) -> None:
    copied(desk)
    accept(run, desk, "--expires", "2026-12-31")
    days = {"on the day": "1798675200", "after it": "1798761600"}
    assert check("articles", SOURCE_DATE_EPOCH=days["on the day"]).returncode == 0
    ended = check("articles", SOURCE_DATE_EPOCH=days["after it"])
    assert ended.returncode == 1
    assert "expired: accepted until 2026-12-31" in ended.stdout


def test_a_stale_entry_is_told_and_fails_only_where_it_is_asked_to(check: Run, run: Run, desk: Path) -> None:
    path = copied(desk)
    accept(run, desk)
    path.unlink()
    ended = check("articles")
    assert ended.returncode == 0
    assert "stale" in ended.stdout
    strict = check("articles", "--strict-accepted")
    assert strict.returncode == 1
    audited = run("audit", "articles", "--strict-accepted", CWD=str(desk))
    assert audited.returncode == 1
    assert audited.stdout.startswith("1 entry: 1 stale.")


def test_pruning_takes_out_what_is_stale_or_expired_and_nothing_else(check: Run, run: Run, desk: Path) -> None:
    copied(desk)
    accept(run, desk)
    (desk / "articles" / "later.txt").write_text(CHOIR, "utf-8")
    words = ("articles/later.txt", "articles/choir.txt", "--reason", "own", "--note", "his own")
    assert run("accept", *words, CWD=str(desk)).returncode == 0
    (desk / "articles" / "copy.txt").unlink()
    ended = run("audit", "articles", "--prune", CWD=str(desk))
    assert (ended.returncode, ended.stdout.splitlines()[-1]) == (0, "Taken out: 1 entry.")
    assert "his own" in (desk / "compare.accepted.toml").read_text("utf-8")
    assert check("articles", "--strict-accepted").returncode == 0


def test_two_articles_that_share_nothing_are_not_accepted(run: Run, desk: Path) -> None:
    ended = run("accept", "articles/bridge.md", "articles/choir.txt", "--reason", "own", CWD=str(desk))
    assert ended.returncode == 2
    assert (
        ended.stderr == "compare: articles/bridge.md and articles/choir.txt share nothing: there is nothing to accept\n"
    )
    assert not (desk / "compare.accepted.toml").exists()


def test_accepting_again_says_what_it_took_the_place_of(run: Run, desk: Path) -> None:
    copied(desk)
    accept(run, desk, "--note", "AP, licensed", "--expires", "2030-12-31")
    ended = run("accept", "articles/copy.txt", "articles/ferry.txt", "--reason", "own", CWD=str(desk))
    assert ended.stdout.splitlines()[1].startswith(
        "In place of: articles/copy.txt ↔ articles/ferry.txt (wire, by Ida, "
    )
    assert "2030-12-31" in ended.stdout
    assert ended.stdout.endswith(": AP, licensed.\n")


def test_all_leaves_what_was_accepted_before_and_what_only_warns(check: Run, run: Run, desk: Path) -> None:
    copied(desk)
    accept(run, desk)
    (desk / "articles" / "copy.txt").write_text(FERRY.replace("Monday", "Tuesday"), "utf-8")
    (desk / "articles" / "part.txt").write_text(GARDEN + FERRY.partition(". ")[0] + ". " + GARDEN, "utf-8")
    ended = run("accept", "--all", "articles", "--reason", "other", "--set", "warn_on=passage", CWD=str(desk))
    assert ended.stdout.splitlines()[-1].startswith("Left: 1 finding accepted before and open again")
    assert "part.txt ↔ articles/ferry" not in ended.stdout
    assert "drifted" in check("articles").stdout


def test_an_edit_by_the_tool_leaves_every_other_byte_of_the_accepted_file(run: Run, desk: Path) -> None:
    copied(desk)
    accept(run, desk)
    file = desk / "compare.accepted.toml"
    mine = "# Ida: agreed with the agency.\n" + file.read_text("utf-8") + "\n# The end.\n"
    file.write_text(mine, "utf-8")
    (desk / "articles" / "later.txt").write_text(CHOIR, "utf-8")
    ended = run("accept", "articles/later.txt", "articles/choir.txt", "--reason", "own", CWD=str(desk))
    assert ended.returncode == 0
    edited = file.read_text("utf-8")
    added = edited.index("[[accepted]]", edited.index("[[accepted]]") if 'a = "articles/choir' not in edited else 0)
    assert added > 0
    for line in mine.splitlines():
        assert line in edited.splitlines()


def test_one_passage_can_be_accepted_without_the_others(check: Run, run: Run, desk: Path) -> None:
    both = desk / "articles" / "both.txt"
    both.write_text(CHOIR + "\n" + GARDEN + "\n" + FERRY, "utf-8")
    told = run("explain", "articles/both.txt", "articles/ferry.txt", CWD=str(desk)).stdout
    key = next(line.split()[1] for line in told.splitlines() if line.startswith("  1  "))
    words = ("articles/both.txt", "articles/ferry.txt", "--reason", "quote", "--passage", key[:8])
    assert run("accept", *words, CWD=str(desk)).returncode == 0
    ended = check("articles")
    assert ended.returncode == 1
    assert "articles/choir.txt" in ended.stdout
    assert "articles/ferry.txt" not in ended.stdout.split("Fails on")[0].split("skipped")[0]


def test_a_gate_can_be_put_up_where_much_is_reused_already(check: Run, run: Run, desk: Path) -> None:
    for number in range(4):
        (desk / "articles" / f"copy-{number}.txt").write_text(FERRY.replace("Monday", f"day {number}"), "utf-8")
    assert check("articles").stdout.startswith("10 findings fail.")
    ended = run("accept", "--all", "articles", "--reason", "other", "--note", "before the gate", CWD=str(desk))
    assert (ended.returncode, len(ended.stdout.splitlines())) == (0, 10)
    assert check("articles").stdout.startswith("No findings; 10 accepted.")
    before = (desk / "compare.accepted.toml").read_bytes()
    again = run("accept", "--all", "articles", "--reason", "other", CWD=str(desk))
    assert again.stdout == "A check fails for nothing: there is nothing to accept.\n"
    assert (desk / "compare.accepted.toml").read_bytes() == before
    (desk / "articles" / "copy-9.txt").write_text(FERRY, "utf-8")
    assert check("articles").returncode == 1


def test_a_file_of_accepted_reuse_that_is_named_is_made(check: Run, run: Run, desk: Path) -> None:
    copied(desk)
    words = ("articles/copy.txt", "articles/ferry.txt", "--reason", "wire", "--accepted", "new/ours.toml")
    assert run("accept", *words, CWD=str(desk)).returncode == 0
    assert check("articles", "--accepted", "new/ours.toml").returncode == 0
    assert check("articles").returncode == 1


@pytest.mark.parametrize("day", ["tomorrow", "2027-02-30", "20270331", '2027-03-31\ndrifts = [["name", "a", "b"]]'])
def test_what_is_no_date_is_no_expiry(day: str, run: Run, desk: Path) -> None:
    copied(desk)
    words = ("articles/copy.txt", "articles/ferry.txt", "--reason", "wire", "--expires", day)
    ended = run("accept", *words, CWD=str(desk))
    assert ended.returncode == 2
    assert "write it as a date, as in --expires 2027-03-31" in ended.stderr
    assert len(ended.stderr.splitlines()) == 1
    assert not (desk / "compare.accepted.toml").exists()


def test_accepting_asks_for_two_documents(run: Run, desk: Path) -> None:
    for words in ([], ["articles/ferry.txt"], ["a", "b", "c"], ["articles/ferry.txt", "articles/ferry.txt"]):
        ended = run("accept", *words, "--reason", "wire", CWD=str(desk))
        assert ended.returncode == 2
        assert len(ended.stderr.splitlines()) == 1
    assert not (desk / "compare.accepted.toml").exists()


# --- what is checked -----------------------------------------------------------------------------------------------


def git(desk: Path, *words: str) -> None:
    settings = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    who = ("-c", "user.name=Ida", "-c", "user.email=ida@example.org")
    subprocess.run([str(shutil.which("git")), *who, *words], cwd=desk, env=settings, check=True, capture_output=True)


@pytest.fixture
def repository(desk: Path) -> Path:
    (desk / ".git").rmdir()
    git(desk, "init", "-q")
    git(desk, "add", ".")
    git(desk, "commit", "-q", "-m", "first")
    return desk


def test_a_policy_knows_licence_and_outlet_of_each_copy_with_and_without_alignment(check: Run, desk: Path) -> None:
    said = {
        "own": "license: own\noutlet: The Quay",
        "ours": "licence: Own",
        "wire": "license: AP\noutlet: AP",
        "no": "title: Ferry",
    }
    for name, matter in said.items():
        (desk / "articles" / f"{name}.md").write_text(f"---\n{matter}\n---\n\n{FERRY}\n", "utf-8")
    (desk / "articles" / "ferry.txt").unlink()
    named = {}
    for policy in ('near and license != "own"', 'words >= 20 and license != "own"', 'near and outlet_a == "the quay"'):
        ended = check("articles", "--fail-on", policy, "--report", "json=-")
        findings = json.loads(ended.stdout)["findings"]
        named[policy] = sorted((Path(one["a"]["name"]).stem, Path(one["b"]["name"]).stem) for one in findings)
    words, aligned, outlet = named.values()
    assert words == aligned == [("no", "ours"), ("no", "own"), ("no", "wire"), ("ours", "wire"), ("own", "wire")]
    assert outlet == [("own", "wire")]
    told = check("articles", "--fail-on", "near and license != own")
    assert (told.returncode, len(told.stderr.splitlines())) == (2, 1)


@needs_git
def test_a_copy_of_an_unchanged_article_by_a_changed_one_is_caught(check: Run, repository: Path) -> None:
    assert check("articles", "--changed-from", "HEAD").returncode == 0
    copied(repository)
    ended = check("articles", "--changed-from", "HEAD")
    assert ended.returncode == 1
    assert ended.stdout.startswith("1 finding fails. 1 article checked against 4.")


@needs_git
def test_reuse_among_unchanged_articles_is_nobodys_fault_today(check: Run, repository: Path) -> None:
    copied(repository)
    git(repository, "add", ".")
    git(repository, "commit", "-q", "-m", "second")
    (repository / "articles" / "garden.txt").write_text(GARDEN, "utf-8")
    assert check("articles", "--changed-from", "HEAD").returncode == 0
    assert check("articles").returncode == 1


@needs_git
def test_a_tracked_file_that_gitignore_names_is_checked(check: Run, repository: Path) -> None:
    path = copied(repository)
    git(repository, "add", "-f", str(path))
    (repository / ".gitignore").write_text("copy.txt\n")
    assert check("articles").returncode == 1


@needs_git
def test_an_unknown_ref_ends_with_2(check: Run, repository: Path) -> None:
    for ref in ("nowhere", "--output=pwned", "HEAD~1"):
        ended = check("articles", f"--changed-from={ref}")
        assert ended.returncode == 2
        assert len(ended.stderr.splitlines()) == 1
    assert not (repository / "pwned").exists()


def test_what_is_named_is_compared_with_the_paths_of_the_settings_too(check: Run, desk: Path) -> None:
    copied(desk)
    (desk / "compare.toml").write_text('paths = ["articles"]\n')
    ended = check("articles/copy.txt")
    assert ended.returncode == 1
    assert ended.stdout.startswith("1 finding fails. 1 article checked against 4.")
    outside = desk.parent / "draft.txt"
    outside.write_text(FERRY.upper(), "utf-8")
    assert check("../draft.txt").returncode == 1


def test_one_article_alone_is_told_that_it_was_compared_with_nothing(check: Run) -> None:
    assert "It was compared with nothing" in check("articles/ferry.txt").stdout
    assert "It was compared with nothing" not in check("articles").stdout


def test_an_annotation_stands_on_the_document_that_was_checked(check: Run, desk: Path) -> None:
    (desk / "zeitung").mkdir()
    (desk / "zeitung" / "copy.txt").write_text(FERRY, "utf-8")
    reports = [f"--report={one}=out/{one}" for one in ("github", "gitlab", "sarif")]
    assert check("zeitung", "--against", "articles", *reports).returncode == 1
    assert (desk / "out/github").read_text("utf-8").startswith("::error file=zeitung/copy.txt,")
    assert json.loads((desk / "out/gitlab").read_text("utf-8"))[0]["location"]["path"] == "zeitung/copy.txt"
    (result,) = json.loads((desk / "out/sarif").read_text("utf-8"))["runs"][0]["results"]
    places = [one["physicalLocation"]["artifactLocation"] for one in result["locations"] + result["relatedLocations"]]
    assert [place["uri"] for place in places[:2]] == ["zeitung/copy.txt", "articles/ferry.txt"]


def test_documents_to_compare_with_are_not_checked_themselves(check: Run, desk: Path) -> None:
    archive = desk / "archive"
    archive.mkdir()
    for name in ("one.txt", "two.txt"):
        (archive / name).write_text(GARDEN, "utf-8")
    assert check("articles", "--against", "archive").returncode == 0
    (archive / "old-ferry.txt").write_text(FERRY, "utf-8")
    ended = check("articles", "--against", "archive")
    assert ended.returncode == 1
    assert "archive/old-ferry.txt" in ended.stdout
    assert "one.txt" not in ended.stdout


def test_an_article_is_not_compared_with_itself_by_a_link(check: Run, desk: Path) -> None:
    (desk / "again").symlink_to("articles")
    (desk / "ferry.txt").symlink_to("articles/ferry.txt")
    assert check("articles", "--against", "again", "--against", "ferry.txt").returncode == 0
    assert check("ferry.txt", "--against", ".").returncode == 0
    copied(desk)
    assert check("ferry.txt", "--against", "again").returncode == 1


def test_an_index_serves_as_the_files_themselves_do(check: Run, run: Run, desk: Path) -> None:
    archive = desk / "archive"
    archive.mkdir()
    for name, text in (("old-ferry.txt", FERRY.replace("Monday", "Friday")), ("garden.txt", GARDEN)):
        (archive / name).write_text(text, "utf-8")
    assert run("index", "build", "archive", "--index", "archive.index", CWD=str(desk)).returncode == 0
    by_files = check("articles", "--against", "archive", "--report", "json=-")
    shutil.rmtree(archive)
    by_index = check("articles", "--against", "archive.index", "--report", "json=-")
    assert (by_files.returncode, by_index.returncode) == (1, 1)
    files, index = (json.loads(ended.stdout)["findings"] for ended in (by_files, by_index))
    for one in (*files, *index):
        one["pair"].pop("cosine", None) if "pair" in one else one.pop("cosine", None)
    assert files == index


def test_paths_can_stand_in_the_settings(check: Run, desk: Path) -> None:
    copied(desk)
    (desk / "compare.toml").write_text('paths = ["articles"]\nfail_on = "exact"\nwarn_on = "near"\n')
    assert check().returncode == 0
    assert check("--fail-on", "near").returncode == 1
    assert check(COMPARE_FAIL_ON="near").returncode == 1


# --- outputs -------------------------------------------------------------------------------------------------------


def test_one_run_writes_every_format(check: Run, desk: Path) -> None:
    copied(desk)
    reports = [f"--report={name}=out/reuse.{name}" for name in FORMATS]
    assert check("articles", *reports).returncode == 1
    for name in FORMATS:
        assert "copy.txt" in (desk / "out" / f"reuse.{name}").read_text("utf-8"), name


@pytest.mark.parametrize("path", ["articles/ferry.txt", "compare.accepted.toml", "twice.json", "link.json"])
def test_a_report_does_not_take_the_place_of_what_is_read_or_written(path: str, check: Run, desk: Path) -> None:
    (desk / "link.json").symlink_to("articles/ferry.txt")
    copied(desk)
    reports = ["--report", f"json={path}", *(["--report", "text=./twice.json"] if path == "twice.json" else [])]
    ended = check("articles", *reports)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "would take the place of an input or of another report" in ended.stderr
    assert (desk / "articles" / "ferry.txt").read_text("utf-8") == FERRY
    assert not (desk / "twice.json").exists()


def test_the_same_bytes_in_two_runs_with_one_worker_and_with_two(check: Run, desk: Path) -> None:
    copied(desk)
    names = ("json", "sarif", "junit")
    asked = [word for name in names for word in ("--report", f"{name}=../{name}")]
    seen: dict[str, set[str]] = {name: set() for name in names}
    for workers, seed in (("1", "0"), ("1", "1"), ("2", "random")):
        assert check("articles", *asked, "--workers", workers, PYTHONHASHSEED=seed).returncode == 1
        for name in names:
            seen[name].add((desk.parent / name).read_text("utf-8"))
    assert [len(texts) for texts in seen.values()] == [1, 1, 1]
    assert all("copy.txt" in texts.pop() for texts in seen.values())


def test_pipes_and_no_color_carry_no_escape_codes(check: Run, desk: Path) -> None:
    copied(desk)
    for changes in ({}, {"NO_COLOR": "1"}, {"TERM": "dumb"}):
        assert "\x1b" not in check("articles", **changes).stdout
    assert "\x1b" in check("articles", "--color", "always").stdout


def test_in_a_github_action_the_log_has_annotations_and_the_step_a_summary(check: Run, desk: Path) -> None:
    copied(desk)
    summary = desk / "summary.md"
    ended = check("articles", GITHUB_ACTIONS="true", GITHUB_STEP_SUMMARY=str(summary))
    assert ended.returncode == 1
    assert sum(line.startswith("::error ") for line in ended.stdout.splitlines()) == 1
    assert "articles/copy.txt" in summary.read_text("utf-8")


def test_in_a_github_action_a_report_on_the_output_stays_whole(check: Run, desk: Path) -> None:
    copied(desk)
    ended = check("articles", "--report", "json=-", GITHUB_ACTIONS="true")
    assert json.loads(ended.stdout)["exit_code"] == 1
    assert ended.stderr.startswith("::error ")


# --- explain -------------------------------------------------------------------------------------------------------


def levers(told: str) -> list[list[str]]:
    """The options that an explanation offers, a list an offer."""
    return [shlex.split(line.partition(": ")[2]) for line in told.splitlines() if line.startswith(("  would", "  or,"))]


def test_a_key_that_check_printed_is_explained(check: Run, run: Run, desk: Path) -> None:
    copied(desk)
    key = check("articles").stdout.split("key ")[1].split()[0]
    told = run("explain", key[:8], "articles", CWD=str(desk))
    assert told.returncode == 0
    assert told.stdout.startswith("a is articles/copy.txt\nb is articles/ferry.txt\n")
    assert "Fails on “near”: the verdict is near-duplicate." in told.stdout
    for words in levers(told.stdout):
        assert check("articles", *words).returncode == 0, words


def test_what_would_catch_a_pair_catches_it(check: Run, run: Run, desk: Path) -> None:
    (desk / "articles" / "part.txt").write_text(FERRY.partition(". ")[0] + ". " + GARDEN, "utf-8")
    assert check("articles").returncode == 0
    told = run("explain", "articles/ferry.txt", "articles/part.txt", "--in", "articles", CWD=str(desk)).stdout
    assert [words[0] for words in levers(told)] == ["--fail-on", "--set"]
    for words in levers(told):
        assert check("articles", *words).returncode == 1, words


def test_a_key_that_nothing_has_ends_with_2(run: Run, desk: Path) -> None:
    ended = run("explain", "0123456789abcdef", "articles", CWD=str(desk))
    assert ended.returncode == 2
    assert ended.stderr == "compare: 0123456789abcdef: no pair of articles has a key that begins so\n"


# --- this project --------------------------------------------------------------------------------------------------


def test_the_project_gates_itself_and_an_entry_taken_away_is_noticed(run: Run, root: Path, tmp_path: Path) -> None:
    tox = (root / "tox.ini").read_text("utf-8")
    line = next(line for line in tox.splitlines() if "compare-text check seeds/" in line)
    words = line.split("check ")[1].split()
    shutil.copytree(root / "seeds", tmp_path / "seeds")
    assert run("check", *words, CWD=str(tmp_path)).returncode == 0
    file = tmp_path / "seeds" / "compare.accepted.toml"
    parts = file.read_text("utf-8").split("[[accepted]]")
    for number in (1, len(parts) // 2, len(parts) - 1):
        file.write_text("[[accepted]]".join(parts[:number] + parts[number + 1 :]), "utf-8")
        ended = run("check", *words, CWD=str(tmp_path))
        assert ended.returncode == 1
        assert ended.stdout.startswith("1 finding fails; 15 accepted.")


# --- names ---------------------------------------------------------------------------------------------------------

ODD_IDS = ("https://example.org/a/../1", "a#b", "c:3", "../up", "#", "7")


def test_rows_with_odd_ids_are_themselves_in_an_index_and_in_another_folder(check: Run, run: Run, desk: Path) -> None:
    texts = [
        text + f"Edition {number}."
        for number, text in enumerate((FERRY, CHOIR, BRIDGE, GARDEN, FERRY[:90], CHOIR[:90]))
    ]
    rows = [json.dumps({"id": id_, "text": text}) for id_, text in zip(ODD_IDS, texts, strict=True)]
    (desk / "t.jsonl").write_text("\n".join(rows) + "\n", "utf-8")
    (desk / "elsewhere").mkdir()
    assert run("index", "build", "t.jsonl", "--index", "elsewhere/t.index", CWD=str(desk)).returncode == 0
    (desk / "linked.index").symlink_to(desk / "elsewhere" / "t.index")
    alone = check("t.jsonl")
    for index in ("elsewhere/t.index", "linked.index"):
        ended = check("t.jsonl", "--against", index)
        both = [[line for line in one.stdout.splitlines() if "allow it" not in line] for one in (ended, alone)]
        assert (ended.returncode, both[0]) == (alone.returncode, both[1])
    told = check("t.jsonl", "--fail-on", "longest >= 12")
    pairs = [line.split(None, 1)[1] for line in told.stdout.splitlines() if line.startswith(("  a  ", "  b  "))]
    for a, b in zip(pairs[::2], pairs[1::2], strict=True):
        explained = run("explain", a, b, CWD=str(desk))
        assert (explained.returncode, explained.stdout.splitlines()[:2]) == (0, [f"a is {a}", f"b is {b}"])
        assert run("accept", a, b, "--reason", "own", CWD=str(desk)).returncode == 0
    assert pairs
    assert check("t.jsonl", "--fail-on", "longest >= 12").returncode == 0


def test_an_article_reached_by_a_linked_folder_has_one_name(check: Run, run: Run, desk: Path) -> None:
    (desk / "link").symlink_to(desk / "articles")
    assert run("index", "build", "link", "--index", "a.index", CWD=str(desk)).returncode == 0
    for words in (
        ("articles", "--against", "a.index"),
        ("link", "--against", "a.index"),
        ("link", "--against", "articles"),
    ):
        assert check(*words).returncode == 0, words


# --- more findings than are listed -----------------------------------------------------------------------------------


def many(desk: Path) -> None:
    """Five pairs that fail, the first of them by less, and one that only warns."""
    for number, text in enumerate((CHOIR, GARDEN, BRIDGE, FERRY, CHOIR + BRIDGE)):
        body = f"Number {number} of the series begins here. {text * 2}"
        (desk / "articles" / f"{number}-a.txt").write_text(body, "utf-8")
        (desk / "articles" / f"{number}-b.txt").write_text(body.replace("begins", "starts"), "utf-8")
    for path in ("ferry.txt", "choir.txt", "bridge.md"):
        (desk / "articles" / path).unlink()


def listed(ended: subprocess.CompletedProcess[str]) -> list[tuple[str, str]]:
    return [(one["a"]["name"], one["b"]["name"]) for one in json.loads(ended.stdout)["findings"]]


def test_findings_past_the_limit_are_counted_and_the_run_still_fails(check: Run, desk: Path) -> None:
    many(desk)
    every = check("articles", "--report", "json=-")
    few = check("articles", "--report", "json=-", "--set", "most_findings=2")
    assert (every.returncode, few.returncode) == (1, 1)
    record = json.loads(few.stdout)
    assert len(record["findings"]) == 2
    assert record["dropped"]["findings_not_listed"] == len(listed(every)) - 2 > 0
    told = check("articles", "--set", "most_findings=2").stdout
    assert told.startswith(f"2 findings fail; {len(listed(every)) - 2} more are not listed.")


def test_what_fails_is_listed_before_what_only_warns(check: Run, desk: Path) -> None:
    many(desk)
    policies = ("--fail-on", "longest <= 45 and near", "--warn-on", "near")
    ended = check("articles", "--report", "json=-", "--set", "most_findings=1", *policies)
    assert ended.returncode == 1
    assert [one["level"] for one in json.loads(ended.stdout)["findings"]] == ["fail"]


def test_an_accepted_finding_takes_no_place_of_one_that_fails(check: Run, run: Run, desk: Path) -> None:
    many(desk)
    strongest = listed(check("articles", "--report", "json=-", "--set", "most_findings=1"))[0]
    assert run("accept", *strongest, "--in", "articles", "--reason", "own", CWD=str(desk)).returncode == 0
    ended = check("articles", "--report", "json=-", "--set", "most_findings=1")
    states = [one["state"] for one in json.loads(ended.stdout)["findings"]]
    assert (ended.returncode, sorted(states)) == (1, ["accepted", "new"])


def test_accepting_all_takes_those_that_are_not_listed_too(check: Run, run: Run, desk: Path) -> None:
    many(desk)
    ended = run("accept", "--all", "--in", "articles", "--reason", "own", "--set", "most_findings=1", CWD=str(desk))
    assert (ended.returncode, ended.stderr) == (0, "")
    again = check("articles", "--set", "most_findings=1")
    assert (again.returncode, again.stdout.splitlines()[0][:11]) == (0, "No findings")


def test_the_limit_is_no_reason_to_build_an_index_again(check: Run, run: Run, desk: Path) -> None:
    copied(desk)
    assert run("index", "build", "articles", "--index", "a.index", CWD=str(desk)).returncode == 0
    ended = check("articles/copy.txt", "--against", "a.index", "--set", "most_findings=1")
    assert (ended.returncode, ended.stderr) == (1, "")


def test_rows_named_by_their_line_take_no_place_either_whichever_of_them_comes_first(
    check: Run, run: Run, desk: Path
) -> None:
    same = f"Number two of the series begins here. {BRIDGE * 3}"
    rows = [f"{word} {GARDEN if word == 'one' else ''} stands alone in its row." for word in ("one", "two", "three")]
    rows += [f"Row {number} holds {'very ' * number} little." for number in range(4)]
    rows += [same, CHOIR * 2, CHOIR.replace("Sunday", "Monday") * 2, same.replace("begins", "starts")]
    table = "".join(json.dumps({"text": text}) + "\n" for text in rows)
    (desk / "t.jsonl").write_text(table, "utf-8")  # its rows 9 and 10 are a pair, and so are 8 and 11
    assert run("accept", "t.jsonl:9", "t.jsonl:10", "--reason", "own", CWD=str(desk)).returncode == 0
    ended = check("t.jsonl", "--report", "json=-", "--set", "most_findings=1")
    states = {(one["a"]["name"], one["b"]["name"]): one["state"] for one in json.loads(ended.stdout)["findings"]}
    assert (ended.returncode, sorted(states.values())) == (1, ["accepted", "new"]), states
