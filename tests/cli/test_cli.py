"""The whole job on the command as it is installed."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import redirected
from click.testing import CliRunner, Result

import compare
from compare.cli import COMMANDS
from compare.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., subprocess.CompletedProcess[str]]

INSTALLED = "TOX_ENV_NAME" in os.environ
FERRY = (
    "The last ferry to Calder Island will sail an hour earlier from Monday, the harbour office said. "
    "Ice on the northern channel has made the evening crossing slower, and two trips were called off last week. "
    "Tickets already bought stay valid, and the night bus will wait at the quay for the later boat.\n"
)
CHOIR = (
    "Forty singers filled the chapel on Sunday for a concert that nobody had advertised. "
    "The choir had meant it as a rehearsal, but the doors stood open and people walking home came in and sat down.\n"
)
COMPARE = [sys.executable, "-P", "-m", "compare"]
HOSTILE = "a\x1b[31m<script>alert(1)</script>\nfake: line"
SMALL_DISK = (
    "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (512, 512))\n"
    "from compare.__main__ import entry; entry()"
)
"""Every write past 512 bytes of a file fails, as on a full disk."""


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "ferry.txt").write_text(FERRY, "utf-8")
    (folder / "copy.txt").write_text(FERRY.replace("an hour", "two hours"), "utf-8")
    (folder / "choir.txt").write_text(CHOIR, "utf-8")
    return folder


def environment(**changes: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(compare.__file__).parent.parent), **changes}


def table(path: Path, rows: list[dict[str, object]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


# --- names and help ------------------------------------------------------------------------------------------------


def test_both_names_of_the_command_start_the_same_entry(root: Path) -> None:
    scripts = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]
    assert scripts == {"compare": "compare.__main__:entry", "compare-text": "compare.__main__:entry"}


@pytest.mark.parametrize("name", ["compare", "compare-text"])
def test_the_wheel_installs_the_command_under_its_name(name: str, run: Run) -> None:
    script = Path(sys.executable).with_name(name)
    program = "from compare.__main__ import entry; entry()"
    command = [str(script)] if INSTALLED else [sys.executable, "-P", "-c", program]
    ended = subprocess.run([*command, "--version"], capture_output=True, text=True, check=True, env=environment())
    assert ended.stdout == run("--version").stdout == f"compare, version {__version__}\n"


def test_tox_tests_the_installed_package_with_compiled_kernels() -> None:
    from compare import kernels  # noqa: PLC0415  # it warns where nothing is compiled
    from compare.kernels import align as aligning  # noqa: PLC0415

    compiled = os.environ.get("TOX_ENV_NAME") != "plain"
    assert not INSTALLED or "site-packages" in kernels.__file__
    assert not INSTALLED or kernels.COMPILED == aligning.COMPILED == compiled


def test_without_compiled_kernels_a_pair_is_compared_all_the_same_and_that_is_said_once() -> None:
    code = (
        "import sys; sys.modules['compare.kernels._native'] = sys.modules['compare.kernels.align._native'] = None\n"
        "import compare\n"
        "found = [compare.pair(text, text[:200]) for text in (sys.argv[1], sys.argv[1].upper())]\n"
        "print(*(one.verdict.value for one in found), compare.pair(sys.argv[1], sys.argv[1]).minhash)"
    )
    ended = subprocess.run(
        [sys.executable, "-P", "-c", code, FERRY],
        capture_output=True, text=True, check=True, env=environment(PYTHONWARNINGS="default"),
    )  # fmt: skip
    assert ended.stdout == "contained contained 1.0\n"
    assert ended.stderr.count("RuntimeWarning: compare runs without its compiled kernels") == 1


def test_help_lists_every_command_and_every_command_has_help(run: Run) -> None:
    ended = run("--help")
    listed = ended.stdout.partition("Commands:")[2]
    names = re.findall(r"(?m)^  (\S+)", listed)  # a sentence may take several lines
    assert names == list(COMMANDS)
    assert "..." not in listed
    for name in names:
        told = run(name, "-h")
        assert (told.returncode, told.stderr) == (0, "")
        assert told.stdout.startswith("Usage: ")
        assert "Options:" in told.stdout


# --- the three jobs ------------------------------------------------------------------------------------------------


def test_run_says_what_it_found_and_where_the_report_is(articles: Path, tmp_path: Path, run: Run) -> None:
    ended = run("run", articles, CWD=str(tmp_path))
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "1 story needs a look" in ended.stdout
    assert "ferry" in ended.stdout
    assert ended.stdout.splitlines()[-1].startswith(f"Open {Path('reports') / 'index.html'}")
    names = sorted(contents(tmp_path / "reports"))
    assert [names[0], names[-1], len(names)] == ["index.html", "report.json", 3]


def test_run_mixes_files_folders_globs_and_tables(articles: Path, tmp_path: Path, run: Run) -> None:
    (tmp_path / "one.md").write_text("# One\n\n" + CHOIR, "utf-8")
    wire = table(tmp_path / "wire.jsonl", [{"id": "w1", "text": FERRY}])
    ended = run("run", articles, tmp_path / "one.md", tmp_path / "*.jsonl", "--output", tmp_path / "out")
    assert ended.returncode == 0, ended.stderr
    report = json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))
    assert sorted(Path(one["id"]).name for one in report["documents"]) == [
        "choir.txt", "copy.txt", "ferry.txt", "one.md", "w1",
    ]  # fmt: skip
    assert wire.exists()


def test_diff_shows_each_changed_word_and_the_verdict(articles: Path, run: Run) -> None:
    ended = run("diff", articles / "ferry.txt", articles / "copy.txt")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith("near-duplicate: ")
    assert "[-an hour-] {+two hours+}" in " ".join(ended.stdout.split())


def test_diff_says_which_facts_changed_and_who_is_quoted(tmp_path: Path, run: Run) -> None:
    words = "“The bridge will cost {} million crowns and it will carry the trams of the whole town,” said Ada Vale."
    (tmp_path / "a.txt").write_text(words.format("4.2"))
    (tmp_path / "b.txt").write_text(words.format("4.3"))
    shown = run("diff", tmp_path / "a.txt", tmp_path / "b.txt").stdout
    assert "fact changed: 4.2 million → 4.3 million (number)" in shown


def test_two_texts_without_a_command_are_compared(articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def ended(*words: str) -> Result:
        return CliRunner().invoke(compare.cli.main, words)

    monkeypatch.chdir(articles)
    (articles / "config").write_text(FERRY)
    assert ended("ferry.txt", "copy.txt").output == ended("diff", "ferry.txt", "copy.txt").output
    assert "[-an hour-] {+two hours+}" not in " ".join(ended("config", "copy.txt").output.split())
    for words, said in (
        (["ferry.txt"], "Name a second text"), (["ferry.txt", "no"], "no such file"),
        (["dif", "ferry.txt"], "mean diff?"),
        (["-", "-"], "not both"),
    ):  # fmt: skip
        wrong = ended(*words)
        assert wrong.exit_code
        assert said in f"{wrong.output}{wrong.exception}"


@pytest.mark.parametrize("words", [["diff", "-", "{}"], ["-", "{}"], ["diff", "{}", "-"]])
def test_one_of_two_texts_may_be_piped_in(words: list[str], articles: Path) -> None:
    named = [word.format(articles / "copy.txt") for word in words]
    ended = CliRunner().invoke(compare.cli.main, [*named, "--changes"], input=FERRY)
    assert ended.exit_code == 0
    assert "edited: The last ferry" in ended.stdout or "figure changed: The last ferry" in ended.stdout


def test_diff_changes_prints_what_was_changed_alone(articles: Path) -> None:
    words = ["diff", "--changes", str(articles / "ferry.txt"), str(articles / "copy.txt")]
    ended = CliRunner().invoke(compare.cli.main, words)
    assert ended.exit_code == 0
    assert "[-an hour-]{+two hours+}" in " ".join(ended.output.split())
    assert "containment" not in ended.output


def test_diff_colours_only_where_it_is_asked_to(articles: Path, run: Run) -> None:
    words = ["diff", articles / "ferry.txt", articles / "copy.txt"]
    assert "\x1b[31m" in run(*words, "--color", "always").stdout
    for plain in (run(*words), run(*words, NO_COLOR="1"), run(*words, "--color", "never"), run(*words, TERM="dumb")):
        assert "\x1b" not in plain.stdout + plain.stderr


def test_dedup_writes_pairs_clusters_kept_lines_and_a_summary(tmp_path: Path, run: Run) -> None:
    rows = [{"id": "a", "text": FERRY, "n": 1.50}, {"id": "b", "text": CHOIR}, {"text": FERRY.upper(), "id": "c"}]
    corpus, out = table(tmp_path / "corpus.jsonl", rows), tmp_path / "out"
    ended = run("dedup", corpus, "--output", out)
    assert (ended.returncode, ended.stderr) == (0, "")
    pairs, clusters = rows_of(out / "pairs.csv"), rows_of(out / "clusters.csv")
    assert [(row["a"], row["b"], row["verdict"], float(row["jaccard"])) for row in pairs] == [
        ("a", "c", "identical", 1)
    ]
    assert [(row["id"], row["kept"]) for row in clusters] == [("a", "a"), ("c", "a")]
    assert (out / "kept" / "corpus.jsonl").read_bytes() == b"".join(corpus.read_bytes().splitlines(keepends=True)[:2])
    summary = json.loads((out / "summary.json").read_text("utf-8"))
    assert [summary[name] for name in ("schema", "documents", "kept", "clusters")] == ["compare-summary/1", 3, 2, 1]


def test_dedup_keeps_a_folder_as_files(articles: Path, tmp_path: Path, run: Run) -> None:
    assert run("dedup", articles, "--output", tmp_path / "out").returncode == 0
    kept = contents(tmp_path / "out" / "kept")
    assert sorted(Path(name).name for name in kept) == ["choir.txt", "copy.txt"]
    assert CHOIR.encode() in kept.values()


def test_diff_keeps_the_signs_around_the_words(tmp_path: Path, run: Run) -> None:
    words = "“We shall close the bridge in {}, and open it in June,” said Ada Vale (62). “It is {} for {}5 at last.”"
    (tmp_path / "a.txt").write_text(words.format("March", "done", "US$"))
    (tmp_path / "b.txt").write_text(words.format("April", "ready", "A$"))
    shown = " ".join(run("diff", tmp_path / "a.txt", tmp_path / "b.txt").stdout.split())
    changed = words.format("[-March,-] {+April,+}", "[-done-] {+ready+}", "[-US$-] {+A$+} ")
    assert changed.replace("+},", "+}") in shown


def test_dedup_says_when_the_kept_folder_holds_more_than_it_wrote(tmp_path: Path, run: Run) -> None:
    (tmp_path / "docs.jsonl").write_text('{"id": "a", "text": "A pact was signed."}\n')
    assert "also holds" not in run("dedup", tmp_path / "docs.jsonl", "--output", tmp_path / "out").stdout
    (tmp_path / "out/kept/old.jsonl").write_text("{}")
    ended = run("dedup", tmp_path / "docs.jsonl", "--output", tmp_path / "out")
    assert "kept/ also holds 1 file that this run did not write" in ended.stdout
    assert json.loads((tmp_path / "out/summary.json").read_text("utf-8"))["left_over"] == 1


def test_dedup_drops_what_it_is_told_to_and_nothing_else(tmp_path: Path, run: Run) -> None:
    rows = [{"id": "a", "text": FERRY}, {"id": "b", "text": FERRY.replace("an hour", "two hours")}]
    corpus = table(tmp_path / "corpus.jsonl", rows)
    assert run("dedup", corpus, "--output", tmp_path / "out", "--drop", "identical").returncode == 0
    assert (tmp_path / "out" / "kept" / "corpus.jsonl").read_bytes() == corpus.read_bytes()


def test_what_was_skipped_is_named_with_its_reason(articles: Path, tmp_path: Path, run: Run) -> None:
    (articles / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\0\xff\xfe" * 9)
    (articles / "empty.md").write_bytes(b"")
    ended = run("run", articles, "--output", tmp_path / "out")
    assert ended.returncode == 0
    report = json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))
    assert sorted(Path(one["path"]).name for one in report["skipped"]) == ["empty.md", "picture.txt"]
    assert all(one["reason"] for one in report["skipped"])
    assert ended.stdout.count("Skipped ") == 2


# --- errors --------------------------------------------------------------------------------------------------------


def bad_inputs(tmp_path: Path, articles: Path) -> dict[str, list[object]]:
    """Command lines that a user can mend, by what is wrong with them."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("here", "utf-8")
    twice = table(tmp_path / "twice.jsonl", [{"id": "a", "text": FERRY}, {"id": "a", "text": CHOIR}])
    out, inside = tmp_path / "out", articles / "deep" / "out"
    return {
        "missing path, run": ["run", tmp_path / "no\nsuch", "--output", out],
        "missing path, diff": ["diff", articles / "ferry.txt", tmp_path / "no"],
        "missing path, dedup": ["dedup", tmp_path / "no", "--output", out],
        "one of two missing": ["run", articles, tmp_path / "no", "--output", out],
        "empty folder, run": ["run", tmp_path / "empty", "--output", out],
        "empty folder, dedup": ["dedup", tmp_path / "empty", "--output", out],
        "a folder to diff": ["diff", articles, articles / "ferry.txt"],
        "unknown verdict": ["dedup", articles, "--output", out, "--drop", "identical,same"],
        "no verdict": ["dedup", articles, "--output", out, "--drop", ","],
        "same id twice, run": ["run", twice, "--output", out],
        "same id twice, dedup": ["dedup", twice, "--output", out],
        "output is a file, run": ["run", articles, "--output", tmp_path / "file"],
        "output is a file, dedup": ["dedup", articles, "--output", tmp_path / "file"],
        "output is empty, run": ["run", articles, "--output", ""],
        "output is empty, dedup": ["dedup", articles, "--output", ""],
        "output inside input": ["dedup", articles, "--output", inside],
        "unknown setting": ["run", articles, "--output", out, "--set", "shingel=4"],
        "bad value": ["run", articles, "--output", out, "--set", "contained=2"],
        "not a number": ["run", articles, "--output", out, "--set", "shingle=five"],
        "a setting without a value": ["run", articles, "--output", out, "--set", "shingle"],
        "more than a kernel takes": ["dedup", articles, "--output", out, "--set", f"window={10**20}"],
        "too few permutations": ["dedup", articles, "--output", out, "--set", "permutations=1"],
        "a threshold without bands": ["run", articles, "--output", out, "--set", "lsh_threshold=1"],
        "a field that no document has": ["dedup", articles, "--output", out, "--keep", "fisrt"],
        "a URL": ["run", "https://example.org/a.txt", "--output", out],
    }


