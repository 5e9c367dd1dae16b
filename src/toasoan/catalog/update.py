"""Articles that came, changed or went, into the catalog; and what of the portal is to be made anew because of them.

The same steps serve the first build, for which every article is new, and the smallest edit. What is due is never
less than what changed: a stateful test compares chains of edits with builds from nothing, byte by byte.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, TypeVar

from toasoan import routes
from toasoan.catalog.catalog import ROLES, Catalog, ListKind, Numbers, Role
from toasoan.catalog.likeness import Place, touched
from toasoan.catalog.neighbours import Standing, reach, within_reach
from toasoan.catalog.postings import Postings, place_of, posting_rows, signature_of, written
from toasoan.catalog.record import article_of, moment_of, month_of, record_of
from toasoan.catalog.signature import Signature
from toasoan.catalog.story import Claim, story_key
from toasoan.config import Config
from toasoan.model.article import Article, ArticleId
from toasoan.slug import folded_address, slug_of, unique_slug
from toasoan.state import State, stored_path
from toasoan.targets import Target, due

Shown = tuple[int, dict[Role, Numbers]]
"""An article's number, and the others that its page names."""

_Key = TypeVar("_Key", int, bytes)

AT_ONCE = 2_000
"""Articles of a first build after which the state is written to its file: nobody else reads it yet, so what is
written there needs no memory."""

NAMED_KINDS = (ListKind.TAG, ListKind.AUTHOR, ListKind.AGENCY)
"""Lists that come and go with what articles name."""


@dataclass(frozen=True, slots=True)
class Membership:
    """An article's place in one kind of list."""

    kind: ListKind
    key: str
    spelling: str = ""


def memberships(article: Article, config: Config) -> tuple[Membership, ...]:
    """The lists that an article is in, each once."""
    found = [Membership(ListKind.LANGUAGE, "")]
    if article.section:
        found.append(Membership(ListKind.SECTION, article.section))
    found += [Membership(ListKind.TAG, name.casefold(), name) for name in article.tags]
    found += [Membership(ListKind.AUTHOR, name.casefold(), name) for name in article.authors]
    if article.publisher and config.settings.pages.agencies:
        name = config.agency_named(article.publisher).name
        found.append(Membership(ListKind.AGENCY, name.casefold(), name))
    if config.settings.pages.photos and any(photo.src for photo in article.photos):
        found.append(Membership(ListKind.PHOTOS, ""))
    if config.settings.pages.videos and article.videos:
        found.append(Membership(ListKind.VIDEOS, ""))
    # Of two spellings in one article the first by letters counts, as among articles.
    found.sort(key=lambda it: it.spelling, reverse=True)
    return tuple({(it.kind, it.key): it for it in found}.values())


def _lists_of_every_language(config: Config) -> Iterator[Membership]:
    """Those that there are even if nothing is in them."""
    yield Membership(ListKind.LANGUAGE, "")
    yield from (Membership(ListKind.SECTION, key) for key in config.sections)
    if config.settings.pages.photos:
        yield Membership(ListKind.PHOTOS, "")
    if config.settings.pages.videos:
        yield Membership(ListKind.VIDEOS, "")


