"""Values that a path names (`meta.doc.text`), and texts of several fields as one: for rows of JSON.

A path goes into objects; a field that has the path as its very name comes first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from compare.sources.fields import Fields

BETWEEN = "\n\n"
"""What parts the texts of two fields."""
members_of = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_text = msgspec.json.Decoder(str | None).decode


def value_at(members: dict[str, msgspec.Raw], name: str) -> msgspec.Raw | None:
    r"""The value that a name or a path stands for, or none.

    >>> row = members_of(b'{"a.b": 1, "a": {"b": 2, "c": {"d": "x"}}}')
    >>> bytes(value_at(row, "a.b")), bytes(value_at(row, "a.c.d")), value_at(row, "a.d")
    (b'1', b'"x"', None)
    """
    if name in members:
        return members[name]
    ends = [at for at, char in enumerate(name) if char == "."]
    heads = ((members.get(name[:at]), name[at + 1 :]) for at in ends)
    values = (value_at(members_of(head), rest) for head, rest in heads if head is not None and bytes(head)[:1] == b"{")
    return next((value for value in values if value is not None), None)


def decoder_of(fields: Fields, names: tuple[str, ...], row: Callable[..., Any]) -> Callable[[bytes], Any]:
    """A decoder of lines that calls `row` with the raw id if one is asked for, the text, and the values of `names`."""

    def decode(line: bytes) -> Any:  # noqa: ANN401  # what `row` makes
        members = members_of(line)
        ids = [value_at(members, fields.id)] if fields.id else []
        texts = [value_at(members, name) for name in fields.texts]
        return row(*ids, _joined(texts), *(value_at(members, name) for name in names))

    return decode


def id_decoder(name: str, row: Callable[..., Any]) -> Callable[[bytes], Any]:
    """A decoder of lines that calls `row` with the raw id."""
    return lambda line: row(value_at(members_of(line), name))


def _joined(texts: list[msgspec.Raw | None]) -> str | msgspec.UnsetType | None:
    """The texts that are there as one, null where all are; unset where no field is there."""
    if all(raw is None for raw in texts):
        return msgspec.UNSET
    return joined(_text(raw) for raw in texts if raw is not None)


def joined(texts: Iterable[str | None]) -> str | None:
    r"""Texts as one, without those that are null or blank; null where all are null.

    >>> joined(["A pact.", None, " ", "It was signed."])
    'A pact.\n\nIt was signed.'
    """
    given = [text for text in texts if text is not None]
    return BETWEEN.join(text for text in given if text and not text.isspace()) if given else None


def has_field(value: object, name: str) -> bool:
    """Whether a decoded object has a field of that name, or at that path.

    >>> has_field({"a": {"b": 1}}, "a.b"), has_field({"a": 1}, "a.b")
    (True, False)
    """
    if not isinstance(value, dict):
        return False
    ends = (at for at, char in enumerate(name) if char == ".")
    return name in value or any(has_field(value.get(name[:at]), name[at + 1 :]) for at in ends)