def test_what_a_user_can_mend_ends_with_2_and_one_plain_line(tmp_path: Path, articles: Path, run: Run) -> None:
    before = contents(articles)
    for wrong, words in bad_inputs(tmp_path, articles).items():
        ended = run(*words)
        assert (wrong, ended.returncode, ended.stdout) == (wrong, 2, ""), ended.stderr
        assert ended.stderr.startswith("compare: "), wrong
        assert (ended.stderr.count("\n"), ended.stderr[-1]) == (1, "\n"), wrong
        assert "Traceback" not in ended.stderr, wrong
        assert "bug of ours" not in ended.stderr, wrong
    assert contents(articles) == before
    assert (tmp_path / "file").read_text("utf-8") == "here"
    assert not (tmp_path / "out").exists() or not contents(tmp_path / "out")


@pytest.mark.parametrize("words", [["rum"], ["run"], ["diff", "a"], ["run", "x", "--wrong"], ["dedup", "x"]])
def test_a_mistyped_command_line_ends_with_2_and_says_how_it_goes(words: list[str], run: Run) -> None:
    ended = run(*words)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "Traceback" not in ended.stderr
    assert "Usage: " in ended.stderr


def test_a_misspelt_setting_is_answered_with_the_one_that_was_meant(articles: Path, tmp_path: Path, run: Run) -> None:
    assert "shingle" in run("run", articles, "--output", tmp_path / "out", "--set", "shingel=4").stderr


