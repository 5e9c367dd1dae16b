"""Which headers the files of a portal want to be answered with: types, caching, and what keeps strangers' code out.

The rules for servers and hosts are made from this, and from nothing else. Headers are told in rules: a regular
expression that must fit the whole address below the portal's root, whatever the case of its letters, and the headers.
Of the rules of a group the first that fits decides, and the last one fits all. The expressions keep to what Python,
PCRE, RE2 and JavaScript understand in the same way.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from urllib.parse import quote

from toasoan import routes
from toasoan.content.video_hosts import HOSTS
from toasoan.content_security_policy import NONE, SELF, Directives, extended, policy
from toasoan.photos.renditions import JPEG_WIDTHS, SHAPES, WIDTHS
from toasoan.settings import SiteSettings
from toasoan.web_address import parts_of

Headers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class HeaderRule:
    """Headers for all addresses of a form."""

    pattern: str
    """Must fit the whole address below the portal's root, "/vi/a/"; case does not matter."""

    headers: Headers
    paths: tuple[str, ...] = ()
    """Nearly the same for hosts that know no expressions: paths in which `*` is any text and `:folder` one folder.
    Empty where there are none."""

    def fits(self, address: str) -> bool:
        """Whether the rule is about an address."""
        return _compiled(self.pattern).fullmatch(address) is not None


HeaderRules = tuple[HeaderRule, ...]
"""The first that fits decides."""


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


# ---- all together


def response_headers(path: str, settings: SiteSettings) -> Headers:
    """All headers for a file of the output folder, such as "vi/a/index.html"."""
    return {
        "Content-Type": content_type(path),
        "Cache-Control": cache_control(path, settings),
        **security_headers(path, settings),
    }


def _first(rules: HeaderRules, path: str) -> Headers:
    address = routes.address_of(path)
    return next(rule.headers for rule in rules if rule.fits(address))


# ---- types

CHARSET = "utf-8"
"""Of all texts that a build writes."""

TYPES: Mapping[str, str] = MappingProxyType(
    {
        ".avif": "image/avif",
        ".css": "text/css",
        ".csv": "text/csv",
        ".epub": "application/epub+zip",
        ".gif": "image/gif",
        ".htm": "text/html",
        ".html": "text/html",
        ".ico": "image/x-icon",
        ".jpeg": "image/jpeg",
        ".jpg": "image/jpeg",
        ".js": "text/javascript",
        ".json": "application/json",
        ".m3u8": "application/vnd.apple.mpegurl",
        ".m4a": "audio/mp4",
        ".m4v": "video/mp4",
        ".mp3": "audio/mpeg",
        ".mp4": "video/mp4",
        ".oga": "audio/ogg",
        ".ogg": "audio/ogg",
        ".opml": "text/x-opml",
        ".opus": "audio/ogg",
        ".pdf": "application/pdf",
        ".png": "image/png",
        ".svg": "image/svg+xml",
        ".ts": "video/mp2t",
        ".ttf": "font/ttf",
        ".txt": "text/plain",
        ".vtt": "text/vtt",
        ".wav": "audio/wav",
        ".webm": "video/webm",
        ".webmanifest": "application/manifest+json",
        ".webp": "image/webp",
        ".woff": "font/woff",
        ".woff2": "font/woff2",
        ".xml": "application/xml",
        ".zip": "application/zip",
    }
)
"""Media types by ending, as https://www.iana.org/assignments/media-types/ has them; OPML 2.0 names its own."""

NAMED_TYPES: Mapping[str, str] = MappingProxyType({routes.json_feed(""): "application/feed+json"})
"""Files whose whole name tells more than its ending. RSS and Atom have types of their own as well, but by these
Chromium shows them as plain text, without the style sheet that feeds have for readers."""

OTHER_TYPE = "application/octet-stream"

TEXT_TYPES = frozenset(
    kind
    for kind in (*TYPES.values(), *NAMED_TYPES.values())
    if kind.startswith("text/") or kind.endswith(("xml", "json"))
)
"""Types that are told with the charset."""


