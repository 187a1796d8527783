from __future__ import annotations

import json
from dataclasses import replace
from importlib import resources

import pytest
from jsonschema import Draft202012Validator, ValidationError
from newsroom import changed, document, newsroom, settled_newsroom

from compare.report.record import as_json, entry_record

SCHEMA = json.loads(resources.files("compare.data").joinpath("report.schema.json").read_text("utf-8"))


def test_the_published_schema_is_sound_and_strict() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    objects = [part for part in _parts(SCHEMA) if part.get("type") == "object"]
    assert objects
    assert all("additionalProperties" in part for part in objects)


def _parts(part: object) -> list[dict[str, object]]:
    inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    return [*([part] if isinstance(part, dict) else []), *(found for value in inner for found in _parts(value))]


def test_a_report_fits_the_schema() -> None:
    Draft202012Validator(SCHEMA).validate(json.loads(as_json(newsroom())))


def test_a_pair_of_which_an_entry_speaks_says_so_and_the_others_are_as_they_were() -> None:
    record = json.loads(as_json(settled_newsroom()))
    Draft202012Validator(SCHEMA).validate(record)
    copy, derived, story = record["pairs"]
    assert copy["accepted"]["state"] == "accepted"
    assert derived["accepted"]["why"] == "38 words were accepted, 61 are reused now"
    assert [one["expires"] for one in derived["accepted"]["entries"]] == ["", "2027-01-31"]
    kept = settled_newsroom().judged[derived["a"], derived["b"]].entries
    assert derived["accepted"]["entries"] == [entry_record(entry) for entry in kept]
    assert [one["starts"] for one in derived["accepted"]["entries"]] == [entry.starts for entry in kept]
    for pair in (copy, derived):
        del pair["accepted"]
    plain = json.loads(as_json(newsroom()))
    look, before = (one["families"][0].pop("look") for one in (record, plain))
    assert record == plain
    assert look["score"] < before["score"], "what is accepted gives no points"
    assert "accepted" not in story


def test_a_report_with_a_key_too_many_does_not_fit() -> None:
    record = json.loads(as_json(newsroom()))
    record["pairs"][0]["when"] = "now"
    with pytest.raises(ValidationError):
        Draft202012Validator(SCHEMA).validate(record)


def test_the_record_says_what_was_found() -> None:
    record = json.loads(as_json(newsroom()))
    assert list(record)[:2] == ["schema", "tool"]
    assert [pair["verdict"] for pair in record["pairs"]] == ["identical", "derived", "same-story"]
    first = record["pairs"][1]["matches"][0]
    text = next(d.text for d in newsroom().documents if d.id == record["pairs"][1]["a"])
    assert text[first["a"]["start"] : first["a"]["stop"]].startswith("A 40-metre")
    assert record["clusters"][0]["members"] == ["wire/harbour-wire.md", "wire/harbour-again.txt"]
    assert record["clusters"][0]["dropped"][0]["for"] == record["clusters"][0]["keep"] == "wire/harbour-wire.md"
    assert record["dropped"] == {"ceiling": 0, "twin_pairs": 3}


def test_the_record_says_what_drifted_and_who_is_quoted() -> None:
    record = json.loads(as_json(newsroom()))
    pair = record["pairs"][1]
    texts = {document.id: document.text for document in newsroom().documents}
    (drift,) = [one for match in pair["matches"] for one in match["drifts"]]
    words = [texts[pair[side]][drift[side]["start"] : drift[side]["stop"]] for side in "ab"]
    assert (drift["what"], words) == ("number", ["4.3 million", "4.2 million"])
    assert [match["speaker"] for match in pair["matches"] if match["speaker"]] == ["Marian Oduya"]


def test_the_order_of_documents_does_not_change_the_bytes() -> None:
    report = newsroom()
    assert as_json(report) == as_json(replace(report, documents=report.documents[::-1]))


def test_floats_have_six_places_and_the_text_ends_in_a_line_feed() -> None:
    report = newsroom()
    pair = replace(report.comparisons[0], jaccard=1 / 3)
    text = as_json(changed(report, comparisons=(pair,)))
    assert '"jaccard":0.333333,' in text
    assert text.endswith("}\n")


def test_lone_surrogates_and_other_scripts_are_written_as_text() -> None:
    report = changed(newsroom(), documents=(document("港\ud800", "x"),), comparisons=())
    assert json.loads(as_json(report).encode("utf-8"))["documents"][0]["id"] == "港\\ud800"
    assert "港" in as_json(report)
