"""The desk's server: this machine alone, until Ctrl-C; whoever says nothing is hung up on."""

from __future__ import annotations

import asyncio
import os
import secrets
import socket
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

import click
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from compare.desk.app import Handlers, app_of
from compare.errors import InputError, SettingsError
from compare.jobs.serving import HOST, in_browser

if TYPE_CHECKING:
    from compare.desk.desk import Desk
    from compare.desk.inbox import Inbox

WORD = "COMPARE_DESK_WORD"
"""The variable that says the word of the address, for programs that must know it; else it is another every time."""
LEAST_WORD = 16
SILENCE = 10
"""Seconds in which a caller must have sent the head of a request."""
MOST_CALLERS = 64


class Patient(H11Protocol):
    """HTTP/1.1, with a bound on how long the head of a request may take."""

    def connection_made(self, transport: Any) -> None:  # noqa: ANN401  # as in the base
        """A caller is there."""
        super().connection_made(transport)
        self._late = asyncio.get_running_loop().call_later(SILENCE, self._hang_up)

    def _hang_up(self) -> None:
        if self.cycle is None:
            self.transport.close()


def word_of() -> str:
    """The word in the address. Raises SettingsError if the variable holds one that can be guessed."""
    given = os.environ.get(WORD, "")
    if not given:
        return secrets.token_urlsafe(16)
    if len(given) < LEAST_WORD or not all(char.isascii() and (char.isalnum() or char in "-_") for char in given):
        raise SettingsError(f"{WORD}: a word of at least {LEAST_WORD} letters, digits, - and _ is wanted")
    return given


def serve(desk: Desk, inbox: Inbox | None, port: int, proxy: str, *, browser: bool) -> None:
    """Answer until Ctrl-C. Raises InputError where the port is taken."""
    word = word_of()
    with _listening(port) as listening:
        port = listening.getsockname()[1]
        hosts = frozenset({f"{HOST}:{port}", f"localhost:{port}", *([proxy] if proxy else [])})
        address = f"http://{HOST}:{port}/{word}/"
        click.echo(f"{address}\nCtrl-C ends it.")
        if browser:
            in_browser(address)
        ended = Event()
        if inbox:
            Thread(target=inbox.watch, args=(ended,), daemon=True).start()
        config = uvicorn.Config(
            app_of(Handlers(desk, inbox), word, hosts), http=Patient, ws="none", lifespan="off", log_level="error",
            access_log=False, server_header=False, limit_concurrency=MOST_CALLERS, timeout_keep_alive=SILENCE,
            timeout_graceful_shutdown=2,
        )  # fmt: skip
        try:
            uvicorn.Server(config).run([listening])
        finally:
            ended.set()


def _listening(port: int) -> socket.socket:
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
        listening.listen(MOST_CALLERS)
    except OSError as error:
        listening.close()
        raise InputError(f"--port {port}: {error.strerror}") from None
    return listening
