"""Every address of the portal. Nothing else in the package puts one together.

An address is a path from the portal's root, "/uk/heritage/"; `Site` makes links and absolute addresses of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote, unquote, urlsplit

from toasoan.model.article import ArticleId
from toasoan.model.month import Month

ROOT = "/"
NOT_FOUND = "/404.html"
SITEMAP = "/sitemap.xml"
ROBOTS = "/robots.txt"
SECURITY = "/.well-known/security.txt"
RELEASE = "/release.txt"
"""Tells which release is online; a deploy puts it there, not a build."""

OfLanguage = Callable[[str], str]
"""The address of a page that every language has."""

_SAFE = "/-._~!$&'()*+,;=:@"
_NEEDS_NO_QUOTING = re.compile(rf"[A-Za-z0-9{re.escape(_SAFE)}]*").fullmatch
"""Nearly all addresses are like this, and to match one takes a fraction of the time that quoting it does."""

LIST_SLUGS = ("tag", "author", "agency", "archive", "photos", "videos", "search")
"""First parts of addresses of lists, below a language: an article with such a slug would be in their way."""


@dataclass(frozen=True)
class Site:
    """Where the portal lives, for turning addresses into links."""

    base_url: str
    """Without a slash at the end: "https://portal.example" or "https://host.example/portal"."""

    @cached_property
    def base_path(self) -> str:
        """The folder of the host below which the portal lives: "" or "/portal"."""
        return urlsplit(self.base_url).path.rstrip("/")

    @cached_property
    def origin(self) -> str:
        """The host, without the folder: links are absolute addresses once it stands before them."""
        return self.base_url.removesuffix(self.base_path)

    def link(self, address: str) -> str:
        """An address as `href` has it."""
        return self.base_path + (address if _NEEDS_NO_QUOTING(address) else quote(address, safe=_SAFE))

    def address(self, link: str) -> str | None:
        """The address to which a link leads; None if it leads out of the portal."""
        path = unquote(link)
        return path.removeprefix(self.base_path) if path.startswith(f"{self.base_path}/") else None

    def absolute(self, address: str) -> str:
        """An address as other sites, feeds and sitemaps have it."""
        return self.origin + self.link(address)


def home(language: str) -> str:
    """A language's home page."""
    return f"/{language}/"


def article(id_: ArticleId) -> str:
    """An article."""
    return f"/{id_.language}/{id_.slug}/"


def section(language: str, key: str) -> str:
    """The front page of a section."""
    return f"/{language}/{key}/"


def tag(language: str, slug: str) -> str:
    """The front page of a tag."""
    return f"/{language}/tag/{slug}/"


def author(language: str, slug: str) -> str:
    """The front page of an author."""
    return f"/{language}/author/{slug}/"


def agency(language: str, slug: str) -> str:
    """The front page of an agency."""
    return f"/{language}/agency/{slug}/"


def agencies(language: str) -> str:
    """The list of all agencies."""
    return f"/{language}/agency/"


def archive(language: str) -> str:
    """The list of all months."""
    return f"/{language}/archive/"


def search(language: str) -> str:
    """The page on which a language is searched."""
    return f"/{language}/search/"


def search_file(language: str, name: str) -> str:
    """One of the files that a language is searched with."""
    return f"{search(language)}{name}"


def photos(language: str) -> str:
    """The front page of the list of photographs."""
    return f"/{language}/photos/"


def videos(language: str) -> str:
    """The front page of the list of videos."""
    return f"/{language}/videos/"


def gallery(id_: ArticleId) -> str:
    """The photographs of an article, large."""
    return f"{article(id_)}photos/"


def parallel_text(id_: ArticleId, other: str) -> str:
    """An article beside its version in another language."""
    return f"{article(id_)}{other}/"


def month(language: str, month_: Month, section_key: str | None = None) -> str:
    """The front page of a month's archive, of the whole language or of one section."""
    below = f"{section_key}/" if section_key else ""
    return f"/{language}/{below}{month_.year:04}/{month_.month:02}/"


def numbered(front: str, number: int) -> str:
    """A further page of a list; the oldest one has number 1, so that numbers stay when articles come."""
    return f"{front}{number}/"


def static_page(language: str, slug: str) -> str:
    """A page such as "about"."""
    return f"/{language}/{slug}/"


def not_found(language: str) -> str:
    """The page for an address that does not exist, in one language."""
    return f"/{language}/404.html"


def rss(front: str) -> str:
    """The RSS feed of a list."""
    return f"{front}feed.xml"


def json_feed(page: str) -> str:
    """The JSON Feed of one page of a list."""
    return f"{page}feed.json"


def atom(front: str) -> str:
    """The Atom feed of a list."""
    return f"{front}atom.xml"


def opml(above: str) -> str:
    """The list of all feeds of a language, by its home page, or of the portal."""
    return f"{above}feeds.opml"


def web_app_manifest(language: str) -> str:
    """What a phone needs to put the portal on its home screen."""
    return f"{home(language)}manifest.webmanifest"


def sitemap_part(part: str) -> str:
    """One of the sitemaps that the portal's sitemap leads to."""
    return f"/sitemap-{part}.xml"


def news_sitemap(language: str) -> str:
    """The sitemap of a language's newest articles."""
    return sitemap_part(f"news-{language}")


def indexnow_key(key: str) -> str:
    """The file that proves to search engines that a key is the portal's own."""
    return f"/{key}.txt"


def cover(name: str) -> str:
    """A drawn cover."""
    return f"/covers/{name}.svg"


def share_image(name: str) -> str:
    """The picture that services show with a link to an article."""
    return f"/share/{name}.jpg"


def asset(name: str) -> str:
    """A file of the theme, under its final name."""
    return f"/assets/{name}"


def media(src: str) -> str:
    """A file of the editors' own, below `site/media/`."""
    return f"/media/{src}"


def article_at(address: str) -> ArticleId | None:
    """The article that may stand at an address; None if the address is of another form."""
    parts = address.split("/")
    return ArticleId(parts[1], parts[2]) if len(parts) == 4 and not parts[0] and not parts[3] else None


def with_slash(address: str) -> str:
    """An address as this portal writes it: pages are folders, so it ends with a slash or in the name of a file."""
    return address if address.endswith("/") or "." in address.rpartition("/")[2] else f"{address}/"


def file_of(address: str) -> str:
    """The file in the output folder that a host serves at an address."""
    path = address.removeprefix("/")
    return f"{path}index.html" if not path or path.endswith("/") else path


def address_of(file: str) -> str:
    """The address at which a host serves a file of the output folder."""
    return f"/{file.removesuffix('index.html')}"
