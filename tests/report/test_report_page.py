from __future__ import annotations

import base64
import json
import re
import shlex
import zlib
from dataclasses import replace
from typing import Any

import pytest
from newsroom import changed, newsroom, settled_newsroom

from compare.model import Kind, Reason, Report, Span, Verdict
from compare.report import page
from compare.report.links import pair_file_name
from compare.report.record import as_json
from compare.report.segments import numbered
from compare.report.steps import unpacked
from compare.text.keys import match_key
from compare.text.tokens import tokenize, tokens_of

Record = dict[str, Any]


def made(report: Report) -> Record:
    """The data as the page's script reads them."""
    record: Record = json.loads(page.block(report).text)
    return record


@pytest.fixture(scope="module")
def found() -> Record:
    return made(newsroom())


def derived(record: Record) -> Record:
    pair: Record = next(pair for pair in record["pairs"] if pair["verdict"] == "derived")
    return pair


def test_documents_and_pairs_stand_in_the_reports_order_with_their_numbers(found: Record) -> None:
    report = newsroom()
    assert found["format"] == "compare-page/1"
    ids = [one["id"] for one in found["documents"]]
    assert sorted(ids) == [one.id for one in report.documents]
    assert ids[:3] == [one.id for one in report.families[0].versions], "what is alike stands together"
    ids = [(found["documents"][pair["a"]]["id"], found["documents"][pair["b"]]["id"]) for pair in found["pairs"]]
    assert ids == [(one.a, one.b) for one in report.comparisons]
    assert [pair["page"] for pair in found["pairs"]] == [pair_file_name(one) for one in report.comparisons]


def test_offsets_are_code_points_of_the_text_shown(found: Record) -> None:
    pair = derived(found)
    a, b = (found["documents"][pair[side]]["text"] for side in "ab")
    drifts = [(fact, a[a0:a1], b[b0:b1]) for match in pair["matches"] for fact, a0, a1, b0, b1 in match["drifts"]]
    (said, *facts) = drifts[0]
    bare = said.translate(dict.fromkeys(map(ord, "\u2068\u2069")))
    assert (bare, len(drifts)) == ("harbour-daily.md: 4.3 million · harbour-wire.md: 4.2 million (number)", 1)
    assert facts == ["4.3 million", "4.2 million"]
    assert said.count("\u2068") == said.count("\u2069") == 4
    for match in pair["matches"]:
        for sign, a0, a1, b0, b1 in unpacked(match["signs"], match["steps"]):
            same = a[a0:a1].lower().split() == b[b0:b1].lower().split()
            assert same or sign != "=", (a[a0:a1], b[b0:b1])
            assert (sign == "+") == (a0 == a1)
            assert (sign == "-") == (b0 == b1)


def test_matches_are_numbered_as_on_the_static_page(found: Record) -> None:
    keys = [match["key"] for match in derived(found)["matches"]]
    report, pair = newsroom(), newsroom().comparisons[1]
    tokens = [tokens_of(next(one for one in report.documents if one.id == name)) for name in (pair.a, pair.b)]
    assert keys == [match_key(one, tokens[0], tokens[1]) for one in numbered(pair.matches)]


def test_a_passage_ends_with_the_signs_of_its_sentence(found: Record) -> None:
    pair = derived(found)
    texts = {side: found["documents"][pair[side]]["text"] for side in "ab"}
    shown = [texts[side][slice(*match[side])] for match in pair["matches"] for side in "ab"]
    assert [words[-12:] for words in shown if not re.search(r"[.”’]$", words)] == ["f the month,"]
    assert any(words.startswith("“We have asked") for words in shown)


def test_characters_outside_the_first_plane_and_controls_count_as_one_each() -> None:
    report = newsroom()
    first = replace(report.documents[0], text="\U0001f30a\x00\udce4" + report.documents[0].text, muted=())
    record = made(changed(report, documents=(first, *report.documents[1:])))
    shown = next(one["text"] for one in record["documents"] if one["id"] == first.id)
    assert len(shown) == len(first.text)
    assert shown[:3] == "\U0001f30a␀\ufffd"


