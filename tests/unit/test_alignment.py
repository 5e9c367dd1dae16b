"""Passages of two versions are paired as people would pair them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import REPOSITORY
from toasoan.content import alignment as module
from toasoan.content.alignment import MOST_STEPS, Alignment
from toasoan.content.front_matter import read_body
from toasoan.content.passages import Passage, passages
from toasoan.diagnostics import Report

STORY = "2025/van-phong-chinh-phu-chu-dong-ban-linh-dong-hanh-cung-chinh-phu-trong-nam-tang-toc-but-pha.md"


def text_in(path: str) -> tuple[Passage, ...]:
    read = read_body((REPOSITORY / "site/content" / path).read_text("utf-8"), path, Report())
    assert read
    return passages(read[0])


UKRAINIAN, ENGLISH = text_in(f"uk/{STORY}"), text_in(f"en/{STORY}")


def alignment(left: Sequence[Passage], right: Sequence[Passage]) -> Alignment:
    return module.alignment(left, right, ("uk", "en"))


def unlike(found: Alignment) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """The pairs that are not of one passage each."""
    return [(it.left, it.right) for it in found.pairs if len(it.left) != 1 or len(it.right) != 1]


def test_a_translation_of_the_same_structure_is_paired_one_to_one() -> None:
    found = alignment(UKRAINIAN, ENGLISH)

    assert found.is_one_to_one
    assert found.is_close
    assert [(it.left, it.right) for it in found.pairs] == [((place,), (place,)) for place in range(29)]


@pytest.mark.parametrize("place", [2, 7, 20, 28])
def test_a_passage_that_was_left_out_leaves_a_gap(place: int) -> None:
    shorter = UKRAINIAN[:place] + UKRAINIAN[place + 1 :]

    found = alignment(shorter, ENGLISH)

    assert unlike(found) == [((), (place,))]
    assert found.is_close


@pytest.mark.parametrize("place", [4, 11, 21])
def test_two_paragraphs_made_one_are_paired_with_both(place: int) -> None:
    both = UKRAINIAN[place].in_words(f"{UKRAINIAN[place].markdown} {UKRAINIAN[place + 1].markdown}")

    found = alignment((*UKRAINIAN[:place], both, *UKRAINIAN[place + 2 :]), ENGLISH)

    assert unlike(found) == [((place,), (place, place + 1))]


def test_a_paragraph_left_out_and_another_one_parted_are_not_paired_along() -> None:
    """The structure is the same by chance."""
    long = UKRAINIAN[12]
    middle = long.markdown.index(" ", len(long.markdown) // 2)
    halves = long.in_words(long.markdown[:middle]), long.in_words(long.markdown[middle + 1 :])
    other = (*UKRAINIAN[:5], *UKRAINIAN[6:12], *halves, *UKRAINIAN[13:])
    assert [it.kind for it in other] == [it.kind for it in ENGLISH]

    assert unlike(alignment(other, ENGLISH)) == [((), (5,)), ((11, 12), (12,))]


def test_texts_that_have_nothing_to_do_with_each_other_are_not_close() -> None:
    paths = sorted((REPOSITORY / "site/content").rglob("*.md"))
    others = [
        text_in(path.relative_to(REPOSITORY / "site/content").as_posix())
        for path in paths
        if STORY[5:] not in str(path)
    ]

    assert len(others) == 3
    assert not any(alignment(ENGLISH, other).is_close for other in others)


def test_photos_are_paired_by_number() -> None:
    left, right = passages("A.\n\n![](image:1)\n\n![](image:2)\n\nB."), passages("A.\n\n![](image:2)\n\nB.")

    assert unlike(alignment(left, right)) == [((1,), ())]


def test_one_empty_text() -> None:
    found = alignment(passages("A.\n\nB."), ())

    assert [(it.left, it.right) for it in found.pairs] == [((0, 1), ())]
    assert not found.is_close
    assert alignment((), ()).is_close


def test_very_long_texts_of_different_structure_are_not_looked_at() -> None:
    many = passages("\n\n".join(["Chữ."] * int(MOST_STEPS**0.5 + 1)))

    found = alignment(many, (*many, many[0]))

    assert len(found.pairs) == 1
    assert not found.is_close
    assert alignment(many, many).is_one_to_one


PARTS = st.lists(
    st.sampled_from(["Chữ.", "Dài hơn một chút, có 2025.", "## Đề mục", "![](image:1)", "- a\n- b"]), max_size=9
)


@given(PARTS, PARTS)
def test_every_passage_is_in_one_pair_and_in_order(left: list[str], right: list[str]) -> None:
    sides = passages("\n\n".join(left)), passages("\n\n".join(right))

    pairs = alignment(*sides).pairs

    assert [place for it in pairs for place in it.left] == list(range(len(sides[0])))
    assert [place for it in pairs for place in it.right] == list(range(len(sides[1])))
