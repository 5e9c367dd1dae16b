"""The reader of raw page texts: says for every line where it stands on the page. Pure; no language is assumed.

A portal's page goes banner, motto, title, lede, byline, body, signature, source, comments, other articles. Any of
these may be missing; a page without a source or comment line has no foot, so that nothing of its text is lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from toasoan.ingest.bylines import Byline, byline_of
from toasoan.ingest.headings import is_heading, usual_length
from toasoan.ingest.lines import CrawlerMark, Fate, Line, LineFate, lines_of, without_crawler_mark
from toasoan.ingest.photos import (
    caption_with_credit,
    is_picture_residue,
    photo_label_of,
    said_once,
    without_residue,
)
from toasoan.ingest.sentences import is_single_sentence
from toasoan.ingest.sources import SourceLine, source_line_of
from toasoan.ingest.words import Words, folded_words

BYLINE_WITHIN = 7
"""A byline stands among the first so many lines of a text's own."""

LONGEST_TITLE = 300
LONGEST_UNSURE_TITLE = 200
"""Without a byline below it, a longer line is rather a paragraph."""

LONGEST_SUMMARY = 2000
LONGEST_BANNER = 100
LONGEST_UNCREDITED_CAPTION = 250
SHORTER_THAN_A_PARAGRAPH = 0.75
"""A caption without a credit has at most this part of the text's usual paragraph."""

RUNNING_TEXT = 150
"""A line of more characters is running text, not a headline or a piece of the frame."""

LONGEST_HEADLINE = 220
"""A line of more characters is no headline of another article."""

MOST_SOURCE_LINES = 20
"""A page names its original once or twice; more such lines are somebody's joke, and cost time."""


class TitlePlace(StrEnum):
    """Where a title stood; only the first place leaves no doubt."""

    ABOVE_BYLINE = "above the byline"
    BELOW_BANNER = "the line below the portal's banner"
    ABOVE_TEXT = "the first line, which stands above the text like a headline"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of running text."""

    line: Line


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that heads the ones below it."""

    line: Line


@dataclass(frozen=True, slots=True)
class PhotoBlock:
    """A photo's place, caption and credit."""

    caption: str | None
    credit: str | None
    line: Line


Block = Paragraph | Heading | PhotoBlock


@dataclass(frozen=True, slots=True)
class PortalText:
    """What stands where in a raw text."""

    fates: tuple[LineFate, ...]
    """One for each line that isn't blank, in the order of the text."""

    blocks: tuple[Block, ...] = ()
    title: Line | None = None
    title_place: TitlePlace | None = None
    summary: tuple[Line, ...] = ()
    byline: Byline | None = None
    crawler_mark: CrawlerMark | None = None
    label_stems: tuple[str, ...] = ()
    """What photo labels have before "Ảnh 1."."""

    signature: Line | None = None
    """The short line just before the source line."""

    source: SourceLine | None = None
    has_banner: bool = False
    remarks: tuple[str, ...] = ()
    """Sentences for a person about lines that a rule may have misread."""

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The running text, without headings and photos."""
        return tuple(block.line.text for block in self.blocks if isinstance(block, Paragraph))

    @property
    def own_text(self) -> str:
        """All that is the article's, for telling its language."""
        title = [self.title.text] if self.title else []
        summary = [line.text for line in self.summary]
        blocks = [block.caption or "" if isinstance(block, PhotoBlock) else block.line.text for block in self.blocks]
        return "\n".join([*title, *summary, *blocks])


@dataclass(slots=True)
class _Fates:
    """Collects what each line became while the page is read."""

    by_number: dict[int, LineFate] = field(default_factory=dict)

    def settle(self, line: Line, fate: Fate, reason: str | None = None) -> None:
        self.by_number[line.number] = LineFate(line.number, fate, reason)

    def drop(self, line: Line, reason: str) -> None:
        self.settle(line, Fate.DROPPED, reason)

    def open_ones(self, lines: Sequence[Line]) -> list[Line]:
        return [line for line in lines if line.number not in self.by_number]


def read_portal_text(text: str, words: Words) -> PortalText:
    """Say what stands where in a page's raw text."""
    lines, mark = without_crawler_mark(lines_of(text))
    fates = _Fates()
    _drop_empty_lines(lines, mark, fates)
    end, source_line, source = _end_of_article(fates.open_ones(lines), words, fates)
    article = [line for line in fates.open_ones(lines) if line.number < end]
    remarks = _settle_foot([line for line in fates.open_ones(lines) if line.number >= end], words, fates)
    has_banner = _drop_frame(article, words, fates)
    head = _read_head(fates.open_ones(article), has_banner, words, fates)
    signature = _signature(fates.open_ones(article), source_line, words, fates)
    blocks, stems, picture_remarks = _read_body(fates.open_ones(article), head, words, fates)
    blocks, head = _with_headline_as_title(blocks, head, fates)
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


