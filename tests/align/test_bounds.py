"""Identity is exact, and texts that no person wrote end with a valid result."""

from __future__ import annotations

import textwrap

import pytest
from examples import examples, length
from hypothesis import given, settings
from hypothesis import strategies as st
from shares import reused

import compare
from compare.align.align import align
from compare.align.pair import paired
from compare.align.prepare import LONGEST, prepare
from compare.align.related import PARTNERS
from compare.model import Kind, Mark, Match, Verdict
from compare.settings import Settings
from compare.text.coverage import token_ranges

ARTICLE = """\
The hearing on the coal harbour began on Wednesday in the town hall of Skarrow. More than two hundred people came, \
among them fishermen, teachers and the whole crew of the rescue boat.

“Nobody asked us,” said Ilse Marten, who runs the smokehouse. “We read it in the paper, like everybody else.” She \
handed over a list of nine hundred names. The project's manager answered: “Every letter will be read.”

The harbour would take ships of up to 80,000 tonnes. Dredging is to begin in 2031 and cost 4.2 million crowns a month. \
Critics fear for the eelgrass, which the state has protected since 1994.

A decision is due before Christmas. Whoever wants to object has six weeks, and must do so by letter."""
SHORT = ARTICLE.split("\n\n")[1]


def whole_copy(a: str, b: str) -> None:
    """The two are one text, to the last digit."""
    for one, other in ((a, b), (b, a)):
        found = compare.pair(one, other)
        assert (found.verdict, found.reused_a, found.reused_b) == (Verdict.IDENTICAL, 1.0, 1.0)
        (match,) = found.matches
        assert (match.kind, match.similarity, match.drifts) == (Kind.VERBATIM, 1.0, ())
        assert [step.kind for step in match.operations] == ["equal"]
        assert Mark.MOVED not in match.marks


# --- identity ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", [ARTICLE, SHORT, "Ferry.", "Ferry. " * 500, "市议会星期一投票决定关闭海港大桥。", "12"]
)
def test_a_text_is_identical_with_itself(text: str) -> None:
    whole_copy(text, text)


WRAPS = {
    "at 72": lambda text: "\n\n".join(textwrap.fill(part, 72) for part in text.split("\n\n")),
    "at 30": lambda text: "\n\n".join(textwrap.fill(part, 30) for part in text.split("\n\n")),
    "CRLF at 72": lambda text: "\r\n\r\n".join("\r\n".join(textwrap.wrap(part, 72)) for part in text.split("\n\n")),
    "CR": lambda text: text.replace("\n", "\r"),
    "one paragraph": lambda text: " ".join(text.split()),
    "a word a line": lambda text: "\n".join(text.split()),
    "indented": lambda text: textwrap.indent(text, "\t  "),
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "trailing space": lambda text: text.replace("\n", "  \n") + "\n\n\n",
}


@pytest.mark.parametrize("text", [ARTICLE, SHORT], ids=["article", "short"])
@pytest.mark.parametrize("wrap", WRAPS)
def test_a_copy_wrapped_anew_is_the_same_text(text: str, wrap: str) -> None:
    whole_copy(text, WRAPS[wrap](text))


QUOTES = ["“”", "„“", '""', "«»", "»«", "''", "‘’"]


def requoted(text: str, marks: str) -> str:
    return text.replace("“", marks[0]).replace("”", marks[1]).replace("'", "’")


@pytest.mark.parametrize("text", [ARTICLE, SHORT], ids=["article", "short"])
@pytest.mark.parametrize("marks", QUOTES)
def test_a_copy_with_other_quotation_marks_is_the_same_text(text: str, marks: str) -> None:
    whole_copy(text, requoted(text, marks))
    whole_copy(requoted(text, QUOTES[1]), WRAPS["CRLF at 72"](requoted(text, marks)))


WORDS = ["the", "ferry", "sailed", "at", "4.2", "knots", "—", "“slowly”", "it's", "said.", "Then\n\n", "No!"]


@given(st.lists(st.sampled_from(WORDS), min_size=1), st.data())
@settings(max_examples=examples(50))
def test_any_text_wrapped_and_quoted_anew_is_the_same_text(text: list[str], data: st.DataObject) -> None:
    spaces = [data.draw(st.sampled_from([" ", "\n", "\r\n", "  "])) for _ in text]
    other = requoted(
        "".join(word + space for word, space in zip(text, spaces, strict=True)), data.draw(st.sampled_from(QUOTES))
    )
    if len(prepare(" ".join(text)).tokens):
        whole_copy(" ".join(text), other)


# --- what no person wrote ------------------------------------------------------------------------------------------

