"""Settings of Pelican for the benchmark: the same pages as the sites of the other programs."""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "plugins"))


def _json(value: object) -> str:
    """A value as JSON inside a `<script>`."""
    return json.dumps(str(value), ensure_ascii=False).replace("</", "<\\/")


SITENAME = "Tòa soạn"
SITEURL = ""
AUTHOR = "-"
PATH = "content"
THEME = "theme"
TIMEZONE = "UTC"
DEFAULT_LANG = "vi"
DELETE_OUTPUT_DIRECTORY = False
STATIC_PATHS = ["style.css"]
THEME_STATIC_PATHS: list[str] = []
PLUGINS = ["news_portal"]
JINJA_FILTERS = {"json": _json}
MARKDOWN = {"extension_configs": {"markdown.extensions.meta": {}}, "output_format": "html5"}
TYPOGRIFY = False
FORMATTED_FIELDS: list[str] = []
USE_FOLDER_AS_CATEGORY = False
ARTICLE_TRANSLATION_ID = None
PAGE_TRANSLATION_ID = None

FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
ARTICLE_URL = ARTICLE_LANG_URL = "{lang}/articles/{slug}/"
ARTICLE_SAVE_AS = ARTICLE_LANG_SAVE_AS = "{lang}/articles/{slug}/index.html"
CATEGORY_URL = "categories/{slug}/"
CATEGORY_SAVE_AS = "categories/{slug}/index.html"
TAG_URL = "tags/{slug}/"
TAG_SAVE_AS = "tags/{slug}/index.html"
AUTHOR_URL = "authors/{slug}/"
AUTHOR_SAVE_AS = "authors/{slug}/index.html"
ARCHIVES_SAVE_AS = ""
DIRECT_TEMPLATES: list[str] = []
DEFAULT_PAGINATION = 20
PAGINATED_TEMPLATES = {"category": 20, "tag": 20, "author": 20, "list": 20}
PAGINATION_PATTERNS = (
    (1, "{base_name}/", "{base_name}/index.html"),
    (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html"),
)

# For the templates and the plugin.
ORIGIN = "https://portal.example"
LABELS = tomllib.loads((HERE / "labels.toml").read_text(encoding="utf-8"))