def _drop_empty_lines(lines: Sequence[Line], mark: CrawlerMark | None, fates: _Fates) -> None:
    for line in lines:
        if not line.text:
            only_the_mark = mark is not None and line is lines[0]
            fates.drop(line, "crawler's mark" if only_the_mark else "nothing but invisible characters")


# --- where the article ends -------------------------------------------------------------------------------------


def _end_of_article(
    lines: Sequence[Line], words: Words, fates: _Fates
) -> tuple[float, Line | None, SourceLine | None]:
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
        if said.url is None and not _is_tail(rest, words):
            continue  # the word alone may head a paragraph
        _settle_source(line, said, fates)
        if not any(len(other.text) > LONGEST_HEADLINE for other in rest):
            return line.number, line, said
        return end, None, said
    return end, None, None


def _settle_source(line: Line, said: SourceLine, fates: _Fates) -> None:
    if said.url is None:
        fates.drop(line, "the word for the source, without an address")
    else:
        fates.settle(line, Fate.SOURCE)


def _ends_the_text(comment: Line, lines: Sequence[Line]) -> bool:
    """Whether more running text stands before the comment line than after it: some pages have one at the top."""
    running = [line for line in lines if len(line.text) > RUNNING_TEXT]
    before = sum(len(line.text) for line in running if line.number < comment.number)
    return before >= sum(len(line.text) for line in running if line.number > comment.number)


def _is_tail(rest: Sequence[Line], words: Words) -> bool:
    """Whether nothing follows, or the frame does."""
    return not rest or _is_list_heading(rest[0].text, words) or _frame_reason(rest[0].text, words) is not None


def is_comment_count(text: str, words: Words) -> bool:
    """Whether a line is "Comment (3)", or the "(0)" that is left of it."""
    found = re.fullmatch(r"(.{1,40}?) ?\(\d{1,6}\)", text)
    return text == "(0)" or (found is not None and found[1].casefold() in words.comments)


# --- the frame around the article -------------------------------------------------------------------------------


def _drop_frame(lines: Sequence[Line], words: Words, fates: _Fates) -> bool:
    """Drop what the portal puts around and into the text; say whether its banner was there."""
    has_banner = bool(lines) and _is_banner(lines[0].text, words)
    if has_banner:
        fates.drop(lines[0], "banner")
    for line in fates.open_ones(lines):
        if folded_words(line.text) in words.mottos:
            fates.drop(line, "motto")
        elif reason := _frame_reason(line.text, words):
            fates.drop(line, reason)
    return has_banner


def _is_banner(text: str, words: Words) -> bool:
    return len(text) <= LONGEST_BANNER and text.startswith(words.common.banner_starts)


def _frame_reason(text: str, words: Words) -> str | None:
    """Why a line is the frame's wherever it stands; None if it may be the article's."""
    if is_share_bar(text, words):
        return "share bar"
    folded = text.casefold()
    if folded in words.empty_blocks:
        return "empty block"
    if folded in words.comment_prompts:
        return "comment prompt"
    return "comment count" if is_comment_count(text, words) else None


def _is_list_heading(text: str, words: Words) -> bool:
    """Whether a line heads a list of other articles."""
    return text.casefold() in words.same_section or text.casefold() in words.same_author


def is_share_bar(text: str, words: Words) -> bool:
    """Whether a line has nothing but words of a share bar, glued together or not, and at least two of them."""
    if len(text) > 200:
        return False
    rest, count = words.share_pattern.subn("", text)
    return count >= 2 and not any(character.isalnum() for character in rest)


def _settle_foot(lines: Sequence[Line], words: Words, fates: _Fates) -> tuple[str, ...]:
    """Give each line below the article its reason; remark on those that read like a text."""
    remarks = []
    after_nav = False
    for line in lines:
        reason = _foot_reason(line.text, words, after_nav)
        after_nav = reason == "navigation" or (after_nav and reason != "list heading")
        fates.drop(line, reason)
        if len(line.text) > LONGEST_HEADLINE:
            remarks.append(f"line {line.number} stands below the article but reads like a paragraph of it")
    return tuple(remarks)


