"""All formats in which a build writes down what servers and hosts are to be told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import ClassVar

from toasoan.outputs.server_rules.apache import NAME as APACHE_FILE
from toasoan.outputs.server_rules.apache import apache
from toasoan.outputs.server_rules.caddy import caddy
from toasoan.outputs.server_rules.firebase import NAME as FIREBASE_FILE
from toasoan.outputs.server_rules.firebase import firebase
from toasoan.outputs.server_rules.headers_file import (
    HEADERS,
    REDIRECTS,
    cloudflare,
    netlify,
    redirect_line,
    redirects_file,
)
from toasoan.outputs.server_rules.nginx import nginx
from toasoan.outputs.server_rules.rules import FOLDER, NOTICE, RuleFile, Rules
from toasoan.outputs.server_rules.vercel import NAME as VERCEL_FILE
from toasoan.outputs.server_rules.vercel import other_routes, vercel
from toasoan.settings import RedirectFormat
from toasoan.web_hosts import WEB_HOSTS


def _none(_rules: Rules) -> Iterator[RuleFile]:
    """Pages that lead on need no rules."""
    return iter(())


_FILES: Mapping[RedirectFormat, Callable[[Rules], Iterator[RuleFile]]] = {
    RedirectFormat.HTML: _none,
    RedirectFormat.NGINX: nginx,
    RedirectFormat.CADDY: caddy,
    RedirectFormat.APACHE: apache,
    RedirectFormat.NETLIFY: netlify,
    RedirectFormat.CLOUDFLARE: cloudflare,
    RedirectFormat.VERCEL: vercel,
    RedirectFormat.FIREBASE: firebase,
    RedirectFormat.REDIRECTS_FILE: redirects_file,
}


_NAMES = frozenset([HEADERS, REDIRECTS, VERCEL_FILE, FIREBASE_FILE])


def is_rule_file(path: str) -> bool:
    """Whether a file of the output folder is for servers and hosts alone."""
    return path in _NAMES or path.startswith(f"{FOLDER}/") or path.rpartition("/")[2] == APACHE_FILE


@dataclass(frozen=True, slots=True)
class Untold:
    """Addresses that have moved of which a host is not told, because it does not take so many rules, or such ones."""

    format: RedirectFormat
    addresses: tuple[str, ...]

    HINT: ClassVar[str] = 'add "html" to [redirects] formats: pages then lead on from there'

    @property
    def message(self) -> str:
        """What becomes of them, for people."""
        first, others = self.addresses[0], len(self.addresses) - 1
        more = f" and {others} other{'s' if others > 1 else ''}" if others else ""
        return f"{first!r}{more} will lead nowhere: the rules for {self.format} can't have them"


def server_rules(rules: Rules) -> Iterator[tuple[str, bytes]]:
    """The files of all formats that the settings name, by path."""
    for format_ in _named(rules):
        fitting = replace(rules, moved=moved_that_fit(rules, format_))
        for path, text in _FILES[format_](fitting):
            yield path, (text if path.endswith(".json") else NOTICE + text).encode()


def untold(rules: Rules) -> Iterator[Untold]:
    """What the hosts for which rules are written can't be told, and no page stands in for."""
    if RedirectFormat.HTML in rules.config.settings.redirects.formats:
        return
    for format_ in _named(rules):
        missing = rules.moved.keys() - moved_that_fit(rules, format_).keys()
        if missing:
            yield Untold(format_, tuple(sorted(missing)))


def _named(rules: Rules) -> Iterator[RedirectFormat]:
    return iter(dict.fromkeys(rules.config.settings.redirects.formats))


def moved_that_fit(rules: Rules, format_: RedirectFormat) -> Mapping[str, str]:
    """As many addresses that have moved as a host takes; of too many the first ones."""
    host = next((host for host in WEB_HOSTS.values() if host.formats[0] == format_), None)
    if host is None or not (host.redirects or host.rules_bytes or host.redirect_length):
        return rules.moved
    moved = rules.moved
    if format_ in (RedirectFormat.NETLIFY, RedirectFormat.CLOUDFLARE, RedirectFormat.REDIRECTS_FILE):
        moved = dict(_with_a_line(rules, host.redirect_length, host.rules_bytes))
    most = host.redirects - (len(other_routes(rules)) if format_ is RedirectFormat.VERCEL else 0)
    return dict(islice(moved.items(), max(most, 0))) if host.redirects else moved


def _with_a_line(rules: Rules, longest: int, most_bytes: int) -> Iterator[tuple[str, str]]:
    room = most_bytes - len(NOTICE) - 100  # a comment says how many pages are gone
    for old, new in rules.moved.items():
        line = redirect_line(old, new, rules)
        if not line or (longest and len(line) > longest):
            continue
        room -= len(line.encode())
        if most_bytes and room < 0:
            return
        yield old, new
