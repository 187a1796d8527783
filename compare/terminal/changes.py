"""What changed from one text to another, in the terminal: each change with its sentence. Pure: values in, text out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compare.changes.edits import edits_of
from compare.changes.listed import changes_between
from compare.families.bars import is_word_for_word
from compare.model import Kind
from compare.terminal.passages import Paint, cautions, columns, line_of, marked_words, plain, wrapped
from compare.text.coverage import coverage
from compare.text.signs import with_signs
from compare.text.tokens import body, tokens_of
from compare.wording.changes import change_label, change_words
from compare.wording.explain import plural
from compare.wording.words import doubts, percent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from compare.changes.edits import Edit, Edits
    from compare.model import Change, Comparison, Document, Match, Span

WIDTH = 80
"""Columns where there is no terminal."""
_NOTHING = "No word differs: b has the words of a, all of them in their order."
_NUMBER = 4  # columns of the number of a change
_FROM = "a"  # the caller's order is that of the texts, whatever their dates say

Entry = list[str]
"""What is said of a change: words, after each of which a line may end."""


@dataclass(frozen=True, slots=True)
class Look:
    """How changes are shown."""

    colored: bool = False
    width: int = WIDTH
    all_drifts: bool = False
    """With the facts that only may differ."""


@dataclass(frozen=True, slots=True)
class Texts:
    """Two texts as they stand and as they are read, and how they are shown."""

    a: Document
    b: Document
    read: tuple[str, str]
    paint: Paint
    width: int


def texts_of(a: Document, b: Document, look: Look) -> Texts:
    """Two texts, to be shown so."""
    return Texts(a, b, (body(a), body(b)), Paint(colored=look.colored, close=True), look.width)


def changes_text(a: Document, b: Document, comparison: Comparison, look: Look) -> str:
    """The changes from a to b, numbered: of the heads, of facts and quotations, other edits, what moved or is alone.

    The last line says how much is the same word for word. Where nothing changed, that is all that is said.
    """
    texts = texts_of(a, b, look)
    edits = edits_of(comparison, changes_between(comparison, a, b), a, b)
    unsure = _unsure(comparison, texts) if look.all_drifts else []
    entries = [*_heads(edits, texts), *_facts(edits, texts), *unsure, *_others(edits, texts)]
    last = _sameness(comparison, texts) if entries else _NOTHING
    lines = [line for number, words in enumerate(entries, 1) for line in wrapped(f"{number}  ", words, look.width)]
    return "\n".join([*lines, *cautions(a, b), *wrapped("", last.split(), look.width)])


def _heads(edits: Edits, texts: Texts) -> Iterator[Entry]:
    return (change_entry(change, texts) for change in edits.loose if change.kind.is_of_head)


def _facts(edits: Edits, texts: Texts) -> list[Entry]:
    """Edits that change facts or quotations, and lost quotation marks, by their place in a."""
    alone = [(change.span_a, change_entry(change, texts)) for change in edits.loose if not change.kind.is_of_head]
    inside = [(edit.a, edit_entry(edit, texts)) for edit in edits.edits if edit.changes]
    return [entry for _, entry in sorted([*alone, *inside])]


def _unsure(comparison: Comparison, texts: Texts) -> list[Entry]:
    changed = [change for match in comparison.matches for change in doubts(match, *texts.read)]
    return [entry_of("may differ", change.text.split(), texts) for change in changed]


def _others(edits: Edits, texts: Texts) -> Iterator[Entry]:
    yield from (edit_entry(edit, texts) for edit in edits.edits if not edit.changes)
    yield from (_moved(change, texts) for change in edits.moved)
    yield from _alone(0, edits.alone_a, texts)
    yield from _alone(1, edits.alone_b, texts)


def entry_of(label: str, words: Iterable[str], texts: Texts) -> Entry:
    """A label and what is said after it."""
    return [*map(texts.paint.bold, f"{label}:".split()), *words]


def change_entry(change: Change, texts: Texts) -> Entry:
    """A change with no sentence: of a head, or of quotation marks around the same words."""
    return entry_of(change_label(change, _FROM), change_words(change, _FROM).split(), texts)


def edit_entry(edit: Edit, texts: Texts) -> Entry:
    """Sentences with what was changed in them; of reworded ones both sides as they are, and which facts are others."""
    if edit.kind is not Kind.REWRITTEN and not edit.in_other_words:
        labels = [change_label(change, _FROM) for change in edit.changes] or ["edited"]
        return entry_of(", ".join(dict.fromkeys(labels)), marked_words(edit.operations, texts.read, texts.paint), texts)
    told = [f"{change_label(change, _FROM)} ({change_words(change, _FROM)})" for change in edit.changes]
    sides = zip(texts.read, (edit.a, edit.b), strict=True)
    old, new = (plain(text, with_signs(text, span)) for text, span in sides)
    return entry_of(", ".join([*told, "reworded"]), f"“{old}” → “{new}”".split(), texts)


def _moved(change: Change, texts: Texts) -> Entry:
    """What stands in another place: how long it is, where it stands, and how it begins, in a line."""
    a, b = change.span_a, change.span_b
    places = f"{plural(_words_in(texts.a, a), 'word')}, a {line_of(texts.a, a)}, b {line_of(texts.b, b)}:"
    return beginning(change_label(change, _FROM), places, plain(texts.read[0], with_signs(texts.read[0], a)), texts)


def _words_in(document: Document, span: Span) -> int:
    first, last = tokens_of(document).starts.searchsorted(span).tolist()
    return int(last - first)


def _alone(number: int, spans: Iterable[Span], texts: Texts) -> Iterator[Entry]:
    """What one text alone has: how long it is, where it stands, and how it begins, a line each."""
    document, text = (texts.a, texts.b)[number], texts.read[number]
    for span in spans:
        where = f"{plural(_words_in(document, span), 'word')}, {line_of(document, span)}:"
        yield beginning(f"only in {'ab'[number]}", where, plain(text, with_signs(text, span)), texts)


def beginning(label: str, where: str, words: str, texts: Texts) -> Entry:
    """A label, a place, and as many words as the line holds."""
    entry = entry_of(label, where.split(), texts)
    room = texts.width - _NUMBER - columns(" ".join(entry)) - len(" “…”")
    shown = list[str]()
    for word in words.split():
        room -= columns(word) + 1
        if room < 0 and shown:
            return [*entry, f"“{' '.join(shown)} …”"]
        shown.append(word)
    return [*entry, f"“{' '.join(shown)}”"]


def _sameness(comparison: Comparison, texts: Texts) -> str:
    """How much of either text stands in the other word for word, counted as the bars of a report count it."""
    steps = [step for match in comparison.matches if match.kind.is_reuse for step in _word_for_word(match)]
    if not steps:
        return "Nothing stands in both word for word."
    sides = zip(zip(*steps, strict=True), (texts.a, texts.b), strict=True)
    a, b = (percent(coverage(spans) / len(tokens_of(document))) for spans, document in sides)
    return f"Word for word the same: {a} of a, {b} of b."


def _word_for_word(match: Match) -> Iterator[tuple[Span, Span]]:
    """The tokens of both sides that a passage keeps in runs, or all if it is verbatim; of what moved inside it, too."""
    for step in match.operations:
        if is_word_for_word(step, match):
            yield step.tokens_a, step.tokens_b
    for part in match.inside:
        yield from _word_for_word(part)
