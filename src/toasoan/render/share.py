"""Addresses at which other services take a link that a reader wants to share; nothing of theirs is loaded."""

from __future__ import annotations

from urllib.parse import quote_plus

from toasoan.render.views import ShareTarget


def share_targets(address: str, title: str) -> tuple[ShareTarget, ...]:
    """Zalo, Facebook and X, in the order of Vietnamese portals, for the page at an absolute address."""
    url = quote_plus(address)
    return (
        ShareTarget("Zalo", f"https://zalo.me/share?url={url}"),
        ShareTarget("Facebook", f"https://www.facebook.com/sharer/sharer.php?u={url}"),
        ShareTarget("X", f"https://x.com/intent/post?url={url}&text={quote_plus(title)}"),
    )
