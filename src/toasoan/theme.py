"""Where the default theme lies: inside the installed package, or at the top of a source checkout."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "theme"
_CHECKOUT = _PACKAGE.parents[1]


def theme_folder(part: Literal["templates", "static"]) -> Path:
    """The theme's Jinja templates and interface texts, or its style sheets, scripts, fonts and images."""
    return (_INSTALLED if _INSTALLED.is_dir() else _CHECKOUT) / part
