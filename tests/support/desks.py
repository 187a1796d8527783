"""A desk that was started as an editor starts it, and whoever asks it."""

from __future__ import annotations

import http.client
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable

    from warm import Process

    Start = Callable[..., "Asker"]

STORY = """The ferry company said on Monday that it would close the northern crossing for the winter as in other years.

Eleven boats broke their moorings and three of them sank inside the basin before crews could bring them to the pier.

The council put the damage at 4.2 million pounds, and the crossing will open again in May if the weather allows it.
"""
ROWS = [
    {"id": "w1", "source": "Northern Wire", "published": "2026-03-03", "title": "Crossing shut", "text": STORY},
    {"id": "w2", "source": "Island Echo", "published": "2026-03-09", "title": "Wheat", "text":
        "Wheat prices rose for a third week as rain kept farmers from their fields along the whole of the river."},
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asker:
    """A program that asks a desk."""

    address: str
    process: Process

    def ask(
        self, method: str, path: str, body: object = None, headers: dict[str, str] | None = None
    ) -> tuple[int, Any, dict[str, str]]:
        """Status, body (read as JSON where it is some) and headers of an answer; a path begins at the desk's word."""
        parts = urlsplit(self.address)
        connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=60)
        raw = body if isinstance(body, bytes) else None if body is None else json.dumps(body).encode()
        kind = "application/octet-stream" if isinstance(body, bytes) else "application/json"
        sent = {**({"Content-Type": kind} if raw is not None else {}), **(headers or {})}
        try:
            connection.request(method, path if path.startswith("/") else parts.path + path, raw, sent)
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        is_json = answer.headers.get_content_type() == "application/json"
        return answer.status, json.loads(content) if is_json else content, dict(answer.headers)

    def query(self, text: str, **about: str) -> dict[str, Any]:
        """What is found of a draft."""
        status, answer, _ = self.ask("POST", "api/query", {"text": text, "name": "draft", **about})
        assert status == 200, answer
        found: dict[str, Any] = answer
        return found

    def page(self, answer: dict[str, Any]) -> dict[str, Any]:
        """The data of an answer's page."""
        status, page, _ = self.ask("GET", answer["page"])
        assert status == 200, page
        block = page.decode().partition('<script type="application/json" id="data">')[2].partition("</script>")[0]
        found: dict[str, Any] = json.loads(block)
        return found

    def kill(self) -> None:
        """Ends the desk as a crash does."""
        self.process.kill()
        self.process.wait()
