"""What counts as the same word when people search: tones, case, apostrophes, variants of letters do not.

A text is cut into words, or into overlapping pieces where a script does not part words. Each word has a `form`, as it
is written but for case, and one or several keys, by which it is found; the index stands in the order of the keys.

The rules are data as far as they can be: `as_data` gives them to the browser, whose script does the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from toasoan.search.endings import INFLECTIONS, Inflection
from toasoan.search.letters import COMMON_SOUNDS, INITIALS, JOINERS, LATIN_SOUNDS, LETTERS, MARKS, SOUNDS

LONGEST = 40
"""Letters of a key that count."""

PAIRS = "\u3005\u3041-\u3096\u30a1-\u30fa\u30fc\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
"""Characters of Chinese, Japanese and Korean: pieces of two."""

TRIPLES = "\u0e01-\u0e4e\u0e81-\u0ece\u1780-\u17d3"
"""Letters and signs of Thai, Lao and Khmer: pieces of three."""

_VOWEL_SIGNS = (
    "\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0903\u093a-\u094f"
)
_VOWEL_SIGNS += "\u0951-\u0957\u0962\u0963\u0981-\u0983\u09bc\u09be-\u09cd\u09d7\u09e2\u09e3\u200c\u200d\u0640"

_UNSPACED = f"{PAIRS}{TRIPLES}"
_LETTER = f"[^\\W_{_UNSPACED}]"
_TOKEN = re.compile(
    f"[{_UNSPACED}]+(?:[ \u200b][{_UNSPACED}]+)*"
    f"|{_LETTER}+(?:(?:[{_VOWEL_SIGNS}]+|[{JOINERS}\u05f3\u05f4](?={_LETTER})){_LETTER}*)*"
)
"""A run of text without words, or a word with the apostrophes inside of it."""

_HAS_NO_PLAIN_WORDS = re.compile(f"[{_UNSPACED}{_VOWEL_SIGNS}]").search
_PLAIN_WORD = re.compile(r"[^\W_]+")
_IS_UNSPACED = re.compile(f"[{_UNSPACED}]").match
_IS_OF_PAIRS = re.compile(f"[{PAIRS}]").match
_MARKS = re.compile(f"[{MARKS}]+")
_BLANK = re.compile("[ \u200b]+")
_APOSTROPHES = re.compile(f"[{JOINERS}\u05f3\u05f4]+")
_INNER_APOSTROPHES = re.compile(f"[{JOINERS}\u05f3\u05f4](?<=[^\\W_].)(?=[^\\W_])")
_JOINED = frozenset(["uk", "ru", "he", "ar", "fa", "ur"])
"""Languages in which an apostrophe stands inside of a word; elsewhere it parts an article or an ending from it."""

_PREFIXES = {
    "ar": (re.compile("(?:[وف]?[بكل]?ال|[وف]?لل|[وف])(?=..)"),),
    "he": (re.compile("[והבלמשכ](?=...)"), re.compile("[והבלמשכ]{2}(?=...)")),
}
"""Words that are written together with the next one: conjunctions, prepositions, the article."""


class Folding:
    """How the words of a language are folded."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._joins = language in _JOINED
        self._prefixes = _PREFIXES.get(language, ())
        self.sounds: Mapping[str, str] = SOUNDS if language in ("uk", "ru") else {}
        """Empty where readers type the letters that stand in the texts."""

    def forms(self, text: str) -> list[str]:
        """The words and pieces of a text, one after the other, in their forms."""
        text = unicodedata.normalize("NFKC", text).lower()
        if self._joins:
            text = _INNER_APOSTROPHES.sub("", text)
        if not _HAS_NO_PLAIN_WORDS(text):
            return _PLAIN_WORD.findall(text)
        return [form for token in _TOKEN.findall(text) for form in self._forms_of(token)]

    def _forms_of(self, token: str) -> Iterable[str]:
        if _IS_UNSPACED(token):
            return pieces(_BLANK.sub("", token))
        return [word for word in _APOSTROPHES.split(token) if word]

    def keys(self, form: str) -> tuple[str, ...]:
        """What a form is found by, the plainest first; nothing for one that has no letter."""
        plain = folded(form)
        if not plain:
            return ()
        if self.sounds:
            return (self._sound(plain)[:LONGEST] or plain[:LONGEST],)
        keys = [plain]
        for prefix in self._prefixes:
            if found := prefix.match(plain):
                keys.append(plain[found.end() :])
        return tuple(key[:LONGEST] for key in keys)

    def _sound(self, plain: str) -> str:
        if plain.isascii():
            for pattern, replacement in LATIN_SOUNDS:
                plain = re.sub(pattern, replacement, plain)
        else:
            plain = "".join([SOUNDS.get(letter, letter) for letter in plain])
        for pattern, replacement in COMMON_SOUNDS:
            plain = re.sub(pattern, replacement, plain)
        return plain


def folded(form: str) -> str:
    """A form without what people leave out when they type: tones, vowel signs, variants of letters."""
    if form.isascii():
        return form
    plain = _MARKS.sub("", unicodedata.normalize("NFD", form))
    return unicodedata.normalize("NFC", "".join([LETTERS.get(letter, letter) for letter in plain]))


def pieces(run: str) -> Iterator[str]:
    """Overlapping pieces of a run of text without words; at its end shorter ones, so that each letter begins one."""
    width = 2 if _IS_OF_PAIRS(run) else 3
    for start in range(len(run)):
        yield run[start : start + width]


def as_data(language: str) -> Mapping[str, object]:
    """The rules of a language as the browser's script needs them."""
    folding, inflection = Folding(language), INFLECTIONS.get(language, Inflection())
    endings = sorted({folded(ending) for ending in inflection.endings if ending}, key=lambda it: (-len(it), it))
    data: dict[str, object] = {
        "marks": MARKS,
        "letters": "".join(f"{a}{b}\n" for a, b in LETTERS.items()),
        "pairs": PAIRS,
        "triples": TRIPLES,
        "apostrophes": f"{JOINERS}\u05f3\u05f4",
        "joins": language in _JOINED,
        "endings": " ".join(endings),
        "changes": [list(change) for change in inflection.changes],
        "longest": LONGEST,
    }
    if language in _PREFIXES:
        data["prefixes"] = [f"^(?:{prefix.pattern})" for prefix in _PREFIXES[language]]
    if folding.sounds:
        data["sounds"] = {
            "letters": "".join(f"{a}{b}\n" for a, b in folding.sounds.items()),
            "latin": [list(it) for it in LATIN_SOUNDS],
            "common": [list(it) for it in COMMON_SOUNDS],
            "initials": [list(it) for it in INITIALS],
        }
    return data
