"""A page that leads on to another one, for hosts that can do nothing but serve files.

Search engines take a refresh without delay for a permanent redirect:
https://developers.google.com/search/docs/crawling-indexing/301-redirects.
"""

from __future__ import annotations

from toasoan.model.language import Language
from toasoan.routes import Site
from toasoan.xml_text import xml_attribute, xml_text


def moved_page(target: str, language: Language, title: str, site: Site) -> bytes:
    """The page; `title` is the portal's name, in the language of the page to which it leads."""
    whole, link = site.absolute(target), site.link(target)
    text = (
        "<!doctype html>\n"
        f'<html lang={xml_attribute(language.tag)} dir="{language.direction}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{xml_text(title)}</title>\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<link rel="canonical" href={xml_attribute(whole)}>\n'
        f'<meta http-equiv="refresh" content={xml_attribute(f"0; url={link}")}>\n</head>\n'
        f'<body>\n<h1>{xml_text(title)}</h1>\n<p dir="ltr"><a href={xml_attribute(link)}>{xml_text(whole)}</a></p>\n'
        "</body>\n</html>\n"
    )
    return text.encode()
