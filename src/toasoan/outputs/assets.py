"""The theme's files under names that change with their content, so that browsers may keep them for ever."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from toasoan import routes
from toasoan.model.output import Output
from toasoan.routes import Site

STYLE = "css/style.css"
"""The one style sheet, put together from all files below `css/`."""

STYLE_ORDER = ("00-layers", "fonts", "tokens", "reset", "base", "layout")
"""Style sheets that come first, in this order; then components by name, then `print`."""

_URL = re.compile(r'url\("(\.\./[^"]+)"\)')


@dataclass(frozen=True, slots=True)
class Assets:
    """The theme's files, ready to be published."""

    outputs: tuple[Output, ...]
    links: Mapping[str, str]
    """From a file's name below `static/` to its link."""

    def link(self, name: str) -> str:
        """The link of a file; raises KeyError for one that the theme does not have."""
        return self.links[name]


def assets(folders: tuple[Path, ...], site: Site) -> Assets:
    """All files below the folders; where two have one name, the first folder's wins (a portal's own come first)."""
    files: dict[str, bytes] = {}
    for folder in reversed(folders):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                files[path.relative_to(folder).as_posix()] = path.read_bytes()
    styles = {name: files.pop(name) for name in sorted(files) if name.startswith("css/") and name.endswith(".css")}
    names = {name: _hashed_name(name, data) for name, data in files.items()}
    style = _with_links(_joined(styles), names)
    files[STYLE], names[STYLE] = style, _hashed_name(STYLE, style)
    return Assets(
        tuple(Output(routes.file_of(routes.asset(names[name])), data) for name, data in files.items()),
        {name: site.link(routes.asset(hashed)) for name, hashed in names.items()},
    )


def _joined(styles: Mapping[str, bytes]) -> bytes:
    def place(name: str) -> tuple[int, str]:
        stem = posixpath.basename(name).removesuffix(".css")
        if stem in STYLE_ORDER and "/components/" not in name:
            return STYLE_ORDER.index(stem), name
        return len(STYLE_ORDER) + (stem == "print"), name

    return b"\n".join(styles[name].strip() for name in sorted(styles, key=place)) + b"\n"


def _with_links(style: bytes, names: Mapping[str, str]) -> bytes:
    """Style sheets name fonts relative to `static/css/`; published, all of them lie below `assets/`."""

    def published(found: re.Match[str]) -> str:
        name = posixpath.normpath(posixpath.join("css", found[1]))
        return f'url("../{names[name]}")'

    return _URL.sub(published, style.decode("utf-8")).encode("utf-8")


def _hashed_name(name: str, data: bytes) -> str:
    stem, ending = posixpath.splitext(name)
    return f"{stem}.{hashlib.sha256(data).hexdigest()[:10]}{ending}"
