"""Addresses at which other services take a link that a reader wants to share; nothing of theirs is loaded."""

from __future__ import annotations

from urllib.parse import urlencode

from toasoan.render.views import ShareTarget


def share_targets(address: str, title: str) -> tuple[ShareTarget, ...]:
    """Zalo, Facebook and X, in the order of Vietnamese portals, for the page at an absolute address."""
    return (
        ShareTarget("Zalo", f"https://zalo.me/share?{urlencode({'url': address})}"),
        ShareTarget("Facebook", f"https://www.facebook.com/sharer/sharer.php?{urlencode({'u': address})}"),
        ShareTarget("X", f"https://x.com/intent/post?{urlencode({'url': address, 'text': title})}"),
    )
