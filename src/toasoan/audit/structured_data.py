"""Whether structured data says what search engines ask of it: https://developers.google.com/search/docs/appearance."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from toasoan.audit.dates import is_day_or_moment
from toasoan.audit.findings import Fault

_REQUIRED: Mapping[str, tuple[str, ...]] = {
    "NewsArticle": ("headline", "mainEntityOfPage", "inLanguage", "publisher"),
    "BreadcrumbList": ("itemListElement",),
    "CollectionPage": ("url", "name"),
    "ItemList": ("itemListElement",),
    "WebSite": ("url", "name"),
    "NewsMediaOrganization": ("name", "url"),
    "ImageObject": ("contentUrl",),
    "VideoObject": ("name", "thumbnailUrl", "uploadDate"),
    "CorrectionComment": ("text",),
    "Person": ("name",),
    "Organization": ("name",),
}
_DATES = ("datePublished", "dateModified", "uploadDate")
_HINT = "it comes with partials/head.html; see whether a template of your own changes it"


def parsed(texts: list[str]) -> tuple[list[Any], list[Fault]]:
    """The objects of a page's JSON-LD, and what of it is none."""
    found: list[Any] = []
    faults = []
    for text in texts:
        try:
            data = json.loads(text)
        except ValueError as error:
            faults.append(_wrong(f"it is no JSON: {error}"))
            continue
        graph = data.get("@graph", [data]) if isinstance(data, dict) else data
        found += graph if isinstance(graph, list) else [graph]
    return found, faults


def data_faults(objects: list[Any], canonical: str | None, language: str) -> Iterator[Fault]:
    """What is missing or wrong in a page's structured data."""
    for top in objects:
        for it in _objects(top):
            yield from _of_object(it)
        if isinstance(top, dict) and top.get("@type") == "NewsArticle":
            if top.get("mainEntityOfPage") != canonical:
                yield _wrong("mainEntityOfPage of the NewsArticle is not the page's canonical address")
            if top.get("inLanguage") != language:
                yield _wrong("inLanguage of the NewsArticle is not the page's language")


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for one in value:
            yield from _objects(one)
    elif isinstance(value, dict):
        yield value
        for one in value.values():
            if isinstance(one, (dict, list)):
                yield from _objects(one)


def _of_object(it: dict[str, Any]) -> Iterator[Fault]:
    kind = it.get("@type")
    if kind is None:
        if it.keys() - {"@id", "@context", "@value", "@language"}:
            yield _wrong("an object has no @type")
        return
    is_named_only = "@id" in it and ("url" in it or it.keys() <= {"@type", "@id"}) and "publisher" not in it
    for name in _REQUIRED.get(str(kind), ()):
        if it.get(name) in (None, "", []) and not (is_named_only and kind == "NewsArticle"):
            yield _wrong(f"{kind} has no {name}")
    for name in _DATES:
        if name in it and not is_day_or_moment(str(it[name])):
            yield _wrong(f"{name} of {kind} is {it[name]!r}, which is no date, or has a time without an offset")
    if (dates := [str(it[name]) for name in _DATES[:2] if name in it]) and len(dates) == len(_DATES[:2]):
        published, modified = dates
        if len(published) == len(modified) and published[19:] == modified[19:] and modified < published:
            yield _wrong(f"{kind} was changed before it was published")
    if kind in ("BreadcrumbList", "ItemList"):
        places = [one.get("position") for one in it.get("itemListElement") or [] if isinstance(one, dict)]
        if places != list(range(1, len(places) + 1)):
            yield _wrong(f"the positions of {kind} do not count from 1")


def addresses_of(objects: list[Any]) -> Iterator[str]:
    """The addresses that structured data names, without parts of pages."""
    for top in objects:
        for it in _objects(top):
            for name, value in it.items():
                if not name.startswith("@") or name == "@id":
                    for one in value if isinstance(value, list) else (value,):
                        if isinstance(one, str) and one.startswith(("https://", "http://")):
                            yield one.partition("#")[0]


def _wrong(message: str) -> Fault:
    return Fault("wrong-structured-data", message, _HINT)
