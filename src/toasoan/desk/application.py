"""What the desk answers: its two pages, and what their scripts ask for as JSON.

It changes files, so it is for the machine on which it runs, and for pages that it served itself, which know a secret.
All work is done by one thread, one thing after the other.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import secrets
from collections import deque
from collections.abc import Awaitable, Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from toasoan import routes
from toasoan.config import Config, read_config
from toasoan.content.front_matter_edit import NotEditableError
from toasoan.desk.decisions import BrokenQueueError, QueueChangedError, answer_story, mark_article, shown_queue
from toasoan.desk.editing import ConflictError, Editing, NoSuchFileError, Opened, WrongValuesError
from toasoan.desk.form import PHOTO_FIELDS, fields
from toasoan.desk.index import DeskIndex, Show
from toasoan.desk.own_editor import open_in_editor, own_editor
from toasoan.desk.proof import proof
from toasoan.desk.translating import begun, noted_as_done, told_of_translation
from toasoan.diagnostics import Diagnostic, Report
from toasoan.ingest.review import Answer
from toasoan.model.article import ArticleId
from toasoan.portal_folders import MEDIA_FOLDER, PUBLISHERS_FILE, SETTINGS_FILE
from toasoan.routes import Site

FOLDER = "/_desk/"
MEDIA = f"{FOLDER}media/"
"""Editors' own files as they are: of photographs the portal has others, reduced and without what cameras note."""

INDEX_FILE = ".toasoan/desk/index.sqlite"
BROWSER = Path(__file__).with_name("browser")
TOKEN = "x-desk-token"
LONGEST = 4 << 20
"""Bytes that a page may send."""

AT_ONCE = 30
"""Stories on a page of the list."""

_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
_PICTURES = {
    ".avif": "image/avif", ".gif": "image/gif", ".jpeg": "image/jpeg", ".jpg": "image/jpeg", ".png": "image/png",
    ".webp": "image/webp",
}  # fmt: skip
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data: https:;"
    " font-src 'self'; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'none'"
)

T = TypeVar("T")
Handler = Callable[[Request], Awaitable[Response]]


