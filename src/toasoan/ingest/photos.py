"""What stands beside pictures: labels with numbers, captions with credits, and what is left of lost pictures."""

from __future__ import annotations

import re
from dataclasses import dataclass

from toasoan.ingest.words import Words

LONGEST_LABEL = 400
LONGEST_STEM = 200
"""Of a label behind a full stop: a longer line is a paragraph that speaks of a picture."""

LONGEST_CAPTION = 500
LONGEST_CREDIT = 60

_FILE_NAME = re.compile(r"(?:\S{0,150}\.(?:jpe?g|png|webp|gif|bmp|tiff?))\)?", re.IGNORECASE)
_FILE_RESIDUE = re.compile(r"\S{0,150}\.(?:jpe?g|png|webp|gif)\) ", re.IGNORECASE)
_MARKDOWN_PICTURE = re.compile(r"\|? ?!\[[^\]]{0,300}\]\([^)]{0,2000}\)[ |]*")
_TABLE_RULE = re.compile(r"[ |:-]*\|[ |:-]*")
_SEPARATORS = " -–—_|/,，、،"
_ENDS = '.!?…»”"。！？।۔؟។」』'
_BRACKETS = "([（【［"
_CLOSING_BRACKETS = ")]）】］ "


@dataclass(frozen=True, slots=True)
class PhotoLabel:
    """A line such as "TITLE- Ảnh 1."."""

    stem: str
    """What stands before the label word: mostly the article's title, translated or not."""

    is_set_off: bool
    """Whether a dash or comma parts it from the number, or a full stop: else it may be a sentence's end."""


@dataclass(frozen=True, slots=True)
class Caption:
    """A caption taken apart."""

    text: str | None
    credit: str | None


def photo_label_of(text: str, words: Words) -> PhotoLabel | None:
    """What a line says if it ends in a label word and a number; None otherwise."""
    if len(text) > LONGEST_LABEL:
        return None
    found = words.label_pattern.search(text, max(0, len(text) - 40))
    if found is None:
        return None
    before = text[: found.start()].rstrip()
    if before.endswith(tuple(_BRACKETS)):  # a sentence may end in "(photo 1)" as well
        return PhotoLabel(before[:-1].rstrip(_SEPARATORS), is_set_off=False)
    own_sentence = before.endswith(".") and len(before) <= LONGEST_STEM and found[1][0].isupper()
    is_set_off = not before or before[-1] in _SEPARATORS or own_sentence
    return PhotoLabel(before.rstrip(_SEPARATORS), is_set_off)


def is_picture_residue(text: str) -> bool:
    """Whether a line is only what a lost picture left: a file name, `![]() |`, a rule of a table."""
    return any(form.fullmatch(text) for form in (_FILE_NAME, _MARKDOWN_PICTURE, _TABLE_RULE)) and len(text) < 3000


def without_residue(text: str) -> str:
    """A line without the rest of a file name before it and the pipes of a table's cell around it."""
    text = _FILE_RESIDUE.sub("", text, count=1) if _FILE_RESIDUE.match(text) else text
    if len(text) > 2 and text.startswith("|") and text.endswith("|") and "|" not in text[1:-1]:
        return text[1:-1].strip()
    return text


def caption_with_credit(text: str, words: Words) -> Caption | None:
    """A caption and its credit, by the credit word between them; None where no credit is named."""
    if len(text) > LONGEST_CAPTION:
        return None
    for found in words.credit_pattern.finditer(text, max(0, len(text) - LONGEST_CREDIT - 40)):
        before, credit = text[: found.start()].rstrip(), text[found.end() :].strip()
        if before.endswith(tuple(_BRACKETS)):
            before, credit = before[:-1].rstrip(), credit.rstrip(".。").rstrip(_CLOSING_BRACKETS)
        elif not _may_follow(before, found[1], text[found.start() - 1 : found.start()]):
            continue
        credit = credit.rstrip(".。").strip()
        if _is_credit(credit):
            return Caption(before.rstrip(_SEPARATORS) or None, credit)
    return None


def _may_follow(before: str, word: str, gap: str) -> bool:
    """A credit word in the middle of a sentence, in small letters, is just a word.

    Scripts without small letters can't tell it so: there a space before the word must do.
    """
    if not before or before[-1] in f"{_SEPARATORS}{_ENDS}" or word[0].isupper():
        return True
    return gap == " " and word.upper() == word.lower()


def _is_credit(text: str) -> bool:
    return (
        0 < len(text) <= LONGEST_CREDIT
        and any(character.isalpha() for character in text)
        and not re.search(r"[.!?…] |[;:?!。！？；：।۔؟។]", text)
    )


def said_once(text: str) -> str:
    """A caption that was printed twice on one line, once."""
    half = len(text) // 2
    first, second = text[:half].strip(), text[half:].strip()
    return first if len(first) > 15 and first == second else text