class Update:
    """One build's changes to the catalog. `put` and `drop` what changed, then `settle`."""

    def __init__(self, catalog: Catalog, is_first: bool) -> None:
        self.catalog = catalog
        self.state: State = catalog.state
        self.config = catalog.config
        self.is_first = is_first
        """Whether the catalog was empty before, so that everything will be looked at anyway."""

        self._revision: int = (self.state.fact("revision") or 0) + 1
        self.state.note("revision", self._revision)
        self.renewed: set[int] = set()
        """Articles that came or changed in more than their text, or whose story did; of a first build none is noted,
        for there everything is due."""

        self._reasons: dict[int, str] = {}
        self._lists: dict[int, str] = {}
        self._numbers = {
            (language, kind, key): number
            for number, language, kind, key in self.state.rows("SELECT number, language, kind, key FROM list")
        }
        self._sources: set[str] = set()
        self._named: set[str] = set()
        self._stories: dict[str, str] = {}
        self._withdrawn: dict[bytes, str] = {}
        self._beside: set[int] = set()
        self._restoried: set[int] = set()
        self._members: list[tuple[int, int, str, int, int, str]] = []
        self._postings: list[tuple[int, int, int, int, int]] = []
        self._described: list[tuple[Signature, Place]] = []
        for language in self.config.languages:
            for it in _lists_of_every_language(self.config):
                self._list_number(language, it)

    def _list_number(self, language: str, it: Membership) -> int:
        number = self._numbers.get((language, it.kind, it.key))
        if number is None:
            number = len(self._numbers) + 1 if self.is_first else None
            self.state.run(
                "INSERT INTO list VALUES (?, ?, ?, ?, NULL, ?, '', NULL, 0)",
                number,
                language,
                it.kind,
                it.key,
                it.key,
            )
            number = int(self.state.row("SELECT last_insert_rowid()"))
            self._numbers[language, it.kind, it.key] = number
        return number

    # ---- what came and went

    def put(self, article: Article, text: bytes, signature: Signature, entry: bytes | None = None) -> None:
        """Take in an article that is new or was read again.

        `text` is the digest of what its file says, `entry` what readers find it by; None where nobody searches.
        """
        self._forget_withdrawal(article.path)
        described = written(signature)
        record, path = record_of(article), stored_path(article.path)
        before = None if self.is_first else self._row(path)
        if before is None:
            number, reason = None, f"{article.path} is new"
        else:
            number, old_record, old_text, old_signature = before
            if old_record == record:
                if old_text != text:
                    self.state.run("UPDATE article SET text = ? WHERE number = ?", text, number)
                    self._due_article(number, "its text changed")
                    story = self.state.row("SELECT story FROM article WHERE number = ?", number)
                    for version in self._versions(story):
                        self._due(Target.PARALLEL_TEXT, version, f"the text of {article.path} changed")
                if old_signature != described:
                    self._describe_anew(number, article, signature)
                if self._note_entry(number, entry):
                    self._due(Target.SEARCH, article.language, f"the text of {article.path} changed")
                return
            reason = f"{article.path} changed"
            self._take_out(number, old_record, reason)
        number = self._take_in(number, article, record, text, described, reason)
        self._note_entry(number, entry)
        self._describe(number, place_of(article), signature)

    def _note_entry(self, number: int, entry: bytes | None) -> bool:
        """Note what an article is found by; tells whether that is something new."""
        digest = blake2b(entry, digest_size=16).digest() if entry is not None else None
        if not self.is_first:
            if self.state.row("SELECT digest FROM search_entry WHERE article = ?", number) == digest:
                return False
            self.state.run("DELETE FROM search_entry WHERE article = ?", number)
        if entry is not None:
            self.state.run("INSERT INTO search_entry VALUES (?, ?, ?)", number, digest, entry)
        return True

    def withdraw(self, article: Article) -> None:
        """Take out an article that was withdrawn; other versions of its story may say so."""
        record = record_of(article)
        if self.state.row("SELECT record FROM withdrawn WHERE path = ?", stored_path(article.path)) == record:
            return
        self.drop(article.path)
        claim = Claim.of(article)
        self.state.run(
            "INSERT INTO withdrawn VALUES (?, ?, ?, NULL, ?, ?, ?, ?)",
            stored_path(article.path), *claim.id, claim.named_story, claim.source, claim.original, record,
        )  # fmt: skip
        self._claims(claim)
        self._withdrawn[stored_path(article.path)] = reason = f"{article.path} was withdrawn"
        self._due(Target.REDIRECTS, "", reason)

    def _forget_withdrawal(self, path: str) -> None:
        found = self.state.row(
            "SELECT language, slug, named_story, source, original, story FROM withdrawn WHERE path = ?",
            stored_path(path),
        )
        if found is not None:
            language, slug, named_story, source, original, story = found
            self.state.run("DELETE FROM withdrawn WHERE path = ?", stored_path(path))
            self._claims(Claim(ArticleId(language, slug), named_story, source, bool(original)))
            reason = f"{path} is not withdrawn as it was"
            self._stories.setdefault(story, reason)
            self._due(Target.REDIRECTS, "", reason)

    def drop(self, path: str) -> None:
        """Forget an article that is gone, or no longer published."""
        self._forget_withdrawal(path)
        before = self._row(stored_path(path))
        if before is None:
            return
        number, record, _, _ = before
        reason = f"{path} is gone"
        self._take_out(number, record, reason)
        self.state.run("DELETE FROM article WHERE number = ?", number)
        self.state.run("DELETE FROM feed_item WHERE article = ?", number)
        self.state.run("DELETE FROM search_entry WHERE article = ?", number)
        self._due_article(number, reason)
        self._due(Target.PARALLEL_TEXT, number, reason)

    def _row(self, path: bytes) -> tuple[int, bytes, bytes, bytes] | None:
        found: tuple[int, bytes, bytes, bytes] | None = self.state.row(
            "SELECT number, record, text, signature FROM article WHERE path = ?", path
        )
        return found

    def _take_in(
        self, number: int | None, article: Article, record: bytes, text: bytes, signature: bytes, reason: str
    ) -> int:
        claim = Claim.of(article)
        moment = moment_of(article.published)
        values = (
            number, stored_path(article.path), article.language, article.slug, moment, month_of(article.published),
            None,
            claim.named_story, claim.source, claim.original, folded_address(routes.article(article.id)),
            text, record, signature, self._revision,
        )  # fmt: skip
        self.state.run("INSERT OR REPLACE INTO article VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", *values)
        number = number or int(self.state.row("SELECT last_insert_rowid()"))
        self.catalog.forget()
        month = month_of(article.published)
        for it in memberships(article, self.config):
            list_number = self._list_number(article.language, it)
            self._members.append((list_number, moment, article.slug, number, month, it.spelling))
            self._lists.setdefault(list_number, reason)
        self._claims(claim)
        if not self.is_first:
            self.renewed.add(number)
            self._reasons[number] = reason
        return number

    def _describe_anew(self, number: int, article: Article, signature: Signature) -> None:
        """Take in another description of an article of which readers see nothing new."""
        self._forget_description(number, place_of(article))
        self.state.run("UPDATE article SET signature = ? WHERE number = ?", written(signature), number)
        self._describe(number, place_of(article), signature)
        self._beside.add(number)

    def _describe(self, number: int, place: Place, signature: Signature) -> None:
        if not self.is_first:
            self._described.append((signature, place))
        self._postings += posting_rows(number, place, signature)

    def _forget_description(self, number: int, place: Place) -> None:
        signature = signature_of(number, self.state)
        self._beside |= touched(signature, place, Postings(self.state))
        self.state.run_each(
            "DELETE FROM posting WHERE feature = ? AND moment = ? AND lot = ? AND article = ?",
            (row[:4] for row in posting_rows(number, place, signature)),
        )

    def _take_out(self, number: int, record: bytes, reason: str) -> None:
        story = str(self.state.row("SELECT story FROM article WHERE number = ?", number))
        article = article_of(record, number, story)
        self._stories.setdefault(story, reason)
        self._note_surroundings(article)
        self._forget_description(number, place_of(article))
        self._beside.update(self.state.rows("SELECT article FROM shown WHERE other = ?", number))
        moment = moment_of(article.published)
        for it in memberships(article, self.config):
            list_number = self._list_number(article.language, it)
            self._lists.setdefault(list_number, reason)
            self.state.run(
                "DELETE FROM member WHERE list = ? AND moment = ? AND slug = ? AND article = ?",
                list_number, moment, article.slug, number,
            )  # fmt: skip
        self.state.run("DELETE FROM shown WHERE article = ?", number)
        self.catalog.forget()
        self._claims(Claim.of(article))

    def _claims(self, claim: Claim) -> None:
        """Note whose story may be another one because of an article; a first build looks at all of them."""
        if self.is_first:
            return
        if claim.source:
            self._sources.add(claim.source)
        if claim.named_story:
            self._named.add(claim.named_story)

    def _note_surroundings(self, article: Article) -> None:
        """Note whose page may name other articles because this one came or went."""
        at: Standing = (moment_of(article.published), article.slug, article.number)
        each_way = reach(self.config.settings.related_count)
        for it in memberships(article, self.config):
            if it.kind in (ListKind.SECTION, ListKind.AUTHOR):
                self._beside |= within_reach(self.state, self._list_number(article.language, it), at, each_way)

    def flush(self) -> None:
        """Put what has been gathered into the tables."""
        # What comes in order goes in much faster.
        self.state.run_each("INSERT INTO member VALUES (?, ?, ?, ?, ?, ?)", sorted(self._members))
        self._members.clear()
        self.state.run_each("INSERT INTO posting VALUES (?, ?, ?, ?, ?)", sorted(self._postings))
        self._postings.clear()

    # ---- what follows from it

    def settle(self, shown_beside: Callable[[Sequence[int]], Iterable[Shown]]) -> None:
        """Bring stories, lists and neighbours up to date, and note what is due.

        `shown_beside` finds the others that the pages of articles name; it is called once, with the state saved if
        this is the first build.
        """
        self.flush()
        self._settle_stories()
        self._settle_lists()
        if not self.is_first:
            for number in self.renewed:
                self._note_surroundings(self.catalog.article(number))
            for signature, place in self._described:
                self._beside |= touched(signature, place, Postings(self.state))
        for number in self.renewed:
            self._due_article(number, self._reasons[number])
        self._settle_beside(shown_beside)
        for story, reason in self._stories.items():
            for number in self._versions(story):
                self._due_article(number, f"a version of its story: {reason}")
                self._due(Target.PARALLEL_TEXT, number, reason)
        for list_number, reason in self._lists.items():
            self._due(Target.LIST, list_number, reason)

    def _settle_stories(self) -> None:
        claims = self._claims_to_check("article", "number", 0, self.renewed)
        for done, (number, claim, before) in enumerate(claims, start=1):
            if self.is_first and done % AT_ONCE == 0:
                self.state.save()
            key = story_key(claim, self._named_for_source, self._is_named)
            if key == before:
                continue
            self.state.run("UPDATE article SET story = ?, revision = ? WHERE number = ?", key, self._revision, number)
            if self.is_first:
                continue
            reason = self._reasons.setdefault(number, "its story is another one")
            self._stories.setdefault(key, reason)
            if before is not None:
                self._stories.setdefault(before, reason)
                self._beside.update(self.state.rows("SELECT article FROM shown WHERE other = ?", number))
            self._restoried.add(number)
            self.renewed.add(number)
        for path, claim, before in self._claims_to_check("withdrawn", "path", b"", self._withdrawn):
            key = story_key(claim, self._named_for_source, self._is_named)
            if key != before:
                self.state.run("UPDATE withdrawn SET story = ? WHERE path = ?", key, path)
                reason = self._withdrawn.get(path, "a withdrawn version has another story")
                self._stories.update({it: reason for it in (before, key) if it and it not in self._stories})
        self.catalog.forget()
        if self.is_first:
            return
        for number in self._restoried:
            # Candidates that were one story may be two now, or two one.
            article = self.catalog.article(number)
            self._beside |= touched(signature_of(number, self.state), place_of(article), Postings(self.state))
            # The cover on its card is drawn from the story's key.
            for it in memberships(article, self.config):
                self._lists.setdefault(self._list_number(article.language, it), self._reasons[number])
        for story in self._stories:
            # Who names a story may now name another version of it.
            self._beside.update(
                self.state.rows(
                    "SELECT shown.article FROM shown JOIN article ON other = number WHERE story = ?", story
                )
            )

    def _claims_to_check(
        self, table: str, key: str, first: _Key, changed: Collection[_Key]
    ) -> Iterator[tuple[_Key, Claim, str | None]]:
        """What those say of their story who changed, or may have another story for the changes of others."""
        columns = f"SELECT {key}, language, slug, named_story, source, original, story FROM {table}"  # noqa: S608
        for key_, language, slug, named, source, original, story in (
            self._all_rows(columns, key, first) if self.is_first else self._rows_touched(columns, key, changed)
        ):
            yield key_, Claim(ArticleId(language, slug), named, source, bool(original)), story

    def _all_rows(self, columns: str, key: str, first: object) -> Iterator[Any]:
        while rows := tuple(self.state.rows(f"{columns} WHERE {key} > ? ORDER BY {key} LIMIT 1000", first)):
            yield from rows
            first = rows[-1][0]

    def _rows_touched(self, columns: str, key: str, changed: Collection[object]) -> list[Any]:
        wanted = ((key, changed), ("source", self._sources), ("slug", self._named))
        return sorted(
            {
                row
                for where, values in wanted
                for value in values
                for row in self.state.rows(f"{columns} WHERE {where} = ?", value)
            },
            key=lambda row: row[0],
        )

    def _named_for_source(self, source: str) -> str | None:
        found: str | None = self.state.row(
            "SELECT min(named_story) FROM (SELECT source, named_story FROM article WHERE named_story IS NOT NULL"
            " UNION ALL SELECT source, named_story FROM withdrawn WHERE named_story IS NOT NULL) WHERE source = ?",
            source,
        )
        return found

    def _is_named(self, slug: str) -> bool:
        found = self.state.row(
            "SELECT 1 FROM article WHERE named_story = ?1"
            " UNION ALL SELECT 1 FROM withdrawn WHERE named_story = ?1 LIMIT 1",
            slug,
        )
        return found is not None

    def _settle_lists(self) -> None:
        """Count the lists that changed; name those that came, and give them addresses."""
        renamed: set[tuple[str, str]] = set()
        for number, reason in tuple(self._lists.items()):
            language, kind, key, name, slug, count = self.state.row(
                "SELECT language, kind, key, name, slug, count FROM list WHERE number = ?", number
            )
            before, months = self._recount_months(number)
            new_count, new_name = self.state.row("SELECT count(*), min(spelling) FROM member WHERE list = ?", number)
            self._due(Target.LANGUAGE, language, reason)
            self._due(Target.SEARCH, language, reason)
            if language == self.config.main_language.tag:
                self._due(Target.PORTAL, "", reason)
            if kind in NAMED_KINDS and new_count == 0:
                self._lists.setdefault(number, reason)
                self.state.run("DELETE FROM list WHERE number = ?", number)
                del self._numbers[language, kind, key]
                renamed.add((language, kind))
            else:
                self.state.run("UPDATE list SET count = ? WHERE number = ?", new_count, number)
                if kind in NAMED_KINDS and new_name != name:
                    self._rename(number, kind, language, new_name)
                    renamed.add((language, kind))
            if months != before or bool(count) != bool(new_count):
                self._due_translations(kind, slug, reason)
            if bool(months) != bool(before) or bool(count) != bool(new_count):
                self._due(Target.FEEDS, language, reason)
        for language, kind in sorted(renamed):
            self._assign_slugs(language, kind)
            self._due(Target.FEEDS, language, f"there is another {kind}, or it is called otherwise")
        self.catalog.forget()

    def _recount_months(self, number: int) -> tuple[set[int], set[int]]:
        """Count a list's articles by month; gives the months of before and of now."""
        before = set(self.state.rows("SELECT month FROM list_month WHERE list = ?", number))
        self.state.run("DELETE FROM list_month WHERE list = ?", number)
        self.state.run(
            "INSERT INTO list_month SELECT list, month, count(*) FROM member WHERE list = ? AND month > 0"
            " GROUP BY month",
            number,
        )
        return before, set(self.state.rows("SELECT month FROM list_month WHERE list = ?", number))

    def _rename(self, number: int, kind: str, language: str, name: str) -> None:
        name_language = None
        base = slug_of(name, language)
        if kind == ListKind.AGENCY:
            agency = self.config.agency_named(name)
            base, name_language = agency.key, agency.language
        self.state.run(
            "UPDATE list SET name = ?, base = ?, name_language = ? WHERE number = ?",
            name,
            base,
            name_language,
            number,
        )

    def _assign_slugs(self, language: str, kind: str) -> None:
        """Names that differ in marks only get a suffix to their slug; listed agencies keep their key for one."""
        rows = tuple(
            self.state.rows(
                "SELECT number, key, base, slug, name FROM list WHERE language = ? AND kind = ?", language, kind
            )
        )
        is_agency = kind == ListKind.AGENCY
        taken: set[str] = set()
        for number, _, base, before, _ in sorted(
            rows, key=lambda row: (is_agency and self.config.publisher_named(row[4]) is None, row[1])
        ):
            slug = unique_slug(base, taken)
            taken.add(slug)
            if slug == before:
                continue
            self.state.run("UPDATE list SET slug = ? WHERE number = ?", slug, number)
            reason = f"the address of {kind} {slug!r} is new"
            self._lists.setdefault(number, reason)
            self._due_translations(kind, slug, reason)
            self._due_translations(kind, before, reason)
            if not self.is_first:
                for article in tuple(self.state.rows("SELECT article FROM member WHERE list = ?", number)):
                    self._due_article(article, reason)

    def _due_translations(self, kind: str, slug: str, reason: str) -> None:
        """A list that appears or disappears is named by its translations, and they by it."""
        if self.is_first:
            return
        for number, language in tuple(
            self.state.rows("SELECT number, language FROM list WHERE kind = ? AND slug = ?", kind, slug)
        ):
            self._lists.setdefault(number, f"the same list in another language: {reason}")
            self._due(Target.LANGUAGE, language, reason)

    def _settle_beside(self, shown_beside: Callable[[Sequence[int]], Iterable[Shown]]) -> None:
        """Find out which other articles pages name, where that may have changed."""
        if self.is_first:
            numbers = tuple(self.state.rows("SELECT number FROM article ORDER BY language, moment, slug"))
        else:
            wanted = self._beside | self.renewed
            numbers = tuple(sorted(n for n in wanted if self.state.row("SELECT 1 FROM article WHERE number = ?", n)))
        if self.is_first:
            self.state.set_aside("shown")  # while workers read the file
        rows: list[tuple[int, int, int, int]] = []
        for number, shown in shown_beside(numbers):
            new = [
                (number, ROLES.index(role), place, other)
                for role, others in shown.items()
                for place, other in enumerate(others)
            ]
            if not self.is_first:
                before = list(self.state.rows("SELECT * FROM shown WHERE article = ? ORDER BY role, place", number))
                if before == new:
                    continue
                self.state.run("DELETE FROM shown WHERE article = ?", number)
                self._due_article(number, "it names other articles beside its own")
            rows += new
            if len(rows) > 10_000:
                self.state.run_each("INSERT INTO shown VALUES (?, ?, ?, ?)", rows)
                rows.clear()
        self.state.run_each("INSERT INTO shown VALUES (?, ?, ?, ?)", rows)
        if self.is_first:
            self.state.bring_together("shown")
            return
        for number in self.renewed:
            for other in tuple(self.state.rows("SELECT article FROM shown WHERE other = ?", number)):
                self._due_article(other, f"it names {self.catalog.article(number).path}, which changed")

    def _versions(self, story: str) -> Numbers:
        """The articles of a story."""
        return tuple(self.state.rows("SELECT number FROM article WHERE story = ?", story))

    def _due_article(self, number: int, reason: str) -> None:
        self._due(Target.ARTICLE, number, reason)

    def _due(self, kind: Target, key: object, reason: str) -> None:
        due(self.state, kind, key, reason)
