"""JSON-LD after schema.org: what an article's page says to machines. Only what the article has; nothing made up."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from toasoan import routes
from toasoan.model.article import Article, Translation
from toasoan.plan import Reading
from toasoan.render.edition import Edition
from toasoan.render.views import Named

TOUCH_ICON = 180
"""Width and height of the theme's touch icon in pixels."""


def article_data(subject: Reading, edition: Edition, description: str, crumbs: Sequence[Named]) -> Markup:
    """A NewsArticle with its BreadcrumbList."""
    article = subject.article
    address = edition.site.absolute(routes.article(article.id))
    data: dict[str, Any] = {
        "@type": "NewsArticle",
        "@id": f"{address}#article",
        "mainEntityOfPage": address,
        "headline": article.title,
        "description": description,
        "inLanguage": article.language,
        "image": [edition.share_image_of(article) or edition.share_image],
        "publisher": _portal(edition),
    }
    if article.published:
        data["datePublished"] = str(article.published)
    if article.updated or article.published:
        data["dateModified"] = str(article.updated or article.published)
    if article.section:
        data["articleSection"] = edition.section_name(article.section)
    if article.tags:
        data["keywords"] = list(article.tags)
    if people := [_maker("Person", edition.author(article, name), edition) for name in article.authors]:
        data["author"] = people
    elif agency := edition.agency(article):
        data["author"] = [_maker("Organization", agency, edition)]
    if article.source_url:
        data["isBasedOn"] = article.source_url
    data |= _translations(subject, edition)
    return _script([data, _breadcrumbs(crumbs, edition, address)])


def home_data(edition: Edition) -> Markup:
    """A WebSite."""
    return _script(
        [
            {
                "@type": "WebSite",
                "@id": f"{edition.site.absolute(routes.home(edition.tag))}#site",
                "url": edition.site.absolute(routes.home(edition.tag)),
                "name": edition.shell.portal,
                "inLanguage": edition.tag,
                "publisher": _portal(edition),
            }
        ]
    )


def list_data(edition: Edition, address: str, crumbs: Sequence[Named]) -> Markup:
    """The BreadcrumbList of a list or a static page."""
    return _script([_breadcrumbs(crumbs, edition, edition.site.absolute(address))])


def _portal(edition: Edition) -> Mapping[str, Any]:
    return {
        "@type": "NewsMediaOrganization",
        "@id": f"{edition.site.absolute(routes.ROOT)}#portal",
        "name": edition.shell.portal,
        "url": edition.site.absolute(routes.ROOT),
        "logo": {
            "@type": "ImageObject",
            "contentUrl": edition.site.origin + edition.shell.touch_icon,
            "url": edition.site.origin + edition.shell.touch_icon,
            "width": TOUCH_ICON,
            "height": TOUCH_ICON,
        },
    }


def _translations(subject: Reading, edition: Edition) -> Mapping[str, Any]:
    article = subject.article
    others = [version for version in subject.versions if version.id != article.id]
    originals = [v for v in others if v.translation is Translation.ORIGINAL]
    if article.translation is Translation.ORIGINAL:
        works = [_work(version, edition) for version in others if version.translation is not None]
        return {"workTranslation": works} if works else {}
    if originals:
        return {"translationOfWork": _work(originals[0], edition)}
    return {}


def _work(article: Article, edition: Edition) -> Mapping[str, Any]:
    address = edition.site.absolute(routes.article(article.id))
    work = {
        "@type": "NewsArticle",
        "@id": f"{address}#article",
        "url": address,
        "headline": article.title,
        "inLanguage": article.language,
    }
    return work | ({"datePublished": str(article.published)} if article.published else {})


def _maker(kind: str, maker: Named, edition: Edition) -> Mapping[str, Any]:
    link = {"url": edition.site.origin + maker.link} if maker.link else {}
    return {"@type": kind, "name": maker.name, **link}


def _breadcrumbs(crumbs: Sequence[Named], edition: Edition, address: str) -> Mapping[str, Any]:
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": crumb.name,
                "item": edition.site.origin + crumb.link if crumb.link else address,
            }
            for position, crumb in enumerate(crumbs, start=1)
        ],
    }


def _script(graph: Sequence[Mapping[str, Any]]) -> Markup:
    """JSON that can stand in a script element whatever the texts hold."""
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))  # noqa: S704
