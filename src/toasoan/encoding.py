"""Bytes of a file into text: UTF-8 only, with the place of the first byte that is not."""

from __future__ import annotations

import re

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")


class NotUtf8Error(ValueError):
    """The bytes are not UTF-8; says where the trouble starts."""

    def __init__(self, line: int, offset: int) -> None:
        super().__init__(f"not UTF-8 at byte {offset}")
        self.line = line
        """1-based line of the first wrong byte."""
        self.offset = offset
        """0-based position of the first wrong byte in the file."""


def decode_utf8(data: bytes) -> str:
    """The text of a file, without a byte order mark and with every line ending in a line feed.

    Raises NotUtf8Error with the place of the first wrong byte.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotUtf8Error(data.count(b"\n", 0, error.start) + 1, error.start) from None
    text = text.removeprefix("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def readable(text: str | None) -> str | None:
    """What there is to read of a text, without control characters and blanks around it; None for nothing."""
    return without_controls(text or "").strip() or None


def without_controls(text: str) -> str:
    """A text without the control characters that HTML and XML forbid; line feeds and tabs stay."""
    if text.replace("\n", " ").isprintable():  # no control is; to look for them one by one takes twice as long
        return text
    return _CONTROLS.sub("", text)
