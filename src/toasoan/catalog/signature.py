"""What an article is described by: the numbers it states, the names in it, its tags, the words that say most of it.

Numbers and names are features in all languages alike, words and tags in their own only. Pure and deterministic.

Worker processes load this module, so it imports nothing beyond the standard library.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import pairwise
from typing import NamedTuple

Signature = tuple[tuple[int, int], ...]
"""What describes an article: features, as whole numbers that are the same on every machine, and their weights;
sorted by feature."""

SAMPLE = 64
"""So many articles of a language, those with the smallest draws, tell which of its words are common."""


@lru_cache(maxsize=1 << 15)
def stable(text: str) -> int:
    """A whole number of 63 bits that is always the same for a text."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> 1


# ---- which words say nothing


def draw(path: str) -> int:
    """The lot of an article's file, by its path relative to the portal's root.

    The `SAMPLE` files of a language's folder with the smallest lots are its sample. So it changes seldom, and
    which files are in it does not depend on the order in which they came.
    """
    return stable(path)


def common_words(sampled: Iterable[Collection[str]]) -> frozenset[str]:
    """What so many sampled articles of a language have that it tells nothing; each is given by its `terms`.

    In a large sample that is an eighth of them. The smaller it is, the larger a share it takes, and no less than
    three articles: in a small portal half of the articles may well be about one matter.
    """
    spread: Counter[str] = Counter()
    articles = 0
    for terms_of_one in sampled:
        spread.update(set(terms_of_one))
        articles += 1
    least = max(-(-articles // 8), min(8, max(3, -(-3 * articles // 4))))
    return frozenset(term for term, count in spread.items() if count >= least)


def terms(title: str, summary: str | None, tags: Sequence[str], language: str, markdown: str) -> frozenset[str]:
    """All that could describe an article: what `common_words` learns from."""
    described = _Described.of(title, summary, tags, language, markdown)
    return frozenset((*described.words, *described.names, *described.numbers, *described.tags))


# ---- what describes an article

FEATURES = 20
"""So many features describe an article at most. What numbers, names and tags leave of them is for words."""

WORDS = 15
NAMES = 5
NUMBERS = 3
TAGS = 2

HEAD = 800
"""Characters of the text that are looked at, besides title and summary: news begins with what it is about."""

IN_TITLE = 2
IN_SUMMARY = 1
"""A word in the title or in the summary counts for so many more."""

MOST = 6
"""What is used more often than this weighs no more."""

NAME_WEIGHT = 3
"""What a name weighs above a word."""

TAG_WEIGHT = 1
"""Most tags name wide fields. They put in order what words and names relate, and relate nothing themselves."""

STEM = 6
"""Letters of words and names that count: behind them stands what inflection changes."""

SHORTEST = 5
"""Letters of the shortest words that count, where words are long: in Latin and Cyrillic letters."""

SHORTEST_NAME = 4
LONGEST_PAIR = 10
"""Two names that stand together are one if they have no more letters than this, as in Lao Cai and Hai Phong."""

SYLLABLES = frozenset({"vi"})
"""Languages that put a space between all syllables: there two of them make a word or a name."""

LONGER_THAN_A_SYLLABLE = 6
"""Letters of a foreign name in such a language, which stands for itself."""

SHOWS_SCRIPT = 200
"""Characters that are looked at for the script."""


def signature(
    title: str, summary: str | None, tags: Sequence[str], language: str, markdown: str, common: frozenset[str]
) -> Signature:
    """What describes an article, without what is common in its language.

    Numbers and names are features in all languages alike, words and tags in their own only.
    """
    described = _Described.of(title, summary, tags, language, markdown)
    weights = dict(_heaviest(described.numbers, common, NUMBERS))
    for name, count in _heaviest(described.names, common, NAMES):
        weights[name] = min(count, MOST) + NAME_WEIGHT
    for tag in [tag for tag in described.tags if tag not in common][:TAGS]:
        weights[f"{language} {tag}"] = TAG_WEIGHT
    for word, count in _heaviest(described.words, common, min(WORDS, FEATURES - len(weights))):
        weights[f"{language} {word}"] = min(count, MOST)
    return tuple(sorted((stable(term), weight) for term, weight in weights.items()))


def _heaviest(counts: Mapping[str, int], common: frozenset[str], most: int) -> list[tuple[str, int]]:
    """Of those that are not common; among equals the longest, which say most."""
    kept: list[tuple[str, int]] = []
    for once in (False, True):  # few words come twice: mostly the others need no sorting
        if len(kept) < most:
            there = [term for term, count in counts.items() if (count == 1) is once and term not in common]
            there.sort(key=lambda term: (-counts[term], -len(term), term))
            kept += [(term, counts[term]) for term in there[: most - len(kept)]]
    return kept


class _Described(NamedTuple):
    """All that could describe an article, with its weight. No term of one kind looks like one of another."""

    words: Mapping[str, int]
    names: Mapping[str, int]
    numbers: Mapping[str, int]
    tags: Sequence[str]

    @staticmethod
    def of(title: str, summary: str | None, tags: Sequence[str], language: str, markdown: str) -> _Described:
        title, summary, head = _plain(title), _plain(summary or ""), _plain(markdown[:HEAD])
        text = f"{title}\n{summary}\n{head}"
        by_syllables = language.partition("-")[0] in SYLLABLES
        words_of = _pairs if by_syllables else _words_in(text[:SHOWS_SCRIPT])
        words = Counter(words_of(text.casefold()))
        names: Counter[str] = Counter()
        for part, more in ((title, IN_TITLE), (summary, IN_SUMMARY), (head, 0)):
            if more:
                for word in words_of(part.casefold()):
                    words[word] += more
            for row in _NAMES.findall(part):
                for key in _keys(row, by_syllables):
                    names[key] += 1 + more
        stated = {number: weight for number in numbers(text) if (weight := number_weight(number))}
        folded = dict.fromkeys(f"#{unicodedata.normalize('NFC', tag).casefold()}" for tag in tags)
        return _Described(words, names, stated, tuple(folded))


def _plain(text: str) -> str:
    """In one Unicode form, and without addresses."""
    text = unicodedata.normalize("NFC", text)
    return _ADDRESS.sub(" ", text) if "](" in text or "://" in text else text


_ADDRESS = re.compile(r"\]\([^)\n]*\)|https?://\S+")


# ---- words

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_IDEOGRAPHS = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3"
_MARKS = "\u064b-\u065f\u0900-\u0963\u0970-\u0dff"

_SHORT_STEM = re.compile(rf"([^\W\d_][\w{_MARKS}]{{2,{STEM - 1}}})[\w{_MARKS}]*")
"""For Arabic, Hebrew and the scripts of India, whose words have few letters and whose vowels may be marks."""

_AROUND_WORDS = "!\"#$%&'()*+,-./0123456789:;<=>?@[\\]^_`{|}~«»“”„‘’‹›…–—·"
_RUN = re.compile(f"[{_UNSPACED}]{{4,}}|[{_IDEOGRAPHS}]{{2,}}")
_OTHER_SCRIPT = re.compile("[\u0590-\u1cff\u3040-\ud7a3]{2}")


def _words_in(beginning: str) -> Callable[[str], Sequence[str]]:
    """How to find the words of a text, by the script of its beginning."""
    if beginning.isascii() or (other := _OTHER_SCRIPT.search(beginning)) is None:
        return _stems
    return _parts_of_runs if re.match(f"[{_UNSPACED}{_IDEOGRAPHS}]", other[0]) else _SHORT_STEM.findall


def _pairs(text: str) -> Sequence[str]:
    # Regular expressions would take three times as long as these two methods do.
    syllables = [part if part.isalpha() else part.strip(_AROUND_WORDS) for part in text.split()]
    return list(map(" ".join, pairwise(filter(None, syllables))))


def _stems(text: str) -> Sequence[str]:
    long = [word if word.isalpha() else word.strip(_AROUND_WORDS) for word in text.split() if len(word) >= SHORTEST]
    return [word[:STEM] for word in long if len(word) >= SHORTEST]


def _parts_of_runs(text: str) -> Sequence[str]:
    """Where no spaces part words: any four signs in a row, and any two in Chinese, Japanese and Korean."""
    parts: list[str] = []
    for run in _RUN.findall(text):
        size = 2 if run[0] >= "\u3040" else 4
        parts += [run[start : start + size] for start in range(len(run) - size + 1)]
    return parts


# ---- names

_CAPITALS = "".join(
    letter
    for letter in map(chr, (*range(0x41, 0x250), *range(0x400, 0x530), *range(0x1E00, 0x1F00)))
    if letter.isupper()
)
_NAMES = re.compile(
    rf"[{_CAPITALS}](?<=(?:[^.!?…:|] |.[«“(\"]).)[^\W\d_]+(?: [{_CAPITALS}][^\W\d_]+)*",
)
"""Words with a capital letter in a row, the first of them where no sentence begins."""


@lru_cache(maxsize=1 << 14)
def _keys(row: str, by_syllables: bool) -> Sequence[str]:
    """The keys of the names in a row of words."""
    keys: list[str] = []
    before = ""
    for word in row.split(" "):
        if by_syllables:
            keys.append(name_key(before + word) if before else "")
            keys.append(name_key(word) if len(word) >= LONGER_THAN_A_SYLLABLE else "")
            before = word
        elif before and len(before) + len(word) <= LONGEST_PAIR:
            keys.append(name_key(before + word))
            before = ""
        else:
            keys.append(name_key(before))
            before = word
    if not by_syllables:
        keys.append(name_key(before))
    return tuple(key for key in keys if len(key) > SHORTEST_NAME)


_LETTERS: Mapping[int, int | str] = {
    **str.maketrans("абвгґдеєжзиіїйклмнопрстуфхцчшщыэё", "abvggdeejziiiiklmnoprstufhccssiee"),
    **str.maketrans("đðłøßyjwqc", "ddlosiivkk"),
    ord("ю"): "iu",
    ord("я"): "ia",
}
"""Rougher than any standard, so that what the languages write differently falls together."""

_SAME_SOUNDS = (("kh", "h"), ("ph", "f"), ("sh", "s"), ("zh", "j"), ("iii", "i"), ("ii", "i"))


def names(text: str, language: str) -> Iterator[str]:
    """The keys of the names in a text, as often as they come; none in scripts without capital letters."""
    by_syllables = language.partition("-")[0] in SYLLABLES
    for row in _NAMES.findall(text):
        yield from _keys(row, by_syllables)


@lru_cache(maxsize=1 << 14)
def name_key(name: str) -> str:
    """How a name begins, much the same in all languages in Latin and Cyrillic letters; "" in other scripts.

    "Hải Phòng", "Hai Phong" and "Хайфон" are one name, and so are "Зеленського" and "Zelensky".
    """
    if not name:
        return ""
    plain = unicodedata.normalize("NFD", name.casefold().translate(_LETTERS))
    letters = "".join(letter for letter in plain if "a" <= letter <= "z")
    for sound, letter in _SAME_SOUNDS:
        letters = letters.replace(sound, letter)
    return f"^{letters[:STEM]}" if letters else ""


# ---- numbers

_NUMBER = re.compile(
    r"[0-9٠-٩۰-۹](?:\d{0,2}(?:[.,\u00a0\u202f ]\d{3}(?!\d))+|\d*)(?:[.,]\d+)?"
)  # begins with a set and not with \d: it is found far quicker
_GROUPS = re.compile(r"(?<=\d)[.,\u00a0\u202f ](?=\d{3}(?!\d))")


def numbers(text: str) -> Iterator[str]:
    """The numbers of a text in one form for all languages: "300 000", "300.000" and "300,000" are "300000".

    Numbers of one digit are left out: every text has them.
    """
    for found in _NUMBER.findall(text):
        number = found if len(found) < 4 else _GROUPS.sub("", found)
        if len(number) > 1:
            if not number.isascii():
                number = "".join(str(unicodedata.decimal(sign, sign)) for sign in number)
            yield number.replace(",", ".")


def number_weight(number: str) -> int:
    """What it says that two articles state the same number: round ones say little, years nothing."""
    if len(number) == 4 and number[:2] in ("19", "20"):
        return 0
    telling = min(3, len(number.replace(".", "").strip("0")))
    return (0, 1, 2, 4)[telling] + ("." in number)
