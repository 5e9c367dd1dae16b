"""What a page says of its article in JSON-LD, in the words of schema.org."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from toasoan.ingest.readers.stating import Stating

Node = Mapping[str, Any]

DEEPEST = 20
MOST_NODES = 2000
LONGEST = 1024 * 1024
"""Characters of one script."""


def nodes_of(scripts: Sequence[str]) -> list[Node]:
    """All tables in the scripts of a page, those inside of others too; what is no JSON has none."""
    found: list[Node] = []
    for script in scripts:
        if len(script) > LONGEST:
            continue
        try:
            value = json.loads(script.strip().removeprefix("<!--").removesuffix("-->"), strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _walk(value, 0):
            if len(found) < MOST_NODES:
                found.append(node)
    return found


def article_of(nodes: Sequence[Node], addresses: Sequence[str], headings: Sequence[str]) -> Node | None:
    """The node that describes the page's own article; None where that can't be told from those of others."""
    articles = [
        node
        for node in nodes
        if any(kind.endswith("Article") for kind in _kinds(node)) or "BlogPosting" in _kinds(node)
    ]
    articles = [node for node in articles if node.get("headline") or node.get("name")]
    if len(articles) < 2:
        return articles[0] if articles else None
    own = [node for node in articles if any(_bare(address) in map(_bare, _addresses(node)) for address in addresses)]
    own = own or [node for node in articles if str(node.get("headline")).strip() in headings]
    return own[0] if own else None


def say_article(node: Node, nodes: Sequence[Node], page: Stating) -> None:
    """Note what the node states."""
    by_id = {str(one["@id"]): one for one in nodes if "@id" in one and len(one) > 1}
    page.say_markup("title", node.get("headline") or node.get("name"), "JSON-LD headline")
    description = node.get("description")
    page.say_markup("summary", description, "JSON-LD description", is_sure=not _is_cut(description))
    page.say_date("date", node.get("datePublished"), "JSON-LD datePublished")
    modified = node.get("dateModified")
    if modified != node.get("datePublished"):
        page.say_date("updated", modified, "JSON-LD dateModified")
    for author in _things(node.get("author") or node.get("creator"), by_id):
        kinds = _kinds(author)
        if "Organization" in kinds or "NewsMediaOrganization" in kinds:
            page.say("publisher", author.get("name"), "JSON-LD author, an organization")
        else:
            for name in _texts(author.get("name")):
                page.say("authors", name, "JSON-LD author")
    for publisher in _things(node.get("publisher"), by_id):
        page.say("publisher", publisher.get("name"), "JSON-LD publisher")
    for section in _texts(node.get("articleSection")):
        page.say("section", section, "JSON-LD articleSection")
    for keywords in _texts(node.get("keywords")):
        for keyword in keywords.split(","):
            page.say("tags", keyword, "JSON-LD keywords")
    page.say("language", next(_languages(node.get("inLanguage")), None), "JSON-LD inLanguage")
    for address in _addresses(node)[:1]:
        page.say_address("source_url", address, "JSON-LD url")
    free = node.get("isAccessibleForFree")
    if free in (False, "False", "false"):
        page.notes.append("rights: the page is not free to read (JSON-LD isAccessibleForFree)")


def image_of(node: Node, nodes: Sequence[Node]) -> tuple[str, str | None] | None:
    """The address and caption of the article's picture."""
    by_id = {str(one["@id"]): one for one in nodes if "@id" in one and len(one) > 1}
    image = node.get("image")
    for one in image if isinstance(image, list) else [image]:
        if isinstance(one, str):
            return one, None
        for thing in _things(one, by_id):
            address = thing.get("url") or thing.get("contentUrl")
            if isinstance(address, str):
                caption = thing.get("caption")
                return address, caption if isinstance(caption, str) else None
    return None


def _walk(value: object, depth: int) -> Iterator[Node]:
    if depth > DEEPEST:
        return
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _walk(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            yield from _walk(inner, depth + 1)


def _kinds(node: Node) -> tuple[str, ...]:
    return tuple(kind.rpartition("/")[2] for kind in _texts(node.get("@type")))


def _texts(value: object) -> list[str]:
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)]


def _things(value: object, by_id: Mapping[str, Node]) -> list[Node]:
    """Tables, texts that name a thing, and references to tables elsewhere."""
    things: list[Node] = []
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, str):
            things.append({"name": one})
        elif isinstance(one, dict):
            things.append(by_id.get(str(one.get("@id")), one) if set(one) <= {"@id", "@type"} else one)
    return things


def _languages(value: object) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict) and isinstance(one.get("alternateName"), str):
            yield one["alternateName"]


def _addresses(node: Node) -> list[str]:
    main = node.get("mainEntityOfPage")
    main = main.get("@id") or main.get("url") if isinstance(main, dict) else main
    return [
        one for one in (node.get("url"), main, node.get("@id")) if isinstance(one, str) and one.startswith("http")
    ]


def _bare(address: str) -> str:
    return address.partition("#")[0].partition("?")[0].rstrip("/").removeprefix("https://").removeprefix("http://")


def _is_cut(text: object) -> bool:
    """Whether a description was cut off by a machine rather than written."""
    return isinstance(text, str) and text.rstrip().endswith(("…", "...", "[…]", "[...]"))
