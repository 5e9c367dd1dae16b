"""The preview server: 127.0.0.1 only; builds anew when something changes and has open pages reload.

It builds into a folder of its own, never into `site/public`. While the portal has mistakes the last good pages
stay, and the mistakes are told in the terminal.
"""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import AsyncIterator
from contextlib import ExitStack, closing
from datetime import datetime
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from toasoan import routes
from toasoan.build import OUTPUT_FOLDER, CommentsSource, Workshop
from toasoan.build_result import BuildResult
from toasoan.config import read_config
from toasoan.diagnostics import Report
from toasoan.preview.alarm import Alarm
from toasoan.preview.comments_server import (
    APPROVED_FOLDER,
    CommentsServer,
    address_at,
    comments_server,
    free_port,
    take_in,
    taking_in_comments,
)
from toasoan.preview.watch import watching
from toasoan.publish import MANIFEST
from toasoan.routes import Site
from toasoan.terminal import Terminal
from toasoan.theme import theme_folder

ADDRESS = "127.0.0.1"
PREVIEW_FOLDER = ".toasoan/preview"
EVENTS = "/_toasoan/events"
SCRIPT = "/_toasoan/reload.js"
RELOAD_SCRIPT = f"""const pages = new EventSource("{EVENTS}" + new URL(import.meta.url).search);
pages.addEventListener("reload", () => location.reload());
addEventListener("pagehide", () => pages.close());
"""


class CannotListenError(Exception):
    """The port can't be had; says why in the system's words."""


