"""What a pair reuses: known answers, and that it does not matter which of the two is a."""

from __future__ import annotations

from dataclasses import replace

import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

import compare
from compare.errors import InputError
from compare.gate.reuse import Decision, Reuse, entry_of, reuse_of, some_of
from compare.gate.terms import terms_of
from compare.model import Accepted, Changed, Document, Reason, Report, Span
from compare.report.page import data
from compare.text.keys import exact_key
from compare.text.tokens import tokenize
from compare.wording.escape import one_line

FERRY = (
    "The ferry left the old harbour at nine with 240 passengers and a cargo of apples for the islands. Nobody on the "
    "quay had expected it to sail in such weather, and the harbour master said that he would ask the owners why."
)
BRIDGE = (
    "Engineers will replace the corroded steel deck of the bridge before winter, and cyclists will be carried across "
    "the estuary by a small boat until midnight. The council has set aside four million crowns for the work in March."
)
OWN_A = "Bees have returned to the orchard behind the school, where pupils built eleven hives of straw last summer."
OWN_B = "A silent film that was thought lost for ninety years has been found in the attic of a retired projectionist."


def documents(a: str, b: str) -> tuple[Document, Document]:
    return Document("a", a), Document("b", b)


def found(a: str, b: str) -> Reuse:
    pair = documents(a, b)
    return reuse_of(compare.pair(*pair), *pair)


def key_of(text: str) -> str:
    return exact_key(tokenize(text).hashes)


BOTH = found(f"{FERRY}\n\n{OWN_A}\n\n{BRIDGE}", f"{BRIDGE}\n\n{OWN_B}\n\n{FERRY}")


def test_the_reuse_of_a_pair_is_its_passages_without_what_is_its_own() -> None:
    reuse = found(f"{OWN_A}\n\n{FERRY}", f"{FERRY}\n\n{OWN_B}")
    assert (reuse.words, reuse.seen, reuse.key) == (43, 43, key_of(FERRY))
    assert reuse.terms == terms_of(tokenize(FERRY).hashes)
    assert reuse.starts == "The ferry left the old harbour at nine with 240 passengers"
    (passage,) = reuse.passages
    assert (passage.words, passage.alone, passage.starts) == (43, reuse.key, reuse.starts)


def test_passages_are_put_together_in_the_order_of_the_text() -> None:
    assert BOTH.key == min(key_of(f"{FERRY} {BRIDGE}"), key_of(f"{BRIDGE} {FERRY}"))
    assert BOTH.words == 82
    assert [one.starts.split()[0] for one in BOTH.passages] == ["The", "Engineers"]


def test_a_passage_has_the_key_that_the_page_of_the_report_gives_it() -> None:
    pair = documents(f"{FERRY}\n\n{OWN_A}\n\n{BRIDGE}", f"{BRIDGE}\n\n{OWN_B}\n\n{FERRY}".replace("quay", "pier"))
    comparison = compare.pair(*pair)
    page = data(Report(pair, (comparison,), (), (), (), {}, {}))
    keys = {match["key"] for shown in page["pairs"] for match in shown["matches"]}  # type: ignore[attr-defined]
    assert {one.key for one in reuse_of(comparison, *pair).passages} <= keys


def test_facts_that_differ_are_remembered_by_their_words_whichever_side_they_are_on() -> None:
    reuse = found(FERRY, FERRY.replace("240", "350"))
    (drift,) = reuse.drifts
    assert (drift.what, drift.one[:3], drift.other[:3]) == ("number", "240", "350")
    assert reuse.passages[0].drifts == found(FERRY.replace("240", "350"), FERRY).drifts == (drift,)


def test_a_pair_without_matches_is_the_whole_of_the_shorter_text() -> None:
    reuse = found(OWN_A, f"{OWN_B} {FERRY}")
    assert (reuse.words, reuse.key, len(reuse.passages)) == (18, key_of(OWN_A), 1)
    assert found("", "").words == 0