SENTENCE = (
    "We will not close the last ferry line while a single family on the island still depends on it for a living. "
)
NUMBERED = " ".join(f"w{place * 7919 % 10007}" for place in range(12_000))
DEGENERATE = {
    "one letter": ("a " * length(200_000), "a " * length(190_000)),
    "one letter and prose": ("a " * length(200_000), ARTICLE),
    "one sentence": (SENTENCE * length(10_000), SENTENCE * length(9_000)),
    "one sentence and prose": (SENTENCE * length(10_000), ARTICLE),
    "lines of a letter": ("\n".join("x" for _ in range(length(300_000))), "x y\n" * length(3_000)),
    "no punctuation": (NUMBERED, NUMBERED[7_000:] + " " + NUMBERED[:5_000]),
    "digits": tuple(" ".join(str(place * by % 10007) for place in range(10_000)) for by in (7919, 4241)),
    "one number": ("7" * 200_000, "7" * 200_001),
    "one long word": ("abcdefghij" * 10_000 + " end", "abcdefghij" * 9_000 + " end"),
    "empty": ("", ARTICLE),
    "no word at all": ("… — !? \n\n" * 5_000, ARTICLE),
    "one token": ("Skarrow.", ARTICLE),
    "lone surrogates": (ARTICLE.replace(" ", " \ud800 ") * 3, "\udfff" + ARTICLE * 3),
    "NULs": (ARTICLE.replace(" ", "\0"), "\0" * 50_000 + ARTICLE + "\0Skarrow"),
    "quotation marks": ("“" * 50_000 + ARTICLE, ARTICLE + "\"'»" * 20_000),
}


def check(match: Match, a: str, b: str) -> None:
    assert 0 <= match.a.start < match.a.stop <= len(a)
    assert 0 <= match.b.start < match.b.stop <= len(b)
    assert 0 < match.similarity <= 1
    assert (
        (match.similarity == 1)
        == (match.kind is Kind.VERBATIM)
        == ({step.kind for step in match.operations} == {"equal"})
    )
    assert [step.tokens_a.stop for step in match.operations[:-1]] == [
        step.tokens_a.start for step in match.operations[1:]
    ]
    assert [step.tokens_b.stop for step in match.operations[:-1]] == [
        step.tokens_b.start for step in match.operations[1:]
    ]


@pytest.mark.parametrize("name", DEGENERATE)
def test_a_degenerate_text_ends_with_a_valid_result(name: str) -> None:
    a, b = DEGENERATE[name]
    left, right = prepare(a), prepare(b)
    found = align(left, right, Settings())
    for match in found:
        check(match, a, b)
    assert len(found) <= PARTNERS * (len(left.sentences) + 1)
    shares = reused(found, left.tokens, right.tokens)
    assert max(shares) <= 1
    copies = {"one letter", "one sentence", "no punctuation", "lone surrogates", "NULs", "quotation marks"}
    assert (max(shares) > 0.9) == (name in copies)


@pytest.mark.parametrize("junk", ["\0", "\ud800", "\U0010ffff", "\ufeff", "\x1b[2J"])
def test_signs_that_no_text_holds_do_not_hide_a_copy(junk: str) -> None:
    a, b = f"{junk}{ARTICLE}{junk}", ARTICLE.replace("\n\n", f"\n\n{junk}\n\n")
    found = compare.pair(a, b)
    assert min(found.reused_a, found.reused_b) > 0.95


# --- counted bounds ------------------------------------------------------------------------------------------------


def test_long_texts_are_not_compared_sentence_by_sentence() -> None:
    long, other = (prepare("".join(f"Ship {name}{place}. " for place in range(1_100))) for name in "qz")
    pair = paired(long, other)
    assert pair.detail is None
    assert len(pair.seeds.a) < 2 * len(long.sentences)
    assert paired(long, prepare(ARTICLE)).detail is not None
    assert align(long, other, Settings()) == align(long, other, Settings(aligner="rules"))


def test_texts_that_hold_the_same_grams_everywhere_are_not_multiplied_out() -> None:
    """So many sentences could be compared with one another, were it not for all their grams."""
    names = " ".join(f"Extraordinarily{place} uncharacteristic{place}" for place in range(60))
    same = prepare(f"{names}. " * 400)
    assert len(same.sentences) == 400
    assert paired(same, same).detail is None
    assert paired(same, prepare(names)).detail is not None


def test_no_sentence_is_longer_than_the_longest() -> None:
    for text in (NUMBERED, "a " * 5_000, "中" * 5_000, "x, " * 5_000):
        ready = prepare(text)
        assert max(ready.bounds[1:] - ready.bounds[:-1]) == LONGEST
        assert len(ready.sentences) == -(-len(ready.tokens) // LONGEST)


def test_a_long_text_with_a_copied_stretch_is_found_by_runs_alone() -> None:
    ships = "".join(f"Ship {place} carried {place * 31} barrels of {place}ine oil. " for place in range(1_200))
    crews = "".join(f"Crew {place * 17}k signed on for month {place}z at dawn. " for place in range(1_000))
    a, b = prepare(ships + ARTICLE + ships[:-1]), prepare(crews + ARTICLE)
    assert paired(a, b).detail is None
    long = [match for match in align(a, b, Settings()) if match.kind is Kind.VERBATIM]
    assert ARTICLE[:-1] in [a.text[slice(*match.a)] for match in long]
    assert max(token_ranges(match)[0].stop for match in long) <= len(a.tokens)
