"""The demo portal's videos: a slow move over a photograph, made by `scripts/demo-clips`."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent / "clips"
CLIPS = ("night-ferry", "comet-night", "kite-teacher")
"""Stories that are told with a video in place of a photograph."""

SECONDS = 6


def clip(key: str) -> bytes:
    """The video of a story, as MP4."""
    return (FOLDER / f"{key}.mp4").read_bytes()
