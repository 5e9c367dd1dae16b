"""What the preview answers: the portal as a host would serve it, and beside it what keeps open pages up to date."""

from __future__ import annotations

import asyncio
import html
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from hashlib import blake2b
from pathlib import Path
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from toasoan import routes
from toasoan.answer import Answer, Gone, InFile, JustMade, Later, Missing, Mistaken, Moved
from toasoan.diagnostics import Severity
from toasoan.preview.status import StatusBoard
from toasoan.publish import MANIFEST, STAGING
from toasoan.response_headers import content_type
from toasoan.routes import Site

EVENTS = "/_toasoan/events"
SCRIPT = "/_toasoan/live.js"
SCRIPT_FILE = Path(__file__).with_name("live.js")

PATIENCE = 1.0
"""Seconds for which a page waits for sources that are being read, before it tells how far that has come."""

LONG_PATIENCE = 10.0
"""Seconds for which a feed or the like waits for the build that makes it."""

HEARTBEAT = 15.0
"""Seconds after which open pages are told the same again, so that one that has gone is noticed."""

MOST_SHOWN = 100
"""Pages that are kept at most, for the case that the next change has a mistake."""

SMALL = 1 << 20
"""Bytes up to which a file is read at once: on this machine that takes less than to ask others to do it."""

KEEP = {"Cache-Control": "no-cache"}
"""Browsers may keep what they got, but ask each time whether it is still so."""

