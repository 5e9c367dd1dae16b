"""What `site/site.toml`, `site/publishers.toml` and `site/home.toml` may say: a class for each file and each table.

docs/reference/settings.md is made from these classes; `config` reads and checks the files.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from toasoan.deploy_settings import AnyDeploy

ORIGINAL = "original"
"""Stands for the version of a story that the others were translated from."""


@dataclass(frozen=True, slots=True)
class LanguageSettings:
    """A table `[languages.xx]`: what differs in one language. An empty table is enough."""

    title: str | None = None
    """The portal's name in this language, where it differs from the main one."""

    tagline: str | None = None
    """One line below the name."""

    description: str | None = None
    """What the portal is, in a sentence or two: for the footer and for search engines."""


@dataclass(frozen=True, slots=True)
class PagesSettings:
    """The table `[pages]`: kinds of pages and files that a portal can do without."""

    months: bool = True
    """Archives by month, of each language and section; without them these lists are numbered like all others."""

    agencies: bool = True
    """A list for each press agency, and one of all agencies."""

    photos: bool = True
    """A list of the articles with photographs, which shows these large; the home page has the newest of them."""

    videos: bool = True
    """A list of the articles with videos; the home page has the newest of them."""

    galleries: bool = True
    """A page for each article with several photographs, which shows these large, one after the other."""

    parallel_texts: tuple[str, ...] = (ORIGINAL,)
    """Beside which versions of its story an article can be read, paragraph by paragraph, on a page of its own: beside
    the `"original"`, and in languages by their tags. An empty list does without these pages."""

    json_feeds: bool = True
    """Every page of a list also as a JSON Feed, for programs."""

    atom_feeds: bool = True
    """An Atom feed for each tag, author and agency; languages and sections have RSS feeds with full texts."""

    search: bool = True
    """A page for each language on which it is searched, and what browsers need for it."""

    share_images: bool = True
    """A picture for each article with its headline, shown with links to it; without them the theme's serves all."""


@dataclass(frozen=True, slots=True)
class FeedsSettings:
    """The table `[feeds]`: how feeds reach their readers."""

    hub: str | None = None
    """Address of a WebSub hub, which tells programs of new articles at once: "https://hub.example/"."""


class Crawlers(StrEnum):
    """What programs may do that gather texts for language models."""

    OPEN = "open"
    CITE = "cite"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class RobotsSettings:
    """The table `[robots]`: what `robots.txt` asks of programs. Search engines may read everything in any case."""

    crawlers: Crawlers = Crawlers.OPEN
    """Programs for language models: `open` lets all of them read, `cite` those that answer questions and name their
    sources but not those that train on what they read, `closed` neither."""


@dataclass(frozen=True, slots=True)
class SecuritySettings:
    """The table `[security]`: whom to tell of a hole in the portal; without it there is no `security.txt`."""

    contact: tuple[str, ...]
    """Addresses, the preferred one first: "mailto:security@portal.example" or "https://portal.example/report"."""

    expires: dt.date
    """The day from which on nobody should rely on it; within a year, as RFC 9116 recommends."""

    policy: str | None = None
    """Address of a page that says how such reports are dealt with."""

    languages: tuple[str, ...] = ()
    """Tags of languages in which reports are understood; all languages of the portal if none is named."""


@dataclass(frozen=True, slots=True)
class PoliciesSettings:
    """The table `[organization.policies]`: slugs of the static pages that tell how the newsroom works.

    Search engines are told of those that a language has.
    """

    publishing_principles: str | None = None
    """How the newsroom works."""

    corrections: str | None = None
    """How mistakes are corrected."""

    ethics: str | None = None
    """What the newsroom does and does not do."""

    diversity: str | None = None
    """Who works there and who is heard."""

    masthead: str | None = None
    """Who is responsible."""

    ownership: str | None = None
    """To whom the portal belongs and who pays for it."""

    unnamed_sources: str | None = None
    """When sources are not named."""

    verification: str | None = None
    """How facts are checked."""

    feedback: str | None = None
    """How readers can answer."""


