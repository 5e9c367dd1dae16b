"""What an Isso server tells of its approved comments, by its own HTTP interface."""

from __future__ import annotations

import http.client
import json
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from toasoan.isso.kept_comment import kept_comment
from toasoan.model.comment import Comment

PAGES_AT_ONCE = 400
"""Pages of which one question asks for the numbers of comments."""

LONGEST_WAIT = 20
"""Seconds without an answer."""

LARGEST = 32 * 1024 * 1024
"""Bytes of an answer."""


class NoAnswerError(Exception):
    """The server does not answer, or not as Isso does; says why."""


def comments_on(
    links: Sequence[str], server: str, step: Callable[[int, int], None] = lambda done, total: None
) -> Mapping[str, tuple[Comment, ...]]:
    """The approved comments on those of the pages that have any, by their links. Raises NoAnswerError.

    The numbers are asked for first, many at once: most pages have no comment. `step` is told how many of the pages
    with comments are done.
    """
    counts: list[int] = []
    for start in range(0, len(links), PAGES_AT_ONCE):
        asked = links[start : start + PAGES_AT_ONCE]
        answer = _answer(f"{server}/count", json.dumps(asked).encode())
        if not isinstance(answer, list) or len(answer) != len(asked) or not all(type(it) is int for it in answer):
            raise NoAnswerError("it does not tell numbers of comments as Isso does")
        counts += answer
    wanted = [link for link, count in zip(links, counts, strict=True) if count]
    found: dict[str, tuple[Comment, ...]] = {}
    for done, link in enumerate(wanted, start=1):
        found[link] = tuple(_kept(_answer(f"{server}/?{urlencode({'uri': link, 'plain': 1})}")))
        step(done, len(wanted))
    return found


def _kept(answer: Any) -> Iterator[Comment]:
    """The comments of a page, with those that answer others."""
    replies = answer.get("replies") if isinstance(answer, dict) else None
    if not isinstance(replies, list):
        raise NoAnswerError("it does not tell comments as Isso does")
    for it in replies:
        if not isinstance(it, dict):
            raise NoAnswerError("it does not tell comments as Isso does")
        if it.get("mode") == 1:  # a deleted one, whose place is kept for the answers, has 4
            comment = kept_comment(*(it.get(key) for key in ("id", "parent", "created", "author", "text")))
            if comment is not None:
                yield comment
        if it.get("replies"):
            yield from _kept(it)


def _answer(address: str, body: bytes | None = None) -> Any:
    headers = {"User-Agent": "toasoan", "Accept": "application/json", "Content-Type": "application/json"}
    request = urllib.request.Request(address, body, headers)  # noqa: S310  # the settings allow http and https alone
    try:
        with urllib.request.urlopen(request, timeout=LONGEST_WAIT) as response:  # noqa: S310
            data = response.read(LARGEST + 1)
    except urllib.error.HTTPError as error:
        raise NoAnswerError(f"it answers {error.code}") from None
    except urllib.error.URLError as error:
        raise NoAnswerError(str(error.reason)) from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NoAnswerError(str(error) or type(error).__name__) from None
    if len(data) > LARGEST:
        raise NoAnswerError(f"an answer is larger than {LARGEST // 1024 // 1024} MB")
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        raise NoAnswerError("what it answers is no JSON") from None
