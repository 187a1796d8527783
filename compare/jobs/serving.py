"""A report served to this machine, for `compare open`: the one module that listens, and it asks nobody anything.

What another program or page on this machine might try: to guess the address (a random word stands in it), to reach it
under another name by DNS rebinding (the Host header is checked), to read other files (names are matched whole, and
links are not followed), to write (GET and HEAD only), to frame it (headers say no). All refusals are one plain 404.
"""

from __future__ import annotations

import os
import re
import secrets
import stat
import sys
import webbrowser
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

import click

from compare.report.links import BESIDE

if TYPE_CHECKING:
    from pathlib import Path

HOST = "127.0.0.1"
WAIT = 10
"""Seconds that a caller may take over its request."""
_SERVED = re.compile(rf"index\.html|report\.json|{BESIDE}")
_TYPES = {"html": "text/html; charset=utf-8", "js": "text/javascript; charset=utf-8", "json": "application/json"}
_OPEN = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class ReportServer(ThreadingHTTPServer):
    """The pages of one folder, under a random word at a random port of 127.0.0.1. Listens once it is made."""

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.word = secrets.token_urlsafe(16)
        super().__init__((HOST, 0), _Handler)

    @property
    def address(self) -> str:
        """Where the report is."""
        return f"http://{HOST}:{self.server_port}/{self.word}/index.html"

    @property
    def hosts(self) -> set[str]:
        """The names by which this server may be called."""
        return {f"{name}:{self.server_port}" for name in (HOST, "localhost")}

    def serve(self, *, browser: bool) -> None:
        """Answer until Ctrl-C, which ends it well."""
        if browser:
            in_browser(self.address)
        with suppress(KeyboardInterrupt):
            self.serve_forever()

    def handle_error(self, request: object, client_address: object) -> None:
        """A caller that hung up is no news."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # named so in the base

    def page(self, host: str, path: str) -> tuple[str, bytes] | None:
        """The name and bytes of what a request asks for, or None if it may not have it."""
        word, _, name = path.partition("?")[0].removeprefix("/").partition("/")
        name = name or "index.html"
        is_ours = secrets.compare_digest(word.encode("utf-8", "replace"), self.word.encode())
        if not is_ours or host not in self.hosts or not _SERVED.fullmatch(name):
            return None
        try:
            return name, contents(self.folder / name)
        except OSError:
            return None


def in_browser(address: str) -> None:
    """Have the browser show an address, and go on: one in a terminal would keep us waiting."""

    def show() -> None:
        if not webbrowser.open(address):
            click.echo("No browser was found: open the address above.", err=True)

    Thread(target=show, daemon=True).start()


class _Handler(BaseHTTPRequestHandler):
    """GET and HEAD of the report's files."""

    server: ReportServer
    timeout = WAIT
    server_version, sys_version = "compare", ""
    error_message_format = "%(code)d %(message)s\n"
    error_content_type = "text/plain; charset=utf-8"

    def do_GET(self) -> None:
        """Send a file, or 404."""
        self._answer(body=True)

    def do_HEAD(self) -> None:
        """Send what GET would, without the file."""
        self._answer(body=False)

    def log_message(self, *_: object) -> None:
        """Say nothing: the address holds the word."""

    def _answer(self, *, body: bool) -> None:
        answer = self.server.page(self.headers.get("Host", ""), self.path)
        if answer is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        name, content = answer
        kind = _TYPES[name.rpartition(".")[2]]
        self.send_response(HTTPStatus.OK)
        for header, value in {**_HEADERS, "Content-Type": kind, "Content-Length": str(len(content))}.items():
            self.send_header(header, value)
        self.end_headers()
        if body:
            self.wfile.write(content)


def contents(path: Path) -> bytes:
    """The bytes of a regular file that is no link. Raises OSError for anything else."""
    with os.fdopen(os.open(path, _OPEN), "rb") as file:
        if path.is_symlink() or not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise FileNotFoundError(path)
        return file.read()
