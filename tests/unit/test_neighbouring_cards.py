from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, cast

import pytest

from tests.builders import article, catalog_of
from toasoan.covers.look import Look, look_of
from toasoan.model.article import Article, Photo
from toasoan.pictures import cover_of, lead_picture
from toasoan.render.edition import Edition
from toasoan.render.pages import editions


def of_one_look(count: int) -> list[Article]:
    """Articles whose covers have the same motif in the same inks."""
    found: dict[Look, list[Article]] = {}
    for number in range(1000):
        one = article(f"a-{number}", section="heritage", story=f"a-{number}")
        cover = cover_of(one, f"a-{number}")
        alike = found.setdefault(look_of(cover.section, cover.key), [])
        alike.append(one)
        if len(alike) == count:
            return alike
    raise AssertionError("chance does not fall like this")


def edition_of(articles: Sequence[Article]) -> Edition:
    interfaces = cast(Any, {"vi": None, "en": None})  # no card says anything of the interface's
    return editions(catalog_of(*articles), interfaces, lambda file: file)["vi"]


def cards_of(articles: Sequence[Article], edition: Edition) -> list[tuple[str, Look | None]]:
    numbers = {one.id: number for number in range(1, len(articles) + 1) for one in [edition.catalog.article(number)]}
    pictures = [card.picture for card in edition.cards([numbers[one.id] for one in articles])]
    return [(picture.src, picture.look) for picture in pictures]


def test_neighbours_of_the_same_look_get_other_inks() -> None:
    alike = of_one_look(2)
    (first, look), (second, other) = cards_of(alike, edition_of(alike))

    assert "#" not in first
    assert second.endswith(".svg#b")
    assert look is not None
    assert other == look.in_other_inks()


def test_of_three_in_a_row_the_middle_one_has_other_inks() -> None:
    alike = of_one_look(3)

    edition = edition_of(alike)

    assert len({edition.card(number).picture.look for number in (1, 2, 3)}) == 1
    assert [src.partition("#")[2] for src, _ in cards_of(alike, edition)] == ["", "b", ""]


def test_a_photograph_parts_covers_of_the_same_look() -> None:
    first, second = of_one_look(2)
    photographed = article("seen", photos=(Photo("vi/boat.jpg"),))
    row = [first, photographed, second]

    assert [src.partition("#")[2] for src, _ in cards_of(row, edition_of(row))] == ["", "", ""]


def test_a_card_that_is_not_beside_its_like_is_the_same_in_every_list() -> None:
    alike = of_one_look(2)
    edition = edition_of(alike)

    assert edition.cards([1])[0] is edition.cards([1, 2])[0] is edition.card(1)
    assert edition.cards([1, 2])[1] is edition.cards([1, 2])[1]
    assert edition.cards([1, 2])[1] is not edition.card(2)


@pytest.mark.parametrize("count", [2, 5])
def test_no_two_neighbours_look_the_same(count: int) -> None:
    alike = of_one_look(count)
    looks = [look for _, look in cards_of(alike, edition_of(alike))]

    assert all(one != other for one, other in pairwise(looks))


def test_a_story_alone_has_its_plain_cover() -> None:
    (one,) = of_one_look(1)
    edition = edition_of([one])

    assert edition.card(1).picture == lead_picture(one, "a-0", edition.site)
    assert "#" not in edition.card(1).picture.src
