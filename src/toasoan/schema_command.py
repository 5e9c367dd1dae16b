"""`toasoan schema`: writes what front matter and settings may hold, for the completion of editors."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from toasoan.config import read_config
from toasoan.content.front_matter import FrontMatter
from toasoan.content.static_pages import PageFields
from toasoan.diagnostics import Report
from toasoan.files import write_text
from toasoan.json_schema import schema
from toasoan.settings import HomeSettings, PublisherList, SiteSettings, TermList


def write_schemas(root: Path, folder: Path) -> tuple[Path, ...]:
    """Write the schemas, and snippets for VS Code, into a folder; gives their files.

    Languages and sections are those of the portal below `root`, if its settings can be read.
    """
    config = read_config(root, Report())
    choices = {} if config is None else {"language": tuple(config.languages), "section": tuple(config.sections)}
    schemas = {
        "article": schema(FrontMatter, "Front matter of an article", choices),
        "page": schema(PageFields, "Front matter of a static page"),
        "site": schema(SiteSettings, "site/site.toml"),
        "publishers": schema(PublisherList, "site/publishers.toml"),
        "home": schema(HomeSettings, "site/home.toml"),
        "terms": schema(TermList, "site/terms.toml"),
    }
    files: dict[str, object] = {f"{name}.schema.json": content for name, content in schemas.items()}
    files["article.code-snippets"] = snippets(schemas["article"])
    for name, content in files.items():
        write_text(folder / name, json.dumps(content, ensure_ascii=False, indent=2) + "\n")
    return tuple(folder / name for name in files)


def snippets(article: Mapping[str, Any]) -> dict[str, object]:
    """What VS Code offers in Markdown for each field of front matter: it completes no TOML there by a schema."""
    return {
        key: {
            "scope": "markdown",
            "prefix": key,
            "description": it.get("description", ""),
            "body": list(_snippet(key, it)),
        }
        for key, it in article["properties"].items()
    }


def _snippet(key: str, field: Mapping[str, Any]) -> Iterator[str]:
    items = field.get("items", {})
    if "properties" in items or "properties" in field:
        yield f"[[{key}]]" if "properties" in items else f"[{key}]"
        below = (items or field)["properties"]
        for place, (name, it) in enumerate(below.items(), start=1):
            yield f"{name} = {_value(it, place)}"
    else:
        yield f"{key} = {_value(field, 1)}"


def _value(field: Mapping[str, Any], place: int) -> str:
    """What is typed for a value, in the words of VS Code's snippets."""
    if "enum" in field:
        return f'"${{{place}|{",".join(field["enum"])}|}}"'
    if field.get("type") == "boolean":
        return f"${{{place}|true,false|}}"
    if field.get("type") == "array":
        return f'["${place}"]'
    kinds = [field, *field.get("anyOf", ())]
    if any("format" in kind for kind in kinds):
        return f"${place}"  # days and moments stand without quotation marks
    return f"${place}" if field.get("type") == "integer" else f'"${place}"'
