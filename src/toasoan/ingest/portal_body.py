"""The body of a portal's page: paragraphs, headings, photos with their captions, and the signature below them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from toasoan.ingest.headings import has_full_stop, is_heading, usual_length
from toasoan.ingest.lines import Fate, Line
from toasoan.ingest.photos import (
    caption_with_credit,
    is_picture_residue,
    photo_label_of,
    said_once,
    without_residue,
)
from toasoan.ingest.portal_head import Head, is_about_a_photo
from toasoan.ingest.portal_page import RUNNING_TEXT, Block, Fates, Heading, Paragraph, PhotoBlock
from toasoan.ingest.sentences import is_single_sentence
from toasoan.ingest.text_length import reading_length
from toasoan.ingest.words import Words, first_folded_word, folded_words

LONGEST_UNCREDITED_CAPTION = 250
_NAME_AND_AGENCY = re.compile(r"([^()]{2,50}) \(([^()]{2,30})\)")
LONGEST_SIGNATURE = 250
"""Of a name, an agency and the words around them. To look for words around a name in a long text takes long."""

LONGEST_BELOW_A_FILE_NAME = 100
"""A file name may be all that is left of picture and caption, so that the line below it is a paragraph."""

SHORTER_THAN_A_PARAGRAPH = 0.75
"""A caption without a credit has at most this part of the text's usual paragraph."""


def signature_line(lines: Sequence[Line], source: Line | None, words: Words, fates: Fates) -> Line | None:
    """The last line before the source line, if it is as short as a name: who it names is judged later."""
    if source is None or not lines or len(lines) < 2:
        return None
    last = lines[-1]
    if len(last.text) > LONGEST_SIGNATURE:
        return None
    name = _without_signature_end(_without_signature_start(last.text, words), words)
    if not is_signature(name) or is_about_a_photo(name, words):
        return None
    fates.settle(last, Fate.AUTHOR)
    return Line(last.number, without_agency(name, words))


def _without_signature_start(text: str, words: Words) -> str:
    before, colon, name = text.partition(":")
    if colon and before.strip().casefold() in words.signature_starts:
        return name.strip()
    parts = text.split()
    for count in range(len(parts) - 1, 1, -1):
        if " ".join(parts[:count]).casefold() in words.signature_starts:
            return " ".join(parts[count:])
    return text


def _without_signature_end(text: str, words: Words) -> str:
    parts = text.split()
    for count in range(1, len(parts)):
        if " ".join(parts[count:]).casefold() in words.signature_ends:
            return " ".join(parts[:count])
    return text


def without_agency(signature: str, words: Words) -> str:
    """The name in a signature such as "An Binh (VNA)"; an agency alone stays."""
    found = _NAME_AND_AGENCY.fullmatch(signature)
    return found[1] if found and not words.agencies.isdisjoint(folded_words(found[2]).split()) else signature


def is_signature(text: str) -> bool:
    """Whether a line can be a signature: at most five words of letters, perhaps in brackets."""
    named = _NAME_AND_AGENCY.fullmatch(text)
    bare = named[1] if named else text[1:-1] if text.startswith("(") and text.endswith(")") else text
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
    longest_caption: float = 0.0
    """Below a photo label or the rest of a picture, how long a line may be to be its caption; 0 elsewhere."""


def read_body(
    lines: Sequence[Line], head: Head, words: Words, fates: Fates
) -> tuple[tuple[Block, ...], tuple[str, ...], tuple[str, ...]]:
    """The blocks of the body, the stems of photo labels, and remarks for a person."""
    body = _Body()
    is_label = _label_judge(lines, head, words)
    usual = usual_length([line.text for line in lines])
    longest_caption = min(LONGEST_UNCREDITED_CAPTION, max(SHORTER_THAN_A_PARAGRAPH * usual, RUNNING_TEXT))
    for line in lines:
        if is_picture_residue(line.text):
            fates.drop(line, "rest of a lost picture")
            body.remarks += [f"line {line.number} names a picture, which was left out"] * ("](http" in line.text)
            body.longest_caption = body.longest_caption or LONGEST_BELOW_A_FILE_NAME
        elif is_label(line.text):
            label = photo_label_of(line.text, words)
            body.stems += [label.stem] if label and label.stem else []
            fates.drop(line, "photo label")
            body.longest_caption = longest_caption
        elif _repeats_caption(line, body):
            fates.drop(line, "caption printed twice")
        elif photo := _photo_of(line, head, body.longest_caption or (_is_cell(line) and longest_caption), words):
            _add_photo(photo, body, fates)
        else:
            body.blocks.append(Paragraph(Line(line.number, without_residue(line.text))))
            fates.settle(line, Fate.PARAGRAPH)
            body.longest_caption = 0.0
    return _with_headings(body.blocks, words, fates), tuple(body.stems), tuple(body.remarks)


