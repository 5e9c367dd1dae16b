"""Rules for Caddy, to be imported in its configuration."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from toasoan import routes
from toasoan.outputs.server_rules.rules import FOLDER, RuleFile, Rules, quoted, safe_target
from toasoan.response_headers import (
    NEVER,
    HeaderRule,
    cache_control,
    cache_rules,
    content_type,
    security_headers,
    security_rules,
    type_rules,
)


def caddy(rules: Rules) -> Iterator[RuleFile]:
    """Maps, after https://caddyserver.com/docs/caddyfile/directives/map; paths without a slash are looked up too."""
    yield f"{FOLDER}/Caddyfile", "".join((*_caddy_maps(rules), *_caddy_answers(rules), *_caddy_errors(rules)))


def _caddy_maps(rules: Rules) -> Iterator[str]:
    base = rules.site.base_path
    yield "# Import it in the block of the site, which has a root and needs nothing else.\n"
    moved = (
        (quoted(form), quoted(safe_target(new, rules)))
        for old, new in rules.moved.items()
        for form in _with_and_without_slash(base + old)
    )
    yield _caddy_map("moved", '""', moved)
    gone = ((quoted(form), "1") for old in rules.gone for form in _with_and_without_slash(base + old))
    yield _caddy_map("gone", '""', gone)
    not_found = ((quoted(f"~^{re.escape(base)}{home}"), quoted(base + page)) for home, page in rules.not_found)
    yield _caddy_map("not_found", quoted(base + routes.NOT_FOUND), not_found)
    *types, other = type_rules()
    values = ((_caddy_regex(rule, base), quoted(rule.headers["Content-Type"])) for rule in types)
    yield _caddy_map("type", quoted(other.headers["Content-Type"]), values)
    caching = cache_rules(rules.config.settings)
    values = ((_caddy_regex(rule, base), quoted(rule.headers["Cache-Control"])) for rule in caching)
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
        f"    header @toasoan_refused Cache-Control {quoted(short)}\n"
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
    lines = "".join(f"{indent}    {name} {quoted(value)}\n" for name, value in headers.items())
    return f"{indent}header {matcher} {{\n{lines}{indent}}}\n"


def _caddy_map(name: str, default: str, values: Iterable[tuple[str, str]]) -> str:
    lines = "".join(f"    {key} {value}\n" for key, value in values)
    return f"map {{path}} {{toasoan_{name}}} {{\n{lines}    default {default}\n}}\n"


def _caddy_regex(rule: HeaderRule, base: str) -> str:
    return quoted(f"~(?i)^{re.escape(base)}{rule.pattern}$")


def _with_and_without_slash(address: str) -> tuple[str, ...]:
    return (address, address.rstrip("/")) if address.endswith("/") else (address,)
