"""What servers and hosts are to be told: which addresses have moved or are gone, and the headers of all files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from toasoan import routes
from toasoan.config import Config
from toasoan.response_headers import (
    CHARSET,
    NAMED_TYPES,
    NEVER,
    OTHER_TYPE,
    TEXT_TYPES,
    HeaderRule,
    HeaderRules,
    cache_control,
    cache_rules,
    content_type,
    endings_by_type,
    security_headers,
    security_rules,
    type_rules,
)
from toasoan.routes import Site
from toasoan.settings import RedirectFormat

FOLDER = "_server"
"""Of rules for servers that are one's own; the rules themselves say that nobody is to read them."""

NOTICE = "# Made by toasoan build: change the portal, not this file.\n"


@dataclass(frozen=True)
class Rules:
    """What is to be told."""

    moved: Mapping[str, str]
    """Addresses with those to which they lead, in their order."""

    gone: Sequence[str]
    config: Config

    @cached_property
    def site(self) -> Site:
        """For the folder of the host below which all of it lies."""
        return Site(self.config.settings.base_url)

    @property
    def not_found(self) -> Iterator[tuple[str, str]]:
        """Home pages of languages, each with the page that stands below it for what is not there."""
        for tag in self.config.languages:
            yield routes.home(tag), routes.not_found(tag)


def server_rules(rules: Rules) -> Iterator[tuple[str, bytes]]:
    """The files of all formats that the settings name, by path."""
    for format_ in dict.fromkeys(rules.config.settings.redirects.formats):
        for path, text in _FILES[format_](rules):
            yield path, (NOTICE + text).encode()


def _none(_rules: Rules) -> Iterator[tuple[str, str]]:
    """Pages that lead on need no rules."""
    return iter(())


def _redirects_file(rules: Rules) -> Iterator[tuple[str, str]]:
    """The file that Netlify, Cloudflare Pages and GitLab Pages read; none of them can say that a page is gone."""
    if not rules.moved and not rules.gone:
        return
    site = rules.site
    moved = "".join(f"{site.link(old)} {site.link(new)} 301\n" for old, new in rules.moved.items())
    told = f"# Addresses of {len(rules.gone)} pages that are gone for ever answer 404 here.\n" if rules.gone else ""
    yield "_redirects", f"{told}{moved}"


# ---- nginx


def _nginx(rules: Rules) -> Iterator[tuple[str, str]]:
    """Maps and what is done with them, after https://nginx.org/en/docs/http/ngx_http_map_module.html."""
    yield f"{FOLDER}/nginx-http.conf", "".join(_nginx_maps(rules))
    yield f"{FOLDER}/nginx-server.conf", "".join(_nginx_server(rules))
    text = (
        "# Include it in the block server too if nginx has the module ngx_brotli; without that it would not start.\n"
        "brotli_static on;\n"
    )
    yield f"{FOLDER}/nginx-brotli.conf", text


def _nginx_maps(rules: Rules) -> Iterator[str]:
    """Those of moved and gone pages are volatile: what stands in for a page is asked for in the same request."""
    base = rules.site.base_path
    yield "# Include it in the block http.\n"
    known = (*rules.moved, *rules.gone)
    if known:
        longest = max(len((base + address).encode()) for address in known)
        yield f"map_hash_bucket_size {_power_of_two(longest + 64)};\n"
        yield f"map_hash_max_size {_power_of_two(2 * len(known) + 2048)};\n"
    page = (('"~/$"', "$uri"), ('"~[.][^/]*$"', "$uri"))
    yield _nginx_map("$uri", "page", "$uri/", page, is_volatile=True)
    moved = ((_quoted(base + old), _quoted(_target(new, rules))) for old, new in rules.moved.items())
    yield _nginx_map("$toasoan_page", "moved", '""', moved, is_volatile=True)
    gone = ((_quoted(base + old), "1") for old in rules.gone)
    yield _nginx_map("$toasoan_page", "gone", '""', gone, is_volatile=True)
    not_found = ((_quoted(f"~^{re.escape(base)}{home}"), _quoted(base + page)) for home, page in rules.not_found)
    yield _nginx_map("$uri", "not_found", _quoted(base + routes.NOT_FOUND), not_found)
    # A header without a value is not sent, and so none is where something else lives on the same server.
    security = security_rules(rules.config.settings)
    for name in _names(security):
        values = ((_nginx_regex(rule, base), _quoted(rule.headers.get(name, ""))) for rule in security)
        yield _nginx_map("$uri", _variable(name), '""', values)
    yield _nginx_map('"$status $uri"', "cache_control", '""', _nginx_caching(rules))


