"""The other generators, in a virtual environment of their own: exact versions, from PyPI."""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
from pathlib import Path

WORK_FOLDER = Path(__file__).resolve().parents[1] / ".benchmarks"
"""What a benchmark makes and needs again; not under version control."""

LOCK = Path(__file__).parent / "peers.lock"
_ENVIRONMENT = WORK_FOLDER / "peers"


def install() -> None:
    """Make the environment, if what is there is not what the lock file asks for."""
    installed = _ENVIRONMENT / LOCK.name
    if installed.exists() and installed.read_bytes() == LOCK.read_bytes():
        return
    print(f"Installing the generators of {LOCK.name} into {_ENVIRONMENT} ...", file=sys.stderr)
    venv.create(_ENVIRONMENT, clear=True, with_pip=True)
    pip = [str(_ENVIRONMENT / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "-qq"]
    try:
        subprocess.run([*pip, "install", "--require-hashes", "-r", str(LOCK)], check=True)
    except subprocess.CalledProcessError:
        sys.exit("The other generators could not be installed. To measure Toasoan alone: --peers none")
    shutil.copyfile(LOCK, installed)


def make_work_folder() -> Path:
    """The folder for what is not to be kept, which version control ignores."""
    WORK_FOLDER.mkdir(exist_ok=True)
    (WORK_FOLDER / ".gitignore").write_text("*\n", encoding="utf-8")
    return WORK_FOLDER


def hugo() -> str:
    """Hugo itself, not the Python script which starts it."""
    return str(next(_ENVIRONMENT.glob("lib/python*/site-packages/hugo/binaries/hugo")))


def pelican() -> str:
    """Pelican's command."""
    return str(_ENVIRONMENT / "bin" / "pelican")