class Changes:
    """How often the portal has been built; those who wait are told of the next time."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._count = 0
        self._over = False

    def announce(self) -> None:
        """Tell everybody that there are new pages."""
        with self._condition:
            self._count += 1
            self._condition.notify_all()

    def end(self) -> None:
        """Let everybody go."""
        with self._condition:
            self._over = True
            self._condition.notify_all()

    @property
    def count(self) -> int:
        """Builds so far."""
        return self._count

    def wait(self, known: int, seconds: float) -> int | None:
        """Builds so far, once there are not as many as `known` or the time is over; None when the server stops."""
        with self._condition:
            self._condition.wait_for(lambda: self._over or self._count != known, seconds)
            return None if self._over else self._count


def serve(
    root: Path, port: int, terminal: Terminal, jobs: int = 1, comments: bool = False, now: datetime | None = None
) -> bool:
    """Serve the portal below `root` until interrupted; False if its very first build has mistakes.

    `jobs` processes share that one; later ones are small. With `comments` a comments server runs beside it. Shown is
    what readers see at the moment `now`; without one the clock counts, and what it changes is seen at once. Raises
    LockedError if somebody else previews the portal, IssoFailedError if the comments server does not start.
    """
    with ExitStack() as beside:
        listener = beside.enter_context(_listen(port))
        source, server = None, None
        portal_port = int(listener.getsockname()[1])
        if comments:
            comments_port = free_port(portal_port + 1)
            source = CommentsSource(address_at(comments_port), APPROVED_FOLDER)
        # Before Isso, for another preview of the portal may have one that is at work here.
        workshop = beside.enter_context(closing(Workshop(root, root / PREVIEW_FOLDER, source, now)))
        if comments:
            server = beside.enter_context(comments_server(root, portal_port, comments_port))
        return _serve(root, listener, terminal, jobs, workshop, server, follows_clock=now is None)


def _serve(
    root: Path, listener: socket.socket, terminal: Terminal, jobs: int, workshop: Workshop,
    comments: CommentsServer | None, *, follows_clock: bool,
) -> bool:  # fmt: skip
    folder = root / PREVIEW_FOLDER
    config = read_config(root, Report())
    site = Site(config.settings.base_url if config else "")
    if comments and config:
        take_in(comments, root, site, config.languages)
    result = workshop.build(jobs=jobs)
    terminal.tell(result.report)
    if result.published is None:
        return False
    base_path = site.base_path
    changes = Changes()

    one_at_a_time = threading.Lock()

    def rebuild(paths: frozenset[Path]) -> None:
        with one_at_a_time:
            told: BuildResult = workshop.build(paths)
        if follows_clock and told.published:
            alarm.set(told.next_due)
        terminal.tell(told.report)
        if told.published is None:
            terminal.say("not reloaded: the portal has mistakes")
        elif told.published.written or told.published.removed:
            terminal.say(f"{told.published.written} files changed in {told.seconds:.2f} s")
            changes.announce()

    alarm = Alarm(lambda: rebuild(frozenset()))
    if follows_clock:
        alarm.set(result.next_due)
    server = uvicorn.Server(
        uvicorn.Config(preview_app(folder, base_path, changes), log_level="error", timeout_graceful_shutdown=1)
    )

    def tell_waiting(count: int) -> None:
        if comments:
            terminal.say(f"comments that wait for approval: {count}, see {comments.admin}")

    themes = [theme_folder("templates"), theme_folder("static")]
    with ExitStack() as watched:
        watched.enter_context(watching([root / "site", *themes], root / OUTPUT_FOLDER, rebuild))
        if comments and config:
            watched.enter_context(taking_in_comments(comments, root, site, config.languages, rebuild, tell_waiting))
        # Only now, for what is saved from here on will be seen.
        terminal.say(
            f"{result.articles} articles, {result.pages} pages in {result.seconds:.2f} s",
            f"http://{ADDRESS}:{listener.getsockname()[1]}{base_path}/  (Ctrl-C to stop)",
        )
        if comments:
            terminal.say(f"comments are approved at {comments.admin} with the password {comments.password}")
        try:
            server.run(sockets=[listener])
        finally:
            changes.end()
            alarm.end()
    with one_at_a_time:  # nobody closes the workshop while it is at work
        return True


def _listen(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((ADDRESS, port))
    except OSError as error:
        listener.close()
        raise CannotListenError(error.strerror or str(error)) from error
    return listener


def preview_app(folder: Path, base_path: str, changes: Changes) -> Starlette:
    """The application: the built files, and the events that have pages reload."""

    async def page(request: Request) -> Response:
        path = request.path_params["path"]
        if not f"/{path}".startswith(f"{base_path}/"):
            return RedirectResponse(f"{base_path}/")
        address = f"/{path}".removeprefix(base_path)
        file = _file_at(folder, address)
        if file is not None and file.is_dir():
            return RedirectResponse(f"{request.url.path}/")
        if file is None:
            missing = folder / routes.file_of(routes.NOT_FOUND)
            return Response(_with_reload(missing, changes.count), 404, media_type="text/html")
        if file.suffix == ".html":
            shown = _with_reload(file, changes.count)
            return Response(shown, media_type="text/html", headers={"Cache-Control": "no-store"})
        return FileResponse(file, headers={"Cache-Control": "no-store"})

    async def events(request: Request) -> Response:
        return StreamingResponse(_events(changes, request.url.query), media_type="text/event-stream")

    async def script(request: Request) -> Response:
        return PlainTextResponse(RELOAD_SCRIPT, media_type="text/javascript")

    return Starlette(
        routes=[Route(EVENTS, events), Route(SCRIPT, script), Route("/{path:path}", page)],
        # Other names that lead here would let a foreign page read the preview (DNS rebinding).
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=[ADDRESS, "localhost"])],
    )


def _file_at(folder: Path, address: str) -> Path | None:
    """The built file at an address; a folder where the slash is missing; None for anything else."""
    if "\0" in address:
        return None
    inside = folder.resolve()
    file = (inside / routes.file_of(address)).resolve()
    if inside not in file.parents or file.name == MANIFEST:
        return None
    if file.is_dir():
        return file if (file / "index.html").is_file() else None
    return file if file.is_file() else None


def _with_reload(page: Path, count: int) -> bytes:
    """A page that asks for itself anew once there are not as many builds any more as when it was read."""
    tag = f'<script type="module" src="{SCRIPT}?{count}"></script>'.encode()
    return page.read_bytes().replace(b"</head>", tag + b"</head>", 1)


async def _events(changes: Changes, seen: str) -> AsyncIterator[str]:
    """Tells a page made of the build with the number `seen` when there is another one, also one that it missed."""
    known = int(seen[:9]) if seen.isdecimal() else changes.count
    yield "retry: 500\n\n"
    while True:
        count = await asyncio.to_thread(changes.wait, known, 1.0)
        if count is None:
            return
        yield "event: reload\ndata: now\n\n" if count != known else ": waiting\n\n"
        known = count
