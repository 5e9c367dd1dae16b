"""An article's whole text for feed readers: nothing in it depends on the page that it was taken from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from toasoan import routes
from toasoan.content.markdown import Body, PhotoPlace, VideoPlace
from toasoan.model.article import Article, Photo, Video
from toasoan.pictures import photo_address
from toasoan.render.edition import Edition
from toasoan.routes import Site
from toasoan.web_address import parts_of
from toasoan.xml_text import xml_attribute, xml_text

_OWN_LINK = re.compile(r'(<a href=")/(?!/)')
_OWN_PART = re.compile(r'(<a href=")#')


def full_text(article: Article, body: Body, edition: Edition) -> str:
    """HTML with full addresses: corrections, the text, and around it the photographs that it does not place.

    Never nothing, for JSON Feed asks for a text: an article that has none yet is told by its description or title.
    """
    placed = {part.number for part in body.parts if isinstance(part, PhotoPlace)}
    others = [photo for number, photo in enumerate(article.photos, start=1) if number not in placed]
    text = "".join(
        (*_corrections(article, edition), *(_figure(photo, edition.site) for photo in others[:1]),
         *_parts(article, body, edition.site), *(_figure(photo, edition.site) for photo in others[1:]))
    )  # fmt: skip
    return text if text.strip() else f"<p>{xml_text(article.description or article.title)}</p>\n"


def _corrections(article: Article, edition: Edition) -> Iterator[str]:
    for one in article.corrections:
        when = edition.day(one.date)
        date = f" ({when.words})" if when else ""
        yield f"<p><strong>{xml_text(edition.say('Correction') + date)}:</strong> {xml_text(one.text)}</p>\n"


def _parts(article: Article, body: Body, site: Site) -> Iterator[str]:
    page = site.absolute(routes.article(article.id))
    for part in body.parts:
        if isinstance(part, str):
            yield _OWN_PART.sub(rf"\1{page}#", _OWN_LINK.sub(rf"\1{site.origin}/", part))
        elif isinstance(part, VideoPlace):
            yield _video(article.videos[part.number - 1], site)
        else:
            yield _figure(article.photos[part.number - 1], site)


def _video(video: Video, site: Site) -> str:
    src = video.src if parts_of(video.src).scheme else site.absolute(routes.media(video.src))
    return f"<p><a href={xml_attribute(src)}>{xml_text(video.caption or src)}</a></p>\n"


def _figure(photo: Photo, site: Site) -> str:
    words = " ".join(xml_text(text) for text in (photo.caption, photo.credit and f"({photo.credit})") if text)
    picture = ""
    if address := photo_address(photo, site):
        picture = f"<img src={xml_attribute(address)} alt={xml_attribute(photo.alt or photo.caption or '')}>"
    return f"<figure>{picture}<figcaption>{words}</figcaption></figure>\n"


def terms(article: Article, edition: Edition) -> Sequence[str]:
    """What an article is about: the name of its section, and its tags."""
    return (*((edition.section_name(article.section),) if article.section else ()), *article.tags)


def makers(article: Article, edition: Edition) -> Sequence[str]:
    """Who made an article: its authors, else its agency."""
    agency = edition.agency(article)
    return article.authors or ((agency.name,) if agency else ())
