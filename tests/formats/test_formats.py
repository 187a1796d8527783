from __future__ import annotations

import csv
import io
import json
import os
import re
import shlex
import subprocess
import sys
from dataclasses import replace
from importlib import resources
from pathlib import Path

import pytest
from gate_desk import PAYLOADS, PLAIN, ROW, clean, desk, doubtful, hostile, many
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from compare.formats import github, text
from compare.formats.choose import FORMATS, render
from compare.formats.places import Region, passages, region_of, where
from compare.formats.sentences import accept_command, allow_it, exit_code, headline, message, opened
from compare.model import Checked, Span, State
from compare.version import __version__
from compare.vocabulary import COUNTS, SHARES

GOLDEN = Path(__file__).parent / "golden"
SCHEMA = json.loads(resources.files("compare.data").joinpath("check.schema.json").read_text("utf-8"))


@pytest.mark.parametrize("name", [*FORMATS, "summary"])
def test_the_bytes_are_those_of_the_golden_file(name: str) -> None:
    """`COMPARE_WRITE_GOLDEN=1 pytest tests/formats` writes them anew; read the difference before it is committed."""
    made = github.step_summary(desk()) if name == "summary" else render(name, desk())
    made = made.replace(f'"{__version__}"', '"VERSION"')
    if os.environ.get("COMPARE_WRITE_GOLDEN"):
        (GOLDEN / f"{name}.txt").write_bytes(made.encode())
    assert made.encode() == (GOLDEN / f"{name}.txt").read_bytes()


@pytest.mark.parametrize("name", FORMATS)
def test_equal_findings_are_equal_bytes_that_end_in_a_line_feed(name: str) -> None:
    assert render(name, desk()) == render(name, desk())
    assert render(name, desk()).endswith("\n")


def test_an_unknown_format_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="'yaml' is no format; there are text, json"):
        render("yaml", desk())


def test_the_choice_of_a_format_loads_no_other() -> None:
    code = (
        "import sys, compare.formats.choose; print([one for one in sys.modules if one.startswith('compare.formats.')])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "['compare.formats.choose']"


@pytest.mark.parametrize("name", [*FORMATS, "summary"])
def test_every_format_says_what_was_read_with_a_doubt(name: str) -> None:
    """By file, or at the sides of findings where a format has nothing but these."""
    made = github.step_summary(doubtful()) if name == "summary" else render(name, doubtful())
    shown = {
        "json": ('"encoding": "windows-1252"', '"replaced": 3'),
        "jsonl": ('"encoding":"windows-1252"', '"replaced":3'),
    }
    words = ("read as windows-1252, a guess", "UTF-8 with 3 broken characters, shown as �")
    assert all(part in made for part in shown.get(name, words))
    before = github.step_summary(desk()) if name == "summary" else render(name, desk())
    assert not any(part in before for part in shown.get(name, words))


def test_a_notice_of_doubts_leaves_room_for_the_findings() -> None:
    found = github.render(replace(many(50), doubts=doubtful().doubts)).splitlines()
    assert len(found) == 10
    assert found[-2].startswith("::notice title=compare::42 more findings")
    assert found[-1].startswith("::notice title=read with a doubt::feeds/agency.csv: UTF-8 with 3 broken characters")


# --- text ----------------------------------------------------------------------------------------------------------


def test_the_first_line_says_it_all_and_the_last_one_the_policy() -> None:
    lines = text.render(desk()).splitlines()
    expected = "3 findings fail, 2 warn; 2 accepted; 2 entries stale or expired. 27 articles checked against 1,302."
    assert (lines[0], lines[-1]) == (expected, "Fails on: near; warns on: verdict >= same-story.")


def test_a_clean_run_is_two_lines() -> None:
    assert text.render(clean()) == "No findings. 27 articles checked against 1,302.\nFails on: near.\n"


def test_one_finding_is_spoken_of_as_one() -> None:
    assert headline(many(1)).startswith("1 finding fails; 2 entries")


def test_colors_come_only_when_asked_for_and_change_no_word() -> None:
    colored = text.render(desk(), colored=True)
    assert "\x1b[31mFAIL" in colored
    for code in ("\x1b[31m", "\x1b[33m", "\x1b[1m", "\x1b[0m"):
        colored = colored.replace(code, "")
    assert colored == text.render(desk())


def test_every_open_finding_says_how_to_allow_it_and_no_accepted_one_does() -> None:
    told = text.render(desk())
    for finding in desk().findings:
        command = f"  allow it: {accept_command(finding.comparison.a, finding.comparison.b)}\n"
        assert (command in told) == finding.state.is_open


def test_an_accepted_entry_that_fails_a_strict_run_is_said_to() -> None:
    assert "2 accepted entries to mend or remove: the run fails." in text.render(replace(desk(), strict=True))
    assert "the run fails" not in text.render(desk())


@given(st.text(st.characters(exclude_characters="\0", codec="utf-8"), min_size=1), st.sampled_from(PAYLOADS))
def test_the_command_names_both_documents_to_a_shell(a: str, payload: str) -> None:
    b = payload.translate({0: None, 0xD800: None, 0xDFFF: None})
    command = accept_command(a, b)
    assert command.isprintable() or any(ord(char) > 127 for char in command)
    script = command.replace("compare accept", "printf '%s\\0'").replace("--reason … --", "--")
    if "$'" in script:  # other shells have no $'...'
        return
    words = shlex.split(script)
    assert a in words
    assert b in words


@pytest.mark.parametrize("name", ["a b.md", "-x", "it's", "\x1b[31m\n", "##[error]\\x41", "ü\u202e$HOME`id`"])
def test_bash_reads_the_names_as_they_are(name: str) -> None:
    words = accept_command(name, "b.md").removeprefix("compare accept ")
    script = f"LC_ALL=C.UTF-8; printf '%s|' {words}"
    found = subprocess.run(["/bin/bash", "-c", script], capture_output=True, check=True).stdout.decode().split("|")
    assert name in found
    assert "b.md" in found


# --- places --------------------------------------------------------------------------------------------------------


@given(st.text(st.sampled_from("ab \n\r🚢é"), min_size=1), st.data())
def test_a_region_exists_in_the_text_and_holds_the_span(whole: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(whole) - 1))
    stop = data.draw(st.integers(start + 1, len(whole)))
    found = region_of(whole, Span(start, stop))
    lines = whole.split("\n")
    assert 1 <= found.line <= found.end_line <= len(lines)
    assert _cut(lines, found) == whole[start:stop]


