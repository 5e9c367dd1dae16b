"""Rules for nginx, to be included in its configuration."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from toasoan import routes
from toasoan.outputs.server_rules.rules import FOLDER, RuleFile, Rules, header_names, quoted, safe_target
from toasoan.response_headers import (
    CHARSET,
    NAMED_TYPES,
    NEVER,
    OTHER_TYPE,
    TEXT_TYPES,
    HeaderRule,
    cache_rules,
    endings_by_type,
    security_rules,
)


def nginx(rules: Rules) -> Iterator[RuleFile]:
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
    moved = ((quoted(base + old), quoted(safe_target(new, rules))) for old, new in rules.moved.items())
    yield _nginx_map("$toasoan_page", "moved", '""', moved, is_volatile=True)
    gone = ((quoted(base + old), "1") for old in rules.gone)
    yield _nginx_map("$toasoan_page", "gone", '""', gone, is_volatile=True)
    not_found = ((quoted(f"~^{re.escape(base)}{home}"), quoted(base + page)) for home, page in rules.not_found)
    yield _nginx_map("$uri", "not_found", quoted(base + routes.NOT_FOUND), not_found)
    # A header without a value is not sent, and so none is where something else lives on the same server.
    security = security_rules(rules.config.settings)
    for name in header_names(security):
        values = ((_nginx_regex(rule, base), quoted(rule.headers.get(name, ""))) for rule in security)
        yield _nginx_map("$uri", _variable(name), '""', values)
    yield _nginx_map('"$status $uri"', "cache_control", '""', _nginx_caching(rules))


def _nginx_caching(rules: Rules) -> Iterator[tuple[str, str]]:
    """Only what is there is kept for ever, no refusal is, and never that something went wrong."""
    base = rules.site.base_path
    caching = cache_rules(rules.config.settings)
    yield quoted(f"~*^5.. {re.escape(base)}/"), quoted(NEVER)
    for rule in caching:
        yield _nginx_regex(rule, base, "(200|206|304) "), quoted(rule.headers["Cache-Control"])
    yield _nginx_regex(caching[-1], base, "... "), quoted(caching[-1].headers["Cache-Control"])


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
    for name in (*header_names(security_rules(rules.config.settings)), "Cache-Control"):
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
    return quoted(f"~*^{before}{re.escape(base)}{rule.pattern}$")


def _variable(header: str) -> str:
    return header.lower().replace("-", "_")


def _power_of_two(least: int) -> int:
    return int(1 << (least - 1).bit_length())
