"""Which format a source has, by its first bytes. Endings of names lie; bytes don't."""

from __future__ import annotations

import codecs
import re
from enum import StrEnum

HEAD = 4096
"""Bytes that are looked at."""


class Format(StrEnum):
    """A format that a reader knows, or a kind of file that none does."""

    TEXT = "plain text"
    HTML = "HTML"
    RSS = "RSS"
    ATOM = "Atom"
    WORDPRESS = "WordPress export"
    NEWSML = "NewsML-G2"
    JSON = "JSON"
    ARCHIVE = "zip archive"
    OTHER_XML = "XML"
    BINARY = "binary"


MANY = frozenset([Format.RSS, Format.ATOM, Format.WORDPRESS, Format.NEWSML])
"""Formats that hold many articles; JSON may."""

_BINARY = (
    b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"\x1f\x8b", b"BZh", b"7z\xbc\xaf", b"Rar!", b"\x7fELF",
    b"\xd0\xcf\x11\xe0", b"{\\rtf", b"SQLite format 3", b"MZ\x90",
)  # fmt: skip
_PROLOG = re.compile(
    r"\s*(?:<\?.{0,500}?\?>\s*|<!--.{0,3000}?-->\s*"
    r"|<!DOCTYPE\s[^>\[]{0,500}(?:\[.{0,3000}?\]\s*)?>\s*)*",
    re.DOTALL | re.IGNORECASE,
)
_ROOT = re.compile(r"<(?:[\w.-]{1,30}:)?([A-Za-z][\w.-]{0,60})([^>]{0,3000})")
_HTML_ROOTS = frozenset(["html", "head", "body", "article", "main", "div", "p", "section", "meta", "title"])
_NEWSML_ROOTS = frozenset(["newsitem", "newsmessage", "packageitem"])


def format_of(head: bytes) -> Format:
    """The format of a source whose first bytes these are; `Format.TEXT` where nothing speaks for another one."""
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Format.BINARY if b"[Content_Types].xml" in head[:100] else Format.ARCHIVE
    if head.startswith(_BINARY):
        return Format.BINARY
    text = _text_of(head)
    opening = text.lstrip("\ufeff \t\r\n")
    if opening.startswith("<"):
        return _markup(opening)
    if re.match(r"[\[{]\s{0,200}[\[{\"]", opening):
        return Format.JSON
    return Format.TEXT


def _text_of(head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head[: len(head) // 2 * 2].decode("utf-16", "replace")
    if head[:2] in (b"<\0", b"{\0", b"[\0"):
        return head[: len(head) // 2 * 2].decode("utf-16-le", "replace")
    if head[:2] in (b"\0<", b"\0{", b"\0["):
        return head[: len(head) // 2 * 2].decode("utf-16-be", "replace")
    return head.decode("utf-8", "replace")


def _markup(text: str) -> Format:
    is_html_document = re.match(r"<!doctype\s+html", text, re.IGNORECASE) is not None
    prolog = _PROLOG.match(text)
    root = _ROOT.match(text, prolog.end() if prolog else 0)
    name = root[1].lower() if root else ""
    if name == "rss":
        return Format.WORDPRESS if "wordpress.org/export" in text else Format.RSS
    if name == "feed":
        return Format.ATOM
    if name in _NEWSML_ROOTS:
        return Format.NEWSML
    if is_html_document or name in _HTML_ROOTS:
        return Format.HTML
    return Format.OTHER_XML if text.startswith("<?xml") or "xmlns" in (root[2] if root else "") else _tag_soup(name)


def _tag_soup(name: str) -> Format:
    return Format.HTML if name in ("script", "link", "style", "table", "h1", "base") else Format.TEXT
