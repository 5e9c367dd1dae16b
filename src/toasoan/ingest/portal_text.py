"""The reader of raw page texts: says for every line where it stands on the page. Pure; no language is assumed.

A portal's page goes banner, motto, title, lede, byline, body, signature, source, comments, other articles. Any of
these may be missing; a page without a source or comment line has no foot, so that nothing of its text is lost.
"""

from __future__ import annotations

from collections.abc import Sequence

from toasoan.ingest.lines import CrawlerMark, Line, lines_of, without_crawler_mark
from toasoan.ingest.portal_body import read_body, signature_line
from toasoan.ingest.portal_foot import (
    end_of_article,
    settle_foot,
    source_at_the_end,
    without_comment_count,
)
from toasoan.ingest.portal_frame import drop_frame
from toasoan.ingest.portal_head import read_head, with_headline_as_title
from toasoan.ingest.portal_page import Fates, PortalText
from toasoan.ingest.words import Words


def read_portal_text(text: str, words: Words) -> PortalText:
    """Say what stands where in a page's raw text."""
    lines, mark = without_crawler_mark(lines_of(text))
    fates = Fates()
    lines, glued_source = source_at_the_end(lines, words)
    lines = without_comment_count(lines, words)
    _drop_empty_lines(lines, mark, fates)
    end, source_line, source = end_of_article(fates.open_ones(lines), words, fates)
    article = [line for line in fates.open_ones(lines) if line.number < end]
    remarks = settle_foot([line for line in fates.open_ones(lines) if line.number >= end], words, fates)
    source = source or glued_source
    has_banner = drop_frame(article, words, fates)
    head = read_head(fates.open_ones(article), has_banner, words, fates)
    signature = signature_line(fates.open_ones(article), source_line, words, fates)
    body = [*([head.rest] if head.rest else []), *fates.open_ones(article)]
    blocks, stems, picture_remarks = read_body(body, head, words, fates)
    blocks, head = with_headline_as_title(blocks, head, fates, begins_anywhere=mark is not None)
    return PortalText(
        fates=tuple(fates.by_number[number] for number in sorted(fates.by_number)),
        blocks=blocks,
        title=head.title,
        title_place=head.place,
        summary=head.summary,
        byline=head.byline,
        crawler_mark=mark,
        label_stems=stems,
        signature=signature,
        source=source,
        has_banner=has_banner,
        remarks=(*remarks, *picture_remarks),
    )


def _drop_empty_lines(lines: Sequence[Line], mark: CrawlerMark | None, fates: Fates) -> None:
    for line in lines:
        if not line.text:
            only_the_mark = mark is not None and line is lines[0]
            fates.drop(line, "crawler's mark" if only_the_mark else "nothing but invisible characters")