# --- a failed run destroys nothing ---------------------------------------------------------------------------------


@pytest.mark.parametrize("job", ["run", "dedup"])
def test_a_failed_run_leaves_the_last_report_byte_for_byte(job: str, articles: Path, tmp_path: Path, run: Run) -> None:
    out = tmp_path / "out"
    assert run(job, articles, "--output", out).returncode == 0
    before = contents(out)
    for wrong, words in bad_inputs(tmp_path, articles).items():
        if words[0] == job and str(out) in map(str, words):
            assert (wrong, run(*words).returncode) == (wrong, 2)
    after = contents(out)
    assert [name for name in before.keys() | after.keys() if before.get(name) != after.get(name)] == []


@pytest.mark.parametrize("job", ["run", "dedup"])
def test_a_full_disk_is_one_plain_line_and_no_file_is_half_written(job: str, tmp_path: Path, run: Run) -> None:
    rows = [{"id": "a", "text": FERRY * 2}, {"id": "c", "text": CHOIR}]
    out, corpus = tmp_path / "out", table(tmp_path / "corpus.jsonl", rows)
    assert run(job, corpus, "--output", out).returncode == 0
    before = contents(out)
    table(corpus, [{"id": "a", "text": FERRY * 2}, {"id": "b", "text": FERRY + CHOIR}])
    ended = run(job, corpus, "--output", out, CODE=SMALL_DISK)
    assert (ended.returncode, ended.stdout) == (2, ""), ended.stderr
    assert ended.stderr.startswith("compare: ")
    assert ended.stderr.count("\n") == 1
    assert contents(out) == before


