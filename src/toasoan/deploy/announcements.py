"""Others told of what is new, once readers can see it: hubs of feeds (WebSub), search engines (IndexNow), caches."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar
from urllib.parse import urlencode, urlsplit

from toasoan import routes
from toasoan.deploy.plan import Plan, Step
from toasoan.deploy.web_request import NoAnswerError, WebAnswer, web_answer

MOST_URLS = 10_000
"""Addresses in one message of IndexNow, by https://www.indexnow.org/documentation."""

AT_ONCE = 8
"""Messages under way."""

T = TypeVar("T")

_FEEDS = ("feed.xml", "atom.xml", "feed.json")


def tell_hub(hub: str, plan: Plan, site: routes.Site) -> Iterator[str]:
    """Tell a WebSub hub which feeds have changed (https://www.w3.org/TR/websub/); gives what went wrong."""
    feeds = [routes.address_of(it.path) for it in plan.all_puts if it.path.rpartition("/")[2] in _FEEDS]

    def ask(address: str) -> WebAnswer:
        body = urlencode({"hub.mode": "publish", "hub.url": site.absolute(address)}).encode()
        return web_answer(hub, "POST", {"Content-Type": "application/x-www-form-urlencoded"}, body)

    return _told(f"the hub {hub}", ask, feeds)


def tell_search_engines(endpoint: str, key: str, plan: Plan, site: routes.Site) -> Iterator[str]:
    """Tell search engines by IndexNow which pages are new, changed or gone; gives what went wrong."""
    steps = (Step.NEW, Step.CHANGED, Step.LISTS)
    put = [it.path for step in steps for it in plan.puts[step]]
    pages = [site.absolute(routes.address_of(path)) for path in (*put, *plan.leaving) if path.endswith(".html")]

    def ask(urls: Sequence[str]) -> WebAnswer:
        said = {
            "host": urlsplit(site.base_url).netloc,
            "key": key,
            "keyLocation": site.absolute(routes.indexnow_key(key)),
            "urlList": urls,
        }
        return web_answer(
            endpoint, "POST", {"Content-Type": "application/json; charset=utf-8"}, json.dumps(said).encode()
        )

    parts = [pages[start : start + MOST_URLS] for start in range(0, len(pages), MOST_URLS)]
    return _told(f"IndexNow at {endpoint}", ask, parts)


def empty_caches(caches: Sequence[str], paths: Sequence[str], site: routes.Site) -> Iterator[str]:
    """Have caches forget pages, by `PURGE`, which Varnish and others know; gives what went wrong."""
    host = urlsplit(site.base_url).netloc
    for cache in caches:

        def ask(path: str, cache: str = cache) -> WebAnswer:
            return web_answer(cache + site.link(routes.address_of(path)), "PURGE", {"Host": host})

        yield from _told(f"the cache {cache}", ask, paths, fine=(404,))


def _told(whom: str, ask: Callable[[T], WebAnswer], things: Iterable[T], fine: Sequence[int] = ()) -> Iterator[str]:
    """What went wrong with messages, each kind once."""

    def outcome(thing: T) -> str | None:
        try:
            status = ask(thing).status
        except NoAnswerError as error:
            return str(error)
        return None if 200 <= status < 300 or status in fine else f"it answers {status}"

    with ThreadPoolExecutor(AT_ONCE) as pool:
        wrong = [found for found in pool.map(outcome, things) if found is not None]
    for found in dict.fromkeys(wrong):
        yield f"{whom} was told in vain {wrong.count(found)} times: {found}"
