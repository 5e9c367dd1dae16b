"""The preview server: shows the portal to the people who make it, and has open pages follow what they save.

It builds into a folder of its own, never into `site/public`. While the portal has mistakes the last good pages
stay, and the mistakes are told in the terminal and on the pages.
"""

from __future__ import annotations

import asyncio
import secrets
import signal
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from toasoan.answer import Answer, Missing
from toasoan.config import Config, read_config
from toasoan.diagnostics import Report, Severity
from toasoan.portal_folders import OUTPUT_FOLDER
from toasoan.preview.alarm import Alarm
from toasoan.preview.builder import (
    Answered,
    Asked,
    Builder,
    Built,
    Changed,
    Ended,
    Failed,
    Message,
    Portal,
    ReadSoFar,
)
from toasoan.preview.comments_server import (
    APPROVED_FOLDER,
    CommentsServer,
    address_at,
    comments_server,
    free_port,
    take_in,
    taking_in_comments,
)
from toasoan.routes import Site
from toasoan.terminal import Terminal
from toasoan.theme import theme_folder
from toasoan.workshop import CommentsSource, TakenIn, Touched

if TYPE_CHECKING:
    from toasoan.desk.application import Desk

ADDRESS = "127.0.0.1"
NAMES = (ADDRESS, "localhost")
PREVIEW_FOLDER = ".toasoan/preview"
BACKLOG = 128


class CannotListenError(Exception):
    """The port can't be had; says why in the system's words."""


class BuilderEndedError(Exception):
    """The process that builds has gone."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a preview is to be."""

    port: int = 8000
    jobs: int = 1
    """Processes that share long work."""

    comments: bool = False
    """Whether a comments server runs beside it."""

    now: datetime | None = None
    """The moment that is shown; without one the clock counts, and what it changes is seen at once."""

    lan: bool = False
    """Whether other devices of the network may see it, if they know a secret."""

    poll: bool = False
    """Whether files are looked at again and again, where the system tells nothing of changes."""


def serve(root: Path, wishes: Wishes, terminal: Terminal) -> None:
    """Serve the portal below `root` until interrupted.

    Raises CannotListenError, LockedError if somebody else previews the portal, IssoFailedError if the comments server
    does not start, BuilderEndedError.
    """
    signal.signal(signal.SIGTERM, _end)
    with ExitStack() as beside:
        listener = beside.enter_context(_listen(wishes))
        source, server = None, None
        port = int(listener.getsockname()[1])
        if wishes.comments:
            comments_port = free_port(port + 1)
            source = CommentsSource(address_at(comments_port), APPROVED_FOLDER)
        # Before any thread, for it is a fork; and before Isso, for another preview may have one that is at work here.
        portal = Portal(root.resolve(), (root / PREVIEW_FOLDER).resolve(), source, wishes.now, wishes.jobs)
        builder = Builder(portal, [listener])
        beside.callback(builder.end)
        from toasoan.preview import application  # noqa: F401  # while the builder opens what it knows

        builder.wait_until_open()
        if wishes.comments:
            server = beside.enter_context(comments_server(root, port, comments_port))
        _Serving(root, wishes, terminal, builder, listener, server).run()


def _end(signal_: int, frame: object) -> NoReturn:
    """Put everything away before this process ends: the builder has files that it is about to move."""
    raise SystemExit(128 + signal_)


@contextmanager
def _listen(wishes: Wishes) -> Iterator[socket.socket]:
    # The protocol is named, or asyncio would not know that it may switch off the waiting for larger packets.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    with listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("0.0.0.0" if wishes.lan else ADDRESS, wishes.port))  # noqa: S104  # only if it is asked for
        except OSError as error:
            raise CannotListenError(error.strerror or str(error)) from error
        listener.listen(BACKLOG)  # whoever comes too early waits
        yield listener


