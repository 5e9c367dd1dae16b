"""What counts as the same letter, whoever types it: tables, and nothing else.

The same tables go to the browser, in a language's directory, so that words typed are folded as words indexed were.
"""

from __future__ import annotations

from collections.abc import Mapping

MARKS = (
    "\u0300-\u036f"  # accents and tones, of Latin, Cyrillic and Greek letters
    "\u0591-\u05bd\u05bf-\u05c7"  # Hebrew points
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"  # Arabic vowels and marks of recitation
    "\u093c\u09bc"  # dots below letters of Hindi and Bengali
    "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0e\ufe0f\ufeff\u0640"  # not seen, or only to stretch a word
)
"""What is left out after canonical decomposition, as a class of a regular expression."""

JOINERS = "'’ʼʹ′‘`´＇"
"""What people type for an apostrophe."""

LETTERS: Mapping[str, str] = {
    "đ": "d", "ð": "d", "ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "ß": "ss", "ı": "i", "þ": "th", "ŋ": "n", "ħ": "h",
    "ς": "σ", "ґ": "г", "ѓ": "г", "ќ": "к", "ў": "у",
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ؤ": "و", "ئ": "ي", "ى": "ي", "ی": "ي", "ې": "ي", "ے": "ي", "ۓ": "ي",
    "ک": "ك", "ڪ": "ك", "ة": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه", "ۀ": "ه", "ۃ": "ه", "ں": "ن", "ء": "",
    "ך": "כ", "ם": "מ", "ן": "נ", "ף": "פ", "ץ": "צ",
    "ँ": "ं", "ঁ": "ং",
    "٠": "0", "١": "1", "٢": "2", "٣": "3", "٤": "4", "٥": "5", "٦": "6", "٧": "7", "٨": "8", "٩": "9",
    "۰": "0", "۱": "1", "۲": "2", "۳": "3", "۴": "4", "۵": "5", "۶": "6", "۷": "7", "۸": "8", "۹": "9",
    "०": "0", "१": "1", "२": "2", "३": "3", "४": "4", "५": "5", "६": "6", "७": "7", "८": "8", "९": "9",
    "০": "0", "১": "1", "২": "2", "৩": "3", "৪": "4", "৫": "5", "৬": "6", "৭": "7", "৮": "8", "৯": "9",
    "๐": "0", "๑": "1", "๒": "2", "๓": "3", "๔": "4", "๕": "5", "๖": "6", "๗": "7", "๘": "8", "๙": "9",
    "໐": "0", "໑": "1", "໒": "2", "໓": "3", "໔": "4", "໕": "5", "໖": "6", "໗": "7", "໘": "8", "໙": "9",
    "០": "0", "១": "1", "២": "2", "៣": "3", "៤": "4", "៥": "5", "៦": "6", "៧": "7", "៨": "8", "៩": "9",
}  # fmt: skip
"""What one letter counts as, after decomposition: variants, final forms, digits of all scripts."""

SOUNDS: Mapping[str, str] = {
    "а": "a", "б": "b", "в": "v", "г": "h", "д": "d", "е": "e", "є": "ie", "ж": "s", "з": "s", "и": "i", "і": "i",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "h", "ц": "s", "ч": "s", "ш": "s", "щ": "s", "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "iu", "я": "ia",
    "ј": "i", "љ": "l", "њ": "n", "ћ": "s", "ђ": "d", "џ": "s",
}  # fmt: skip
"""Roughly how a Cyrillic letter sounds, for readers who type names in Latin letters; й and ї are и and і by then."""

LATIN_SOUNDS = (
    ("shch|sch|tch|tsch|sh|ch|zh|ts|tz|cz|sz", "s"),
    ("kh|gh", "h"),
    ("ph", "f"),
    ("th", "t"),
    ("ngh", "ng"),
    ("nh", "n"),
    ("ck|q|c", "k"),
    ("x|z", "s"),
    ("w", "v"),
    ("g", "h"),
    ("[yj]", "i"),
)
"""The same for Latin letters, Vietnamese ones among them: one regular expression after the other."""

COMMON_SOUNDS = (("i+(?=[aeou])", ""), ("(.)\\1+", "\\1"))
"""What both ways of writing a sound may differ in: the i of iotated vowels, and doubled letters."""

INITIALS = (("^tr", "ch"), ("^d", "z"), ("^gi", "z"), ("^ch", "t"), ("^s", "sh"))
"""What Vietnamese initials have become in Cyrillic letters besides what they sound like."""
