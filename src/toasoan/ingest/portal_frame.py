"""What a portal puts around and into its articles: banner, motto, share bar, comment counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from toasoan.ingest.lines import Line
from toasoan.ingest.portal_page import Fates
from toasoan.ingest.words import Words, first_folded_word, folded_words

LONGEST_BANNER = 100
FEWEST_SECTIONS = 2
"""So many different names of sections in a row are the navigation."""

LONGEST_REST_OF_SHARE_BAR = 60
"""Of buttons in words that import doesn't know, behind the names of three networks."""

_SENTENCE_MARKS = re.compile(r"[.,;:!?、。，]")


def is_comment_count(text: str, words: Words) -> bool:
    """Whether a line is "Comment (3)", or the "(0)" that is left of it."""
    found = re.fullmatch(r"(.{1,40}?) ?\(\d{1,6}\)", text)
    return text == "(0)" or (found is not None and found[1].casefold() in words.comments)


def drop_frame(lines: Sequence[Line], words: Words, fates: Fates) -> bool:
    """Drop what the portal puts around and into the text; say whether its banner was there."""
    has_banner = bool(lines) and _is_banner(lines[0].text, words)
    if has_banner:
        fates.drop(lines[0], "banner")
        _drop_navigation_above(lines[1:], words, fates)
    for line in fates.open_ones(lines):
        if first_folded_word(line.text) in words.motto_beginnings and folded_words(line.text) in words.mottos:
            fates.drop(line, "motto")
        elif reason := frame_reason(line.text, words):
            fates.drop(line, reason)
    return has_banner


def _drop_navigation_above(lines: Sequence[Line], words: Words, fates: Fates) -> None:
    """Drop the names of sections at the top; one alone may be a title."""
    names = [*takewhile(lambda line: line.text.casefold() in words.nav, lines)]
    if len({words.nav[line.text.casefold()] for line in names}) >= FEWEST_SECTIONS:
        for line in names:
            fates.drop(line, "navigation")


def _is_banner(text: str, words: Words) -> bool:
    return len(text) <= LONGEST_BANNER and text.startswith(words.common.banner_starts)


def frame_reason(text: str, words: Words) -> str | None:
    """Why a line is the frame's wherever it stands; None if it may be the article's."""
    if is_share_bar(text, words):
        return "share bar"
    folded = text.casefold()
    if folded in words.empty_blocks:
        return "empty block"
    if folded in words.comment_prompts:
        return "comment prompt"
    return "comment count" if is_comment_count(text, words) else None


def is_list_heading(text: str, words: Words) -> bool:
    """Whether a line heads a list of other articles."""
    return text.casefold() in words.same_section or text.casefold() in words.same_author


def is_share_bar(text: str, words: Words) -> bool:
    """Whether a line has nothing but words of a share bar, glued together or not, and at least two of them.

    Behind three names of networks in a row, a few unknown words are buttons as well.
    """
    if len(text) > 200:
        return False
    rest, count = words.share_pattern.subn("", text)
    if count >= 2 and not any(character.isalnum() for character in rest):
        return True
    names = words.networks_pattern.match(text)
    buttons = text[names.end() :] if names else text
    return len(buttons) <= LONGEST_REST_OF_SHARE_BAR and names is not None and not _SENTENCE_MARKS.search(buttons)
