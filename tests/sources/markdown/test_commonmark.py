"""Muted spans against markdown-it, which knows what a reader of Markdown sees."""

from __future__ import annotations

import re
from contextlib import suppress
from html.parser import HTMLParser
from random import Random
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt

from compare.sources.markdown.syntax import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

WORD = re.compile(r"w\d+")
PIECES = (
    "W", "W W", "W W.", "*W*", "**W W**", "`W`", "``W ` W``", "`W", "\\[W\\]", "\\<W\\>", "W_W_", "[W]", "[W]: W",
    "[W]: /W", "[L]: /W", "[L]: /W 'W W'", '[L]: </W W> "W"', "[L]: /W (W", "[L]:", "/W", "'W W'", '"W', '"', "[L]",
    "[W][L]", "[L][]", "[W][W]", "[W](/W)", "[W](/W 'W')", "[W](</W W>)", "[W](W W)", "![W](/W)", "[W", "](/W)",
    "[[W](/W)](/W)", "[W *W](/W)*", "<W>", "<W W W>", "<b>", "</b>", "<b class='W'>", '<a href="/W">W</a>', "<a W>",
    "<W a=W>", "<div>", "</div>", "<p>W</p>", "<!-- W -->", "<!-- W", "-->", "<https://W.org>", "<W@W.org>", "<W:W>",
    "<pre>", "</pre>", "<?php W ?>", "<!DOCTYPE W>", "<", ">", "(", ")", "(W)", "]", "[", "`", "'", "W)",
)  # fmt: skip
STARTS = (
    "", "", "", "", "> ", ">", "> > ", "- ", "* ", "1. ", "2) ", "10. ", "  ", "   ", "    ", "     ", "\t", "# ",
    "## ", "```\n", "~~~ W\n", "-   ", "-      ", "> - ", "- > ", "1.  ", "---\n", "***\n", "===\n", "\n", "\n", ">\n",
    "-\n", " ", "  - ", "- - ",
)  # fmt: skip
ODD = re.compile(
    r"""
      ^[ >\-*+\d.]*>[^\n]*\n(?:[^\n]+\n)*(?:\ {4}|\ *\t)    # a quotation's paragraph goes on, though a line is indented
    | \]:[^\n]*\n(?:[^\n]*\n)?[ >]*(?:\ {4}|\t|[-*+\d<])    # what may not end a paragraph may not end definitions
    """,
    re.MULTILINE | re.VERBOSE,
)
"""Where markdown-it differs from CommonMark's own implementations."""


def text_of(random: Random) -> str:
    """Markdown of many constructs, no word twice but for labels."""
    lines = []
    for _ in range(random.randint(1, 9)):
        pieces = random.choices(PIECES, k=random.randint(0, 4))
        lines.append(random.choice(STARTS) + random.choice(("", " ")).join(pieces))
    count = iter(range(10_000))
    return re.sub("W", lambda _: f"w{next(count)}", "\n".join(lines)).replace("L", random.choice(("l", "La B", "l1")))


class _Inside(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.text: list[str] = []
        with suppress(AssertionError):  # at `<![`, which it does not know
            self.feed(text)
            self.close()

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def shown(tokens: list[Token]) -> Iterator[str]:
    """What a reader sees as text: not what stands in tags, targets, titles; addresses in angle brackets aside."""
    is_address = False
    for token in tokens:
        is_address = (is_address and token.type != "link_close") or (token.type == "link_open" and token.info == "auto")
        if token.type == "html_block":
            yield from _Inside(token.content).text
        elif token.type in {"text", "code_inline", "code_block", "fence"} and not is_address:
            yield token.content
        yield from shown(token.children or [])


def hidden(tokens: list[Token]) -> Iterator[str]:
    """Targets and titles of links and pictures."""
    for token in tokens:
        if token.type in {"link_open", "image"} and token.info != "auto":
            yield from (str(token.attrs.get(name, "")) for name in ("href", "src", "title"))
        yield from hidden(token.children or [])


def left(text: str) -> set[str]:
    """The words that are not muted, each whole."""
    spans = read(text).muted
    return {word[0] for word in WORD.finditer(text) if not any(a < word.end() and word.start() < b for a, b in spans)}


@pytest.mark.parametrize("seed", range(12))
def test_what_markdown_shows_is_never_muted_and_what_a_link_holds_is(seed: int) -> None:
    random, reader = Random(seed), MarkdownIt("commonmark")
    for _ in range(150):
        text = text_of(random)
        if ODD.search(text):
            continue
        env: dict[str, dict[str, dict[str, str]]] = {}
        tokens = reader.parse(text, env)
        words = left(text)
        seen = {word for part in shown(tokens) for word in WORD.findall(part)}
        assert seen <= words, text
        references = env.get("references", {}).values()
        targets = [
            *hidden(tokens),
            *(one[key] for one in references if "/" in one["href"] for key in ("href", "title")),
        ]
        doubtful = {word for one in references if "/" not in one["href"] for word in WORD.findall(str(one))}
        assert not ({word for part in targets for word in WORD.findall(part)} - doubtful) & words, text
