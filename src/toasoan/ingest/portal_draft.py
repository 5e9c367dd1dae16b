"""From what stands where on a raw page to an article. Pure."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from toasoan.config import Config
from toasoan.content.front_matter import PhotoFields
from toasoan.ingest.cleaning import Cleaning
from toasoan.ingest.dates import day_of_calendar, event_date, is_plausible
from toasoan.ingest.draft import ORIGINAL_LANGUAGE, Draft, Field, Origin
from toasoan.ingest.language_detection import DetectedLanguage, detect_another, detect_language_of_page, detect_tag
from toasoan.ingest.lines import Fate, LineFate
from toasoan.ingest.markdown_text import heading_markdown, paragraph_markdown, photo_markdown
from toasoan.ingest.portal_page import Heading, Paragraph, PhotoBlock, PortalText, TitlePlace
from toasoan.ingest.sections import section_of
from toasoan.ingest.sources import day_in_address, day_that_an_id_resembles, reads_as_vietnamese, slug_in_address
from toasoan.ingest.titles import made_title
from toasoan.ingest.words import LanguageWords, Words, folded_words
from toasoan.model.article import Translation
from toasoan.slug import slug_of

SHORTEST_DETECTED_APART = 80
"""A paragraph of at least so many characters can be told to be in another language than the rest."""

LOOKED_AT = 300
"""Characters of a paragraph by which its language is told."""

_TRANSLATOR_DAMAGE = re.compile(r"\b[A-Z]{2,12}_[A-Z]{6,40}\b")


def draft_of(
    page: PortalText, words: Words, config: Config, today: dt.date, language: DetectedLanguage | None = None
) -> Draft | None:
    """An article made of a page; None where its language can't be told or the page has no text.

    `language` is that of the page's own text, if it is known already: to tell it takes as long as all else.
    """
    language = language or detect_language_of_page(page.own_text, words.languages)
    return _Drafting(page, words, config, today, language).draft() if language else None


@dataclass(frozen=True)
class _Drafting:
    """A page with all that its fields are worked out from."""

    page: PortalText
    words: Words
    config: Config
    today: dt.date
    detected: DetectedLanguage

    @property
    def own_words(self) -> LanguageWords:
        return self.words.languages[self.detected.tag]

    def draft(self) -> Draft | None:
        if not self.title.value or not (self.page.blocks or self.page.summary):
            return None
        fields: dict[str, Field[Any]] = {
            "title": self.title,
            "language": Field(self.detected.tag, Origin.DERIVED, self.detected.evidence),
            "slug": self.slug,
            "date": self.date,
            "section": self.section,
            "authors": self.authors,
            "publisher": self.publisher,
            "source_url": self.source_url,
            "story": self.story,
            "summary": self.summary,
            "translation": self.translation,
            "images": self.images,
        }
        slug = self.slug.value or ""
        body = self.body
        return Draft(
            self.detected.tag, slug, fields, body, self.fates, self.remarks, cleaned=dict(self._cleaning.mended)
        )

    @cached_property
    def _cleaning(self) -> Cleaning:
        return Cleaning(self.own_words.cleaning)

    def clean(self, text: str) -> str:
        """A text as its language writes it; paragraphs are asked for more than once."""
        return self._cleaning.cleaned(text)

    @cached_property
    def paragraphs(self) -> tuple[str, ...]:
        return tuple(self.clean(text) for text in self.page.paragraphs)

    @cached_property
    def photos(self) -> tuple[PhotoFields, ...]:
        return tuple(
            PhotoFields(caption=self.clean(block.caption) if block.caption else None, credit=block.credit)
            for block in self.page.blocks
            if isinstance(block, PhotoBlock)
        )

    @property
    def body(self) -> str:
        blocks, photo = [], 0
        for block in self.page.blocks:
            if isinstance(block, PhotoBlock):
                photo += 1
                blocks.append(photo_markdown(photo))
            elif text := self.clean(block.line.text):
                blocks.append(heading_markdown(text) if isinstance(block, Heading) else paragraph_markdown(text))
        return "\n\n".join(blocks)

    @property
    def fates(self) -> tuple[LineFate, ...]:
        """The page's, but for a signature that turned out to name no author."""
        return tuple(
            LineFate(fate.number, Fate.DROPPED, "a signature that names no author")
            if fate.fate is Fate.AUTHOR and self.authors.origin is not Origin.FOUND
            else fate
            for fate in self.page.fates
        )

    # --- the fields -----------------------------------------------------------------------------------------

    @cached_property
    def title(self) -> Field[str]:
        if self.page.title and self.page.title_place:
            title, place = self.clean(self.page.title.text), self.page.title_place
            if place is TitlePlace.ABOVE_BYLINE:
                return Field(title, Origin.FOUND)
            return Field(title, Origin.DERIVED, place.value, to_review=_made_of(place.value))
        opening = (self.summary.value or "").split("\n", 1)[0] or next(iter(self.paragraphs), None)
        made = made_title(self.photos[0].caption if self.photos else None, opening, self.words)
        if made is None:  # a page of nothing but credits
            return Field(
                f"({self.detected.tag})", Origin.MISSING, to_review="the text has nothing to make a title of"
            )
        return Field(made.title, Origin.DERIVED, made.made_from, to_review=_made_of(made.made_from))

    @cached_property
    def summary(self) -> Field[str]:
        text = "\n\n".join(self.clean(line.text) for line in self.page.summary)
        return Field(text, Origin.FOUND) if text else Field()

    @cached_property
    def source_url(self) -> Field[str]:
        if self.page.source is None:
            return Field()
        url = self.page.source.url
        return Field(url, Origin.FOUND) if url else Field(to_review="the link to the original is lost")

    @cached_property
    def publisher(self) -> Field[str]:
        said = self.page.byline.publisher if self.page.byline else None
        if said and said.casefold() not in self.words.unknown_publishers:
            return Field(said, Origin.FOUND)
        url = self.source_url.value
        agency = self.config.publisher_of_address(url) if url else None
        if url and agency:
            return Field(agency.name, Origin.DERIVED, f"the source's host is one of {agency.name}: {_host(url)}")
        hint = f"; its host {_host(url)} is in no table of publishers.toml" if url else ""
        return Field(to_review=f"no publisher is known{hint}")

    @cached_property
    def date(self) -> Field[dt.date]:
        return self._stated_date or self._date_in_address or self._suggested_date

    @property
    def _stated_date(self) -> Field[dt.date] | None:
        said = self.page.byline.published if self.page.byline else None
        if said and is_plausible(said.date() if isinstance(said, dt.datetime) else said, self.today):
            return Field(said, Origin.FOUND)
        mark = self.page.crawler_mark
        marked = day_of_calendar(mark.year, mark.month, mark.day) if mark and mark.day else None
        return Field(marked, Origin.FOUND) if marked and is_plausible(marked, self.today) else None

    @property
    def _date_in_address(self) -> Field[dt.date] | None:
        url = self.source_url.value
        day = day_in_address(url, self.words.common.dated_addresses) if url else None
        if url is None or day is None or not is_plausible(day, self.today):
            return None
        return Field(
            day, Origin.DERIVED, f"the id in the source's address, which on {_host(url)} begins with the day"
        )

    @property
    def _suggested_date(self) -> Field[dt.date]:
        if suggestion := self._date_suggestion():
            day = suggestion.split(":", 1)[0]
            return Field(suggestion=suggestion, to_review=f"no date of publication is known: {day} is only suggested")
        return Field(to_review="no date of publication is known")

    def _date_suggestion(self) -> str:
        url, mark = self.source_url.value, self.page.crawler_mark
        day = day_that_an_id_resembles(url) if url else None
        if day and is_plausible(day, self.today):
            return f"{day}: the id in the source's address looks like this day"
        if mark and mark.day is None and 1 <= mark.month <= 12:
            return f"{mark.year:04}-{mark.month:02}: the crawler's mark «{mark.text}» names only the month"
        event = event_date(self.paragraphs, self.own_words.dates, self.today)
        return f"{event.day}: {event.evidence}; the day of the event, not of publication" if event else ""

    @cached_property
    def authors(self) -> Field[tuple[str, ...]]:
        signature = self.page.signature
        if signature is None:
            return Field()
        name = signature.text
        if self._names_an_agency(name):
            return Field(to_review=f"the signature «{name}» names an agency, not an author")
        if len(name.split()) < 2:
            return Field(
                suggestion=f"{name}: the signature before the source line, which may be a pen name",
                to_review=f"the signature «{name}» may be an author's",
            )
        return Field((name,), Origin.FOUND)

    def _names_an_agency(self, signature: str) -> bool:
        known = any(word in self.words.agencies for word in folded_words(signature).split())
        return known or not signature[0].isalpha() or self.config.publisher_named(signature) is not None

    @cached_property
    def section(self) -> Field[str]:
        headings = (block.line.text for block in self.page.blocks if isinstance(block, Heading))
        headline = "\n".join([self.title.value or "", self.summary.value or ""])
        text = "\n".join([headline, *headings, *self.paragraphs])
        section = section_of(text, self.own_words, self.config.sections, headline)
        if section is None:
            return Field(to_review="no section is clearly spoken for by the words of the text")
        return Field(section.key, Origin.DERIVED, f"{section.key}: {section.evidence}")

    @cached_property
    def images(self) -> Field[tuple[PhotoFields, ...]]:
        return Field(self.photos, Origin.FOUND) if self.photos else Field()

    # --- what ties translations together --------------------------------------------------------------------

    @cached_property
    def original_title(self) -> str | None:
        """The Vietnamese title in the photo labels of a page in another language."""
        if self.detected.tag == ORIGINAL_LANGUAGE:
            return None
        for stem in self.page.label_stems:
            if len(stem.split()) > 2 and detect_tag(stem, self.words.languages) == ORIGINAL_LANGUAGE:
                return stem
        return None

    @cached_property
    def story(self) -> Field[str]:
        if self.original_title:
            slug = slug_of(self.original_title, ORIGINAL_LANGUAGE)
            return Field(slug, Origin.DERIVED, "the Vietnamese title in the photo labels")
        slug_in_source = slug_in_address(self.source_url.value) if self.source_url.value else None
        if slug_in_source and reads_as_vietnamese(slug_in_source):
            # Through the same door as titles, so that both ways cut a long one at the same word.
            return Field(
                slug_of(slug_in_source, ORIGINAL_LANGUAGE), Origin.DERIVED, "the words in the source's address"
            )
        return Field()

    @cached_property
    def slug(self) -> Field[str]:
        if self.story.value:
            return Field(self.story.value, Origin.DERIVED, self.story.evidence)
        return Field(slug_of(self.title.value or "", self.detected.tag), Origin.DERIVED, "the title")

    @cached_property
    def translation(self) -> Field[Translation]:
        if self.detected.tag == ORIGINAL_LANGUAGE:
            return Field(Translation.ORIGINAL, Origin.DERIVED, "the text is Vietnamese, as the agencies write")
        evidence = (
            "the photo labels kept the Vietnamese title"
            if self.original_title
            else "the source's address has a Vietnamese slug"
            if self.story.value
            else "the page has the portal's banner, and the portal translates by machine"
            if self.page.has_banner
            else ""
        )
        return Field(Translation.MACHINE, Origin.DERIVED, evidence) if evidence else Field()

    # --- remarks --------------------------------------------------------------------------------------------

    @property
    def remarks(self) -> tuple[str, ...]:
        return (*self.page.remarks, *self._implausible_date(), *self._damage(), *self._other_languages())

    def _implausible_date(self) -> Sequence[str]:
        byline = self.page.byline
        if byline is None or self.date.origin is Origin.FOUND:
            return ()
        return [f"the byline's date can't be right: «{byline.text}»"]

    def _damage(self) -> Sequence[str]:
        return [
            f"line {block.line.number} has «{found[0]}», which a translator left behind"
            for block in self.page.blocks
            if "_" in block.line.text and (found := _TRANSLATOR_DAMAGE.search(block.line.text))
        ][:5]

    def _other_languages(self) -> Sequence[str]:
        others = [
            other
            for block in self.page.blocks
            if isinstance(block, Paragraph) and len(block.line.text) >= SHORTEST_DETECTED_APART
            if (other := detect_another(block.line.text[:LOOKED_AT], self.detected.tag, self.words.languages))
        ]
        if not others:
            return ()
        count = f"{len(others)} paragraph{'s are' if len(others) > 1 else ' is'}"
        return [f"{count} in another language: {', '.join(sorted(set(others)))}"]


def _made_of(what: str) -> str:
    return f"the title was made from {what}"


def _host(url: str) -> str:
    return url.split("/", 3)[2].removeprefix("www.")