class _Serving:
    """A preview at work: in one event loop all that is known, changed by what other threads pass on."""

    def __init__(
        self, root: Path, wishes: Wishes, terminal: Terminal, builder: Builder, listener: socket.socket,
        comments: CommentsServer | None,
    ) -> None:  # fmt: skip
        self._root = root
        self._wishes = wishes
        self._terminal = terminal
        self._builder = builder
        self._listener = listener
        self._comments = comments
        config = read_config(root, Report())
        self._site = Site(config.settings.base_url if config else "")
        self._config: Config | None = config
        self._asked: dict[int, asyncio.Future[Answer]] = {}
        self._number = 0
        self._alarm = Alarm(lambda: self._change(frozenset()))
        self._has_ended = False
        self._desk: Desk | None = None

    def run(self) -> None:
        """Serve until interrupted. Raises BuilderEndedError."""
        from toasoan.preview.watch import watching

        if self._comments and self._config:
            take_in(self._comments, self._root, self._site, self._config.languages)
        self._builder.tell(Changed(None))
        themes = [theme_folder("templates"), theme_folder("static")]
        with ExitStack() as watched:
            watched.callback(self._alarm.end)
            folders = [self._root / "site", *themes]
            watched.enter_context(watching(folders, self._root / OUTPUT_FOLDER, self._change, self._wishes.poll))
            if self._comments and self._config:
                source = self._comments, self._root, self._site, self._config.languages
                watched.enter_context(taking_in_comments(*source, self._change, self._tell_waiting))
            asyncio.run(self._serve())
        if self._has_ended:
            raise BuilderEndedError

    def _change(self, paths: frozenset[Path]) -> None:
        self._builder.tell(Changed(paths))
        if self._desk is not None:
            self._desk.change(paths)

    def _tell_waiting(self, count: int) -> None:
        if self._comments:
            self._terminal.say(f"comments that wait for approval: {count}, see {self._comments.admin}")

    async def _serve(self) -> None:
        import uvicorn

        from toasoan.desk.application import FOLDER as DESK
        from toasoan.desk.application import Desk
        from toasoan.preview.application import Preview
        from toasoan.preview.guard import Guard
        from toasoan.preview.network import own_address
        from toasoan.preview.status import StatusBoard

        loop = asyncio.get_running_loop()
        self._board = StatusBoard()
        languages = frozenset(self._config.languages if self._config else ())
        folder = self._root / PREVIEW_FOLDER
        preview = Preview(folder, self._site, languages, self._board, self._ask)
        self._desk = Desk(self._root.resolve(), lambda: self._board.now.found, preview.style, self._moment)
        shown = own_address() if self._wishes.lan else None
        token = secrets.token_urlsafe(16) if self._wishes.lan else None
        names = [*NAMES, *([shown] if shown else [])]
        application = Guard(preview.application(self._desk.application()), names, token, DESK)
        config = uvicorn.Config(
            application, log_level="critical", timeout_graceful_shutdown=1, server_header=False, lifespan="off",
            access_log=False,
        )  # fmt: skip
        self._server = uvicorn.Server(config)

        def pass_on(message: Message) -> None:
            with suppress(RuntimeError):  # the loop has ended
                loop.call_soon_threadsafe(self._hear, message)

        self._builder.listen(pass_on)
        self._tell_addresses(shown, token)
        if self._comments:
            self._terminal.say(
                f"comments are approved at {self._comments.admin} with the password {self._comments.password}"
            )
        try:
            await self._server.serve(sockets=[self._listener])
        finally:
            self._board.change(is_over=True)
            self._desk.close()

    def _moment(self) -> datetime:
        return self._wishes.now or datetime.now(UTC)

    def _tell_addresses(self, in_network: str | None, token: str | None) -> None:
        from toasoan.desk.application import FOLDER as DESK
        from toasoan.preview.guard import PARAMETER
        from toasoan.preview.qr_code import qr_code

        port, path = self._listener.getsockname()[1], f"{self._site.base_path}/"
        secret = f"?{PARAMETER}={token}" if token else ""
        self._terminal.say(f"http://{ADDRESS}:{port}{path}{secret}  (Ctrl-C to stop)")
        self._terminal.say(f"http://{ADDRESS}:{port}{DESK}{secret}  the desk, for editors")
        if in_network:
            address = f"http://{in_network}:{port}{path}{secret}"
            self._terminal.say("", address, "for phones in this network, and for all who know this address:", "")
            self._terminal.say(qr_code(address))
        elif token:
            self._terminal.say("this machine is in no network: only it can see the preview")

    async def _ask(self, path: str) -> Answer:
        self._number += 1
        number = self._number
        self._asked[number] = asyncio.get_running_loop().create_future()
        self._builder.tell(Asked(number, path))
        try:
            return await self._asked[number]
        finally:
            del self._asked[number]

    def _hear(self, message: Message) -> None:
        match message:
            case Answered(number, answer):
                waiting = self._asked.get(number)
                if waiting is not None and not waiting.done():
                    waiting.set_result(answer)
            case ReadSoFar(done, total):
                self._board.change(read=(done, total))
            case TakenIn():
                self._hear_of_change(message)
            case Built():
                self._hear_of_build(message)
            case Failed(reason):
                self._terminal.complain(reason, "mend it and save again: the preview goes on")
                self._let_go()
            case Ended():
                self._has_ended = not self._server.should_exit
                self._server.should_exit = True
                self._let_go()

    def _let_go(self) -> None:
        """Nobody will answer what was asked so far."""
        for waiting in self._asked.values():
            if not waiting.done():
                waiting.set_result(Missing())

    def _hear_of_change(self, taken: TakenIn) -> None:
        now, report = self._board.now, taken.result.report
        if report.has_errors:
            self._tell_mistakes(report)
            return
        if not now.number:
            self._terminal.say(f"{taken.articles} articles read")
        number = now.number + (taken.touched is Touched.PAGES or not now.number or bool(now.mistakes))
        style = taken.style if taken.touched is Touched.STYLE else now.style
        is_complete = taken.is_finished or (now.is_complete and taken.touched is Touched.NOTHING)
        self._board.change(number=number, style=style, mistakes=(), is_complete=is_complete)
        if is_complete:
            self._board.change(found=tuple(report))
            self._terminal.tell(report)
            self._set_alarm(taken.next_due)

    def _hear_of_build(self, built: Built) -> None:
        result = built.result
        if result.published is None:
            self._tell_mistakes(result.report)
            return
        self._terminal.tell(result.report)
        if result.published.written or result.published.removed:
            self._terminal.say(f"{result.published.written} files changed in {result.seconds:.2f} s")
        self._board.change(is_complete=True, mistakes=(), found=tuple(result.report))
        self._set_alarm(result.next_due)

    def _set_alarm(self, moment: datetime | None) -> None:
        if self._wishes.now is None:
            self._alarm.set(moment)

    def _tell_mistakes(self, report: Report) -> None:
        self._terminal.tell(report)
        self._terminal.say("the portal has mistakes: the last good pages stay")
        mistakes = tuple(it for it in report if it.severity is Severity.ERROR)
        self._board.change(mistakes=mistakes, found=tuple(report))
