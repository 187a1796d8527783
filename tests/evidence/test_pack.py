"""A pack: what it holds, that it is the same bytes, and that its hashes are those of its files."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from importlib import resources
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from newsroom import newsroom
from packing import FAMILY, derived_key, renamed, reread, with_family

from compare.evidence.pack import HASHES, MANIFEST, Cover, contents_of, files, hash_lines, is_pack, pack
from compare.model import Verdict
from compare.report.record import as_json

if TYPE_CHECKING:
    from compare.evidence.joined import Joined

SCHEMA = json.loads(resources.files("compare.data").joinpath("evidence.schema.json").read_text("utf-8"))
COVER = Cover(("Sent to us on Monday.", "=1+1"), "Ida", "2026-03-20")


@pytest.fixture(scope="module")
def report() -> Joined:
    return reread(with_family(newsroom()))


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def rows(held: dict[str, bytes], name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(held[name].decode(), newline=""), strict=True))


def test_the_manifest_names_each_file_by_its_hash_and_is_as_published(report: Joined) -> None:
    held = unpacked(pack(contents_of(report, [FAMILY, derived_key()], COVER, ())))
    manifest: dict[str, Any] = json.loads(held[MANIFEST])
    jsonschema.validate(manifest, SCHEMA)
    assert SCHEMA["properties"]["pairs"]["items"]["properties"]["verdict"]["enum"] == [*Verdict]
    named = {entry["name"]: entry for entry in manifest["files"]}
    assert set(named) == set(held) - {MANIFEST, HASHES}
    for name, entry in named.items():
        assert (entry["size"], entry["sha256"]) == (len(held[name]), hashlib.sha256(held[name]).hexdigest())
    assert held[HASHES] == hash_lines({name: content for name, content in held.items() if name != HASHES})


def test_the_number_at_the_foot_of_a_page_is_the_hash_of_the_lines_of_texts_and_tables(report: Joined) -> None:
    held = unpacked(pack(contents_of(report, [derived_key()], COVER, ())))
    lines = held[HASHES].decode().splitlines(keepends=True)
    own = [line for line in lines if "index.html" not in line and MANIFEST not in line]
    seal = hashlib.sha256("".join(own).encode()).hexdigest()
    assert json.loads(held[MANIFEST])["seal"] == seal
    assert f'content: "SHA-256 {seal}"' in held["index.html"].decode()


def test_the_same_report_and_words_are_the_same_bytes_and_no_clock_is_asked(report: Joined) -> None:
    once, again = (pack(contents_of(report, [FAMILY], COVER, ())) for _ in range(2))
    assert once == again
    assert is_pack(once[:256])
    with zipfile.ZipFile(io.BytesIO(once)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 3, 20, 0, 0, 0)}
        assert {(entry.external_attr >> 16, entry.create_system) for entry in archive.infolist()} == {(0o100644, 3)}
    undated = pack(contents_of(report, [FAMILY], Cover(), ()))
    with zipfile.ZipFile(io.BytesIO(undated)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_passages_stand_in_the_texts_of_the_pack_where_their_table_says(report: Joined) -> None:
    held = unpacked(pack(contents_of(report, [derived_key()], Cover(), ())))
    texts = {row["document"]: held[row["file"]].decode() for row in rows(held, "documents.csv")}
    assert len(texts) == 2
    passages = rows(held, "passages.csv")
    assert len(passages) == len(newsroom().comparisons[1].matches)
    for row in [*passages, *(row for row in rows(held, "changes.csv") if row["passage"])]:
        for side in "ab":
            span = slice(int(row[f"start_{side}"]), int(row[f"stop_{side}"]))
            assert texts[row[f"document_{side}"]][span] == row[f"text_{side}"].removeprefix("'")


def test_figures_are_those_of_report_json(report: Joined) -> None:
    held = unpacked(pack(contents_of(report, [FAMILY], Cover(), ())))
    record = json.loads(as_json(with_family(newsroom())))
    pairs = {(pair["a"], pair["b"]): pair for pair in record["pairs"]}
    ids = {row["document"]: row["id"] for row in rows(held, "documents.csv")}
    for row in rows(held, "pairs.csv"):
        pair = pairs[ids[row["document_a"]], ids[row["document_b"]]]
        assert (float(row["jaccard"]), float(row["reused_b"])) == (pair["jaccard"], pair["reused_b"])
        assert (int(row["longest"]), row["verdict"]) == (pair["longest"], pair["verdict"])
    bars = [[int(row[name]) for name in version["bar"]] for row, version in
            zip(rows(held, "families.csv"), record["families"][0]["versions"], strict=True)]  # fmt: skip
    assert bars == [[*version["bar"].values()] for version in record["families"][0]["versions"]]


def test_a_family_brings_its_documents_and_the_pairs_that_show_its_versions(report: Joined) -> None:
    held = unpacked(pack(contents_of(report, [derived_key(), FAMILY, derived_key()], Cover(), ())))
    manifest = json.loads(held[MANIFEST])
    (family,) = manifest["families"]
    assert [pair["page"] for pair in manifest["pairs"]] == [derived_key()]
    assert (family["page"], len(family["documents"]), len(manifest["documents"])) == (FAMILY, 3, 3)
    assert len(family["not_shown"]) == 1


def test_no_name_of_a_document_becomes_a_bad_name_of_a_file() -> None:
    evil = reread(renamed(newsroom(), lambda name: f"../../{name}\x00/COM1:*?"))
    held = files(contents_of(evil, [*evil.keys], Cover(), ()))
    texts = [name for name in held if name.endswith(".txt")]
    assert len(texts) == 4
    for name in texts:
        folder, _, leaf = name.partition("/")
        assert folder == "texts"
        assert set(leaf) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.")
        assert leaf[:2].isdecimal()
