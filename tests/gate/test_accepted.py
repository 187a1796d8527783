"""The file of accepted reuse: what is read, what is refused in which words, what an edit leaves alone."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from time import process_time

import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.errors import InputError
from compare.gate.accepted import (
    HEADER,
    identity,
    read_accepted,
    with_entries,
    without_entries,
)
from compare.model import Accepted, Changed, Reason

ENTRY = Accepted(
    key="7a4d56120fbb2db5", a="seeds/daily.md", b="seeds/wire.md", reason=Reason.WIRE, by="desk@example.org",
    date="2026-11-23", words=38, terms=(1, 2, 70_000), starts="The ferry left", expires="2027-11-23",
    drifts=(Changed("number", "4.2 million", "4.3 million"),),
)  # fmt: skip
TEXT = HEADER + (
    """
[[accepted]]
key = "7a4d56120fbb2db5"
a = "seeds/daily.md"
b = "seeds/wire.md"
reason = "wire"
by = "desk@example.org"
date = 2026-11-23
expires = 2027-11-23
starts = "The ferry left"
words = 38
drifts = [["number", "4.2 million", "4.3 million"]]
terms = "AAABAAACARFw"
"""
)
plain = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=20)
words_of_terms = st.lists(st.integers(0, 2**24 - 1), min_size=1, max_size=300).map(lambda all_: tuple(sorted({*all_})))
facts = st.sampled_from(["number", "name"])
entries = st.builds(
    lambda names, drifts, **rest: Accepted(a=min(names), b=max(names), drifts=tuple(sorted({*drifts})), **rest),
    names=st.sets(st.sampled_from(["a.md", "b/c.md", "c#1", 'q"\\.txt', "Ä’\u202e.md"]), min_size=2, max_size=2),
    key=st.integers(0, 2**64 - 1).map("{:016x}".format),
    reason=st.sampled_from(Reason),
    by=plain,
    date=st.dates().map(str),
    expires=st.just("") | st.dates().map(str),
    words=st.integers(1, 10**6),
    terms=words_of_terms,
    starts=plain,
    note=plain | st.text(st.sampled_from("\"'\\\n\t\r#[]= x"), max_size=20),
    drifts=st.lists(
        st.builds(lambda what, sides: Changed(what, *sorted(sides)), facts, st.tuples(plain, plain)),
        max_size=3,
    ),
)  # fmt: skip
files = st.lists(entries, max_size=5, unique_by=(identity, lambda one: one.terms[0]))
comments = st.lists(st.sampled_from(["", "# [[accepted]]", '# it\'s "so"', '  # """', "# ends\n"]), max_size=3)
endings = st.sampled_from(["\n", "\r\n"])


def commented(text: str, notes: list[list[str]], newline: str, *, ended: bool) -> str:
    """A file with comments and empty lines before, inside and after its blocks."""
    lines = []
    for line in text.splitlines():
        if line == "[[accepted]]" or line.startswith(("by = ", "reason = ")):
            lines += notes.pop() if notes else []
        lines.append(line + ("  # its own" if line.startswith("words = ") else ""))
    lines += notes.pop() if notes else []
    joined = "\n".join(lines).replace("\n", newline)
    return joined + newline if ended else joined


def with_entry(text: str, entry: Accepted) -> str:
    return with_entries(text, [entry])


def test_a_file_is_read_as_it_was_written() -> None:
    assert read_accepted(TEXT) == (ENTRY,)
    assert with_entry("", ENTRY) == TEXT
    assert read_accepted(TEXT.replace("\n", "\r\n")) == (ENTRY,)


@pytest.mark.parametrize("text", ["", "\n", "# nothing yet", HEADER, "\ufeff"])
def test_a_file_without_entries_has_none(text: str) -> None:
    assert read_accepted(text) == ()
    assert read_accepted(with_entry(text, ENTRY)) == (ENTRY,)
    assert with_entry(text, ENTRY).startswith(text.rstrip("\n"))


