"""What a program may ask of the desk, and what it is answered: the bodies, and their description as OpenAPI."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from compare.desk.journal import What  # noqa: TC001  # msgspec reads these
from compare.desk.texts import Pasted
from compare.model import Reason
from compare.version import __version__


class Two(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Two texts."""

    a: Pasted
    b: Pasted


class Pair(msgspec.Struct, frozen=True):
    """A pair that can be decided on, and what it stands at: a decision on it says so."""

    a: str
    b: str
    verdict: str
    seen: str


class Asked(msgspec.Struct, frozen=True):
    """An answer: its key, its page (from the desk's address) and the view of it to open, a sentence, its pairs.

    Of a draft `compare-query/2` as well.
    """

    answer: str
    page: str
    view: str
    sentence: str
    draft: str
    pairs: tuple[Pair, ...]
    query: dict[str, Any] | None = None


class Looked(msgspec.Struct, frozen=True):
    """What was corrected: its page (from the desk's address), a sentence, and `compare-corrections/1`."""

    page: str
    sentence: str
    corrections: dict[str, Any]


class Decided(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A decision on two documents of an answer; `seen` is what the answer or the last decision said of the pair."""

    answer: str
    a: str
    b: str
    what: What
    seen: str
    by: str = ""
    reason: Reason = Reason.OTHER
    note: str = ""
    expires: str = ""
    passages: tuple[str, ...] = ()


class Side(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A version: a DOCX in base64, or else a text."""

    text: str = ""
    docx: bytes = b""


class Versions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Two versions, the older first, and who changed it."""

    a: Side
    b: Side
    by: str = ""


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something in the inbox."""

    key: str


class Marked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What becomes of something in the inbox."""

    key: str
    state: Literal["new", "done", "added"]


_OPERATIONS = {
    "/api/query": ("Hold a draft against the archives", Pasted, Asked),
    "/api/compare": ("Hold two texts against each other", Two, Asked),
    "/api/corrections": ("What was corrected from a to b, and who in the archives has which words", Two, Looked),
    "/api/decide": ("Accept, ignore, flag or note a pair, or take the last decision back", Decided, None),
    "/api/redline": ("Two versions as one DOCX with tracked changes", Versions, None),
    "/api/inbox": ("Say what becomes of something in the inbox", Marked, None),
    "/api/inbox/look": ("Hold something in the inbox against the archives", Item, Asked),
}


def _openapi() -> dict[str, Any]:
    kinds = [kind for _, *both in _OPERATIONS.values() for kind in both if kind]
    _, schemas = msgspec.json.schema_components(kinds, ref_template="#/components/schemas/{name}")
    paths: dict[str, Any] = {path: {"post": _post(*operation)} for path, operation in _OPERATIONS.items()}
    paths["/api/read"] = {"post": _read()}
    paths["/api/inbox"]["get"] = {"summary": "What came in, the newest first", "responses": _answers(None)}
    return {
        "openapi": "3.1.0",
        "info": {"title": "compare desk", "version": __version__},
        "paths": dict(sorted(paths.items())),
        "components": {"schemas": schemas},
    }


def _post(summary: str, asked: type, answered: type | None) -> dict[str, Any]:
    body = {"required": True, "content": {"application/json": {"schema": _ref(asked)}}}
    return {"summary": summary, "requestBody": body, "responses": _answers(answered)}


def _read() -> dict[str, Any]:
    name = {"name": "name", "in": "query", "required": True, "schema": {"type": "string"}}
    content = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
    body = {"required": True, "content": content}
    summary = "The text of a file, with what it says of itself"
    return {"summary": summary, "parameters": [name], "requestBody": body, "responses": _answers(Pasted)}


def _answers(answered: type | None) -> dict[str, Any]:
    schema = _ref(answered) if answered else {"type": "object"}
    refused = {"description": 'One line, as {"error": …}'}
    return {
        "200": {"description": "Done", "content": {"application/json": {"schema": schema}}},
        "400": refused,
        "409": {"description": "Somebody else has decided since"},
    }


def _ref(kind: type) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{kind.__name__}"}


OPENAPI = _openapi()
