"""Which articles share files."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from toasoan.search.segments import LARGE, SMALL, Dated, segments


def dated(count: int, each: int = 1, last: date = date(2025, 12, 17)) -> list[Dated]:
    """So many articles, `each` of them a day, the oldest first."""
    days = [last - timedelta(days=back // each) for back in reversed(range(count))]
    return [Dated(number, (day.year, day.month, day.day)) for number, day in enumerate(days)]


def names(articles: list[Dated]) -> dict[str, int]:
    return {it.name: len(it.articles) for it in segments(articles)}


def test_few_articles_stay_together() -> None:
    assert names(dated(SMALL)) == {"all/0": SMALL}
    assert names([]) == {}


def test_the_newest_are_parted_from_what_is_older_by_the_calendar() -> None:
    assert names(dated(400)) == {"before/0": 49, "2025/0": 334, "newest/0": 17}
    assert names(dated(800, each=4)) == {"2025/0": 732, "2025-12/0": 64, "newest/0": 4}


def test_a_new_article_changes_the_newest_segment_alone() -> None:
    before = dated(5_000, each=10)
    after = [*before, Dated(9_999, before[-1].day)]
    old, new = list(segments(before)), list(segments(after))
    assert [it.name for it in new if it not in old] == ["newest/0"]


def test_no_segment_is_large() -> None:
    found = list(segments(dated(10_000, each=30)))
    assert max(len(it.articles) for it in found) == LARGE


def test_articles_without_a_date_are_taken_for_the_oldest() -> None:
    undated = [Dated(1_000 + number, None) for number in range(100)]
    found = list(segments([*undated, *dated(100)]))
    assert found[0].articles[:100] == tuple(it.number for it in undated)
    assert names(undated) == {"all/0": 100}


@given(st.lists(st.dates(date(2020, 1, 1), date(2026, 12, 31)), max_size=300), st.integers(0, 50))
def test_each_article_is_in_one_segment_in_order(days: list[date], undated: int) -> None:
    given_ones = [Dated(number, None) for number in range(undated)]
    given_ones += [Dated(undated + at, (it.year, it.month, it.day)) for at, it in enumerate(sorted(days))]
    found = list(segments(given_ones))
    assert [number for it in found for number in it.articles] == [it.number for it in given_ones]
    assert len({it.name for it in found}) == len(found)
    assert all(it.articles for it in found)
