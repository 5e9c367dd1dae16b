"""An article that has no place yet: each field found, derived with its evidence, or missing. Pure.

*Found* means that the source states it. *Derived* means that a rule worked it out, which the evidence names. Where a
rule is not sure, the field is missing and the value at most suggested: a wrong value is worse than none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Generic, TypeVar

from toasoan.content.front_matter import FrontMatter, ImportRecord
from toasoan.ingest.lines import LineFate
from toasoan.ingest.media_files import MediaFile
from toasoan.ingest.stated_page import PartFate
from toasoan.model.article import Status

T = TypeVar("T")

ORIGINAL_LANGUAGE = "vi"
"""The language in which the agencies write; texts in others are translations unless something says otherwise."""


class Origin(StrEnum):
    """How a field was come by."""

    FOUND = "found"
    DERIVED = "derived"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Field(Generic[T]):
    """A field's value and how it was come by."""

    value: T | None = None
    origin: Origin = Origin.MISSING
    evidence: str = ""
    suggestion: str = ""
    """A value that a person may want to take over, with its evidence."""

    to_review: str = ""
    """A sentence for a person who should look at this field."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An article that has no place yet."""

    language: str
    slug: str
    fields: Mapping[str, Field[Any]]
    """By name of the front matter's field, in the front matter's order."""

    body: str
    fates: tuple[LineFate, ...]
    """What became of each line of the raw text."""

    remarks: tuple[str, ...]

    parts: tuple[PartFate, ...] = ()
    """What became of each stated value and each element, for sources that aren't raw texts."""

    status: Status = Status.PUBLISHED
    media: tuple[MediaFile, ...] = ()
    """Pictures that lie beside the source and go into the portal."""

    remote: Mapping[int, str] = field(default_factory=dict)
    """Addresses of the photos that lie elsewhere, by their place among the photos."""

    fetched: Mapping[str, str] = field(default_factory=dict)
    """Names below the media folder of the photos that were fetched, by their addresses."""

    cleaned: Mapping[str, int] = field(default_factory=dict)
    """How many lines or texts each step of the cleaning mended, by the step's name."""

    @property
    def found(self) -> tuple[str, ...]:
        """Names of the fields that the text states."""
        return tuple(name for name, one in self.fields.items() if one.origin is Origin.FOUND)

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of the fields that couldn't be had."""
        return tuple(name for name, one in self.fields.items() if one.origin is Origin.MISSING)

    @property
    def derived(self) -> Mapping[str, str]:
        """Rule and evidence of the fields that were worked out."""
        return {name: one.evidence for name, one in self.fields.items() if one.origin is Origin.DERIVED}

    @property
    def suggested(self) -> Mapping[str, str]:
        """Values for a person to judge."""
        return {name: one.suggestion for name, one in self.fields.items() if one.suggestion}

    @property
    def to_review(self) -> tuple[str, ...]:
        """What a person should look at, in whole sentences."""
        return (*(one.to_review for one in self.fields.values() if one.to_review), *self.remarks)

    def with_story(self, key: str, evidence: str) -> Draft:
        """The draft as a version of a story that is known from elsewhere."""
        return replace(self, fields={**self.fields, "story": Field(key, Origin.DERIVED, evidence)})

    def front_matter(self, file: str, sha256: str, slug: str) -> FrontMatter:
        """The article's front matter, with the slug that it got in the end."""
        values = {name: one.value for name, one in self.fields.items()} | {"slug": slug}
        given = {name: value for name, value in values.items() if value is not None}
        record = ImportRecord(file, sha256, self.found, self.missing, self.derived, self.suggested)
        return FrontMatter(**given, status=self.status, import_=record)
