"""Whether texts are in the language in which they are published.

A build refuses a text in another script. Of languages that share one it can't be as sure, so what is found here is
for a person to look at.
"""

from __future__ import annotations

from pathlib import Path

from toasoan.audit.facts import Text
from toasoan.audit.findings import Fault, advice
from toasoan.content.articles import read_manuscript
from toasoan.diagnostics import Report
from toasoan.ingest.language_detection import detect_another
from toasoan.ingest.words import all_words

LOOKED_AT = 1_500
"""Characters of a text."""


def read_text(root: Path, path: str, language: str) -> Text:
    """Look at the text of an article, for whether it is in the language in which it is published."""
    known = all_words().languages
    manuscript = read_manuscript(root, path, Report())
    if manuscript is None or language not in known:
        return Text(())
    other = detect_another(manuscript.markdown[:LOOKED_AT], language, known)
    if other is None:
        return Text(())
    message = f"the text reads like {other!r}, and is published in {language!r}"
    hint = "move the file to the folder of its language"
    return Text((advice(Fault("text-in-another-language", message, hint)),))
