"""The photographs that an article names, with what their files are like and whatever is wrong with them."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from toasoan.config import Config
from toasoan.content.front_matter import PhotoFields
from toasoan.diagnostics import Location, Report, did_you_mean
from toasoan.encoding import readable
from toasoan.model.article import Photo
from toasoan.model.photo_file import PhotoFile, UnreadablePhotoError
from toasoan.portal_folders import MEDIA_FOLDER
from toasoan.settings import CreditRule
from toasoan.slug import slug_of
from toasoan.typed_table import Source
from toasoan.web_address import parts_of

PhotoFiles = Callable[[str], PhotoFile]
"""What a file below the media folder is like. Raises UnreadablePhotoError."""

Place = Callable[[], Location]
"""Where something is named in an article's file."""


@dataclass(frozen=True, slots=True)
class Photographs:
    """Reads the photographs of one article."""

    root: Path
    config: Config
    source: Source
    report: Report
    files: PhotoFiles | None
    """None where nobody is to see the article, or not yet: then nobody is troubled about its photos either."""

    def read(self, images: tuple[PhotoFields, ...]) -> tuple[Photo, ...] | None:
        """What the front matter names; None if one of them is wrong, which then stands in the report."""
        photos = [
            self.photo(fields, partial(self.source.at, ("images", number, "src")))
            for number, fields in enumerate(images)
        ]
        return tuple(photo for photo in photos if photo) if all(photos) else None

    def photo(self, fields: PhotoFields, at: Place, needs_credit: bool = True) -> Photo | None:
        """One photograph; None if it is wrong. What stands in a video's place may do without a credit of its own.

        `at` tells where it is named, which takes long to find out: only mistakes ask for it.
        """
        photo = Photo(fields.src, readable(fields.alt), readable(fields.caption), readable(fields.credit))
        if fields.src is None:
            return photo
        if not _is_web_photo(fields.src):
            if parts_of(fields.src).scheme:
                self.report.error(
                    "wrong-address",
                    f"the photo's address {fields.src!r} is not https",
                    at(),
                    f"use its https address, or put the file below {MEDIA_FOLDER}/",
                )
                return None
            if self.files is None:
                return photo
            if not is_media_file(self.root, fields.src):
                self.report.error(
                    "missing-image",
                    f"there is no photo {fields.src!r} below {MEDIA_FOLDER}/",
                    at(),
                    _nearest_file(self.root / MEDIA_FOLDER, fields.src) or "put the file there, or correct its name",
                )
                return None
            if not is_drawing(fields.src):
                return self._with_file(photo, fields.src, self.files, at, needs_credit)
        if needs_credit and self.files is not None and photo.credit is None:
            return self._without_credit(photo, fields.src, at)
        return photo

    def _with_file(self, photo: Photo, src: str, files: PhotoFiles, at: Place, needs_credit: bool) -> Photo | None:
        try:
            file = files(src)
        except UnreadablePhotoError as error:
            self.report.error(
                "broken-photo",
                f"the photo {src!r} can't be shown: {error}",
                at(),
                "open it and save it anew as JPEG or PNG, or ask for it again",
            )
            return None
        if file.is_animated:
            self.report.warning(
                "animated-photo",
                f"{src!r} is animated; only its first picture is shown",
                at(),
                "readers can't stop an animated picture: make a video of it, and list it as [[videos]]",
            )
        named = Photo(photo.src, photo.alt, photo.caption, photo.credit or file.named, file)
        if not needs_credit:
            return named
        if named.credit is None:
            return self._without_credit(named, src, at)
        if photo.credit is None and self.config.settings.photos.credit is not CreditRule.OPTIONAL:
            self.report.warning(
                "credit-from-file",
                f"the photo {src!r} has no credit here; it is shown with the one in its file: {file.named!r}",
                at(),
                "add it as credit, if it is right",
            )
        elif photo.credit and file.named and _contradict(photo.credit, file.named):
            self.report.warning(
                "credit-differs",
                f"the photo {src!r} is credited to {photo.credit!r} here, and to {file.named!r} in its file",
                at(),
                "find out who is right, and correct the other",
            )
        return named

    def _without_credit(self, photo: Photo, src: str, at: Place) -> Photo | None:
        rule = self.config.settings.photos.credit
        if rule is CreditRule.OPTIONAL:
            return photo
        message, hint = f"the photo {src!r} names nobody who took it", 'add credit, as in "VGP/Gia Huy"'
        if rule is CreditRule.REQUIRED:
            self.report.error("no-credit", message, at(), hint)
            return None
        self.report.warning("no-credit", message, at(), hint)
        return photo


def is_drawing(src: str) -> bool:
    """Whether a file is an SVG, which fits every screen as it is."""
    return src.lower().endswith(".svg")


def is_media_file(root: Path, name: str) -> bool:
    """Whether a name leads to a file inside the media folder, in its one right spelling."""
    if posixpath.normpath(name) != name:
        return False
    media = (root / MEDIA_FOLDER).resolve()
    try:
        file = (media / name).resolve()
        return media in file.parents and file.is_file()
    except (OSError, ValueError):  # a name that no file can have
        return False


def _is_web_photo(src: str) -> bool:
    return src.startswith("https://") and bool(parts_of(src).hostname)


def _nearest_file(media: Path, name: str) -> str | None:
    known = [path.relative_to(media).as_posix() for path in media.rglob("*") if path.is_file()]
    return did_you_mean(name, known)


def _contradict(ours: str, theirs: str) -> bool:
    """Whether two credits name different people: "VGP" and "VGP/Gia Huy" do not, nor does a name in other letters."""
    if not (_is_latin(ours) and _is_latin(theirs)):
        return False
    one, other = slug_of(ours, "vi"), slug_of(theirs, "vi")
    return one not in other and other not in one


def _is_latin(text: str) -> bool:
    return all(mark < "\u0250" or "\u1e00" <= mark <= "\u1eff" for mark in text if mark.isalpha())
