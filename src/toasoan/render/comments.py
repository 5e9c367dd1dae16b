"""Readers' comments as their page shows them: plain text of strangers into very little HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup, escape

from toasoan import routes
from toasoan.model.article import PublicationDate
from toasoan.model.comment import LONGEST_NAME, LONGEST_TEXT, Comment
from toasoan.plan import Reading
from toasoan.render.edition import Edition
from toasoan.render.views import CommentsView, CommentView
from toasoan.web_address import parts_of

ALL = "all_comments"
"""Id of the whole part. Like those of comments it has a line below, which no heading's anchor has."""

LONGEST_LINK = 500
"""Characters of an address that becomes a link; a longer one stays text."""

_PARAGRAPHS = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_ADDRESS = re.compile(r"https?://[^\s<>\"'`{}|\\^\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+", re.IGNORECASE)
_ENDS_THE_SENTENCE = ".,;:!?…。、،؟»”’)]"


def comments_view(subject: Reading, edition: Edition) -> CommentsView | None:
    """The comments on an article's page; None on a portal without comments."""
    settings, article = edition.config.settings.comments, subject.article
    if settings is None:
        return None
    count = len(subject.comments)
    return CommentsView(
        anchor=ALL,
        count_words=edition.say_counted("%(count)s comment", "%(count)s comments", count) if count else None,
        threads=tuple(_threads(subject.comments, edition)),
        are_open=article.takes_comments,
        server=settings.server,
        page=edition.site.link(routes.article(article.id)),
        longest_name=LONGEST_NAME,
        longest_text=LONGEST_TEXT,
    )


def anchor_of(number: int) -> str:
    """The id of a comment's element."""
    return f"comment_{number}"


def _threads(comments: Sequence[Comment], edition: Edition) -> Iterator[CommentView]:
    """Comments on the article, each with all that was said in answer to it, the oldest first."""
    by_number = {it.id: it for it in comments}
    answers: dict[int, list[Comment]] = {}
    for comment in comments:
        answers.setdefault(_first_of_thread(comment, by_number), []).append(comment)
    for number, thread in answers.items():
        replies = [_view(it, (), edition) for it in thread if it.id != number]
        yield _view(by_number[number], tuple(replies), edition)


def _first_of_thread(comment: Comment, by_number: Mapping[int, Comment]) -> int:
    """The comment to which one belongs: itself where what it answers is gone, or where answers go in a circle."""
    seen = {comment.id}
    first = comment
    while first.parent is not None and first.parent in by_number:
        if first.parent in seen:
            return min(seen)
        first = by_number[first.parent]
        seen.add(first.id)
    return first.id


def _view(comment: Comment, replies: tuple[CommentView, ...], edition: Edition) -> CommentView:
    when = edition.when(PublicationDate(comment.date.astimezone(edition.config.zone), has_time=True))
    assert when is not None  # noqa: S101  # a date has words
    return CommentView(anchor_of(comment.id), comment.id, comment.author, when, text_as_html(comment.text), replies)


def text_as_html(text: str) -> Markup:
    """Paragraphs, line breaks and links of http and https; all else is escaped and stays as it was written.

    Each paragraph finds its own direction, and what turns letters around ends with it.
    """
    return Markup("\n").join(
        Markup('<p dir="auto">{}</p>').format(Markup("<br>\n").join(_with_links(line) for line in part.split("\n")))
        for part in _PARAGRAPHS.split(text)
    )


def _with_links(line: str) -> Markup:
    pieces: list[Markup] = []
    at = 0
    for found in _ADDRESS.finditer(line):
        address = found[0].rstrip(_ENDS_THE_SENTENCE)
        if not _is_linked(address):
            continue
        pieces += (escape(line[at : found.start()]), _link(address))
        at = found.start() + len(address)
    return Markup("").join([*pieces, escape(line[at:])])


def _is_linked(address: str) -> bool:
    """Whether an address leads to a page, and to the one that it seems to: "https://bank.example@evil.example"."""
    parts = parts_of(address)
    return bool(parts.hostname) and "@" not in parts.netloc and len(address) <= LONGEST_LINK


def _link(address: str) -> Markup:
    return Markup('<a href="{}" rel="nofollow ugc noopener" dir="ltr">{}</a>').format(address, address)
