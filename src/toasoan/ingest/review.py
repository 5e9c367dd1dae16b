"""The queue of what people should look at after imports, and their answers: `site/import/review.toml`.

Import writes the whole file anew and keeps every answer and note in it. Nothing but a person's edit ever sets one.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from toasoan.diagnostics import Location, Report
from toasoan.encoding import NotUtf8Error, decode_utf8
from toasoan.files import write_text
from toasoan.toml import TomlError, read_toml
from toasoan.toml_format import format_toml
from toasoan.typed_table import Source, read_table

REVIEW_FILE = "site/import/review.toml"

_HEAD = """\
# What a person should look at after imports. Import writes this file anew and keeps your answers and notes.
# Comments are lost; write note = "…" into an entry instead.
#
# [[article]]: look at the sentences; when that is done, write done = true.
# [[same_story]]: are these articles one story in two languages? Write answer = "yes" or answer = "no". It is kept.

"""


class Answer(StrEnum):
    """What a person said of a suggestion."""

    OPEN = ""
    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class ArticleToReview:
    """An article with sentences that a person should read."""

    path: str
    """The article's file, relative to the portal's root."""

    source: str
    """The item that it was made of."""

    look_at: tuple[str, ...] = ()
    done: bool = False
    note: str | None = None
    """What people want to remember."""


@dataclass(frozen=True, slots=True)
class StoryToReview:
    """Articles that may be one story."""

    articles: tuple[str, ...]
    """Two paths, in order."""

    confidence: int
    """In percent; a measure for putting suggestions in order, no probability."""

    because: str
    answer: Answer = Answer.OPEN
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """The whole file."""

    article: tuple[ArticleToReview, ...] = ()
    same_story: tuple[StoryToReview, ...] = ()

    @property
    def open_articles(self) -> int:
        """Articles that nobody has looked at."""
        return sum(not one.done for one in self.article)

    @property
    def open_stories(self) -> int:
        """Suggestions that nobody has answered."""
        return sum(one.answer is Answer.OPEN for one in self.same_story)


def read_review(root: Path, report: Report) -> Review | None:
    """The queue below `root`, empty where there is none; None if it has mistakes, which then stand in the report."""
    try:
        document = read_toml(decode_utf8((root / REVIEW_FILE).read_bytes()))
    except FileNotFoundError:
        return Review()
    except (OSError, NotUtf8Error) as error:
        report.error("broken-review", f"the file can't be read: {error}", Location(REVIEW_FILE), _HINT)
        return None
    except TomlError as error:
        report.error("broken-review", str(error), Location(REVIEW_FILE, error.line), _HINT)
        return None
    return read_table(Review, document.values, (), Source(REVIEW_FILE, document.line_of), report)


_HINT = "mend it: until then import leaves the file as it is, and no answer is used"


def write_review(root: Path, review: Review) -> None:
    """Write the queue, unless the file already says the same. Raises OSError when the disk refuses."""
    path = root / REVIEW_FILE
    text = _HEAD + format_toml(review).lstrip("\n")
    if not review.article and not review.same_story and not path.exists():
        return
    if not path.exists() or path.read_bytes() != text.encode():
        write_text(path, text)