def _foot_reason(text: str, words: Words, after_nav: bool) -> str:
    folded = text.casefold()
    if is_comment_count(text, words):
        return "comment count"
    if source := source_line_of(text, words):
        return "source, once more" if source.url else "the word for the source, without an address"
    if _is_list_heading(text, words):
        return "list heading"
    if folded in words.nav:
        return "navigation"
    return _frame_reason(text, words) or ("video headline" if after_nav else "headline of another article")


# --- title, lede and byline -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Head:
    title: Line | None = None
    place: TitlePlace | None = None
    summary: tuple[Line, ...] = ()
    byline: Byline | None = None


def _read_head(lines: Sequence[Line], has_banner: bool, words: Words, fates: _Fates) -> _Head:
    for position, line in enumerate(lines[:BYLINE_WITHIN]):
        byline = byline_of(line.text)
        if byline is not None:
            fates.settle(line, Fate.BYLINE)
            return _head_above_byline(lines[:position], byline, words, fates)
    if has_banner and lines and _may_be_title(lines[0], words) and len(lines[0].text) <= LONGEST_UNSURE_TITLE:
        fates.settle(lines[0], Fate.TITLE)
        return _Head(lines[0], TitlePlace.BELOW_BANNER)
    return _Head()


def _head_above_byline(above: Sequence[Line], byline: Byline, words: Words, fates: _Fates) -> _Head:
    """The first line above a byline is the title, the others are the lede; photos stay with the body."""
    own = [line for line in above if not _is_about_a_photo(line.text, words)]
    title = own[0] if own and _may_be_title(own[0], words) else None
    summary = tuple(line for line in own if line is not title and len(line.text) <= LONGEST_SUMMARY)
    if title:
        fates.settle(title, Fate.TITLE)
    for line in summary:
        fates.settle(line, Fate.SUMMARY)
    return _Head(title, TitlePlace.ABOVE_BYLINE if title else None, summary, byline)


def _may_be_title(line: Line, words: Words) -> bool:
    return (
        len(line.text) <= LONGEST_TITLE
        and any(character.isalpha() for character in line.text)
        and not _is_about_a_photo(line.text, words)
    )


def _is_about_a_photo(text: str, words: Words) -> bool:
    label = photo_label_of(text, words)
    return (
        (label is not None and label.is_set_off)
        or is_picture_residue(text)
        or caption_with_credit(text, words) is not None
    )


def _with_headline_as_title(blocks: tuple[Block, ...], head: _Head, fates: _Fates) -> tuple[tuple[Block, ...], _Head]:
    """On a page without a title, a heading above all text is the nearest thing to one."""
    if head.title is not None or not blocks or not isinstance(blocks[0], Heading):
        return blocks, head
    title = blocks[0].line
    fates.settle(title, Fate.TITLE)
    return blocks[1:], _Head(title, TitlePlace.ABOVE_TEXT, head.summary, head.byline)


# --- signature and body -----------------------------------------------------------------------------------------


def _signature(lines: Sequence[Line], source: Line | None, words: Words, fates: _Fates) -> Line | None:
    """The last line before the source line, if it is as short as a name: who it names is judged later."""
    if source is None or not lines or len(lines) < 2:
        return None
    last = lines[-1]
    if not is_signature(last.text) or _is_about_a_photo(last.text, words):
        return None
    fates.settle(last, Fate.AUTHOR)
    return last


def is_signature(text: str) -> bool:
    """Whether a line can be a signature: at most five words of letters, perhaps in brackets."""
    bare = text[1:-1] if text.startswith("(") and text.endswith(")") else text
    parts = bare.split()
    return 0 < len(parts) <= 5 and len(bare) <= 50 and all(_is_name_part(part) for part in parts)


def _is_name_part(part: str) -> bool:
    """A word that a name may have: letters, and a capital where the script has capitals."""
    letters = part.replace("-", "").replace("'", "").replace("’", "").replace("ʼ", "").replace("/", "")
    return letters.isalpha() and not part[0].islower()


@dataclass(slots=True)
class _Body:
    """The body as far as it is read."""

    blocks: list[Block] = field(default_factory=list)
    stems: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    label_waits: bool = False
    """Whether the line before was a photo label, so that this one may be its caption."""


