"""ninjs, the IPTC's news in JSON (iptc.org/standards/ninjs): versions 1.x and 2.x, one item or many."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from toasoan.diagnostics import Location
from toasoan.ingest.html_blocks import HtmlBody, blocks_of_markup, blocks_of_text
from toasoan.ingest.item import Item, unique_id
from toasoan.ingest.ledger import fingerprint
from toasoan.ingest.lines import Fate
from toasoan.ingest.moments import moment_of, sortable
from toasoan.ingest.readers.stating import Stating
from toasoan.ingest.stated_page import BlockKind, PartFate, StatedBlock, StatedPage, StatedPhoto, Usage

Table = Mapping[str, Any]

MOST_PICTURES = 100
_MARKS = ("headline", "headlines", "bodies", "body_text", "body_html", "body_xhtml", "pubstatus", "versioncreated")
_WIDTH = "width"


class NotNinjsError(ValueError):
    """The JSON is something else, or broken; the message says which."""


def read_ninjs(text: str, source: str, location: Location, file_sha256: str) -> Iterator[Item]:
    """The items of a JSON text. Raises NotNinjsError if there are none."""
    tables = _tables(text)
    for table in tables:
        if not isinstance(table, dict) or not table.get("uri") or not any(mark in table for mark in _MARKS):
            raise NotNinjsError("it is JSON, but no ninjs: an item has a uri and a headline or body")
    for table in tables:
        uri = str(table["uri"])
        alone = len(tables) == 1
        sha256 = file_sha256 if alone else fingerprint(json.dumps(table, sort_keys=True).encode())
        name = source if alone else f"{source}#{uri}"
        yield Item(name, location, sha256, page_of(table), unique_id(uri), _version(table))


def _tables(text: str) -> Sequence[Any]:
    try:
        value = json.loads(text)
    except RecursionError:
        raise NotNinjsError("it is nested too deep") from None
    except ValueError as error:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) < 2:
            raise NotNinjsError(f"it is no JSON: {error}") from None
        try:  # one item on each line, as agencies' archives have them
            return [json.loads(line) for line in lines]
        except (ValueError, RecursionError):
            raise NotNinjsError(f"it is no JSON: {error}") from None
    if isinstance(value, dict) and isinstance(value.get("items"), list) and "uri" not in value:
        value = value["items"]
    return value if isinstance(value, list) else [value]


def page_of(table: Table) -> StatedPage:
    """What one item states."""
    page = Stating()
    for headline in _values(table, "headlines"):
        page.say_markup("title", headline, "ninjs headlines")
    page.say_markup("title", table.get("headline"), "ninjs headline")
    for title in _values(table, "titles"):
        page.say_markup("title", title, "ninjs titles")
    # When an item was made is near when it was published, and not the same.
    made = "firstcreated" if table.get("firstcreated") else "versioncreated"
    page.say_date("date", table.get(made), f"ninjs {made}", is_sure=False)
    if table.get("firstcreated") and table.get("firstcreated") != table.get("versioncreated"):
        page.say_date("updated", table.get("versioncreated"), "ninjs versioncreated")
    for key in ("byline", "by"):
        page.say("authors", table.get(key), f"ninjs {key}")
    for byline in _values(table, "bylines"):
        page.say("authors", byline, "ninjs bylines")
    for key in ("subject", "subjects"):
        for subject in _tables_in(table, key):
            page.say("tags", subject.get("name"), f"ninjs {key}")
    for source in _tables_in(table, "infosources") or _tables_in(table, "infosource"):
        page.say("publisher", source.get("name"), "ninjs infosource")
    page.say("publisher", table.get("copyrightholder"), "ninjs copyrightholder", is_sure=False)
    page.say("language", table.get("language"), "ninjs language")
    page.say_address("source_url", table.get("uri"), "ninjs uri")
    for key in ("descriptions", "description_text", "description_html"):
        for description in _values(table, key) if key == "descriptions" else [table.get(key)]:
            page.say_markup("summary", description, f"ninjs {key}")
    _note_terms(table, page)
    body = _body(table)
    _add_pictures(table, body)
    usage, reason = _usage(table)
    embargo, usage, reason = _embargo(table, usage, reason)
    return page.page(body, usage=usage, usage_reason=reason, embargo=embargo)


def _body(table: Table) -> HtmlBody:
    for body in _tables_in(table, "bodies"):
        kind = str(body.get("contenttype") or body.get("contentType") or "")
        if isinstance(body.get("value"), str) and "html" in kind:
            return blocks_of_markup(body["value"], None, "ninjs bodies ")
    for key in ("body_xhtml", "body_html"):
        if isinstance(table.get(key), str):
            return blocks_of_markup(table[key], None, f"ninjs {key} ")
    for body in _tables_in(table, "bodies"):
        if isinstance(body.get("value"), str):
            return blocks_of_text(body["value"], "ninjs bodies ")
    text = table.get("body_text")
    return blocks_of_text(text, "ninjs body_text ") if isinstance(text, str) else HtmlBody()


def _add_pictures(table: Table, body: HtmlBody) -> None:
    """Pictures that belong to the text, at its top, unless it shows them itself."""
    associated = table.get("associations")
    items = list(associated.values()) if isinstance(associated, dict) else associated
    found = [one for one in items or () if isinstance(one, dict) and one.get("type", "picture") == "picture"]
    known = {block.photo.address for block in body.blocks if block.photo}
    for picture in reversed(found[:MOST_PICTURES]):
        address = _rendition(picture)
        if address and address not in known:
            caption = next(iter(_values(picture, "descriptions")), None) or picture.get("description_text")
            credit = picture.get("byline") or picture.get("by") or picture.get("copyrightholder")
            photo = StatedPhoto(address, None, _text(caption), _text(credit))
            body.parts.append(PartFate("ninjs association", Fate.PHOTO, address[:80]))
            body.blocks.insert(0, StatedBlock(BlockKind.PHOTO, (), photo, len(body.parts) - 1))


def _rendition(picture: Table) -> str | None:
    """The widest picture that is offered."""
    offered = picture.get("renditions")
    renditions = list(offered.values()) if isinstance(offered, dict) else offered
    sound = [one for one in renditions or () if isinstance(one, dict) and isinstance(one.get("href"), str)]
    widest = max(sound, key=lambda one: one[_WIDTH] if isinstance(one.get(_WIDTH), int) else 0, default=None)
    return widest["href"].strip() if widest else None


def _note_terms(table: Table, page: Stating) -> None:
    for key, said in (
        ("ednote", "note to editors"),
        ("edNote", "note to editors"),
        ("copyrightnotice", "copyright"),
        ("usageterms", "terms of use"),
    ):
        if text := _text(table.get(key)):
            page.notes.append(f"{said}: {text}")
    rights = table.get("rightsinfo")
    for one in rights if isinstance(rights, list) else [rights]:
        for text in (one or {}).values() if isinstance(one, dict) else ():
            if isinstance(text, str) and text.strip():
                page.notes.append(f"rights: {text.strip()[:500]}")


def _usage(table: Table) -> tuple[Usage, str]:
    status = str(table.get("pubstatus") or "usable").rpartition(":")[2].lower()
    if status == "usable":
        return Usage.USABLE, ""
    if status in ("canceled", "cancelled"):
        return Usage.WITHDRAWN, "the agency has canceled it (ninjs pubstatus)"
    return Usage.HELD_BACK, f"the ninjs pubstatus is {status[:40]}"


def _embargo(table: Table, usage: Usage, reason: str) -> tuple[dt.datetime | None, Usage, str]:
    said = table.get("embargoed")
    if said is None or said is False:
        return None, usage, reason
    # An empty text is an embargo until further notice, as an empty element of NewsML-G2 is.
    return embargo_of(str(said), usage, reason)


def embargo_of(text: str, usage: Usage, reason: str) -> tuple[dt.datetime | None, Usage, str]:
    """When an embargo ends; an item whose embargo can't be read is held back."""
    moment = moment_of(text)
    if isinstance(moment, dt.datetime) and moment.tzinfo is not None:
        return moment, usage, reason
    if usage is Usage.USABLE:
        return None, Usage.HELD_BACK, "it is under an embargo whose end can't be read"
    return None, usage, reason


def _version(table: Table) -> str:
    moment = sortable(moment_of(str(table.get("versioncreated") or "")))
    number = str(table.get("version") or "")
    return f"{moment} {int(number):012d}" if number.isascii() and number.isdigit() else moment


def _tables_in(table: Table, key: str) -> list[Table]:
    value = table.get(key)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _values(table: Table, key: str) -> list[str]:
    return [one["value"] for one in _tables_in(table, key) if isinstance(one.get("value"), str)]


def _text(value: object) -> str | None:
    return " ".join(value[:2000].split()) or None if isinstance(value, str) else None
