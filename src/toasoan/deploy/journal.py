"""The journal of a deploy as lines of text: who does it, what may be touched, and, line by line, what is done."""

from __future__ import annotations

import json
from pathlib import Path

from toasoan.deploy.host import Work
from toasoan.deploy.release import ReleaseFile


def journal_lines(work: Work) -> str:
    """What is written before anything is touched."""
    head = {"release": work.release, "base": work.base, "by": work.by, "touched": len(work.touched)}
    lines = [json.dumps(head, ensure_ascii=False)]
    lines += (_line("touch", path, file) for path, file in work.touched.items())
    lines += (_line("done", path, file) for path, file in work.done.items())
    return "".join(f"{line}\n" for line in lines)


def done_line(path: str, file: ReleaseFile) -> str:
    """What is added once a file is in its place."""
    return f"{_line('done', path, file)}\n"


def _line(what: str, path: str, file: ReleaseFile | None) -> str:
    values = [] if file is None else [file.digest, file.size, file.headers]
    return json.dumps([what, path, *values], ensure_ascii=False)


def journal_in(text: str) -> Work | None:
    """What a journal says; None if it is not whole, for then nothing was touched yet.

    Its last line may be half of one: that is not done.
    """
    lines = text.split("\n")[:-1]
    try:
        head = json.loads(lines[0])
        touched: dict[str, ReleaseFile | None] = {}
        done: dict[str, ReleaseFile] = {}
        for line in lines[1:]:
            what, path, *values = json.loads(line)
            file = ReleaseFile(*values) if values else None
            if what == "touch":
                touched[path] = file
            elif file is not None:
                done[path] = file
        if len(touched) != head["touched"]:
            return None
        return Work(head["release"], head["base"], head["by"], touched, done)
    except (ValueError, IndexError, KeyError, TypeError):
        return None


def read_journal(file: Path) -> Work | None:
    """The journal in a file; None if there is none."""
    try:
        return journal_in(file.read_text(encoding="utf-8", errors="surrogateescape"))
    except FileNotFoundError:
        return None
