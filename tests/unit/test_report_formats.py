"""Reports that pipelines and code hosts read."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET

from toasoan.diagnostics import Location, Report
from toasoan.report_formats import junit, sarif


def report() -> Report:
    found = Report()
    found.error("broken-link", "no page <b> & \x00", Location("site/content/vi/a b.md", 7), "remove it")
    found.warning("lost-page", "nobody links to it", Location("site/content/vi/a b.md"))
    found.warning("lost-page", "nobody links to it", Location("vi/b/index.html"))
    return found


def test_junit_has_a_case_for_each_file_and_those_with_errors_failed() -> None:
    root = ET.fromstring(junit(report()))

    assert root.attrib == {"tests": "2", "failures": "1", "errors": "0"}
    first, second = root.iter("testcase")
    assert first.get("name") == "site/content/vi/a b.md"
    failure = first.find("failure")
    assert failure is not None
    assert failure.get("type") == "broken-link"
    assert "site/content/vi/a b.md:7: error: no page <b> & " in (failure.text or "")
    assert second.find("failure") is None
    assert "lost-page" in (second.findtext("system-out") or "")


def test_junit_of_nothing_is_a_test_that_passed() -> None:
    root = ET.fromstring(junit(Report()))

    assert root.get("tests") == "1"
    assert root.find("testsuite/testcase/failure") is None


def test_sarif_names_rules_places_and_what_to_do() -> None:
    log = json.loads(sarif(report()))

    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["broken-link", "lost-page"]
    first, *_, last = sorted(run["results"], key=lambda it: str(it["level"]))
    assert first["ruleId"] == run["tool"]["driver"]["rules"][first["ruleIndex"]]["id"] == "broken-link"
    assert first["level"] == "error"
    assert first["message"]["text"] == "no page <b> & \x00. Remove it."
    assert first["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "site/content/vi/a%20b.md"},
                "region": {"startLine": 7},
            }
        }
    ]
    assert last["level"] == "warning"
    assert "region" not in last["locations"][0]["physicalLocation"]