def content_type(path: str) -> str:
    """The type of a file of the output folder, with the charset of texts."""
    return _first(type_rules(), path)["Content-Type"]


@cache
def type_rules() -> HeaderRules:
    """The type of what is at an address; at that of a folder there is a page."""
    return (
        *(
            _type_rule(r"/(.*/)?" + name.replace(".", "[.]"), kind, ("/*/" + name,))
            for name, kind in NAMED_TYPES.items()
        ),
        *(_type_rule("/.*[.](" + "|".join(endings) + ")", kind) for kind, endings in endings_by_type().items()),
        _type_rule("/(.*/)?", TYPES[".html"]),
        _type_rule("/.*", OTHER_TYPE),
    )


def endings_by_type() -> Mapping[str, tuple[str, ...]]:
    """The types of `TYPES`, each with its endings, without the full stop."""
    kinds = dict.fromkeys(TYPES.values())
    return {kind: tuple(end.removeprefix(".") for end, its in TYPES.items() if its == kind) for kind in kinds}


def _type_rule(pattern: str, kind: str, paths: tuple[str, ...] = ()) -> HeaderRule:
    return HeaderRule(pattern, {"Content-Type": f"{kind}; charset={CHARSET}" if kind in TEXT_TYPES else kind}, paths)


# ---- caching

_ALL = ("/*",)

FOR_EVER = "public, max-age=31536000, immutable"
"""A year is what RFC 2616 once allowed, and all understand it; RFC 8246 has `immutable`."""

NEVER = "no-store"

_RENDITION_PATHS = tuple(
    routes.media(f"*-{form}.{ending}")
    for endings, forms in ((("avif", "webp"), WIDTHS), (("jpg",), (*JPEG_WIDTHS, *SHAPES)))
    for form in forms
    for ending in endings
)
"""The rendition that is as wide as a small photograph itself is not among them: nobody can tell it from others."""

_IMMUTABLE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        routes.asset(r".+[.][0-9a-f]{10}([.][^/.]+)?"): (routes.asset("*"),),
        r"/share/[0-9a-f]{20}[.]jpg": (routes.share_image("*"),),
        r"/[^/]+/search/[a-z2-7]{13}[.](txt|json)": (routes.search_file(":language", "*.txt"),),
        routes.media(r".+-[0-9a-f]{10}-([0-9]+|16x9|4x3|1x1)[.](avif|webp|jpg)"): _RENDITION_PATHS,
    }
)
"""Files whose names have a digest of what is in them: another content is another file. With the paths of a rule."""


def is_immutable(path: str) -> bool:
    """Whether a file of the output folder never changes under its name, so that it may be kept for ever."""
    return any(_compiled(pattern).fullmatch(routes.address_of(path)) for pattern in _IMMUTABLE)


def kept_by_its_path(path: str, settings: SiteSettings) -> bool:
    """Whether hosts that know no expressions let a file be kept for ever, because of the path that it has."""
    address = routes.address_of(path)
    kept = (
        form for rule in cache_rules(settings) if rule.headers["Cache-Control"] == FOR_EVER for form in rule.paths
    )
    return any(_path_expression(form).fullmatch(address) for form in kept)


@cache
def _path_expression(form: str) -> re.Pattern[str]:
    return re.compile(re.sub(r":\w+", "[^/]+", re.escape(form).replace(r"\*", ".*")))


def cache_control(path: str, settings: SiteSettings) -> str:
    """For how long a file of the output folder may be kept without asking whether it is still so."""
    return _first(cache_rules(settings), path)["Cache-Control"]


def cache_rules(settings: SiteSettings) -> HeaderRules:
    """How long files may be kept.

    What is too old must be asked about: a dropped line is no reason to show a page that was corrected or withdrawn.
    """
    short = f"public, max-age={settings.headers.max_age}, must-revalidate"
    return (
        *(HeaderRule(pattern, {"Cache-Control": FOR_EVER}, paths) for pattern, paths in _IMMUTABLE.items()),
        HeaderRule(re.escape(routes.RELEASE), {"Cache-Control": NEVER}, (routes.RELEASE,)),
        HeaderRule("/.*", {"Cache-Control": short}, _ALL),
    )


