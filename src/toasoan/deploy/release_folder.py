"""Where things lie in a folder with releases, on this machine or on another one."""

from __future__ import annotations

CURRENT = "current"
"""A symbolic link to the release that readers see: the root of a web server."""

RELEASES = "releases"
NEXT = f"{RELEASES}/.next"
"""The release in the making."""

JOURNAL = f"{RELEASES}/.journal"
LOCK = f"{RELEASES}/.lock"
LIST = ".files.gz"
"""How the list of a release's files ends, which lies beside the release."""
