"""Where links lead, in all the ways in which they can be written."""

from __future__ import annotations

import pytest

from toasoan.audit.addresses import Addresses, Goal
from toasoan.routes import Site

FILES = frozenset(("index.html", "vi/index.html", "vi/a/index.html", "media/a b.pdf"))


@pytest.mark.parametrize(
    ("link", "goal"),
    [
        ("/vi/a/", Goal("vi/a/index.html")),
        ("/vi/a/#x", Goal("vi/a/index.html", "x")),
        ("/vi/a/?q=1#x", Goal("vi/a/index.html", "x")),
        ("#x", Goal("vi/index.html", "x")),
        ("a/", Goal("vi/a/index.html")),
        ("../", Goal("index.html")),
        ("https://portal.example/vi/a/", Goal("vi/a/index.html")),
        ("https://portal.example", Goal("index.html")),
        ("//portal.example/vi/", Goal("vi/index.html")),
        ("/media/a%20b.pdf", Goal("media/a b.pdf")),
        ("/vi/none/", Goal("vi/none/index.html", is_there=False)),
        ("/old/", Goal("old/index.html", is_there=False, moved_to="/vi/a/")),
        ("https://portal.example.net/vi/", Goal(None)),
        ("mailto:a@portal.example", Goal(None)),
        ("data:image/png;base64,AA", Goal(None)),
        ("https://elsewhere.example/", Goal(None)),
    ],
)
def test_a_link_leads_where_a_browser_would_go(link: str, goal: Goal) -> None:
    addresses = Addresses(Site("https://portal.example"), FILES, {"/old/": "/vi/a/"})

    assert addresses.goal(link, "/vi/") == goal
    assert addresses.goal(link, "/vi/") == goal


def test_a_portal_in_a_folder_of_its_host_is_not_all_of_it() -> None:
    addresses = Addresses(Site("https://host.example/portal"), FILES, {"/old/": "/vi/a/"})

    assert addresses.goal("/portal/vi/", "/") == Goal("vi/index.html")
    assert addresses.goal("/portal/old/", "/") == Goal("old/index.html", is_there=False, moved_to="/portal/vi/a/")
    assert addresses.goal("/elsewhere/", "/") == Goal(None)
    assert addresses.goal("https://host.example/portal/vi/", "/") == Goal("vi/index.html")
    assert addresses.goal("https://host.example/portals/", "/") == Goal(None)
