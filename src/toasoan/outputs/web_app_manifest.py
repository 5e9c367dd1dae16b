"""What a phone needs to put the portal on its home screen: https://www.w3.org/TR/appmanifest/."""

from __future__ import annotations

import json
from typing import Any

from toasoan import routes
from toasoan.render.edition import Edition

ICONS = {192: "images/icon-192.png", 512: "images/icon-512.png"}
"""Square pictures of the theme by their width. The motif keeps to the middle, for phones cut off corners."""

RED, PAPER = "#da251d", "#fffdf8"


def web_app_manifest(edition: Edition) -> bytes:
    """The manifest of a language's edition."""
    shell, site = edition.shell, edition.site
    manifest: dict[str, Any] = {
        "id": site.link(routes.home(edition.tag)),
        "name": shell.portal,
        "lang": edition.tag,
        "dir": str(edition.language.direction),
        "start_url": site.link(routes.home(edition.tag)),
        "scope": site.link(routes.ROOT),
        "display": "minimal-ui",
        "theme_color": RED,
        "background_color": PAPER,
        "icons": [
            {"src": edition.asset(name), "sizes": f"{width}x{width}", "type": "image/png", "purpose": purpose}
            for width, name in ICONS.items()
            for purpose in ("any", "maskable")
        ],
    }
    if shell.description or shell.tagline:
        manifest["description"] = shell.description or shell.tagline
    return (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode()
