"""The documents say what is so: their commands run, their examples hold, their links lead somewhere."""

from __future__ import annotations

import doctest
import re
import runpy
import shlex
import shutil
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from gate_desk import desk as findings

import compare
from compare import errors
from compare.align.prepare import prepare
from compare.cli import COMMANDS
from compare.formats.choose import FORMATS
from compare.model import ChangeKind, Comparison, Kind, Mark, Match, Relation, Span, Verdict
from compare.pipeline.engines.base import Resources, Work
from compare.settings import Settings
from compare.sources.decode import NotTextError
from compare.sources.fields import Fields, Reading

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

    Run = Callable[..., subprocess.CompletedProcess[str]]

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "bench").glob("*.md")])
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]
INSTALL = "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/compare run seeds/"
TEST = "python3 -m venv .venv-test && .venv-test/bin/pip install tox && .venv-test/bin/tox"
LONGEST_DECISION = 40
GUIDES = [name for name in NAMES if name.startswith("docs/adding-")]


def page(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def blocks(text: str, language: str) -> list[str]:
    """The fenced blocks of a language, also inside a list."""
    return [
        re.sub(rf"(?m)^{indent}", "", body)
        for indent, body in re.findall(rf"(?ms)^( *)```{language}\n(.*?)^ *```$", text)
    ]


def slug(heading: str) -> str:
    """A heading's anchor, as GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with the sample articles, where examples run."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    return tmp_path


def test_the_readme_begins_with_the_command_that_installs_and_the_one_that_tests() -> None:
    assert [block.strip() for block in blocks(page("README.md"), "sh")][:2] == [INSTALL, TEST]


def test_ci_runs_exactly_the_readmes_second_command() -> None:
    script = ROOT / ".ci" / "run"
    assert [line.strip() for line in script.read_text("utf-8").splitlines()].count(TEST) == 1
    assert script.stat().st_mode & 0o111


def examples() -> list[tuple[str, str, list[str]]]:
    """Each command of a console block, with the lines shown of its output."""
    found = []
    for name in NAMES:
        for block in blocks(page(name), "console"):
            for part in re.split(r"(?m)^\$ ", block)[1:]:
                command, _, shown = part.partition("\n")
                found.append((name, command, shown.splitlines()))
    return found


def follows(lines: list[str], shown: list[str]) -> bool:
    """Whether the lines shown are the output: a line `…` is any number of lines, a `…` at an end is any rest."""
    parts = [
        r"(?:.*\n)*" if line == "…" else re.escape(line.rstrip("…")) + (".*" if line[-1:] == "…" else "") + r"\n"
        for line in shown
    ]
    return re.fullmatch("".join(parts), "".join(line + "\n" for line in lines)) is not None


@pytest.mark.parametrize("page_name", sorted({name for name, _, _ in examples()}))
def test_the_console_examples_of_a_page_print_what_it_shows_one_after_the_other(
    page_name: str, desk: Path, run: Run
) -> None:
    for name, command, shown in examples():
        if name == page_name:
            program, *words = shlex.split(command)
            assert program == "compare", name
            ended = run(*words, CWD=str(desk))
            assert (ended.returncode, ended.stderr) == (0, ""), command
            assert follows(ended.stdout.splitlines(), shown), ended.stdout


def test_the_readme_shows_each_command_at_work() -> None:
    shown = {shlex.split(command)[1] for name, command, _ in examples() if name == "README.md"}
    # two end when they are told to, one is for a shell, one an extra, one asks for what people marked
    apart = {"open", "desk", "completion", "redline", "tune"}
    assert shown == set(COMMANDS) - apart
    assert all(f"compare {command}" in "\n".join(blocks(page("README.md"), "sh")) for command in apart)


@pytest.mark.parametrize("name", NAMES)
def test_the_python_examples_of_a_page_hold(name: str, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(desk)
    code = "\n".join(blocks(page(name), "python"))
    assert code.count(">>>") >= (name == "README.md")
    case = doctest.DocTestParser().get_doctest(code, {}, name, name, 0)
    said: list[str] = []
    failed = doctest.DocTestRunner(verbose=False).run(case, out=said.append).failed
    assert failed == 0, "".join(said)


@pytest.mark.parametrize("library", ["pandas", "polars", "datasets"])
def test_the_examples_of_a_library_hold_where_it_is(library: str) -> None:
    (code,) = [block for block in blocks(page("README.md"), "pycon") if f"import {library}\n" in block]
    pytest.importorskip(library)
    columns = {"id": [10, 9, 8], "body": ["A pact was signed.", "Nothing else.", "A pact was signed."]}
    names = {"compare": compare, "columns": columns}  # as the example before them has them
    case = doctest.DocTestParser().get_doctest(code, names, library, library, 0)
    said: list[str] = []
    assert doctest.DocTestRunner(verbose=False).run(case, out=said.append).failed == 0, "".join(said)


@pytest.fixture(scope="module")
def options(run: Run) -> set[str]:
    """Every option that some command tells of."""
    asked = [*((command,) for command in COMMANDS), ("index", "add")]
    helped = " ".join(run(*words, "-h").stdout for words in asked)
    return {"--help", "--version", *re.findall(r"--[a-z][a-z-]*", helped)}


@pytest.mark.parametrize("name", NAMES)
def test_every_option_that_a_page_names_is_one_that_some_command_has(name: str, options: set[str]) -> None:
    prose = "\n".join(re.findall(r"`compare [^`]*`|`--[^`]*`", page(name)) + blocks(page(name), "sh"))
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", re.sub(r"(?m)^.*(?:pip|tox|bench/|git ).*$", "", prose)))
    assert named <= options


@pytest.mark.parametrize("name", NAMES)
def test_every_link_leads_to_a_file_and_a_heading_of_it(name: str) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page(name)):
        if target.startswith(("https://", "http://")):
            continue
        path, _, anchor = target.partition("#")
        file = ROOT / name if not path else (ROOT / name).parent / path
        assert file.exists(), target
        assert not anchor or anchor in map(slug, re.findall(r"(?m)^#+ (.+)$", file.read_text("utf-8"))), target


def test_the_exit_codes_of_the_readme_are_those_of_the_code() -> None:
    codes = [int(code) for code in re.findall(r"(?m)^\| (\d+) \|", page("README.md"))]
    assert codes == sorted(value for name, value in vars(errors).items() if name.startswith("EXIT_"))


def test_the_readme_and_the_glossary_name_every_verdict_in_order() -> None:
    for name in ("README.md", "docs/glossary.md"):
        rows = re.findall(r"(?m)^\| `([a-z-]+)` \|", page(name).partition("## Verdicts")[2])
        assert rows == [verdict.value for verdict in Verdict]


def test_the_glossary_names_every_kind_mark_and_score() -> None:
    rows = re.findall(r"(?m)^\| (`[^|]+) \|", page("docs/glossary.md"))
    named = {word for row in rows for word in re.findall(r"`([^`]+)`", row)}
    scores = set(Comparison.__slots__) - {"a", "b", "verdict", "matches", "evidence", "lineage"}
    assert named == scores | {item.value for words in (ChangeKind, Kind, Mark, Relation, Verdict) for item in words}


@pytest.mark.parametrize("name", GUIDES)
def test_every_file_that_a_guide_to_adding_names_is_there(name: str) -> None:
    named = re.findall(r"(?<![\w/])(?:compare|docs|tests|tools)/[\w./]*\w", page(name))
    assert len(named) > 4
    assert [path for path in named if not (ROOT / path).exists()] == []


def modules(name: str, folder: Path) -> list[dict[str, Any]]:
    """What the modules hold that a guide shows."""
    made = []
    for number, block in enumerate(blocks(page(name), "py")):
        (folder / f"shown{number}.py").write_text(block, "utf-8")
        made.append(runpy.run_path(str(folder / f"shown{number}.py")))
    return made


def test_the_modules_that_the_guides_to_adding_show_do_what_they_say(tmp_path: Path) -> None:
    reading = Reading(Settings(max_bytes=100), Fields(), digest=False)
    cue = "1\n00:00:01,000 --> 00:00:03,000\n"
    text, binary = modules("docs/adding-a-reader.md", tmp_path)
    assert text["read"](f"{cue}A ferry left.".encode(), reading).muted == (Span(0, len(cue) - 1),)
    assert binary["read"](zlib.compress(b"A ferry left."), reading).text == "A ferry left."
    for raw in (b"A ferry", zlib.compress(b"A ferry left.")[:-6], zlib.compress(b"A ferry left. " * 9)):
        with pytest.raises(NotTextError):
            binary["read"](raw, reading)
    (output,) = modules("docs/adding-an-output.md", tmp_path)
    assert output["render"](findings()).startswith(f"TAP version 13\n1..{len(findings().findings)}\nnot ok 1 - ")
    (mark,) = modules("docs/adding-a-mark.md", tmp_path)
    sides = prepare("Ferry late\nIt left at ten."), prepare("Ferry late\nIt was the fog.")
    spans = (Span(0, 10), Span(0, 15))
    assert [mark["is_headline"](Match(span, span, Kind.VERBATIM, 1.0), *sides) for span in spans] == [True, False]
    (engine,) = modules("docs/adding-an-engine.md", tmp_path)
    backward = engine["engine"](Resources(), Work())
    parts = backward.each("numbers", 3, lambda part, out: out.note("part", part))
    assert [part.facts["part"] for part in parts] == [0, 1, 2]


def test_the_readme_and_the_guide_to_the_gate_name_every_output() -> None:
    rows = re.findall(r"(?m)^\| (`[^|]+) \| ", page("docs/how-to-gate.md").partition("| `--report` |")[2])
    assert {name for row in rows for name in re.findall(r"`([^`]+)`", row)} == set(FORMATS)
    assert all(re.search(rf"\b{name}\b", page("README.md").partition("`--report ")[2]) for name in FORMATS)


def test_the_guide_to_a_report_says_what_each_mark_is_called_there() -> None:
    named = re.findall(r"(?m)^- \*\*([^*]+)\*\*", page("docs/how-to-read-a-report.md"))
    assert {mark.label for mark in Mark} <= set(named)


def test_the_picture_of_the_architecture_shows_every_room_and_every_flat_module_and_no_other() -> None:
    picture = page("docs/architecture.md").split("```")[1]
    rooms = {path.parent.name for path in (ROOT / "compare").glob("*/__init__.py")}
    flat = {path.stem for path in (ROOT / "compare").glob("*.py")} - {"__init__", "__main__"}
    assert set(re.findall(r"\b([a-z]+)/", picture)) - {"marks"} == rooms
    assert set(re.findall(r"\b([a-z]+)\.py\b", picture)) - {"plan"} == flat


def test_decisions_are_numbered_once_and_short() -> None:
    files = sorted((ROOT / "docs" / "decisions").iterdir())
    numbers = [int(file.name[:4]) for file in files]
    assert numbers == list(range(1, len(files) + 1))
    for number, file in zip(numbers, files, strict=True):
        lines = file.read_text("utf-8").splitlines()
        assert re.fullmatch(r"\d{4}(-[a-z0-9]+)+\.md", file.name)
        assert lines[0].startswith(f"# {number}. ")
        assert len(lines) <= LONGEST_DECISION, file.name