def test_muted_text_is_neither_counted_nor_quoted() -> None:
    text = f"---\ntitle: x\n---\n{FERRY}"
    a, b = Document("a", text, muted=(Span(0, 17),)), Document("b", FERRY)
    reuse = reuse_of(compare.pair(a, b), a, b)
    assert (reuse.key, reuse.starts[:9]) == (key_of(FERRY), "The ferry")


def test_the_first_words_are_one_short_line_without_controls() -> None:
    assert found("a" * 500, "a" * 500).starts == "a" * 60
    assert found(FERRY.replace(" ", "\n\t"), FERRY.replace(" ", "\n\t")).starts[:13] == "The ferry lef"
    assert one_line("a\x00\x1b[1m\ud800\r\nb") == "a\ufffd\ufffd[1m\ufffd b"


def test_one_passage_is_chosen_by_the_first_digits_of_its_key() -> None:
    first, second = BOTH.passages
    only = some_of(BOTH, [first.key[:8].upper()])
    assert (only.passages, only.words, only.key) == ((first,), first.words, first.alone)
    assert replace(some_of(BOTH, [second.key, first.key]), seen=BOTH.seen) == BOTH == some_of(BOTH, [])


def test_a_key_that_fits_no_passage_or_several_is_an_error() -> None:
    with pytest.raises(InputError, match='no passage of this pair has a key that begins with "xyz"; its keys are '):
        some_of(BOTH, ["xyz"])
    alike = replace(BOTH, passages=tuple(replace(one, key=f"ab{n}") for n, one in enumerate(BOTH.passages)))
    with pytest.raises(InputError, match="2 passages have a key that begins with ab: ab0, ab1"):
        some_of(alike, ["ab"])
    with pytest.raises(InputError):
        some_of(BOTH, [""])


def test_an_entry_has_its_names_in_order_and_what_was_decided() -> None:
    decision = Decision(Reason.QUOTE, "me", "2026-11-23", "a note", "2027-01-01")
    assert entry_of(BOTH, ("z", "b/c"), decision) == Accepted(
        BOTH.key, "b/c", "z", Reason.QUOTE, "me", "2026-11-23", BOTH.seen, BOTH.terms, BOTH.starts,
        "a note", "2027-01-01", BOTH.drifts,
    )  # fmt: skip


def test_a_nearly_equal_sentence_that_does_not_count_is_seen() -> None:
    note = "Cats in the mill were counted on Sunday by a man with a lamp."
    a, b = f"{FERRY}\n\n{OWN_A}\n\n{note}", f"{note.replace('lamp', 'torch')}\n\n{OWN_B}\n\n{FERRY}"
    reuse = found(a, b)
    assert reuse.words <= reuse.seen <= reuse.words + 14
    assert set(terms_of(tokenize(FERRY).hashes)) <= set(reuse.terms)


parts = st.lists(st.sampled_from([FERRY, BRIDGE, OWN_A, OWN_B, FERRY.replace("240", "260")]), min_size=1, max_size=4)


@settings(max_examples=examples(40))
@given(parts, parts)
def test_it_does_not_matter_which_document_is_a(one: list[str], other: list[str]) -> None:
    a, b = documents("\n\n".join(one), "\n\n".join(other))
    comparison = compare.pair(a, b)
    turned = replace(
        comparison, a="b", b="a", matches=tuple(match.exchanged() for match in comparison.matches),
        evidence=None,
    )  # fmt: skip
    forth, back = reuse_of(comparison, a, b), reuse_of(turned, b, a)
    assert [getattr(forth, name) for name in ("key", "words", "seen", "terms", "drifts", "starts")] == [
        getattr(back, name) for name in ("key", "words", "seen", "terms", "drifts", "starts")
    ]
    assert forth.words <= max(len(tokenize(a.text)), len(tokenize(b.text)))
    assert all(isinstance(drift, Changed) and drift.one <= drift.other for drift in forth.drifts)
