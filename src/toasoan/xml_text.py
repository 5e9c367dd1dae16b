"""Texts into XML."""

from __future__ import annotations

import re
from html import escape

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def xml_text(text: str) -> str:
    """A text between tags, without the characters that XML 1.0 does not know (section 2.2)."""
    return escape(_FORBIDDEN.sub("", text), quote=False)


def xml_attribute(text: str) -> str:
    """A text as the value of an attribute, with its quotation marks."""
    return f'"{escape(_FORBIDDEN.sub("", text))}"'