@dataclass(frozen=True, slots=True)
class OrganizationSettings:
    """The table `[organization]`: what search engines are told of the newsroom besides the portal's name."""

    legal_name: str | None = None
    """As it stands in the register."""

    email: str | None = None
    """Where the newsroom can be written to."""

    same_as: tuple[str, ...] = ()
    """Addresses of its pages elsewhere: an encyclopedia's, those on social networks."""

    policies: PoliciesSettings = field(default_factory=PoliciesSettings)
    """Slugs of the static pages that tell how the newsroom works."""


class CreditRule(StrEnum):
    """What a portal says of photographs that name nobody."""

    REQUIRED = "required"
    WANTED = "wanted"
    OPTIONAL = "optional"


@dataclass(frozen=True, slots=True)
class PhotoSettings:
    """The table `[photos]`: what is asked of photographs."""

    credit: CreditRule = CreditRule.WANTED
    """Whether a photograph must name who took it: if not, `required` makes that an error, `wanted` a warning."""

    license: str | None = None
    """Address of the page that says what others may do with the photographs; search engines are told of it."""


class RedirectFormat(StrEnum):
    """For whom a build writes down which addresses have moved and which are gone."""

    HTML = "html"
    NGINX = "nginx"
    CADDY = "caddy"
    APACHE = "apache"
    NETLIFY = "netlify"
    CLOUDFLARE = "cloudflare"
    VERCEL = "vercel"
    FIREBASE = "firebase"
    REDIRECTS_FILE = "redirects-file"


FORMATS_OF_ONE_FILE = frozenset([RedirectFormat.NETLIFY, RedirectFormat.CLOUDFLARE, RedirectFormat.REDIRECTS_FILE])
"""Each has its own word for what stands in `_redirects`, so a build writes one of them."""


@dataclass(frozen=True, slots=True)
class RedirectsSettings:
    """The table `[redirects]`: what becomes of addresses at which there is no page any more."""

    formats: tuple[RedirectFormat, ...] = (RedirectFormat.HTML,)
    """For whom they are written down: `html` makes a page that leads on, for hosts that serve files and nothing else;
    `nginx`, `caddy` and `apache` rules for these servers, `netlify`, `cloudflare`, `vercel` and `firebase` for these
    hosts, all with the headers of all files; `redirects-file` the file `_redirects` alone, for GitLab Pages. Only
    `nginx`, `caddy`, `apache` and `vercel` can say that a page is gone for ever (410)."""

    old_forms: tuple[str, ...] = ()
    """What addresses of articles looked like on an earlier site: "/{slug}/" for the main language alone, or
    "/{language}/{slug}.html"."""

    before: dt.date | None = None
    """The day on which the present addresses began: articles of that day and later never had another form."""