def test_pages_of_an_earlier_run_go_and_files_of_others_stay(articles: Path, tmp_path: Path, run: Run) -> None:
    out = tmp_path / "out"
    assert run("run", articles, "--output", out).returncode == 0
    (out / "notes.html").write_text("mine", "utf-8")
    (articles / "copy.txt").unlink()
    assert run("run", articles, "--output", out).returncode == 0
    assert sorted(contents(out)) == ["index.html", "notes.html", "report.json"]


# --- pipes and hostile text ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("job", ["run", "diff", "dedup", "--help"])
def test_a_reader_that_closes_the_pipe_is_no_error(job: str, articles: Path, tmp_path: Path, run: Run) -> None:
    both = [str(articles / name) for name in ("ferry.txt", "copy.txt")]
    words = [*both, "--output", str(tmp_path / "out")] if job in {"run", "dedup"} else both if job == "diff" else []
    ended = run(job, *words, CODE=redirected.program("| true"))
    assert (ended.returncode, ended.stderr) == (0, "")


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_a_stream_that_was_closed_from_the_start_is_no_error(
    closed: str, articles: Path, tmp_path: Path, run: Run
) -> None:
    out = tmp_path / "out"
    ended = run("run", articles, "--output", out, CODE=redirected.program(closed))
    assert (ended.returncode, "bug of ours" in ended.stderr) == (0, False), ended.stderr
    command = ["sh", "-c", f'"$@" {closed}', "sh", *COMPARE, "run", str(tmp_path / "no"), "--output", str(out)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, env=environment())
    assert (ended.returncode, "bug of ours" in ended.stderr) == (2, False), ended.stderr


