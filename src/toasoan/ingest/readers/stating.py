"""Collects what a source states, the most trusted place first, and what became of each value."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from toasoan.ingest.cleaning import legible
from toasoan.ingest.html_blocks import HtmlBody, html_tree
from toasoan.ingest.html_elements import text_of
from toasoan.ingest.lines import Fate
from toasoan.ingest.moments import moment_of
from toasoan.ingest.sources import is_address
from toasoan.ingest.stated_page import PartFate, Stated, StatedPage, excerpt

LONGEST_TEXT = 5000
MOST_VALUES = 50


@dataclass(slots=True)
class Stating:
    """A page as far as it is read."""

    stated: dict[str, list[Stated]] = field(default_factory=dict)
    parts: list[PartFate] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def say(self, name: str, value: object, where: str, is_sure: bool = True) -> None:
        """Note a text for a field; what is no text, or holds nothing legible, isn't noted."""
        text = legible(value[: 4 * LONGEST_TEXT]) if isinstance(value, str) else ""
        if not text or len(text) > LONGEST_TEXT:
            if text:
                self.parts.append(PartFate(where, Fate.DROPPED, excerpt(text), "too long for a field"))
            return
        self._note(name, text, where, is_sure)

    def say_markup(self, name: str, value: object, where: str, is_sure: bool = True) -> None:
        """Note a text that may hold HTML, without its markup."""
        if isinstance(value, str) and ("<" in value or "&" in value):
            tree = html_tree(value[: 4 * LONGEST_TEXT])
            value = text_of(tree) if tree is not None else ""
        self.say(name, value, where, is_sure)

    def say_date(self, name: str, value: object, where: str, is_sure: bool = True) -> None:
        """Note a date; one that can't be read is noted as such."""
        text = legible(value[:100]) if isinstance(value, str) else ""
        moment = moment_of(text) if text else None
        if moment is not None:
            self._note(name, moment, where, is_sure)
        elif text:
            self.parts.append(PartFate(where, Fate.DROPPED, excerpt(text), "no date that can be read"))
            self.remarks.append(f"{where} is no date that can be read: «{excerpt(text)}»")

    def say_address(self, name: str, value: object, where: str) -> None:
        """Note an address on the web."""
        text = value.strip() if isinstance(value, str) else ""
        if is_address(text):
            self._note(name, text, where, True)
        elif text:
            self.parts.append(PartFate(where, Fate.DROPPED, excerpt(text), "no address of a page"))

    def _note(self, name: str, value: Any, where: str, is_sure: bool) -> None:
        values = self.stated.setdefault(name, [])
        if len(values) < MOST_VALUES:
            values.append(Stated(value, where, is_sure))
            self.parts.append(PartFate(where, Fate.FIELD, excerpt(str(value))))

    def page(self, body: HtmlBody, **more: Any) -> StatedPage:
        """The page, with its body; the parts of the body stand last, so their numbers move."""
        before = len(self.parts)
        blocks = tuple(replace(block, part=block.part + before) for block in body.blocks)
        return StatedPage(
            {name: tuple(values) for name, values in self.stated.items()},
            blocks,
            (*self.parts, *body.parts),
            notes=tuple(self.notes),
            remarks=tuple(self.remarks),
            **more,
        )
