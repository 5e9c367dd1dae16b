"""From what a source states to an article. Pure, but for pictures that lie beside a page, which are looked at.

The most trusted place wins, and places that say otherwise are listed. The language is believed if the text agrees.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from toasoan.config import Config
from toasoan.ingest.cleaning import Cleaning
from toasoan.ingest.dates import is_plausible
from toasoan.ingest.draft import ORIGINAL_LANGUAGE, Draft, Field, Origin
from toasoan.ingest.language_detection import DetectedLanguage, detect_language_of_page
from toasoan.ingest.lines import Fate
from toasoan.ingest.moments import day_of
from toasoan.ingest.sections import section_of
from toasoan.ingest.sources import reads_as_vietnamese, slug_in_address
from toasoan.ingest.stated_body import StatedBody, bare_name
from toasoan.ingest.stated_page import BlockKind, PartFate, Stated, StatedBlock, StatedPage, Usage
from toasoan.ingest.titles import made_title
from toasoan.ingest.words import LanguageWords, Words
from toasoan.model.article import Status, Translation
from toasoan.slug import slug_of

FIELDS_THAT_MAY_DIFFER = frozenset(["tags", "alternates", "language"])
"""Several values of these are no contradiction, or are judged on their own."""

SAME_MOMENT = dt.timedelta(minutes=1)


class UnknownLanguageError(ValueError):
    """The article can't be given to a language of the portal; the message says why."""

    def __init__(self, message: str, tag: str | None = None) -> None:
        super().__init__(message)
        self.tag = tag


def stated_draft_of(
    page: StatedPage,
    words: Words,
    config: Config,
    today: dt.date,
    beside: Callable[[str], bytes | None] = lambda address: None,
) -> Draft | None:
    """An article made of what a source states; None if it has no text.

    `beside` gives the files that lie beside a saved page. Raises UnknownLanguageError.
    """
    if not any(character.isalnum() for character in page.own_text):
        return None
    drafting = _StatedDrafting(page, words, config, today, beside)
    return drafting.draft()


