"""JSON-LD after schema.org: what an article's page says to machines. Only what the article has; nothing made up."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from toasoan import routes
from toasoan.content.video_hosts import hosted_video
from toasoan.model.article import Article, Correction, Translation, Video
from toasoan.model.comment import Comment
from toasoan.pictures import large_rendition, photo_address, shaped_renditions
from toasoan.plan import Reading
from toasoan.render.comments import anchor_of
from toasoan.render.edition import Edition
from toasoan.render.views import Named
from toasoan.web_address import parts_of

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
        "image": [*_photographs(article, edition), edition.share_image_of(article) or edition.share_image],
        "publisher": _portal(edition),
    }
    if videos := [_video(video, article, edition) for video in article.videos]:
        data["video"] = videos
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
    if article.corrections:
        data["correction"] = [_correction(one) for one in article.corrections]
    if article.source_url:
        data["isBasedOn"] = article.source_url
    data |= _translations(subject, edition)
    if subject.comments:
        data["commentCount"] = len(subject.comments)
        data["comment"] = [_comment(it, address) for it in subject.comments]
    return _script([data, _breadcrumbs(crumbs, edition, address)])


def _correction(correction: Correction) -> Mapping[str, Any]:
    date = {"datePublished": str(correction.date)} if correction.date else {}
    return {"@type": "CorrectionComment", "text": correction.text, **date}


def home_data(edition: Edition) -> Markup:
    """A WebSite, and the newsroom with its policies."""
    return _script(
        [
            {
                "@type": "WebSite",
                "@id": _site_id(edition),
                "url": edition.site.absolute(routes.home(edition.tag)),
                "name": edition.shell.portal,
                "inLanguage": edition.tag,
                "publisher": {"@id": _organization_id(edition)},
                **_search_action(edition),
            },
            dict(_portal(edition)) | dict(_newsroom(edition)),
        ]
    )


def _search_action(edition: Edition) -> dict[str, Any]:
    """How the portal is searched, after https://schema.org/SearchAction; nothing where it is not."""
    if not edition.config.settings.pages.search:
        return {}
    address = f"{edition.site.absolute(routes.search(edition.tag))}?q={{search_term_string}}"
    return {
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": address},
            "query-input": "required name=search_term_string",
        }
    }


def list_data(edition: Edition, address: str, name: str, articles: Sequence[str], crumbs: Sequence[Named]) -> Markup:
    """A list as CollectionPage, with the links of the articles that it shows, and its BreadcrumbList."""
    link = edition.site.absolute(address)
    page = {
        "@type": "CollectionPage",
        "@id": f"{link}#page",
        "url": link,
        "name": name,
        "inLanguage": edition.tag,
        "isPartOf": {"@id": _site_id(edition)},
        "mainEntity": {
            "@type": "ItemList",
            "numberOfItems": len(articles),
            "itemListElement": [
                {"@type": "ListItem", "position": position, "url": edition.site.origin + article}
                for position, article in enumerate(articles, start=1)
            ],
        },
    }
    return _script([page, _breadcrumbs(crumbs, edition, link)])


def page_data(edition: Edition, address: str, crumbs: Sequence[Named]) -> Markup:
    """The BreadcrumbList of a page that is neither an article nor a list of articles."""
    return _script([_breadcrumbs(crumbs, edition, edition.site.absolute(address))])


def _site_id(edition: Edition) -> str:
    return f"{edition.site.absolute(routes.home(edition.tag))}#site"


def _organization_id(edition: Edition) -> str:
    return f"{edition.site.absolute(routes.ROOT)}#portal"


POLICIES: Mapping[str, str] = {
    "publishing_principles": "publishingPrinciples",
    "corrections": "correctionsPolicy",
    "ethics": "ethicsPolicy",
    "diversity": "diversityPolicy",
    "masthead": "masthead",
    "ownership": "ownershipFundingInfo",
    "unnamed_sources": "unnamedSourcesPolicy",
    "verification": "verificationFactCheckingPolicy",
    "feedback": "actionableFeedbackPolicy",
}
"""What schema.org calls the policies of our settings."""


def _newsroom(edition: Edition) -> Iterator[tuple[str, Any]]:
    """What the settings say of the newsroom; of its policies those that are there in this language."""
    said = edition.config.settings.organization
    if said.legal_name:
        yield "legalName", said.legal_name
    if said.email:
        yield "email", said.email
    if said.same_as:
        yield "sameAs", list(said.same_as)
    there = {page.slug for page in edition.catalog.static_pages(edition.tag)}
    for name, property_ in POLICIES.items():
        slug = getattr(said.policies, name)
        if slug in there:
            yield property_, edition.site.absolute(routes.static_page(edition.tag, slug))


def _portal(edition: Edition) -> Mapping[str, Any]:
    return {
        "@type": "NewsMediaOrganization",
        "@id": _organization_id(edition),
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


def _photographs(article: Article, edition: Edition) -> Iterator[Mapping[str, Any]]:
    """ImageObjects with what readers see below them and what their files say; the first one in all shapes."""
    for number, photo in enumerate(article.photos):
        large = large_rendition(photo)
        if large is None or photo.file is None:
            continue
        said = {
            "caption": photo.caption,
            "creditText": photo.credit,
            "creator": {"@type": "Person", "name": photo.file.creator} if photo.file.creator else None,
            "copyrightNotice": photo.file.copyright,
            "license": edition.config.settings.photos.license,
        }
        for one in (large, *(shaped_renditions(photo) if number == 0 else ())):
            link = edition.site.absolute(one.address)
            image = {
                "@type": "ImageObject",
                "contentUrl": link,
                "url": link,
                "width": one.width,
                "height": one.height,
            }
            yield image | {name: value for name, value in said.items() if value}


def _video(video: Video, article: Article, edition: Edition) -> Mapping[str, Any]:
    """A VideoObject; its thumbnail is the article's picture where it has none of its own."""
    site, hosted = edition.site, hosted_video(video.src)
    poster = photo_address(video.poster, site) if video.poster else None
    own = video.src if parts_of(video.src).scheme else site.absolute(routes.media(video.src))
    said = {
        "description": video.caption or article.description,
        "thumbnailUrl": poster or next(filter(None, (photo_address(it, site) for it in article.photos)), None),
        "uploadDate": article.published.instant.isoformat() if article.published else None,
        "contentUrl": None if hosted else own,
        "embedUrl": hosted.player if hosted else None,
        "duration": f"PT{video.seconds}S" if video.seconds else None,
        "creditText": video.credit,
    }
    data = {"@type": "VideoObject", "name": video.caption or article.title}
    return data | {name: value for name, value in said.items() if value}


def _comment(comment: Comment, address: str) -> Mapping[str, Any]:
    data: dict[str, Any] = {
        "@type": "Comment",
        "@id": f"{address}#{anchor_of(comment.id)}",
        "text": comment.text,
        "dateCreated": comment.date.isoformat(),
    }
    if comment.author:
        data["author"] = {"@type": "Person", "name": comment.author}
    return data


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
