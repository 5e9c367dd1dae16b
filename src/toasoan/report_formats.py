"""Reports for other programs: JUnit's XML, which pipelines show as tests, and SARIF 2.1.0, which code hosts show.

SARIF: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html; of JUnit's XML the part that all tools read:
https://github.com/testmoapp/junitxml.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any
from urllib.parse import quote

from toasoan import __version__
from toasoan.diagnostics import Diagnostic, Severity
from toasoan.xml_text import xml_attribute, xml_text


def sarif(found: Iterable[Diagnostic]) -> str:
    """A SARIF log of what was found."""
    diagnostics = list(found)
    codes = sorted({it.code for it in diagnostics})
    run = {
        "tool": {"driver": {"name": "toasoan", "version": __version__, "rules": [{"id": code} for code in codes]}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(it, codes.index(it.code)) for it in diagnostics],
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _result(it: Diagnostic, rule: int) -> Mapping[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": quote(it.location.path)}}
    if it.location.line:
        place["region"] = {"startLine": it.location.line}
    return {
        "ruleId": it.code,
        "ruleIndex": rule,
        "level": str(it.severity),
        "message": {"text": f"{it.message}. {_sentence(it.hint)}" if it.hint else it.message},
        "locations": [{"physicalLocation": place}],
    }


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith(("?", ".")) else ".")


def junit(found: Iterable[Diagnostic]) -> str:
    """What was found as tests, one for each file: a file with an error failed, one with warnings alone did not."""
    suites = [(path, list(of_file)) for path, of_file in groupby(found, key=lambda it: it.location.path)]
    cases = [_case(path, of_file) for path, of_file in suites] or [
        '<testcase classname="toasoan" name="all files"/>\n'
    ]
    failed = sum(any(it.severity is Severity.ERROR for it in of_file) for _, of_file in suites)
    counts = f'tests="{len(cases)}" failures="{failed}" errors="0"'
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<testsuites {counts}>\n<testsuite name="toasoan check" {counts}>\n'
        f"{''.join(cases)}</testsuite>\n</testsuites>\n"
    )


def _case(path: str, found: list[Diagnostic]) -> str:
    told = "\n".join(str(it) for it in found)
    errors = [it for it in found if it.severity is Severity.ERROR]
    if errors:
        first = errors[0]
        what = f"type={xml_attribute(first.code)} message={xml_attribute(first.message)}"
        inside = f"<failure {what}>{xml_text(told)}</failure>"
    else:
        inside = f"<system-out>{xml_text(told)}</system-out>"
    return f'<testcase classname="toasoan" name={xml_attribute(path)}>{inside}</testcase>\n'
