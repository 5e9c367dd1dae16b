"""The file `firebase.json`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from toasoan.outputs.server_rules.rules import FOLDER, RuleFile, Rules, escaped, general_first, link_expression
from toasoan.response_headers import HeaderRule, cache_rules, security_rules, type_rules

NAME = "firebase.json"


def firebase(rules: Rules) -> Iterator[RuleFile]:
    """After https://firebase.google.com/docs/hosting/full-config; of two values the later one counts.

    The expressions are those of RE2. A page that is gone answers 404 there: there is no other word for it.
    """
    settings = rules.config.settings
    hosting = {
        "public": ".",
        "ignore": [NAME, "firebase-debug.log", ".firebase/**", ".toasoan-*", f"{FOLDER}/**"],
        "trailingSlash": True,
        "redirects": [
            {"regex": f"^{link_expression(old, rules)}$", "destination": rules.site.link(new), "type": 301}
            for old, new in rules.moved.items()
        ],
        "headers": [
            *_headers(general_first(security_rules(settings)), rules),
            *_headers(type_rules()[-2::-1], rules),
            *_headers(general_first(cache_rules(settings)), rules),
        ],
    }
    yield NAME, json.dumps({"hosting": hosting}, ensure_ascii=False, indent=1) + "\n"


def _headers(group: Iterable[HeaderRule], rules: Rules) -> Iterator[dict[str, object]]:
    for rule in group:
        yield {
            "regex": f"^{escaped(rules.site.base_path)}{rule.pattern}$",
            "headers": [{"key": name, "value": value} for name, value in rule.headers.items()],
        }
