"""One question to a web server that is the portal's own, or that its settings name; redirects are not followed."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, Any

from toasoan.deploy.delivery import decompressed

LONGEST_WAIT = 20
"""Seconds without an answer."""


class NoAnswerError(Exception):
    """Nobody answers; the message says why."""


@dataclass(frozen=True, slots=True)
class WebAnswer:
    """What a server answered."""

    status: int
    headers: Mapping[str, str]
    """By names in small letters."""

    body: bytes
    """As it travelled."""

    def decoded(self) -> bytes:
        """The body without its content coding. Raises ValueError for one that is broken or unknown."""
        return decompressed(self.body, self.headers.get("content-encoding", ""))


class _NotFollowed(urllib.request.HTTPRedirectHandler):
    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Any, newurl: str
    ) -> None:
        """Answers that lead on are answers, too."""


def web_answer(
    address: str, method: str = "GET", headers: Mapping[str, str] | None = None, body: bytes | None = None
) -> WebAnswer:
    """What a server answers, whatever that is. Raises NoAnswerError."""
    asked = {"User-Agent": "toasoan", "Accept-Encoding": "identity", **(headers or {})}
    try:
        request = urllib.request.Request(address, body, asked, method=method)  # noqa: S310  # of the settings
        opener = urllib.request.build_opener(_NotFollowed)
        with opener.open(fullurl=request, timeout=LONGEST_WAIT) as answer:
            return _answer(answer)
    except urllib.error.HTTPError as answer:
        with answer:
            return _answer(answer)
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = error.reason if isinstance(error, urllib.error.URLError) else error
        raise NoAnswerError(str(reason) or type(reason).__name__) from None


def _answer(answer: Any) -> WebAnswer:
    headers = {name.lower(): value for name, value in answer.headers.items()}
    return WebAnswer(answer.status, headers, answer.read())
