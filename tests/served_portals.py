"""A built portal with rules for servers and hosts, and with whatever these have to tell apart."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from tests.builders import SETTINGS, built, portal, text_of, write
from tests.pictures import photo
from toasoan.diagnostics import Report
from toasoan.record_command import record_addresses


def settings_for(formats: Sequence[str]) -> str:
    """Settings in which everything that stands in rules is another than it would be."""
    return f"""
[redirects]
formats = {json.dumps(list(formats))}
[headers]
hsts_days = 2
max_age = 90
allow = {{ img-src = ["https://pictures.example"] }}
[comments]
server = "https://comments.portal.example"
"""


def laid_out(root: Path, base: str, formats: Sequence[str]) -> Path:
    """A built portal of which one page has moved and another one is gone, where a host would serve it."""
    settings = SETTINGS.replace("https://portal.example", f"https://portal.example{base}") + settings_for(formats)
    body = "![](image:1)\n\n[Map](/media/map.svg) [Report](/media/report.html)"
    shown = text_of("A", body.replace("![](image:1)", "Chữ."), aliases=["/tin/đời.html"])
    files: dict[str, str | bytes] = {
        "vi/a.md": shown,
        "en/b.md": text_of("B"),
        "en/c.md": text_of("C"),
        "media/map.svg": '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        "media/report.html": "<!doctype html><title>Report</title><script>alert(1)</script>",
        "media/a.jpg": photo(),
    }
    portal(root, files, settings)
    built(root)
    record_addresses(root, root / "public", Report())
    write(root, "site/content/vi/a.md", text_of("A", shown.split("+++")[2], slug="c$d", aliases=["/tin/đời.html"]))
    (root / "site/content/en/b.md").unlink()
    built(root)
    served = root / "www"
    shutil.copytree(root / "public", served / base.strip("/"))
    write(served / base.strip("/"), "media/table.of-no-known-type", "1")
    write(served / base.strip("/"), "media/REPORT.PDF", "%PDF-")
    return served
