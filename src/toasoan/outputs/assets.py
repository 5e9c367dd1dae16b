"""The theme's files under names that change with their content, so that browsers may keep them for ever."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from toasoan import routes
from toasoan.diagnostics import Location, Report, did_you_mean
from toasoan.model.output import Output
from toasoan.routes import Site
from toasoan.source_text import source_text

STYLE = "css/style.css"
"""The one style sheet, put together from all files below `css/`."""

STYLE_ORDER = ("00-layers", "fonts", "tokens", "reset", "base", "layout")
"""Style sheets that come first, in this order; then components by name, then `print`."""

_URL = re.compile(r"""url\(["']?(\.\.?/[^"')]+)["']?\)""")
"""A relative address; data URIs and absolute ones are left as they are."""


_COMMENT = re.compile(r"""("[^"\n]*"|'[^'\n]*')|/\*.*?\*/""", re.DOTALL)
"""A text, which stays, or a comment: those are for whoever changes the theme, not for readers to load."""

_LINES_WITHOUT_WORDS = re.compile(r"\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Assets:
    """The theme's files, ready to be published."""

    outputs: tuple[Output, ...]
    links: Mapping[str, str]
    """From a file's name below `static/` to its link."""

    @property
    def style(self) -> str:
        """The link of the style sheet."""
        return self.links[STYLE]

    def link(self, name: str) -> str:
        """The link of a file; raises KeyError for one that the theme does not have."""
        return self.links[name]


def assets(folders: tuple[Path, ...], site: Site, report: Report) -> Assets:
    """All files below the folders; where two have one name, the first folder's wins (a portal's own come first).

    A style sheet that can't be used is told and left out.
    """
    files: dict[str, bytes] = {}
    for folder in reversed(folders):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                files[path.relative_to(folder).as_posix()] = path.read_bytes()
    sheets = {name: files.pop(name) for name in sorted(files) if name.startswith("css/") and name.endswith(".css")}
    names = {name: _hashed_name(name, data) for name, data in files.items()}
    styles = {name: _with_links(name, data, names, report) for name, data in sheets.items()}
    style = _joined(styles).encode("utf-8")
    files[STYLE], names[STYLE] = style, _hashed_name(STYLE, style)
    return Assets(
        tuple(Output(routes.file_of(routes.asset(names[name])), data) for name, data in files.items()),
        {name: site.link(routes.asset(hashed)) for name, hashed in names.items()},
    )


def _joined(styles: Mapping[str, str]) -> str:
    def place(name: str) -> tuple[int, str]:
        stem = posixpath.basename(name).removesuffix(".css")
        if stem in STYLE_ORDER and "/components/" not in name:
            return STYLE_ORDER.index(stem), name
        return len(STYLE_ORDER) + (stem == "print"), name

    joined = "\n".join(styles[name].strip() for name in sorted(styles, key=place))
    return _LINES_WITHOUT_WORDS.sub("\n", _COMMENT.sub(lambda found: found[1] or "", joined)).strip() + "\n"


def _with_links(name: str, data: bytes, names: Mapping[str, str], report: Report) -> str:
    """Style sheets name fonts and images relative to themselves; published, all of them lie below `assets/`."""
    style = source_text(data, f"static/{name}", report)
    if style is None:
        return ""

    def published(found: re.Match[str]) -> str:
        wanted = posixpath.normpath(posixpath.join(posixpath.dirname(name), found[1]))
        if wanted in names:
            return f'url("../{names[wanted]}")'
        report.error(
            "missing-asset",
            f"the style sheet names {found[1]!r}, but there is no static/{wanted}",
            Location(f"static/{name}", style.count("\n", 0, found.start()) + 1),
            did_you_mean(wanted, names) or "put the file there, or correct its name",
        )
        return found[0]

    return _URL.sub(published, style)


def _hashed_name(name: str, data: bytes) -> str:
    stem, ending = posixpath.splitext(name)
    return f"{stem}.{hashlib.sha256(data).hexdigest()[:10]}{ending}"
