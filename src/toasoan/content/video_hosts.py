"""Sites that show videos: how the address of a page there tells the video, and where their player is.

The forms of the addresses are those that the sites give under "share" and "embed".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs

from toasoan.web_address import parts_of


@dataclass(frozen=True, slots=True)
class VideoHost:
    """A site that shows videos."""

    name: str
    hosts: frozenset[str]
    """Without "www." and "m."."""

    path: re.Pattern[str]
    """Its group is the video's key; without one the key is in the query, under "v"."""

    player: str
    """With {} for the key: what shows the video in a frame, with as few traces left as the site allows."""


HOSTS = (
    VideoHost(
        "YouTube",
        frozenset({"youtube.com", "youtube-nocookie.com"}),
        re.compile(r"/(?:watch$|(?:embed|shorts|live)/([\w-]{5,40})/?$)"),
        "https://www.youtube-nocookie.com/embed/{}?autoplay=1",
    ),
    VideoHost(
        "YouTube",
        frozenset({"youtu.be"}),
        re.compile(r"/([\w-]{5,40})$"),
        "https://www.youtube-nocookie.com/embed/{}?autoplay=1",
    ),
    VideoHost(
        "Vimeo",
        frozenset({"vimeo.com", "player.vimeo.com"}),
        re.compile(r"/(?:video/)?(\d{5,20})/?$"),
        "https://player.vimeo.com/video/{}?dnt=1&autoplay=1",
    ),
    VideoHost(
        "Dailymotion",
        frozenset({"dailymotion.com"}),
        re.compile(r"/(?:embed/)?video/([\w-]{5,40})/?$"),
        "https://geo.dailymotion.com/player.html?video={}",
    ),
    VideoHost(
        "TikTok",
        frozenset({"tiktok.com"}),
        re.compile(r"/@[\w.-]+/video/(\d{5,25})/?$"),
        "https://www.tiktok.com/player/v1/{}?autoplay=1",
    ),
)

NAMES = "YouTube, Vimeo, Dailymotion or TikTok"


@dataclass(frozen=True, slots=True)
class HostedVideo:
    """A video on another site."""

    host: str
    """Name of the site."""

    player: str


def hosted_video(address: str) -> HostedVideo | None:
    """The video whose page is at an address; None if that is no page of a site that is known."""
    parts = parts_of(address)
    name = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    for host in HOSTS:
        found = host.path.match(parts.path) if parts.scheme == "https" and name in host.hosts else None
        if found:
            key = found[1] or parse_qs(parts.query).get("v", [""])[0]
            if re.fullmatch(r"[\w-]{5,40}", key):
                return HostedVideo(host.name, host.player.format(key))
    return None
