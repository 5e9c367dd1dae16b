"""The program in which people edit files on their own machine, as far as the environment names one with a window."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Mapping
from pathlib import Path
from shutil import which

IN_THE_TERMINAL = frozenset(["ed", "emacs", "hx", "joe", "mcedit", "micro", "nano", "ne", "nvim", "vi", "vim"])
"""Editors that would take over the terminal in which the preview runs."""

WITH_LINE: Mapping[str, str] = {
    "code": "--goto {file}:{line}", "codium": "--goto {file}:{line}", "subl": "{file}:{line}", "zed": "{file}:{line}",
    "gedit": "+{line} {file}", "kate": "--line {line} {file}", "gvim": "+{line} {file}",
}  # fmt: skip
"""How editors are told on which line to begin."""


_open: list[subprocess.Popen[bytes]] = []
"""Editors that were begun: those that have ended are let go of when the next one begins."""


def own_editor() -> str | None:
    """What VISUAL or EDITOR name, if it has a window of its own; None if there is nothing of the kind."""
    words = _words()
    return Path(words[0]).name if words else None


def _words() -> list[str]:
    for name in ("VISUAL", "EDITOR"):
        try:
            words = shlex.split(os.environ.get(name, ""))
        except ValueError:
            continue
        if words and Path(words[0]).name not in IN_THE_TERMINAL and which(words[0]):
            return words
    return []


def open_in_editor(file: Path, line: int) -> bool:
    """Open a file at a line, and do not wait for its end; tells whether there is an editor."""
    words = _words()
    if not words:
        return False
    form = WITH_LINE.get(Path(words[0]).name, "{file}").split(" ")
    arguments = [word.format(file=file, line=line) for word in form]
    _open[:] = [program for program in _open if program.poll() is None]
    # What the person's own environment names, with a path that was checked and without a shell.
    program = subprocess.Popen(  # noqa: S603
        [*words, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    _open.append(program)
    return True