def _label_judge(lines: Sequence[Line], head: Head, words: Words) -> Callable[[str], bool]:
    """What tells photo labels: a number set off from its text, or text that repeats the title or another label."""
    labels = [label for line in lines if (label := photo_label_of(line.text, words))]
    stems: Mapping[str, int] = _counted([folded_words(label.stem) for label in labels if label.stem])
    title = folded_words(head.title.text) if head.title else None
    beginnings = {first_folded_word(text) for text in (*stems, *([title] if title else ()))}

    def is_label(text: str) -> bool:
        folded = folded_words(text) if first_folded_word(text) in beginnings else ""
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


def _photo_of(line: Line, head: Head, longest: float, words: Words) -> PhotoBlock | None:
    """The photo of a caption line: known by its credit; or, if it has at most this length, by what is beside it."""
    text = without_residue(line.text)
    caption = caption_with_credit(text, words)
    if caption is not None:
        return PhotoBlock(_bare_caption(caption.text, head), caption.credit, line)
    if 0 < reading_length(text) <= longest and is_single_sentence(text, words.abbreviations):
        return PhotoBlock(_bare_caption(text, head), None, line)
    return None


def _is_cell(line: Line) -> bool:
    """Whether a line is one cell of a table."""
    return line.text.startswith("|") and without_residue(line.text) != line.text


def _bare_caption(caption: str | None, head: Head) -> str | None:
    """A caption, once, and without the page's title glued in front of it."""
    if caption is None or head.title is None or not caption.startswith(head.title.text):
        return caption and said_once(caption)
    return said_once(caption[len(head.title.text) :].lstrip(" -–—.:|")) or None


def _add_photo(photo: PhotoBlock, body: _Body, fates: Fates) -> None:
    before = body.blocks[-1] if body.blocks else None
    fates.settle(photo.line, Fate.CAPTION)
    if (
        isinstance(before, PhotoBlock)
        and photo.caption is None
        and before.credit is None
        and not body.longest_caption
    ):
        body.blocks[-1] = PhotoBlock(before.caption, photo.credit, before.line)
    elif isinstance(before, PhotoBlock) and _same_photo(before, photo):
        fates.drop(photo.line, "caption printed twice")
        body.blocks[-1] = PhotoBlock(before.caption, before.credit or photo.credit, before.line)
    else:
        body.blocks.append(photo)
    body.longest_caption = 0.0


def _repeats_caption(line: Line, body: _Body) -> bool:
    before = body.blocks[-1] if body.blocks else None
    return isinstance(before, PhotoBlock) and before.caption == without_residue(line.text)


def _same_photo(one: PhotoBlock, other: PhotoBlock) -> bool:
    same_credit = one.credit is None or other.credit is None or one.credit == other.credit
    return one.caption is not None and one.caption == other.caption and same_credit


def _with_headings(blocks: Sequence[Block], words: Words, fates: Fates) -> tuple[Block, ...]:
    usual = usual_length([block.line.text for block in blocks if isinstance(block, Paragraph)])
    found: list[Block] = []
    following: str | None = None
    for position, block in reversed([*enumerate(blocks)]):
        if isinstance(block, Paragraph):
            text = block.line.text
            before = blocks[position - 1] if position else None
            preceding = before.line.text if isinstance(before, Paragraph) else None
            if is_heading(text, preceding, following, usual, words):
                fates.settle(block.line, Fate.HEADING)
                block = Heading(block.line)
            following = text
        found.append(block)
    return _with_headings_alike(found[::-1], fates)


def _with_headings_alike(blocks: Sequence[Block], fates: Fates) -> tuple[Block, ...]:
    """Where most headings have no full stop, those that have one are short paragraphs."""
    sentences = [block for block in blocks if isinstance(block, Heading) and has_full_stop(block.line.text)]
    if 2 * len(sentences) >= sum(isinstance(block, Heading) for block in blocks):
        return tuple(blocks)
    for block in sentences:
        fates.settle(block.line, Fate.PARAGRAPH)
    return tuple(Paragraph(block.line) if block in sentences else block for block in blocks)
