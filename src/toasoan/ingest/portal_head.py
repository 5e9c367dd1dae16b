"""The head of a portal's page: title, lede and byline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from toasoan.ingest.bylines import Byline, byline_of, byline_within
from toasoan.ingest.lines import Fate, Line
from toasoan.ingest.photos import caption_with_credit, is_picture_residue, photo_label_of
from toasoan.ingest.portal_page import Block, Fates, Heading, Paragraph, TitlePlace
from toasoan.ingest.sentences import without_full_stop
from toasoan.ingest.text_length import reading_length
from toasoan.ingest.words import Words

BYLINE_WITHIN = 7
"""A byline stands among the first so many lines of a text's own."""

LONGEST_TITLE = 300
LONGEST_UNSURE_TITLE = 200
"""Without a byline below it, a longer line is rather a paragraph."""

LONGEST_SUMMARY = 2000


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the body."""

    title: Line | None = None
    place: TitlePlace | None = None
    summary: tuple[Line, ...] = ()
    byline: Byline | None = None
    rest: Line | None = None
    """The text behind the byline on the same line, if there is any: its number is the byline's."""


def read_head(lines: Sequence[Line], has_banner: bool, words: Words, fates: Fates) -> Head:
    """The title, lede and byline among the first lines of an article."""
    for position, line in enumerate(lines[:BYLINE_WITHIN]):
        byline, rest = byline_of(line.text), ""
        if byline is None and (within := byline_within(line.text)):
            byline, rest = within
        if byline is not None:
            glued = Line(line.number, _without_banner(byline.before, words))
            above = (*lines[:position], glued) if glued.text else lines[:position]
            head = _head_above_byline(above, byline, words, fates)
            fates.settle(line, Fate.BYLINE)
            return replace(head, rest=Line(line.number, rest)) if rest else head
    if (
        has_banner
        and lines
        and _may_be_title(lines[0], words)
        and reading_length(lines[0].text) <= LONGEST_UNSURE_TITLE
    ):
        fates.settle(lines[0], Fate.TITLE)
        return Head(lines[0], TitlePlace.BELOW_BANNER)
    return Head()


def _without_banner(text: str, words: Words) -> str:
    starts = [start for start in words.common.banner_starts if text.startswith(start)]
    return text[max(map(len, starts), default=0) :].strip()


def _head_above_byline(above: Sequence[Line], byline: Byline, words: Words, fates: Fates) -> Head:
    """The first line above a byline is the title, the others are the lede; photos stay with the body."""
    own = [line for line in above if not is_about_a_photo(line.text, words)]
    title = own[0] if own and _may_be_title(own[0], words) else None
    summary = tuple(line for line in own if line is not title and reading_length(line.text) <= LONGEST_SUMMARY)
    if title:
        fates.settle(title, Fate.TITLE)
    for line in summary:
        fates.settle(line, Fate.SUMMARY)
    return Head(title, TitlePlace.ABOVE_BYLINE if title else None, summary, byline)


def _may_be_title(line: Line, words: Words) -> bool:
    return (
        reading_length(line.text) <= LONGEST_TITLE
        and any(character.isalpha() for character in line.text)
        and not is_about_a_photo(line.text, words)
    )


def is_about_a_photo(text: str, words: Words) -> bool:
    """Whether a line is a label, caption or rest of a picture."""
    label = photo_label_of(text, words)
    return (
        (label is not None and label.is_set_off)
        or is_picture_residue(text)
        or caption_with_credit(text, words) is not None
    )


def with_headline_as_title(
    blocks: tuple[Block, ...], head: Head, fates: Fates, *, begins_anywhere: bool
) -> tuple[tuple[Block, ...], Head]:
    """On a page without a title, a heading above all text is the nearest thing to one.

    An agency's page that a crawler cut out begins anywhere in the text: there a sentence is no headline.
    """
    if head.title is not None or not blocks or not isinstance(blocks[0], Heading):
        return blocks, head
    title = blocks[0].line
    if begins_anywhere and without_full_stop(title.text) != title.text:
        fates.settle(title, Fate.PARAGRAPH)
        return (Paragraph(title), *blocks[1:]), head
    fates.settle(title, Fate.TITLE)
    return blocks[1:], Head(title, TitlePlace.ABOVE_TEXT, head.summary, head.byline)
