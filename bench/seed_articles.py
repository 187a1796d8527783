"""The two real articles that the product was asked for: everything that is found, against what is expected.

    python bench/seed_articles.py FOLDER [--rules]

FOLDER holds the two articles and nothing else (see bench/README.md); a is the first by name. Ends with 1 if a line of
the check list is not as expected.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from measure import table
from work import add_options, settings_of

import compare

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compare import Comparison, Match

SHOWN = 160
"""Characters of each side of a match that are printed."""


class Wanted(NamedTuple):
    """A match, of any tier, with words on each side; any of `b` will do."""

    what: str
    a: str
    b: tuple[str, ...]


EXPECTED = (
    Wanted("signing of the pact", "a mutual defense pact", ("he signed a mutual defence pact with Pyongyang",)),
    Wanted("signing, caption", "a mutual defense pact", ("signed a mutual defence pact when#1",)),
    Wanted("signing, caption printed again", "a mutual defense pact", ("signed a mutual defence pact when#2",)),
)  # fmt: skip
NEVER_A = ("Comments",)
NEVER_B = ("Ujjwal", "06:23 PM", "Staff Writer", "Get Swarajya")
NEVER_BOTH = (("across his border", "going on between Russia and North Korea"),)


def place(text: str, needle: str) -> tuple[int, int]:
    """Where some words stand, `#2` meaning their second occurrence; exits if they do not: another text."""
    words, _, number = needle.partition("#")
    at = -1
    for _ in range(int(number or 1)):
        at = text.find(words, at + 1)
        if at < 0:
            sys.exit(f"{words!r} does not stand in the article: these are not the two real seeds")
    return at, at + len(words)


def holds(span: tuple[int, int], text: str, needle: str) -> bool:
    """Whether a span has these words in it, or a part of them."""
    start, stop = place(text, needle)
    return span[0] < stop and start < span[1]


def meeting(found: Comparison, texts: tuple[str, str], wanted: Wanted) -> list[Match]:
    """The matches that pair the words."""
    return [
        match
        for match in found.matches
        if holds(match.a, texts[0], wanted.a) and any(holds(match.b, texts[1], needle) for needle in wanted.b)
    ]


def checks(found: Comparison, texts: tuple[str, str]) -> Iterator[tuple[str, str]]:
    """Each line of the check list: what, and `found …`, `missing`, `wrong …` or `ok`."""
    yield "verdict same-story", "ok" if found.verdict == "same-story" else f"wrong: {found.verdict.value}"
    for wanted in EXPECTED:
        kinds = [f"{match.kind.value} {match.similarity:.2f}" for match in meeting(found, texts, wanted)]
        yield wanted.what, f"found: {', '.join(kinds)}" if kinds else "missing"
    for side, text, needles in (("a", texts[0], NEVER_A), ("b", texts[1], NEVER_B)):
        for needle in needles:
            wrong = [match for match in found.matches if holds(getattr(match, side), text, needle)]
            yield f"never: {needle} ({side})", "wrong: matched" if wrong else "ok"
    for a, b in NEVER_BOTH:
        wrong = meeting(found, texts, Wanted("", a, (b,)))
        yield f"never: {a} ↔ {b}", "wrong: matched" if wrong else "ok"


def unexpected(found: Comparison, texts: tuple[str, str]) -> list[Match]:
    """Matches that are no line of the check list: each is to be read."""
    known = [match for wanted in EXPECTED for match in meeting(found, texts, wanted)]
    return [match for match in found.matches if match not in known]


def shown(text: str, span: tuple[int, int]) -> str:
    """A side of a match on one line."""
    words = " ".join(text[span[0] : span[1]].split()).replace("|", "\\|")
    return words if len(words) <= SHOWN else words[: SHOWN - 1] + "…"


def match_row(match: Match, texts: tuple[str, str], known: str) -> list[object]:
    """A match as a row."""
    marks = ", ".join(mark.value for mark in match.marks)
    return [match.kind.value, match.similarity, marks, known, shown(texts[0], match.a), shown(texts[1], match.b)]


def main() -> None:
    """Compare, print, check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    add_options(parser)
    options = parser.parse_args()
    files = sorted(path for path in Path(options.folder).iterdir() if path.is_file())
    if len(files) != len("ab"):
        parser.error(f"{options.folder} holds {len(files)} files, not two articles")
    texts = files[0].read_bytes().decode(), files[1].read_bytes().decode()
    found = compare.pair(*texts, settings_of(options))
    odd = unexpected(found, texts)
    print(f"a = {files[0].name}, b = {files[1].name}: {found.verdict.value}, cosine {found.cosine:.2f}\n")
    rows = [match_row(match, texts, "to be read" if match in odd else "yes") for match in found.matches]
    table(["kind", "similarity", "marks", "expected", "a", "b"], rows)
    listed = list(checks(found, texts))
    table(["check", "result"], listed)
    sys.exit(any(result.startswith(("missing", "wrong")) for _, result in listed))


if __name__ == "__main__":
    main()