def _cut(lines: list[str], region: Region) -> str:
    """What stands in a region, line by line."""
    whole = [line + "\n" for line in lines]
    found = whole[region.line - 1 : region.end_line]
    found[-1] = found[-1][: region.end_column - 1]
    found[0] = found[0][region.column - 1 :]
    return "".join(found)


def test_every_line_that_is_given_holds_the_words_that_are_quoted() -> None:
    seen = 0
    for finding in desk().findings:
        for passage in passages(finding, desk()):
            for place, span, name in (
                (passage.a, passage.match.a, finding.comparison.a),
                (passage.b, passage.match.b, finding.comparison.b),
            ):
                body = desk().documents[name].text
                assert (place.region is None) == (name == ROW)
                if place.region:
                    assert _cut(body.split("\n"), place.region) == body[slice(*span)]
                    seen += 1
    assert seen > 20


# --- json, jsonl, csv ----------------------------------------------------------------------------------------------


def test_the_published_schema_is_sound_and_strict() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    objects = [part for part in _parts(SCHEMA) if part.get("type") == "object"]
    assert len(objects) > 8
    assert all("additionalProperties" in part for part in objects)


def _parts(part: object) -> list[dict[str, object]]:
    inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    return [*([part] if isinstance(part, dict) else []), *(found for value in inner for found in _parts(value))]


@pytest.mark.parametrize("checked", [desk(), doubtful(), clean(), many(3), replace(desk(), strict=True)])
def test_the_record_fits_the_schema(checked: object) -> None:
    Draft202012Validator(SCHEMA).validate(json.loads(render("json", checked)))


def test_the_record_says_what_was_found() -> None:
    record = json.loads(render("json", desk()))
    assert (record["exit_code"], record["settings"]["alike"]) == (1, 0.333333)
    assert {one["state"] for one in record["findings"]} == set(State)
    row = next(one for one in record["findings"] if one["a"]["name"] == ROW)
    assert row["a"]["path"] == "feeds/agency.csv"
    assert [span["line"] for span in (row["matches"][0]["a"], row["matches"][0]["b"])] == [None, 6]
    assert [row["matches"][0]["drifts"][0][side]["text"] for side in "ab"] == ["4,2 Mio.", "4,2"]
    assert json.loads(render("json", clean()))["exit_code"] == 0


def test_each_line_of_jsonl_is_a_finding_of_json() -> None:
    lines = [json.loads(line) for line in render("jsonl", desk()).splitlines()]
    assert lines == json.loads(render("json", desk()))["findings"]
    assert render("jsonl", clean()) == ""


def test_csv_comes_back_as_it_was() -> None:
    rows = list(csv.DictReader(io.StringIO(render("csv", desk()), newline=""), strict=True))
    assert [(row["a"], row["b"]) for row in rows] == [(one.comparison.a, one.comparison.b) for one in desk().findings]
    assert [row["line_a"] for row in rows if row["a"] == ROW] == [""]


