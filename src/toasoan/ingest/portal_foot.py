"""Where an article ends on a portal's page, and what stands below it: comments, other articles, navigation."""

from __future__ import annotations

import re
from collections.abc import Sequence

from toasoan.ingest.lines import Fate, Line
from toasoan.ingest.portal_frame import frame_reason, is_comment_count, is_list_heading
from toasoan.ingest.portal_page import RUNNING_TEXT, Fates
from toasoan.ingest.sentences import is_single_sentence
from toasoan.ingest.sources import LONGEST_ADDRESS, SourceLine, source_line_of
from toasoan.ingest.text_length import reading_length
from toasoan.ingest.words import Words

FEW_HEADLINES = 4

_ADDRESS_AT_THE_END = re.compile(r"(?P<word>(?:\S{1,20} ){1,4})(?P<address>https?://\S+)(?: (?P<rest>.{1,60}))?$")

_COUNT_AT_THE_END = re.compile(r"(?<=[.!?…»”\"'।。۔។/] )(?:\S{1,20} ){1,3}\(\d{1,6}\)$")
"""Only behind the end of a sentence, since a sentence may speak of comments too."""

LONGEST_HEADLINE = 220
"""A line of more characters is no headline of another article."""

MOST_SOURCE_LINES = 20
"""A page names its original once or twice; more such lines are somebody's joke, and cost time."""


def end_of_article(lines: Sequence[Line], words: Words, fates: Fates) -> tuple[float, Line | None, SourceLine | None]:
    """The number of the first line that is no longer the article's, with the source line and what it says."""
    end = float("inf")
    comment = next((line for line in lines if is_comment_count(line.text, words)), None)
    if comment is not None:
        if _ends_the_text(comment, lines):
            end = comment.number
        else:
            fates.drop(comment, "comment count")
    before = [line for line in lines if line.number < end]
    named = [(line, said) for line in before if (said := source_line_of(line.text, words))]
    for line, said in reversed(named[-MOST_SOURCE_LINES:]):
        rest = [other for other in before if other.number > line.number]
        if said.url is None and not (_is_tail(rest, words) or _are_headlines(rest, comment, before)):
            continue  # the word alone may head a paragraph
        _settle_source(line, said, fates)
        if not any(reading_length(other.text) > LONGEST_HEADLINE for other in rest):
            return line.number, line, said
        return end, None, said
    return end, None, None


def _settle_source(line: Line, said: SourceLine, fates: Fates) -> None:
    if said.url is None:
        fates.drop(line, "the word for the source, without an address")
    else:
        fates.settle(line, Fate.SOURCE)


def _ends_the_text(comment: Line, lines: Sequence[Line]) -> bool:
    """Whether more running text stands before the comment line than after it: some pages have one at the top."""
    running = [line for line in lines if reading_length(line.text) > RUNNING_TEXT]
    before = sum(reading_length(line.text) for line in running if line.number < comment.number)
    return before >= sum(reading_length(line.text) for line in running if line.number > comment.number)


def _is_tail(rest: Sequence[Line], words: Words) -> bool:
    """Whether nothing follows, or the frame does."""
    return not rest or is_list_heading(rest[0].text, words) or frame_reason(rest[0].text, words) is not None


def _are_headlines(rest: Sequence[Line], comment: Line | None, before: Sequence[Line]) -> bool:
    """Whether a few headlines are all that stands between the source and the comments.

    Far fewer than the lines above, and one sentence each: else the word may head the last part of the text.
    """
    return (
        comment is not None
        and rest[-1].number < comment.number
        and len(rest) <= FEW_HEADLINES
        and 2 * len(rest) < len(before)
        and all(reading_length(line.text) <= RUNNING_TEXT and is_single_sentence(line.text, ()) for line in rest)
    )


def source_at_the_end(lines: Sequence[Line], words: Words) -> tuple[tuple[Line, ...], SourceLine | None]:
    """The lines without a source that is glued to the last of them, and what that source says.

    So it is where a whole page stands on few lines; a comment count may follow.
    """
    if not lines:
        return (), None
    *before, last = lines
    found = _ADDRESS_AT_THE_END.search(last.text, max(0, len(last.text) - LONGEST_ADDRESS))
    if found is None or (found["rest"] and not is_comment_count(found["rest"], words)):
        return tuple(lines), None
    for word in re.finditer(r"(?<= )\S", found["word"]):
        said = source_line_of(found["word"][word.start() :] + found["address"], words)
        if said and said.url:
            text = last.text[: found.start() + word.start()].rstrip()
            return (*before, Line(last.number, text)), said
    return tuple(lines), None


def without_comment_count(lines: Sequence[Line], words: Words) -> tuple[Line, ...]:
    """The lines without a comment count that is glued to the last of them."""
    if not lines:
        return ()
    *before, last = lines
    found = _COUNT_AT_THE_END.search(last.text, max(0, len(last.text) - LONGEST_HEADLINE))
    if found is None or not is_comment_count(found[0], words):
        return tuple(lines)
    return (*before, Line(last.number, last.text[: found.start()].rstrip()))


def settle_foot(lines: Sequence[Line], words: Words, fates: Fates) -> tuple[str, ...]:
    """Give each line below the article its reason; remark on those that read like a text."""
    remarks = []
    after_nav = False
    for line in lines:
        reason = _foot_reason(line.text, words, after_nav)
        after_nav = reason == "navigation" or (after_nav and reason != "list heading")
        fates.drop(line, reason)
        if reading_length(line.text) > LONGEST_HEADLINE:
            remarks.append(f"line {line.number} stands below the article but reads like a paragraph of it")
    return tuple(remarks)


def _foot_reason(text: str, words: Words, after_nav: bool) -> str:
    folded = text.casefold()
    if is_comment_count(text, words):
        return "comment count"
    if source := source_line_of(text, words):
        return "source, once more" if source.url else "the word for the source, without an address"
    if is_list_heading(text, words):
        return "list heading"
    if folded in words.nav:
        return "navigation"
    return frame_reason(text, words) or ("video headline" if after_nav else "headline of another article")
