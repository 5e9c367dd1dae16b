"""A proof: what somebody is writing, as readers will see its text, before it is saved."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from toasoan.content.markdown import Fault, PhotoPlace, VideoPlace, render_body
from toasoan.model.language import Language
from toasoan.web_address import parts_of

_PAGE = """<!doctype html>
<html lang="{tag}" dir="{direction}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>
<link rel="stylesheet" href="{style}"></head><body><main class="wrap"><article class="story"><header class="top">
<h1 class="title">{title}</h1>{summary}</header><div class="main"><div class="body">
{body}
</div></div></article></main></body></html>
"""


def proof(
    values: Mapping[str, Any], markdown: str, language: Language, base_path: str, style: str, media: str
) -> tuple[str, tuple[Fault, ...]]:
    """A page of what the form and the text say, and what is wrong in the text.

    `style` is the link of its style sheet; photographs lie, as they are, below the path `media`.
    """
    body = render_body(markdown, language.tag, base_path)
    images = values.get("images")
    photos = images if isinstance(images, list) else []
    parts = [part if isinstance(part, str) else _place(part, photos, media) for part in body.parts]
    summary = str(values.get("summary") or "")
    page = _PAGE.format(
        tag=html.escape(language.tag),
        direction=language.direction,
        title=html.escape(str(values.get("title") or "")),
        style=html.escape(style),
        summary=f'<p class="lede">{html.escape(summary)}</p>' if summary else "",
        body="\n".join(parts),
    )
    return page, body.faults


def _place(part: PhotoPlace | VideoPlace, photos: Sequence[Any], media: str) -> str:
    if isinstance(part, VideoPlace):
        return f'<figure class="fig"><figcaption>Video {part.number}</figcaption></figure>'
    photo = photos[part.number - 1] if 1 <= part.number <= len(photos) else None
    if not isinstance(photo, Mapping):
        return f'<figure class="fig"><figcaption>Photo {part.number} is not listed</figcaption></figure>'
    src = str(photo.get("src") or "")
    link = src if parts_of(src).scheme == "https" else media + quote(src)
    picture = f'<span class="pic"><img src="{html.escape(link)}" alt=""></span>' if src else ""
    words = " ".join(str(photo.get(name) or "") for name in ("caption", "credit")).strip() or f"Photo {part.number}"
    return f'<figure class="fig">{picture}<figcaption>{html.escape(words)}</figcaption></figure>'
