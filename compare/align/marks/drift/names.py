"""Names that stand where another stood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.align.marks.capitals import without_owner
from compare.align.marks.drift.passage import Finding, size
from compare.facts.tables import words_of_facts
from compare.model import Fact, Span
from compare.text.coverage import span_of
from compare.text.language import words
from compare.text.spelling import Likeness, compared, is_one_phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compare.align.marks.capitals import Capitals, Name
    from compare.align.marks.drift.passage import Passage
    from compare.align.prepare import Text
    from compare.model import Operation

_TINY = 4  # tokens of a change that can be read as one name for another


def names(passage: Passage, step: Operation, capitals: Capitals) -> Iterator[Finding]:
    """Other names in the place of names, and names that a word more or less makes another one (South Sudan)."""
    if size(step) > _TINY or not _has_capitals(passage, step):
        return
    if step.kind == "replace":
        yield from _replaced(passage, step, capitals)
    else:
        yield from _qualified(passage, step, capitals)


def _has_capitals(passage: Passage, step: Operation) -> bool:
    """Whether every side that has words has capitals: a quick look before they are read."""
    pairs = zip(passage.texts, (step.a, step.b), strict=True)
    parts = [text.text[slice(*span)] for text, span in pairs if span.start < span.stop]
    return all(part != part.lower() for part in parts)


def _replaced(passage: Passage, step: Operation, capitals: Capitals) -> Iterator[Finding]:
    ranges = step.tokens_a, step.tokens_b
    phrases = [[without_owner(word.written) for word in passage.read(side, ranges[side])] for side in (0, 1)]
    if is_one_phrase(phrases[0], phrases[1], capitals.introduced):
        return
    plain = [capitals.names(side, ranges[side]) for side in (0, 1)]
    sides = [capitals.names(side, ranges[side], first_words=not plain[side]) for side in (0, 1)]
    is_likely = any(plain) or any(capitals.is_likely(name) for names in sides for name in names)
    if not is_likely and not passage.is_copy:
        return
    for first, second in zip(*sides, strict=False):
        if _is_figure(first) or _is_figure(second) or _are_measures(first, second):
            continue
        likeness = compared(first.words, second.words, capitals.introduced)
        if likeness is Likeness.SAME:
            continue
        doubt = (
            not is_likely
            or likeness is Likeness.DOUBT
            or len(sides[0]) != len(sides[1])
            or _is_part(first, second)
            or any(_stand_together(text.text, first, second) for text in passage.texts)
            or _is_owner(passage.texts[0], first) != _is_owner(passage.texts[1], second)
        )
        yield _finding(first, second, doubt=doubt)._replace(weak=not all(plain))


def _is_figure(name: Name) -> bool:
    """Whether it is a figure behind a sign that was misread: Û93.1."""
    return any(word[1:2].isdigit() for word in name.words)


def _are_measures(*names: Name) -> bool:
    """Whether the names are all of units or time zones: Celsius, ET. One alone is not: Pence."""
    return all(word.lower() in words_of_facts() for name in names for word in name.words)


def _is_part(first: Name, second: Name) -> bool:
    """Whether one of them is no name by itself: North, of "North and South America"."""
    return any(all(word.lower() in words("spelling", "qualifiers") for word in name.words) for name in (first, second))


def _stand_together(text: str, first: Name, second: Name) -> bool:
    """Whether a text has both as one name: Hillary and Clinton, of "Hillary Clinton"."""
    phrases = " ".join(first.words), " ".join(second.words)
    return f"{phrases[0]} {phrases[1]}" in text or f"{phrases[1]} {phrases[0]}" in text


def _is_owner(text: Text, name: Name) -> bool:
    written = text.text[slice(*name.span)]
    return without_owner(written) != written


def _finding(first: Name, second: Name, *, doubt: bool) -> Finding:
    both = frozenset([_key(first)]), frozenset([_key(second)])
    return Finding(Fact.NAME, first.span, second.span, (first.tokens, second.tokens), both, doubt)


def _key(name: Name) -> str:
    return " ".join(name.words).casefold()


def _qualified(passage: Passage, step: Operation, capitals: Capitals) -> Iterator[Finding]:
    """A word such as South put before a name, Bissau behind it, or taken away; the rest of the name is equal."""
    side = 0 if step.kind == "delete" else 1
    ranges = step.tokens_a, step.tokens_b
    added = passage.texts[side].text[slice(*(step.a, step.b)[side])].split()
    if not all(word[0].isupper() and word.lower() in words("spelling", "qualifiers") for word in added):
        return
    whole = capitals.names(side, ranges[side], first_words=True)
    for beside in ([span.stop for span in ranges], [span.start - 1 for span in ranges]):
        if not whole or any(at not in range(len(text.tokens)) for at, text in zip(beside, passage.texts, strict=True)):
            continue
        rest = [capitals.names(place, Span(beside[place], beside[place] + 1)) for place in (0, 1)]
        if not all(rest) or beside[side] not in range(*whole[0].tokens):
            continue
        pair = [rest[0][0], rest[1][0]]
        pair[side] = whole[0]
        if compared(pair[0].words, pair[1].words, capitals.introduced) is Likeness.OTHER:
            yield _finding(pair[0], pair[1], doubt=False)
            return


def may_be_within(passage: Passage, finding: Finding) -> bool:
    """Whether both names stand where places do, and a text knows both: one place may lie in the other."""
    written = passage.written(finding)
    if not all(_follows_place_word(passage, side, finding.tokens[side].start) for side in (0, 1)):
        return False
    return any(name in text.text for name, text in zip(written, reversed(passage.texts), strict=True))


def stands_beside(passage: Passage, finding: Finding, sentences: tuple[Span, Span]) -> bool:
    """Whether one sentence alone has both names: then the other may have left out either."""
    written = passage.written(finding)
    beside = []
    for text, span, tokens in zip(passage.texts, (finding.a, finding.b), sentences, strict=True):
        start, stop = span_of(text.tokens, tokens)
        beside.append(f"{text.text[start : span.start]} {text.text[span.stop : stop]}")
    old, new = ([name in part for part in beside] for name in written)
    return (new[0] and not new[1]) or (old[1] and not old[0])


def _follows_place_word(passage: Passage, side: int, token: int) -> bool:
    return any(
        word.lower in words("names", "before_places") for word in passage.read(side, Span(max(0, token - 1), token))
    )


def is_elsewhere(passage: Passage, finding: Finding, capitals: Capitals) -> bool:
    """Whether a name that is gone stands elsewhere on the other side, or the new one on this side: it was moved."""
    lost, new = (set(_words(side, finding, capitals)) for side in (0, 1))
    return bool((lost - new) & passage.words[1] or (new - lost) & passage.words[0])


def _words(side: int, finding: Finding, capitals: Capitals) -> tuple[str, ...]:
    return tuple(word for name in capitals.names(side, finding.tokens[side], first_words=True) for word in name.words)