def test_a_key_holds_over_a_run_in_which_only_other_text_changed() -> None:
    report = newsroom()
    pair = report.comparisons[1]
    keys = [match["key"] for match in derived(made(report))["matches"]]
    assert len(set(keys)) == len(keys) == 7

    moved = tuple(replace(m, a=Span(*(at + 6 for at in m.a)), operations=(), drifts=()) for m in pair.matches)
    documents = tuple(replace(one, text="Again " + one.text) if one.id == pair.a else one for one in report.documents)
    again = changed(report, documents=documents, comparisons=(replace(pair, matches=moved),))
    cleared = [replace(one, muted=()) if one.id == pair.a else one for one in documents]
    again = replace(again, documents=tuple(cleared))
    assert [match["key"] for match in derived(made(again))["matches"]] == keys


def test_words_of_a_match_are_the_tokens_that_stand_in_it(found: Record) -> None:
    pair = derived(found)
    for match in pair["matches"]:
        for side, count in zip("ab", match["words"], strict=True):
            start, stop = match[side]
            assert count == len(tokenize(found["documents"][pair[side]]["text"][start:stop]))


def test_a_pair_has_the_command_that_accepts_it_and_the_passages_that_count(found: Record) -> None:
    same, edited, story = found["pairs"]
    assert same["accept"] == ["compare accept wire/harbour-again.txt wire/harbour-wire.md", " --reason …", [1]]
    assert edited["accept"][2] == [1, 2, 3, 4, 5, 6], "the seventh is boilerplate"
    assert "accept" not in story
    assert found["reasons"] == list(Reason)


def test_the_command_calls_a_row_of_a_table_by_table_and_id_and_names_what_a_shell_would_take_apart() -> None:
    report = newsroom()
    paths = {"wire/harbour-again.txt": "-in; rm/t.csv", "wire/harbour-wire.md": "$HOME/it's.md"}
    documents = tuple(replace(one, path=paths.get(one.id, one.path)) for one in report.documents)
    front, back, _ = made(replace(report, documents=documents))["pairs"][0]["accept"]
    words = shlex.split(f"{front} --passage 0123{back}")
    assert words == [
        *("compare", "accept", "--passage", "0123", "--reason", "…", "--"),
        "-in; rm/t.csv#wire/harbour-again.txt", "$HOME/it's.md",
    ]  # fmt: skip


def test_a_pair_is_judged_only_where_an_entry_speaks_of_it_and_nothing_else_changes(found: Record) -> None:
    record = made(settled_newsroom())
    same, edited, story = record["pairs"]
    assert (same["judged"]["state"], same["judged"]["open"], same["judged"]["label"]) == (
        "accepted",
        0,
        "accepted (wire)",
    )
    assert (edited["judged"]["open"], len(edited["judged"]["entries"])) == (1, 2)
    assert "judged" not in story
    for pair in (same, edited):
        del pair["judged"]
    parts = ("format", "documents", "events", "repeated", "settings")
    assert {part: record[part] for part in parts} == {part: found[part] for part in parts}
    assert [{**pair, "printed": 1} for pair in record["pairs"][:2]] == found["pairs"][:2]
    assert [pair["printed"] for pair in record["pairs"]] == [0, 1, 0]


def test_the_body_begins_after_the_front_matter_and_paragraphs_begin_there(found: Record) -> None:
    for one in found["documents"]:
        assert one["text"][one["body"] :].strip()[:4] != "---\n"
        starts = [start for start, _ in one["paragraphs"]]
        assert starts[0] == one["body"]
        assert starts == sorted(set(starts))
    wire = next(one for one in found["documents"] if one["id"] == "wire/harbour-wire.md")
    assert [heading for _, heading in wire["paragraphs"]] == [1, 0, 0, 0, 0, 0, 0]