def _nginx_caching(rules: Rules) -> Iterator[tuple[str, str]]:
    """Only what is there is kept for ever, no refusal is, and never that something went wrong."""
    base = rules.site.base_path
    caching = cache_rules(rules.config.settings)
    yield _quoted(f"~*^5.. {re.escape(base)}/"), _quoted(NEVER)
    for rule in caching:
        yield _nginx_regex(rule, base, "(200|206|304) "), _quoted(rule.headers["Cache-Control"])
    yield _nginx_regex(caching[-1], base, "... "), _quoted(caching[-1].headers["Cache-Control"])


def _nginx_server(rules: Rules) -> Iterator[str]:
    """A page is answered as long as its file is there: only after it was looked for in vain it is said to be gone."""
    base = rules.site.base_path
    yield "# Include it in the block server.\n"
    yield "types {\n"
    for kind, endings in endings_by_type().items():
        yield f"    {kind} {' '.join(endings)};\n"
    yield f"}}\ndefault_type {OTHER_TYPE};\n"
    yield f"charset {CHARSET};\ncharset_types {' '.join(sorted(TEXT_TYPES - {'text/html'}))};\n"
    for name, kind in NAMED_TYPES.items():
        types = f"    types {{\n        {kind} {name.rpartition('.')[2]};\n    }}\n"
        yield f"location ~* ^{re.escape(base)}/(.*/)?{re.escape(name)}$ {{\n{types}}}\n"
    yield "gzip_static on;\ngzip_vary on;\ngzip_proxied any;\n"
    for name in (*_names(security_rules(rules.config.settings)), "Cache-Control"):
        yield f"add_header {name} $toasoan_{_variable(name)} always;\n"
    yield (
        "if ($toasoan_moved) {\n    return 301 $toasoan_moved$is_args$args;\n}\n"
        "recursive_error_pages on;\n"
        "error_page 403 404 @toasoan_missing;\n"
        "location @toasoan_missing {\n"
        "    recursive_error_pages off;\n"
        "    error_page 404 410 $toasoan_not_found;\n"
        "    if ($toasoan_gone) {\n        return 410;\n    }\n"
        "    return 404;\n"
        "}\n"
        f"location ^~ {base}/{FOLDER}/ {{\n    return 404;\n}}\n"
    )


def _nginx_map(
    source: str, name: str, default: str, values: Iterable[tuple[str, str]], *, is_volatile: bool = False
) -> str:
    lines = "".join(f"    {key} {value};\n" for key, value in values)
    volatile = "    volatile;\n" if is_volatile else ""
    return f"map {source} $toasoan_{name} {{\n{volatile}    default {default};\n{lines}}}\n"


def _nginx_regex(rule: HeaderRule, base: str, before: str = "") -> str:
    return _quoted(f"~*^{before}{re.escape(base)}{rule.pattern}$")


# ---- Caddy


def _caddy(rules: Rules) -> Iterator[tuple[str, str]]:
    """Maps, after https://caddyserver.com/docs/caddyfile/directives/map; paths without a slash are looked up too."""
    yield f"{FOLDER}/Caddyfile", "".join((*_caddy_maps(rules), *_caddy_answers(rules), *_caddy_errors(rules)))


def _caddy_maps(rules: Rules) -> Iterator[str]:
    base = rules.site.base_path
    yield "# Import it in the block of the site, which has a root and needs nothing else.\n"
    moved = (
        (_quoted(form), _quoted(_target(new, rules)))
        for old, new in rules.moved.items()
        for form in _with_and_without_slash(base + old)
    )
    yield _caddy_map("moved", '""', moved)
    gone = ((_quoted(form), "1") for old in rules.gone for form in _with_and_without_slash(base + old))
    yield _caddy_map("gone", '""', gone)
    not_found = ((_quoted(f"~^{re.escape(base)}{home}"), _quoted(base + page)) for home, page in rules.not_found)
    yield _caddy_map("not_found", _quoted(base + routes.NOT_FOUND), not_found)
    *types, other = type_rules()
    values = ((_caddy_regex(rule, base), _quoted(rule.headers["Content-Type"])) for rule in types)
    yield _caddy_map("type", _quoted(other.headers["Content-Type"]), values)
    caching = cache_rules(rules.config.settings)
    values = ((_caddy_regex(rule, base), _quoted(rule.headers["Cache-Control"])) for rule in caching)
    yield _caddy_map("cache_control", '""', values)
    numbers = ((_caddy_regex(rule, base), str(at)) for at, rule in enumerate(security_rules(rules.config.settings)))
    yield _caddy_map("security", '""', numbers)


