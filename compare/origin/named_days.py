"""A line above the body that is a name and a day, and nothing else: "Velden Herald, 3 March 2024".

A match, an anniversary and a caption are written so as well: the name of a paper or a byline beside the line must say
that it is the article's. Two such lines, a plain date or a later one say nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from compare.model import Precision, Span
from compare.origin.agencies import alone
from compare.origin.dates import Written, dates_in, rest_of
from compare.origin.tables import is_weekday, listed_words, pattern

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from compare.origin.lines import Line

LONGEST = 70
"""Characters of such a line."""
_MOST_WORDS = 5
_WORD = re.compile(r"[^\W\d_][\w’'.&-]{0,30}")
_NAME = re.compile(r"(?P<name>[^\d,|·•:;–—()\[\]]{2,50}?)[ \t\u00a0]*(?:,|[|·•]|[ \t\u00a0][–—-]{1,2}[ \t\u00a0])")
_SMALL = frozenset({
    "of", "the", "and", "de", "del", "della", "di", "la", "le", "el", "les", "los", "lo", "der", "die", "das", "den",
    "des", "du", "da", "do", "am", "im", "in", "und", "y", "et",
})  # fmt: skip
_OTHERWISE = "updated", "photo", "rights"


class NamedDay(NamedTuple):
    """A name, and the day behind it."""

    name: str
    day: Written


def named_days(lines: Sequence[Line], above: int, signed: AbstractSet[int], language: str) -> dict[int, Written]:
    """The line among the first `above` ones that says the article's day behind a name; `signed` are bylines."""
    found = {at: named for at in range(1, above) if (named := named_day(lines[at].text, language))}
    if len(found) != 1:
        return {}
    at, (name, day) = found.popitem()
    is_sure = not signed.isdisjoint({at - 1, at + 1}) or is_outlet(name)
    later = (other for line in lines for other in dates_in(line.text, language) if other.value > day.value)
    return {at: day} if is_sure and not any(other.precision is not Precision.MONTH for other in later) else {}


def named_day(text: str, language: str = "") -> NamedDay | None:
    """What a line says that is a name and a day; nothing of any other.

    >>> [named_day(text).name for text in ("Orm Gazette, Monday, 4 March 2024", "El País | 3 de marzo de 2024")]
    ['Orm Gazette', 'El País']
    >>> [named_day(text) for text in ("Since 4 March 2024", "He died in Orm, 4 March 2024", "Updated, 4 March 2024")]
    [None, None, None]
    """
    begins = _NAME.match(text)
    if len(text) > LONGEST or not begins or not _is_name(begins["name"]):
        return None
    if any(pattern(key).search(text) for key in _OTHERWISE):
        return None
    behind = text[begins.end() :]
    days = [*dates_in(behind, language)]
    if len(days) != 1 or days[0].precision is Precision.MONTH or rest_of(behind, [days[0].span]):
        return None
    start, stop = days[0].span
    return NamedDay(begins["name"], days[0]._replace(span=Span(start + begins.end(), stop + begins.end())))


def is_outlet(name: str) -> bool:
    """Whether a name is that of an agency, or of a paper or a station by its first or last word.

    >>> is_outlet("Velden Herald"), is_outlet("Radio Nord"), is_outlet("Reuters"), is_outlet("Velden")
    (True, True, True, False)
    """
    words = name.casefold().split()
    return bool(alone(name)) or (len(words) > 1 and not {words[0], words[-1]}.isdisjoint(listed_words("outlets")))


def _is_name(text: str) -> bool:
    """Whether it is up to five words with capitals, small ones between them aside."""
    words = text.split()
    if (
        not 0 < len(words) <= _MOST_WORDS
        or all(map(is_weekday, words))
        or not all(_WORD.fullmatch(word) for word in words)
    ):
        return False
    ends = words[0], words[-1]
    return (
        len(words) <= _MOST_WORDS
        and all(word[0].isupper() for word in ends)
        and all(word[0].isupper() or word in _SMALL for word in words)
    )
