"""What accepted entries say of a pair: on entries made by hand, and on real alignments of prose that chance makes."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from builds import compiled

import compare
from compare.gate.allow import Allowed, Judged, Named, Seen, accepted_words, allowed, is_past, stale
from compare.gate.reuse import Decision, Reuse, entry_of, reuse_of, some_of
from compare.gate.terms import MOST
from compare.model import Accepted, Document, Reason, State

TODAY = "2026-11-23"
DECISION = Decision(Reason.WIRE, "desk@example.org", "2026-01-01")
OPEN_NOT = {State.ACCEPTED, State.EDITED}
SMALL = ["the", "of", "and", "to", "a", "in", "that", "was", "for", "on", "with", "as", "by", "at", "from"]
SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "el", "in", "or", "u", "ay")]


def word(draw: random.Random) -> str:
    return draw.choice(SMALL) if draw.random() < 0.4 else "".join(draw.choices(SYLLABLES, k=draw.choice([2, 2, 3])))


def sentences(seed: object, count: int) -> list[str]:
    draw = random.Random(f"sentences {seed}")
    made = [" ".join(word(draw) for _ in range(draw.randint(9, 18))) for _ in range(count)]
    return [f"{one[0].upper()}{one[1:]}." for one in made]


def article(seed: object, passages: list[list[str]]) -> str:
    """Passages with three sentences of its own before, between and after them."""
    own = sentences(seed, 3 * (len(passages) + 1))
    parts = [own[:3]]
    for number, passage in enumerate(passages, 1):
        parts += [passage, own[3 * number : 3 * number + 3]]
    return "\n\n".join(" ".join(part) for part in parts)


def some_changed(passage: list[str], seed: object) -> list[str]:
    """The sentences, most of them with their sixth word changed."""
    draw = random.Random(f"changed {seed}")
    split = [sentence.split() for sentence in passage]
    return [" ".join([*one[:5], word(draw), *one[6:]] if draw.random() < 0.7 else one) for one in split]


def pair_of(seed: int) -> tuple[str, str]:
    """Two articles with one to three passages of 25 words or more in common, verbatim or edited."""
    draw = random.Random(f"pair {seed}")
    passages = [sentences(f"{seed} {number}", draw.choice([2, 3, 4])) for number in range(draw.choice([1, 1, 2, 3]))]
    theirs = passages if seed % 2 else [some_changed(passage, seed) for passage in passages]
    return article(f"{seed} a", passages), article(f"{seed} b", theirs)


def reuse(a: str, b: str, names: tuple[str, str] = ("a", "b")) -> Reuse:
    """As a run finds it: the smaller name is a."""
    first, second = sorted((Document(names[0], a), Document(names[1], b)), key=lambda one: one.id)
    return reuse_of(compare.pair(first, second), first, second)


def named(a: str, b: str, names: tuple[str, str] = ("a", "b")) -> Named:
    return Named(*names, reuse(a, b, names))


def entry(found: Named, **changes: str) -> Accepted:
    return replace(entry_of(found.reuse, (found.a, found.b), DECISION), **changes)


def judged(found: Named, *entries: Accepted) -> Judged:
    return allowed([found], entries, {"a", "b"}, TODAY).pairs[0]


def states(found: list[Named], entries: list[Accepted]) -> dict[tuple[str, str], str]:
    """By names, where every document of the run stands in a finding."""
    known = {name for one in found for name in one.names}
    verdicts = allowed(found, entries, known, TODAY).pairs
    return {one.names: verdict.state.value for one, verdict in zip(found, verdicts, strict=True)}


# --- on real alignments --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(8))
def test_a_one_word_edit_anywhere_on_either_side_keeps_it_accepted(seed: int) -> None:
    texts = pair_of(seed)
    accepted = entry(named(*texts))
    assert judged(named(*texts), accepted) == Judged(State.ACCEPTED, "", (accepted,))
    draw = random.Random(seed)
    for _ in range(12):
        side = draw.randrange(2)
        words = texts[side].split(" ")
        place = draw.randrange(len(words))
        middle = draw.choice([[word(draw)], [], [words[place], "harbour"], [words[place][::-1]]])
        edited = " ".join([*words[:place], *middle, *words[place + 1 :]])
        verdict = judged(named(*((edited, texts[1]) if side == 0 else (texts[0], edited))), accepted)
        assert verdict.state in OPEN_NOT, (side, place, middle, verdict.why)
        assert bool(verdict.why) == (verdict.state is State.EDITED)


@pytest.mark.parametrize("seed", range(8))
def test_twice_as_much_reuse_is_grown(seed: int) -> None:
    more = sentences(f"more {seed}", 3)
    passage = sentences(f"passage {seed}", 3)
    accepted = entry(named(article("a", [passage]), article("b", [passage])))
    longer = [*passage, *more]
    for now in ([longer], [passage, more], [passage, passage]):
        verdict = judged(named(article("a", now), article("b", now)), accepted)
        assert verdict.state is State.GROWN
        assert verdict.entries == (accepted,)
    grown = named(article("a", [longer]), article("b", [longer]))
    assert judged(grown, accepted).why == f"{accepted.words} words were accepted, {grown.reuse.words} are reused now"


def test_a_passage_that_stands_twice_in_one_of_them_is_grown() -> None:
    passage = sentences("twice", 4)
    a = article("a", [passage])
    accepted = entry(named(a, article("b", [passage])))
    assert judged(named(a, article("b", [passage, passage])), accepted).state is State.GROWN


@pytest.mark.parametrize("seed", range(6))
def test_another_passage_of_twenty_words_is_grown(seed: int) -> None:
    a, b = pair_of(seed)
    accepted = entry(named(a, b))
    new = " ".join(sentences(f"new {seed}", 3))
    verdict = judged(named(f"{a}\n\n{new}", f"{new}\n\n{b}"), accepted)
    assert verdict.state is State.GROWN


FERRY = (
    "The ferry left the old harbour at nine with {} passengers and a cargo of apples for the islands. Nobody on the "
    "quay had expected it to sail in such weather, and the harbour master said that he would ask the owners why."
)


def test_a_fact_that_differs_now_is_drifted_and_a_typo_is_not() -> None:
    a, b = (article(side, [[FERRY.format(240)]]) for side in "ab")
    accepted = entry(named(a, b))
    changed = b.replace("240", "340")
    assert judged(named(a, b.replace("weather", "waether")), accepted).state in OPEN_NOT
    verdict = judged(named(a, changed), accepted)
    assert verdict.state is State.DRIFTED
    assert verdict.why.startswith("a fact differs now that did not when it was accepted: number ")
    assert '"240' in verdict.why
    assert '"340' in verdict.why
    again = entry(named(a, changed))
    assert judged(named(a, changed), again).state is State.ACCEPTED
    assert judged(named(a, b), again).state in OPEN_NOT  # a drift that was put right
    assert judged(named(a, b.replace("240", "440")), again).state is State.DRIFTED


@pytest.mark.parametrize("seed", range(4))
def test_a_rename_keeps_it_in_either_order_and_a_third_copy_is_new(seed: int) -> None:
    texts = dict(zip("ab", pair_of(seed), strict=True))
    accepted = entry(named(*texts.values()))
    for names in [("a", "z"), ("0", "b"), ("z", "a"), ("x/a", "x/b"), ("y", "x")]:
        assert states([named(*texts.values(), names)], [accepted])[min(names), max(names)] in {"accepted", "edited"}
    third = [named(texts["a"], texts["b"]), named(texts["a"], texts["b"], ("a", "c"))]
    assert states(third, [accepted]) == {("a", "b"): "accepted", ("a", "c"): "new"}
    renamed = [named(texts["a"], texts["b"], ("a", "c")), named(texts["a"], texts["b"], ("a", "d"))]
    assert sorted(states(renamed, [accepted]).values()) == ["accepted", "new"]


def test_a_folder_that_moved_keeps_all_its_entries() -> None:
    passage = sentences("moved", 3)
    texts = {name: article(name, [passage]) for name in ("a.md", "b.md", "c.md")}
    both = [("a.md", "b.md"), ("a.md", "c.md"), ("b.md", "c.md")]
    accepted = [entry(named(texts[a], texts[b], (a, b))) for a, b in both]
    moved = [named(texts[a], texts[b], (f"new/{a}", f"new/{b}")) for a, b in both]
    copied = [named(texts["a.md"], texts[b], ("new/0.md", f"new/{b}")) for b in texts]
    found = states([*copied, *moved], accepted)
    assert {names for names, state in found.items() if state == "accepted"} == {one.names for one in moved}


# --- on entries made by hand ---------------------------------------------------------------------------------------

PAIR = named(*pair_of(1))
ENTRY = entry(PAIR)


def test_an_entry_for_other_documents_of_the_run_says_nothing() -> None:
    elsewhere = replace(ENTRY, a="c", b="d")
    assert allowed([PAIR], [elsewhere], {"a", "b", "c", "d"}, TODAY) == Allowed((Judged(State.NEW),), ())
    assert allowed([PAIR], [elsewhere], {"a", "b", "c"}, TODAY).pairs[0].state is State.NEW
    assert allowed([PAIR], [elsewhere], {"a", "b"}, TODAY).pairs[0].state is State.ACCEPTED
    assert allowed([PAIR], [replace(elsewhere, key="0" * 16, terms=(5,))], {"a", "b"}, TODAY).used == ()


def test_an_entry_counts_up_to_its_last_day_and_says_when_that_was() -> None:
    assert not is_past(replace(ENTRY, expires=TODAY), TODAY)
    past = replace(ENTRY, expires="2026-11-22")
    assert is_past(past, TODAY)
    assert judged(PAIR, replace(ENTRY, expires=TODAY)).state is State.ACCEPTED
    assert judged(PAIR, past) == Judged(State.EXPIRED, "accepted until 2026-11-22", (past,))
    assert judged(PAIR, past, replace(ENTRY, key="0" * 16, words=ENTRY.words - 1)).state is State.EDITED
    assert judged(PAIR, replace(past, words=3)).state is State.GROWN


@pytest.mark.parametrize(
    ("accepted", "now", "state"),
    [(38, 43, "accepted"), (38, 44, "grown"), (100, 110, "accepted"), (100, 111, "grown"), (1, 6, "accepted")],
)
def test_it_may_grow_by_a_tenth_or_by_five_words(accepted: int, now: int, state: str) -> None:
    pair = replace(PAIR, reuse=replace(PAIR.reuse, words=now))
    verdict = judged(pair, replace(ENTRY, words=accepted))
    assert verdict.state == state
    before = "1 word was" if accepted == 1 else f"{accepted} words were"
    assert verdict.why == (f"{before} accepted, {now} are reused now" if state == "grown" else "")


def test_passages_that_were_accepted_one_by_one_are_accepted_together() -> None:
    pair = named(article("a", [sentences(1, 3), sentences(2, 3)]), article("b", [sentences(1, 3), sentences(2, 3)]))
    first, second = (entry(replace(pair, reuse=some_of(pair.reuse, [one.key]))) for one in pair.reuse.passages)
    assert judged(pair, first, second) == Judged(State.ACCEPTED, "", (first, second))
    assert judged(pair, first).state is State.GROWN
    assert allowed([pair], [second, first], {"a", "b"}, TODAY).used == (second, first)
    assert accepted_words([first, second]) == pair.reuse.words


def test_two_entries_for_one_passage_do_not_allow_it_twice() -> None:
    assert accepted_words([ENTRY, replace(ENTRY, key="0" * 16, words=ENTRY.words - 1)]) == ENTRY.words


@compiled
def test_words_of_which_only_a_sample_is_remembered_are_known_again() -> None:
    draw = random.Random(1)
    text = " ".join(f"{word(draw)}{number}" for number in range(3000))
    pair = named(text, text)
    accepted = entry(pair)
    assert len(accepted.terms) == MOST
    assert judged(named(text, text.replace(" ", " new ", 20)), accepted).state in OPEN_NOT
    other = " ".join(f"{word(draw)}x{number}" for number in range(600))
    assert judged(named(f"{text} {other}", f"{other} {text}"), accepted).state is State.GROWN


def test_the_order_of_pairs_and_entries_changes_nothing() -> None:
    names = [("a", "z"), ("y", "b"), ("c", "d")]
    found = [Named(*both, PAIR.reuse) for both in names]
    entries = [ENTRY, replace(ENTRY, a="q", b="r"), replace(ENTRY, key="0" * 16)]
    assert states(found, entries) == states(found[::-1], entries[::-1])


def test_an_entry_is_stale_where_the_run_could_have_seen_what_needs_it() -> None:
    def is_stale(seen: Seen) -> bool:
        return bool(stale([ENTRY], [], seen))

    both = {"a", "b", "c"}
    assert stale([ENTRY], [ENTRY], Seen(both, both, set())) == ()
    assert is_stale(Seen(both, {"b"}, set()))
    assert not is_stale(Seen(both, {"c"}, set()))
    assert is_stale(Seen({"a", "c"}, {"a"}, {"b"}))
    assert not is_stale(Seen({"a", "c"}, {"c"}, {"b"}))
    assert not is_stale(Seen({"a", "c"}, {"a", "c"}, set()))
    assert is_stale(Seen({"c"}, {"c"}, {"a", "b"}))
    assert not is_stale(Seen({"c", "d"}, {"c"}, {"a", "b"}))


def test_of_several_entries_that_have_run_out_the_last_day_is_told() -> None:
    days = ("2026-11-20", "2026-11-22", "2026-11-21")
    past = [replace(ENTRY, expires=day, key=f"{number:016x}") for number, day in enumerate(days)]
    assert judged(PAIR, *past) == Judged(State.EXPIRED, "accepted until 2026-11-22", tuple(past))


def test_a_fact_that_one_of_the_entries_remembers_has_not_drifted() -> None:
    a, b = (article(side, [[FERRY.format(240)]]) for side in "ab")
    now = named(a, b.replace("240", "340"))
    remembers, silent = entry(now), replace(entry(named(a, b)), drifts=())
    assert remembers.drifts
    assert judged(now, silent).state is State.DRIFTED
    assert judged(now, silent, remembers).state is State.ACCEPTED


def test_an_entry_without_its_documents_speaks_of_the_pair_whose_words_are_most_alike() -> None:
    passage = sentences("alike", 6)
    edited = [*passage[:5], " ".join(["Nobody", *passage[5].split()[2:]])]
    equal, unequal = (named(article("a", [p]), article("b", [p]), n) for p, n in ((passage, "yz"), (edited, "cd")))
    accepted = entry(named(article("a", [passage]), article("b", [passage])))
    assert states([unequal], [accepted]) == {("c", "d"): "edited"}
    for pairs in ([equal, unequal], [unequal, equal]):
        assert states(pairs, [accepted]) == {("y", "z"): "accepted", ("c", "d"): "new"}


def test_an_entry_that_has_one_of_its_documents_speaks_only_of_pairs_with_it() -> None:
    accepted = entry(PAIR)
    for names, state in ((("a", "z"), "accepted"), (("y", "z"), "new")):
        pair = replace(PAIR, a=names[0], b=names[1])
        assert allowed([pair], [accepted], {"a", "y", "z"}, TODAY).pairs[0].state == state