def test_each_number_of_the_csv_stands_under_its_name() -> None:
    rows = list(csv.DictReader(io.StringIO(render("csv", desk()), newline=""), strict=True))
    for row, finding in zip(rows, desk().findings, strict=True):
        numbers = {column: float(cell) for column, cell in row.items() if column in {*SHARES, *COUNTS}}
        assert numbers
        assert numbers == {column: round(getattr(finding.comparison, column), 6) for column in numbers}
        assert (row["words"], row["verdict"]) == (str(finding.words), finding.comparison.verdict.value)


# --- lines ---------------------------------------------------------------------------------------------------------


def test_a_problem_matcher_reads_every_line_but_notes(root: Path) -> None:
    (matcher,) = json.loads((root / "action" / "matcher.json").read_text("utf-8"))["problemMatcher"]
    (pattern,) = matcher["pattern"]
    told = render("lines", doubtful()).splitlines()
    found = [re.fullmatch(pattern["regexp"], line) for line in told if ": note: " not in line]
    assert found
    assert all(found)
    for line, finding in zip(filter(None, found), opened(doubtful()), strict=True):
        spot, _ = where(finding, doubtful())
        assert line[pattern["file"]] == spot.path
        assert line[pattern["line"]] == (str(spot.region.line) if spot.region else None)
        assert line[pattern["severity"]] == ("error" if finding.fails else "warning")
        assert line[pattern["message"]] == message(finding, doubtful()) + allow_it(finding, doubtful())


def test_a_name_that_a_system_would_obey_is_a_path() -> None:
    for payload in PAYLOADS:
        told = render("lines", hostile(payload))
        assert told.count("\n") == render("lines", hostile(PLAIN)).count("\n")
        assert not re.search(r"(?m)^\s*::|##\w*\[", told)


# --- github --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "lines"), [(0, 0), (1, 1), (10, 10), (11, 10), (500, 10)])
def test_there_are_at_most_ten_annotations_and_the_rest_is_said(count: int, lines: int) -> None:
    found = github.render(many(count)).splitlines()
    assert len(found) == lines
    if count > 10:
        assert found[-1].startswith(f"::notice title=compare::{count - 9} more findings")


def test_the_summary_is_below_a_mebibyte_and_says_what_it_leaves_out() -> None:
    told = github.step_summary(many(5000))
    assert 1_000_000 < len(told.encode()) < 1_048_576
    shown = told.count("\n### FAIL")
    assert f"… and {5000 - shown:,} more findings that there is no room for." in told
    assert told.endswith("Fails on: `near`; warns on: `verdict >= same-story`.\n")


def test_a_comment_is_shorter_than_github_takes() -> None:
    worst = hostile("\u202e`" * 300)
    worst = replace(worst, skipped=worst.skipped * 900, findings=worst.findings * 30)
    for checked in (many(5000), worst):
        assert len(render("markdown", checked).encode()) <= 65_000


# --- what was not seen ---------------------------------------------------------------------------------------------


def unseen() -> Checked:
    """A run that finds nothing, and has not seen everything."""
    return replace(clean(), left_out={"index_candidates": 1234, "pairs_not_aligned": 5, "twin_pairs": 3})


@pytest.mark.parametrize("name", FORMATS)
def test_what_was_left_out_is_told_in_every_format_and_is_no_clean_run(name: str) -> None:
    told = render(name, unseen())
    assert "1,234" in told or "1234" in told
    assert "raise weak_pairs" in told or name == "json"
    assert "--against" in told or name == "json"
    assert told != render(name, clean())


def test_what_was_left_out_is_an_error_where_a_format_knows_errors() -> None:
    assert headline(unseen()).startswith("No findings; not everything was compared. ")
    record = json.loads(render("json", unseen()))
    Draft202012Validator(SCHEMA).validate(record)
    assert record["exit_code"] == 2
    invocation = json.loads(render("sarif", unseen()))["runs"][0]["invocations"][0]
    assert (invocation["exitCode"], invocation["executionSuccessful"]) == (2, False)
    assert invocation["toolExecutionNotifications"][0]["level"] == "error"
    assert ' errors="1"' in render("junit", unseen())
    assert render("github", unseen()).startswith("::error title=compare::not everything was compared")
    assert json.loads(render("gitlab", unseen()))[0]["severity"] == "blocker"
    assert render("markdown", unseen()).startswith("## ❌ ")
    assert exit_code(replace(many(3), left_out={"index_candidates": 1})) == 2
    assert [exit_code(one) for one in (clean(), many(1), replace(clean(), left_out={"twin_pairs": 9}))] == [0, 1, 0]