def test_hostile_ids_and_texts_reach_neither_terminal_nor_page_raw(tmp_path: Path, run: Run) -> None:
    rows = [{"id": HOSTILE + str(n), "title": HOSTILE, "text": FERRY + HOSTILE} for n in range(2)]
    corpus = table(tmp_path / "corpus.jsonl", [*rows, {"id": HOSTILE, "text": ""}])
    out, clean = tmp_path / "out", tmp_path / "clean"
    ends = [run("run", corpus, "--output", out), run("dedup", corpus, "--output", clean)]
    for ended in ends:
        assert ended.returncode == 0, ended.stderr
        assert "\x1b" not in ended.stdout + ended.stderr
        assert not any(line.startswith("fake:") for line in (ended.stdout + ended.stderr).splitlines())
    assert not any("<script>alert" in page.read_text("utf-8") for page in out.glob("*.html"))
    assert {row["a"] for row in rows_of(clean / "pairs.csv")} == {HOSTILE + "0"}


def test_hostile_names_and_texts_reach_the_terminal_escaped_in_diff(tmp_path: Path, run: Run) -> None:
    a, b = tmp_path / "a\x1b[31m\n.txt", tmp_path / "b.txt"
    a.write_text(FERRY + HOSTILE, "utf-8")
    b.write_text(FERRY + HOSTILE + " more", "utf-8")
    for ended in (run("diff", a, b), run("diff", a, tmp_path / "\x1b[31mno")):
        assert "\x1b" not in ended.stdout + ended.stderr


