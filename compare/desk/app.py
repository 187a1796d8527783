"""The desk as an ASGI app: requests in, pages and JSON out. What they mean is said in `desk.py`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from compare.desk.api import OPENAPI, Asked, Decided, Item, Looked, Marked, Pair, Side, Two, Versions
from compare.desk.asking import view_of
from compare.desk.decisions import ConflictError, Wanted
from compare.desk.guard import Guard, TooMuchError
from compare.desk.pages import api_page, corrections_page, desk_page
from compare.desk.texts import Pasted, as_pasted
from compare.errors import CompareError, InputError
from compare.jobs.day import last_day
from compare.jobs.redline import Version
from compare.model import Reason
from compare.terminal.corrections import corrected_record, sentence_of
from compare.terminal.sources import queried_record
from compare.wording.desk import told_of
from compare.wording.escape import valid

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

    from compare.desk.desk import Desk
    from compare.desk.inbox import Inbox

_T = TypeVar("_T")
_CONFLICT, _REFUSED, _TOO_LARGE, _GONE = 409, 400, 413, 499
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Handlers:
    """What is answered, for one desk."""

    def __init__(self, desk: Desk, inbox: Inbox | None = None) -> None:
        self.desk = desk
        self.inbox = inbox

    async def front(self, _: Request) -> Response:
        """The desk's page."""
        return HTMLResponse(desk_page(self.desk, has_inbox=self.inbox is not None))

    async def docs(self, _: Request) -> Response:
        """What a program may ask, to read ..."""
        return HTMLResponse(api_page())

    async def openapi(self, _: Request) -> Response:
        """... and as OpenAPI."""
        return _json(OPENAPI)

    async def read(self, request: Request) -> Response:
        """The text of a file."""
        raw = await request.body()
        name = request.query_params.get("name", "")
        return _json(await run_in_threadpool(lambda: as_pasted(self.desk.read(name, raw))))

    async def query(self, request: Request) -> Response:
        """A draft against the archives."""
        given = await _body(request, Pasted)
        return _json(await run_in_threadpool(self._asked, lambda: self.desk.query(given)))

    async def compare(self, request: Request) -> Response:
        """Two texts."""
        two = await _body(request, Two)
        return _json(await run_in_threadpool(self._asked, lambda: self.desk.compare(two.a, two.b)))

    async def corrections(self, request: Request) -> Response:
        """What was corrected between two versions, and who in the archives has which words."""
        two = await _body(request, Two)

        def looked() -> Looked:
            key = self.desk.corrections(two.a, two.b)
            found = self.desk.corrected_of(key)
            return Looked(f"corrections/{key}/", sentence_of(found, asked=True), corrected_record(found))

        return _json(await run_in_threadpool(looked))

    async def corrected(self, request: Request) -> Response:
        """The page of it."""
        found = self.desk.corrected_of(request.path_params["key"])
        return HTMLResponse(await run_in_threadpool(corrections_page, found))

    def _asked(self, ask: Callable[[], str]) -> Asked:
        key = ask()
        answer = self.desk.answer(key)
        record = queried_record(answer.queried) if answer.queried else None
        sentence = told_of(answer.report, answer.draft, answer.queried)
        standings = self.desk.standings(answer.report)
        pairs = tuple(Pair(one.a, one.b, one.verdict.value, standing.seen) for one, standing in standings)
        return Asked(key, f"result/{key}/", view_of(answer), sentence, answer.draft, pairs, record)

    async def result(self, request: Request) -> Response:
        """The page of an answer."""
        key = request.path_params["key"]
        return HTMLResponse(await run_in_threadpool(self.desk.page, key))

    async def record(self, request: Request) -> Response:
        """The report of an answer as JSON."""
        report = self.desk.report(request.path_params["key"])
        return Response(await run_in_threadpool(report.to_json), media_type="application/json")

    async def evidence(self, request: Request) -> Response:
        """A pack of a pair or a story of an answer."""
        key, page = request.path_params["key"], request.path_params["page"]
        note, by = (valid(request.query_params.get(name, "").strip()) for name in ("note", "by"))
        packed = await run_in_threadpool(self.desk.pack, key, page, note, by)
        named = {"content-disposition": f'attachment; filename="evidence-{page}.zip"'}
        return Response(packed, media_type="application/zip", headers=named)

    async def decide(self, request: Request) -> Response:
        """A decision on a pair."""
        given = await _body(request, Decided)
        expires = last_day(given.expires, "expires")
        wanted = Wanted(
            given.what, given.by.strip(), given.seen, Reason(given.reason), given.note.strip(), expires,
            tuple(given.passages),
        )  # fmt: skip
        standing = await run_in_threadpool(self.desk.decide, given.answer, (given.a, given.b), wanted)
        return _json({"seen": standing.seen, "entries": standing.entries})

    async def redline(self, request: Request) -> Response:
        """Two versions as one DOCX."""
        given = await _body(request, Versions)
        made = await run_in_threadpool(self.desk.redline, _version(given.a), _version(given.b), given.by.strip())
        named = {"content-disposition": 'attachment; filename="redline.docx"'}
        return Response(made, media_type=DOCX, headers=named)

    async def items(self, _: Request) -> Response:
        """What came in."""
        return _json({"items": self._inbox.items})

    async def mark(self, request: Request) -> Response:
        """What becomes of something that came in."""
        given = await _body(request, Marked)
        inbox, state = self._inbox, given.state
        change = partial(inbox.add, given.key) if state == "added" else partial(inbox.set, given.key, state)
        return _json(await run_in_threadpool(change))

    async def look(self, request: Request) -> Response:
        """Something that came in, against the archives."""
        given = await _body(request, Item)
        inbox = self._inbox

        def asked() -> str:
            return self.desk.query(as_pasted(inbox.document(inbox.item(given.key))))

        return _json(await run_in_threadpool(self._asked, asked))

    @property
    def _inbox(self) -> Inbox:
        if self.inbox is None:
            raise InputError("no folder is watched: start the desk with --watch FOLDER")
        return self.inbox