@dataclass
class _StatedDrafting:
    page: StatedPage
    words: Words
    config: Config
    today: dt.date
    beside: Callable[[str], bytes | None]
    remarks: list[str] = field(default_factory=list)

    def draft(self) -> Draft | None:
        language = self.language
        tag = str(language.value)
        title, summary, authors = self.title, self.summary, self.authors
        settled = StatedBody(
            self.page, self.words, self.clean, self.beside, title.value, summary.value, authors.value or ()
        )
        blocks, photos = settled.settle()
        body = settled.markdown(blocks)
        if not title.value or not (body.strip() or summary.value):
            return None
        story = self.story
        more = {name: one for name, one in (("updated", self.updated), ("tags", self.tags)) if one.value is not None}
        fields: dict[str, Field[Any]] = {
            "title": title,
            "language": language,
            "slug": self._slug(title.value, story, tag),
            "date": self.date,
            "section": self._section(blocks),
            "authors": authors,
            "publisher": self.publisher,
            "source_url": self._plain("source_url"),
            "story": story,
            "summary": summary,
            "translation": self.translation,
            "images": Field(photos, Origin.FOUND, "pictures of the source") if photos else Field(),
            **more,
        }
        held_back = self._held_back()
        if held_back:
            self.remarks.append(f"it is a draft: {held_back}")
        parts = tuple(
            settled.changed_parts.get(number) or self._judged(part) for number, part in enumerate(self.page.parts)
        )
        remarks = (*self.page.remarks, *self.remarks, *self._differences(), *self.page.notes)
        return Draft(
            tag,
            str(fields["slug"].value or ""),
            fields,
            body,
            (),
            tuple(dict.fromkeys(remarks)),
            parts=parts,
            status=Status.DRAFT if held_back else Status.PUBLISHED,
            media=tuple(settled.media),
            remote=dict(settled.remote),
            cleaned=dict(self._cleaning.mended),
        )

    @cached_property
    def _trusted(self) -> frozenset[str]:
        """The places whose values were used, or may have been."""
        first = (said[0].where for said in self.page.stated.values() if said)
        return frozenset([*first, *(one.where for name in ("tags", "alternates") for one in self.said(name))])

    def _judged(self, part: PartFate) -> PartFate:
        if part.fate is not Fate.FIELD or part.part in self._trusted:
            return part
        return replace(part, fate=Fate.DROPPED, reason="another place is trusted more")

    def said(self, name: str) -> tuple[Stated, ...]:
        return self.page.stated.get(name, ())

    def _plain(self, name: str) -> Field[Any]:
        said = self.said(name)
        return _field(said[0]) if said else Field()

    # --- language -------------------------------------------------------------------------------------------

    @cached_property
    def detected(self) -> DetectedLanguage | None:
        return detect_language_of_page(self.page.own_text, self.words.languages)

    @cached_property
    def language(self) -> Field[str]:
        """The language in which text and metadata agree; that of the text where they don't."""
        stated = [(one, tag) for one in self.said("language") if (tag := self._known_tag(str(one.value)))]
        if self.detected is None:
            if not stated:
                raise UnknownLanguageError("its language can't be told")
            one, tag = stated[0]
            doubt = f"the language is what {one.where} says, {one.value!r}: the text alone doesn't tell it"
            return Field(tag, Origin.DERIVED, f"{one.where}; the text doesn't contradict it", to_review=doubt)
        tag = self.detected.tag
        if tag not in self.config.languages:
            raise UnknownLanguageError(f"it is in {tag!r}, which is no language of this portal", tag)
        for one, named in stated:
            if named == tag:
                return Field(tag, Origin.FOUND, f"{one.where}, and the text agrees")
        said = self.said("language")
        doubt = f"{said[0].where} says the language is {said[0].value!r}, but the text is in {tag!r}" if said else ""
        return Field(tag, Origin.DERIVED, self.detected.evidence, to_review=doubt)

    def _known_tag(self, text: str) -> str | None:
        """The portal's tag for a language tag as sources write them: vi-VN, pt_BR."""
        text = text.strip().replace("_", "-").casefold()
        known = {tag.casefold(): tag for tag in self.config.languages}
        return known.get(text) or known.get(text.partition("-")[0])

    @property
    def own_words(self) -> LanguageWords | None:
        return self.words.languages.get(str(self.language.value))

    @cached_property
    def _cleaning(self) -> Cleaning:
        return Cleaning(self.own_words.cleaning if self.own_words else None)

    def clean(self, text: str) -> str:
        return self._cleaning.cleaned(text)

    # --- fields ---------------------------------------------------------------------------------------------

    @cached_property
    def title(self) -> Field[str]:
        said = self.said("title")
        if said:
            found: Field[str] = _field(said[0], self.clean(str(said[0].value)))
            unsure = f"the title is from the {said[0].where}, which may name the site as well"
            return found if said[0].is_sure else replace(found, to_review=unsure)
        opening = next((block.text for block in self.page.blocks if block.kind is BlockKind.PARAGRAPH), None)
        made = made_title(None, opening, self.words)
        if made is None:
            return Field()
        return Field(
            made.title, Origin.DERIVED, made.made_from, to_review=f"the title was made from {made.made_from}"
        )

    @cached_property
    def summary(self) -> Field[str]:
        said = next((one for one in self.said("summary") if one.is_sure), None)
        if said is None:
            cut = next(iter(self.said("summary")), None)
            return Field(suggestion=f"{cut.value}: {cut.where}, which was cut off") if cut else Field()
        text = self.clean(str(said.value))
        return Field() if text == self.title.value else _field(said, text)

    @cached_property
    def date(self) -> Field[dt.date]:
        if self.page.embargo is not None:
            said = next((one.value for one in self.said("date")), None)
            self.remarks.append(
                f"it is under embargo until {self.page.embargo.isoformat()}: a build shows it from then on"
            )
            if not isinstance(said, dt.datetime) or said.tzinfo is None or said < self.page.embargo:
                return Field(self.page.embargo, Origin.DERIVED, "the moment at which the embargo ends")
        for one in self.said("date"):
            if is_plausible(day_of(one.value), self.today) or self.page.embargo is not None:
                unsure = f"the date is that of the {one.where}, which need not be that of publication"
                return _field(one) if one.is_sure else replace(_field(one), to_review=unsure)
        return Field(to_review="no date of publication is known")

    @cached_property
    def updated(self) -> Field[dt.date]:
        for one in self.said("updated"):
            is_later = self.date.value is None or day_of(one.value) >= day_of(self.date.value)
            if is_plausible(day_of(one.value), self.today) and is_later and one.value != self.date.value:
                return _field(one)
        return Field()

    def _section(self, blocks: Sequence[StatedBlock]) -> Field[str]:
        for one in (*self.said("section"), *self.said("tags")):
            if key := self._section_named(one):
                return Field(key, Origin.DERIVED, f"{key}: «{one.value}» ({one.where}) is its name")
        if self.own_words is None:
            return Field(to_review="no section is known")
        headline = "\n".join([self.title.value or "", self.summary.value or "", *(self.tags.value or ())])
        text = "\n".join([headline, *(block.text for block in blocks)])
        spoken_for = section_of(text, self.own_words, self.config.sections, headline)
        if spoken_for is None:
            return Field(to_review="no section is clearly spoken for by the words of the text")
        return Field(spoken_for.key, Origin.DERIVED, f"{spoken_for.key}: {spoken_for.evidence}")

    def _section_named(self, one: Stated) -> str | None:
        """The section whose key or name, in any language, is this category."""
        said = str(one.value).casefold()
        for key, section in self.config.sections.items():
            if said == key.casefold() or any(said == name.casefold() for name in section.names.values()):
                return key
        return None

    @cached_property
    def tags(self) -> Field[tuple[str, ...]]:
        names = dict.fromkeys(str(one.value) for one in self.said("tags") if self._section_named(one) is None)
        places = ", ".join(dict.fromkeys(one.where for one in self.said("tags")))
        return Field(tuple(names), Origin.FOUND, places) if names else Field()

    @cached_property
    def authors(self) -> Field[tuple[str, ...]]:
        said = self.said("authors")
        if not said:
            return Field()
        names = dict.fromkeys(bare_name(str(one.value)) for one in said if one.where == said[0].where)
        agencies = [name for name in names if self.config.publisher_named(name)]
        people = tuple(name for name in names if name not in agencies)
        doubt = f"{said[0].where} names «{agencies[0]}», an agency, as author" if agencies else ""
        return Field(people, Origin.FOUND, said[0].where, to_review=doubt) if people else Field(to_review=doubt)

    @cached_property
    def publisher(self) -> Field[str]:
        for one in self.said("publisher"):
            known = self.config.publisher_named(str(one.value))
            if one.is_sure:
                return Field(known.name if known else str(one.value), Origin.FOUND, one.where)
            if known:
                return Field(known.name, Origin.DERIVED, f"«{one.value}» ({one.where})")
        url = next((str(one.value) for one in self.said("source_url")), None)
        agency = self.config.publisher_of_address(url) if url else None
        if agency:
            return Field(agency.name, Origin.DERIVED, f"the source's host is one of {agency.name}")
        unsure = next(iter(self.said("publisher")), None)
        suggestion = f"{unsure.value}: {unsure.where}" if unsure else ""
        return Field(suggestion=suggestion, to_review="no publisher is known")

    @cached_property
    def story(self) -> Field[str]:
        """The Vietnamese slug in the address of the original ties the versions of a story together."""
        vietnamese = [
            (str(one.value[1]), one.where) for one in self.said("alternates") if str(one.value[0]).startswith("vi")
        ]
        addresses = vietnamese + [(str(one.value), one.where) for one in self.said("source_url")]
        for address, where in addresses:
            slug = slug_in_address(address)
            if slug and reads_as_vietnamese(slug):
                return Field(slug_of(slug, ORIGINAL_LANGUAGE), Origin.DERIVED, f"the words in the address ({where})")
        return Field()

    def _slug(self, title: str, story: Field[str], tag: str) -> Field[str]:
        said = self.said("slug")
        if said:
            return _field(said[0])
        if story.value:
            return Field(story.value, Origin.DERIVED, story.evidence)
        return Field(slug_of(title, tag), Origin.DERIVED, "the title")

    @cached_property
    def translation(self) -> Field[Translation]:
        if self.language.value == ORIGINAL_LANGUAGE:
            return Field(Translation.ORIGINAL, Origin.DERIVED, "the text is Vietnamese, as the agencies write")
        return Field()

    def _held_back(self) -> str:
        if self.page.usage is not Usage.USABLE:
            return self.page.usage_reason
        late = [one for one in self.said("date") if day_of(one.value) > self.today + dt.timedelta(days=1)]
        if late and self.page.embargo is None:
            return f"{late[0].where} lies in the future: {late[0].value}"
        return ""

    def _differences(self) -> Iterator[str]:
        for name, said in self.page.stated.items():
            if name in FIELDS_THAT_MAY_DIFFER or len(said) < 2:
                continue
            first = said[0]
            for other in said[1:]:
                if other.where != first.where and other.is_sure and not _agree(name, first.value, other.value):
                    yield f"{name}: {first.where} says «{first.value}», {other.where} says «{other.value}»"


def _field(one: Stated, value: Any = None) -> Field[Any]:
    origin = Origin.FOUND if one.is_sure else Origin.DERIVED
    return Field(one.value if value is None else value, origin, one.where)


def _agree(name: str, one: Any, other: Any) -> bool:
    """Whether two values of a field say the same, one perhaps more than the other."""
    if isinstance(one, dt.datetime) and isinstance(other, dt.datetime):
        if (one.tzinfo is None) != (other.tzinfo is None):
            return abs(one.replace(tzinfo=None) - other.replace(tzinfo=None)) < dt.timedelta(days=1)
        return abs(one - other) < SAME_MOMENT
    if isinstance(one, dt.date) and isinstance(other, dt.date):
        return abs(day_of(one) - day_of(other)) <= dt.timedelta(days=1)
    first, second = (" ".join(str(value).casefold().split()) for value in (one, other))
    if name == "source_url":
        return first.partition(":")[2].rstrip("/") == second.partition(":")[2].rstrip("/")
    if name in ("title", "summary", "authors"):
        return first in second or second in first
    return first == second
