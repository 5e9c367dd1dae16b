"""security.txt (RFC 9116): whom to tell of a hole in the portal."""

from __future__ import annotations

from collections.abc import Iterable

from toasoan import routes
from toasoan.routes import Site
from toasoan.settings import SecuritySettings


def security_txt(settings: SecuritySettings, languages: Iterable[str], site: Site) -> bytes:
    """The file; `languages` are those in which the newsroom can be written to."""
    lines = [f"Contact: {contact}" for contact in settings.contact]
    lines.append(f"Expires: {settings.expires.isoformat()}T00:00:00Z")
    lines.append(f"Preferred-Languages: {', '.join(settings.languages or languages)}")
    lines.append(f"Canonical: {site.absolute(routes.SECURITY)}")
    if settings.policy:
        lines.append(f"Policy: {settings.policy}")
    return ("\n".join(lines) + "\n").encode()