def _read_body(
    lines: Sequence[Line], head: _Head, words: Words, fates: _Fates
) -> tuple[tuple[Block, ...], tuple[str, ...], tuple[str, ...]]:
    body = _Body()
    is_label = _label_judge(lines, head, words)
    usual = usual_length([line.text for line in lines])
    for line in lines:
        if is_picture_residue(line.text):
            fates.drop(line, "rest of a lost picture")
            body.remarks += [f"line {line.number} names a picture, which was left out"] * ("](http" in line.text)
            body.label_waits = True
        elif is_label(line.text):
            label = photo_label_of(line.text, words)
            body.stems += [label.stem] if label and label.stem else []
            fates.drop(line, "photo label")
            body.label_waits = True
        elif _repeats_caption(line, body):
            fates.drop(line, "caption printed twice")
        elif photo := _photo_of(line, head, body.label_waits, usual, words):
            _add_photo(photo, body, fates)
        else:
            body.blocks.append(Paragraph(Line(line.number, without_residue(line.text))))
            fates.settle(line, Fate.PARAGRAPH)
            body.label_waits = False
    return _with_headings(body.blocks, words, fates), tuple(body.stems), tuple(body.remarks)


def _label_judge(lines: Sequence[Line], head: _Head, words: Words) -> Callable[[str], bool]:
    """What tells photo labels: a number set off from its text, or text that repeats the title or another label."""
    labels = [label for line in lines if (label := photo_label_of(line.text, words))]
    stems: Mapping[str, int] = _counted([folded_words(label.stem) for label in labels if label.stem])
    title = folded_words(head.title.text) if head.title else None

    def is_label(text: str) -> bool:
        folded = folded_words(text)
        if folded and (folded == title or (folded in stems and len(folded) > 20)):
            return True
        label = photo_label_of(text, words)
        if label is None:
            return False
        stem = folded_words(label.stem)
        return label.is_set_off or stem == title or stems.get(stem, 0) > 1

    return is_label


def _counted(items: Sequence[str]) -> Mapping[str, int]:
    counts: dict[str, int] = {}
    for item in items:
        counts[item] = counts.get(item, 0) + 1
    return counts


def _photo_of(line: Line, head: _Head, label_waits: bool, usual: float, words: Words) -> PhotoBlock | None:
    """The photo of a caption line: known by its credit, or by the label before it."""
    text = without_residue(line.text)
    caption = caption_with_credit(text, words)
    if caption is not None:
        return PhotoBlock(_bare_caption(caption.text, head), caption.credit, line)
    longest = min(LONGEST_UNCREDITED_CAPTION, max(SHORTER_THAN_A_PARAGRAPH * usual, RUNNING_TEXT))
    if label_waits and len(text) <= longest and is_single_sentence(text, words.abbreviations):
        return PhotoBlock(_bare_caption(text, head), None, line)
    return None


def _bare_caption(caption: str | None, head: _Head) -> str | None:
    """A caption, once, and without the page's title glued in front of it."""
    if caption is None or head.title is None or not caption.startswith(head.title.text):
        return caption and said_once(caption)
    return said_once(caption[len(head.title.text) :].lstrip(" -–—.:|")) or None


def _add_photo(photo: PhotoBlock, body: _Body, fates: _Fates) -> None:
    before = body.blocks[-1] if body.blocks else None
    fates.settle(photo.line, Fate.CAPTION)
    if isinstance(before, PhotoBlock) and photo.caption is None and before.credit is None and not body.label_waits:
        body.blocks[-1] = PhotoBlock(before.caption, photo.credit, before.line)
    elif isinstance(before, PhotoBlock) and _same_photo(before, photo):
        fates.drop(photo.line, "caption printed twice")
        body.blocks[-1] = PhotoBlock(before.caption, before.credit or photo.credit, before.line)
    else:
        body.blocks.append(photo)
    body.label_waits = False


def _repeats_caption(line: Line, body: _Body) -> bool:
    before = body.blocks[-1] if body.blocks else None
    return isinstance(before, PhotoBlock) and before.caption == without_residue(line.text)


def _same_photo(one: PhotoBlock, other: PhotoBlock) -> bool:
    same_credit = one.credit is None or other.credit is None or one.credit == other.credit
    return one.caption is not None and one.caption == other.caption and same_credit


def _with_headings(blocks: Sequence[Block], words: Words, fates: _Fates) -> tuple[Block, ...]:
    usual = usual_length([block.line.text for block in blocks if isinstance(block, Paragraph)])
    found: list[Block] = []
    following: str | None = None
    for block in reversed(blocks):
        if isinstance(block, Paragraph):
            text = block.line.text
            if is_heading(text, following, usual, words):
                fates.settle(block.line, Fate.HEADING)
                block = Heading(block.line)
            following = text
        found.append(block)
    return tuple(reversed(found))