def _caddy_answers(rules: Rules) -> Iterator[str]:
    """The query is put in as it was asked, where there is one."""
    base = rules.site.base_path
    yield f"@toasoan path {f'{base} {base}/*' if base else '/*'}\n"
    yield _caddy_headers("@toasoan", {"Cache-Control": "{toasoan_cache_control}", "Content-Type": "{toasoan_type}"})
    for at, rule in enumerate(security_rules(rules.config.settings)):
        yield f"@toasoan_security_{at} vars {{toasoan_security}} {at}\n"
        yield _caddy_headers(f"@toasoan_security_{at}", rule.headers)
    yield (
        '@toasoan_moved {\n    not vars {toasoan_moved} ""\n    vars {query} ""\n}\n'
        "redir @toasoan_moved {toasoan_moved} permanent\n"
        '@toasoan_moved_with_query {\n    not vars {toasoan_moved} ""\n    not vars {query} ""\n}\n'
        "redir @toasoan_moved_with_query {toasoan_moved}?{query} permanent\n"
        f'error {base}/{FOLDER}/* "Not found" 404\n'
        "file_server @toasoan {\n    precompressed br gzip\n}\n"
    )


def _caddy_errors(rules: Rules) -> Iterator[str]:
    """A page is answered as long as its file is there: only after it was looked for in vain it is said to be gone."""
    page = routes.file_of(routes.NOT_FOUND)
    short = cache_control(page, rules.config.settings)
    headers = {**security_headers(page, rules.config.settings), "Content-Type": content_type(page)}
    yield (
        "handle_errors {\n"
        "    @toasoan_broken expression {err.status_code} >= 500\n"
        f"    header @toasoan_broken Cache-Control {NEVER}\n"
        "    @toasoan_refused expression {err.status_code} < 500\n"
        f"    header @toasoan_refused Cache-Control {_quoted(short)}\n"
        "    @toasoan_missing expression {err.status_code} in [403, 404, 410]\n"
        "    route @toasoan_missing {\n"
        "        vars toasoan_status {err.status_code}\n"
        "        @toasoan_gone vars {toasoan_gone} 1\n"
        "        vars @toasoan_gone toasoan_status 410\n"
    )
    yield _caddy_headers("*", headers, " " * 8)
    yield (
        "        rewrite * {toasoan_not_found}\n"
        "        file_server {\n"
        "            status {vars.toasoan_status}\n"
        "            precompressed br gzip\n"
        "        }\n"
        "    }\n"
        "}\n"
    )


def _caddy_headers(matcher: str, headers: Mapping[str, str], indent: str = "") -> str:
    lines = "".join(f"{indent}    {name} {_quoted(value)}\n" for name, value in headers.items())
    return f"{indent}header {matcher} {{\n{lines}{indent}}}\n"


def _caddy_map(name: str, default: str, values: Iterable[tuple[str, str]]) -> str:
    lines = "".join(f"    {key} {value}\n" for key, value in values)
    return f"map {{path}} {{toasoan_{name}}} {{\n{lines}    default {default}\n}}\n"


def _caddy_regex(rule: HeaderRule, base: str) -> str:
    return _quoted(f"~(?i)^{re.escape(base)}{rule.pattern}$")


_FILES: Mapping[RedirectFormat, Callable[[Rules], Iterator[tuple[str, str]]]] = {
    RedirectFormat.HTML: _none,
    RedirectFormat.NGINX: _nginx,
    RedirectFormat.CADDY: _caddy,
    RedirectFormat.REDIRECTS_FILE: _redirects_file,
}


# ---- how they are written


def _names(rules: HeaderRules) -> Sequence[str]:
    """All headers of a group."""
    return tuple(sorted({name for rule in rules for name in rule.headers}))


def _variable(header: str) -> str:
    return header.lower().replace("-", "_")


def _target(address: str, rules: Rules) -> str:
    """A link in which a server finds nothing of its own: `$` begins a variable in nginx."""
    return rules.site.link(address).replace("$", "%24")


def _quoted(text: str) -> str:
    """No address and no header has a quotation mark or a backslash."""
    return f'"{text}"'


def _with_and_without_slash(address: str) -> tuple[str, ...]:
    return (address, address.rstrip("/")) if address.endswith("/") else (address,)


def _power_of_two(least: int) -> int:
    return int(1 << (least - 1).bit_length())