def test_a_family_holds_its_pairs_and_versions_and_the_page_has_the_figures_of_the_json(found: Record) -> None:
    (family,) = found["families"]
    (record,) = json.loads(as_json(newsroom()))["families"]
    ids = [one["id"] for one in found["documents"]]
    assert family["key"] == record["key"]
    assert [(ids[one["document"]], one["bar"], one["carried"]) for one in family["versions"]] == [
        (one["id"], [*one["bar"].values()], [*one["carried"].values()]) for one in record["versions"]
    ]
    pairs = [(ids[found["pairs"][at]["a"]], ids[found["pairs"][at]["b"]]) for at in family["pairs"]]
    assert pairs == [(one["a"], one["b"]) for one in record["pairs"]]
    assert family["look"] == record["look"]["score"] == sum(points for _, points in family["why"])


def test_the_text_of_what_shares_nothing_is_not_in_the_page() -> None:
    report = newsroom()
    alone = made(changed(report, comparisons=report.comparisons[:1]))["documents"]
    assert {one["id"]: bool(one["text"]) for one in alone} == {
        one.id: one.id.startswith("wire") for one in report.documents
    }


def test_what_was_skipped_dropped_and_repeated_is_there(found: Record) -> None:
    assert found["skipped"] == [{"path": "wire/logo.png", "reason": "binary"}]
    assert found["dropped"] == {"ceiling": 0, "twin_pairs": 3}
    assert found["settings"]["shingle"] == "5"
    holders = found["repeated"][0]["holders"]
    texts = {found["documents"][place]["text"][start:stop] for place, start, stop in holders}
    assert texts == {found["repeated"][0]["text"]}


def test_nothing_in_the_data_can_end_its_element() -> None:
    report = newsroom()
    hostile = "</script><!--<script>&lt;\u2028"
    text = page.block(changed(report, documents=(replace(report.documents[0], title=hostile),), comparisons=(),
                              clusters=(), repeated=())).text  # fmt: skip
    assert not set(text) & set("<>&\u2028")
    assert json.loads(text)["documents"][0]["title"].startswith("</script><!--<script>&lt;")


def test_a_document_a_pair_or_an_entry_is_a_line(found: Record) -> None:
    lines = page.block(newsroom()).text.splitlines()
    rows = sum(len(found[key]) for key in ("documents", "pairs"))
    assert sum(line.startswith(("{", "{")) for line in lines) >= rows
    assert all(json.loads(line.removesuffix(",")) for line in lines if line.startswith('{"id"'))


def test_small_data_are_plain_and_large_data_come_back_from_their_packing(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = page.block(newsroom())
    monkeypatch.setattr(page, "PLAIN_BYTES", 1000)
    packed = page.block(newsroom())
    assert (plain.encoding, packed.encoding) == ("", "deflate-raw")
    assert zlib.decompress(base64.b64decode(packed.text), -15).decode() == plain.text


def test_data_over_the_budget_stand_in_shards_that_are_whole_in_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = page.block(newsroom())
    for name, size in {"PLAIN_BYTES": 1000, "PAGE_BYTES": 2000, "SHARD_BYTES": 700}.items():
        monkeypatch.setattr(page, name, size)
    sharded = page.block(newsroom())
    assert (sharded.text, sharded.encoding) == ("", "shards")
    assert len(sharded.shards) > 2
    assert all(shard.startswith(page.SHARD_MARK) and len(shard) < 1000 for shard in sharded.shards)
    calls = [json.loads(f"[{shard.partition('(')[2].rpartition(')')[0]}]") for shard in sharded.shards]
    assert [number for number, _ in calls] == list(range(1, len(calls) + 1))
    packed = "".join(part for _, part in calls)
    assert zlib.decompress(base64.b64decode(packed), -15).decode() == plain.text


def test_distinct_pairs_are_not_shown_and_join_no_story() -> None:
    report = newsroom()
    distinct = tuple(replace(one, verdict=Verdict.DISTINCT) for one in report.comparisons)
    record = made(changed(report, comparisons=distinct))
    assert (record["pairs"], record["families"]) == ([], [])


def test_kinds_are_those_of_the_model(found: Record) -> None:
    kinds = {match["kind"] for pair in found["pairs"] for match in pair["matches"]}
    assert kinds == {kind.value for kind in Kind}
