"""Who may read the preview: people of this machine, and who was shown the secret of one that other devices see.

A page of a stranger in the same browser is neither: it can't have the portal under a name of its own (DNS
rebinding), nor load parts of it, nor show it in a frame.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from ipaddress import ip_address
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

COOKIE = "toasoan-preview"
PARAMETER = "token"
METHODS = ("GET", "HEAD")

HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"SAMEORIGIN"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"referrer-policy", b"same-origin"),
)
"""Of every answer."""


class Guard:
    """Stands before an application (ASGI) and lets pass what may."""

    def __init__(
        self, application: Application, hosts: Iterable[str], token: str | None = None, desk: str | None = None
    ) -> None:
        """`hosts` are the names and numbers under which the preview is known, without ports.

        With a token only those are let in who have shown it once. Below the path `desk` files are changed: that is
        for this machine alone.
        """
        self._application = application
        self._desk = desk
        self._hosts = frozenset(hosts)
        self._token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._application(scope, receive, send)
            return

        async def send_with_headers(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", ()), *HEADERS]}
            await send(message)

        headers = [(name, value.decode("latin-1")) for name, value in scope["headers"]]
        refusal = self._refusal(scope, headers)
        if refusal is not None:
            await _answer(send_with_headers, *refusal)
        elif self._token is not None and not self._has_token(headers):
            await self._ask_for_token(scope, send_with_headers)
        else:
            await self._application(scope, receive, send_with_headers)

    def _refusal(self, scope: Scope, headers: list[tuple[bytes, str]]) -> tuple[int, str] | None:
        """Status and words for what nobody is to do here; None for all else."""
        is_at_desk = self._desk is not None and scope["path"].startswith(self._desk)
        hosts = [value for name, value in headers if name == b"host"]
        if len(hosts) != 1 or _name_of(hosts[0]) not in self._hosts:
            return 421, "The preview is not known under this name."
        told = dict(headers)
        origin = told.get(b"origin")
        if is_at_desk and not _is_this_machine(scope):
            return 403, "The desk is for the machine on which it runs."
        if scope["method"] not in METHODS and not (is_at_desk and scope["method"] == "POST"):
            return 405, "The preview is for reading."
        if scope["method"] == "POST" and origin is None:
            return 403, "Only pages of the desk may change files."
        if origin is not None and origin not in (f"http://{hosts[0]}", f"https://{hosts[0]}"):
            return 403, "Other sites may not read the preview."
        goes_there = told.get(b"sec-fetch-mode") == "navigate" and told.get(b"sec-fetch-dest") in (None, "document")
        if told.get(b"sec-fetch-site") in ("cross-site", "same-site") and not goes_there:
            return 403, "Other sites may not read the preview."
        return None

    def _has_token(self, headers: list[tuple[bytes, str]]) -> bool:
        for name, value in headers:
            if name == b"cookie":
                try:
                    shown = SimpleCookie(value).get(COOKIE)
                except CookieError:
                    continue
                if shown is not None and self._is_token(shown.value):
                    return True
        return False

    def _is_token(self, shown: str) -> bool:
        return secrets.compare_digest(shown.encode(), (self._token or "").encode())

    async def _ask_for_token(self, scope: Scope, send: Send) -> None:
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        if not any(name == PARAMETER and self._is_token(value) for name, value in query):
            await _answer(send, 403, "Open the address that the terminal shows: it has a token.")
            return
        rest = urlencode([(name, value) for name, value in query if name != PARAMETER])
        # Two slashes at the beginning would lead to another host.
        path = "/" + quote(scope["path"].lstrip("/\\"))
        cookie = f"{COOKIE}={self._token}; Path=/; HttpOnly; SameSite=Lax"
        headers = [
            (b"location", f"{path}?{rest}".encode() if rest else path.encode()),
            (b"set-cookie", cookie.encode()),
            (b"cache-control", b"no-store"),
        ]
        await _answer(send, 303, "", headers)


def _is_this_machine(scope: Scope) -> bool:
    client = scope.get("client")
    try:
        return client is not None and ip_address(client[0]).is_loopback
    except ValueError:
        return False


def _name_of(host: str) -> str | None:
    """The name in a Host field (RFC 9110, 7.2), without its port; None if it can't be read."""
    try:
        return urlsplit("//" + host).hostname if not set(host) & set("/@?#\\") else None
    except ValueError:
        return None


async def _answer(send: Send, status: int, words: str, headers: Iterable[tuple[bytes, bytes]] = ()) -> None:
    body = f"{words}\n".encode() if words else b""
    own = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    if status == 405:
        own.append((b"allow", ", ".join(METHODS).encode()))
    await send({"type": "http.response.start", "status": status, "headers": [*own, *headers]})
    await send({"type": "http.response.body", "body": body})