@dataclass(frozen=True, slots=True)
class HeadersSettings:
    """The table `[headers]`: what servers say with each file, where a build makes rules for them."""

    max_age: int = 60
    """For how many seconds browsers may show a page again without asking whether it is still so."""

    hsts_days: int = 0
    """For how many days browsers are to ask for this host by https only, or 0 not to say it. It can't be taken back
    before that: begin with few days."""

    allow: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What pages may load besides what the theme needs: sources by directive of the Content-Security-Policy, as in
    `script-src = ["https://stats.example"]`."""


@dataclass(frozen=True, slots=True)
class BudgetSettings:
    """The table `[budgets]`: what a page may weigh, in KiB as it travels, or 0 for no limit."""

    page: int = 50
    """All of a page but its photographs: HTML, style sheets, scripts, and the fonts that it asks for at once."""

    html_and_styles: int = 22
    """HTML and style sheets: what must have come before anything is seen."""

    scripts: int = 4
    """All scripts."""

    fonts: int = 34
    """Fonts that the page asks for at once."""


@dataclass(frozen=True, slots=True)
class CommentsSettings:
    """The table `[comments]`: readers may comment on articles. A portal without it has no comments."""

    server: str
    """Address of an Isso server, without a slash at the end: "https://comments.portal.example"."""


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """The file `site/site.toml`."""

    title: str
    """The portal's name."""

    base_url: str
    """Where the portal will live, with https:// and without a slash at the end: "https://portal.example"."""

    languages: Mapping[str, LanguageSettings]
    """One table for each language of the portal, by BCP 47 tag; the first one is the main language."""

    sections: Mapping[str, Mapping[str, str]]
    """One table for each section, in the order readers see them: its name in every language of the portal."""

    time_zone: str = "Asia/Ho_Chi_Minh"
    """IANA name of the zone in which dates are meant and shown."""

    articles_per_page: int = 20
    """How many articles a numbered page of a list has; a list's front page shows up to twice as many."""

    related_count: int = 5
    """How many related articles an article page names at most."""

    pages: PagesSettings = field(default_factory=PagesSettings)
    """What the portal can do without."""

    photos: PhotoSettings = field(default_factory=PhotoSettings)
    """What is asked of photographs."""

    organization: OrganizationSettings = field(default_factory=OrganizationSettings)
    """What search engines are told of the newsroom."""

    robots: RobotsSettings = field(default_factory=RobotsSettings)
    """What `robots.txt` asks of programs."""

    security: SecuritySettings | None = None
    """Whom to tell of a hole in the portal."""

    feeds: FeedsSettings = field(default_factory=FeedsSettings)
    """How feeds reach their readers."""

    redirects: RedirectsSettings = field(default_factory=RedirectsSettings)
    """What becomes of addresses at which there is no page any more."""

    headers: HeadersSettings = field(default_factory=HeadersSettings)
    """What servers say with each file."""

    budgets: BudgetSettings = field(default_factory=BudgetSettings)
    """What a page may weigh."""

    comments: CommentsSettings | None = None
    """Where readers' comments are kept; without it there are none."""

    deploy: Mapping[str, AnyDeploy] = field(default_factory=dict)
    """Where `toasoan deploy NAME` puts the portal: a table for each of your names, of a kind that is named below."""


@dataclass(frozen=True, slots=True)
class PublisherSettings:
    """A table `[publishers.key]` of `site/publishers.toml`: one press agency."""

    name: str
    """As the agency writes itself."""

    language: str | None = None
    """Tag of the language of the name, so that screen readers say it right."""

    hosts: tuple[str, ...] = ()
    """Hosts of its pages, without "www."; import recognises the agency of an article by them."""

    spellings: tuple[str, ...] = ()
    """Other ways in which articles write the name."""


@dataclass(frozen=True, slots=True)
class PublisherList:
    """The file `site/publishers.toml`."""

    publishers: Mapping[str, PublisherSettings] = field(default_factory=dict)
    """One table for each agency. Agencies that are not listed are allowed: they go by the name in the article."""


@dataclass(frozen=True, slots=True)
class HomeChoice:
    """A table `[languages.xx]` of `site/home.toml`: what is first in one language."""

    lead: str | None = None
    """Slug of the article at the top; the newest one stands there where nothing is named."""

    pinned: tuple[str, ...] | None = None
    """Slugs of the articles below it, in this order; an empty list for none."""


@dataclass(frozen=True, slots=True)
class HomeSettings:
    """The file `site/home.toml`: what editors put first on the home pages."""

    lead: str | None = None
    """Slug of the article at the top, in every language that has it; else the newest one stands there."""

    pinned: tuple[str, ...] = ()
    """Slugs of the articles below it, in this order; languages that do not have one go without."""

    languages: Mapping[str, HomeChoice] = field(default_factory=dict)
    """One table for each language in which something else is first."""

    def choice(self, language: str) -> HomeChoice:
        """What is first in a language: its own word where it has one, else that for all."""
        own = self.languages.get(language, HomeChoice())
        return HomeChoice(own.lead or self.lead, self.pinned if own.pinned is None else own.pinned)


@dataclass(frozen=True, slots=True)
class WrongWord:
    """A table `[[wrong]]` of `site/terms.toml`: a word that no text is to use."""

    language: str
    """Tag of the language whose texts are meant."""

    text: str
    """The word."""

    right: str
    """What to write instead."""


@dataclass(frozen=True, slots=True)
class TermList:
    """The file `site/terms.toml`: the portal's own names for offices, provinces and sections."""

    term: tuple[Mapping[str, str], ...] = ()
    """A table `[[term]]` for each: what it is called, by language; several names parted by `|`, the best first."""

    wrong: tuple[WrongWord, ...] = ()
    """A table `[[wrong]]` for each word that no text is to use."""
