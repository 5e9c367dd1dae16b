"""Whether a host of static sites would take a built portal, and serve it as it wants to be served."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from toasoan.audit.findings import Fault, advice
from toasoan.outputs.server_rules.formats import untold
from toasoan.outputs.server_rules.headers_file import GOING_BY_PATHS, HEADERS
from toasoan.outputs.server_rules.rules import Rules
from toasoan.response_headers import is_immutable, kept_by_its_path
from toasoan.routes import Site
from toasoan.settings import SiteSettings
from toasoan.web_hosts import WebHost


@dataclass(frozen=True, slots=True)
class Offered:
    """What a host is to take."""

    sizes: Mapping[str, int]
    """Bytes of all files, by path."""

    rules: Rules
    headers: str
    """The file `_headers`; "" if there is none."""


def portal_faults(offered: Offered, host: WebHost) -> Iterator[Fault]:
    """What is wrong with the portal as a whole."""
    settings = offered.rules.config.settings
    yield from _rule_faults(settings, host)
    if host.is_whole and Site(settings.base_url).base_path:
        yield Fault(
            "host-without-folders",
            f"the portal is to lie in {Site(settings.base_url).base_path}/, and {host.title} serves whole hosts",
            "give it a host name of its own, and set base_url to that",
        )
    for what, count, most in (
        ("files", len(offered.sizes), host.files),
        ("bytes", sum(offered.sizes.values()), host.bytes),
    ):
        if most and count > most:
            yield _too_much(f"the portal has {count} {what}", most, host)
    yield from _header_faults(offered.headers, host)
    yield from _redirect_faults(offered.rules, host)


def file_faults(path: str, size: int, settings: SiteSettings, host: WebHost) -> Iterator[Fault]:
    """What is wrong with one file."""
    if host.largest and size > host.largest:
        yield _too_much(f"the file has {size} bytes", host.largest, host)
    goes_by_paths = host.formats[0] in GOING_BY_PATHS and host.formats[0] in settings.redirects.formats
    if goes_by_paths and not is_immutable(path) and kept_by_its_path(path, settings):
        yield Fault(
            "kept-for-ever",
            f"{host.title} would let browsers keep the file for ever, though another one may come under its name",
            "give it another name: its end is that of a picture that the build makes",
        )


def _rule_faults(settings: SiteSettings, host: WebHost) -> Iterator[Fault]:
    wanted = host.formats
    if not any(format_ in settings.redirects.formats for format_ in wanted):
        yield advice(
            Fault(
                "no-rules-for-host",
                f"there are no rules for {host.title}: it does not learn which addresses have moved",
                f'add "{wanted[0]}" to formats under [redirects], and build',
            )
        )


def _header_faults(headers: str, host: WebHost) -> Iterator[Fault]:
    lines = [line for line in headers.splitlines() if line and not line.startswith("#")]
    paths = sum(not line[0].isspace() for line in lines)
    if host.header_rules and paths > host.header_rules:
        yield _too_much(f"the file {HEADERS} has {paths} rules", host.header_rules, host)
    longest = max(map(len, lines), default=0)
    if host.header_length and longest > host.header_length:
        message = f"a line of the file {HEADERS} has {longest} characters"
        yield _too_much(message, host.header_length, host, "allow fewer sources under [headers]")


def _redirect_faults(rules: Rules, host: WebHost) -> Iterator[Fault]:
    yield from (
        advice(Fault("untold-redirects", it.message, it.HINT)) for it in untold(rules) if it.format in host.formats
    )
    if host.many_redirects and len(rules.moved) > host.many_redirects:
        message = f"{len(rules.moved)} addresses have moved"
        yield advice(_too_much(message, host.many_redirects, host))


def _too_much(message: str, most: int, host: WebHost, hint: str | None = None) -> Fault:
    return Fault(
        "host-limit",
        f"{message}; {host.title} takes {most}",
        hint or f"see {host.source}, and take another plan or another host",
    )
