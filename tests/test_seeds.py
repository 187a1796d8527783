"""What `compare run seeds/` must find (`seeds/expected.toml`), and the committed report of it."""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING, Any

import pytest

from compare.model import Verdict

if TYPE_CHECKING:
    from pathlib import Path

    Record = dict[str, Any]

REUSE = {verdict.value for verdict in Verdict if verdict.is_reuse}


@pytest.fixture(scope="module")
def expected(root: Path) -> Record:
    return tomllib.loads((root / "seeds" / "expected.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def found(seeds_report: Path) -> Record:
    report: Record = json.loads((seeds_report / "report.json").read_text("utf-8"))
    return report


@pytest.fixture(scope="module")
def texts(root: Path, found: Record) -> dict[str, str]:
    """Each article as it was read: decoded, newlines as they stand."""
    return {one["id"]: (root / "seeds" / one["id"]).read_bytes().decode("utf-8-sig") for one in found["documents"]}


def pairs_of(found: Record) -> dict[tuple[str, str], Record]:
    return {(pair["a"], pair["b"]): pair for pair in found["pairs"]}


def holds(text: str, side: Record, words: str) -> bool:
    """Whether a span holds some words, white space apart."""
    return " ".join(words.split()) in " ".join(text[side["start"] : side["stop"]].split())


def test_every_expected_pair_has_one_of_its_verdicts(expected: Record, found: Record) -> None:
    pairs = pairs_of(found)
    wrong = [
        (want["a"], want["b"], want["verdict"], got)
        for want in expected["pair"]
        if (got := pairs.get((want["a"], want["b"]), {"verdict": "distinct"})["verdict"]) not in want["verdict"]
    ]
    assert wrong == []


def test_every_expected_passage_is_matched_with_its_kind_and_marks(
    expected: Record, found: Record, texts: dict[str, str]
) -> None:
    pairs = pairs_of(found)
    wanted = [((one["a"], one["b"]), passage) for one in expected["pair"] for passage in one.get("matches", [])]
    missing = [
        (*name, passage["a"], passage["kinds"], passage["marks"])
        for name, passage in wanted
        if not any(_meets(match, passage, texts, name) for match in pairs.get(name, {"matches": []})["matches"])
    ]
    assert missing == []


def _meets(match: Record, passage: Record, texts: dict[str, str], name: tuple[str, str]) -> bool:
    return (
        holds(texts[name[0]], match["a"], passage["a"])
        and holds(texts[name[1]], match["b"], passage["b"])
        and match["kind"] in passage["kinds"]
        and set(passage["marks"]) <= set(match["marks"])
    )


def test_pairs_that_look_alike_to_a_careless_tool_are_not_called_reuse(expected: Record, found: Record) -> None:
    pairs = pairs_of(found)
    names = [(one["a"], one["b"]) for one in expected["distinct"]]
    assert [name for name in names if name in pairs and pairs[name]["verdict"] in REUSE] == []


def test_no_pair_is_called_reuse_that_is_not_expected(expected: Record, found: Record) -> None:
    assert expected["complete"] is True
    listed = {(one["a"], one["b"]) for one in expected["pair"]}
    assert [name for name, pair in pairs_of(found).items() if pair["verdict"] in REUSE and name not in listed] == []


def test_repeated_passages_have_exactly_their_holders(expected: Record, found: Record, texts: dict[str, str]) -> None:
    told = [
        (
            " ".join(texts[first["id"]][first["start"] : first["stop"]].split()),
            one["words"],
            sorted(holder["id"] for holder in one["holders"]),
        )
        for one in found["repeated"]
        for first in one["holders"][:1]
    ]
    assert len(told) == len(expected["repeated"])
    for want in expected["repeated"]:
        assert any(
            text.startswith(want["starts"].rstrip(".")) and (words, holders) == (want["words"], want["holders"])
            for text, words, holders in told
        ), told


def test_clusters_have_their_members_and_the_one_that_stays(expected: Record, found: Record) -> None:
    told = sorted((sorted(one["members"]), one["keep"]) for one in found["clusters"])
    assert told == sorted((sorted(one["members"]), one["keep"]) for one in expected["cluster"])


def test_every_article_is_read_and_only_what_is_said_of_them_is_skipped(root: Path, found: Record) -> None:
    names = sorted(path.name for path in (root / "seeds").iterdir())
    beside = ["compare.accepted.toml", "expected.toml"]
    assert sorted([*(one["id"] for one in found["documents"]), *beside]) == names
    assert [one["path"].rpartition("/")[2] for one in found["skipped"]] == beside


def test_every_span_lies_in_its_text_and_begins_and_ends_with_a_word(found: Record, texts: dict[str, str]) -> None:
    spans = [(pair[side], match[side]) for pair in found["pairs"] for match in pair["matches"] for side in "ab"]
    spans += [(holder["id"], holder) for one in found["repeated"] for holder in one["holders"]]
    assert len(spans) > len(found["pairs"])
    for name, span in spans:
        assert 0 <= span["start"] < span["stop"] <= len(texts[name])
        assert texts[name][span["start"] : span["stop"]].strip() == texts[name][span["start"] : span["stop"]]


def test_the_committed_report_is_what_the_command_writes_byte_for_byte(root: Path, seeds_report: Path) -> None:
    committed = sorted(path.name for path in (root / "reports").glob("*"))
    assert committed == sorted(path.name for path in seeds_report.iterdir())
    differing = [
        name for name in committed if (root / "reports" / name).read_bytes() != (seeds_report / name).read_bytes()
    ]
    assert differing == [], "run `compare run seeds/` and commit reports/"
