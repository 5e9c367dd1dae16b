"""The file `vercel.json`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from toasoan import routes
from toasoan.outputs.server_rules.rules import RuleFile, Rules, escaped, general_first, link_expression
from toasoan.response_headers import HeaderRule, cache_rules, security_rules, type_rules

NAME = "vercel.json"
LONGEST = 4096
"""Characters of an expression, as the host's own schema has it."""

Route = dict[str, object]


def vercel(rules: Rules) -> Iterator[RuleFile]:
    """After https://vercel.com/docs/project-configuration: routes in the order in which they are gone through.

    Types and caching are only for what is there, security is for every answer. What has moved leads on whatever lies
    there; a page that is gone is answered as long as its file is there.
    """
    every = other_routes(rules)
    at = next(number for number, route in enumerate(every) if "src" in route and not route.get("continue"))
    yield (
        NAME,
        json.dumps({"routes": [*every[:at], *_moved(rules), *every[at:]]}, ensure_ascii=False, indent=1) + "\n",
    )


def other_routes(rules: Rules) -> Sequence[Route]:
    """All but those of addresses that have moved."""
    settings = rules.config.settings
    return (
        *_headers(general_first(security_rules(settings)), rules),
        # Pages are folders, and people type them without a slash.
        {"src": "^(/(?:[^/]+/)*[^/.]+)$", "status": 308, "headers": {"Location": "$1/"}},
        {"handle": "filesystem"},
        *_gone(rules),
        *(_refusal(f"^{escaped(rules.site.base_path + home)}.*$", page, rules) for home, page in rules.not_found),
        _refusal("^/.*$", routes.NOT_FOUND, rules),
        {"handle": "hit"},
        *_headers(type_rules()[-2::-1], rules),
        *_headers(general_first(cache_rules(settings)), rules),
    )


def _headers(group: Iterable[HeaderRule], rules: Rules) -> Iterator[Route]:
    for rule in group:
        yield {
            "src": f"^{escaped(rules.site.base_path)}{rule.pattern}$",
            "headers": dict(rule.headers),
            "continue": True,
        }


def _moved(rules: Rules) -> Iterator[Route]:
    for old, new in rules.moved.items():
        link = rules.site.link(new).replace("$", "%24")
        yield {"src": f"^{link_expression(old, rules)}$", "status": 301, "headers": {"Location": link}}


def _gone(rules: Rules) -> Iterator[Route]:
    """As few routes as there can be: a host counts them."""
    pages = dict(rules.not_found)

    def page_of(address: str) -> str:
        return next((page for home, page in pages.items() if address.startswith(home)), routes.NOT_FOUND)

    for page, addresses in groupby(sorted(rules.gone, key=lambda it: (page_of(it), it)), page_of):
        for forms in _filled((link_expression(address, rules) for address in addresses), LONGEST - 6):
            yield {"src": f"^(?:{'|'.join(forms)})$", "status": 410, "dest": rules.site.link(page)}


def _filled(forms: Iterable[str], most: int) -> Iterator[Sequence[str]]:
    """In as few groups as keep to a length."""
    some: list[str] = []
    length = 0
    for form in forms:
        if some and length + len(form) + 1 > most:
            yield some
            some, length = [], 0
        some.append(form)
        length += len(form) + 1
    if some:
        yield some


def _refusal(expression: str, page: str, rules: Rules) -> Route:
    return {"src": expression, "status": 404, "dest": rules.site.link(page)}
