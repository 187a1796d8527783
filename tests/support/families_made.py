"""Articles, pairs and passages made by hand, of words that are told apart by their numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.model import Comparison, Document, Kind, Lineage, Match, Operation, Span, Verdict
from compare.text.coverage import counting

if TYPE_CHECKING:
    from compare.model import Mark


def article(name: str, published: str = "", *, source: str = "", words: int = 100) -> Document:
    """An article of so many words, ten a sentence."""
    text = " ".join(f"W{name}{at}" + ("." if at % 10 == 9 else "") for at in range(words))
    return Document(name, text, published=published, source=source, title=f"Title of {name}")


def step(kind: str, a: tuple[int, int], b: tuple[int, int]) -> Operation:
    """A step between tokens; its places are the same numbers."""
    return Operation(kind, Span(*a), Span(*b), Span(*a), Span(*b))


def passage(*steps: Operation, kind: Kind = Kind.EDITED, marks: tuple[Mark, ...] = ()) -> Match:
    """A passage of some steps."""
    first, last = steps[0], steps[-1]
    spans = Span(first.a.start, last.a.stop), Span(first.b.start, last.b.stop)
    (made,) = counting([Match(*spans, kind, 0.9, marks, steps)])
    return made


def pair(
    a: str, b: str, *matches: Match, sizes: tuple[int, int] = (100, 100), first: str = "", taker: str = ""
) -> Comparison:
    """A pair that is reuse, with the shares of its passages."""
    shares = [
        sum(min(s.tokens_a.stop - s.tokens_a.start, s.tokens_b.stop - s.tokens_b.start)
            for m in matches for s in m.operations) / size
        for size in sizes
    ]  # fmt: skip
    return Comparison(
        a, b, Verdict.DERIVED, *[0.0] * 9, *shares, shared=9, longest=40, matches=matches,
        lineage=Lineage(first, "dates", None, (), (), taker),
    )  # fmt: skip


def shared(a: str, b: str, of_a: tuple[int, int], of_b: tuple[int, int], **more: object) -> Comparison:
    """A pair that shares one passage word for word: some tokens of a, as many of b."""
    return pair(a, b, passage(step("equal", of_a, of_b), kind=Kind.VERBATIM), **more)  # type: ignore[arg-type]