class Desk:
    """The desk of one portal."""

    def __init__(
        self, root: Path, found: Callable[[], Collection[Diagnostic]], style: Callable[[], Awaitable[str]],
        now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
    ) -> None:  # fmt: skip
        """`found` gives what the last build found, `style` the link of the style sheet that pages have now."""
        self._root = root
        self._found = found
        self._style = style
        self._now = now
        self._token = secrets.token_urlsafe(24)
        self._thread = ThreadPoolExecutor(1, "desk")
        self._config: Config | None = None
        self._index: DeskIndex | None = None
        self._changes: deque[Collection[Path]] = deque()
        """What may have changed, from other threads; a collection of nothing means anything."""

    def application(self) -> Starlette:
        """The ASGI application, for paths below FOLDER."""
        asked: dict[str, Handler] = {
            "stories": self._stories, "article": self._article, "review": self._review, "found": self._what_was_found,
            "history": self._history, "older": self._older,
        }  # fmt: skip
        told: dict[str, Callable[[dict[str, Any]], Awaitable[Response]]] = {
            "proof": self._proof, "save": self._save, "bring-back": self._bring_back, "decide": self._decide,
            "translate": self._translate, "done": self._done, "open": self._open,
        }  # fmt: skip
        found = [
            Route(FOLDER, partial(self._page, "desk.html")),
            Route(f"{FOLDER}edit", partial(self._page, "edit.html")),
            *(Route(f"{FOLDER}api/{name}", self._guarded(answer)) for name, answer in asked.items()),
            *(Route(f"{FOLDER}api/{name}", self._sent(answer), methods=["POST"]) for name, answer in told.items()),
            Route(f"{MEDIA}{{path:path}}", self._medium),
            Route(f"{FOLDER}{{name}}", self._file),
        ]
        return Starlette(routes=found)

    def change(self, paths: Collection[Path]) -> None:
        """Note that files, absolute ones, may have changed; none of them means any. Any thread may call it."""
        self._changes.append(paths)

    def close(self) -> None:
        """End the thread."""
        self._thread.shutdown(wait=True, cancel_futures=True)
        if self._index is not None:
            self._index.close()

    # ---- pages

    async def _page(self, name: str, request: Request) -> Response:
        nonce = secrets.token_urlsafe(12)
        has_editor = "true" if (BROWSER / "editor.js").is_file() else "false"
        text = (BROWSER / name).read_text("utf-8")
        for mark, value in (("{token}", self._token), ("{nonce}", nonce), ("{editor}", has_editor)):
            text = text.replace(mark, value)
        headers = {"Cache-Control": "no-store", "Content-Security-Policy": _POLICY.format(nonce=nonce)}
        return Response(text, headers=headers, media_type="text/html")

    async def _file(self, request: Request) -> Response:
        file = BROWSER / request.path_params["name"]
        if file.suffix not in _TYPES or not file.is_file():
            return Response("Not found.\n", 404, media_type="text/plain")
        return Response(file.read_bytes(), headers={"Cache-Control": "no-cache"}, media_type=_TYPES[file.suffix])

    async def _medium(self, request: Request) -> Response:
        media = (self._root / MEDIA_FOLDER).resolve()
        try:
            file = (media / request.path_params["path"]).resolve()
            if media not in file.parents or file.suffix.lower() not in _PICTURES or not file.is_file():
                raise FileNotFoundError
            return FileResponse(
                file, headers={"Cache-Control": "no-cache"}, media_type=_PICTURES[file.suffix.lower()]
            )
        except (OSError, ValueError):
            return Response("Not found.\n", 404, media_type="text/plain")

    # ---- who may ask

    def _guarded(self, answer: Handler) -> Handler:
        async def guarded(request: Request) -> Response:
            if not secrets.compare_digest(request.headers.get(TOKEN, "").encode(), self._token.encode()):
                return _refusal(403, "Load the page anew: it is from an earlier preview.")
            try:
                return await answer(request)
            except NoSuchFileError as error:
                return _refusal(404, f"There is no such file: {error}")
            except NotEditableError as error:
                return _refusal(422, f"This can't be done: {error}.")
            except BrokenQueueError as error:
                return _refusal(422, str(error))
            except QueueChangedError:
                return _refusal(409, "The queue has changed meanwhile: it is shown anew.")
            except OSError as error:
                return _refusal(500, f"The disk refuses: {error.strerror or error}")

        return guarded

    def _sent(self, answer: Callable[[dict[str, Any]], Awaitable[Response]]) -> Handler:
        async def sent(request: Request) -> Response:
            if request.headers.get("content-type", "").partition(";")[0] != "application/json":
                return _refusal(415, "This takes JSON.")
            data = b""
            async for piece in request.stream():
                data += piece
                if len(data) > LONGEST:
                    return _refusal(413, "This is too much for one file.")
            try:
                values = json.loads(data)
            except (ValueError, RecursionError):
                return _refusal(400, "This is no JSON.")
            return await answer(values) if isinstance(values, dict) else _refusal(400, "This takes an object.")

        return self._guarded(sent)

    # ---- work

    async def _work(self, act: Callable[[Config, DeskIndex], T]) -> T:
        """Do something in the desk's thread, once the settings can be read."""

        def work() -> T:
            config, index = self._up_to_date()
            return act(config, index)

        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _up_to_date(self) -> tuple[Config, DeskIndex]:
        changed, looks_anew = self._changed()
        if self._config is None or changed & {SETTINGS_FILE, PUBLISHERS_FILE}:
            report = Report()
            self._config = read_config(self._root, report) or self._config
            if self._config is None:
                raise NotEditableError(f"the settings have a mistake: {next(iter(report))}")
            if self._index is not None:
                self._index.close()
                self._index = None
        if self._index is None:
            self._index = DeskIndex(self._root, self._config, self._root / INDEX_FILE)
            looks_anew = True
        if looks_anew:
            self._index.look()
        elif changed:
            self._index.look(changed)
        self._index.read_some()
        return self._config, self._index

    def _changed(self) -> tuple[set[str], bool]:
        """The files that may have changed since this was asked last, and whether any others may have too."""
        changed, any_others = set[str](), False
        while self._changes:
            paths = self._changes.popleft()
            any_others |= not paths
            own = (path for path in paths if path.is_relative_to(self._root))
            changed.update(path.relative_to(self._root).as_posix() for path in own)
        return changed, any_others

    # ---- what there is

    async def _stories(self, request: Request) -> Response:
        query = request.query_params
        show = Show(query["show"]) if query.get("show") in tuple(Show) else Show.ALL
        page = _number(query.get("page", ""))
        words, now = query.get("words", "")[:200], self._now()

        def found(config: Config, index: DeskIndex) -> dict[str, Any]:
            stories, total = index.stories(show, words, now, page * AT_ONCE, AT_ONCE)
            return {
                "stories": [asdict(story) for story in stories],
                "total": total,
                "at_once": AT_ONCE,
                "counts": index.counts(now),
                "waiting": index.waiting,
                "languages": {tag: it.endonym for tag, it in config.languages.items()},
                "sections": {key: it.names[config.main_language.tag] for key, it in config.sections.items()},
            }

        return JSONResponse(await self._work(found))

    async def _what_was_found(self, request: Request) -> Response:
        return JSONResponse({"found": [it.as_dict() for it in self._found()]})

    async def _review(self, request: Request) -> Response:
        def found(config: Config, index: DeskIndex) -> dict[str, Any]:
            review, digest = shown_queue(self._root)
            return {"digest": digest, **asdict(review)}

        return JSONResponse(await self._work(found))

    async def _decide(self, values: dict[str, Any]) -> Response:
        digest = str(values.get("digest", ""))

        def decided(config: Config, index: DeskIndex) -> dict[str, Any]:
            if "articles" in values:
                articles = tuple(map(str, values["articles"]))
                report = answer_story(self._root, digest, articles, Answer(values.get("answer", "")))
                return {"found": [it.as_dict() for it in report]}
            mark_article(self._root, digest, str(values.get("path", "")), bool(values.get("done")))
            return {"found": []}

        try:
            return JSONResponse(await self._work(decided))
        except (LookupError, ValueError, TypeError):
            return _refusal(404, "The queue has no such entry.")

    # ---- editing

    async def _article(self, request: Request) -> Response:
        path = request.query_params.get("path", "")

        def found(config: Config, index: DeskIndex) -> dict[str, Any]:
            opened = Editing(self._root, config).opened(path)
            language = path.split("/")[2]
            story = index.story_of(path, self._now())
            return {
                **_as_dict(opened, config),
                "fields": [asdict(field) for field in fields(config)],
                "photo_fields": PHOTO_FIELDS,
                "language": language,
                "direction": config.languages[language].direction if language in config.languages else "ltr",
                "story": asdict(story) if story else None,
                "translation": told_of_translation(self._root, config, story, path) if story else None,
                "file": str((self._root / path).resolve()),
                "editor": own_editor(),
            }

        return JSONResponse(await self._work(found))

    async def _save(self, values: dict[str, Any]) -> Response:
        path, digest = str(values.get("path", "")), str(values.get("digest", ""))

        def saved(config: Config, index: DeskIndex) -> dict[str, Any]:
            editing = Editing(self._root, config)
            if "text" in values:
                opened = editing.save_whole(path, digest, str(values["text"]))
            else:
                filled_in = values.get("values")
                opened = editing.save(
                    path, digest, filled_in if isinstance(filled_in, dict) else {}, str(values.get("body", ""))
                )
            index.look([path])
            return _as_dict(opened, config)

        return await self._written(saved)

    async def _bring_back(self, values: dict[str, Any]) -> Response:
        path, digest, number = str(values.get("path", "")), str(values.get("digest", "")), values.get("number")

        def brought(config: Config, index: DeskIndex) -> dict[str, Any]:
            opened = Editing(self._root, config).bring_back(path, digest, number if isinstance(number, int) else None)
            index.look([path])
            return _as_dict(opened, config)

        return await self._written(brought)

    async def _written(self, act: Callable[[Config, DeskIndex], dict[str, Any]]) -> Response:
        try:
            return JSONResponse(await self._work(act))
        except ConflictError as error:
            there = error.now
            now = await self._work(lambda config, _: _as_dict(there, config))
            return JSONResponse({"message": "The file has changed meanwhile.", "now": now}, 409)
        except WrongValuesError as error:
            return JSONResponse({"message": "Some fields can't be saved.", "wrong": dict(error.wrong)}, 422)

    async def _history(self, request: Request) -> Response:
        path = request.query_params.get("path", "")
        found = await self._work(lambda config, _: Editing(self._root, config).history(path))
        return JSONResponse({"older": [asdict(it) for it in found]})

    async def _older(self, request: Request) -> Response:
        path, number = request.query_params.get("path", ""), _number(request.query_params.get("number", ""))
        text = await self._work(lambda config, _: Editing(self._root, config).older(path, number))
        return JSONResponse({"text": text}) if text is not None else _refusal(404, "There is no such older text.")

    async def _proof(self, values: dict[str, Any]) -> Response:
        style, tag = await self._style(), str(values.get("language", ""))

        def made(config: Config, index: DeskIndex) -> dict[str, Any]:
            language = config.languages.get(tag, config.main_language)
            filled_in = values.get("values")
            page, faults = proof(
                filled_in if isinstance(filled_in, dict) else {},
                str(values.get("body", "")),
                language,
                Site(config.settings.base_url).base_path,
                style,
                MEDIA,
            )
            return {
                "html": page,
                "found": [{"message": it.message, "line": it.line, "hint": it.hint} for it in faults],
            }

        return JSONResponse(await self._work(made))

    # ---- translations

    async def _translate(self, values: dict[str, Any]) -> Response:
        path, language = str(values.get("path", "")), str(values.get("language", ""))

        def begin(config: Config, index: DeskIndex) -> dict[str, Any]:
            made = begun(self._root, config, index.story_of(path, self._now()), path, language)
            index.look(made)
            return {"path": made[0]}

        return JSONResponse(await self._work(begin))

    async def _done(self, values: dict[str, Any]) -> Response:
        path, digest = str(values.get("path", "")), str(values.get("digest", ""))

        def note(config: Config, index: DeskIndex) -> dict[str, Any]:
            editing = Editing(self._root, config)
            opened = noted_as_done(self._root, config, editing, index.story_of(path, self._now()), path, digest)
            index.look([path])
            return _as_dict(opened, config)

        return await self._written(note)

    async def _open(self, values: dict[str, Any]) -> Response:
        path = str(values.get("path", ""))
        line = values.get("line")

        def opened(config: Config, index: DeskIndex) -> bool:
            Editing(self._root, config).opened(path)
            return open_in_editor(self._root / path, line if isinstance(line, int) else 1)

        if await self._work(opened):
            return JSONResponse({})
        return _refusal(422, "No editor with a window is set: set VISUAL, for example to `code --wait`.")


def _as_dict(opened: Opened, config: Config) -> dict[str, Any]:
    """A file for the page."""
    document = opened.document
    slug = None
    if document is not None:
        slug = document.front_matter.slug or Path(opened.path).stem
    parts = opened.path.split("/")
    language = (document.front_matter.language if document else None) or (parts[2] if len(parts) > 3 else "")
    address = routes.article(ArticleId(language, slug)) if slug and language in config.languages else None
    return {
        "path": opened.path,
        "digest": opened.digest,
        "text": opened.text,
        "values": opened.values,
        "body": document.body if document else None,
        "body_line": document.body_line if document else 1,
        "only_whole": opened.only_whole,
        "found": [it.as_dict() for it in opened.found],
        "link": Site(config.settings.base_url).link(address) if address else None,
    }


def _number(text: str) -> int:
    """A number that an address has; 0 for what is none, or too large for anything here."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 0


def _refusal(status: int, message: str) -> Response:
    return JSONResponse({"message": message}, status)
