"""What pages and lists are called in the reader's language."""

from __future__ import annotations

from toasoan import cldr
from toasoan.catalog.catalog import ListKind
from toasoan.content.static_pages import StaticPage
from toasoan.plan import AgencyIndex, Gallery, Listing, NotFound, ParallelText, Reading, Search, Subject
from toasoan.render.edition import Edition
from toasoan.render.views import Named


def list_heading(listing: Listing, edition: Edition) -> Named:
    """The heading of a list."""
    if listing.month is not None:
        return Named(cldr.month_and_year(*listing.month, edition.tag))
    if listing.kind is ListKind.LANGUAGE:
        return Named(edition.say("All news"))
    if listing.kind is ListKind.PHOTOS:
        return Named(edition.say("Photos"))
    if listing.kind is ListKind.VIDEOS:
        return Named(edition.say("Videos"))
    if listing.kind is ListKind.SECTION:
        return Named(edition.section_name(listing.key))
    return Named(listing.name, None, edition.foreign(listing.name_language))


def page_name(subject: Subject, edition: Edition) -> str:
    """What a page is called, so that no two have the same title."""
    if isinstance(subject, Reading):
        return subject.article.title
    if isinstance(subject, Gallery):
        return f"{edition.say('Photos')}: {subject.article.title}"
    if isinstance(subject, ParallelText):
        languages = [edition.config.languages[it.language].endonym for it in (subject.article, subject.other)]
        return f"{subject.article.title} ({' / '.join(languages)})"
    if isinstance(subject, StaticPage):
        return subject.title
    if isinstance(subject, AgencyIndex):
        return edition.say("Agencies")
    if isinstance(subject, Search):
        return edition.say("Search")
    if isinstance(subject, NotFound):
        return edition.say("Page not found")
    if isinstance(subject, Listing):
        name = list_heading(subject, edition).name
        if subject.month is not None and subject.section:
            name = f"{edition.section_name(subject.section)}, {name}"
        if subject.number is not None:
            page = edition.say("page %(number)s", number=cldr.number(subject.number, edition.tag))
            name = f"{name} ({page})"
        return name
    return edition.shell.portal
