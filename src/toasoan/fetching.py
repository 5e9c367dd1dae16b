"""What lies at addresses of the web: pages and photos that import is to read, and whether links still lead anywhere.

A redirect may lead to another public host. It may not lead to a file, nor into a private network, unless the
person named that very host. What a name means may change from one question to the next, so the address that was
really reached is looked at before anything is asked of it.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import urllib.error
import urllib.request
from collections.abc import Collection
from dataclasses import dataclass
from functools import partial
from typing import IO, Any
from urllib.parse import urlsplit

LONGEST_WAIT = 20
"""Seconds without an answer."""

LARGEST = 32 * 1024 * 1024
"""Bytes of a page or feed."""

MOST_REDIRECTS = 5

_FOR_GOOD = (301, 308)
"""Statuses by which a host says that a page has another address from now on."""


class CannotFetchError(OSError):
    """There is nothing at the address, or it may not be fetched; the message says why."""


def fetched(address: str, trusted_hosts: Collection[str] = (), largest: int = LARGEST) -> tuple[bytes, str]:
    """The bytes at an address, and the address that gave them in the end. Raises CannotFetchError.

    Hosts outside of `trusted_hosts` must be public ones.
    """
    _refuse_private(address, trusted_hosts)
    opener = _opener(trusted_hosts, _CarefulRedirects(trusted_hosts))
    try:
        with _opened(opener, address, "GET") as response:
            data = response.read(largest + 1)
            final = response.geturl()
    except urllib.error.HTTPError as error:
        raise CannotFetchError(f"the server answers {error.code}") from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise _as_cannot_fetch(error) from None
    if len(data) > largest:
        raise CannotFetchError(f"it is larger than {largest // 1024 // 1024} MB")
    return data, final


@dataclass(frozen=True, slots=True)
class Answer:
    """What a host says of an address."""

    status: int
    """The HTTP status in the end, after all redirects."""

    moved_to: str | None
    """Where the page is for good; None if it did not move, or not for good."""


def asked(address: str, trusted_hosts: Collection[str] = ()) -> Answer:
    """Whether there is a page at an address; nothing of it is read. Raises CannotFetchError if nobody answers.

    Hosts outside of `trusted_hosts` must be public ones.
    """
    _refuse_private(address, trusted_hosts)
    for method in ("HEAD", "GET"):
        redirects = _CarefulRedirects(trusted_hosts)
        try:
            with _opened(_opener(trusted_hosts, redirects), address, method) as response:
                is_elsewhere = redirects.codes and all(code in _FOR_GOOD for code in redirects.codes)
                return Answer(response.status, response.geturl() if is_elsewhere else None)
        except urllib.error.HTTPError as error:
            # Some servers know HEAD, and answer it wrongly.
            if method == "GET":
                return Answer(error.code, None)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise _as_cannot_fetch(error) from None
    raise AssertionError("the second question is the last one")


def _opener(trusted_hosts: Collection[str], redirects: _CarefulRedirects) -> urllib.request.OpenerDirector:
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.UnknownHandler(),
        _WatchingHandler(_Reached(trusted_hosts)),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        redirects,
    ):
        opener.add_handler(handler)
    return opener


def _opened(opener: urllib.request.OpenerDirector, address: str, method: str) -> Any:
    headers = {"User-Agent": "toasoan", "Accept-Encoding": "identity"}
    request = urllib.request.Request(address, headers=headers, method=method)  # noqa: S310  # the scheme was looked at
    return opener.open(fullurl=request, timeout=LONGEST_WAIT)


def _as_cannot_fetch(error: Exception) -> CannotFetchError:
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(reason, CannotFetchError):
        return reason
    return CannotFetchError(str(reason) or type(reason).__name__)


def host_of(address: str) -> str:
    """The host that an address names; empty where it names none."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


class _Reached:
    """Which hosts were reached, and whether they may be."""

    def __init__(self, trusted_hosts: Collection[str]) -> None:
        named = urllib.request.getproxies().values()
        proxies = {host_of(proxy if "://" in proxy else "//" + proxy) for proxy in named}
        self.may_be_private = {*trusted_hosts, *proxies}

    def look_at(self, connection: http.client.HTTPConnection) -> None:
        """Raise CannotFetchError for a private address of a host that must be public, or has been until now."""
        host = connection.host.lower()
        if is_public(str(connection.sock.getpeername()[0])):
            self.may_be_private.discard(host)
        elif host not in self.may_be_private:
            connection.close()
            raise CannotFetchError(_private(host))


class _WatchedConnection(http.client.HTTPConnection):
    def __init__(self, host: str, *, reached: _Reached, **more: Any) -> None:
        super().__init__(host, **more)
        self.reached = reached

    def connect(self) -> None:
        super().connect()
        self.reached.look_at(self)


class _WatchedSecureConnection(_WatchedConnection, http.client.HTTPSConnection):
    """Looks once the encrypted connection stands."""


class _WatchingHandler(urllib.request.HTTPHandler, urllib.request.HTTPSHandler):
    def __init__(self, reached: _Reached) -> None:
        super().__init__()
        self.reached = reached

    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(partial(_WatchedConnection, reached=self.reached), req)

    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(partial(_WatchedSecureConnection, reached=self.reached), req)


class _CarefulRedirects(urllib.request.HTTPRedirectHandler):
    max_redirections = MOST_REDIRECTS

    def __init__(self, trusted_hosts: Collection[str]) -> None:
        self.trusted_hosts = trusted_hosts
        self.codes: list[int] = []
        """Of the redirects that were followed."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        _refuse_private(newurl, self.trusted_hosts)
        self.codes.append(code)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _refuse_private(address: str, trusted_hosts: Collection[str]) -> None:
    """Raise CannotFetchError for an address that is none of the web's, or lies in a private network."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise CannotFetchError(str(error)) from None
    if parts.scheme not in ("http", "https") or not host:
        raise CannotFetchError(f"it leads to {address[:100]!r}, which is no address of the web")
    if host in trusted_hosts:
        return
    try:
        found = socket.getaddrinfo(host, port or 443, type=socket.SOCK_STREAM)
    except OSError as error:
        raise CannotFetchError(f"there is no host {host!r}: {error.strerror or error}") from None
    if not all(is_public(str(one[4][0])) for one in found):
        raise CannotFetchError(_private(host))


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the internet, and to no network of somebody's own."""
    return ipaddress.ip_address(address.partition("%")[0]).is_global


def _private(host: str) -> str:
    return f"it leads to {host!r}, which lies in a private network"
