"""What a build tells those who asked for it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from toasoan.diagnostics import Report

Progress = Callable[[str, int, int], None]
"""Told the stage, how many of its steps are done, and how many there are."""


def no_progress(stage: str, done: int, total: int) -> None:
    """For those who do not want to know."""


@dataclass(frozen=True, slots=True)
class Published:
    """What publication did."""

    files: int
    """In the output, all told."""

    written: int
    removed: int
    bytes: int
    """Size of all files."""


class TemplateTime(NamedTuple):
    """What a template took."""

    pages: int
    seconds: float
    """Of all processes together."""


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build found and did."""

    report: Report
    articles: int = 0
    pages: int = 0
    languages: Mapping[str, int] = field(default_factory=dict)
    """Published articles by language."""

    published: Published | None = None
    """None where nothing was published, be it for mistakes or because it was a check."""

    seconds: float = 0.0
    stages: Mapping[str, float] = field(default_factory=dict)
    """Seconds by stage."""

    templates: Mapping[str, TemplateTime] = field(default_factory=dict)
    """By template of a whole page."""

    redirects: tuple[int, int] = (0, 0)
    """How many addresses that have no page lead to another one, and how many are gone for ever."""

    next_due: datetime | None = None
    """The moment at which the clock alone makes another build due; None if it never will."""

    reasons: Mapping[str, str] = field(default_factory=dict)
    """Why each file was made, by its path; only of those that were."""


class Stages:
    """Takes the time of stages, and of templates."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.templates: dict[str, TemplateTime] = {}

    def note_page(self, template: str, seconds: float) -> None:
        """Note what a page took."""
        before = self.templates.get(template, TemplateTime(0, 0.0))
        self.templates[template] = TemplateTime(before.pages + 1, before.seconds + seconds)

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        """Time a stage; one that comes again adds to its time."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - start
