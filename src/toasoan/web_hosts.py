"""Hosts of static sites, and what each of them takes.

Only what a host says itself stands here, with where it says so; 0 is for no limit that is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class WebHost:
    """A host, with its limits."""

    title: str
    source: str
    """Where its limits are told."""

    formats: tuple[str, ...]
    """Of `[redirects] formats`, those that it reads, the best one first."""

    is_whole: bool = True
    """Whether a site has the host for itself, so that no portal can lie in a folder of it."""

    files: int = 0
    bytes: int = 0
    """Of all files together."""

    largest: int = 0
    """Bytes of one file."""

    redirects: int = 0
    """Rules that lead on, or, where a host counts all rules together, all rules."""

    many_redirects: int = 0
    """Such rules of which it advises not to have more."""

    redirect_length: int = 0
    """Characters of one rule that leads on."""

    rules_bytes: int = 0
    """Of the file of rules that lead on."""

    header_rules: int = 0
    header_length: int = 0
    """Characters of a line in the file of headers."""


WEB_HOSTS: Mapping[str, WebHost] = MappingProxyType(
    {
        "apache": WebHost(
            title="Apache",
            source="https://httpd.apache.org/docs/2.4/howto/htaccess.html",
            formats=("apache",),
            is_whole=False,
        ),
        "cloudflare": WebHost(
            title="Cloudflare Pages",
            source="https://developers.cloudflare.com/pages/platform/limits/",
            formats=("cloudflare",),
            files=20_000,
            largest=25 * 1024 * 1024,
            redirects=2_000,
            redirect_length=1_000,
            header_rules=100,
            header_length=2_000,
        ),
        "firebase": WebHost(
            title="Firebase Hosting",
            source="https://firebase.google.com/docs/hosting/usage-quotas-pricing",
            formats=("firebase",),
            largest=2_000_000_000,
        ),
        "github": WebHost(
            title="GitHub Pages",
            source="https://docs.github.com/en/pages/getting-started-with-github-pages/github-pages-limits",
            formats=("html",),
            is_whole=False,
            bytes=1_000_000_000,
        ),
        "gitlab": WebHost(
            title="GitLab Pages",
            source="https://docs.gitlab.com/user/project/pages/redirects/",
            formats=("redirects-file", "html"),
            is_whole=False,
            files=200_000,
            bytes=1_000_000_000,
            redirects=1_000,
            rules_bytes=64 * 1024,
        ),
        "netlify": WebHost(
            title="Netlify",
            source="https://docs.netlify.com/routing/redirects/",
            formats=("netlify",),
            many_redirects=10_000,
        ),
        "vercel": WebHost(
            title="Vercel",
            source="https://vercel.com/docs/limits",
            formats=("vercel",),
            bytes=1_000_000_000,
            redirects=2_048,
        ),
    }
)
"""By the name with which commands and settings call them."""
