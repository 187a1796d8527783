"""Who may ask: every request is looked at before anything else is, and refused in one plain line.

What another page or program might try: to guess the address (a random word stands in it), to reach it under another
name by DNS rebinding (the Host header is checked), to post from another site (Origin and Sec-Fetch-Site are, and a body
must be JSON or bytes, which no form sends), to send without end, or not at all (bounds of size and time).
"""

from __future__ import annotations

import asyncio
import secrets
from typing import TYPE_CHECKING, Any

from starlette.responses import PlainTextResponse, RedirectResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST = 64 << 20
"""Bytes of a body."""
PATIENCE = 30
"""Seconds that a caller may take over a body."""
KINDS = ("application/json", "application/octet-stream")
HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": "frame-ancestors 'self'",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}


class Guard:
    """An app behind the checks; it is given paths without the word."""

    def __init__(self, app: ASGIApp, word: str, hosts: frozenset[str]) -> None:
        self.app = app
        self.word = word
        self.hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        status, reason = self._refusal(scope, headers)
        if status:
            await PlainTextResponse(f"{reason}\n", status, HEADERS)(scope, receive, send)
            return
        path = scope["path"].removeprefix(f"/{self.word}")
        if not path:  # the page's links begin behind the word
            await RedirectResponse(f"/{self.word}/", headers=HEADERS)(scope, receive, send)
            return
        inner = {**scope, "path": path, "raw_path": path.encode("utf-8", "replace"), "root_path": ""}
        await self.app(inner, _bounded(receive), _with_headers(send))

    def _refusal(self, scope: Scope, headers: dict[bytes, str]) -> tuple[int, str]:
        """The status and the line of a refusal, or 0."""
        host, origin = headers.get(b"host", ""), headers.get(b"origin")
        word = scope["path"].split("/")[1] if "/" in scope["path"] else ""
        if host not in self.hosts or not secrets.compare_digest(word.encode("utf-8", "replace"), self.word.encode()):
            return 404, "not found"
        if scope["method"] not in {"GET", "HEAD", "POST"}:
            return 405, "GET and POST are answered"
        if origin is not None and origin.partition("//")[2] not in self.hosts:
            return 403, "another site may not ask"
        if headers.get(b"sec-fetch-site", "none") not in {"none", "same-origin"}:
            return 403, "another site may not ask"
        if scope["method"] == "POST":
            return _refused_body(headers)
        return 0, ""


def _refused_body(headers: dict[bytes, str]) -> tuple[int, str]:
    if headers.get(b"content-type", "").partition(";")[0].strip().lower() not in KINDS:
        return 415, f"send {KINDS[0]}"
    size = headers.get(b"content-length", "0")
    if not size.isascii() or not size.isdigit():
        return 400, "bad request"
    return (413, f"a body has at most {LARGEST >> 20} MB") if int(size[:12]) > LARGEST else (0, "")


class TooMuchError(Exception):
    """A body is too large, or does not come."""


def _bounded(receive: Receive) -> Receive:
    """The same with a bound on how much comes, and in what time."""
    size = 0
    loop = asyncio.get_running_loop()
    until = loop.time() + PATIENCE
    ended = False

    async def bounded() -> Message:
        nonlocal size, ended
        if ended:
            return await receive()
        try:
            message = await asyncio.wait_for(receive(), max(0.1, until - loop.time()))
        except TimeoutError:
            raise TooMuchError from None
        size += len(message.get("body", b""))
        ended = not message.get("more_body", False)
        if size > LARGEST:
            raise TooMuchError
        return message

    return bounded


def _with_headers(send: Send) -> Send:
    async def with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            given: list[Any] = [pair for pair in message.get("headers", ()) if pair[0].decode() not in HEADERS]
            ours = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
            message = {**message, "headers": [*given, *ours]}
        await send(message)

    return with_headers