def app_of(handlers: Handlers, word: str, hosts: frozenset[str]) -> Guard:
    """The app, behind its guard."""
    gets = {
        "/": handlers.front, "/docs": handlers.docs, "/openapi.json": handlers.openapi, "/api/inbox": handlers.items,
        "/result/{key}/": handlers.result, "/result/{key}/report.json": handlers.record,
        "/result/{key}/evidence/{page}": handlers.evidence, "/corrections/{key}/": handlers.corrected,
    }  # fmt: skip
    posts = {
        "/api/read": handlers.read, "/api/query": handlers.query, "/api/compare": handlers.compare,
        "/api/decide": handlers.decide, "/api/inbox": handlers.mark, "/api/inbox/look": handlers.look,
        "/api/redline": handlers.redline, "/api/corrections": handlers.corrections,
    }  # fmt: skip
    routes = [Route(path, _answering(handler)) for path, handler in gets.items()]
    routes += [Route(path, _answering(handler), methods=["POST"]) for path, handler in posts.items()]
    return Guard(Starlette(routes=routes), word, hosts)


def _answering(handler: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    """A handler whose errors are one line of JSON."""

    async def answering(request: Request) -> Response:
        try:
            return await handler(request)
        except ConflictError as error:
            return _json({"error": str(error)}, _CONFLICT)
        except CompareError as error:
            return _json({"error": str(error)}, _REFUSED)
        except ClientDisconnect:
            return _json({"error": "nobody is there any more"}, _GONE)
        except TooMuchError:
            return _json({"error": "too large, or too slow"}, _TOO_LARGE)

    return answering


async def _body(request: Request, kind: type[_T]) -> _T:
    try:
        return msgspec.json.decode(await request.body(), type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(f"not understood: {' '.join(str(error).split())[:200]}") from None


def _version(given: Side) -> Version:
    return Version(docx=given.docx, text=given.text)


def _json(value: Any, status: int = 200) -> Response:  # noqa: ANN401  # any JSON
    return Response(msgspec.json.encode(value), status, media_type="application/json")
