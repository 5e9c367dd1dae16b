"""The videos that an article names, with whatever is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from toasoan import cldr
from toasoan.content.front_matter import PhotoFields, VideoFields
from toasoan.content.photographs import Photographs, is_media_file
from toasoan.content.video_hosts import NAMES, hosted_video
from toasoan.diagnostics import Location
from toasoan.encoding import readable
from toasoan.model.article import Photo, Video
from toasoan.portal_folders import MEDIA_FOLDER
from toasoan.web_address import parts_of

STREAM = ".m3u8"
TYPES: Mapping[str, str] = {
    ".mp4": "video/mp4",
    ".m4v": "video/mp4",
    ".webm": "video/webm",
    STREAM: "application/vnd.apple.mpegurl",
}
"""Media types by ending; that of streams is registered in RFC 8216, section 10."""


def type_of(address: str) -> str | None:
    """The media type of a video's file or stream; None for what is neither."""
    path = parts_of(address).path.lower() or address.lower()
    return next((kind for ending, kind in TYPES.items() if path.endswith(ending)), None)


@dataclass(frozen=True, slots=True)
class Videos:
    """Reads the videos of one article."""

    photographs: Photographs

    def read(self, videos: tuple[VideoFields, ...]) -> tuple[Video, ...] | None:
        """What the front matter names; None if one of them is wrong, which then stands in the report."""
        read = [self._video(number, fields) for number, fields in enumerate(videos)]
        return tuple(video for video in read if video) if all(read) else None

    def _video(self, number: int, fields: VideoFields) -> Video | None:
        sound = self._source(number, fields.src)
        if fields.mp4 is not None:
            sound &= self._file(number, fields.mp4, "mp4")
        for tag, file in fields.subtitles.items():
            sound &= self._subtitle(number, tag, file)
        poster = None
        if fields.poster is not None:
            poster = self._poster(number, fields.poster)
            sound &= poster is not None
        if not sound:
            return None
        if not (fields.subtitles or fields.silent or hosted_video(fields.src)) and self.photographs.files is not None:
            self.photographs.report.warning(
                "no-subtitles",
                f"the video {fields.src!r} has no subtitles; people who can't hear are left out",
                self._at(number, "src"),
                "add subtitles by language, or silent = true if nobody speaks",
            )
        return Video(
            fields.src,
            fields.mp4,
            poster,
            readable(fields.alt),
            readable(fields.caption),
            readable(fields.credit),
            tuple(fields.subtitles.items()),
            fields.seconds,
        )

    def _source(self, number: int, src: str) -> bool:
        if hosted_video(src) is not None:
            return True
        if parts_of(src).scheme == "" and not src.lower().endswith(STREAM):
            return self._file(number, src, "src")
        if parts_of(src).scheme == "https" and parts_of(src).hostname and type_of(src) is not None:
            return True
        self.photographs.report.error(
            "wrong-video",
            f"the video {src!r} can't be played",
            self._at(number, "src"),
            f"name an MP4 or WebM below {MEDIA_FOLDER}/, the https address of one or of a stream ({STREAM}), "
            f"or a video's page on {NAMES}",
        )
        return False

    def _file(self, number: int, src: str, field: str) -> bool:
        is_address = parts_of(src).scheme == "https" and bool(parts_of(src).hostname)
        if type_of(src) is None or (parts_of(src).scheme and not is_address):
            self.photographs.report.error(
                "wrong-video",
                f"{src!r} is no MP4 or WebM",
                self._at(number, field),
                "convert it, or correct the name",
            )
            return False
        return is_address or self._is_there(number, src, field)

    def _subtitle(self, number: int, tag: str, file: str) -> bool:
        if not cldr.is_language(tag) or not file.lower().endswith(".vtt"):
            self.photographs.report.error(
                "wrong-subtitles",
                f"the subtitles {file!r} in {tag!r} can't be shown",
                self._at(number, "subtitles"),
                'name a WebVTT file by the tag of its language: subtitles = { vi = "2025/market.vi.vtt" }',
            )
            return False
        return self._is_there(number, file, "subtitles")

    def _is_there(self, number: int, src: str, field: str) -> bool:
        if self.photographs.files is None or is_media_file(self.photographs.root, src):
            return True
        self.photographs.report.error(
            "missing-video",
            f"there is no file {src!r} below {MEDIA_FOLDER}/",
            self._at(number, field),
            "put the file there, or correct its name",
        )
        return False

    def _poster(self, number: int, poster: str) -> Photo | None:
        return self.photographs.photo(PhotoFields(poster), partial(self._at, number, "poster"), needs_credit=False)

    def _at(self, number: int, field: str) -> Location:
        return self.photographs.source.at(("videos", number, field))


def media_files(videos: tuple[Video, ...]) -> Iterator[str]:
    """Files below the media folder that players load."""
    for video in videos:
        for src in (video.src, video.mp4, *(file for _, file in video.subtitles)):
            if src and not parts_of(src).scheme:
                yield src
