"""Which addresses have moved and which are gone, as each server or host wants to be told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from toasoan import routes
from toasoan.routes import Site
from toasoan.settings import RedirectFormat

FOLDER = "_server"
"""Of rules for servers that are one's own; the rules themselves say that nobody is to read them."""

NOTICE = "# Made by toasoan build: change the portal, not this file.\n"


@dataclass(frozen=True, slots=True)
class Rules:
    """What is to be told."""

    moved: Mapping[str, str]
    """Addresses with those to which they lead, in their order."""

    gone: Sequence[str]
    languages: Sequence[str]
    """Tags, for the page that a reader gets in place of one that is gone."""

    site: Site


def redirect_rules(formats: Sequence[RedirectFormat], rules: Rules) -> Iterator[tuple[str, bytes]]:
    """The files of all formats that have any, by path; none where there is nothing to tell."""
    if not rules.moved and not rules.gone:
        return
    for format_ in dict.fromkeys(formats):
        for path, text in _FILES[format_](rules):
            yield path, (NOTICE + text).encode()


def _none(_rules: Rules) -> Iterator[tuple[str, str]]:
    """Pages that lead on need no rules."""
    return iter(())


def _nginx(rules: Rules) -> Iterator[tuple[str, str]]:
    """Maps, which https://nginx.org/en/docs/http/ngx_http_map_module.html finds an address in at once.

    They are volatile, because the page for what is gone is another address in the same request.
    """
    base = rules.site.base_path
    moved = "".join(
        f"    {_quoted(base + old)} {_quoted(_target(new, rules))};\n" for old, new in rules.moved.items()
    )
    gone = "".join(f"    {_quoted(base + old)} 1;\n" for old in rules.gone)
    not_found = "".join(
        f"    {_quoted(f'~^{re.escape(base)}{routes.home(tag)}')} {_quoted(base + routes.not_found(tag))};\n"
        for tag in rules.languages
    )
    longest = max(len((base + address).encode()) for address in (*rules.moved, *rules.gone))
    text = (
        "# Include it in the block http.\n"
        f"map_hash_bucket_size {_power_of_two(longest + 64)};\n"
        f"map_hash_max_size {_power_of_two(2 * (len(rules.moved) + len(rules.gone)) + 2048)};\n"
        "map $uri $toasoan_page {\n    volatile;\n    default $uri/;\n"
        '    "~/$" $uri;\n    "~[.][^/]*$" $uri;\n}\n'
        f'map $toasoan_page $toasoan_moved {{\n    volatile;\n    default "";\n{moved}}}\n'
        f'map $toasoan_page $toasoan_gone {{\n    volatile;\n    default "";\n{gone}}}\n'
        f"map $uri $toasoan_not_found {{\n    default {_quoted(base + routes.NOT_FOUND)};\n{not_found}}}\n"
    )
    yield f"{FOLDER}/nginx-http.conf", text
    text = (
        "# Include it in the block server.\n"
        "if ($toasoan_moved) {\n    return 301 $toasoan_moved$is_args$args;\n}\n"
        "if ($toasoan_gone) {\n    return 410;\n}\n"
        "error_page 404 410 $toasoan_not_found;\n"
        f"location ^~ {base}/{FOLDER}/ {{\n    return 404;\n}}\n"
    )
    yield f"{FOLDER}/nginx-server.conf", text


def _caddy(rules: Rules) -> Iterator[tuple[str, str]]:
    """A map, after https://caddyserver.com/docs/caddyfile/directives/map; paths without a slash are looked up too."""
    base = rules.site.base_path
    moved = "".join(
        f"    {_quoted(form)} {_quoted(_target(new, rules))}\n"
        for old, new in rules.moved.items()
        for form in _with_and_without_slash(base + old)
    )
    gone = "".join(f"    {_quoted(form)} 1\n" for old in rules.gone for form in _with_and_without_slash(base + old))
    text = (
        "# Import it in the block of the site.\n"
        f'map {{path}} {{toasoan_moved}} {{\n{moved}    default ""\n}}\n'
        f'map {{path}} {{toasoan_gone}} {{\n{gone}    default ""\n}}\n'
        '@toasoan_moved not vars {toasoan_moved} ""\n'
        "redir @toasoan_moved {toasoan_moved} permanent\n"
        '@toasoan_gone not vars {toasoan_gone} ""\n'
        'error @toasoan_gone "Gone" 410\n'
        f'error {base}/{FOLDER}/* "Not found" 404\n'
    )
    yield f"{FOLDER}/Caddyfile", text


def _redirects_file(rules: Rules) -> Iterator[tuple[str, str]]:
    """The file that Netlify, Cloudflare Pages and GitLab Pages read; none of them can say that a page is gone."""
    site = rules.site
    moved = "".join(f"{site.link(old)} {site.link(new)} 301\n" for old, new in rules.moved.items())
    told = f"# Addresses of {len(rules.gone)} pages that are gone for ever answer 404 here.\n" if rules.gone else ""
    yield "_redirects", f"{told}{moved}"


_FILES: Mapping[RedirectFormat, Callable[[Rules], Iterator[tuple[str, str]]]] = {
    RedirectFormat.HTML: _none,
    RedirectFormat.NGINX: _nginx,
    RedirectFormat.CADDY: _caddy,
    RedirectFormat.REDIRECTS_FILE: _redirects_file,
}


def _target(address: str, rules: Rules) -> str:
    """A link in which a server finds nothing of its own: `$` begins a variable in nginx."""
    return rules.site.link(address).replace("$", "%24")


def _quoted(text: str) -> str:
    """No address has a quotation mark or a backslash."""
    return f'"{text}"'


def _with_and_without_slash(address: str) -> tuple[str, ...]:
    return (address, address.rstrip("/")) if address.endswith("/") else (address,)


def _power_of_two(least: int) -> int:
    return int(1 << (least - 1).bit_length())
