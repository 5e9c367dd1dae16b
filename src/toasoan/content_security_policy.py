"""What a Content-Security-Policy may say: directives, and the sources that they allow.

After https://www.w3.org/TR/CSP3/ and https://www.w3.org/TR/trusted-types/. It is a smaller language than theirs: what
would open a page to scripts of anybody can't be said in it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

Directives = Mapping[str, Sequence[str]]
"""Sources by directive, in the order in which they are written."""

NONE = "'none'"
SELF = "'self'"

EXTENSIBLE = (
    "connect-src",
    "font-src",
    "form-action",
    "frame-ancestors",
    "frame-src",
    "img-src",
    "manifest-src",
    "media-src",
    "script-src",
    "style-src",
    "trusted-types",
    "worker-src",
)
"""Directives to which a portal may add sources."""

_HOST = re.compile(
    r"(https|wss)://(?:[*]\.)?[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+(?::(?:[0-9]{1,5}|[*]))?(?:/[A-Za-z0-9._~%/@=+-]*)?"
)
"""A host is always named with its scheme: without one, it would depend on that of the page."""

_HASH = re.compile(r"'sha(?:256|384|512)-[A-Za-z0-9+/_-]+={0,2}'")
_POLICY_NAME = re.compile(r"[A-Za-z0-9=_/@.%#-]+")
_SCHEMES = ("https:", "data:", "blob:")
_ONLY_SHOWN = ("img-src", "media-src", "font-src")
"""What can't do anything on a page may come from anywhere."""


def source_fault(directive: str, source: str) -> str | None:
    """Why a source can't be added to a directive; None if it can."""
    if directive == "trusted-types":
        return None if _POLICY_NAME.fullmatch(source) else "which is no name of a policy"
    if _HASH.fullmatch(source):
        return None if directive in ("script-src", "style-src") else "which is for scripts and styles only"
    if source in _SCHEMES:
        return None if directive in _ONLY_SHOWN else "which would let in everybody"
    found = _HOST.fullmatch(source)
    if found is None:
        return "which is no source that a portal should allow"
    if found[1] == "wss" and directive != "connect-src":
        return "which is for 'connect-src' only"
    return None


def extended(directives: Directives, more: Directives) -> Directives:
    """The directives with further sources; one that allowed nothing allows these alone."""
    both = {name: tuple(sources) for name, sources in directives.items()}
    for name, sources in more.items():
        before = both.get(name) or (SELF,)
        kept = () if before == (NONE,) else before
        both[name] = tuple(dict.fromkeys((*kept, *sources))) or (NONE,)
    return both


def policy(directives: Directives) -> str:
    """The value of the header."""
    return "; ".join(" ".join((name, *sources)) for name, sources in directives.items())
