"""Sources of every format, made for tests: what matters stands in the test, the rest is filled in."""

from __future__ import annotations

import json
from typing import Any

TEXT = (
    "The museum stands on the bank where the oldest yard once was, and it shows forty boats of the last century, "
    "among them the ferry on which the children of the village have crossed the river to school every morning."
)
VIETNAMESE = "Bảo tàng nằm trên bờ sông và trưng bày bốn mươi chiếc thuyền của thế kỷ trước cho tất cả mọi người."
RUSSIAN = "Музей стоит на берегу реки, и он открыт для всех, кто хочет прийти. Это было в прошлом году. " * 3
JPEG = b"\xff\xd8\xff\xe0 a picture of a boat"

_RSS = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom"'
)
_WXR = (
    'xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:wp="http://wordpress.org/export/1.2/" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def page(head: str = "", body: str = f"<article><h1>Boats</h1><p>{TEXT}</p></article>", lang: str = "en") -> str:
    return f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'


def json_ld(**article: Any) -> str:
    node = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Boats", **article}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def rss(*items: str, channel: str = "<title>River News</title><language>en</language>") -> str:
    inside = "".join(f"<item>{item}</item>" for item in items)
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0" {_RSS}><channel>{channel}{inside}</channel></rss>'
    )


def rss_item(number: int = 1, more: str = "", text: str = TEXT) -> str:
    return (
        f"<title>Boats {number}</title><guid>https://river.example/{number}</guid>{more}"
        f"<content:encoded><![CDATA[<p>{text}</p>]]></content:encoded>"
    )


def atom(*entries: str) -> str:
    inside = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>River</title>{inside}</feed>'


def wordpress(*items: str, channel: str = "<title>River</title><language>en-US</language>") -> str:
    inside = "".join(f"<item>{item}</item>" for item in items)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" {_WXR}><channel>{channel}{inside}</channel></rss>'
    )


def post(number: int = 7, status: str = "publish", more: str = "", text: str = TEXT) -> str:
    return (
        f"<title>Boats {number}</title><link>https://wp.example/boats-{number}/</link>"
        f"<guid>https://wp.example/?p={number}</guid><content:encoded><![CDATA[{text}]]></content:encoded>"
        f"<wp:post_id>{number}</wp:post_id><wp:post_date_gmt>2025-12-17 02:36:00</wp:post_date_gmt>"
        f"<wp:post_name>boats-{number}</wp:post_name><wp:status>{status}</wp:status><wp:post_type>post</wp:post_type>{more}"
    )


def ninjs(**more: Any) -> dict[str, Any]:
    return {
        "uri": "urn:newsml:river.example:1",
        "type": "text",
        "versioncreated": "2025-12-17T02:36:00Z",
        "pubstatus": "usable",
        "headline": "Boats",
        "language": "en",
        "body_xhtml": f"<p>{TEXT}</p>",
        **more,
    }


def news_item(
    guid: str = "urn:newsml:river.example:2",
    version: int = 1,
    meta: str = "",
    body: str = f"<p>{TEXT}</p>",
    more: str = "",
) -> str:
    return (
        f'<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="{guid}" version="{version}" xml:lang="en">'
        f'<itemMeta><itemClass qcode="ninat:text"/><provider literal="River News"/>'
        f"<versionCreated>2025-12-17T02:36:00Z</versionCreated>{meta}</itemMeta>"
        f"<contentMeta><headline>Boats</headline>{more}</contentMeta><contentSet><inlineXML>"
        f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{body}</body></html></inlineXML></contentSet></newsItem>'
    )
