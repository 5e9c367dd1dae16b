"""Rules for Apache, which it finds by itself: files `.htaccess` in the folders of the portal.

They need what hosts allow everybody (`AllowOverride FileInfo`), and mod_headers for the headers. Apache reads the
file of a folder at each request below that folder, so each address that leads on has its rule in a folder of its own:
what a request costs does not grow with their number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import takewhile

from toasoan import routes
from toasoan.outputs.server_rules.rules import FOLDER, RuleFile, Rules, escaped, quoted
from toasoan.response_headers import (
    CHARSET,
    NAMED_TYPES,
    NEVER,
    TEXT_TYPES,
    HeaderRule,
    HeaderRules,
    cache_rules,
    endings_by_type,
    security_rules,
)

NAME = ".htaccess"


def apache(rules: Rules) -> Iterator[RuleFile]:
    """The files, after https://httpd.apache.org/docs/2.4/mod/core.html#if."""
    texts = {"": "".join(_whole(rules))}
    for home, page in rules.not_found:
        texts[_folder_of(home)] = _errors(rules, page)
    for old, new in rules.moved.items():
        _add(texts, old, f"RedirectMatch 301 {_exactly(old, rules)} {quoted(_target(new, rules))}\n")
    for old in rules.gone:
        _add(texts, old, _gone(old, rules))
    yield from ((f"{folder}{NAME}", text) for folder, text in sorted(texts.items()))


def _add(texts: dict[str, str], address: str, line: str) -> None:
    folder = _folder_of(address)
    texts[folder] = texts.get(folder, "") + line


def _folder_of(address: str) -> str:
    """The folder in which an address has its rule; it is none of which the portal may have a file."""
    *folders, _ = routes.file_of(address).split("/")
    if folders[:1] == [routes.file_of(routes.media("")).partition("/")[0]]:
        return ""
    certain = takewhile(lambda folder: folder and "." not in folder, folders)
    return "".join(f"{folder}/" for folder in certain)


def _exactly(address: str, rules: Rules) -> str:
    """An expression for one address, in quotation marks; it is compared with addresses that are decoded already."""
    base = rules.site.base_path
    return quoted("^" + escaped(base + address.rstrip("/")) + ("/?$" if address.endswith("/") else "$"))


def _target(address: str, rules: Rules) -> str:
    """Apache encodes it by itself; `$1` and `&` would stand for what was found."""
    return re.sub(r"([$&])", r"\\\1", rules.site.base_path + address)


def _gone(address: str, rules: Rules) -> str:
    """A page is answered as long as its file is there."""
    file = f"%{{DOCUMENT_ROOT}}{rules.site.base_path}/{routes.file_of(address)}"
    return f"<If \"! -f '{file}'\">\n    RedirectMatch 410 {_exactly(address, rules)}\n</If>\n"


def _errors(rules: Rules, page: str) -> str:
    shown = rules.site.base_path + page
    return "".join(f"ErrorDocument {status} {shown}\n" for status in (403, 404, 410))


def _whole(rules: Rules) -> Iterator[str]:
    """What is said for the whole portal; `always` is for refusals too."""
    base = rules.site.base_path
    yield _errors(rules, routes.NOT_FOUND)
    yield f'RedirectMatch 404 "^{escaped(base)}/{FOLDER}/"\n'
    for kind, endings in endings_by_type().items():
        yield f"AddType {kind} {' '.join(f'.{ending}' for ending in endings)}\n"
        if kind in TEXT_TYPES:
            yield f"AddCharset {CHARSET} {' '.join(f'.{ending}' for ending in endings)}\n"
    for name, kind in NAMED_TYPES.items():
        yield f'<Files "{name}">\n    ForceType "{kind}; charset={CHARSET}"\n</Files>\n'
    compressed = " ".join(sorted(TEXT_TYPES))
    yield (
        "<IfModule mod_filter.c>\n    <IfModule mod_deflate.c>\n"
        f"        AddOutputFilterByType DEFLATE {compressed}\n"
        "    </IfModule>\n</IfModule>\n"
        "<IfModule mod_headers.c>\n"
    )
    # What is compressed on the way has another ETag, by which Apache would not know it again.
    yield """    RequestHeader edit If-None-Match '"([^"]*)-gzip"' '"$1-gzip", "$1"'\n"""
    yield "    Header always merge Vary Accept-Encoding \"expr=%{REQUEST_STATUS} == '304'\"\n"
    settings = rules.config.settings
    yield '    Header set Content-Type application/octet-stream "expr=-z %{CONTENT_TYPE}"\n'
    yield from _choice(security_rules(settings), base, _lines)
    caching = cache_rules(settings)
    yield from _choice(caching, base, partial(_caching_lines, otherwise=caching[-1].headers["Cache-Control"]))
    yield "</IfModule>\n"


def _choice(rules: HeaderRules, base: str, lines: Callable[[HeaderRule], Iterator[str]]) -> Iterator[str]:
    """The first that fits decides."""
    *special, general = rules
    word = "If"
    for rule in special:
        yield f'    <{word} "%{{REQUEST_URI}} =~ m#^{escaped(base)}{rule.pattern}$#i">\n'
        yield from lines(rule)
        yield f"    </{word}>\n"
        word = "ElseIf"
    yield "    <Else>\n"
    yield from lines(general)
    yield "    </Else>\n"


def _lines(rule: HeaderRule) -> Iterator[str]:
    for name, value in rule.headers.items():
        yield f"        Header always set {name} {quoted(value)}\n"


def _caching_lines(rule: HeaderRule, otherwise: str) -> Iterator[str]:
    """Only what is there is kept for ever, no refusal is, and never that something went wrong."""
    for value, condition in (
        (rule.headers["Cache-Control"], "%{REQUEST_STATUS} in {'200', '206', '304'}"),
        (otherwise, "! %{REQUEST_STATUS} in {'200', '206', '304'}"),
        (NEVER, "%{REQUEST_STATUS} -ge 500"),
    ):
        yield f'        Header always set Cache-Control {quoted(value)} "expr={condition}"\n'
