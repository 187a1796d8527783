from __future__ import annotations

import time
from itertools import pairwise

import pytest
from examples import length
from hypothesis import given
from hypothesis import strategies as st

from compare.sources.front_matter import front_matter
from compare.sources.markdown.syntax import heading, read


def plain(text: str) -> str:
    """What is left of a text without its muted spans."""
    position, parts = 0, []
    for start, stop in read(text).muted:
        parts.append(text[position:start])
        position = stop
    return "".join([*parts, text[position:]])


def test_front_matter_values_are_taken_as_they_are_written() -> None:
    block = (
        "---\r\ntitle: No\r\nid: 007\r\ndate: 2024-05-01 10:00:00+02:00\r\nauthor: [A B, C]\r\nx: {y: 1}\r\nn: ~\r\n---"
    )
    found = front_matter(block + "\r\nText")
    assert found.stop == len(block) + 2
    assert found.values == {
        "title": "No",
        "id": "007",
        "date": "2024-05-01T10:00:00+02:00",
        "author": "A B, C",
        "x": "",
        "n": "",
    }


@pytest.mark.parametrize(
    "text",
    [
        "---\nA line between two rules.\n---\nText",
        "---\n- a list\n---\n",
        "---\nEditor's note: The death toll was corrected to 12 on Friday.\n---\nText",
        "---\nNote: we met on Friday.\n---\nText",
        "---\nnote: we met the mayor on Friday at the bridge.\n---\nText",
        "---\nANNA: The water came over the sill.\nERIK: I wanted to fetch the papers.\n---\nText",
        "---\nCorrection: Nine people died.\nUpdate: Five more are missing.\n---\nText",
        "---\nDate: it was on the Friday before the flood.\n---\nText",
        "---\ntitle: [unclosed\n---\n",
        "---\ntitle: never closed\n",
        "---\n---\nText",
        "text\n---\ntitle: late\n---\n",
        "----\ntitle: four\n---\n",
        "---\n" + "[" * 5000 + "\n---\n",
        '---\na: "\\UFFFFFFFF"\n---\n',
        "---\n" + "a: b\n" * 20000 + "---\n",
    ],
)
def test_what_is_no_metadata_between_rules_is_body_text(text: str) -> None:
    assert front_matter(text) == (0, {})


@pytest.mark.parametrize(
    ("block", "names"),
    [
        ("title: We met the mayor on Friday at the bridge, and he said no", ()),
        ("Title: A\nDate: 2024-05-01\nEditor's note: none", ()),
        ("tags:\n- one\n- two", ()),
        ("rank: 5\ncolor: blue", ()),
        ("Quality: five of the ten that anybody could have", ("Quality",)),
    ],
)
def test_metadata_are_known_by_their_keys(block: str, names: tuple[str, ...]) -> None:
    assert front_matter(f"---\n{block}\n---\nText", names).stop == len(block) + 9


