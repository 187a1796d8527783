"""Policies: the grammar, what each number means, and that nothing in them is ever run."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import compare
from compare.errors import SettingsError
from compare.gate.policy import (
    BY_WORDS,
    COUNTS,
    FIELDS,
    NAMED,
    SHARES,
    metadata,
    numbers,
    read_policy,
    strength,
    values_of,
)
from compare.model import VERDICTS, Comparison, Document, Verdict

TEXT = "The ferry left the old harbour at nine with forty passengers and a lorry of apples. "
PAIR = compare.pair(
    TEXT * 3, TEXT + "Nobody was hurt, said the owner of the ferry on Monday afternoon in the town hall."
)


OWN, WIRE = Document("a", "", license="Own"), Document("b", "", license="AP,  licensed", source="Northshore Wire")
NAMELESS = Document("c", "")


def said(policy: str, **values: object) -> bool:
    return bool(read_policy(policy).holds(numbers(replace(PAIR, **values))))


@pytest.mark.parametrize(("name", "weakest"), [("exact", "identical"), ("near", "contained"), ("passage", "derived")])
def test_a_named_policy_names_its_weakest_verdict_and_all_stronger_ones(name: str, weakest: str) -> None:
    named = [verdict for verdict in VERDICTS if said(name, verdict=verdict)]
    assert named == list(VERDICTS[: Verdict(weakest).rank + 1])


def test_none_names_nothing() -> None:
    assert not any(said("none", verdict=verdict) for verdict in VERDICTS)


@pytest.mark.parametrize(
    ("policy", "holds"),
    [
        ("containment >= 0.5", True),
        ("containment >= 50 %", True),
        ("containment >= 50.1%", False),
        ("containment_a > .2 or longest >= 60", True),
        ("containment_a > .2 and longest >= 60", False),
        ("not containment_a > .2 or longest < 60", True),
        ("not (containment_a > .2 or longest < 60)", False),
        ("longest == 16 and longest != 17 and longest <= 16 and not longest > 16", True),
        ("verdict == derived or verdict == same-story", True),
        ("verdict != derived", False),
        ("verdict < derived", False),
        ("verdict <= derived and verdict >= rewritten", True),
    ],
)
def test_and_binds_tighter_than_or_and_not_tighter_still(policy: str, holds: bool) -> None:  # noqa: FBT001
    values = {"containment_a": 0.4, "containment_b": 0.5, "longest": 16, "verdict": Verdict.DERIVED}
    assert said(policy, **values) is holds


def test_the_number_of_both_sides_is_the_larger() -> None:
    for name in ("containment", "own", "kept", "reused"):
        values = numbers(replace(PAIR, **{f"{name}_a": 0.25, f"{name}_b": 0.75}))
        assert (values[name], values[f"{name}_a"], values[f"{name}_b"]) == (0.75, 0.25, 0.75)


LINE = "The owners of the yard say that they met {} men and {} women of the union in {} before the strike began there."
QUOTED = "We will not close the last ferry line while a single family on the island still depends on it for its living"


def test_facts_are_counted_one_by_one_and_matches_by_what_they_are() -> None:
    pair = compare.pair(LINE.format(3, 7, "May"), LINE.format(4, 8, "June"))
    assert [len(match.drifts) for match in pair.matches] == [3]
    assert (numbers(pair)["drifts"], numbers(pair)["matches"], numbers(pair)["unquoted"]) == (3, 1, 0)
    quotations = {kept: compare.pair(f"It was noon. He said: “{QUOTED}.”", text.format(QUOTED)) for kept, text in
                  ((0, "He said: “{}.”"), (1, "He said: {}."))}  # fmt: skip
    assert {kept: numbers(quotation)["unquoted"] for kept, quotation in quotations.items()} == {0: 0, 1: 1}


def test_every_number_can_be_asked_for() -> None:
    assert set(numbers(PAIR)) == {"verdict", *SHARES, *COUNTS}
    assert set(numbers(PAIR)) >= BY_WORDS


@pytest.mark.parametrize(
    ("policy", "message"),
    [
        ("", "a policy is empty; name one of exact, near, passage, none, or write one"),
        ("containment >= 50", "containment is a share between 0 and 1, not 50; did you mean 50 %?"),
        ("containment >= 200 %", "containment is a share between 0 and 1, not 200%"),
        ("contanment > 1", "no number or policy is called contanment; did you mean containment?"),
        ("identical", "no number or policy is called identical; did you mean verdict >= identical?"),
        ("near-duplicate or passage", "near-duplicate; did you mean verdict >= near-duplicate?"),
        ("near-duplicat", "did you mean verdict >= near-duplicate?"),
        ("neer", "no number or policy is called neer; did you mean near?"),
        ("xyzzy", "no number or policy is called xyzzy; the policies are exact, near, passage, none"),
        ("longest => 60", "=> has no meaning here; write >="),
        ("longest =< 60", "=< has no meaning here; write <="),
        ("verdict=identical", "= has no meaning here; write =="),
        ("longest >", "the end where a number should stand"),
        ("longest 60", "“60” where one of >= > <= < == != should stand"),
        ("longest > many", "“many” where a number should stand"),
        ("longest >= nan", "“nan” where a number should stand"),
        ("longest >= inf", "“inf” where a number should stand"),
        ("longest >= 1" + "0" * 400, "longest is a count, not “1000"),
        ("longest >= 60 %", "longest is a count, not “60%”"),
        ("longest >= \u0666", "has no meaning here"),
        ("verdict >= copied", "copied is no verdict; they are identical, near-duplicate"),
        ("(near", "the end where “)” should stand"),
        ("near near", "“near” where “and”, “or” or the end should stand"),
        ("license == own", '“own” where a text in quotation marks, as in license != "own", should stand'),
        ("license", "the end where == or != should stand"),
        ('outlet_a >= "Daily"', "“>=” where == or != should stand"),
        ('license == "own', "has no meaning here"),
        ("lisence == 'own'", "did you mean license?"),
        ('longest >= "40"', "where a number should stand"),
        ('"near"', "no number or policy is called"),
        ("__import__('os').system('true')", "has no meaning here"),
        ("near; near", "';' has no meaning here"),
        ("(" * 60 + "near" + ")" * 60, "more than 50 levels deep"),
        ("not " * 60 + "near", "more than 50 levels deep"),
        ("near or " * 400 + "near", "a policy of 3204 characters; at most 2000 are read"),
    ],
)
def test_what_is_no_policy_is_refused_in_one_line_that_says_where(policy: str, message: str) -> None:
    with pytest.raises(SettingsError) as raised:
        read_policy(policy)
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)


@given(st.text(max_size=60))
def test_any_text_is_a_policy_or_a_plain_error(text: str) -> None:
    try:
        said_of_a_pair = read_policy(text).holds(values_of(PAIR, OWN, WIRE))
    except SettingsError as error:
        said_of_a_pair = not str(error).isprintable()
    assert said_of_a_pair in {True, False}
    assert not (said_of_a_pair and not text.strip())


@pytest.mark.parametrize(
    ("policy", "held_by"),
    [
        ('license == "own"', ["own own"]),
        ("license != 'own'", ["own wire", "wire own", "own nameless"]),
        ("license_a == “OWN” and not license_b == 'own'", ["own wire", "own nameless"]),
        ('licence_b == "ap, LICENSED" and outlet_b != ""', ["own wire"]),
        ('outlet == ""', ["own own", "own nameless"]),
        ('license != "own" and words >= 40 or outlet == "own"', ["own wire", "wire own", "own nameless"]),
    ],
)
def test_a_licence_is_that_of_both_documents_or_of_a_side_and_an_unknown_one_is_no_other(
    policy: str, held_by: list[str]
) -> None:
    pairs = {"own own": (OWN, OWN), "own wire": (OWN, WIRE), "wire own": (WIRE, OWN), "own nameless": (OWN, NAMELESS)}
    holds = [name for name, pair in pairs.items() if read_policy(policy).holds(values_of(PAIR, *pair))]
    assert holds == held_by
    assert read_policy(policy).by_words is ("words" not in policy)


def test_what_metadata_say_is_all_that_a_field_asks() -> None:
    assert metadata(OWN, WIRE) == {
        "license_a": "own", "license_b": "ap, licensed", "outlet_a": "", "outlet_b": "northshore wire",
    }  # fmt: skip


def clauses() -> st.SearchStrategy[str]:
    relation = st.sampled_from([">=", ">", "<=", "<", "==", "!="])
    by_share = st.tuples(st.sampled_from(SHARES), relation, st.sampled_from(["0", ".5", "1", "20 %"])).map(" ".join)
    by_count = st.tuples(st.sampled_from(COUNTS), relation, st.sampled_from(["0", "1", "60"])).map(" ".join)
    by_verdict = st.tuples(st.just("verdict"), relation, st.sampled_from([one.value for one in VERDICTS])).map(" ".join)
    by_field = st.tuples(st.sampled_from(FIELDS), st.sampled_from(["==", "!="]), st.sampled_from(["'own'", '"ap"']))
    return by_share | by_count | by_verdict | by_field.map(" ".join) | st.sampled_from(list(NAMED))


def policies() -> st.SearchStrategy[str]:
    def wider(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        two = st.tuples(inner, st.sampled_from(["and", "or"]), inner)
        return inner.map("not ({})".format) | two.map(lambda parts: f"({parts[0]}) {parts[1]} ({parts[2]})")

    return st.recursive(clauses(), wider, max_leaves=6)


@given(policies())
def test_a_policy_says_the_same_of_a_column_and_of_each_pair(text: str) -> None:
    pairs = [replace(PAIR, verdict=verdict, longest=20 * rank) for rank, verdict in enumerate(VERDICTS)]
    values = [values_of(pair, OWN, Document("b", "", license="AP" * (pair.longest > 50))) for pair in pairs]
    columns = {name: np.array([of_pair[name] for of_pair in values], object) for name in values[0]}
    policy = read_policy(text)
    assert np.broadcast_to(policy.holds(columns), len(pairs)).tolist() == [policy.holds(one) for one in values]


@given(policies())
def test_a_policy_by_words_is_deaf_to_all_that_alignment_says(text: str) -> None:
    policy = read_policy(text)
    if not policy.by_words:
        return
    before = replace(PAIR, verdict=Verdict.DISTINCT)
    after: Comparison = replace(before, verdict=Verdict.DERIVED, reused_a=1.0, reused_b=1.0, cosine=1.0, matches=())
    assert policy.holds(values_of(before, OWN, WIRE)) == policy.holds(values_of(after, OWN, WIRE))


def test_the_strength_of_a_rank_is_that_of_its_verdict() -> None:
    assert [strength(verdict.rank) for verdict in VERDICTS] == [
        numbers(replace(PAIR, verdict=one))["verdict"] for one in VERDICTS
    ]