def test_names_are_put_in_order_whichever_comes_first() -> None:
    text = TEXT.replace('a = "seeds/daily.md"', 'a = "seeds/x.md"')
    assert [(one.a, one.b) for one in read_accepted(text)] == [("seeds/wire.md", "seeds/x.md")]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("words = 38", "words = ", "f: not TOML: Invalid value (at line 13, column 9)"),
        ("words = 38", "words = 0", "f: entry 1: words is 0; a whole number from 1 is wanted"),
        ("words = 38", "words = true", "f: entry 1: words is True; a whole number from 1 is wanted"),
        ("words = 38", "words = " + "9" * 5000, "f: not TOML: "),
        ("words = 38", "x = " + "[" * 5000, "f: not TOML: "),
        ("words = 38\n", "", "f: entry 1: words is missing"),
        ("expires", "expire", 'f: entry 1: unknown key "expire"; did you mean "expires"?'),
        ("format =", "formt =", 'f: unknown key "formt"; did you mean "format"?'),
        ("accepted/1", "accepted/2", 'f: format is "compare-accepted/2"; this version reads "compare-accepted/1"'),
        ("[[accepted]]", "[accepted]", "f: accepted is not a list; write each entry under [[accepted]]"),
        ("7a4d", "7A4D", 'f: entry 1: key is "7A4D56120fbb2db5"; 16 hexadecimal digits (0-9, a-f) are wanted'),
        ('"wire"', '"wires"', 'f: entry 1: reason is "wires"; the reasons are quote, wire, own, boilerplate'),
        ("2026-11-23", '"2026-11-23"', 'f: entry 1: date is "2026-11-23"; a date without quotes is wanted, as 2026'),
        ("2026-11-23", "2026-11-23T01:02:03", "f: entry 1: date is 2026-11-23 01:02:03; a date without quotes"),
        ("2026-11-23", "2026-11-33", "f: not TOML: "),
        ("seeds/daily.md", "seeds/wire.md", 'f: entry 1: a and b are both "seeds/wire.md"'),
        ("seeds/daily.md", "", "f: entry 1: a is empty; the name of a document is wanted"),
        ("seeds/daily.md", r"\u001b[31m", 'f: entry 1: a is "\\x1b[31m", which has control characters'),
        ('"seeds/daily.md"', "3", "f: entry 1: a is 3; a text in quotes is wanted"),
        ("AAABAAACARFw", "AAAB AAA*", "f: entry 1: terms is not base64"),
        ("AAABAAACARFw", "AAABAA==", "f: entry 1: terms does not hold whole terms of 3 bytes"),
        ("AAABAAACARFw", "", "f: entry 1: terms does not hold whole terms of 3 bytes"),
        ("AAABAAACARFw", "AAACAAAB", "f: entry 1: terms is not ascending"),
        ("AAABAAACARFw", "AAAB" * 1001, "f: entry 1: terms holds more than 1,000 terms"),
        ('"number", ', "", 'f: entry 1: drifts holds [\'4.2 million\', \'4.3 million\']; ["number", '),
        ('"number"', '"figure"', 'f: entry 1: drifts holds "figure"; a fact is one of number, date, time, name'),
        ("[[accepted]]", TEXT.removeprefix(HEADER) + "[[accepted]]",
         "f: entry 2 has the key and the names of entry 1; leave one of them"),
        ("words = 38", "x" + ".x" * 300_000 + " = 1", "f: more than 100 dots in a line outside of texts"),
        ("# Reuse", "#" * 2**24 + "# Reuse", "f: 16,777,"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_one_line_with_file_entry_and_field(old: str, new: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        read_accepted(TEXT.replace(old, new, 1), "f")
    assert str(error.value).startswith(message)
    assert str(error.value).isprintable()
    assert len(str(error.value)) < 300


def test_a_text_may_have_as_many_dots_as_it_likes() -> None:
    assert read_accepted(TEXT.replace("seeds/daily.md", "." * 300, 1))[0].a == "." * 300


def test_a_name_that_could_not_be_read_back_is_not_written() -> None:
    with pytest.raises(InputError, match=r"cannot accept .* a is .* control characters"):
        with_entry("", replace(ENTRY, a="a\n.md"))


def test_entries_in_one_list_are_read_and_are_not_edited() -> None:
    inline = HEADER + "accepted = [{" + ", ".join(TEXT.removeprefix(HEADER).strip().splitlines()[1:]) + "}]\n"
    assert read_accepted(inline) == (ENTRY,)
    with pytest.raises(InputError, match="cannot be edited here"):
        with_entry(inline, replace(ENTRY, a="another"))
    with pytest.raises(InputError, match="cannot be edited here"):
        with_entry(HEADER + "accepted = []", ENTRY)


def test_entries_for_a_passage_that_is_accepted_again_become_one() -> None:
    terms = tuple(range(20))
    old = [replace(ENTRY, key=key * 16, terms=terms[int(key) :]) for key in "12"]
    apart = [replace(old[0], b="z"), replace(ENTRY, key="f" * 16, terms=(99,))]
    text = HEADER + "".join(with_entry("", one).removeprefix(HEADER) for one in [*old, *apart])
    now = replace(ENTRY, key="3" * 16, terms=terms)
    assert read_accepted(with_entry(text, now)) == (now, *apart)


def test_blocks_are_sorted_by_names_and_key() -> None:
    names = [("c", "1"), ("a", "2"), ("a", "1"), ("b", "3")]
    others = [replace(ENTRY, a=a, key=key * 16, terms=(ord(key),)) for a, key in names]
    assert [one.a for one in read_accepted(with_entries("", others))] == ["a", "a", "b", "c"]
    assert with_entries("", others) == with_entries("", reversed(others))


def test_a_block_goes_above_the_comments_of_the_next_and_free_ones_stay() -> None:
    text = TEXT.replace("[[accepted]]", "# free\n\n# about the wire\n# asked the desk\n[[accepted]]")
    first, last = replace(ENTRY, a="a"), replace(ENTRY, a="seeds/z", b="z")
    both = with_entries(text, [last, first])
    assert [one.a for one in read_accepted(both)] == ["a", "seeds/daily.md", "seeds/z"]
    assert '# free\n\n[[accepted]]\nkey = "7a4d56120fbb2db5"\na = "a"\n' in both
    assert '"AAABAAACARFw"\n\n# about the wire\n# asked the desk\n[[accepted]]\n' in both
    assert "about" not in without_entries(both, {identity(ENTRY)})
    assert "# free\n" in without_entries(both, {identity(ENTRY)})


def test_a_refreshed_entry_keeps_its_place_its_comments_and_what_is_equal() -> None:
    text = TEXT.replace("[[accepted]]", "# above\n[[accepted]] # head").replace(
        "words = 38", "  # in\n words  = 38 # so"
    )
    text = text.replace("reason =", "reason  =") + "# below"
    now = replace(ENTRY, key="1" * 16, words=40, note="new", expires="", terms=(1, 2, 3, 70_000))
    edited = with_entry(text, now)
    assert read_accepted(edited) == (now,)
    assert [line for line in edited.splitlines() if line not in text.splitlines()] == [
        'key = "1111111111111111"', 'note = "new"', " words  = 40 # so", 'terms = "AAABAAACAAADARFw"',
    ]  # fmt: skip
    assert edited.endswith("# below")
    assert "expires" not in edited


def test_a_list_over_several_lines_that_changes_keeps_its_last_comment() -> None:
    text = TEXT.replace('drifts = [["number"', 'drifts = [ # why\n["number"')
    edited = with_entry(text, replace(ENTRY, drifts=(Changed("number", "1", "2"),)))
    assert 'drifts = [["number", "1", "2"]] # why\n' in edited


@pytest.mark.parametrize("note", ["[[accepted]]", "# [[accepted]]", "\n\n [[x", "# ends", "'''\n[["])
@pytest.mark.parametrize("quotes", ['"""', "'''"])
def test_a_text_that_looks_like_heads_and_comments_is_one_value(note: str, quotes: str) -> None:
    if quotes in note:
        return
    text = TEXT + f"note = {quotes}\n{note}{quotes}"
    last = replace(ENTRY, a="seeds/z", b="z")
    both = with_entry(text, last)
    assert [entry.note for entry in read_accepted(both)] == [note, ""]
    assert without_entries(both, {identity(last)}) == text
    assert read_accepted(without_entries(both, {identity(read_accepted(text)[0])})) == (last,)


@pytest.mark.parametrize("between", ["\n" * 10_001, "#" * 2**20, "# a\n" * 10_001])
def test_what_would_take_long_to_edit_is_read_and_is_edited_elsewhere_only(between: str) -> None:
    text = with_entry(TEXT + between + "\n", replace(ENTRY, a="x", b="y"))
    assert len(read_accepted(text)) == 2
    for edit in (lambda: without_entries(text, {identity(ENTRY)}), lambda: with_entry(text, replace(ENTRY, words=3))):
        with pytest.raises(InputError, match=r"more than 1,048,576 characters or 10,000 lines from one \[\[accepted"):
            edit()


def test_only_an_edit_imports_the_library_that_edits() -> None:
    code = (
        "import sys\n"
        "from compare.gate.accepted import read_accepted, without_entries\n"
        f"(entry,) = read_accepted({TEXT!r})\n"
        "print('tomlkit' in sys.modules)\n"
        f"without_entries({TEXT!r}, {{(entry.a, entry.b, entry.key)}})\n"
        "print('tomlkit' in sys.modules)\n"
    )
    ended = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.split() == ["False", "True"]


@settings(max_examples=examples(60))
@given(files, entries, st.lists(comments, max_size=8), endings, st.sampled_from(["", "ended"]))
def test_insertion_and_removal_give_the_same_bytes(
    old: list[Accepted], new: Accepted, notes: list[list[str]], newline: str, end: str
) -> None:
    text = commented(with_entries(HEADER, old), notes, newline, ended=bool(end))
    before = read_accepted(text)
    if any((one.a, one.b) == (new.a, new.b) for one in before):
        new = replace(new, a="another", b="other")
    with_it = with_entry(text, new)
    assert sorted(map(identity, read_accepted(with_it))) == sorted(map(identity, (*before, new)))
    assert new in read_accepted(with_it)
    assert without_entries(with_it, {identity(new)}) == text
    assert ("\r\n" in with_it) == (newline == "\r\n")
    assert with_it.count("\r\n") in {0, with_it.count("\n")}


@settings(max_examples=examples(60))
@given(files, st.lists(comments, max_size=12), endings, st.data())
def test_every_line_that_is_not_the_entrys_survives(
    old: list[Accepted], notes: list[list[str]], newline: str, data: st.DataObject
) -> None:
    text = commented(with_entries(HEADER, old), notes, newline, ended=True)
    gone = data.draw(st.sets(st.sampled_from(old))) if old else set()
    left = without_entries(text, set(map(identity, gone)))
    assert read_accepted(left) == tuple(one for one in read_accepted(text) if one not in gone)
    remaining = iter(text.splitlines())
    assert all(line in remaining for line in left.splitlines())
    for one in read_accepted(left):
        changed = replace(one, note=one.note + "!", drifts=())
        refreshed = with_entry(left, changed)
        assert changed in read_accepted(refreshed)
        assert refreshed.count("#") >= left.count("#") - one.note.count("#") - str(one.drifts).count("#")


@given(files, files)
def test_adding_many_at_once_is_adding_them_one_by_one(old: list[Accepted], new: list[Accepted]) -> None:
    known = {(one.a, one.b) for one in old}
    fresh = [one for number, one in enumerate(new) if (one.a, one.b) not in known | {(p.a, p.b) for p in new[:number]}]
    text = with_entries("# Ours.\n", old)
    one_by_one = text
    for entry in fresh:
        one_by_one = with_entry(one_by_one, entry)
    assert with_entries(text, fresh) == one_by_one


@settings(max_examples=examples(60))
@given(files, st.lists(comments, max_size=8), endings, st.data())
def test_refreshing_many_at_once_is_refreshing_them_one_by_one(
    old: list[Accepted],
    notes: list[list[str]],
    newline: str,
    data: st.DataObject,
) -> None:
    twins = [replace(one, key=f"{int(one.key, 16) ^ 1 << 40:016x}") for one in old if data.draw(st.booleans())]
    text = commented(with_entries(HEADER, old), notes, newline, ended=data.draw(st.booleans()))
    for twin in twins:  # the same words under another key: one refreshed entry stands for both
        text += newline + with_entry("", twin).removeprefix(HEADER).replace("\n", newline)
    wanted = data.draw(st.permutations([replace(one, words=one.words + 1, note="again") for one in old]))
    one_by_one = text
    for entry in wanted:
        one_by_one = with_entry(one_by_one, entry)
    assert with_entries(text, wanted) == one_by_one
    assert {*wanted} <= {*read_accepted(one_by_one)}


def test_many_entries_are_refreshed_in_linear_time() -> None:
    many = [replace(ENTRY, a=f"a{number:05}.md", key=f"{number:016x}") for number in range(400)]
    text = with_entries(TEXT, many)
    wanted = [replace(one, words=one.words + 1, terms=(*one.terms, 80_000)) for one in reversed(many)]
    started = process_time()
    edited = with_entries(text, wanted)
    assert process_time() - started < 10  # half a second; one by one it was over a minute
    assert read_accepted(edited) == (*reversed(wanted), ENTRY)
    some = wanted[:3]
    one_by_one = text
    for entry in some:
        one_by_one = with_entry(one_by_one, entry)
    assert with_entries(text, some) == one_by_one


def test_many_entries_are_added_in_linear_time() -> None:
    many = [replace(ENTRY, a=f"a{number:05}.md", key=f"{number:016x}") for number in range(2000)]
    assert len(read_accepted(with_entries(TEXT, many))) == 2001