def test_a_traceback_is_shown_only_to_who_asks_for_it(articles: Path, tmp_path: Path, run: Run) -> None:
    code = (
        "import compare.jobs.run as jobs\n"
        "def broken(*_): raise ZeroDivisionError('here')\n"
        "jobs.run_paths = broken\n"
        "from compare.cli import entry; entry()"
    )
    for debug, shown in (("", False), ("1", True)):
        ended = run("run", articles, "--output", tmp_path / "out", CODE=code, COMPARE_DEBUG=debug)
        assert ("Traceback" in ended.stderr) is shown
        assert debug or (ended.returncode, ended.stderr.count("\n")) == (3, 1)


# --- repeats -------------------------------------------------------------------------------------------------------


def test_repeats_lists_each_passage_once_with_its_lines_and_what_changed(tmp_path: Path, run: Run) -> None:
    caption, file = FERRY.partition(". ")[0] + ".", tmp_path / "page.md"
    parts = ["---\ntitle: Ferry\n---", caption, CHOIR, CHOIR, caption.replace("an hour", "two hours"), CHOIR]
    file.write_text("\n\n".join(parts), "utf-8")
    ended = run("repeats", file)
    assert (ended.returncode, ended.stderr) == (0, "")
    first, *passages = ended.stdout.split("\n\n")
    assert first.startswith("page: 2 passages stand more than once. ")
    assert "[-an hour-] {+two hours+}" in " ".join(passages[0].split())
    assert ["twice" in passages[0], "(lines 5, 13)" in passages[0]] == [True, True]
    assert "3 times · verbatim" in passages[1]
    assert "(lines 7, 10, 15)" in passages[1]


def test_repeats_says_so_where_there_are_none_and_colours_only_where_it_is_asked_to(tmp_path: Path, run: Run) -> None:
    (tmp_path / "one.txt").write_text(FERRY, "utf-8")
    assert run("repeats", tmp_path / "one.txt").stdout == "one: no passage stands more than once.\n"
    (tmp_path / "two.txt").write_text(FERRY + HOSTILE + FERRY.replace("Monday", "Friday") + HOSTILE, "utf-8")
    assert "\x1b" not in run("repeats", tmp_path / "two.txt").stdout
    assert "\x1b[32m" in run("repeats", tmp_path / "two.txt", "--color", "always").stdout


def test_repeats_of_what_cannot_be_read_ends_with_2_and_one_plain_line(
    articles: Path, tmp_path: Path, run: Run
) -> None:
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\0\xff\xfe" * 9)
    for words in ([tmp_path / "no"], [articles], [tmp_path / "picture.txt"], [articles / "ferry.txt", "--set", "x=1"]):
        ended = run("repeats", *words)
        assert (ended.returncode, ended.stdout, ended.stderr.count("\n")) == (2, "", 1)
        assert ended.stderr.startswith("compare: ")
