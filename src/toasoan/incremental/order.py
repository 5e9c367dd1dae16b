"""What a build was asked for and found, and what it hands on to the next one of its process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from toasoan.build_result import Progress, Stages
from toasoan.config import Config
from toasoan.incremental.output_folder import OutputFolder
from toasoan.incremental.sources import (
    Snapshot,
    SourceChanges,
)
from toasoan.outputs.assets import Assets
from toasoan.render.environment import Environments
from toasoan.render.interface import Interface


@dataclass(frozen=True, slots=True)
class Order:
    """What a build was asked for, and what it found."""

    root: Path
    destination: Path | None
    seen: Snapshot
    changed: SourceChanges
    output: OutputFolder | None
    progress: Progress
    jobs: int
    now: datetime
    stages: Stages
    frame: Frame | None = None
    """What the last build of this process prepared, if neither settings nor theme have changed since."""

    comments_server: str | None = None
    """Where comments go instead of to the portal's own server."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What changes with settings and theme alone."""

    config: Config
    theme: Assets
    interfaces: Mapping[str, Interface]
    layouts: Mapping[str, str]
    """Of each layout, a digest of the templates that it uses."""

    environments: Environments
    """The templates, loaded."""
