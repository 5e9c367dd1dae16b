"""`toasoan comments`: it fetches the approved comments, and tells what became of their files."""

from __future__ import annotations

import argparse
from collections.abc import Collection, Iterator, Mapping, Sequence

from toasoan import routes
from toasoan.config import Config, read_config
from toasoan.content.articles import read_articles
from toasoan.diagnostics import Location, Report
from toasoan.isso.database import NoDatabaseError, approved_comments
from toasoan.isso.fetched_files import by_article, keep_comments, kept_files
from toasoan.isso.server import NoAnswerError, comments_on
from toasoan.model.article import ArticleId, Status
from toasoan.model.comment import Comment
from toasoan.portal_folders import COMMENTS_FOLDER, SETTINGS_FILE
from toasoan.routes import Site
from toasoan.terminal import Terminal


def fetch_comments(options: argparse.Namespace, terminal: Terminal, report: Report) -> None:
    """Carry out the command and tell its result; mistakes stand in the report, and then no file was touched."""
    config = read_config(options.root, report)
    articles = frozenset(_published(options, config)) if config else frozenset()
    found = None if config is None else _found(options, config, articles, terminal, report)
    if config is None or found is None:
        terminal.tell(report)
        terminal.result({"comments": None}, report)
        return
    site = Site(config.settings.base_url)
    comments = {
        id_: of_article
        for id_, of_article in by_article(found, site, config.languages).items()
        if of_article and id_ in articles
    }
    have = kept_files(options.root, COMMENTS_FOLDER)
    if not comments and have:
        # An empty database is more often a wrong one than the wish of all readers.
        report.error(
            "no-comments",
            f"there is no approved comment, but {COMMENTS_FOLDER} has {_counted(len(have), 'file')}: "
            "none was touched",
            Location(COMMENTS_FOLDER),
            f"if that is right, remove the folder {COMMENTS_FOLDER}",
        )
        terminal.tell(report)
        terminal.result({"comments": None}, report)
        return
    changes = keep_comments(options.root, COMMENTS_FOLDER, comments)
    count = sum(map(len, comments.values()))
    terminal.tell(report)
    terminal.result(
        {"comments": count, "articles": len(comments), "written": changes.written, "removed": changes.removed}, report
    )
    terminal.say(
        f"{_counted(count, 'comment')} on {_counted(len(comments), 'article')}: "
        f"{_counted(len(changes.written), 'file')} written, {len(changes.removed)} removed"
    )


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _published(options: argparse.Namespace, config: Config) -> Iterator[ArticleId]:
    """What is wrong with an article is the build's to tell: one that can't be read has no page."""
    return (it.id for it in read_articles(options.root, config, Report()) if it.status is Status.PUBLISHED)


def _found(
    options: argparse.Namespace, config: Config, articles: Collection[ArticleId], terminal: Terminal, report: Report
) -> Mapping[str, Sequence[Comment]] | None:
    """The approved comments by the links of their pages; None if there is a mistake."""
    if options.database is not None:
        try:
            return approved_comments(options.database)
        except NoDatabaseError as error:
            report.error(
                "no-comments-database",
                f"no comments can be read from it: {error}",
                Location(str(options.database)),
                "name the file that stands as dbpath in the settings of Isso",
            )
            return None
    settings = config.settings.comments
    if settings is None:
        report.error(
            "no-comments-server",
            "the portal names no comments server",
            Location(SETTINGS_FILE),
            'add a table [comments] with server = "https://comments.portal.example", or name a file with --database',
        )
        return None
    site = Site(config.settings.base_url)
    links = [site.link(routes.article(id_)) for id_ in sorted(articles)]
    try:
        with terminal.progress() as progress:
            return comments_on(links, settings.server, lambda done, total: progress("comments", done, total))
    except NoAnswerError as error:
        report.error(
            "comments-server",
            f"the comments server {settings.server} can't be asked: {error}",
            Location(SETTINGS_FILE),
            "see whether it runs, and whether this machine can reach it; no file was touched",
        )
        return None
