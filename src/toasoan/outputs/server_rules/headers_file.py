"""The files `_headers` and `_redirects`, which Netlify, Cloudflare Pages and GitLab Pages read, each in its way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from toasoan.outputs.server_rules.rules import RuleFile, Rules, general_first, without_slash
from toasoan.response_headers import HeaderRule, cache_rules, security_rules, type_rules
from toasoan.settings import RedirectFormat
from toasoan.web_hosts import WEB_HOSTS

HEADERS, REDIRECTS = "_headers", "_redirects"

GOING_BY_PATHS = frozenset([RedirectFormat.NETLIFY, RedirectFormat.CLOUDFLARE])
"""For hosts that find headers by paths, not by expressions."""


def netlify(rules: Rules) -> Iterator[RuleFile]:
    """After https://docs.netlify.com/routing/headers/ and https://docs.netlify.com/routing/redirects/.

    It is not said there which value counts if two paths fit, or whether both do. So no two paths that fit a file
    speak of its caching, and of two policies either is safe, and both together are.
    """
    settings = rules.config.settings
    said = dict[str, list[str]]()
    for rule in (*general_first(security_rules(settings)), *cache_rules(settings)[:-1], *type_rules()):
        _say(said, rule)
    yield HEADERS, _blocks(said)
    # With "!" it leads on even where an old page still lies.
    # Whether addresses are compared as browsers ask for them or as what they stand for is told in two ways.
    forms = ((form, new) for old, new in rules.moved.items() for form in _written(old, rules))
    lines = [f"{form} {rules.site.link(new)} 301!\n" for form, new in forms]
    languages = [
        f"{rules.site.base_path}{home}* {rules.site.base_path}{page} 404\n" for home, page in rules.not_found
    ]
    yield REDIRECTS, "".join((*lines, *languages))


def cloudflare(rules: Rules) -> Iterator[RuleFile]:
    """After https://developers.cloudflare.com/pages/configuration/headers/ and …/redirects/.

    All paths that fit are heeded, and values of one header are joined, unless it is taken back before ("! Name"). A
    path that is named twice counts once.
    """
    settings = rules.config.settings
    said = dict[str, list[str]]()
    for group in (security_rules(settings), cache_rules(settings)):
        general, *others = general_first(group)
        _say(said, general)
        for rule in others:
            _say(said, rule, taken_back=[name for name in rule.headers if name in general.headers])
    for rule in type_rules():
        _say(said, rule)
    yield HEADERS, _blocks(said)
    moved = [_line(old, new, rules) for old, new in rules.moved.items()]
    typed = [_line(form, new, rules) for old, new in rules.moved.items() if (form := without_slash(old))]
    if moved:
        yield REDIRECTS, "".join((*moved, *typed)[: WEB_HOSTS["cloudflare"].redirects])


def redirects_file(rules: Rules) -> Iterator[RuleFile]:
    """The file `_redirects` alone: GitLab Pages has no headers of one's own."""
    if not rules.moved and not rules.gone:
        return
    told = f"# Addresses of {len(rules.gone)} pages that are gone for ever answer 404 here.\n" if rules.gone else ""
    yield REDIRECTS, told + "".join(_line(old, new, rules) for old, new in rules.moved.items())


def redirect_line(old: str, new: str, rules: Rules) -> str:
    """The line of `_redirects` by which an address leads on; "" if hosts would read something else into it."""
    return "" if "*" in old or ":" in old else _line(old, new, rules)


def _line(old: str, new: str, rules: Rules, status: str = "301") -> str:
    return f"{rules.site.link(old)} {rules.site.link(new)} {status}\n"


def _say(said: dict[str, list[str]], rule: HeaderRule, taken_back: Sequence[str] = ()) -> None:
    for path in rule.paths:
        lines = said.setdefault(path, [])
        lines += [f"  ! {name}\n" for name in taken_back]
        lines += [f"  {name}: {value}\n" for name, value in rule.headers.items()]


def _blocks(said: Mapping[str, Sequence[str]]) -> str:
    return "".join(f"{path}\n{''.join(lines)}" for path, lines in said.items())


def _written(address: str, rules: Rules) -> Iterator[str]:
    """An address as browsers ask for it, and as what that stands for, if a line can have this."""
    link, plain = rules.site.link(address), rules.site.base_path + address
    yield link
    if plain != link and not any(letter.isspace() for letter in plain):
        yield plain
