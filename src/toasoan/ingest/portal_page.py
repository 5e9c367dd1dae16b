"""What stands where on a portal's page: the words that its readers share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from toasoan.ingest.bylines import Byline
from toasoan.ingest.lines import CrawlerMark, Fate, Line, LineFate
from toasoan.ingest.sources import SourceLine

RUNNING_TEXT = 150
"""A line of more characters is running text, not a headline or a piece of the frame."""


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
class Fates:
    """Collects what each line became while the page is read."""

    by_number: dict[int, LineFate] = field(default_factory=dict)

    def settle(self, line: Line, fate: Fate, reason: str | None = None) -> None:
        """Note what a line became; the last word counts."""
        self.by_number[line.number] = LineFate(line.number, fate, reason)

    def drop(self, line: Line, reason: str) -> None:
        """Note that a line was left out, and why."""
        self.settle(line, Fate.DROPPED, reason)

    def open_ones(self, lines: Sequence[Line]) -> list[Line]:
        """Those of the lines of which nothing is noted yet."""
        return [line for line in lines if line.number not in self.by_number]