# ---- security

_INERT = (
    r"/.*[.](avif|css|gif|ico|jpeg|jpg|js|m3u8|m4a|m4v|mp3|mp4"
    r"|oga|ogg|opus|pdf|png|ts|ttf|vtt|wav|webm|webp|woff|woff2)"
)
"""What is never a page with scripts: browsers show it by themselves, or a page loads it under its own policy."""

_MAY_HOLD_SCRIPTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {r"/.*[.]svg": ("/*.svg",), routes.media(".*"): (routes.media("*"),)}
)
"""Pictures that are documents as well, and whatever else editors put among their media."""

LOCKED = policy({"default-src": (NONE,), "style-src": ("'unsafe-inline'",), "sandbox": ()})
"""For a document that may look as it likes and do nothing. As a picture on a page an SVG never can."""

FEATURES_OFF = (
    "accelerometer",
    "browsing-topics",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "publickey-credentials-get",
    "serial",
    "usb",
    "window-management",
    "xr-spatial-tracking",
)
"""What no page of news has a use for, nor a player in it. Full screen, playing by itself and small windows are not
among it: the page lets a player have these, by the attribute `allow` of its frame."""

_SECONDS_A_DAY = 86_400


def security_headers(path: str, settings: SiteSettings) -> Headers:
    """What keeps a file of the output folder from being used against readers."""
    return _first(security_rules(settings), path)


def security_rules(settings: SiteSettings) -> HeaderRules:
    """Pages, and all that browsers may show as one, have everything; pictures that hold scripts are locked up."""
    always = {"X-Content-Type-Options": "nosniff"}
    if settings.headers.hsts_days:
        always["Strict-Transport-Security"] = f"max-age={settings.headers.hsts_days * _SECONDS_A_DAY}"
    page = {
        "Content-Security-Policy": policy(page_policy(settings)),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": ", ".join(f"{feature}=()" for feature in FEATURES_OFF),
        "Referrer-Policy": "strict-origin-when-cross-origin",
    }
    return (
        HeaderRule(_INERT, always),
        *(
            HeaderRule(pattern, {"Content-Security-Policy": LOCKED, **always}, paths)
            for pattern, paths in _MAY_HOLD_SCRIPTS.items()
        ),
        HeaderRule("/.*", {**page, **always}, _ALL),
    )


def page_policy(settings: SiteSettings) -> Directives:
    """The Content-Security-Policy of pages: nothing but what the theme uses, and what the settings add."""
    comments = (_comments_source(settings.comments.server),) if settings.comments else ()
    players = dict.fromkeys(_origin(host.player) for host in HOSTS)
    own: Directives = {
        "default-src": (NONE,),
        "script-src": (SELF,),
        "style-src": (SELF,),
        "img-src": (SELF, "data:"),  # the style sheet has small drawings in it
        "font-src": (SELF,),
        "connect-src": (SELF, *comments),
        "manifest-src": (SELF,),
        "media-src": (SELF, "https:"),  # where the parts of a stream lie, only the stream knows
        "frame-src": tuple(players),
        "form-action": (SELF,),
        "frame-ancestors": (NONE,),
        "base-uri": (NONE,),
        "require-trusted-types-for": ("'script'",),
        "trusted-types": (NONE,),
    }
    return extended(own, settings.headers.allow)


def _comments_source(server: str) -> str:
    """Where the form for comments sends them, and nothing beside it."""
    return f"{_origin(server)}{quote(parts_of(server).path, safe='/%')}/new"


def _origin(address: str) -> str:
    """Scheme, host and port, in the letters that a header may have."""
    parts = parts_of(address)
    try:
        host = parts.netloc.encode("idna").decode("ascii")
    except UnicodeError:  # no host could have this name
        host = parts.netloc
    return f"{parts.scheme}://{quote(host, safe='.:-_[]')}"
