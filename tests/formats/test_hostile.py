"""200 payloads in every field that comes from outside, in every format."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
import xml.etree.ElementTree as ET  # our own output

import pytest
from gate_desk import PAYLOADS, PLAIN, hostile
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt
from test_formats import SCHEMA

from compare.formats import github
from compare.formats.choose import FORMATS, render
from compare.wording.csv import inert
from compare.wording.escape import valid

COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::(.*)")


def test_there_are_200_payloads() -> None:
    assert len(set(PAYLOADS)) == 200


@pytest.mark.parametrize("name", FORMATS)
def test_whatever_is_inside_can_be_written_as_utf8(name: str) -> None:
    assert all(render(name, hostile(payload)).encode() for payload in PAYLOADS)


def test_no_control_character_and_no_command_reaches_the_terminal() -> None:
    lines = render("text", hostile(PLAIN)).count("\n")
    for payload in PAYLOADS:
        told = render("text", hostile(payload))
        assert told.count("\n") == lines
        assert not [char for char in told if unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"} and char != "\n"]
        assert not set(told) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")
        assert not re.search(r"(?m)^\s*::|##\w*\[", told)


def test_every_line_for_github_is_one_of_our_commands() -> None:
    lines = len(render("github", hostile(PLAIN)).splitlines())
    for payload in PAYLOADS:
        told = re.split(r"\r\n|\r|\n", render("github", hostile(payload)).removesuffix("\n"))
        found = [COMMAND.fullmatch(line) for line in told]
        assert len(told) == lines
        assert all(found)
        for one in filter(None, found):
            names = [part.partition("=")[0] for part in one[2].split(",")]
            assert set(names) <= {"file", "line", "endLine", "title"}
            assert len(set(names)) == len(names)


@pytest.mark.parametrize("made", [lambda one: render("markdown", one), github.step_summary])
def test_markdown_from_outside_is_nothing_but_code(made: object) -> None:
    plain = _skeleton(made(hostile(PLAIN)))
    assert len(plain) > 100
    for payload in PAYLOADS:
        assert _skeleton(made(hostile(payload))) == plain


def _skeleton(told: str) -> list[tuple[str, str]]:
    """All tokens with their texts, but for what is in code spans and for the length of passages."""
    told = re.sub(r"\d+ words?, edited", "n words, edited", told)
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    tokens = [part for token in parser.parse(told) for part in (token, *(token.children or ()))]
    return [(one.type, one.content if one.type not in {"code_inline", "inline"} else "") for one in tokens]


def test_json_parses_and_fits_its_schema() -> None:
    validator = Draft202012Validator(SCHEMA)
    for payload in PAYLOADS:
        record = json.loads(render("json", hostile(payload)))
        validator.validate(record)
        assert record["findings"][0]["a"]["name"] == valid(f"{payload}a")
        assert len(render("jsonl", hostile(payload)).split("\n")) == len(record["findings"]) + 1


def test_xml_is_well_formed_and_has_our_elements_alone() -> None:
    plain = [one.tag for one in ET.fromstring(render("junit", hostile(PLAIN)).encode()).iter()]  # noqa: S314
    for payload in PAYLOADS:
        assert [one.tag for one in ET.fromstring(render("junit", hostile(payload)).encode()).iter()] == plain  # noqa: S314


def test_csv_has_its_rows_and_no_bare_formula() -> None:
    for payload in PAYLOADS:
        told = render("csv", hostile(payload))
        rows = list(csv.reader(io.StringIO(told, newline=""), strict=True))
        assert [row[5] for row in rows[1:7]] == [inert(valid(f"{payload}a"))] * 6
        assert {len(row) for row in rows} == {len(rows[0])}
        pieces = [piece for row in rows for cell in row for piece in re.split(r"[;\t\r\n]", cell)]
        assert not [piece for piece in pieces if piece.strip(" \u00a0")[:1] in set("=+-@＝＋－＠")]