NO_STORE = {"Cache-Control": "no-store"}
"""Browsers remember permanent redirections for ever otherwise, and they are of this moment only."""

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>{more}<style>
:root{{color-scheme:light dark}}
body{{font:18px/1.6 system-ui,sans-serif;max-width:42rem;margin:4rem auto;padding:0 1rem}}
</style></head><body><h1>{title}</h1><p{mark}>{words}</p></body></html>
"""

_STYLE = re.compile(rb'<link rel="stylesheet" href="([^"]+)"')

Ask = Callable[[str], Awaitable[Answer]]
"""From a path of the output folder to what is there."""


class Preview:
    """The application's parts: each answer is one of them."""

    def __init__(self, folder: Path, site: Site, languages: frozenset[str], board: StatusBoard, ask: Ask) -> None:
        """Built files lie in `folder`; what does not is asked for."""
        self._folder = folder.resolve()
        self._site = site
        self._languages = languages
        self._board = board
        self._ask = ask
        self._shown: dict[str, bytes] = {}
        """Pages that were made on demand: they lie nowhere yet, and may be the last good ones."""

    def application(self, desk: Starlette | None = None) -> Starlette:
        """The ASGI application, with the desk's in it."""
        found = [Route(EVENTS, self._events), Route(SCRIPT, self._script), Route("/{path:path}", self._at)]
        application = Starlette(routes=[*(desk.routes if desk else ()), *found])
        application.router.redirect_slashes = False  # what leads to what is the portal's affair
        return application

    # ---- the portal

    async def _at(self, request: Request) -> Response:
        path = request.scope["path"]
        base = self._site.base_path
        if not path.startswith(f"{base}/"):
            return RedirectResponse(f"{base}/", 302)
        if not self._board.now.number and not await self._is_read():
            return self._being_read()
        address = path.removeprefix(base)
        whole = routes.with_slash(address)
        if whole != address and isinstance(await self._there(whole), InFile | JustMade | Mistaken):
            query = f"?{request.url.query}" if request.url.query else ""
            return RedirectResponse(self._site.link(whole) + query, 301, headers=NO_STORE)
        answer = await self._there(address)
        match answer:
            case InFile(file):
                return self._of_file(file, address, request)
            case JustMade(data):
                return self._of_data(data, address, request)
            case Moved(target):
                return RedirectResponse(self._site.link(target), 301, NO_STORE)
            case Later():
                return Response("It is being made.\n", 503, {"Retry-After": "2"}, "text/plain")
            case Mistaken(report):
                if not self._board.now.mistakes:
                    self._board.change(mistakes=tuple(it for it in report if it.severity is Severity.ERROR))
                return self._last_good(address, request) or self._mistaken()
            case Missing() if self._board.now.mistakes and (page := self._last_good(address, request)):
                return page
            case Gone():
                return await self._not_found(address, request, 410)
            case _:
                return await self._not_found(address, request, 404)

    async def _there(self, address: str) -> Answer:
        """What is at an address."""
        if "\0" in address or "\\" in address or "//" in address or {".", ".."} & set(address.split("/")):
            return Missing()
        path = routes.file_of(address)
        if path.split("/", 1)[0] in (MANIFEST, STAGING):
            return Missing()
        if self._board.now.is_complete and (file := self._file(path)):
            return InFile(file)
        answer = await self._ask(path)
        if isinstance(answer, Later):
            await self._complete()
            answer = await self._ask(path)
            if isinstance(answer, Later) and self._board.now.is_complete:
                return Missing()
        if isinstance(answer, InFile) and answer.file.is_relative_to(self._folder):
            file = self._file(path)
            return InFile(file) if file else Missing()
        if isinstance(answer, JustMade) and path.endswith(".html"):
            self._shown[path] = answer.data
            while len(self._shown) > MOST_SHOWN:
                del self._shown[next(iter(self._shown))]
        return answer

    def _file(self, path: str) -> Path | None:
        """A built file; None if there is none, or if it would lead out of the folder."""
        try:
            file = (self._folder / path).resolve()
            return file if self._folder in file.parents and file.is_file() else None
        except (OSError, ValueError):  # no file could be called like this
            return None

    async def _is_read(self) -> bool:
        end = asyncio.get_running_loop().time() + PATIENCE
        while not self._board.now.number and not self._board.now.mistakes:
            left = end - asyncio.get_running_loop().time()
            if left <= 0:
                return False
            await self._board.other_than(self._board.now, left)
        return True

    async def _complete(self) -> None:
        end = asyncio.get_running_loop().time() + LONG_PATIENCE
        while not self._board.now.is_complete and (left := end - asyncio.get_running_loop().time()) > 0:
            await self._board.other_than(self._board.now, left)

    # ---- answers

    def _of_file(self, file: Path, address: str, request: Request, status: int = 200) -> Response:
        kind = content_type(file.name)
        try:
            if kind.startswith("text/html"):
                return self._of_data(file.read_bytes(), address, request, status)
            found = file.stat()
            headers = {**KEEP, "ETag": f'"{found.st_mtime_ns:x}-{found.st_size:x}"', "Accept-Ranges": "bytes"}
            if _names(request.headers.get("if-none-match", ""), headers["ETag"]):
                return Response(None, 304, headers)
            if found.st_size <= SMALL and "range" not in request.headers:
                return Response(file.read_bytes(), status, headers, kind)
            return FileResponse(file, status, headers, kind, stat_result=found)
        except OSError:
            return Response("Not found.\n", 404, media_type="text/plain")

    def _of_data(self, data: bytes, address: str, request: Request, status: int = 200) -> Response:
        kind = content_type(routes.file_of(address))
        if kind.startswith("text/html"):
            tag = f'<script type="module" src="{SCRIPT}?edition={self._board.now.edition}"></script></head>'
            data = data.replace(b"</head>", tag.encode(), 1)
        etag = f'"{blake2b(data, digest_size=12).hexdigest()}"'
        headers = {**KEEP, "ETag": etag}
        if status == 200 and _names(request.headers.get("if-none-match", ""), etag):
            return Response(None, 304, headers)
        return Response(data, status, headers, kind)

    async def _not_found(self, address: str, request: Request, status: int) -> Response:
        language = address.split("/")[1]
        page = routes.not_found(language) if language in self._languages else routes.NOT_FOUND
        match await self._there(page):
            case InFile(file):
                return self._of_file(file, page, request, status)
            case JustMade(data):
                return self._of_data(data, page, request, status)
            case _:
                if self._board.now.mistakes:
                    return self._mistaken()
                return Response("Not found.\n", status, media_type="text/plain")

    def _last_good(self, address: str, request: Request) -> Response | None:
        """A page as it was shown or published last; None if it never was."""
        path = routes.file_of(address)
        if path in self._shown:
            return self._of_data(self._shown[path], address, request)
        file = self._file(path)
        return self._of_file(file, address, request) if file else None

    def _mistaken(self) -> Response:
        words = "What is wrong stands below. This page comes by itself once it is mended."
        return self._own_page(500, "There is no page yet", words)

    def _being_read(self) -> Response:
        done, total = self._board.now.read
        words = f"{done} of {total} articles" if total else "It comes by itself."
        return self._own_page(503, "The portal is being read", words, " data-read")

    def _own_page(self, status: int, title: str, words: str, mark: str = "") -> Response:
        script = f'<script type="module" src="{SCRIPT}?edition={quote(self._board.now.edition)}"></script>'
        text = _PAGE.format(title=html.escape(title), words=html.escape(words), mark=mark, more=script)
        return Response(text, status, {"Cache-Control": "no-store", "Retry-After": "1"}, "text/html")

    async def style(self) -> str:
        """The link of the style sheet that pages have now: what the home page names."""
        if self._board.now.style:
            return self._board.now.style
        match await self._there(routes.ROOT):
            case InFile(file):
                data = file.read_bytes()
            case JustMade(data):
                pass
            case _:
                data = b""
        found = _STYLE.search(data)
        return html.unescape(found[1].decode()) if found else ""

    # ---- what keeps pages up to date

    async def _script(self, request: Request) -> Response:
        return Response(
            SCRIPT_FILE.read_bytes(), headers={"Cache-Control": "no-cache"}, media_type=content_type(SCRIPT)
        )

    async def _events(self, request: Request) -> Response:
        return StreamingResponse(self._told(), headers=NO_STORE, media_type="text/event-stream")

    async def _told(self) -> AsyncIterator[str]:
        yield "retry: 500\n\n"
        while not self._board.now.is_over:
            known = self._board.now
            yield f"data: {known.as_json()}\n\n"
            await self._board.other_than(known, HEARTBEAT)


def _names(field: str, etag: str) -> bool:
    """Whether an If-None-Match field (RFC 9110, 13.1.2) names an entity tag."""
    return any(it.strip().removeprefix("W/") in (etag, "*") for it in field.split(","))
