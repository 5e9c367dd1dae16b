"""Whether readers of a language are kept in it: links to versions in other languages, pages that others have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from toasoan import routes
from toasoan.audit.findings import Fault, advice
from toasoan.diagnostics import Location
from toasoan.model.article import ArticleId
from toasoan.state import State, path_of
from toasoan.targets import Target, text_of
from toasoan.web_address import parts_of

_OWN_LINKS = (
    "SELECT kind, key, address, line FROM link WHERE address >= '/' AND address < '0' ORDER BY kind, key, place"
)
"""Links to the portal's own pages: "0" comes next after the slash."""


def texts_that_lead_abroad(state: State) -> Iterator[tuple[Location, Fault]]:
    """Links in texts to an article in another language that is there in the reader's own one."""
    for kind, key, address, line in state.rows(_OWN_LINKS):
        own = _language_of(state, kind, key)
        there = state.row(
            "SELECT article.language, article.story FROM output JOIN article ON article.number = output.key"
            " WHERE output.kind = 'article' AND output.path = ?",
            routes.file_of(unquote(parts_of(address).path).replace("\0", "")),
        )
        if there is None or there[0] == own:
            continue
        slug = state.row("SELECT slug FROM article WHERE story = ? AND language = ?", there[1], own)
        if slug is not None:
            better = routes.article(ArticleId(own, slug))
            message = f"the link leads to {there[0]!r}, although the article is there in {own!r}"
            fault = Fault("link-to-another-language", message, f"write {better}")
            yield Location(text_of(state, kind, key), line), advice(fault)


def _language_of(state: State, kind: str, key: str) -> str:
    if kind == Target.ARTICLE:
        return str(state.row("SELECT language FROM article WHERE number = ?", int(key)))
    return key.partition("/")[0]


def missing_static_pages(state: State, languages: Sequence[str]) -> Iterator[tuple[Location, Fault]]:
    """Static pages that some languages of the portal do not have."""
    found: dict[str, dict[str, str]] = {}
    for slug, language, path in state.rows("SELECT slug, language, path FROM static_page ORDER BY slug"):
        found.setdefault(slug, {})[language] = path_of(path)
    for slug, paths in found.items():
        missing = [language for language in languages if language not in paths]
        if missing:
            first = next(paths[language] for language in languages if language in paths)
            message = f"the page {slug!r} is missing in {', '.join(missing)}"
            hint = f"write site/pages/{missing[0]}/{slug}.md" + (", and so on" if len(missing) > 1 else "")
            yield Location(first), advice(Fault("missing-translation", message, hint))
