"""Where a portal keeps what people write: its folders and files, relative to the root, with forward slashes."""

from __future__ import annotations

CONTENT_FOLDER = "site/content"
"""Articles, in a folder for each language."""

PAGES_FOLDER = "site/pages"
"""Static pages, in a folder for each language."""

MEDIA_FOLDER = "site/media"
"""Photos and other files that texts lead to."""

OUTPUT_FOLDER = "site/public"
"""What is built, if nothing else is said."""

STATE_FOLDER = ".toasoan"
"""What builds remember: caches and nothing else."""

PHOTO_STORE = f"{STATE_FOLDER}/photos"
"""Renditions of photographs that were made before."""

COMMENTS_FOLDER = "site/comments"
"""Approved comments of readers, in a folder for each language and a file for each article."""

FONTS_FOLDER = "site/fonts"
"""Fonts for share images that neither the theme nor the system has."""

SETTINGS_FILE = "site/site.toml"
PUBLISHERS_FILE = "site/publishers.toml"
HOME_FILE = "site/home.toml"
TERMS_FILE = "site/terms.toml"

ADDRESS_LEDGER = "site/urls.jsonl"
"""The addresses of all pages that were ever online."""
