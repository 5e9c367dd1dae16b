"""What the check finds wrong in structured data."""

from __future__ import annotations

import json
from typing import Any

import pytest

from toasoan.audit.structured_data import addresses_of, data_faults, parsed

PAGE = "https://portal.example/vi/a/"
ARTICLE: dict[str, Any] = {
    "@type": "NewsArticle",
    "mainEntityOfPage": PAGE,
    "headline": "A",
    "inLanguage": "vi",
    "publisher": {
        "@type": "NewsMediaOrganization",
        "@id": "https://portal.example/#portal",
        "name": "P",
        "url": PAGE,
    },
    "datePublished": "2025-06-01T08:00:00+07:00",
    "dateModified": "2025-06-02T08:00:00+07:00",
}


def faults(*objects: Any) -> list[str]:
    return [it.message for it in data_faults(list(objects), PAGE, "vi")]


def test_what_is_right_passes() -> None:
    crumbs = {"@type": "BreadcrumbList", "itemListElement": [{"@type": "ListItem", "position": 1, "name": "H"}]}

    assert faults(ARTICLE, crumbs, {"@id": "https://portal.example/#portal"}) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"headline": ""}, "NewsArticle has no headline"),
        ({"publisher": None}, "NewsArticle has no publisher"),
        ({"mainEntityOfPage": f"{PAGE}x"}, "mainEntityOfPage of the NewsArticle is not the page's canonical address"),
        ({"inLanguage": "en"}, "inLanguage of the NewsArticle is not the page's language"),
        (
            {"datePublished": "2025-06-01T08:00"},
            "datePublished of NewsArticle is '2025-06-01T08:00', which is no date, or has a time without an offset",
        ),
        ({"dateModified": "2025-05-02T08:00:00+07:00"}, "NewsArticle was changed before it was published"),
        ({"author": [{"@type": "Person"}]}, "Person has no name"),
        ({"image": {"url": PAGE}}, "an object has no @type"),
        ({"correction": [{"@type": "CorrectionComment"}]}, "CorrectionComment has no text"),
        ({"video": {"@type": "VideoObject", "name": "V", "thumbnailUrl": PAGE}}, "VideoObject has no uploadDate"),
    ],
)
def test_a_mistake_is_told(change: dict[str, Any], fault: str) -> None:
    assert faults({**ARTICLE, **change}) == [fault]


def test_positions_that_do_not_count_are_told() -> None:
    list_ = {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "position": 2}]}

    assert faults(list_) == ["the positions of ItemList do not count from 1"]


def test_what_is_no_json_is_told_and_the_rest_is_read() -> None:
    objects, wrong = parsed(['{"@type": ', json.dumps({"@context": "https://schema.org", "@graph": [ARTICLE]})])

    assert objects == [ARTICLE]
    assert len(wrong) == 1
    assert wrong[0].message.startswith("it is no JSON")


def test_addresses_are_found_at_any_depth_without_parts_of_pages() -> None:
    assert set(addresses_of([{**ARTICLE, "image": ["https://portal.example/a.jpg#x"]}])) == {
        PAGE,
        "https://portal.example/",
        "https://portal.example/a.jpg",
    }
