"""robots.txt (RFC 9309): who may read the portal, and where its sitemaps are.

Search engines may read everything. What programs that gather texts for language models may do is the portal's choice:
those that answer questions and name their sources are told from those that train on what they read.
"""

from __future__ import annotations

from collections.abc import Iterable

from toasoan import routes
from toasoan.routes import Site
from toasoan.settings import Crawlers

ANSWERING = (
    "ChatGPT-User",
    "Claude-SearchBot",
    "Claude-User",
    "DuckAssistBot",
    "MistralAI-User",
    "OAI-SearchBot",
    "Perplexity-User",
    "PerplexityBot",
)
"""Programs that read a page to answer a question and lead to it, by the names that their makers publish."""

TRAINING = (
    "Amazonbot",
    "Applebot-Extended",
    "Bytespider",
    "CCBot",
    "ClaudeBot",
    "Google-Extended",
    "GPTBot",
    "Meta-ExternalAgent",
    "cohere-training-data-crawler",
)
"""Programs that gather texts to train models on."""


def robots(crawlers: Crawlers, site: Site) -> bytes:
    """The file with one of the three choices."""
    groups = []
    if crawlers is Crawlers.CITE:
        groups = [_group(ANSWERING, "Allow"), _group(TRAINING, "Disallow")]
    elif crawlers is Crawlers.CLOSED:
        groups = [_group((*ANSWERING, *TRAINING), "Disallow")]
    groups.append(_group(["*"], "Allow"))
    return ("\n".join(groups) + f"\nSitemap: {site.absolute(routes.SITEMAP)}\n").encode()


def _group(names: Iterable[str], rule: str) -> str:
    agents = "".join(f"User-agent: {name}\n" for name in names)
    return f"{agents}{rule}: /\n"
