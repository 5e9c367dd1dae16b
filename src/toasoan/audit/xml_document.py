"""XML of the portal's own, for looking at."""

from __future__ import annotations

from lxml import etree

from toasoan.audit.findings import Fault

Element = etree._Element


def read_xml(data: bytes) -> Element | Fault:
    """The root of a document; a fault if it is none."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        return Fault("invalid-xml", f"it is no XML: {error.msg}", "build from nothing; if it stays, tell the makers")


def text_of(element: Element, name: str) -> str:
    """The text of the first child of a name; empty where there is none."""
    return (element.findtext(name) or "").strip()
