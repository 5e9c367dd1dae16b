"""What Pelican lacks for a news portal: related articles, lists and feeds by language, a sitemap.

Languages share one space of names in Pelican, so sections and tags carry their language: "vi heritage".
"""

from __future__ import annotations

from collections import defaultdict
from email.utils import format_datetime
from typing import Any

from pelican import signals  # type: ignore[import-not-found]
from pelican.generators import Generator  # type: ignore[import-not-found]

LANGUAGES = ("vi", "en", "ru", "uk")
NEIGHBOURS = 5
IN_A_FEED = 20

View = dict[str, Any]


def _key(term: Any) -> str:
    """A section or tag without its language."""
    return str(term.name).split(" ", 1)[1]


def add_views(generator: Any) -> None:
    """Give every article what its page and its cards show, and the generators what lists show."""
    labels = generator.settings["LABELS"]
    articles = sorted(generator.articles, key=lambda article: article.date, reverse=True)
    stories, sections, authors, languages = (defaultdict(list) for _ in range(4))
    for article in articles:
        article.view = _article_view(article, labels)
        stories[article.story].append(article.view)
        sections[article.lang, _key(article.category)].append(article.view)
        authors[article.author.name].append(article.view)
        languages[article.lang].append(article.view)
    for views in stories.values():
        translations = sorted(views, key=lambda view: LANGUAGES.index(view["language"]))
        for view in views:
            view["translations"] = translations
    for article in articles:
        article.view["related"] = _others(article.view, sections[article.lang, _key(article.category)])
        article.view["same_author"] = _others(article.view, authors[article.author.name])
    generator.context["portal"] = {"languages": languages, "sections": sections, "articles": articles}
    generator.context["list_view"] = _list_views(labels)


def _article_view(article: Any, labels: Any) -> View:
    return {
        "title": article.title,
        "summary": article.metadata["summary"],
        "link": f"/{article.url}",
        "machine_date": article.date.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "rfc_date": format_datetime(article.date),
        "date": article.date.strftime("%d/%m/%Y"),
        "language": article.lang,
        "section_name": labels[article.lang]["names"][_key(article.category)],
        "section_link": f"/{article.category.url}",
        "author": article.author.name,
        "author_link": f"/{article.author.url}",
        "publisher": article.publisher,
        "source": article.source,
        "image1": article.image1,
        "caption1": article.caption1,
        "image2": article.image2,
        "caption2": article.caption2,
        "credit1": article.credit1,
        "credit2": article.credit2,
        "og_type": "article",
        "tags": [{"name": _key(tag), "link": f"/{tag.url}"} for tag in article.tags],
    }


def _others(view: View, views: list[View]) -> list[View]:
    """The newest of `views` without `view` itself."""
    return [other for other in views[: NEIGHBOURS + 1] if other is not view][:NEIGHBOURS]


def _list_views(labels: Any) -> Any:
    homes = [{"language": language, "link": f"/{language}/"} for language in LANGUAGES]

    def list_view(page: Any, paginator: Any, category: Any, tag: Any, author: Any, home_language: str | None) -> View:
        """What a page of a list shows."""
        if home_language:
            language, title, front = home_language, labels[home_language]["home"], f"/{home_language}/"
        elif category:
            language = category.name.split(" ", 1)[0]
            title, front = labels[language]["names"][_key(category)], f"/{category.url}"
        elif tag:
            language, title, front = tag.name.split(" ", 1)[0], _key(tag), f"/{tag.url}"
        else:
            language, title, front = page.object_list[0].lang, author.name, f"/{author.url}"

        def link(number: int) -> str:
            return front if number == 1 else f"{front}page/{number}/"

        number, pages = page.number, paginator.num_pages
        return {
            "language": language,
            "title": title,
            "summary": labels[language]["legal"],
            "link": link(number),
            "translations": homes,
            "og_type": "website",
            "number": number,
            "pages": pages,
            "previous": link(number - 1) if number > 1 else None,
            "next": link(number + 1) if number < pages else None,
            "articles": [article.view for article in page.object_list],
        }

    return list_view


class PortalGenerator(Generator):  # type: ignore[misc]
    """Writes the lists of whole languages, the feeds and the sitemap."""

    def generate_output(self, writer: Any) -> None:
        """Write them."""
        labels, portal = self.settings["LABELS"], self.context["portal"]
        by_language = defaultdict(list)
        for article in portal["articles"]:
            by_language[article.lang].append(article)
        for language, articles in by_language.items():
            writer.write_file(
                f"{language}/index.html", self.get_template("list"), self.context, relative_urls=False,
                paginated={"articles": articles}, template_name="list", home_language=language,
                page_name=f"{language}/index", category=None, tag=None, author=None, url=f"{language}/",
            )  # fmt: skip
        for language, views in portal["languages"].items():
            self._write_feed(writer, f"{language}/", language, labels[language]["home"], views)
        for (language, key), views in portal["sections"].items():
            title = labels[language]["names"][key]
            self._write_feed(writer, f"categories/{language}-{key}/", language, title, views)
        terms = (term for kind in ("categories", "tags", "authors") for term, _ in self.context[kind])
        entries = [article.view for article in portal["articles"]]
        entries += [{"link": f"/{term.url}"} for term in terms]
        entries += [{"link": f"/{language}/"} for language in by_language]
        writer.write_file(
            "sitemap.xml", self.get_template("sitemap"), self.context, relative_urls=False, entries=entries
        )

    def _write_feed(self, writer: Any, front: str, language: str, title: str, views: list[View]) -> None:
        view = {"title": title, "link": f"/{front}", "articles": views[:IN_A_FEED]}
        writer.write_file(
            f"{front}index.xml", self.get_template("rss"), self.context, relative_urls=False, view=view,
            labels=self.settings["LABELS"][language],
        )  # fmt: skip


def _generators(pelican: Any) -> type[PortalGenerator]:
    # A function of its own, not a lambda: blinker keeps weak references only.
    return PortalGenerator


def register() -> None:
    """Pelican calls this."""
    signals.article_generator_finalized.connect(add_views)
    signals.get_generators.connect(_generators)
