"""A made-up corpus of news in four languages, the same on every machine: articles of any number, one after another.

A story depends only on the seed and its own number, so the first k articles are the same however many are asked
for, and none but the current one is in memory. Its sentences are put together from those of the raw articles in
`seeds/`: words, letters and lengths are those of real news, the content is nonsense.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count, islice
from pathlib import Path

SEEDS_FOLDER = Path(__file__).resolve().parents[1] / "seeds"
SEED = 20251217
LANGUAGES = ("vi", "en", "ru", "uk")

BODY_CHARACTERS = 9_000
"""Median length of a body; they lie between a third and twice of it."""

SECTIONS = {
    "heritage": 10,
    "figure": 8,
    "enterprise": 18,
    "current-events": 28,
    "political-system": 16,
    "local": 12,
    "product": 8,
}
"""Each with its share of the stories."""

FIRST_DAY = datetime(2023, 1, 1, tzinfo=UTC)
MINUTES = 1_500_000
"""The stories are spread over these minutes, nearly three years."""

AFTER_ALL_OTHERS = FIRST_DAY + timedelta(minutes=MINUTES, days=1)
"""A date later than that of every article."""

_QUALITIES = (
    "digital green cultural rural urban public regional marine youth national traditional creative smart local "
    "global historic coastal mountain open modern"
).split()
_SUBJECTS = "economy heritage tourism transport education health exports culture reform energy".split()
TAGS = [f"{quality} {subject}" for quality in _QUALITIES for subject in _SUBJECTS]
"""200, of which some are much more frequent than others."""

_TAG_WEIGHTS = [1 / (rank + 3) ** 0.75 for rank in range(len(TAGS))]

_FAMILY_NAMES = "Nguyen Tran Le Pham Hoang Phan Vu Dang Bui Do Ho Ngo Duong Ly Dinh Trinh Cao Mai Luong Ta".split()
_MIDDLE_NAMES = "Van Thi Hoa Minh Quoc Thanh Duc Ngoc Xuan Hong Anh Tuan".split()
_GIVEN_NAMES = "Binh An Lan Hung Son Nhu Dung Ha Linh Nam Phuc Quang Tam Thao Tien Trang Viet Yen Khoa Long".split()
AUTHORS_OF_A_LANGUAGE = 75

PUBLISHERS = [
    f"{first} {second}"
    for first in "Bao Cong Dan Dai Kinh Lao Nong Phap Thoi Tuoi".split()
    for second in "Chinh Luan Tri Doan Te Dong Nghiep Luat Dai Tre".split()
]
PLACES = (
    "Hanoi,Hue,Da Nang,Can Tho,Hai Phong,Quang Ninh,Lao Cai,Dak Lak,Gia Lai,An Giang,Ca Mau,Nghe An,Thanh Hoa,"
    "Son La,Tay Ninh,Dong Thap,Khanh Hoa,Lam Dong"
).split(",")


@dataclass(frozen=True, slots=True)
class Photo:
    """A photograph, of which only the words exist."""

    address: str
    caption: str
    credit: str


@dataclass(frozen=True, slots=True)
class Article:
    """One story in one language."""

    number: int
    """Its place in the corpus, from 0."""

    story: str
    """The same for all language versions."""

    language: str
    slug: str
    title: str
    date: datetime
    section: str
    tags: tuple[str, ...]
    author: str
    publisher: str
    source_url: str
    summary: str
    photos: tuple[Photo, Photo]
    body: str
    """Markdown with headings of the second level."""


@dataclass(frozen=True, slots=True)
class _Story:
    """What all language versions share."""

    key: str
    slug: str
    languages: tuple[str, ...]
    section: str
    tags: tuple[str, ...]
    date: datetime


@dataclass(frozen=True, slots=True)
class _Words:
    """What the texts of a language are put together from."""

    sentences: tuple[str, ...]
    openings: tuple[str, ...]
    """Sentences up to their first comma."""

    endings: tuple[str, ...]
    """Sentences from their first comma on."""


def articles(number: int, seeds: Path = SEEDS_FOLDER) -> Iterator[Article]:
    """The first articles of the corpus."""
    return islice(_all_articles(seeds), number)


def fingerprint(seeds: Path = SEEDS_FOLDER) -> str:
    """Tells one corpus from another: what was measured with different ones can't be compared."""
    digest = hashlib.sha256(f"{SEED} {BODY_CHARACTERS}\n".encode())
    digest.update(Path(__file__).read_bytes())
    for path in sorted(seeds.glob("*.txt")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _all_articles(seeds: Path) -> Iterator[Article]:
    words = _words_by_language(seeds)
    authors = _authors()
    tags = _lots("tags").sample(TAGS, len(TAGS))
    number = 0
    for story_number in count():
        story = _story(story_number, tags)
        for language in story.languages:
            yield _article(number, story, language, words[language], authors[language])
            number += 1


def _lots(*what: object) -> random.Random:
    """Lots that depend on nothing but the seed and on what they are drawn for."""
    return random.Random("/".join(map(str, (SEED, *what))))


def _story(number: int, tags: list[str]) -> _Story:
    lots = _lots("story", number)
    languages = lots.choices(LANGUAGES, (4, 3, 2, 2))
    if lots.random() < 0.4:
        languages = lots.sample(LANGUAGES, lots.choice((2, 3, 4)))
    chosen: dict[str, None] = {}
    wanted = lots.randint(3, 6)
    while len(chosen) < wanted:
        chosen[lots.choices(tags, _TAG_WEIGHTS)[0]] = None
    first_tag, second_tag = list(chosen)[:2]
    return _Story(
        key=f"story-{number:06}",
        slug=f"{first_tag} {second_tag} {lots.choice(PLACES)} {number:06}".lower().replace(" ", "-"),
        languages=tuple(languages),
        section=lots.choices(list(SECTIONS), list(SECTIONS.values()))[0],
        tags=tuple(chosen),
        date=FIRST_DAY + timedelta(minutes=lots.randint(0, MINUTES)),
    )


def _article(number: int, story: _Story, language: str, words: _Words, authors: list[str]) -> Article:
    lots = _lots(story.key, language)
    title = _headline(lots, words)
    publisher = lots.choice(PUBLISHERS)
    host = f"{publisher.replace(' ', '').lower()}.example"
    return Article(
        number=number,
        story=story.key,
        language=language,
        slug=story.slug,
        title=title[0].upper() + title[1:],
        date=story.date + timedelta(minutes=lots.randint(0, 600)),
        section=story.section,
        tags=story.tags,
        author=lots.choice(authors),
        publisher=publisher,
        source_url=f"https://{host}/{language}/{story.slug}.htm",
        summary=_cut(_sentence(lots, words), 260),
        photos=(_photo(lots, words, f"{story.key}-a"), _photo(lots, words, f"{story.key}-b")),
        body=_body(lots, words),
    )


def _body(lots: random.Random, words: _Words) -> str:
    drawn = BODY_CHARACTERS * lots.lognormvariate(0, 0.35)
    wanted = min(2 * BODY_CHARACTERS, max(BODY_CHARACTERS / 3, drawn))
    blocks: list[str] = []
    length = 0
    while length < wanted:
        # A heading after every five blocks of text.
        block = _headline(lots, words) if len(blocks) % 6 == 5 else _text_block(lots, words)
        blocks.append(f"## {block}" if len(blocks) % 6 == 5 else block)
        length += len(block)
    return "\n\n".join(blocks) + "\n"


def _text_block(lots: random.Random, words: _Words) -> str:
    """Mostly paragraphs; some have bold words or a link, some are lists or quotations."""
    kind = lots.random()
    if kind < 0.04:
        return "\n".join(f"- {_sentence(lots, words)}" for _ in range(lots.randint(3, 5)))
    if kind < 0.08:
        return f"> {_sentence(lots, words)}"
    paragraph = " ".join(_sentence(lots, words) for _ in range(lots.randint(1, 3)))
    if kind < 0.16:
        first, *others = paragraph.split(" ")
        return " ".join((f"**{first}**", *others))
    if kind < 0.20:
        return f"{paragraph} [{lots.choice(TAGS)}](https://portal.example.org/{lots.randint(1, 9999)})."
    return paragraph


def _sentence(lots: random.Random, words: _Words) -> str:
    """A sentence of the seeds with other numbers, or the opening of one with the ending of another."""
    if lots.random() < 0.45:
        sentence = lots.choice(words.sentences)
    else:
        sentence = f"{lots.choice(words.openings)}, {lots.choice(words.endings)}"
    sentence = re.sub(r"\d+", lambda digits: _other_number(lots, digits.group()), sentence)
    if lots.random() < 0.07:
        return f"{sentence[:-1]} ({_name(lots)}, {lots.choice(PLACES)}){sentence[-1]}"
    return sentence


def _other_number(lots: random.Random, digits: str) -> str:
    """As many digits or fewer; four of them are mostly a year."""
    return str(lots.randint(2, 2030 if len(digits) == 4 else 10 ** len(digits)))


def _headline(lots: random.Random, words: _Words) -> str:
    """The beginning of a sentence and the end of another."""
    beginning = lots.choice(words.openings).split()[: lots.randint(3, 7)]
    end = lots.choice(words.endings).split()[-lots.randint(3, 6) :]
    return " ".join(beginning + end).strip(" .,:;-–").replace('"', "")[:110]


def _photo(lots: random.Random, words: _Words, name: str) -> Photo:
    return Photo(f"https://media.example/{name}.jpg", _cut(_sentence(lots, words), 140), f"VNA/{_name(lots)}")


def _cut(text: str, longest: int) -> str:
    text = text.replace('"', "'")
    return text if len(text) <= longest else f"{text[: longest - 1].rsplit(' ', 1)[0]}…"


def _name(lots: random.Random) -> str:
    return f"{lots.choice(_FAMILY_NAMES)} {lots.choice(_MIDDLE_NAMES)} {lots.choice(_GIVEN_NAMES)}"


def _authors() -> dict[str, list[str]]:
    """Those who write in each language; none writes in two."""
    lots = _lots("authors")
    names: dict[str, None] = {}
    while len(names) < AUTHORS_OF_A_LANGUAGE * len(LANGUAGES):
        names[_name(lots)] = None
    return {language: list(names)[place :: len(LANGUAGES)] for place, language in enumerate(LANGUAGES)}


def _words_by_language(seeds: Path) -> dict[str, _Words]:
    sentences: dict[str, set[str]] = {language: set() for language in LANGUAGES}
    for path in sorted(seeds.glob("*.txt")):
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            paragraph = " ".join(line.split())
            language = _language_of(paragraph)
            if language is not None and paragraph.endswith((".", "…", ";")):
                sentences[language].update(_sentences_of(paragraph))
    return {language: _words(sorted(of_language), language) for language, of_language in sentences.items()}


def _words(sentences: list[str], language: str) -> _Words:
    parts = [sentence.partition(", ") for sentence in sentences]
    halves = [(opening, ending) for opening, _, ending in parts if len(opening) > 20 and len(ending) > 25]
    if not halves:
        raise SystemExit(
            f"the raw articles in seeds/ have no text in {language!r} that the corpus could be made from"
        )
    openings, endings = zip(*halves, strict=True)
    return _Words(tuple(sentences), openings, endings)


_SENTENCE_END = re.compile(r"(?<=[.!?…;])\s+(?=[A-ZÀ-ỸĐА-ЯЇІЄҐ«“\"0-9])")


def _sentences_of(paragraph: str) -> Iterator[str]:
    for sentence in _SENTENCE_END.split(paragraph):
        plain = _plain(sentence)
        if 40 <= len(plain) <= 420:
            yield plain if plain[-1] in ".!?…" else plain.rstrip(";:,") + "."


def _plain(text: str) -> str:
    """Without the characters that mean something in Markdown or HTML."""
    return text.translate(str.maketrans("_|", "  ", "*`<[]#")).strip()


_VIETNAMESE = frozenset("ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ")


def _language_of(text: str) -> str | None:
    """Good enough for the raw articles; None where it is none of the four or can't be told."""
    letters = text.lower()
    if sum(letter in _VIETNAMESE for letter in letters) > 0.03 * len(letters):
        return "vi"
    if sum("а" <= letter <= "я" or letter in "їієґё" for letter in letters) > 0.4 * len(letters):
        return "uk" if sum(letter in "іїєґ" for letter in letters) > 0.02 * len(letters) else "ru"
    return "en" if re.search(r"\b(the|and|of)\b", letters) else None