def test_no_python_object_is_made_and_no_alias_is_expanded() -> None:
    bomb = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))
    text = f"---\na0: &a0 x\n{bomb}b: !!python/object/apply:os.system [exit]\nd: 2024-02-31\n---\n"
    found = front_matter(text)
    assert found.values["b"] == "exit"
    assert found.values["d"] == "2024-02-31"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("## A *b* __c__ `d`", " A b c d"),
        ("[text](https://x.y/a_(b) 'title') and ![alt](img.png)", "text and alt"),
        ("[text][ref] and [note][] and a foot[^1]\n\n[ref]: /x\n[note]: /y", "text and note and a foot\n\n"),
        ("[ref]: https://x.y 'title'\ntext", "text"),
        ("[^1]: a note", " a note"),
        ("<https://x.y> <a@b.org> <b class='x'>bold</b><br/>", "https://x.y a@b.org bold"),
        ("a\n<!-- hidden\n\n words -->\nb <!-- more\nof it --> c", "a\n\nb  c"),
        ("> > quoted\n> - item\n", "quoted\nitem\n"),
        ("- [x] done\n* two\n1. three\n", " done\ntwo\n three\n"),
        ("```python\nprint(*a)\n```\nafter", "print(*a)\nafter"),
        ("~~~\n```\n*a*\n~~~\n*b*", "```\n*a*\nb"),
        ("snake_case 2 * 3 a < b > c", "snake_case 2 * 3 a < b > c"),
        (r"\*not emphasis\*", "*not emphasis*"),
        ("He was\n78. She said", "He was\n78. She said"),
        (
            "[ANNA]: The sea came.\n\n[BO]: Yes.\n\n[ANNA]: <laughs>",
            "ANNA: The sea came.\n\nBO: Yes.\n\nANNA: <laughs>",
        ),
        ("[UPDATE]: Five people died.", "[UPDATE]: Five people died."),
        ("text\n[ref]: /x", "text\n[ref]: /x"),
        ("[a]: /x\n'Five\nof ten'\n[b]: </y z> (t)\ntext", "text"),
        ("> [a]: /x\n> 'T'\n\n- [b]: y.html\n\n      [c]: /z\n", "\n\n      [c]: /z\n"),
        ("<five percent of the vote> and <a third of it>", "<five percent of the vote> and <a third of it>"),
        ("<five percent of those asked, he said>", "<five percent of those asked, he said>"),
        ("<p class=x>a<br/>b</p> <my-tag five='x'>c</my-tag> <input disabled>", "ab c "),
        ("<note:five> <doi:10.1/x> a<!five>b <?five?>", "note:five doi:10.1/x a<!five>b <?five?>"),
        ("<div>\n[x](five)\n</div>\n\n[x](five)", "\n[x](five)\n\n\nx"),
        ("    <b>code</b>\n\n`<b>` and ``a ` <i>``", "    <b>code</b>\n\n<b> and a ` <i>"),
        ("word](five) [x][five] [y](five percent)", "word](five) [x][five] [y](five percent)"),
        ("[x *y](/a)* [![z](b.png)](c.html)", "x *y* z"),
        ("*foo**bar* 10**5 __a__b 2*3 ***x*** y", "foo**bar 10**5 __a__b 2*3 x y"),
        ("<style>p { five }</style>\n\n<Warning>five</Warning> five`s", "\n\nfive five`s"),
        ("<!-- hidden\n\nfive\n", "<!-- hidden\n\nfive\n"),
    ],
)
def test_markdown_syntax_is_muted_and_text_is_not(text: str, expected: str) -> None:
    assert plain(text) == expected


@given(st.text(alphabet="ab \n\r[]()<>!*_`~#->.1\\&;:'\"/^x", max_size=60))
def test_muted_spans_are_sorted_apart_and_inside(text: str) -> None:
    spans = read(text).muted
    assert all(0 <= start < stop <= len(text) for start, stop in spans)
    assert all(a.stop < b.start for a, b in pairwise(spans))


@given(st.text(alphabet="ab c,é", max_size=60))
def test_plain_prose_has_no_muted_spans(text: str) -> None:
    assert read(text).muted == ()


@pytest.mark.parametrize(
    "unit",
    [
        "[",
        "](",
        '](a "',
        "<a ",
        "<!--",
        "*",
        "_a",
        "a_",
        "`",
        "\\",
        "```\n",
        "1. ",
        "&a",
        "[a]: <",
        "[a]: /x '",
        "[a](",
        "[[a](/b)",
        "- ",
        "> ",
        "- - \n\n",
        "<!A ",
        "<? ",
        '<a b="',
        "<a@",
    ],
)
def test_hostile_repetition_takes_linear_time(unit: str) -> None:
    started = time.process_time()
    read(unit * (length(100_000) // len(unit)))
    assert time.process_time() - started < 3  # .2 s at most where it was measured; quadratic: minutes


def test_the_first_heading_is_the_title() -> None:
    assert heading("text\r\n# The title #\r\n## b") == "The title"
    assert heading("## b\n#c") == ""
