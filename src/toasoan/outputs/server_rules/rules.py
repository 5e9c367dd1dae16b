"""What servers and hosts are to be told, whatever they want it written like."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from toasoan import routes
from toasoan.config import Config
from toasoan.response_headers import HeaderRule, HeaderRules
from toasoan.routes import Site

FOLDER = "_server"
"""Of rules for servers that are one's own; the rules themselves say that nobody is to read them."""

NOTICE = "# Made by toasoan build: change the portal, not this file.\n"

RuleFile = tuple[str, str]
"""The path of a file of rules, and its text."""


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


def header_names(rules: HeaderRules) -> Sequence[str]:
    """All headers of a group."""
    return tuple(sorted({name for rule in rules for name in rule.headers}))


def general_first(rules: HeaderRules) -> Iterator[HeaderRule]:
    """A group for hosts where all rules that fit are heeded, and of two values the later one counts.

    The last rule fits all and comes first; the others have only what they say otherwise. Where one says less than the
    last rule, more is said: a style sheet gets the policy of pages, which does it no harm.
    """
    general = rules[-1].headers
    yield rules[-1]
    for rule in reversed(rules[:-1]):
        other = {name: value for name, value in rule.headers.items() if general.get(name) != value}
        if other:
            yield HeaderRule(rule.pattern, other, rule.paths)


def safe_target(address: str, rules: Rules) -> str:
    """A link in which a server finds nothing of its own: `$` begins a variable in nginx and Apache."""
    return rules.site.link(address).replace("$", "%24")


def quoted(text: str) -> str:
    """A text in quotation marks; no address and no header has one, or a backslash."""
    return f'"{text}"'


def escaped(text: str) -> str:
    """A text as an expression, in whatever dialect."""
    return re.sub(r"([.*+?^$(){}|\[\]\\])", r"\\\1", text)


def link_expression(address: str, rules: Rules) -> str:
    """An expression for an address, with the slash of a page or without.

    Whether a host looks at it as browsers ask for it, or at what that stands for, few say: so it fits both.
    """
    forms = dict.fromkeys((rules.site.link(address), rules.site.base_path + address))
    expression = "|".join(escaped(form) for form in forms)
    return (f"(?:{expression})" if len(forms) > 1 else expression) + ("?" if address.endswith("/") else "")


def without_slash(address: str) -> str | None:
    """The form of a page's address that people type."""
    return address.rstrip("/") if address.endswith("/") and address != routes.ROOT else None
